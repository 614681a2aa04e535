"""What a release says of itself: the rows of schema ``meta``. The dictionary's words come from the publication."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from time import perf_counter
from typing import Any

import duckdb
import polars as pl

from warehouse.load.content import Content
from warehouse.load.delta import Change, added, removed
from warehouse.load.ownership import department_of
from warehouse.publication.dictionary import Entry, dictionary_rows
from warehouse.registry import quote_name, quote_text
from warehouse.registry import table as table_named
from warehouse.schema import Table

Figures = Mapping[str, int | float]

SUMMED_SCHEMAS = ("core", "quality")
"""Schemas whose tables' contents are published as checksums; ``meta`` only tells of them."""


@dataclass(frozen=True, slots=True)
class ReleaseOrder:
    """What is to be released. ``accepted``: submissions whose staged rows come into ``core`` (in place of what
    they had there); ``superseded``: those whose rows leave it. ``published_at`` is the night's instant. ``figures``:
    what the stages before took and counted, by column of meta.release."""

    release_id: str
    published_at: datetime
    code_version: str
    catalogue_version: str
    accepted: frozenset[int]
    superseded: frozenset[int] = frozenset()
    figures: Figures = field(default_factory=dict)
    began: float = field(default_factory=perf_counter)


def write_release(
    connection: duckdb.DuckDBPyConnection,
    order: ReleaseOrder,
    base_release_id: str | None,
    changes: Sequence[Change],
) -> dict[str, Any]:
    """Add the release's rows to meta.release and release_change; its meta.release row."""
    row = totals_row(connection).with_columns(
        release_id=pl.lit(order.release_id),
        published_at=pl.lit(order.published_at.astimezone(UTC)),
        code_version=pl.lit(order.code_version),
        catalogue_version=pl.lit(order.catalogue_version),
        base_release_id=pl.lit(base_release_id, pl.String),
        build_seconds=pl.lit(round(perf_counter() - order.began, 3)),
        **{name: pl.lit(value) for name, value in order.figures.items()},
    )
    insert(connection, table_named("meta.release"), row)
    _write_changes(connection, order.release_id, changes)
    return row.to_dicts()[0]


def write_contents(connection: duckdb.DuckDBPyConnection, release_id: str, contents: Mapping[str, Content]) -> None:
    """Add the release's rows to meta.release_table."""
    tables = [
        {"release_id": release_id, "table_name": name, "row_count": each.row_count, "checksum": each.text}
        for name, each in contents.items()
    ]
    insert(connection, table_named("meta.release_table"), pl.DataFrame(tables))


def totals_row(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row: the counts and totals of meta.release, from the tables as they stand."""
    return connection.sql(files("warehouse.release").joinpath("totals.sql").read_text("utf-8")).pl()


def write_dictionary(connection: duckdb.DuckDBPyConnection, listed: tuple[Entry, ...]) -> None:
    """Replace meta.data_dictionary, unless it says the same already."""
    rows = dictionary_rows(listed)
    if not connection.table("meta.data_dictionary").pl().equals(rows):
        connection.execute("DELETE FROM meta.data_dictionary")
        insert(connection, table_named("meta.data_dictionary"), rows)


def insert(connection: duckdb.DuckDBPyConnection, table: Table, frame: pl.DataFrame) -> None:
    """Insert a frame's rows by name."""
    connection.register("incoming", frame)
    connection.execute(f"INSERT INTO {quote_name(table.qualified_name)} BY NAME FROM incoming")
    connection.unregister("incoming")


def _write_changes(connection: duckdb.DuckDBPyConnection, release_id: str, changes: Iterable[Change]) -> None:
    """Rows of each table that came and went, by department, all in one statement; rows of no department are in no
    department's change."""
    sides = [
        f"SELECT {department} AS department_id, {quote_text(each.table.qualified_name)} AS table_name, {came} AS came"
        f" FROM {rows(each.table)} AS r"
        for each in changes
        if (department := department_of(each.table))
        for came, rows, count in (("true", added, each.added_count), ("false", removed, each.removed_count))
        if count
    ]
    if not sides:
        return
    connection.execute(
        f"""
        INSERT INTO meta.release_change BY NAME
        SELECT $release AS release_id, department_id, table_name,
            count(*) FILTER (came) AS rows_added, count(*) FILTER (NOT came) AS rows_removed
        FROM ({" UNION ALL ".join(sides)})
        WHERE department_id IN (SELECT department_id FROM core.dim_department)
        GROUP BY department_id, table_name
        """,
        {"release": release_id},
    )
