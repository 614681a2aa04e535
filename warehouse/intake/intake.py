"""Taking files in: from the inbox into the archive, with a receipt each, entered in the ledger.

The inbox is never changed and nothing is judged here: what a file says is for the readers.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from warehouse.archive.archive import Archive, ArchiveBatch, chunks_of
from warehouse.archive.receipts import DUPLICATE, TAKEN, UNREADABLE, Receipt, receipt_keys
from warehouse.errors import SystemFault, UsageError
from warehouse.home import Home
from warehouse.identifiers import next_identifier
from warehouse.intake.bundles import BundleLimits, BundleRefused, is_bundle, unpack
from warehouse.intake.file_names import readable_name
from warehouse.intake.inbox import InboxEntry, stamp_of, walk
from warehouse.ledger.ledger import Ledger
from warehouse.ledger.rows import Stamp
from warehouse.reasons import reason_of

MEBIBYTE = 1 << 20
_RESERVE_BYTES = 256 * MEBIBYTE
"""Disk space that an intake leaves free, so that the night can still build."""
_LINK_PREFIX = b"\0link to "
"""What is archived of a link out of the inbox: where it leads, marked so that it equals no file."""


@dataclass(frozen=True, slots=True)
class Limits:
    """``max_bytes``: larger files are kept but not read. ``quiet_seconds``: a file changed less long ago may still
    be on its way; it is left for the next time."""

    max_bytes: int = 50 * MEBIBYTE
    quiet_seconds: float = 2.0

    @property
    def bundle(self) -> BundleLimits:
        """What bundles are held to."""
        return BundleLimits(member_bytes=self.max_bytes)


@dataclass(frozen=True, slots=True)
class Postponed:
    """A file that could not be taken this time, and why, in Chinese; it is tried again the next time."""

    file_name: str
    reason: str
    lacks_room: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """What one intake brought. ``intake_id`` is None when it brought no receipt."""

    intake_id: str | None
    receipts: list[Receipt]
    postponed: list[Postponed]

    @property
    def files(self) -> list[Receipt]:
        """The receipts of files that can be read: not of bundles, whose members have their own."""
        return [receipt for receipt in self.receipts if receipt.member_count is None]

    def check_room(self) -> None:
        """SystemFault when files had to be left for lack of space on the disk."""
        if left := sum(each.lacks_room for each in self.postponed):
            raise SystemFault(f"磁盘空间不足，收件夹中有 {left} 份文件没有收下。请腾出空间，再运行一次。")


@dataclass(slots=True)
class _Catch:
    """One file on its way in: its content stored, its receipt not yet written. ``stamp`` is None for a member of a
    bundle: the inbox does not know it."""

    name: str
    entry: bytes
    stamp: Stamp | None
    sha256: str
    byte_count: int
    problem: str | None
    member_count: int | None = None


@dataclass(slots=True)
class _Haul:
    caught: list[_Catch] = field(default_factory=list)
    postponed: list[Postponed] = field(default_factory=list)


def take_in(home: Home, inbox: Path, now: datetime, limits: Limits | None = None) -> Intake:
    """Take in what is new in ``inbox``; for the holder of the home's lock. ``now`` is the instant of receipt.

    Files known by path, size and times cost one look each. Killed at any moment, it is simply run again: the
    archive comes first, then the receipts, then the ledger. UsageError when there is no such folder, or when invented
    and received files would mix, SystemFault when the disk fails.
    """
    if not inbox.is_dir():
        raise UsageError(f"收件目录“{inbox}”不存在。")
    home.create().admit(inbox)
    archive = Archive(home.archive).create()
    archive.clear_leftovers()
    place = inbox.resolve()
    try:
        with Ledger.open(home.ledger, archive) as ledger:
            return _take(ledger, archive, place, now, limits or Limits())
    except OSError as error:
        raise SystemFault(f"收件时读写磁盘失败：{reason_of(error)}。", str(error)) from error


def _take(ledger: Ledger, archive: Archive, inbox: Path, now: datetime, limits: Limits) -> Intake:
    known = ledger.known_files(inbox)
    fresh = [entry for entry in walk(inbox) if entry.stamp is None or known.get(entry.name) != entry.stamp]
    if not fresh:
        return Intake(None, [], [])
    haul = _Haul()
    with archive.batch() as batch:
        for entry in fresh:
            _catch(haul, batch, inbox, entry, now, limits)
        _unpack_bundles(haul, batch, ledger, limits)
    intake_id = next_identifier(now, max(archive.intake_ids(), default=None))
    receipts = _receipts(ledger, haul.caught, intake_id, now)
    if receipts:
        archive.write_receipts(intake_id, receipts)
    stamps = [(each.entry, each.stamp) for each in haul.caught if each.stamp is not None]
    ledger.record(intake_id, receipts, inbox, stamps)
    return Intake(intake_id if receipts else None, receipts, haul.postponed)


def _catch(haul: _Haul, batch: ArchiveBatch, inbox: Path, entry: InboxEntry, now: datetime, limits: Limits) -> None:
    """Store one entry's content, or note why it has to wait."""
    try:
        if entry.stamp is None:
            raise _NotNow(entry.problem or "无法查看")
        if _is_young(entry.stamp, now, limits):
            raise _NotNow("文件刚刚还在变动，可能没有传完")
        path = os.path.join(os.fsencode(inbox), entry.name)  # noqa: PTH118 - names are bytes
        take = _take_link if entry.is_link else _take_file
        haul.caught.append(take(batch, path, entry, limits))
    except _NotNow as reason:
        haul.postponed.append(_postponed(readable_name(entry.name), reason))


class _NotNow(Exception):  # noqa: N818 - no error: the file waits for the next time
    """Why a file has to wait, in Chinese."""


class _NoRoom(_NotNow):
    """The disk is as good as full."""


def _postponed(name: str, reason: _NotNow) -> Postponed:
    return Postponed(name, f"{reason}，留待下次。", isinstance(reason, _NoRoom))


def _is_young(stamp: Stamp, now: datetime, limits: Limits) -> bool:
    """A time in the future says nothing about when a file came; such a file is not kept waiting for ever."""
    age = now.timestamp() - stamp.modified_ns / 1e9
    return 0 <= age < limits.quiet_seconds


def _take_link(batch: ArchiveBatch, path: bytes, entry: InboxEntry, limits: Limits) -> _Catch:
    """A link that leads out of the inbox: archived is where it leads, not what lies there."""
    with _waiting_on_error():
        stamp, target = stamp_of(os.lstat(path)), os.readlink(path)  # noqa: PTH115 - names are bytes
    problem = "这是指向收件目录之外的链接，不予跟随。请放入文件本身。"
    return _Catch(readable_name(entry.name), entry.name, stamp, *batch.add([_LINK_PREFIX + target]), problem)


def _take_file(batch: ArchiveBatch, path: bytes, entry: InboxEntry, limits: Limits) -> _Catch:
    with _waiting_on_error():
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        stamp = stamp_of(os.fstat(descriptor))
        if stamp.size + _RESERVE_BYTES > batch.free_bytes():
            raise _NoRoom("磁盘空间不足，无法存档")
        sha256, size = batch.add(_watched(descriptor, stamp))
    finally:
        os.close(descriptor)
    return _Catch(readable_name(entry.name), entry.name, stamp, sha256, size, size_problem(size, limits))


def _unpack_bundles(haul: _Haul, batch: ArchiveBatch, ledger: Ledger, limits: Limits) -> None:
    """Put the members of each new bundle behind it. Those of a bundle received before are known since then."""
    caught, haul.caught = haul.caught, []
    unpacked: set[str] = set()
    for each in caught:
        is_new = each.sha256 not in unpacked and ledger.original_of(each.sha256) is None
        try:
            members = _unpacked(each, batch, limits) if is_new and each.problem is None else []
        except _NotNow as reason:
            haul.postponed.append(_postponed(each.name, reason))
            continue
        unpacked.add(each.sha256)
        haul.caught += [each, *members]


def _unpacked(bundle: _Catch, batch: ArchiveBatch, limits: Limits) -> list[_Catch]:
    """The members of a bundle, stored; none of another file, nor of a bundle that is refused as a whole."""
    with batch.open(bundle.sha256) as source:
        if not is_bundle(source):
            return []
        members: list[_Catch] = []
        try:
            for member in unpack(source, limits.bundle):
                if len(member.content) + _RESERVE_BYTES > batch.free_bytes():
                    raise _NoRoom("磁盘空间不足，无法存档")
                sha256, size = batch.add([member.content])
                problem = member.problem or size_problem(size, limits)
                members.append(_Catch(f"{bundle.name}/{member.name}", bundle.entry, None, sha256, size, problem))
        except BundleRefused as refused:
            bundle.problem = str(refused)
            return []
    bundle.member_count = len(members)
    return members


def _watched(descriptor: int, before: Stamp) -> Iterator[bytes]:
    """The content of an open file, as long as it stays the file that it was."""
    size = 0
    chunks = chunks_of(descriptor)
    while size <= before.size:
        with _waiting_on_error():
            chunk = next(chunks, b"")
        if not chunk:
            break
        size += len(chunk)
        yield chunk
    if size != before.size or stamp_of(os.fstat(descriptor)) != before:
        raise _NotNow("文件在读取时变动")


@contextmanager
def _waiting_on_error() -> Iterator[None]:
    """One file that cannot be read holds up no other."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        raise _NotNow("文件在读取前消失") from None
    except PermissionError:
        raise _NotNow("没有读取权限") from None
    except OSError as error:
        raise _NotNow(f"无法读取（{reason_of(error)}）") from error


def size_problem(size: int, limits: Limits) -> str | None:
    """Why a file of ``size`` bytes is not read, in Chinese; None when it is."""
    if size == 0:
        return "文件是空的，没有任何内容。请重新导出后再报送。"
    if size > limits.max_bytes:
        return (
            f"文件过大（{size / MEBIBYTE:.1f} MiB，上限 {limits.max_bytes / MEBIBYTE:g} MiB），"
            "未予读取。请去掉大图后另存，或拆分后再报送。"
        )
    return None


def _receipts(ledger: Ledger, caught: list[_Catch], intake_id: str, now: datetime) -> list[Receipt]:
    """A receipt each, in order of names, bundles before their members; none for a file whose bytes are those last
    received under its name."""
    rows: list[tuple[str, str, int, str, str | None, int | None]] = []
    originals: dict[str, str] = {}
    identities: dict[tuple[str, str], int] = {}
    for each in caught:
        identity = (each.name, each.sha256)
        if identity in identities or ledger.content_of(each.name) == each.sha256:
            continue
        original = ledger.original_of(each.sha256) or originals.get(each.sha256)
        originals.setdefault(each.sha256, each.name)
        identities[identity] = ledger.times_received(*identity)
        rows.append((*identity, each.byte_count, *_outcome(each, original), each.member_count))
    keys = receipt_keys([(*identity, times) for identity, times in identities.items()])
    received_at = now.astimezone(UTC)
    return [
        Receipt(*key, intake_id, name, sha256, byte_count, received_at, outcome, reason, member_count)
        for key, (name, sha256, byte_count, outcome, reason, member_count) in zip(keys, rows, strict=True)
    ]


def _outcome(each: _Catch, original: str | None) -> tuple[str, str | None]:
    if original is not None:
        return DUPLICATE, f"与已收到的“{original}”内容完全相同，不重复计入。"
    if each.problem:
        return UNREADABLE, each.problem
    return TAKEN, None if each.member_count is None else f"压缩包，已解开，内有 {each.member_count} 份文件。"
