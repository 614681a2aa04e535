"""The one font that stands in for fonts which a PDF names without holding them, whatever fonts a machine has.

With real ones the same file would be read differently on each machine; without any, pdfium drops characters. Sizes of
characters come from the PDF; this font only gives each a dot, narrower than any.
"""

from __future__ import annotations

import ctypes
import struct
from itertools import accumulate

from pypdfium2 import PdfSysfontBase

_HANDLE = 1
_EM, _TOP, _BOTTOM, _DOT = 1000, 880, -120, 100
_LAST_CHARACTER = 0x10FFFF


def substitute_font() -> bytes:
    """A TrueType font in which every character from the blank on is a dot."""
    dot = _dot()
    tables = {
        b"cmap": struct.pack(">4HI2H5I", 0, 1, 3, 10, 12, 13, 0, 28, 0, 1, 32, _LAST_CHARACTER) + struct.pack(">I", 1),
        b"glyf": dot * 2,
        b"head": _head(),
        b"hhea": struct.pack(">I3hH11hH", 0x00010000, _TOP, _BOTTOM, 0, _EM, *[0] * 11, 2),
        b"hmtx": struct.pack(">HhHh", _EM, 0, _EM, 0),
        b"loca": struct.pack(">3I", 0, len(dot), 2 * len(dot)),
        b"maxp": struct.pack(">I14H", 0x00010000, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    padded = [data + bytes(-len(data) % 4) for data in tables.values()]
    places = accumulate((len(data) for data in padded), initial=12 + 16 * len(tables))
    directory = b"".join(
        struct.pack(">4s3I", tag, 0, place, len(data))
        for (tag, data), place in zip(tables.items(), places, strict=False)
    )
    return struct.pack(">I4H", 0x00010000, len(tables), 64, 2, 48) + directory + b"".join(padded)


def _head() -> bytes:
    box = (0, 0, _DOT, _DOT)
    numbers = (0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *box, 0, 8, 2, 1, 0)
    return struct.pack(">4I2H2q4h2H3h", *numbers)


def _dot() -> bytes:
    """A glyph of four corners, all of them on the outline."""
    outline = struct.pack(">5h2H4B", 1, 0, 0, _DOT, _DOT, 3, 0, 1, 1, 1, 1)
    return outline + struct.pack(">8h", 0, _DOT, 0, -_DOT, 0, 0, _DOT, 0)


class Substitutes(PdfSysfontBase):  # type: ignore[misc] # pypdfium2 has no types
    """What pdfium asks for fonts once it is set up."""

    def __init__(self) -> None:
        super().__init__()
        self._font = substitute_font()

    def EnumFonts(self, _: object, mapper: object) -> None:  # noqa: N802 - pdfium's names
        """Names no fonts."""

    def MapFont(self, *_: object) -> int:  # noqa: N802
        """The font for any request."""
        return _HANDLE

    def GetFont(self, *_: object) -> int:  # noqa: N802
        """The font of any name."""
        return _HANDLE

    def GetFontData(self, _: object, font: int, table: int, buffer: int, size: int) -> int:  # noqa: N802
        """Fills the buffer with the font, where it is large enough; the bytes it takes. It is no collection, and its
        tables are not handed out one by one."""
        del font
        if table:
            return 0
        if buffer and size >= len(self._font):
            ctypes.memmove(buffer, self._font, len(self._font))
        return len(self._font)

    def GetFaceName(self, *_: object) -> int:  # noqa: N802
        """No name."""
        return 0

    def GetFontCharset(self, *_: object) -> int:  # noqa: N802
        """The charset for any font."""
        return 1

    def DeleteFont(self, *_: object) -> None:  # noqa: N802
        """Nothing to give back."""
