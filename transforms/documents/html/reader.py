"""Web pages and saved web pages (HTML, MHTML) -> Document.

Taking the page apart belongs to the modules beside; putting lines together is assembly.py's business.
"""

from __future__ import annotations

from dataclasses import replace

from transforms.documents.assembly import assemble
from transforms.documents.html.chrome import without_chrome, without_furniture
from transforms.documents.html.decoding import decode_page
from transforms.documents.html.envelope import main_page
from transforms.documents.html.lines import write_lines
from transforms.documents.html.tree import parse
from transforms.documents.lines import Line
from transforms.documents.model import Cell, Document, Grid, Place
from transforms.documents.refusals import refusal
from transforms.language.text import normalise

MEDIA_TYPE = "text/html"


def read_html(content: bytes, declared: str | None = None) -> Document:
    """The document in the bytes of a web page; ``declared``: the encoding that its envelope named. Raises Unreadable
    when they are no text, hold no text, or are built too large or too deep to be a report."""
    decoded = decode_page(content, declared)
    page = parse(decoded.text)
    written = write_lines(without_chrome(page.body))
    lines = without_furniture(written.lines, page.title)
    numbers = _numbers(lines)
    if not numbers:
        raise refusal("html_empty", "no visible text in the page")
    lines = [replace(line, number=numbers.get(line.number, 0)) for line in lines]
    document = assemble(lines, MEDIA_TYPE, len(numbers), decoded.encoding)
    cells = {number: written.cells[old] for old, number in numbers.items() if old in written.cells}
    document.grids = _grids(lines, cells)
    return document


def read_mhtml(content: bytes) -> Document:
    """The document in a page saved with everything it needs in one file."""
    return read_html(*main_page(content))


def _numbers(lines: list[Line]) -> dict[int, int]:
    """Old number -> new, counted from 1: what the page has around the report is not counted."""
    counted = [line.number for line in lines if line.raw or line.cells is not None]
    return {old: new for new, old in enumerate(counted, 1)}


def _grids(lines: list[Line], cells: dict[int, tuple[int, ...]]) -> list[Grid]:
    """The tables as the page rules them."""
    grids: list[Grid] = []
    rows: list[Line] = []
    for line in [*lines, Line("", 0)]:
        if line.cells is not None:
            rows.append(line)
        elif rows:
            grids.append(_grid(rows, cells, len(grids) + 1))
            rows = []
    return grids


def _grid(rows: list[Line], cells: dict[int, tuple[int, ...]], number: int) -> Grid:
    width = max(len(line.cells or ()) for line in rows)
    grid: list[list[Cell]] = []
    known: dict[int, Cell] = {}
    for at, line in enumerate(rows, 1):
        row: list[Cell] = []
        for column, (raw, key) in enumerate(zip(line.cells or (), cells[line.number], strict=True), 1):
            place = Place(line.page, line.number, number, at, column)
            row.append(known.setdefault(key, Cell(raw, normalise(raw), place)))
        absent = range(len(row) + 1, width + 1)
        row += [Cell("", "", Place(line.page, line.number, number, at, column)) for column in absent]
        grid.append(row)
    return Grid(number, grid, Place(rows[0].page, rows[0].number, number))
