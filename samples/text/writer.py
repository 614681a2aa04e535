"""Prints the elements of a report as the lines of a text file, and its bytes in the style's encoding."""

from __future__ import annotations

from math import ceil
from random import Random

from samples.compose import Composition, Heading, Paragraph, TableElement, Title
from samples.marks import unmarked
from samples.printer import Printer
from samples.style import Style
from samples.text.pages import PAGE_NUMBERS, Pages
from samples.text.surface import cut_place, dressed, wrapped
from samples.text.tables import TablePrinter
from samples.written import Written

ONE_OFF = 4
"""Which heading is a level too deep where the style makes one so."""
LONG = 76
"""Visible characters from which a page may cut a paragraph that is not wrapped."""
MEDIA_TYPES = {"md": "text/markdown", "txt": "text/plain"}


class _Writer(Printer):
    def __init__(self, composition: Composition, style: Style, draw: Random) -> None:
        super().__init__(composition, style, draw)
        self.headings = 0
        self.pages = Pages(style, composition.marks, self.title, draw.choice(PAGE_NUMBERS))

    def run(self) -> Written:
        """All elements, printed."""
        self.print_all()
        while self.pages.lines[-1] == "":
            self.pages.lines.pop()
        text = self.style.newline.join([*self.pages.lines, ""])
        encoding = self.style.encoding
        return Written(text.encode(encoding), self.pages.places, self.title, MEDIA_TYPES[self.style.medium], encoding)

    def _table(self, table: TableElement) -> None:
        TablePrinter(table, self.pages, self.style, self.draw).print()

    def _gap(self) -> None:
        if self.style.blank_lines:
            self.pages.blank()

    def _title(self, title: Title) -> None:
        text = dressed(title.text, self.style, self.draw)
        if self.style.medium == "md":
            self.pages.put(f"# {text}")
        else:
            margin = "" if not self.style.indent else " " * (4 + len(title.text) % 8)
            middle = text.find("部门整体")
            if len(text) > 30 and middle > 8 and self.draw.random() < 0.4:
                self.pages.put(margin + text[:middle])
                text = text[middle:]
            self.pages.put(margin + text)
        self.pages.blank()

    def _contents(self) -> None:
        headings = [element for element in self.elements if isinstance(element, Heading) and element.depth < 2]
        self.pages.put("目　录" if self.style.medium == "txt" else "目录")
        self.pages.blank()
        for number, heading in enumerate(headings):
            text = unmarked(heading.label + heading.text)
            self.pages.put(f"{text}{'…' * 12}{1 + number // 3}")
            if self.style.medium == "md":
                self.pages.blank()
        self.pages.blank()

    def _hashes(self, depth: int) -> str:
        markup = self.style.heading_markup
        if markup in ("bold", "none"):
            return ""
        self.headings += 1
        one_off = int(markup == "one" and self.headings == ONE_OFF)
        shift = {"wrong": self.draw.choice((0, 0, 1, -1)), "one": one_off}.get(markup, 0)
        level = 2 if markup == "flat" else depth + 2 + shift
        return "#" * max(2, min(level, 6)) + " "

    def _heading(self, heading: Heading) -> None:
        if self.pages.is_paged and self.pages.left < 3:
            self.pages.turn()
        self._gap()
        joint = "" if heading.label.endswith(("、", "）", ")")) else " "
        text = f"{heading.label}{joint}{heading.text}"
        if self.style.medium == "md":
            bold = self.style.heading_markup == "bold" or self.draw.random() < 0.05
            self.pages.put(self._hashes(heading.depth) + (f"**{text}**" if bold else text))
        else:
            self.pages.put((self.style.indent if heading.depth or self.style.indent == "　　" else "") + text)
        self._gap()

    def _label(self, paragraph: Paragraph) -> str:
        if paragraph.label != "-":
            return paragraph.label + (" " if paragraph.label.endswith(".") and self.draw.random() < 0.7 else "")
        return "- " if self.style.medium == "md" else "● "

    def _body(self, paragraph: Paragraph) -> str:
        label, text = self._label(paragraph), dressed(paragraph.text, self.style, self.draw)
        head = paragraph.title
        if not (head and self.style.medium == "md" and self.style.bold_titles and paragraph.text.startswith(head)):
            return label + text
        rest = dressed(paragraph.text[len(head) :], self.style, self.draw)
        is_outside = label.startswith("- ") or self.draw.random() < 0.5
        return f"{label}**{head}**{rest}" if is_outside else f"**{label}{head}**{rest}"

    def _paragraph(self, paragraph: Paragraph) -> None:
        self._gap()
        text = self.style.indent + self._body(paragraph)
        if self.style.wrap:
            for line in wrapped(text, self.style.wrap):
                if self.pages.is_paged and self.pages.left < 1:
                    self.pages.turn()
                self.pages.put(line)
        else:
            self._unwrapped(text)
        self._gap()

    def _unwrapped(self, text: str) -> None:
        pages, length = self.pages, len(unmarked(text))
        height = ceil(length / 38)
        if pages.is_paged and height > pages.left:
            cut = cut_place(text, max(pages.left, 1) * 38) if length >= LONG and pages.left >= 1 else None
            if cut is not None:
                pages.put(text[:cut])
                pages.turn()
                pages.put(text[cut:], max(1, height - pages.left))
                return
            pages.turn()
        pages.put(text, height)


def write_text(composition: Composition, style: Style, draw: Random) -> Written:
    """The composed report as a text file (style.medium md or txt), in the style's encoding and with its line ends."""
    return _Writer(composition, style, draw).run()
