"""Rows of tables whose cells hold line breaks: the lines they fell into, put together again.

Only lines that begin a row and do not end it are looked at; whole rows are grid.py's business.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from transforms.documents.cells import is_number, names_column
from transforms.documents.layout import layout
from transforms.documents.lines import Line
from transforms.documents.model import Note, NoteKind, Place
from transforms.language.numbering import Numbering, parse_numbering
from transforms.language.text import normalise

_MOST_LINES = 30
_NEAR = 4
_ENDS = ("。", ";", "!", "?", "")
_OPEN_ENDS = (",", "、", ":", "(", "“")
_REMARKS = ("注", "备注", "说明", "附")
_PIECES = re.compile(r"\n|(?<=[。;；])")


def mend_broken_rows(lines: list[Line]) -> tuple[list[Line], list[Note]]:
    """The lines with those of one row put together (line breaks kept inside its cells), and a note for each row
    mended. A row is broken when its first line has too few columns for the table it stands in, and the lines right
    below bring exactly the rest; and when its last cell goes on right below."""
    mended: list[Line] = []
    notes: list[Note] = []
    columns, index = 0, 0
    marked = [at for at, line in enumerate(lines) if "\t" in line.raw or "|" in line.raw]
    marked.append(len(lines))
    while index < len(lines):
        if not columns and index != (first := marked[bisect_left(marked, index)]):
            mended += lines[index:first]
            index = first
            continue
        line = lines[index]
        raw = line.raw
        count = 0 if line.cells is not None else _separators(raw)
        stop = _end_of_row(lines, index, count, columns) if 0 < count < columns else index + 1
        if columns and "\t" in raw and raw[0] != "\t":
            stop = _end_of_last_cell(lines, stop)
        if stop > index + 1:
            line = replace(line, raw=_joined(lines[index:stop]))
            notes.append(Note(NoteKind.ROW_JOINED, Place(line.page, line.number), line.raw))
        elif count or not raw.strip():
            columns = max(columns, count) if count else columns
        else:
            columns = 0
        mended.append(line)
        index = stop
    return mended, notes


def _separators(raw: str) -> int:
    """How many columns a line parts, by tabs or by pipes."""
    if "\t" in raw:
        return raw.count("\t")
    return raw.count("|") - raw.count("\\|") if raw[:1] == "|" or raw[-1:] == "|" else 0


def _end_of_row(lines: list[Line], start: int, count: int, columns: int) -> int:
    """The index behind the last line of the row that begins at ``start``; ``start`` + 1 when it is whole."""
    first = lines[start].raw
    is_piped = "\t" not in first
    if is_piped and (first[:1] != "|" or first.rstrip()[-1:] == "|"):
        return start + 1
    cell = normalise(first.rpartition("\t")[2])
    if not is_piped and (not cell or is_number(cell)):
        return start + 1  # nothing begins in the last cell
    total, has_evidence = count, is_piped or cell.count('"') == 1
    is_numbered = is_number(normalise(first.partition("\t")[0]))
    for index in range(start + 1, min(start + _MOST_LINES, len(lines))):
        raw = lines[index].raw
        if not raw.strip() or raw[0] == "\t" or lines[index].is_break:
            break
        own = _separators(raw)
        has_evidence = has_evidence or own == 0 or parse_numbering(normalise(raw[:12])) is not None
        has_evidence = has_evidence or (is_numbered and not is_number(normalise(raw.partition("\t")[0])))
        total += own
        if total == columns and own:
            return index + 1 if has_evidence and (not is_piped or raw.rstrip()[-1:] == "|") else start + 1
        if total > columns or (is_piped and raw[:1] == "|"):
            break
    return start + 1


def _end_of_last_cell(lines: list[Line], stop: int) -> int:
    """The index behind the lines below a row that its last cell goes on with: the next numbers of its list, or the
    rest of a sentence that the next row, a comma or a figure cut off vouches for."""
    if stop == len(lines) or not lines[stop].raw.strip() or "\t" in lines[stop].raw:
        return stop
    cell = lines[stop - 1].raw.rpartition("\t")[2].strip()
    if is_number(normalise(cell)) or names_column(normalise(cell)):
        return stop
    start = stop
    while stop < min(start + _MOST_LINES, len(lines)) and cell:
        line = lines[stop]
        raw = line.raw.strip()
        if not raw or "\t" in line.raw or line.is_break or raw[0] in "#|<*>" or not _continues(cell, raw, lines, stop):
            break
        cell, stop = f"{cell}\n{raw}", stop + 1
    return stop


def _continues(cell: str, raw: str, lines: list[Line], index: int) -> bool:
    """Whether line ``index`` goes on with the text of the cell."""
    text = normalise(raw)
    numbering = parse_numbering(text)
    if numbering is not None:
        return _is_next(cell, numbering)
    above = normalise(cell)
    if above[-1:] in _ENDS or layout().caption.match(text) or text.startswith(_REMARKS):
        return False
    below = next((other.raw for other in lines[index + 1 : index + _NEAR] if not _is_rest(other)), "")
    return above[-1:] in _OPEN_ENDS or "\t" in below or (above[-1:].isdigit() and text[-1:] in _ENDS)


def _is_next(cell: str, numbering: Numbering) -> bool:
    """Whether the cell holds the number before, in the same style."""
    found = [parse_numbering(piece) for piece in map(normalise, _PIECES.split(cell))]
    numbers = [one.number for one in found if one is not None and one.style == numbering.style]
    return bool(numbers) and numbering.number == (numbers[-1] or 0) + 1


def _is_rest(line: Line) -> bool:
    raw = line.raw.strip()
    return bool(raw) and "\t" not in line.raw and parse_numbering(normalise(raw[:12])) is None and raw[0] not in "#|<*>"


def _joined(lines: list[Line]) -> str:
    """The lines of a row as one, quotes around broken cells gone."""
    row = "\n".join(line.raw for line in lines)
    if "\t" not in row:
        return row
    cells = [cell[1:-1] if "\n" in cell and cell[:1] == cell[-1:] == '"' else cell for cell in row.split("\t")]
    return "\t".join(cells)
