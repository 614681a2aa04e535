"""Reasons given for what was not spent: of a project in its rows and wherever the text tells of it, of the whole report
in its conclusion and problems.

Which words give a reason is kept in ``signs.toml``; whether one is needed is for the rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from transforms.documents.model import Block, Cell, Table, TextBlock
from transforms.facts.corpus import Corpus, Passage
from transforms.facts.model import Facts, ProjectRow
from transforms.facts.text_rows import SignRow
from transforms.language.scanning import Scanner
from transforms.language.text import normalise, normalise_all

_EXPLAINS = frozenset(("conclusion", "problems", "overall_budget", "analysis"))
_LOOKS_AHEAD = frozenset(("annual_goals", "spending_plan", "indicators", "performance_management", "measures"))
"""Sections that tell of projects, but not of what became of them."""
_NOTHING = frozenset(("无", "-", "—", "/", "暂无"))
_SHORTEST_NAME = 4
_LONGEST_MARK = 12
"""Of numbering and signs beside a name that stands alone in a line."""
_MUCH_SPENT = Decimal("0.95")
"""The share of a budget from which on nobody asks where the rest is."""
_Owners = dict[tuple[int | None, int | None], ProjectRow]


class _Telling(NamedTuple):
    """A stretch of the text of a block that tells of a project."""

    block: int
    text: str
    start: int
    stop: int


class _Names(NamedTuple):
    """The names that stand in a text, where each of them does in order, and all of them as one text."""

    places: list[tuple[int, str]]
    joined: str


class _Reason(NamedTuple):
    telling: _Telling
    match: re.Match[str]


def add_reasons(corpus: Corpus, reason: Scanner, facts: Facts) -> None:
    """Appends to ``signs`` the reasons of project rows that spent less than their budget (column ``row``): in any of
    their cells but the goal, what their column of reasons says, what the text says behind their name; and those of the
    whole report."""
    unspent = [
        project
        for project in facts.projects
        if project.budget_yuan and project.spent_yuan is not None and project.spent_yuan < project.budget_yuan
    ]
    owners = _owners(corpus, unspent, facts)
    for at, (block, cell) in enumerate(zip(corpus.blocks, corpus.cells, strict=True)):
        if cell is None:
            if not _EXPLAINS.isdisjoint(corpus.outline.meanings_at(block)):
                _add_of_text(corpus, at, reason, facts)
        elif owners and (project := owners.get((cell.place.table_number, cell.place.row_number))):
            column, table = corpus.column_of(cell), corpus.outline.document.blocks[block]
            _add_of_row(column, table, cell, project, reason, facts)
    _add_of_names(corpus, unspent, reason, facts)


def _owners(corpus: Corpus, unspent: list[ProjectRow], facts: Facts) -> _Owners:
    """The rows that tell of those projects, further ones that print the name of theirs again among them."""
    owners: _Owners = {(project.table_number, project.row_number): project for project in unspent}
    numbers = {project.table_number for project in unspent}
    known = {(project.table_number, project.row_number) for project in facts.projects}
    for block in corpus.outline.document.blocks:
        if not isinstance(block, Table) or block.number not in numbers:
            continue
        project: ProjectRow | None = None
        for row in block.rows:
            place = (block.number, row.number)
            if place in known:
                project = owners.get(place)
            elif project and normalise(project.name) in [cell.text for cell in row.cells]:
                owners[place] = project
            else:
                project = None
    return owners


def _add_of_text(corpus: Corpus, at: int, reason: Scanner, facts: Facts) -> None:
    text = corpus.texts[at]
    match = reason.search(text)
    if match:
        line = corpus.place(corpus.passage(at), match.start()).line
        facts.signs.append(SignRow(len(facts.signs), "reason", match[0], None, text, None, None, [], line))


def _add_of_row(
    column: str | None, table: Block, cell: Cell, project: ProjectRow, reason: Scanner, facts: Facts
) -> None:
    text = None if column == "goal" else _reason_in(table, cell, reason)
    if text:
        owner, line = project.ordinal, project.line
        facts.signs.append(SignRow(len(facts.signs), "reason", text, None, cell.text, "row", owner, [], line))


def _reason_in(table: Block, cell: Cell, reason: Scanner) -> str | None:
    """The words that give a reason; in a column of reasons whatever it says."""
    at = (cell.place.column_number or 0) - 1
    if isinstance(table, Table) and 0 <= at < len(table.header) and "原因" in table.header[at].text:
        return None if cell.text in _NOTHING else cell.text
    match = reason.search(cell.text)
    return match[0] if match else None


def _add_of_names(corpus: Corpus, unspent: list[ProjectRow], reason: Scanner, facts: Facts) -> None:
    """What the running text says behind the name of a project of which much was left, up to that of the next, or below
    its name."""
    rows: dict[str, list[ProjectRow]] = {}
    for project in unspent:
        if (project.spent_yuan or 0) < _MUCH_SPENT * (project.budget_yuan or 0):
            rows.setdefault(normalise(project.name), []).append(project)
    long = [name for name in rows if len(name) >= _SHORTEST_NAME]
    telling = {name: passages for name in long if (passages := _passages(corpus, name))}
    texts = {passage.block: passage.text for passages in telling.values() for passage in passages}
    names = set(normalise_all([project.name for project in facts.projects])) if texts else set()
    standing = {block: _names(text, names) for block, text in texts.items()}
    for name, passages in telling.items():
        tellings = (one for passage in passages for one in _tellings(corpus, passage, name, standing[passage.block]))
        found = next((_Reason(one, match) for one in tellings if (match := reason.search(*one[1:]))), None)
        if found:
            _note(corpus, found, rows[name], facts)


def _names(text: str, names: set[str]) -> _Names:
    """Those of the names that stand in a text."""
    places: list[tuple[int, str]] = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            places.append((at, name))
            at = text.find(name, at + len(name))
    return _Names(sorted(places), "\n".join({name for _, name in places}))


def _note(corpus: Corpus, found: _Reason, projects: list[ProjectRow], facts: Facts) -> None:
    telling, match = found
    line = corpus.outline.printed(telling.block).place(match.start()).line
    said = telling.text[telling.start : telling.stop]
    for project in projects:
        facts.signs.append(SignRow(len(facts.signs), "reason", match[0], None, said, "row", project.ordinal, [], line))


def _tellings(corpus: Corpus, passage: Passage, name: str, names: _Names) -> Iterator[_Telling]:
    """What of a passage tells of a project: from the sentence that names it on, from its name where another stands
    before it, up to the next name; or the block below a line that is its name."""
    text, block = passage.text, passage.block
    places, joined = names
    if joined.count(name) > 1:
        return  # a longer one holds it
    if len(text) <= len(name) + _LONGEST_MARK:
        below = corpus.outline.document.blocks[block + 1 : block + 2]
        yield from (_Telling(block + 1, one.text, 0, len(one.text)) for one in below if isinstance(one, TextBlock))
    at = text.index(name)
    start = max(text.rfind(mark, 0, at) for mark in "。;") + 1
    before = islice(places, bisect_left(places, (start, "")), bisect_left(places, (at, "")))
    is_first = not any(place + len(other) <= at for place, other in before)
    behind = islice(places, bisect_left(places, (at + len(name), "")), None)
    yield _Telling(block, text, start if is_first else at, next((at for at, one in behind if one != name), len(text)))


def _passages(corpus: Corpus, name: str) -> list[Passage]:
    """The passages of running text that hold a name and do not look ahead."""
    passages = [corpus.passage(at) for at in corpus.holding(name) if corpus.cells[at] is None]
    return [passage for passage in passages if _LOOKS_AHEAD.isdisjoint(passage.meanings)]
