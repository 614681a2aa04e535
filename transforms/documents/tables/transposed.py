"""Field/value blocks (项目名称 | A, 预算金额 | 5.00): recognised, and turned into records under a header.

Tables that already lie the usual way are left alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.documents.lines import Line
from transforms.documents.tables.cells import names_column
from transforms.documents.tables.drafts import Row, is_header

_FEWEST_FIELDS = 2
_MOST_BLANK = 10
"""Cells of all records to one that may hold a value."""
_FEW_CELLS = 1000
_YEAR = re.compile(r"(?:20\d\d年|[本上当今去]年)度?(?:数|额|金额|实际|执行|决算|预算|情况)*(?:\(.{1,10}\))?$")
"""A year above figures: 本年数, 2021年决算数(万元)."""


class Field(NamedTuple):
    """A cell of a turned table: raw cell, text, and the line it stands on."""

    raw: str
    text: str
    line: Line


class Turned(NamedTuple):
    """A block turned the usual way: its field names, and a cell a field for each record."""

    header: list[Field]
    records: list[list[Field]]


def turn(rows: list[Row]) -> Turned | None:
    """The block turned the usual way, or None when it is no field/value block. Several records may stand side by
    side or one below the other; fields may also stand in pairs along a row."""
    if len(rows) < 2 or sum(names_column(row.texts[0]) for row in rows if row.texts) < _FEWEST_FIELDS:
        return None
    if is_header(rows[0].texts) and sum(map(names_column, rows[0].texts[1:])) >= _FEWEST_FIELDS:
        return None  # names of columns above names of rows
    if sum(_YEAR.match(text) is not None for text in rows[0].texts[1:]) >= _FEWEST_FIELDS:
        return None  # years above names of rows
    body = [row for row in rows if not is_header(row.texts)] if is_header(rows[0].texts) else rows
    if len(body) < 2 or not _names_fields(_once(body), 0):
        return None
    width = max(len(row.texts) for row in body)
    if width < 2:
        return None
    pairs = _pairs(body) if width > 2 else None
    return _turned(pairs, 1) if pairs else _turned([(row, 0) for row in body], width - 1)


def _pairs(rows: list[Row]) -> list[tuple[Row, int]] | None:
    """Where fields stand that follow each other in pairs along their rows, each by the column right before its value;
    None where the further ones are values. A merged cell is one cell, so that a row may hold fewer pairs than others;
    rows of a single cell hold none."""
    placed = [(row, _cells(row.texts)) for row in rows]
    further = [row.texts[at] for row, cells in placed for at in cells[2::2]]
    hits = sum(map(names_column, further))
    if not hits or 2 * hits < len(further) or any(len(cells) > 2 and len(cells) % 2 for _, cells in placed):
        return None
    return [(row, at - 1) for row, cells in placed for at in cells[1::2]]


def _cells(texts: list[str]) -> list[int]:
    """Where the cells of a row begin, those that repeat the one on their left as merged cells do left out, and a blank
    end that leaves a field without its pair."""
    starts = [at for at, text in enumerate(texts) if not at or text != texts[at - 1]]
    return starts[:-1] if len(starts) % 2 and not texts[starts[-1]] else starts


def _once(rows: list[Row]) -> list[Row]:
    """The rows without those that repeat another, as headings do on each page."""
    return list({tuple(row.texts): row for row in rows}.values())


def _names_fields(rows: list[Row], column: int) -> bool:
    texts = [row.texts[column] for row in rows if column < len(row.texts) and row.texts[column]]
    hits = sum(map(names_column, texts))
    return hits >= _FEWEST_FIELDS and 5 * hits >= 3 * len(texts)


def _turned(fields: list[tuple[Row, int]], abreast: int) -> Turned | None:
    """Reads (row, column of the field's name); the ``abreast`` cells after it are the values of as many records. The
    first field's name again begins the next record; a blank name goes on with the field above. None where nearly all
    cells of the records would be blank."""
    header: dict[str, Field] = {}
    records: list[dict[str, list[Field]]] = []
    batch: list[dict[str, list[Field]]] = []
    name, first = "", fields[0][0].texts[fields[0][1]]
    for row, column in fields:
        text = row.texts[column] if column < len(row.texts) else ""
        name = text or name
        if not batch or (text == first and any(first in record for record in batch)):
            batch = [{} for _ in range(abreast)]
            records += batch
        header.setdefault(name, Field(row.raws[column], name, row.line))
        for offset, record in enumerate(batch, column + 1):
            if offset < len(row.texts) and row.texts[offset]:
                record.setdefault(name, []).append(Field(row.raws[offset], row.texts[offset], row.line))
    names = list(header)
    if len(names) * len(records) > _MOST_BLANK * len(fields) * abreast + _FEW_CELLS:
        return None
    cells = [[_cell(record, name, header) for name in names] for record in records if record]
    return Turned([header[name] for name in names], cells)


def _cell(record: dict[str, list[Field]], name: str, header: dict[str, Field]) -> Field:
    pieces = record.get(name)
    if not pieces:
        return Field("", "", header[name].line)
    if len(pieces) == 1:
        return pieces[0]
    return Field("\n".join(piece.raw for piece in pieces), "".join(piece.text for piece in pieces), pieces[0].line)
