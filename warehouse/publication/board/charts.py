"""Charts: the spec of a chart -> what the library is to draw and the table of the same numbers. How it is drawn belongs
to ``figures``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from warehouse.desk import Row as Record
from warehouse.publication.board.cells import NOTHING, WAN, cell_of, head_of
from warehouse.publication.board.figures import Mark, drawing_of
from warehouse.publication.board.material import Material
from warehouse.publication.board.model import Cell, Chart, Grid, Head, Row
from warehouse.publication.board.parts import UNNAMED, Part, parts_of
from warehouse.publication.board.specs import ChartSpec
from warehouse.publication.words import WORDS_OF
from warehouse.registry import quote_name
from warehouse.tables.common import YUAN_UNIT

_NO_YEAR = "年度不明"
_YEAR = "fiscal_year"
_MEASURES = {"bars": ("sum(shown_value)", "DESC"), "dots": ("arg_max(shown_value, part)", "")}
_SHAPES = {"bars": "横条图", "columns": "柱形图", "dots": "点图"}
_WHOLE = {"stacked": "", "shares": "，各占多少", "beside": ""}


@dataclass(slots=True)
class _Label:
    """What stands along the axis, and what each part comes to there."""

    name: str
    href: str | None
    values: dict[str, Decimal] = field(default_factory=dict)


def chart_of(spec: ChartSpec, material: Material) -> Chart:
    """The chart of a spec, of its first ``most`` labels."""
    records = material.ask(_query(spec, material))
    parts = parts_of(spec, material, source_of(spec, material), {str(record["part"]) for record in records})
    labels = _labels(spec, records, parts, material)
    view = spec.source
    unit = view.column(spec.value or spec.parts[0]).unit
    title = spec.title or view.title
    total = int(str(records[0]["row_count"])) if records else 0
    shown = list({part.name: part for part in parts.values()}.values())
    marks = [
        Mark(label.name, part, label.values[part.name], sum(label.values.values(), Decimal(0)))
        for label in labels
        for part in shown
        if part.name in label.values
    ]
    figure, height = drawing_of(spec, marks, shown, unit)
    anchor = f"chart-{view.name}-{spec.label}"
    return Chart(
        anchor,
        title,
        f"{title}，{_SHAPES[spec.shape]}{_WHOLE[spec.manner]}。图中的数列在图下的表里。",
        figure,
        height,
        tuple(shown),
        _table(spec, anchor, title, labels, shown, unit, total, material),
        None if spec.query else material.spoken(view).warning,
    )


def source_of(spec: ChartSpec, material: Material) -> str:
    """What the rows of a chart are taken from."""
    return material.kept(spec.query) if spec.query else material.source(spec.source)


def _query(spec: ChartSpec, material: Material) -> str:
    """SQL of ``label``, ``part``, ``shown_value`` and, where labels lead to departments, ``department_id``."""
    is_year = spec.label == _YEAR
    keys = ["label", *(["department_id"] if _is_linked(spec, material) else [])]
    columns = f"{quote_name(spec.label)} AS label" + (", department_id" if len(keys) > 1 else "")
    from_where = f"FROM {source_of(spec, material)} WHERE {material.condition(spec)}"
    if spec.parts:
        names = ", ".join(map(quote_name, spec.parts))
        rows = f"(UNPIVOT (SELECT {columns}, {names} {from_where}) ON {names} INTO NAME part VALUE value)"
    else:
        part, value = quote_name(spec.part or ""), quote_name(spec.value or "")
        rows = f"(SELECT {columns}, {part} AS part, {value} AS value {from_where})"
    measure, direction = ("max(label)", "DESC") if is_year else _MEASURES[spec.shape]
    return material.pivot(
        keys,
        column="part",
        value="value",
        source=rows,
        where="value IS NOT NULL" if spec.shape == "dots" else "value > 0",
        measure=measure,
        direction=direction,
        most=spec.most,
    )


def _is_linked(spec: ChartSpec, material: Material) -> bool:
    return spec.label == "short_name" and "department_id" in material.columns[spec.source.name]


def _labels(spec: ChartSpec, records: Sequence[Record], parts: Mapping[str, Part], material: Material) -> list[_Label]:
    """The labels in their order, those that several departments bear told apart; what is no part is left out."""
    of: dict[object, list[Record]] = defaultdict(list)
    for record in records:
        of[record["place"]].append(record)
    names = [_name(spec, rows[0]["label"]) for rows in of.values()]
    often = Counter(names)
    labels = []
    for name, rows in zip(names, of.values(), strict=True):
        department = rows[0].get("department_id")
        own = name if often[name] == 1 else f"{name}（{department}）"
        label = _Label(own, material.page_of(department) if department else None)
        for row in rows:
            if part := parts.get(str(row["part"])):
                value = Decimal(str(row["shown_value"]))
                label.values[part.name] = label.values.get(part.name, Decimal(0)) + value
        labels.append(label)
    return labels


def _name(spec: ChartSpec, label: object) -> str:
    if spec.label == _YEAR:
        return f"{label} 年" if label is not None else _NO_YEAR
    return UNNAMED if label is None else WORDS_OF.get(spec.label, {}).get(str(label), str(label))


def _table(
    spec: ChartSpec,
    anchor: str,
    title: str,
    labels: Sequence[_Label],
    parts: Sequence[Part],
    unit: str | None,
    total: int,
    material: Material,
) -> Grid:
    has_sum = spec.manner != "beside" and spec.shape != "dots" and len(parts) > 1
    shown = WAN if unit == YUAN_UNIT else None if spec.shape == "dots" else unit
    heads = (
        head_of(material.column(spec.source, spec.label), is_number=False),
        *(Head(part.name, shown, is_number=True) for part in parts),
        *([Head("合计", shown, is_number=True)] if has_sum else []),
    )
    rows = []
    for label in labels:
        values = [label.values.get(part.name) for part in parts]
        if has_sum:
            values.append(sum(label.values.values(), Decimal(0)))
        rows.append(Row((Cell(label.name, href=label.href), *(number_cell(value, unit) for value in values))))
    return Grid(f"{anchor}-numbers", f"{title}：图中的数", heads, tuple(rows), total, None if spec.query else spec.view)


def number_cell(value: Decimal | None, unit: str | None) -> Cell:
    """A cell of a number that may be a count."""
    return Cell(NOTHING, is_number=True) if value is None else cell_of("value", value, unit)
