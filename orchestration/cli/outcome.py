"""Exit statuses, and how an error reaches the person at the terminal."""

from __future__ import annotations

import atexit
import errno
import io
import os
import sys
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from warehouse.errors import JixiaoError, SystemFault, UsageError
from warehouse.reasons import reason_of

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

DONE = 0
SYSTEM_FAILED = 1
WRONG_USE = 2
SOMETHING_REFUSED = 3

_ERRORS = 2
"""The number of the output for what went wrong."""

_OF_THE_MACHINE = frozenset(
    {
        *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ESTALE),
        *(errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EMFILE, errno.ENFILE),
    }
)
"""What the system refuses for a reason that whoever runs the command can mend; anything else is a fault of ours."""


class _Output(io.FileIO):
    """Where output goes. When nobody reads it any more (``| head``), what is still to come goes nowhere, and the
    command ends as it would have; nor does a complaint that cannot be written change how it ends."""

    def write(self, data: ReadableBuffer, /) -> int:
        """The bytes that were written; SystemFault when those of standard output cannot be."""
        try:
            return super().write(data)
        except OSError as error:
            if isinstance(error, BrokenPipeError) or self.fileno() == _ERRORS:
                return memoryview(data).nbytes
            raise SystemFault(f"输出没有写完：{reason_of(error)}。", str(error)) from error


def open_outputs() -> None:
    """Makes both outputs such, also where they were closed; characters that a terminal does not know are escaped."""
    while (lacking := os.open(os.devnull, os.O_RDWR)) <= _ERRORS:
        os.set_inheritable(lacking, True)
    os.close(lacking)
    sys.stdout, sys.stderr = _opened(1, sys.stdout), _opened(_ERRORS, sys.stderr)


def _opened(number: int, before: TextIO | None) -> TextIO:
    """The output of that number with the encoding that it has; ASCII can say nothing here."""
    encoding = before.encoding if before is not None else "ascii"
    raw = _Output(number, "w", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding="utf-8" if "ascii" in encoding.lower() else encoding,
        errors="backslashreplace",
        line_buffering=raw.isatty() or number == _ERRORS,
    )


def run(command: click.Command) -> None:
    """Runs the command line and ends the process with the right status; never a bare traceback for a known error."""
    try:
        status = command.main(prog_name="jixiao", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        status = _say("已中断。", SYSTEM_FAILED)
    except click.ClickException as error:
        from orchestration.cli.commands import sentence

        status = _say(sentence(error), WRONG_USE)
    except UsageError as error:
        status = _say(error.message, WRONG_USE)
    except JixiaoError as error:
        status = _say(error.message, SYSTEM_FAILED)
    except Exception as error:
        status = _say(_sentence_of(error), SYSTEM_FAILED)
    sys.exit(status if isinstance(status, int) else DONE)


def leave(status: object) -> NoReturn:
    """Ends the process at once, after what was registered for its end: to take apart all that was loaded would take an
    interpreter most of a second."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, JixiaoError):
            stream.flush()
    os._exit(status if isinstance(status, int) else DONE)


def _say(message: str, status: int) -> int:
    click.echo(f"错误：{message}", err=True)
    return status


def _sentence_of(error: Exception) -> str:
    """What to say of an error that nobody foresaw; with its details, unless it is the machine's."""
    if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
        place = f"“{error.filename}”" if error.filename else "磁盘"
        return f"无法读写{place}：{reason_of(error)}。可用 jixiao doctor 检查；处理后再运行一次。"
    if isinstance(error, FileNotFoundError) and error.filename is None:
        return "所在的目录已经不在了。请换到另一个目录（cd），再运行一次。"
    traceback.print_exception(error)
    return f"系统内部出错（{type(error).__name__}）。以上详情请交给开发人员；这条命令可以再运行一次。"
