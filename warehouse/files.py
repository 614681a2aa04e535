"""Files that survive a power cut: written under a temporary name, synced, renamed, the folder synced.

Knows nothing of what the files hold. Temporary names are recognisable, so that the next night clears what a
killed one left.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Container, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from stat import S_ISREG
from typing import IO

TEMPORARY = ".writing-"
"""Prefix of every temporary name."""
SYNC_THREADS = 8
"""Syncs wait for the disk, not for the processor; side by side the file system commits them together."""

_counter = count(1)


def read_file(path: Path) -> bytes:
    """The whole content; OSError also of a pipe, a socket or a device, which could be waited for without end."""
    with open(path, "rb", opener=_at_once) as file:
        if not S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), str(path))
        return file.read()


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)


def temporary_in(folder: Path) -> Path:
    """A fresh temporary path in ``folder``, which must lie on the file system of the final place."""
    return folder / f"{TEMPORARY}{os.getpid()}-{next(_counter)}"


def sync(path: Path) -> None:
    """Flush a file, or the entries of a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_many(paths: Iterable[Path]) -> None:
    """Flush many files or folders, side by side; the first error is raised."""
    with ThreadPoolExecutor(SYNC_THREADS) as pool:
        for _ in pool.map(sync, paths):
            pass


def sync_tree(folder: Path, apart: Container[Path] = ()) -> None:
    """Flush every file below ``folder`` but those that were flushed before (``apart``), then every folder, the folder
    itself last."""
    below = sorted(folder.rglob("*"), reverse=True)
    sync_many(path for path in below if not path.is_dir() and path not in apart)
    sync_many(path for path in below if path.is_dir())
    sync(folder)


def write_atomically(path: Path, content: bytes, mode: int = 0o644) -> None:
    """``path`` holds the whole content or is as it was, whatever dies when."""
    temporary = temporary_in(path.parent)
    try:
        temporary.write_bytes(content)
        temporary.chmod(mode)
        sync(temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync(path.parent)


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Each of the files as ``write_atomically`` does it, in folders that are made where they are missing; synced side
    by side."""
    temporaries = {path: temporary_in(path.parent) for path in contents}
    folders = {path.parent for path in contents}
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    try:
        for path, temporary in temporaries.items():
            temporary.write_bytes(contents[path])
        sync_many(temporaries.values())
        for path, temporary in temporaries.items():
            temporary.replace(path)
    except BaseException:
        for temporary in temporaries.values():
            temporary.unlink(missing_ok=True)
        raise
    sync_many(folders)


def append_lines(path: Path, lines: Sequence[str]) -> None:
    """More lines at the end of a file of lines, synced; one that a killed process left torn stays apart from them."""
    with path.open("a+b") as file:
        is_torn = file.tell() > 0 and not _ends_a_line(file)
        file.write(b"\n" * is_torn + "".join(f"{line}\n" for line in lines).encode())
        file.flush()
        os.fsync(file.fileno())


def _ends_a_line(file: IO[bytes]) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read() == b"\n"


def point_link(link: Path, target: str) -> None:
    """Make ``link`` point to ``target`` (relative to its folder) by one rename."""
    temporary = temporary_in(link.parent)
    temporary.symlink_to(target)
    temporary.replace(link)
    sync(link.parent)


def clear_temporaries(folder: Path) -> int:
    """Remove what a killed process left under temporary names right in ``folder``; the number removed.

    Only for the holder of the home's lock: a living writer's files look the same.
    """
    leftovers = [path for path in folder.glob(f"{TEMPORARY}*")] if folder.is_dir() else []
    for path in leftovers:
        remove(path)
    return len(leftovers)


def remove(path: Path) -> None:
    """Remove a file, a link or a whole folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
