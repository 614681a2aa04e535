"""Walking the inbox: which files lie there, and which are passed over.

Only looks: opens nothing, changes nothing, follows no link. Taking files in belongs to the intake.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.intake.file_names import is_skipped
from warehouse.ledger.rows import Stamp
from warehouse.reasons import reason_of


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """Something in the inbox. ``name`` is its path relative to the inbox as the file system gives it.

    ``stamp`` is None when it could not be looked at; then ``problem`` says why, in Chinese.
    """

    name: bytes
    stamp: Stamp | None
    is_link: bool = False
    problem: str | None = None


def walk(inbox: Path) -> list[InboxEntry]:
    """Every file and outward link below the inbox, ordered by name; folders that cannot be read too.

    Links to what lies in the inbox are passed over: their targets are found anyhow.
    """
    root = os.fsencode(inbox.resolve())
    return sorted(_below(root, b""), key=lambda entry: entry.name)


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file's status."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _below(root: bytes, folder: bytes) -> Iterator[InboxEntry]:
    waiting = [folder]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(os.path.join(root, folder)) as found:  # noqa: PTH118 - names are bytes
                entries = [entry for entry in found if not is_skipped(entry.name)]
        except OSError as error:
            yield InboxEntry(folder, None, problem=f"文件夹无法读取（{reason_of(error)}）")
            continue
        for entry in entries:
            name = folder + b"/" + entry.name if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(name)
            else:
                yield from _entry(root, name, entry)


def _entry(root: bytes, name: bytes, entry: os.DirEntry[bytes]) -> Iterator[InboxEntry]:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        yield InboxEntry(name, None, problem=f"文件在查看时消失或无法查看（{reason_of(error)}）")
        return
    if stat.S_ISLNK(status.st_mode):
        target = os.path.realpath(entry.path)
        if not (target.startswith(root + b"/") and os.path.exists(target)):  # noqa: PTH110 - bytes
            yield InboxEntry(name, stamp_of(status), is_link=True)
    elif stat.S_ISREG(status.st_mode):
        yield InboxEntry(name, stamp_of(status))
    else:
        yield InboxEntry(name, None, problem="不是普通文件（管道、套接字或设备）")
