"""What Linux tells of the processes of a session: which live, what memory and processor time they take."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PSS = re.compile(r"^Pss:\s+(\d+) kB$", re.MULTILINE)


def processes_of(sessions: Iterable[int]) -> list[int]:
    """The living processes of these sessions (see setsid)."""
    wanted, living = set(sessions), []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, session, *_ = path.read_text().rpartition(")")[2].split()
            if state != "Z" and int(session) in wanted:
                living.append(int(path.parent.name))
    return living


def processor_times(session: int) -> dict[int, float]:
    """Seconds that each living process of a session has had."""
    times = {}
    for process in processes_of([session]):
        with suppress(OSError):
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            times[process] = (int(fields[11]) + int(fields[12])) / _TICKS
    return times


def memory_of(session: int) -> float:
    """MiB that the processes of a session hold together; what they share counts once."""
    kibibytes = 0
    for process in processes_of([session]):
        with suppress(OSError):
            found = _PSS.search(Path(f"/proc/{process}/smaps_rollup").read_text())
            kibibytes += int(found[1]) if found else 0
    return kibibytes / 1024
