"""The body of a Word document -> lines in reading order: paragraphs, rows of tables, gaps, pages; and its grids.

Joining lines and telling headings from paragraphs is the assembly's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from transforms.documents.docx.names import CONTROL, PARAGRAPH, TABLE, contained
from transforms.documents.docx.passages import Passages, Printed
from transforms.documents.docx.runs import LINE, PAGE
from transforms.documents.docx.table_cells import Slot, docpart_gallery, parts_of, rows_of
from transforms.documents.layout import layout
from transforms.documents.lines import Line
from transforms.documents.model import Cell, Grid, Note, NoteKind, Place
from transforms.documents.package import Element
from transforms.documents.refusals import refusal
from transforms.language.text import normalise, normalise_all

_DEEPEST = 24
_CONTENTS = "Table of Contents"
_BREAKS = re.compile(f"[{LINE}{PAGE}]")
_NEAR = 4


class _CellText(NamedTuple):
    """What a cell says, a line a paragraph, and the page breaks that Word left before its text and altogether."""

    text: str
    pages_before: int
    pages: int


class Body:
    """Walks through a document; ``lines``, ``grids`` and ``notes`` fill as it goes. ``has_pages``: Word left its page
    breaks, so that pages can be counted."""

    def __init__(self, passages: Passages, has_pages: bool) -> None:
        self._passages = passages
        self.lines: list[Line] = []
        self.grids: list[Grid] = []
        self.notes: list[Note] = []
        self._number = 0
        self._page = 1 if has_pages else None
        self._is_break = False
        self._has_contents = False

    def read(self, container: Element, depth: int = 0) -> None:
        """Reads what stands in the body, a frame or a text box."""
        for block in _blocks(container, depth):
            if block.tag == PARAGRAPH:
                self._paragraph(self._passages.read(block), depth)
                continue
            self._paragraph(self._passages.rest(), depth)
            if block.tag == TABLE:
                self._table(block, depth)
            else:
                self._contents("")
        self._paragraph(self._passages.rest(), depth)

    def _paragraph(self, printed: Printed | None, depth: int) -> None:
        if printed is None:
            return
        self._turn(printed.passage.pages_before)
        self._is_break = self._is_break or printed.breaks_before
        if printed.is_contents:
            self._contents(printed.text)
        elif printed.text.strip():
            self._text(printed)
        else:
            self._is_break = self._is_break or PAGE in printed.text
            self._blank()
        self._turn(printed.passage.pages_within, begins_here=False)
        self._is_break = self._is_break or printed.breaks_after
        for box in printed.passage.boxes:
            self._blank()
            self.read(box, depth + 1)
            self._blank()

    def _turn(self, pages: int, begins_here: bool = True) -> None:
        if pages and self._page is not None:
            self._page += pages
            self._is_break = self._is_break or begins_here

    def _blank(self) -> None:
        if self.lines and (self.lines[-1].raw or self.lines[-1].cells or self._is_break):
            self._put(Line("", self._number, self._page))

    def _put(self, line: Line) -> None:
        self.lines.append(replace(line, is_break=self._is_break))
        self._is_break = False

    def _text(self, printed: Printed) -> None:
        """A line for the paragraph, and one for each piece after a line break; headings stay in one piece."""
        self._number += 1
        text, bold = printed.text, printed.bold
        if printed.level is not None:
            text = text.replace(LINE, "")
        start = 0
        for end in (*(match.start() for match in _BREAKS.finditer(text)), len(text)):
            piece = text[start:end].lstrip("\t").rstrip()
            shift = end - start - len(text[start:end].lstrip("\t")) + start
            if piece:
                own = None if bold is None else (max(bold[0] - shift, 0), min(bold[1] - shift, len(piece)))
                own = own if own is None or own[0] < own[1] else None
                self._put(Line(piece, self._number, self._page, level=printed.level, bold=own))
            self._is_break = self._is_break or text[end : end + 1] == PAGE
            start = end + 1

    def _contents(self, text: str) -> None:
        """Notes a table of contents once, and blanks the title above it."""
        if self._has_contents:
            return
        self._has_contents = True
        for back in range(1, min(_NEAR, len(self.lines)) + 1):
            line = self.lines[-back]
            if line.raw and layout().contents_title.match(normalise(line.raw)):
                text = text or line.raw
                self.lines[-back] = Line("", line.number, line.page, line.is_break)
            if line.raw:
                break
        self.notes.append(Note(NoteKind.CONTENTS, Place(self._page, self._number + 1), text.strip()))

    def _table(self, element: Element, depth: int) -> None:
        self._blank()
        parts = list(parts_of(rows_of(element)))
        for rows, is_frame in parts:
            if is_frame:
                for slot in {id(slot): slot for row in rows for slot in row if slot.element is not None}.values():
                    self.read(slot.element, depth + 1)
                    self._blank()
            else:
                self._rows(rows, depth, are_text=len(parts) > 1)
            self._blank()

    def _rows(self, rows: list[list[Slot]], depth: int, are_text: bool) -> None:
        """A line a row; ``are_text``: they stand beside tables of the same frame, whose rows they are not."""
        grid_number = len(self.grids) + 1
        grid: list[list[Cell]] = []
        cells: dict[int, Cell] = {}
        place = Place(self._page, self._number + 1, grid_number)
        for row_number, row in enumerate(rows, 1):
            self._number += 1
            begun = {id(slot): (column, slot) for column, slot in reversed(list(enumerate(row, 1)))}
            own = sorted((column, key) for key, (column, _) in begun.items() if key not in cells)
            texts = [self._cell(begun[key][1].element, depth + 1) for _, key in own]
            before = max((text.pages_before for text in texts), default=0)
            self._turn(before, begins_here=row_number == 1)
            normalised = normalise_all([text.text for text in texts]) if texts else []
            for (column, key), said, text in zip(own, texts, normalised, strict=True):
                cells[key] = Cell(said.text, text, Place(self._page, self._number, grid_number, row_number, column))
            grid.append([cells[id(slot)] for slot in row])
            raws = tuple(cell.raw for cell in grid[-1])
            above = rows[row_number - 2] if row_number > 1 else []
            merged = frozenset(
                column for column, (one, other) in enumerate(zip(above, row, strict=False)) if one is other
            )
            if are_text:
                self._put(Line(" ".join(dict.fromkeys(filter(None, raws))), self._number, self._page))
            else:
                self._put(Line("\t".join(raws), self._number, self._page, cells=raws, merged=merged))
            self._turn(max((text.pages for text in texts), default=0) - before, begins_here=False)
        self.grids.append(Grid(grid_number, grid, place))

    def _cell(self, element: Element | None, depth: int) -> _CellText:
        texts: list[str] = []
        before = pages = 0
        for printed in self._cell_parts(element, depth):
            if isinstance(printed, str):
                texts.append(printed)
                continue
            before += 0 if texts else printed.passage.pages_before
            pages += printed.passage.pages_before + printed.passage.pages_within
            text = _BREAKS.sub("\n", printed.text.replace("\t", " ")).strip()
            texts += [text] if text else []
            texts += [inner for box in printed.passage.boxes if (inner := self._cell(box, depth + 1).text)]
        return _CellText("\n".join(texts), before, pages)

    def _cell_parts(self, element: Element | None, depth: int) -> Iterator[Printed | str]:
        """The paragraphs of a cell, and the rows of tables inside it as text; tables of contents left out."""
        for block in () if element is None else _blocks(element, depth):
            if block.tag == PARAGRAPH:
                printed = self._passages.read(block)
                if printed is not None and not printed.is_contents:
                    yield printed
            elif block.tag == TABLE:
                yield from self._nested(block, depth)
        rest = self._passages.rest()
        if rest is not None:
            yield rest

    def _nested(self, table: Element, depth: int) -> list[str]:
        """The text of a table inside a cell, a line a row."""
        lines = []
        for row in rows_of(table):
            slots = {id(slot): slot for slot in row}
            texts = [self._cell(slot.element, depth + 1).text for slot in slots.values()]
            lines.append(" ".join(filter(None, texts)))
        return list(filter(None, lines))


def _blocks(container: Element, depth: int) -> Iterator[Element]:
    """The paragraphs and tables in a container, those inside content controls and the like as well; of a table of
    contents only its control."""
    if depth > _DEEPEST:
        raise refusal("too_deep", f"tables and text boxes nested {depth} deep")
    for child in container:
        if child.tag in (PARAGRAPH, TABLE) or (child.tag == CONTROL and docpart_gallery(child) == _CONTENTS):
            yield child
            continue
        inner = contained(child)
        if inner is not None:
            yield from _blocks(inner, depth + 1)
