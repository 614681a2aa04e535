"""More facts than any report has, by text pasted over and over: refused before they fill the memory.

What a fact is belongs to the modules that find them.
"""

from __future__ import annotations

from collections.abc import Sized
from operator import attrgetter

from transforms.documents.refusals import refusal
from transforms.facts.model import Facts

MOST_FACTS = 250_000
"""Rows of all groups of one document; the largest reports have some thousands."""
_groups = attrgetter(*Facts.__slots__)


def refuse_excess(*groups: Sized) -> None:
    """Raises Unreadable when the groups have more rows than all facts of a document may."""
    count = sum(map(len, groups))
    if count > MOST_FACTS:
        raise refusal("too_many_facts", f"{count} rows", limit=MOST_FACTS // 10_000)


def refuse_excess_of(facts: Facts) -> None:
    """``refuse_excess`` for all facts found so far."""
    refuse_excess(*_groups(facts))
