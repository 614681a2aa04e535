"""The items of pages as lines of a document: numbers, pages, indents, gaps; and as grids what is ruled.

What stands on a page was found before; putting lines together is assembly.py's business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from statistics import median_low

from transforms.documents.lines import Line
from transforms.documents.model import Grid
from transforms.documents.pdf.blocks import full_in_blocks
from transforms.documents.pdf.cut_rows import wrapped_columns
from transforms.documents.pdf.grids import Placed, grids_of, widened
from transforms.documents.pdf.pages import Item, Page
from transforms.documents.pdf.printed import PrintedLine, has_room, is_alike
from transforms.documents.pdf.ruled import PageTable, Slot

_GAP = 1.4  # of the usual distance of lines: a wider one is a gap
_COMMON = 0.05  # share of all lines that begin at the margin, at least
_FIRST_ROWS = 4  # of a page, headings printed again among them


def page_lines(pages: list[Page]) -> tuple[list[Line], list[Grid]]:
    """The lines of the pages, numbered through the document (a row of a table counts as one line), a blank one where
    a gap is; and their ruled tables."""
    return _Setting(pages).run()


class _Setting:
    """``margin``: where lines usually begin; ``pitch``: how far lines are usually apart, in ems; ``full``: the lines
    on which the next finds no room, by identity."""

    def __init__(self, pages: list[Page]) -> None:
        self.pages = pages
        texts = [
            item for page in pages for item in page.items if isinstance(item, PrintedLine) and not item.is_furniture
        ]
        self.margin = _margin(texts)
        self.pitch = _pitch(pages)
        self.full = _full_lines(pages) | full_in_blocks((page.items for page in pages), _GAP * self.pitch)
        self.before: PageTable | None = None  # the table that ended the page before
        self.last: PageTable | None = None  # the last table, with the columns of the one that it goes on from
        self.lines: list[Line] = []
        self.tables: list[Placed] = []
        self.number = 0

    def run(self) -> tuple[list[Line], list[Grid]]:
        """All pages, set."""
        for page in self.pages:
            number = page.number
            above: Item | None = None
            for item in page.items:
                self._gap(above, item, number)
                if isinstance(item, PageTable):
                    self._table(item, number, is_first=above is None)
                else:
                    self.before = self.before if item.is_furniture else None
                    self._put(self._indent(item) + item.text, number, above is None, is_full=id(item) in self.full)
                    self.lines[-1] = replace(self.lines[-1], is_running=item.is_furniture)
                above = item
            last = next((item for item in reversed(page.items) if not _is_furniture(item)), None)
            self.before = self.last if isinstance(last, PageTable) else None
        return self.lines, grids_of(self.tables)

    def _put(self, raw: str, page: int, is_first: bool, is_full: bool | None = None) -> None:
        self.number += 1
        is_break = is_first and bool(self.lines)
        self.lines.append(Line(raw, self.number, page, is_break, is_full=is_full))

    def _gap(self, above: Item | None, item: Item, page: int) -> None:
        if isinstance(above, PrintedLine) and isinstance(item, PrintedLine):
            distance = (item.box.middle - above.box.middle) / max(item.em, above.em)
            if distance > _GAP * self.pitch or distance < 0:
                self.lines.append(Line("", self.number, page))

    def _indent(self, line: PrintedLine) -> str:
        left = line.box.left - self.margin
        return " " * line.blanks(left) if left >= line.em else ""

    def _table(self, table: PageTable, page: int, is_first: bool) -> None:
        above: list[Slot] = []
        before, self.before = self.before, None
        self.last = widened(table, before) if before is not None else table
        for at, row in enumerate(self.last.rows):
            cells = tuple(slot.text for slot in row)
            raw = "\t".join(cell.replace("\n", " ") for cell in cells)
            self._put(raw, page, is_first and not at)
            merged = frozenset(
                column for column, pair in enumerate(zip(above, row, strict=False)) if pair[0] is pair[1]
            )
            wraps = wrapped_columns(before, row) if before is not None and at < _FIRST_ROWS else frozenset()
            self.lines[-1] = replace(self.lines[-1], cells=cells, merged=merged, wraps=wraps)
            above = row
        if table.is_ruled:
            first = self.number - len(table.rows) + 1
            self.tables.append(Placed(table, page, first))


def _margin(lines: list[PrintedLine]) -> float:
    """The leftmost place at which more than a few lines begin."""
    counts = Counter(round(line.box.left) for line in lines)
    for left in sorted(counts):
        if sum(counts[near] for near in range(left, left + 3)) >= max(_COMMON * len(lines), 2):
            return float(left)
    return min((line.box.left for line in lines), default=0.0)


def _pitch(pages: Iterable[Page]) -> float:
    """The usual distance of lines in ems: the lower median of all that follow each other."""
    distances = [
        (below.box.middle - above.box.middle) / max(above.em, below.em)
        for page in pages
        for above, below in pairwise(page.items)
        if isinstance(above, PrintedLine) and isinstance(below, PrintedLine) and below.box.middle > above.box.middle
    ]
    return median_low(distances) if distances else 0.0


def _full_lines(pages: list[Page]) -> set[int]:
    """The lines, by identity, on which the first word of the line below found no room: pages alike in width have the
    same right edge. Lines in the margins are measured by all lines, others among themselves."""
    full: set[int] = set()
    for is_marked in (False, True):
        edges = {width: _right_edge(pages, width, is_marked) for width in _widths(pages)}
        flow = [
            (item, round(page.width)) for page in pages for item in page.items if is_marked or not _is_furniture(item)
        ]
        full |= {
            id(above)
            for (above, width), (below, _) in pairwise(flow)
            if isinstance(above, PrintedLine)
            and isinstance(below, PrintedLine)
            and above.is_furniture == is_marked
            and is_alike(above, below)
            and not has_room(above, below, edges[width])
        }
    return full


def _widths(pages: list[Page]) -> set[int]:
    return {round(page.width) for page in pages}


def _is_furniture(item: Item) -> bool:
    return isinstance(item, PrintedLine) and item.is_furniture


def _right_edge(pages: list[Page], width: int, is_marked: bool) -> float:
    """The rightmost place that more than a few lines of pages so wide reach, if there are many. ``is_marked``: lines in
    the margins count too."""
    items = [item for page in pages if round(page.width) == width for item in page.items]
    lines = [item for item in items if isinstance(item, PrintedLine) and (is_marked or not item.is_furniture)]
    rights = sorted((line.reach for line in lines), reverse=True)
    return rights[int(_COMMON * len(rights))] if rights else 0.0
