"""Projects that the text tells beside a table that lists only some of them: all of them, of which the table picks a
few, or so many more as the sentence says that lists them (除此之外还有3个项目：…) or announces their list below it.

Where no table lists any, prose.py and listings.py read the text by themselves.
"""

from __future__ import annotations

import re
from functools import cache

from transforms.documents.model import TextBlock
from transforms.facts.outline.numbering import chinese_count
from transforms.facts.outline.outline import Outline
from transforms.facts.projects.heads import announced_blocks
from transforms.facts.projects.lines import cell_at
from transforms.facts.projects.listings import listed_projects
from transforms.facts.projects.tables import ProjectTable
from transforms.facts.projects.told import Told
from transforms.facts.wording import unquoted
from transforms.language.tables import patterns

_FEWEST_SHARED = 2
_PROJECTS = ("项目", "工程", "专项")


def told_beside(outline: Outline, tables: list[ProjectTable]) -> list[Told]:
    """The projects of the text that no table lists, where it tells of all that the tables list and more, or counts
    those that it adds; else none."""
    names = {name for table in tables if table.columns.money for name in _names(table)}
    texts = _with_two_amounts(outline)
    more = _announced(outline, texts)
    is_fuller = len(names) >= _FEWEST_SHARED and len(texts) > len(names)
    if not more and not is_fuller:
        return []
    listed = listed_projects(outline, announced_blocks(outline))
    rest = [one for one in listed if one.name not in names]
    if is_fuller and names <= {one.name for one in listed}:
        return rest
    return [one for blocks, number in more.items() for one in _counted(rest, blocks, number)]


def _names(table: ProjectTable) -> list[str]:
    cells = (cell_at(row, table.columns.name) for row in table.table.rows if not row.is_total)
    return [unquoted(cell.raw.strip()) for cell in cells if cell and cell.text]


def _with_two_amounts(outline: Outline) -> dict[int, str]:
    """The blocks that tell of two amounts or more."""
    return {
        index: block.text
        for index, block in enumerate(outline.document.blocks)
        if isinstance(block, TextBlock) and block.text.count("元") > 1
    }


def _announced(outline: Outline, texts: dict[int, str]) -> dict[range, int]:
    """How many more projects a block says that it lists, or the blocks right below one that says so and ends there."""
    found: dict[range, int] = {}
    for index, text in (texts | _leads_on(outline)).items():
        match = _words()["more"].search(text) if any(word in text for word in _PROJECTS) else None
        number = chinese_count(match["number"]) if match else None
        if match and number:
            is_below = match.end() == len(text)
            found[range(index + 1, index + number + 1) if is_below else range(index, index + 1)] = number
    return found


def _leads_on(outline: Outline) -> dict[int, str]:
    """The blocks that may announce a list below them."""
    return {
        index: block.text
        for index, block in enumerate(outline.document.blocks)
        if isinstance(block, TextBlock) and block.text.endswith((":", "如下。"))
    }


def _counted(rest: list[Told], blocks: range, number: int) -> list[Told]:
    """Those of the blocks where they are as many as announced, one in each of several, and none follows; without the
    office that each names in a bracket."""
    told = [one for one in rest if one.block in blocks]
    is_one_in_each = len(blocks) == 1 or len({one.block for one in told}) == number
    goes_on = len(blocks) > 1 and any(one.block == blocks.stop for one in rest)
    if len(told) != number or not is_one_in_each or goes_on:
        return []
    bare = [_words()["office"].sub("", one.name) for one in told]
    if len(set(bare)) == number and all(name != one.name for name, one in zip(bare, told, strict=True)):
        for name, one in zip(bare, told, strict=True):
            one.name = name
    return told


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return patterns("project_words", "rest", ("more", "office"))
