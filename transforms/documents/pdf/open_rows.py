"""Ruled tables with rules between columns but none between rows: the rows told by what stands in them.

Where rules part rows, ruled.py has them already; how lines make up rows is stacked_rows.py's business.
"""

from __future__ import annotations

from transforms.documents.pdf.printed import cell_text, printed_lines
from transforms.documents.pdf.ruled import Slot
from transforms.documents.pdf.stacked_rows import Placed, stacked_rows
from transforms.documents.tables.cells import is_number, names_column, resembles_column
from transforms.language.text import normalise

_MOST_RULED = 3  # rows between rules: more, and rules part the rows of this table
_HEADING_LINES = 4
_HALF = 0.5
_FEWEST_LINES = 2  # in a cell that may hold several rows


def opened(rows: list[list[Slot]]) -> list[list[Slot]]:
    """The rows of a table, the last of a few taken apart where it holds several."""
    if not rows or len(rows) > _MOST_RULED or not _may_hold_rows(rows):
        return rows
    placed = [(run, slot.column) for slot in rows[-1] for line in slot.lines for run in line.runs]
    head: list[Placed] = []
    if len(rows) == 1:
        head, placed = _headings(placed)
    found = stacked_rows(placed) if placed else None
    if found is None and not head:
        return rows
    width = len(rows[-1])
    parted = [part for part in (head, *(found or [placed])) if part]
    return [*rows[:-1], *(_row(len(rows) - 1 + at, width, own) for at, own in enumerate(parted))]


def _may_hold_rows(rows: list[list[Slot]]) -> bool:
    """Whether no cell of the last row spans others, and several have lines enough for rows of their own, which are no
    wrapped texts only; of what rules part above it nothing but headings."""
    last = rows[-1]
    if len(set(map(id, last))) < len(last) or any(slot.row != len(rows) - 1 for slot in last):
        return False
    if not all(map(_heads, rows[1:-1])):
        return False
    several = [slot for slot in last if len(slot.lines) >= _FEWEST_LINES]
    return len(several) > 1 and any("\n" in slot.text for slot in several)


def _heads(row: list[Slot]) -> bool:
    """Whether a row of cells is one of headings."""
    texts = [text for slot in row if (text := normalise(slot.text))]
    return sum(names_column(text) or resembles_column(text) for text in texts) > _HALF * len(texts)


def _headings(placed: list[Placed]) -> tuple[list[Placed], list[Placed]]:
    """The headings on top, and what stands below: as many lines as, put together, are words of headings."""
    lines = printed_lines([run for run, _ in placed])
    column_of = {id(run): column for run, column in placed}
    texts: dict[int, str] = {}
    last = None
    for line in lines[:_HEADING_LINES]:
        if any(is_number(normalise(run.text)) for run in line.runs):
            break
        for run in line.runs:
            texts[column_of[id(run)]] = texts.get(column_of[id(run)], "") + normalise(run.text)
        words = [text for text in texts.values() if names_column(text) or resembles_column(text)]
        if len(words) > 1 and len(words) > _HALF * len(texts):
            last = line
    if last is None:
        return [], placed
    head = [one for one in placed if one[0].box.middle <= last.box.bottom]
    return head, [one for one in placed if one[0].box.middle > last.box.bottom]


def _row(number: int, width: int, placed: list[Placed]) -> list[Slot]:
    row = []
    for column in range(width):
        lines = printed_lines([run for run, at in placed if at == column])
        right = max((line.box.right for line in lines), default=0.0)
        row.append(Slot(number, column, cell_text(lines, right), lines))
    return row
