"""Keeping count through a build: contents of tables before and after, and proof that nothing slipped in or out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb

from warehouse.load.content import Content, contents_of
from warehouse.load.delta import Change, added, counts_of, removed
from warehouse.load.questions import money_columns, title_of
from warehouse.load.refresh import Refresh, refresh_of
from warehouse.registry import TABLES, quote_name
from warehouse.registry import table as table_named
from warehouse.release.meta import SUMMED_SCHEMAS
from warehouse.release.releases import Release
from warehouse.schema import Table

Moves = dict[str, tuple[Content, Content]]
"""Table -> what goes and what comes."""
Totals = dict[str, tuple[Any, ...]]
"""Table -> row count and the sum of each money column."""


def summed_tables() -> list[Table]:
    """The tables whose contents are published as checksums."""
    return [table for table in TABLES if table.schema in SUMMED_SCHEMAS]


def contents_before(connection: duckdb.DuckDBPyConnection, copied_from: Release | None) -> dict[str, Content]:
    """The contents before the night: as the copied release published them, else reckoned from the rows."""
    if copied_from is None:
        counts = row_counts(connection)
        tables = {table.qualified_name: table for table in summed_tables()}
        found = _contents(connection, [(table, quote_name(name), counts[name]) for name, table in tables.items()])
        return dict(zip(tables, found, strict=True))
    return {
        name: Content.of_text(entry["row_count"], entry["checksum"])
        for name, entry in copied_from.manifest["tables"].items()
        if entry["checksum"] is not None
    }


def moves_of(connection: duckdb.DuckDBPyConnection, changes: Sequence[Change]) -> Moves:
    """What goes from each table that changes and what comes."""
    changed = [change for change in changes if not change.is_empty]
    gone = [(change.table, removed(change.table), change.removed_count) for change in changed]
    come = [(change.table, added(change.table), change.added_count) for change in changed]
    found = _contents(connection, [*gone, *come])
    pairs = zip(found[: len(changed)], found[len(changed) :], strict=True)
    return {change.table.qualified_name: pair for change, pair in zip(changed, pairs, strict=True)}


def _contents(connection: duckdb.DuckDBPyConnection, sources: Sequence[tuple[Table, str, int]]) -> list[Content]:
    """The contents of relations, each with the number of its rows: those that have none are not asked, as what it takes
    to prepare the question does not depend on rows."""
    asked = iter(contents_of(connection, [(table, relation) for table, relation, rows in sources if rows]))
    return [next(asked) if rows else Content(0, 0) for *_, rows in sources]


def contents_after(before: Mapping[str, Content], moves: Iterable[Moves]) -> dict[str, Content]:
    """The contents after it, by what came and went: unchanged rows are not read again."""
    after = dict(before)
    for some in moves:
        for name, (less, more) in some.items():
            after[name] = after[name].minus(less).plus(more)
    return after


def totals_of(connection: duckdb.DuckDBPyConnection) -> Totals:
    """Rows and sums of every table that follows submissions, read from the tables themselves."""
    return _totals(connection, {table.qualified_name: quote_name(table.qualified_name) for table in _followers()})


def false_totals(connection: duckdb.DuckDBPyConnection, before: Totals, after: Totals) -> list[str]:
    """Tables whose rows and sums are not those before the night, less what went, plus what came."""
    gone = _totals(connection, {table.qualified_name: removed(table) for table in _followers()})
    come = _totals(connection, {table.qualified_name: added(table) for table in _followers()})
    violations = []
    for table in _followers():
        name = table.qualified_name
        expected = tuple(b - g + c for b, g, c in zip(before[name], gone[name], come[name], strict=True))
        if expected != after[name]:
            violations.append(f"{title_of(table)}：行数与合计应为 {expected}，实为 {after[name]}。")
    return violations


def _followers() -> list[Table]:
    return [table for table in summed_tables() if refresh_of(table) is Refresh.BY_SUBMISSION]


def _totals(connection: duckdb.DuckDBPyConnection, relations: Mapping[str, str]) -> Totals:
    """Exact totals of a relation with the columns of each table, all in one statement."""
    figures = {
        name: ["count(*)", *(f'coalesce(sum("{each}"), 0)' for each in money_columns(table_named(name)))]
        for name in relations
    }
    columns = ", ".join(
        f"(SELECT {figure} FROM {relations[name]}) AS c{i}_{j}"
        for i, (name, each) in enumerate(figures.items())
        for j, figure in enumerate(each)
    )
    values = iter(connection.sql(f"SELECT {columns}").pl().row(0))
    return {name: tuple(next(values) for _ in each) for name, each in figures.items()}


def row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows of every table."""
    names = [table.qualified_name for table in TABLES]
    return dict(zip(names, counts_of(connection, [quote_name(name) for name in names]), strict=True))
