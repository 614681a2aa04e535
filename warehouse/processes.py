"""Processes of our own beside the one that runs: how one is started. What it does is its caller's."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing import forkserver
from multiprocessing.connection import Connection, Pipe
from multiprocessing.process import BaseProcess

_CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()


def preload(module: str) -> None:
    """Start the process that all others are forked from, with ``module`` loaded, beside whatever this one does next.

    A few milliseconds here; it ends with this process. Once it runs, or where there is none, nothing happens.
    """
    if _CAN_FORK:
        multiprocessing.set_forkserver_preload([module])
        forkserver.ensure_running()


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
