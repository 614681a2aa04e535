"""What a process and its descendants cost while they run: CPU, memory, bytes written; from /proc, so on Linux alone."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, thread_time
from typing import NamedTuple

_EVERY_SECONDS = 0.25
"""How often it is looked at: what a process spends between the last look and its end is not seen."""
_LOOKING = 0.02
"""The share of the time that looks may take: large processes are looked at more rarely."""
_TICKS = os.sysconf("SC_CLK_TCK")
_AFTER_NAME = 11
"""Where user time stands among the fields of /proc/<pid>/stat that follow the name; system time is the next."""


class Spent(NamedTuple):
    """Seconds by the clock and of CPU, of these the process's own, the most memory that all held at once (GiB, shared
    pages counted once), GiB written."""

    wall_s: float
    cpu_s: float
    own_cpu_s: float
    peak_gib: float
    written_gib: float


class ProcessTree:
    """Watches a process and all that it started. ``mark`` gives what was spent since the mark before."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._cpu: dict[int, float] = {}
        self._written: dict[int, int] = {}
        self._lock = threading.Lock()
        self._peak = 0
        self._looking = 0.0
        self._last = (perf_counter(), 0.0, 0.0, 0)
        self.mark()

    def mark(self) -> Spent:
        """What was spent since the last mark."""
        self._look()
        with self._lock:
            own = self._cpu.get(self._pid, 0.0) - self._looking
            now = (perf_counter(), sum(self._cpu.values()) - self._looking, own, sum(self._written.values()))
            wall, cpu, own, written = (after - before for after, before in zip(now, self._last, strict=True))
            spent = Spent(wall, cpu, own, self._peak / 2**30, written / 2**30)
            self._last, self._peak = now, 0
        return spent

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Looks at the tree all the while, in a thread, whose CPU is not counted where it is one of the tree's."""
        done = threading.Event()

        def watch() -> None:
            """Looks until it is done."""
            pause, before = _EVERY_SECONDS, thread_time()
            while not done.wait(pause):
                self._look()
                now = thread_time()
                self._looking = now if self._pid == os.getpid() else 0.0
                pause, before = max(_EVERY_SECONDS, (now - before) / _LOOKING), now

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _look(self) -> None:
        with self._lock:
            self._peak = max(self._peak, sum(self._seen(pid) for pid in _descendants(self._pid)))

    def _seen(self, pid: int) -> int:
        """The memory that a process holds; its CPU and its writing are noted."""
        place = Path("/proc", str(pid))
        try:
            fields = (place / "stat").read_text().rpartition(")")[2].split()
            self._cpu[pid] = sum(int(each) for each in fields[_AFTER_NAME : _AFTER_NAME + 2]) / _TICKS
            self._written[pid] = _figure(place / "io", "write_bytes:")
            return _figure(place / "smaps_rollup", "Pss:") * 1024
        except OSError:  # it has ended
            return 0


def _figure(path: Path, name: str) -> int:
    return next(int(line.split()[1]) for line in path.read_text().splitlines() if line.startswith(name))


def _descendants(pid: int) -> Iterator[int]:
    yield pid
    try:
        tasks = list(Path("/proc", str(pid), "task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:  # it has ended
        return
    for child in children:
        yield from _descendants(child)
