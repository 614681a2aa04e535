"""The data dictionary: every table and view with its columns, from the definitions and the views' headers.

Rows for ``meta.data_dictionary`` come from here, and what the page shows. Nothing is described here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl

from warehouse.registry import TABLES, table
from warehouse.schema import Column, Table, conform
from warehouse.views import View, ViewColumn
from warehouse.views.creation import created_views

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Headings = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """One column as the dictionary shows it; ``headings`` are those of the source that feed it."""

    name: str
    data_type: str
    title: str
    title_en: str
    unit: str | None
    source: str | None
    warning: str | None
    is_nullable: bool
    allowed: tuple[str, ...] | None
    refers_to: str | None = None
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One table or view as the dictionary shows it; ``sources``, ``note`` and ``example`` are a view's only."""

    schema: str
    name: str
    title: str
    title_en: str
    grain: str
    warning: str | None
    is_view: bool
    primary_key: tuple[str, ...]
    columns: tuple[ColumnEntry, ...]
    sources: tuple[str, ...] = ()
    note: str | None = None
    example: str | None = None

    @property
    def qualified_name(self) -> str:
        """``schema.name``."""
        return f"{self.schema}.{self.name}"


def entries(connection: DuckDBPyConnection, headings: Headings = MappingProxyType({})) -> tuple[Entry, ...]:
    """Every table of the registry, then every view; the views must stand in the database.

    ``headings``: ``schema.table.column`` -> what feeds it in the source; columns of views have those of the column that
    they hand on.
    """
    return (
        *(_table_entry(each, headings) for each in TABLES),
        *(_view_entry(view, types, headings) for view, types in created_views(connection)),
    )


def dictionary_rows(listed: tuple[Entry, ...]) -> pl.DataFrame:
    """The entries as rows of ``meta.data_dictionary``, one a column."""
    rows = [
        {
            "schema_name": entry.schema,
            "table_name": entry.name,
            "column_name": column.name,
            "position": position,
            "data_type": column.data_type,
            "title_zh": column.title,
            "title_en": column.title_en,
            "unit": column.unit,
            "source": column.source,
            "warning": column.warning,
            "is_nullable": column.is_nullable,
            "allowed_values": None if column.allowed is None else list(column.allowed),
            "raw_headings": list(column.headings) or None,
            "table_title_zh": entry.title,
            "table_title_en": entry.title_en,
        }
        for entry in listed
        for position, column in enumerate(entry.columns, start=1)
    ]
    definition = table("meta.data_dictionary")
    return conform(pl.DataFrame(rows, schema_overrides=definition.polars_schema), definition)


def _table_entry(definition: Table, headings: Headings) -> Entry:
    referred = {
        key.columns[0]: f"{key.table}.{key.referred[0]}" for key in definition.foreign_keys if len(key.columns) == 1
    }
    return Entry(
        schema=definition.schema,
        name=definition.name,
        title=definition.title,
        title_en=definition.title_en,
        grain=definition.grain,
        warning=definition.warning,
        is_view=False,
        primary_key=definition.primary_key,
        columns=tuple(
            _table_column(
                column, referred.get(column.name), headings.get(f"{definition.qualified_name}.{column.name}", ())
            )
            for column in definition.columns
        ),
    )


def _table_column(column: Column, refers_to: str | None, headings: tuple[str, ...]) -> ColumnEntry:
    return ColumnEntry(
        name=column.name,
        data_type=column.kind.sql,
        title=column.title,
        title_en=column.title_en,
        unit=column.unit,
        source=column.source,
        warning=column.warning,
        is_nullable=column.nullable,
        allowed=column.allowed,
        refers_to=refers_to,
        headings=headings,
    )


def _view_entry(view: View, types: dict[str, str], headings: Headings) -> Entry:
    return Entry(
        schema=view.schema,
        name=view.name,
        title=view.title,
        title_en=view.title_en,
        grain=view.grain,
        warning=view.warning,
        is_view=True,
        primary_key=(),
        columns=tuple(_view_column(view.column(name), data_type, headings) for name, data_type in types.items()),
        sources=view.sources,
        note=view.note,
        example=view.example,
    )


def _view_column(column: ViewColumn, data_type: str, headings: Headings) -> ColumnEntry:
    return ColumnEntry(
        name=column.name,
        data_type=data_type,
        title=column.title,
        title_en=column.title_en,
        unit=column.unit,
        source=column.source,
        warning=column.warning,
        is_nullable=True,
        allowed=column.allowed,
        headings=headings.get(column.origin or "", ()),
    )
