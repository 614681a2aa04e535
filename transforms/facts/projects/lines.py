"""A data row of a project table as read, and sums of rows: what the modules about rows share.

Which rows are projects, totals or categories is told by rows.py and categories.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from transforms.documents.model import Cell, TableRow
from transforms.facts.amounts import NO_MONEY, Money
from transforms.facts.wording import one_line

NOTHING = re.compile(r"(?:[-—―_/\\*.·…]+|无|暂无|N/?A)?", re.IGNORECASE)
"""A cell that says that there is nothing to say."""


@dataclass(slots=True)
class Budget:
    """The budget cell taken: its position, the role of its column, its amount."""

    position: int | None
    role: str
    money: Money


NO_BUDGET = Budget(None, "unspecified", NO_MONEY)


@dataclass(slots=True)
class Line:
    """A data row as read. ``name`` is as printed, without its serial number; texts are None when empty."""

    row: TableRow
    serial: str
    name: str
    is_part: bool
    budget: Budget
    spent: Money
    goal: str | None
    completion: str | None

    @property
    def has_amount(self) -> bool:
        """Whether any amount could be read."""
        return self.budget.money.value is not None or self.spent.value is not None


def cell_at(row: TableRow, position: int | None) -> Cell | None:
    """The cell of a row in a column, None where the row is too short or there is no such column."""
    return row.cells[position] if position is not None and position < len(row.cells) else None


def text_at(row: TableRow, position: int | None) -> str | None:
    """The printed text of a cell on one line, None without the column, "" when empty."""
    if position is None:
        return None
    cell = cell_at(row, position)
    return one_line(cell.raw) if cell else ""


def is_sum(total: Money, parts: Sequence[Money]) -> bool:
    """Whether an amount is the sum of others, to their printed precision; no amount is that of none."""
    if total.value is None or total.quantum is None:
        return all(part.value is None for part in parts)
    known = [part for part in parts if part.value is not None]
    tolerance = max([total.quantum, *(part.quantum or Decimal(0) for part in known)]) / 2 * (len(known) + 1)
    return bool(known) and abs(sum((part.value or Decimal(0) for part in known), Decimal(0)) - total.value) <= tolerance
