"""Nights that die: at random moments, at random touches of the disk, at each rename, at each named point."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

from benchmarks.chaos.leftovers import processes_left
from benchmarks.chaos.nights import (
    DONE,
    KILLED,
    DyingAtPoint,
    DyingAtRename,
    DyingAtTouch,
    Ended,
    Night,
)
from benchmarks.chaos.touches import RENAMES
from benchmarks.chaos.trial import Lab, Trial

POINTS = {
    "taking in, originals stored, no receipts": DyingAtPoint("warehouse.archive.archive:Archive.write_receipts"),
    "taking in, receipts written, ledger not": DyingAtPoint("warehouse.ledger.ledger:Ledger.record"),
    "taken in": DyingAtPoint("orchestration.night.line:Line.take_in", is_after=True),
    "reading, some facts written": DyingAtPoint(
        "orchestration.night.work_folder:WorkFolder.append", is_after=True, times=4
    ),
    "read": DyingAtPoint("orchestration.night.line:Line.read", is_after=True),
    "conforming, versions registered": DyingAtPoint("warehouse.ledger.ledger:Ledger.register", is_after=True),
    "conformed": DyingAtPoint("orchestration.night.line:Line.conform", is_after=True),
    "contracts checked": DyingAtPoint("orchestration.night.line:Line.check_contracts", is_after=True),
    "judged": DyingAtPoint("orchestration.night.line:Line.judge", is_after=True),
    "building, tables filled": DyingAtPoint("warehouse.release.build:_complete"),
    "building, no manifest": DyingAtPoint("warehouse.release.build:write_manifest"),
    "built, not published": DyingAtPoint("warehouse.release.releases:Releases.publish"),
    "the release in place, the link not": DyingAtPoint("warehouse.release.releases:Releases._point_to"),
    "published, the ledger not": DyingAtPoint("orchestration.night.line:reconcile", times=2),
    "published, the journal not": DyingAtPoint("warehouse.archive.journal:Journal.enter"),
    "published, old releases not pruned": DyingAtPoint("warehouse.release.releases:Releases.prune"),
    "published, not proven": DyingAtPoint("orchestration.night.line:Line.prove"),
}
"""What stood when it died -> the fault."""
_IN_A_ROW = 6
_NIGHTLY_SECONDS = 12.0


def at_random_moments(lab: Lab, kills: int) -> None:
    """Kills at any moment, several nights of a home one after another, before one may finish."""
    seconds = _duration(lab)
    left = kills
    while left > 0:
        row = min(left, lab.draw.randint(1, _IN_A_ROW))

        def body(trial: Trial, row: int = row) -> None:
            """Nights killed one after another, at any moment."""
            for _ in range(row):
                trial.saw(Night(trial.home, trial.now).kill_after(trial.draw.uniform(0.0, seconds)))
                trial.faults += 1

        left -= lab.tries("kill -9 at a random moment", body)


def at_touches(lab: Lab, kills: int) -> None:
    """Kills at any touch of the disk, just before or just after it."""
    touches = len(_touches(lab))
    left = kills
    while left > 0:
        row = min(left, lab.draw.randint(1, _IN_A_ROW))

        def body(trial: Trial, row: int = row) -> None:
            """Nights killed one after another, at any touch."""
            for _ in range(row):
                number, is_after = trial.draw.randint(1, touches), trial.draw.random() < 0.5
                trial.night(DyingAtTouch(number, is_after))
                trial.faults += 1

        left -= lab.tries("kill -9 at a random touch of the disk", body)


def at_renames(lab: Lab, most: int | None = None) -> None:
    """A rename that nothing follows, and one that did not come to pass: each rename of a night, or ``most`` of them."""
    renames = sum(name in RENAMES for name in _touches(lab))
    numbers = list(range(1, renames + 1))
    chosen = numbers if most is None else sorted(lab.draw.sample(numbers, min(most, renames)))
    for number in chosen:

        def body(trial: Trial, number: int = number) -> None:
            """A night that dies before, and one that dies after the rename."""
            for is_after in (False, True):
                trial.night(DyingAtRename(number, is_after))
                trial.faults += 1

        lab.tries("interrupted rename", body, step=len(lab.course.steps) - 1)


def at_points(lab: Lab) -> None:
    """Each named stage and point of publication: a home whose nights die at one after another."""
    for name, fault in POINTS.items():

        def body(trial: Trial, name: str = name, fault: DyingAtPoint = fault) -> None:
            """A night that dies at the point."""
            ended = trial.night(fault)
            trial.must(ended.how == KILLED, f"nobody died where {name}")
            trial.faults += 1

        lab.tries("kill -9 at a named point", body, step=len(lab.course.steps) - 1)


def of_commands(lab: Lab, kills: int) -> None:
    """`jixiao nightly` itself, with Dagster and Great Expectations, killed at any moment."""
    for number in range(kills):

        def body(trial: Trial, number: int = number) -> None:
            """The command killed at any moment."""
            trial.now = datetime.now(UTC)
            command = [sys.executable, "-m", "orchestration.cli", "--home", str(trial.home.path), "nightly"]
            process = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
            )
            try:
                process.wait(trial.draw.uniform(0.5, _NIGHTLY_SECONDS))
            except subprocess.TimeoutExpired:
                process.kill()
            status = process.wait()
            trial.must(status in (-9, 0, 3), f"jixiao nightly ended with status {status}")
            left = processes_left([process.pid])
            trial.must(not left, f"processes left behind: {left}")
            trial.saw(Ended(KILLED))
            trial.faults += 1

        lab.tries("kill -9 of jixiao nightly", body)


def _duration(lab: Lab) -> float:
    """Seconds of a night here and now."""
    import time

    seconds = []

    def body(trial: Trial) -> None:
        """A night without a fault, timed."""
        began = time.monotonic()
        trial.must(trial.night().how == DONE, "a night without a fault failed")
        seconds.append(time.monotonic() - began)

    lab.tries("no fault", body)
    return seconds[0]


def _touches(lab: Lab) -> list[str]:
    """The touches of a night of the last step."""
    touches: list[str] = []

    def body(trial: Trial) -> None:
        """A night without a fault, its touches noted."""
        touches.extend(trial.night().touches)

    lab.tries("no fault", body, step=len(lab.course.steps) - 1)
    return touches
