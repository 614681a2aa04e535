"""Projects told in running text, as the readers of prose and of listings hand them on: what was read and where.

How they are recognised is for prose.py and listings.py.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from transforms.documents.model import Place
from transforms.facts.amounts import Money
from transforms.facts.outline.mentions import Span
from transforms.facts.outline.outline import Outline
from transforms.facts.tables.columns import table_words
from transforms.language.tables import patterns

_LISTINGS = {"task_completion": "task", "key_projects": "key", "spending_plan": "plan"}
"""The listing that the projects of a section are, by its meaning."""
ELSEWHERE = frozenset(
    ("three_public", "performance_management", "problems", "measures", "duties", "units", "conclusion")
)
"""Meanings of sections in which amounts are those of no project."""


@cache
def listing_of(meanings: tuple[str, ...]) -> str | None:
    """The listing of a section of these meanings, None of one that has no projects."""
    return next(filter(None, map(_LISTINGS.get, meanings)), None)


def is_section_of_main(outline: Outline, index: int) -> bool:
    """Whether the section of a block is one of projects that no word in its heading calls key ones."""
    heading = outline.heading_at(index)
    while heading is not None and "key_projects" not in heading.meanings:
        heading = None if heading.parent is None else outline.headings[heading.parent]
    if heading is None:
        return False
    return not table_words()["key"].search(outline.text_block(heading.block).text, heading.start, heading.end)


class Apart(NamedTuple):
    """Where a value stands that is not in the telling of its project, and how it is printed there."""

    place: Place
    raw: str


@dataclass(slots=True)
class Told:
    """A project told in prose. ``start``:``stop`` is the telling in the normalised text of block ``block``, ``below``
    further blocks that go on to tell of it; ``apart``: values by column that stand there."""

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
    below: frozenset[int] = frozenset()
    apart: dict[str, Apart] = field(default_factory=dict)


def spans_told(told: Iterable[Told]) -> dict[int, Span]:
    """Block -> the stretch from the first project told in it to the last; all of the blocks below one."""
    spans: dict[int, Span] = {}
    for one in told:
        known = spans.get(one.block, Span(one.start, one.stop))
        spans[one.block] = Span(min(known.start, one.start), max(known.end, one.stop))
        spans |= dict.fromkeys(one.below, Span(0, sys.maxsize))
    return spans


def fuller(told: list[Told], listed: list[Told]) -> list[Told]:
    """What the text lists, in whatever words or by labels, where that takes in all that was told and more amounts."""
    blocks = spans_told(listed).keys()
    before, after = (
        [m for one in some for m in (one.budget, one.spent) if m.value is not None] for some in (told, listed)
    )
    return listed if len(after) > len(before) and all(one.block in blocks for one in told) else told


def budget_role(wording: str) -> str:
    """The role of a budget by the words before it: initial, adjusted or unspecified."""
    roles = _roles()
    if roles["adjusted"].search(wording):
        return "adjusted"
    return "initial" if roles["initial"].search(wording) else "unspecified"


def goes_on(text: str, start: int) -> bool:
    """Whether the words from ``start`` on, behind budget and expenditure, may be the completion."""
    return not _behind()["no_completion"].match(text, start)


def without_kind(name: str) -> str:
    """A name without what goes on to say what kind of project it is: 甲工程是本年投资最大的项目."""
    return _behind()["kind"].sub("", name)


@cache
def _behind() -> dict[str, re.Pattern[str]]:
    return patterns("project_words", "behind", ("no_completion", "kind"))


@cache
def _roles() -> dict[str, re.Pattern[str]]:
    return patterns("project_words", "roles", ("adjusted", "initial"))
