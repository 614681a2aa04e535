"""Which of the two lists a table is, budget units or internal offices: told by its columns, by the line and the heading
over it, by the names themselves and, where it holds both, row by row.

What the names say is read in tables.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from transforms.documents.model import Cell, Table, TextBlock
from transforms.facts.organisation.counts import KINDS
from transforms.facts.organisation.words import words_of
from transforms.facts.outline.outline import Outline
from transforms.language.tables import patterns

_UNITS, _OFFICES = KINDS
_LONGEST_CLASS = 14
_FARTHEST = 3
_NUMBER = re.compile(r"[\d.,/—-]*[个家]?")
_KEYS = (
    "second", "remarks", "sign", "only_units", "only_offices", "unit_columns", "says_units", "says_offices",
    "announces", "class_units", "class_offices", "row_of_units", "row_of_offices", "named_units", "named_own",
    "named_offices", "named_others",
)  # fmt: skip


class Named(NamedTuple):
    """A cell that names a unit or an office, what it is, and the cell beside it with its second names."""

    kind: str
    cell: Cell
    second: Cell | None


def named_cells(outline: Outline, table: Table, index: int) -> list[Named]:
    """The cells of a table's columns of names, each with its kind; none where the names are of communities or where
    no column holds names."""
    columns = _columns(table)
    names = [text for at, _ in columns for text in _texts(table, at)]
    if not columns or _are_most(_words()["named_others"], names):
        return []
    kind = _kind(outline, table, index, names)
    return [one for at, of_column in columns for one in _down(table, at, of_column, kind, len(columns) == 1)]


def _down(table: Table, column: int, of_column: str | None, kind: str | None, is_alone: bool) -> Iterator[Named]:
    """The names of a column: rows that only say what follows set the kind of those below, a class beside a name that
    of the row; where nothing says what the table lists, each name does."""
    below = of_column or kind
    for row in table.rows:
        if row.is_total or column >= len(row.cells):
            continue
        cell = row.cells[column]
        of_rows = _only_kind("row_of", [cell.text])
        if of_rows:
            below = of_rows
            continue
        others = [(at, other) for at, other in enumerate(row.cells) if at != column] if is_alone else []
        second = next((other for at, other in others if _is_second(table, at, other)), None)
        classes = [other.text for _, other in others if len(other.text) <= _LONGEST_CLASS and other is not second]
        of_name = _OFFICES if _words()["named_offices"].search(cell.text) else _UNITS
        yield Named((of_column or _only_kind("class", classes) or below) or of_name, cell, second)


def _is_second(table: Table, at: int, cell: Cell) -> bool:
    """Whether a cell holds second names: its column says so, or it does in a column of remarks."""
    header = table.header[at].text if at < len(table.header) else ""
    is_remark = _words()["remarks"].search(header) and _words()["sign"].search(cell.text)
    return bool(_words()["second"].search(header) or is_remark)


def _columns(table: Table) -> list[tuple[int, str | None]]:
    """The columns of names, with the kind where each of two columns has one of its own; else the first and those
    called the same."""
    labels = {at: cell.text for at, cell in enumerate(table.header) if _may_name(table, at)}
    only = {at: _only_kind("only", [text]) for at, text in labels.items()}
    kinds = set(filter(None, only.values()))
    others = {at: _other_kind(text, kinds) for at, text in labels.items()} if len(kinds) == 1 else {}
    apart = {at: kind for at in labels if (kind := only[at] or others.get(at))}
    if set(apart.values()) >= set(KINDS):
        return list(apart.items())
    first = next(iter(labels.values()), None)
    return [(at, None) for at, text in labels.items() if text == first]


def _other_kind(label: str, kinds: set[str]) -> str | None:
    """The kind that a column called so holds beside one of the only ``kinds``."""
    return next((kind for kind in KINDS if kind not in kinds and words_of(kind).column.fullmatch(label)), None)


def _may_name(table: Table, at: int) -> bool:
    """Whether a column is called as columns of names are and holds more than numbers."""
    is_label = any(words_of(kind).column.fullmatch(table.header[at].text) for kind in KINDS)
    return is_label and not all(_NUMBER.fullmatch(text) for text in _texts(table, at))


def _texts(table: Table, at: int) -> list[str]:
    return [row.cells[at].text for row in table.rows if not row.is_total and at < len(row.cells)]


def _kind(outline: Outline, table: Table, index: int, names: list[str]) -> str | None:
    """What a table lists: what stands beside it says so before what its names look like, these before the heading;
    None where it holds the department, offices and nothing that says which."""
    words = _words()
    headers = [cell.text for cell in table.header]
    label = _only_kind("only", [header for at, header in enumerate(headers) if _may_name(table, at)])
    if label or any(map(words["second"].search, headers)):
        return label or _OFFICES
    offices = sum(words["named_offices"].search(name) is not None for name in names)
    is_own = any(map(words["named_own"].search, names))
    if any(map(words["unit_columns"].search, headers)) or (is_own and not offices):
        return _UNITS
    said = _only_kind("says", _over(outline, table, index))
    if said or is_own:
        return said
    said = _OFFICES if 0 < offices == len(names) else _only_kind("says", [outline.title_at(index)])
    return said or (_OFFICES if _are_most(words["named_offices"], names, words["named_units"]) else _UNITS)


def _over(outline: Outline, table: Table, index: int) -> Iterator[str]:
    """The captions of a table and the sentence right above it that announces it."""
    yield from (caption.text for caption in table.captions)
    for position in range(index - 1, max(index - 1 - _FARTHEST, -1), -1):
        block = outline.document.blocks[position]
        if not isinstance(block, TextBlock):
            return
        if block not in table.captions:
            last = block.text.rstrip("。").rpartition("。")[2]
            if _words()["announces"].search(last):
                yield last
            return


def _only_kind(words: str, texts: Iterable[str]) -> str | None:
    """The kind of which the texts hold words; None where they hold those of both or of neither."""
    texts = list(texts)
    found = [kind for kind in KINDS if any(_words()[f"{words}_{kind}"].search(text) for text in texts)]
    return found[0] if len(found) == 1 else None


def _are_most(words: re.Pattern[str], names: list[str], others: re.Pattern[str] | None = None) -> bool:
    """Whether more names are called so than not, or than are called by the ``others``."""
    own = sum(words.search(name) is not None for name in names)
    return own > (sum(others.search(name) is not None for name in names) if others else len(names) - own)


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return patterns("organisation", "tables", _KEYS)
