"""Projects told as the former and the latter of two named just before: 负责“甲”和“乙”。前者预算…，后者预算…; and the
words before names that say who is in charge.

Amounts and the listing they make belong to listings.py.
"""

from __future__ import annotations

import re
from functools import cache

from transforms.facts.outline.items import Stretch
from transforms.language.tables import patterns

_REACH = 160
_QUOTED = re.compile("“(?P<first>[^“”]{2,40})”(?:、|以?及|[和与])“(?P<second>[^“”]{2,40})”")
_CONJUNCTIONS = ("、", "以及", "和", "及", "与")
_CLAUSE = re.compile("[^,;:。]*$")
_MARKS = ",;:。"
_SHORTEST = 2


def is_pronoun(name: str) -> bool:
    """Whether a name says no more than the former or the latter."""
    return _words()["former"].fullmatch(name) is not None or _words()["latter"].fullmatch(name) is not None


def named_before(text: str, at: Stretch) -> Stretch | None:
    """The name that the former or the latter at ``at`` stands for, None where not just two are named before it."""
    is_latter = _words()["latter"].match(text, at.start) is not None
    before = list(_words()["former"].finditer(text, max(0, at.start - _REACH), at.start)) if is_latter else []
    stop = before[-1].start() if before else at.start
    if is_latter and not before:
        return None
    start = max(0, stop - _REACH)
    pair = _quoted(text, start, stop) or _split(text, start, stop)
    return Stretch(at.block, *pair[is_latter]) if pair else None


def in_charge() -> re.Pattern[str]:
    """Words before a name that say who is in charge: 城管办牵头."""
    return _words()["in_charge"]


_Pair = tuple[tuple[int, int], tuple[int, int]]


def _quoted(text: str, start: int, stop: int) -> _Pair | None:
    found = list(_QUOTED.finditer(text, start, stop))
    return (found[-1].span("first"), found[-1].span("second")) if found else None


def _split(text: str, start: int, stop: int) -> _Pair | None:
    """The two halves of the clause before, at the only conjunction of its kind."""
    stop = start + len(text[start:stop].rstrip(_MARKS))
    counted = _words()["counted"].search(text, start, stop)
    stop = counted.start() if counted else stop
    clause = _CLAUSE.search(text, start, stop)
    start = clause.start() if clause else start
    lead = in_charge().match(text, start, stop)
    start = lead.end() if lead else start
    word = next((word for word in _CONJUNCTIONS if text.count(word, start, stop) == 1), None)
    if word is None:
        return None
    at = text.index(word, start, stop)
    pair = (start, at), (at + len(word), stop)
    return pair if all(end - begin >= _SHORTEST for begin, end in pair) else None


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return patterns("project_words", "pronouns", ("former", "latter", "counted", "in_charge"))
