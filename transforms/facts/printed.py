"""Text as printed for a stretch of the normalised copy: widths and punctuation of the raw text, without its blanks.

No matching happens here.
"""

from __future__ import annotations

from transforms.documents.model import TextBlock
from transforms.language.text import raw_offsets


class Printed:
    """The printed form of one block, worked out when first asked for.

    ``text(start, end)`` gives the characters of ``raw`` behind ``block.text[start:end]`` with blanks gone;
    ``line(start)`` the line on which that offset stands.
    """

    __slots__ = ("_block", "_offsets")

    def __init__(self, block: TextBlock) -> None:
        self._block = block
        self._offsets: list[int] | None = None

    def offset(self, start: int) -> int:
        """The offset in ``raw`` of the character at ``start`` of the normalised text."""
        if self._offsets is None:
            self._offsets = raw_offsets(self._block.raw)
        return self._offsets[start] if start < len(self._offsets) else len(self._block.raw)

    def text(self, start: int, end: int) -> str:
        """The raw characters behind the normalised stretch, without blanks between them."""
        self.offset(0)
        raw = self._block.raw
        return "".join(raw[offset] for offset in self._offsets[start:end])  # type: ignore[index]

    def line(self, start: int) -> int | None:
        """The line on which the normalised offset ``start`` stands."""
        block = self._block
        return block.place_at(self.offset(start)).line if block.starts else block.place.line
