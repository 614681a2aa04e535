"""A warehouse of many districts, made from the release of one by SQL: each copy has keys, departments and words of its
own, so that nothing of it is counted with another's. Only what people query is copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.connection import open_writer
from warehouse.registry import TABLES, quote_name, quote_text, schema_statements
from warehouse.schema import Column, Kind, Table
from warehouse.views.creation import create_views

_UNASKED = ("quality.sentence",)
"""Tables that neither views nor pages read."""
_TEXTS = ("title", "detail", "goal", "completion", "sentence", "canonical_name", "reported_name", "alias", "short_name")
"""Columns whose words are a copy's own; the names of metrics, rules and files are everybody's."""
_LARGEST_KEY = 9223372036854775807
_SPREAD = 1_000_003
"""Keys of copies are so far apart."""


def multiply(release: Path, target: Path, copies: int) -> None:
    """Write the file ``target``: the release with its departments, and all that is theirs, ``copies`` times.

    Tables stand without their physical keys, which no view makes use of.
    """
    with open_writer(target) as connection:
        for statement in schema_statements():
            connection.execute(statement)
        connection.execute(f"ATTACH {quote_text(str(release))} AS source (READ_ONLY)")
        for table in TABLES:
            _copy(connection, table, 0 if table.qualified_name in _UNASKED else copies)
        connection.execute("DETACH source")
        create_views(connection)
        connection.execute("CHECKPOINT")


def _copy(connection: DuckDBPyConnection, table: Table, copies: int) -> None:
    name = quote_name(table.qualified_name)
    is_own = table.schema != "meta" and any(_is_own(column.kind, column.name) for column in table.columns)
    times = f", range({copies}) AS copies(copy) ORDER BY copy" if is_own else ""
    columns = ", ".join(_columns(table)) if is_own else "*"
    connection.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM source.{name} AS r{times}")


def _is_own(kind: Kind, name: str) -> bool:
    return kind is Kind.KEY or name == "department_id"


def of_copy(column: Column) -> str:
    """A column of a row in its ``copy`` (0 is the row itself), which has keys and a department of its own."""
    name = quote_name(column.name)
    if column.kind is Kind.KEY:
        return f"CAST((CAST({name} AS HUGEINT) + copy * {_SPREAD}) % {_LARGEST_KEY} AS BIGINT) AS {name}"
    if column.name == "department_id":
        return f"CASE WHEN copy > 0 THEN {name} || '-' || copy ELSE {name} END AS {name}"
    return name


def _columns(table: Table) -> Iterator[str]:
    for column in table.columns:
        name = quote_name(column.name)
        is_own = column.name in _TEXTS and table.name != "dim_function"
        yield f"{name} || copy AS {name}" if is_own else of_copy(column)
