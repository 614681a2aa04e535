"""The journal: of each release a small file in the archive that says when it was published, by what, and what its
tables held. With the bytes, the receipts and the decisions it is what a rebuild follows, night by night.

How nights are gone through again belongs to orchestration.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from warehouse.archive.proof import Due
from warehouse.connection import open_reader
from warehouse.desk import frame_of
from warehouse.errors import ArchiveFault, UsageError
from warehouse.files import write_atomically
from warehouse.home import Home
from warehouse.identifiers import order
from warehouse.release.releases import BEIJING, Release

_READ_ONLY = 0o444


@dataclass(frozen=True, slots=True)
class Entry:
    """A release: ``published_at`` is the instant of its night, ``tables`` the checksum of each table of ``core`` and
    ``quality`` (volatile columns left out). ``is_rebuilt``: no night made it, but a rebuild of nights before it."""

    release_id: str
    published_at: datetime
    code_version: str
    catalogue_version: str
    tables: Mapping[str, str]
    is_rebuilt: bool = False


class Journal:
    """The folder ``archive/nights`` of a home."""

    def __init__(self, home: Home) -> None:
        self._folder = home.archive / "nights"

    def entries(self, until: date | None = None) -> list[Entry]:
        """All entries, oldest first; ``until``: those of releases that were published by the end of that day in
        Beijing. ArchiveFault when one is damaged."""
        known = sorted((self._read(path) for path in self._files()), key=lambda entry: order(entry.release_id))
        if until is None:
            return known
        end = datetime.combine(until + timedelta(days=1), time(), BEIJING)
        return [entry for entry in known if entry.published_at < end]

    def public_on(self, day: date) -> str:
        """The release that was current at the end of a day in Beijing; UsageError when nothing was public yet."""
        until = self.entries(day)
        if not until:
            raise UsageError(f"{day} 以前没有任何发布（以归档中的发布记录为准，用 jixiao releases 可列出现有的发布）。")
        return until[-1].release_id

    def problems(self, is_due: Due) -> Iterator[str]:
        """What is wrong with the entries that are due (by identifier of their release), as Chinese sentences."""
        for path in sorted(self._files()):
            if is_due(path.stem):
                try:
                    self._read(path)
                except ArchiveFault as fault:
                    yield fault.message

    def keep_up(self, newest: Release) -> None:
        """Enter every release that the newest one knows of and the journal does not."""
        if self._path(newest.release_id).exists():
            return
        with open_reader(newest.database) as connection:
            lacking = frame_of(connection, "nights", known=[path.stem for path in self._files()]).to_dicts()
        for row in lacking:
            tables = {table["name"]: table["checksum"] for table in row["tables"]}
            self.enter(Entry(**{**row, "tables": tables, "published_at": row["published_at"].astimezone(UTC)}))

    def enter(self, entry: Entry) -> None:
        """Write an entry down."""
        self._folder.mkdir(parents=True, exist_ok=True)
        content = {**asdict(entry), "published_at": entry.published_at.isoformat(timespec="microseconds")}
        write_atomically(
            self._path(entry.release_id), json.dumps(content, ensure_ascii=False, indent=1).encode(), _READ_ONLY
        )

    def _files(self) -> list[Path]:
        return list(self._folder.glob("*.json")) if self._folder.is_dir() else []

    def _path(self, release_id: str) -> Path:
        return self._folder / f"{release_id}.json"

    def _read(self, path: Path) -> Entry:
        try:
            content = json.loads(path.read_text("utf-8"))
            return Entry(**{**content, "published_at": datetime.fromisoformat(content["published_at"])})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ArchiveFault(
                f"归档中的发布记录“{path.name}”已损坏，请从备份恢复该文件。", f"{path}: {error}"
            ) from error
