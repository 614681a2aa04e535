"""What the tables of a department's page have in common: rows that know their place, words of the source in quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from warehouse.desk import Row as Record
from warehouse.publication.board.cells import NOTHING, exact_yuan
from warehouse.publication.board.model import Cell, Grid, Head, Row
from warehouse.publication.words import place_text

MOST = 400
"""Rows of one table of one year."""
Files = Mapping[str, str]
"""File of a year -> what places call it; empty where the year has one file only."""
_SPOT = ("page", "line", "table_number", "row_number")


def grid(
    anchor: str,
    title: str,
    heads: Sequence[str],
    rows: list[Row],
    numbers: set[int],
    total: int | None = None,
    source: str | None = None,
) -> Grid:
    """A table of a year; ``numbers`` are the columns of numbers, ``total`` the rows there are, in ``source``."""
    shown = tuple(Head(head, is_number=i in numbers) for i, head in enumerate(heads))
    return Grid(anchor, title, shown, tuple(rows), len(rows) if total is None else total, source)


def yuan(value: object) -> Cell:
    """An amount to the fen."""
    if not isinstance(value, Decimal):
        return Cell(NOTHING, is_number=True)
    return Cell(exact_yuan(value), is_number=True, exact=str(value))


def quoted(text: object) -> str:
    """The words of the source."""
    return f"“{text}”"


def words(record: Record, name: str) -> Record | None:
    """The words that the column ``name`` was read from and their place; ``texts`` of the record has those of all."""
    texts = record["texts"]
    return next((each for each in texts if each["name"] == name), None) if isinstance(texts, list) else None


def sourced(cell: Cell, record: Record, name: str) -> Cell:
    """A cell with the words that the column ``name`` was read from below it, and where they stand within the place of
    the record."""
    text = words(record, name)
    if text is None:
        return cell
    apart = {part: text[part] for part in _SPOT if text[part] != record[part]}
    where = place_text(apart | {"column_number": text["column_number"]})
    return cell._replace(note=f"{where}{quoted(text['text'])}")


def place(record: Record, files: Files) -> str:
    """Where a record stands, led by its file's name here."""
    return "，".join(filter(None, (files.get(str(record["file_name"])), place_text(record)))) or NOTHING
