"""What a build starts from: the last release's file, or new tables. What a night changes in them: the delta."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import duckdb

from warehouse.archive import hash_of
from warehouse.errors import ReleaseFault
from warehouse.manifest import DATABASE
from warehouse.registry import TABLES, create_statements, quote_name, quote_text, schema_statements
from warehouse.release import Release


def layout_of_tables() -> str:
    """A digest of all DDL: a release of another layout cannot be copied as it is."""
    statements = [*schema_statements(), *(line for table in TABLES for line in create_statements(table))]
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()


def copied_base(database: Path, base: Release | None) -> Release | None:
    """Copy the base's file to ``database`` if it has today's layout; the base if it was copied.

    ReleaseFault for a base whose file is not as it was published.
    """
    if base is None or base.manifest["layout"] != layout_of_tables():
        return None
    shutil.copyfile(base.database, database)
    if hash_of(database) != base.manifest["files"][DATABASE]["sha256"]:
        raise ReleaseFault(
            f"所依据的发布 {base.release_id} 已损坏，未建立新的发布。",
            [f"{base.release_id} 的数据库文件与发布时不同。"],
        )
    return base


def lay_tables(connection: duckdb.DuckDBPyConnection, base: Release | None) -> None:
    """Create every table; take over what a base of another layout holds, by the names of columns.

    duckdb.ConstraintException when old rows do not fit the new definitions: then only a rebuild helps.
    """
    connection.begin()
    for statement in schema_statements():
        connection.execute(statement)
    for table in TABLES:
        for statement in create_statements(table):
            connection.execute(statement)
    connection.commit()
    if base is not None:
        connection.execute(f"ATTACH {quote_text(str(base.database))} AS base (READ_ONLY)")
        _take_over(connection)
        connection.execute("DETACH base")


def _take_over(connection: duckdb.DuckDBPyConnection) -> None:
    old = connection.sql(
        "SELECT schema_name || '.' || table_name AS name, list(column_name) AS columns"
        " FROM duckdb_columns() WHERE database_name = 'base' GROUP BY ALL"
    ).pl()
    columns_of = dict(old.rows())
    for table in TABLES:
        common = [name for name in table.column_names if name in columns_of.get(table.qualified_name, ())]
        if common:
            target, names = quote_name(table.qualified_name), ", ".join(quote_name(name) for name in common)
            connection.execute(f"INSERT INTO {target} BY NAME SELECT {names} FROM base.{target}")
