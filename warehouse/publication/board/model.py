"""What a page of the board is made of: grids of cells that are text already, and charts. No query, no markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Cell(NamedTuple):
    """One cell. ``exact`` is the value that stands in the release, where the text is rounded or is to be sorted by;
    ``bar`` the length of its bar in percent; ``tone`` one of good, warn, bad, none, when; ``note`` a second line."""

    text: str
    is_number: bool = False
    exact: str | None = None
    href: str | None = None
    bar: str | None = None
    tone: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a column; ``hint`` is the dictionary's warning."""

    title: str
    unit: str | None = None
    is_number: bool = False
    hint: str | None = None


class Row(NamedTuple):
    """One row; the first cell is its heading. ``anchor`` is what links lead to."""

    cells: tuple[Cell, ...]
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its caption. ``total`` counts the rows there are, of which ``rows`` may be only the first;
    ``group`` is what tells it from like grids of its page; ``rest`` how to see the rows left out."""

    anchor: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    total: int
    source: str | None = None
    note: str | None = None
    group: str | None = None
    rest: str | None = None

    @property
    def is_cut(self) -> bool:
        """Whether rows were left out."""
        return self.total > len(self.rows)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: what the library is to draw (``figure``, JSON of its own grammar), ``height`` in pixels as far as it can
    be told before, ``legend`` with names and colours, and the table of the same numbers."""

    anchor: str
    title: str
    words: str
    figure: Mapping[str, Any]
    height: int
    legend: tuple[tuple[str, str], ...]
    table: Grid
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A headline figure that leads to its rows."""

    title: str
    text: str
    href: str
    note: str = ""
    tone: str | None = None
    exact: str | None = None
