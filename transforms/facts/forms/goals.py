"""Annual goals of an overall form -> rows of goals: 目标1：…, 一是…, or one goal where nothing counts them.

Goals of a project's form stand in its row; those of a report's text belong to transforms/facts/statements/goals.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.documents.model import Cell
from transforms.facts.forms.form import Form
from transforms.facts.forms.labels import is_nothing, words
from transforms.facts.model import Facts, GoalRow
from transforms.facts.outline.mentions import source
from transforms.facts.wording import readable
from transforms.language.text import normalise

_FEWEST = 2
_ENDS = "。；;"
_SIGNS = re.compile(r"[^\w%]+")


def add_form_goals(form: Form, facts: Facts) -> None:
    """Appends ``goals`` and their places, but none that the document's text states as well."""
    stated = "".join(_signless(goal.goal) for goal in facts.goals)
    for cell in form.goals.get("goal", ()):
        for aspect, goal in _parts(cell):
            if _signless(goal) in stated:
                continue
            ordinal = len(facts.goals)
            facts.goals.append(GoalRow(ordinal, ordinal + 1, aspect, goal, cell.place.line))
            facts.sources.append(source("goals", ordinal, "goal", cell.place, cell.raw))


def _parts(cell: Cell) -> Iterator[tuple[str | None, str]]:
    """(aspect, goal) of each goal that the cell counts, else of the whole."""
    text = readable(cell.raw)
    marks = list(words()["goal_label"].finditer(text))
    is_list = len(marks) >= _FEWEST and marks[0].start() == 0
    starts = [mark.end() for mark in marks] if is_list else [0]
    stops = [mark.start() for mark in marks[1:]] if is_list else []
    for start, stop in zip(starts, [*stops, len(text)], strict=True):
        goal = text[start:stop].strip()
        if is_nothing(normalise(goal)):
            continue
        aspect = words()["goal_aspect"].match(goal) if is_list else None
        goal = goal[aspect.end() :] if aspect else goal
        yield aspect["aspect"] if aspect else None, goal.rstrip(_ENDS) if is_list else goal


def _signless(text: str) -> str:
    """A goal without its punctuation, to compare."""
    return _SIGNS.sub("", normalise(text))
