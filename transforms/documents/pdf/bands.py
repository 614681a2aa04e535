"""Rows of a table that no rules part: how far apart lines have to be to belong to two rows.

Rows only; columns belong to columns.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from transforms.documents.cells import is_number
from transforms.documents.pdf.frame import Box
from transforms.documents.pdf.rules import Rule
from transforms.documents.pdf.runs import Run
from transforms.language.text import normalise

_MOST_CHOICES = 24
_SHARE = 0.3  # of a column's lines: from it on the column holds figures
_PADDING = 0.25  # of an em, by which rows are further apart than lines
_FEWEST_RULED = 2
_NEVER, _ALWAYS = float("inf"), -1.0
Placed = tuple[Run, int]
"""A run and the number of its column."""


def bands(placed: list[Placed], rules: list[Rule]) -> list[list[Placed]]:
    """The runs of a table row by row, from the top down. Rules part rows; where they do not, lines do that are further
    apart than the lines of a cell, so that each row has one figure at most in a column of figures."""
    placed = sorted(placed, key=lambda one: one[0].box.top)
    gaps = _gaps(placed, rules)
    figures = _figure_columns(placed)
    ruled = _split(placed, gaps, _NEVER)
    if len(ruled) > _FEWEST_RULED and not any(_figure_count(row, figures) > 1 for row in ruled):
        return ruled
    by_padding = _split(placed, gaps, _line_gap(placed) + _PADDING * placed[0][0].em)
    if not figures:
        return by_padding if len(by_padding) > 1 else _split(placed, gaps, _ALWAYS)
    return max((by_padding, *_choices(placed, gaps)), key=lambda found: _merit(found, figures))


def _choices(placed: list[Placed], gaps: list[float]) -> Iterator[list[list[Placed]]]:
    """The ways to part rows, the coarsest first."""
    steps = sorted({round(gap, 1) for gap in gaps if gap < _NEVER}, reverse=True)
    for above, below in pairwise(steps[:_MOST_CHOICES]):
        yield _split(placed, gaps, (above + below) / 2)
    yield _split(placed, gaps, _ALWAYS)


def _line_gap(placed: list[Placed]) -> float:
    """The usual gap between the lines of a cell: the lower quartile of those between lines of one column."""
    columns: dict[int, list[Box]] = {}
    for run, column in placed:
        columns.setdefault(column, []).append(run.box)
    gaps = sorted(
        below.top - above.bottom
        for boxes in columns.values()
        for above, below in pairwise(boxes)
        if below.middle > above.bottom
    )
    return gaps[len(gaps) // 4] if gaps else 0.0


def _gaps(placed: list[Placed], rules: list[Rule]) -> list[float]:
    """The gap above each run but the first: from all runs above; infinite where a rule lies in it."""
    gaps: list[float] = []
    bottom = placed[0][0].box.bottom
    middle = placed[0][0].box.middle
    for run, _ in placed[1:]:
        is_ruled = any(middle < rule.at < run.box.middle and _crosses(rule, run.box) for rule in rules)
        gaps.append(_NEVER if is_ruled else max(run.box.top - bottom, -0.4))
        bottom = max(bottom, run.box.bottom) if not is_ruled else run.box.bottom
        middle = max(middle, run.box.middle)
    return gaps


def _crosses(rule: Rule, box: Box) -> bool:
    return rule.start <= box.left + 2 and rule.end >= box.right - 2


def _figure_columns(placed: list[Placed]) -> frozenset[int]:
    counts = {column: [0, 0] for _, column in placed}
    for run, column in placed:
        counts[column][is_number(normalise(run.text))] += 1
    return frozenset(column for column, (others, numbers) in counts.items() if numbers and numbers >= _SHARE * others)


def _split(placed: list[Placed], gaps: list[float], limit: float) -> list[list[Placed]]:
    found = [[placed[0]]]
    for one, gap in zip(placed[1:], gaps, strict=True):
        if gap > limit or gap == _NEVER:
            found.append([])
        found[-1].append(one)
    return found


def _figure_count(row: list[Placed], figures: frozenset[int]) -> int:
    """How many figures a row has in the column in which it has most."""
    columns = [column for run, column in row if column in figures and is_number(normalise(run.text))]
    return max(map(columns.count, columns), default=0)


def _merit(found: list[list[Placed]], figures: frozenset[int]) -> float:
    """How many rows have one figure in a column at most, less those that have more or none."""
    counts = [_figure_count(row, figures) for row in found]
    return counts.count(1) - 0.5 * counts.count(0) - sum(count - 1 for count in counts if count > 1)
