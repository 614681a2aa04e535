"""Facts as they travel between processes: column by column, and packed until a frame is made of them.

What the facts are belongs to model.py, frames of them to frames.py; reading processes do without polars.
"""

from __future__ import annotations

import pickle
from decimal import Decimal
from functools import cache
from typing import NamedTuple, cast, get_args, get_type_hints

from transforms.facts.model import Facts

FactColumns = dict[str, list[tuple[object, ...]]]
"""Group name -> the values of its rows, a tuple a column, of the groups that have rows. Columns are few objects where
rows are many, and decimals go as text."""


class PackedFacts(NamedTuple):
    """The facts of one document, their columns pickled: one object as long as they travel and wait for others."""

    document_key: int
    row_count: int
    columns: bytes

    def unpack(self) -> FactColumns:
        """The columns again."""
        return cast(FactColumns, pickle.loads(self.columns))


def pack(document_key: int, facts: Facts) -> PackedFacts:
    """The facts of one document, of every group."""
    rows = {group: getattr(facts, group) for group in _decimals()}
    columns = {group: _columns(own, _decimals()[group]) for group, own in rows.items() if own}
    row_count = sum(map(len, rows.values()))
    return PackedFacts(document_key, row_count, pickle.dumps(columns, pickle.HIGHEST_PROTOCOL))


def _columns(rows: list[tuple[object, ...]], decimals: list[int]) -> list[tuple[object, ...]]:
    columns: list[tuple[object, ...]] = list(zip(*rows, strict=True))
    for at in decimals:
        columns[at] = tuple([None if value is None else str(value) for value in columns[at]])
    return columns


@cache
def _decimals() -> dict[str, list[int]]:
    """Group name -> which of its columns hold decimals."""
    types = {group: get_args(rows)[0] for group, rows in get_type_hints(Facts).items()}
    return {
        group: [at for at, hint in enumerate(get_type_hints(row).values()) if Decimal in (hint, *get_args(hint))]
        for group, row in types.items()
    }
