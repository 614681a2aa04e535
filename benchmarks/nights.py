"""What a night costs: a backlog, nothing new, one new report among many; whole processes as a user starts them."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.printing import Figure
from samples.write import write_samples


class _Run(NamedTuple):
    seconds: float
    peak_mib: float


def measure_nights(folder: Path, reports: int) -> list[Figure]:
    """Nights in a home of ``reports`` stored reports."""
    held_back = 3
    write_samples(folder / "samples", departments=reports + held_back, years=[2023])
    inbox = folder / "home" / "inbox"
    files = sorted(path for path in (folder / "samples" / "inbox").rglob("*") if path.is_file())
    for path in files[held_back:]:
        _drop(path, inbox)
    (folder / "home" / "jixiao.toml").write_text(
        f'registry = "{folder / "samples" / "registry.csv"}"\nsettle_seconds = 0\n', "utf-8"
    )
    (folder / "home" / "SYNTHETIC").write_text("benchmark", "utf-8")
    backlog = _night(folder / "home")
    empty = min((_night(folder / "home") for _ in range(3)), key=lambda run: run.seconds)
    changed = []
    for path in files[:held_back]:
        _drop(path, inbox)
        changed.append(_night(folder / "home"))
    one = min(changed, key=lambda run: run.seconds)
    return [
        Figure(f"backlog night, {len(files) - held_back} reports", backlog.seconds, "s"),
        Figure("backlog night, peak memory of the largest process", backlog.peak_mib, "MiB"),
        Figure("empty night", empty.seconds, "s"),
        Figure(f"one new report among {reports}", one.seconds, "s"),
        Figure("one new report over empty night", one.seconds / empty.seconds, "times"),
    ]


def _drop(path: Path, inbox: Path) -> None:
    inbox.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, inbox / path.name)


def _night(home: Path) -> _Run:
    command = [sys.executable, "-m", "orchestration.cli", "--home", str(home), "nightly"]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode not in (0, 3):
        raise RuntimeError(f"the night failed with status {done.returncode}: {done.stderr[-2000:]}")
    return _Run(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
