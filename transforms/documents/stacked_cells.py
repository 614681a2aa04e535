"""Tables copied with a cell a line: the lines of each row put together again.

Only tables whose header stands a heading a line, with figures in the same columns of every row, are looked for;
rows that fell apart within a table that has its columns are broken_rows.py's business.
"""

from __future__ import annotations

from dataclasses import replace

from transforms.documents.cells import is_figure, is_number, names_column
from transforms.documents.lines import Line
from transforms.documents.model import Note, NoteKind, Place
from transforms.language.text import normalise

_LONGEST_HEADING = 20
_FEWEST_COLUMNS = 3
_MOST_COLUMNS = 14
_FEWEST_ROWS = 2


def unstack_cells(lines: list[Line]) -> tuple[list[Line], list[Note]]:
    """The lines with those of each such row put together, TAB between the cells, and a note for each row."""
    filled = [index for index, line in enumerate(lines) if line.raw and not line.raw.isspace()]
    are_short = [len(lines[index].raw) <= _LONGEST_HEADING for index in filled]
    done: list[Line] = []
    notes: list[Note] = []
    taken, position = 0, 0
    while position < len(filled):
        last = position + _FEWEST_COLUMNS - 1
        if last < len(filled) and not are_short[last]:
            position = last + 1  # none of these lines heads a column with enough others below
            continue
        if not all(are_short[position:last]):
            position += 1
            continue
        width = _header_width(lines, filled, position)
        count = _row_count(lines, filled, position, width) if width >= _FEWEST_COLUMNS else 0
        if count < _FEWEST_ROWS:
            position += max(width, 1)
            continue
        done += lines[taken : filled[position]]
        for first in range(position, position + width * (count + 1), width):
            line = lines[filled[first]]
            row = replace(line, raw="\t".join(lines[index].raw.strip() for index in filled[first : first + width]))
            done.append(row)
            notes.append(Note(NoteKind.ROW_JOINED, Place(line.page, line.number), row.raw))
        position += width * (count + 1)
        taken = filled[position - 1] + 1
    return (done + lines[taken:], notes) if notes else (lines, notes)


def _header_width(lines: list[Line], filled: list[int], first: int) -> int:
    """How many lines from the ``first`` filled one on are headings of columns, a heading a line."""
    width = 0
    for index in filled[first : first + _MOST_COLUMNS]:
        line = lines[index]
        if len(line.raw) > _LONGEST_HEADING or line.cells is not None or "\t" in line.raw or "|" in line.raw:
            break
        if not names_column(normalise(line.raw)):
            break
        width += 1
    return width


def _row_count(lines: list[Line], filled: list[int], header: int, width: int) -> int:
    """How many whole rows follow a header: those with figures where the first row has them, and words elsewhere."""
    figures: list[int] = []
    count = 0
    for first in range(header + width, len(filled) - width + 1, width):
        row = [lines[index] for index in filled[first : first + width]]
        if any(line.cells is not None or "\t" in line.raw or "|" in line.raw for line in row):
            break
        texts = [normalise(line.raw.strip()) for line in row]
        figures = figures or [at for at, text in enumerate(texts) if is_number(text)]
        are_names = not all(is_number(text) for text in texts[:2])
        if not figures or not are_names or not all(is_figure(texts[at]) for at in figures):
            break
        count += 1
    return count
