"""Damage to what is stored: found by verify, by the proof of a night or by doctor, and put right from the archive."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

from benchmarks.chaos.nights import DONE, REFUSED, DyingAtPoint
from benchmarks.chaos.trial import Lab, Trial
from warehouse.files import remove
from warehouse.home import Home
from warehouse.release.manifest import DATABASE, NAME

Spoil = Callable[[Path, Random], None]


def scribbled(path: Path, draw: Random) -> None:
    """Other bytes in a quarter of it, as many as before."""
    content = path.read_bytes()
    begin, end = len(content) // 4, max(len(content) // 2, 1)
    _write(path, content[:begin] + draw.randbytes(end - begin) + content[end:])


def cut(path: Path, draw: Random) -> None:
    """The beginning only."""
    content = path.read_bytes()
    _write(path, content[: draw.randrange(len(content))])


def lost(path: Path, draw: Random) -> None:
    """No file any more."""
    remove(path)


WAYS: tuple[Spoil, ...] = (scribbled, cut, lost)


def of_ledger(lab: Lab) -> None:
    """A damaged ledger is found by verify, and made again from the receipts by the next night."""
    for spoil in WAYS:

        def body(trial: Trial, spoil: Spoil = spoil) -> None:
            """The ledger is damaged, found, and made again."""
            spoil(trial.home.ledger, trial.draw)
            status, said = command(trial.home, "verify")
            trial.must(status == 1 and "台账" in said, f"verify did not find the ledger {spoil.__name__}: {said}")
            if "移走" in said:
                trial.home.ledger.unlink()
            trial.faults += 1

        lab.tries("corrupted ledger", body, step=1)


def of_builds(lab: Lab) -> None:
    """What a killed night left of a build is damaged; the next one does not use it."""
    for spoil in WAYS:

        def body(trial: Trial, spoil: Spoil = spoil) -> None:
            """What is left of a build is damaged before the next night."""
            trial.night(DyingAtPoint("warehouse.release.build:write_manifest"))
            left = [path for path in trial.home.warehouse.rglob("*") if path.is_file() and path.stat().st_size > 4]
            trial.must(any("building-" in str(path) for path in left), "no build was left")
            for path in left:
                spoil(path, trial.draw)
            trial.faults += 1

        lab.tries("corrupted build", body)


def of_archive(lab: Lab) -> None:
    """A damaged original, receipts or journal entry: verify names it; back from the backup all is well."""
    for pattern in ("objects/*/*", "receipts/*.jsonl", "nights/*.json"):
        for spoil in WAYS[:1] if pattern.startswith("nights") else WAYS:

            def body(trial: Trial, pattern: str = pattern, spoil: Spoil = spoil) -> None:
                """A file of the archive is damaged, found, and put back."""
                path = trial.draw.choice(sorted(trial.home.archive.glob(pattern)))
                content = path.read_bytes()
                spoil(path, trial.draw)
                status, said = command(trial.home, "verify")
                trial.must(status == 1, f"verify did not find {path.name}: {said}")
                _write(path, content)
                trial.faults += 1

            lab.tries("corrupted archive", body, step=1)


def of_releases(lab: Lab) -> None:
    """A damaged release: verify and doctor find it, no night builds on it, a rebuild replaces it."""
    for name in (DATABASE, NAME, "parquet/core.fact_project_spending.parquet"):

        def body(trial: Trial, name: str = name) -> None:
            """A file of the release is damaged, found, and replaced."""
            trial.draw.choice(WAYS)(trial.home.current.resolve() / name, trial.draw)
            for finder in ("verify", "doctor"):
                status, said = command(trial.home, finder)
                trial.must(status == 1, f"{finder} did not find a damaged {name}: {said}")
            trial.must(trial.night().how in (DONE, REFUSED), f"a night upon a damaged {name} broke")
            status, said = command(trial.home, "rebuild")
            trial.must(status == 0, f"no rebuild of a damaged {name}: {said}")
            trial.faults += 1

        lab.tries("corrupted release", body, step=1, is_read=False)


def of_links(lab: Lab) -> None:
    """The link to the current release is lost, or leads nowhere; the next night mends it."""
    for target in (None, "releases/20200101T000000Z-0001"):

        def body(trial: Trial, target: str | None = target) -> None:
            """The link is gone or leads nowhere before the next night."""
            trial.home.current.unlink()
            if target:
                trial.home.current.symlink_to(target)
            trial.faults += 1

        lab.tries("lost link to the release", body, step=1, is_read=False)


def command(home: Home, *words: str) -> tuple[int, str]:
    """A command as a person gives it: its status, and the end of what it says."""
    program = [sys.executable, "-m", "orchestration.cli", "--home", str(home.path), *words]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr)[-2000:]


def _write(path: Path, content: bytes) -> None:
    """Another file under the name, since releases of other homes share this one."""
    other = path.with_name(f"{path.name}.spoiled")
    other.write_bytes(content)
    other.replace(path)
