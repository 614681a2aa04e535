"""Deterministic surrogate keys: positive 63-bit hashes of natural keys, the same on every machine and run."""

from __future__ import annotations

from typing import Any

import polars as pl
import polars_hash as plh

SEPARATOR = "\x1f"
"""Stands between the parts of a natural key; readers never let it into a text."""

_POSITIVE = 0x7FFF_FFFF_FFFF_FFFF


def key_expression(kind: str, *parts: pl.Expr | str) -> pl.Expr:
    """A key column (Int64, never null) from the columns of a natural key.

    ``kind`` names the entity ("project", "headcount") so that two entities with equal natural keys differ;
    a string part names a column; null parts count as empty text.
    """
    columns = [pl.col(part) if isinstance(part, str) else part for part in parts]
    text = pl.concat_str(
        [pl.lit(kind), *(column.cast(pl.String).fill_null("") for column in columns)], separator=SEPARATOR
    )
    hashed: Any = plh.concat_str(text).nchash.xxh3_64(seed=0)
    expression: pl.Expr = hashed
    return (expression & pl.lit(_POSITIVE, dtype=pl.UInt64)).cast(pl.Int64)


def surrogate_key(kind: str, *parts: str | int | None) -> int:
    """The key of one natural key; equal to what :func:`key_expression` gives for the same parts."""
    row = pl.DataFrame({str(i): [None if part is None else str(part)] for i, part in enumerate(parts)})
    return int(row.select(key_expression(kind, *row.columns)).item())
