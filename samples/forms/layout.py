"""Lays forms out as cells of a sheet: values with number formats, formulas with results, merged ranges.

What stands there is content's business, how the bytes come about write's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from samples.figures import YUAN
from samples.forms.look import Look
from samples.forms.model import Form, Indicator

_FUND_WORDS = {"合计": "total", "当年财政拨款": "fiscal", "上年结转": "carried", "其他": "other"}
DAY = 'yyyy"年"m"月"d"日"'
_DAY_ZERO = date(1899, 12, 30)


class Value(NamedTuple):
    """What a cell holds: words, or a number with its format; ``formula`` gives the number where there is one."""

    content: str | Decimal
    format: str = "General"
    formula: str | None = None


@dataclass(slots=True)
class Sheet:
    """Cells by (row, column) from 0, and merged ranges (first row, first column, last row, last column)."""

    name: str
    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    row: int = 0
    is_hidden: bool = False
    lines: int = 0
    """How many rows on top are lines of text rather than rows of a table."""
    heading: tuple[int, int] = (0, 0)
    """The rows that head the indicators, first and last plus one."""


class Layout:
    """Writes forms into a sheet, one below the other. ``texts`` collects what a reader sees of each indicator:
    target and actual as printed."""

    def __init__(self, sheet: Sheet, look: Look, name: str, implementer: str | None, year: int) -> None:
        self.sheet = sheet
        self.look = look
        self.name = name
        self.implementer = implementer
        self.year = year
        self.texts: list[tuple[str, str]] = []
        self.first = 1 if look.has_group else 0
        self.width = self.first + len(look.columns)

    def add(self, form: Form, has_title: bool = True) -> None:
        """Adds a form below what the sheet holds."""
        if has_title:
            self._title(form)
        self.sheet.lines = self.sheet.row if self.look.title_at == "above" else 0
        if self.look.fields_at == "lines":
            self._field_lines(form)
            self.sheet.lines = self.sheet.row
        else:
            self._fields(form)
        if self.look.score_at == "top":
            self._top_score(form)
        self._funds(form)
        self._goals(form)
        self._indicators(form)
        if self.look.has_signature:
            self._signature()
        self.sheet.row += 2

    def _line(self, *values: tuple[int, str | Value, int]) -> None:
        """A row of (column, value, last column) entries; merged where the look merges."""
        for column, value, last in values:
            self.sheet.cells[self.sheet.row, column] = value if isinstance(value, Value) else Value(value)
            if last > column and self.look.has_merges:
                self.sheet.merged.append((self.sheet.row, column, self.sheet.row, last))
        self.sheet.row += 1

    def _down(self, first_row: int, column: int, last_column: int | None = None) -> None:
        """Merges from ``first_row`` to the row above the next."""
        if self.look.has_merges and self.sheet.row - first_row > 1:
            self.sheet.merged.append((first_row, column, self.sheet.row - 1, last_column or column))

    def _title(self, form: Form) -> None:
        words = self.look.words["overall_title" if form.project is None else "project_title"]
        self._line((0, words.format(year=self.year, name=self.name), self.width - 1))
        if "{year}" not in words:
            self._line((0, f"（{self.year}年度）", self.width - 1))
        if self.look.unit_at == "caption":
            self._line((self.width - 2, f"单位：{self.look.unit}", self.width - 1))

    def _fields(self, form: Form) -> None:
        words, middle = self.look.words, self.width // 2
        if form.project is not None:
            self._line((0, words["project"], 0), (1, form.project, self.width - 1))
        label = words["overall_department" if form.project is None else "department"]
        if form.project is None or self.implementer is None:
            self._line((0, label, 0), (1, self.name, self.width - 1))
        else:
            self._line(
                (0, label, 0),
                (1, self.implementer, middle - 1),
                (middle, words["implementer"], middle),
                (middle + 1, self.name, self.width - 1),
            )

    def _field_lines(self, form: Form) -> None:
        """项目名称：某某 and the like, label and value in one cell."""
        words, middle, last = self.look.words, self.width // 2, self.width - 1
        if form.project is not None:
            self._line((0, f"{words['project']}：{form.project}", last))
        label = words["overall_department" if form.project is None else "department"]
        if form.project is None or self.implementer is None:
            self._line((0, f"{label}：{self.name}", last))
        else:
            superior, implementer = f"{label}：{self.implementer}", f"{words['implementer']}：{self.name}"
            self._line((0, superior, middle - 1), (middle, implementer, last))

    def _top_score(self, form: Form) -> None:
        words, middle = self.look.words, self.width // 2
        self._line(
            (0, words["self_score"], 0),
            (1, Value(form.total, "0.00"), middle - 1),
            (middle, words["grade"], middle),
            (middle + 1, form.grade, self.width - 1),
        )

    def _signature(self) -> None:
        day = Value(Decimal((date(self.year + 1, 3, 15) - _DAY_ZERO).days), DAY)
        self._line((0, "填表人", 0), (1, "模拟填表人", 1), (2, "填报日期", 2), (3, day, 3))

    def _amount(self, yuan: Decimal) -> Value:
        amount = yuan / YUAN[self.look.unit]
        places = max(2, -int(amount.normalize().as_tuple().exponent))
        if self.look.prints_text:
            return Value(f"{amount:,.{places}f}" if self.look.has_thousands else f"{amount:.{places}f}")
        return Value(amount, "#,##0.00" if self.look.has_thousands else "0.00")

    def _funds(self, form: Form) -> None:
        words, look = self.look.words, self.look
        suffix = f"（{look.unit}）"
        headings = [
            words[name] + (suffix if look.unit_at == "heading" else "") for name in ("initial", "adjusted", "executed")
        ]
        label = words["funds"] + (suffix if look.unit_at == "label" else "")
        first_row = self.sheet.row
        points = [] if look.has_execution_row else [(5, words["weight"], 5), (7, words["score"], 7)]
        columns = [(2, headings[0], 2), (3, headings[1], 3), (4, headings[2], 4), (6, words["rate"], 6), *points]
        self._line((0, label, 0), *sorted(columns))
        for fund in form.funds:
            row = self.sheet.row + 1
            values: list[tuple[int, str | Value, int]] = [(1, words[_FUND_WORDS[fund.source]], 1)]
            amounts = (fund.initial, fund.adjusted, fund.executed)
            values += [(column, self._amount(amount), column) for column, amount in enumerate(amounts, 2)]
            if fund.adjusted:
                rate = fund.executed / fund.adjusted
                is_formula = look.has_formulas and not look.prints_text
                values.append((6, Value(rate, "0.00%", f"=E{row}/D{row}" if is_formula else None), 6))
            if not look.has_execution_row:
                is_total = fund is form.funds[0]
                values.append((5, Value(form.execution_weight) if is_total else "-", 5))
                values.append((7, Value(form.execution_score, "0.00") if is_total else "-", 7))
            self._line(*values)
        for name, amount in zip(("基本支出", "项目支出"), form.parts or (), strict=False):
            self._line((1, name, 1), (4, self._amount(amount), 4))
        self._down(first_row, 0)

    def _goals(self, form: Form) -> None:
        words, middle, first_row = self.look.words, (self.width + 1) // 2, self.sheet.row
        self._line((0, words["goals"], 0), (1, words["expected"], middle - 1), (middle, words["done"], self.width - 1))
        self._line((1, form.goal, middle - 1), (middle, form.completion, self.width - 1))
        self._down(first_row, 0)

    def _indicators(self, form: Form) -> None:
        words, look, group_row = self.look.words, self.look, self.sheet.row
        group: list[tuple[int, str | Value, int]] = [(0, words["indicators"], 0)] if look.has_group else []
        self._heading(group)
        if look.has_execution_row:
            values = (Value(form.execution_weight), Value(form.execution_score, "0.00"))
            self._line((self.first, "预算执行率", self.first + 2), *self._points(*values))
        starts = [self.sheet.row, self.sheet.row]
        for place, one in enumerate(form.indicators):
            before = form.indicators[place - 1] if place else None
            is_new = [before is None or before.level_1 != one.level_1, before is None or before.kind != one.kind]
            for level, is_start in enumerate(is_new):
                if is_start and place:
                    self._close(level, starts[level])
                starts[level] = self.sheet.row if is_start else starts[level]
            self._indicator(one, is_new, form.indicators)
        for level, start in enumerate(starts):
            self._close(level, start)
        if look.has_group:
            self._down(group_row, 0)
        if look.score_at == "bottom":
            total = Value(Decimal(100)), Value(form.total, "0.00")
            self._line((0, words["sum"], self.first + 2), *self._points(*total))

    def _heading(self, group: list[tuple[int, str | Value, int]]) -> None:
        """The headings of the columns; sign, target and unit of a target under a common one."""
        look, words, first = self.look, self.look.words, self.sheet.row
        is_split = look.has_two_lines and look.has_merges and look.has_sign_column
        parts = ("sign", "target", "unit") if is_split else ()
        roles = [role for role in look.columns if role not in parts]
        upper: list[tuple[int, str | Value, int]] = [(self._at(role), words[role], self._at(role)) for role in roles]
        if parts:
            upper.append((self._at(parts[0]), "年度指标值", self._at(parts[-1])))
        self._line(*group, *sorted(upper))
        if parts:
            self._line(*((self._at(role), words[role], self._at(role)) for role in parts))
            for column, _, _ in upper[:-1]:
                self._down(first, column)
        self.sheet.heading = (first, self.sheet.row)

    def _close(self, level: int, start: int) -> None:
        if self.look.levels == "merged":
            self._down(start, self.first + level)

    def _at(self, role: str) -> int:
        return self.first + self.look.columns.index(role)

    def _points(self, weight: Value, score: Value) -> list[tuple[int, str | Value, int]]:
        return [(self._at("weight"), weight, self._at("weight")), (self._at("score"), score, self._at("score"))]

    def _indicator(self, one: Indicator, is_new: Sequence[bool], siblings: Sequence[Indicator]) -> None:
        levels = [one.level_1, one.level_2]
        if self.look.has_level_weights:
            weight = sum((other.weight for other in siblings if other.level_1 == one.level_1), Decimal(0))
            levels[0] = f"{one.level_1}（{weight:f}分）"
        values: list[tuple[int, str | Value, int]] = [
            (self.first + level, words, self.first + level)
            for level, (words, is_start) in enumerate(zip(levels, is_new, strict=True))
            if is_start or self.look.levels == "each"
        ]
        values.append((self._at("level_3"), one.level_3, self._at("level_3")))
        target, actual = self._target(one), self._actual(one)
        values += [(self._at("target"), target, 0), (self._at("actual"), actual, 0)]
        values += self._points(Value(one.weight), Value(one.score, "0.00"))
        if self.look.has_sign_column and one.target is not None:
            values += [(self._at("sign"), one.direction, 0), (self._at("unit"), one.unit or "", 0)]
        if one.reason:
            values.append((self._at("reasons"), one.reason + "。", 0))
        self._line(*values)
        self.texts.append((shown(target), shown(actual)))

    def _target(self, one: Indicator) -> str | Value:
        if one.target is None:
            assert one.words is not None
            return one.words[0]
        if self.look.has_sign_column:
            return Value(one.target)
        if one.direction == "=" and one.unit == "%":
            return Value(one.target / 100, "0%")
        name = {"≥": "at_least", "≤": "at_most", "=": "exactly"}[one.direction]
        sign = "" if one.direction == "=" else one.direction
        form = self.look.words[name] if self.look.says_direction else f"{sign}{{a}}{{unit}}"
        return form.format(a=f"{one.target:f}", unit=one.unit)

    def _actual(self, one: Indicator) -> str | Value:
        if one.actual is None:
            assert one.words is not None
            return one.words[1]
        if self.look.has_sign_column:
            return Value(one.actual)
        if one.unit == "%":
            places = max(0, -int(one.actual.as_tuple().exponent))
            return Value(one.actual / 100, f"0.{'0' * places}%" if places else "0%")
        return f"{one.actual:f}{one.unit}"


def printed(value: Value) -> str:
    """What a cell that holds the value prints: its figures as its format says, none of them lost."""
    if isinstance(value.content, str) or value.format == "General" or value.format.endswith("%"):
        return shown(value)
    if value.format == DAY:
        day = _DAY_ZERO + timedelta(days=int(value.content))
        return f"{day.year}年{day.month}月{day.day}日"
    places = max(2, -int(value.content.normalize().as_tuple().exponent))
    return f"{value.content:,.{places}f}" if "," in value.format else f"{value.content:.{places}f}"


def shown(value: str | Value) -> str:
    """What a person sees of a value."""
    if isinstance(value, str):
        return value
    if isinstance(value.content, str):
        return value.content
    if value.format.endswith("%"):
        return f"{value.content * 100:.{value.format.count('0') - 1}f}%"
    return f"{value.content.normalize():f}"
