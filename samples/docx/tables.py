"""Tables of a Word document: merged headings, pages that split them, automatic serial numbers, rows in controls."""

from __future__ import annotations

from math import ceil

from samples.compose.elements import TableElement, cell_lines
from samples.docx.numbering import Lists
from samples.docx.pages import Pages
from samples.docx.text import Ink
from samples.docx.xml import EMPTY, PAGE_BREAK, RENDERED_BREAK, cell, control, list_of, paragraph, row, table
from samples.draws import chance
from samples.marks import unmarked
from samples.style import Style
from samples.text.surface import dressed
from samples.text.tables import TEXT_LEAST, cut_cells

_WIDTH = 36


class TableWriter:
    """Writes one table into ``body``, which holds the blocks of the document."""

    def __init__(
        self, element: TableElement, body: list[str], ink: Ink, pages: Pages, lists: Lists, style: Style
    ) -> None:
        self.element, self.body, self.ink, self.pages, self.style = element, body, ink, pages, style
        self.look, self.table_look = ink.look, element.look
        self.rows: list[str] = []
        self.columns = max(map(len, [*element.header, *element.rows]))
        columns = element.look.columns
        has_serials = "serial" in columns and self.look.has_auto_serials and not element.look.is_transposed
        self.serial = (columns.index("serial"), lists.begin("1")) if has_serials else None

    def write(self) -> None:
        """All rows."""
        if self.table_look.is_transposed:
            self._blocks()
            return
        self._header(self.element.header)
        for number, cells in enumerate(self.element.rows):
            self._row(self._dressed(cells), is_first=number == 0)
        if self.table_look.has_junk:
            self.ink.number += 1
            self._put([cell(()) for _ in range(self.columns)], 1)
        self._close()

    def _blocks(self) -> None:
        for cells in self.element.rows:
            if cells:
                self._row(self._dressed(cells), is_first=not self.rows)
            else:
                self._close()
                self.body.append(EMPTY)
        self._close()

    def _dressed(self, cells: list[str]) -> list[str]:
        return [
            dressed(text, self.style, self.ink.draw) if len(unmarked(text)) >= TEXT_LEAST and "<" not in text else text
            for text in cells
        ]

    def _header(self, header: list[list[str]]) -> None:
        if len(header) == 1:
            self._put_row(header[0], is_header=True)
            return
        upper, lower = header
        spans = [1 if text else 0 for text in upper]
        for at, text in enumerate(upper):
            if not text:
                first = max(place for place in range(at) if upper[place])
                spans[first] += 1
        merged = ["" if lower[at] else "restart" for at in range(len(upper))]
        self.ink.number += 1
        cells = [
            cell([paragraph(self.ink.runs(upper[at]))], spans[at], merged[at]) for at in range(len(upper)) if spans[at]
        ]
        self._put(cells, 1, is_header=True)
        self.ink.number += 1
        below = [
            cell([paragraph(self.ink.runs(text))] if text else (), 1, "" if text else "continue") for text in lower
        ]
        self._put(below, 1, is_header=True)

    def _row(self, cells: list[str], is_first: bool) -> None:
        height = 1 + ceil(sum(map(len, cells)) / _WIDTH)
        if self.pages.has_room(height) or is_first:
            self._put_row(cells, height)
            return
        if self.look.table_break == "whole":
            self.pages.turn()
            self._put_row(cells, height)
            return
        halves = cut_cells(cells, self.ink.draw) if self.table_look.cuts_rows and height >= 3 else None
        for number, half in enumerate(halves or [cells]):
            if number or halves is None:
                self._turn()
            self._put_row(half, height // (2 if halves else 1), has_serial=number == 0)

    def _turn(self) -> None:
        """Ends the page: the table ends with it and another begins, its header printed again or not."""
        self._close()
        self.body.append(f"<w:p>{PAGE_BREAK}</w:p>" if self.look.table_break == "page" else EMPTY)
        self.pages.turn()
        if self.table_look.repeats_header and self.element.header:
            self._header([[unmarked(text) for text in cells] for cells in self.element.header])

    def _put_row(self, cells: list[str], height: int = 1, is_header: bool = False, has_serial: bool = True) -> None:
        self.ink.number += 1
        written = [self._cell(text, at, is_header or not has_serial) for at, text in enumerate(cells)]
        is_total = self.look.merges_totals and len(cells) > 2 and not cells[0] and 0 < len(unmarked(cells[1])) <= 4
        if is_total and self.serial is None:
            written[:2] = [cell([paragraph(self.ink.runs(cells[1]))], 2)]
        self._put(written, height, is_header)

    def _cell(self, text: str, at: int, is_plain: bool) -> str:
        if self.serial is not None and at == self.serial[0] and text and not is_plain:
            before = f"<w:r>{RENDERED_BREAK}</w:r>" if self.pages.take_rendered_break() else ""
            return cell([paragraph(before, list_of(self.serial[1]))])
        return cell([paragraph(self.ink.runs(line)) for line in cell_lines(text)])

    def _put(self, cells: list[str], height: int, is_header: bool = False) -> None:
        written = row(cells, is_header and self.look.table_break == "whole")
        is_held = self.look.has_controls and not is_header and chance(self.ink.draw, 0.1)
        self.rows.append(control(written) if is_held else written)
        self.pages.left -= height

    def _close(self) -> None:
        if self.rows:
            self.body.append(table(self.rows, self.columns))
        self.rows = []
