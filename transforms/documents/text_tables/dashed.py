"""Tables whose columns a line of dashes parts, as Pandoc writes them: the lines made rows with cells, cut where the
dashes say.

    名称      预算数   支出数
    ------- -------- --------
    甲工程      5.00     4.00

Columns that only blanks part belong to aligned.py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple
from unicodedata import east_asian_width

from transforms.documents.lines import Line
from transforms.documents.markup import strip_inline
from transforms.documents.tables.cells import texts_of_rows
from transforms.documents.tables.drafts import Row
from transforms.documents.text_tables.wrapped_rows import Strip, joined_rows

_DASHES = re.compile(r" {0,8}-{2,}(?: +-{2,})+ *")
_RULE = re.compile(r" {0,8}-{6,} *")
_COLUMN = re.compile("-+")
_MOST_HEADER_LINES = 4
_MOST_LINES = 2000
_LONGEST = 2000


class _Region(NamedTuple):
    """The lines ``first`` up to ``stop`` that make up a table, and its rows."""

    first: int
    stop: int
    rows: list[Line]


def expand_dashed_tables(lines: list[Line]) -> list[Line]:
    """The lines with each such table as one line a row, its cells TAB-separated; what only rules it off is left out."""
    expanded: list[Line] = []
    done = passed = 0
    for at, line in enumerate(lines):
        if "--" in line.raw and at >= max(done, passed) and _is_parting(line.raw):
            region = _region(lines, at, done)
            if region is not None and _goes_on_apart(lines, at, region.stop):
                passed = next((below for below in range(at, len(lines)) if not lines[below].raw.strip()), len(lines))
            elif region is not None:
                expanded += [*lines[done : region.first], *region.rows]
                done = region.stop
    return expanded + lines[done:]


def _region(lines: list[Line], dashes: int, start: int) -> _Region | None:
    """The table with the line of dashes at ``dashes``, None where the lines do not fit under it; lines before ``start``
    are part of another."""
    top = dashes
    while top > start and dashes - top <= _MOST_HEADER_LINES and _is_text(lines[top - 1].raw):
        top -= 1
    is_framed = start < top < dashes and _RULE.fullmatch(lines[top - 1].raw) is not None
    first = top if is_framed else min(dashes, max(top, dashes - 1))
    head = lines[first:dashes]
    is_closed = is_framed or not head
    stop = _end(lines, dashes + 1, is_closed=is_closed)
    if stop is None:
        return None
    body = lines[dashes + 1 : stop]
    cut = partial(_cells, [match.span() for match in _COLUMN.finditer(lines[dashes].raw)])
    groups = _groups(body, is_closed) or _wrapped([cut([line]) for line in [*head, *body]], body)
    rows = [cut(group) for group in ([head] if head else []) + groups]
    found = [row for row in rows if row is not None]
    if len(found) < len(rows) or len(rows) < 2 or sum(map(bool, found[0].cells or ())) < 2:
        return None
    return _Region(first - is_framed, stop + is_closed, found)


def _goes_on_apart(lines: list[Line], dashes: int, stop: int) -> bool:
    """Whether further rows follow behind the line that ends the table: dashes or blank lines part them all."""
    if stop + 2 >= len(lines) or not _is_text(lines[stop + 1].raw):
        return False
    if _is_parting(lines[stop].raw):
        return True
    below = lines[stop + 1].raw.rstrip()
    columns = [match.span() for match in _COLUMN.finditer(lines[dashes].raw)]
    is_row = not lines[stop].raw.strip() and "  " in below.strip() and not _is_parting(lines[stop + 2].raw)
    return is_row and _cut(below, columns, 2) is not None


def _is_parting(raw: str) -> bool:
    return len(raw) <= _LONGEST and _DASHES.fullmatch(raw) is not None


def _is_text(raw: str) -> bool:
    return bool(raw.strip()) and _RULE.fullmatch(raw) is None and _DASHES.fullmatch(raw) is None


def _end(lines: list[Line], start: int, *, is_closed: bool) -> int | None:
    """Where the rows end: at the next line of dashes, or at a blank line; None where they should and do not."""
    for at in range(start, min(len(lines), start + _MOST_LINES)):
        raw = lines[at].raw
        if not _is_text(raw) and (bool(raw.strip()) if is_closed else True):
            return at
    return None if is_closed else min(len(lines), start + _MOST_LINES)


def _groups(body: list[Line], is_closed: bool) -> list[list[Line]]:
    """The lines of each row between blank lines, where there are any within the frame."""
    if not is_closed or all(line.raw.strip() for line in body):
        return []
    groups: list[list[Line]] = [[]]
    for line in body:
        if line.raw.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _wrapped(rows: list[Line | None], body: list[Line]) -> list[list[Line]]:
    """The lines of each row, where none lie between: mostly one, unless cells are wrapped. ``rows``: each line's cells,
    after those of the header."""
    cells = [list(row.cells or ()) for row in rows if row is not None]
    if len(cells) < len(rows) or not body:
        return [[line] for line in body]
    texts = texts_of_rows(cells)
    strips = [Strip(Row(own, text, body[0]), is_ruled=False) for own, text in zip(cells, texts, strict=True)]
    above = len(rows) - len(body)
    groups = [[at - above for at in members if at >= above] for members, _ in joined_rows(strips)]
    return [[body[at] for at in group] for group in groups if group]


def _cells(columns: Sequence[tuple[int, int]], lines: list[Line]) -> Line | None:
    """The row that the lines make up, None where one of them does not fit the columns."""
    cut = [_cut(line.raw.rstrip(), columns, 1) or _cut(line.raw.rstrip(), columns, 2) for line in lines]
    pieces = [piece for piece in cut if piece is not None]
    if len(pieces) < len(lines):
        return None
    cells = tuple("\n".join(filter(None, column)) for column in zip(*pieces, strict=True))
    return replace(lines[0], raw="\t".join(cells).replace("\n", " "), cells=cells)


def _cut(raw: str, columns: Sequence[tuple[int, int]], ambiguous: int) -> list[str] | None:
    """The pieces of a line that stand under the columns, None where one reaches over its column's end.
    ``ambiguous``: the width of characters that some fonts print as wide as Chinese ones."""
    starts = [start for start, _ in columns]
    pieces = [""] * len(columns)
    if len(raw) > _LONGEST:
        return None
    at = 0
    for character in raw:
        kind = east_asian_width(character)
        width = 2 if kind in "WF" else ambiguous if kind == "A" else 1
        column = bisect_right(starts, at) - 1
        is_last = column == len(columns) - 1
        if not character.isspace() and (column < 0 or (not is_last and at + width > columns[column][1])):
            return None
        pieces[max(column, 0)] += character
        at += width
    return [strip_inline(piece.strip()) for piece in pieces]
