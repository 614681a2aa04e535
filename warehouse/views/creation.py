"""The views of a database: made anew from their files, with Chinese comments, and again under Chinese names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from duckdb import DuckDBPyConnection

from warehouse.registry import comment_text, quote_name, quote_text
from warehouse.views import View, views
from warehouse.views.chinese import SCHEMA, chinese_view

_SCHEMAS = ("mart", SCHEMA)
"""Schemas that hold views and macros only."""
_COLUMNS = """
SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name = 'mart'
ORDER BY schema_name, table_name, column_index
"""


def create_views(connection: DuckDBPyConnection) -> None:
    """Makes the views and macros, in place of whatever views stood there; the tables must stand.

    ValueError if a view has a column that nothing describes, or its header one that the view lacks.
    """
    for schema in _SCHEMAS:
        connection.execute(f"DROP SCHEMA IF EXISTS {quote_name(schema)} CASCADE")
        connection.execute(f"CREATE SCHEMA {quote_name(schema)}")
    _run(connection, "macros.sql")
    for view in views():
        connection.execute(_create_statement(view))
        names = column_types(connection, view)
        twin = chinese_view(view, names)
        statements = [
            *comment_statements(view, names),
            _create_statement(twin),
            *comment_statements(twin, twin.described),
        ]
        connection.execute(";\n".join(statements))
    _run(connection, "search.sql")


def layout_of_views() -> str:
    """A digest of all that makes the views: where it is the same, those of a copied release stand as they are."""
    digest = hashlib.sha256()
    for name, content in sorted(_contents(files("warehouse.views"))):
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def created_views(connection: DuckDBPyConnection) -> Iterator[tuple[View, dict[str, str]]]:
    """Every view that ``create_views`` makes, those under Chinese names last, each with its columns and their types."""
    types_of: dict[str, dict[str, str]] = {}
    for schema, view_name, column, data_type in connection.execute(_COLUMNS).fetchall():
        types_of.setdefault(f"{schema}.{view_name}", {})[column] = data_type
    yield from ((view, types_of[view.qualified_name]) for view in views())
    for view in views():
        types = types_of[view.qualified_name]
        twin = chinese_view(view, types)
        yield twin, dict(zip(twin.described, types.values(), strict=True))


def column_types(connection: DuckDBPyConnection, view: View) -> dict[str, str]:
    """Column name to DuckDB type, in order, of a view that stands in the database."""
    rows = connection.execute(f"DESCRIBE {quote_name(view.qualified_name)}").fetchall()
    return {row[0]: row[1] for row in rows}


def comment_statements(view: View, names: Iterable[str]) -> list[str]:
    """``COMMENT ON`` statements of the view and its columns."""
    columns = [view.column(name) for name in names]
    if unknown := view.described.keys() - {column.name for column in columns}:
        raise ValueError(f"{view.qualified_name}: described, but not in the view: {', '.join(sorted(unknown))}")
    name = quote_name(view.qualified_name)
    comment = comment_text(f"{view.title}：{view.grain}", None, view.warning)
    return [
        f"COMMENT ON VIEW {name} IS {quote_text(comment)}",
        *(
            f"COMMENT ON COLUMN {name}.{quote_name(column.name)}"
            f" IS {quote_text(comment_text(column.title, column.unit, column.warning))}"
            for column in columns
        ),
    ]


def _create_statement(view: View) -> str:
    return f"CREATE VIEW {quote_name(view.qualified_name)} AS\n{view.sql}"


def _contents(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _contents(entry)
        elif entry.name.endswith((".sql", ".py")):
            yield entry.name, entry.read_bytes()


def _run(connection: DuckDBPyConnection, name: str) -> None:
    connection.execute((files("warehouse.views") / name).read_text(encoding="utf-8"))
