"""Readers that do what a hostile file may make one do; they run in the worker processes of the pool's tests."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence

from transforms.departments.registry import Registry
from transforms.reading import BatchResult, ReadItem, read_batch


def read_with_faults(items: Sequence[ReadItem], registry: Registry) -> BatchResult:
    """Reads, but dies, exits or hangs on files that say so."""
    for item in items:
        if item.content.startswith(b"DIE"):
            os.kill(os.getpid(), signal.SIGKILL)
        if item.content.startswith(b"EXIT"):
            os._exit(3)
        if item.content.startswith(b"HANG"):
            time.sleep(600)
    return read_batch(items, registry)
