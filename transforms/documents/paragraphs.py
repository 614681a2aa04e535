"""Lines of text -> blocks: Markdown signs off, wrapped lines and paragraphs cut by a page joined, headings told from
paragraphs and list items.

Tables have been taken out before; what a heading means is the outline's business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.documents.layout import layout
from transforms.documents.lines import Line, display_width
from transforms.documents.markup import has_markup, plain_text, strip_inline
from transforms.documents.model import BlockKind, Note, NoteKind, Place, TextBlock
from transforms.language.numbering import Numbering, parse_numbering
from transforms.language.text import normalise

_ATX = re.compile(r"\s{0,3}(#{1,6})(?!#)\s*(.*?)\s*#*\s*$", re.S)
_SETEXT = re.compile(r"\s{0,3}(=+|-{2,})\s*$")
_RULE = re.compile(r"[\s\-=*_—─━═·.…~]+$")
_BULLET = re.compile(r"\s*(?:[-+*](?=\s)|[•●■◆▪◦○□◇➢❖►▶](?=\s|[\u4e00-\u9fff“]))\s*")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_BOLD = re.compile(r"(\*\*|__)(?!\s)(.+?)(?<!\s)\1")
_INDENT = re.compile(r"[ \t　]*")
_LATIN_END = re.compile(r"[A-Za-z]$")
_LATIN_START = re.compile(r"[A-Za-z]")

_LONGEST_HEADING = 40
_LONGEST_PLAIN_HEADING = 26
_SHORTEST_CUT = 30
_LONG_ITEM = 45
_UPPER_STYLES = ("第一部分", "一、", "（一）")


@dataclass(slots=True)
class Unit:
    """A run of text on its way to a block: the pieces it is made of (raw text without Markdown signs, place), and
    what its first line looked like."""

    pieces: list[tuple[str, Place]]
    level: int | None = None
    is_bold: bool = False
    is_all_bold: bool = False
    is_bullet: bool = False
    indent: int = 0
    has_gap: bool = False
    width: int = 0
    raw: str = ""
    text: str = ""
    numbering: Numbering | None = None
    starts: list[tuple[int, Place]] = field(default_factory=list)

    def settle(self) -> None:
        """Works out raw, text and starts from the pieces."""
        self.raw, self.starts = "", []
        for piece, place in self.pieces:
            glue = " " if _LATIN_END.search(self.raw) and _LATIN_START.match(piece) else ""
            self.raw += glue
            self.starts.append((len(self.raw), place))
            self.raw += piece
        self.text = normalise(self.raw)
        self.numbering = parse_numbering(self.text)

    @property
    def is_heading_line(self) -> bool:
        """Whether Markdown makes it a heading, or bold type a title of its own."""
        return self.level is not None or (self.is_all_bold and len(self.text) <= _LONGEST_HEADING)
