"""Text as printed for a stretch of the normalised copy: widths and punctuation of the raw text, without its blanks.

No matching happens here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.documents.model import Place, TextBlock
from transforms.language.text import raw_offsets

_BLANK = r"[\s\u00ad\u200b-\u200f\u2060\ufeff]"
_BLANKS = re.compile(f"{_BLANK}{_BLANK}*")  # begins with one class, to which the search can skip


class Printed:
    """The printed form of one block, worked out when first asked for.

    ``text(start, end)`` gives the characters of ``raw`` behind ``block.text[start:end]`` with blanks gone;
    ``line(start)`` the line on which that offset stands.
    """

    __slots__ = ("_block", "_characters", "_offsets")

    def __init__(self, block: TextBlock) -> None:
        self._block = block
        self._offsets: Sequence[int] | None = None
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

    def raw(self, start: int, end: int) -> str:
        """The stretch of ``raw`` behind the normalised one, as it came, blanks and all."""
        if start >= end:
            return ""
        offsets, raw = self._offsets or self._align(), self._block.raw
        if self._characters is raw:
            return raw[start:end]
        return raw[self.offset(start) : offsets[end - 1] + 1 if end <= len(offsets) else None]

    def place(self, start: int) -> Place:
        """The place of the normalised offset ``start``."""
        block = self._block
        return block.place_at(self.offset(start)) if block.starts else block.place

    def line(self, start: int) -> int | None:
        """The line on which the normalised offset ``start`` stands."""
        return self.place(start).line

    def _align(self) -> Sequence[int]:
        raw, text = self._block.raw, self._block.text
        if len(raw) == len(text):
            self._offsets, self._characters = range(len(raw)), raw
            return self._offsets
        offsets: list[int] = []
        kept: list[str] = []
        position = 0
        for blanks in _BLANKS.finditer(raw):
            start = blanks.start()
            at = len(offsets) + start - position
            stop = start + (text[at : at + 1] == " ")
            offsets += range(position, stop)
            kept.append(raw[position:stop])
            position = blanks.end()
        offsets += range(position, len(raw))
        kept.append(raw[position:])
        if len(offsets) != len(text):  # not made by dropping blanks alone
            offsets = raw_offsets(raw)
            kept = [raw[offset] for offset in offsets]
        self._offsets, self._characters = offsets, "".join(kept)
        return offsets
