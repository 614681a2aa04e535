"""Cells that hold sentences beside a label (所属单位 | 共3个：甲、乙、丙): each a text of its own behind the label,
so that what reads running text reads it too.

What the sentences say is for the modules that ask; figures alone in a cell are read in figures/tables.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from transforms.documents.model import BlockKind, Cell, Document, Table, TextBlock
from transforms.documents.tables.cells import is_number
from transforms.facts.outline.mentions import FigureBook, Span, table_lines
from transforms.facts.outline.outline import Outline, Piece
from transforms.language.text import normalise

_LONGEST_LABEL = 20
_SHORTEST = 4
_LONGEST = 2000
_COUNTS = re.compile(r"\d[人名]")
_COUNTERS = "人名个家户项分"
_PAIRS = {2: ((0, 1),), 3: ((1, 2),), 4: ((0, 1), (2, 3))}
"""Columns -> where labels and their cells stand; the first of three numbers the rows."""


class ToldCell(NamedTuple):
    """A cell read as text: ``outline`` has one block, ``text`` is label and cell, the cell's begins at ``offset``;
    ``book`` takes what is read in it."""

    cell: Cell
    offset: int
    outline: Outline
    piece: Piece
    text: str
    book: FigureBook

    def lift(self, index: int, book: FigureBook) -> None:
        """Notes the mentions of the cell's own book in that of the document, whose block ``index`` the table is; those
        in the label are none."""
        for mention in self.book.mentions:
            start, end = mention.figure.start - self.offset, mention.figure.end - self.offset
            if start >= 0:
                book.add(
                    replace(
                        mention, block=index, figure=Span(start, end), sentence=Span(0, 0), stop=None, cell=self.cell
                    )
                )


def told_cells(outline: Outline, table: Table, speaks: re.Pattern[str]) -> Iterator[ToldCell]:
    """The cells with sentences whose labels hold words of ``speaks``, in tables of labels and what stands beside."""
    for label, cell in _pairs(table):
        if len(label.text) <= _LONGEST_LABEL and _is_told(cell, label) and speaks.search(label.text):
            yield _told(outline, label, cell)


def _pairs(table: Table) -> Iterator[tuple[Cell, Cell]]:
    """Labels and what stands beside them, or in the only row below."""
    if len(table.rows) == 1:
        yield from zip(table.header, table.rows[0].cells, strict=False)
    positions = _PAIRS.get(len(table.header), ())
    for line in table_lines(table) if positions else ():
        if len(table.header) == 3 and not is_number(line[0].text):
            continue
        for at, beside in positions:
            if at and at < len(line) and _COUNTS.search(line[at].text):  # 人员 | 行政5人 | 事业6人 | 共11人
                yield line[0], line[at]
                at = 0
            if beside < len(line):
                yield line[at], line[beside]


def _is_told(cell: Cell, label: Cell) -> bool:
    return (
        _SHORTEST <= len(cell.text) <= _LONGEST
        and cell.text != label.text
        and not is_number(cell.text.rstrip(_COUNTERS))
    )


def _told(outline: Outline, label: Cell, cell: Cell) -> ToldCell:
    mark = "" if label.text.endswith(":") else "："
    raw = f"{label.raw}{mark}{cell.raw}"
    text = normalise(raw)
    if not text.endswith(cell.text):  # the cell was mended
        raw = text = normalise(f"{label.text}{mark}{cell.text}")
    block = TextBlock(BlockKind.PARAGRAPH, raw, text, cell.place)
    document: Document = replace(outline.document, blocks=[block], notes=[], grids=[])
    alone = Outline(document, None, markers=[None], owners=[None])
    return ToldCell(cell, len(text) - len(cell.text), alone, Piece(0, block, 0), text, FigureBook(alone))
