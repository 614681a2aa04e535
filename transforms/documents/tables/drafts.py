"""Rows -> drafts of tables: which rows belong to one table, over blank lines, page breaks and repeated
captions.

Header lines are only recognised here as far as they begin a new table; finishing a draft is building.py's business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from transforms.documents.layout import layout
from transforms.documents.lines import Line
from transforms.documents.tables.cells import is_number, names_column, texts_of_rows
from transforms.documents.tables.grid import RawRow
from transforms.language.numbering import parse_numbering
from transforms.language.text import normalise

_LONG_TEXT = 60
_SAMPLE = 8
MOST_HEADER_LINES = 3
"""Lines that the header of a table has at most."""
_LONGEST_CAPTION = 80
_LONGEST_STRAY = 40
_SENTENCE = re.compile(r"[,。;:!?]")


@dataclass(slots=True)
class Row:
    """A row of a draft: raw cells and their normalised text, the line it stands on, whether a fragment begins
    with it, and whether it only separates (dashes, blanks)."""

    raws: list[str]
    texts: list[str]
    line: Line
    starts_fragment: bool = False
    is_junk: bool = False
    is_rule: bool = False


@dataclass(slots=True)
class Draft:
    """Rows that make up one table, in order, and the lines they take up. ``filled``: those that hold
    something; ``captions``: lines of captions printed again between fragments; ``strays``: running headers
    amid the rows."""

    style: str
    rows: list[Row] = field(default_factory=list)
    first: int = 0
    last: int = 0
    width: int = 0
    captions: list[Line] = field(default_factory=list)
    strays: list[Line] = field(default_factory=list)
    filled: list[Row] = field(default_factory=list)


def is_header(texts: list[str]) -> bool:
    """Whether the words of a row are those of a table header: two known column headings, half of all cells,
    and no figure."""
    filled = list(filter(None, texts))
    if len(filled) < 2 or any(map(is_number, filled)):
        return False
    hits = list(map(names_column, filled))
    count = sum(hits)
    if count < 2 or count * 2 < len(filled):
        return False
    are_pairs = len(filled) > 2 and all(hits[::2]) and not any(hits[1::2])  # field, value, field, value
    return not are_pairs


def find_drafts(lines: list[Line], rows: list[RawRow | None]) -> list[Draft]:
    """The tables of a document as drafts, in order. Rows that make up no table belong to none."""
    collector = _Collector(lines)
    texts = iter(texts_of_rows([[] if row.is_rule or row.is_blank else row.cells for row in rows if row is not None]))
    for index, row in enumerate(rows):
        if row is not None:
            collector.add_row(row, next(texts))
        elif collector.current is not None:
            group = _group_row(lines, rows, index)
            if group is None:
                collector.add_line(index)
            else:
                collector.add_row(group, list(map(normalise, group.cells)))
        elif (raw := lines[index].raw) and not raw.isspace():
            collector.recent = [raw]
    collector.close()
    return collector.drafts


def _group_row(lines: list[Line], rows: list[RawRow | None], index: int) -> RawRow | None:
    """The numbered line that heads a group of rows, as a row: it stands close between two rows as wide as each other,
    of which the one below names no columns."""
    raw = lines[index].raw.strip()
    if not 0 < len(raw) <= _LONGEST_STRAY or not 0 < index < len(rows) - 1:
        return None
    above, below = rows[index - 1], rows[index + 1]
    if above is None or below is None or above.style != below.style or not 2 < len(above.cells) == len(below.cells):
        return None
    text = normalise(raw)
    if parse_numbering(text) is None or _SENTENCE.search(text) or layout().caption.match(text):
        return None
    return None if is_header(list(map(normalise, below.cells))) else RawRow([raw], index, above.style)


class _Collector:
    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.drafts: list[Draft] = []
        self.current: Draft | None = None
        self.has_gap = False
        self.pending: list[int] = []
        self.strays: list[int] = []
        self.above: set[str] = set()
        self.recent: list[str] = []  # raw

    def add_line(self, index: int) -> None:
        """A line within a table that is no row: blank lines leave a gap, captions of the table printed again too, text
        ends it."""
        raw = self.lines[index].raw
        if not raw or raw.isspace() or self._may_lie_between(raw, index):
            self.has_gap = True
        else:
            self.close()
            self.recent = [*self.recent[-2:], raw]

    def add_row(self, row: RawRow, texts: list[str]) -> None:
        """A row with the texts of its cells, none where it only separates: goes on with the table, or begins
        another."""
        line = self.lines[row.line_index]
        self.has_gap = self.has_gap or line.is_break
        is_junk = not texts
        if not is_junk and not self._goes_on(row.style, texts):
            self.close()
        if self.current is None:
            if is_junk:
                return
            self.current = Draft(row.style, first=row.line_index)
            captions = [_caption_text(raw) for raw in self.recent if len(raw) <= _LONGEST_CAPTION]
            self.above = {text for text in captions if layout().caption.match(text)}
            self.has_gap = False
        self._append(row, texts, line, is_junk)

    def close(self) -> None:
        """Ends the current table."""
        draft, self.current = self.current, None
        self.recent = [self.lines[index].raw for index in sorted(self.pending + self.strays)]
        self.pending, self.strays, self.has_gap = [], [], False
        if draft and _is_table(draft):
            self.drafts.append(draft)

    def _may_lie_between(self, raw: str, index: int) -> bool:
        """Remembers a line that may stand between two fragments: a caption printed again, a running
        header."""
        if len(raw) > _LONGEST_CAPTION:
            return False
        text = _caption_text(raw)
        if text in self.above or layout().continued.match(text):
            self.pending.append(index)
            return True
        is_stray = raw[0] not in "#*" and len(text) <= _LONGEST_STRAY and not _SENTENCE.search(text)
        if is_stray and not self.strays and parse_numbering(text) is None and not layout().caption.match(text):
            self.strays.append(index)
            return True
        return False

    def _append(self, row: RawRow, texts: list[str], line: Line, is_junk: bool) -> None:
        draft = self.current
        assert draft is not None
        if not is_junk and (self.pending or self.strays):
            draft.captions += [self.lines[index] for index in self.pending]
            draft.strays += [self.lines[index] for index in self.strays]
            self.pending, self.strays = [], []
        is_start = self.has_gap and not is_junk
        is_syntax = is_junk and (not row.cells or row.style in ("pipe", "box"))
        draft.rows.append(Row(row.cells, texts, line, is_start, is_junk, is_syntax and row.is_rule))
        if not is_junk:
            draft.filled.append(draft.rows[-1])
        draft.last = row.line_index
        draft.width = max(draft.width, filled_width(texts))
        if not is_junk:
            self.has_gap = False

    def _goes_on(self, style: str, texts: list[str]) -> bool:
        draft = self.current
        if draft is None or not draft.filled:
            return True
        if draft.style != style or style == "field":
            return draft.style == style
        if any([_same(texts, row.texts) for row in draft.filled[:3]]):
            return True
        if is_header(texts) and (self.has_gap or sum(map(_is_no_caption, draft.filled[:3])) > 1):
            return not self.has_gap and _is_merged_down(draft.filled, texts)
        return not self.has_gap or self._fits(draft, texts)

    def _fits(self, draft: Draft, texts: list[str]) -> bool:
        """Whether a row after a gap has the shape of the table so far."""
        width = len(draft.filled[0].texts)
        own = filled_width(texts)
        if own > max(width, draft.width) or (len(texts) != width and own < 2 and texts[0] != ""):
            return False
        if texts[0] == draft.filled[0].texts[0] and names_column(texts[0]):
            return True  # the next record of a field/value block
        figures = figure_columns(draft.filled[max(1, len(draft.filled) - _SAMPLE) :], width)
        filled = [texts[column] for column in figures if column < len(texts) and texts[column]]
        if len(draft.filled) == 1 and is_header(draft.filled[0].texts):
            return own > 1
        if self.strays:
            return bool(figures) and len(filled) == len(figures) and all(map(is_number, filled))
        has_own_heads = bool(figures) and len(filled) == len(figures)
        return not (has_own_heads and not any(map(_has_digit, filled)))


def _is_merged_down(above: list[Row], texts: list[str]) -> bool:
    """Whether a row is a further line of the header, of which half or more of the cells, the first among them, reach
    down to it from the line above."""
    if len(above) >= MOST_HEADER_LINES or not all(is_header(row.texts) for row in above):
        return False
    alike = sum(one == other != "" for one, other in zip(above[-1].texts, texts, strict=False))
    return texts[0] == above[-1].texts[0] and 2 * alike >= len(texts) == len(above[-1].texts)


def figure_columns(rows: list[Row], width: int) -> list[int]:
    """The columns that hold numbers: in three of five filled cells or more."""
    found = []
    columns = islice(zip_longest(*(row.texts for row in rows), fillvalue=""), width)
    for column, texts in enumerate(columns):
        cells = list(filter(None, texts))
        if cells and 5 * sum(map(is_number, cells)) >= 3 * len(cells):
            found.append(column)
    return found


def _is_table(draft: Draft) -> bool:
    rows = draft.filled
    if not rows or draft.width < 2:
        return False
    if len(rows) == 1:
        return is_header(rows[0].texts) or any(row.is_rule for row in draft.rows)
    if draft.style != "tab" or draft.width > 2 or any(is_header(row.texts) for row in rows[:2]):
        return True
    first_cells = [row.texts[0] for row in rows]
    return sum(map(len, first_cells)) < _LONG_TEXT * len(rows)


def _caption_text(raw: str) -> str:
    return normalise(raw.strip("#* \t"))


def filled_width(texts: list[str]) -> int:
    """How many cells a row has up to the last that holds something."""
    width = len(texts)
    while width and not texts[width - 1]:
        width -= 1
    return width


def _same(texts: list[str], header: list[str]) -> bool:
    """Whether a row repeats the header: as many cells, four of five the same."""
    if len(texts) != len(header) or texts[0] != header[0]:
        return False
    return 5 * sum(one == other for one, other in zip(texts, header, strict=True)) >= 4 * len(header)


def _is_no_caption(row: Row) -> bool:
    """Whether a row says more than one thing; a caption over the whole table says one."""
    return len({text for text in row.texts if text}) > 1


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text) or text in ("-", "—", "/", "无")
