"""What the parts of a chart are called, in which order they stand and which colours they have. No drawing belongs here.

The colours differ in lightness from one to the next, so that they can be told apart without colour, on paper too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from warehouse.publication.board.material import Material
from warehouse.publication.board.specs import ChartSpec
from warehouse.publication.words import WORDS_OF
from warehouse.registry import quote_name

UNNAMED = "未归类"
"""A label or part without a name."""
_KINDS = (
    "#1f4e8c", "#f0a63a", "#1b7f5c", "#c9b6e4", "#8c2d5a", "#7fc4d8",
    "#a0522d", "#c5d86d", "#4b4f96", "#f2b8b5", "#5f6f1f",
)  # fmt: skip
_PAIR = ("#9db8d6", "#12355f")
_YEARS = ("#12355f", "#3f7cba", "#8db6df", "#c3d6e8")
_LEVELS = ("#b3261e", "#e0a100", "#5b6f8a")
_REST = "#b7bfc9"
_OTHERS, _EARLIER = "其余", "更早"


class Part(NamedTuple):
    """A part: its name and its colour."""

    name: str
    colour: str

    @property
    def is_dark(self) -> bool:
        """Whether white is read better on it than black."""
        red, green, blue = (int(self.colour[i : i + 2], 16) for i in (1, 3, 5))
        return red * 299 + green * 587 + blue * 114 < 140_000


def parts_of(spec: ChartSpec, material: Material, source: str, present: Set[str]) -> Mapping[str, Part]:
    """Value of the part, or name of the column -> what it is in the chart, of those that are ``present``, in order.

    A part has the same colour wherever the view is shown. Parts for which there is no colour are one part, save for
    dots, which cannot be added up: there they are left out.
    """
    named, colours, rest = _named(spec, material, source)
    known = {value: Part(name, colour) for (value, name), colour in zip(named.items(), colours, strict=False)}
    others = () if spec.shape == "dots" else sorted(present - known.keys())
    return {value: part for value, part in known.items() if value in present} | dict.fromkeys(others, Part(rest, _REST))


def _named(spec: ChartSpec, material: Material, source: str) -> tuple[Mapping[str, str], Sequence[str], str]:
    """The values of the part with their names in order, the colours for the first of them, and what the rest is."""
    if spec.parts:
        titles = {name: spec.names.get(name, spec.source.column(name).title) for name in spec.parts}
        return titles, _PAIR if len(titles) == len(_PAIR) else _KINDS, _OTHERS
    part = spec.part or ""
    if part in WORDS_OF:
        return WORDS_OF[part], _LEVELS if part == "level" else _KINDS, _OTHERS
    known = _totals(spec, material, source)
    if part == "fiscal_year":
        return {year: f"{year} 年" for year in sorted(known, reverse=True)}, _YEARS, _EARLIER
    order = sorted(known, key=lambda name: (-known[name], name))
    return {name: name for name in order}, _KINDS, _OTHERS if len(order) > len(_KINDS) else UNNAMED


def _totals(spec: ChartSpec, material: Material, source: str) -> dict[str, Decimal]:
    """Values of the part that have a name, with their sums over all rows."""
    part, value = quote_name(spec.part or ""), quote_name(spec.value or "")
    totals = material.ask(f"SELECT {part} AS part, sum({value}) AS total FROM {source} GROUP BY part")
    known = {str(row["part"]): Decimal(str(row["total"] or 0)) for row in totals if row["part"] is not None}
    return {part: total for part, total in known.items() if part != UNNAMED}
