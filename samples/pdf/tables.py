"""Draws tables: columns, rows over pages, repeated and merged headings, rules as the look has them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from random import Random

from samples.compose.elements import TableElement, cell_lines
from samples.marks import unmarked
from samples.pdf.sheets import Sheets
from samples.pdf.typeset import set_lines
from samples.style import Style
from samples.text.surface import dressed
from samples.text.tables import TEXT_LEAST

SHARES = {"name": 1.5, "goal": 3.0, "completion": 3.0, "reason": 1.4, "office": 1.2}
"""How text columns share the width that figures leave; others take what their longest cell needs."""
LEAST_EMS = 4
"""What texts need, for each of their shares."""
SMALLEST = 6.0
EVERY_ROW = ("grid", "open", "rows")
"""Rulings with a rule below every row."""
LEAST_LINES = 2
"""Lines of a cut row on either page, at least."""


@dataclass(slots=True)
class Cell:
    """A cell: its lines, its column and how many it spans."""

    lines: list[str]
    column: int
    span: int = 1
    depth: int = 1


class TableDrawer:
    """Draws one table on the sheets."""

    def __init__(self, table: TableElement, sheets: Sheets, style: Style, draw: Random) -> None:
        self.table, self.sheets, self.style, self.draw_from = table, sheets, style, draw
        self.look, self.pdf = table.look, sheets.look
        self.size = self.pdf.cell_size
        self.pitch = 1.25 * self.size
        self.rows = [["\n".join(cell_lines(cell)) for cell in cells] for cells in table.rows if cells]
        self.edges = self._edges()

    def draw(self) -> None:
        """Draws captions, headings and rows."""
        self.sheets.skip(0.4 * self.size)
        for caption in self.table.captions:
            text = unmarked(caption)
            self.sheets.put(caption, self.size, self.sheets.width - self.sheets.measure(text, self.size))
        rows = [[Cell(self._set(self._dressed(text), at), at) for at, text in enumerate(row)] for row in self.rows]
        self._header()
        for number, row in enumerate(rows):
            self._row(row, number)
        self._rule_across()
        self.sheets.skip(0.8 * self.size)

    def _dressed(self, text: str) -> str:
        is_text = len(unmarked(text)) >= TEXT_LEAST and "\n" not in text
        return dressed(text, self.style, self.draw_from) if is_text else text

    def _edges(self) -> list[float]:
        """The sides of the columns: figures as wide as they are, texts share the rest; type gets smaller until they
        have enough."""
        rows = [[unmarked(cell) for cell in row] for row in (*self.table.header, *self.rows)]
        names = self._names(max(map(len, rows)))
        shares = sum(SHARES.get(name, 0.0) for name in names)
        while True:
            fixed = self._fixed(names, rows[len(self.table.header) :])
            rest = self.sheets.width - sum(fixed.values())
            if rest >= LEAST_EMS * self.size * shares or self.size < SMALLEST:
                break
            self.size, self.pitch = self.size - 0.5, self.pitch - 0.625
        widths = (fixed[at] if at in fixed else rest * SHARES[name] / shares for at, name in enumerate(names))
        return [0.0, *accumulate(widths)]

    def _names(self, width: int) -> list[str]:
        columns = list(self.look.columns)
        if len(columns) != width or self.look.is_transposed:
            columns = ["name", "goal"] + ["office"] * (width - 2)
        return columns

    def _fixed(self, names: list[str], body: list[list[str]]) -> dict[int, float]:
        """The widths of columns of figures: that of their longest cell."""
        fixed: dict[int, float] = {}
        for at, name in enumerate(names):
            if name not in SHARES:
                cells = [row[at] for row in body if at < len(row)]
                longest = max((self.sheets.measure(cell, self.size) for cell in cells), default=0.0)
                fixed[at] = max(longest, 3 * self.size) + 2 * self.pdf.padding + 0.1 * self.size
        return fixed

    def _set(self, text: str, column: int, span: int = 1) -> list[str]:
        width = self.edges[column + span] - self.edges[column] - 2 * self.pdf.padding
        return set_lines(text, width, lambda piece: self.sheets.measure(piece, self.size))

    def _header(self) -> None:
        header = self.table.header
        if not header:
            self._rule_across()
            return
        rows = self._spanned(header)
        need = sum(self._height(row) for row in rows)
        if self.sheets.left < need:
            self.sheets.turn()
        self._rule_across()
        self._heading_rows(rows)

    def _heading_rows(self, rows: list[list[Cell]]) -> None:
        top = self.sheets.y
        for row in rows:
            self._draw_row(row, self._height(row), is_heading=True)
        for cell in rows[0]:
            if cell.depth > 1:
                self._draw_lines(cell, top, top - self.sheets.y)
        if self.pdf.ruling == "three":
            self._rule_across()

    def _spanned(self, header: list[list[str]]) -> list[list[Cell]]:
        """The heading rows as cells: a heading over several columns spans them, one without others below both rows."""
        if len(header) == 1:
            return [[Cell(self._set(text, at), at) for at, text in enumerate(header[0])]]
        upper: list[Cell] = []
        lower: list[Cell] = []
        for at, (above, below) in enumerate(zip(*header, strict=True)):
            if not unmarked(below):
                upper.append(Cell(self._set(above, at), at, depth=2))
                continue
            lower.append(Cell(self._set(below, at), at))
            if unmarked(above):
                upper.append(Cell([above], at))
            else:
                upper[-1].span += 1
        return [upper, lower]

    def _height(self, row: list[Cell]) -> float:
        lines = max((len(cell.lines) / cell.depth for cell in row), default=1)
        return lines * self.pitch + 2 * self.pdf.padding

    def _row(self, row: list[Cell], number: int) -> None:
        sheets = self.sheets
        height = self._height(row)
        while height > sheets.left:
            room = int((sheets.left - 2 * self.pdf.padding) / self.pitch)
            most = max(len(cell.lines) for cell in row)
            is_cut = (self.look.cuts_rows or height > sheets.height) and room >= LEAST_LINES
            if is_cut and most - room >= LEAST_LINES:
                above = [Cell(cell.lines[:room], cell.column) for cell in row]
                row = [Cell(cell.lines[room:], cell.column) for cell in row]
                self._draw_row(above, sheets.left, is_cut=True)
            self._turn(number)
            height = self._height(row)
            if not is_cut and height > sheets.height:
                break
        self._draw_row(row, height)

    def _turn(self, number: int) -> None:
        self.sheets.turn()
        if self.pdf.ruling in EVERY_ROW:
            self._rule_across()
        if self.look.repeats_header and self.table.header and number:
            plain = [[unmarked(cell) for cell in cells] for cells in self.table.header]
            self._heading_rows(self._spanned(plain))

    def _draw_row(self, row: list[Cell], height: float, is_heading: bool = False, is_cut: bool = False) -> None:
        sheets = self.sheets
        sheets.count()
        top, bottom = sheets.y, sheets.y - height
        for cell in row:
            if cell.depth == 1:
                self._draw_lines(cell, top, height, is_top=is_cut, is_middle=is_heading)
        sheets.y = bottom
        self._uprights(row, top, bottom)
        if self.pdf.ruling in EVERY_ROW and (self.pdf.closes_rows or not is_cut):
            self._underline(row, bottom)

    def _underline(self, row: list[Cell], y: float) -> None:
        """The rule below a row: not below a heading that goes on in the next."""
        if any(cell.depth > 1 for cell in row):
            for cell in row:
                if cell.depth == 1:
                    self.sheets.rule(self.edges[cell.column], y, self.edges[cell.column + cell.span], y)
        else:
            self.sheets.rule(0.0, y, self.edges[-1], y)

    def _draw_lines(self, cell: Cell, top: float, height: float, is_top: bool = False, is_middle: bool = True) -> None:
        sheets, padding = self.sheets, self.pdf.padding
        is_middle = is_middle or (self.pdf.align == "middle" and not is_top)
        slack = (height - 2 * padding - len(cell.lines) * self.pitch) / 2 if is_middle else 0.0
        y = top - padding - max(slack, 0.0)
        left, right = self.edges[cell.column], self.edges[cell.column + cell.span]
        is_centred = cell.span > 1
        for line in cell.lines:
            y -= self.pitch
            width = sheets.measure(unmarked(line), self.size)
            x = left + (right - left - width) / 2 if is_centred else left + padding
            if unmarked(line):
                sheets.draw(line, x, y, self.size)

    def _uprights(self, row: list[Cell], top: float, bottom: float) -> None:
        if self.pdf.ruling not in ("grid", "open"):
            return
        first, last = (0, len(self.edges)) if self.pdf.ruling == "grid" else (1, len(self.edges) - 1)
        for column in range(first, last):
            if not any(cell.column < column < cell.column + cell.span for cell in row):
                self.sheets.rule(self.edges[column], top, self.edges[column], bottom)

    def _rule_across(self) -> None:
        if self.pdf.ruling != "none":
            self.sheets.rule(0.0, self.sheets.y, self.edges[-1], self.sheets.y)
