"""What a build starts from: the last release's file, or new tables. What a night changes in them: the delta."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import duckdb

from warehouse.archive.archive import hash_of
from warehouse.errors import ReleaseFault
from warehouse.files import remove
from warehouse.registry import TABLES, create_statements, quote_name, quote_text, schema_statements
from warehouse.release.manifest import DATABASE
from warehouse.release.releases import Release
from warehouse.schema import Table

_DOES_NOT_FIT = (
    "最新的发布 {} 由别的版本的程序公布，其中的数据不符合现在的表结构，不能接着用；没有公布，现行发布不变。"
    "请运行 jixiao rebuild，凭归档重建整个仓库。重建后如列出不同的表（程序换了版本会这样），确认无误后再运行"
    " jixiao rebuild --publish；以后照常运行 jixiao nightly。"
)
_MISFITS = (duckdb.ConstraintException, duckdb.ConversionException, duckdb.BinderException, duckdb.CatalogException)


def layout_of_tables() -> str:
    """A digest of all DDL: a release of another layout cannot be copied as it is."""
    statements = [*schema_statements(), *(line for table in TABLES for line in create_statements(table))]
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()


CopyBase = Callable[[Path, Release | None], Release | None]
"""Copies the file of a base to a path, as ``copied_base`` does."""


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


class CopyAhead:
    """The base's file, copied in a thread beside whatever comes before a build; it lies in ``folder`` until then."""

    def __init__(self, folder: Path) -> None:
        self._place = folder / DATABASE
        self._copied: Future[Release | None] | None = None

    def begin(self, base: Release | None) -> None:
        """Begins; at the second time nothing."""
        if self._copied is None:
            thread = ThreadPoolExecutor(1)
            self._copied = thread.submit(copied_base, self._place, base)
            thread.shutdown(wait=False)

    def copied_base(self, database: Path, base: Release | None) -> Release | None:
        """As the function of that name, which is asked again where there is no sound copy yet."""
        if self._copied is not None and self._copied.exception() is None and self._place.exists():
            self._place.rename(database)
            return base
        remove(self._place)
        return copied_base(database, base)


def lay_tables(connection: duckdb.DuckDBPyConnection, base: Release | None) -> None:
    """Create every table; take over what a base of another layout holds, by the names of columns; what it lacks is
    filled where ``warehouse.release.takeover`` tells how.

    ReleaseFault when old rows do not fit the new definitions: then only a rebuild helps.
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
        try:
            _take_over(connection)
        except _MISFITS as error:
            raise ReleaseFault(_DOES_NOT_FIT.format(base.release_id), [str(error)]) from error
        connection.execute("DETACH base")


def _take_over(connection: duckdb.DuckDBPyConnection) -> None:
    old = connection.sql(
        "SELECT schema_name || '.' || table_name AS name, list(column_name) AS columns"
        " FROM duckdb_columns() WHERE database_name = 'base' GROUP BY ALL"
    ).pl()
    columns_of = dict(old.rows())
    for table in TABLES:
        held = columns_of.get(table.qualified_name, ())
        if held:
            connection.execute(
                f"INSERT INTO {quote_name(table.qualified_name)} BY NAME {_taken_over(connection, table, held)}"
            )


def _taken_over(connection: duckdb.DuckDBPyConnection, table: Table, held: Collection[str]) -> str:
    """A query of the base's rows, with the columns that it lacks where ``warehouse.release.takeover`` tells them."""
    names = [f"held.{quote_name(name)}" for name in table.column_names if name in held]
    source = f"base.{quote_name(table.qualified_name)} AS held"
    filling = files("warehouse.release.takeover").joinpath(f"{table.qualified_name}.sql")
    if set(table.column_names) <= set(held) or not filling.is_file():
        return f"SELECT {', '.join(names)} FROM {source}"
    told = filling.read_text("utf-8")
    lacking = [name for name in connection.sql(told).columns if name not in held]
    keys = ", ".join(quote_name(name) for name in table.primary_key)
    names += [f"told.{quote_name(name)}" for name in lacking]
    return f"SELECT {', '.join(names)} FROM {source} LEFT JOIN ({told}) AS told USING ({keys})"
