"""Drawings as data: marks -> a specification in the grammar of Vega-Lite, which Altair's classes know. No query and no
markup belong here.

Texts of reports are values of the data, which the grammar never reads as anything else: none stands in an expression.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from warehouse.publication.board.cells import WAN, cell_of, percent
from warehouse.publication.board.parts import Part
from warehouse.publication.board.specs import ChartSpec
from warehouse.tables.common import RATE_UNIT, YUAN_UNIT

Drawing = Mapping[str, Any]

_INK, _SOFT, _LINE = "#1b2430", "#56616f", "#c9d1db"
_FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif'
_SIZE = 13
"""Pixels of a letter."""
_STEP, _NARROW, _UPRIGHT = 24, 13, 250
"""Pixels of a bar with the space around it, of one of several beside each other, and of the height of columns."""
_AXIS = 40
"""Pixels of the axis of the values, about."""
_LEGIBLE = Decimal("0.1")
"""The least share in which its percentage can be written."""
_CONFIG = {
    "font": _FONT,
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": _SIZE,
        "labelColor": _INK,
        "labelLimit": 180,
        "labelSeparation": 6,
        "titleFontSize": _SIZE,
        "titleFontWeight": "normal",
        "titleColor": _SOFT,
        "gridColor": "#e3e8ee",
        "domainColor": _LINE,
        "tickColor": _LINE,
    },
    "text": {"fontSize": 11},
}


class Mark(NamedTuple):
    """A bar, or a dot: what it belongs to, its value, and that of all parts of its label."""

    label: str
    part: Part
    value: Decimal
    whole: Decimal


def drawing_of(spec: ChartSpec, marks: Sequence[Mark], parts: Sequence[Part], unit: str | None) -> tuple[Drawing, int]:
    """The drawing and about how high it is; labels come in their order, from the top or from the right."""
    labels = list(dict.fromkeys(mark.label for mark in marks))
    is_upright = spec.shape == "columns"
    step = _NARROW * len(parts) + 6 if spec.manner == "beside" else _STEP
    height = _UPRIGHT if is_upright else step * len(labels)
    values = [_value(spec, mark, parts.index(mark.part), unit) for mark in marks]
    drawing = {
        "width": "container",
        "height": height,
        "data": {"values": values},
        "encoding": _encoding(spec, labels[::-1] if is_upright else labels, parts, unit),
        "layer": _layers(spec),
        "config": _CONFIG,
    }
    return drawing, _AXIS + height


def _value(spec: ChartSpec, mark: Mark, place: int, unit: str | None) -> dict[str, Any]:
    """What is known of a mark: label, part and its place, value, and the words for it."""
    share = mark.value / mark.whole if mark.whole else Decimal(0)
    has_share = spec.manner != "beside" and spec.shape != "dots"
    value = {"label": mark.label, "part": mark.part.name, "place": place, "value": _plain(mark.value, unit)}
    value["words"] = f"{mark.label}，{mark.part.name}：{_amount(mark.value, unit)}" + (
        f"（{percent(share)}）" if has_share else ""
    )
    if spec.manner == "shares":
        value["inside"] = f"{share.quantize(Decimal('0.01'), ROUND_HALF_UP):.0%}" if share >= _LEGIBLE else ""
        value["is_dark"] = mark.part.is_dark
    return value


def _plain(value: Decimal, unit: str | None) -> float:
    """The value as a number of the axis: amounts in 万元."""
    return float((value / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP) if unit == YUAN_UNIT else value)


def _amount(value: Decimal, unit: str | None) -> str:
    shown = {YUAN_UNIT: WAN, RATE_UNIT: ""}.get(unit or "", unit or "")
    return f"{cell_of('value', value, unit).text} {shown}".strip()


def _encoding(spec: ChartSpec, labels: Sequence[str], parts: Sequence[Part], unit: str | None) -> dict[str, Any]:
    label = {"field": "label", "type": "nominal", "sort": labels, "title": None}
    names = [part.name for part in parts]
    shared = {
        "color": {
            "field": "part",
            "type": "nominal",
            "scale": {"domain": names, "range": [part.colour for part in parts]},
            "legend": None,
        },
        "tooltip": {"field": "words", "type": "nominal"},
        "description": {"field": "words", "type": "nominal"},
    }
    value = _measured(spec, unit)
    beside = {"field": "part", "type": "nominal", "sort": names}
    if spec.shape == "columns":
        offset = {"xOffset": beside} if spec.manner == "beside" else {}
        years = {"labelAngle": 0, "labelOverlap": True, "labelExpr": "slice(datum.label, 0, 4)"}
        value["axis"] |= {"titleAngle": 0, "titleAlign": "left", "titleX": -45, "titleY": -8}
        return {"x": label | {"axis": years}, "y": value, **offset, **shared}
    offset = {"yOffset": beside} if spec.manner == "beside" else {}
    return {"y": label | ({"axis": {"grid": True}} if spec.shape == "dots" else {}), "x": value, **offset, **shared}


def _measured(spec: ChartSpec, unit: str | None) -> dict[str, Any]:
    """The axis of the values."""
    axis: dict[str, Any] = {"tickCount": 5, "titleAnchor": "end"}
    if spec.manner == "shares":
        return {"field": "value", "type": "quantitative", "stack": "normalize", "title": None, "axis": axis}
    if unit == RATE_UNIT:
        axis["format"] = ".1~%"
    elif unit != YUAN_UNIT:
        axis["tickMinStep"] = 1
    title = {YUAN_UNIT: WAN, RATE_UNIT: None}.get(unit or "", unit)
    shape = {"scale": {"zero": False}} if spec.shape == "dots" else {"stack": spec.manner == "stacked" and "zero"}
    return {"field": "value", "type": "quantitative", "title": title, "axis": axis, **shape}


def _layers(spec: ChartSpec) -> list[dict[str, Any]]:
    order: dict[str, Any] = {"order": {"field": "place", "type": "quantitative"}}
    if spec.shape == "dots":
        order["order"]["sort"] = "descending"
        dot = {"type": "point", "filled": True, "size": 110, "opacity": 1, "stroke": _INK, "strokeWidth": 0.5}
        return [{"mark": dot, "encoding": order}]
    thick = (
        {"width": {"expr": "min(64, 0.7 * bandwidth('x'))"}}
        if spec.shape == "columns" and spec.manner != "beside"
        else {}
    )
    bars = {"mark": {"type": "bar", "stroke": "#ffffff", "strokeWidth": 0.6, **thick}, "encoding": order}
    if spec.manner != "shares":
        return [bars]
    colour = {"condition": {"test": "datum.is_dark", "value": "#ffffff"}, "value": _INK}
    inside = {"field": "value", "type": "quantitative", "stack": "normalize", "bandPosition": 0.5}
    words = {"text": {"field": "inside", "type": "nominal"}, "color": colour, "x": inside, **order}
    return [bars, {"mark": {"type": "text", "aria": False}, "encoding": words}]
