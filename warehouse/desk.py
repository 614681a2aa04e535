"""What people ask of a published release: findings, files, the roster, where a figure came from, free queries.

Reads releases only; nothing here writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from importlib.resources import files
from typing import Any

import duckdb
import polars as pl

from warehouse.connection import damage, open_reader
from warehouse.deferral import absent
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.query_faults import explained
from warehouse.registry import tables_of
from warehouse.release.releases import Release, Releases

Row = dict[str, object]

_QUERIES = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.CALL}
"""Kinds of statements that people may run on a release; ``SHOW``, ``DESCRIBE`` and ``PIVOT`` are the first of them."""


def release_of(home: Home, release_id: str | None = None) -> Release:
    """The release of that identifier, the current one by default; UsageError when there is none."""
    releases = Releases(home)
    release = releases.current() if release_id is None else releases.get(release_id)
    if release is None:
        raise UsageError("还没有任何发布。请先运行 jixiao nightly。")
    return release


@contextmanager
def open_release(
    home: Home, release_id: str | None = None, *, confined: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the release (the current one by default); UsageError when there is none, SystemFault
    when it turns out to be damaged.

    ``confined`` bars every other file, for queries that people write.
    """
    connection = open_reader(release_of(home, release_id).database, confined=confined)
    try:
        yield connection
    except duckdb.Error as error:
        fault = damage(error)
        if fault is None:
            raise
        raise fault from error
    finally:
        connection.close()


@contextmanager
def held_open(release: Release | None) -> Iterator[None]:
    """Keeps the release (None: nothing) open meanwhile: to open it again for each of many questions would cost more
    than the answers."""
    with open_reader(release.database) if release else nullcontext():
        yield


def has_release(home: Home) -> bool:
    """Whether anything was ever published."""
    return Releases(home).current() is not None


def frame_of(connection: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> pl.DataFrame:
    """What a named query of ``warehouse/queries`` gives."""
    text = files("warehouse.queries").joinpath(f"{query}.sql").read_text("utf-8")
    with absent(("pandas",)):  # DuckDB would load it to tell whether a parameter comes from there
        return connection.execute(text, parameters or None).pl()


def has_table(connection: duckdb.DuckDBPyConnection, qualified_name: str) -> bool:
    """Whether the release has the table ``schema.name``."""
    query = "SELECT 1 FROM duckdb_tables() WHERE schema_name || '.' || table_name = $name"
    return connection.execute(query, {"name": qualified_name}).fetchone() is not None


def rows_of(connection: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> list[Row]:
    """The rows of a named query; see frame_of."""
    return frame_of(connection, query, **parameters).to_dicts()


def department_known(release: duckdb.DuckDBPyConnection, name: str) -> str:
    """The identifier of the department of that name, of today or earlier, in full or in short; else UsageError."""
    found = rows_of(release, "department_ids", department=name)
    if not found:
        raise unknown_department(name)
    return str(found[0]["department_id"])


def unknown_department(name: str) -> UsageError:
    """What is said to whoever names a department that is none of the registry."""
    return UsageError(f"单位名录中没有“{name}”。请写单位的编号、简称或全称，可用 jixiao status 查看。")


def search(home: Home, words: str, department: str | None = None, year: int | None = None) -> list[Row]:
    """Entries of the current release that hold all words, the newest year first; see the macro ``mart.search``.

    UsageError when no word is given, the department is unknown, there is no release, or the current one was made
    before there was a search.
    """
    if not words.strip(" 　"):
        raise UsageError("没有写要找的词。")
    release = release_of(home)
    with open_release(home, release.release_id) as connection:
        department = None if department is None else department_known(connection, department)
        try:
            return rows_of(connection, "search", words=words, department=department, year=year)
        except duckdb.CatalogException as error:
            raise UsageError(
                f"当前发布 {release.release_id} 由较早的程序做成，不能查找。等下一次发布，或用 jixiao rebuild 重做。",
                str(error),
            ) from error


def run_query(
    connection: duckdb.DuckDBPyConnection, query: str, most: int | None = None
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows (``most`` of them at most) of one free query.

    Names that come twice are told apart. UsageError, which says what to write instead, when it is no query or cannot
    be run.
    """
    try:
        _must_be_one_query(connection.extract_statements(query))
        result = connection.sql(query)
        if result is None:
            raise UsageError("只能查询，不能修改：这条语句没有结果。")
        rows = result.fetchall() if most is None else result.fetchmany(most)
        return _told_apart(result.columns), rows
    except duckdb.Error as error:
        raise damage(error) or explained(error, connection) from error


def _must_be_one_query(statements: Sequence[duckdb.Statement]) -> None:
    """UsageError otherwise. A PIVOT is two to DuckDB, which makes a type of its own for the columns."""
    asked = [each for each in statements if each.query or each.type != duckdb.StatementType.CREATE]
    if len(asked) != 1:
        raise UsageError("没有给出查询。" if not asked else "一次只能执行一条查询。")
    if asked[0].type not in _QUERIES:
        raise UsageError("只能查询，不能修改发布，也不能改设置。")


def _told_apart(names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        number, unique = 1, name
        while unique in found:
            number += 1
            unique = f"{name}_{number}"
        found.append(unique)
    return found


def trace(home: Home, table_name: str, key: int, column: str | None) -> list[Row]:
    """Each measured value of a fact row with its published value and its places; UsageError when nothing is known."""
    name = table_name.removeprefix("core.")
    definition = next((table for table in tables_of("core") if table.name == name), None)
    if definition is None or definition.primary_key[0] == "table_name" or len(definition.primary_key) > 1:
        known = "、".join(table.name for table in tables_of("core") if table.name.startswith("fact_"))
        raise UsageError(f"没有可追溯的表“{table_name}”。可用：{known}")
    with open_release(home) as release:
        values = (
            release.sql(f"SELECT * FROM core.{name} WHERE {definition.primary_key[0]} = $key", params={"key": key})
            .pl()
            .to_dicts()
        )
        if not values:
            raise UsageError(f"当前发布的 {name} 中没有键为 {key} 的行。")
        if column is not None and column not in values[0]:
            raise UsageError(f"{name} 没有“{column}”这一列。")
        places = rows_of(release, "trace", table=name, key=key, column=column)
    if not places:
        raise UsageError(
            f"{name} {key} 的{f'“{column}”' if column else ''}没有直接出处：它不是原文中的数，或由系统计算得出。"
        )
    return [{**place, "value": values[0].get(str(place["column_name"]))} for place in places]
