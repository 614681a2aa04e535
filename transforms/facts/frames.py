"""Facts of many documents as polars frames, their schemas derived from the row types of model.py.

The one place between facts and frames: fact modules know nothing of frames, so a reading process need not load polars.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import cast, get_args, get_type_hints

import polars as pl

from transforms.facts.fact_columns import PackedFacts, pack
from transforms.facts.model import Facts
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


def frames_of(batch: Iterable[PackedFacts]) -> FactFrames:
    """The facts of many documents, one after the other, as one frame a group. A decimal that no frame has room for is
    null; other values of a wrong kind raise."""
    values: dict[str, list[list[object]]] = {group: [[] for _ in schema] for group, schema in FACT_SCHEMAS.items()}
    for packed in batch:
        for group, columns in packed.unpack().items():
            keys, *others = values[group]
            keys += [packed.document_key] * len(columns[0])
            for all_values, own in zip(others, columns, strict=True):
                all_values += own
    return {group: _frame(schema, values.pop(group)) for group, schema in FACT_SCHEMAS.items()}


def _frame(schema: pl.Schema, columns: list[list[object]]) -> pl.DataFrame:
    if not columns[0]:
        return schema.to_frame()
    described = zip(schema.items(), columns, strict=True)
    return pl.DataFrame(_series(name, values, dtype) for (name, dtype), values in described)


def _series(name: str, values: list[object], dtype: pl.DataType) -> pl.Series:
    if isinstance(dtype, pl.Decimal):
        return pl.Series(name, values, pl.String()).cast(dtype, strict=False)
    if isinstance(dtype, pl.List):
        return _series_of_lists(name, cast(list[list[object]], values), dtype)
    return pl.Series(name, values, dtype)


def _series_of_lists(name: str, values: list[list[object]], dtype: pl.List) -> pl.Series:
    """Each different list is made but once: polars makes a series of each first, and most are empty."""
    numbers: dict[tuple[object, ...], int] = {}
    rows = [numbers.setdefault(tuple(each), len(numbers)) for each in values]
    return pl.Series(name, [list(each) for each in numbers]).cast(dtype).gather(rows)


def fact_frames(batch: list[tuple[int, Facts]]) -> FactFrames:
    """The facts of many documents, (document_key, facts) each, as one frame a group."""
    return frames_of(pack(key, facts) for key, facts in batch)
