"""Which sections of goals hold plans of work instead: 总体目标 above the tasks of a year, or its campaigns.

What the items of a section say is read in goal_items.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from transforms.facts.outline.outline import Heading, Outline
from transforms.facts.statements.goal_aspects import goal_words
from transforms.facts.statements.goal_items import Goal

_MEANING = "annual_goals"
_FEWEST = 2


def without_plans(outline: Outline, goals: list[Goal]) -> list[Goal]:
    """The goals without lists of campaigns (某某行动, 某某攻坚), and without plans of work where another section holds
    绩效目标; what a section of that name holds are goals."""
    sections = [(_section(outline, goal), goal) for goal in goals]
    kept: list[Goal] = []
    has_own = sum(heading is not None and _is_own(outline, heading) for heading, _ in sections) >= _FEWEST
    for heading, members in groupby(sections, lambda pair: pair[0]):
        said = [goal for _, goal in members]
        is_own = heading is None or _is_own(outline, heading)
        is_plan = heading is not None and has_own and _is_of_work(outline, heading)
        if is_own or not (is_plan or _are_campaigns(said)):
            kept += said
    return kept


def _section(outline: Outline, goal: Goal) -> Heading | None:
    """The innermost heading around a goal that means goals."""
    ordinal = outline.owners[goal.block]
    while ordinal is not None and _MEANING not in outline.headings[ordinal].meanings:
        ordinal = outline.headings[ordinal].parent
    return None if ordinal is None else outline.headings[ordinal]


def _is_own(outline: Outline, heading: Heading) -> bool:
    """Whether a heading, or one above it that means goals as well, speaks of 绩效."""
    return any(goal_words()["own"].search(words) for words in _words(outline, heading))


def _is_of_work(outline: Outline, heading: Heading) -> bool:
    """Whether a heading or the one above it speaks of tasks or plans."""
    return any(goal_words()["work"].search(words) for words in _words(outline, heading))


def _words(outline: Outline, heading: Heading) -> Iterable[str]:
    """The words of a heading and of the one above it."""
    above = () if heading.parent is None else (outline.headings[heading.parent],)
    return (outline.text_block(one.block).text[one.start : one.end] for one in (heading, *above))


def _are_campaigns(goals: list[Goal]) -> bool:
    is_campaign = goal_words()["campaign"].search
    return len(goals) >= _FEWEST and all(goal.aspect and is_campaign(goal.aspect) for goal in goals)
