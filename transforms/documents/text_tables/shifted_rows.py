"""Rows of tables that an empty cell too many shifts to the right: the cell taken out where only one place can be it.

Only rows of plain text with one cell more than their table are looked at. A cell that is empty in its own column stays
so: what the figures and words of the other rows do not vouch for is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
_MOST_ROWS = 40
"""Rows looked at on either side."""
_NEAR = 8
"""Lines without cells between two rows of one table: blank ones, page numbers, the rest of a cell."""


def mend_shifted_rows(lines: list[Line]) -> tuple[list[Line], list[Note]]:
    """The lines without the empty cells that shift their rows, and a note for each row mended."""
    mended: list[Line] = []
    notes: list[Note] = []
    for index, line in enumerate(lines):
        if line.cells is None and _MAY_SHIFT.search(line.raw) and (raw := _without_shift(lines, index)) is not None:
            notes.append(Note(NoteKind.ROW_SHIFTED, Place(line.page, line.number), line.raw))
            line = replace(line, raw=raw)
        mended.append(line)
    return mended, notes


class _Table(NamedTuple):
    """What the other rows show: how many cells a row has, what its columns hold, which are filled in every row."""

    width: int
    kinds: Kinds
    filled: frozenset[int]

    def fits(self, texts: list[str]) -> bool:
        """Whether each cell of a row stands in a column of its kind, and none is empty that no other row leaves so."""
        figures, words = self.kinds
        return not any(
            column in self.filled if not text else column in figures and not is_figure(text)
            for column, text in enumerate(texts)
        ) and not any(is_number(texts[column]) for column in words)


def _without_shift(lines: list[Line], index: int) -> str | None:
    """The row as it would stand without the empty cell that shifts it; None where it is not surely shifted."""
    sign, cells = _split(lines[index].raw)
    nearest = [next(_rows(lines, index, sign, step), []) for step in (-1, 1)]
    if len(cells) - 1 not in map(len, nearest):
        return None
    above, below = (list(_rows(lines, index, sign, step)) for step in (-1, 1))
    table = _table_of(texts_of_rows([*reversed(above), *below]), len(cells) - 1)
    (texts,) = texts_of_rows([cells])
    if table is None or is_header(texts) or table.fits(texts[:-1]):
        return None
    without = {tuple(_left_out(texts, at)): at for at, text in enumerate(texts) if not text}
    fitting = [at for rest, at in without.items() if table.fits(list(rest))]
    if len(fitting) != 1:
        return None
    rest = _left_out(cells, fitting[0])
    return "\t".join(rest) if sign == "\t" else f"| {' | '.join(rest)} |"


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
    """The cells of the rows above or below, as far as the table's header or the next table's."""
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
        is_head = is_header(texts_of_rows([cells])[0])
        if is_head and step > 0:
            return
        yield cells
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


def _left_out(cells: list[str], at: int) -> list[str]:
    return [*cells[:at], *cells[at + 1 :]]
