"""Hand-made rows for the warehouse's tests: a valid row of any table, and a database in memory to put it in."""

from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb

from warehouse.connection import open_memory
from warehouse.registry import TABLES, create_statements, quote_name, schema_statements, table
from warehouse.schema import Column, Kind, Table
from warehouse.views.creation import create_views

_DEFAULTS = {
    Kind.TEXT: "x",
    Kind.TEXT_LIST: ["x"],
    Kind.INTEGER_LIST: [1],
    Kind.BOOLEAN: False,
    Kind.DATE: date(2021, 1, 1),
    Kind.TIMESTAMP: datetime(2022, 3, 1, 2, 0, tzinfo=UTC),
}
_OVERRIDES = {
    "core.dim_fiscal_year": {"ends_on": date(2021, 12, 31)},
    "core.dim_department": {"is_current": True},
}


def database(*, with_views: bool = True) -> duckdb.DuckDBPyConnection:
    """A database in memory with every schema, table and view."""
    connection = open_memory()
    for statement in schema_statements():
        connection.execute(statement)
    for each in TABLES:
        for statement in create_statements(each):
            connection.execute(statement)
    if with_views:
        create_views(connection)
    return connection


def valid_row(definition: Table, **values: object) -> dict[str, object]:
    """A row that breaks nothing, optional columns empty, with the given values put in."""
    row = {column.name: _default(column) for column in definition.columns}
    row.update(_OVERRIDES.get(definition.qualified_name, {}))
    assert not values.keys() - row.keys(), f"{definition.qualified_name} lacks {values.keys() - row.keys()}"
    return row | values


def insert(connection: duckdb.DuckDBPyConnection, qualified_name: str, *rows: dict[str, object]) -> None:
    """Inserts rows, each completed by valid_row."""
    definition = table(qualified_name)
    marks = ", ".join("?" for _ in definition.columns)
    for row in rows:
        values = list(valid_row(definition, **row).values())
        connection.execute(f"INSERT INTO {quote_name(qualified_name)} VALUES ({marks})", values)


def records(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, object]]:
    """The rows of a query as dictionaries."""
    result = connection.execute(query)
    names = [description[0] for description in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _default(column: Column) -> object:
    if column.nullable:
        return None
    if column.allowed:
        return column.allowed[0]
    if column.kind in _DEFAULTS:
        return _DEFAULTS[column.kind]
    smallest = Decimal(1) if column.minimum is None else max(Decimal(column.minimum), Decimal(1))
    return int(smallest) if column.kind in (Kind.KEY, Kind.INTEGER, Kind.BIGINT) else smallest
