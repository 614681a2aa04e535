"""Columns whose header leaves it open what they hold, settled by what stands below: figures that add up to a sum row,
balances and rates tell the budget from the spending, distinct words tell the names.

What headers say comes from columns.py; whether the table is one of projects is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import islice, permutations

from transforms.documents.model import Table
from transforms.facts.tables.column_names import named_apart, unnamed_names
from transforms.facts.tables.columns import Columns, table_words

_FIGURE = re.compile(r"-?\d[\d,]{0,15}(?:\.\d{1,8})?")
_UNIT = re.compile(r"(?:亿|百?万|千)?元$|万$")
_OPEN = frozenset((None, "goal", "goal_loose", "completion", "completion_loose"))
_OPEN_BUDGET = _OPEN | {"arrived"}
_PARTS = _OPEN | {"budget_loose", "budget"}
_FEWEST = 3
_MOST_COLUMNS = 12
_MOST_ROWS = 60  # that prove something; sums take all in
_MOST = Decimal("0.9")
_MOST_PROVEN = 0.8
_CENT = Decimal("0.01")
_Values = list[Decimal | None]


@dataclass(slots=True)
class _Figures:
    """The figures of a column: those of its rows, and the one of the row of sums."""

    position: int
    values: _Values
    total: Decimal | None

    def adds_up(self) -> bool:
        """Whether the figures come to that of the row of sums."""
        return self.total is not None and self.total != 0 and _is_near(sum(_known(self.values)), self.total)


def settle(table: Table, columns: Columns) -> Columns:
    """The columns with a name, budget or spending that the header alone did not tell. ``columns`` itself where
    nothing was open."""
    if "indicator" in columns.others or len(table.rows) < 2:
        return columns
    name = unnamed_names(table, columns) if columns.name is None else None
    if name is not None:
        goal = None if columns.goal == name else columns.goal
        columns = replace(columns, name=name, goal=goal, is_name_guessed=True)
    if columns.name is None or len(table.header) > _MOST_COLUMNS:
        return columns
    columns = named_apart(table, columns)
    has_whole = any(table_words()["whole"].search(cell.text) for cell in table.header)
    if columns.budgets and columns.spent is not None and not has_whole:
        return columns
    return _Settler(table, columns).settled()


class _Settler:
    def __init__(self, table: Table, columns: Columns) -> None:
        self.table = table
        self.columns = columns

    def settled(self) -> Columns:
        budget = self.columns.budgets[0][0] if self.columns.budgets else None
        spent = self.columns.spent
        if budget is not None and (whole := self._whole_of(budget)) is not None:
            role = self.columns.budgets[0][1]
            is_first = role == "initial" and "change" in self.columns.roles
            budgets = [(whole, "adjusted" if is_first else role), *self.columns.budgets]
            self.columns = replace(self.columns, budgets=budgets)
            budget = whole
        if budget is not None and spent is not None:
            return self.columns
        if spent is not None:
            budget = self._partner(spent, _OPEN_BUDGET, is_budget=True)
        elif budget is not None:
            spent = self._partner(budget, _OPEN, is_budget=False)
        else:
            budget, spent = self._pair()
        return self._with(budget, spent)

    def _whole_of(self, budget: int) -> int | None:
        """The column without a part of its own that is the sum of the budget and others (财政拨款, 自筹, 合计), or of
        the first budget and what was added."""
        figures = [one for one in self._all if len(_known(one.values)) > 1]
        for roles in (_PARTS, _PARTS | {"initial", "change"}):
            parts = [one for one in figures if self.columns.roles[one.position] in roles]
            for one in parts:
                others = [other for other in parts if other is not one]
                if self.columns.roles[one.position] is None and budget != one.position and _is_whole(one, others):
                    return one.position
        return None

    def _with(self, budget: int | None, spent: int | None) -> Columns:
        columns = self.columns
        if budget is None or spent is None:
            return columns
        taken = (budget, spent)
        return replace(
            columns,
            budgets=columns.budgets or [(budget, self._role(budget))],
            spent=spent,
            goal=None if columns.goal in taken else columns.goal,
            completion=None if columns.completion in taken else columns.completion,
            unknown=[position for position in columns.unknown if position not in taken],
            are_amounts_guessed=not columns.money,
        )

    def _role(self, position: int) -> str:
        return "initial" if table_words()["at_first"].search(self.table.header[position].text) else "unspecified"

    def _partner(self, known: int, roles: frozenset[str | None], is_budget: bool) -> int | None:
        """The open column that goes with a known one: nowhere less than spent, nowhere more than the budget."""
        own = self._figures(known)
        if len(_known(own.values)) < 2:
            return None
        found = [
            other
            for other in self._open(roles)
            if _covers(*((other, own) if is_budget else (own, other))) and self._is_money(other, own)
        ]
        if len(found) > 1:
            pairs = [(other, own) if is_budget else (own, other) for other in found]
            found = [other for other, pair in zip(found, pairs, strict=True) if self._is_proven(*pair)] or [
                other for other in found if _is_whole(other, found)
            ]
        return found[0].position if len(found) == 1 else None

    def _pair(self) -> tuple[int | None, int | None]:
        """Two open columns that a balance or a rate proves to be budget and spending, or the only two above a row of
        sums that add up."""
        if "score" in self.columns.others:
            return None, None
        found = [one for one in self._open(_OPEN_BUDGET | {"balance"}) if len(_known(one.values)) >= _FEWEST]
        for budget, spent in permutations(found, 2):
            if _covers(budget, spent) and self._is_proven(budget, spent):
                return budget.position, spent.position
        found = [one for one in found if one.total is not None]
        if len(found) == 2 and any(one.adds_up() for one in found):
            for budget, spent in permutations(found):
                if _covers(budget, spent):
                    return budget.position, spent.position
        return self._larger_and_smaller()

    def _larger_and_smaller(self) -> tuple[int | None, int | None]:
        """The only two columns of figures, where their headers speak of money and one is nowhere the smaller."""
        found = self._open(_OPEN_BUDGET)
        headers = [self.table.header[one.position].text for one in found]
        if len(found) == 2 and all(table_words()["of_money"].search(header) for header in headers):
            for budget, spent in permutations(found):
                rows = _rows(budget, spent)
                if len(rows) >= _FEWEST and all(a >= b for a, b in rows) and any(a > b for a, b in rows):
                    return budget.position, spent.position
        return None, None

    def _is_money(self, other: _Figures, own: _Figures) -> bool:
        """Whether an open column looks like amounts beside those of ``own``: it adds up as they do, or is of their
        size and printed as exactly."""
        if other.adds_up() and own.total is not None:
            return True
        pairs = [(a, b) for a, b in zip(other.values, own.values, strict=True) if a is not None and b is not None]
        near = [1 for a, b in pairs if a * 2 >= b and b * 2 >= a and _decimals(a) == _decimals(b)]
        return len(near) * 2 > len(pairs)

    def _is_proven(self, budget: _Figures, spent: _Figures) -> bool:
        return any(_is_balance(budget, spent, rest) for rest in self._others(budget, spent)) or any(
            _is_rate(budget, spent, rate) for rate in self._others(budget, spent)
        )

    def _others(self, *known: _Figures) -> Iterator[_Figures]:
        taken = {one.position for one in known}
        return (one for one in self._all if one.position not in taken and len(_known(one.values)) >= _FEWEST)

    def _open(self, roles: frozenset[str | None]) -> list[_Figures]:
        """The columns of figures without a part in the table yet; parts of a whole (其中：…) stand back."""
        whole = [
            one
            for one in self._all
            if self.columns.roles[one.position] in roles
            and one.position != self.columns.name
            and 2 * len(_known(one.values)) > len(one.values)
        ]
        of_all = [one for one in whole if not table_words()["part"].search(self.table.header[one.position].text)]
        return of_all or whole

    @cached_property
    def _all(self) -> list[_Figures]:
        return [self._figures(position) for position in range(len(self.table.header))]

    def _figures(self, position: int) -> _Figures:
        rows = [row for row in self.table.rows if position < len(row.cells)]
        values = [_number(row.cells[position].text) for row in rows if not row.is_total]
        totals = [_number(row.cells[position].text) for row in rows if row.is_total]
        return _Figures(position, values, totals[-1] if totals else None)


def _number(text: str) -> Decimal | None:
    text = text.removeprefix("+").removesuffix("%")
    if text[-1:] in ("元", "万"):
        text = _UNIT.sub("", text)
    return Decimal(text.replace(",", "")) if _FIGURE.fullmatch(text) else None


def _known(values: _Values) -> list[Decimal]:
    return [value for value in values if value is not None]


def _rows(*columns: _Figures) -> list[tuple[Decimal, ...]]:
    """The rows in which all of the columns hold a figure."""
    rows = islice(zip(*(column.values for column in columns), strict=False), _MOST_ROWS)
    return [tuple(_known(list(row))) for row in rows if None not in row]


def _covers(budget: _Figures, spent: _Figures) -> bool:
    rows = _rows(budget, spent)
    return bool(rows) and sum(a >= b for a, b in rows) >= _MOST * len(rows)


def _is_balance(budget: _Figures, spent: _Figures, rest: _Figures) -> bool:
    """Whether a column is what is left of the budget; of spending and rest the larger in sum is the spending."""
    rows = _rows(budget, spent, rest)
    is_rest = _hold([_is_near(a - b, c) for a, b, c in rows])
    return is_rest and sum(b for _, b, _ in rows) > sum(c for _, _, c in rows)


def _is_rate(budget: _Figures, spent: _Figures, rate: _Figures) -> bool:
    rows = [row for row in _rows(budget, spent, rate) if row[0]]
    return _hold([abs(b / a * 100 - c) <= max(_quantum(c), _CENT) for a, b, c in rows])


def _hold(checks: list[bool]) -> bool:
    """Whether enough rows prove it: a single mistake among many disproves nothing."""
    return sum(checks) >= max(_FEWEST, _MOST_PROVEN * len(checks))


def _is_whole(column: _Figures, others: list[_Figures]) -> bool:
    """Whether a column is the sum of all the others, row by row."""
    parts = [other for other in others if other is not column]
    rows = _rows(column, *parts)
    return len(parts) > 1 and bool(rows) and all(_is_near(sum(row[1:]), row[0]) for row in rows)


def _is_near(value: Decimal | int, stated: Decimal) -> bool:
    return abs(value - stated) <= 2 * _quantum(stated)


def _quantum(value: Decimal) -> Decimal:
    return Decimal(1).scaleb(-_decimals(value))


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))
