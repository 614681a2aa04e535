"""The audit of a release that is being built, or of a whole one: everything the definitions and the gate promise.

The questions come from the table definitions and from ``warehouse/audits``; an answer is a list of Chinese
sentences. Nothing is changed and nothing decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

import duckdb

from warehouse.delta import Change, added, removed
from warehouse.errors import IllegalTransition
from warehouse.refresh import Refresh, matching, refresh_of, tables_renewed
from warehouse.registry import TABLES, quote_name, quote_text, range_condition
from warehouse.registry import table as table_named
from warehouse.schema import ForeignKey, Kind, Table
from warehouse.staging import Staging
from warehouse.states import path

_EXAMPLES = 3
"""How many offenders a sentence names."""
_IDENTITY = ("department_id", "fiscal_year", "version", "file_name", "sha256")
"""Columns that say what a row is about, whatever else changes in it."""


def audit_changes(connection: duckdb.DuckDBPyConnection, staging: Staging, changes: Sequence[Change]) -> list[str]:
    """Violations by what a night changed, the changes having been carried out; everything else was audited before."""
    changed = [change for change in changes if not change.is_empty]
    return [
        *(line for change in changed for line in _table(connection, change.table, added(change.table))),
        *(line for change in changed for line in _orphans(connection, change)),
        *(line for change in changed for line in _collisions(connection, change.table)),
        *_questions(connection),
        *_sums(connection, staging),
        *_moves(connection, changes),
    ]


def audit_whole(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Violations in any row of any table."""
    return [
        *(line for table in TABLES for line in _table(connection, table, quote_name(table.qualified_name))),
        *_questions(connection),
    ]


def _table(connection: duckdb.DuckDBPyConnection, table: Table, rows: str) -> Iterator[str]:
    """Violations by the rows of a relation with the table's columns; keys are held against the whole table."""
    title = f"{table.title}（{table.qualified_name}）"
    for key in (table.primary_key, *table.unique):
        if table.is_large or rows == quote_name(table.qualified_name):
            yield from _found(connection, _duplicates(table, key, rows), f"{title}：{'、'.join(key)} 重复")
    for reference in table.foreign_keys:
        yield from _found(connection, _dangling(reference, rows), f"{title}：指向 {reference.table} 的键不存在")
    yield from _broken_conditions(connection, table, rows, title)
    if {"submission_key", "department_key", "fiscal_year"} <= set(table.column_names):
        yield from _found(connection, _strangers(table, rows), f"{title}：单位或年度与其报送版本不符")
    if table.name == "provenance":
        yield from _rootless(connection, rows, title)


def _duplicates(table: Table, key: Sequence[str], rows: str) -> str:
    every = " AND ".join(f"{quote_name(name)} IS NOT NULL" for name in key) if key in table.unique else "true"
    same = " AND ".join(f't."{name}" IS NOT DISTINCT FROM r."{name}"' for name in key)
    return (
        f"SELECT {_names(key)} FROM {quote_name(table.qualified_name)} AS t"
        f" WHERE EXISTS (SELECT * FROM {rows} AS r WHERE {same}) AND {every} GROUP BY ALL HAVING count(*) > 1"
    )


def _dangling(reference: ForeignKey, rows: str) -> str:
    pairs = zip(reference.columns, reference.referred, strict=True)
    same = " AND ".join(f'p."{referred}" = r."{name}"' for name, referred in pairs)
    given = " AND ".join(f'r."{name}" IS NOT NULL' for name in reference.columns)
    return (
        f"SELECT DISTINCT {_names(reference.columns)} FROM {rows} AS r WHERE {given}"
        f" AND NOT EXISTS (SELECT * FROM {quote_name(reference.table)} AS p WHERE {same})"
    )


def _orphans(connection: duckdb.DuckDBPyConnection, change: Change) -> Iterator[str]:
    """Rows of other tables that still point to a row that went."""
    if not change.removed_count:
        return
    for child in TABLES:
        for reference in child.foreign_keys:
            if reference.table == change.table.qualified_name:
                pairs = zip(reference.columns, reference.referred, strict=True)
                same = " AND ".join(f'g."{referred}" = c."{name}"' for name, referred in pairs)
                rows = (
                    f"(SELECT * FROM {quote_name(child.qualified_name)} AS c"
                    f" WHERE EXISTS (SELECT * FROM {removed(change.table)} AS g WHERE {same}))"
                )
                title = f"{child.title}（{child.qualified_name}）"
                yield from _found(
                    connection, _dangling(reference, rows), f"{title}：指向 {reference.table} 的键已不存在"
                )


def _broken_conditions(connection: duckdb.DuckDBPyConnection, table: Table, rows: str, title: str) -> Iterator[str]:
    conditions = list(_conditions(table))
    together = " AND ".join(f"({condition})" for condition, _ in conditions)
    if connection.sql(f"SELECT 1 FROM {rows} WHERE NOT ({together}) LIMIT 1").pl().height:
        for condition, message in conditions:
            query = f"SELECT {_names(table.primary_key)} FROM {rows} WHERE NOT ({condition})"
            yield from _found(connection, query, f"{title}：{message}")


def _conditions(table: Table) -> Iterator[tuple[str, str]]:
    for column in table.columns:
        if condition := range_condition(column):
            yield condition, f"“{column.title}”超出允许的范围"
        if not column.nullable:
            yield f"{quote_name(column.name)} IS NOT NULL", f"“{column.title}”为空"
    for check in table.checks:
        yield check.condition, check.message


def _strangers(table: Table, rows: str) -> str:
    """Facts that stand under another department or year than their submission."""
    return (
        f"SELECT {_names(table.primary_key)} FROM {rows} AS r JOIN core.dim_submission AS s USING (submission_key)"
        " WHERE r.department_key <> s.department_key OR r.fiscal_year <> s.fiscal_year"
    )


def _rootless(connection: duckdb.DuckDBPyConnection, rows: str, title: str) -> Iterator[str]:
    """Provenance of rows that are not there, or of tables that are none."""
    facts = [table for table in tables_renewed(Refresh.BY_SUBMISSION) if len(table.primary_key) == 1]
    known = ", ".join(quote_text(table.name) for table in facts)
    query = f"SELECT DISTINCT table_name FROM {rows} WHERE table_name NOT IN ({known})"
    yield from _found(connection, query, f"{title}：不认识的数据表")
    for table in facts:
        query = (
            f"SELECT row_key FROM {rows} AS r WHERE table_name = {quote_text(table.name)} AND NOT EXISTS"
            f' (SELECT * FROM {quote_name(table.qualified_name)} AS t WHERE t."{table.primary_key[0]}" = r.row_key)'
        )
        yield from _found(connection, query, f"{title}：{table.name} 中没有对应的行")


def _questions(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for entry in sorted(files("warehouse.audits").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".sql"):
            sentence, _, query = entry.read_text("utf-8").partition("\n")
            yield from _found(connection, query, sentence.removeprefix("-- "))


def _collisions(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[str]:
    """One key for two things: what a row is about never changes, so a change of it means that two keys met."""
    if refresh_of(table) not in (Refresh.UPSERTED, Refresh.REFERENCED):
        return
    identity = [name for name in _IDENTITY if name in table.column_names]
    differs = " OR ".join(f'r."{name}" IS DISTINCT FROM a."{name}"' for name in identity)
    if differs:
        keys = ", ".join(f'a."{name}"' for name in table.primary_key)
        query = (
            f"SELECT {keys} FROM {removed(table)} AS r"
            f" JOIN {added(table)} AS a ON {matching(table, 'r', 'a')} WHERE {differs}"
        )
        yield from _found(connection, query, f"{table.title}（{table.qualified_name}）：同一个键指向两个不同的对象")


def _sums(connection: duckdb.DuckDBPyConnection, staging: Staging) -> Iterator[str]:
    """Accepted = published: row counts and sums of money of each accepted submission, as staged and as it stands."""
    for table in tables_renewed(Refresh.BY_SUBMISSION):
        if table.name == "provenance" or not staging.has(table.qualified_name):
            continue
        figures = ["count(*) AS row_count", *(f'sum("{name}") AS "{name}"' for name in _money(table))]

        def summed(relation: str, figures: Iterable[str] = tuple(figures)) -> str:
            return (
                f"SELECT submission_key, {', '.join(figures)} FROM {relation}"
                " SEMI JOIN temp.main.accepted_submission USING (submission_key) GROUP BY submission_key"
            )

        staged, published = summed(staging.relation(table.qualified_name)), summed(quote_name(table.qualified_name))
        different = f"((({staged}) EXCEPT ({published})) UNION (({published}) EXCEPT ({staged})))"
        query = (
            "SELECT DISTINCT department_id, fiscal_year FROM quality.submission_version"
            f" SEMI JOIN {different} USING (submission_key)"
        )
        yield from _found(connection, query, f"{table.title}（{table.qualified_name}）：采纳的合计与公布的合计不一致")


def money_totals(connection: duckdb.DuckDBPyConnection, table: Table, relation: str) -> tuple[object, ...]:
    """Row count and the sum of each money column, in the table's order, exactly."""
    sums = "".join(f', coalesce(sum("{name}"), 0)' for name in _money(table))
    return connection.sql(f"SELECT count(*){sums} FROM {relation}").pl().row(0)


def _money(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.kind is Kind.MONEY]


def _moves(connection: duckdb.DuckDBPyConnection, changes: Sequence[Change]) -> Iterator[str]:
    """Versions whose status changed in a way that the states do not allow."""
    versions = table_named("quality.submission_version")
    if not any(change.table is versions and change.removed_count and change.added_count for change in changes):
        return
    pairs = connection.sql(
        f"SELECT r.submission_key, r.status, a.status FROM {removed(versions)} AS r"
        f" JOIN {added(versions)} AS a ON {matching(versions, 'r', 'a')} ORDER BY 1"
    ).pl()
    for key, before, after in pairs.rows():
        try:
            path(before, after)
        except IllegalTransition as error:
            yield f"{versions.title}（{versions.qualified_name}）：{key}：{error.message}"


def _found(connection: duckdb.DuckDBPyConnection, query: str, sentence: str) -> Iterator[str]:
    """The sentence, with the number of offenders and the first few, if the query finds any."""
    rows = connection.sql(f"SELECT *, count(*) OVER () AS offenders FROM ({query}) LIMIT {_EXAMPLES}").pl()
    if rows.height:
        names = "；".join("、".join(str(value) for value in row[:-1]) for row in rows.rows())
        yield f"{sentence}：共 {rows['offenders'][0]} 处，例如 {names}。"


def _names(columns: Iterable[str]) -> str:
    return ", ".join(quote_name(name) for name in columns)
