"""From file to facts: reports a second, in one process and in two."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.printing import Figure
from samples.write import write_samples
from transforms.departments.registry import Registry
from transforms.reading import read_all, read_batch
from transforms.reading_file import ReadItem
from warehouse.keys import surrogate_key


def measure_reading(folder: Path, reports: int) -> list[Figure]:
    """Reads ``reports`` sample reports with one worker and with two; the pool's start is counted."""
    write_samples(folder, departments=reports, years=[2023])
    registry = Registry.load(folder / "registry.csv")
    files = sorted(path for path in (folder / "inbox").rglob("*") if path.is_file())
    items = [
        ReadItem(surrogate_key("document", str(position)), path.name, path.read_bytes())
        for position, path in enumerate(files)
    ]
    read_batch(items[:10], registry)
    started = time.perf_counter()
    read_batch(items, registry)
    alone = time.perf_counter() - started
    started = time.perf_counter()
    documents = sum(batch.frames["documents"].height for batch in read_all(items, registry, workers=2))
    pooled = time.perf_counter() - started
    size = sum(len(item.content) for item in items) / len(items) / 1024
    return [
        Figure("reports read", documents, f"of {len(items)}, {size:.1f} KiB each"),
        Figure("one process", len(items) / alone, "reports/s and core"),
        Figure("two workers, their start included", len(items) / pooled, "reports/s"),
    ]
