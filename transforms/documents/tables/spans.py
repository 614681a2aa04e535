"""Cells with row and column spans -> a grid: a merged cell stands in each position that it covers.

Caps keep a hostile span from filling the memory; where cells come from and what they hold is their medium's affair.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

MOST_SPANNED = 100
"""Rows or columns that one cell may cover."""
MOST_CELLS = 200_000
"""Cells of one table beyond which spans are no longer honoured."""

T = TypeVar("T")


class Spanned(NamedTuple, Generic[T]):
    """A cell as its medium writes it: its content, and the rows and columns that it covers, itself included."""

    content: T
    down: int = 1
    across: int = 1


def grid_of(rows: Iterable[Sequence[Spanned[T]]]) -> list[list[T]]:
    """The rows with every merged cell in each of its positions. Rows are as long as they come; a row without a cell
    of its own is none, and a column in which no cell begins is none."""
    grid: list[list[T]] = []
    begins: set[int] = set()
    carried: dict[int, tuple[int, T]] = {}
    total = 0
    for cells in rows:
        if total > MOST_CELLS:
            cells, carried = [Spanned(cell.content) for cell in cells], {}
        row = _resolved(cells, carried, begins)
        total += len(row)
        if cells:
            grid.append(row)
    width = max(map(len, grid), default=0)
    if len(begins) == width:
        return grid
    return [[content for column, content in enumerate(row) if column in begins] for row in grid]


def _resolved(cells: Sequence[Spanned[T]], carried: dict[int, tuple[int, T]], begins: set[int]) -> list[T]:
    """The row with cells carried down from above put in; ``carried`` is updated for the rows below."""
    resolved: list[T] = []
    waiting = list(reversed(cells))
    while waiting or len(resolved) in carried:
        column = len(resolved)
        if column in carried:
            left, content = carried.pop(column)
            resolved.append(content)
            if left > 1:
                carried[column] = (left - 1, content)
            continue
        cell = waiting.pop()
        begins.add(column)
        for offset in range(min(cell.across, MOST_SPANNED)):
            if cell.down > 1:
                carried[column + offset] = (min(cell.down, MOST_SPANNED) - 1, cell.content)
            resolved.append(cell.content)
    return resolved
