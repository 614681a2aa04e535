"""How far the streams of a PDF unpack, measured before pdfium unpacks any: it ends the process that runs out of memory.

Streams are looked for in the bytes themselves, whatever the file says of them; what they draw is nobody's business
here. Pictures and attachments are passed over, unless they look like what is drawn: where text is read, none is
unpacked.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterable, Iterator

from transforms.documents.model import Unreadable
from transforms.documents.refusals import refusal

MOST_UNPACKED = 96 * 1024 * 1024
"""Bytes of all streams, fonts included."""
MOST_DRAWN = 4 * 1024 * 1024
"""Bytes of one stream that is no font: pdfium makes many times as much of drawing commands."""
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_DICTIONARY = 2048
"""Bytes before a stream in which its dictionary stands."""
_NOT_READ = re.compile(rb"/Subtype\s*/Image\b|/Type\s*/EmbeddedFile\b")
_ARMOURED = re.compile(rb"/(?:(?P<of_85>ASCII85Decode|A85)|ASCIIHexDecode|AHx)\b")
_NO_DIGITS = re.compile(rb"[^0-9A-Fa-f]+")
_FONTS = (b"\x00\x01\x00\x00", b"true", b"OTTO", b"ttcf", b"\x80\x01", b"\x01\x00\x04")
_COMMANDS = re.compile(rb"[\s\x20-\x7e]{512}")
_NUMBER = re.compile(rb"\d\s")
_PIECE = 1 << 16
_STEP = 1 << 20
_MOST_LAYERS = 4


def refuse_expanding(content: bytes) -> None:
    """Raises Unreadable for a PDF whose streams unpack to more than any report holds; unpacks no further than that."""
    total = 0
    for found in _STREAM.finditer(content):
        stop = content.find(b"endstream", found.end())
        data = memoryview(content)[found.end() : stop if stop >= 0 else len(content)]
        total += _measured(content[max(0, found.start() - _DICTIONARY) : found.start()], data)
        if total > MOST_UNPACKED:
            raise _too_large(total)


def _measured(before: bytes, data: memoryview) -> int:
    """How many bytes a stream unpacks to, through all its layers."""
    dictionary = before[before.rfind(b" obj") + 1 :]
    armour = _ARMOURED.search(dictionary)
    pieces = _unarmoured(data, armour["of_85"] is not None) if armour else _pieces(data)
    is_passed_over = _NOT_READ.search(dictionary) is not None
    total = 0
    for _ in range(_MOST_LAYERS):
        first = next(pieces, b"")
        if not _is_deflated(first):
            break
        pieces = _inflated(_with(first, pieces))
    else:
        raise _too_large(total)
    is_drawn = _COMMANDS.match(first) is not None and _NUMBER.search(first) is not None
    if is_passed_over and not is_drawn:
        return 0
    is_font = first.startswith(_FONTS) and not is_drawn
    for piece in _with(first, pieces):
        total += len(piece)
        if total > (MOST_UNPACKED if is_font else MOST_DRAWN):
            raise _too_large(total)
    return total


def _is_deflated(data: bytes) -> bool:
    return len(data) > 2 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0


def _pieces(data: memoryview) -> Iterator[bytes]:
    for start in range(0, len(data), _PIECE):
        yield bytes(data[start : start + _PIECE])


def _unarmoured(data: memoryview, is_of_85: bool) -> Iterator[bytes]:
    """The bytes that a stream in printable characters stands for."""
    try:
        if is_of_85:
            yield from _pieces(memoryview(base64.a85decode(bytes(data).strip().removesuffix(b"~>"))))
        else:
            digits = _NO_DIGITS.sub(b"", bytes(data))
            yield from _pieces(memoryview(base64.b16decode(digits[: len(digits) // 2 * 2], casefold=True)))
    except ValueError:
        return


def _inflated(packed: Iterable[bytes]) -> Iterator[bytes]:
    """What the pieces unpack to, up to where they are damaged."""
    inflater = zlib.decompressobj()
    try:
        for piece in packed:
            while piece and not inflater.eof:
                yield inflater.decompress(piece, _STEP)
                piece = inflater.unconsumed_tail
    except zlib.error:
        return


def _too_large(total: int) -> Unreadable:
    return refusal("pdf_unpacks", f"streams of more than {total} bytes")


def _with(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others
