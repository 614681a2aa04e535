"""What the views and the pages made of them cost: on ten years of sixteen departments, and on a hundred times that.

In CPU time of all cores, and beside it by the clock, which says little on a busy machine.
"""

from __future__ import annotations

import time
from pathlib import Path

from duckdb import DuckDBPyConnection

from benchmarks.browser import measure_loading
from benchmarks.districts import multiply
from benchmarks.printing import Figure
from benchmarks.whole_night import home_for, whole_night
from samples.write import write_samples
from warehouse.connection import open_reader
from warehouse.publication.board import write_library, write_sections
from warehouse.views import views

DEPARTMENTS = 16
YEARS = tuple(range(2014, 2024))
DISTRICTS = 100
"""How many such districts the larger warehouse has."""
_TURNS = 5
_CONTAINS = "SELECT count(*) FROM mart.narrative WHERE contains(text, '垃圾')"
_SEARCHES = {
    "contains, one word": _CONTAINS,
    "contains, two words": f"{_CONTAINS} AND contains(text, '分类')",
    "mart.search, two words, all columns": "FROM mart.search('垃圾 分类')",
    "mart.search, two words, one year": "FROM mart.search('垃圾 分类', year := 2021)",
    "mart.search, a word that is nowhere": "FROM mart.search('绝无此词')",
}


def measure_views(folder: Path) -> list[Figure]:
    """A night on the samples with their forms, then every view as a whole, every column of it; the same for a hundred
    such districts, with search and the pages of the board."""
    release = _released(folder)
    many = folder / "many.duckdb"
    multiply(release, many, DISTRICTS)
    figures = []
    boards = {districts: folder / f"board-{districts}" for districts in (1, DISTRICTS)}
    for database, districts in ((release, 1), (many, DISTRICTS)):
        with open_reader(database) as connection:
            figures += [
                Figure(f"mart.{view.name}, {districts} × {DEPARTMENTS}", *_cost_of_view(connection, view.name))
                for view in views()
            ]
            figures.append(_cost_of_board(connection, boards[districts], districts))
    with open_reader(many) as connection:
        figures += [Figure(name, *_cost(connection, query)) for name, query in _SEARCHES.items()]
    first = {f"first page, {districts} × {DEPARTMENTS}": board / "index.html" for districts, board in boards.items()}
    return [*figures, *measure_loading(first)]


def _cost_of_board(connection: DuckDBPyConnection, folder: Path, districts: int) -> Figure:
    """The pages that every night writes; those of departments follow what changed."""
    folder.mkdir()
    started = time.process_time()
    write_sections(connection, folder, is_synthetic=True)
    spent = time.process_time() - started
    largest = max(folder.iterdir(), key=lambda path: path.stat().st_size)
    first = (folder / "index.html").stat().st_size
    write_library(folder, None)
    unit = f"ms of CPU; index.html {first:,} bytes, {largest.name} {largest.stat().st_size:,}"
    return Figure(f"board without departments, {districts} × {DEPARTMENTS}", spent * 1000, unit)


def _released(folder: Path) -> Path:
    home = home_for(folder / "home", Path("registry.csv"))
    write_samples(home.path, DEPARTMENTS, YEARS, media=("md", "xlsx"))
    whole_night(home)
    return (home.current / "warehouse.duckdb").resolve()


def _cost_of_view(connection: DuckDBPyConnection, name: str) -> tuple[float, str]:
    return _cost(connection, f"SELECT count(*), bit_xor(hash(v)) FROM mart.{name} AS v")


def _cost(connection: DuckDBPyConnection, query: str) -> tuple[float, str]:
    spent, waited = [], []
    for _ in range(_TURNS):
        began, started = time.perf_counter(), time.process_time()
        rows = connection.execute(query).fetchall()
        spent.append(time.process_time() - started)
        waited.append(time.perf_counter() - began)
    found = rows[0][0] if query.startswith("SELECT count") else len(rows)
    return min(spent) * 1000, f"ms of CPU, {min(waited) * 1000:,.0f} ms by the clock, {found:,} rows"
