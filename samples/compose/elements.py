"""The elements of a composed report, neutral of the medium. Texts may hold marks (see ``samples.marks``)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from samples.style import TableLook

_TAGS = re.compile(r"<[^<>]+>")


@dataclass(slots=True)
class Title:
    """The report's title."""

    text: str


@dataclass(slots=True)
class Contents:
    """Where a table of contents may stand."""


@dataclass(slots=True)
class Heading:
    """A numbered heading: ``depth`` from 0; ``label`` is its numbering as printed."""

    label: str
    text: str
    depth: int


@dataclass(slots=True)
class Paragraph:
    """A paragraph or list item. ``label`` is a list label or empty; the first ``bold`` characters of the text
    may be printed bold (a run-in title)."""

    text: str
    label: str = ""
    title: str = ""


@dataclass(slots=True)
class TableElement:
    """A table: caption lines above it, header rows, body rows of cells, and its look. A transposed table's body
    rows are (field, value) pairs; an empty row there parts two blocks."""

    captions: list[str]
    header: list[list[str]]
    rows: list[list[str]]
    look: TableLook
    parts: list[tuple[str, ...]] = field(default_factory=list)


class GridCell(NamedTuple):
    """A cell of a ruled grid and how many columns and rows it takes."""

    text: str
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class GridElement:
    """A ruled table whose cells are merged at will, as forms have them. ``rows``: column -> the cell that begins there,
    each row; ``heading``: the rows that head the columns of its list, first and last plus one, which no page parts and
    a further page may repeat."""

    rows: list[dict[int, GridCell]]
    width: int
    heading: tuple[int, int] = (0, 0)
    repeats_heading: bool = False

    def owners(self) -> list[list[tuple[int, int]]]:
        """For each position the row and column at which the cell that covers it begins."""
        found = [[(row, column) for column in range(self.width)] for row in range(len(self.rows))]
        for row, cells in enumerate(self.rows):
            for column, cell in cells.items():
                for below in range(row, min(row + cell.down, len(self.rows))):
                    found[below][column : column + cell.across] = [(row, column)] * cell.across
        return found

    def part(self, first: int, last: int) -> GridElement:
        """The rows from ``first`` up to ``last`` as a grid of their own, below the heading where a further page repeats
        it: a cell that a page parts says on its first page what it says."""
        rows = [
            {at: cell._replace(down=min(cell.down, last - row)) for at, cell in self.rows[row].items()}
            for row in range(first, last)
        ]
        for (row, column), owner in _crossing(self, first):
            rows[0][column] = owner._replace(text="", down=min(row + owner.down, last) - first)
        head = range(*self.heading) if self.repeats_heading and first >= self.heading[1] else range(0)
        above = [{at: _ending(cell, head.stop - row) for at, cell in self.rows[row].items()} for row in head]
        return GridElement([*above, *rows], self.width)


def _ending(cell: GridCell, rows: int) -> GridCell:
    """The cell in a heading of so many more rows: blank where it goes on below."""
    return cell if cell.down <= rows else GridCell("", cell.across, rows)


def _crossing(grid: GridElement, first: int) -> list[tuple[tuple[int, int], GridCell]]:
    """The cells that begin above ``first`` and reach down to it, by the place where they begin."""
    begun = ((row, column) for row in range(first) for column in grid.rows[row])
    return [
        ((row, column), grid.rows[row][column]) for row, column in begun if row + grid.rows[row][column].down > first
    ]


@dataclass(slots=True)
class PageEnd:
    """What follows stands on a new page, where the medium has pages."""


Element = Title | Contents | Heading | Paragraph | TableElement | GridElement | PageEnd


def cell_lines(cell: str) -> list[str]:
    """The lines of a cell, for media whose cells have lines of their own instead of markup."""
    return [line for piece in _TAGS.split(cell) if (line := piece.strip())]
