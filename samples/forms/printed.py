"""Forms as documents of text and ruled tables (docx, pdf, html): each form's cells become lines and a grid.

How they are printed is the business of each medium's writer.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from samples.compose import Composition, Element, GridCell, GridElement, PageEnd, Paragraph, Title
from samples.draws import chance
from samples.forms.layout import Sheet, printed
from samples.marks import Marks

_GAP = "　　　"


def compose_forms(sheets: Sequence[Sheet], draw: Random) -> Composition:
    """The forms, a sheet each, one below the other or each on a page of its own."""
    is_parted, repeats_heading = chance(draw, 0.6), chance(draw, 0.5)
    elements: list[Element] = []
    for sheet in sheets:
        if elements and is_parted:
            elements.append(PageEnd())
        elements += _lines(sheet)
        elements.append(_grid(sheet, repeats_heading))
    return Composition(elements, Marks())


def _lines(sheet: Sheet) -> list[Element]:
    """The rows on top that are text, a line each: the first is the title."""
    lines: list[Element] = []
    for row in range(sheet.lines):
        cells = sorted((column, value) for (at, column), value in sheet.cells.items() if at == row)
        text = _GAP.join(printed(value) for _, value in cells)
        lines.append(Paragraph(text) if lines else Title(text))
    return lines


def _grid(sheet: Sheet, repeats_heading: bool) -> GridElement:
    """The other rows as a grid without gaps."""
    top, last = sheet.lines, max(row for row, _ in sheet.cells)
    width = 1 + max(column for _, column in sheet.cells)
    spans = {(merged[0], merged[1]): (merged[3] - merged[1] + 1, merged[2] - merged[0] + 1) for merged in sheet.merged}
    covered = {
        (row, column)
        for first, left, bottom, right in sheet.merged
        for row in range(first, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (first, left)
    }
    rows: list[dict[int, GridCell]] = []
    for row in range(top, last + 1):
        cells = {}
        for column in range(width):
            if (row, column) not in covered:
                value = sheet.cells.get((row, column))
                cells[column] = GridCell(printed(value) if value else "", *spans.get((row, column), (1, 1)))
        rows.append(cells)
    return GridElement(rows, width, (sheet.heading[0] - top, sheet.heading[1] - top), repeats_heading)
