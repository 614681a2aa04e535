"""The cells of a Word table in their columns: spans, merged cells, rows and cells inside content controls.

What cells say is read in body.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from transforms.documents.docx.names import (
    ALTERNATE,
    CONTROL,
    CONTROL_CONTENT,
    VAL,
    WRAPPERS,
    Element,
    alternative,
    number,
    value,
    w,
)
from transforms.documents.refusals import refusal

_ROW, _CELL, _ROW_PROPERTIES, _CELL_PROPERTIES = w("tr"), w("tc"), w("trPr"), w("tcPr")
_SPAN, _DOWN, _ACROSS, _DELETED_ROW, _DELETED_CELL = w("gridSpan"), w("vMerge"), w("hMerge"), w("del"), w("cellDel")
_MOST_COLUMNS = 63
"""Word's own limit; what claims more spans no more."""
_MOST_ROW = 400
_MOST_CELLS = 300_000


@dataclass(slots=True, eq=False)
class Slot:
    """A cell, merged or single, that stands at each position it covers; ``element`` None where the row has none."""

    element: Element | None = None


def rows_of(table: Element) -> list[list[Slot]]:
    """The rows of a table, all equally long. Rows and cells whose deletion is tracked are left out. Raises
    Unreadable when the table is larger than any report's."""
    rows: list[list[Slot]] = []
    above: dict[int, Slot] = {}
    for element in _found(table, _ROW):
        properties = element.find(_ROW_PROPERTIES)
        if properties is not None and properties.find(_DELETED_ROW) is not None:
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
        span, down, across = 1, None, None
        for child in _properties(cell):
            if child.tag == _SPAN:
                span = _span(int(child.get(VAL) or 1) if (child.get(VAL) or "").isdecimal() else None, 1)
            elif child.tag == _DOWN:
                down = child.get(VAL) or "continue"
            elif child.tag == _ACROSS:
                across = child.get(VAL) or "continue"
            elif child.tag == _DELETED_CELL:
                span = 0
        if across == "continue" and row:
            slot = row[-1]
        elif down == "continue" and len(row) in above:
            slot = above[len(row)]
        else:
            slot = Slot(cell)
        if down is not None and span:
            merged[len(row)] = slot
        row += [slot] * span
    return row, merged


def _properties(cell: Element) -> Element | tuple[()]:
    found = cell.find(_CELL_PROPERTIES)
    return () if found is None else found


def _span(count: int | None, least: int) -> int:
    return least if count is None else max(least, min(count, _MOST_COLUMNS))


def _found(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, those inside content controls and the like as well."""
    for child in parent:
        if child.tag == name:
            yield child
        elif child.tag == CONTROL:
            content = child.find(CONTROL_CONTENT)
            if content is not None:
                yield from _found(content, name)
        elif child.tag in WRAPPERS:
            yield from _found(child, name)
        elif child.tag == ALTERNATE:
            chosen = alternative(child)
            if chosen is not None:
                yield from _found(chosen, name)


def is_frame(rows: list[list[Slot]]) -> bool:
    """Whether a table only frames text: each row is a single cell."""
    return all(len({id(slot) for slot in row if slot.element is not None}) <= 1 for row in rows)


def docpart_gallery(control: Element) -> str | None:
    """The gallery of building blocks that a content control comes from: "Table of Contents" for a table of contents."""
    properties = control.find(w("sdtPr"))
    part = None if properties is None else properties.find(w("docPartObj"))
    return value(part, w("docPartGallery"))
