"""Lists: items told apart by numbering or by marks within a sentence, or standing in the blocks that follow.

What the items are (units, offices, tasks) is for the modules that ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from transforms.facts.outline.mentions import Span
from transforms.facts.outline.numbering import STYLE_RANK, Marker, chinese_count
from transforms.facts.outline.outline import Outline

_MOST_ITEMS = 200
_MARKS = "、;,"
_CN = "[一二三四五六七八九十]{1,3}"
_INLINE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("（一）", re.compile(rf"\(({_CN})\)、?")),
    ("①", re.compile(r"([①-⑳])、?")),
    ("（1）", re.compile(r"\((\d{1,2})\)、?")),
    ("一是", re.compile(rf"(?<![\u4e00-\u9fff])({_CN})是")),
    ("第一，", re.compile(rf"第({_CN})[,、:是]")),
    ("其一，", re.compile(rf"其({_CN})[,、:是]")),
    ("一为", re.compile(rf"(?<![\u4e00-\u9fff])({_CN})为")),
    ("一则", re.compile(rf"(?<![\u4e00-\u9fff])({_CN})则")),
    ("1）", re.compile(r"(?<![\d(])(\d{1,2})\)、?")),
    ("1、", re.compile(r"(?<![\d.])(\d{1,2})[、.](?!\d)")),
    ("一、", re.compile(rf"(?<![\u4e00-\u9fff])({_CN})、")),
)


@dataclass(slots=True)
class Item:
    """An item: a stretch of the normalised text of a block, numbering left out."""

    block: int
    start: int
    end: int


def numbered_inline(text: str, start: int, end: int, nearness: int = 12) -> list[Span]:
    """The items 1, 2, 3 … of the first numbering style that begins within ``nearness`` characters of ``start``;
    at least two, else an empty list. Brackets that never close do no harm."""
    near = min(end, start + nearness + 6)
    opening = text[start:near]
    if not ("1" in opening or "一" in opening or "①" in opening):
        return []
    for _, pattern in _INLINE:
        first = pattern.search(text, start, near)
        if first is None or _value(first[1]) != 1:
            continue
        starts, number = [first], 1
        for match in pattern.finditer(text, first.end(), end):
            if _value(match[1]) == number + 1:
                number += 1
                starts.append(match)
        if len(starts) >= 2:
            stops = [match.start() for match in starts[1:]] + [end]
            return [Span(match.end(), stop) for match, stop in zip(starts, stops, strict=True)]
    return []


def split_marks(text: str, start: int, end: int, marks: str = _MARKS) -> list[Span]:
    """The stretches between marks outside brackets; a bracket that never closes counts as none."""
    spans, begin, depth = [], start, 0
    is_balanced = text.count("(", start, end) == text.count(")", start, end)
    for mark in _any_of(f"{marks}()" if is_balanced else marks).finditer(text, start, end):
        if mark[0] in "()":
            depth += 1 if mark[0] == "(" else -1
        elif depth <= 0:
            spans.append(Span(begin, mark.start()))
            begin = mark.end()
    return [span for span in [*spans, Span(begin, end)] if span.end > span.start]


@cache
def _any_of(signs: str) -> re.Pattern[str]:
    return re.compile(f"[{signs}]")


def blocks_listed(outline: Outline, index: int) -> list[tuple[int, Marker]]:
    """The numbered blocks after block ``index`` that make up one list: 1, 2, 3 … of the style that follows first, up
    to a heading or number of an outer style. Body text and tables between the items are passed over."""
    document, markers = outline.document, outline.markers
    first = _first_listed(markers, index)
    if first is None:
        return []
    opening = markers[first]
    found, own = [(first, opening)] if opening else [], markers[index]
    for position in range(first + 1, len(document.blocks)):
        marker = markers[position]
        if opening is None or len(found) >= _MOST_ITEMS or _is_outer(outline, position, marker, opening, own):
            break
        if marker and marker.style == opening.style:
            if marker.number != found[-1][1].number + 1:
                break
            found.append((position, marker))
    return found


def _first_listed(markers: list[Marker | None], index: int) -> int | None:
    """The next block, if it opens a list."""
    marker = markers[index + 1] if index + 1 < len(markers) else None
    own = markers[index]
    is_inner = marker is not None and (own is None or own.style != marker.style)
    return index + 1 if marker and marker.number == 1 and is_inner else None


def _is_outer(outline: Outline, position: int, marker: Marker | None, opening: Marker, own: Marker | None) -> bool:
    if marker is None:
        heading = outline.heading_at(position)
        return heading is not None and heading.block == position
    if own is not None and marker.style == own.style:
        return True
    return STYLE_RANK[marker.style] < STYLE_RANK[opening.style]


def _value(text: str) -> int | None:
    return ord(text) - 0x245F if "①" <= text <= "⑳" else chinese_count(text)
