"""What a night changes in a table: the rows that go and the rows that come, as two tables, carried out.

Which rows those are says ``warehouse.load.refresh``; whether the outcome is sound says the audit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

import duckdb
import polars as pl

from warehouse.load.refresh import (
    Refresh,
    coming,
    keys_of_referenced,
    leaving,
    matching,
    refresh_of,
    tables_renewed,
    touched,
    touching,
)
from warehouse.load.staging import Staging
from warehouse.registry import TABLES, quote_name
from warehouse.schema import Table

_LINKED = {
    name for table in TABLES for key in table.foreign_keys if key.physical for name in (table.qualified_name, key.table)
}
"""Tables tied by physical foreign keys: a row that changes goes and comes with its children, changed or not."""


@dataclass(frozen=True, slots=True)
class Change:
    """How many rows of a table go and come."""

    table: Table
    removed_count: int
    added_count: int

    @property
    def is_empty(self) -> bool:
        """Whether the table stays as it is."""
        return not (self.removed_count or self.added_count)


def removed(table: Table) -> str:
    """The table of the rows that go, which lies beside the file for all connections to it, as long as the first of them
    stands."""
    return f'night.main."removed {table.qualified_name}"'


def added(table: Table) -> str:
    """The table of the rows that come, likewise."""
    return f'night.main."added {table.qualified_name}"'


def renew(
    connection: duckdb.DuckDBPyConnection,
    staging: Staging,
    accepted: Iterable[int],
    superseded: Iterable[int],
    measured: Callable[[Sequence[Change]], None],
) -> list[Change]:
    """Bring every table but those of ``meta`` to the night's state; the changes, in dependency order. ``measured`` is
    told of some at a time when their two tables stand, before they are carried out.

    duckdb.ConstraintException when a row breaks a constraint that stands in the file.
    """
    connection.execute("ATTACH ':memory:' AS night")
    _name_submissions(connection, staging, set(accepted), set(superseded))
    direct = _measured(
        connection,
        staging,
        tables_renewed(Refresh.REPLACED, Refresh.BY_SUBMISSION, Refresh.UPSERTED, Refresh.BY_JUDGEMENT),
    )
    measured(direct)
    _carry_out(connection, direct)
    for key in keys_of_referenced():
        connection.execute(f"CREATE TEMP TABLE {touched(key)} AS {touching(key, staging, removed)}")
    referenced = []
    for table in tables_renewed(Refresh.REFERENCED):
        change = _measured(connection, staging, [table])
        measured(change)
        _carry_out(connection, change)
        referenced += change
    order = {table.qualified_name: position for position, table in enumerate(TABLES)}
    return sorted([*direct, *referenced], key=lambda change: order[change.table.qualified_name])


def counts_of(connection: duckdb.DuckDBPyConnection, relations: Sequence[str]) -> list[int]:
    """The numbers of rows of relations, asked at once."""
    columns = ", ".join(f"(SELECT count(*) FROM {relation}) AS c{i}" for i, relation in enumerate(relations))
    return list(connection.sql(f"SELECT {columns}").pl().row(0)) if relations else []


def _name_submissions(
    connection: duckdb.DuckDBPyConnection, staging: Staging, accepted: set[int], superseded: set[int]
) -> None:
    """The tables by which submissions are told apart, beside the file: leaving, accepted, judged."""
    for name, keys in (("leaving", accepted | superseded), ("accepted", accepted)):
        frame = pl.DataFrame({"submission_key": sorted(keys)}, schema={"submission_key": pl.Int64})
        connection.register("keys", frame)
        connection.execute(f"CREATE TABLE night.main.{name}_submission AS FROM keys")
        connection.unregister("keys")
    judged = " UNION ".join(
        f"SELECT submission_key FROM {staging.relation(table.qualified_name)}"
        for table in tables_renewed(Refresh.BY_JUDGEMENT)
    )
    connection.execute(f"CREATE TABLE night.main.judged_submission AS {judged}")


def _measured(connection: duckdb.DuckDBPyConnection, staging: Staging, tables: Sequence[Table]) -> list[Change]:
    """Fill the two tables of each table; rows that are the same on both sides stay out of them."""
    for table in tables:
        go, come = leaving(table, staging), coming(table, staging)
        if _is_replaced(table) and table.qualified_name not in _LINKED:
            go, come = f"({go}) EXCEPT ALL ({come})", f"({come}) EXCEPT ALL ({go})"  # most of them stay
        connection.execute(f"CREATE TABLE {removed(table)} AS {go}")
        connection.execute(f"CREATE TABLE {added(table)} AS {come}")
        adjustment = files("warehouse.load.adjustments").joinpath(f"{table.qualified_name}.sql")
        if adjustment.is_file():
            connection.execute(adjustment.read_text("utf-8"))
    changes = _changes(connection, tables)
    both = [each.table for each in changes if each.removed_count and each.added_count]
    overlapping = [table for table in both if table.qualified_name not in _LINKED and not _is_replaced(table)]
    for table in overlapping:
        _leave_out_what_stays(connection, table)
    return _changes(connection, tables) if overlapping else changes


def _is_replaced(table: Table) -> bool:
    return refresh_of(table) is Refresh.REPLACED


def _changes(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table]) -> list[Change]:
    gone = counts_of(connection, [removed(table) for table in tables])
    come = counts_of(connection, [added(table) for table in tables])
    return [Change(*row) for row in zip(tables, gone, come, strict=True)]


def _leave_out_what_stays(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    go, come = removed(table), added(table)
    connection.execute(f"CREATE TEMP TABLE gone AS FROM {go} EXCEPT ALL FROM {come}")
    connection.execute(f"CREATE OR REPLACE TABLE {come} AS FROM {come} EXCEPT ALL FROM {go}")
    connection.execute(f"CREATE OR REPLACE TABLE {go} AS FROM gone")
    connection.execute("DROP TABLE gone")


def _carry_out(connection: duckdb.DuckDBPyConnection, changes: Sequence[Change]) -> None:
    """Children go before their parents and come after them.

    Each deletion is a transaction of its own: within one, DuckDB takes a deleted key for one that still stands.
    """
    for change in reversed(changes):
        if change.removed_count:
            name, condition = quote_name(change.table.qualified_name), matching(change.table, "t", "r")
            connection.execute(f"DELETE FROM {name} AS t USING {removed(change.table)} AS r WHERE {condition}")
    connection.begin()
    for change in changes:
        if change.added_count:
            order = ", ".join(quote_name(key) for key in change.table.primary_key)
            connection.execute(
                f"INSERT INTO {quote_name(change.table.qualified_name)} BY NAME"
                f" SELECT * FROM {added(change.table)} ORDER BY {order}"
            )
    connection.commit()
