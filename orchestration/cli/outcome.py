"""Exit statuses, and how an error reaches the person at the terminal."""

from __future__ import annotations

import atexit
import os
import sys
import traceback
from contextlib import suppress
from typing import NoReturn

import click

from warehouse.errors import JixiaoError, UsageError

DONE = 0
SYSTEM_FAILED = 1
WRONG_USE = 2
SOMETHING_REFUSED = 3


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
    except BrokenPipeError:
        status = _nobody_listens()
    except Exception as error:
        traceback.print_exc()
        status = _say(
            f"系统内部出错（{type(error).__name__}）。以上详情请交给开发人员；这条命令可以再运行一次。", SYSTEM_FAILED
        )
    sys.exit(status if isinstance(status, int) else DONE)


def leave(status: object) -> NoReturn:
    """Ends the process at once, after what was registered for its end: to take apart all that was loaded would take an
    interpreter most of a second."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status if isinstance(status, int) else DONE)


def _say(message: str, status: int) -> int:
    click.echo(f"错误：{message}", err=True)
    return status


def _nobody_listens() -> int:
    """Whoever read the output has seen enough (``| head``); what is still to be flushed goes nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE
