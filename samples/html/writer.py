"""Prints the elements of a report as a web page: headings, paragraphs, lists, tables with merged cells.

Lines are counted as they are shown: a block, a forced line break or a row of a table each.
"""

from __future__ import annotations

from html import escape
from random import Random

from samples.compose import Composition, GridCell, GridElement, Heading, Paragraph, TableElement, Title
from samples.html.pages import PAGES
from samples.html.tables import table_rows
from samples.marks import Places, unmarked
from samples.printer import Printer
from samples.style import Style
from samples.text.surface import dressed
from samples.written import Written

MEDIA_TYPE = "text/html"
CHARSETS = {"gb18030": "gb2312", "utf-8-sig": "utf-8"}
"""What a page declares, where it is not the encoding's own name."""


class _Writer(Printer):
    def __init__(self, composition: Composition, style: Style, draw: Random) -> None:
        super().__init__(composition, style, draw)
        self.places = Places(composition.marks)
        self.parts: list[str] = []
        self.line = 0
        self.kind = draw.choice(tuple(PAGES))
        self.has_breaks = draw.random() < 0.25

    def run(self) -> Written:
        """The whole page."""
        self.print_all()
        charset = CHARSETS.get(self.style.encoding, self.style.encoding)
        head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">\n'
        page = PAGES[self.kind](self.title, head, "\n".join(self.parts), self.draw)
        content = page.replace("\n", self.style.newline).encode(self.style.encoding)
        return Written(content, self.places, self.title, MEDIA_TYPE, self.style.encoding)

    def _title(self, title: Title) -> None:
        tag = "p align=center" if self.kind == "fragment" else "h1"
        self._block(tag, dressed(title.text, self.style, self.draw))

    def _shown(self, text: str) -> str:
        """The text of the next line, its marks noted."""
        self.line += 1
        shown = escape(self.places.note(text, self.line), quote=False)
        if self.kind == "office":
            shown = f'<span style="font-family:仿宋;mso-ascii-font-family:Calibri">{shown}</span>'
        return shown

    def _block(self, tag: str, text: str, prefix: str = "") -> None:
        shown = self._shown(text)
        if tag == "p" and self.kind == "office":
            tag = "p class=MsoNormal style='text-indent:24.0pt'"
        self.parts.append(f"<{tag}>{prefix}{shown}</{tag.split()[0]}>")

    def _contents(self) -> None:
        headings = [element for element in self.elements if isinstance(element, Heading) and element.depth < 2]
        self._block("p", "目录")
        entries = "".join(
            f'<li><a href="#h">{self._shown(unmarked(each.label + each.text))}</a></li>' for each in headings
        )
        self.parts.append(f'<ul style="list-style:none">{entries}</ul>')

    def _heading(self, heading: Heading) -> None:
        joint = "" if heading.label.endswith(("、", "）", ")")) else " "
        text = f"{heading.label}{joint}{heading.text}"
        markup = self.style.heading_markup
        if markup in ("bold", "none"):
            self._block("p", text)
            return
        level = {"right": heading.depth + 2, "wrong": heading.depth + 2 + self.draw.choice((0, 0, 1, -1)), "flat": 2}
        self._block(f"h{max(2, min(level[markup], 6))}", text)

    def _paragraph(self, paragraph: Paragraph) -> None:
        text = dressed(paragraph.text, self.style, self.draw)
        if paragraph.label == "-":
            self.parts.append(f"<ul><li>{self._shown(text)}</li></ul>")
            return
        indent = self.draw.choice(("", "　　", "&nbsp;&nbsp;&nbsp;&nbsp;"))
        if self.has_breaks and self.parts and self.parts[-1].endswith("</p>"):
            self.parts[-1] = (
                f"{self.parts[-1].removesuffix('</p>')}<br>\n{indent}{self._shown(paragraph.label + text)}</p>"
            )
            return
        self._block("p", paragraph.label + text, indent)

    def _table(self, table: TableElement) -> None:
        for caption in table.captions:
            self._block("p align=right", caption)
        blocks: list[list[list[str]]] = [[]]
        for cells in table.rows:
            if cells:
                blocks[-1].append(cells)
            else:
                blocks.append([])
        header = [] if table.look.is_transposed else table.header
        for rows in blocks:
            self._rows(header, rows)

    def _grid(self, grid: GridElement) -> None:
        owners = grid.owners()
        printed = []
        for number, places in enumerate(owners):
            self.line += 1
            cells = [
                self._merged(grid.rows[number].get(at, GridCell("")))
                for row, at in sorted(set(places))
                if row == number
            ]
            printed.append(f"<tr>{''.join(cells)}</tr>")
        self.parts.append(f'<table border="1" cellspacing="0">\n{chr(10).join(printed)}\n</table>')

    def _merged(self, cell: GridCell) -> str:
        spans = "".join(
            f' {name}="{count}"' for name, count in (("colspan", cell.across), ("rowspan", cell.down)) if count > 1
        )
        shown = "<br>".join(self._cell(line, "td") for line in cell.text.split("\n"))
        return f"<td{spans}>{shown}</td>"

    def _rows(self, header: list[list[str]], rows: list[list[str]]) -> None:
        printed = []
        for row in table_rows(header, rows):
            self.line += 1
            cells = [f"<{cell.tag}{cell.spans}>{self._cell(cell.text, cell.tag)}</{cell.tag}>" for cell in row]
            printed.append(f"<tr>{''.join(cells)}</tr>")
        self.parts.append(f'<table border="1" cellspacing="0">\n{chr(10).join(printed)}\n</table>')

    def _cell(self, text: str, tag: str) -> str:
        shown = self.places.note(text, self.line)
        if "<" not in shown:
            shown = escape(shown, quote=False)
        return f"<p class=MsoNormal>{shown}</p>" if self.kind == "office" and tag == "td" else shown


def write_html(composition: Composition, style: Style, draw: Random) -> Written:
    """The composed report as a web page."""
    return _Writer(composition, style, draw).run()
