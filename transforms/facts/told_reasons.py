"""Reasons that the telling of a project in prose gives for what was not spent of its budget.

Those in rows of tables, and those of the whole report, are found in signs.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from transforms.documents.model import TextBlock
from transforms.facts.model import Facts, ProjectRow
from transforms.facts.outline import Outline
from transforms.facts.text_rows import SignRow
from transforms.facts.told import Told
from transforms.language.scanning import Scanner
from transforms.language.tables import strings


def add_told_reason(outline: Outline, one: Told, told: Sequence[Told], project: ProjectRow, facts: Facts) -> None:
    """Notes the reason given for ``one`` of the projects ``told``, which is the row ``project``, where it spent less
    than its budget: up to where the next is told in its block, or in the blocks below that go on to tell of it."""
    if not project.budget_yuan or project.spent_yuan is None or project.spent_yuan >= project.budget_yuan:
        return
    for text in _texts(outline, one, told):
        match = _reason().search(text)
        if match:
            sentence = text[text.rfind("。", 0, match.start()) + 1 :].partition("。")[0]
            owner, line = project.ordinal, project.line
            facts.signs.append(SignRow(len(facts.signs), "reason", match[0], None, sentence, "row", owner, [], line))


def _texts(outline: Outline, one: Told, told: Sequence[Told]) -> Iterator[str]:
    following = [other.start for other in told if other.block == one.block and other.start > one.start]
    yield outline.text_block(one.block).text[one.start : min(following, default=None)]
    blocks = (outline.document.blocks[index] for index in sorted(one.below))
    yield from (block.text for block in blocks if isinstance(block, TextBlock))


@cache
def _reason() -> Scanner:
    return Scanner(strings("signs", "words")["reason"])
