"""What a table is: the vocabulary in which ``warehouse/tables`` defines each table once.

DDL, pandera contracts, polars dtypes, comments, Dagster column metadata and the data dictionary all derive
from these definitions; nothing else in the project writes a column down a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

import polars as pl


class Kind(Enum):
    """Column kinds: DuckDB type, polars dtype, and a word that keeps kinds of equal types apart."""

    KEY = ("BIGINT", pl.Int64(), "surrogate key")
    INTEGER = ("INTEGER", pl.Int32())
    BIGINT = ("BIGINT", pl.Int64())
    BOOLEAN = ("BOOLEAN", pl.Boolean())
    TEXT = ("VARCHAR", pl.String())
    TEXT_LIST = ("VARCHAR[]", pl.List(pl.String()))
    INTEGER_LIST = ("INTEGER[]", pl.List(pl.Int32()))
    DATE = ("DATE", pl.Date())
    TIMESTAMP = ("TIMESTAMP WITH TIME ZONE", pl.Datetime("us", "UTC"))
    MONEY = ("DECIMAL(18,2)", pl.Decimal(18, 2))
    RATE = ("DECIMAL(18,6)", pl.Decimal(18, 6))
    QUANTITY = ("DECIMAL(18,4)", pl.Decimal(18, 4))
    TOTAL = ("DECIMAL(38,2)", pl.Decimal(38, 2))

    @property
    def sql(self) -> str:
        """The DuckDB type."""
        return str(self.value[0])

    @property
    def dtype(self) -> pl.DataType:
        """The polars dtype."""
        dtype: pl.DataType = self.value[1]
        return dtype


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``minimum``/``maximum`` are inclusive; ``allowed`` lists every permitted value."""

    name: str
    kind: Kind
    title: str
    title_en: str
    nullable: bool = False
    minimum: Decimal | int | None = None
    maximum: Decimal | int | None = None
    allowed: tuple[str, ...] | None = None
    unit: str | None = None
    source: str | None = None
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """``columns`` refer to ``table`` (``schema.name``); ``physical`` ones are in the DDL, others audited."""

    columns: tuple[str, ...]
    table: str
    referred: tuple[str, ...]
    physical: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """A row constraint: an SQL condition that must not be false, with its Chinese sentence."""

    name: str
    condition: str
    message: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the only definition of its columns, keys, grain and texts."""

    schema: str
    name: str
    title: str
    title_en: str
    grain: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    is_large: bool = False
    """Large tables carry no physical keys; the audit holds them to their declarations before each release."""
    volatile: tuple[str, ...] = field(default=())
    """Columns that hold run times or run ids, left out of the content checksum."""
    warning: str | None = None
    """How figures of this table can mislead, one Chinese sentence."""

    @property
    def qualified_name(self) -> str:
        """``schema.name``."""
        return f"{self.schema}.{self.name}"

    @property
    def column_names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]

    @property
    def polars_schema(self) -> pl.Schema:
        """Column name to polars dtype, in order."""
        return pl.Schema({column.name: column.kind.dtype for column in self.columns})

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.qualified_name}.{name}")

    def empty(self) -> pl.DataFrame:
        """A frame of this table without rows."""
        return pl.DataFrame(schema=self.polars_schema)


def conform(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The frame with exactly the table's columns, in order and cast; columns it lacks become null."""
    present = frame.columns
    return frame.select(
        (pl.col(column.name) if column.name in present else pl.lit(None)).cast(column.kind.dtype).alias(column.name)
        for column in table.columns
    )


def key_columns(table: Table) -> Sequence[str]:
    """The columns of a table that hold surrogate keys."""
    return [column.name for column in table.columns if column.kind is Kind.KEY]
