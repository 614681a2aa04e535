"""What no program of this kind could do with less: DuckDB alone writing the same tables, and judging by the same SQL.

In CPU seconds, on one thread, as the build and the judging themselves work.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from expectations.catalogue import load_catalogue
from expectations.judging import phase_table, population_query, violation_query
from warehouse.connection import open_memory, open_reader, open_writer
from warehouse.registry import TABLES, create_statements, quote_name, quote_text, schema_statements
from warehouse.release.releases import Release


def seconds_of_tables(release: Release, database: Path) -> float:
    """All tables of a release, with all their constraints, from its own Parquet files into a new database file."""
    started = time.process_time()
    with open_writer(database, threads=1) as connection:
        for statement in (*schema_statements(), *(line for table in TABLES for line in create_statements(table))):
            connection.execute(statement)
        for table in TABLES:
            source = quote_text(str(release.path / "parquet" / f"{table.qualified_name}.parquet"))
            connection.execute(f"INSERT INTO {quote_name(table.qualified_name)} BY NAME FROM {source}")
        connection.execute("CHECKPOINT")
    return time.process_time() - started


def seconds_of_rules(evidence: Path, release: Release, folder: Path) -> float:
    """Every rule of the catalogue over the evidence that a night has left, from Parquet files (written to ``folder``,
    which is not counted): whom it looked at, and what violates it. RuntimeError unless that is what the night's
    ``release`` says of every submission."""
    folder.mkdir()
    with open_reader(evidence) as connection:
        names = [name for (name,) in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()]
        for name in names:
            connection.execute(f"COPY {name} TO {quote_text(str(folder / name))} (FORMAT parquet)")
    started = time.process_time()
    with open_memory(threads=1) as connection:
        for name in names:
            connection.execute(f"CREATE TABLE {name} AS FROM read_parquet({quote_text(str(folder / name))})")
        rules = load_catalogue().rules
        for rule in rules:
            table = phase_table(rule.phase)
            looked_at, violates = (query(rule, table).format() for query in (population_query, violation_query))
            connection.execute(f"CREATE TABLE looked_at_{rule.id} AS {looked_at}")
            connection.execute(f"CREATE TABLE violates_{rule.id} AS {violates}")
        seconds = time.process_time() - started
        if differing := _differing(connection, release, [rule.id for rule in rules]):
            raise RuntimeError(f"the floor judges otherwise than the night: {differing[:5]}")
    return seconds


def _differing(connection: duckdb.DuckDBPyConnection, release: Release, rules: Sequence[str]) -> list[tuple[Any, ...]]:
    """rule_id, submission_key, outcome and number of findings where only the floor or only the night says so."""
    parts = (("looked_at", 0), ("violates", 1))
    rows = " UNION ALL ".join(
        f"SELECT '{rule}' AS rule_id, submission_key, {is_broken} AS is_broken FROM {part}_{rule}"
        for rule in rules
        for part, is_broken in parts
    )
    connection.execute(f"ATTACH {quote_text(str(release.database))} AS night (READ_ONLY)")
    return connection.execute(Path(__file__).with_suffix(".sql").read_text("utf-8").format(rows=rows)).fetchall()
