"""Many slips written by two processes, each half of them: a writer keeps one core busy, and the other would be idle.

Where slips lie, and which are owed, is not looked at here.
"""

from __future__ import annotations

import signal
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType

from expectations.slips.model import Slip
from expectations.slips.writing import WRITERS
from warehouse.processes import collect_rarely, start_process

Order = tuple[Slip, tuple[str, ...]]
"""A slip and the endings of the files to write of it."""
Made = dict[str, bytes] | Exception
"""Ending -> content, or why there is none: whatever one slip does to its writer, the others are written."""

MANY = 200
"""Slips from which a second process costs less than the time that it saves."""


def made(orders: Sequence[Order]) -> list[Made]:
    """What is ordered, in that order."""
    return [_made(*order) for order in orders]


class Press:
    """For ``count`` slips in all, with a second process where they are many; used in a ``with`` statement."""

    def __init__(self, count: int) -> None:
        self._second = start_process(_serve) if count >= MANY else None

    def __enter__(self) -> Press:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._second is not None:
            process, connection = self._second
            connection.close()
            if kind is not None:
                process.terminate()
            process.join()

    def made(self, orders: Sequence[Order]) -> list[Made]:
        """What is ordered, in that order. What the second process fails at, or dies of, is written by this one."""
        if self._second is None:
            return made(orders)
        process, connection = self._second
        half = len(orders) // 2
        try:
            connection.send(orders[half:])
            first = made(orders[:half])
            theirs: list[dict[str, bytes] | None] = connection.recv()
        except (EOFError, OSError):
            self._second = None
            process.terminate()
            process.join()
            connection.close()
            return made(orders)
        return first + [
            _made(*order) if content is None else content for order, content in zip(orders[half:], theirs, strict=True)
        ]


def _made(slip: Slip, endings: Sequence[str]) -> Made:
    try:
        return {ending: WRITERS[ending](slip) for ending in endings}
    except Exception as error:
        return error


def _serve(connection: Connection) -> None:
    """Runs in the process: writes what it is sent, until nothing more can come. Errors do not travel."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the night that asks decides
    collect_rarely()
    while True:
        try:
            orders: Sequence[Order] = connection.recv()
        except EOFError:
            return
        with suppress(OSError):  # the night waits for it no longer
            connection.send([None if isinstance(content, Exception) else content for content in made(orders)])
