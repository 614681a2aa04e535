"""A pool of reading processes that outlives whatever a file does to one of them.

The pool knows files, deadlines and dead workers; how a file is read is none of its business. (The executors of the
standard library lose all pending work when one process dies.) Each worker answers file by file, so that the file on
which it dies or hangs is known.
"""

from __future__ import annotations

import pickle
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType

from transforms.departments.registry import Registry
from transforms.reading_file import Outcome, ReadItem, read_file, system_fault
from transforms.reading_worker import READY, RETIRED, work
from warehouse.processes import preload, start_process

_START_SECONDS = 120.0
_SECONDS_PER_BYTE = 10e-6
_AT_ONCE = 4
"""Files handed to a worker together."""
_AHEAD = 64
_BYTES_AHEAD = 64_000_000
"""Files for each worker, and bytes for all, that are under way or wait for one before them: what bounds the memory."""
_DEATHS = 2
"""A worker may be killed for what an earlier file left behind: a file is guilty when it happens again."""


def prepare() -> None:
    """Starts loading the readers, beside whatever this process does next: call it early where files will be read,
    before any other process is started."""
    preload("transforms.reading_preload")


@dataclass(slots=True, eq=False)
class _Job:
    item: ReadItem
    outcome: Outcome | None = None
    deaths: int = 0


@dataclass(slots=True, eq=False)
class _Worker:
    """A process and the files it has yet to answer for, the one it is at first."""

    process: BaseProcess
    connection: Connection
    deadline: float
    is_ready: bool = False
    jobs: deque[_Job] = field(default_factory=deque)

    @property
    def is_free(self) -> bool:
        """Whether it waits for work."""
        return self.is_ready and not self.jobs

    def stop(self) -> None:
        """Ends the process, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.connection.close()


class ReadingPool:
    """Reads files over up to ``workers`` processes; a context manager that ends them all.

    ``seconds`` is the time limit of a file of usual size. ``read`` is what each process does with a file, a function
    that can be imported there.
    """

    def __init__(
        self,
        registry: Registry,
        workers: int,
        seconds: float,
        read: Callable[[ReadItem, Registry], Outcome] = read_file,
    ) -> None:
        self._setup = pickle.dumps((read, registry))
        self._seconds = seconds
        self._count = workers
        self._workers: list[_Worker] = []
        self._waiting: deque[_Job] = deque()
        self._under_way: deque[_Job] = deque()
        self._bytes_under_way = 0

    def __enter__(self) -> ReadingPool:
        prepare()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.stop()

    def read(self, items: Iterable[ReadItem]) -> Iterator[Outcome]:
        """What became of each file, in order; files are drawn while fewer than a few a worker are under way.

        Raises RuntimeError when workers cannot be started.
        """
        source = iter(items)
        while True:
            self._draw(source)
            self._assign()
            if not self._under_way:
                return
            outcome = self._under_way[0].outcome
            if outcome is None:
                self._await()
            else:
                self._bytes_under_way -= len(self._under_way.popleft().item.content)
                yield outcome

    def _draw(self, source: Iterator[ReadItem]) -> None:
        while len(self._under_way) < _AHEAD * self._count and self._bytes_under_way < _BYTES_AHEAD:
            item = next(source, None)
            if item is None:
                return
            job = _Job(item)
            self._under_way.append(job)
            self._waiting.append(job)
            self._bytes_under_way += len(item.content)

    def _assign(self) -> None:
        """Gives waiting files to free workers; starts as many workers as there is work for."""
        for worker in self._workers.copy():
            if worker.is_free and self._waiting:
                self._give(worker)
        unanswered = len(self._waiting) + sum(len(worker.jobs) for worker in self._workers)
        while len(self._workers) < min(self._count, unanswered):
            process, connection = start_process(work, self._setup)
            self._workers.append(_Worker(process, connection, time.monotonic() + _START_SECONDS))

    def _give(self, worker: _Worker) -> None:
        share = min(_AT_ONCE, -(-len(self._waiting) // self._count))
        jobs = [self._waiting.popleft() for _ in range(share)]
        try:
            worker.connection.send_bytes(pickle.dumps([job.item for job in jobs], pickle.HIGHEST_PROTOCOL))
        except OSError:  # it died while it was free
            self._waiting.extendleft(reversed(jobs))
            self._remove(worker)
        else:
            worker.jobs.extend(jobs)
            self._set_deadline(worker)

    def _set_deadline(self, worker: _Worker) -> None:
        if worker.jobs:
            size = len(worker.jobs[0].item.content)
            worker.deadline = time.monotonic() + self._seconds + _SECONDS_PER_BYTE * size

    def _await(self) -> None:
        """Waits until a worker answers, dies or is out of time."""
        busy = {worker.connection: worker for worker in self._workers if not worker.is_free}
        soonest = min((worker.deadline for worker in busy.values()), default=0.0)
        for connection in wait(list(busy), timeout=max(0.0, soonest - time.monotonic())):
            if isinstance(connection, Connection):
                self._hear(busy.pop(connection))
        now = time.monotonic()
        for worker in busy.values():
            if worker.deadline <= now:
                self._lose(worker, "time_limit")

    def _hear(self, worker: _Worker) -> None:
        try:
            answer = worker.connection.recv_bytes()
        except (EOFError, OSError):
            self._lose(worker, "worker_died")
            return
        if not worker.is_ready:
            worker.is_ready = answer == READY
            return
        if answer == RETIRED:
            self._remove(worker)
            self._waiting.extendleft(reversed(worker.jobs))
            return
        worker.jobs.popleft().outcome = pickle.loads(answer)
        self._set_deadline(worker)

    def _lose(self, worker: _Worker, reason: str) -> None:
        """A worker is gone or out of time: the file it was at is to blame, the others are given to another."""
        self._remove(worker)
        if not worker.is_ready:
            raise RuntimeError(f"a reading process did not start (exit code {worker.process.exitcode})")
        job = worker.jobs[0]
        job.deaths += reason == "worker_died"
        if reason == "time_limit" or job.deaths >= _DEATHS:
            worker.jobs.popleft()
            detail = f"exit code {worker.process.exitcode}, limit {self._seconds:g} s"
            job.outcome = system_fault(job.item.document_key, reason, detail)
        self._waiting.extendleft(reversed(worker.jobs))

    def _remove(self, worker: _Worker) -> None:
        worker.stop()
        self._workers.remove(worker)
