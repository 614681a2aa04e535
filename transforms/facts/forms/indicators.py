"""The indicator rows of a form: levels filled down, target beside actual, points; total and execution rows apart.

Rows of facts are written by write.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.documents.model import Cell
from transforms.facts.forms.cut_levels import CutLevel
from transforms.facts.forms.funding import points
from transforms.facts.forms.header import Header
from transforms.facts.forms.labels import LEVELS, field_of, is_nothing, row_of, words
from transforms.facts.forms.lines import Row
from transforms.facts.forms.targets import NO_VALUE, Value, read_actual, read_target, unit_of_name
from transforms.facts.wording import one_line
from transforms.language.lexicon import load_data
from transforms.language.text import normalise

_TEXTS = ("target", "actual", "reason")


@dataclass(slots=True)
class Indicator:
    """An indicator row. ``levels``: level_1 ... level_3 -> text; ``cells``: role -> cell; ``texts``: target, actual,
    reason as printed, joined where the row went on."""

    levels: dict[str, str]
    cells: dict[str, Cell]
    texts: dict[str, str]
    target: Value = NO_VALUE
    actual: Value = NO_VALUE
    weight: Decimal | None = None
    score: Decimal | None = None

    def settle(self) -> None:
        """Reads the values that the texts print."""
        sign, unit = (one_line(self.cells[role].raw) if role in self.cells else "" for role in ("direction", "unit"))
        unit = unit or unit_of_name(normalise(self.levels.get("level_3", "")))
        self.target = read_target(normalise(self.texts.get("target", "")), normalise(sign), unit)
        self.actual = read_actual(normalise(self.texts.get("actual", "")), self.target)

    @property
    def has_wrong_unit(self) -> bool:
        """Whether the actual value prints a fraction where the target prints hundredths (0.95 against ≥90%)."""
        actual, target = self.actual.number, self.target.number
        if actual is None or target is None or self.target.unit != "%" or target <= 2:
            return False
        return actual <= 1 and actual != 0 and not normalise(self.texts.get("actual", "")).endswith("%")

    @property
    def kind(self) -> str | None:
        """The indicator's kind, by its second level, else its first."""
        return kind_of(self.levels.get("level_2", "")) or kind_of(self.levels.get("level_1", ""))


class Points(NamedTuple):
    """Points of a row that is no indicator: the total, or the execution of the budget."""

    weight: Decimal | None
    score: Decimal | None
    weight_cell: Cell | None
    score_cell: Cell | None


@dataclass(slots=True)
class Block:
    """The indicators read so far under the current header; ``heading``: the texts of its first line."""

    header: Header
    heading: dict[str, str] = field(default_factory=dict)
    indicators: list[Indicator] = field(default_factory=list)
    total: Points | None = None
    execution: Points | None = None
    execution_reason: str | None = None
    carried: dict[str, Cell] = field(default_factory=dict)
    grid: int | None = None
    is_parted: bool = False
    rests: list[Cell] = field(default_factory=list)
    cut: dict[str, CutLevel] = field(default_factory=dict)

    def settled(self) -> list[Indicator]:
        """The indicators. Where the form has no column of reasons, remarks give them; where it has one column for kinds
        of indicators, and those that belong to another (数量指标 to 产出指标) stand there without it, that column is
        the second level."""
        for indicator in self.indicators if "reason" not in self.header.columns else ():
            _explain(indicator)
        if "level_2" not in self.header.columns:
            kinds = {kind_of(indicator.levels.get("level_1", "")) for indicator in self.indicators}
            parents = {_parents().get(kind) for kind in kinds if kind} - {None}
            for indicator in self.indicators if parents and parents.isdisjoint(kinds) else ():
                if "level_1" in indicator.levels:
                    indicator.levels["level_2"] = indicator.levels.pop("level_1")
                    indicator.cells["level_2"] = indicator.cells.pop("level_1")
        return self.indicators

    def read(self, row: Row) -> bool:
        """Takes in a row below the header; whether it was the total."""
        self.is_parted = self.grid is not None and row.grid != self.grid
        self.grid = row.grid
        last = self._last_level()
        labels = [cell for position, cell in row.filled if position <= last]
        kind = next((kind for cell in labels if (kind := row_of(cell.text))), None)
        if kind == "total" and not (self._says(row, "target") or self._says(row, "actual")):
            self.total = self._points(row)
            return True
        if kind == "execution" and self.execution is None and self._stands_alone(row):
            self.execution = self._points(row)
            reason = self.header.at(row, "reason")
            self.execution_reason = one_line(reason.raw) if reason and not is_nothing(reason.text) else None
        elif kind not in ("remark", "subtotal"):
            self._read_indicator(row)
        return False

    def _last_level(self) -> int:
        return max(max(self.header.columns[level]) for level in LEVELS if level in self.header.columns)

    def _says(self, row: Row, role: str) -> bool:
        """Whether the row has words of its own in that column: no label that reaches into it, no points."""
        cell = self.header.at(row, role)
        return cell is not None and row_of(cell.text) is None and not field_of(cell.text) and points(cell.text) is None

    def _stands_alone(self, row: Row) -> bool:
        """Whether an execution row is no indicator under another heading."""
        levels = [cell for level in LEVELS if (cell := self.header.at(row, level)) is not None]
        return all(row_of(level_text(cell)) == "execution" for cell in levels)

    def _points(self, row: Row) -> Points:
        weight, score = self.header.at(row, "weight"), self.header.at(row, "score")
        if score is None or points(score.text) is None:
            numbers = [cell for _, cell in row.filled if points(cell.text) is not None]
            score = numbers[-1] if numbers and numbers[-1] is not weight else None
        return Points(points(weight.text) if weight else None, points(score.text) if score else None, weight, score)

    def _read_indicator(self, row: Row) -> None:
        cells = self._cells(row)
        own = {role: cell for role, cell in cells.items() if not is_nothing(cell.text) and not self._is_rest(cell)}
        if self.is_parted:
            self._join_levels(own)
            self._complete(row)
        last = self.indicators[-1] if self.indicators else None
        if self.is_parted and last and own.keys() <= {"level_3", *_TEXTS}:
            _go_on(last, own)
            return
        self._carry(own)
        if "level_3" in self.header.columns and "level_3" not in own and "weight" not in own and "score" not in own:
            if last and any(role in own for role in _TEXTS) and not any(level in own for level in LEVELS):
                _go_on(last, own)
            return
        if not any(role in own for role in (*_TEXTS, "weight", "score")):
            return
        levels = {level: text for level, cell in self.carried.items() if (text := level_text(cell))}
        if "level_3" in self.header.columns and "level_3" not in own:
            levels.pop("level_3", None)
        texts = {role: one_line(cell.raw) for role, cell in cells.items() if role in _TEXTS and cell.text}
        indicator = Indicator(levels, cells | self.carried, texts)
        indicator.weight, indicator.score = (
            points(own[role].text) if role in own else None for role in ("weight", "score")
        )
        indicator.settle()
        self.indicators.append(indicator)
        for level in self._upper_levels():
            self.cut.setdefault(level, CutLevel()).take(row.cells[self.header.columns[level][0]], indicator)

    def _upper_levels(self) -> list[str]:
        return [level for level in LEVELS[:2] if level in self.header.columns]

    def _complete(self, row: Row) -> None:
        """Gives the last indicators above a page's end the level that stands only on the next page."""
        for level in self._upper_levels():
            top = row.cells[self.header.columns[level][0]]
            above = self.cut[level].turn(top) if level in self.cut else []
            for indicator in above if not self._is_rest(top) else ():
                indicator.cells[level], indicator.levels[level] = top, level_text(top)

    def _cells(self, row: Row) -> dict[str, Cell]:
        """The row's cells by role; what a level says across other columns is none of theirs. A kind of indicators left
        of all columns is the first level."""
        cells = {role: cell for role in self.header.columns if (cell := self.header.at(row, role)) is not None}
        if "level_1" not in cells and 0 < self.header.first <= len(row.cells):
            beside = row.cells[self.header.first - 1]
            cells |= {"level_1": beside} if kind_of(beside.text) else {}
        levels = [id(cells[level]) for level in LEVELS if level in cells]
        return {role: cell for role, cell in cells.items() if role in LEVELS or id(cell) not in levels}

    def _is_rest(self, cell: Cell) -> bool:
        return any(cell is rest for rest in self.rests)

    def _join_levels(self, own: dict[str, Cell]) -> None:
        """Takes out of a page's first row the levels that only go on with what the page before ends with."""
        for level in LEVELS[:2]:
            before, cell = self.carried.get(level), own.get(level)
            if before is None or cell is None or not _is_rest(before.text, cell.text):
                continue
            joined = Cell(before.raw + cell.raw, before.text + cell.text, before.place)
            self.carried[level] = joined
            self.rests.append(own.pop(level))
            for indicator in self.indicators:
                if indicator.cells.get(level) is before:
                    indicator.cells[level] = joined
                    indicator.levels[level] = level_text(joined)

    def _carry(self, own: dict[str, Cell]) -> None:
        """Levels hold until the next of their rank or a higher one."""
        for index, level in enumerate(LEVELS):
            if level not in own:
                continue
            is_new = level not in self.carried or self.carried[level].text != own[level].text
            self.carried[level] = own[level]
            for lower in LEVELS[index + 1 :] if is_new else ():
                self.carried.pop(lower, None)


def level_text(cell: Cell) -> str:
    """A level as printed, without its number (指标1：) before and its weight in brackets behind it."""
    return _level_text(cell.raw)


@lru_cache(maxsize=4096)  # the upper levels hold for many rows, and are the same few in most forms
def _level_text(raw: str) -> str:
    text = words()["of_weight"].sub("", one_line(raw)).strip()
    return words()["counted"].sub("", text, 1) or text


def _is_rest(before: str, text: str) -> bool:
    """Whether a level printed on top of a page is the rest of one cut by the page (社会效益指 / 标)."""
    ends = words()["level_end"]
    if words()["of_weight"].fullmatch(text):
        return True
    return kind_of(text) is None and ends.search(before) is None and ends.search(before + text) is not None


def _explain(indicator: Indicator) -> None:
    """Takes the remark for the reason of lost points."""
    remark = indicator.cells.get("remark")
    has_lost = indicator.weight is not None and indicator.score is not None and indicator.score < indicator.weight
    if remark is not None and has_lost and not is_nothing(remark.text):
        indicator.texts["reason"], indicator.cells["reason"] = one_line(remark.raw), remark


def _go_on(last: Indicator, own: dict[str, Cell]) -> None:
    """A row that only goes on with the texts of the one above (cut by a page break)."""
    for role in _TEXTS:
        if role in own:
            last.texts[role] = last.texts.get(role, "") + one_line(own[role].raw)
            last.cells.setdefault(role, own[role])
    if "level_3" in own:
        last.levels["level_3"] = last.levels.get("level_3", "") + one_line(own["level_3"].raw)
    last.settle()


@lru_cache(maxsize=4096)
def kind_of(text: str) -> str | None:
    """The kind of indicator that a level names: that of the longest word in it, rather a lower kind than an upper."""
    text = normalise(text)
    found = [entry for entry in _kind_words() if entry[0] in text]
    return max(found, key=lambda entry: (len(entry[0]), entry[2]))[1] if found else None


def indicator_kinds() -> list[dict[str, str | None]]:
    """The kinds of indicators: indicator_kind, name, parent (None for the upper ones)."""
    return [
        {"indicator_kind": entry["kind"], "name": entry["name"], "parent": entry.get("parent")}
        for entry in load_data("indicator_kinds")["kinds"]
    ]


@cache
def _parents() -> dict[str, str | None]:
    """The kind that each kind belongs to."""
    return {entry["kind"]: entry.get("parent") for entry in load_data("indicator_kinds")["kinds"]}


@cache
def _kind_words() -> list[tuple[str, str, bool]]:
    """(word, kind, whether the kind has one above it)."""
    kinds = load_data("indicator_kinds")["kinds"]
    return [(normalise(word), entry["kind"], "parent" in entry) for entry in kinds for word in entry["words"].split()]
