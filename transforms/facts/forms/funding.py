"""The money of a form: rows by source under a header of columns, or figures behind labels in one row.

What the sources become in the star schema is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from transforms.documents.model import Cell
from transforms.facts.amounts import NO_MONEY, Money, declared_unit, read_money, read_rate
from transforms.facts.forms.header import Header
from transforms.facts.forms.labels import MONEY, column_of, source_of
from transforms.facts.forms.lines import Row
from transforms.facts.tables.columns import header_unit
from transforms.facts.wording import one_line
from transforms.language.numerals import parse_number

AMOUNTS = ("initial", "adjusted", "executed")


@dataclass(slots=True)
class Funds:
    """A line of funds. ``source``: as in labels.source_of. ``cells``: role -> cell,
    ``money``: initial / adjusted / executed -> amount. ``is_unspecified``: the adjusted budget is only called a budget.
    ``parts``: the lines that this one sums up, where the form has no line of its own for it."""

    source: str
    label: str
    cells: dict[str, Cell] = field(default_factory=dict)
    money: dict[str, Money] = field(default_factory=dict)
    rate: Decimal | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    is_unspecified: bool = False
    parts: list[Funds] = field(default_factory=list)

    def put(self, role: str, cell: Cell, unit: str | None = None, heading: str = "") -> None:
        """Takes the cell of a column; ``unit`` is the one in which a bare figure counts."""
        if role == "budget":
            if "adjusted" in self.cells:
                return
            role, self.is_unspecified = "adjusted", True
        elif role == "adjusted":
            self.is_unspecified = False
        self.cells[role] = cell
        if role in AMOUNTS:
            self.money[role] = read_money(cell.text, unit)
        elif role == "rate":
            self.rate = read_rate(cell.text, heading)
        elif role == "weight":
            self.weight = points(cell.text)
        elif role == "score":
            self.score = points(cell.text)

    def amount(self, role: str) -> Money:
        """The amount in that column."""
        return self.money.get(role, NO_MONEY)

    @property
    def unit(self) -> str | None:
        """The unit in which the amounts count."""
        return next((money.unit for money in self.money.values() if money.unit), None)


@lru_cache(maxsize=4096)  # forms have the same few in most of their cells
def points(text: str) -> Decimal | None:
    """The number of points that a normalised cell prints (10, 9.8分, 10%), or None."""
    number = parse_number(text.removesuffix("分").removesuffix("%")) if text else None
    return None if number is None or number.is_chinese else number.value


def read_funds(row: Row, header: Header, unit: str | None) -> Funds | None:
    """The line of funds that a row under the header gives, None when its label names no source of funds.
    ``unit``: the one that the form declares for its amounts."""
    first = min(min(positions) for role, positions in header.columns.items() if role in MONEY)
    labels = [cell for position, cell in row.filled if position < first]
    known = [(source, cell) for cell in labels if (source := source_of(cell.text))]
    if not known:
        return None
    source, label = known[-1]
    own = [found for cell in reversed(labels) if (found := header_unit(cell.text) or declared_unit(cell.text))]
    return read_amounts(Funds(source, one_line(label.raw)), row, header, own[0] if own else unit, label)


def read_amounts(funds: Funds, row: Row, header: Header, unit: str | None, label: Cell | None = None) -> Funds:
    """The line with what the row says in the columns of the header; its ``label`` is no value."""
    for role in header.columns:
        cell = header.at(row, role)
        if cell is not None and cell is not label:
            funds.put(role, cell, header.units.get(role) or unit, header.texts[role])
    return funds


def read_labelled_funds(row: Row, unit: str | None) -> Funds | None:
    """The total that figures behind labels in one row give (预算数 | 100 | 执行数 | 98), None without such."""
    funds, is_money = Funds("total", ""), False
    for (_, label), role, (_, value) in zip(row.filled, row.roles, row.filled[1:], strict=False):
        if role in (*MONEY, "rate") and column_of(value.text) is None and role not in funds.cells:
            funds.put(role, value, header_unit(label.text) or unit)
            is_money = is_money or (role in MONEY and read_money(value.text, "元").value is not None)
    return funds if is_money else None


def labelled_points(row: Row) -> dict[str, Cell]:
    """Weight and score of the execution of the budget behind their labels in the row of its rate (执行率 | 97% | 分值 |
    10 | 得分 | 9.7)."""
    pairs = [(role, value) for role, (_, value) in zip(row.roles, row.filled[1:], strict=False)]
    if all(role != "rate" for role, _ in pairs):
        return {}
    named = {role: value for role, value in pairs if role in ("weight", "score") and points(value.text) is not None}
    return {role: value for role, value in named.items() if role}


def labelled_roles(row: Row) -> dict[int, str]:
    """The positions of the labels of amounts in a row of figures behind labels, with their roles."""
    return {position: role for (position, _), role in zip(row.filled, row.roles, strict=True) if role in MONEY}


def read_source_below(row: Row, roles: dict[int, str], unit: str | None) -> Funds | None:
    """The line of a source that stands in place of each label of the row above (其中：财政拨款 | 12 | 其中：财政拨款 |
    11.4); None for any other row."""
    funds: Funds | None = None
    for (position, label), (_, value) in zip(row.filled, row.filled[1:], strict=False):
        source = source_of(label.text)
        if position in roles and source and source_of(value.text) is None:
            funds = funds or Funds(source, one_line(label.raw))
            if source == funds.source:
                funds.put(roles[position], value, header_unit(label.text) or unit)
    return funds


def sources_above(row: Row) -> dict[int, Funds]:
    """Lines of funds that stand side by side, by position: their sources are the headings of this row. Empty when the
    row heads nothing of the kind, or holds a figure."""
    found = [(position, source, cell) for position, cell in row.filled if (source := source_of(cell.text))]
    if len(found) < 2 or all(source != "total" for _, source, _ in found):
        return {}
    if any(parse_number(cell.text) is not None for _, cell in row.filled):
        return {}
    return {position: Funds(source, one_line(cell.raw)) for position, source, cell in found}


def read_beside(row: Row, sources: dict[int, Funds], unit: str | None) -> bool:
    """Takes a row of amounts of one role (年初预算数 | 100 | 80) into the lines side by side; whether it was one."""
    labels = [cell for position, cell in row.filled if position < min(sources)]
    label = next((cell for cell in reversed(labels) if column_of(cell.text) in (*MONEY, "rate")), None)
    if label is None:
        return False
    for position, funds in sources.items():
        cell = row.cells[position]
        if cell.text:
            funds.put(column_of(label.text) or "", cell, header_unit(label.text) or unit, label.text)
    return True


def summed(parts: list[Funds]) -> Funds:
    """The line that the parts (中央资金, 省级资金 ...) make up: exact sums of what they print."""
    whole = Funds("fiscal", "、".join(part.label for part in parts), parts=parts)
    for role in AMOUNTS:
        amounts = [money for part in parts if (money := part.amount(role)).value is not None]
        if amounts:
            value = sum((money.value or Decimal(0) for money in amounts), Decimal(0))
            quantum = max(money.quantum or Decimal(0) for money in amounts)
            whole.money[role] = Money(value, quantum, amounts[0].unit, None)
    return whole


def has_wrong_unit(lines: list[Funds]) -> list[Cell]:
    """The amounts of a form that count in another unit than the form says: about ten thousand times the others of
    their line, or beyond any budget."""
    wrong: list[Cell] = []
    for funds in lines:
        known = [(role, value) for role in AMOUNTS if (value := funds.amount(role).value)]
        least = min((abs(value) for _, value in known), default=Decimal(1))
        wrong += [
            funds.cells[role]
            for role, value in known
            if abs(value) >= _BEYOND or Decimal(5000) <= abs(value) / least <= Decimal(20000)
        ]
    return wrong


_BEYOND = Decimal(10) ** 11
"""A hundred billion 元: no project and no sub-district has as much."""
