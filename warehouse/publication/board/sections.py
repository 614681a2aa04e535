"""The pages of the board as data (``sections.toml``), and tables that are rows of one view as they come."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import groupby

from pydantic import BaseModel, ConfigDict, Field

from warehouse.desk import Row as Record
from warehouse.publication.board.cells import cell_of, head_of, scale_of, share
from warehouse.publication.board.material import Material
from warehouse.publication.board.model import Cell, Grid, Row
from warehouse.registry import quote_name
from warehouse.views import View, views

_HIDDEN = ("department_id", "fiscal_year", "project_spending_key")
"""Columns that links are made of, asked for where the view has them."""
_LINKED = ("short_name", "canonical_name")
_ONLY_GROUP = "全部"


class TableSpec(BaseModel):
    """A table of a page: columns of a view; ``distinct`` where rows repeat what the columns say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    view: str
    columns: tuple[str, ...] = Field(min_length=1)
    order: str
    by: str | None = None
    where: str = "true"
    distinct: bool = False
    title: str | None = None
    bars: tuple[str, ...] = ()
    most: int = Field(200, ge=1)


class PageSpec(BaseModel):
    """A page of the board; ``name`` is its file and, where it shows more than ``tables``, its template."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z]+$")
    title: str
    lead: str
    tables: tuple[TableSpec, ...] = ()


class _Pages(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    page: tuple[PageSpec, ...]


@cache
def pages() -> tuple[PageSpec, ...]:
    """Every page but the first, in the order of the menu; ValidationError when the file is wrong."""
    text = files(__package__).joinpath("sections.toml").read_text("utf-8")
    return _Pages.model_validate(tomllib.loads(text)).page


def grids_of(spec: TableSpec, material: Material) -> list[Grid]:
    """The table of a view, a grid a value of ``by``."""
    view = next(each for each in views() if each.qualified_name == spec.view)
    records = material.ask(_query(spec, material.columns[view.name]))
    by = spec.by
    groups = groupby(records, key=lambda record: record[by]) if by else [(_ONLY_GROUP, iter(records))]
    return [_grid(spec, view, value, list(group), material) for value, group in groups]


def _query(spec: TableSpec, known: frozenset[str]) -> str:
    """SQL of the rows shown, each with the number of rows in its group."""
    wanted = [*spec.columns, *(name for name in _HIDDEN if name in known and not spec.distinct)]
    columns = ", ".join(quote_name(name) for name in dict.fromkeys(wanted))
    group = f"PARTITION BY {quote_name(spec.by)}" if spec.by else ""
    order = f"{quote_name(spec.by)} DESC, {spec.order}" if spec.by else spec.order
    source = f"SELECT {'DISTINCT' if spec.distinct else ''} {columns} FROM {quote_name(spec.view)} WHERE {spec.where}"
    if not spec.distinct:
        source = f"SELECT * FROM {quote_name(spec.view)} WHERE {spec.where}"
    return (
        f"SELECT {columns}, count(*) OVER ({group}) AS total_rows FROM ({source})"
        f" QUALIFY row_number() OVER ({group} ORDER BY {spec.order}) <= {spec.most} ORDER BY {order}"
    )


def _grid(spec: TableSpec, view: View, value: object, records: list[Record], material: Material) -> Grid:
    described = [view.column(name) for name in spec.columns]
    scales = {name: scale_of(records, name, view.column(name).unit) for name in spec.bars}
    rows = [_row(spec, view, record, scales, material) for record in records]
    heads = [
        head_of(column, is_number=any(row.cells[i].is_number for row in rows)) for i, column in enumerate(described)
    ]
    total = records[0]["total_rows"] if records else 0
    return Grid(
        anchor=f"y{value}" if spec.by else spec.view.rpartition(".")[2],
        title=f"{spec.title or view.title}" + (f"（{value} 年）" if spec.by else ""),
        group=f"{value} 年" if spec.by else None,
        heads=tuple(heads),
        rows=tuple(rows),
        total=int(str(total)),
        source=spec.view,
        note=view.warning,
    )


def _row(spec: TableSpec, view: View, record: Record, scales: Mapping[str, Decimal], material: Material) -> Row:
    return Row(tuple(_cells(spec, view, record, scales, material)))


def _cells(
    spec: TableSpec, view: View, record: Record, scales: Mapping[str, Decimal], material: Material
) -> Iterator[Cell]:
    for name in spec.columns:
        value = record[name]
        cell = cell_of(name, value, view.column(name).unit)
        if name in scales and isinstance(value, Decimal | int):
            cell = replace(cell, bar=share(value, scales[name]))
        if name in _LINKED:
            cell = replace(cell, href=material.place_of(record, is_project=name == "canonical_name"))
        yield cell
