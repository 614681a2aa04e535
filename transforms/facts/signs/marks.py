"""Quotation marks and brackets that do not meet their like: left open, never opened, or of two widths.

They are looked at as printed, widths and all; whether that is wrong is for the rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from transforms.documents.model import Place
from transforms.facts.corpus import SEAM, Corpus, Passage
from transforms.facts.excess import refuse_excess
from transforms.facts.model import Facts
from transforms.facts.outline.mentions import source
from transforms.facts.text_rows import MarkRow

_PAIRS = dict(zip("“‘（(《〈【〔「『[", "”’）)》〉】〕」』]", strict=True))
_KINDS = {"（": "(", "）": ")"}
_PAIRED = tuple(map("".join, _PAIRS.items()))
_OPENERS = {closer: opener for opener, closer in _PAIRS.items()}
_MARK = re.compile(f"[{re.escape(''.join((*_PAIRS, *_OPENERS)))}]")
_MARK_OR_SEAM = re.compile(f"[{re.escape(''.join((*_PAIRS, *_OPENERS)))}{SEAM}]")
_LABEL = re.compile(r"(?:^|[\s。；;，,、：:）)>])[（(]?(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十]{1,3})$")
_APOSTROPHE = re.compile(r"[A-Za-z]$")
# Begins with one class, to which the search can skip.
_TAG = re.compile(r"[<!\[](?:(?<=<)/?[A-Za-z][^<>]{0,200}>|(?:(?<=\[)|(?<=!)\[)[^\[\]\n]{0,200}\]\([^()\n]{0,400}\))")
_AROUND = 12
_DEEPEST = 8
"""So many pairs may stand within each other before marks are looked at one by one."""


class _Odd(NamedTuple):
    opened: str | None
    closed: str | None
    partner: str
    offset: int


def add_marks(corpus: Corpus, facts: Facts) -> None:
    """Appends ``marks`` and their places: every mark without a partner, and every pair of two widths."""
    raws = corpus.raws
    texts, whole = raws, SEAM.join(raws)
    if "<" in whole or "](" in whole:
        texts = [_TAG.sub(lambda tag: " " * len(tag[0]), raw) if "<" in raw or "](" in raw else raw for raw in raws]
        whole = SEAM.join(texts)
    if _are_pairs(_MARK_OR_SEAM.findall(whole)):
        return
    for at, text in enumerate(texts):
        raw = raws[at]
        for odd in _odd_marks(text):
            ordinal, place = len(facts.marks), _place(corpus, corpus.passage(at), odd.offset)
            around = raw[max(0, odd.offset - _AROUND) : odd.offset + _AROUND].strip()
            facts.marks.append(MarkRow(ordinal, odd.opened, odd.closed, odd.partner, around, place.line))
            facts.sources.append(source("marks", ordinal, "text", place, around))
            refuse_excess(facts.marks, facts.sources)


def _are_pairs(found: list[str]) -> bool:
    """Whether marks, with seams between those of different passages, vanish pair by pair: none is odd."""
    marks, before = "".join(found), ""
    for _ in range(_DEEPEST):
        if marks == before:
            break
        before = marks
        for pair in _PAIRED:
            marks = marks.replace(pair, "")
    return not marks.strip(SEAM)


def _odd_marks(text: str) -> Iterator[_Odd]:
    """Marks matched by kind, the innermost first; closers that belong to a label such as 1) are none."""
    if _are_pairs(_MARK.findall(text)):
        return
    open_: list[tuple[str, int]] = []
    kinds: Counter[str] = Counter()
    for match in _MARK.finditer(text):
        mark, offset = match[0], match.start()
        if mark in _PAIRS:
            open_.append((mark, offset))
            kinds[_kind(mark)] += 1
        elif kinds[_kind(_OPENERS[mark])]:
            yield from _closed(open_, kinds, mark)
        elif not _is_label(text, mark, offset):
            yield _Odd(None, mark, _OPENERS[mark], offset)
    for opened, begin in open_:
        yield _left_open(opened, begin)


def _closed(open_: list[tuple[str, int]], kinds: Counter[str], mark: str) -> Iterator[_Odd]:
    """Closes the innermost mark of the kind; what was opened within it is left open. ``kinds`` counts what is open."""
    while _kind(open_[-1][0]) != _kind(_OPENERS[mark]):
        kinds[_kind(open_[-1][0])] -= 1
        yield _left_open(*open_.pop())
    opened, begin = open_.pop()
    kinds[_kind(opened)] -= 1
    if opened != _OPENERS[mark]:
        yield _Odd(opened, mark, _PAIRS[opened], begin)


def _left_open(opened: str, begin: int) -> _Odd:
    return _Odd(opened, None, _PAIRS[opened], begin)


def _kind(mark: str) -> str:
    return _KINDS.get(mark, mark)


def _is_label(text: str, mark: str, offset: int) -> bool:
    before = text[max(0, offset - 6) : offset]
    if mark in ")）]":
        return _LABEL.search(before) is not None
    return mark == "’" and _APOSTROPHE.search(before) is not None


def _place(corpus: Corpus, passage: Passage, offset: int) -> Place:
    if passage.cell is not None:
        return passage.cell.place
    block = corpus.outline.text_block(passage.block)
    return block.place_at(offset)
