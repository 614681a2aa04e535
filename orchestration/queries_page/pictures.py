"""Answers as pictures: a row of bars a row of the answer, drawn as the board draws its bars. No query belongs here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from warehouse.publication.board.cells import WAN, cell_of, scale_of, share
from warehouse.publication.board.markup import bar
from warehouse.publication.templating import template
from warehouse.tables.common import RATE_UNIT, YUAN_UNIT

_UNITS = {"yuan": YUAN_UNIT, "rate": RATE_UNIT, "count": None}
_BEHIND = {YUAN_UNIT: f" {WAN}"}
"""Unit -> what stands behind a value."""


class Picture(BaseModel):
    """Which columns of an answer name its rows, and which are bars: column -> what it is called, the darkest last."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    title: str = Field(min_length=1)
    labels: tuple[str, ...] = Field(min_length=1, strict=False)
    bars: Mapping[str, str] = Field(min_length=1, max_length=2)
    unit: str = Field(pattern="^(yuan|rate|count)$")


def picture_of(picture: Picture, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """The picture as SVG, its full bar the largest value of all (or 1 for rates); KeyError for an unknown column."""
    records = [dict(zip(columns, row, strict=True)) for row in rows]
    unit = _UNITS[picture.unit]
    scale = max(scale_of(records, name, unit) for name in picture.bars)
    shown = [
        {
            "label": " · ".join(str(record[name]) for name in picture.labels),
            "bars": [_bar(record[name], scale, unit) for name in picture.bars],
        }
        for record in records
    ]
    page = template(__package__, "", "picture.svg.j2")
    return page.render(picture=picture, rows=shown, legend=list(picture.bars.values()), colours=_colours(), bar=bar)


def _bar(value: object, scale: Decimal, unit: str | None) -> dict[str, Any]:
    length = share(value, scale) if isinstance(value, Decimal | int) else "0%"
    return {"length": length, "text": cell_of("value", value, unit).text + _BEHIND.get(unit or "", "")}


@cache
def _colours() -> Mapping[str, str]:
    """The colours that the style of the board names."""
    style = files("warehouse.publication.board").joinpath("board.css").read_text("utf-8")
    return dict(re.findall(r"--(\w+): (#\w+);", style))
