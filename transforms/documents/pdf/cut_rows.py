"""Rows that a page may have cut: which cells at the top of a page could go on with those at the end of the page before.

What is printed only; whether a row is the rest of the one before is tables/row_joins.py's business.
"""

from __future__ import annotations

from transforms.documents.pdf.printed import has_room
from transforms.documents.pdf.ruled import PageTable, Slot
from transforms.documents.tables.cells import is_cut_number, is_number, names_column
from transforms.language.text import normalise

_SAME = 4.0  # points by which the sides of columns may differ between pages
_NO_START = frozenset(".,．，%％")  # no line begins with these
_MARGIN = 5.4  # points between a cell's text and its side, as word processors set it


def wrapped_columns(before: PageTable, row: list[Slot]) -> frozenset[int]:
    """The columns of a row whose first word would have found no room on the last line of the table on the page
    before; none when that table has other columns."""
    last = before.rows[-1]
    if len(last) != len(row):
        return frozenset()
    return frozenset(
        column
        for column, (above, below) in enumerate(zip(last, row, strict=True))
        if above.lines and below.lines and not _has_room(above, below, _right(before, last, column))
    )


def rests(before: PageTable, below: PageTable, row: list[Slot]) -> list[tuple[Slot, Slot]]:
    """Where a row of the table ``below`` is nothing but the rest of the last one ``before``, cut between the lines of
    its cells: each cell of that with what goes on in it; else nothing."""
    last = before.rows[-1]
    sides = {_sides(before, last, slot): (at, slot) for at, slot in enumerate(last)}
    pairs: list[tuple[Slot, Slot]] = []
    for slot in {id(slot): slot for slot in row if slot.lines}.values():
        left, right = _sides(below, row, slot)
        own = (one for (start, end), one in sides.items() if abs(start - left) <= _SAME and abs(end - right) <= _SAME)
        column, above = next(own, (0, None))
        if above is None or not above.lines or _has_room(above, slot, _right(before, last, column)):
            return []
        if not _may_be_one(normalise(above.text), normalise(slot.text)):
            return []
        pairs.append((above, slot))
    return pairs


def _may_be_one(above: str, below: str) -> bool:
    """Whether two texts may be pieces of one cell: not two numbers, nor a heading and what stands below it."""
    if is_number(above) and is_number(below):
        return is_cut_number(above, below)
    return not names_column(above) or names_column(above + below)


def _sides(table: PageTable, row: list[Slot], slot: Slot) -> tuple[float, float]:
    columns = [at for at, other in enumerate(row) if other is slot]
    return table.edges[columns[0]], table.edges[columns[-1] + 1]


def _has_room(above: Slot, below: Slot, right: float) -> bool:
    """Whether the first word of ``below`` would have found room in ``above``: of a figure, its first digit (with the
    point behind it), since only figures wider than their column are broken."""
    line, first = above.lines[-1], below.lines[0]
    if _ends_in_figure(above.text) and is_number(normalise(below.text)):
        count = 1 + (first.text[1:2] in _NO_START)
        return line.box.right + count * first.box.width / max(len(first.text), 1) <= right
    return has_room(line, first, right)


def _ends_in_figure(text: str) -> bool:
    return is_number(normalise(text).rstrip(".,"))


def _right(table: PageTable, row: list[Slot], column: int) -> float:
    """How far text reaches in the column: to its side, less the margin, or as far as it does."""
    end = max(at for at, slot in enumerate(row) if slot is row[column])
    return max(table.edges[end + 1] - _MARGIN, *(line.box.right for line in row[column].lines))
