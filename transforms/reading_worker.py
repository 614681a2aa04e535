"""What runs in a worker process of the reading pool: chunks in, results out, until the pipe closes.

Nothing large is imported here: the process sets its limits before it loads the readers with its set-up.
"""

from __future__ import annotations

import os
import pickle
import signal
from multiprocessing.connection import Connection

READY = b"ready"
_MOST_MEMORY = 4 << 30


def work(connection: Connection, setup: bytes) -> None:
    """Answers each pickled list of ReadItem with a pickled BatchResult; READY first. ``setup`` is the pickled
    reading function and registry. Ends when the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["POLARS_MAX_THREADS"] = "1"
    _limit_memory()
    read, registry = pickle.loads(setup)
    try:
        connection.send_bytes(READY)
        while True:
            items = pickle.loads(connection.recv_bytes())
            connection.send_bytes(pickle.dumps(read(items, registry), pickle.HIGHEST_PROTOCOL))
    except (EOFError, BrokenPipeError):
        return


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # no such limits on this platform
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _MOST_MEMORY if hard == resource.RLIM_INFINITY else min(_MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
