"""What a night costs: a backlog, nothing new, one new report among many, sixteen of mixed media; whole processes as a
user starts them, and which part of it is Dagster's and Great Expectations'.
"""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.printing import Figure
from benchmarks.process_tree import Spent
from benchmarks.whole_night import home_for, watched, whole_night
from samples.write import SampleSet, write_samples
from warehouse.home import Home

_MIXED = ("md", "docx", "pdf", "html", "xlsx", "xls")
_DEPARTMENTS = 16
_ZIPPED = 4
"""Of how many departments report and form come together in a zip file."""
_Night = tuple[Spent, list[dict[str, Any]]]
"""What whole_night gives."""


def measure_nights(folder: Path, reports: int) -> list[Figure]:
    """Nights in a home of ``reports`` stored reports."""
    held_back = 3
    samples = write_samples(folder / "samples", departments=reports + held_back, years=[2023])
    home = home_for(folder / "home", samples.registry)
    files = sorted(samples.files)
    for name in files[held_back:]:
        _drop(samples.inbox / name, home)
    backlog = whole_night(home)
    empty = _shortest(whole_night(home) for _ in range(3))
    changed = []
    for name in files[:held_back]:
        _drop(samples.inbox / name, home)
        changed.append(whole_night(home))
    one = _shortest(changed)
    return [
        *_figures(f"backlog night, {len(files) - held_back} reports", backlog),
        *_figures("empty night", empty),
        *_figures(f"one new report among {reports}", one),
        Figure("one new report over empty night", one[0].wall_s / empty[0].wall_s, "times"),
    ]


def measure_mixed(folder: Path) -> list[Figure]:
    """A night of sixteen reports of mixed media and their forms, upon the year before; a night without news after it;
    what of a night is start-up of others' programs."""
    years = [write_samples(folder / str(year), _DEPARTMENTS, [year], media=_MIXED) for year in (2022, 2023)]
    home = home_for(folder / "home", years[0].registry)
    for name in years[0].files:
        _drop(years[0].inbox / name, home)
    whole_night(home)
    count = _drop_bundled(years[1], home)
    mixed = whole_night(home)
    empty = _shortest(whole_night(home) for _ in range(3))
    return [
        *_figures(f"sixteen new reports with forms, {count} files", mixed),
        *_figures("empty night", empty),
        *_imported("dagster and the definitions", "orchestration.definitions"),
        *_imported("great_expectations, in a process of its own beside the night", "great_expectations"),
    ]


def _figures(name: str, night: _Night) -> list[Figure]:
    spent, stages = night
    outside = spent.wall_s - sum(stage["seconds"] for stage in stages)
    return [
        Figure(name, spent.wall_s, "s"),
        Figure("   of processor time", spent.cpu_s, "s"),
        Figure("   outside the stages: start, Dagster, exit", outside, "s"),
        Figure("   peak memory of all its processes", spent.peak_gib, "GiB"),
    ]


def _shortest(nights: Iterable[_Night]) -> _Night:
    return min(nights, key=lambda night: night[0].wall_s)


def _imported(name: str, module: str) -> list[Figure]:
    spent, _ = watched([sys.executable, "-c", f"import {module}"])
    return [Figure(f"import of {name}", spent.wall_s, "s"), Figure("   of processor time", spent.cpu_s, "s")]


def _drop(path: Path, home: Home) -> None:
    shutil.copyfile(path, home.inbox / path.name)


def _drop_bundled(samples: SampleSet, home: Home) -> int:
    """Puts the samples into the inbox, those of the last departments as one zip file each; how many files that is."""
    by_department: dict[str, list[Path]] = {}
    for name in samples.files:
        truth = json.loads((samples.truth / f"{name}.truth.json").read_text("utf-8"))
        by_department.setdefault(truth["department_id"], []).append(samples.inbox / name)
    groups = list(by_department.values())
    for group in groups[:-_ZIPPED]:
        for path in group:
            _drop(path, home)
    for number, group in enumerate(groups[-_ZIPPED:]):
        with zipfile.ZipFile(home.inbox / f"报送{number}.zip", "w") as bundle:
            for path in group:
                bundle.write(path, path.name)
    return sum(map(len, groups))
