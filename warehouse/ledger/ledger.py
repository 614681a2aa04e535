"""The ledger: what was received when, what became of it, and which release says so. One SQLite file.

It can be made again from the archive's receipts and the newest release; reading a release belongs to
``warehouse.release.reconcile``, taking files in to ``warehouse.intake``.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from warehouse.archive.archive import Archive
from warehouse.archive.proof import Due
from warehouse.archive.receipts import DUPLICATE, Receipt
from warehouse.errors import ArchiveFault, LedgerFault
from warehouse.ledger.file import Damaged, connect, is_out_of_reach, set_aside, transaction
from warehouse.ledger.rows import Stamp, Transition, Version
from warehouse.ledger.states import MIDDLE, RECEIVED, path

_PENDING_INTAKES = "SELECT DISTINCT intake_id FROM receipt WHERE settled_by IS NULL"
_COLUMNS = tuple(field.name for field in fields(Receipt))


class Ledger:
    """An open ledger. Writing is for the holder of the home's lock, reading for anyone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.set_aside: Path | None = None
        """Where a damaged ledger was put, if this one had to be made again."""
        self._connection = connect(path)

    @classmethod
    def open(cls, path: Path, archive: Archive) -> Ledger:
        """The ledger, in line with the archive's receipts; a damaged one is set aside and made again."""
        try:
            ledger = cls(path)
        except Damaged:
            return cls.rebuild(path, archive)
        try:
            ledger.absorb(archive)
        except BaseException:
            ledger.close()
            raise
        return ledger

    @classmethod
    def rebuild(cls, path: Path, archive: Archive) -> Ledger:
        """A new ledger from the archive's receipts; the old file is set aside.

        Statuses and settled receipts come back with the next reconciliation.
        """
        aside = set_aside(path)
        ledger = cls(path)
        ledger.set_aside = aside
        ledger.absorb(archive)
        return ledger

    def remake(self, archive: Archive) -> None:
        """Go on with a new ledger from the archive's receipts, as ``rebuild`` makes it."""
        self.close()
        other = Ledger.rebuild(self.path, archive)
        self.set_aside, self._connection = other.set_aside, other._connection

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def absorb(self, archive: Archive) -> int:
        """Enter the archive's receipts that the ledger lacks, as after a kill in between; their number."""
        known = {row[0] for row in self._connection.execute("SELECT intake_id FROM intake")}
        lacking = [intake_id for intake_id in archive.intake_ids() if intake_id not in known]
        batches = [(intake_id, archive.receipts_of(intake_id)) for intake_id in lacking]
        with transaction(self._connection):
            for intake_id, receipts in batches:
                self._enter(intake_id, receipts)
        return sum(len(receipts) for _, receipts in batches)

    def false_intakes(self, archive: Archive, is_due: Due) -> list[str]:
        """The intakes whose receipts are not here as the archive has them: of those that are due, and of those that no
        release has settled. Receipts that the archive has lost say nothing of the ledger. sqlite3.DatabaseError when
        it cannot be read just now."""
        try:
            pending = {row[0] for row in self._connection.execute(_PENDING_INTAKES)}
        except sqlite3.DatabaseError as error:
            if is_out_of_reach(error):
                raise
            pending = set(archive.intake_ids())
        due = (each for each in archive.intake_ids() if each in pending or is_due(each))
        return [each for each in due if not self._is_as_archived(each, archive)]

    # --- the inbox

    def known_files(self, inbox: Path) -> dict[bytes, Stamp]:
        """Name (as the file system gave it, relative to the inbox) -> stamp of each file taken."""
        rows = self._connection.execute(
            "SELECT name, size, modified_ns, changed_ns FROM inbox_file WHERE inbox = ?",
            (os.fsencode(inbox),),
        )
        return {name: Stamp(*stamp) for name, *stamp in rows}

    def content_of(self, file_name: str) -> str | None:
        """The hash of what last came under this name."""
        row = self._connection.execute(
            "SELECT sha256 FROM receipt WHERE file_name = ? ORDER BY intake_id DESC, position DESC LIMIT 1",
            (file_name,),
        ).fetchone()
        return row[0] if row else None

    def original_of(self, sha256: str) -> str | None:
        """The name under which these bytes first came."""
        row = self._connection.execute(
            "SELECT file_name FROM receipt WHERE sha256 = ? AND outcome <> ? ORDER BY intake_id, position LIMIT 1",
            (sha256, DUPLICATE),
        ).fetchone()
        return row[0] if row else None

    def times_received(self, file_name: str, sha256: str) -> int:
        """How many receipts there are of this name with this content."""
        row = self._connection.execute(
            "SELECT count(*) FROM receipt WHERE sha256 = ? AND file_name = ?", (sha256, file_name)
        ).fetchone()
        return int(row[0])

    def record(
        self, intake_id: str, receipts: Sequence[Receipt], inbox: Path, stamps: Iterable[tuple[bytes, Stamp]]
    ) -> None:
        """Enter one intake in one transaction: its receipts, and the stamps to know its files by."""
        with transaction(self._connection):
            if receipts:
                self._enter(intake_id, receipts)
            place = os.fsencode(inbox)
            self._connection.executemany(
                "INSERT OR REPLACE INTO inbox_file VALUES (?, ?, ?, ?, ?)",
                [(place, name, *stamp) for name, stamp in stamps],
            )

    # --- receipts

    def receipts(self) -> list[Receipt]:
        """All receipts, oldest first."""
        return self._receipts("TRUE")

    def pending(self) -> list[Receipt]:
        """The receipts that no release has settled, oldest first; duplicates and unreadable files too."""
        return self._receipts("settled_by IS NULL")

    def settle(self, release_id: str, receipt_keys: Iterable[int]) -> int:
        """Note that the release says what became of the receipts; the number that it settles anew."""
        with transaction(self._connection):
            before = self._connection.total_changes
            self._connection.executemany(
                "UPDATE receipt SET settled_by = ? WHERE receipt_key = ? AND settled_by IS NULL",
                [(release_id, key) for key in receipt_keys],
            )
            return self._connection.total_changes - before

    # --- submission versions

    def statuses(self) -> dict[int, str]:
        """submission_key -> status of every version."""
        return dict(self._connection.execute("SELECT submission_key, status FROM submission_version"))

    def register(self, versions: Iterable[Version], at: datetime) -> None:
        """Enter versions as received; those already known stay as they are."""
        self._insert([(*version, RECEIVED, _text(at), None, None) for version in versions])

    def restore(self, versions: Iterable[tuple[Version, str]], at: datetime, release_id: str) -> None:
        """Enter versions that only a release remembers, with its status; known ones stay as they are."""
        note = "restored from the release"
        self._insert([(*version, status, _text(at), release_id, note) for version, status in versions])

    def move(
        self,
        moves: Iterable[tuple[int, str]],
        at: datetime,
        release_id: str | None = None,
        note: str | None = None,
    ) -> int:
        """Take versions to a status, through the middle states, all or none; the number that moved.

        A version that a killed night had brought further along the middle states stays there.
        IllegalTransition when no way leads there; LedgerFault for a version never registered.
        """
        wanted = list(moves)
        with transaction(self._connection):
            return sum(self._move(key, status, _text(at), release_id, note) for key, status in wanted)

    def history(self, submission_key: int) -> list[Transition]:
        """The moves of one version, in order."""
        rows = self._connection.execute(
            "SELECT submission_key, from_status, to_status, changed_at, release_id, note FROM transition"
            " WHERE submission_key = ? ORDER BY transition_id",
            (submission_key,),
        )
        return [Transition(*row)._replace(changed_at=datetime.fromisoformat(row[3])) for row in rows]

    def stuck(self, before: datetime) -> list[tuple[Version, str]]:
        """Versions left in a middle state since before the instant: their night died or went wrong."""
        rows = self._connection.execute(
            "SELECT submission_key, department_id, fiscal_year, version, status FROM submission_version"
            " WHERE status IN (?, ?, ?) AND changed_at < ? ORDER BY submission_key",
            (*MIDDLE, _text(before)),
        )
        return [(Version(*row[:4]), row[4]) for row in rows]

    # --- inside

    def _is_as_archived(self, intake_id: str, archive: Archive) -> bool:
        try:
            return self._receipts("intake_id = ?", intake_id) == archive.receipts_of(intake_id)
        except ArchiveFault:
            return True
        except (sqlite3.DatabaseError, ValueError) as error:  # what stands there is no text, or no instant
            if is_out_of_reach(error):
                raise
            return False

    def _receipts(self, condition: str, *parameters: str) -> list[Receipt]:
        rows = self._connection.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM receipt WHERE {condition} ORDER BY intake_id, position", parameters
        )
        named = (dict(zip(_COLUMNS, row, strict=True)) for row in rows)
        return [Receipt(**{**row, "received_at": datetime.fromisoformat(row["received_at"])}) for row in named]

    def _enter(self, intake_id: str, receipts: Sequence[Receipt]) -> None:
        self._connection.execute("INSERT INTO intake VALUES (?, ?)", (intake_id, len(receipts)))
        marks = ", ".join(f":{name}" for name in _COLUMNS)
        self._connection.executemany(
            f"INSERT INTO receipt ({', '.join(_COLUMNS)}, position) VALUES ({marks}, :position)",
            [
                {**asdict(receipt), "received_at": _text(receipt.received_at), "position": position}
                for position, receipt in enumerate(receipts)
            ],
        )

    def _insert(self, rows: Sequence[tuple[object, ...]]) -> None:
        with transaction(self._connection):
            self._connection.executemany(
                "INSERT INTO submission_version VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (submission_key) DO NOTHING",
                rows,
            )

    def _move(self, key: int, status: str, at: str, release_id: str | None, note: str | None) -> bool:
        row = self._connection.execute(
            "SELECT status FROM submission_version WHERE submission_key = ?", (key,)
        ).fetchone()
        if row is None:
            raise LedgerFault(f"台账中没有报送版本 {key}。", f"unknown submission {key}")
        if row[0] in MIDDLE and status in MIDDLE and MIDDLE.index(row[0]) >= MIDDLE.index(status):
            return False
        for step in path(row[0], status):
            self._connection.execute(
                "UPDATE submission_version SET status = ?, changed_at = ?, release_id = ?, note = ?"
                " WHERE submission_key = ?",
                (step, at, release_id, note, key),
            )
        return bool(row[0] != status)


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
