"""How a night renews each table: which rows leave it and which come in. SQL only; nothing is carried out here."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from warehouse.load.staging import Staging
from warehouse.registry import TABLES, quote_name, tables_of
from warehouse.schema import Table


class Refresh(Enum):
    """The ways of renewal."""

    BY_SUBMISSION = "rows of the submissions that leave or are replaced go, rows of accepted ones come"
    BY_JUDGEMENT = "rows of the submissions that were judged anew go, what was staged for them comes"
    UPSERTED = "staged rows replace those of the same key"
    REPLACED = "the staged rows are the table; unstaged it stays as it is"
    REFERENCED = "staged rows that accepted submissions name replace all of their entity; what no fact names goes"
    BUILT = "the build writes it"


ACCEPTED = "night.main.accepted_submission"
"""The table of the submissions that come into ``core`` (see warehouse.load.delta)."""
_REFERENCED = ("core.dim_budget_unit", "core.dim_internal_office", "core.dim_project", "core.bridge_project_alias")
_UPSERTED = ("quality.submission_version", "quality.received_file")
_REPLACED_QUALITY = ("quality.rule", "quality.roster", "quality.waiver")


def refresh_of(table: Table) -> Refresh:
    """How the table is renewed; a new table falls in by its schema and columns."""
    name = table.qualified_name
    if table.schema == "meta":
        return Refresh.BUILT
    for way, names in (
        (Refresh.REFERENCED, _REFERENCED),
        (Refresh.UPSERTED, _UPSERTED),
        (Refresh.REPLACED, _REPLACED_QUALITY),
    ):
        if name in names:
            return way
    if "submission_key" not in table.column_names:
        return Refresh.REPLACED
    return Refresh.BY_SUBMISSION if table.schema == "core" else Refresh.BY_JUDGEMENT


def tables_renewed(*ways: Refresh) -> list[Table]:
    """The tables that are renewed in one of the ways, in dependency order."""
    return [table for table in TABLES if refresh_of(table) in ways]


def matching(table: Table, left: str, right: str) -> str:
    """The condition that two rows of a table have the same primary key, empty parts being equal."""
    return " AND ".join(f'{left}."{name}" IS NOT DISTINCT FROM {right}."{name}"' for name in table.primary_key)


def column_list(table: Table) -> str:
    """The table's columns, quoted, in order."""
    return ", ".join(quote_name(name) for name in table.column_names)


def leaving(table: Table, staging: Staging) -> str:
    """The SELECT of the rows in question that stand in the table before the night."""
    way, name, columns = refresh_of(table), quote_name(table.qualified_name), column_list(table)
    if way is Refresh.BY_SUBMISSION:
        return f"SELECT {columns} FROM {name} SEMI JOIN night.main.leaving_submission USING (submission_key)"
    if way is Refresh.BY_JUDGEMENT:
        return f"SELECT {columns} FROM {name} SEMI JOIN night.main.judged_submission USING (submission_key)"
    if way is Refresh.UPSERTED:
        staged = f"SELECT * FROM {staging.relation(table.qualified_name)} AS s WHERE {matching(table, 's', 't')}"
        return f"SELECT {columns} FROM {name} AS t WHERE EXISTS ({staged})"
    if way is Refresh.REFERENCED:
        key = table.primary_key[0]
        return f'SELECT {columns} FROM {name} SEMI JOIN {touched(key)} USING ("{key}")'
    if way is Refresh.REPLACED and not staging.has(table.qualified_name):
        return f"SELECT {columns} FROM {name} WHERE false"
    return f"SELECT {columns} FROM {name}"


def coming(table: Table, staging: Staging) -> str:
    """The SELECT of the rows that stand in their place after it."""
    way, columns = refresh_of(table), column_list(table)
    staged = staging.relation(table.qualified_name)
    if way is Refresh.BY_SUBMISSION:
        return f"SELECT {columns} FROM {staged} SEMI JOIN {ACCEPTED} USING (submission_key)"
    if way is Refresh.BY_JUDGEMENT:
        return f"SELECT {columns} FROM {staged}"
    if way is Refresh.REFERENCED:
        return _referenced(table, staging)
    return _newest(table, staging)


def _newest(table: Table, staging: Staging) -> str:
    """Staged rows, of those with one key the last appended."""
    keys = ", ".join(quote_name(name) for name in table.primary_key)
    return (
        f"SELECT {column_list(table)} FROM {staging.relation(table.qualified_name)}"
        f" QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY part DESC, part_row DESC) = 1"
    )


def _referenced(table: Table, staging: Staging) -> str:
    """What stood there and what comes new, as far as facts name it; only accepted facts change a description."""
    key, columns = table.primary_key[0], column_list(table)
    published = " UNION ALL ".join(
        f'SELECT "{key}" FROM {quote_name(fact.qualified_name)} SEMI JOIN {touched(key)} USING ("{key}")'
        for fact in _facts_with(key)
    )
    return (
        f"WITH fresh AS (SELECT * FROM ({_newest(table, staging)}) SEMI JOIN ({_accepted(key, staging)})"
        f' USING ("{key}")),'
        f' kept AS (SELECT {columns} FROM ({leaving(table, staging)}) ANTI JOIN fresh USING ("{key}"))'
        f' SELECT {columns} FROM (FROM kept UNION ALL BY NAME FROM fresh) SEMI JOIN ({published}) USING ("{key}")'
    )


def touched(key: str) -> str:
    """The temporary table of the keys whose rows a night may change in the dimensions that facts name by the key."""
    return f'temp.main."touched {key}"'


def touching(key: str, staging: Staging, gone: Callable[[Table], str]) -> str:
    """The SELECT of those keys: what accepted facts name, what a fact named that went (``gone`` is its relation), and
    of projects all of a department of theirs: an alias may be a name of another project of the department."""
    removed = " UNION ".join(f'SELECT "{key}" FROM {gone(fact)}' for fact in _facts_with(key))
    named = f"{_accepted(key, staging)} UNION {removed}"
    if key != "project_key":
        return named
    known, staged = quote_name("core.dim_project"), staging.relation("core.dim_project")
    return (
        f"WITH named AS ({named}), department AS ("
        f"SELECT department_id FROM {known} SEMI JOIN named USING (project_key)"
        f" UNION SELECT department_id FROM {staged} SEMI JOIN named USING (project_key))"
        f" SELECT project_key FROM {known} SEMI JOIN department USING (department_id) UNION FROM named"
    )


def keys_of_referenced() -> list[str]:
    """The keys by which facts name the rows of such dimensions."""
    return list(dict.fromkeys(table.primary_key[0] for table in tables_renewed(Refresh.REFERENCED)))


def _accepted(key: str, staging: Staging) -> str:
    """The SELECT of the keys that accepted facts name."""
    return " UNION ".join(
        f'SELECT "{key}" FROM {staging.relation(fact.qualified_name)} SEMI JOIN {ACCEPTED} USING (submission_key)'
        for fact in _facts_with(key)
    )


def _facts_with(column: str) -> list[Table]:
    return [
        table
        for table in tables_of("core")
        if refresh_of(table) is Refresh.BY_SUBMISSION and column in table.column_names
    ]
