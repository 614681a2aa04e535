"""Rows of tables whose cells hold line breaks: the lines they fell into, put together again.

Only lines that begin a row and do not end it are looked at; what columns a table has is tab_columns.py's business,
whole rows are tables/grid.py's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import NamedTuple

from transforms.documents.layout import layout
from transforms.documents.lines import Line
from transforms.documents.model import Note, NoteKind, Place
from transforms.documents.tables.cells import is_number, names_column
from transforms.documents.tables.drafts import is_header
from transforms.documents.text_tables.tab_columns import Columns
from transforms.language.numbering import Numbering, parse_numbering
from transforms.language.text import normalise, normalise_all

_MOST_LINES = 30
_NEAR = 4
_ENDS = ("。", ";", "!", "?", "")
_OPEN_ENDS = (",", "、", ":", "(", "“")
_REMARKS = ("注", "备注", "说明", "附")
_SIGNS = frozenset("#|<*>")
_DOTTED, _PLAIN = "1.1", "1、"
_PIECES = re.compile(r"\n|(?<=[。;；])")


def mend_broken_rows(lines: list[Line]) -> tuple[list[Line], list[Note]]:
    """The lines with those of one row put together (line breaks kept inside its cells), and a note for each row
    mended. A row is broken when its first line has too few columns for the table it stands in, and the lines right
    below bring exactly the rest; and when its last cell goes on right below."""
    mended: list[Line] = []
    notes: list[Note] = []
    columns: Columns | _Pipes | None = None
    index = 0
    marked = [at for at, line in enumerate(lines) if "\t" in line.raw or "|" in line.raw]
    marked.append(len(lines))
    while index < len(lines):
        if columns is None and index != (first := marked[bisect_left(marked, index)]):
            mended += lines[index:first]
            index = first
            continue
        line = lines[index]
        count = 0 if line.cells is not None else _separators(line.raw)
        columns = _columns_at(lines, index, count, columns)
        stop = index + 1 if columns is None else _end_of_row(lines, index, count, columns)
        if stop > index + 1:
            line = replace(line, raw=_joined(lines[index:stop]))
            notes.append(Note(NoteKind.ROW_JOINED, Place(line.page, line.number), line.raw))
        elif columns is not None and not count and line.raw.strip() and not _lies_amid(lines, index, columns):
            columns = None
        mended.append(line)
        index = stop
    return mended, notes


class _Pipes(NamedTuple):
    """The columns of a table whose cells are parted by pipes."""

    separators: int


def _separators(raw: str) -> int:
    """How many columns a line parts, by tabs or by pipes."""
    if "\t" in raw:
        return raw.count("\t")
    return raw.count("|") - raw.count("\\|") if raw[:1] == "|" or raw[-1:] == "|" else 0


def _columns_at(lines: list[Line], index: int, count: int, columns: Columns | _Pipes | None) -> Columns | _Pipes | None:
    """The columns of the table that line ``index`` stands in: those so far, or new ones where it has more."""
    if not count or (columns is not None and count <= columns.separators and not _begins_table(lines, index, columns)):
        return columns
    return Columns(lines, index) if "\t" in lines[index].raw else _Pipes(count)


def _begins_table(lines: list[Line], index: int, columns: Columns | _Pipes) -> bool:
    """Whether a row behind a gap is the header of another table."""
    is_apart = index > 0 and not lines[index - 1].raw.strip() and "\t" in lines[index].raw
    return is_apart and is_header(normalise_all(lines[index].raw.split("\t")))


def _lies_amid(lines: list[Line], index: int, columns: Columns | _Pipes) -> bool:
    """Whether a line without cells has a whole row of the table close below."""
    below = next((line.raw for line in lines[index + 1 : index + _NEAR] if not _is_rest(line)), "")
    return "\t" in below and below.count("\t") == columns.separators


def _end_of_row(lines: list[Line], start: int, count: int, columns: Columns | _Pipes) -> int:
    """The index behind the last line of the row that begins at ``start``; ``start`` + 1 when it is whole."""
    raw = lines[start].raw
    if count == columns.separators and start + 1 < len(lines) and "\t" in lines[start + 1].raw:
        return start + 1
    if isinstance(columns, _Pipes):
        return _end_of_piped(lines, start, count, columns.separators) if 0 < count < columns.separators else start + 1
    if "\t" not in raw and (count or not raw.strip()):
        return start + 1
    quoted = _end_of_quoted(lines, start, columns.separators) if '"' in raw else start + 1
    if quoted > start + 1:
        return quoted
    whole = _end_of_tabbed if count else _end_of_first_cell
    stop = whole(lines, start, columns) if count < columns.separators else start + 1
    is_whole = sum(line.raw.count("\t") for line in lines[start:stop]) == columns.separators > 1
    return _end_of_last_cell(lines, stop, columns) if is_whole or (count and raw[0] != "\t") else stop


def _end_of_piped(lines: list[Line], start: int, count: int, separators: int) -> int:
    first = lines[start].raw
    if first[:1] != "|" or first.rstrip()[-1:] == "|":
        return start + 1
    total = count
    for index in range(start + 1, min(start + _MOST_LINES, len(lines))):
        raw = lines[index].raw
        if not raw.strip() or raw[0] == "\t" or lines[index].is_break:
            break
        own = _separators(raw)
        total += own
        if total == separators and own:
            return index + 1 if raw.rstrip()[-1:] == "|" else start + 1
        if total > separators or raw[:1] == "|":
            break
    return start + 1


def _end_of_quoted(lines: list[Line], start: int, separators: int) -> int:
    """The index behind a row whose first line ends within quotes, as spreadsheets put them around cells with line
    breaks."""
    first = lines[start].raw
    if first.count('"') % 2 == 0 or not first.rpartition("\t")[2].startswith('"'):
        return start + 1
    total = quotes = 0
    for index in range(start, min(start + _MOST_LINES, len(lines))):
        line = lines[index]
        total, quotes = total + line.raw.count("\t"), quotes + line.raw.count('"')
        if total > separators or line.cells is not None:
            break
        if total == separators and quotes % 2 == 0:
            return index + 1
    return start + 1


def _end_of_tabbed(lines: list[Line], start: int, columns: Columns) -> int:
    if is_number(normalise(lines[start].raw.rpartition("\t")[2])):
        return start + 1  # nothing begins in the last cell
    stop = _where_full(lines, start, columns.separators)
    pieces = [line.raw for line in lines[start:stop] if line.raw.strip()]
    has_gap = len(pieces) < stop - start
    return stop if stop > start + 1 and columns.are_one_row(pieces, has_gap) else start + 1


def _end_of_first_cell(lines: list[Line], start: int, columns: Columns) -> int:
    """The index behind the row of which the line at ``start``, without cells, begins the first cell."""
    if lines[start].raw[:1] == '"':
        return _end_of_quoted(lines, start, columns.separators)
    if not _lies_amid(lines, start, columns):
        return start + 1
    stop = _where_full(lines, start, columns.separators)
    pieces = [line.raw for line in lines[start:stop]]
    is_one = stop > start + 1 and all(piece.strip() for piece in pieces) and columns.begins_above(pieces)
    return stop if is_one else start + 1


def _where_full(lines: list[Line], start: int, separators: int) -> int:
    """The index behind the line with which those from ``start`` on have as many cells as a row has; ``start`` + 1
    where they never have."""
    total, gaps = lines[start].raw.count("\t"), 0
    for index in range(start + 1, min(start + _MOST_LINES, len(lines))):
        line = lines[index]
        own = line.raw.count("\t")
        gaps = 0 if line.raw.strip() else gaps + 1
        if line.is_break or line.cells is not None or gaps > 1 or line.raw[:1] in _SIGNS:
            break
        total += own
        if total >= separators and own:
            is_whole = total == separators and not any(map(_is_caption, lines[start:index]))
            return index + 1 if is_whole else start + 1
    return start + 1


def _is_caption(line: Line) -> bool:
    return "\t" not in line.raw and layout().caption.match(normalise(line.raw)) is not None


def _end_of_last_cell(lines: list[Line], stop: int, columns: Columns) -> int:
    """The index behind the lines below a row that its last cell goes on with: the next numbers of its list, or the
    rest of a sentence that the next row, a comma or a figure cut off vouches for."""
    if stop == len(lines) or "\t" in lines[stop].raw:
        return stop
    cell = lines[stop - 1].raw.rpartition("\t")[2].strip()
    if is_number(normalise(cell)):
        return stop
    if names_column(normalise(cell)):
        rest = lines[stop].raw.strip()
        is_heading = bool(rest) and names_column(normalise(cell + rest)) and _lies_amid(lines, stop, columns)
        return stop + 1 if is_heading else stop
    start = stop
    while stop < min(start + _MOST_LINES, len(lines)) and cell:
        line = lines[stop]
        raw = line.raw.strip()
        if not raw and _goes_on_behind_gap(cell, lines, stop, columns):
            stop += 1
            continue
        if not raw or "\t" in line.raw or line.is_break or raw[0] in _SIGNS:
            break
        if not _continues(cell, raw, lines, stop, columns) or _end_of_first_cell(lines, stop, columns) > stop + 1:
            break
        cell, stop = f"{cell}\n{raw}", stop + 1
    return stop


def _goes_on_behind_gap(cell: str, lines: list[Line], index: int, columns: Columns) -> bool:
    """Whether the line behind a blank one has the next number of the cell's list, and a row stands right below it."""
    if index + 1 == len(lines) or not _lies_amid(lines, index + 1, columns):
        return False
    numbering = parse_numbering(normalise(lines[index + 1].raw)) if "\t" not in lines[index + 1].raw else None
    return numbering is not None and _is_next(cell, numbering)


def _continues(cell: str, raw: str, lines: list[Line], index: int, columns: Columns) -> bool:
    """Whether line ``index`` goes on with the text of the cell."""
    text = normalise(raw)
    numbering = parse_numbering(text)
    if numbering is not None:
        return _is_next(cell, numbering)
    above = normalise(cell)
    if layout().caption.match(text) or text.startswith(_REMARKS):
        return False
    if above[-1:] in _ENDS:
        return (above[-1:] == ";" or text[-1:] in _ENDS) and _lies_amid(lines, index, columns)
    below = next((other.raw for other in lines[index + 1 : index + _NEAR] if not _is_rest(other)), "")
    if above[-1:] in _OPEN_ENDS or "\t" in below:
        return True
    return text[-1:] in _ENDS and (above[-1:].isdigit() or _has_row_behind_gap(lines, index, columns))


def _has_row_behind_gap(lines: list[Line], index: int, columns: Columns) -> bool:
    """Whether the table goes on with a whole row behind the blank lines below line ``index``."""
    below = next((other.raw for other in lines[index + 1 : index + _NEAR] if other.raw.strip()), "")
    return below.count("\t") == columns.separators and not is_header(normalise_all(below.split("\t")))


def _is_next(cell: str, numbering: Numbering) -> bool:
    """Whether the cell holds the number before, in the same style; 3.31 is a third item that begins with 31."""
    found = [parse_numbering(piece) for piece in map(normalise, _PIECES.split(cell))]
    style, number = numbering.style, numbering.number
    if style == _DOTTED and _PLAIN in [one.style for one in found if one is not None]:
        style, number = _PLAIN, int(numbering.label.partition(".")[0])
    numbers = [one.number for one in found if one is not None and one.style == style]
    return bool(numbers) and number == (numbers[-1] or 0) + 1


def _is_rest(line: Line) -> bool:
    raw = line.raw.strip()
    return bool(raw) and "\t" not in line.raw and parse_numbering(normalise(raw[:12])) is None and raw[0] not in _SIGNS


def _joined(lines: list[Line]) -> str:
    """The lines of a row as one, quotes around broken cells gone."""
    row = "\n".join(line.raw for line in lines)
    if "\t" not in row:
        return row
    cells = [cell[1:-1] if "\n" in cell and cell[:1] == cell[-1:] == '"' else cell for cell in row.split("\t")]
    return "\t".join(cells)
