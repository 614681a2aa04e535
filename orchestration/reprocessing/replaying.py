"""The nights of a home gone through again from its archive, in a home of their own: the same files at the same instants
under the same decisions, by today's program. What becomes of the outcome belongs to ``rebuilding``.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from orchestration.night.line import Line
from orchestration.night.results import StageReport
from orchestration.settings import Settings
from warehouse.archive.archive import Archive
from warehouse.archive.journal import Journal
from warehouse.archive.receipts import Receipt
from warehouse.desk import held_open
from warehouse.files import remove
from warehouse.home import Home
from warehouse.release.releases import Release, Releases

_LOG = logging.getLogger("jixiao.night")


class Replay:
    """Nights of ``home`` again, in ``place``, an empty folder on the same disk. Nothing of the home is changed."""

    def __init__(self, home: Home, settings: Settings, place: Path) -> None:
        self._archive = Archive(home.archive)
        self._settings = settings
        if settings.registry is not None:
            self._settings = settings.model_copy(update={"registry": home.path / settings.registry})
        self.home = _bare(home, place)

    def run(self, instants: Sequence[datetime]) -> Release | None:
        """A night at each of the instants, oldest first; the last release that one of them made, if any did."""
        intakes = [(intake_id, self._archive.receipts_of(intake_id)) for intake_id in self._archive.intake_ids()]
        releases = Releases(self.home)
        for number, now in enumerate(instants, start=1):
            _LOG.info("重做第 %d 夜，共 %d 夜：%s", number, len(instants), now.isoformat(timespec="seconds"))
            self._hand_over([each for each in intakes if each[1] and each[1][0].received_at <= now])
            is_last = number == len(instants)
            run_night(Line(self.home, self._settings, f"replay-{number}", now, is_asked_twice=is_last))
            for release in releases.list()[:-1]:
                remove(release.path)
        return releases.newest()

    def _hand_over(self, intakes: Sequence[tuple[str, list[Receipt]]]) -> None:
        """Receipts as the archive had them by then; those that are there already stay."""
        archive = Archive(self.home.archive)
        known = set(archive.intake_ids())
        for intake_id, receipts in intakes:
            if intake_id not in known:
                archive.write_receipts(intake_id, receipts)


def instants_of(home: Home, until: date | None) -> list[datetime]:
    """When the nights of a home were that made releases, by the end of a day; of a home whose journal is lost, when its
    files were taken in."""
    journal = Journal(home)
    if entries := journal.entries():
        by_then = journal.entries(until) if until else entries
        return [entry.published_at for entry in by_then if not entry.is_rebuilt]
    archive = Archive(home.archive)
    received = {archive.receipts_of(intake_id)[0].received_at for intake_id in archive.intake_ids()}
    return sorted(received)


def run_night(line: Line) -> None:
    """All stages of a night that has work, up to its release; no slips, no alerts."""
    stages: tuple[Callable[[], StageReport], ...] = (
        line.read, line.conform, line.check_contracts, line.judge, line.build, line.publish,
    )  # fmt: skip
    with line.held, held_open(line.base):
        line.take_in()
        if line.has_work:
            for stage in stages:
                stage()


def _bare(home: Home, place: Path) -> Home:
    """A home with the bytes and the decisions of another, in which nothing has been received yet."""
    remove(place)
    bare = Home(place).create()
    (bare.archive / "objects").symlink_to(home.archive / "objects", target_is_directory=True)
    if home.decisions.is_dir():
        shutil.copytree(home.decisions, bare.decisions, dirs_exist_ok=True)
    if home.is_synthetic:
        bare.mark_synthetic()
    return bare
