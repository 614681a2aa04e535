"""The columns of a table without rules between them: the rivers of white that no text crosses, and how cells are set.

Which lines make up a table is found in columns.py.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from statistics import median_low

from transforms.documents.pdf.bands import Placed
from transforms.documents.pdf.printed import PrintedLine
from transforms.documents.pdf.ruled import Setting
from transforms.documents.pdf.runs import Run

_RIVER = 0.3  # of an em: the least distance of columns
_FEWEST_LINES = 4  # of a column, to tell where its lines begin
_MOST = 0.8
_NEAR = 2.0  # points between beginnings that are the same
_INDENT = 2.2  # em by which a line of a name may be indented
_LIST = 4.5  # em by which a line of other cells may be, as lists are
_SIZES = 0.1
_LARGER = 1.2

Interval = tuple[float, float]


def column_edges(body: list[PrintedLine], head: list[PrintedLine]) -> tuple[list[float], int]:
    """The sides of the columns, and how many lines of the body are rows: the sides are the middles of the rivers that
    no text of the body crosses; the first line that leaves fewer columns than there are headings is none. Headings
    over no column have one of their own."""
    em = median_low([line.em for line in (*head, *body)])
    if heading_count(head[1:], em) > len(head[0].runs if head else []):
        head = head[1:]  # above them stand headings over several columns, or the first lines of some
    fewest = max(2, heading_count(head, em))
    intervals: list[Interval] = []
    count = 0
    for line in body:
        runs = [(run.box.left, run.box.right) for run in line.runs]
        wider = _with_heads(_united([*intervals, *runs], em), head, em)
        if len(wider) < fewest:
            break
        intervals, count = wider, count + 1
    intervals = _headed(intervals or _with_heads([], head, em), head)
    middles = [(left[1] + right[0]) / 2 for left, right in pairwise(intervals)]
    return [intervals[0][0], *middles, intervals[-1][1]], count


def heading_count(head: list[PrintedLine], em: float) -> int:
    """How many headings stand side by side on some lines."""
    return len(_united([(run.box.left, run.box.right) for line in head for run in line.runs], em))


def _with_heads(intervals: list[Interval], head: list[PrintedLine], em: float) -> list[Interval]:
    """The intervals with the headings: those that stand over more than one of them left out."""
    heads = [(run.box.left, run.box.right) for line in head for run in line.runs]
    narrow = [one for one in heads if sum(start < one[1] and one[0] < end for start, end in intervals) < 2]
    return _united([*intervals, *narrow], em)


def _headed(intervals: list[Interval], head: list[PrintedLine]) -> list[Interval]:
    """The intervals, those without heading put to the one on their left."""
    heads = [(run.box.left, run.box.right) for line in head for run in line.runs]
    headed: list[Interval] = []
    for start, end in intervals:
        has_head = any(left < end and start < right for left, right in heads)
        if headed and heads and not has_head:
            headed[-1] = headed[-1][0], end
        else:
            headed.append((start, end))
    return headed


def _united(intervals: list[Interval], em: float) -> list[Interval]:
    united: list[Interval] = []
    for start, end in sorted(intervals):
        if united and start - united[-1][1] < _RIVER * em:
            united[-1] = united[-1][0], max(united[-1][1], end)
        else:
            united.append((start, end))
    return united


def column_of(run: Run, edges: list[float]) -> int:
    """The column in which the middle of a run stands."""
    return min(max(bisect_right(edges, (run.box.left + run.box.right) / 2) - 1, 0), len(edges) - 2)


def spans(run: Run, edges: list[float]) -> bool:
    """Whether a run stands in two columns, or begins far left of them all."""
    slack = 0.5 * run.em
    is_over = any(run.box.left < edge - slack and run.box.right > edge + slack for edge in edges[1:-1])
    return is_over or run.box.left < edges[0] - 2 * run.em


def fits(line: PrintedLine, edges: list[float], setting: Setting) -> bool:
    """Whether a line is a row, or the rest of one, of a table with these edges and so set."""
    if any(spans(run, edges) for run in line.runs) or not is_set(line, edges, setting):
        return False
    columns = {column_of(run, edges) for run in line.runs}
    return len(columns) > 1 or columns != {0}


def names_row(line: PrintedLine, edges: list[float], setting: Setting) -> bool:
    """Whether a line may be the first of a row whose name is taller than its other cells."""
    is_within = len(line.runs) == 1 and not spans(line.runs[0], edges) and is_set(line, edges, setting)
    return is_within and column_of(line.runs[0], edges) == 0


def setting_of(lines: list[PrintedLine], edges: list[float]) -> Setting:
    """How the cells of the lines are set: the size of most, and where most lines of a column begin."""
    runs = [run for line in lines for run in line.runs]
    sizes = [run.em for run in runs if run.is_wide] or [run.em for run in runs]
    lefts: list[float | None] = []
    for column in range(len(edges) - 1):
        own = [run.box.left for run in runs if column_of(run, edges) == column]
        left = median_low(own) if own else 0.0
        near = sum(abs(one - left) < _NEAR for one in own)
        lefts.append(left if len(own) >= _FEWEST_LINES and near >= _MOST * len(own) else None)
    return Setting(median_low(sizes), tuple(lefts))


def is_set(line: PrintedLine, edges: list[float], setting: Setting) -> bool:
    """Whether a line is set like the others of its table: of the same size, and begun where its column begins."""
    if len(line.runs) > 1:
        return True
    run = line.runs[0]
    if run.is_wide and abs(run.em - setting.em) > _SIZES * setting.em:
        return False
    left = setting.lefts[column_of(run, edges)]
    return left is None or -_NEAR < run.box.left - left < (_INDENT if column_of(run, edges) == 0 else _LIST) * run.em


def is_larger(line: PrintedLine, setting: Setting) -> bool:
    """Whether a line is set in clearly larger characters than the rows of its table, as titles below it are."""
    sizes = [run.em for run in line.runs if run.is_wide]
    return bool(sizes) and min(sizes) > _LARGER * setting.em


def placed_in(run: Run, edges: list[float]) -> list[Placed]:
    """The run with its column, with each of its columns when it is a heading over several."""
    slack = 0.5 * run.em
    over = [
        at for at in range(len(edges) - 1) if run.box.left < edges[at + 1] - slack and edges[at] + slack < run.box.right
    ]
    return [(run, at) for at in over] if len(over) > 1 else [(run, column_of(run, edges))]
