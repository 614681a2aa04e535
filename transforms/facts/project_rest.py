"""Projects that the text tells beside a table that lists only some of them: all of them, of which the table picks a
few, or so many more as the sentence says that lists them (除此之外还有3个项目：…).

Where no table lists any, project_prose and project_listings read the text by themselves.
"""

from __future__ import annotations

import re
from functools import cache

from transforms.documents.model import TextBlock
from transforms.facts.numbering import chinese_count
from transforms.facts.outline import Outline
from transforms.facts.project_heads import announced_blocks
from transforms.facts.project_lines import cell_at
from transforms.facts.project_listings import listed_projects
from transforms.facts.project_tables import ProjectTable
from transforms.facts.told import Told
from transforms.facts.wording import unquoted
from transforms.language.tables import patterns

_FEWEST_SHARED = 2


def told_beside(outline: Outline, tables: list[ProjectTable]) -> list[Told]:
    """The projects of the text that no table lists, where it tells of all that the tables list and more, or counts
    those that it adds; else none."""
    names = {name for table in tables if table.columns.money for name in _names(table)}
    texts = _with_two_amounts(outline)
    more = _announced(texts)
    is_fuller = len(names) >= _FEWEST_SHARED and len(texts) > len(names)
    if not more and not is_fuller:
        return []
    listed = listed_projects(outline, announced_blocks(outline))
    rest = [one for one in listed if one.name not in names]
    if is_fuller and names <= {one.name for one in listed}:
        return rest
    return [one for block, number in more.items() for one in _counted(rest, block, number)]


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


def _announced(texts: dict[int, str]) -> dict[int, int]:
    """Block -> how many more projects it says that it lists."""
    found: dict[int, int] = {}
    for index, text in texts.items():
        match = _words()["more"].search(text) if "项目" in text else None
        number = chinese_count(match["number"]) if match else None
        if number:
            found[index] = number
    return found


def _counted(rest: list[Told], block: int, number: int) -> list[Told]:
    """Those of a block where they are as many as announced, without the office that each names in a bracket."""
    told = [one for one in rest if one.block == block]
    if len(told) != number:
        return []
    bare = [_words()["office"].sub("", one.name) for one in told]
    if len(set(bare)) == number and all(name != one.name for name, one in zip(bare, told, strict=True)):
        for name, one in zip(bare, told, strict=True):
            one.name = name
    return told


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return patterns("project_words", "rest", ("more", "office"))
