"""One trial: a home before a night, what is done to it, and the next night that must put it right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random

from benchmarks.chaos.aftermath import problems_of_home
from benchmarks.chaos.course import Course, Step, copy_of
from benchmarks.chaos.nights import DONE, KILLED, REFUSED, Ended, Fault, Night
from benchmarks.chaos.readers import COUNT, Readers
from benchmarks.chaos.tally import Tally
from warehouse.files import remove
from warehouse.home import Home


class Trial:
    """What a fault is given: a home with a night's files in its inbox. ``faults`` counts what was done to it;
    ``problems`` are told and counted against them. ``now`` is the instant of its nights, ``may_differ`` the tables that
    need not be as they are undisturbed."""

    def __init__(self, home: Home, step: Step, draw: Random, readers: Readers) -> None:
        self.home, self.step, self.draw = home, step, draw
        self.now: datetime = step.now
        self.may_differ: tuple[str, ...] = ()
        self.faults = 0
        self.problems: list[str] = []
        self._readers = readers

    def night(self, fault: Fault | None = None) -> Ended:
        """A night of this home, to its end."""
        return self.saw(Night(self.home, self.now, fault).end())

    def saw(self, ended: Ended) -> Ended:
        """Takes note of what has come of a night; the readers learn what its release says."""
        self._readers.note()
        if ended.how not in (DONE, REFUSED, KILLED):
            self.problems.append(ended.said)
        return ended

    def must(self, is_so: bool, otherwise: str) -> None:
        """Notes what does not hold."""
        if not is_so:
            self.problems.append(otherwise)


Body = Callable[[Trial], None]


class Lab:
    """Where trials are made, one after another, and what came of them. ``folder`` is on an ordinary disk."""

    def __init__(self, folder: Path, seed: int, *, is_short: bool = False) -> None:
        self.folder = folder
        self.draw = Random(seed)
        self.course = Course(folder / "course", seed, is_short=is_short)
        self.tally = Tally()
        self.tally.add("undisturbed nights, against the truth", "", len(self.course.steps), self.course.problems)
        self._number = 0

    def tries(
        self, kind: str, body: Body, *, step: int | None = None, place: Path | None = None, is_read: bool = True
    ) -> int:
        """A trial on a copy of the home before a night (any, by default). When the body is done, the next night must
        come to what it comes to undisturbed. ``place``: another disk; ``is_read``: readers ask all the while. The
        number of faults."""
        self._number += 1
        number = self.draw.randrange(len(self.course.steps)) if step is None else step
        chosen = self.course.steps[number]
        home = copy_of(chosen.before, (place or self.folder) / f"trial-{self._number}")
        with Readers(home, COUNT if is_read and number > 0 else 0) as readers:
            trial = Trial(home, chosen, self.draw, readers)
            body(trial)
            ended = trial.night()
            trial.must(ended.how == DONE, f"the next night ended as {ended.how}: {ended.said}")
        self.tally.answers += readers.asked
        problems = [*trial.problems, *readers.problems, *problems_of_home(home, chosen.after, trial.may_differ)]
        self.tally.add(kind, f"night {number}, trial {self._number}", trial.faults, problems)
        remove(home.path)
        return trial.faults
