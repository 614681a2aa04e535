"""Levels whose merged cell a page cuts, so that their name stands on the next page alone: its rows above have it too.

Names that the page itself cuts in two are joined in indicators.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from transforms.documents.model import Cell


class Levelled(Protocol):
    """An indicator: ``levels`` by name, ``cells`` by role."""

    levels: dict[str, str]
    cells: dict[str, Cell]


@dataclass(slots=True)
class CutLevel:
    """One level along the rows of a block. ``open``: the last indicators so far whose cell at the level is one and the
    same blank one."""

    open: list[Levelled] = field(default_factory=list)
    last: Cell | None = None
    has_merged: bool = False
    has_blanks: bool = False
    is_first: bool = True

    def take(self, cell: Cell, indicator: Levelled) -> None:
        """Takes the cell of the next row's indicator in."""
        is_same = cell is self.last
        if cell.text:
            self.has_merged = self.has_merged or is_same
            self.is_first = False
        if self.open and not is_same:
            self.has_blanks, self.open = True, []
        if not cell.text:
            self.open.append(indicator)
        self.last = cell

    def turn(self, top: Cell) -> list[Levelled]:
        """What the page turns: the indicators that the name ``top`` of the next page's first row belongs to as well.
        Where cells are left blank for "as above", or are never merged though names stand above, there are none."""
        found = self.open if top.text and not self.has_blanks and (self.has_merged or self.is_first) else []
        self.open = []
        return found
