"""The tree of a web page -> lines: one a block, a line break or a table's row, as a browser would show them.

Blank lines part blocks; what lines make up is assembly's business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.documents.html.tables import cells_of, data_tables
from transforms.documents.html.tree import Element
from transforms.documents.lines import Line
from transforms.documents.tables.spans import grid_of
from transforms.language.numbering import parse_numbering
from transforms.language.text import normalise

_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main",
    "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SEAM = re.compile("(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t\f]*\r?\n[ \t\r\n\f]*(?=[\u2e80-\u9fff\uff00-\uffef])")
"""A line break of the source between Chinese characters, where nobody means a blank."""
_NO_MARK = re.compile(r"list-style(?:-type)?\s*:\s*none", re.I)
_NEW_PAGE = re.compile(r"page-break-before\s*:\s*always|break-before\s*:\s*page", re.I)
_LIST_SIGN = re.compile(r"mso-list\s*:\s*ignore", re.I)
_BULLET = "•"
_NUMBERS = ("（{}）", "{}）")
"""Those of headings in lists within a list, by depth."""


@dataclass(frozen=True, slots=True)
class _End:
    """Where an element ends on the way through the tree."""

    element: Element


@dataclass(slots=True)
class _Writer:
    """Writes lines while the tree is walked. ``lists``: of each open list the number of its last item, or the sign of
    its items, or None for items without; ``cells``: see Written."""

    tables: set[int]
    lines: list[Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    number: int = 0
    level: int | None = None
    has_gap: bool = False
    is_break: bool = False
    plain: int = 0
    sign: str = ""
    lists: list[int | str | None] = field(default_factory=list)
    cells: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def walk(self, root: Element) -> list[Line]:
        """The lines of everything below ``root``."""
        waiting: list[Element | str | _End] = list(reversed(root.children))
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                self._text(node)
            elif isinstance(node, _End):
                self._close(node.element)
            elif id(node) in self.tables:
                self._table(node)
            else:
                self._open(node)
                waiting.append(_End(node))
                waiting += reversed(node.children)
        self._flush()
        return self.lines

    def _text(self, text: str) -> None:
        if not self.plain:
            self.pieces.append(text)
            return
        for order, piece in enumerate(text.split("\n")):
            if order:
                self._flush()
            self.pieces.append(piece)

    def _open(self, element: Element) -> None:
        tag, style = element.tag, element.attributes.get("style", "")
        if style and _NEW_PAGE.search(style):
            self._part()
            self.is_break = True
        if tag == "br":
            self._flush()
        elif tag in _BLOCKS:
            self._part()
            self.level = _HEADINGS.get(tag, self.level)
            self._open_list(element)
            self.plain += tag == "pre"
        elif style and _LIST_SIGN.search(style):
            self._list_sign(element)

    def _open_list(self, element: Element) -> None:
        tag, attributes = element.tag, element.attributes
        if tag in ("ol", "ul", "menu"):
            has_marks = not _NO_MARK.search(attributes.get("style", ""))
            start = attributes.get("start", "1")
            first = int(start) - 1 if start.isascii() and start.isdigit() and len(start) < 6 else 0
            self.lists.append((first if tag == "ol" else _BULLET) if has_marks else None)
        elif tag == "li" and self.lists:
            last = self.lists[-1]
            if isinstance(last, int):
                self.lists[-1] = last + 1
                self.sign = f"{last + 1}. "
            else:
                self.sign = f"{last} " if last else ""

    def _list_sign(self, element: Element) -> None:
        """The sign of a list that an office program wrote as text: a letter of a font of signs becomes a bullet."""
        sign = element.text().strip(" \t\r\n\xa0")
        if len(sign) == 1 and not sign.isdigit():
            element.children = [f"{_BULLET} "]

    def _close(self, element: Element) -> None:
        if element.tag not in _BLOCKS:
            return
        self._part()
        if element.tag in _HEADINGS:
            self.level = None
        elif element.tag in ("ol", "ul", "menu"):
            self.lists.pop()
        elif element.tag == "li":
            self.sign = ""
        self.plain -= element.tag == "pre"

    def _part(self) -> None:
        self._flush()
        self.has_gap = True

    def _flush(self) -> None:
        text = "".join(self.pieces)
        self.pieces = []
        if not self.plain:
            text = _BLANKS.sub(" ", _SEAM.sub("", text)).strip(" ")
        if not text or text.isspace():
            return
        if self.sign and parse_numbering(normalise(text)) is None:
            text = self._sign_of_text() + text
        self.sign = ""
        self._put(text)

    def _sign_of_text(self) -> str:
        """The sign before the text of an item; headings in lists within lists are numbered by the depth of theirs."""
        number, depth = self.lists[-1] if self.lists else None, sum(isinstance(one, int) for one in self.lists)
        if self.level is None or not isinstance(number, int) or depth < 2:
            return self.sign
        return _NUMBERS[min(depth - 2, len(_NUMBERS) - 1)].format(number)

    def _put(self, raw: str, cells: tuple[str, ...] | None = None) -> None:
        if self.has_gap and self.lines:
            self.lines.append(Line("", self.number))
        self.number += 1
        self.lines.append(Line(raw, self.number, None, self.is_break, cells, self.level))
        self.has_gap = self.is_break = False

    def _table(self, table: Element) -> None:
        """A line a row; what stands in the table and in no cell (its caption) comes first."""
        self._part()
        captions = [child for child in table.children if isinstance(child, Element) and child.tag == "caption"]
        for caption in captions:
            self._put_cell_lines(caption)
        texts: dict[int, str] = {}
        for row in grid_of(cells_of(table)):
            cells = tuple(self._cell(cell, texts) for cell in row)
            if len(cells) > 1:
                self._put("\t".join(cell.replace("\n", " ") for cell in cells), cells)
                self.cells[self.number] = tuple(id(cell) for cell in row)
            elif cells[0]:
                self._put(cells[0].replace("\n", " "))
        self._part()

    def _cell(self, cell: Element, texts: dict[int, str]) -> str:
        if id(cell) not in texts:
            texts[id(cell)] = "\n".join(line.raw.strip() for line in _Writer(set()).walk(cell) if line.raw)
        return texts[id(cell)]

    def _put_cell_lines(self, element: Element) -> None:
        for line in _Writer(set()).walk(element):
            if line.raw:
                self._put(line.raw)


class Written(NamedTuple):
    """The lines of a page, and of each row of a table, by the number of its line, which cell stands in each position:
    the positions of a merged cell bear the same number."""

    lines: list[Line]
    cells: dict[int, tuple[int, ...]]


def write_lines(body: Element) -> Written:
    """The lines of the body; rows of data tables carry their ``cells``, headings their ``level``. Lines are numbered
    from 1 in the order in which they are shown, blank ones not counted."""
    writer = _Writer(data_tables(body))
    return Written(writer.walk(body), writer.cells)
