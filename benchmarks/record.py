"""``benchmarks/latest.json``: the last figures of each command, plain numbers, and what they were measured on."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.pictures import draw

FILE = Path(__file__).with_name("latest.json")
_LIBRARIES = ("duckdb", "polars", "dagster", "great-expectations", "pandera")


def record(command: str, figures: Mapping[str, float], notes: Mapping[str, object]) -> None:
    """Puts figures in place of what the command measured before, those of other commands stay, and draws the pictures
    anew."""
    known = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    about = known.pop("about", {}) | {command: {**_machine(), **notes}}
    rounded = {name: float(f"{value:.4g}") for name, value in figures.items()}
    FILE.write_text(json.dumps({**known, **rounded, "about": about}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    draw(about)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))


def _machine() -> dict[str, object]:
    return {
        "measured_on": datetime.now(UTC).date().isoformat(),
        "cores": cores(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "load_before": round(os.getloadavg()[2], 1),
        "python": platform.python_version(),
        **{name: version(name) for name in _LIBRARIES},
    }
