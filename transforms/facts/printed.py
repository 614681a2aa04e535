"""Text as printed for a stretch of the normalised copy: widths and punctuation of the raw text, without its blanks.

No matching happens here.
"""

from __future__ import annotations

from transforms.documents.model import Place, TextBlock
from transforms.language.text import raw_offsets


class Printed:
    """The printed form of one block, worked out when first asked for.

    ``text(start, end)`` gives the characters of ``raw`` behind ``block.text[start:end]`` with blanks gone;
    ``line(start)`` the line on which that offset stands.
    """

    __slots__ = ("_block", "_characters", "_offsets")

    def __init__(self, block: TextBlock) -> None:
        self._block = block
        self._offsets: list[int] | range | None = None
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

    def _align(self) -> list[int] | range:
        raw = self._block.raw
        if len(raw) == len(self._block.text):  # normalising only ever drops characters: nothing dropped here
            self._offsets, self._characters = range(len(raw)), raw
        else:
            self._offsets = raw_offsets(raw)
            self._characters = "".join(map(raw.__getitem__, self._offsets))
        return self._offsets
