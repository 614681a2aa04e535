"""Rows of a table that neither rules nor gaps part: told by where their figures and names stand among the lines.

In each row cells are set to the top or to the middle alike; the way that fits a table's lines better is taken. Rows
that gaps or rules part belong to bands.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from transforms.documents.pdf.printed import PrintedLine, has_room, printed_lines
from transforms.documents.pdf.runs import Run
from transforms.documents.tables.cells import is_number
from transforms.language.text import normalise

Placed = tuple[Run, int]
_MOST_LEVELS = 400
_MOST_BETWEEN = 40  # lines between the figures of two rows
_SAME_LEVEL = 0.3  # of an em
_NEAR_LEVELS = 4
_NEAR = 1.4  # of the distance of lines: a line right above is no further
_WRAPPED = 0.6  # cost of a row that begins amid a wrapped text
_WRAPPED_NAME = 2.0  # amid a wrapped name
_ENDED = 0.3  # cost of a line that ends in the midst of a cell although the next word had room
_LEADING = 2.0  # cost of lines before the first row: the rest of one that the page before cut
_MOST_COST = 1.0  # an em by which cells of a row stand out of line
_FIGURES = 0.5  # of a column's lines, from which on it holds figures
_BROKEN = re.compile(r"[-+]?\d[\d, ]*(?:\.\d*\n\d+|\n\d*[\d,]*(?:\.\d+)?)%?")
_MARKS = "。；;！!？?：:"


@dataclass(slots=True)
class _Level:
    """What stands on one line of the table: its middle, and the line of each column."""

    middle: float
    lines: dict[int, PrintedLine]


class _Stack:
    """The lines of a table: ``levels`` from the top down, ``figures`` the columns of figures, ``key`` the column of
    names, ``reach`` how far text reaches in each column; ``is_even``: each line fills all columns, so that nothing
    shows a cell of several lines."""

    def __init__(self, placed: list[Placed]) -> None:
        columns: dict[int, list[Run]] = {}
        for run, column in placed:
            columns.setdefault(column, []).append(run)
        lines = {column: printed_lines(runs) for column, runs in columns.items()}
        self.em = median(run.em for run, _ in placed)
        self.reach = {column: max(line.box.right for line in own) for column, own in lines.items()}
        self.figures = {column for column, own in lines.items() if _are_figures(own)}
        texts = sorted(set(lines) - self.figures)
        is_serial = len(texts) > 1 and all(len(line.text) <= 3 for line in lines[texts[0]])
        self.key = texts[is_serial] if texts else None
        self.levels = self._levels(lines)
        self.is_even = all(len(level.lines) == len(lines) for level in self.levels)
        pitches = [below.box.middle - above.box.middle for own in lines.values() for above, below in pairwise(own)]
        self.pitch = min((pitch for pitch in pitches if pitch > _SAME_LEVEL * self.em), default=self.em)

    def _levels(self, lines: dict[int, list[PrintedLine]]) -> list[_Level]:
        levels: list[_Level] = []
        for line, column in sorted(((line, at) for at in lines for line in lines[at]), key=_middle):
            if levels and line.box.middle - levels[-1].middle <= _SAME_LEVEL * self.em:
                levels[-1].lines.setdefault(column, line)
            else:
                levels.append(_Level(line.box.middle, {column: line}))
        return levels

    def seats(self, is_top: bool) -> list[int]:
        """The levels on which rows have their figures: of all columns in rows set to the top, of the one that has most
        in those set to the middle; without columns of figures those on which names begin."""
        if not self.figures:
            return [at for at in range(len(self.levels)) if self.is_even or self._begins_name(at)] if is_top else []
        seats = {column: self._seats_of(column) for column in sorted(self.figures)}
        return sorted(set().union(*seats.values())) if is_top else max(seats.values(), key=len)

    def begins_after_gap(self, at: int) -> bool:
        """Whether a name begins on a level below one without."""
        return self.key in self.levels[at].lines and at > 0 and self.key not in self.levels[at - 1].lines

    def _seats_of(self, column: int) -> list[int]:
        """The levels on which figures of a column begin; lines that only end one wider than the column are none."""
        seats = []
        for at, level in enumerate(self.levels):
            line = level.lines.get(column)
            if line is not None and is_number(normalise(line.text)) and not self._is_cut(at, column):
                seats.append(at)
        return seats

    def _above(self, at: int, column: int) -> PrintedLine | None:
        """The line right above in the same column."""
        middle = self.levels[at].middle
        for level in reversed(self.levels[max(at - _NEAR_LEVELS, 0) : at]):
            if column in level.lines:
                return level.lines[column] if middle - level.middle <= _NEAR * self.pitch else None
        return None

    def _is_cut(self, at: int, column: int) -> bool:
        """Whether a figure is the rest of the one right above, which was wider than the column."""
        line, above = self.levels[at].lines[column], self._above(at, column)
        if above is None or _BROKEN.fullmatch(f"{normalise(above.text)}\n{normalise(line.text)}") is None:
            return False
        return normalise(above.text)[-1] in ".," or not self._begins_name(at)

    def _begins_name(self, at: int) -> bool:
        """Whether a name begins on a level: none stands right above, or one whose line had room for more."""
        if self.key is None or self.key not in self.levels[at].lines:
            return False
        above = self._above(at, self.key)
        return above is None or has_room(above, self.levels[at].lines[self.key], self.reach[self.key])

    def cost(self, start: int, stop: int, seat: int, is_top: bool) -> float:
        """How far the cells of a row from ``start`` to ``stop`` stand out of line with its figures, in ems."""
        places: dict[int, list[float]] = {}
        for level in self.levels[start:stop]:
            for column in level.lines:
                places.setdefault(column, []).append(level.middle)
        if self.key is not None and self.key not in places:
            return 2 * _MOST_COST
        seated = self.levels[seat].middle
        offsets = (abs((own[0] if is_top else (own[0] + own[-1]) / 2) - seated) for own in places.values())
        ended = sum(self._seams(range(start + 1, stop), is_row=True))
        return sum(offsets) / (len(places) * self.em) + ended

    def broken(self, at: int) -> float:
        """The cost of a row that begins at a level; none at the end."""
        if self.is_even and not self.figures:
            return 0.0
        return sum(self._seams(range(at, min(at + 1, len(self.levels))), is_row=False))

    def _seams(self, levels: range, is_row: bool) -> Iterator[float]:
        """For each text that goes on from one level to the next: what is odd about that within a row, or between."""
        for at in levels:
            for column, line in self.levels[at].lines.items():
                above = self._above(at, column)
                if above is None or column in self.figures:
                    continue
                is_wrapped = not has_room(above, line, self.reach[column])
                if is_row and not is_wrapped and above.text[-1] not in _MARKS:
                    yield _ENDED
                if not is_row and is_wrapped:
                    yield _WRAPPED_NAME if column == self.key else _WRAPPED


def stacked_rows(placed: list[Placed]) -> list[list[Placed]] | None:
    """The runs row by row; None where the table does not show them."""
    stack = _Stack(placed)
    if len(stack.levels) > _MOST_LEVELS:
        return None
    found = [
        fit(stack, seats)
        for fit, seats in ((_topped, stack.seats(is_top=True)), (_centred, stack.seats(is_top=False)))
        if len(seats) > 1 and all(below - above <= _MOST_BETWEEN for above, below in pairwise(seats))
    ]
    if not found:
        return None
    cost, starts = min(found)
    if cost > _MOST_COST or len(starts) < 2:
        return None
    middles = [stack.levels[at].middle - _SAME_LEVEL * stack.em for at in starts]
    rows: list[list[Placed]] = [[] for _ in starts]
    for one in placed:
        rows[max(sum(middle <= one[0].box.middle for middle in middles) - 1, 0)].append(one)
    return [row for row in rows if row]


def _topped(stack: _Stack, seats: list[int]) -> tuple[float, list[int]]:
    """The cost of a row where they are set to the top, and the levels at which they begin."""
    ends = [*seats[1:], len(stack.levels)]
    cost = sum(stack.cost(seat, end, seat, is_top=True) for seat, end in zip(seats, ends, strict=True))
    cost += sum(stack.broken(seat) for seat in seats if seat)
    bare = [at for at in range(seats[0], len(stack.levels)) if at not in seats and stack.begins_after_gap(at)]
    return cost / len(seats), sorted({0, *seats, *bare})


def _centred(stack: _Stack, seats: list[int]) -> tuple[float, list[int]]:
    """The same for rows set to the middle: the cheapest levels between their figures."""
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    best |= {start: (_LEADING + stack.broken(start), [0, start]) for start in range(1, seats[0] + 1)}
    for seat, following in zip(seats, [*seats[1:], None], strict=True):
        ends = [len(stack.levels)] if following is None else range(seat + 1, following + 1)
        best = {
            end: min(
                (cost + stack.cost(starts[-1], end, seat, is_top=False) + stack.broken(end), [*starts, end])
                for cost, starts in best.values()
            )
            for end in ends
        }
    ((cost, starts),) = best.values()
    return cost / len(seats), starts[:-1]


def _middle(one: tuple[PrintedLine, int]) -> tuple[float, int]:
    return one[0].box.middle, one[1]


def _are_figures(lines: list[PrintedLine]) -> bool:
    return sum(is_number(normalise(line.text)) for line in lines) >= _FIGURES * len(lines)
