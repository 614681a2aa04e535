"""Text as printed for a stretch of the normalised copy: widths and punctuation of the raw text, without its blanks.

No matching happens here.
"""

from __future__ import annotations

import re

from transforms.documents.model import Place, TextBlock
from transforms.language.text import raw_offsets

_BLANKS = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")


class Printed:
    """The printed form of one block, worked out when first asked for.

    ``text(start, end)`` gives the characters of ``raw`` behind ``block.text[start:end]`` with blanks gone;
    ``line(start)`` the line on which that offset stands.
    """

    __slots__ = ("_block", "_characters", "_offsets")

    def __init__(self, block: TextBlock) -> None:
        self._block = block
        self._offsets: list[int] | None = None
        self._characters = ""

    def offset(self, start: int) -> int:
        """The offset in ``raw`` of the character at ``start`` of the normalised text."""
        offsets = self._offsets or self._align()
        return offsets[start] if start < len(offsets) else len(self._block.raw)

    def text(self, start: int, end: int) -> str:
        """The raw characters behind the normalised stretch, without blanks between them."""
        if self._offsets is None:
            self._align()
        return self._characters[start:end]

    def place(self, start: int) -> Place:
        """The place of the normalised offset ``start``."""
        block = self._block
        return block.place_at(self.offset(start)) if block.starts else block.place

    def line(self, start: int) -> int | None:
        """The line on which the normalised offset ``start`` stands."""
        return self.place(start).line

    def _align(self) -> list[int]:
        raw, text = self._block.raw, self._block.text
        offsets: list[int] = []
        position = 0
        for blanks in _BLANKS.finditer(raw):
            offsets.extend(range(position, blanks.start()))
            if text[len(offsets) : len(offsets) + 1] == " ":
                offsets.append(blanks.start())
            position = blanks.end()
        offsets.extend(range(position, len(raw)))
        if len(offsets) != len(text):  # not made by dropping blanks alone
            offsets = raw_offsets(raw)
        self._offsets = offsets
        self._characters = "".join([raw[offset] for offset in offsets])
        return offsets
