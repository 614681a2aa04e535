"""Stacked bars: the spec of a stack -> its bars, segments and legend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from warehouse.publication.board.cells import WAN, cell_of, percent, share
from warehouse.publication.board.material import Material
from warehouse.publication.board.model import Segment, Stack, StackedBar
from warehouse.publication.board.specs import StackSpec
from warehouse.registry import quote_name
from warehouse.tables.common import YUAN_UNIT

REST = "未归类"
"""What has no part, and where there are more parts than colours, what is left of them."""
_REST_TONE = 12
_PALETTE = (4, 5, 6, 7, 8, 9, 10, 11, 2, 3, 1)
"""Numbers of the colours, those that alarm last."""
_NAMED = 3
"""Parts named below a bar, the largest first."""

_Amounts = Mapping[str, Decimal]


def stack_of(spec: StackSpec, material: Material) -> Stack:
    """The bars of a stack, as the view's order of labels has them: years newest first, others by name."""
    view = spec.source
    of: dict[str, dict[str, Decimal]] = defaultdict(dict)
    links: dict[str, str | None] = {}
    for record in material.ask(_query(spec, material)):
        label = f"{record['label']} 年" if spec.label == "fiscal_year" else str(record["label"])
        part = str(record["part"])
        of[label][view.column(part).title if spec.parts else part] = Decimal(str(record["value"]))
        links[label] = material.place_of(record) if spec.label != "fiscal_year" else None
    tones = _tones(spec, material)
    unit = view.column(spec.value or spec.parts[0]).unit
    largest = max((sum(parts.values(), Decimal(0)) for parts in of.values()), default=Decimal(0))
    bars = [
        _bar(label, _merged(parts, tones), tones, unit, None if spec.is_share else largest, links[label])
        for label, parts in list(of.items())[: spec.most]
    ]
    legend = tuple((tone, part) for part, tone in tones.items())
    return Stack(
        f"stack-{view.name}-{spec.label}",
        spec.title or view.title,
        legend,
        tuple(bars),
        len(of),
        material.spoken(view).warning,
    )


def _query(spec: StackSpec, material: Material) -> str:
    """SQL of ``label``, ``part``, ``value`` and what links are made of."""
    is_linked = spec.label != "fiscal_year" and "department_id" in material.columns[spec.source.name]
    names = f"{quote_name(spec.label)} AS label" + (", department_id, fiscal_year" if is_linked else "")
    parts = ", ".join(map(quote_name, spec.parts)) or f"{_part(spec)} AS part"
    value = "" if spec.parts else f", {quote_name(spec.value or '')} AS value"
    rows = f"SELECT {names}, {parts}{value} FROM {material.source(spec.source)} WHERE {material.condition(spec)}"
    source = f"UNPIVOT ({rows}) ON {parts} INTO NAME part VALUE value" if spec.parts else rows
    return (
        f"SELECT * EXCLUDE (value), sum(value) AS value FROM ({source}) WHERE value > 0"
        f" GROUP BY ALL ORDER BY label {'DESC' if spec.label == 'fiscal_year' else ''}, part"
    )


def _tones(spec: StackSpec, material: Material) -> dict[str, int]:
    """Part -> number of its colour, the same wherever the view is shown: its largest parts over all years, or ``parts``
    as they stand."""
    if spec.parts:
        return {spec.source.column(part).title: tone for part, tone in zip(spec.parts, _PALETTE, strict=False)}
    part, value = _part(spec), quote_name(spec.value or "")
    totals = material.ask(
        f"SELECT {part} AS part, sum({value}) AS total FROM {material.source(spec.source)} GROUP BY part"
    )
    known = {str(row["part"]): Decimal(str(row["total"] or 0)) for row in totals}
    order = sorted((name for name in known if name != REST), key=lambda name: (-known[name], name))
    tones = dict(zip(order, _PALETTE, strict=False))
    return tones | ({REST: _REST_TONE} if REST in known or len(order) > len(_PALETTE) else {})


def _part(spec: StackSpec) -> str:
    return f"coalesce({quote_name(spec.part or '')}, '{REST}')"


def _merged(parts: _Amounts, tones: Mapping[str, int]) -> dict[str, Decimal]:
    """The parts in the order of their colours; those without one are part of the last."""
    last = next(reversed(list(tones)))
    merged = dict.fromkeys(tones, Decimal(0))
    for part, value in parts.items():
        merged[part if part in tones else last] += value
    return {part: value for part, value in merged.items() if value}


def _bar(
    label: str, parts: _Amounts, tones: Mapping[str, int], unit: str | None, whole: Decimal | None, href: str | None
) -> StackedBar:
    total = sum(parts.values(), Decimal(0))
    length, start, segments = whole or total, Decimal(0), []
    for part, value in parts.items():
        text = f"{part} {_amount(value, unit)}（{percent(value / total)}）"
        segments.append(Segment(share(start, length), share(value, length), tones[part], text))
        start += value
    largest = sorted(parts, key=lambda part: -parts[part])[:_NAMED]
    named = "，".join(f"{part} {percent(parts[part] / total)}" for part in largest)
    text = "，".join(segment.text for segment in segments)
    return StackedBar(label, text, f"共 {_amount(total, unit)}：{named}", tuple(segments), href)


def _amount(value: Decimal, unit: str | None) -> str:
    shown = WAN if unit == YUAN_UNIT else unit or ""
    return f"{cell_of('value', value if unit == YUAN_UNIT else int(value), unit).text} {shown}".strip()
