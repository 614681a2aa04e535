"""The heading of a block inside a form: which position holds what, over one or two lines.

Rows below it are read by funding.py and indicators.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.documents.model import Cell
from transforms.facts.forms.labels import LEVELS, column_of, row_of
from transforms.facts.forms.lines import Row
from transforms.facts.tables.columns import header_unit

_GOALS = ("goal", "completion")


@dataclass(slots=True)
class Header:
    """``columns``: role -> its positions; ``units``: role -> the unit of money that its heading names; ``texts``:
    role -> the normalised heading."""

    columns: dict[str, list[int]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def at(self, row: Row, role: str) -> Cell | None:
        """The cell of that role: of a heading over several columns the first that holds text; None without one."""
        for position in self.columns.get(role, ()):
            if position < len(row.cells) and row.cells[position].text:
                return row.cells[position]
        return None

    @property
    def first(self) -> int:
        """The leftmost position that has a role."""
        return min((min(positions) for positions in self.columns.values()), default=0)


def read_header(row: Row) -> Header:
    """The header that a row of headings makes; of two columns of one role the first counts, of goals both: the label
    of the block (年度总体目标) may be worded like a heading."""
    header = Header()
    for position, cell in enumerate(row.cells):
        role = column_of(cell.text) if cell.text else None
        role = "remark" if role == "ignored" and row_of(cell.text) == "remark" else role
        if role is None or role == "ignored":
            continue
        positions = header.columns.setdefault(role, [])
        if not positions or row.cells[positions[0]] is cell or role in _GOALS:
            positions.append(position)
            header.texts[role] = cell.text
            unit = header_unit(cell.text)
            if unit:
                header.units[role] = unit
    _settle_weight(header, row)
    _settle_budget(header)
    return header


def _settle_budget(header: Header) -> None:
    """A budget beside the adjusted one is the initial."""
    if "adjusted" in header.columns and "initial" not in header.columns and "budget" in header.columns:
        header.columns["initial"], header.texts["initial"] = header.columns.pop("budget"), header.texts.pop("budget")
        if "budget" in header.units:
            header.units["initial"] = header.units.pop("budget")


def _settle_weight(header: Header, row: Row) -> None:
    """Where each level has a weight of its own, the one behind the last level is the indicator's."""
    last = max((max(header.columns[level]) for level in LEVELS if level in header.columns), default=None)
    weights = [position for (position, _), role in zip(row.filled, row.roles, strict=True) if role == "weight"]
    if last is not None and len(weights) > 1:
        header.columns["weight"] = [next((position for position in weights if position > last), weights[-1])]


def is_subheading(row: Row, header: Header, head: Row) -> bool:
    """Whether the row is the second line of the header, whose first is ``head``: headings only, under it. What reaches
    down from the first line is no matter."""
    above = {id(cell) for _, cell in head.filled}
    roles = zip(row.filled, row.roles, strict=True)
    own = [(position, role) for (position, cell), role in roles if id(cell) not in above]
    return len(own) > 1 and all(role and position >= header.first for position, role in own)


def merged(header: Header, below: Row) -> Header:
    """The header with its second line: where that line names a column anew, it counts."""
    second = read_header(below)
    renamed = {position for positions in second.columns.values() for position in positions}
    columns = {
        role: kept
        for role, positions in header.columns.items()
        if (kept := [position for position in positions if position not in renamed])
    }
    columns |= second.columns
    return Header(columns, header.units | second.units, header.texts | second.texts)
