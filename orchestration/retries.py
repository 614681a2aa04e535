"""Which errors of a stage may pass by themselves, and so are tried again; all others end the run at once."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from warehouse.errors import JixiaoError, SystemFault

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


_AGAIN = "收到的文件和现行发布都不受影响；处理后再运行一次即可。"
_MENDABLE = {
    errno.ENOSPC: f"磁盘已满，没有写完。请腾出空间（jixiao doctor 会检查）。{_AGAIN}",
    errno.EDQUOT: f"磁盘配额已用完，没有写完。请腾出空间或提高配额。{_AGAIN}",
    errno.EFBIG: f"系统限制了文件的大小（ulimit -f），没有写完。请放宽限制。{_AGAIN}",
    errno.EROFS: f"磁盘只能读、不能写，可能有故障或挂载有误。请检查磁盘。{_AGAIN}",
    errno.EACCES: f"没有读写数据目录的权限。请用 jixiao doctor 检查，改正权限。{_AGAIN}",
    errno.EPERM: f"系统不允许改动数据目录中的文件。请用 jixiao doctor 检查，改正权限。{_AGAIN}",
}
"""What an operator can mend, and does not pass by itself."""
INTERRUPTED = "任务被中断，没有走完。收到的文件不会丢失，再运行一次即可接着做完。"
INTERRUPTIONS = (dg.DagsterExecutionInterruptedError, KeyboardInterrupt)
_LITTLE = 1 << 20
"""Bytes by which a disk is tried."""


class NoAnswer(SystemFault):
    """Disk or network did not answer; the retry policy tries again."""

    SENTENCE = "磁盘或网络没有应答，重试后仍未成功。"


@contextmanager
def only_what_can_pass(folder: Path) -> Iterator[None]:
    """Makes NoAnswer, which is retried, of errors that can pass, and Failures, never retried, of all others and of
    interruptions, which Dagster would try again too. ``folder`` is where the work is written.

    A Failure's description is the Chinese sentence for whoever can act.
    """
    try:
        yield
    except INTERRUPTIONS as stop:
        raise dg.Failure(INTERRUPTED, allow_retries=False) from stop
    except JixiaoError as error:
        raise dg.Failure(error.message, {"detail": error.detail}, allow_retries=False) from error
    except Exception as error:
        if can_pass(error):
            raise NoAnswer(NoAnswer.SENTENCE, str(error)) from error
        raise dg.Failure(_sentence_of(error, folder), {"detail": str(error)}, allow_retries=False) from error


def _sentence_of(error: Exception, folder: Path) -> str:
    if isinstance(error.__cause__, INTERRUPTIONS):  # a query broken off, in DuckDB's own words
        return INTERRUPTED
    return sentence_of_mendable(error, folder) or broken_inside(type(error).__name__)


def broken_inside(error: str) -> str:
    """The sentence for an error that only a developer can act on, by its class."""
    return f"系统内部出错（{error}）。详情在告警文件中，请交给开发人员；可以再运行一次。"


def sentence_of_mendable(error: BaseException, folder: Path) -> str | None:
    """The sentence for an error of the disk that an operator can act on, also one inside another library's words, or
    one that it does not name: then the ``folder`` is tried."""
    if isinstance(error, OSError):
        return _MENDABLE.get(error.errno or 0)
    said = str(error)
    named = next((number for number in _MENDABLE if os.strerror(number) in said), None)
    return _MENDABLE.get(named or _trouble_of(folder))


def _trouble_of(folder: Path) -> int:
    """The error number of writing a little in the folder; 0 when it goes well."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(_LITTLE))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.errno or 0
    return 0


def can_pass(error: BaseException) -> bool:
    """Whether the same call may succeed a moment later."""
    if isinstance(error, sqlite3.OperationalError):
        return getattr(error, "sqlite_errorname", None) in ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR")
    return isinstance(error, OSError) and error.errno in _PASSING
