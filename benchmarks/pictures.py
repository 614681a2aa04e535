"""The pictures of docs/performance.md, drawn from what ``latest.json`` says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import altair as alt

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
STAGES, GROWTH = "performance-stages.svg", "performance-growth.svg"
_NIGHTS = ("night", "next night")
_GROWTH = re.compile(r"(?P<new>[\d,]+) new over (?P<stored>[\d,]+) stored, s of CPU")
_KINDS = {"by the clock": "wall_s", "CPU": "cpu_s"}
_COLOURS = {"range": ["#9db8d2", "#1f4e79", "#b5651d"]}
_WIDTH = 520

Notes = Mapping[str, Any]
"""What a command noted of its measurement: a record of ``about`` in latest.json."""


def draw(about: Mapping[str, Notes], folder: Path = FOLDER) -> None:
    """Draws what the records of ``about`` (command -> notes) hold into the folder, one file a picture."""
    pictures = {STAGES: ("bench-nation", _stages), GROWTH: ("bench-growth", _growth)}
    for name, (command, specification) in pictures.items():
        if command in about:
            alt.Chart.from_dict(specification(about[command])).save(folder / name)


def _stages(nation: Notes) -> dict[str, Any]:
    """A bar a stage, by the clock and in CPU seconds, as a Vega-Lite specification."""
    stages = [name for name in nation["spent"] if name not in _NIGHTS]
    rows = [
        {"stage": name, "seconds": nation["spent"][name][key], "kind": kind}
        for name in stages
        for kind, key in _KINDS.items()
    ]
    colour = {"field": "kind", "type": "nominal", "sort": list(_KINDS), "scale": _COLOURS, "title": None}
    return {
        "title": f"Stages of the night of {nation['units']:,} units, in seconds",
        "data": {"values": rows},
        "mark": "bar",
        "width": _WIDTH,
        "height": {"step": 9},
        "encoding": {
            "x": {"field": "seconds", "type": "quantitative", "title": None},
            "y": {"field": "stage", "type": "nominal", "sort": stages, "title": None},
            "yOffset": {"field": "kind", "type": "nominal", "sort": list(_KINDS)},
            "color": colour,
        },
    }


def _growth(growth: Notes) -> dict[str, Any]:
    """A curve for each number of stored reports, as a Vega-Lite specification."""
    rows = list(_nights(growth))
    stored = list(dict.fromkeys(row["stored"] for row in rows))
    colour = {"field": "stored", "type": "nominal", "sort": stored, "scale": _COLOURS, "title": "stored reports"}
    return {
        "title": "A night by what is new, over what is stored, in seconds of CPU",
        "data": {"values": rows},
        "mark": {"type": "line", "point": True},
        "width": _WIDTH,
        "height": 260,
        "encoding": {
            "x": {
                "field": "new", "type": "ordinal", "sort": None, "title": "new reports", "axis": {"labelAngle": 0},
            },
            "y": {"field": "seconds", "type": "quantitative", "scale": {"type": "log"}, "title": None},
            "color": colour,
        },
    }  # fmt: skip


def _nights(growth: Notes) -> Iterator[dict[str, Any]]:
    for name, seconds in growth.items():
        if match := _GROWTH.fullmatch(name):
            yield {**match.groupdict(), "seconds": seconds}
