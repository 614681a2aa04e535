"""Tables of years: the spec of a pivot -> its grid, a column a year, each cell with its bar."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from warehouse.desk import Row as Record
from warehouse.publication.board.cells import cell_of, head_of, scale_of, share
from warehouse.publication.board.material import Material
from warehouse.publication.board.model import Cell, Grid, Head, Row
from warehouse.publication.board.specs import PivotSpec
from warehouse.registry import quote_name

YEARS = 10
"""Columns: the newest years."""
_SHOWN = "shown_value"


def pivot_of(spec: PivotSpec, material: Material) -> Grid:
    """The grid of a pivot."""
    view = spec.source
    records = material.ask(_query(spec, material))
    unit = view.column(spec.value).unit
    scale = scale_of(records, _SHOWN, unit)
    years = sorted({_year(record) for record in records}, reverse=True)[:YEARS]
    of: dict[int, dict[int, Record]] = defaultdict(dict)
    for record in records:
        of[int(str(record["place"]))][_year(record)] = record
    rows = [
        Row(
            (
                *_labels(spec, next(iter(cells.values())), material),
                *(_cell(cells.get(y), unit, scale, material) for y in years),
            )
        )
        for _, cells in sorted(of.items())
    ]
    heads = [head_of(material.column(view, name), is_number=False) for name in spec.rows]
    measured = head_of(material.column(view, spec.value), is_number=True)
    columns = [Head(f"{year} 年", measured.unit, is_number=True, hint=measured.hint) for year in years]
    total = int(str(records[0]["row_count"])) if records else 0
    title = spec.title or f"{view.title}：{measured.title}"
    warning = material.spoken(view).warning
    return Grid(f"years-{view.name}", title, (*heads, *columns), tuple(rows), total, spec.view, warning)


def _query(spec: PivotSpec, material: Material) -> str:
    known = material.columns[spec.source.name]
    keys = [*spec.rows, *(["department_id"] if "department_id" in known and "short_name" in spec.rows else [])]
    return material.pivot(
        dict.fromkeys(keys),
        column="fiscal_year",
        value=quote_name(spec.value),
        source=material.source(spec.source),
        where=material.condition(spec),
        measure="arg_max(shown_value, fiscal_year)" if spec.is_ascending else "max(shown_value)",
        direction="" if spec.is_ascending else "DESC",
        most=spec.most,
    )


def _labels(spec: PivotSpec, record: Record, material: Material) -> list[Cell]:
    cells = [cell_of(name, record[name]) for name in spec.rows]
    if "department_id" in record:
        cells = [
            cell._replace(href=material.page_of(record["department_id"])) if name == "short_name" else cell
            for name, cell in zip(spec.rows, cells, strict=True)
        ]
    return cells


def _cell(record: Record | None, unit: str | None, scale: Decimal, material: Material) -> Cell:
    if record is None:
        return Cell("", is_number=True)
    value = record[_SHOWN]
    cell = cell_of(_SHOWN, value, unit)
    bar = share(value, scale) if isinstance(value, Decimal | int) else None
    return cell._replace(bar=bar, href=material.place_of(record))


def _year(record: Record) -> int:
    return int(str(record["fiscal_year"]))
