"""Pages set in two columns, or two pages side by side on one sheet: parted where a white gutter runs down the middle.

Columns of text only; those of tables belong to columns.py.
"""

from __future__ import annotations

from statistics import median

from transforms.documents.pdf.printed import printed_lines
from transforms.documents.pdf.rules import Rule
from transforms.documents.pdf.runs import Run

_MIDDLE = (0.4, 0.6)  # of the text's width: where a gutter may run
_STEP = 2.0  # points
_WIDEST_TEXT = 0.85  # of a column's width: a line as wide is full
_FEWEST_FULL = 0.3  # of the lines of a column of text
_FEWEST_UPRIGHTS = 3  # of a ruled table
_FEWEST_LINES = 8  # on each side
_FEWEST_CHARACTERS = 8  # in a full line
_MOST_ACROSS = 3  # runs over the gutter: titles, headers and footers
_EDGE = 0.2  # of the page's height, at top and bottom, where they stand


def gutter(runs: list[Run], horizontal: list[Rule], vertical: list[Rule], height: float) -> float | None:
    """The x of the gutter between two columns of text, None on other pages. Text over the gutter stands on top or at
    the bottom; no rule runs across."""
    if len(runs) < 2 * _FEWEST_LINES:
        return None
    left, right = min(run.box.left for run in runs), max(run.box.right for run in runs)
    first, last = (left + share * (right - left) for share in _MIDDLE)
    places = [first + _STEP * step for step in range(int((last - first) / _STEP) + 1)]
    top, bottom = _EDGE * height, (1 - _EDGE) * height
    inner = [run.box for run in runs if run.box.left <= last and run.box.right >= first]
    inner = [box for box in inner if top < box.middle < bottom]
    free = [x for x in places if not any(box.left <= x <= box.right for box in inner)]
    if not free:
        return None
    x = free[len(free) // 2]
    across = sum(run.box.left < x < run.box.right for run in runs)
    is_ruled = any(rule.start < x < rule.end for rule in horizontal)
    if across > _MOST_ACROSS or is_ruled:
        return None
    sides = [run for run in runs if run.box.right <= x], [run for run in runs if run.box.left >= x]
    uprights = sum(rule.at < x for rule in vertical), sum(rule.at > x for rule in vertical)
    are_texts = list(map(_is_text, sides))
    have_tables = [count >= _FEWEST_UPRIGHTS for count in uprights]
    are_columns = all(is_text or has_table for is_text, has_table in zip(are_texts, have_tables, strict=True))
    return x if are_columns and any(are_texts) else None


def _is_text(runs: list[Run]) -> bool:
    """Whether one side of a page is text: many of its lines are long, and as wide as it."""
    if not runs:
        return False
    width = max(run.box.right for run in runs) - min(run.box.left for run in runs)
    lines = [line for line in printed_lines(runs) if len(line.runs) == 1]
    if len(lines) < _FEWEST_LINES:
        return False
    full = [line for line in lines if line.box.width >= _WIDEST_TEXT * width]
    is_long = width >= _FEWEST_CHARACTERS * median(line.em for line in lines)
    return is_long and len(full) >= _FEWEST_FULL * len(lines)


def parted(runs: list[Run], x: float, height: float) -> tuple[list[Run], list[Run]]:
    """The runs of the left and the right column; those over the gutter belong to the column nearer in reading."""
    left = [run for run in runs if run.box.right <= x or (run.box.left < x and run.box.middle < height / 2)]
    inside = set(map(id, left))
    return left, [run for run in runs if id(run) not in inside]
