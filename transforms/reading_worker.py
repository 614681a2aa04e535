"""What runs in a worker process of the reading pool: files in, outcomes out, until the pipe closes.

Only the process is set up here; how a file is read comes with the set-up.
"""

from __future__ import annotations

import gc
import pickle
import signal
from multiprocessing.connection import Connection

READY = b"ready"
_MOST_MEMORY = 4 << 30


def work(connection: Connection, setup: bytes) -> None:
    """Answers each pickled list of ReadItem with a pickled Outcome an item, as soon as it is read; READY first.
    ``setup`` is the pickled reading function and registry. Ends when the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    read, registry = pickle.loads(setup)
    registry.find("")  # makes it ready to be looked in, which is no file's time
    gc.freeze()  # lexicons and patterns stay, and need not be looked through for garbage
    try:
        connection.send_bytes(READY)
        while True:
            for item in pickle.loads(connection.recv_bytes()):
                connection.send_bytes(pickle.dumps(read(item, registry), pickle.HIGHEST_PROTOCOL))
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
