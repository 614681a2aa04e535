"""The enumerated items of a section, in whatever form: 一是…二是…, 1、…, （一）标题。…, headings, bullets, paragraphs.

Only where items begin and end is found here; what an item says is for the facts that ask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple

from transforms.documents.model import BlockKind, TextBlock
from transforms.facts.outline.numbering import STYLE_RANK, Marker, chinese_count, parse_marker
from transforms.facts.outline.outline import Outline, Piece
from transforms.facts.outline.signatures import LONGEST_SIGNATURE, is_signature

_BOUNDARY = re.compile(r"[。;:!?,](?=[一二三四五六七八九十第首其再此另还最问措目建绩对举整改主不(\d①-⑳])")
_SPOKEN = re.compile(r"(?P<number>[一二三四五六七八九十]{1,3})(?:是要?|要|则是)(?!否)")
_ONE_BY_ONE = re.compile("(?:另外?|还有|再)?一[处条个点项件桩](?:是(?!否)|则是)")
_ANNOUNCED = re.compile("(?:问题|不足|困难|以下|措施|工作|方面|如下)[^。;]{0,8}[。:,]?$")
_ORDER = {
    "一方面": ("一方面", 1), "另一方面": ("一方面", 2),
    "首先": ("首先", 1), "其次": ("首先", 2), "再次": ("首先", 3),
    "此外": ("首先", 4), "另外": ("首先", 4), "最后": ("首先", 5),
}  # fmt: skip
"""Words that count: style and number. None of them begins another."""
_ORDERED = re.compile(rf"(?P<word>{'|'.join(_ORDER)})[,:]?(?:是|要)?")
_COUNTING = frozenset("一二三四五六七八九十另还再").union(word[0] for word in _ORDER)
"""Characters with which spoken numbers begin: a look before the searches."""
_LABELLED = re.compile(
    r"[^。;:,、!?]{0,6}?(?:问题|不足|困难|短板|措施|对策|举措|办法|打算|改进|整改|目标|建议|任务)(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?:[:、,]|\.(?!\d))"
)
_TITLED = re.compile(
    r"(?:\d{4}年度?|中期|中长期|长期|远期|本?年度|当年|总体|整体)[^。:;,]{0,12}目标(?:\([^()]{0,14}\)|[为是])?:"
)
_LEAD = re.compile(r"[^。;:]{0,40}?(?:[为是有]|如下|包括|分别|(?:以下|下列)[^。;:]{0,10}):")
_PARTS = re.compile("[^;]+;?")
_NAMED = re.compile("[^。;:,!?]{2,14}(?::|——)(?=.)")
_BULLET = re.compile(r"[-—•·●◆■▪★☆▲►➢◇□○*>\s]+|[(]?(?:[A-Za-z]|[ivx]{2,4})[)]|[A-Za-z][.、]")
_PLAIN_BULLET = re.compile(
    "(?:—{1,3}|[•·●◆■▪★☆▲►➢◇□○]|[A-Za-z](?:[.、](?![A-Za-z0-9])|[)](?![A-Za-z]))|[(](?:[A-Za-z]|[ivx]{2,4})[)](?![A-Za-z]))"
)
_ANNOUNCEMENT = re.compile(r":$|如下。?$")
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


@dataclass(slots=True)
class _Token:
    """A stretch without the numbering before it, whose ``style`` is given. ``root``: ordinal of the section heading."""

    root: int
    stretch: Stretch
    style: str | None
    is_title: bool
    kind: BlockKind
    text: str
    number: int = 0


def items_of(
    outline: Outline, *meanings: str, beside: frozenset[str] = frozenset(), goes_on: re.Pattern[str] | None = None
) -> list[Item]:
    """The items of the sections with one of these meanings; headings in them that mean something else are items too.

    A heading of several meanings counts when those before the wanted one are in ``beside``. The outermost numbering
    that comes first counts the items of a section, deeper ones belong to their text. Without numbers each heading
    is an item, else each bullet, else each paragraph that does not merely announce something. With ``goes_on`` a
    section ends at the paragraph with the number after its heading's (1.目标 … 2.指标设置。…), unless that matches.
    """
    found = []
    for root, section in groupby(_tokens(outline, meanings, beside), lambda token: token.root):
        tokens, marker = list(section), outline.headings[root].marker
        found += _items(_before_next(tokens, marker, goes_on) if goes_on and marker else tokens)
    return found


def announced_items(outline: Outline, meaning: str, announces: re.Pattern[str]) -> list[Item]:
    """The numbered items that follow a text which ``announces`` matches, in sections of this meaning."""
    found: list[Item] = []
    for _, section in groupby(_tokens(outline, (meaning,), frozenset()), lambda token: token.root):
        tokens = list(section)
        for at, token in enumerate(tokens[:-1]):
            following = tokens[at + 1]
            is_listed = following.style is not None or following.kind is BlockKind.LIST_ITEM
            if is_listed and not token.style and announces.search(token.text):
                ends = (place for place, later in enumerate(tokens[at + 2 :], at + 2) if _ends_list(later, following))
                found += _items(tokens[at + 1 : next(ends, len(tokens))])
                break
    return found


def _ends_list(token: _Token, first: _Token) -> bool:
    """Whether a heading stands outside of the list that begins with ``first``."""
    return token.is_title and (not first.style or not token.style or _rank(token.style) < _rank(first.style))


def items_within(index: int, block: TextBlock, start: int, stop: int) -> list[Item]:
    """The items of a stretch of a text block: those that are numbered, else what semicolons part."""
    tokens = [token for token in _split(0, Piece(index, block, start), block) if token.stretch.start < stop]
    if tokens:
        last = tokens[-1].stretch
        tokens[-1] = replace(tokens[-1], stretch=last._replace(stop=stop), text=block.text[last.start : stop])
    return _items(tokens)


def _items(tokens: list[_Token]) -> list[Item]:
    while tokens and not (tokens[-1].style or tokens[-1].is_title) and is_signature(tokens[-1].text):
        tokens.pop()
    style = next((token.style for token in tokens if token.style), None)
    if style == "首先":  # 首先…其次…第三…
        tokens = [replace(token, style=style) if token.style == "第一，" else token for token in tokens]
    if style is not None:
        return _grouped(_within(tokens, style), lambda token: token.style == style)
    if any(token.is_title for token in tokens):
        return _grouped(tokens, lambda token: token.is_title)
    said = [token for token in tokens if len(token.text) >= _SHORTEST and not token.text.endswith(":")]
    if len(said) == 1 and all(token is said[0] or token.text.endswith(":") for token in tokens):
        return [Item(None, [part]) for part in _parts(said[0])]
    if any(token.kind is BlockKind.LIST_ITEM for token in tokens):
        return _grouped(tokens, lambda token: token.kind is BlockKind.LIST_ITEM)
    return [Item(None, [token.stretch]) for token in said]


def _parts(token: _Token) -> list[Stretch]:
    """A lone sentence cut at its semicolons, the words that only announce what it lists left out."""
    lead = _LEAD.match(token.text)
    start = lead.end() if lead else 0
    parts = [match.span() for match in _PARTS.finditer(token.text, start)]
    is_list = "。" not in token.text[start:-1] and all(stop - begin > _SHORTEST for begin, stop in parts)
    begins = token.stretch.start
    kept = parts if is_list else [(start, len(token.text))]
    return [token.stretch._replace(start=begins + begin, stop=begins + stop) for begin, stop in kept if stop > begin]


def _before_next(tokens: list[_Token], heading: Marker, goes_on: re.Pattern[str]) -> list[_Token]:
    """The tokens before the one with a number after the heading's, where no list of their own counts up to it."""
    last = 0
    for at, token in enumerate(tokens):
        if token.style == heading.style:
            is_next = token.number > heading.number if not last else token.number == heading.number + 1 != last + 1
            if is_next and not goes_on.match(token.text):
                return tokens[:at]
            last = token.number
    return tokens


def _within(tokens: list[_Token], style: str) -> list[_Token]:
    """The tokens without stretches that stand under headings of an outer numbering: those are no item's text."""
    kept: list[_Token] = []
    is_outside = False
    for token in tokens:
        is_outer = token.is_title and token.style is not None and _rank(token.style) < _rank(style)
        is_outside = is_outer or (is_outside and token.style != style)
        if not is_outside:
            kept.append(token)
    return kept


def _rank(style: str) -> float:
    return STYLE_RANK.get(style, max(STYLE_RANK.values()))


def _grouped(tokens: list[_Token], begins: Callable[[_Token], bool]) -> list[Item]:
    groups: list[list[_Token]] = []
    for token in tokens:
        if begins(token) or _TITLED.match(token.text):
            groups.append([token])
        elif groups:
            groups[-1].append(token)
    groups = [group for group in groups if len(group) > 1 or begins(group[0]) or not group[0].text.endswith(":")]
    for group in groups[:-1]:
        if len(group) > 1 and _announces(group[-1]):
            group.pop()
    if len(groups) > 1:
        _trim(groups)
    return [_item(group) for group in groups]


def _announces(token: _Token) -> bool:
    return not token.style and token.text.endswith(":") and len(token.text) <= LONGEST_SIGNATURE


def _trim(groups: list[list[_Token]]) -> None:
    """Paragraphs behind the last item belong to it only as far as the items before it have as many, or below goals
    (分项目标) go on naming what each is about (党建：…)."""
    most = max(len({token.stretch.block for token in group}) for group in groups[:-1])
    last = groups[-1]
    most = max(most, 2 if last[0].text.endswith(":") else 1)
    while len({token.stretch.block for token in last}) > most and not last[-1].style and not last[-1].is_title:
        if "目标" in last[0].text and all(_NAMED.match(token.text) for token in last[-2:]):
            return
        last.pop()


def _item(group: list[_Token]) -> Item:
    stretches = [token.stretch for token in group]
    return Item(stretches[0], stretches[1:]) if group[0].is_title else Item(None, stretches)


def _tokens(outline: Outline, meanings: tuple[str, ...], beside: frozenset[str]) -> Iterator[_Token]:
    roots = _roots(outline, frozenset(meanings), beside)
    titles = {
        heading.block: heading
        for heading in outline.headings
        if heading.ordinal in roots and roots[heading.ordinal] != heading.ordinal
    }
    pieces = {piece.index: piece for piece in outline.pieces(*meanings) if outline.owners[piece.index] in roots}
    for index in sorted(titles.keys() | pieces.keys()):
        heading, piece = titles.get(index), pieces.get(index)
        root = roots[outline.owners[index] or 0]
        if heading is not None:
            text = outline.text_block(index).text[heading.start : heading.end]
            style = heading.marker.style if heading.marker else None
            is_item = style is not None or not _ANNOUNCEMENT.search(text)
            yield _Token(root, Stretch(index, heading.start, heading.end), style, is_item, BlockKind.HEADING, text)
        if piece is not None and isinstance(piece.block, TextBlock) and piece.block.kind is not BlockKind.CAPTION:
            yield from _split(root, piece, piece.block)


def _roots(outline: Outline, meanings: frozenset[str], beside: frozenset[str]) -> dict[int, int]:
    """Heading -> the heading of the section that it belongs to, itself or one above; others are left out."""
    roots: dict[int, int] = {}
    for heading in outline.headings:
        if not meanings.isdisjoint(heading.meanings):
            before = heading.meanings[: min(heading.meanings.index(name) for name in meanings & set(heading.meanings))]
            if beside.issuperset(before):
                roots[heading.ordinal] = heading.ordinal
        elif heading.parent in roots and not meanings.isdisjoint(outline.effective[heading.ordinal]):
            roots[heading.ordinal] = roots[heading.parent]
    return roots


def _split(root: int, piece: Piece, block: TextBlock) -> Iterator[_Token]:
    """The block cut at each numbering that begins an item within it."""
    text, begin = block.text, piece.start
    marker = marker_at(text, begin)
    start, style, number = (marker.end, marker.style, marker.number) if marker else (begin, None, 0)
    kind = BlockKind.PARAGRAPH if begin else block.kind  # behind a heading
    if marker is None and (kind is BlockKind.LIST_ITEM or _PLAIN_BULLET.match(text, begin)):
        bullet = _BULLET.match(text, begin)
        start, kind = bullet.end() if bullet else begin, BlockKind.LIST_ITEM
    for boundary in _BOUNDARY.finditer(text, start):
        following = marker_at(text, boundary.end())
        if following is None:
            continue
        is_next = following.style == style and (following.number == number + 1 or style == "一处")
        if text[boundary.start()] == "," and following.style not in ("一是", "首先") and not is_next:
            continue
        if following.style == "一方面" and style != "一方面" and not _ANNOUNCED.search(text[start : boundary.end()]):
            continue
        whole = Stretch(piece.index, start, boundary.end())
        yield _Token(root, whole, style, False, kind, text[start : whole.stop], number)
        start, style, number = following.end, following.style, following.number
    if start < len(text):
        yield _Token(root, Stretch(piece.index, start, len(text)), style, False, kind, text[start:], number)


def marker_at(text: str, offset: int) -> Marker | None:
    """The numbering at ``offset`` of a normalised text, 一要 and 首先 among them; ``end`` is an offset there too."""
    counts = text[offset : offset + 1] in _COUNTING
    spoken = _SPOKEN.match(text, offset) if counts else None
    if spoken:
        return Marker("一是", 1, spoken.end())
    labelled = _LABELLED.match(text, offset)
    number = chinese_count(labelled["number"]) if labelled else None
    if labelled and number:
        return Marker("问题一", number, labelled.end())
    one = _ONE_BY_ONE.match(text, offset) if counts else None
    if one:
        return Marker("一处", 1, one.end())
    ordered = _ORDERED.match(text, offset) if counts else None
    if ordered:
        return Marker(*_ORDER[ordered["word"]], ordered.end())
    marker = parse_marker(text[offset : offset + _LONGEST_MARKER])
    return Marker(marker.style, marker.number, marker.end + offset) if marker else None
