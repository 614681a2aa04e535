"""Tables aligned by blanks whose cells are wrapped within their columns: which lines make up one row.

Where the columns are belongs to aligned.py; rows that run over a page are tables/row_joins.py's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from transforms.documents.lines import display_width
from transforms.documents.tables.cells import is_figure, is_midway, is_total
from transforms.documents.tables.drafts import Row, figure_columns, is_header
from transforms.documents.tables.row_joins import Shape, has_open_bracket, name_end, name_rest, shape_of
from transforms.documents.text_tables.wrapped_headers import header_on_top, wrapped_headers
from transforms.language.numbering import parse_numbering

HANGING = tuple("，。、；：！？）》”】")
_TOKEN = re.compile(rf"(?:[\dA-Za-z.,%％]+|.)[{''.join(HANGING)}]*")
_REMARK = re.compile(r"其中|备?注[:：]|说明[:：]|.*[:：]$")
_LINKS = (("figures", "bare"), ("bare", "bare"), ("bare", "figures"))
_BRACKET = re.compile(r"\([^()]{1,20}\)")
_FEWEST = 3
_LONGEST_TAIL = 3  # 经费, 项目 at the end of a name


class Strip(NamedTuple):
    """A line of a table: its cells as a row (``starts_fragment``: blank lines or a rule part it from the line above),
    whether it is a rule that does, and whether a page begins in between."""

    row: Row
    is_ruled: bool
    is_paged: bool = False


def joined_rows(strips: list[Strip]) -> list[tuple[list[int], list[str]]]:
    """The rows: the positions of the lines of each, and its raw cells. A line without a figure belongs to the row with
    figures that it shares a block with, where blank lines or rules part the rows; else to lines beside it that had no
    room for the word that the next begins with. What is not certain stays a row of its own."""
    table = _Table(strips)
    return [(members, table.cells(members)) for members in table.rows()]


def _width(raw: str) -> int:
    """How far a cell reaches; signs that may not begin a line stand beyond the edge."""
    return display_width(raw[:-1] if raw.endswith(HANGING) else raw)


class _Table:
    def __init__(self, strips: list[Strip]) -> None:
        self.strips = strips
        rows = [strip.row for strip in strips]
        self.headers = wrapped_headers(rows)
        self.header = header_on_top(rows, self.headers)
        width = len(strips[0].row.raws)
        figures = figure_columns(rows, width)
        self.figures = frozenset(figures)
        self.names = self._names(shape_of(self.header, figures), width)
        self.widths = [list(map(display_width, strip.row.raws)) for strip in strips]
        self.limits = [max(_width(strip.row.raws[column]) for strip in strips) for column in range(width)]
        self.full_count = [
            sum(widths[column] >= edge for widths in self.widths) for column, edge in enumerate(self.limits)
        ]
        self.kinds = [self._kind(strip.row.texts) for strip in strips]
        self.styles = {
            numbering.style
            for at, kind in enumerate(self.kinds)
            if kind == "figures"
            for numbering in map(parse_numbering, self._names_in(at))
            if numbering is not None
        }
        self.are_wrapped = self._are_wrapped()

    def _names(self, shape: Shape, width: int) -> frozenset[int]:
        """The columns of words that name a row: the first, and those whose heading says so."""
        first = [column for column in range(width) if column not in self.figures][:1]
        return frozenset([*first, *(column for column in shape.names if column not in self.figures)])

    def _kind(self, texts: list[str]) -> str:
        """``figures`` for a line that has any, ``bare`` for one of words that may go on with a row, else ``other``."""
        own = [texts[column] for column in self.figures if texts[column]]
        if is_header(texts) or (own and not any(map(is_figure, own))):
            return "other"
        return "figures" if own else "bare"

    def _are_wrapped(self) -> bool:
        """Whether lines without figures stand beside full ones only, and there are several: they are no headings."""
        bare = [
            at for at, kind in enumerate(self.kinds) if kind == "bare" and self._named(at) and not self._is_label(at)
        ]
        return len(bare) >= _FEWEST and all(
            any(self._is_full(beside, column) for beside in (at - 1, at) if 0 <= beside < len(self.strips) - 1)
            for at in bare
            for column in self._named(at)
        )

    def cells(self, members: list[int]) -> list[str]:
        """The raw cells of the row that the lines make up."""
        cells = list(self.strips[members[0]].row.raws)
        for above, below in pairwise(members):
            for column, piece in enumerate(self.strips[below].row.raws):
                if piece and cells[column]:
                    is_full = self.widths[above][column] >= self.limits[column] - 1
                    is_cut = is_full and is_midway(cells[column][-1]) and is_midway(piece[0])
                    cells[column] += piece if is_cut else f"\n{piece}"
                else:
                    cells[column] += piece
        return cells

    def rows(self) -> list[list[int]]:
        """The positions of the lines of each row, in order."""
        blocks = self._blocks()
        counts = [sum(self.kinds[at] == "figures" for at in block) for block in blocks]
        are_parted = counts.count(1) > sum(count > 1 for count in counts)
        found: list[list[int]] = []
        for block, count in zip(blocks, counts, strict=True):
            if block in self.headers:
                found.append(block)
            else:
                found += self._rows_between(block) if count == 1 and are_parted else self._rows_below(block)
        return found

    def _blocks(self) -> list[list[int]]:
        """The lines between blank lines and rules, those of wrapped headers apart; blank lines behind each line say
        nothing, nor does the end of a page within a name."""
        starts = [at for at, strip in enumerate(self.strips) if at == 0 or strip.row.starts_fragment]
        if len(starts) == len(self.strips) and not any(strip.is_ruled for strip in self.strips[1:]):
            starts = starts[:1]
        cut = {at for at in starts if self.strips[at].is_paged and self._is_led_over(at)}
        starts = sorted({*starts, *(end for lines in self.headers for end in (lines[0], lines[-1] + 1))} - cut)
        ends = [*starts[1:], len(self.strips)]
        return [list(range(start, stop)) for start, stop in zip(starts, ends, strict=True) if start < stop]

    def _is_led_over(self, at: int) -> bool:
        """Whether a line with figures goes on with the line above it, which has none, in several cells."""
        is_led = at > 0 and self.kinds[at - 1 : at + 1] == ["bare", "figures"] and len(self._filled(at - 1)) > 1
        return (
            is_led
            and all(self.strips[at].row.texts[cell] for cell in self._filled(at - 1))
            and self._is_linked(at - 1, at)
        )

    def _rows_between(self, block: list[int]) -> list[list[int]]:
        """The rows of a block with figures in one line only: the lines below it belong to it, and those above that can
        be no heading."""
        anchor = next(at for at in block if self.kinds[at] == "figures")
        above = range(block[0], anchor)
        first = block[0] if all(self._leads(at, self.strips[block[0]].is_ruled) for at in above) else anchor
        last = anchor
        while last < block[-1] and self.kinds[last + 1] == "bare" and self._follows(last + 1):
            last += 1
        alone = [[at] for at in block if not first <= at <= last]
        return sorted([*alone, list(range(first, last + 1))])

    def _follows(self, at: int) -> bool:
        """Whether a line below the figures of its row is part of the row."""
        return not self._is_label(at) or all(self._is_full(at - 1, column) for column in self._named(at))

    def _leads(self, at: int, is_ruled: bool) -> bool:
        """Whether a line above the figures of its row is part of the row: its names go on in the next line."""
        if self.kinds[at] != "bare" or self._is_label(at, leads=True):
            return False
        is_certain = is_ruled or len(self._filled(at)) > 1
        return all(
            self.strips[at + 1].row.texts[column]
            and (is_certain or (self._is_full(at, column) and self.full_count[column] > 1))
            for column in self._named(at)
        )

    def _rows_below(self, block: list[int]) -> list[list[int]]:
        """The rows of a block with figures in many lines, or in none: lines that are full go on in the next, where that
        gives each row one line with figures (what a page break left on top aside) and no heading is likely; else lines
        that go on with the name above belong to it, where all lines that begin with a piece of a name do."""
        linked = self._runs(block, lambda at: self._is_linked(at - 1, at))
        is_first = block[0] <= bool(self.header)
        carried_over = [] if is_first else next((run for run in linked if self.kinds[run[0]] != "other"), [])
        are_rows = all(self._is_row(run) for run in linked if run is not carried_over or self._has_figures(run))
        if are_rows and not (any(map(self._is_lone_name, linked)) and any(map(self._is_name_above, linked))):
            return linked
        going_on = {at for at in block if self.kinds[at] == "bare" and self._named(at) and not self._is_label(at)}
        if all(at > block[0] and self._goes_on(at) for at in going_on) and not all(map(self._may_lead, going_on)):
            found = self._runs(block, going_on.__contains__)
            if not any(self._is_doubtful(members) for members in found):
                return found
        return [[at] for at in block]

    @staticmethod
    def _runs(block: list[int], goes_on: Callable[[int], bool]) -> list[list[int]]:
        found = [block[:1]]
        for at in block[1:]:
            if goes_on(at):
                found[-1].append(at)
            else:
                found.append([at])
        return found

    def _is_row(self, members: list[int]) -> bool:
        """Whether lines linked with each other are a row: figures in one of them, names without a gap."""
        kinds = [self.kinds[at] for at in members]
        if len(members) == 1:
            return kinds[0] != "bare" or self._is_label(members[0]) or self._is_lone_name(members)
        named = [at for at in members if self._named(at)]
        return kinds.count("figures") == 1 and all(below == above + 1 for above, below in pairwise(named))

    def _is_lone_name(self, members: list[int]) -> bool:
        """Whether a line has a name alone between others with room to spare, so that it goes on with none."""
        at = members[0]
        around = [line for line in (at - 1, at) if 0 <= line < len(self.strips) - 1]
        named = self._named(at) if len(members) == 1 and self.kinds[at] == "bare" and not self._is_label(at) else []
        return bool(named) and not any(self._is_full(line, column) for column in named for line in around)

    def _is_name_above(self, members: list[int]) -> bool:
        """Whether nothing but a name stands above a line with figures."""
        first = members[0]
        return len(members) == 2 and self.kinds[first] == "bare" and self._filled(first) == self._named(first)

    def _has_figures(self, members: list[int]) -> bool:
        return any(self.kinds[at] == "figures" for at in members)

    def _is_linked(self, above: int, below: int) -> bool:
        """Whether a line goes on with the line above: cells of both are full there, names among them."""
        kinds = (self.kinds[above], self.kinds[below])
        if kinds not in _LINKS or (kinds[1] == "bare" and self._is_label(below)):
            return False
        if kinds[0] == "bare" and self._is_label(above, leads=True):
            return False
        both = [column for column in self._filled(above) if self.strips[below].row.texts[column]]
        ended = [column for column in both if self.strips[above].row.texts[column][-1] in "。!?"]
        full = [column for column in both if self._is_full(above, column)]
        if set(full) <= set(ended) or not set(ended) <= set(full):
            return False
        named = [column for column in both if column in self.names]
        return all(column in full and self._is_certain(above, column, len(both) > 1) for column in named)

    def _is_certain(self, above: int, column: int, has_more: bool) -> bool:
        """Whether a full name and the words below it are one name, rather than a name and a heading. ``has_more``:
        other cells go on beside it."""
        name, rest = (self.strips[at].row.texts[column] for at in (above, above + 1))
        ends = name_end()
        is_whole = ends.search(name) is not None
        ends_name = ends.search(name + rest) is not None
        is_tail = ends_name and len(rest) <= _LONGEST_TAIL
        is_rest = is_tail or (ends_name and name_rest().match(rest) is not None)
        if has_open_bracket(name) or is_rest or _BRACKET.fullmatch(rest) or self.are_wrapped:
            return True
        has_edge = self.full_count[column] > 1
        if 0 in self.figures:
            return has_more or has_edge or (self.kinds[above] == "figures" and not is_whole and ends_name)
        return not is_whole and (has_more or (has_edge and ends_name))

    def _goes_on(self, at: int) -> bool:
        """Whether a line goes on with the line above it: its cells are filled there, and the names are full."""
        above = self.strips[at - 1].row.texts
        filled = self._filled(at)
        if self.kinds[at - 1] == "other" or not all(above[column] for column in filled):
            return False
        return all(
            self._is_full(at - 1, column) and self._is_certain(at - 1, column, len(filled) > 1)
            for column in self._named(at)
        )

    def _may_lead(self, at: int) -> bool:
        """Whether the names of a line might as well go on in the line below it."""
        if at + 1 == len(self.strips) or self.kinds[at + 1] == "other":
            return False
        return all(self.strips[at + 1].row.texts[column] and self._is_full(at, column) for column in self._named(at))

    def _is_doubtful(self, members: list[int]) -> bool:
        """Whether the last line of a row, whose name ends without it, might as well begin the next."""
        last = members[-1]
        if len(members) == 1 or last + 1 == len(self.strips) or not self._may_lead(last):
            return False
        above = ["".join(self.strips[at].row.texts[column] for at in members[:-1]) for column in self._named(last)]
        return any(map(name_end().search, above))

    def _is_full(self, at: int, column: int) -> bool:
        """Whether the cell had no room for the first word of the one below it."""
        word = _TOKEN.match(self.strips[at + 1].row.raws[column])
        return word is not None and self.widths[at][column] + display_width(word[0]) > self.limits[column]

    def _is_label(self, at: int, leads: bool = False) -> bool:
        """Whether a name is rather the heading of rows, a sum or a remark. ``leads``: it stands above figures, where it
        may begin with a number as other names do."""
        for name in self._names_in(at):
            numbering = parse_numbering(name)
            is_numbered = numbering is not None and not (leads and numbering.style in self.styles)
            if is_numbered or is_total(name) or _REMARK.match(name):
                return True
        return False

    def _filled(self, at: int) -> list[int]:
        return [column for column, text in enumerate(self.strips[at].row.texts) if text]

    def _named(self, at: int) -> list[int]:
        return [column for column in self._filled(at) if column in self.names]

    def _names_in(self, at: int) -> list[str]:
        return [self.strips[at].row.texts[column] for column in self._named(at)]
