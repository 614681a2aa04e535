"""The enumerated items of a section, in whatever form: 一是…二是…, 1、…, （一）标题。…, headings, bullets, paragraphs.

Only where items begin and end is found here; what an item says is for the facts that ask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.documents.model import BlockKind, TextBlock
from transforms.facts.numbering import Marker, parse_marker
from transforms.facts.outline import Outline, Piece

_BOUNDARY = re.compile(r"[。;:!?,](?=[一二三四五六七八九十第首其再此另最(\d①-⑳])")
_SPOKEN = re.compile(r"(?P<number>[一二三四五六七八九十]{1,3})(?:是要?|要|则是)(?!否)")
_ORDER = {"首先": 1, "其次": 2, "再次": 3, "此外": 4, "另外": 4, "最后": 5}
_ORDERED = re.compile(r"(?P<word>首先|其次|再次|此外|另外|最后)[,:]?(?:是|要)?")
_BULLET = re.compile(r"[-—•·●◆■▪★*>\s]+")
_SHORTEST = 6
_LONGEST_MARKER = 16


class Stretch(NamedTuple):
    """A stretch of the normalised text of the block at position ``block``."""

    block: int
    start: int
    stop: int


@dataclass(slots=True)
class Item:
    """An item: its heading's words (None when it has no heading of its own) and the text below or behind it."""

    title: Stretch | None
    body: list[Stretch] = field(default_factory=list)

    @property
    def first(self) -> Stretch:
        """Where the item begins."""
        return self.title or self.body[0]


class _Token(NamedTuple):
    stretch: Stretch  # without the marker
    style: str | None
    is_title: bool
    kind: BlockKind


def items_of(outline: Outline, *meanings: str) -> list[Item]:
    """The items of the sections with one of these meanings; headings in them that mean something else are items too.

    The outermost numbering that comes first counts items, deeper ones belong to their text. Without numbers each
    heading is an item, else each bullet, else each paragraph that does not merely announce something.
    """
    tokens = list(_tokens(outline, meanings))
    style = next((token.style for token in tokens if token.style), None)
    if style is not None:
        return _grouped(tokens, lambda token: token.style == style)
    if any(token.is_title for token in tokens):
        return _grouped(tokens, lambda token: token.is_title)
    if any(token.kind is BlockKind.LIST_ITEM for token in tokens):
        return _grouped(tokens, lambda token: token.kind is BlockKind.LIST_ITEM)
    return [Item(None, [token.stretch]) for token in tokens if _says_something(outline, token.stretch)]


def _grouped(tokens: list[_Token], begins: Callable[[_Token], bool]) -> list[Item]:
    items: list[Item] = []
    for token in tokens:
        if begins(token):
            items.append(Item(token.stretch) if token.is_title else Item(None, [token.stretch]))
        elif items:
            items[-1].body.append(token.stretch)
    return items


def _says_something(outline: Outline, stretch: Stretch) -> bool:
    text = _block(outline, stretch.block).text
    return stretch.stop - stretch.start >= _SHORTEST and text[stretch.stop - 1] != ":"


def _tokens(outline: Outline, meanings: tuple[str, ...]) -> Iterator[_Token]:
    titles = {
        heading.block: heading
        for heading in outline.headings
        if set(meanings).isdisjoint(heading.meanings)
        and not set(meanings).isdisjoint(outline.effective[heading.ordinal])
    }
    pieces = {piece.index: piece for piece in outline.pieces(*meanings)}
    for index in sorted(titles.keys() | pieces.keys()):
        heading, piece = titles.get(index), pieces.get(index)
        if heading is not None:
            style = heading.marker.style if heading.marker else None
            yield _Token(Stretch(index, heading.start, heading.end), style, True, BlockKind.HEADING)
        if piece is not None and isinstance(piece.block, TextBlock) and piece.block.kind is not BlockKind.CAPTION:
            yield from _split(piece, piece.block)


def _split(piece: Piece, block: TextBlock) -> Iterator[_Token]:
    """The block cut at each numbering that begins an item within it."""
    text, begin = block.text, piece.start
    marker = marker_at(text, begin)
    start, style = (marker.end, marker.style) if marker else (begin, None)
    if block.kind is BlockKind.LIST_ITEM and marker is None and (bullet := _BULLET.match(text, begin)):
        start = bullet.end()
    for boundary in _BOUNDARY.finditer(text, start):
        following = marker_at(text, boundary.end())
        if following is None or (text[boundary.start()] == "," and following.style not in ("一是", "首先")):
            continue
        yield _Token(Stretch(piece.index, start, boundary.end()), style, False, block.kind)
        start, style = following.end, following.style
    if start < len(text):
        yield _Token(Stretch(piece.index, start, len(text)), style, False, block.kind)


def marker_at(text: str, offset: int) -> Marker | None:
    """The numbering at ``offset`` of a normalised text, 一要 and 首先 among them; its ``end`` is an offset there too."""
    spoken = _SPOKEN.match(text, offset)
    if spoken:
        return Marker("一是", 1, spoken.end())
    ordered = _ORDERED.match(text, offset)
    if ordered:
        return Marker("首先", _ORDER[ordered["word"]], ordered.end())
    marker = parse_marker(text[offset : offset + _LONGEST_MARKER])
    return marker._replace(end=marker.end + offset) if marker else None


def _block(outline: Outline, index: int) -> TextBlock:
    block = outline.document.blocks[index]
    assert isinstance(block, TextBlock)
    return block
