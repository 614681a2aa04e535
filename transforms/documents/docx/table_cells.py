"""The cells of a Word table in their columns: spans, merged cells, rows and cells inside content controls.

What cells say is read in body.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from transforms.documents.docx.names import TABLE, VAL, contained, first, number, value, w, whole
from transforms.documents.package import Element
from transforms.documents.refusals import refusal
from transforms.documents.tables.sections import are_sections

_ROW, _CELL, _ROW_PROPERTIES, _CELL_PROPERTIES = w("tr"), w("tc"), w("trPr"), w("tcPr")
_SPAN, _DOWN, _ACROSS, _DELETED_CELL = w("gridSpan"), w("vMerge"), w("hMerge"), w("cellDel")
_ROWS_OUT = (w("del"), w("hidden"))
_TEXT = w("t")
_CONTINUE = "continue"
_MOST_COLUMNS = 63
"""Word's own limit; what claims more spans no more."""
_MOST_ROW = 400
_MOST_CELLS = 300_000


@dataclass(slots=True, eq=False)
class Slot:
    """A cell, merged or single, that stands at each position it covers; ``element`` None where the row has none."""

    element: Element | None = None


def rows_of(table: Element) -> list[list[Slot]]:
    """The rows of a table, all equally long. Hidden rows, and rows and cells whose deletion is tracked, are left out.
    Raises Unreadable when the table is larger than any report's."""
    rows: list[list[Slot]] = []
    above: dict[int, Slot] = {}
    for element in _found(table, _ROW):
        properties = first(element, _ROW_PROPERTIES)
        if properties is not None and any(first(properties, name) is not None for name in _ROWS_OUT):
            continue
        row, above = _row(element, properties, above)
        rows.append(row)
    width = max(map(len, rows), default=0)
    if width > _MOST_ROW or width * len(rows) > _MOST_CELLS:
        raise refusal("too_many_cells", f"table of {len(rows)} rows, {width} columns")
    return [row + [Slot() for _ in range(width - len(row))] for row in rows]


def _row(element: Element, properties: Element | None, above: dict[int, Slot]) -> tuple[list[Slot], dict[int, Slot]]:
    """The row, and its cells that the row below may go on with, by column."""
    row = [Slot() for _ in range(_span(number(properties, w("gridBefore")), 0))]
    merged: dict[int, Slot] = {}
    for cell in _found(element, _CELL):
        span, down, across = _merging(cell)
        if across == _CONTINUE and row:
            slot = row[-1]
        else:
            slot = above.get(len(row), Slot(cell)) if down == _CONTINUE else Slot(cell)
        if down is not None and span:
            merged[len(row)] = slot
        row += [slot] * span
    return row, merged


def _merging(cell: Element) -> tuple[int, str | None, str | None]:
    """How many columns a cell spans (0 where its deletion is tracked), and whether it begins (restart) or goes on with
    (continue) a cell merged downwards or across."""
    span, down, across = 1, None, None
    properties = first(cell, _CELL_PROPERTIES)
    for child in () if properties is None else properties:
        if child.tag == _SPAN:
            span = _span(whole(child.get(VAL)), 1)
        elif child.tag == _DOWN:
            down = child.get(VAL) or _CONTINUE
        elif child.tag == _ACROSS:
            across = child.get(VAL) or _CONTINUE
        elif child.tag == _DELETED_CELL:
            return 0, None, None
    return span, down, across


def _span(count: int | None, least: int) -> int:
    return least if count is None else max(least, min(count, _MOST_COLUMNS))


def _found(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, those inside content controls and the like as well."""
    for child in parent:
        if child.tag == name:
            yield child
            continue
        inner = contained(child)
        if inner is not None:
            yield from _found(inner, name)


def parts_of(rows: list[list[Slot]]) -> Iterator[tuple[list[list[Slot]], bool]]:
    """The rows in stretches, and whether they only frame what stands inside: all rows of a single cell each, or of a
    section's heading beside its text; where tables inside hold more than half of the text, the rows with them."""
    if all(len(_elements(row)) <= 1 for row in rows) or _are_sections(rows):
        yield rows, True
        return
    cells = list({id(slot): slot.element for row in rows for slot in row if slot.element is not None}.values())
    inside = {id(cell): _size_inside(cell) for cell in cells if next(cell.iter(TABLE), None) is not None}
    if 2 * sum(inside.values()) <= sum(map(_text_size, cells if any(inside.values()) else ())):
        yield rows, False
        return
    for is_frame, part in groupby(rows, lambda row: any(inside.get(id(slot.element)) for slot in row)):
        yield list(part), is_frame


def _elements(row: list[Slot]) -> list[Element]:
    """The cells of a row, each once."""
    return list({id(slot): slot.element for slot in row if slot.element is not None}.values())


def _are_sections(rows: list[list[Slot]]) -> bool:
    """Whether the rows of two cells are a report's sections; those of one may be its title."""
    pairs = [own for row in rows if len(own := _elements(row)) != 1]
    return all(len(own) == 2 for own in pairs) and are_sections([(_text(own[0]), _text_size(own[1])) for own in pairs])


def _text(cell: Element) -> str:
    return "".join(text.text or "" for text in cell.iter(_TEXT))


def _size_inside(cell: Element) -> int:
    """How much text tables of data inside a cell hold."""
    return sum(_text_size(table) for table in _found(cell, TABLE) if _holds_data(table))


def _text_size(element: Element) -> int:
    return sum(len(text.text or "") for text in element.iter(_TEXT))


def _holds_data(table: Element) -> bool:
    """Whether a table has two rows and two columns."""
    return [len(list(_found(row, _CELL))) > 1 for row in _found(table, _ROW)].count(True) > 1


def docpart_gallery(control: Element) -> str | None:
    """The gallery of building blocks that a content control comes from: "Table of Contents" for a table of contents."""
    properties = control.find(w("sdtPr"))
    part = None if properties is None else properties.find(w("docPartObj"))
    return value(part, w("docPartGallery"))
