"""Which listing main projects (主要项目) are that are told in prose: key projects beside a listing of all, else the
tasks, as all that is told of projects.

What a table of them lists is decided in tables.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.facts.outline.outline import Outline
from transforms.facts.projects.tables import ProjectTable
from transforms.facts.projects.told import Told, is_section_of_main, listing_of

_KEY, _TASK = "key", "task"


def listing_at(outline: Outline, index: int, tables: Sequence[ProjectTable]) -> str | None:
    """The listing of the projects that a block tells of, None in a section of none."""
    listing = listing_of(outline.meanings_at(index))
    is_main = listing == _KEY and _lists_main_tasks(tables) and is_section_of_main(outline, index)
    return _TASK if is_main else listing


def settle_told(outline: Outline, told: list[Told], tables: Sequence[ProjectTable]) -> list[Told]:
    """The projects told, main ones as tasks where their tables are, or neither tables nor other texts list any."""
    listed = [table.listing for table in tables if table.columns.money] + [one.listing for one in told]
    for one in told if _TASK not in listed or _lists_main_tasks(tables) else ():
        if one.listing == _KEY and is_section_of_main(outline, one.block):
            one.listing = _TASK
    return told


def _lists_main_tasks(tables: Sequence[ProjectTable]) -> bool:
    return any(table.is_main and table.listing == _TASK for table in tables)
