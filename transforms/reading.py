"""Reading: bytes of many files -> fact frames, over a pool of reading processes.

Batches and their frames are put together here; what becomes of the frames is the caller's. A hostile or unlucky file
costs no other file anything.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import polars as pl

from transforms.departments.registry import Registry
from transforms.facts.fact_columns import PackedFacts
from transforms.facts.frames import FACT_SCHEMAS, FactFrames, frames_of
from transforms.reading_file import Outcome, ReadItem, Refused, read_file, system_fault
from transforms.reading_pool import ReadingPool

READER_VERSION = "1.12.0"
"""Version of everything between bytes and facts: a new one whenever a file may give other facts than before. Releases
and published submissions state it, and a rebuild tells by it why its outcome differs."""

BATCH_SIZE = 32
BATCH_ROWS = 200_000
SECONDS_PER_DOCUMENT = 30.0


class BatchResult(NamedTuple):
    """Frames of the facts of all readable documents (schemas FACT_SCHEMAS), and the others."""

    frames: FactFrames
    unreadable: list[Refused]


def read_all(
    items: Iterable[ReadItem],
    registry: Registry,
    workers: int | None = None,
    batch_size: int = BATCH_SIZE,
    seconds_per_document: float = SECONDS_PER_DOCUMENT,
) -> Iterator[BatchResult]:
    """Reads any number of documents over ``workers`` processes (default: one a core), results in the order of
    ``items``, which are drawn only as fast as results are taken.

    A batch holds ``batch_size`` documents, fewer where they hold very many facts. A file on which a worker dies, runs
    out of memory or takes longer than ``seconds_per_document`` (and 10 s a megabyte) is unreadable. Raises
    RuntimeError when workers cannot be started.
    """
    with ReadingPool(registry, workers or len(os.sched_getaffinity(0)), seconds_per_document) as pool:
        for batch in _batches(pool.read(items), batch_size):
            yield _result(batch)


def read_batch(items: Sequence[ReadItem], registry: Registry) -> BatchResult:
    """Reads documents in this process, in order, without any limit: for documents that can be trusted."""
    return _result([read_file(item, registry) for item in items])


def _batches(outcomes: Iterator[Outcome], size: int) -> Iterator[list[Outcome]]:
    batch: list[Outcome] = []
    rows = 0
    for outcome in outcomes:
        batch.append(outcome)
        rows += 0 if isinstance(outcome, Refused) else outcome.row_count
        if len(batch) >= size or rows >= BATCH_ROWS:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


def _result(outcomes: list[Outcome]) -> BatchResult:
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    frames, failed = _frames([outcome for outcome in outcomes if not isinstance(outcome, Refused)])
    return BatchResult(frames, refused + failed)


def _frames(batch: list[PackedFacts]) -> tuple[FactFrames, list[Refused]]:
    """The frames of a batch; a document whose facts fit no frame is left out and reported."""
    try:
        return frames_of(batch), []
    except Exception:
        parts, failed = [frames_of([])], []
        for packed in batch:
            try:
                parts.append(frames_of([packed]))
            except Exception:
                failed.append(system_fault(packed.document_key, "system_fault", traceback.format_exc()))
    return {group: pl.concat([part[group] for part in parts]) for group in FACT_SCHEMAS}, failed
