"""Prints tables as TAB or pipe lines: page fragments, repeated headers, cut rows, junk rows."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from samples.compose.elements import TableElement
from samples.marks import unmarked
from samples.style import Style
from samples.text.pages import Pages
from samples.text.surface import cut_place, dressed

TEXT_LEAST = 24
"""A cell of fewer characters is never dressed as running text nor cut."""


def _line(cells: Sequence[str], syntax: str) -> str:
    if syntax == "tab":
        return "\t".join(cells)
    if syntax == "open":
        return " | ".join(cells)
    return "| " + " | ".join(cells) + " |"


def _rule(count: int, syntax: str) -> str:
    if syntax == "tab":
        return "\t".join(["-----"] * count)
    return _line(["---"] * count, syntax) if syntax == "open" else "|" + "---|" * count


def cut_cells(cells: list[str], draw: Random) -> tuple[list[str], list[str]] | None:
    """A row in two: its longest text cell cut, the other cells empty below; None when no cell is long enough."""
    place = max(range(len(cells)), key=lambda index: len(unmarked(cells[index])))
    text = cells[place]
    length = len(unmarked(text))
    if length < 2 * TEXT_LEAST or "<" in text:
        return None
    cut = cut_place(text, int(length * draw.uniform(0.35, 0.65)))
    if cut is None:
        return None
    above, below = list(cells), [""] * len(cells)
    above[place], below[place] = text[:cut], text[cut:]
    return above, below


def _syntax(table: TableElement) -> str:
    """The table's syntax: without outer pipes a cell that is empty at either end would be lost, so such tables
    have them."""
    look = table.look
    ends = [cell for cells in (*table.header, *table.rows) if cells for cell in (cells[0], cells[-1])]
    needs_ends = look.cuts_rows or not all(unmarked(cell) for cell in ends)
    return "pipe" if look.syntax == "open" and needs_ends else look.syntax


class TablePrinter:
    """Prints one table on the pages."""

    def __init__(self, table: TableElement, pages: Pages, style: Style, draw: Random) -> None:
        self.table, self.pages, self.style, self.draw = table, pages, style, draw
        self.look = table.look
        self.syntax = _syntax(table)
        self.width = max(style.wrap, 36)

    def _dressed(self, cells: list[str]) -> list[str]:
        return [
            dressed(cell, self.style, self.draw) if len(unmarked(cell)) >= TEXT_LEAST and "<" not in cell else cell
            for cell in cells
        ]

    def _header(self) -> None:
        for number, cells in enumerate(self.table.header):
            self.pages.put(_line(cells, self.syntax))
            if number == 0 and self.syntax != "tab":
                self.pages.put(_rule(len(cells), self.syntax), 0)

    def _turn(self, is_first_row: bool) -> None:
        self.pages.turn()
        self.pages.blank()
        if is_first_row:
            return
        if self.look.repeats_header and self.table.header:
            for cells in self.table.header:
                self.pages.put(_line([unmarked(cell) for cell in cells], self.syntax))
            if self.syntax != "tab":
                self.pages.put(_rule(len(self.table.header[0]), self.syntax), 0)

    def _row(self, cells: list[str], is_first: bool) -> None:
        pages = self.pages
        height = 1 + sum(len(cell) for cell in cells) // self.width
        if pages.is_paged and height > pages.left and not is_first:
            halves = cut_cells(cells, self.draw) if self.look.cuts_rows and height >= 3 else None
            if halves:
                pages.put(_line(halves[0], self.syntax), height // 2)
                self._turn(is_first)
                pages.put(_line(halves[1], self.syntax), height // 2)
                return
            self._turn(is_first)
        pages.put(_line(cells, self.syntax), height)

    def _caption(self) -> None:
        for caption in self.table.captions:
            self.pages.put(caption)
            if self.style.blank_lines:
                self.pages.blank()

    def print(self) -> None:
        """Prints captions, header and rows."""
        self.pages.blank()
        self._caption()
        if self.look.is_transposed:
            self._blocks()
        else:
            self._header()
            for number, cells in enumerate(self.table.rows):
                self._row(self._dressed(cells), number == 0)
            if self.look.has_junk:
                self.pages.put(_rule(len(self.table.header[0]), self.syntax))
        self.pages.blank()

    def _blocks(self) -> None:
        is_start = True
        for cells in self.table.rows:
            if not cells:
                self.pages.blank()
                is_start = True
                continue
            self.pages.put(_line(self._dressed(cells), self.syntax))
            if is_start and self.syntax != "tab":
                self.pages.put(_rule(2, self.syntax), 0)
            is_start = False
