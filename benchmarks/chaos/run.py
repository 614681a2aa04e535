"""All kinds of faults, one after another; or a few of them in one home, in less than a minute."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.chaos import damage, disks, kills, mishaps
from benchmarks.chaos.nights import KILLED, REFUSED, DyingAtPoint, DyingAtRename, DyingAtTouch, FullDisk, Night
from benchmarks.chaos.tally import Tally
from benchmarks.chaos.trial import Lab, Trial


def run(folder: Path, seed: int, random_kills: int, nightly_kills: int, only: list[str]) -> Tally:
    """Runs the kinds whose name holds one of the texts ``only``; half of the kills in time, half at touches."""
    bare = max(0, random_kills - nightly_kills)
    kinds: dict[str, Callable[[Lab], None]] = {
        "points": kills.at_points,
        "renames": kills.at_renames,
        "moments": lambda lab: kills.at_random_moments(lab, bare // 2),
        "touches": lambda lab: kills.at_touches(lab, bare - bare // 2),
        "full": lambda lab: disks.full(lab, 12),
        "read-only": disks.read_only,
        "clock": mishaps.clock_set_back,
        "changing": mishaps.changing_files,
        "two": lambda lab: mishaps.two_nights(lab, 4),
        "rollback": lambda lab: mishaps.night_and_rollback(lab, 3),
        "ledger": damage.of_ledger,
        "build": damage.of_builds,
        "archive": damage.of_archive,
        "release": damage.of_releases,
        "link": damage.of_links,
        "commands": lambda lab: kills.of_commands(lab, nightly_kills),
    }
    lab = Lab(folder, seed)
    for name, inject in kinds.items():
        if any(text in name for text in only):
            inject(lab)
    return lab.tally


def run_short(folder: Path, seed: int) -> Tally:
    """One home whose nights fail one after the other, four readers asking: early ones at random, then one by a lack of
    space, then one between the two renames of a publication."""

    def body(trial: Trial) -> None:
        """The nights of this home, each with its fault."""
        draw = trial.draw
        trial.saw(Night(trial.home, trial.now).kill_after(draw.uniform(0.0, 0.5)))
        trial.night(DyingAtTouch(draw.randint(1, 30), is_after=draw.random() < 0.5))
        trial.night(DyingAtRename(draw.randint(1, 12), is_after=True))
        trial.must(trial.night(FullDisk(draw.randint(5, 20), None)).how == REFUSED, "a night without space went on")
        trial.must(
            trial.night(DyingAtPoint("warehouse.release.releases:Releases._point_to")).how == KILLED,
            "nothing was published",
        )
        trial.faults += 5

    lab = Lab(folder, seed, is_short=True)
    lab.tries("faults one after the other", body, step=1)
    return lab.tally
