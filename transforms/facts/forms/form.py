"""A form as read: what its fields, funds, goals and indicators say, cell by cell.

Reading it row by row belongs to reading.py; rows of facts to write.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from transforms.documents.model import Cell
from transforms.facts.forms.funding import Funds
from transforms.facts.forms.indicators import Block
from transforms.facts.forms.regions import Region
from transforms.facts.forms.said import Said
from transforms.facts.forms.tasks import Task


@dataclass(slots=True)
class Form:
    """A form as read. ``fields``: field -> its values;
    ``leading``: the rows of a single text above the first field (title, year, unit); ``headings``: cells that head
    funds without naming a known source; ``columns``: headings of columns that no lexicon entry explains;
    ``execution_weight``: the points that the heading of the funds gives the execution of the budget."""

    region: Region
    fields: dict[str, list[Said]] = field(default_factory=dict)
    leading: list[Cell] = field(default_factory=list)
    funds: list[Funds] = field(default_factory=list)
    goals: dict[str, list[Cell]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    headings: list[Cell] = field(default_factory=list)
    columns: list[Cell] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    execution_weight: tuple[Decimal, Cell] | None = None
    unit: str | None = None

    @property
    def total(self) -> Funds:
        """The line of all funds; without one that of a sum, else an empty one."""
        lines = (funds for source in ("total", "subtotal") for funds in self.funds if funds.source == source)
        return next(lines, Funds("total", ""))

    def value(self, name: str) -> Said | None:
        """The first value of a field."""
        return next(iter(self.fields.get(name, ())), None)
