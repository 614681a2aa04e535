"""Announced numbers of things that the same sentence lists, marks alone between them: 三项整治，分别是甲、乙、丙。

Only behind words that announce all of them. How many are listed is told by marked_items.py.
"""

from __future__ import annotations

import re
from functools import cache

from transforms.facts.corpus import Corpus, Found
from transforms.facts.model import EnumerationRow, Facts
from transforms.facts.outline.listing import numbered_inline
from transforms.facts.outline.mentions import source
from transforms.facts.outline.numbering import chinese_count
from transforms.facts.signs.enumerations import is_near
from transforms.facts.signs.marked_items import count_marked
from transforms.language.tables import patterns

_ANNOUNCED = ("plain", "below", "quoted")
_NEARNESS = 30
_LONGEST_NAME = 10
_ORGANISATION = frozenset(("units", "overview", "duties"))
"""Sections in which what is counted without a name is units or offices."""
_PART = re.compile(r"[第“\".〔(\d]$")
"""What stands before a number, or part of one, that counts nothing."""


def add_marked_lists(corpus: Corpus, facts: Facts) -> None:
    """Appends to ``enumerations``, with their places."""
    for name in _ANNOUNCED:
        for found in corpus.find(_patterns()[name]):
            stated = chinese_count(found.match["n"])
            if stated is None or stated < 2 or _is_no_count(found, name):
                continue
            listed = _listed(found, stated)
            if is_near(stated, listed):
                _add(corpus, found, stated, listed, facts)


def _is_no_count(found: Found, name: str) -> bool:
    before = found.passage.text[max(0, found.start - _LONGEST_NAME) : found.start]
    is_part = name == "plain" and _PART.search(before) is not None
    noun = found.match["noun"]
    if not noun and not _ORGANISATION.isdisjoint(found.passage.meanings):
        return True
    return is_part or _patterns()["elsewhere"].search(noun or before) is not None


def _listed(found: Found, stated: int) -> int:
    """The stated number where so many may be listed; 0 where none is, or items are numbered."""
    text = found.passage.text
    if numbered_inline(text, found.stop, len(text), _NEARNESS):
        return 0
    count = count_marked(text, found.stop)
    if count is None:
        return 0
    if count.least <= stated <= count.most:
        return stated
    return count.most if stated > count.most else count.told


def _add(corpus: Corpus, found: Found, stated: int, listed: int, facts: Facts) -> None:
    match, ordinal = found.match, len(facts.enumerations)
    place = corpus.place(found.passage, match.start("n"))
    text = corpus.printed(found.passage, match.start("n"), match.end("noun"))
    facts.enumerations.append(EnumerationRow(ordinal, stated, listed, text, place.line))
    facts.sources.append(source("enumerations", ordinal, "text", place, text))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return patterns("enumerations", "announced", (*_ANNOUNCED, "elsewhere"))
