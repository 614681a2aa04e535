"""The pages that facts of forms are written on: rows placed, cells that no lexicon explains noted.

No form is read here.
"""

from __future__ import annotations

from collections.abc import Mapping

from transforms.documents.model import Cell
from transforms.facts.model import Facts, UnrecognisedRow
from transforms.facts.outline.mentions import source
from transforms.facts.wording import one_line


def place(facts: Facts, group: str, ordinal: int, cells: Mapping[str, Cell | None]) -> None:
    """Appends the places of a row's values: column -> its cell, None for a value that stands nowhere."""
    facts.sources += [
        source(group, ordinal, column, cell.place, cell.raw) for column, cell in cells.items() if cell is not None
    ]


def not_recognised(facts: Facts, what: str, cell: Cell) -> None:
    """Appends a heading, column, unit or figure that nothing explains."""
    rows = facts.unrecognised
    rows.append(UnrecognisedRow(len(rows), what, one_line(cell.raw), cell.place.line))


def printed(cell: Cell | None) -> str | None:
    """The cell as printed on one line, None without one."""
    return None if cell is None else one_line(cell.raw)
