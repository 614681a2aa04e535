"""What a night costs: a backlog, nothing new, one new report among many, sixteen of mixed media; whole processes as a
user starts them, and which part of it is Dagster's and Great Expectations'.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.printing import Figure
from benchmarks.processes import memory_of, processor_times
from samples.write import SampleSet, write_samples

_MIXED = ("md", "docx", "pdf", "html", "xlsx", "xls")
_DEPARTMENTS = 16
_ZIPPED = 4
"""Of how many departments report and form come together in a zip file."""
_WATCH_SECONDS = 0.2


class _Run(NamedTuple):
    """A command from its start to its exit, with all its processes: what they had of the processor (to a fifth of a
    second each), what memory they held at most. ``stage_seconds``: the sum of the night's own clock."""

    seconds: float
    cpu_seconds: float
    peak_mib: float
    stage_seconds: float


def measure_nights(folder: Path, reports: int) -> list[Figure]:
    """Nights in a home of ``reports`` stored reports."""
    held_back = 3
    samples = write_samples(folder / "samples", departments=reports + held_back, years=[2023])
    home = _home(folder / "home", samples)
    files = sorted(samples.files)
    for name in files[held_back:]:
        _drop(samples.inbox / name, home)
    backlog = _night(home)
    empty = min((_night(home) for _ in range(3)), key=lambda run: run.seconds)
    changed = []
    for name in files[:held_back]:
        _drop(samples.inbox / name, home)
        changed.append(_night(home))
    one = min(changed, key=lambda run: run.seconds)
    return [
        *_figures(f"backlog night, {len(files) - held_back} reports", backlog),
        *_figures("empty night", empty),
        *_figures(f"one new report among {reports}", one),
        Figure("one new report over empty night", one.seconds / empty.seconds, "times"),
    ]


def measure_mixed(folder: Path) -> list[Figure]:
    """A night of sixteen reports of mixed media and their forms, upon the year before; a night without news after it;
    what of a night is start-up of others' programs."""
    years = [write_samples(folder / str(year), _DEPARTMENTS, [year], media=_MIXED) for year in (2022, 2023)]
    home = _home(folder / "home", years[0])
    for name in years[0].files:
        _drop(years[0].inbox / name, home)
    _night(home)
    count = _drop_bundled(years[1], home)
    mixed = _night(home)
    empty = min((_night(home) for _ in range(3)), key=lambda run: run.seconds)
    return [
        *_figures(f"sixteen new reports with forms, {count} files", mixed),
        *_figures("empty night", empty),
        *_imported("dagster and the definitions", "orchestration.definitions"),
        *_imported("great_expectations, in a process of its own beside the night", "great_expectations"),
    ]


def _figures(name: str, run: _Run) -> list[Figure]:
    return [
        Figure(name, run.seconds, "s"),
        Figure("   of processor time", run.cpu_seconds, "s"),
        Figure("   outside the stages: start, Dagster, exit", run.seconds - run.stage_seconds, "s"),
        Figure("   peak memory of all its processes", run.peak_mib, "MiB"),
    ]


def _imported(name: str, module: str) -> list[Figure]:
    run = _watched([sys.executable, "-c", f"import {module}"])[0]
    return [Figure(f"import of {name}", run.seconds, "s"), Figure("   of processor time", run.cpu_seconds, "s")]


def _home(path: Path, samples: SampleSet) -> Path:
    (path / "inbox").mkdir(parents=True)
    (path / "jixiao.toml").write_text(f'registry = "{samples.registry}"\nsettle_seconds = 0\n', "utf-8")
    (path / "SYNTHETIC").write_text("benchmark", "utf-8")
    return path


def _drop(path: Path, home: Path) -> None:
    shutil.copyfile(path, home / "inbox" / path.name)


def _drop_bundled(samples: SampleSet, home: Path) -> int:
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
        with zipfile.ZipFile(home / "inbox" / f"报送{number}.zip", "w") as bundle:
            for path in group:
                bundle.write(path, path.name)
    return sum(map(len, groups))


def _night(home: Path) -> _Run:
    run, said = _watched([sys.executable, "-m", "orchestration.cli", "--home", str(home), "nightly", "--json"])
    stages = json.loads(said)["stages"]
    return run._replace(stage_seconds=sum(stage["seconds"] for stage in stages))


def _watched(command: Sequence[str]) -> tuple[_Run, str]:
    """Runs a command; what it cost, and its standard output."""
    started, peak, times = time.perf_counter(), 0.0, dict[int, float]()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while True:
        peak = max(peak, memory_of(process.pid))
        times |= processor_times(process.pid)
        try:
            said, complaint = process.communicate(timeout=_WATCH_SECONDS)
            break
        except subprocess.TimeoutExpired:
            continue
    if process.returncode not in (0, 3):
        raise RuntimeError(f"{command} failed with status {process.returncode}: {complaint[-2000:]}")
    return _Run(time.perf_counter() - started, sum(times.values()), peak, 0.0), said
