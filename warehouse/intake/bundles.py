"""Bundles: zip files that hold several files of one submission. What lies in them, safely, one member at a time.

Nothing is ever written to a path that a bundle names, and no member is expanded beyond the limits. Documents that are
zip files themselves (docx, xlsx, ofd) are no bundles.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from warehouse.intake.file_names import is_note, is_skipped, readable_name

MEBIBYTE = 1 << 20
_DEEPEST = 1
"""A bundle within a bundle is unpacked, one within that is not."""
_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_END = b"PK\x05\x06"
_LONGEST_COMMENT = 65_535 + 22
_LARGEST_DIRECTORY = 4 * MEBIBYTE
_DOCUMENT_PARTS = frozenset(
    ("[content_types].xml", "ofd.xml", "mimetype", "meta-inf/manifest.xml", "index/document.iwa")
)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SMALL = 16 * MEBIBYTE
"""Up to here it does not matter how well a bundle is compressed."""
_ENCRYPTED, _STRONGLY_ENCRYPTED, _UTF8 = 0x1, 0x40, 0x800
_DRIVE = re.compile(r"[A-Za-z]:")
_MEMBER_PREFIX = b"\0member "
"""What stands for a member that is not expanded: which one it is, marked so that it equals no file."""


@dataclass(frozen=True, slots=True)
class BundleLimits:
    """``member_bytes``: larger members are not expanded; ``members``, ``bytes`` and ``ratio`` (expanded to packed)
    bound the whole bundle, bundles within it included."""

    member_bytes: int = 50 * MEBIBYTE
    members: int = 500
    bytes: int = 512 * MEBIBYTE
    ratio: int = 100


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a bundle. ``name`` is its path within, printable; ``problem`` says in Chinese why it was not expanded:
    ``content`` then only tells it from other members."""

    name: str
    content: bytes
    problem: str | None = None


class BundleRefused(Exception):  # noqa: N818 - an outcome of a file, no failure of ours
    """The whole bundle is refused; the message is one Chinese sentence."""


@dataclass(slots=True)
class _Budget:
    members: int
    bytes: int


def member_names(source: BinaryIO) -> list[str] | None:
    """The names that a zip file lists; None when it is none, or its list is damaged or larger than any bundle's."""
    with suppress(zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        if _directory_size(source) <= _LARGEST_DIRECTORY:
            with zipfile.ZipFile(source) as opened:
                return opened.namelist()
    return None


def is_bundle(source: BinaryIO) -> bool:
    """Whether a file is a zip of files rather than one document. A damaged zip is none: its reader says what is
    wrong with it; one whose list of members is beyond all measure is a bundle, to be refused as one."""
    source.seek(0)
    if not source.read(4).startswith(_SIGNATURES):
        return False
    if _directory_size(source) > _LARGEST_DIRECTORY:
        return True
    names = member_names(source)
    return names is not None and not _DOCUMENT_PARTS & {name.lower().lstrip("/") for name in names}


def unpack(source: BinaryIO, limits: BundleLimits) -> Iterator[Member]:
    """The files of a bundle, in its order; what systems leave behind (__MACOSX, Thumbs.db, ~$…) is passed over, and so
    are notes on the other files (说明.txt) where there are any.

    BundleRefused for one that holds nothing, is damaged, or would expand beyond the limits: before anything is
    expanded where its list says so, else on the way.
    """
    budget = _Budget(limits.members, limits.bytes)
    count = 0
    notes: list[Member] = []
    for member in _members(source, limits, budget, "", 0):
        if is_note(member.name, len(member.content)):
            notes.append(member)
            continue
        count += 1
        yield member
    if not count:
        yield from notes
    if not count and not notes:
        raise BundleRefused("压缩包是空的，没有可以收取的文件。请检查后重新压缩报送。")


def _members(source: BinaryIO, limits: BundleLimits, budget: _Budget, within: str, depth: int) -> Iterator[Member]:
    if _directory_size(source) > _LARGEST_DIRECTORY:
        raise _too_many(limits)
    try:
        with zipfile.ZipFile(source) as opened:
            infos = [info for info in opened.infolist() if not info.is_dir()]
            _check_before(source, infos, limits, budget)
            for info in infos:
                yield from _member(opened, info, limits, budget, within, depth)
    except (zipfile.BadZipFile, NotImplementedError, struct.error, UnicodeDecodeError) as error:
        raise BundleRefused("压缩包已损坏，无法解开。请重新压缩后报送。") from error


def _check_before(source: BinaryIO, infos: list[zipfile.ZipInfo], limits: BundleLimits, budget: _Budget) -> None:
    """What the bundle's own list says already; lists may lie, so expanding counts again."""
    if len(infos) > budget.members:
        raise _too_many(limits)
    expanded, packed = sum(info.file_size for info in infos), max(1, source.seek(0, io.SEEK_END))
    if expanded > budget.bytes or (expanded > _SMALL and expanded > limits.ratio * packed):
        raise _too_large(limits)


def _member(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, limits: BundleLimits, budget: _Budget, within: str, depth: int
) -> Iterator[Member]:
    name, is_safe = _name_of(info)
    if any(is_skipped(part.encode()) for part in name.split("/")):
        return
    budget.members -= 1
    if budget.members < 0:
        raise _too_many(limits)
    name = within + name
    problem = _problem_of(info, limits, is_safe)
    content = None if problem else _expanded(opened, info, limits, budget)
    if content is None:
        mark = f"{info.CRC:08x} {info.compress_size} {info.file_size} {name}".encode()
        yield Member(name, _MEMBER_PREFIX + mark, problem or "压缩包内的这份文件已损坏，无法解开。请重新压缩后报送。")
    elif is_bundle(io.BytesIO(content)):
        if depth == _DEEPEST:
            yield Member(name, content, "压缩包层层嵌套，里层的压缩包未予解开。请把文件直接放在一个压缩包里报送。")
        else:
            yield from _members(io.BytesIO(content), limits, budget, f"{name}/", depth + 1)
    else:
        yield Member(name, content)


def _problem_of(info: zipfile.ZipInfo, limits: BundleLimits, is_safe: bool) -> str | None:
    """Why a member is not expanded, in Chinese."""
    if not is_safe:
        return "压缩包内的文件路径不合规（绝对路径或含“..”），未予采用。请重新压缩后报送。"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "压缩包内的这一项是链接，不是文件，未予采用。请放入文件本身。"
    if info.flag_bits & (_ENCRYPTED | _STRONGLY_ENCRYPTED):
        return "压缩包内的这份文件设有密码，无法解开。请不设密码重新压缩后报送。"
    if info.compress_type not in _METHODS:
        return "压缩包内的这份文件采用了不常用的压缩方式，无法解开。请用系统自带的压缩功能重新压缩后报送。"
    if info.file_size > limits.member_bytes:
        return _too_large_member(limits)
    return None


def _expanded(opened: zipfile.ZipFile, info: zipfile.ZipInfo, limits: BundleLimits, budget: _Budget) -> bytes | None:
    """The member's bytes; None when they are damaged. Never more are taken than its list and the limits allow."""
    try:
        with opened.open(info) as stream:
            content = stream.read(min(limits.member_bytes, budget.bytes) + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        return None
    budget.bytes -= len(content)
    if budget.bytes < 0 or len(content) > limits.member_bytes:
        raise _too_large(limits)
    return content


def _name_of(info: zipfile.ZipInfo) -> tuple[str, bool]:
    """The member's path, printable, and whether it is one within the bundle. Names that are not marked as UTF-8 are
    read as Chinese Windows writes them, whatever the format says."""
    raw = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437", "replace")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("gb18030", "backslashreplace")
    name = readable_name(text.replace("\\", "/").encode())
    parts = [part for part in name.split("/") if part not in ("", ".")]
    is_safe = not (name.startswith("/") or _DRIVE.match(name) or ".." in parts)
    return "/".join(part for part in parts if part != "..") or "（无名）", is_safe


def _directory_size(source: BinaryIO) -> int:
    """Bytes of the list of members as the file's end says, or 0 when it has none."""
    size = source.seek(0, io.SEEK_END)
    source.seek(max(0, size - _LONGEST_COMMENT))
    tail = source.read()
    at = tail.rfind(_END)
    source.seek(0)
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0


def _too_many(limits: BundleLimits) -> BundleRefused:
    return BundleRefused(f"压缩包内的文件过多（上限 {limits.members} 份），未予解开。请拆分后再报送。")


def _too_large(limits: BundleLimits) -> BundleRefused:
    limit = limits.bytes / MEBIBYTE
    return BundleRefused(
        f"压缩包解开后过大或压缩比异常（上限 {limit:g} MiB），可能是恶意文件，未予解开。请拆分后再报送。"
    )


def _too_large_member(limits: BundleLimits) -> str:
    limit = limits.member_bytes / MEBIBYTE
    return f"压缩包内的这份文件过大（上限 {limit:g} MiB），未予解开。请去掉大图后另存，或拆分后再报送。"
