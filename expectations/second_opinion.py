"""Great Expectations in a process of its own: loaded while the night does other work, asked once, heard before a
release is complete.

Importing this module is cheap. What is counted, and how, belongs to ``expectations.suites``.
"""

from __future__ import annotations

import signal
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from warehouse.errors import SystemFault
from warehouse.processes import collect_rarely, start_process

if TYPE_CHECKING:
    from expectations.catalogue import Catalogue

Counts = dict[str, int]
"""Rule id to number of violations."""

_FAULT = "规则评判引擎的进程出错，本次不发布。"


class _Fault(NamedTuple):
    """An error on its way between processes."""

    message: str
    detail: str


class SecondOpinion:
    """A question that is being answered. ``counts`` may be asked for again; ``stop`` gives it up."""

    def __init__(self) -> None:
        self._process, self._connection = start_process(_answer)
        self._counts: Counts | None = None

    def ask(self, catalogue: Catalogue, database: Path, docs: Path | None) -> None:
        """Have the violations of a judged batch counted (see ``suites.run_suites``); returns at once."""
        try:
            self._connection.send((catalogue, database, docs))
        except OSError as error:
            raise self._died() from error

    def counts(self) -> Counts:
        """The answer, waited for. SystemFault when the engine failed or its process died."""
        if self._counts is None:
            try:
                answer: Counts | _Fault = self._connection.recv()
            except (EOFError, OSError) as error:
                raise self._died() from error
            if isinstance(answer, _Fault):
                raise SystemFault(*answer)
            self._counts = answer
        return self._counts

    @property
    def process(self) -> BaseProcess:
        """The process that answers."""
        return self._process

    def stop(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._connection.close()

    def _died(self) -> SystemFault:
        self._process.join()
        return SystemFault(_FAULT, f"the process of the suites ended with exit code {self._process.exitcode}")


_ready: list[Future[SecondOpinion]] = []
"""A process that loads the library ahead of its question; at most one."""


def warm_up() -> None:
    """Start loading the library now, for a question that is likely to come. Returns at once: the process comes from the
    one that loads the readers, and it is a thread that waits until that is ready."""
    if not _ready:
        starting = ThreadPoolExecutor(1)
        _ready.append(starting.submit(SecondOpinion))
        starting.shutdown(wait=False)


def ask(catalogue: Catalogue, database: Path, docs: Path | None = None) -> SecondOpinion:
    """The question put to the process that was warmed up, or to a new one."""
    opinion = _ready.pop().result() if _ready else SecondOpinion()
    opinion.ask(catalogue, database, docs)
    return opinion


def agree(counts: Mapping[str, int], violations: Mapping[str, int]) -> None:
    """SystemFault unless both engines counted the same violations of every rule."""
    differing = [
        f"{rule_id}: {violations.get(rule_id)} against {counts.get(rule_id)}"
        for rule_id in sorted({*counts, *violations})
        if counts.get(rule_id) != violations.get(rule_id)
    ]
    if differing:
        raise SystemFault("两套引擎判出的问题数不同，本次不发布。", "; ".join(differing))


def _answer(connection: Connection) -> None:
    """Runs in the process: loads, hears one question, answers, ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the night that asks decides
    collect_rarely()
    from expectations.suites import compile_ahead, run_suites

    try:
        compile_ahead()
        connection.send(run_suites(*connection.recv()))
    except EOFError:
        return  # nothing is asked any more
    except SystemFault as fault:
        connection.send(_Fault(fault.message, fault.detail))
    except Exception as error:
        connection.send(_Fault(_FAULT, f"{type(error).__name__}: {error}"))
