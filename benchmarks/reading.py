"""From file to facts: what a report costs in each stage, and reports a second over one process and over two.

Stages and cores are measured in CPU time, which other work on the machine hardly touches; the pool, cold and warm, by
the clock.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.printing import Figure
from samples.write import write_samples
from transforms.departments.registry import Registry
from transforms.documents.reader import read_document
from transforms.facts.extract import extract
from transforms.facts.fact_columns import pack
from transforms.facts.frames import frames_of
from transforms.reading import BATCH_SIZE, read_all
from transforms.reading_file import ReadItem
from warehouse.keys import surrogate_key
from warehouse.processes import collect_rarely

WORKERS = 2
_TURNS = 3
_COLD = "import sys; from benchmarks.reading import read_folder; print(read_folder(sys.argv[1]))"


def measure_reading(folder: Path, reports: int) -> list[Figure]:
    """Reads ``reports`` sample reports: stage by stage in this process, then over a cold pool and a warm one."""
    write_samples(folder, departments=reports, years=[2023])
    registry, items = _load(folder)
    stages = _stages(items, registry)
    cold = subprocess.run([sys.executable, "-c", _COLD, str(folder)], check=True, capture_output=True, text=True)
    read_folder(str(folder))
    warm = min(read_folder(str(folder)) for _ in range(_TURNS))
    size = sum(len(item.content) for item in items) / len(items) / 1024
    return [
        Figure("reports", len(items), f"of {size:.1f} KiB each"),
        *(Figure(name, 1000 * seconds / len(items), "ms of CPU a report") for name, seconds in stages.items()),
        Figure("one core", len(items) / sum(stages.values()), "reports/s"),
        Figure(f"{WORKERS} workers, cold: first pool of a process", len(items) / float(cold.stdout), "reports/s"),
        Figure(f"{WORKERS} workers, warm: a later pool", len(items) / warm, "reports/s"),
    ]


def read_folder(folder: str) -> float:
    """Reads all samples of a folder over a pool; the seconds from the start of the pool to the last frame."""
    registry, items = _load(Path(folder))
    started = time.perf_counter()
    documents = sum(batch.frames["documents"].height for batch in read_all(items, registry, WORKERS))
    seconds = time.perf_counter() - started
    if documents != len(items):
        raise RuntimeError(f"{documents} of {len(items)} reports were read")
    return seconds


def _load(folder: Path) -> tuple[Registry, list[ReadItem]]:
    files = sorted(path for path in (folder / "inbox").rglob("*") if path.is_file())
    return Registry.load(folder / "registry.csv"), [
        ReadItem(surrogate_key("document", str(position)), path.name, path.read_bytes())
        for position, path in enumerate(files)
    ]


def _stages(items: list[ReadItem], registry: Registry) -> dict[str, float]:
    """Seconds of CPU for all reports, by stage, the best of a few turns; garbage is looked for as a reader does."""
    collect_rarely()
    documents = [read_document(item.content, item.file_name) for item in items]
    packed = [pack(0, extract(document, registry)) for document in documents]
    batches = [packed[at : at + BATCH_SIZE] for at in range(0, len(packed), BATCH_SIZE)]
    return {
        "bytes to document": _cpu(lambda: [read_document(item.content, item.file_name) for item in items]),
        "document to facts": _cpu(lambda: [pack(0, extract(document, registry)) for document in documents]),
        "facts to frames": _cpu(lambda: [frames_of(batch) for batch in batches]),
    }


def _cpu(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(_TURNS):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return min(seconds)
