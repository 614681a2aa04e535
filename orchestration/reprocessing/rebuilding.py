"""The whole warehouse again from the archive alone: rebuilt beside, proven, compared, then published or handed out.

Until the last rename nothing of the home is changed: a rebuild that is killed leaves only a folder that the next night
clears away. How nights are gone through again belongs to ``replaying``.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from orchestration.reprocessing.replaying import Replay, instants_of
from orchestration.settings import Settings
from transforms.facts.raw_headings import raw_headings
from transforms.reading import READER_VERSION
from warehouse.archive.archive import Archive
from warehouse.archive.journal import Entry, Journal
from warehouse.errors import ReleaseFault, SystemFault, UsageError
from warehouse.files import remove, temporary_in
from warehouse.home import Home
from warehouse.ledger.ledger import Ledger
from warehouse.load.staging import Staging
from warehouse.reasons import reason_of
from warehouse.registry import TABLES
from warehouse.release.build import build_release
from warehouse.release.proof import problems_of
from warehouse.release.reconcile import reconcile
from warehouse.release.releases import REBUILDING, Release, Releases


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of a rebuild. ``nights``: how many were gone through again; ``compared_with``: the release that its
    tables were held against, None where none is known; ``differing``: the tables that are not the same;
    ``versions``: code and catalogue version (then, now) where they differ; ``release_id``: the release that it was
    published as, None where it was not; ``folder``: where it was put instead."""

    nights: int
    compared_with: str | None
    differing: tuple[str, ...]
    versions: tuple[tuple[str, str], ...] = ()
    release_id: str | None = None
    folder: Path | None = None


class Rebuilding:
    """A rebuild of one home at an instant; its caller holds the home's lock."""

    def __init__(self, home: Home, settings: Settings, now: datetime) -> None:
        self._home, self._settings, self._now = home, settings, now
        self._releases, self._journal = Releases(home), Journal(home)

    def publish(self, *, even_if_differing: bool = False) -> Rebuilt:
        """Rebuild the state of the newest release, and make it current as a release of its own where its tables are the
        same; else only if told.

        UsageError when nothing was ever received; ReleaseFault when what was built is not sound.
        """
        with self._rebuilt(None) as (replay, last, outcome):
            if outcome.differing and not even_if_differing:
                return outcome
            release_id = self._releases.next_id(self._now)
            folder = self._completed(replay, last, release_id)
            folder.rename(self._releases.building(release_id))
            release = self._releases.publish(release_id)
            self._enter(release)
            with Ledger.open(self._home.ledger, Archive(self._home.archive)) as ledger:
                reconcile(ledger, self._home)
            self._releases.prune(self._settings.keep_releases)
            return replace(outcome, release_id=release_id)

    def write_to(self, out: Path, until: date | None) -> Rebuilt:
        """Rebuild what was public at the end of a day (by default now) into a folder of its own; nothing is published.

        UsageError when the folder is there already, or nothing was public then.
        """
        if out.exists():
            raise UsageError(f"“{out}”已存在。请用 --out 另写一个目录。")
        draft = temporary_in(out.parent)
        try:
            draft.mkdir(parents=True)
        except OSError as error:
            raise SystemFault(f"无法写入“{out}”：{reason_of(error)}。请用 --out 另写一个目录。", str(error)) from error
        try:
            with self._rebuilt(until) as (_, last, outcome):
                shutil.copytree(last.path, draft, dirs_exist_ok=True)
                draft.rename(out)
                return replace(outcome, folder=out)
        finally:
            remove(draft)

    @contextmanager
    def _rebuilt(self, until: date | None) -> Iterator[tuple[Replay, Release, Rebuilt]]:
        newest = self._releases.newest()
        if newest is not None:
            self._journal.keep_up(newest)
        instants = instants_of(self._home, until)
        place = self._home.warehouse / f"{REBUILDING}{self._now:%Y%m%dT%H%M%S}"
        try:
            replay = Replay(self._home, self._settings, place)
            last = replay.run(instants)
            if last is None:
                raise UsageError("归档中没有可以重建的发布。" if until is None else f"{until} 以前没有任何发布。")
            if problems := problems_of(last.path, archive=Archive(self._home.archive), full=True):
                raise ReleaseFault("重建的结果未通过核验，没有公布；现行发布不变。", problems)
            yield replay, last, self._compared(last, len(instants), until)
        finally:
            remove(place)

    def _compared(self, last: Release, nights: int, until: date | None) -> Rebuilt:
        entries = self._journal.entries(until)
        if not entries:
            return Rebuilt(nights, None, ())
        then, now = entries[-1], _checksums(last)
        names = [table.qualified_name for table in TABLES if table.qualified_name in now]
        differing = tuple(name for name in names if then.tables.get(name) != now[name])
        versions = (
            (then.code_version, last.manifest["code_version"]),
            (then.catalogue_version, last.manifest["catalogue_version"]),
        )
        return Rebuilt(nights, then.release_id, differing, tuple(pair for pair in versions if pair[0] != pair[1]))

    def _completed(self, replay: Replay, last: Release, release_id: str) -> Path:
        """The rebuilt tables under an identifier of their own, complete and audited."""
        built = build_release(
            replay.home,
            Staging(replay.home.warehouse / "nothing"),
            last,
            accepted=(),
            superseded=(),
            published_at=self._now,
            code_version=READER_VERSION,
            catalogue_version=last.manifest["catalogue_version"],
            quality_docs=lambda: last.path / "quality",
            release_id=release_id,
            headings=raw_headings(),
        )
        return built.folder

    def _enter(self, release: Release) -> None:
        stated = release.manifest
        entry = Entry(
            release.release_id,
            self._now,
            stated["code_version"],
            stated["catalogue_version"],
            _checksums(release),
            is_rebuilt=True,
        )
        self._journal.enter(entry)


def _checksums(release: Release) -> dict[str, str]:
    tables = release.manifest["tables"]
    return {name: entry["checksum"] for name, entry in tables.items() if entry["checksum"] is not None}
