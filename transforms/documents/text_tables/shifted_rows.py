"""Rows of tables that an empty cell too many shifts to the right, or one too few to the left: mended where only one
place can be it.

Only rows of plain text with one cell more or less than their table are looked at. A cell that is empty in its own
column stays so: what the figures and words of the other rows do not vouch for is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from transforms.documents.lines import Line
from transforms.documents.model import Note, NoteKind, Place
from transforms.documents.tables.cells import is_figure, is_number, is_total, texts_of_rows
from transforms.documents.tables.drafts import is_header
from transforms.documents.text_tables.tab_columns import FEWEST_ROWS, Kinds, headed, kinds_of

_PIPE = re.compile(r"(?<!\\)\|")
_MAY_SHIFT = re.compile(r"\t[ \u3000]*\t|^[ \u3000]*\t|\|[ \u3000]*\|")
_DASHES = re.compile(r"[\s|:+=_-]+")
_MOST_ROWS = 20
"""Rows looked at on either side."""
_NEAR = 8
"""Lines without cells between two rows of one table: blank ones, page numbers, the rest of a cell."""


def mend_shifted_rows(lines: list[Line]) -> tuple[list[Line], list[Note]]:
    """The lines without the empty cells that shift their rows, and a note for each row mended."""
    return _mended(lines, _without_shift, -1)


def mend_short_rows(lines: list[Line]) -> tuple[list[Line], list[Note]]:
    """The lines with an empty cell where a row lacks one, as its number, and a note for each row mended. Broken rows
    are whole already: their pieces lack cells too."""
    return _mended(lines, _with_gap, 1)


def _mended(
    lines: list[Line], mend: Callable[[list[Line], int], str | None], lacking: int
) -> tuple[list[Line], list[Note]]:
    """The lines, rows that lack ``lacking`` cells beside the next one above or below (-1: have one too many) mended."""
    mended = list(lines)
    notes: list[Note] = []
    counts = [0 if line.cells is not None else line.raw.count("\t") or line.raw.count("|") for line in lines]
    for index, line in enumerate(lines):
        if counts[index] and counts[index] + lacking in (_nearest(counts, index, step) for step in (-1, 1)):
            raw = mend(mended, index)
            if raw is not None:
                notes.append(Note(NoteKind.ROW_SHIFTED, Place(line.page, line.number), line.raw))
                mended[index], counts[index] = replace(line, raw=raw), counts[index] + lacking
    return mended, notes


def _nearest(counts: list[int], index: int, step: int) -> int:
    """What parts the cells of the next row, counted; 0 without one."""
    around = counts[index + 1 : index + 1 + _NEAR] if step > 0 else counts[max(0, index - _NEAR) : index][::-1]
    return next(filter(None, around), 0)


class _Table(NamedTuple):
    """What the other rows show: how many cells a row has, what its columns hold, which are filled in every row."""

    width: int
    kinds: Kinds
    filled: frozenset[int]

    def fits(self, texts: list[str], gap: int | None = None) -> bool:
        """Whether each cell of a row stands in a column of its kind, and none is empty that no other row leaves so;
        that in ``gap`` may be."""
        figures, words = self.kinds
        return not any(
            column in self.filled and column != gap if not text else column in figures and not is_figure(text)
            for column, text in enumerate(texts)
        ) and not any(is_number(texts[column]) for column in words)


class _Found(NamedTuple):
    """What parts the cells of a row, its cells, their texts, the table that it stands in, and the texts above it."""

    sign: str
    cells: list[str]
    texts: list[str]
    table: _Table
    above: list[str]


def _without_shift(lines: list[Line], index: int) -> str | None:
    """The row as it would stand without the empty cell that shifts it; None where it is not surely shifted."""
    found = _beside(lines, index, -1) if _MAY_SHIFT.search(lines[index].raw) else None
    if found is None:
        return None
    sign, cells, texts, table, _ = found
    if table.fits(texts[:-1]):
        return None
    without = {tuple(_left_out(texts, at)): at for at, text in enumerate(texts) if not text}
    fitting = [at for rest, at in without.items() if table.fits(list(rest))]
    return _row(sign, _left_out(cells, fitting[0])) if len(fitting) == 1 else None


def _with_gap(lines: list[Line], index: int) -> str | None:
    """The row as it would stand with an empty cell where it lacks one; None where it may lack its last, or where the
    row above is not whole and may go on in it."""
    found = _beside(lines, index, 1)
    if found is None:
        return None
    sign, cells, texts, table, above = found
    is_whole = len(above) == table.width and all(above[column] for column in table.filled)
    if not is_whole or is_total(next(filter(None, texts), "")) or table.fits([*texts, ""], len(texts)):
        return None
    fitting = [at for at in range(len(texts)) if table.fits([*texts[:at], "", *texts[at:]], at)]
    return _row(sign, [*cells[: fitting[0]], "", *cells[fitting[0] :]]) if len(fitting) == 1 else None


def _beside(lines: list[Line], index: int, lacking: int) -> _Found | None:
    """A row and the table of the rows around it, of which the next one has as many cells more as are ``lacking``; None
    for a header, or where it has not."""
    sign, cells = _split(lines[index].raw)
    (texts,) = texts_of_rows([cells])
    if len(cells) < 2 or is_header(texts):
        return None
    above, below = (list(_rows(lines, index, sign, step)) for step in (-1, 1))
    width = len(cells) + lacking
    is_next = width in (len(rows[0]) for rows in (above, below) if rows)
    table = _table_of([*above[::-1], *below], width) if is_next else None
    return None if table is None else _Found(sign, cells, texts, table, above[0] if above else [])


def _table_of(rows: list[list[str]], width: int) -> _Table | None:
    """The table of the rows around, where ``width`` is that of its header or, without one, of all its whole rows."""
    heads = [row for row in rows if is_header(row)]
    body = [row for row in rows if len(row) == width and row not in heads and not is_total(next(filter(None, row), ""))]
    is_known = any(len(head) == width for head in heads) if heads else max(map(len, rows)) == width
    if not is_known or not (heads or len(body) >= FEWEST_ROWS):
        return None
    groups = headed(next(head for head in heads if len(head) == width)) if heads else []
    kinds = kinds_of(body, groups)
    if len(body) < FEWEST_ROWS:
        return _Table(width, kinds, kinds.figures | kinds.words)
    return _Table(width, kinds, frozenset(at for at, texts in enumerate(zip_longest(*body)) if all(texts)))


def _rows(lines: list[Line], index: int, sign: str, step: int) -> Iterator[list[str]]:
    """The texts of the rows above or below, as far as the table's header or the next table's."""
    count = apart = 0
    for at in _steps(lines, index, step):
        own, cells = _split(lines[at].raw)
        if not cells:
            apart += 1
        if apart > _NEAR or count > _MOST_ROWS or lines[at].cells is not None or (cells and own != sign):
            return
        if not cells or _DASHES.fullmatch(lines[at].raw):
            continue
        apart, count = 0, count + 1
        (texts,) = texts_of_rows([cells])
        is_head = is_header(texts)
        if is_head and step > 0:
            return
        yield texts
        if is_head:
            return


def _steps(lines: list[Line], index: int, step: int) -> Iterable[int]:
    return range(index + step, len(lines) if step > 0 else -1, step)


def _split(raw: str) -> tuple[str, list[str]]:
    """What parts the cells of a line, and the cells; none of a line without."""
    if "\t" in raw:
        return "\t", [cell.strip() for cell in raw.split("\t")]
    stripped = raw.strip()
    if len(stripped) < 2 or stripped[0] != "|" or stripped[-1] != "|":
        return "", []
    return "|", [cell.strip() for cell in _PIPE.split(stripped)[1:-1]]


def _row(sign: str, cells: list[str]) -> str:
    return "\t".join(cells) if sign == "\t" else f"| {' | '.join(cells)} |"


def _left_out(cells: list[str], at: int) -> list[str]:
    return [*cells[:at], *cells[at + 1 :]]
