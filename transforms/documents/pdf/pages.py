"""A page of a PDF: its tables, and the printed lines around them, in reading order.

What a page holds only; pages are put together in reader.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from transforms.documents.pdf.columns import unruled_tables
from transforms.documents.pdf.footnotes import without_footnotes
from transforms.documents.pdf.frame import Box, Frame, Handle
from transforms.documents.pdf.margins import Margin, mark_furniture
from transforms.documents.pdf.objects import read_objects
from transforms.documents.pdf.open_rows import opened
from transforms.documents.pdf.page_columns import gutter, parted
from transforms.documents.pdf.printed import PrintedLine, printed_lines
from transforms.documents.pdf.ruled import PageTable, ruled_table
from transforms.documents.pdf.rules import Rule, Ruling, rulings, straight_rules
from transforms.documents.pdf.runs import Run, read_runs
from transforms.documents.pdf.sections import contents_of, section_tables
from transforms.documents.pdf.serials import with_serials_apart

Item = PrintedLine | PageTable


@dataclass(slots=True)
class Page:
    """What stands on a page, or on a column of one, in reading order; the page's width and number, from 1."""

    items: list[Item]
    width: float
    number: int


@dataclass(slots=True)
class Sheet:
    """What is printed on a page, or on one of its columns: lines outside of ruled tables, those tables,
    and horizontal rules.
    ``width``: that of the page; ``character_count`` counts its characters, ``unreadable_count`` those of them
    whose font does not say what they are; ``has_picture``: so may text."""

    lines: list[PrintedLine]
    tables: list[PageTable]
    rules: list[Rule]
    width: float
    number: int
    character_count: int
    unreadable_count: int
    has_picture: bool


def read_sheets(handle: Handle, frame: Frame, number: int) -> list[Sheet]:
    """The columns of the page with this pdfium handle, frame and number, most often one. Raises Unreadable when there
    is no end of objects."""
    drawn = read_objects(handle, frame)
    runs, unreadable_count = read_runs(handle, drawn.frame)
    horizontal, vertical = straight_rules(drawn.rules)
    visible = drawn.frame.visible
    middle = gutter(runs, horizontal, vertical, visible.height)
    columns = [runs] if middle is None else parted(runs, middle, visible.height)
    sheets: list[Sheet] = []
    for side, own in enumerate(columns):
        across = [rule for rule in horizontal if middle is None or (rule.end > middle) == side]
        down = [rule for rule in vertical if middle is None or (rule.at > middle) == side]
        tables, outside = _ruled(across, down, own)
        count = sum(len(run.text) for run in own)
        width = visible.width / len(columns)
        lines = without_footnotes(printed_lines(outside), across, tables, width)
        lost = 0 if side else unreadable_count
        sheets.append(Sheet(lines, tables, across, width, number, count, lost, drawn.has_picture))
    return sheets


def in_order(sheets: list[Sheet]) -> list[Page]:
    """What stands on each page, in reading order: tables without rules found, lines of text as they follow."""
    _open_sections(sheets)
    mark_furniture([Margin(sheet.lines, sheet.tables, sheet.number) for sheet in sheets])
    pages: list[Page] = []
    above: PageTable | None = None
    for sheet, after in zip(sheets, [*sheets[1:], None], strict=True):
        below = after.lines if after is not None else []
        lines = with_serials_apart(sheet.lines, above)
        items = unruled_tables(lines, sheet.rules, sheet.tables, above, below)
        above = _last_table(items)
        pages.append(Page(items, sheet.width, sheet.number))
    return pages


def _open_sections(sheets: list[Sheet]) -> None:
    """Puts the text of tables of sections among the lines, and the tables within them among the tables."""
    found = set(map(id, section_tables([table for sheet in sheets for table in sheet.tables])))
    for sheet in sheets if found else ():
        for table in [table for table in sheet.tables if id(table) in found]:
            lines, tables = contents_of(table)
            sheet.tables = [one for one in sheet.tables if one is not table] + tables
            sheet.lines = sorted([*sheet.lines, *lines], key=lambda line: line.box.middle)
            sheet.rules = [rule for rule in sheet.rules if not table.box.holds(rule.start + 1, rule.at)]
        sheet.tables.sort(key=lambda table: table.box.top)


def _last_table(items: list[Item]) -> PageTable | None:
    """The table without rules with which a page ends, if it does."""
    last = next((item for item in reversed(items) if isinstance(item, PageTable) or not item.is_furniture), None)
    return last if isinstance(last, PageTable) and not last.is_ruled else None


def _ruled(horizontal: list[Rule], vertical: list[Rule], runs: list[Run]) -> tuple[list[PageTable], list[Run]]:
    """The ruled tables, and the runs outside of them. What lies within another table is part of its cell."""
    tables: list[PageTable] = []
    found = sorted(rulings(horizontal, vertical), key=lambda one: -one.box.width * one.box.height)
    for ruling in found:
        outer = next((table for table in tables if _contains(table.box, ruling.box)), None)
        if outer is not None:
            _add_inner(outer, ruling)
            continue
        inside = [run for run in runs if _is_inside(run.box, ruling.box)]
        table = ruled_table(ruling, inside) if inside else None
        if table is not None:
            table.rows = opened(table.rows)
            tables.append(table)
            within = set(map(id, inside))
            runs = [run for run in runs if id(run) not in within]
    return sorted(tables, key=lambda table: table.box.top), runs


def _add_inner(outer: PageTable, ruling: Ruling) -> None:
    """Notes a table that stands within a cell of another."""
    runs = {id(run): run for row in outer.rows for slot in row for line in slot.lines for run in line.runs}
    inside = [run for run in runs.values() if _is_inside(run.box, ruling.box)]
    table = ruled_table(ruling, inside) if inside else None
    if table is not None:
        outer.inner.append(table)


def _contains(outer: Box, inner: Box) -> bool:
    return outer.holds(inner.left, inner.top) and outer.holds(inner.right, inner.bottom)


def _is_inside(run: Box, box: Box) -> bool:
    return box.holds(min(run.left + 2, run.right), run.middle)
