"""Offices named one by one among what they do: clauses that begin with a name, in the block that counts them or in
those below it; read where no list is as long as it says.

What a name may be is read in names.py; lists are read in lists.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from transforms.documents.model import TextBlock
from transforms.facts.organisation.counts import Stretch
from transforms.facts.organisation.names import closing, split_conjunction
from transforms.facts.outline.listing import Item, split_marks
from transforms.facts.outline.mentions import Span
from transforms.facts.outline.outline import Outline
from transforms.language.tables import patterns

_MOST_BLOCKS = 40
_LONGEST_CLAUSE = 80
_LONGEST_TEXT = 3000
_BRACKET = re.compile(r"\([^()]*\)")
_MARKS = "、;,。:“”/—"
_KEYS = ("name", "no_name", "duty", "behind")


def told_offices(outline: Outline, index: int, text: str, stretch: Stretch) -> list[Item]:
    """The first mention of each office named at the beginning of a clause, with the brackets behind the name."""
    stop = min(stretch.limit, stretch.start + _LONGEST_TEXT)
    found: dict[str, Item] = {}
    for name, item in _told(text, index, Span(stretch.start, stop)):
        found.setdefault(name, item)
    if len(found) < 2 and stretch.limit == len(text):
        found = {}
        for name, item in _below(outline, index):
            found.setdefault(name, item)
    return list(found.values())


def _below(outline: Outline, index: int) -> Iterator[tuple[str, Item]]:
    """The names with which the blocks begin that follow, up to the first that begins otherwise."""
    blocks = outline.document.blocks
    for position in range(index + 1, min(index + 1 + _MOST_BLOCKS, len(blocks))):
        block, marker = blocks[position], outline.markers[position]
        text = block.text if isinstance(block, TextBlock) else ""
        span = Span(marker.end if marker else 0, len(text))
        first = next(_told(text, position, Span(span.start, min(span.end, span.start + _LONGEST_CLAUSE))), None)
        if first is None:
            return
        name, item = first
        yield name, Item(position, item.start, _with_sign(text, item.end))


def _with_sign(text: str, end: int) -> int:
    """Where the sentence of second names right behind a name ends."""
    sign = _words()["behind"].match(text, end)
    return sign.end() if sign else end


def _told(text: str, index: int, span: Span) -> Iterator[tuple[str, Item]]:
    """The names at the beginning of clauses; what an office does is enumerated behind them and names none."""
    words = _words()
    is_duty = False
    for clause in split_marks(text, *span, _MARKS):
        if is_duty and text[clause.start - 1] == "、":
            continue
        is_duty = words["duty"].search(_BRACKET.sub("", text[slice(*clause)])) is not None
        for part in split_conjunction(text, clause, "offices"):
            match = words["name"].match(text, *part)
            if match and not words["no_name"].search(match["name"]):
                end = closing(text, match.end(), part.end) + 1 if text[match.end() : match.end() + 1] == "(" else 0
                yield match["name"], Item(index, match.start("name"), max(match.end("name"), min(end, part.end)))


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return patterns("organisation", "told_offices", _KEYS)
