"""Disks that fail a night: full from some moment on, or not to be written to. Such a night ends with a sentence."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.chaos.nights import DONE, REFUSED, FullDisk
from benchmarks.chaos.trial import Lab, Trial

_MEBIBYTES = 448
"""An intake leaves 256 MiB free; the rest is for a home and its next release."""
_FOLDERS = ("archive", "archive/objects", "archive/receipts", "warehouse", "published", "published/releases", ".")


def full(lab: Lab, times: int) -> None:
    """Disks that fill up at random moments of a night."""
    with small_disk(lab.folder / "small") as small:
        kind = "disk full (a small file system)" if small else "disk full (limit of file size: no right to mount)"
        for _ in range(times):

            def body(trial: Trial) -> None:
                """A night on a disk that fills up."""
                ballast = small / "ballast" if small else None
                ended = trial.night(FullDisk(trial.draw.randint(1, 120), str(ballast) if ballast else None))
                trial.must(ended.how in (DONE, REFUSED), f"a night on a full disk ended as {ended.how}")
                if ballast:
                    ballast.unlink(missing_ok=True)
                trial.faults += 1

            lab.tries(kind, body, place=small)


def read_only(lab: Lab) -> None:
    """Each folder of a home in turn cannot be written to during a night."""
    for name in _FOLDERS:

        def body(trial: Trial, name: str = name) -> None:
            """A night that may not write to the folder."""
            with locked(trial.home.path / name):
                ended = trial.night()
            trial.must(ended.how in (DONE, REFUSED), f"a night with {name} read-only ended as {ended.how}")
            trial.faults += 1

        lab.tries("read-only folder", body, step=len(lab.course.steps) - 1)


@contextmanager
def small_disk(place: Path) -> Iterator[Path | None]:
    """A small file system of its own, where this process may mount one; else None."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={_MEBIBYTES}m", "tmpfs", str(place)]
    if not _done(command):
        yield None
        return
    try:
        yield place
    finally:
        _done(["umount", "--lazy", str(place)])


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nothing can be written in the folder: for whom rights do not count, by a read-only mount."""
    if os.geteuid():
        mode = folder.stat().st_mode
        folder.chmod(0o555)
        try:
            yield
        finally:
            folder.chmod(mode)
        return
    if not _done(["mount", "--bind", str(folder), str(folder)]):
        raise RuntimeError("root without the right to mount: run as another user")
    try:
        if not _done(["mount", "-o", "remount,bind,ro", str(folder)]):
            raise RuntimeError("a folder cannot be made read-only here")
        yield
    finally:
        _done(["umount", "--lazy", str(folder)])  # readers have files open below it


def _done(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
