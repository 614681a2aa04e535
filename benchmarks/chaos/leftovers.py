"""Processes that outlive the night that started them; from /proc, so on Linux alone."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_PATIENCE_SECONDS = 20.0


def processes_left(sessions: Iterable[int]) -> list[int]:
    """The processes of these sessions (see setsid) that do not end by themselves."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while (living := _processes_of(frozenset(sessions))) and time.monotonic() < until:
        time.sleep(0.02)
    return living


def _processes_of(sessions: frozenset[int]) -> list[int]:
    living = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, session, *_ = path.read_text().rpartition(")")[2].split()
            if state != "Z" and int(session) in sessions:
                living.append(int(path.parent.name))
    return living
