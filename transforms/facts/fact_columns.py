"""Facts as they travel between processes: column by column.

What the facts are belongs to model.py, frames of them to frames.py; reading processes do without polars.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import get_args, get_type_hints

from transforms.facts.model import Facts

FactColumns = dict[str, list[tuple[object, ...]]]
"""Group name -> the values of its rows, a tuple a column, ``document_key`` first; of a group without rows no column.
What travels between processes: columns are few objects where rows are many, and decimals go as text."""


def fact_columns(document_key: int, facts: Facts) -> FactColumns:
    """The facts of one document column by column, every group among them."""
    return {
        group: _columns(document_key, getattr(facts, group), decimals) if getattr(facts, group) else []
        for group, decimals in _decimals().items()
    }


def _columns(document_key: int, rows: list[tuple[object, ...]], decimals: list[int]) -> list[tuple[object, ...]]:
    columns: list[tuple[object, ...]] = [(document_key,) * len(rows), *zip(*rows, strict=True)]
    for at in decimals:
        columns[at] = tuple([None if value is None else str(value) for value in columns[at]])
    return columns


@cache
def _decimals() -> dict[str, list[int]]:
    """Group name -> which of its columns hold decimals."""
    types = {group: get_args(rows)[0] for group, rows in get_type_hints(Facts).items()}
    return {
        group: [at for at, hint in enumerate(get_type_hints(row).values(), 1) if Decimal in (hint, *get_args(hint))]
        for group, row in types.items()
    }
