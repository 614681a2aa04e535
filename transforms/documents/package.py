"""Office files that are zip packages: opened with limits, their XML parts parsed without DTD, entities or network.

What the parts say belongs to the readers of each medium.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import TypeAlias
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from transforms.documents.refusals import refusal

Element: TypeAlias = etree._Element
LARGEST_UNPACKED = 96 * 1024 * 1024
"""Bytes that all parts of a package may unpack to, pictures apart."""
_MOST_PARTS = 5000
_LARGEST_TREE = 300 * 1024 * 1024
_NODE_BYTES, _ATTRIBUTE_BYTES = 100, 220
"""What each sign that opens or closes an element, and each that gives an attribute its value, takes in a tree."""
_SAFELY = {"resolve_entities": False, "no_network": True, "remove_comments": True, "remove_pis": True}
_SUSPECT_RATIO = 150
_LEAST_SUSPECT = 16 * 1024 * 1024
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NEVER_READ = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff")
_OFFICE_DOCUMENT = "/officeDocument"


class Package:
    """The parts of an office file. ``damaged`` is the reason (in refusals.toml) to give when parts are missing or
    broken. Raises Unreadable for what is no package, unpacks to too much or is encrypted."""

    def __init__(self, content: bytes, damaged: str) -> None:
        self._damaged = damaged
        try:
            self._zip = ZipFile(BytesIO(content))
            members = self._zip.infolist()
        except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise refusal(damaged, f"no sound zip archive: {error}") from error
        _refuse_bombs(members, len(content))
        if any(member.flag_bits & 1 for member in members):
            raise refusal("encrypted", "encrypted zip members")
        self._members = {member.filename.replace("\\", "/").lstrip("/"): member for member in members}
        self.names = frozenset(self._members)

    def xml(self, name: str) -> Element:
        """The root element of a part, the namespace of Strict text documents replaced by the usual one. Raises
        Unreadable when it is missing, broken, nested too deeply, of more elements than any report, or brings a DTD,
        MemoryError when there is no room."""
        content = self._content(name)
        self._refuse_large(name, content, 0, len(content))
        try:
            return etree.fromstring(content.replace(_STRICT, _TRANSITIONAL), etree.XMLParser(**_SAFELY))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._refused(name, error) from error

    def elements(self, name: str, *wanted: str) -> Iterator[Element]:
        """The elements of a part with these local names, each whole as soon as it ends and empty when the next is
        asked for, so that a part of any length takes little room. Raises Unreadable as ``xml`` does."""
        tags, content = [f"{{*}}{one}" for one in wanted], self._content(name)
        start, ends = 0, re.compile(rb"</(?:\w+:)?(?:%s)\b" % "|".join(wanted).encode())
        for stop in (*(end.start() for end in ends.finditer(content)), len(content)):
            self._refuse_large(name, content, start, stop)
            start = stop
        try:
            for _, element in etree.iterparse(BytesIO(content), tag=tags, **_SAFELY):
                yield element
                element.clear()
                _drop_before(element)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._refused(name, error) from error

    def _refuse_large(self, name: str, content: bytes, start: int, stop: int) -> None:
        """Raises Unreadable where the elements of a stretch would take more than those of any report."""
        elements, attributes = content.count(b"<", start, stop), content.count(b"=", start, stop)
        needed = _NODE_BYTES * elements + _ATTRIBUTE_BYTES * attributes + stop - start
        if needed > _LARGEST_TREE:
            raise refusal("part_too_complex", f"{name}: {needed} bytes of elements")

    def _content(self, name: str) -> bytes:
        try:
            content = self._zip.read(self._members[name])
        except (KeyError, BadZipFile, OSError, EOFError, ValueError) as error:
            raise refusal(self._damaged, f"{name}: {error}") from error
        except MemoryError:
            raise
        except Exception as error:  # zlib.error and whatever else a forged archive provokes in zipfile
            raise refusal(self._damaged, f"{name}: {type(error).__name__} {error}") from error
        plain = content if b"\x00" not in content[:200] else content.replace(b"\x00", b"")
        if any(declaration in plain for declaration in _DECLARATIONS):
            raise refusal("forbidden_dtd", f"{name} declares a document type")
        return content

    def _refused(self, name: str, error: Exception) -> Exception:
        """What to raise for a part that the parser gave up."""
        if isinstance(error, etree.XMLSyntaxError) and error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            return MemoryError()
        return refusal("too_deep" if "depth" in str(error) else self._damaged, f"{name}: {error}")

    def document(self) -> str:
        """The name of the main part."""
        found = [target for kind, target in self.relations("").values() if kind.endswith(_OFFICE_DOCUMENT)]
        if not found:
            raise refusal(self._damaged, "no main part")
        return found[0]

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The relations of a part ("" the package's own): id -> (type, name of the part it points to)."""
        folder, _, base = part.rpartition("/")
        name = f"{folder}/_rels/{base}.rels".lstrip("/")
        if name not in self.names:
            return {}
        return {
            relation.get("Id", ""): (relation.get("Type", ""), _target(dirname(part), relation.get("Target", "")))
            for relation in self.xml(name)
            if relation.get("TargetMode") != "External"
        }


def _refuse_bombs(members: list[ZipInfo], byte_count: int) -> None:
    """Refuses packages that unpack to far more than an office file does, or whose parts overlap."""
    read = [member for member in members if not member.filename.lower().endswith(_NEVER_READ)]
    unpacked = sum(member.file_size for member in read)
    packed = sum(member.compress_size for member in members)
    is_bomb = unpacked > _LEAST_SUSPECT and unpacked > _SUSPECT_RATIO * byte_count
    if is_bomb or unpacked > LARGEST_UNPACKED or len(members) > _MOST_PARTS or packed > byte_count:
        limit = LARGEST_UNPACKED // 1024 // 1024
        raise refusal("unpacks_too_large", f"{len(members)} parts, {unpacked} bytes of {byte_count}", limit=limit)


def _drop_before(element: Element) -> None:
    """Takes what stands before an element out of the tree."""
    parent, before = element.getparent(), element.getprevious()
    if parent is not None and before is not None:
        parent.remove(before)


def local(element: Element) -> str:
    """The name of an element without its namespace: transitional and strict files differ in nothing else."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, name: str) -> list[Element]:
    """The direct children of that local name."""
    return [child for child in element if local(child) == name]


def _target(folder: str, target: str) -> str:
    return normpath(target.lstrip("/") if target.startswith("/") else join(folder, target))
