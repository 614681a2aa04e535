"""The name at the head of an item that goes on to tell its amounts further behind, in a later sentence or line:
1.河岸保洁。清理三公里。预算5万元，支出4万元; and the lists that words announce as ones of projects.

Amounts and whether they make a listing belong to listings.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from transforms.documents.model import BlockKind, TextBlock
from transforms.facts.outline.items import Stretch, marker_at
from transforms.facts.outline.numbering import STYLE_RANK
from transforms.facts.outline.outline import Outline, Piece
from transforms.facts.projects.amount_series import end_of_name
from transforms.facts.projects.told import ELSEWHERE
from transforms.language.tables import patterns

_MANAGEMENT = "performance_management"
_NOT_ANNOUNCED = ELSEWHERE - {_MANAGEMENT}
_MOST_ABOVE = 12
_LONGEST = 40
_BULLETS = " *•·●■◆-–—○"
_END = re.compile("[。:;,(—!?]")
_WITHIN = re.compile(r"[。;](?=[(\d一二三四五六七八九十①-⑳•·●■◆○项任专工])")
_FIGURE = re.compile(r"\d[\d,.]*(?:余?[\u4e00-\u9fff]{1,3}|%)?$")
_INNERMOST = float("inf")


def item_head(outline: Outline, piece: Piece, before: int) -> Stretch | None:
    """The name at the head of the item in which ``before`` stands: in its block, else in a line above; None where
    neither holds one."""
    text = outline.text_block(piece.index).text
    start, style = _begins(outline, piece, before)
    name = _name(text, piece.index, start, before)
    if name and (style or _stands_apart(text, name)) and not _is_label(text, name):
        return name
    return _above(outline, piece.index, style)


def head_alone(outline: Outline, piece: Piece, at: Stretch, before: int) -> Stretch | None:
    """The name that is the first sentence of the item, where what follows up to ``before`` speaks of it as 该项目 and
    what stands at ``at`` is no name: 1.河岸保洁项目。该项目清理三公里。财政部门核定预算5万元,支出4万元."""
    text, words = outline.text_block(piece.index).text, _words()
    start, style = _begins(outline, piece, before)
    name = _name(text, piece.index, start, before) if style else None
    if name is None or text[name.stop] != "。" or not words["alone"].search(text, name.start, name.stop):
        return None
    is_other = at.start > name.stop and words["alone"].search(text, at.start, at.stop) is not None
    return None if is_other or not words["itself"].search(text, name.stop, before) else name


def is_about_the_money(name: str) -> bool:
    """Whether words that stand for a name say no more than that amounts follow: 资金情况."""
    return _words()["label"].fullmatch(name) is not None


def is_measured(name: str) -> bool:
    """Whether words that stand for a name end in a figure, and so tell of something done: 清理河岸3公里."""
    return _FIGURE.search(name) is not None


def name_before_amounts(text: str, block: int, start: int, stop: int) -> str:
    """The words that name what amounts behind ``stop`` are said of; where those right before tell in a clause of their
    own what was done, the name before them."""
    stop = end_of_name(text, stop) if stop > start else stop
    clause = max(text.rfind(mark, start, stop) for mark in ",:") + 1
    is_apart = clause > start and text[stop : stop + 1] == ","
    head = head_before(text, start, Stretch(block, clause, stop)) if is_apart else None
    return text[head.start : head.stop] if head else text[start:stop]


def head_before(text: str, start: int, at: Stretch) -> Stretch | None:
    """The name at the head of the sentence from ``start`` on where what stands right before its amounts, at ``at``,
    tells what was done: behind a colon, or in figures."""
    marker = marker_at(text, start)
    name = _name(text, at.block, marker.end if marker else start, at.start)
    if name is None or name.stop >= at.start or _words()["in_charge"].search(text, name.start, at.stop):
        return None
    is_told = text[name.stop] == ":" or (text[name.stop] == "," and is_measured(text[at.start : at.stop]))
    words = text[name.start : name.stop]
    return name if is_told and not is_about_the_money(words) and not _words()["class"].search(words) else None


def announced_blocks(outline: Outline) -> frozenset[int]:
    """The blocks of the lists that a sentence or a line above them announces as ones of projects."""
    found: set[int] = set()
    meanings: tuple[str, ...] | None = None
    rank = _INNERMOST
    for piece in outline.all_pieces():
        if not isinstance(piece.block, TextBlock) or not _NOT_ANNOUNCED.isdisjoint(piece.meanings):
            meanings = None
        elif _announces(piece):
            meanings, rank = piece.meanings, -1
        elif piece.meanings == meanings:
            own = _rank(outline, piece)
            rank = own if rank < 0 else rank
            meanings = meanings if own >= rank else None
            found |= {piece.index} if meanings is not None else set()
        else:
            meanings = None
    return frozenset(found)


def is_open_to(meanings: tuple[str, ...], index: int, announced: frozenset[int]) -> bool:
    """Whether amounts of the block, in a section of these meanings, may be those of projects."""
    barred = ELSEWHERE.intersection(meanings)
    return not barred or (barred == {_MANAGEMENT} and index in announced)


def _rank(outline: Outline, piece: Piece) -> float:
    marker = outline.markers[piece.index]
    return STYLE_RANK.get(marker.style, _INNERMOST) if marker else _INNERMOST


def _announces(piece: Piece) -> bool:
    text = piece.block.text if isinstance(piece.block, TextBlock) else ""
    if text[-1:] not in ":。" or ("项目" not in text and "专项" not in text):
        return False
    return _words()["announces"].search(text, piece.start) is not None


def _begins(outline: Outline, piece: Piece, before: int) -> tuple[int, str | None]:
    """Where the item begins in the block, behind its number, and the style of that; None where it is no item."""
    text = outline.text_block(piece.index).text
    for boundary in reversed(list(_WITHIN.finditer(text, piece.start, before))):
        numbered = _number_at(text, boundary.end())
        if numbered and STYLE_RANK.get(numbered[1], 0) < STYLE_RANK["一是"]:  # which counts within an item
            return numbered
        if numbered is None and text[boundary.end()] in _BULLETS:
            return boundary.end() + 1, "•"
    if numbered := _number_at(text, piece.start):
        return numbered
    start = piece.start + len(text[piece.start : before]) - len(text[piece.start : before].lstrip(_BULLETS))
    is_item = piece.block.kind is BlockKind.LIST_ITEM and not piece.start  # type: ignore[union-attr]
    return start, "•" if is_item or start > piece.start else None


def _number_at(text: str, offset: int) -> tuple[int, str] | None:
    """Where the number of an item ends, and its style: 1., 项目一:."""
    marker = marker_at(text, offset)
    if marker:
        return marker.end, marker.style
    numbered = _words()["numbered"].match(text, offset)
    return (numbered.end(), numbered["style"]) if numbered else None


def _name(text: str, block: int, start: int, before: int) -> Stretch | None:
    """The words from there to the first mark, where they are short and stand before the amounts."""
    start += len(text[start:before]) - len(text[start:before].lstrip(_BULLETS))
    end = _END.search(text, start, min(before, start + _LONGEST + 1))
    stop = end.start() if end else min(before, len(text))
    is_short = 1 < stop - start <= _LONGEST
    return Stretch(block, start, stop) if is_short and not is_measured(text[start:stop]) else None


def _stands_apart(text: str, name: Stretch) -> bool:
    return text[name.stop : name.stop + 1] == ":"


def _is_label(text: str, name: Stretch) -> bool:
    words = text[name.start : name.stop]
    return is_about_the_money(words) or _words()["part"].fullmatch(words) is not None


def _above(outline: Outline, index: int, style: str | None) -> Stretch | None:
    """The nearest line above that begins an item of another kind and names no part of one."""
    kind: str | None
    passed = {style} if style and style != "•" else set()
    for at in _climb(outline, index):
        block = outline.text_block(at)
        heading = outline.heading_at(at)
        if heading is not None and heading.block == at:
            if heading.meanings:
                return None
            stop = heading.end
            start, kind = heading.start, heading.marker.style if heading.marker else "#"
        else:
            stop = len(block.text)
            start, kind = _begins(outline, Piece(at, block, 0), stop)
        if kind is None or kind in passed:
            continue
        name = _name(block.text[:stop], at, start, stop)
        if name is None or not _is_label(block.text, name):
            return name
        passed.add(kind)
    return None


def _climb(outline: Outline, index: int) -> Iterator[int]:
    for at in range(index, max(-1, index - _MOST_ABOVE), -1):
        if not isinstance(outline.document.blocks[at], TextBlock):
            return
        heading = outline.heading_at(at)
        if at < index or (heading is not None and heading.block == at):
            yield at


@cache
def _words() -> dict[str, re.Pattern[str]]:
    keys = ("label", "part", "class", "in_charge", "announces", "alone", "itself", "numbered")
    return patterns("project_words", "heads", keys)
