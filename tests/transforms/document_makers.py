"""Short ways to read a text and look at what came out, for the tests of the document readers."""

from __future__ import annotations

from transforms.documents.model import BlockKind, Document, NoteKind, Table, TextBlock
from transforms.documents.text import read_text


def read(text: str) -> Document:
    return read_text(text.encode())


def only_table(document: Document) -> Table:
    (table,) = tables(document)
    return table


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def header(table: Table) -> list[str]:
    return [cell.text for cell in table.header]


def grid(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def lines(table: Table) -> list[int | None]:
    return [row.place.line for row in table.rows]


def kinds(document: Document) -> list[tuple[BlockKind | str, str]]:
    """(kind, text) of each block, tables as "table"."""
    return [(block.kind, block.text) if isinstance(block, TextBlock) else ("table", "") for block in document.blocks]


def texts(document: Document, kind: BlockKind | None = None) -> list[str]:
    blocks = [block for block in document.blocks if isinstance(block, TextBlock)]
    return [block.text for block in blocks if kind is None or block.kind is kind]


def note_lines(document: Document, kind: NoteKind) -> list[int | None]:
    return [note.place.line for note in document.notes if note.kind is kind]
