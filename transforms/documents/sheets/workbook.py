"""Sheets of a workbook -> Document: each visible sheet as one grid, its rows and lines as tables and text.

File formats belong to xlsx.py and xls.py; forms in the grids to the facts.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import product

from transforms.documents.assembly import assemble
from transforms.documents.lines import Line
from transforms.documents.model import Block, Cell, Document, Grid, Note, NoteKind, Place, Table
from transforms.documents.refusals import refusal
from transforms.documents.sheets.sheet import MOST_CELLS, Range, Sheet
from transforms.documents.tables.sections import are_sections, is_heading
from transforms.language.text import normalise_all


def to_document(sheets: list[Sheet], media_type: str) -> Document:
    """The document of a workbook: pages are its sheets (by their place among all, hidden ones too), lines their rows.

    Hidden sheets are no part of a submission: noted, not read. Hidden rows and columns are read, since sums hold
    them, and noted. Raises Unreadable when no visible sheet holds anything.
    """
    document = Document(media_type, None, 0, [], [])
    left = MOST_CELLS
    for sheet in sheets:
        if sheet.is_hidden:
            document.notes.append(Note(NoteKind.HIDDEN_SHEET, Place(sheet.ordinal), sheet.name))
            continue
        extent = sheet.extent(left)
        if extent is not None:
            left -= extent.size
            _add(document, sheet, extent)
    if not document.grids:
        raise refusal("empty_workbook", f"{len(sheets)} sheets, nothing in the visible ones")
    return document


def _add(document: Document, sheet: Sheet, extent: Range) -> None:
    grid = _grid(sheet, extent, len(document.grids) + 1)
    document.grids.append(grid)
    tables = sum(isinstance(block, Table) for block in document.blocks)
    part = assemble(_lines(grid, sheet.ordinal, extent), document.media_type, extent.bottom + 1, first_table=tables + 1)
    _shift(part.blocks, extent.left)
    document.blocks += part.blocks
    document.notes += [*part.notes, *_notes(sheet)]
    document.line_count += part.line_count


def _grid(sheet: Sheet, extent: Range, number: int) -> Grid:
    covered = sheet.covering(extent)
    texts = dict(zip(sheet.cells, normalise_all(list(sheet.cells.values())), strict=True))
    raws, page = sheet.cells, sheet.ordinal

    def cell(owner: tuple[int, int]) -> Cell:
        return Cell(raws.get(owner, ""), texts.get(owner, ""), Place(page, owner[0] + 1, None, None, owner[1] + 1))

    shared = {owner: cell(owner) for owner in set(covered.values())}
    rows = [
        [
            shared[covered[position]] if position in covered else cell(position)
            for position in product((row,), range(extent.left, extent.right + 1))
        ]
        for row in range(extent.top, extent.bottom + 1)
    ]
    return Grid(number, rows, _place(sheet, extent.top, extent.left), sheet.name)


def _place(sheet: Sheet, row: int, column: int) -> Place:
    return Place(sheet.ordinal, row + 1, column_number=column + 1)


def _lines(grid: Grid, page: int, extent: Range) -> list[Line]:
    """A line a row: rows with one text above the first and below the last row of several cells are lines of text,
    between them they belong to a table; so are rows above a table that hold labels (填报单位：某某 | 单位：万元), and
    sections of a report, their headings beside their text."""
    distinct = [list({id(cell): cell for cell in row if cell.text}.values()) for row in grid.rows]
    heads = _heads(distinct) | _sections(distinct)
    ruled = [index for index, cells in enumerate(distinct) if len(cells) > 1 and index not in heads]
    lines: list[Line] = []
    for index, (row, cells) in enumerate(zip(grid.rows, distinct, strict=True)):
        number = extent.top + index + 1
        if index not in heads and (len(cells) > 1 or (cells and _is_within(index, ruled, distinct))):
            raws = tuple(cell.raw for cell in row)
            merged = _shared(row, grid.rows[index - 1]) if index else frozenset()
            raw = "\t".join(" ".join(raw.split()) for raw in raws)
            lines.append(Line(raw, number, page, cells=raws, merged=merged))
        else:
            texts = [text for cell in cells for text in cell.raw.splitlines()] or [""]
            lines += [Line(" ".join(text.split()), number, page) for text in texts]
    return lines


def _shared(row: list[Cell], above: list[Cell]) -> frozenset[int]:
    """The columns whose cell the row shares with the row above."""
    pairs = enumerate(zip(row, above, strict=True))
    return frozenset(column for column, (cell, other) in pairs if cell is other)


def _heads(distinct: list[list[Cell]]) -> set[int]:
    """The rows right above a table that hold no more than half of its cells, labels with their values."""
    widest = max(map(len, distinct), default=0)
    heads: set[int] = set()
    for index, cells in enumerate(distinct):
        if 2 * len(cells) > widest:
            break
        if len(cells) > 1 and any(":" in cell.text for cell in cells):
            heads.add(index)
    return heads


def _sections(distinct: list[list[Cell]]) -> set[int]:
    """The rows that hold a section's heading and its text."""
    pairs = {index: cells for index, cells in enumerate(distinct) if len(cells) == 2 and is_heading(cells[0].text)}
    return set(pairs) if are_sections([(one.text, len(other.text)) for one, other in pairs.values()]) else set()


def _is_within(index: int, ruled: list[int], distinct: list[list[Cell]]) -> bool:
    """Whether rows of several cells stand above and right below, no blank row between."""
    at = bisect_left(ruled, index)
    return 0 < at < len(ruled) and all(distinct[other] for other in range(ruled[at - 1], ruled[at]))


def _shift(blocks: list[Block], columns: int) -> None:
    """Columns of tables counted as the sheet counts them, where its first columns are empty."""
    if not columns:
        return
    for block in blocks:
        if isinstance(block, Table):
            for cell in (*block.header, *(cell for row in block.rows for cell in row.cells)):
                cell.place = cell.place._replace(column_number=(cell.place.column_number or 0) + columns)


def _notes(sheet: Sheet) -> list[Note]:
    notes = [
        Note(kind, _place(sheet, *position), detail)
        for kind, found in (
            (NoteKind.FORMULA_WITHOUT_RESULT, sheet.uncalculated),
            (NoteKind.ERROR_CELL, sheet.errors),
        )
        for position, detail in found.items()
    ]
    filled_rows = sorted(sheet.hidden_rows & {row for row, _ in sheet.cells})
    filled_columns = sorted(sheet.hidden_columns & {column for _, column in sheet.cells})
    if filled_rows:
        notes.append(Note(NoteKind.HIDDEN_CELLS, _place(sheet, filled_rows[0], 0), _listed("行", filled_rows)))
    if filled_columns:
        notes.append(Note(NoteKind.HIDDEN_CELLS, _place(sheet, 0, filled_columns[0]), _listed("列", filled_columns)))
    return notes


def _listed(what: str, numbers: list[int]) -> str:
    return f"{what} " + "、".join(str(number + 1) for number in numbers[:20])
