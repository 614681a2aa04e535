"""How figures are printed: name, value, unit."""

from __future__ import annotations

from typing import NamedTuple

from rich.console import Console
from rich.table import Table


class Figure(NamedTuple):
    """One measured figure."""

    name: str
    value: float
    unit: str


def show(title: str, figures: list[Figure]) -> None:
    """Prints the figures as a table."""
    table = Table("figure", "value", "unit", title=title, title_justify="left", show_edge=False)
    for figure in figures:
        table.add_row(figure.name, f"{figure.value:,.2f}", figure.unit)
    Console(width=110).print(table)
