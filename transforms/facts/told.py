"""Projects told in running text, as the readers of prose and of listings hand them on: what was read and where.

How they are recognised is for project_prose and project_listings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from transforms.documents.model import Place
from transforms.facts.amounts import Money
from transforms.facts.mentions import Span
from transforms.language.tables import patterns


@dataclass(slots=True)
class Told:
    """A project told in prose. ``start``:``stop`` is the telling in the normalised text of block ``block``."""

    listing: str
    name: str
    block: int
    start: int
    stop: int
    place: Place
    amount_role: str
    budget: Money
    budget_text: str
    spent: Money
    spent_text: str | None
    rate_text: str | None
    rate: Decimal | None
    goal: str | None
    completion: str | None


def spans_told(told: Iterable[Told]) -> dict[int, Span]:
    """Block -> the stretch from the first project told in it to the last."""
    spans: dict[int, Span] = {}
    for one in told:
        known = spans.get(one.block, Span(one.start, one.stop))
        spans[one.block] = Span(min(known.start, one.start), max(known.end, one.stop))
    return spans


def budget_role(wording: str) -> str:
    """The role of a budget by the words before it: initial, adjusted or unspecified."""
    roles = _roles()
    if roles["adjusted"].search(wording):
        return "adjusted"
    return "initial" if roles["initial"].search(wording) else "unspecified"


@cache
def _roles() -> dict[str, re.Pattern[str]]:
    return patterns("project_words", "roles", ("adjusted", "initial"))
