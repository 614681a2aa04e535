"""Drafts -> tables of the document model: captions, header, repeated headers, cut rows, sums, notes of all repairs.

Lines are split into rows by grid.py and grouped by drafts.py; what columns mean is for the facts to say.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import count, pairwise, repeat
from statistics import mode

from transforms.documents.layout import layout
from transforms.documents.lines import Line
from transforms.documents.markup import has_markup
from transforms.documents.model import BlockKind, Cell, Note, NoteKind, Place, Table, TableRow, TextBlock
from transforms.documents.tables.cells import is_number, is_total
from transforms.documents.tables.drafts import Draft, Row, figure_columns, filled_width, is_header
from transforms.documents.tables.header import header_height, merge_header
from transforms.documents.tables.row_joins import is_rest, join, shape_of, shares_record
from transforms.documents.tables.transposed import Turned, turn
from transforms.language.text import normalise

_MONEY_UNIT = re.compile(r"(?:单位|金额).{0,30}元[)\]】]?$")
_place = partial(tuple.__new__, Place)
"""A place of its values, made without a step of Python's own: each cell has one."""


def build_table(draft: Draft, number: int) -> tuple[Table, list[Note]]:
    """The table with its number, and the notes of what was mended; captions printed inside the draft are in
    ``Table.captions``."""
    return _Builder(draft, number).build()


class _Builder:
    def __init__(self, draft: Draft, number: int) -> None:
        self.draft = draft
        self.number = number
        self.notes: list[Note] = []

    def build(self) -> tuple[Table, list[Note]]:
        """Takes the draft's rows apart, from the top down."""
        captions = [*self._captions_on_top(), *map(_caption, self.draft.captions)]
        rows = self._sound_rows()
        if self.draft.style == "tab":
            _without_indent(rows)
        self._mark_fragments(rows)
        turned = turn(rows)
        if turned is not None and is_header(rows[0].texts):
            captions += [_caption(rows[0].line, raw) for raw in rows[0].raws if "元" in raw]
        table = self._upright(rows) if turned is None else self._turned(turned, rows)
        table.captions = [*captions, *table.captions]
        for line in self.draft.strays:
            self.notes.append(Note(NoteKind.RUNNING_HEADER, self._place(line), line.raw.strip()))
        return table, self.notes

    def _captions_on_top(self) -> list[TextBlock]:
        """Rows above the header that hold nothing but a title or a unit."""
        captions: list[TextBlock] = []
        rows = self.draft.rows
        while rows:
            filled = list(dict.fromkeys(text for text in rows[0].texts if text))
            if rows[0].is_junk or not 0 < len(filled) <= 2 or len(rows) < 3 or not self._is_caption(rows[0], filled):
                break
            captions += [_caption(rows[0].line, raw) for raw in dict.fromkeys(filter(None, rows[0].raws))]
            rows.pop(0)
        return captions

    def _is_caption(self, row: Row, filled: list[str]) -> bool:
        if all(layout().caption.match(text) for text in filled):
            return True
        return len(filled) == 1 and self.draft.width > 2 and bool(row.texts[0]) and not is_number(filled[0])

    def _sound_rows(self) -> list[Row]:
        """The rows that hold something; the others are noted unless they are the table's own syntax."""
        sound: list[Row] = []
        self.ruled_at: int | None = None
        for row in self.draft.rows:
            if not row.is_junk:
                sound.append(row)
            elif row.is_rule:
                self.ruled_at = len(sound) if self.ruled_at is None and sound else self.ruled_at
                is_syntax = not row.raws or len(sound) == self.ruled_at or (sound and sound[-1].starts_fragment)
                if not is_syntax:
                    self._note(NoteKind.JUNK_ROW, row)
            else:
                self._note(NoteKind.JUNK_ROW, row)
        return sound

    def _mark_fragments(self, rows: list[Row]) -> None:
        """Leaves the mark on rows at which a further fragment begins; a table with a blank line after each row is
        whole."""
        rows[0].starts_fragment = False
        if len(rows) > 3 and all(row.starts_fragment for row in rows[1:]):
            for row in rows:
                row.starts_fragment = False

    def _upright(self, rows: list[Row]) -> Table:
        height = header_height(rows, self.ruled_at)
        head, body = rows[:height], rows[height:]
        width = _table_width(rows, height)
        for row in body:
            row.raws, row.texts = _fitted(row, width)
        header = merge_header(head, width) if head else [("", "")] * width
        if height > 1:
            self._note(NoteKind.HEADER_MERGED, head[1])
        body = self._without_numbers(self._without_repeats(body, head), height)
        captions = _unit_on_top(body) if height else []
        body = body[len(captions) :]
        fragment_count = 1 + sum(row.starts_fragment for row in body)
        joined = self._joined(body, [text for _, text in header])
        table_header = [
            self._cell(raw, text, rows[0].line, None, column) for column, (raw, text) in enumerate(header, 1)
        ]
        table_rows = [self._row(row, at) for at, row in enumerate(joined, 1)]
        place = self._place(rows[0].line)
        return Table(self.number, table_header, table_rows, place, captions, fragment_count)

    def _without_repeats(self, body: list[Row], head: list[Row]) -> list[Row]:
        """The rows without header lines printed again at the top of a fragment."""
        kept: list[Row] = []
        is_pending = False
        firsts = {line.texts[0] for line in head}
        for row in body:
            if row.texts[0] in firsts and any(_is_repeat(row.texts, line.texts) for line in head):
                self._note(NoteKind.HEADER_REPEATED, row)
                is_pending = True
                continue
            row.starts_fragment = row.starts_fragment or is_pending
            is_pending = False
            kept.append(row)
        return kept

    def _without_numbers(self, body: list[Row], height: int) -> list[Row]:
        """The rows without a line of column numbers (1, 2, 3 ... or 栏次) under the header."""
        if height and body and _numbers_columns(body[0].texts):
            self._note(NoteKind.JUNK_ROW, body[0])
            return body[1:]
        return body

    def _joined(self, body: list[Row], header: list[str]) -> list[Row]:
        shape = shape_of(header, figure_columns(body, len(header)))
        joined: list[Row] = []
        for row in body:
            if joined and shares_record(row, shape):
                join(row, joined[-1])
                continue
            is_joined = bool(joined) and is_rest(row, joined[-1], shape)
            at = len(joined) if is_joined else len(joined) + 1
            if row.starts_fragment:
                self._note(NoteKind.TABLE_JOINED, row, at)
            if is_joined:
                self._note(NoteKind.ROW_JOINED, row, at)
                join(row, joined[-1])
            else:
                joined.append(row)
        return joined

    def _turned(self, turned: Turned, rows: list[Row]) -> Table:
        line = rows[0].line
        self.notes.append(Note(NoteKind.TRANSPOSED, self._place(line), "\t".join(cell.raw for cell in turned.header)))
        fragments = [row for row in rows if row.starts_fragment and row.texts[0] != rows[0].texts[0]]
        for row in fragments:
            self._note(NoteKind.TABLE_JOINED, row)
        header = [self._cell(*cell, None, column) for column, cell in enumerate(turned.header, 1)]
        records = []
        for number, record in enumerate(turned.records, 1):
            cells = [
                Cell(raw, text, Place(line.page, line.number, self.number, number, column))
                for column, (raw, text, line) in enumerate(record, 1)
            ]
            self._note_markup(cells)
            filled = [cell for cell in cells if cell.text]
            named = next((cell for cell in filled if not is_number(cell.text)), filled[0])
            records.append(TableRow(number, cells, named.place._replace(column_number=None)))
        return Table(self.number, header, records, self._place(line), fragment_count=1 + len(fragments))

    def _row(self, row: Row, number: int) -> TableRow:
        page, line, table = row.line.page, row.line.number, self.number
        places = map(_place, zip(repeat(page), repeat(line), repeat(table), repeat(number), count(1)))
        cells = list(map(Cell, row.raws, row.texts, places))
        self._note_markup(cells)
        label = next((text for text in row.texts[:3] if text and not is_number(text)), "")
        return TableRow(number, cells, Place(page, line, table, number), is_total(label))

    def _cell(self, raw: str, text: str, line: Line, row_number: int | None, column: int) -> Cell:
        cell = Cell(raw, text, Place(line.page, line.number, self.number, row_number, column))
        self._note_markup([cell])
        return cell

    def _note_markup(self, cells: list[Cell]) -> None:
        for cell in cells:
            if ("<" in cell.raw or "&" in cell.raw) and has_markup(cell.raw):
                self.notes.append(Note(NoteKind.MARKUP_IN_CELL, cell.place, cell.raw))

    def _place(self, line: Line) -> Place:
        return Place(line.page, line.number, self.number)

    def _note(self, kind: NoteKind, row: Row, row_number: int | None = None) -> None:
        place = Place(row.line.page, row.line.number, self.number, row_number)
        self.notes.append(Note(kind, place, "\t".join(row.raws)))


def _caption(line: Line, raw: str | None = None) -> TextBlock:
    raw = line.raw.strip() if raw is None else raw
    return TextBlock(BlockKind.CAPTION, raw, normalise(raw), Place(line.page, line.number))


def _unit_on_top(body: list[Row]) -> list[TextBlock]:
    """The first row below the header as a caption, where all that it holds is a declaration of the unit of money."""
    filled = {text: raw for raw, text in zip(body[0].raws, body[0].texts, strict=True) if text} if body else {}
    if len(filled) != 1 or len(body) < 2:
        return []
    text, raw = filled.popitem()
    is_unit = _MONEY_UNIT.search(text) is not None and layout().caption.match(text)
    return [_caption(body[0].line, raw)] if is_unit else []


def _without_indent(rows: list[Row]) -> None:
    """Takes away the empty column that a TAB in front of each row makes: the table is only indented."""
    if all(len(row.texts) > 1 and not row.texts[0] for row in rows):
        for row in rows:
            row.raws, row.texts = row.raws[1:], row.texts[1:]


def _table_width(rows: list[Row], height: int) -> int:
    """The columns of the header, or of most rows without one; more only when more than a few rows have them."""
    widths = [filled_width(row.texts) for row in rows]
    width = max(widths[:height]) if height else mode(widths)
    wider = [own for own in widths[height:] if own > width]
    return max(wider) if 5 * len(wider) > len(rows) else width


def _fitted(row: Row, width: int) -> tuple[list[str], list[str]]:
    """The row's cells brought to the table's width; what is too many belongs to the last column."""
    raws, texts = row.raws, row.texts
    if len(texts) > width:
        raws = [*raws[: width - 1], "\t".join(raws[width - 1 :]).rstrip()]
        texts = [*texts[: width - 1], normalise("\n".join(texts[width - 1 :]))]
    missing = [""] * (width - len(texts))
    return raws + missing, texts + missing


def _is_repeat(texts: list[str], head: list[str]) -> bool:
    if texts[0] != head[0]:
        return False
    width = min(len(texts), len(head))
    alike = sum(one == other for one, other in zip(texts, head, strict=False))
    return any(texts) and 5 * alike >= 4 * max(width, filled_width(head))


def _numbers_columns(texts: list[str]) -> bool:
    """Whether the cells count the columns: 1 2 3 ..., the first perhaps 栏次."""
    filled = [text.strip("()") for text in texts if text]
    if filled and not filled[0].isdecimal() and len(filled[0]) <= 2:
        filled = filled[1:]
    numbers = [int(text) for text in filled if text.isdecimal() and len(text) <= 2]
    return len(numbers) == len(filled) > 2 and all(b == a + 1 for a, b in pairwise(numbers))
