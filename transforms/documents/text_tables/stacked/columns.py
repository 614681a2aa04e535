"""The columns of a table copied with a cell a line: which hold figures, which texts, and how their texts end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, groupby

from transforms.documents.tables.cells import is_figure, is_number
from transforms.documents.text_tables.stacked.lines import Stack
from transforms.language.lexicon import Lexicon, load_lexicon

_OF_FIGURES = frozenset(("rate", "budget", "spent"))
_ENDS = ("。", ";", "!", "?")
_DASH = re.compile(r"[-—/]+")
_MOST_SOUGHT = 6
_MOST_EXTRA = 4


@dataclass(slots=True)
class StackedColumns:
    """``figures``: the columns of figures but for the rows' numbers; ``groups``: whether columns side by side hold
    texts, and how many; ``tail``: columns of text behind the last figure; ``is_dense``: blank lines are blank cells;
    ``are_closed``: per column whether its texts all end as sentences (None: some do); ``longest_name``: the most
    characters of a name on one line."""

    headings: list[str]
    has_serial: bool
    figures: frozenset[int]
    groups: list[tuple[bool, int]]
    is_dense: bool
    are_closed: list[bool | None]
    longest_name: int

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.headings)

    @property
    def name_column(self) -> int:
        """The first column of text."""
        return int(self.has_serial)

    @property
    def tail(self) -> int:
        """How many columns of text follow the last figure."""
        return self.groups[-1][1] if self.groups[-1][0] else 0

    @property
    def lead_texts(self) -> int:
        """How many columns of text come before the first figure."""
        return self.groups[0][1] if self.groups[0][0] else 0

    @property
    def lead_figures(self) -> int:
        """How many figures follow those."""
        return self.groups[int(self.groups[0][0])][1]

    def fits(self, stack: Stack, cells: list[list[int]]) -> bool:
        """Whether cells of a line each have figures and a name where a row has them."""
        texts = [stack.text(cell[0]) if cell else "" for cell in cells]
        if any(cell and not text for cell, text in zip(cells, texts, strict=True)):
            return False
        figures = [texts[column] for column in self.figures]
        name = texts[self.name_column]
        has_name = bool(name) and (not is_number(name) or self.name_column in self.figures)
        is_numbered = not self.has_serial or not texts[0] or is_number(texts[0])
        are_figures = all(is_figure(text) or not text for text in figures) and any(map(is_number, figures))
        return has_name and is_numbered and are_figures

    def part(self, stack: Stack, start: int, stop: int, columns: Sequence[int]) -> list[list[int]] | None:
        """The lines of each of the columns of text; None unless they can be parted in one way only."""
        count, lines = len(columns), stop - start
        if not count <= lines <= count + _MOST_EXTRA:
            return None
        ways = []
        for cuts in combinations(range(start + 1, stop), count - 1):
            edges = (start, *cuts, stop)
            cells = [list(range(*edges[at : at + 2])) for at in range(count)]
            if lines == count or all(self._holds(stack, *pair) for pair in zip(columns, cells, strict=True)):
                ways.append(cells)
        return ways[0] if len(ways) == 1 else None

    def _holds(self, stack: Stack, column: int, cell: list[int]) -> bool:
        """Whether lines may be one text of a column, by how the other texts of the column end."""
        is_closed = self.are_closed[column]
        if is_closed is None or (len(cell) == 1 and _DASH.fullmatch(stack.text(cell[0]))):
            return True
        ends = [ends_sentence(stack.text(at)) for at in cell]
        return ends[-1] if is_closed else not any(ends)


def ends_sentence(text: str) -> bool:
    """Whether a normalised text ends with the mark of a sentence."""
    return text[-1:] in _ENDS


def columns_of(stack: Stack, header: list[list[int]]) -> StackedColumns | None:
    """The columns below a header, as the first two rows in succession show them that have a line for each cell."""
    headings = ["".join(stack.text(at) for at in heading) for heading in header]
    width, begin = len(headings), header[-1][-1] + 1
    has_serial = _columns().group_of(headings[0]) == "serial"
    for first in range(begin, begin + _MOST_SOUGHT * width):
        figures = _figures_at(stack, first, headings, has_serial)
        if figures and _figures_at(stack, first + width, headings, has_serial, figures):
            break
    else:
        return None
    rows = _whole_rows(stack, first, headings, has_serial, figures)
    kinds = [column in figures for column in range(int(has_serial), width)]
    groups = [(not is_figure, len(list(found))) for is_figure, found in groupby(kinds)]
    name = int(has_serial)
    last, top = header[-1][-1], header[0][0]
    return StackedColumns(
        headings,
        has_serial,
        figures,
        groups,
        stack.filled[last] - stack.filled[top] == last - top,
        [_are_closed([row[column] for row in rows]) for column in range(width)],
        max(len(row[name]) for row in rows),
    )


def _figures_at(
    stack: Stack, first: int, headings: list[str], has_serial: bool, known: frozenset[int] | None = None
) -> frozenset[int]:
    """The columns of figures of a row with a line for each cell; none where there is no such row, or none with figures
    in the ``known`` columns."""
    texts = [stack.text(at) for at in range(first, first + len(headings))]
    if not all(texts) or (has_serial and stack.serial(first) is None):
        return frozenset()
    figures = known or frozenset(at for at, text in enumerate(texts) if is_number(text) and (at or not has_serial))
    if all(map(is_number, texts[:2])) or not all(is_figure(texts[at]) for at in figures):
        return frozenset()
    is_of_words = has_serial and 1 in figures
    are_headed = all(at in figures for at, heading in enumerate(headings) if _heads_figures(heading))
    return figures if are_headed and not is_of_words else frozenset()


def _whole_rows(
    stack: Stack, first: int, headings: list[str], has_serial: bool, figures: frozenset[int]
) -> list[list[str]]:
    """The texts of the rows with a line for each cell that another such row follows."""
    rows = []
    width = len(headings)
    at, missed = first, 0
    while missed <= _MOST_SOUGHT * width and at < len(stack.filled):
        is_row = _figures_at(stack, at, headings, has_serial, figures)
        if is_row and _figures_at(stack, at + width, headings, has_serial, figures):
            rows.append([stack.text(here) for here in range(at, at + width)])
            at, missed = at + width, 0
        else:
            at, missed = at + 1, missed + 1
    return rows


def _are_closed(texts: list[str]) -> bool | None:
    ends = [ends_sentence(text) for text in texts if not _DASH.fullmatch(text)]
    return None if not ends or len(set(ends)) > 1 else ends[0]


def _heads_figures(heading: str) -> bool:
    hits = _columns().find_all(heading)
    return bool(hits) and hits[-1].group in _OF_FIGURES and hits[-1].end >= len(heading.partition("(")[0])


@cache
def _columns() -> Lexicon:
    return load_lexicon("columns")
