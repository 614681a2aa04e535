"""Facts of many documents as polars frames, their schemas derived from the row types of model.py.

The one place between rows and frames: fact modules know nothing of frames, so a reading process need not load polars.
"""

from __future__ import annotations

from decimal import Decimal
from typing import get_args, get_type_hints

import polars as pl

from transforms.facts.model import FactRows, Facts, fact_rows
from transforms.facts.text_rows import Fingerprint

_DTYPES: dict[object, pl.DataType] = {
    int: pl.Int32(),
    Fingerprint: pl.Int64(),
    str: pl.String(),
    bool: pl.Boolean(),
    Decimal: pl.Decimal(38, 8),
    list[str]: pl.List(pl.String()),
    list[int]: pl.List(pl.Int32()),
}


def _dtype(annotation: object) -> pl.DataType:
    for candidate in (annotation, *get_args(annotation)):
        if candidate in _DTYPES:
            return _DTYPES[candidate]
    raise TypeError(f"no dtype for {annotation!r}")


def _schema(row_type: type) -> pl.Schema:
    hints = get_type_hints(row_type)
    return pl.Schema({"document_key": pl.Int64(), **{name: _dtype(hint) for name, hint in hints.items()}})


FACT_SCHEMAS: dict[str, pl.Schema] = {
    group: _schema(get_args(rows)[0]) for group, rows in get_type_hints(Facts).items()
}
"""Group name -> schema of its frame: ``document_key`` first, then the row type's fields."""

FactFrames = dict[str, pl.DataFrame]
"""Group name -> frame of the rows of many documents, with the schema of FACT_SCHEMAS."""


def frames_of_rows(batch: list[FactRows]) -> FactFrames:
    """The rows of many documents, one after the other, as one frame a group."""
    return {
        group: pl.DataFrame([row for rows in batch for row in rows[group]], schema=schema, orient="row")
        for group, schema in FACT_SCHEMAS.items()
    }


def fact_frames(batch: list[tuple[int, Facts]]) -> FactFrames:
    """The facts of many documents, (document_key, facts) each, as one frame a group."""
    return frames_of_rows([fact_rows(key, facts) for key, facts in batch])
