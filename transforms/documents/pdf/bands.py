"""Rows of a table that no rules part: how far apart lines have to be to belong to two rows.

Rows only; columns belong to columns.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import median_low

from transforms.documents.pdf.frame import Box
from transforms.documents.pdf.printed import cell_text, printed_lines
from transforms.documents.pdf.ruled import PageTable, Setting, Slot
from transforms.documents.pdf.rules import Rule
from transforms.documents.pdf.runs import Run
from transforms.documents.pdf.stacked_rows import stacked_rows
from transforms.documents.tables.cells import is_number
from transforms.language.text import normalise

_MOST_CHOICES = 24
_SHARE = 0.3  # of a column's lines: from it on the column holds figures
_PADDING = 0.25  # of an em, by which rows are further apart than lines
_LINE_GAP = 0.3  # of an em, where no lines show it
_FEWEST_RULED = 2
_MOST_LINES = 2  # of a figure wider than its column
_SAME_LINE = -0.4
_NEVER, _ALWAYS = float("inf"), -0.3
Placed = tuple[Run, int]
"""A run and the number of its column."""


def bands(placed: list[Placed], rules: list[Rule], setting: Setting | None = None) -> list[list[Placed]]:
    """The runs of a table row by row, from the top down. Rules part rows; where they do not, lines do that are further
    apart than the lines of a cell, so that each row has one figure at most in a column of figures. ``setting``: that of
    the table whose rest it is."""
    if not placed:
        return []
    placed, gaps = _with_gaps(placed, rules)
    figures = _figure_columns(placed)
    ruled = _split(placed, gaps, _NEVER)
    if len(ruled) > _FEWEST_RULED and not any(_figure_count(row, figures) > 1 for row in ruled):
        return ruled
    known = setting.line_gap if setting else None
    by_padding = _by_padding(placed, gaps, known)
    if not figures:
        if len(by_padding) > 1:
            return by_padding
        return stacked_rows(placed) or (by_padding if known is not None else _split(placed, gaps, _ALWAYS))
    best = max((by_padding, *_choices(placed, gaps)), key=lambda found: _merit(found, figures))
    is_padded = len(by_padding) > 1 and max(_figure_count(row, figures) for row in by_padding) <= _MOST_LINES
    is_shown = is_padded or _is_sound(best, figures)
    return best if is_shown else stacked_rows(placed) or best


def _is_sound(rows: list[list[Placed]], figures: frozenset[int]) -> bool:
    """Whether hardly a row has no figure, and none several in a column."""
    counts = [_figure_count(row, figures) for row in rows]
    return max(counts) < 2 and counts.count(0) <= _SHARE * len(rows)


def plain_bands(placed: list[Placed], rules: list[Rule], is_one: bool) -> list[list[Placed]]:
    """The same for headings and for fields with their values, where figures tell nothing. ``is_one``: lines equally far
    apart make up one row, else a row each."""
    if not placed:
        return []
    placed, gaps = _with_gaps(placed, rules)
    by_padding = _by_padding(placed, gaps, None)
    return by_padding if is_one or len(by_padding) > 1 else _split(placed, gaps, _ALWAYS)


def _with_gaps(placed: list[Placed], rules: list[Rule]) -> tuple[list[Placed], list[float]]:
    placed = sorted(placed, key=lambda one: one[0].box.top)
    return placed, _gaps(placed, rules)


def _by_padding(placed: list[Placed], gaps: list[float], line_gap: float | None) -> list[list[Placed]]:
    em = placed[0][0].em
    least = min(_gaps_of_columns(placed), default=_LINE_GAP * em) if line_gap is None else line_gap
    return _split(placed, gaps, least + _PADDING * em)


def line_gap(rows: list[list[Placed]]) -> float | None:
    """The usual gap between the lines of a cell, None where no cell has two."""
    gaps = [gap for row in rows for gap in _gaps_of_columns(row)]
    return median_low(gaps) if gaps else None


def _choices(placed: list[Placed], gaps: list[float]) -> Iterator[list[list[Placed]]]:
    """The ways to part rows, the coarsest first."""
    steps = sorted({round(gap, 1) for gap in gaps if gap < _NEVER}, reverse=True)
    for above, below in pairwise(steps[:_MOST_CHOICES]):
        yield _split(placed, gaps, (above + below) / 2)
    yield _split(placed, gaps, _ALWAYS)


def _gaps_of_columns(placed: list[Placed]) -> list[float]:
    columns: dict[int, list[Box]] = {}
    for run, column in placed:
        columns.setdefault(column, []).append(run.box)
    pairs = [pair for boxes in columns.values() for pair in pairwise(boxes)]
    return [below.top - above.bottom for above, below in pairs if below.middle > above.bottom]


def _gaps(placed: list[Placed], rules: list[Rule]) -> list[float]:
    """The gap above each run but the first: from all runs above; infinite where a rule lies in it."""
    gaps: list[float] = []
    bottom = placed[0][0].box.bottom
    middle = placed[0][0].box.middle
    for run, _ in placed[1:]:
        is_ruled = any(middle < rule.at < run.box.middle and _crosses(rule, run.box) for rule in rules)
        gaps.append(_NEVER if is_ruled else max(run.box.top - bottom, _SAME_LINE))
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


def table_of(rows: list[list[Placed]], edges: list[float], setting: Setting) -> PageTable:
    """The table that the rows make up in columns with these edges."""
    width = len(edges) - 1
    reach = [
        max((run.box.right for row in rows for run, at in row if at == column), default=0.0) for column in range(width)
    ]
    slots: list[list[Slot]] = []
    for number, row in enumerate(rows):
        columns = [[run for run, at in row if at == column] for column in range(width)]
        lines = [printed_lines(runs) for runs in columns]
        slots.append([Slot(number, at, cell_text(own, reach[at]), own) for at, own in enumerate(lines)])
    runs = [run for row in rows for run, _ in row]
    box = Box(edges[0], min(run.box.top for run in runs), edges[-1], max(run.box.bottom for run in runs))
    return PageTable(box, edges, slots, is_ruled=False, setting=setting._replace(line_gap=line_gap(rows)))
