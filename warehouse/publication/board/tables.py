"""Tables that are rows of one view as they come: the spec of a table -> its grids."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from warehouse.desk import Row as Record
from warehouse.publication.board.cells import NOTHING, cell_of, head_of, scale_of, share
from warehouse.publication.board.material import KEYS, Material
from warehouse.publication.board.model import Cell, Grid, Head, Row
from warehouse.publication.board.specs import TableSpec
from warehouse.publication.words import place_text
from warehouse.registry import quote_name
from warehouse.views import View

_HIDDEN = ("department_id", "fiscal_year", *KEYS)
"""Columns that links are made of, asked for where the view has them."""
_PLACES = ("file_name", "page", "line")
_YEARS, _ROWS = ("short_name",), ("canonical_name", "metric", "kind", "kind_name")
"""Columns that lead to the department's year, and to the row itself."""
_ONLY_GROUP, _ALONE = "全部", 0
"""What the one group of a table without groups is called, and its number; no fiscal year has it."""


def grids_of(spec: TableSpec, material: Material) -> list[Grid]:
    """The table of a view, a grid a value of ``by``."""
    view = spec.source
    records = material.ask(_query(spec, material))
    by = spec.by
    groups = groupby(records, key=lambda record: record[by]) if by else [(_ONLY_GROUP, iter(records))]
    return [_grid(spec, view, value, list(group), material) for value, group in groups]


def _query(spec: TableSpec, material: Material) -> str:
    known = material.columns[spec.source.name]
    hidden = (*_HIDDEN, *(_PLACES if spec.has_place else ()))
    wanted = [*spec.columns, *(name for name in hidden if name in known and not spec.distinct)]
    columns = ", ".join(map(quote_name, dict.fromkeys(wanted)))
    group = quote_name(spec.by) if spec.by else str(_ALONE)
    firsts = (
        f"(SELECT {columns}, total_rows FROM listed JOIN counted ON listed_group = {group}"
        f" WHERE listed_group = {value} ORDER BY {spec.order} LIMIT {spec.most})"
        for value in (spec.by and material.years) or (_ALONE,)
    )
    named = {*re.findall(r"\w+", spec.order), spec.by} & known
    listed = ", ".join(map(quote_name, dict.fromkeys([*wanted, *sorted(named)])))
    is_one_group = spec.by is None and not spec.distinct
    return material.text("table").format(
        kept="NOT MATERIALIZED" if is_one_group else "MATERIALIZED",
        rows=f"DISTINCT {columns}" if spec.distinct else listed,
        source=material.source(spec.source),
        where=material.condition(spec),
        group=group,
        firsts=" UNION ALL ".join(firsts),
    )


def _grid(spec: TableSpec, view: View, value: object, records: list[Record], material: Material) -> Grid:
    spoken, described = material.spoken(view), [material.column(view, name) for name in spec.columns]
    scales = _scales(spec, view, records)
    units = {name: column.unit for name, column in zip(spec.columns, described, strict=True)}
    rows = [Row(tuple(_cells(spec, units, record, scales[_scale(spec, record)], material))) for record in records]
    numbers = [any(row.cells[i].is_number for row in rows) for i in range(len(described))]
    heads = [head_of(column, is_number=is_number) for column, is_number in zip(described, numbers, strict=True)]
    total = records[0]["total_rows"] if records else 0
    return Grid(
        anchor=f"y{value}" if spec.by else spec.view.rpartition(".")[2],
        title=f"{spec.title or view.title}" + (f"（{value} 年）" if spec.by else ""),
        group=f"{value} 年" if spec.by else None,
        heads=(*heads, *([Head("出处")] if spec.has_place else [])),
        rows=tuple(_aligned(row, numbers) for row in rows),
        total=int(str(total)),
        source=spec.view,
        note=" ".join(filter(None, (spoken.note, spoken.warning))),
        rest=spec.rest,
    )


def _aligned(row: Row, numbers: Sequence[bool]) -> Row:
    """The row with what says that there is no number where the numbers stand."""
    return Row(
        tuple(
            cell._replace(is_number=True) if i < len(numbers) and numbers[i] and cell.text == NOTHING else cell
            for i, cell in enumerate(row.cells)
        )
    )


def _scales(spec: TableSpec, view: View, records: list[Record]) -> dict[tuple[object, ...], dict[str, Decimal]]:
    """The values of full bars, by the columns of ``scale_by``."""
    groups: dict[tuple[object, ...], list[Record]] = defaultdict(list)
    for record in records:
        groups[_scale(spec, record)].append(record)
    return {
        group: {name: scale_of(rows, name, view.column(name).unit) for name in spec.bars}
        for group, rows in groups.items()
    }


def _scale(spec: TableSpec, record: Record) -> tuple[object, ...]:
    return tuple(record[name] for name in spec.scale_by)


def _cells(
    spec: TableSpec,
    units: Mapping[str, str | None],
    record: Record,
    scales: Mapping[str, Decimal],
    material: Material,
) -> Iterator[Cell]:
    for name, unit in units.items():
        value = record[name]
        cell = cell_of(name, value, unit)
        if name in scales and isinstance(value, Decimal | int):
            cell = cell._replace(bar=share(value, scales[name]))
        if name in _YEARS:
            cell = cell._replace(href=material.place_of(record))
        if name in _ROWS and value is not None:
            cell = cell._replace(href=material.row_of(record))
        yield cell
    if spec.has_place:
        yield Cell(_file(record), note=place_text(record))


def _file(record: Record) -> str:
    return str(record["file_name"] or NOTHING).rpartition("/")[2]
