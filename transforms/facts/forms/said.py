"""What a form says in a field: words of a cell, which may hold a label or other fields beside them."""

from __future__ import annotations

from typing import NamedTuple

from transforms.documents.model import Cell
from transforms.facts.wording import one_line
from transforms.language.text import raw_span


class Said(NamedTuple):
    """The value of a field: the cell, and from where to where its words stand in the normalised text."""

    cell: Cell
    start: int
    stop: int

    @property
    def text(self) -> str:
        """The normalised value."""
        return self.cell.text[self.start : self.stop]

    @property
    def own_cell(self) -> Cell:
        """The value as a cell of its own."""
        if self.stop - self.start == len(self.cell.text):
            return self.cell
        return Cell(raw_span(self.cell.raw, self.start, self.stop), self.text, self.cell.place)

    @property
    def printed(self) -> str:
        """The value as printed, without the labels that share its cell."""
        is_whole = self.stop - self.start == len(self.cell.text)
        return one_line(self.cell.raw if is_whole else raw_span(self.cell.raw, self.start, self.stop))
