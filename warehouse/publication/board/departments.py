"""A page a department: its versions, and every figure, project, finding and problem with its place in the source.

A page says nothing of the release or of other departments, so that one whose department did not change stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from warehouse.desk import Row as Record
from warehouse.publication.board import department_goals, department_tables
from warehouse.publication.board.department_places import Files
from warehouse.publication.board.material import UNKNOWN, Material
from warehouse.publication.board.model import Grid
from warehouse.publication.words import CONDITIONS

_AT_ONCE = 100
"""Departments whose rows are in memory at the same time."""
_NOBODY = ""
"""Stands in the queries for what could be told to no department."""
_ROSTER = "roster"
_Writer = Callable[[list[Record], str, Files], Grid]
_WRITERS: Mapping[str, tuple[str, _Writer]] = {
    "versions": ("versions", department_tables.versions),
    "findings": ("findings", department_tables.findings),
    "figures": ("figures", department_tables.figures),
    "projects": ("projects", department_tables.projects),
    "texts": ("projects", department_goals.project_texts),
    "goals": ("goals", department_goals.goals),
    "achievements": ("achievements", department_goals.achievements),
    "forms": ("forms", department_goals.forms),
    "fundings": ("fundings", department_goals.fundings),
    "indicators": ("indicators", department_goals.indicators),
    "problems": ("problems", department_tables.problems),
}
"""Table of a year -> the query whose rows it shows, and what writes it."""
_PARTS = dict.fromkeys((_ROSTER, *(part for part, _ in _WRITERS.values())))


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year (None: unknown) of a department: whether it submitted, its files and grids."""

    fiscal_year: int | None
    condition: str
    files: tuple[str, ...]
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """What one page shows; ``page`` is the name of its file."""

    page: str
    name: str
    years: tuple[Year, ...]


def department_pages(material: Material, departments: Sequence[str]) -> Iterator[DepartmentPage]:
    """The pages of the departments, then that of what could be told to none, where there is any."""
    asked = [*departments, *([_NOBODY] if material.has_unknown else [])]
    for start in range(0, len(asked), _AT_ONCE):
        yield from _pages(material, asked[start : start + _AT_ONCE])


def _pages(material: Material, departments: Sequence[str]) -> Iterator[DepartmentPage]:
    asked = list(departments)
    material.keep("board_places", departments=asked)
    parts = {part: _by_department(material.rows(f"board_department_{part}", departments=asked)) for part in _PARTS}
    for department_id in asked:
        mine = {part: parts[part].get(department_id, []) for part in _PARTS}
        if department_id != _NOBODY:
            yield DepartmentPage(material.pages[department_id], material.names[department_id], tuple(_years(mine)))
        else:
            yield DepartmentPage(UNKNOWN, "单位不明的报送", tuple(_years(mine)))


def _by_department(records: Iterable[Record]) -> dict[str, list[Record]]:
    return {key: list(group) for key, group in groupby(records, key=lambda row: str(row["department_id"] or _NOBODY))}


def _years(parts: Mapping[str, list[Record]]) -> Iterator[Year]:
    by_year: dict[int | None, dict[str, list[Record]]] = defaultdict(lambda: {part: [] for part in _PARTS})
    for part, records in parts.items():
        for record in records:
            year = record["fiscal_year"]
            by_year[int(str(year)) if year is not None else None][part].append(record)
    for year in sorted(by_year, key=lambda year: -(year or 0)):
        mine = by_year[year]
        told = [record for part, records in mine.items() if part != _ROSTER for record in records]
        files = sorted({str(record["file_name"]) for record in told if record.get("file_name")})
        names = {file: f"文件 {i}" for i, file in enumerate(files, 1)} if len(files) > 1 else {}
        grids = (write(mine[part], f"{name}-{year}", names) for name, (part, write) in _WRITERS.items())
        yield Year(year, _condition(mine[_ROSTER]), tuple(files), tuple(grid for grid in grids if grid.rows))


def _condition(roster: list[Record]) -> str:
    if not roster:
        return "不在应报名册中"
    due = f"，应报日期 {roster[0]['due_on']}" if roster[0]["due_on"] else ""
    return CONDITIONS[str(roster[0]["condition"])] + due
