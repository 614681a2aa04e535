"""Reading: bytes of many files -> fact frames, in this process or over a pool of workers.

Only the way from bytes to facts is walked here; what a reader or a fact module does is theirs, and what becomes of
the frames is the caller's. A hostile or unlucky file costs no other file anything.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

import polars as pl

from transforms.departments.registry import Registry
from transforms.documents.model import Unreadable
from transforms.documents.reader import read_document
from transforms.documents.refusals import refusal
from transforms.facts.extract import extract
from transforms.facts.model import FACT_SCHEMAS, FactFrames, Facts, fact_frames

READER_VERSION = "1.0.0"
"""Version of everything between bytes and facts; a new one reads archived files again."""

FEW = 48
"""Up to so many documents are read in this process: a pool would take longer to start than they take to read."""
CHUNK_SIZE = 32
CHUNK_BYTES = 4_000_000
SECONDS_PER_DOCUMENT = 30.0


class ReadItem(NamedTuple):
    """A file to read. ``file_name`` serves messages only."""

    document_key: int
    file_name: str
    content: bytes


class Refused(NamedTuple):
    """A file without facts: ``message`` is one Chinese sentence, ``detail`` English for the log. ``is_system_fault``:
    the file may be sound, this system failed on it."""

    document_key: int
    message: str
    detail: str
    is_system_fault: bool


class BatchResult(NamedTuple):
    """Frames of the facts of all readable documents (schemas FACT_SCHEMAS), and the others."""

    frames: FactFrames
    unreadable: list[Refused]


def read_batch(items: Sequence[ReadItem], registry: Registry) -> BatchResult:
    """Reads documents in this process, in order. Raises nothing on account of a document."""
    batch: list[tuple[int, Facts]] = []
    unreadable: list[Refused] = []
    for item in items:
        try:
            document = read_document(item.content, item.file_name)
            batch.append((item.document_key, extract(document, registry)))
        except Unreadable as error:
            unreadable.append(Refused(item.document_key, error.message, error.detail, False))
        except Exception:
            unreadable.append(_system_fault(item.document_key))
    frames, failed = _frames(batch)
    return BatchResult(frames, unreadable + failed)


def read_all(
    items: Iterable[ReadItem],
    registry: Registry,
    workers: int | None = None,
    chunk_size: int = CHUNK_SIZE,
    seconds_per_document: float = SECONDS_PER_DOCUMENT,
) -> Iterator[BatchResult]:
    """Reads any number of documents over ``workers`` processes (default: one a core), results in the order of
    ``items``, which are drawn only as fast as results are taken.

    Few documents, or ``workers=1``, are read in this process. A file on which a worker dies, runs out of memory or
    takes longer than ``seconds_per_document`` (and 10 s a megabyte) is unreadable; the files read along with it are
    read again without it. Raises RuntimeError when workers cannot be started.
    """
    count = workers or len(os.sched_getaffinity(0))
    items = iter(items)
    first = list(islice(items, FEW + 1))
    chunks = _chunks(chain(first, items), chunk_size)
    if count == 1 or len(first) <= FEW:
        yield from (read_batch(chunk, registry) for chunk in chunks)
        return
    from transforms.reading_pool import ReadingPool  # it imports this module

    with ReadingPool(registry, count, seconds_per_document) as pool:
        yield from pool.read(chunks)


def empty_result(refused: Refused) -> BatchResult:
    """The result of a single document that could not be read."""
    return BatchResult(fact_frames([]), [refused])


def _chunks(items: Iterator[ReadItem], size: int) -> Iterator[list[ReadItem]]:
    chunk: list[ReadItem] = []
    total = 0
    for item in items:
        chunk.append(item)
        total += len(item.content)
        if len(chunk) >= size or total >= CHUNK_BYTES:
            yield chunk
            chunk, total = [], 0
    if chunk:
        yield chunk


def _frames(batch: list[tuple[int, Facts]]) -> tuple[FactFrames, list[Refused]]:
    """The frames of a batch; a document whose facts fit no frame is left out and reported."""
    try:
        return fact_frames(batch), []
    except Exception:
        parts, failed = [fact_frames([])], []
        for key, facts in batch:
            try:
                parts.append(fact_frames([(key, facts)]))
            except Exception:
                failed.append(_system_fault(key))
    return {group: pl.concat([part[group] for part in parts]) for group in FACT_SCHEMAS}, failed


def _system_fault(document_key: int) -> Refused:
    """The exception at hand as a fault of ours."""
    error = refusal("system_fault", "unexpected error while reading")
    return Refused(document_key, error.message, traceback.format_exc(), True)
