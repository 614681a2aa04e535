"""Keeping count through a build: contents of tables before and after, and proof that nothing slipped in or out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from warehouse.audit import money_totals
from warehouse.content import Content, content_of
from warehouse.delta import Change, added, counts_of, removed
from warehouse.meta import SUMMED_SCHEMAS
from warehouse.refresh import Refresh, refresh_of
from warehouse.registry import TABLES, quote_name
from warehouse.release import Release
from warehouse.schema import Table

Totals = dict[str, tuple[Any, ...]]
"""Table -> row count and the sum of each money column."""


def summed_tables() -> list[Table]:
    """The tables whose contents are published as checksums."""
    return [table for table in TABLES if table.schema in SUMMED_SCHEMAS]


def contents_before(connection: duckdb.DuckDBPyConnection, copied_from: Release | None) -> dict[str, Content]:
    """The contents before the night: as the copied release published them, else reckoned from the rows."""
    if copied_from is None:
        return {table.qualified_name: content_of(connection, table) for table in summed_tables()}
    return {
        name: Content.of_text(entry["row_count"], entry["checksum"])
        for name, entry in copied_from.manifest["tables"].items()
        if entry["checksum"] is not None
    }


def contents_after(
    connection: duckdb.DuckDBPyConnection, before: Mapping[str, Content], changes: Sequence[Change]
) -> dict[str, Content]:
    """The contents after it, by what came and went: unchanged rows are not read again."""
    after = dict(before)
    for change in changes:
        if not change.is_empty:
            table = change.table
            gone, come = (content_of(connection, table, rows(table)) for rows in (removed, added))
            after[table.qualified_name] = after[table.qualified_name].minus(gone).plus(come)
    return after


def totals_of(connection: duckdb.DuckDBPyConnection) -> Totals:
    """Rows and sums of every table that follows submissions, read from the tables themselves."""
    return {
        table.qualified_name: money_totals(connection, table, quote_name(table.qualified_name))
        for table in summed_tables()
        if refresh_of(table) is Refresh.BY_SUBMISSION
    }


def false_totals(
    connection: duckdb.DuckDBPyConnection, changes: Sequence[Change], before: Totals, after: Totals
) -> list[str]:
    """Tables whose rows and sums are not those before the night, less what went, plus what came."""
    violations = []
    for change in changes:
        name = change.table.qualified_name
        if name not in before:
            continue
        expected = before[name]
        if not change.is_empty:
            gone, come = (money_totals(connection, change.table, rows(change.table)) for rows in (removed, added))
            expected = tuple(b - g + c for b, g, c in zip(expected, gone, come, strict=True))
        if expected != after[name]:
            violations.append(f"{change.table.title}（{name}）：行数与合计应为 {expected}，实为 {after[name]}。")
    return violations


def row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows of every table."""
    names = [table.qualified_name for table in TABLES]
    return dict(zip(names, counts_of(connection, [quote_name(name) for name in names]), strict=True))
