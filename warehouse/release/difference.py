"""What differs between two releases: rows by table, department and year; versions of submissions; totals.

Reads only. What a night itself noted of its changes stands in meta.release_change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import duckdb

from warehouse.connection import open_memory
from warehouse.desk import Row, rows_of
from warehouse.errors import UsageError
from warehouse.load.content import row_text
from warehouse.load.ownership import department_of, year_of
from warehouse.registry import TABLES, quote_name, quote_text
from warehouse.registry import table as table_named
from warehouse.release.meta import SUMMED_SCHEMAS
from warehouse.release.releases import Release, Releases
from warehouse.schema import Table

_COUNTED = ("_count", "_yuan")


@dataclass(frozen=True, slots=True)
class Difference:
    """``rows``: table_name, department_id, fiscal_year, added, changed, removed, of ``core`` and ``quality`` (volatile
    columns left out); ``versions``: department_id, fiscal_year, version, status_before, status (None: not known),
    reason; ``totals``: name, title, before, after of those that differ; ``not_compared``: tables whose columns are not
    the same in both."""

    earlier: str
    later: str
    rows: list[Row]
    versions: list[Row]
    totals: list[Row]
    not_compared: list[str]


def two_releases(releases: Releases, earlier: str | None, later: str | None) -> tuple[Release, Release]:
    """The two to compare: ``later`` is by default the current one, ``earlier`` the one before ``later``.

    UsageError when there are no such releases.
    """
    current = releases.current()
    if current is None:
        raise UsageError("还没有任何发布。请先运行 jixiao nightly。")
    last = current if later is None else releases.get(later)
    if earlier is not None:
        return releases.get(earlier), last
    known = releases.list()
    place = [release.release_id for release in known].index(last.release_id)
    if place == 0:
        raise UsageError(f"发布 {last.release_id} 以前没有别的发布可比。")
    return known[place - 1], last


def difference(earlier: Release, later: Release) -> Difference:
    """What ``later`` has that ``earlier`` has not, and the other way round. ReleaseFault when a manifest is damaged."""
    connection = open_memory()
    try:
        for name, release in (("earlier", earlier), ("later", later)):
            connection.execute(f"ATTACH {quote_text(str(release.database.resolve()))} AS {name} (READ_ONLY)")
        comparable = {table.qualified_name for table in TABLES if _is_alike(connection, table)}
        tables = list(_differing(earlier, later))
        rows = [row for table in tables if table.qualified_name in comparable for row in _rows(connection, table)]
        versions = rows_of(connection, "versions_of_releases")
    finally:
        connection.close()
    return Difference(
        earlier.release_id,
        later.release_id,
        rows,
        versions,
        _totals(earlier, later),
        [table.qualified_name for table in tables if table.qualified_name not in comparable],
    )


def _differing(earlier: Release, later: Release) -> Iterator[Table]:
    """The tables whose contents are not the same."""
    before, after = earlier.manifest["tables"], later.manifest["tables"]
    for table in TABLES:
        name = table.qualified_name
        if table.schema in SUMMED_SCHEMAS and before.get(name) != after.get(name):
            yield table


def _is_alike(connection: duckdb.DuckDBPyConnection, table: Table) -> bool:
    """Whether both releases hold the table with today's columns."""
    known = connection.execute(
        "SELECT count(*) FROM duckdb_columns()"
        " WHERE schema_name = ? AND table_name = ? AND list_contains(?, column_name)",
        [table.schema, table.name, list(table.column_names)],
    ).fetchall()[0][0]
    return bool(known == 2 * len(table.column_names))


def _rows(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Row]:
    template = files("warehouse.queries").joinpath("rows_of_releases.sql").read_text("utf-8")
    owners = {
        f"{database}_{what}": find(table, f"{database}.") or "NULL"
        for database in ("earlier", "later")
        for what, find in (("department", department_of), ("year", year_of))
    }
    query = template.format(
        table=table.qualified_name,
        key=", ".join(quote_name(name) for name in table.primary_key),
        text=row_text(table),
        same=" AND ".join(f'e."{name}" IS NOT DISTINCT FROM l."{name}"' for name in table.primary_key),
        **owners,
    )
    return connection.sql(query).pl().to_dicts()


def _totals(earlier: Release, later: Release) -> list[Row]:
    columns = [each for each in table_named("meta.release").columns if each.name.endswith(_COUNTED)]
    return [
        {
            "name": column.name,
            "title": column.title,
            "before": earlier.manifest.get(column.name),
            "after": later.manifest.get(column.name),
        }
        for column in columns
        if earlier.manifest.get(column.name) != later.manifest.get(column.name)
    ]
