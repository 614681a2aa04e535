"""What runs in a worker process of the reading pool: files in, outcomes out, until the pipe closes.

Only the process is set up here; how a file is read comes with the set-up.
"""

from __future__ import annotations

import pickle
import resource
import signal
from multiprocessing.connection import Connection

from warehouse.processes import collect_rarely

READY = b"ready"
RETIRED = b"retired"
"""The last word of a worker that leaves its memory to the system; whatever it was still given is another's."""
_MOST_MEMORY = 440 << 20
"""Bytes of data a worker may hold; with code and libraries it stays under 500 MiB."""
_WORN = 220 << 20
"""A worker that grew beyond this retires: what one file left behind must not be wanting to the next."""


def work(connection: Connection, setup: bytes) -> None:
    """Answers each pickled list of ReadItem with a pickled Outcome an item, as soon as it is read; READY first.
    ``setup`` is the pickled reading function and registry. Ends when the pipe closes, or with RETIRED."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    read, registry = pickle.loads(setup)
    collect_rarely()
    try:
        connection.send_bytes(READY)
        while True:
            for item in pickle.loads(connection.recv_bytes()):
                connection.send_bytes(pickle.dumps(read(item, registry), pickle.HIGHEST_PROTOCOL))
                if _peak_memory() > _WORN:
                    connection.send_bytes(RETIRED)
                    return
    except (EOFError, ConnectionError):
        return


def _limit_memory() -> None:
    """Data rather than address space: mapped libraries are shared and differ from machine to machine."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = _MOST_MEMORY if hard == resource.RLIM_INFINITY else min(_MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _peak_memory() -> int:
    """Bytes that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
