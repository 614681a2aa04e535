"""A reader that does what a hostile file may make one do; it runs in the worker processes of the pool's tests."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from transforms.departments.registry import DepartmentMatch, Registry
from transforms.reading_file import Outcome, ReadItem, read_file

BEYOND_THE_LIMIT = 480 << 20
MUCH = 300 << 20


class GreedyRegistry(Registry):
    """A registry that takes more memory than a worker may have."""

    def find(self, text: str) -> DepartmentMatch | None:
        """Finds no memory."""
        bytearray(BEYOND_THE_LIMIT)
        return super().find(text)


def read_with_faults(item: ReadItem, registry: Registry) -> Outcome:
    """Reads, but dies, exits, hangs, takes too much memory (EAT) or much (GROW) on files that say so. ONCE and a path:
    dies unless the path exists."""
    content = item.content
    if content.startswith(b"DIE"):
        os.kill(os.getpid(), signal.SIGKILL)
    if content.startswith(b"EXIT"):
        os._exit(3)
    if content.startswith(b"HANG"):
        time.sleep(600)
    if content.startswith(b"EAT"):
        return read_file(item._replace(content=content.removeprefix(b"EAT")), GreedyRegistry(()))
    if content.startswith(b"GROW"):
        bytearray(b"1" * 4096) * (MUCH // 4096)
        return read_file(item._replace(content=content.removeprefix(b"GROW")), registry)
    if content.startswith(b"ONCE"):
        return _die_once(item, registry)
    return read_file(item, registry)


def _die_once(item: ReadItem, registry: Registry) -> Outcome:
    mark, _, content = item.content.removeprefix(b"ONCE").partition(b"\n")
    if not Path(mark.decode()).exists():
        Path(mark.decode()).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return read_file(item._replace(content=content), registry)
