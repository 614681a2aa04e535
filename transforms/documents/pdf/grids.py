"""Ruled tables of pages as grids. The last table of a page and the first of the next share their columns where their
outer sides agree, so that a table which a page parts is as wide on each page, whatever cells are merged there.

What a table holds was found before; forms are read from the grids by the facts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from transforms.documents.model import Cell, Grid, Place
from transforms.documents.pdf.ruled import LEAST_LEVELS, PageTable, Slot
from transforms.language.text import normalise

_NEAR = 3.0
"""Points within which the outer sides of two tables are the same."""
_SAME = 2.5
"""Points within which two sides of columns are the same."""


class Placed(NamedTuple):
    """A ruled table, its page, and the number of its first line."""

    table: PageTable
    page: int
    first: int


def grids_of(tables: list[Placed]) -> list[Grid]:
    """A grid a table, in their order; cells are placed in the columns of their own page."""
    grids: list[Grid] = []
    for chain in _chains(tables):
        edges = _union([edge for placed in chain for edge in placed.table.edges])
        for placed in chain:
            grids.append(_grid(placed, _columns(placed.table.edges, edges), len(grids) + 1))
    return grids


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


def _columns(own: list[float], shared: list[float]) -> list[int]:
    """For each shared column the table's own column in which it lies."""
    begins = [bisect_right(shared, edge) - 1 for edge in own]
    return [min(max(bisect_right(begins, at) - 1, 0), len(own) - 2) for at in range(len(shared) - 1)]


def _grid(placed: Placed, columns: list[int], number: int) -> Grid:
    cells: dict[int, Cell] = {}

    def cell(slot: Slot) -> Cell:
        if id(slot) not in cells:
            place = Place(placed.page, placed.first + slot.row, number, slot.row + 1, slot.column + 1)
            cells[id(slot)] = Cell(slot.text, normalise(slot.text), place)
        return cells[id(slot)]

    rows = [[cell(row[column]) for column in columns] for row in placed.table.rows]
    return Grid(number, rows, Place(placed.page, placed.first, number))
