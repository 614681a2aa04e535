"""Telling the medium of a file from its first bytes, never from its name.

Reading the medium is its reader's business.
"""

from __future__ import annotations

import io
import re

from transforms.documents.html.signs import is_email, is_page, is_saved_page, without_marks
from warehouse.intake.bundles import member_names

TEXT = "text"

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (_COMPOUND, "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "bmp"),
    (b"RIFF", "riff"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ZIP_PARTS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "slides"), ("OFD.xml", "ofd"), ("Index/", "iwork"))
_FIRST_NAME = 30
"""Where the name of a zip file's first part stands: that of an OpenDocument file is stored as it is."""
_OPEN_DOCUMENT = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)")
_OPEN_MEDIA = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "slides"}
_COMPOUND_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "slides"),
)
_STREAM_NAMES = tuple((name.encode("utf-16-le"), medium) for name, medium in _COMPOUND_STREAMS)
_XML = re.compile(rb"\s*<\?xml\s")


def medium_of(content: bytes) -> str:
    """``text``, or the name of the medium as in refusals.toml: docx, xlsx, slides, ofd, iwork, odt, ods, zip, doc, xls,
    encrypted, ole (another compound file), pdf, rtf, image, html, mhtml, email, xml, archive. Bytes of no known medium
    count as text: decoding will tell."""
    if content.startswith(_ZIP):
        return _zip_medium(content)
    head = content[:1024]
    for signature, medium in _SIGNATURES:
        if head.startswith(signature) and _is_certain(medium, content):
            return _compound(content) if medium == "ole" else "image" if medium in ("bmp", "riff") else medium
    if b"%PDF-" in head:
        return "pdf"
    plain = without_marks(content[:8192])
    if is_page(plain, content):
        return "html"
    if is_saved_page(plain):
        return "mhtml"
    if is_email(plain):
        return "email"
    return "xml" if _XML.match(plain) else TEXT


def _compound(content: bytes) -> str:
    """Which Office made a compound file, by the names of its streams."""
    return next((medium for name, medium in _STREAM_NAMES if name in content), "ole")


def _zip_medium(content: bytes) -> str:
    """What a zip file is by what it says of itself or by the names of its parts; a damaged one by the first that
    can still be seen."""
    if open_document := _OPEN_DOCUMENT.match(content, _FIRST_NAME):
        return _OPEN_MEDIA[open_document[1]]
    names = member_names(io.BytesIO(content))
    if names is None:
        tail = content[-65_536:]
        marks = ((folder.encode(), medium) for folder, medium in _ZIP_PARTS)
        return next((medium for mark, medium in marks if mark in content[:65_536] or mark in tail), "zip")
    parts = [name.replace("\\", "/").lstrip("/") for name in names]
    return next((medium for start, medium in _ZIP_PARTS if any(part.startswith(start) for part in parts)), "zip")


def _is_certain(medium: str, content: bytes) -> bool:
    """Two signatures are ordinary letters: BM and RIFF need more evidence."""
    if medium == "bmp":
        return int.from_bytes(content[2:6], "little") == len(content)
    return medium != "riff" or content[8:12] == b"WEBP"
