"""Draws grids: merged cells, rows over pages, the heading of the indicators again or not, rules around every cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import accumulate

from samples.compose.elements import GridElement
from samples.marks import unmarked
from samples.pdf.sheets import Sheets
from samples.pdf.typeset import set_lines

_LEAST_EMS, _WIDEST = 2.0, 12.0
"""What a column holds at least, and the longest text that gives it more room than others, in characters."""
_SMALLEST = 5.0
_FIGURE = re.compile(r"[\d.,%≥≤<>=]+")
_ALL = re.compile(".+")
_LEAST_LINES = 2
"""Lines of a cut row on either page, at least."""


@dataclass(slots=True)
class _Cell:
    """A cell with its lines; ``row`` is where it begins in what is drawn."""

    row: int
    column: int
    across: int
    down: int
    lines: list[str]


class GridDrawer:
    """Draws one grid on the sheets. ``cuts_rows``: whether the end of a page may part a row."""

    def __init__(self, grid: GridElement, sheets: Sheets, cuts_rows: bool) -> None:
        self.grid, self.sheets, self.cuts_rows = grid, sheets, cuts_rows
        self.size = min(sheets.look.cell_size, 9.0)
        self.pitch, self.padding = 1.25 * self.size, min(sheets.look.padding, 3.0)
        self.edges = [0.0, *accumulate(self._widths())]

    def draw(self) -> None:
        """Draws page after page until no row is left."""
        self.sheets.skip(0.4 * self.size)
        first = 0
        rest: list[_Cell] = []
        while first < len(self.grid.rows):
            first, rest = self._page(first, rest)
            if first < len(self.grid.rows):
                self.sheets.turn()
        self.sheets.skip(0.8 * self.size)

    def _widths(self) -> list[float]:
        """Columns take what their figures need, in smaller type where the page has too little, and share the rest by
        their longest cell."""
        while sum(needs := self._needs()) > self.sheets.width and self.size > _SMALLEST:
            self.size, self.pitch = self.size - 0.5, self.pitch - 0.625
        longest = [max(self._lengths(column), default=0.0) for column in range(self.grid.width)]
        shares = [min(length, _WIDEST) + 1.0 for length in longest]
        rest = (self.sheets.width - sum(needs)) / sum(shares)
        return [need + share * rest for need, share in zip(needs, shares, strict=True)]

    def _needs(self) -> list[float]:
        """The width of each column's longest figure, two characters at least."""
        return [
            max(_LEAST_EMS, *self._lengths(column, _FIGURE)) * self.size + 2 * self.padding + 1.0
            for column in range(self.grid.width)
        ]

    def _lengths(self, column: int, pattern: re.Pattern[str] = _ALL) -> list[float]:
        """The lengths, in ems, of what the pattern finds in the column's own cells."""
        cells = [row[column] for row in self.grid.rows if column in row and row[column].across == 1]
        return [self.sheets.measure(unmarked(text), 1.0) for cell in cells for text in pattern.findall(cell.text)] or [
            0.0
        ]

    def _page(self, first: int, rest: list[_Cell]) -> tuple[int, list[_Cell]]:
        """Draws what the page holds from row ``first`` on; ``rest`` is what a cut left of that row. The row that comes
        next, and what a cut left of it."""
        grid = self.grid.part(first, len(self.grid.rows)) if first else self.grid
        above = len(grid.rows) - (len(self.grid.rows) - first)
        cells = self._set(grid)
        if rest:
            _put_rest(cells, rest, above)
        heights = self._heights(cells, len(grid.rows))
        count = self._fitting(heights)
        is_heading = self.grid.heading[0] <= first + count - above < self.grid.heading[1]
        count = self.grid.heading[0] - first + above if is_heading else count
        is_cut = count < len(heights) and self._may_cut(heights[count]) and count >= above and not is_heading
        cut = self._cut(cells, count, heights) if is_cut else []
        if not cut and count <= above:
            if self.sheets.y < self.sheets.page_height - self.sheets.look.margin:
                return first, rest
            count = above + 1
        drawn = count + 1 if cut else count
        over = self._overflow(cells, heights[:drawn])
        self._draw([replace(cell, down=min(cell.down, drawn - cell.row)) for cell in cells], heights[:drawn])
        return first + count - above, [*cut, *over]

    def _may_cut(self, height: float) -> bool:
        """Whether a row so high may be parted; one that no page holds must be."""
        return self.cuts_rows or height > self.sheets.height

    def _overflow(self, cells: list[_Cell], heights: list[float]) -> list[_Cell]:
        """What does not fit of the cells that the end of the page parts: it stands on the next page."""
        over = []
        for cell in cells:
            room = int((sum(heights[cell.row :]) - 2 * self.padding) / self.pitch + 0.01)
            if cell.row < len(heights) < cell.row + cell.down and len(cell.lines) > room:
                over.append(replace(cell, lines=cell.lines[room:]))
                cell.lines = cell.lines[:room]
        return over

    def _set(self, grid: GridElement) -> list[_Cell]:
        found = []
        for row, cells in enumerate(grid.rows):
            for column, cell in cells.items():
                width = self.edges[column + cell.across] - self.edges[column] - 2 * self.padding
                lines = set_lines(cell.text, width, lambda piece: self.sheets.measure(piece, self.size))
                found.append(_Cell(row, column, cell.across, cell.down, lines if cell.text else []))
        return found

    def _heights(self, cells: list[_Cell], count: int) -> list[float]:
        heights = [self.pitch + 2 * self.padding] * count
        for cell in sorted(cells, key=lambda cell: cell.down):
            last = cell.row + cell.down - 1
            need = len(cell.lines) * self.pitch + 2 * self.padding
            heights[last] += max(0.0, need - sum(heights[cell.row : last + 1]))
        return heights

    def _fitting(self, heights: list[float]) -> int:
        used = list(accumulate(heights))
        return sum(total <= self.sheets.left for total in used)

    def _cut(self, cells: list[_Cell], row: int, heights: list[float]) -> list[_Cell]:
        """Cuts the row that does not fit: its cells keep the lines for which there is room. Gives what is left
        of them, nothing where no cell is long enough."""
        room = int((self.sheets.left - sum(heights[:row]) - 2 * self.padding) / self.pitch)
        own = [cell for cell in cells if cell.row == row and cell.down == 1]
        longest = max((len(cell.lines) for cell in own), default=0)
        if room < _LEAST_LINES or longest - room < _LEAST_LINES:
            return []
        rest = [replace(cell, lines=cell.lines[room:]) for cell in own]
        for cell in own:
            cell.lines = cell.lines[:room]
        heights[row] = room * self.pitch + 2 * self.padding
        return rest

    def _draw(self, cells: list[_Cell], heights: list[float]) -> None:
        top = self.sheets.y
        edges = [top, *(top - used for used in accumulate(heights))]
        for row in range(len(heights)):
            self.sheets.count()
            for cell in (cell for cell in cells if cell.row == row):
                self._draw_cell(cell, edges[row], edges[row + cell.down])
        self.sheets.y = edges[-1]

    def _draw_cell(self, cell: _Cell, top: float, bottom: float) -> None:
        sheets = self.sheets
        left, right = self.edges[cell.column], self.edges[cell.column + cell.across]
        for x in (left, right):
            if sheets.look.ruling != "open" or 0.0 < x < self.edges[-1]:
                sheets.rule(x, top, x, bottom)
        for y in (top, bottom):
            sheets.rule(left, y, right, y)
        slack = top - bottom - 2 * self.padding - len(cell.lines) * self.pitch
        y = top - self.padding - (max(slack, 0.0) / 2 if sheets.look.align == "middle" else 0.0)
        for line in cell.lines:
            y -= self.pitch
            sheets.draw(line, left + self.padding, y, self.size)


def _put_rest(cells: list[_Cell], rest: list[_Cell], row: int) -> None:
    """What earlier pages left over stands in the first row: nothing else of a row that was begun there."""
    lines = {cell.column: cell.lines for cell in rest}
    is_begun = any(cell.down == 1 for cell in rest)
    for cell in cells:
        if cell.row == row and (is_begun or cell.column in lines):
            cell.lines = lines.get(cell.column, [])
