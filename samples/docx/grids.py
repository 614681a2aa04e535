"""Grids of a Word document: cells merged across and down, in one table or one for each page."""

from __future__ import annotations

from math import ceil

from samples.compose.elements import GridCell, GridElement
from samples.docx.pages import Pages
from samples.docx.text import Ink
from samples.docx.xml import EMPTY, PAGE_BREAK, cell, paragraph, row, table

_WIDTH = 36


def write_grid(grid: GridElement, body: list[str], ink: Ink, pages: Pages) -> None:
    """Appends the grid to ``body``, parted where a page ends if the look parts tables."""
    first = 0
    for last in _ends(grid, pages, ink.look.table_break):
        if first:
            body.append(f"<w:p>{PAGE_BREAK}</w:p>" if ink.look.table_break == "page" else EMPTY)
            ink.is_page_due = True
        part = grid.part(first, last)
        body.append(table(_rows(part, ink), grid.width))
        first = last


def _ends(grid: GridElement, pages: Pages, table_break: str) -> list[int]:
    """The rows before which a page ends, and the end."""
    ends: list[int] = []
    for at, cells in enumerate(grid.rows):
        height = 1 + max((ceil(len(one.text) * grid.width / one.across / _WIDTH) for one in cells.values()), default=0)
        if at and not pages.has_room(height):
            pages.left = pages.height
            ends += [at] if table_break != "whole" else []
        pages.left -= height
    return [*ends, len(grid.rows)]


def _rows(grid: GridElement, ink: Ink) -> list[str]:
    written = []
    for at, owners in enumerate(grid.owners()):
        ink.number += 1
        places = sorted(set(owners), key=owners.index)
        written.append(row([_cell(grid, at, place, owners.count(place), ink) for place in places]))
    return written


def _cell(grid: GridElement, at: int, place: tuple[int, int], span: int, ink: Ink) -> str:
    begins, column = place
    one = grid.rows[begins].get(column, GridCell(""))
    if begins < at:
        return cell((), span, "continue")
    lines = [paragraph(ink.runs(line)) for line in one.text.split("\n")] if one.text else []
    return cell(lines, span, "restart" if one.down > 1 else "")
