"""A row of a form, or a line of text above it, and what it is by its labels: what it heads, which project it names.

Where forms begin and end is decided in regions.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from transforms.documents.model import Cell
from transforms.facts.forms.labels import (
    BARE_PROJECT,
    LEVELS,
    MONEY,
    column_of,
    field_of,
    inline_fields,
    is_label,
    source_of,
)
from transforms.language.lexicon import load_lexicon

_FEWEST_HEADINGS = 3


@dataclass(slots=True)
class Row:
    """A row of a grid, or a line of text above it (``is_line``, in all positions). ``filled``: its cells that hold
    text, each merged cell once, left to right, with the first position that it takes; ``roles``: what each of these
    would head as a heading (see column_of); ``labels_project``: whether one labels a project, alone or with its name.
    """

    cells: list[Cell]
    grid: int
    is_line: bool = False
    filled: list[tuple[int, Cell]] = field(init=False)
    roles: list[str | None] = field(init=False)
    labels_project: bool = field(init=False)

    def __post_init__(self) -> None:
        seen: dict[int, tuple[int, Cell]] = {}
        for position, cell in enumerate(self.cells):
            if cell.text:
                seen.setdefault(id(cell), (position, cell))
        self.filled = list(seen.values())
        self.roles = [column_of(cell.text) for _, cell in self.filled]
        self.labels_project = any(_labels_project(cell) for _, cell in self.filled)

    @property
    def only(self) -> Cell | None:
        """The one cell that holds text, None when there are more or none."""
        return self.filled[0][1] if len(self.filled) == 1 else None


def _labels_project(cell: Cell) -> bool:
    return field_of(cell.text) == "project" or any(one.name == "project" for one in inline_fields(cell))


def names_project(row: Row, below: Row | None) -> bool:
    """Whether the row gives a project's name beside its label, rather than heading a column of names."""
    return project_named(row, below) is not None


def project_named(row: Row, below: Row | None) -> str | None:
    """The name of a project that the row gives beside its label, or in one cell with it; None for a heading of a
    column of names."""
    if not row.labels_project:
        return None
    for _, cell in row.filled:
        for name, start, stop in inline_fields(cell):
            if name == "project":
                return cell.text[start:stop]
    for index, ((at, label), (beside, value)) in enumerate(pairwise(row.filled)):
        if field_at(row, index) == "project":
            reaches_down = below is not None and below.cells[at] is label
            is_upper = below is not None and (below.cells[beside] is not value or heads_amounts(below))
            is_heading = (reaches_down and is_upper) or heads_amounts(row) or is_label(value.text)
            return None if is_heading else value.text
    return None


def field_at(row: Row, index: int) -> str | None:
    """The field that a filled cell of the row labels. 项目 alone, which heads columns as well, names the project only
    beside another label of a field, and unless it is the whole of the expenditure."""
    name = field_of(row.filled[index][1].text)
    if name != BARE_PROJECT:
        return name
    others = (field_of(cell.text) for at, (_, cell) in enumerate(row.filled) if at != index)
    is_whole = index + 1 < len(row.filled) and source_of(row.filled[index + 1][1].text) is not None
    return "project" if not is_whole and any(other not in (None, name) for other in others) else None


def projects_of(rows: list[Row]) -> set[str]:
    """The projects that the rows name."""
    pairs = zip(rows, [*rows[1:], None], strict=True)
    return {name for row, below in pairs if (name := project_named(row, below)) is not None}


def heads_amounts(row: Row) -> bool:
    """Whether the row names two columns of amounts and holds no figure itself."""
    return _heads_amounts(row) and not any(cell.text[0].isdigit() for _, cell in row.filled)


def _heads_amounts(row: Row) -> bool:
    return sum(role in MONEY for role in row.roles) >= 2


def has_indicators(rows: list[Row]) -> bool:
    """Whether a block of indicators is headed."""
    return any(heads_indicators(row) for row in rows)


def heads_indicators(row: Row) -> bool:
    """Whether the row heads a block of indicators."""
    roles = set(row.roles)
    return not roles.isdisjoint(LEVELS) and len(roles - {None, "ignored"}) >= _FEWEST_HEADINGS


def has_funds(rows: list[Row]) -> bool:
    """Whether two amounts of a project are headed or labelled."""
    return any(map(_heads_amounts, rows))


def heads_goals(row: Row) -> bool:
    """Whether the row names goals and what became of them."""
    roles = set(row.roles)
    return bool(roles & {"goal", "target"}) and bool(roles & {"completion", "actual"})


def heads_list(row: Row) -> bool:
    """Whether the row heads a table of projects: their names in a column of their own."""
    texts = [cell.text for _, cell in row.filled]
    names = load_lexicon("columns")
    has_names = any(field_of(text) == "project" or names.group_of(text) == "name" for text in texts)
    return has_names and any(role in MONEY for role in row.roles)
