"""What the views cost in CPU time: each on ten years of sixteen departments, search on a million sentences."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from duckdb import DuckDBPyConnection

from benchmarks.printing import Figure
from samples.write import write_samples
from warehouse.connection import open_reader, open_writer
from warehouse.home import Home
from warehouse.registry import TABLES, create_statements, quote_name, quote_text, schema_statements, tables_of
from warehouse.schema import Kind, Table
from warehouse.views import views
from warehouse.views.creation import create_views

DEPARTMENTS = 16
YEARS = tuple(range(2014, 2024))
_SENTENCES = 1_000_000
_TURNS = 5
_CONTAINS = "SELECT count(*) FROM mart.narrative WHERE contains(text, '垃圾')"
_SEARCHES = {
    "contains, one word": _CONTAINS,
    "contains, two words": f"{_CONTAINS} AND contains(text, '分类')",
    "mart.search, two words, all columns": "FROM mart.search('垃圾 分类')",
    "mart.search, two words, one year": "FROM mart.search('垃圾 分类', year := 2021)",
    "mart.search, a word that is nowhere": "FROM mart.search('绝无此词')",
}
_TEXTS = ("title", "detail", "goal", "completion", "sentence")


def measure_views(folder: Path) -> list[Figure]:
    """A night on the samples with their forms, then every view as a whole, every column of it."""
    release = _released(folder)
    with open_reader(release) as connection:
        figures = [Figure(f"mart.{view.name}", *_cost_of_view(connection, view.name)) for view in views()]
        ((entries,),) = connection.execute("SELECT count(*) FROM mart.narrative").fetchall()
    copies = -(-_SENTENCES // entries)
    with open_writer(folder / "many.duckdb") as connection:
        _multiply(connection, release, copies)
    with open_reader(folder / "many.duckdb") as connection:
        figures += [
            Figure(f"{name}, {entries * copies:,} sentences", *_cost(connection, query))
            for name, query in _SEARCHES.items()
        ]
    return figures


def _released(folder: Path) -> Path:
    home = Home(folder / "home").create()
    home.mark_synthetic()
    write_samples(home.path, DEPARTMENTS, YEARS, media=("md", "xlsx"))
    home.config.write_text('registry = "registry.csv"\nsettle_seconds = 0\n', "utf-8")
    command = [sys.executable, "-m", "orchestration.cli", "--home", str(home.path), "nightly"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise RuntimeError(f"the night failed with status {done.returncode}: {done.stderr[-2000:]}")
    return (home.current / "warehouse.duckdb").resolve()


def _cost_of_view(connection: DuckDBPyConnection, name: str) -> tuple[float, str]:
    seconds, _ = _cost(connection, f"SELECT count(*), bit_xor(hash(v)) FROM mart.{name} AS v")
    ((rows,),) = connection.execute(f"SELECT count(*) FROM mart.{name}").fetchall()
    return seconds, f"ms of CPU, {rows:,} rows"


def _cost(connection: DuckDBPyConnection, query: str) -> tuple[float, str]:
    spent = []
    for _ in range(_TURNS):
        started = time.process_time()
        rows = connection.execute(query).fetchall()
        spent.append(time.process_time() - started)
    found = rows[0][0] if query.startswith("SELECT count") else len(rows)
    return min(spent) * 1000, f"ms of CPU, {found:,} found"


def _multiply(connection: DuckDBPyConnection, release: Path, copies: int) -> None:
    """The release with each row of the facts as often, each copy a submission and a text of its own."""
    for statement in (*schema_statements(), *(line for table in TABLES for line in create_statements(table))):
        connection.execute(statement)
    connection.execute(f"ATTACH {quote_text(str(release))} AS source (READ_ONLY)")
    for table in tables_of("core"):
        name = quote_name(table.qualified_name)
        is_copied = "submission_key" in table.column_names
        times = f", range({copies}) AS copies(copy) ORDER BY copy" if is_copied else ""
        columns = ", ".join(_columns(table) if is_copied else ["*"])
        connection.execute(f"INSERT INTO {name} SELECT {columns} FROM source.{name} AS r{times}")
    create_views(connection)
    connection.execute("CHECKPOINT")


def _columns(table: Table) -> Iterator[str]:
    """Keys of a copy are spread over what a key may be; those that dimensions without copies have stay."""
    kept = {"department_key", "project_key", "budget_unit_key", "internal_office_key"}
    for column in table.columns:
        name = quote_name(column.name)
        if column.kind is Kind.KEY and column.name not in kept:
            yield f"CAST((CAST({name} AS HUGEINT) + copy * 1000003) % 9223372036854775807 AS BIGINT) AS {name}"
        elif column.name == "department_id" and table.name == "dim_submission":
            yield f"{name} || '-' || copy AS {name}"
        elif column.name in _TEXTS:
            yield f"{name} || copy AS {name}"
        else:
            yield name
