"""Cells that show why a formula gave no figure (#DIV/0!, Err:502) where a table of any medium shows them.

Which formulas of a workbook have no result is for its reader to know.
"""

from __future__ import annotations

import re

from transforms.documents.model import WITHOUT_FIGURE, Cell, Document, Note, NoteKind, Table

UNCALCULATED = "#未计算"
"""What a cell shows whose formula has no stored result: never a figure."""
NO_FIGURE = rf"^(?:#(?:DIV/0!|REF!|VALUE!|NAME\?|N/A|NUM!|NULL!)|{UNCALCULATED}|Err:\d{{3}})$"
"""All that a cell holds which shows no figure where a formula stands."""
_NO_FIGURE = re.compile(NO_FIGURE)
_BEGINS = ("#", "E")


def note_error_cells(document: Document) -> None:
    """Adds a note for each such cell that has none yet."""
    noted = {(note.place.line, note.place.column_number) for note in document.notes if note.kind in WITHOUT_FIGURE}
    cells = {id(cell): cell for cell in _cells(document) if _NO_FIGURE.match(cell.raw.strip())}
    document.notes += [
        Note(NoteKind.ERROR_CELL, cell.place, cell.raw.strip())
        for cell in cells.values()
        if (cell.place.line, cell.place.column_number) not in noted
    ]


def _cells(document: Document) -> list[Cell]:
    """The cells of all tables, as their medium rules them where it does, that begin as such cells do."""
    if document.grids:
        return [cell for grid in document.grids for row in grid.rows for cell in row if cell.raw.startswith(_BEGINS)]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [cell for table in tables for row in table.rows for cell in row.cells if cell.raw.startswith(_BEGINS)]
