"""A sheet of any workbook format, resolved: its text by position, merged ranges, what is hidden or unreadable.

How a file format stores it is its reader's business, what the cells mean the facts'.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.documents.measures import MOST_CHARACTERS, MOST_LINES
from transforms.documents.refusals import refusal

MOST_CELLS = 300_000
"""Filled cells of a workbook, and positions between the outermost of them, blank ones included."""


class Range(NamedTuple):
    """A rectangle of cells, from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> int:
        """How many positions it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


@dataclass(slots=True)
class Allowance:
    """What a workbook may hold, counted down while its cells are read, before anything is made of them."""

    cells: int = MOST_CELLS
    characters: int = MOST_CHARACTERS

    def take(self, sheet: Sheet, texts: list[str], row: int) -> None:
        """Allows for the texts of a row, the ``row``-th of the sheet that holds any. Raises Unreadable when there are
        more than any form has."""
        self.cells -= len(texts)
        self.characters -= sum(map(len, texts))
        if row > MOST_LINES:
            raise refusal("sheet_rows", f"sheet {sheet.ordinal}", sheet=sheet.name, limit=MOST_LINES // 10_000)
        if self.cells < 0:
            raise refusal("sheet_cells", f"sheet {sheet.ordinal}", limit=MOST_CELLS // 10_000)
        if self.characters < 0:
            raise refusal("too_many_characters", f"sheet {sheet.ordinal}", limit=MOST_CHARACTERS // 10_000)


@dataclass(slots=True)
class Sheet:
    """``ordinal`` counts all sheets of the workbook from 1. ``cells``: text by (row, column) from 0, none of them
    empty. ``uncalculated``: formulas that the file brings no result for; ``errors``: #DIV/0! and the like."""

    ordinal: int
    name: str
    is_hidden: bool = False
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncalculated: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)

    def extent(self, most: int) -> Range | None:
        """The smallest range that holds every filled cell; None for a blank sheet. Raises Unreadable when it has more
        than ``most`` positions."""
        if not self.cells:
            return None
        rows, columns = [row for row, _ in self.cells], [column for _, column in self.cells]
        extent = Range(min(rows), min(columns), max(rows), max(columns))
        if extent.size > most:
            raise refusal("sheet_too_large", f"sheet {self.ordinal}: {extent.size} cells", sheet=self.name)
        return extent

    def covering(self, extent: Range) -> dict[tuple[int, int], tuple[int, int]]:
        """Position -> the position whose text it shows, for all that merged ranges cover within ``extent``."""
        covered: dict[tuple[int, int], tuple[int, int]] = {}
        total = 0
        for top, left, bottom, right in self.merged:
            last_row, last_column = min(bottom, extent.bottom), min(right, extent.right)
            total += max(last_row - top + 1, 0) * max(last_column - left + 1, 0)
            if total > 2 * MOST_CELLS:
                raise refusal("sheet_too_large", f"sheet {self.ordinal}: merged ranges", sheet=self.name)
            for row in range(top, last_row + 1):
                for column in range(left, last_column + 1):
                    covered[row, column] = (top, left)
        return covered
