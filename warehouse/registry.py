"""Every table, in dependency order, and the DDL and comments derived from it; opens no connection."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.schema import Column, ForeignKey, Table
from warehouse.tables.core import (
    bridge_project_alias,
    dim_budget_unit,
    dim_department,
    dim_document,
    dim_fiscal_year,
    dim_function,
    dim_indicator_kind,
    dim_internal_office,
    dim_project,
    dim_submission,
    fact_achievement,
    fact_budget_unit,
    fact_department_budget,
    fact_form,
    fact_form_funding,
    fact_goal,
    fact_headcount,
    fact_indicator,
    fact_internal_office,
    fact_measure,
    fact_problem,
    fact_project_spending,
    provenance,
)
from warehouse.tables.meta import data_dictionary, release, release_change, release_table
from warehouse.tables.quality import (
    evaluation,
    finding,
    received_file,
    rejected_row,
    roster,
    rule,
    sentence,
    submission_version,
    unrecognised,
    waiver,
)

SCHEMA_TITLES = {
    "core": ("已采纳的数据（星型模型）", "Accepted submissions, star schema"),
    "quality": ("收件与审核", "What was received, judged and found"),
    "meta": ("发布信息", "Releases and the data dictionary"),
    "mart": ("分析视图", "Views for analysis"),
    "报表": ("分析视图（中文名）", "The same views under Chinese names"),
}
"""Schema to its Chinese and English title."""

SCHEMAS = tuple(SCHEMA_TITLES)
"""Every schema of the warehouse; ``mart`` and ``报表`` hold views only."""

TABLES: tuple[Table, ...] = tuple(
    module.TABLE
    for module in (
        dim_fiscal_year,
        dim_department,
        dim_function,
        dim_indicator_kind,
        dim_budget_unit,
        dim_internal_office,
        dim_project,
        bridge_project_alias,
        dim_submission,
        dim_document,
        fact_department_budget,
        fact_headcount,
        fact_budget_unit,
        fact_internal_office,
        fact_project_spending,
        fact_goal,
        fact_achievement,
        fact_problem,
        fact_measure,
        fact_form,
        fact_form_funding,
        fact_indicator,
        provenance,
        rule,
        submission_version,
        received_file,
        roster,
        waiver,
        evaluation,
        finding,
        rejected_row,
        unrecognised,
        sentence,
        release,
        release_table,
        release_change,
        data_dictionary,
    )
)
"""All tables; a table stands after those it refers to."""

_BY_NAME = {table.qualified_name: table for table in TABLES}


def table(qualified_name: str) -> Table:
    """The table named ``schema.name``; KeyError if there is none."""
    return _BY_NAME[qualified_name]


def tables_of(schema: str) -> tuple[Table, ...]:
    """The tables of a schema, in dependency order."""
    return tuple(each for each in TABLES if each.schema == schema)


def quote_name(name: str) -> str:
    """An SQL identifier, ``schema.name`` part by part."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split("."))


def quote_text(text: str) -> str:
    """An SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def schema_statements() -> list[str]:
    """``CREATE SCHEMA`` for every schema."""
    return [f"CREATE SCHEMA IF NOT EXISTS {quote_name(schema)}" for schema in SCHEMAS]


def create_statements(table: Table) -> list[str]:
    """``CREATE TABLE`` with constraints, then the Chinese comments of the table and of each column.

    Large tables carry NOT NULL and CHECK only; keys of the others, and foreign keys declared physical, stand
    in the DDL. Physically referred rows must be deleted after their referrers, in separate statements.
    """
    parts = [*(_column_sql(column) for column in table.columns), *_constraints(table)]
    name = quote_name(table.qualified_name)
    return [f"CREATE TABLE {name} (\n  " + ",\n  ".join(parts) + "\n)", *comment_statements(table)]


def comment_statements(table: Table) -> list[str]:
    """``COMMENT ON`` statements of the table and of each column."""
    name = quote_name(table.qualified_name)
    return [
        f"COMMENT ON TABLE {name} IS {quote_text(table_comment(table))}",
        *(
            f"COMMENT ON COLUMN {name}.{quote_name(column.name)} IS {quote_text(column_comment(column))}"
            for column in table.columns
        ),
    ]


def table_comment(table: Table) -> str:
    """Chinese title, grain and warning."""
    return comment_text(f"{table.title}：{table.grain}", None, table.warning)


def column_comment(column: Column) -> str:
    """Chinese title, unit and warning."""
    return comment_text(column.title, column.unit, column.warning)


def comment_text(title: str, unit: str | None, warning: str | None) -> str:
    """The one form of a comment on a table, view or column."""
    return title + (f"，单位：{unit}" if unit else "") + (f"。注意：{warning}" if warning else "")


def range_condition(column: Column) -> str | None:
    """The SQL condition of a column's range and allowed values, None if it has neither; NULL satisfies it."""
    name = quote_name(column.name)
    conditions = []
    if column.minimum is not None:
        conditions.append(f"{name} >= {column.minimum}")
    if column.maximum is not None:
        conditions.append(f"{name} <= {column.maximum}")
    if column.allowed is not None:
        conditions.append(f"{name} IN ({', '.join(quote_text(value) for value in column.allowed)})")
    return " AND ".join(conditions) or None


def _column_sql(column: Column) -> str:
    condition = range_condition(column)
    null = "" if column.nullable else " NOT NULL"
    check = f" CHECK ({condition})" if condition else ""
    return f"{quote_name(column.name)} {column.kind.sql}{null}{check}"


def _constraints(table: Table) -> Iterator[str]:
    if not table.is_large:
        yield f"PRIMARY KEY ({_name_list(table.primary_key)})"
        yield from (f"UNIQUE ({_name_list(columns)})" for columns in table.unique)
    yield from (f"CHECK ({check.condition})" for check in table.checks)
    yield from (_foreign_key(key) for key in table.foreign_keys if key.physical)


def _foreign_key(key: ForeignKey) -> str:
    referred = f"{quote_name(key.table)} ({_name_list(key.referred)})"
    return f"FOREIGN KEY ({_name_list(key.columns)}) REFERENCES {referred}"


def _name_list(names: tuple[str, ...]) -> str:
    return ", ".join(quote_name(name) for name in names)
