"""The neutral document model behind every medium: ordered blocks, each with its place, raw text kept as it came.

Readers build it, facts read it. No reader's own types, no facts and no judgement belong here.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Place(NamedTuple):
    """Where something stands. Lines, tables, rows and columns count from 1; a table row counts within its table,
    header rows included in no count (the first data row is 1)."""

    page: int | None = None
    line: int | None = None
    table_number: int | None = None
    row_number: int | None = None
    column_number: int | None = None


class BlockKind(StrEnum):
    """What a block of text is; tables are a class of their own."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    CAPTION = "caption"


class NoteKind(StrEnum):
    """Repairs and oddities that reading recorded; they feed rules C08-C13."""

    PARAGRAPH_JOINED = "paragraph_joined"
    PARAGRAPH_CUT = "paragraph_cut"
    TABLE_JOINED = "table_joined"
    ROW_JOINED = "row_joined"
    ROW_SHIFTED = "row_shifted"
    HEADER_REPEATED = "header_repeated"
    HEADER_MERGED = "header_merged"
    MARKUP_IN_CELL = "markup_in_cell"
    JUNK_ROW = "junk_row"
    RUNNING_HEADER = "running_header"
    PAGE_NUMBER = "page_number"
    CONTENTS = "table_of_contents"
    TRANSPOSED = "transposed_table"
    ENCODING = "encoding"
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_CELLS = "hidden_cells"
    FORMULA_WITHOUT_RESULT = "formula_without_result"
    ERROR_CELL = "error_cell"


WITHOUT_FIGURE = (NoteKind.FORMULA_WITHOUT_RESULT, NoteKind.ERROR_CELL)
"""Notes on cells that show no figure where a formula stands."""


@dataclass(frozen=True, slots=True)
class Note:
    """One repair or oddity with its place; ``detail`` is the raw text concerned."""

    kind: NoteKind
    place: Place
    detail: str = ""


@dataclass(slots=True)
class TextBlock:
    """A run of text: ``raw`` as it came (pieces joined over page breaks), ``text`` its normalised copy.

    ``starts`` gives, for a block joined from several lines, the offset in ``raw`` at which each piece begins and
    the piece's place, so that any character of the block can be placed.
    """

    kind: BlockKind
    raw: str
    text: str
    place: Place
    visual_level: int | None = None
    is_bold: bool = False
    starts: tuple[tuple[int, Place], ...] = ()

    def place_at(self, raw_offset: int) -> Place:
        """The place of the character at ``raw_offset`` of ``raw``."""
        if not self.starts:
            return self.place
        index = bisect_right([offset for offset, _ in self.starts], raw_offset) - 1
        return self.starts[max(index, 0)][1]


@dataclass(slots=True)
class Cell:
    """A cell of the resolved grid; a merged cell stands in each position that it covers, with the same text."""

    raw: str
    text: str
    place: Place


@dataclass(slots=True)
class TableRow:
    """A data row; ``is_total`` marks 小计/合计 rows, which are not items."""

    number: int
    cells: list[Cell]
    place: Place
    is_total: bool = False


@dataclass(slots=True)
class Table:
    """A rejoined table: header rows merged into one, fragments and cut rows joined, junk rows gone (and noted).

    ``captions`` are the text blocks right above or below that belong to it (titles, 单位：万元).
    """

    number: int
    header: list[Cell]
    rows: list[TableRow]
    place: Place
    captions: list[TextBlock] = field(default_factory=list)
    fragment_count: int = 1


Block = TextBlock | Table


@dataclass(slots=True)
class Grid:
    """A table as its medium rules it, nothing interpreted: what forms are read from, whose cells are labels and values
    in turn. All ``rows`` are equally long; the positions of a merged cell hold the same Cell object, placed where it
    begins. ``title`` is what the medium calls the table (a sheet's name), else None."""

    number: int
    rows: list[list[Cell]]
    place: Place
    title: str | None = None


@dataclass(slots=True)
class Document:
    """A document as read: ordered blocks, the notes of all repairs, and how it was decoded. ``grids``: the tables once
    more, as ruled, of media that rule them; a page break parts a grid, blocks have it whole. ``page_lines``: each page
    with its first line, of media that count lines through all pages."""

    media_type: str
    encoding: str | None
    line_count: int
    blocks: list[Block]
    notes: list[Note]
    grids: list[Grid] = field(default_factory=list)
    page_lines: list[tuple[int, int]] = field(default_factory=list)


class Unreadable(Exception):  # noqa: N818 - an outcome of a file, no failure of ours
    """The bytes cannot be read as a report. ``message`` is one Chinese sentence for the submitter: why, and what
    to send instead; ``detail`` is English, for the log."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail
