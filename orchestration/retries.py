"""Which errors of a stage may pass by themselves, and so are tried again; all others end the run at once."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from warehouse.errors import JixiaoError

RETRIES = dg.RetryPolicy(max_retries=3, delay=1, backoff=dg.Backoff.EXPONENTIAL)
"""Tries again after 1, 3 and 7 seconds."""

_PASSING = {
    errno.EAGAIN,
    errno.EBUSY,
    errno.EINTR,
    errno.EIO,
    errno.ENOLCK,
    errno.ESTALE,
    errno.ETIMEDOUT,
    errno.EHOSTDOWN,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.ENETUNREACH,
}
"""A disk or a network share that does not answer for a moment; not a full disk, a missing file or a lacking right."""


@contextmanager
def only_what_can_pass() -> Iterator[None]:
    """Lets errors that can pass through to the retry policy and makes Failures, never retried, of all others.

    A Failure's description is the Chinese sentence for whoever can act.
    """
    try:
        yield
    except JixiaoError as error:
        raise dg.Failure(error.message, {"detail": error.detail}, allow_retries=False) from error
    except Exception as error:
        if can_pass(error):
            raise
        message = f"系统内部出错（{type(error).__name__}）。详情在告警文件中，请交给开发人员；可以再运行一次。"
        raise dg.Failure(message, {"detail": str(error)}, allow_retries=False) from error


def can_pass(error: BaseException) -> bool:
    """Whether the same call may succeed a moment later."""
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorname in ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR")
    return isinstance(error, OSError) and error.errno in _PASSING
