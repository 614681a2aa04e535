"""Tables by their rules: the places between connected rules, those with no rule between them one cell.

Tables without rules, or with some only, belong to columns.py.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.documents.pdf.frame import Box
from transforms.documents.pdf.printed import PrintedLine, cell_text, printed_lines
from transforms.documents.pdf.rules import TOUCH, Rule, Ruling
from transforms.documents.pdf.runs import Run

_COVERED = 0.6  # of a place's side, from which a rule parts it from its neighbour
LEAST_LEVELS = 5.0  # points between two levels
_MOST_PLACES = 40_000


@dataclass(slots=True, eq=False)
class Slot:
    """A cell of a table on a page; ``row`` and ``column`` are where it begins, ``lines`` what it is printed in."""

    row: int
    column: int
    text: str = ""
    lines: list[PrintedLine] = field(default_factory=list)


class Setting(NamedTuple):
    """How the cells of a table are set: the size of its characters; for each column where its lines begin, None where
    that varies; the gap between the lines of a cell, None where each has one only."""

    em: float
    lefts: tuple[float | None, ...]
    line_gap: float | None = None


@dataclass(slots=True)
class PageTable:
    """A table as it stands on one page. ``edges``: the x of its columns' sides, one more than columns; ``rows``: all
    equally long, a merged cell in each of its positions. ``is_ruled``: rules on the page say so; ``setting``: of one
    that rules do not; ``inner``: ruled tables within its cells, whose text the cells have too."""

    box: Box
    edges: list[float]
    rows: list[list[Slot]]
    is_ruled: bool = True
    setting: Setting | None = None
    inner: list[PageTable] = field(default_factory=list)


class _Places:
    """The places between the rules of a table: which of them hang together."""

    def __init__(self, ruling: Ruling) -> None:
        box = ruling.box
        self.xs = _levels([rule.at for rule in ruling.vertical], box.left, box.right)
        self.ys = _levels([rule.at for rule in ruling.horizontal], box.top, box.bottom)
        self.width, self.height = len(self.xs) - 1, len(self.ys) - 1
        self.parents = list(range(max(self.width * self.height, 0)))

    def settle(self, ruling: Ruling) -> None:
        """Puts the places together that no rule parts."""
        beside = _parted(ruling.vertical, self.xs, self.ys)
        below = _parted(ruling.horizontal, self.ys, self.xs)
        for row in range(self.height):
            for column in range(self.width):
                at = row * self.width + column
                if column + 1 < self.width and (column + 1, row) not in beside:
                    self.parents[self.root(at)] = self.root(at + 1)
                if row + 1 < self.height and (row + 1, column) not in below:
                    self.parents[self.root(at)] = self.root(at + self.width)

    def root(self, at: int) -> int:
        """The place that stands for all that hang together with ``at``."""
        parents = self.parents
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    def at(self, x: float, y: float) -> int:
        """The cell in which a point of the table lies."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), self.width - 1)
        row = min(max(bisect_right(self.ys, y) - 1, 0), self.height - 1)
        return self.root(row * self.width + column)


def ruled_table(ruling: Ruling, runs: list[Run]) -> PageTable | None:
    """The table that the rules and the runs within them make up; None for a mere frame or a drawing."""
    places = _Places(ruling)
    if places.width < 2 or places.height < 1 or places.width * places.height > _MOST_PLACES:
        return None
    places.settle(ruling)
    contents = _contents(places, runs)
    slots: dict[int, Slot] = {}
    rows = [[_slot(places, row, column, slots) for column in range(places.width)] for row in range(places.height)]
    if len(slots) < 2:
        return None
    lines = {root: printed_lines(found) for root, found in contents.items()}
    reach = _reach(places, rows, slots, lines)
    for root, found in lines.items():
        slots[root].text = cell_text(found, reach[id(slots[root])])
        slots[root].lines = found
    return PageTable(ruling.box, places.xs, rows)


def _levels(levels: Iterable[float], first: float, last: float) -> list[float]:
    """The levels that lie apart, the outermost ones among them: rules that run on beyond the last upright are open
    sides, and the uprights of a row cut by a page end below its last line."""
    found: list[float] = [first]
    for level in sorted(levels):
        if level - found[-1] > LEAST_LEVELS and last - level > LEAST_LEVELS:
            found.append(level)
    return [*found, last] if last - found[-1] > LEAST_LEVELS else found


def _parted(rules: list[Rule], across: list[float], along: list[float]) -> set[tuple[int, int]]:
    """(level, place): the places along a level that a rule parts from those before it."""
    parted: set[tuple[int, int]] = set()
    for rule in rules:
        level = min(range(len(across)), key=lambda at: abs(across[at] - rule.at))
        if abs(across[level] - rule.at) > LEAST_LEVELS:
            continue
        first = max(bisect_right(along, rule.start + TOUCH) - 1, 0)
        for place in range(first, len(along) - 1):
            if along[place] >= rule.end:
                break
            covered = min(along[place + 1], rule.end) - max(along[place], rule.start)
            if covered >= _COVERED * (along[place + 1] - along[place]):
                parted.add((level, place))
    return parted


def _contents(places: _Places, runs: list[Run]) -> dict[int, list[Run]]:
    """The runs of each cell; a run over several cells is cut at the rules between them."""
    contents: dict[int, list[Run]] = {}
    waiting = list(reversed(runs))
    while waiting:
        run = waiting.pop()
        middle = run.box.middle
        first = places.at(run.lefts[0] + 1, middle)
        if len(run.lefts) > 1 and places.at(run.lefts[-1] + 1, middle) != first:
            column = bisect_right(places.xs, run.lefts[0] + 1)
            while column < places.width and places.at(places.xs[column] + 1, middle) == first:
                column += 1
            pieces = run.cut(places.xs[min(column, places.width)] - 1)
            if pieces is not None:
                contents.setdefault(first, []).append(pieces[0])
                waiting.append(pieces[1])
                continue
        contents.setdefault(first, []).append(run)
    return contents


def _slot(places: _Places, row: int, column: int, slots: dict[int, Slot]) -> Slot:
    root = places.root(row * places.width + column)
    if root not in slots:
        slots[root] = Slot(row, column)
    return slots[root]


def _reach(
    places: _Places, rows: list[list[Slot]], slots: dict[int, Slot], lines: dict[int, list[PrintedLine]]
) -> dict[int, float]:
    """How far text reaches in the columns in which each cell ends, by the identity of its slot."""
    last = {id(slot): column for row in rows for column, slot in enumerate(row)}
    furthest = [0.0] * places.width
    for root, found in lines.items():
        column = last[id(slots[root])]
        furthest[column] = max(furthest[column], *(line.box.right for line in found))
    return {slot: furthest[column] for slot, column in last.items()}
