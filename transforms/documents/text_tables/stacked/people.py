"""Tables of people copied with a cell a line: a header of one or more lines, and one row of figures below.

A heading over several columns is followed by blank lines, as many as the columns that it spans besides its own; so is
one that reaches down to the figures.
"""

from __future__ import annotations

import re

from transforms.documents.layout import layout
from transforms.documents.text_tables.stacked.body import StackedRow
from transforms.documents.text_tables.stacked.lines import Stack

_PEOPLE = re.compile(r"\d{1,5}人?")
_MARK = re.compile(r"[,。;:!?、\d]")
_LONGEST_HEADING = 12
_FEWEST_FIGURES, _MOST_FIGURES = 3, 12
_MOST_HEADER_LINES = 3

_Cells = list[list[int]]


def people_rows(stack: Stack, first: int) -> list[StackedRow]:
    """The lines of the header that begins with the ``first`` filled line, and the row of figures below; none where no
    such table begins."""
    if not layout().people.search(stack.text(first)) or not _begins(stack, first):
        return []
    figures = first
    while figures - first <= _MOST_FIGURES * _MOST_HEADER_LINES and _is_heading(stack.text(figures)):
        figures += 1
    stop = figures
    while _PEOPLE.fullmatch(stack.text(stop)):
        stop += 1
    headings = [stack.text(at) for at in range(first, figures)]
    is_of_people = sum(layout().people.search(text) is not None for text in headings) > 1
    if not is_of_people or not _FEWEST_FIGURES <= stop - figures <= _MOST_FIGURES:
        return []
    header = _header(stack, first, figures, stop)
    rows = [StackedRow(cells[0][0], figures, cells, is_body=False) for cells in header if cells[0]]
    rows += [
        StackedRow(next(cell[0] for cell in cells if cell), figures, cells, is_body=False)
        for cells in header
        if not cells[0]
    ]
    return [*rows, StackedRow(figures, stop, [[at] for at in range(figures, stop)])] if header else []


def _begins(stack: Stack, first: int) -> bool:
    """Whether no other heading stands right above."""
    return not first or not _is_heading(stack.text(first - 1)) or stack.heads_group(first - 1)


def _is_heading(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_HEADING and not _MARK.search(text)


def _header(stack: Stack, first: int, figures: int, stop: int) -> list[_Cells]:
    """The lines of the header, each with as many cells as there are figures; none where they do not come out."""
    width = stop - figures
    if figures - first == width:
        return [[[at] for at in range(first, figures)]]
    if stack.filled[stop - 1] - stack.filled[figures] != width - 1:
        return []
    slots = [[first], *stack.gap(first, figures)]
    height, rest = divmod(len(slots), width)
    if rest or not 1 < height <= _MOST_HEADER_LINES:
        return []
    header = [slots[start : start + width] for start in range(0, len(slots), width)]
    are_sound = header[0][0] and all(any(column) for column in zip(*header, strict=True))
    return header if are_sound and all(map(_is_spanned, header, header[1:])) else []


def _is_spanned(above: _Cells, below: _Cells) -> bool:
    """Whether each blank cell of a line but those that reach down from further above lies under the heading to its
    left, which then has a heading of its own below it, as the blank one has."""
    owner = 0
    for column, cell in enumerate(above):
        owner = column if cell else owner
        if not cell and below[column] and not below[owner]:
            return False
    return any(map(bool, below))
