"""Headcounts given in a table: a label beside its number, labels above one row, or posts and people by kind of staff.

Headcounts in running text are in headcount.py.
"""

from __future__ import annotations

from transforms.documents.model import Cell, Table
from transforms.facts.figure_tables import labelled_cells
from transforms.facts.headcount_labels import cell_kind, headcount_words
from transforms.facts.mentions import FigureBook, Mention, Span, table_lines
from transforms.language.numerals import Number, parse_number

_PERSONS = "人名个"
_SAMPLE_ROWS = 8


def add_table_headcount(table: Table, index: int, book: FigureBook) -> None:
    """Notes the ``headcount:<kind>`` figures of a table in a section about the department."""
    sample = [cell.text for line in list(table_lines(table))[:_SAMPLE_ROWS] for cell in line]
    if not any(cell_kind(text) not in (None, "total") or "编制" in text or "人数" in text for text in sample):
        return
    posts = [at for at, cell in enumerate(table.header) if cell_kind(cell.text) == "approved_posts"]
    actual = [
        at for at, cell in enumerate(table.header) if at not in posts and headcount_words().actual.search(cell.text)
    ]
    if posts and actual:
        _add_by_kind(table, posts[0], actual[0], index, book)
        return
    for labelled in labelled_cells(table, None):
        _add(cell_kind(labelled.label.text), labelled.cell, index, book)


def _add_by_kind(table: Table, posts: int, actual: int, index: int, book: FigureBook) -> None:
    """Rows are kinds of staff, columns posts and people; posts count only in the row of all of them."""
    for row in table.rows:
        kind = next((found for cell in row.cells[: min(posts, actual)] if (found := cell_kind(cell.text))), None)
        if kind == "total" and posts < len(row.cells):
            _add("approved_posts", row.cells[posts], index, book)
        if actual < len(row.cells):
            is_established = kind == "total" and "在编" in table.header[actual].text
            _add("established" if is_established else kind, row.cells[actual], index, book)


def _add(kind: str | None, cell: Cell, index: int, book: FigureBook) -> None:
    number = _whole_number(cell.text)
    if kind is None or number is None:
        return
    unit = cell.text[-1:] if cell.text[-1:] in _PERSONS else None
    figure = Span(0, len(cell.text) - (unit is not None))
    book.add(Mention(f"headcount:{kind}", number.value, number.quantum, unit, index, figure, Span(0, 0), 0, None, cell))


def _whole_number(text: str) -> Number | None:
    number = parse_number(text.rstrip(_PERSONS)) if text else None
    is_whole = number is not None and not number.is_percent and number.value == number.value.to_integral_value()
    return number if is_whole else None
