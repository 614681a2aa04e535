"""Releases: which there are, which is current, moving one into place, going back, proving, pruning.

A release is complete or absent: it comes into ``published/releases`` by one rename and becomes current by another.
Building one belongs to ``warehouse.release.build``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path

from warehouse.archive.archive import Archive
from warehouse.archive.proof import Due, everything
from warehouse.errors import HomeFault, ReleaseFault, SystemFault, UsageError
from warehouse.files import clear_temporaries, point_link, remove, sync, write_atomically
from warehouse.home import Home, exclusive
from warehouse.identifiers import instant_of, is_identifier, next_identifier, order
from warehouse.reasons import reason_of
from warehouse.release.manifest import DATABASE, Manifest, is_sound, read_manifest
from warehouse.release.proof import problems_of

BEIJING = timezone(timedelta(hours=8))
"""Months of the bureau's calendar; a night at 02:00 on the first belongs to the new month."""
Lines = list[str]
MENDED_BY = "请用 jixiao rollback 退回到完好的发布，或用 jixiao rebuild 从归档重做；归档有损坏的从备份恢复。"
"""What to do about a release that is not as it was published."""
_NAMED = 3
"""Problems that a sentence names."""
_REMOVED = "removed-"
_BUILDING = "building-"
REBUILDING = "rebuilding-"
"""Start of the names of folders in the home's ``warehouse/`` in which everything is built again."""
_LEFTOVERS = (f"{_BUILDING}*", f"{_REMOVED}*", f"{REBUILDING}*")


@dataclass(frozen=True)
class Release:
    """One release: a folder that never changes."""

    path: Path

    @property
    def release_id(self) -> str:
        """Its identifier, also the name of its folder."""
        return self.path.name

    @property
    def database(self) -> Path:
        """Its DuckDB file."""
        return self.path / DATABASE

    @cached_property
    def manifest(self) -> Manifest:
        """What it holds and was made from; ReleaseFault when it cannot be read."""
        try:
            return read_manifest(self.path)
        except (OSError, ValueError) as error:
            raise ReleaseFault(
                f"发布 {self.release_id} 已损坏：清单 manifest.json 缺失或损坏。{MENDED_BY}",
                ["清单 manifest.json 缺失或损坏。"],
                str(error),
            ) from error

    def has_sound(self, name: str) -> bool:
        """Whether the file (path in the release, with slashes) is there as it was published."""
        return is_sound(self.path, self.manifest, name)


class Releases:
    """The releases of a home."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def list(self) -> list[Release]:
        """All releases, oldest first."""
        folder = self._home.releases
        found = [path for path in folder.iterdir() if is_identifier(path.name)] if folder.is_dir() else []
        return [Release(path) for path in sorted(found, key=lambda path: order(path.name))]

    def newest(self) -> Release | None:
        """The release that the next one is built upon: the last built, also after a rollback."""
        return next(reversed(self.list()), None)

    def current(self) -> Release | None:
        """The release that readers see; HomeFault when the link leads nowhere, or is none."""
        link = self._home.current
        if not link.is_symlink():
            self._check_place_of_link()
            return None
        release = Release(self._home.releases / link.readlink().name)
        if not release.path.is_dir():
            raise HomeFault(f"现行发布的链接指向不存在的 {release.release_id}，请用 jixiao rollback 指定一个发布。")
        return release

    def get(self, release_id: str) -> Release:
        """The release of that identifier; UsageError when there is none."""
        for release in self.list():
            if release.release_id == release_id:
                return release
        raise UsageError(f"没有发布 {release_id}。用 jixiao releases 可列出全部发布。")

    def next_id(self, now: datetime) -> str:
        """The identifier of a release made now; sorts after all others."""
        newest = self.newest()
        return next_identifier(now, newest.release_id if newest else None)

    def building(self, release_id: str) -> Path:
        """The folder in which a release of that identifier is built."""
        return self._home.warehouse / f"{_BUILDING}{release_id}"

    def publish(self, release_id: str) -> Release:
        """Move a release that was built into its place and make it current; for the holder of the lock."""
        building, release = self.building(release_id), Release(self._home.releases / release_id)
        try:
            self._home.releases.mkdir(parents=True, exist_ok=True)
            if not release.path.exists():  # a repeated publication carries on where the first one stopped
                building.rename(release.path)
            sync(self._home.releases)
            sync(building.parent)
            self._point_to(release)
        except OSError as error:
            raise SystemFault(f"无法公布发布 {release.release_id}：{reason_of(error)}。", str(error)) from error
        return release

    def clear_leftovers(self) -> Lines:
        """Clear what killed nights left and finish a publication that one had begun; for the holder of the lock.

        The names of what was done, for the log. A release that was complete but not yet current becomes current,
        unless somebody went back from it.
        """
        done = []
        for pattern in _LEFTOVERS:
            for path in sorted(self._home.warehouse.glob(pattern)):
                remove(path)
                done.append(f"removed {path.name}")
        clear_temporaries(self._home.published)
        newest, link = self.newest(), self._home.current
        if newest is not None and self._left_behind() != newest.release_id:
            target = link.readlink().name if link.is_symlink() else None
            if target != newest.release_id:
                self._point_to(newest)
                done.append(f"published {newest.release_id}")
        return done

    def rollback(self, release_id: str) -> Release:
        """Make an earlier (or later) release current; takes the lock itself.

        UsageError for an unknown one, ReleaseFault for a damaged one, WriterBusy during a night. Nothing is
        deleted: the next night builds on the newest release all the same, and its release becomes current.
        """
        self.get(release_id)  # of what is not there no lock, nor a home, is made
        with exclusive(self._home):
            release = self.get(release_id)
            if problems := problems_of(release.path):
                named = "".join(problems[:_NAMED])
                raise ReleaseFault(f"发布 {release_id} 已损坏，不能退回到它：{named}{MENDED_BY}", problems)
            newest = self.newest()
            if newest is not None and newest.release_id != release_id:
                write_atomically(self._left_behind_file, newest.release_id.encode())
            self._point_to(release)
            if newest is not None and newest.release_id == release_id:
                self._left_behind_file.unlink(missing_ok=True)
            return release

    def verify(self, release_id: str, *, full: bool = False, is_due: Due = everything) -> Lines:
        """Everything wrong with a release and the originals behind it, as Chinese sentences; none if it is sound. See
        problems_of."""
        archive = Archive(self._home.archive)
        return problems_of(self.get(release_id).path, archive=archive, full=full, is_due=is_due)

    def prune(self, keep: int) -> Lines:
        """Remove old releases, their identifiers; for the holder of the lock.

        The newest ``keep``, the current one and the last of each month (in Beijing) stay. Who reads one that goes
        reads on undisturbed.
        """
        if keep < 1:
            raise UsageError("至少要保留一个发布。")
        releases = self.list()
        current = self.current()
        staying = {release.release_id for release in releases[-keep:]} | _last_of_months(releases)
        if current is not None:
            staying.add(current.release_id)
        going = [release for release in releases if release.release_id not in staying]
        for release in going:
            aside = self._home.warehouse / f"{_REMOVED}{release.release_id}"
            release.path.rename(aside)
            sync(self._home.releases)
            remove(aside)
        return [release.release_id for release in going]

    @property
    def _left_behind_file(self) -> Path:
        return self._home.published / "rolled-back-from"

    def _left_behind(self) -> str | None:
        """The release from which somebody went back, if it was the newest then."""
        path = self._left_behind_file
        return path.read_text("utf-8").strip() if path.exists() else None

    def _check_place_of_link(self) -> None:
        """HomeFault when something else than a link stands there, as in a home that was copied without its links."""
        link = self._home.current
        if link.exists() and not link.is_symlink():
            raise HomeFault(
                f"“{link}”应是指向现行发布的链接，现在却是文件夹或文件，多半是复制数据目录时没有保留链接。"
                "请把它移走，再运行 jixiao nightly；复制请用 cp -a 或 rsync -a。"
            )

    def _point_to(self, release: Release) -> None:
        self._check_place_of_link()
        point_link(self._home.current, f"releases/{release.release_id}")


def _last_of_months(releases: Iterable[Release]) -> set[str]:
    """The last release of each month; the list is oldest first."""
    last = {
        instant_of(release.release_id).astimezone(BEIJING).strftime("%Y-%m"): release.release_id for release in releases
    }
    return set(last.values())
