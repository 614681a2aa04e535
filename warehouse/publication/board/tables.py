"""Tables that are rows of one view as they come: the spec of a table -> its grids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from warehouse.desk import Row as Record
from warehouse.publication.board.cells import cell_of, head_of, scale_of, share
from warehouse.publication.board.material import Material
from warehouse.publication.board.model import Cell, Grid, Row
from warehouse.publication.board.specs import TableSpec
from warehouse.registry import quote_name
from warehouse.views import View

_HIDDEN = ("department_id", "fiscal_year", "project_spending_key")
"""Columns that links are made of, asked for where the view has them."""
_LINKED = ("short_name", "canonical_name")
_ONLY_GROUP = "全部"


def grids_of(spec: TableSpec, material: Material) -> list[Grid]:
    """The table of a view, a grid a value of ``by``."""
    view = spec.source
    records = material.ask(_query(spec, material))
    by = spec.by
    groups = groupby(records, key=lambda record: record[by]) if by else [(_ONLY_GROUP, iter(records))]
    return [_grid(spec, view, value, list(group), material) for value, group in groups]


def _query(spec: TableSpec, material: Material) -> str:
    known = material.columns[spec.source.name]
    wanted = [*spec.columns, *(name for name in _HIDDEN if name in known and not spec.distinct)]
    columns = ", ".join(map(quote_name, dict.fromkeys(wanted)))
    return material.text("table").format(
        columns=columns,
        rows=f"DISTINCT {columns}" if spec.distinct else "*",
        source=material.source(spec.source),
        where=material.condition(spec),
        group=f"PARTITION BY {quote_name(spec.by)}" if spec.by else "",
        group_order=f"{quote_name(spec.by)} DESC," if spec.by else "",
        order=spec.order,
        most=spec.most,
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
        note=" ".join(filter(None, (view.note, view.warning))),
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
