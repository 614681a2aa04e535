"""Tables copied with a cell a line: the lines of each row put together again.

Only tables whose header stands a heading a line are looked for; which lines make up a row is body.py's business,
tables of people are people.py's; rows that fell apart within a table that has its columns are broken_rows.py's, beside
this package.
"""

from __future__ import annotations

from dataclasses import replace

from transforms.documents.lines import Line
from transforms.documents.model import Note, NoteKind, Place
from transforms.documents.text_tables.stacked.body import StackedRow, body_of
from transforms.documents.text_tables.stacked.header import FEWEST_COLUMNS, LONGEST_HEADING, header_size, headers_at
from transforms.documents.text_tables.stacked.lines import Stack
from transforms.documents.text_tables.stacked.people import people_rows

_FEWEST_ROWS = 2


def unstack_cells(lines: list[Line]) -> tuple[list[Line], list[Note]]:
    """The lines with those of each such row put together, TAB between the cells, and a note for each row."""
    stack = Stack(lines)
    raws = [lines[index].raw for index in stack.filled]
    are_short = [len(raw) <= LONGEST_HEADING and "\t" not in raw and "|" not in raw for raw in raws]
    done: list[Line] = []
    notes: list[Note] = []
    taken, position = 0, 0
    while position < len(are_short):
        last = position + FEWEST_COLUMNS - 1
        if last < len(are_short) and not are_short[last]:
            position = last + 1  # none of these lines heads a column with enough others below
            continue
        rows = _rows_at(stack, position) if all(are_short[position:last]) else []
        if not rows:
            position += max(header_size(stack, position), 1) if are_short[position] else 1
            continue
        done += lines[taken : stack.filled[position]]
        for row in rows:
            line = _put_together(stack, row)
            done.append(line)
            if row.cells:
                notes.append(Note(NoteKind.ROW_JOINED, Place(line.page, line.number), line.raw))
        position = rows[-1].stop
        taken = stack.filled[position - 1] + 1
    return (done + lines[taken:], notes) if notes else (lines, notes)


def _rows_at(stack: Stack, position: int) -> list[StackedRow]:
    """The rows of the table whose header begins with the filled line at ``position``, the header among them."""
    found = [body_of(stack, header) for header in headers_at(stack, position)]
    most = max(found, key=_count, default=[])
    return most if _count(most) >= _FEWEST_ROWS else people_rows(stack, position)


def _count(rows: list[StackedRow]) -> int:
    return sum(row.is_body for row in rows)


def _put_together(stack: Stack, row: StackedRow) -> Line:
    line = stack.line(row.first)
    if not row.cells:
        return line
    cells = ["\n".join(stack.line(at).raw.strip() for at in cell) for cell in row.cells]
    return replace(line, raw="\t".join(cells))
