"""Which blocks are headings: visual ones, numbered lines, known titles standing alone or run into their text.

Each block is judged with its neighbours' numbering only; levels and sections are the outline's business.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress

from transforms.documents.model import Block, BlockKind, Document, TextBlock
from transforms.facts.outline.numbering import STYLE_RANK, Marker, chinese_count, parse_marker
from transforms.facts.outline.sections import UNKNOWN, Meaning, meaning_of, section_kinds
from transforms.facts.outline.title import Title

_LONGEST_HEADING = 80
_LONGEST_TITLE = 40
_SHORTEST_RUNNING_HEADER = 8
_UPPER_STYLES = frozenset(style for style, rank in STYLE_RANK.items() if rank <= STYLE_RANK["（一）"])
_ITEM_STYLES = frozenset(style for style, rank in STYLE_RANK.items() if rank >= STYLE_RANK["①"])
_BRACKETED = frozenset(("（1）", "1）"))
_NO_HEADING = re.compile(
    r"[^。]{1,8}〔20\d\d〕\d+号$|\(?(?:金额)?单位[:]|[(]?(?:附?表|图)\d*[:、.\d(]|附?表\d*$|续表"
    r"|\(?[2二][0〇零○][\d一二三四五六七八九〇零○]{2}年[\d一二三四五六七八九十]{1,2}月(?:[\d一二三四五六七八九十]{1,3}日)?\)?$"
)
_NO_HEADING_BEGINS = "(金单附表图续2二"
"""With one of these it begins, or holds 〔."""
_UNIT_BEHIND = re.compile(r"[(](?:金额)?单位:[^()]{1,8}[)]$")
_ENDS_AS_TEXT = re.compile(r"[。;,、!?…]$")
_ANNOUNCES = re.compile(r"(?:分别[是为有]|包括|包含|如下|以下.{0,12}|有|[是为])[:]$")
_RUN_IN = re.compile(r"[“\"]?([^。:;,!?]{2,25})[。:](?=.)")
_TITLED = re.compile(rf"{_RUN_IN.pattern}|[^。:;,!?]{{2,25}}。$")
_FIELD = re.compile(r"[^:]{1,20}:.")
_BARE_NUMBER = re.compile(
    r"[一二三四五六七八九十](?=[\u4e00-\u9fff]{4,})|\d{1,2}(?:\.\d{1,2})*(?=[\u4e00-\u9fff])(?![年月日])"
)
"""A number that lost its mark: 四主要工作成绩, 4 存在问题."""
_SPACED = re.compile(
    r"\s*(?:([一二三四五六七八九十]{1,3})[ \t\u3000]+[\u4e00-\u9fff“]{2,24}\s*$"
    r"|([甲乙丙丁戊己庚辛壬癸])[ \t\u3000]+[\u4e00-\u9fff“]{2,12}(?:\s*$|[。:：]))"
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_FRAMES = "【〖"
_FRAMED = re.compile(f"[{_FRAMES}][^【】〖〗。]{{1,20}}[】〗]")
_UNIT_BEHIND_FRAME = re.compile("(?<=[】〗])[(]?(?:(?:金额)?单位:)?(?:亿|百?万|千)?元[)]?$")
_ASKED = re.compile(
    r"^(?:[【〖\[(](?:第|问|题)[^【】〖〗\[\]()]{1,8}[】〗\])]"
    r"|(?:第[一二三四五六七八九十\d]{1,3}[问题]|(?:问题?|题)[一二三四五六七八九十\d]{0,3})[:、.])"
)
"""What a question begins with: 【第一题】, 问题一:, 问:."""
_FIGURE = re.compile(r"\d(?:%|[百千万亿]*元)")
_DOTS = re.compile(r"[.…·]{3,}\d*$")


@dataclass(slots=True)
class Candidate:
    """A block that is a heading (``is_heading``) or a numbered item. ``end``: offset in the normalised text at which
    run-in text begins, None when the block is nothing but the heading. ``can_be``: an item that would make a
    heading if its neighbours are headings. ``is_framed``: a frame makes it a heading (【概况】)."""

    block: int
    marker: Marker | None
    is_heading: bool
    end: int | None
    can_be: bool
    meaning: Meaning
    is_framed: bool = False


def find_candidates(document: Document, markers: list[Marker | None], title: Title | None) -> list[Candidate]:
    """The headings and numbered items behind the title, in reading order; the title repeated as a running header is
    none."""
    found = []
    for index in range(title.stop if title else 0, len(document.blocks)):
        block = document.blocks[index]
        if isinstance(block, TextBlock) and block.text and not _is_mere_caption(block, markers[index]):
            if title and len(block.text) >= _SHORTEST_RUNNING_HEADER and block.text in title.text:
                continue
            candidate = _candidate(document.blocks, markers, index, block)
            if candidate:
                found.append(candidate)
    are_labels = [_is_label(document, candidate) for candidate in found]
    labels = Counter(candidate.meaning.names for candidate in compress(found, are_labels))
    own = {candidate.meaning.names for candidate in found if candidate.is_heading and candidate.end is None}
    return [
        candidate
        for candidate, is_label in zip(found, are_labels, strict=True)
        if not is_label
        or (labels[candidate.meaning.names] < 2 and (candidate.end is None or candidate.meaning.names not in own))
    ]


def _is_mere_caption(block: TextBlock, marker: Marker | None) -> bool:
    """Whether a block is the caption of a table and, without a number, no heading over it as well."""
    return block.kind is BlockKind.CAPTION and (marker is None or marker.style not in _UPPER_STYLES)


def _is_label(document: Document, candidate: Candidate) -> bool:
    """Whether a heading could be a mere label within items, 改进措施： below each problem: it is where it repeats, and
    with text behind it (未完成的原因：…) where a heading of its own says the same."""
    block = document.blocks[candidate.block]
    is_plain = isinstance(block, TextBlock) and block.kind is not BlockKind.HEADING
    return candidate.marker is None and bool(candidate.meaning.names) and is_plain


def block_markers(document: Document) -> list[Marker | None]:
    """The numbering of each block, None for tables and blocks without one; a number with nothing but a blank behind is
    one where they run on."""
    markers = [parse_marker(block.text) if isinstance(block, TextBlock) else None for block in document.blocks]
    spaced = list(_spaced(document, markers))
    for index, marker in spaced if len(spaced) > 1 else ():
        markers[index] = marker
    return markers


def _spaced(document: Document, markers: list[Marker | None]) -> Iterator[tuple[int, Marker]]:
    """Lines that begin with 一, 二, 三 … or 甲, 乙, 丙 … and a blank (一  部门概况), one of which may be missing
    between two; behind 甲 text may follow in the line."""
    last = 0
    for index, block in enumerate(document.blocks):
        match = _SPACED.match(block.raw) if isinstance(block, TextBlock) and markers[index] is None else None
        number = _number(match) if match else None
        if match and number and last < number <= last + (2 if last else 1):
            last = number
            yield index, Marker("一、", number, len(match[1] or match[2]))


def _number(spaced: re.Match[str]) -> int | None:
    return chinese_count(spaced[1]) if spaced[1] else _STEMS.index(spaced[2]) + 1


def _candidate(blocks: list[Block], markers: list[Marker | None], index: int, block: TextBlock) -> Candidate | None:
    marker, text = markers[index], block.text
    if ("〔" in text or text[0] in _NO_HEADING_BEGINS) and _NO_HEADING.match(text):
        return None
    if len(text) <= _LONGEST_HEADING and _is_question(blocks, index, text):
        names = meaning_of(_ASKED.sub("", text[marker.end if marker else 0 :], count=1)).names
        return Candidate(index, marker, True, None, False, Meaning(names, bool(names)), is_framed=True)
    if block.kind is BlockKind.HEADING and _is_visual(text):
        is_framed = text[0] in _FRAMES and _FRAMED.fullmatch(text) is not None
        return Candidate(index, marker, True, None, False, _meaning(text, marker), is_framed)
    if marker is None:
        return _unnumbered(index, block, blocks)
    words = text[marker.end : marker.end + _LONGEST_TITLE + 1]
    words = _UNIT_BEHIND.sub("", words) if "单位:" in words else words
    meaning = meaning_of(words) if len(words) <= _LONGEST_TITLE else UNKNOWN
    is_certain = meaning.is_whole and _may_run_in(marker, meaning)
    if _stands_alone(words, marker, meaning):
        is_named = marker.style not in _BRACKETED or bool(meaning.names)
        is_heading = is_certain or (is_named and not _is_listed(blocks, markers, index, marker))
        return Candidate(index, marker, is_heading, None, not is_heading, meaning)
    return _run_in(index, text, marker)


def _is_question(blocks: list[Block], index: int, text: str) -> bool:
    """Whether a block is one that the next answers: 【第一题】有哪些不足? / 答:…"""
    answer = blocks[index + 1] if index + 1 < len(blocks) else None
    if not isinstance(answer, TextBlock) or answer.text[:1] not in ("答", "回"):
        return False
    return answer.text.startswith(("答:", "答,", "回答:")) and not text.startswith("答")


def _is_visual(text: str) -> bool:
    is_sentence = text.endswith("。") and "," in text and _FIGURE.search(text)
    return len(text) <= _LONGEST_HEADING and "。" not in text[:-1] and not is_sentence and not _DOTS.search(text)


def _meaning(text: str, marker: Marker | None) -> Meaning:
    text = text[1:-1] if text[:1] in _FRAMES and _FRAMED.fullmatch(text) else text
    meaning = meaning_of(text[marker.end :] if marker else text)
    bare = _BARE_NUMBER.match(text) if marker is None and not meaning.is_whole else None
    if bare:
        meaning = meaning_of(text[bare.end() :])
    in_doubt = marker is not None and marker.style in _ITEM_STYLES
    return UNKNOWN if in_doubt and not meaning.is_whole else meaning


def _unnumbered(index: int, block: TextBlock, blocks: list[Block]) -> Candidate | None:
    text = block.text
    if block.kind is BlockKind.LIST_ITEM:
        return None
    title = _UNIT_BEHIND_FRAME.sub("", text.rstrip(":")) if text[0] in _FRAMES else text.rstrip(":")
    if title[:1] in _FRAMES and _FRAMED.fullmatch(title):
        return Candidate(index, None, True, None, False, _meaning(title, None), is_framed=True)
    if len(title) <= 25 and not _ENDS_AS_TEXT.search(title) and not _FIELD.match(title) and "如下" not in title:
        meaning = _meaning(title, None)
        followed_by_text = index + 1 < len(blocks) and isinstance(blocks[index + 1], TextBlock)
        if meaning.is_whole or (block.is_bold and title == text and followed_by_text and len(title) >= 3):
            return Candidate(index, None, True, None, False, meaning)
        return None
    match = _RUN_IN.match(text)
    if match is None or len(match[1]) > 14 or match[1][-1].isdigit():
        return None
    meaning = meaning_of(match[1])
    if meaning.is_whole and section_kinds()[meaning.names[0]].is_part:
        return Candidate(index, None, True, match.end(), False, meaning)
    return None


def _stands_alone(words: str, marker: Marker, meaning: Meaning) -> bool:
    if not words or len(words) > _LONGEST_TITLE or "。" in words[:-1] or marker.style in _ITEM_STYLES:
        return False
    if _ENDS_AS_TEXT.search(words):
        return meaning.is_whole and words[-1] in "。?" and _may_run_in(marker, meaning)
    if _ANNOUNCES.search(words) or _DOTS.search(words) or (_FIELD.match(words) and not meaning.is_whole):
        return False
    if marker.style in _UPPER_STYLES:
        return True
    return len(words) <= (25 if marker.style in _BRACKETED else 30) and "," not in words


def _may_run_in(marker: Marker, meaning: Meaning) -> bool:
    """Whether a known title is a heading although text follows in its line: by its style, or what it announces."""
    return marker.style in _UPPER_STYLES or meaning.names[:1] in (("annual_goals",), ("achievements",))


def _is_listed(blocks: list[Block], markers: list[Marker | None], index: int, marker: Marker) -> bool:
    """Whether the line is one of a list: its neighbour is the next or the last number of the same style."""
    for neighbour, number in ((index + 1, marker.number + 1), (index - 1, marker.number - 1)):
        if 0 <= neighbour < len(blocks):
            other, block = markers[neighbour], blocks[neighbour]
            if other and other.style == marker.style and other.number == number:
                return isinstance(block, TextBlock) and block.kind is not BlockKind.HEADING and len(block.text) <= 60
    return False


def _run_in(index: int, text: str, marker: Marker) -> Candidate:
    match = _TITLED.match(text, marker.end)
    if match is None or marker.style in _ITEM_STYLES:
        return Candidate(index, marker, False, None, False, UNKNOWN)
    meaning = meaning_of(match[1] or match[0].rstrip("。"))
    is_heading = meaning.is_whole and _may_run_in(marker, meaning)
    return Candidate(index, marker, is_heading, match.end(), text[match.end() - 1] == ":", meaning)
