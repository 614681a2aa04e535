"""Staging: what a night has read and judged, as Parquet parts a table, until the build takes it.

Nothing here is kept: a killed night's staging is thrown away and made again from the archive.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import polars as pl

from warehouse.errors import SystemFault
from warehouse.registry import quote_text
from warehouse.registry import table as table_named
from warehouse.schema import Column, Table, conform

PREFIX = "staging-"
"""Start of the names of staging folders in the home's ``warehouse/``."""


class Staging:
    """A folder of parts: ``<schema>.<table>/<number>.parquet``, in the order in which they were appended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self) -> Staging:
        """Start empty: whatever lies in the folder goes."""
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True)
        return self

    def append(self, table_name: str, frame: pl.DataFrame) -> None:
        """Add rows to a table (``schema.name``); columns that the frame lacks are empty.

        An empty frame counts: it says that the table was looked at. SystemFault for a column that the table does
        not know, or one whose figures the table's type would round.
        """
        definition = table_named(table_name)
        _refuse_loss(frame, definition)
        conform(frame, definition).write_parquet(self._next(table_name), compression="lz4", statistics=False)

    def link(self, table_name: str, part: Path) -> None:
        """Add a Parquet file of the night's that has exactly the table's columns as a part, without writing its rows
        again. SystemFault for another."""
        given, wanted = pl.read_parquet_schema(part), table_named(table_name).polars_schema
        if given != wanted:
            raise SystemFault(f"数据表 {table_name} 的列与定义不符，未予写入。", f"{part}: {given} instead of {wanted}")
        os.link(part, self._next(table_name))

    def has(self, table_name: str) -> bool:
        """Whether anything, if only an empty frame, was staged for the table."""
        return bool(self.parts(table_name))

    def parts(self, table_name: str) -> list[Path]:
        """The parts of a table, in order."""
        return sorted((self.folder / table_name).glob("*.parquet"))

    def _next(self, table_name: str) -> Path:
        """Where the next part of a table goes."""
        folder = self.folder / table_name
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{len(self.parts(table_name)):06d}.parquet"

    def scan(self, table_name: str) -> pl.LazyFrame:
        """The staged rows of a table, lazily; of an unstaged table none."""
        parts = self.parts(table_name)
        return pl.scan_parquet(parts) if parts else table_named(table_name).empty().lazy()

    def relation(self, table_name: str) -> str:
        """SQL that DuckDB reads the staged rows by: the table's columns, ``part`` and ``part_row`` (their order)."""
        definition = table_named(table_name)
        parts = self.parts(table_name)
        if not parts:
            columns = ", ".join(f'CAST(NULL AS {column.kind.sql}) AS "{column.name}"' for column in definition.columns)
            return f"(SELECT {columns}, '' AS part, 0 AS part_row WHERE false)"
        columns = ", ".join(f'CAST("{c.name}" AS {c.kind.sql}) AS "{c.name}"' for c in definition.columns)
        files = ", ".join(quote_text(str(part)) for part in parts)
        return (
            f"(SELECT {columns}, filename AS part, file_row_number AS part_row"
            f" FROM read_parquet([{files}], filename = true, file_row_number = true))"
        )


def _refuse_loss(frame: pl.DataFrame, definition: Table) -> None:
    known = set(definition.column_names)
    if unknown := [name for name in frame.columns if name not in known]:
        raise SystemFault(
            f"数据表 {definition.qualified_name} 没有这些列：{'、'.join(unknown)}。",
            f"staged columns unknown to {definition.qualified_name}: {unknown}",
        )
    for column in definition.columns:
        if column.name in frame.columns and _would_round(frame.schema[column.name], column):
            raise SystemFault(
                f"数据表 {definition.qualified_name} 的“{column.title}”会被舍入，未予写入。",
                f"{definition.qualified_name}.{column.name}: {frame.schema[column.name]} -> {column.kind.dtype}",
            )


def _would_round(given: pl.DataType, column: Column) -> bool:
    """Whether a cast to the column's type can lose digits without a word."""
    wanted = column.kind.dtype
    if not isinstance(wanted, pl.Decimal):
        return given.is_float() or (given.is_decimal() and wanted.is_integer())
    if isinstance(given, pl.Decimal):
        return given.scale > wanted.scale
    return given.is_float() or given == pl.String()
