"""Office files as zip packages: opened with limits, their XML parsed with nothing expanded or fetched.

What the parts mean is each medium's reader's business.
"""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from transforms.documents.refusals import refusal

LARGEST_PART = 64 * 1024 * 1024
_LARGEST_TOTAL = 1024 * 1024 * 1024
_LEAST_SUSPECT = 16 * 1024 * 1024
_HIGHEST_RATIO = 150
_MOST_PARTS = 20_000
_ENCRYPTED = 0x1
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_TRANSITIONAL = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


class OfficePackage:
    """The parts of an Office file by name. Raises Unreadable when the zip is broken, encrypted or a bomb."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(content))
            self._parts = {info.filename.replace("\\", "/").lstrip("/"): info for info in self._zip.infolist()}
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise refusal("broken", f"zip: {error}") from error
        _refuse_bombs(list(self._parts.values()), len(content))

    def names(self) -> list[str]:
        """The names of all parts, without a leading slash."""
        return list(self._parts)

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, None when there is none of that name. Raises Unreadable when it is broken or too
        large."""
        info = self._parts.get(name)
        if info is None:
            return None
        if info.flag_bits & _ENCRYPTED:
            raise refusal("encrypted", f"{name} is encrypted")
        if info.file_size > LARGEST_PART:
            raise refusal("bomb", f"{name}: {info.file_size} bytes")
        try:
            return self._zip.read(info)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise refusal("broken", f"{name}: {error}") from error

    def xml(self, name: str) -> etree._Element | None:
        """The root element of an XML part, the Strict namespaces replaced by the usual ones; None when there is no
        such part. Raises Unreadable when it is no XML, declares a document type or is nested too deeply."""
        content = self.part(name)
        return None if content is None else parse_xml(content, name)


def parse_xml(content: bytes, name: str) -> etree._Element:
    """The root element of an XML part. Comments and processing instructions are left out, entities never expanded."""
    if _DECLARATION.search(content if b"\x00" not in content[:200] else content.replace(b"\x00", b"")):
        raise refusal("entities", f"{name} declares a document type")
    if b"purl.oclc.org" in content:
        content = _STRICT.sub(lambda match: _TRANSITIONAL.get(match[1] + b"/" + match[2], match[0]), content)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = "too_deep" if "depth" in str(error) else "broken"
        raise refusal(reason, f"{name}: {error}") from error


def _refuse_bombs(parts: list[ZipInfo], byte_count: int) -> None:
    total = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    is_bomb = total > _LARGEST_TOTAL or len(parts) > _MOST_PARTS or packed > byte_count
    if is_bomb or (total > _LEAST_SUSPECT and total > _HIGHEST_RATIO * byte_count):
        raise refusal("bomb", f"{byte_count} bytes expand to {total} in {len(parts)} parts")
