"""Tables of a web page: those that hold data, told from those that only lay the page out; their cells with spans.

What a cell says is written out by lines.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from transforms.documents.html.tree import Element
from transforms.documents.tables.sections import are_sections
from transforms.documents.tables.spans import Spanned

_MOST_SHARE = 2
"""Nested tables with more than one in so many of a table's characters make it a layout."""
_PAGE_SHARE = 0.6
_LONG_CELL = 500
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def data_tables(body: Element) -> set[int]:
    """The ids (``id()``) of the tables that hold data: two rows and two columns or more, no heading inside, no cell
    with the better part of the page, not made up of other tables, not of a report's sections."""
    found: set[int] = set()
    for element in body.elements():
        if element.tag == "table" and _holds_data(element, body.text_size):
            found.add(id(element))
    return found


def cells_of(table: Element) -> list[list[Spanned[Element]]]:
    """The table's own cells, row by row."""
    return [
        [Spanned(cell, _span(cell, "rowspan"), _span(cell, "colspan")) for cell in _below(row, ("td", "th"))]
        for row in _below(table, ("tr",))
    ]


def _holds_data(table: Element, page_size: int) -> bool:
    rows = cells_of(table)
    widest = max((sum(cell.across for cell in row) for row in rows), default=0)
    if len(rows) < 2 or widest < 2 or table.attributes.get("role") in ("presentation", "none"):
        return False
    pairs = [row for row in rows if len(row) != 1]
    if all(len(row) == 2 for row in pairs) and are_sections(
        [(row[0].content.text(), row[1].content.text_size) for row in pairs]
    ):
        return False
    cells = [cell.content for row in rows for cell in row]
    largest = max(cell.text_size for cell in cells)
    if largest > _LONG_CELL and largest > _PAGE_SHARE * page_size:
        return False
    nested = 0
    for cell in cells:
        for element in _shallow(cell):
            if element.tag in _HEADINGS:
                return False
            nested += element.text_size if element.tag == "table" else 0
    return nested * _MOST_SHARE <= table.text_size


def _below(element: Element, tags: tuple[str, ...]) -> list[Element]:
    """The nearest elements of these tags below, none from inside another table."""
    return [each for each in _shallow(element, tags) if each.tag in tags]


def _shallow(element: Element, stops: tuple[str, ...] = ()) -> Iterator[Element]:
    """All elements below, in order, but what lies inside tables (and ``stops``) among them."""
    waiting = [child for child in reversed(element.children) if isinstance(child, Element)]
    while waiting:
        each = waiting.pop()
        yield each
        if each.tag != "table" and each.tag not in stops:
            waiting += [child for child in reversed(each.children) if isinstance(child, Element)]


def _span(cell: Element, name: str) -> int:
    digits = cell.attributes.get(name, "").strip().strip("\"'")[:6]
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() else 1
