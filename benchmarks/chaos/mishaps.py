"""Mishaps of every day: a clock that is wrong, files that change while they are read, two writers at once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from benchmarks.chaos.nights import DONE, REFUSED, ChangingFile, Night
from benchmarks.chaos.trial import Lab, Trial
from warehouse.errors import WriterBusy
from warehouse.home import Home
from warehouse.release.releases import Releases

_LOOK_SECONDS = 0.01
_FUTURE = 4102444800.0
"""The first second of 2100."""


def grown(path: str) -> None:
    """More bytes at the end."""
    with Path(path).open("ab") as file:
        file.write("\n尚未写完\n".encode())


def cut(path: str) -> None:
    """Half of the bytes."""
    os.truncate(path, Path(path).stat().st_size // 2)


def rewritten(path: str) -> None:
    """Other bytes, as many."""
    content = Path(path).read_bytes()
    Path(path).write_bytes(content[: len(content) // 2] + bytes(len(content) - len(content) // 2))


def replaced(path: str) -> None:
    """Another file under the name."""
    other = Path(f"{path}.part")
    other.write_bytes(b"half")
    other.replace(path)


def removed(path: str) -> None:
    """No file any more."""
    Path(path).unlink()


CHANGES: tuple[Callable[[str], None], ...] = (grown, cut, rewritten, replaced, removed)


def changing_files(lab: Lab) -> None:
    """A file that changes while it is read is not taken; the next night takes what it has become."""
    for change in CHANGES:

        def body(trial: Trial, change: Callable[[str], None] = change) -> None:
            """The file changes in the middle of a night."""
            path = trial.home.inbox / trial.step.alone
            content = path.read_bytes()
            ended = trial.night(ChangingFile(trial.step.alone, change))
            trial.must(ended.how == DONE, f"a night whose file is {change.__name__} ended as {ended.how}")
            trial.must(not path.exists() or path.read_bytes() != content, "the file did not change")
            path.write_bytes(content)
            trial.faults += 1

        lab.tries("file changing while it is read", body)


def clock_set_back(lab: Lab) -> None:
    """A night earlier than the one before it; then also files from the future."""
    for back in (timedelta(hours=1), timedelta(days=3), timedelta(days=40)):

        def body(trial: Trial, back: timedelta = back) -> None:
            """A night whose clock goes back, and what comes after."""
            trial.now -= back
            trial.must(trial.night().how == DONE, "a night in the past failed")
            trial.now += back
            trial.may_differ = ("quality.evaluation",)  # C50 measures against whoever came first by the clock
            trial.faults += 1

        lab.tries("clock set back", body, step=len(lab.course.steps) - 1)
    for kind in ("dated in the future", "dated in 1970"):

        def dated(trial: Trial, kind: str = kind) -> None:
            at = _FUTURE if "future" in kind else 0.0
            for path in trial.home.inbox.rglob("*"):
                os.utime(path, (at, at))
            trial.faults += 1

        lab.tries("file times that cannot be", dated)


def two_nights(lab: Lab, times: int) -> None:
    """Two nights begin together: one is done, the other comes before, after, or not at all."""
    for _ in range(times):

        def body(trial: Trial) -> None:
            """Both nights, begun at once."""
            nights = [Night(trial.home, trial.now) for _ in range(2)]
            ends = sorted(trial.saw(night.end()).how for night in nights)
            trial.must(ends in ([DONE, DONE], [DONE, REFUSED]), f"two nights at once ended as {ends}")
            trial.faults += 1

        lab.tries("two nights at once", body)


def night_and_rollback(lab: Lab, times: int) -> None:
    """Somebody wants to go back to an earlier release while a night writes: not before the night is done."""

    def body(trial: Trial) -> None:
        """The night, and who wants to go back meanwhile."""
        first, before = Releases(trial.home).list()[0], _holder(trial.home)
        night, is_refused = Night(trial.home, trial.now), False
        while night.is_alive and _holder(trial.home) == before:
            time.sleep(_LOOK_SECONDS)
        while night.is_alive and not is_refused:
            try:
                Releases(trial.home).rollback(first.release_id)
            except WriterBusy:
                is_refused = True
        trial.must(is_refused, "the rollback was never refused")
        trial.must(trial.saw(night.end()).how == DONE, "a night beside a rollback failed")
        trial.faults += 1

    for _ in range(times):
        lab.tries("night and rollback at once", body, step=len(lab.course.steps) - 1)


def _holder(home: Home) -> str:
    """Who holds the home's lock, or held it last."""
    return home.lock.read_text("ascii")
