"""The content of a table as a number: a checksum that does not depend on the order of rows and can be added up.

checksum(table) = sum over its rows of the lower half of the MD5 of the row's canonical text, modulo 2^64. So the
checksum after a change is the one before, less that of the rows that went, plus that of the rows that came.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from warehouse.registry import quote_name
from warehouse.schema import Column, Kind, Table

_MODULUS = 1 << 64


class Content(NamedTuple):
    """Row count and checksum of a set of rows; both can be added and taken away."""

    row_count: int
    checksum: int

    def plus(self, other: Content) -> Content:
        """With the other's rows."""
        return Content(self.row_count + other.row_count, (self.checksum + other.checksum) % _MODULUS)

    def minus(self, other: Content) -> Content:
        """Without the other's rows."""
        return Content(self.row_count - other.row_count, (self.checksum - other.checksum) % _MODULUS)

    @property
    def text(self) -> str:
        """The checksum as it is published: sixteen hexadecimal digits."""
        return f"{self.checksum:016x}"

    @classmethod
    def of_text(cls, row_count: int, checksum: str) -> Content:
        """From what was published."""
        return cls(row_count, int(checksum, 16))


def contents_of(connection: duckdb.DuckDBPyConnection, sources: Sequence[tuple[Table, str]]) -> list[Content]:
    """The content of each relation, which has the columns of the table beside it; volatile columns do not count."""
    if not sources:
        return []
    parts = (
        f"SELECT {i} AS source, count(*) AS row_count,"
        f" coalesce(sum(md5_number_lower({row_text(table)})), 0) AS checksum FROM {relation}"
        for i, (table, relation) in enumerate(sources)
    )
    found = connection.sql(f"FROM ({' UNION ALL '.join(parts)}) ORDER BY source").pl()
    return [Content(int(rows), int(checksum) % _MODULUS) for _, rows, checksum in found.rows()]


def content_of(connection: duckdb.DuckDBPyConnection, table: Table, relation: str | None = None) -> Content:
    """The content of one relation, the table itself by default; see contents_of."""
    return contents_of(connection, [(table, relation or quote_name(table.qualified_name))])[0]


def row_text(table: Table) -> str:
    """SQL of a row's canonical text: each value with its length before it, a dash for none, so that no two rows look
    alike. One flat ``concat``, which leaves out what is NULL: texts put together in steps take half as long again."""
    values = [_value_text(column) for column in table.columns if column.name not in table.volatile]
    parts = ", ".join(f"strlen({value}), CASE WHEN {value} IS NULL THEN '-' ELSE ':' END, {value}" for value in values)
    return f"concat({parts})"


def _value_text(column: Column) -> str:
    name = quote_name(column.name)
    if column.kind is Kind.TIMESTAMP:
        return f"CAST(epoch_us({name}) AS VARCHAR)"
    if column.kind in (Kind.TEXT_LIST, Kind.INTEGER_LIST):
        return f"array_to_string(list_transform({name}, lambda x: strlen(CAST(x AS VARCHAR)) || ':' || x), '')"
    return name if column.kind is Kind.TEXT else f"CAST({name} AS VARCHAR)"
