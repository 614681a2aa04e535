"""Tables without rules between their columns: found by their headings, parted where no text stands.

Tables with rules on all sides of their cells belong to ruled.py.
"""

from __future__ import annotations

from transforms.documents.pdf.bands import Placed, bands, plain_bands, table_of
from transforms.documents.pdf.column_edges import (
    column_edges,
    column_of,
    fits,
    heading_count,
    is_larger,
    is_set,
    names_row,
    placed_in,
    setting_of,
    spans,
)
from transforms.documents.pdf.frame import Box
from transforms.documents.pdf.heading_lines import (
    are_cells,
    are_side_by_side,
    heads_row,
    holds_figures,
    is_broken_heading,
    is_figure_line,
    is_heading_line,
    is_numbered,
    is_pair,
    is_upper_line,
    is_word,
    may_head,
)
from transforms.documents.pdf.printed import PrintedLine
from transforms.documents.pdf.ruled import PageTable, Setting
from transforms.documents.pdf.rules import Rule
from transforms.documents.tables.cells import is_number
from transforms.language.text import normalise

_WIDE = 0.5  # of the table's width: a wider piece of text at its left is no cell
_HEADING_LINES = 8
_RECORD_LINES = 6
_FEWEST_FIELDS = 3
_FEW_LINES = 8  # of a table that the page ends: those of the next page show its columns
_NEAR = 2.0  # points between beginnings that are the same
_SIZES = 0.1
_LONGEST_WORD = 12
_HEADING = 5.0  # em that headings take up at most
_UPPER = 2.2  # em between headings and those above
_FEWEST_RULES = 3
_ALIKE = 6.0  # points by which the ends of a table's rules may differ
_UNDER = 3.0  # em below a rule
_CLOSE = 0.6  # of an em between the lines of a heading, at most
_AFTER = 2.2  # em between a table and what stands below it, when it is no row


def unruled_tables(
    lines: list[PrintedLine],
    rules: list[Rule],
    tables: list[PageTable],
    above: PageTable | None,
    below: list[PrintedLine],
) -> list[PrintedLine | PageTable]:
    """Everything on a page from the top down: the lines outside of tables, the ruled tables given, and the tables
    found here. ``above``: the table with which the page before ends, if it does; ``below``: the lines of the page
    after, on which the rows may stand whose headings end this one."""
    finder = _Finder(lines, rules, tables, below)
    items: list[PrintedLine | PageTable] = [*finder.find(above), *finder.left(), *tables]
    return sorted(items, key=lambda item: item.box.top)


class _Finder:
    def __init__(
        self, lines: list[PrintedLine], rules: list[Rule], tables: list[PageTable], below: list[PrintedLine]
    ) -> None:
        self.lines = [line for line in lines if not line.is_furniture]
        self.furniture = [line for line in lines if line.is_furniture]
        self.below = [line for line in below if not line.is_furniture]
        self.barriers = [table.box.top for table in tables]
        self.rules = [rule for rule in rules if not any(_is_within(rule, table.box) for table in tables)]
        self.taken = [False] * len(self.lines)

    def left(self) -> list[PrintedLine]:
        """The lines that belong to no table found."""
        return self.furniture + [line for line, is_taken in zip(self.lines, self.taken, strict=True) if not is_taken]

    def find(self, above: PageTable | None) -> list[PageTable]:
        """The tables, from the top down."""
        found: list[PageTable] = []
        at = 0
        while at < len(self.lines):
            table, stop = None, at + 1
            setting = above.setting if above is not None and at == 0 else None
            if above is not None and setting is not None and self._goes_on(above.edges, setting):
                table, stop = self._rest(above.edges, setting)
            elif self._begins(at):
                table, stop = self._table(at)
            if table is not None:
                found.append(table)
                start = next(start for start, line in enumerate(self.lines) if line.box.top >= table.box.top)
                self.taken[start:stop] = [True] * (stop - start)
            at = stop
        return found

    def _goes_on(self, edges: list[float], setting: Setting) -> bool:
        """Whether the page begins with rows of a table with these edges and so set, headings not printed again."""
        headings = (at for at, line in enumerate(self.lines[:_HEADING_LINES]) if is_heading_line(line))
        first, *others = self.lines[:2]
        is_tall = bool(others) and others[0].box.top - first.box.bottom < _CLOSE * first.em
        is_tall = is_tall and names_row(first, edges, setting) and fits(others[0], edges, setting)
        return (is_tall or fits(first, edges, setting)) and not any(self._heading(at)[0] == 0 for at in headings)

    def _begins(self, at: int) -> bool:
        line = self.lines[at]
        is_head = is_heading_line(line) or may_head(line) or (are_cells(line) and self._is_under_rules(line))
        return (is_head and not self._stands_above_headings(at)) or self._is_record(at) or self._is_framed(at)

    def _stands_above_headings(self, at: int) -> bool:
        """Whether a line is the upper one of headings rather than headings itself."""
        reach = self.lines[at].box.bottom + _HEADING * self.lines[at].em
        for line in self.lines[at + 1 : at + _HEADING_LINES]:
            if line.box.top > reach or not all(map(is_word, line.runs)):
                return False
            if is_heading_line(line):
                return True
        return False

    def _is_record(self, at: int) -> bool:
        """Whether a field and its value, or a name and a figure, stand on the line, and others below it in the same two
        columns."""
        lines = [line for line in self.lines[at : at + _RECORD_LINES] if is_pair(line)]
        if not lines or lines[0] is not self.lines[at]:
            return False
        lefts = [[run.box.left for run in line.runs] for line in lines]
        same = sum(all(abs(one - other) < _NEAR for one, other in zip(pair, lefts[0], strict=True)) for pair in lefts)
        return same >= _FEWEST_FIELDS or (is_figure_line(lines[0]) and self._has_headings(at))

    def _has_headings(self, at: int) -> bool:
        """Whether headings of two columns stand right above a name and its figure."""
        head = self.lines[self._above_record(at) : at]
        return heading_count(head, self.lines[at].em) == 2

    def _above_record(self, at: int) -> int:
        """The first line of the headings of names and figures, which are short words right above."""
        while at and not self.taken[at - 1] and len(self.lines[at - 1].runs) < 3 and self._is_right_above(at):
            at -= 1
        return at

    def _is_right_above(self, at: int) -> bool:
        line, below = self.lines[at - 1], self.lines[at]
        is_alike = abs(line.em - below.em) < _SIZES * below.em
        return is_alike and below.box.top - line.box.bottom < _UPPER * below.em and all(map(is_word, line.runs))

    def _is_framed(self, at: int) -> bool:
        """Whether the line is the first between two rules of one length that hold headings and rows of figures, or one
        of headings right above a single such row."""
        top = self.lines[at].box.top
        above = [rule for rule in self.rules if top - _UNDER * self.lines[at].em < rule.at <= top]
        ends = [rule.at for rule in self.rules if above and rule.at > top and _is_alike(rule, above[-1])]
        inner = [line for line in self.lines[at : at + _HEADING_LINES] if ends and line.box.middle < ends[0]]
        return holds_figures(inner) or heads_row(self.lines[at : at + 2])

    def _is_under_rules(self, line: PrintedLine) -> bool:
        """Whether the line is the first under a rule that others of the same length follow."""
        top = line.box.top
        near = [rule for rule in self.rules if top - _UNDER * line.em < rule.at <= line.box.middle]
        if not near:
            return False
        alike = [rule for rule in self.rules if _is_alike(rule, near[-1])]
        return len(alike) >= _FEWEST_RULES and alike[0] == near[-1]

    def _rest(self, edges: list[float], setting: Setting) -> tuple[PageTable | None, int]:
        """The rest of a table with these edges and so set, on top of the page."""
        stop = self._first_broken(0, self._reach(0, edges[0]), edges, setting)
        rows = bands(self._placed(0, stop, edges), self.rules, setting)
        return self._settled(0, stop, rows, edges, setting)

    def _table(self, start: int) -> tuple[PageTable | None, int]:
        """The table of which the line ``start`` is one of headings, or the first; and the number of the line after."""
        seed = first = start
        if not self._is_record(start) or is_heading_line(self.lines[start]):
            start, first = self._heading(start)
        elif is_figure_line(self.lines[start]):
            start = self._above_record(start)
        stop = self._reach(seed, min(line.box.left for line in self.lines[start : max(first, seed + 1)]))
        is_cut = first == len(self.lines)
        follows = self.below if stop == len(self.lines) and stop - first <= _FEW_LINES else []
        below = [*self.lines[first:stop], *follows]
        edges, count = column_edges(below, self.lines[start:first])
        if len(edges) < 3 or not count:
            return None, seed + 1
        setting = setting_of(below[:count], edges)
        stop = self._first_broken(first, min(first + count, stop), edges, setting)
        head, body = self._placed(start, first, edges), self._placed(first, stop, edges)
        rows = bands(body, self.rules) if head else plain_bands(body, self.rules, is_one=False)
        table, stop = self._settled(start, stop, plain_bands(head, self.rules, is_one=True) + rows, edges, setting)
        return (table, stop) if table is not None and len(table.rows) > (not is_cut) else (None, seed + 1)

    def _placed(self, start: int, stop: int, edges: list[float]) -> list[Placed]:
        return [piece for line in self.lines[start:stop] for run in line.runs for piece in placed_in(run, edges)]

    def _reach(self, start: int, left: float) -> int:
        """Where a table that begins at ``start`` ends at the latest: at a ruled one, a paragraph, another heading.
        ``left``: its left side."""
        first = self.lines[start]
        right = max(line.box.right for line in self.lines)
        barrier = next((top for top in self.barriers if top > first.box.top), float("inf"))
        for at in range(start + 1, len(self.lines)):
            line = self.lines[at]
            run = line.runs[0]
            is_paragraph = run.box.left < left + 3 * line.em and run.box.width > _WIDE * (right - left)
            is_next = is_heading_line(line) and at > start + 2 and not is_heading_line(self.lines[at - 1])
            if line.box.top > barrier or is_paragraph or is_next:
                return at
        return len(self.lines)

    def _heading(self, at: int) -> tuple[int, int]:
        """The first line of the headings of which ``at`` is one line, and the line after their last: headings are
        lines close together without figures or long texts, down to a rule, and those over several columns above."""
        start, stop = at, at + 1
        while start and not self.taken[start - 1] and self._hang_together(start - 1, start):
            start -= 1
        while stop < min(len(self.lines), start + _HEADING_LINES) and self._hang_together(stop - 1, stop):
            stop += 1
        if start and not self.taken[start - 1] and is_upper_line(self.lines[start - 1], self.lines[start]):
            start -= 1
        elif stop == at + 1 < len(self.lines) and self._is_upper(at):
            stop += 1
            while stop < min(len(self.lines), start + _HEADING_LINES) and self._hang_together(stop - 1, stop):
                stop += 1
        return start, stop

    def _is_upper(self, at: int) -> bool:
        """Whether a line holds headings over several columns: more of them stand right below, close together."""
        below: list[PrintedLine] = []
        for line in self.lines[at + 1 : at + _HEADING_LINES]:
            above = below[-1] if below else self.lines[at]
            gap = line.box.top - above.box.bottom
            if gap > (_CLOSE if below else _UPPER) * line.em or not all(map(is_word, line.runs)):
                break
            below.append(line)
        return heading_count(below, self.lines[at].em) > len(self.lines[at].runs)

    def _hang_together(self, above: int, below: int) -> bool:
        """Whether two lines are both of one heading, when one is."""
        upper, lower = self.lines[above], self.lines[below]
        if is_heading_line(upper) and is_heading_line(lower):
            return True
        is_close = lower.box.top - upper.box.bottom < _CLOSE * lower.em
        left, right = min(upper.box.left, lower.box.left), max(upper.box.right, lower.box.right)
        between = [rule for rule in self.rules if upper.box.middle < rule.at < lower.box.middle]
        is_ruled = any(rule.start <= left + 2 and rule.end >= right - 2 for rule in between)
        texts = [normalise(run.text) for run in (*upper.runs, *lower.runs)]
        is_short = all(len(text) <= _LONGEST_WORD and not is_number(text) for text in texts)
        is_near = (are_cells(upper) and are_cells(lower)) or lower.box.top < upper.box.bottom
        is_one = is_near or is_broken_heading(upper, lower) or are_side_by_side(upper, lower)
        return is_close and is_short and not is_ruled and is_one

    def _first_broken(self, start: int, stop: int, edges: list[float], setting: Setting) -> int:
        """The first line that is no row of a table with these edges and so set: one that runs over them, or is set
        otherwise, or a title below."""
        for at in range(start, stop):
            line = self.lines[at]
            if any(spans(run, edges) for run in line.runs) or not is_set(line, edges, setting):
                return at
            is_apart = at > start and line.box.top - self.lines[at - 1].box.bottom > _AFTER * line.em
            if is_larger(line, setting) or (is_apart and is_numbered(line) and column_of(line.runs[0], edges) == 0):
                return at
        return stop

    def _settled(
        self, start: int, stop: int, rows: list[list[Placed]], edges: list[float], setting: Setting
    ) -> tuple[PageTable | None, int]:
        """The table of the rows, those that are none at its end left out, and the number of the line after it."""
        while rows and not _is_row(rows[-1]):
            rows.pop()
        if not rows:
            return None, start + 1
        last = max(run.box.middle for run, _ in rows[-1])
        stop = next((at for at in range(start, stop) if self.lines[at].box.middle > last + 1), stop)
        return table_of(rows, edges, setting), stop


def _is_within(rule: Rule, box: Box) -> bool:
    return box.top - 2 <= rule.at <= box.bottom + 2 and box.left - 2 <= rule.start and rule.end <= box.right + 2


def _is_alike(rule: Rule, other: Rule) -> bool:
    return abs(rule.start - other.start) < _ALIKE and abs(rule.end - other.end) < _ALIKE


def _is_row(row: list[Placed]) -> bool:
    """Whether the last row is one: it fills more than a column, or goes on in another than the first."""
    columns = {column for _, column in row}
    return len(columns) > 1 or columns != {0} or any(is_number(normalise(run.text)) for run, _ in row)
