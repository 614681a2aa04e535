"""Prints the elements of a report as the blocks of a Word document, and its bytes."""

from __future__ import annotations

from math import ceil
from random import Random

from samples.compose import Composition, GridElement, Heading, Paragraph, TableElement, Title
from samples.docx.grids import write_grid
from samples.docx.look import draw_docx_look
from samples.docx.numbering import HEADINGS, Lists, numbers_itself
from samples.docx.package import packed, styles
from samples.docx.pages import Pages
from samples.docx.tables import TableWriter
from samples.docx.text import Ink
from samples.docx.xml import (
    EMPTY,
    PAGE_BREAK,
    cell,
    control,
    field,
    list_of,
    paragraph,
    row,
    run,
    style_of,
    table,
    text_box,
)
from samples.draws import chance
from samples.marks import unmarked
from samples.printer import Printer
from samples.style import Style
from samples.text.surface import cut_place, dressed
from samples.written import Written

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONG = 76
_WIDTH = 28
_CENTRED = '<w:jc w:val="center"/>'
_GALLERY = "Table of Contents"
_DOTS = "…" * 12


class _Writer(Printer):
    def __init__(self, composition: Composition, style: Style, draw: Random) -> None:
        super().__init__(composition, style, draw)
        self.look = draw_docx_look(draw)
        self.ink = Ink(self.look, draw, composition.marks)
        self.pages = Pages(style, self.ink)
        self.lists = Lists(style.numbering, draw)
        self.has_auto_headings = self.look.headings == "auto" and numbers_itself(self.elements, style.numbering)
        self.body: list[str] = []

    def run(self) -> Written:
        """All elements, printed and packed."""
        self.print_all()
        document = f"<w:body>{''.join(self.body)}{self._section()}</w:body>"
        parts = {
            "document": document,
            "styles": styles(self.look.headings == "based"),
            "numbering": self.lists.xml(),
        }
        if self.look.has_running_header:
            parts["header1"] = paragraph(run(self.title), _CENTRED)
            parts["footer1"] = paragraph(run("第") + field("PAGE", run("1")) + run("页"), _CENTRED)
        if self.ink.notes:
            parts["footnotes"] = self.ink.notes_xml()
        content = packed(parts, self.look.is_strict)
        return Written(content, self.ink.places, self.title, MEDIA_TYPE)

    def _section(self) -> str:
        """The page set-up; header and footer follow styles and numbering in the list of parts."""
        kinds = (("header", 3), ("footer", 4)) if self.look.has_running_header else ()
        references = "".join(f'<w:{kind}Reference w:type="default" r:id="rId{number}"/>' for kind, number in kinds)
        return f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'

    def _table(self, table: TableElement) -> None:
        for caption in table.captions:
            self._put(caption, '<w:jc w:val="right"/>')
        TableWriter(table, self.body, self.ink, self.pages, self.lists, self.style).write()
        if chance(self.draw, 0.6):
            self.body.append(EMPTY)

    def _grid(self, grid: GridElement) -> None:
        write_grid(grid, self.body, self.ink, self.pages)
        self.body.append(EMPTY)

    def _end_page(self) -> None:
        self.body.append(f"<w:p>{PAGE_BREAK}</w:p>")
        self.pages.turn()

    def _put(self, text: str, properties: str = "", bold: int = 0) -> None:
        """A paragraph."""
        self.ink.number += 1
        length = len(unmarked(text))
        height = ceil(length / _WIDTH)
        if not self.pages.has_room(height):
            self.pages.turn()
        self.body.append(paragraph(self.ink.runs(text, bold), properties))
        self.pages.left -= height

    def _title(self, title: Title) -> None:
        text = dressed(title.text, self.style, self.draw)
        has_style = self.look.headings in ("style", "auto", "based") and chance(self.draw, 0.6)
        properties = (style_of("aTitle") if has_style else "") + _CENTRED
        middle = text.find("部门整体")
        cut = middle if len(text) > 24 and middle > 8 else 0
        if cut and self.look.breaks_title == "line":
            self.ink.number += 1
            runs = self.ink.runs(text[:cut], cut), self.ink.runs(text[cut:], len(text))
            self.body.append(paragraph("<w:r><w:br/></w:r>".join(runs), properties))
        else:
            for piece in (text[:cut], text[cut:]) if cut and self.look.breaks_title == "paragraph" else (text,):
                self._put(piece, properties, len(piece))
        self.body.append(EMPTY)

    def _heading(self, heading: Heading) -> None:
        if not self.pages.has_room(3):
            self.pages.turn()
        level = heading.depth + 1 + (1 if self.style.heading_markup == "right" else 0)
        is_auto = self.has_auto_headings and heading.label
        joint = "" if heading.label.endswith(("、", "）", ")")) else " "
        text = heading.text if is_auto else f"{heading.label}{joint}{heading.text}"
        properties = {
            "plain": "",
            "outline": f'<w:outlineLvl w:val="{level - 1}"/>',
            "based": style_of(f"own{level}"),
        }.get(self.look.headings, style_of(str(level)))
        numbered = list_of(HEADINGS, heading.depth) if is_auto else ""
        self._put(text, properties + numbered, len(text) if self.look.headings == "plain" else 0)

    def _paragraph(self, element: Paragraph) -> None:
        head = element.title
        if not (head and element.text.startswith(head)):
            head = ""
        first = dressed(head, self.style, self.draw) if head else ""
        text = first + dressed(element.text[len(head) :], self.style, self.draw)
        bold = len(unmarked(first)) if self.style.bold_titles else 0
        label, numbered = self._label(element.label)
        shift = len(label) if bold else 0
        if self.ink.number == 1 and self.look.has_boxes:
            self._boxed(text)
        elif self.look.has_frames and not numbered and chance(self.draw, 0.1):
            self._framed(label + text)
        else:
            self._running(label + text, numbered, bold + shift)

    def _label(self, label: str) -> tuple[str, str]:
        """What is typed in front of a list item, and the property that numbers it otherwise."""
        if label == "-":
            return ("", list_of(self.lists.bullets())) if self.look.has_auto_lists else ("● ", "")
        num_id = self.lists.place(label) if label and self.look.has_auto_lists else None
        if num_id is not None:
            return "", list_of(num_id)
        return (label + " " if label.endswith(".") else label), ""

    def _running(self, text: str, properties: str, bold: int) -> None:
        """Running text; in a converted document a page may cut it."""
        left = max(self.pages.left, 1)
        is_cut = self.look.is_converted and self.pages.is_paged and len(unmarked(text)) >= LONG and not bold
        cut = cut_place(text, left * _WIDTH) if is_cut and ceil(len(unmarked(text)) / _WIDTH) > left else None
        if cut is None:
            self._put(text, properties, bold)
            return
        self._put(text[:cut], properties)
        self.pages.turn()
        self._put(text[cut:])

    def _boxed(self, text: str) -> None:
        self.ink.number += 1
        self.body.append(paragraph(text_box(paragraph(self.ink.runs(text)))))

    def _framed(self, text: str) -> None:
        self.ink.number += 1
        self.body.append(table([row([cell([paragraph(self.ink.runs(text))])])], 1) + EMPTY)

    def _contents(self) -> None:
        headings = [element for element in self.elements if isinstance(element, Heading) and element.depth < 2]
        entries = [(unmarked(heading.label + heading.text), 1 + at // 3) for at, heading in enumerate(headings)]
        if self.look.toc == "typed":
            for text in ("目　录", *(f"{text}{_DOTS}{page}" for text, page in entries)):
                self._put(text)
            self.body.append(EMPTY)
            return
        title = paragraph(run("目录"), _CENTRED)
        runs = [run(f"{text}\t") + field("PAGEREF _Toc1 \\h", run(str(page))) for text, page in entries]
        begun = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-2"</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        lines = [paragraph(f"{begun if at == 0 else ''}{text}", style_of("TOC1")) for at, text in enumerate(runs)]
        lines.append(paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
        if self.look.toc == "control":
            self.body.append(control(title + "".join(lines), _GALLERY))
        else:
            self.ink.number += 1
            self.body.append(title + "".join(lines))


def write_docx(composition: Composition, style: Style, draw: Random) -> Written:
    """The composed report as a Word document."""
    return _Writer(composition, style, draw).run()
