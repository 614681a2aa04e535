"""A pool of reading processes that outlives whatever a file does to one of them.

The pool knows chunks, deadlines and dead workers; how a document is read is none of its business. (The executors of
the standard library lose all pending work when one process dies.)
"""

from __future__ import annotations

import multiprocessing
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.process import BaseProcess
from types import TracebackType

from transforms.departments.registry import Registry
from transforms.documents.refusals import refusal
from transforms.reading import BatchResult, ReadItem, Refused, empty_result, read_batch
from transforms.reading_worker import READY, work

_START_SECONDS = 120.0
_SECONDS_PER_BYTE = 10e-6
_CHUNKS_A_WORKER = 3
"""Chunks under way or waiting to be taken, for each worker: what bounds the memory."""


@dataclass(slots=True)
class _Chunk:
    """Documents read together, or one by one after a worker died on them; ``results`` in their order."""

    items: list[ReadItem]
    results: list[BatchResult | None]

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is missing."""
        return all(result is not None for result in self.results)


@dataclass(slots=True)
class _Task:
    chunk: _Chunk
    part: int
    items: list[ReadItem]


class _Worker:
    """A process and the task it is at."""

    def __init__(self, setup: bytes) -> None:
        self.connection, theirs = Pipe()
        self.process = _start(theirs, setup)
        theirs.close()
        self.is_ready = False
        self.task: _Task | None = None
        self.deadline = time.monotonic() + _START_SECONDS

    def give(self, task: _Task, seconds: float) -> bool:
        """Hands over a task to be done in ``seconds`` and more for large files; False when the process is gone."""
        try:
            self.connection.send_bytes(pickle.dumps(task.items, pickle.HIGHEST_PROTOCOL))
        except OSError:
            return False
        seconds += _SECONDS_PER_BYTE * sum(len(item.content) for item in task.items)
        self.task, self.deadline = task, time.monotonic() + seconds
        return True

    def stop(self) -> None:
        """Ends the process, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.connection.close()


def _start(connection: Connection, setup: bytes) -> BaseProcess:
    """A new process at work, never a fork of this one: threads and open databases must not be copied."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        process: BaseProcess = multiprocessing.get_context("forkserver").Process(
            target=work, args=(connection, setup), daemon=True
        )
    else:
        process = multiprocessing.get_context("spawn").Process(target=work, args=(connection, setup), daemon=True)
    process.start()
    return process


class ReadingPool:
    """Reads chunks over ``workers`` processes; a context manager that ends them all.

    ``seconds`` is the time limit of a document of usual size, and of a chunk before its documents are tried one by
    one. ``read`` is what each process does with a chunk, a function that can be imported there.
    """

    def __init__(
        self,
        registry: Registry,
        workers: int,
        seconds: float,
        read: Callable[[Sequence[ReadItem], Registry], BatchResult] = read_batch,
    ) -> None:
        self._setup = pickle.dumps((read, registry))
        self._seconds = seconds
        self._count = workers
        self._workers: list[_Worker] = []
        self._waiting: deque[_Task] = deque()

    def __enter__(self) -> ReadingPool:
        self._workers = [_Worker(self._setup) for _ in range(self._count)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.stop()

    def read(self, chunks: Iterator[list[ReadItem]]) -> Iterator[BatchResult]:
        """The results of all chunks, in order; chunks are drawn while fewer than a few a worker are under way."""
        under_way: deque[_Chunk] = deque()
        while True:
            while len(under_way) < self._count * _CHUNKS_A_WORKER and (items := next(chunks, None)) is not None:
                chunk = _Chunk(items, [None])
                under_way.append(chunk)
                self._waiting.append(_Task(chunk, 0, items))
            while under_way and under_way[0].is_done:
                yield from (result for result in under_way.popleft().results if result is not None)
            if not under_way and items is None:
                return
            self._assign()
            self._await()

    def _assign(self) -> None:
        for at, worker in enumerate(self._workers):
            if not self._waiting:
                return
            if worker.is_ready and worker.task is None:
                task = self._waiting.popleft()
                if not worker.give(task, self._seconds):
                    self._waiting.appendleft(task)
                    self._replace(at)

    def _await(self) -> None:
        """Waits until a worker answers, dies or is out of time."""
        busy = {worker.connection: at for at, worker in enumerate(self._workers) if worker.task or not worker.is_ready}
        if not busy:
            return
        soonest = min(self._workers[at].deadline for at in busy.values())
        for connection in wait(list(busy), timeout=max(0.0, soonest - time.monotonic())):
            if isinstance(connection, Connection):
                self._hear(busy.pop(connection))
        now = time.monotonic()
        for at in busy.values():
            if self._workers[at].deadline <= now:
                self._lose(at, "time_limit")

    def _hear(self, at: int) -> None:
        worker = self._workers[at]
        try:
            answer = worker.connection.recv_bytes()
        except (EOFError, OSError):
            self._lose(at, "worker_died")
            return
        if not worker.is_ready:
            worker.is_ready = answer == READY
            return
        if worker.task is not None:
            worker.task.chunk.results[worker.task.part] = pickle.loads(answer)
            worker.task = None

    def _lose(self, at: int, reason: str) -> None:
        """A worker is gone or out of time: a single document is guilty, those of a chunk are tried one by one."""
        worker = self._workers[at]
        worker.stop()
        if not worker.is_ready:
            raise RuntimeError(f"a reading process did not start (exit code {worker.process.exitcode})")
        task = worker.task
        self._replace(at)
        if task is None:
            return
        if len(task.items) == 1:
            detail = f"exit code {worker.process.exitcode}, limit {self._seconds:g} s"
            error = refusal(reason, detail)
            refused = Refused(task.items[0].document_key, error.message, error.detail, True)
            task.chunk.results[task.part] = empty_result(refused)
            return
        task.chunk.results = [None] * len(task.items)
        self._waiting.extendleft(
            _Task(task.chunk, part, [item]) for part, item in reversed(list(enumerate(task.items)))
        )

    def _replace(self, at: int) -> None:
        self._workers[at].stop()
        self._workers[at] = _Worker(self._setup)
