"""Nights in processes of their own, forked from one that has only imported; each may carry a fault from within.

``Fault`` is what is done to the process before its night begins.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from benchmarks.chaos.leftovers import processes_left
from benchmarks.chaos.touches import DISK, RENAMES, dying_at, find, watch
from orchestration.night.line import Line
from orchestration.reprocessing.replaying import run_night
from orchestration.retries import sentence_of_mendable
from orchestration.settings import load_settings
from warehouse.errors import JixiaoError
from warehouse.home import Home, exclusive

DONE, REFUSED, BROKEN, KILLED = "done", "refused", "broken", "killed"
"""How a night ended: through; with a sentence for whoever can act; with an error of ours; by kill -9."""
_TINY = 4096
_MEBIBYTE = 1 << 20
_PRELOADED = ("benchmarks.chaos.nights", "benchmarks.chaos.readers", "expectations.contracts", "expectations.gate")

Fault = Callable[[], list[str]]
"""Arms this process; gives the list of touches, which grows."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a night ended, what it said, and its touches of the disk if it lived to tell them."""

    how: str
    said: str = ""
    touches: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Unharmed:
    """No fault; the touches are counted."""

    def __call__(self) -> list[str]:
        return watch(DISK, lambda name, number, is_over: None)


@dataclass(frozen=True, slots=True)
class DyingAtTouch:
    """Dies at the n-th touch of the disk, before or after it took effect."""

    number: int
    is_after: bool = False

    def __call__(self) -> list[str]:
        return watch(DISK, dying_at(self.number, is_over=self.is_after))


@dataclass(frozen=True, slots=True)
class DyingAtRename(DyingAtTouch):
    """Dies at the n-th rename."""

    def __call__(self) -> list[str]:
        places = [(owner, [name for name in names if name in RENAMES]) for owner, names in DISK]
        return watch(places, dying_at(self.number, is_over=self.is_after))


@dataclass(frozen=True, slots=True)
class DyingAtPoint:
    """Dies at the ``times``-th call of a function, before or after it ran."""

    target: str
    is_after: bool = False
    times: int = 1

    def __call__(self) -> list[str]:
        owner, name = find(self.target)
        return watch([(owner, [name])], dying_at(self.times, is_over=self.is_after))


@dataclass(frozen=True, slots=True)
class FullDisk:
    """From the n-th touch on there is no space: ``ballast`` fills its file system, or without one no file may grow
    any more."""

    number: int
    ballast: str | None

    def __call__(self) -> list[str]:
        def told(name: str, number: int, is_over: bool) -> None:
            if number == self.number and not is_over:
                self._strike()

        return watch(DISK, told)

    def _strike(self) -> None:
        if self.ballast is None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (_TINY, _TINY))
            return
        block = bytes(_MEBIBYTE)
        descriptor = os.open(self.ballast, os.O_WRONLY | os.O_CREAT)
        with suppress(OSError):
            while os.write(descriptor, block):
                pass
        os.close(descriptor)


@dataclass(frozen=True, slots=True)
class ChangingFile:
    """A file of the inbox is ``changed`` (a function of its path) while it is read."""

    name: str
    changed: Callable[[str], None]

    def __call__(self) -> list[str]:
        owner, name = find("warehouse.intake.intake:chunks_of")
        real = getattr(owner, name)

        def chunks(descriptor: int) -> Iterator[bytes]:
            path = str(Path(f"/proc/self/fd/{descriptor}").readlink())
            for chunk in real(descriptor):
                yield chunk
                if path.endswith(self.name):
                    self.changed(path)

        setattr(owner, name, chunks)
        return []


def ready() -> None:
    """Starts the process that all nights are forked from; before anything else is started."""
    multiprocessing.set_forkserver_preload(list(_PRELOADED))


def start(target: Callable[..., None], *arguments: object) -> tuple[BaseProcess, Connection]:
    """A forked process that runs ``target(connection, *arguments)``, and our end of its pipe."""
    ours, theirs = multiprocessing.Pipe()
    process: BaseProcess = multiprocessing.get_context("forkserver").Process(target=target, args=(theirs, *arguments))
    process.start()
    theirs.close()
    return process, ours


class Night:
    """A night under way."""

    def __init__(self, home: Home, now: datetime, fault: Fault | None = None) -> None:
        self._process, self._answer = start(_night, str(home.path), now, fault or Unharmed())

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.is_alive()

    def kill_after(self, seconds: float) -> Ended:
        """Sends SIGKILL after so long, unless the night is over by then."""
        self._process.join(seconds)
        self._process.kill()
        return self.end()

    def end(self) -> Ended:
        """Waits for the end; also of every process that the night had started."""
        try:
            ended: Ended = self._answer.recv()
        except EOFError:
            ended = Ended(KILLED)
        self._process.join()
        status = self._process.exitcode
        self._answer.close()
        if ended.how == KILLED and status != -9:
            ended = Ended(BROKEN, f"exit status {status}")
        left = processes_left([self._process.pid or 0])
        return Ended(BROKEN, f"processes left behind: {left}") if left else ended


def _night(answer: Connection, home: str, now: datetime, fault: Fault) -> None:
    os.setsid()
    touches, place = fault(), Home(Path(home))
    try:
        with exclusive(place.create()):
            line = Line(place, load_settings(place), f"night-{os.getpid()}", now, is_asked_twice=False)
            run_night(line)
            line.prove()
            problems = line.proof_problems()
        answer.send(Ended(BROKEN, "\n".join(problems)) if problems else Ended(DONE, touches=touches))
    except JixiaoError as error:
        answer.send(Ended(REFUSED, f"{error.message} ({error.detail})", touches))
    except Exception as error:
        said = sentence_of_mendable(error, place.path)
        answer.send(Ended(REFUSED, said, touches) if said else Ended(BROKEN, traceback.format_exc()))
