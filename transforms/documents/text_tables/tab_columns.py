"""The columns of a table whose cells are parted by TABs: how many, which hold figures, which words, which counts rows.

They are learned from its whole rows; which lines make up a broken row is broken_rows.py's business.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise, zip_longest
from typing import NamedTuple

from transforms.documents.layout import layout
from transforms.documents.lines import Line
from transforms.documents.tables.cells import is_figure, is_number, is_total
from transforms.documents.tables.drafts import is_header
from transforms.language.lexicon import load_lexicon
from transforms.language.numbering import parse_numbering
from transforms.language.tables import patterns
from transforms.language.text import normalise, normalise_all

_MOST_ROWS = 60
_MOST_TEXTS = 8  # lines of one cell
FEWEST_ROWS = 2
"""Whole rows that show what the columns of a table hold."""
_LONGEST_STEP = 3  # from one whole row to the next, broken ones between
_MOST = 0.8
_UNIT = re.compile(r"\([^()]*\)")
_SERIAL = re.compile(r"\d{1,3}")
_FIGURES = frozenset(("budget", "spent", "budget_loose", "spent_loose"))
_WORDS = frozenset(("name", "goal", "completion", "owner"))


class Kinds(NamedTuple):
    """The columns that hold figures, and those that hold words; the others may hold either."""

    figures: frozenset[int]
    words: frozenset[int]


def kinds_of(rows: list[list[str]], heads: Sequence[str | None]) -> Kinds:
    """What the columns hold as their whole ``rows`` show it, or else as they are headed."""
    if len(rows) < FEWEST_ROWS:
        return Kinds(_at([group in _FIGURES for group in heads]), _at([group in _WORDS for group in heads]))
    filled = [list(filter(None, texts)) for texts in zip_longest(*rows, fillvalue="")]
    shares = [sum(map(is_number, texts)) / len(texts) if texts else 0.5 for texts in filled]
    return Kinds(_at([share >= _MOST for share in shares]), _at([share == 0 for share in shares]))


def headed(header: list[str]) -> list[str | None]:
    """What each column is by its heading: a group of words of headings, None where it is none of them."""
    columns = load_lexicon("columns")
    return [columns.group_of(_UNIT.sub("", text)) for text in header]


class Columns:
    """The columns of the rows from a line on."""

    def __init__(self, lines: list[Line], start: int) -> None:
        self._raws = _rows_from(lines, start)
        counts = Counter(raw.count("\t") for raw in self._raws)
        most = max(counts, key=lambda count: (counts[count], count))
        first = self._raws[0].count("\t")
        self.separators = max(first, most) if counts[most] >= FEWEST_ROWS else first
        """How many parts the cells of a whole row, the last one open."""

    def are_one_row(self, pieces: list[str], has_gap: bool) -> bool:
        """Whether lines with as many cells as one row has are one: their figures stand where figures stand, and those
        below the first are no rows of their own. ``has_gap``: a blank line lies between them."""
        cells = _cells("\n".join(pieces))
        below = [_cells(piece) for piece in pieces[1:] if "\t" in piece]
        if is_header(cells):
            return all(cells) and not has_gap
        if not self._fits(cells) or any(self._begins_row(cells, others) for others in below):
            return False
        if any(self._is_misplaced(others) for others in below):
            return True
        if has_gap or not pieces[0].rpartition("\t")[2].strip() or any(piece[0] == "\t" for piece in pieces[1:]):
            return False
        return self._is_cut(pieces, below)

    def begins_above(self, pieces: list[str]) -> bool:
        """Whether the last line, a whole row by its count, has the rest of its first cell only: the number, the
        bracket or the name that it lacks stands in the lines above."""
        above, cells = normalise("".join(pieces[:-1])), _cells(pieces[-1])
        rest = cells[0]
        if not rest or is_total(rest) or is_header(cells) or not self._fits([above + rest, *cells[1:]]):
            return False
        if self.ordinal == 0 and _ordinal(above) is not None and _ordinal(rest) is None:
            return True
        if above.count("(") > above.count(")") and rest.count(")") > rest.count("("):
            return True
        ends = patterns("project_words", "prose")["name_end"]
        is_text = parse_numbering(above) is not None or layout().sentence.search(above) is not None
        return ends.match(rest) is not None and 0 in self._kinds.words and not is_text

    @cached_property
    def _whole(self) -> list[list[str]]:
        """The cells of the rows that are whole, headers aside."""
        rows = [_cells(raw) for raw in self._raws if raw.count("\t") == self.separators]
        return [row for row in rows if not is_header(row)]

    @cached_property
    def _heads(self) -> list[str | None]:
        """What the columns are by the first row, where that is a whole one: groups of words of headings."""
        cells = _cells(self._raws[0])
        return headed(cells) if len(cells) > self.separators else []

    @cached_property
    def _kinds(self) -> Kinds:
        return kinds_of(self._whole, self._heads)

    @cached_property
    def ordinal(self) -> int | None:
        """The column whose cells count the rows, or that is headed so."""
        for column, texts in enumerate(zip_longest(*self._whole, fillvalue="")):
            numbers = [number for number in map(_ordinal, texts) if number is not None]
            steps = sum(0 < below - above <= _LONGEST_STEP for above, below in pairwise(numbers))
            if len(numbers) >= FEWEST_ROWS and 2 * steps >= len(numbers) - 1:
                return column
        return self._heads.index("serial") if "serial" in self._heads else None

    def _fits(self, cells: list[str]) -> bool:
        """Whether no cell in a column that holds figures has words, nor one in a column of words a figure; the last
        cell, which may go on below, aside."""
        figures, words = self._kinds
        is_known = len(self._whole) >= FEWEST_ROWS
        if is_known and any(column in figures and text and not is_figure(text) for column, text in enumerate(cells)):
            return False
        return not any(column in words and is_number(text) for column, text in enumerate(cells[:-1]))

    def _is_misplaced(self, cells: list[str]) -> bool:
        """Whether a line that is taken for a row has a figure in a column of words."""
        return any(column in self._kinds.words and is_number(text) for column, text in enumerate(cells))

    def _begins_row(self, cells: list[str], below: list[str]) -> bool:
        """Whether a line further down is a total, or counts as the next row."""
        if is_total(next(filter(None, below), "")):
            return True
        at = self.ordinal
        if at is None or at >= len(below):
            return False
        above, own = _ordinal(cells[at]), _ordinal(below[at])
        return above is not None and own == above + 1

    def _is_cut(self, pieces: list[str], below: list[list[str]]) -> bool:
        """Whether something shows that a cell goes on below the first line: lines without cells, a list, an open
        quote, a number that the lines below lack, or words alone behind all figures."""
        if any("\t" not in piece or parse_numbering(normalise(piece[:12])) is not None for piece in pieces[1:]):
            return True
        cells = _cells(pieces[0])
        at = self.ordinal or 0
        if cells[-1].count('"') == 1 or any(_counts(cells, at) and not _counts(others, at) for others in below):
            return True
        figures = self._kinds.figures
        has_all = bool(figures) and all(column < len(cells) and cells[column] for column in figures)
        return has_all and all(text and not is_number(text) for others in below for text in others)


def _rows_from(lines: list[Line], start: int) -> list[str]:
    """The lines with cells from ``start`` on, up to a caption, a text that stands apart or is long, or the header of
    another table."""
    rows: list[str] = []
    is_apart = is_below_text = False
    for index, line in enumerate(lines[start : start + _MOST_ROWS], start):
        raw = line.raw
        if not raw or raw.isspace():
            is_apart = True
            continue
        if "\t" not in raw:
            if is_apart or not _is_within(lines, index):
                break
            is_below_text = True
            continue
        is_other = rows and (is_apart or is_below_text) and raw.count("\t") != rows[0].count("\t")
        if is_other and is_header(_cells(raw)):
            break
        rows.append(raw)
        is_apart = is_below_text = False
    return rows


def _is_within(lines: list[Line], index: int) -> bool:
    """Whether a line without cells may be a part of one: no caption, and a line with cells follows without a gap."""
    for line in lines[index + 1 : index + _MOST_TEXTS]:
        if "\t" in line.raw:
            return layout().caption.match(normalise(lines[index].raw)) is None
        if not line.raw or line.raw.isspace():
            break
    return False


def _at(are: list[bool]) -> frozenset[int]:
    return frozenset(at for at, is_one in enumerate(are) if is_one)


def _cells(raw: str) -> list[str]:
    return normalise_all(raw.split("\t"))


def _counts(cells: Sequence[str], at: int) -> bool:
    """Whether a line has a number in the column that counts rows."""
    return at < len(cells) and (_ordinal(cells[at]) is not None or (at == 0 and is_number(cells[0])))


def _ordinal(text: str) -> int | None:
    """The number of a row: 12, or that of 5.甲经费."""
    if _SERIAL.fullmatch(text):
        return int(text)
    numbering = parse_numbering(text)
    return numbering.number if numbering is not None else None
