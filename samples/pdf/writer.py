"""Prints the elements of a report as a PDF: title, headings, paragraphs, contents; tables are in tables.py."""

from __future__ import annotations

from random import Random

from samples.compose import Composition, GridElement, Heading, Paragraph, TableElement, Title
from samples.marks import unmarked
from samples.pdf.grids import GridDrawer
from samples.pdf.look import draw_look
from samples.pdf.sheets import Sheets
from samples.pdf.tables import TableDrawer
from samples.pdf.typeset import set_lines
from samples.printer import Printer
from samples.style import Style
from samples.text.surface import dressed
from samples.written import Written

TITLE = 1.4
"""The size of the title, in sizes of the text."""


class _Writer(Printer):
    def __init__(self, composition: Composition, style: Style, draw: Random) -> None:
        super().__init__(composition, style, draw)
        self.look = draw_look(draw)
        self.sheets = Sheets(self.look, composition.marks, self.title)
        self.indent = 2 * self.look.size

    def run(self) -> Written:
        """All elements, printed."""
        self.print_all()
        return Written(self.sheets.finish(), self.sheets.places, self.title, "application/pdf")

    def _table(self, table: TableElement) -> None:
        TableDrawer(table, self.sheets, self.style, self.draw).draw()

    def _grid(self, grid: GridElement) -> None:
        GridDrawer(grid, self.sheets, self.look.closes_rows).draw()

    def _end_page(self) -> None:
        self.sheets.turn()

    def _lines(self, text: str, size: float, indent: float) -> list[str]:
        return set_lines(text, self.sheets.width, lambda piece: self.sheets.measure(piece, size), indent)

    def _title(self, title: Title) -> None:
        size = TITLE * self.look.size
        for line in self._lines(dressed(title.text, self.style, self.draw), size, 0.0):
            rest = self.sheets.width - self.sheets.measure(unmarked(line), size)
            self.sheets.put(line, size, rest / 2, self.look.has_bold)
        self.sheets.skip(size)

    def _contents(self) -> None:
        size, sheets = self.look.size, self.sheets
        sheets.put("目　录", size, (sheets.width - 3 * size) / 2)
        headings = [one for one in self.elements if isinstance(one, Heading) and one.depth < 2]
        for number, heading in enumerate(headings):
            text, page = unmarked(heading.label + heading.text), str(2 + number // 3)
            room = sheets.width - sheets.measure(text + page, size)
            dots = max(int(room / sheets.measure("…", size)) - 1, 3)
            sheets.put(f"{text}{'…' * dots}{page}", size)
        sheets.turn()

    def _heading(self, heading: Heading) -> None:
        size = self.look.size
        if self.look.is_spaced:
            self.sheets.skip(0.6 * size)
        if self.sheets.left < 3 * size * self.look.pitch:
            self.sheets.turn()
        joint = "" if heading.label.endswith(("、", "）", ")")) else " "
        self._wrapped(f"{heading.label}{joint}{heading.text}", self.look.has_bold)

    def _paragraph(self, paragraph: Paragraph) -> None:
        label = "● " if paragraph.label == "-" else paragraph.label
        self._wrapped(label + dressed(paragraph.text, self.style, self.draw))
        if self.look.is_spaced:
            self.sheets.skip(0.6 * self.look.size)

    def _wrapped(self, text: str, is_bold: bool = False) -> None:
        for number, line in enumerate(self._lines(text, self.look.size, self.indent)):
            self.sheets.put(line, self.look.size, 0.0 if number else self.indent, is_bold)


def write_pdf(composition: Composition, style: Style, draw: Random) -> Written:
    """The composed report as a PDF."""
    return _Writer(composition, style, draw).run()
