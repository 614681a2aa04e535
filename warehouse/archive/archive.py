"""The archive: every byte ever received, under its SHA-256, and the receipts. Nothing in it is ever changed.

Together with ``decisions/`` it is all that a rebuild needs. What became of a file belongs to the ledger.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from warehouse.archive.receipts import Receipt, decode, encode
from warehouse.errors import ArchiveFault
from warehouse.files import SYNC_THREADS, clear_temporaries, sync, sync_many, temporary_in, write_atomically

_CHUNK = 1 << 20
_READ_ONLY = 0o444


class Archive:
    """An archive folder: ``objects/ab/<sha256>`` and ``receipts/<intake_id>.jsonl``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._objects = path / "objects"
        self._receipts = path / "receipts"
        self._incoming = path / "incoming"

    def create(self) -> Archive:
        """Make the folders that are missing."""
        for folder in (self._objects, self._receipts, self._incoming):
            folder.mkdir(parents=True, exist_ok=True)
        return self

    def clear_leftovers(self) -> int:
        """Remove what a killed intake left half written; only under the home's lock. The number removed."""
        return clear_temporaries(self._incoming) + clear_temporaries(self._receipts)

    def path_of(self, sha256: str) -> Path:
        """Where the object lies, or would."""
        return self._objects / sha256[:2] / sha256

    def store(self, content: bytes) -> str:
        """Keep the bytes; their SHA-256. Storing the same bytes again changes nothing."""
        with self.batch() as batch:
            return batch.add([content])[0]

    def batch(self) -> ArchiveBatch:
        """Store many objects at once; they are in the archive, safely, when the ``with`` block ends."""
        self.create()
        return ArchiveBatch(self)

    def read(self, sha256: str) -> bytes:
        """The bytes, checked against their hash; ArchiveFault when they are absent or damaged."""
        try:
            content = self.path_of(sha256).read_bytes()
        except OSError as error:
            raise ArchiveFault(f"归档中缺少文件 {sha256[:12]}…，请从备份恢复。", f"{sha256}: {error}") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ArchiveFault(
                f"归档中的文件 {sha256[:12]}… 已损坏，未予采用。请从备份恢复。", f"{sha256}: hash differs"
            )
        return content

    def problem_of(self, sha256: str, byte_count: int, *, full: bool) -> str | None:
        """What is wrong with an object, in Chinese, or None; ``full`` hashes it, else its size tells."""
        path = self.path_of(sha256)
        try:
            if path.stat().st_size != byte_count or (full and hash_of(path) != sha256):
                return f"归档中的文件 {sha256[:12]}… 已损坏。"
        except OSError:
            return f"归档中缺少文件 {sha256[:12]}…。"
        return None

    def write_receipts(self, intake_id: str, receipts: Sequence[Receipt]) -> None:
        """Write the receipts of one intake; their objects must be stored already."""
        self.create()
        write_atomically(self._receipts / f"{intake_id}.jsonl", encode(receipts), _READ_ONLY)

    def intake_ids(self) -> list[str]:
        """The intakes whose receipts are here, oldest first."""
        return sorted(path.stem for path in self._receipts.glob("*.jsonl")) if self._receipts.is_dir() else []

    def receipts_of(self, intake_id: str) -> list[Receipt]:
        """The receipts of one intake; ArchiveFault when they are absent or damaged."""
        path = self._receipts / f"{intake_id}.jsonl"
        try:
            return decode(path.read_bytes(), path.name)
        except OSError as error:
            raise ArchiveFault(f"归档中缺少收件记录“{path.name}”，请从备份恢复。", str(error)) from error

    def receipts(self) -> Iterator[Receipt]:
        """All receipts, intake by intake, oldest first."""
        for intake_id in self.intake_ids():
            yield from self.receipts_of(intake_id)


class ArchiveBatch:
    """Objects on their way into the archive: synced side by side, named when all are on the disk."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._incoming = archive.path / "incoming"
        self._pool = ThreadPoolExecutor(SYNC_THREADS)
        self._written: dict[str, tuple[Path, Future[None]]] = {}

    def add(self, chunks: Iterable[bytes]) -> tuple[str, int]:
        """Take the bytes of one file: (sha256, number of bytes). An error while reading leaves no trace."""
        temporary = temporary_in(self._incoming)
        digest, size = hashlib.sha256(), 0
        try:
            with temporary.open("xb") as target:
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    target.write(chunk)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sha256 = digest.hexdigest()
        if sha256 in self._written or _is_sound(self._archive.path_of(sha256), sha256):
            temporary.unlink()
        else:
            self._written[sha256] = (temporary, self._pool.submit(_seal, temporary))
        return sha256, size

    def open(self, sha256: str) -> BinaryIO:
        """The bytes just taken, for reading."""
        written = self._written.get(sha256)
        return (self._archive.path_of(sha256) if written is None else written[0]).open("rb")

    def free_bytes(self) -> int:
        """Space left on the archive's disk."""
        return shutil.disk_usage(self._incoming).free

    def __enter__(self) -> ArchiveBatch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._pool:
            if kind is None:
                self._commit()
            else:
                for temporary, sealed in self._written.values():
                    sealed.cancel()
                    temporary.unlink(missing_ok=True)

    def _commit(self) -> None:
        folders = set()
        for sha256, (temporary, sealed) in self._written.items():
            sealed.result()
            path = self._archive.path_of(sha256)
            if not path.parent.exists():
                path.parent.mkdir()
                folders.add(path.parent.parent)
            temporary.replace(path)
            folders.add(path.parent)
        sync_many(sorted(folders, reverse=True))


def chunks_of(descriptor: int) -> Iterator[bytes]:
    """The rest of an open file, a mebibyte at a time."""
    while chunk := os.read(descriptor, _CHUNK):
        yield chunk


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _is_sound(path: Path, sha256: str) -> bool:
    """Whether the object is there and whole; a damaged one is replaced by the same bytes received again."""
    return path.exists() and hash_of(path) == sha256


def _seal(path: Path) -> None:
    path.chmod(_READ_ONLY)
    sync(path)
