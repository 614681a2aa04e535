"""Ruled tables of pages as grids. The last table of a page and the first of the next share their columns where their
outer sides agree, so that a table which a page parts is as wide on each page, whatever cells are merged there.

What a table holds was found before; forms are read from the grids by the facts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from transforms.documents.model import Cell, Grid, Place
from transforms.documents.pdf.cut_rows import rests
from transforms.documents.pdf.printed import cell_text
from transforms.documents.pdf.ruled import LEAST_LEVELS, PageTable, Slot
from transforms.language.text import normalise

_NEAR = 3.0
"""Points within which the outer sides of two tables are the same."""
_HEADINGS = 4
"""Rows on top of a page that may be headings printed again."""
_SAME = 2.5
"""Points within which two sides of columns are the same."""


class Placed(NamedTuple):
    """A ruled table, its page, and the number of its first line."""

    table: PageTable
    page: int
    first: int


def grids_of(tables: list[Placed]) -> list[Grid]:
    """A grid a table, in their order; cells are placed in the columns of their own page, those that a page cuts where
    they begin."""
    grids: list[Grid] = []
    for chain in _chains(tables):
        edges = _union([edge for placed in chain for edge in placed.table.edges])
        seams = _seams(chain)
        cells: dict[int, Cell] = {}
        for placed in chain:
            columns = _columns(placed.table.edges, edges)
            grids.append(_grid(placed, columns, len(grids) + 1, seams, cells))
    return [grid for grid in grids if grid.rows]


class _Seams(NamedTuple):
    """What pages cut. ``begun``: the slot that goes on in a slot; ``rests``: those in which one goes on, by identity;
    ``rows``: the rows that are nothing but rests."""

    begun: dict[int, Slot]
    rests: dict[int, list[Slot]]
    rows: set[int]


def _seams(chain: list[Placed]) -> _Seams:
    seams = _Seams({}, {}, set())
    for above, below in pairwise(chain):
        known = {_texts(row) for row in above.table.rows}
        row = next((row for row in below.table.rows[:_HEADINGS] if _texts(row) not in known), None)
        pairs = rests(above.table, below.table, row) if row is not None else []
        for slot, rest in pairs:
            first = seams.begun.get(id(slot), slot)
            seams.begun[id(rest)] = first
            seams.rests.setdefault(id(first), []).append(rest)
        seams.rows.update({id(row)} if pairs else ())
    return seams


def _texts(row: list[Slot]) -> tuple[str, ...]:
    return tuple(slot.text for slot in row)


def _chains(tables: list[Placed]) -> Iterator[list[Placed]]:
    chain: list[Placed] = []
    for placed in tables:
        if chain and not _may_go_on(chain[-1], placed):
            yield chain
            chain = []
        chain.append(placed)
    if chain:
        yield chain


def _may_go_on(above: Placed, below: Placed) -> bool:
    """Whether two tables begin and end at the same sides, the second on the next page."""
    sides = (above.table.edges, below.table.edges)
    return below.page == above.page + 1 and all(abs(sides[0][at] - sides[1][at]) <= _NEAR for at in (0, -1))


def _union(edges: list[float]) -> list[float]:
    """Where the sides of all tables begin; sides near each other are one, two sides of one table never."""
    starts: list[float] = []
    before = 0.0
    for edge in sorted(edges):
        if not starts or edge - before > _SAME or edge - starts[-1] >= LEAST_LEVELS:
            starts.append(edge)
        before = edge
    return starts


def widened(table: PageTable, above: PageTable) -> PageTable:
    """A table that goes on from the one on the page before, with that one's columns where it has fewer because its
    cells there are merged: 合计 over number and name."""
    if not (table.is_ruled and above.is_ruled) or len(table.edges) >= len(above.edges):
        return table
    strays = [edge for edge in table.edges if min(abs(edge - other) for other in above.edges) > _NEAR]
    if strays or any(abs(table.edges[at] - above.edges[at]) > _NEAR for at in (0, -1)):
        return table
    columns = _columns([edge + _NEAR for edge in table.edges], above.edges)
    return replace(table, edges=above.edges, rows=[[row[column] for column in columns] for row in table.rows])


def _columns(own: list[float], shared: list[float]) -> list[int]:
    """For each shared column the table's own column in which it lies."""
    begins = [bisect_right(shared, edge) - 1 for edge in own]
    return [min(max(bisect_right(begins, at) - 1, 0), len(own) - 2) for at in range(len(shared) - 1)]


def _grid(placed: Placed, columns: list[int], number: int, seams: _Seams, cells: dict[int, Cell]) -> Grid:
    """The grid of a table; ``cells``: those of the tables above that go on in it, by their slots, which grow."""

    def cell(slot: Slot) -> Cell:
        first = seams.begun.get(id(slot), slot)
        if id(first) not in cells:
            place = Place(placed.page, placed.first + slot.row, number, slot.row + 1, slot.column + 1)
            text = _whole(first, seams.rests.get(id(first), []))
            cells[id(first)] = Cell(text, normalise(text), place)
        return cells[id(first)]

    rows = [[cell(row[column]) for column in columns] for row in placed.table.rows if id(row) not in seams.rows]
    return Grid(number, rows, Place(placed.page, placed.first, number))


def _whole(slot: Slot, rest: list[Slot]) -> str:
    if not rest:
        return slot.text
    lines = [line for one in (slot, *rest) for line in one.lines]
    return cell_text(lines, max(line.box.right for line in lines))
