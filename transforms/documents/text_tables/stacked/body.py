"""The rows of a table copied with a cell a line: which lines belong to which cell.

Rows are told by their figures: a row has one in each column of figures. Text between figures belongs to the columns
between them: a line each, or as many lines as only one way of parting them allows. Lines that may be parted in several
ways stay together in the last column; the table goes on where a row certainly begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from transforms.documents.tables.cells import is_figure, is_number
from transforms.documents.text_tables.stacked.columns import StackedColumns, columns_of, ends_sentence
from transforms.documents.text_tables.stacked.header import repeats
from transforms.documents.text_tables.stacked.lines import Stack

_MOST_CUT = 3


@dataclass(frozen=True, slots=True)
class StackedRow:
    """The filled lines of a row, those of each cell; ``cells`` is empty for a line that is no row (a group's heading,
    a caption). ``stop``: the line behind it; ``is_body``: neither header nor such a line."""

    first: int
    stop: int
    cells: list[list[int]]
    is_body: bool = True


def body_of(stack: Stack, header: list[list[int]]) -> list[StackedRow]:
    """The rows of the table below a header, which is the first of them; none without a known layout."""
    if not header:
        return []
    first, at = header[0][0], header[-1][-1] + 1
    columns = columns_of(stack, header)
    if columns is None:
        return []
    body = _Body(stack, columns)
    rows = [StackedRow(first, at, header, is_body=False)]
    while at < len(stack.filled):
        row = None if body.is_open else body.row_at(at)
        start = body.next_start(at + (not body.is_open)) if row is None else at
        if start is None:
            break
        rows += [row] if row else [StackedRow(here, here + 1, [], is_body=False) for here in range(at, start)]
        at, body.is_open = rows[-1].stop, body.is_open and row is not None
    while not rows[-1].is_body and len(rows) > 1:
        rows.pop()
    return [line for row, below in zip_longest(rows, rows[1:]) for line in _unless_bare(row, below)]


def _unless_bare(row: StackedRow, below: StackedRow | None) -> list[StackedRow]:
    """A row, or the lines of a header without a row below it."""
    if row.is_body or not row.cells or (below is not None and below.cells):
        return [row]
    return [StackedRow(at, at + 1, [], is_body=False) for at in range(row.first, row.stop)]


class _Body:
    def __init__(self, stack: Stack, columns: StackedColumns) -> None:
        self.stack = stack
        self.columns = columns
        self.serial: int | None = None
        self.is_open = False  # lines of the row above follow that are not told apart

    def row_at(self, at: int) -> StackedRow | None:
        """The row that begins at a line, or the line itself where it stands between rows."""
        header = repeats(self.stack, at, self.columns.headings)
        if header:
            return StackedRow(at, header[-1][-1] + 1, header, is_body=False)
        if (self.stack.heads_group(at) or self.stack.is_caption(at)) and self._starts(at + 1):
            return StackedRow(at, at + 1, [], is_body=False)
        lead = self._lead(at)
        if lead and lead[0]:
            self.serial = self.stack.serial(at)
        row = self._whole(at, lead)
        if row is None or not self._starts(row.stop):
            last = row if row is not None and self._is_last(row) else None
            row = self._with_blanks(at, lead) or self._parted(at, lead) or last or self._with_rest(at, lead)
        return row

    def _with_rest(self, at: int, lead: list[list[int]]) -> StackedRow | None:
        """A row whose last texts are not told apart: they stay together in the last column."""
        row = self._parted(at, lead, is_known=False)
        start = self.next_start(row.stop) if row else None
        if row is None or start is None or any(is_number(self.stack.text(here)) for here in range(row.stop, start)):
            self.is_open = row is not None
            return row
        return StackedRow(at, start, [*row.cells[:-1], list(range(row.stop, start))])

    def _is_last(self, row: StackedRow) -> bool:
        """Whether no figures follow the texts of a row close by."""
        return not is_number(self.stack.text(self._end_of_texts(row.stop - self.columns.tail)))

    def next_start(self, at: int) -> int | None:
        """Where from a line on a row certainly begins: by its number, or behind the end of a sentence
        where the last texts of rows end so."""
        is_closed = bool(self.columns.tail and self.columns.are_closed[-1])
        for here in range(at, min(at + 2 * self.columns.width + _MOST_CUT, len(self.stack.filled))):
            is_next = self._is_serial(here) and self.stack.serial(here) != 1
            is_behind_end = is_closed and not self.columns.has_serial and ends_sentence(self.stack.text(here - 1))
            is_header = bool(repeats(self.stack, here, self.columns.headings))
            if is_header or ((is_next or is_behind_end) and self._starts(here)):
                return here
        return None

    def _is_serial(self, at: int) -> bool:
        number = self.stack.serial(at) if self.columns.has_serial else None
        return number is not None and (self.serial is None or number in (1, self.serial + 1))

    def _lead(self, at: int) -> list[list[int]]:
        """The cell of the row's number, blank when it has none; no cell where rows are not numbered."""
        if not self.columns.has_serial:
            return []
        return [[at]] if self._is_serial(at) else [[]]

    def _starts(self, at: int) -> bool:
        """Whether a row begins at a line: its name, and right behind it as many figures as it has to have."""
        if repeats(self.stack, at, self.columns.headings):
            return True
        lead = self._lead(at)
        at += sum(map(len, lead))
        names = self.columns.lead_texts
        if any(not self.stack.text(here) or is_number(self.stack.text(here)) for here in range(at, at + names)):
            return False
        figures = [self.stack.text(here) for here in range(at + names, at + names + self.columns.lead_figures)]
        return all(map(is_figure, figures)) and any(map(is_number, figures))

    def _whole(self, at: int, lead: list[list[int]]) -> StackedRow | None:
        """A row with a line for each cell."""
        start = at + sum(map(len, lead))
        stop = start + self.columns.width - len(lead)
        cells = lead + [[here] for here in range(start, stop)]
        return StackedRow(at, stop, cells) if self.columns.fits(self.stack, cells) else None

    def _with_blanks(self, at: int, lead: list[list[int]]) -> StackedRow | None:
        """A row whose blank cells are blank lines, with another one right below."""
        if not self.columns.is_dense or lead == [[]]:
            return None
        for stop in range(at + 1, min(at + self.columns.width, len(self.stack.filled))):
            cells = [[at], *self.stack.gap(at, stop)]
            if len(cells) == self.columns.width and self._starts(stop):
                return StackedRow(at, stop, cells) if self.columns.fits(self.stack, cells) else None
        return None

    def _parted(self, at: int, lead: list[list[int]], is_known: bool = True) -> StackedRow | None:
        """A row whose texts take up several lines each, or none. Not ``is_known``: up to its last figure."""
        cells = list(lead)
        here = at + sum(map(len, cells))
        is_numbered = bool(cells and cells[0])
        columns = self.columns
        for is_text, count in columns.groups[:-1] if columns.tail else columns.groups:
            stop = self._end_of_texts(here) if is_text else here + count
            if is_text:
                found = columns.part(self.stack, here, stop, range(len(cells), len(cells) + count))
                if found is None or (len(cells) <= 1 and not is_numbered and not self._is_one_name(here, stop, count)):
                    return None
                cells += found
            elif all(is_figure(self.stack.text(figure)) for figure in range(here, stop)):
                cells += [[figure] for figure in range(here, stop)]
            else:
                return None
            here = stop
        tail = self._tail(here, columns.tail) if is_known and columns.tail else [[]] * columns.tail
        if tail is None or not self._has_number(cells):
            return None
        stop = next((cell[-1] + 1 for cell in reversed(tail) if cell), here)
        return StackedRow(at, stop, cells + tail)

    def _has_number(self, cells: list[list[int]]) -> bool:
        figures = [cells[column] for column in self.columns.figures if column < len(cells)]
        return any(is_number(self.stack.text(cell[0])) for cell in figures if cell)

    def _end_of_texts(self, at: int) -> int:
        stop = at
        most = at + _MOST_CUT * (self.columns.tail + self.columns.lead_texts) + _MOST_CUT
        while stop < most and self.stack.text(stop) and not is_number(self.stack.text(stop)):
            stop += 1
        return stop

    def _is_one_name(self, start: int, stop: int, count: int) -> bool:
        """Whether the lines before the figures of a row without a number are one name each, or one that was cut at the
        edge of its column or of the page: a group's heading may stand above a name as well."""
        if stop - start == count:
            return True
        is_cut_by_page = all(self.stack.line(at).is_break for at in range(start + 1, stop))
        longest = max((len(self.stack.text(at)) for at in range(start, stop - 1)), default=0)
        is_open = self.stack.text(start).count("(") > self.stack.text(start).count(")")
        return count == 1 and (is_open or is_cut_by_page or longest >= self.columns.longest_name)

    def _tail(self, start: int, count: int) -> list[list[int]] | None:
        """The cells behind the last figure of a row, or None where the lines up to the next row may be parted in
        several ways."""
        stop = self._end_of_texts(start)
        is_numbered = self._is_serial(stop) and not is_number(self.stack.text(stop + 1))
        for here in range(start, stop):
            if repeats(self.stack, here, self.columns.headings) or self.stack.ends_table(here):
                stop, is_numbered = here, True
                break
        else:
            if not is_number(self.stack.text(stop)):
                return None
        names = 0 if is_numbered else self.columns.lead_texts
        if self.columns.is_dense and stop - start < count + names and is_numbered and start:
            gap = self.stack.gap(start - 1, stop)
            return gap if len(gap) == count else ([[] for _ in range(count)] if stop == start else None)
        if stop - start == names:
            return [[] for _ in range(count)]
        first = self.columns.width - count
        name = self.columns.name_column
        found = self.columns.part(self.stack, start, stop, [*range(first, first + count), *range(name, name + names)])
        return found[:count] if found else None
