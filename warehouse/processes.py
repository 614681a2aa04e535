"""Processes of our own: how one is started beside the one that runs, how it is spared work. What it does is its
caller's."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable
from multiprocessing import forkserver
from multiprocessing.connection import Connection, Pipe
from multiprocessing.process import BaseProcess

_MOST_OBJECTS = 50_000
"""Objects made and not freed before garbage is looked for: more than a usual workbook holds, and little memory."""
_CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()


def preload(module: str) -> None:
    """Start the process that all others are forked from, with ``module`` loaded, beside whatever this one does next.

    A few milliseconds here; it ends with this process. Once it runs, or where there is none, nothing happens.
    """
    if _CAN_FORK:
        multiprocessing.set_forkserver_preload([module])
        forkserver.ensure_running()


def collect_rarely() -> None:
    """For a process that works and ends: what was loaded so far stays, and is never looked through for garbage; what
    comes is, much more rarely than an interpreter does by itself."""
    gc.freeze()
    gc.set_threshold(_MOST_OBJECTS)


def start_process(target: Callable[..., None], *arguments: object) -> tuple[BaseProcess, Connection]:
    """A process that runs ``target(connection, *arguments)``, and our end of its pipe; it ends with this one.

    Never a fork of this process: threads and open databases must not be copied.
    """
    ours, theirs = Pipe()
    method = "forkserver" if _CAN_FORK else "spawn"
    process: BaseProcess = multiprocessing.get_context(method).Process(  # type: ignore[attr-defined]
        target=target, args=(theirs, *arguments), daemon=True
    )
    process.start()
    theirs.close()
    return process, ours
