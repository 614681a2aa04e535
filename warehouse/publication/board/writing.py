"""The board of a release as files: pages of the sections, a page a department, and what draws the charts; nothing else.

Pages of departments that did not change are those of the last release, linked.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import duckdb
from markupsafe import Markup

from warehouse.connection import beside
from warehouse.publication.board.cells import WAN, cell_of
from warehouse.publication.board.changes import changes
from warehouse.publication.board.charts import chart_of
from warehouse.publication.board.counts import by_department, by_rule
from warehouse.publication.board.departments import department_pages
from warehouse.publication.board.library import script_name, write_library
from warehouse.publication.board.markup import heads_of, json_of, rows_of
from warehouse.publication.board.material import DEPARTMENTS, Material
from warehouse.publication.board.model import Grid
from warehouse.publication.board.overview import overview
from warehouse.publication.board.pivots import pivot_of
from warehouse.publication.board.specs import PageSpec, first_page, pages
from warehouse.publication.board.tables import grids_of
from warehouse.publication.templating import fingerprint, template
from warehouse.release.releases import Release

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")
FOLDER = "board"
"""The folder of the board in a release."""


class _OneByOne(Executor):
    """Does at once what it is asked for, in the thread that asks."""

    def submit(self, ask: Callable[_Given, _Made], /, *args: _Given.args, **named: _Given.kwargs) -> Future[_Made]:
        """What was done."""
        done: Future[_Made] = Future()
        done.set_result(ask(*args, **named))
        return done


def write_board(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    base: Release | None,
    *,
    is_synthetic: bool,
    at_once: bool = True,
) -> None:
    """Write the board of a release into ``folder``, which must not exist; ``connection`` is to the release's own file.

    ``base``: the release that the file was copied from, if it was; pages of departments that did not change since, and
    the script of the charts, are linked to its own. The same file gives the same bytes. ``at_once``: two pages are made
    at a time, which takes the memory of two. OSError and duckdb.Error as they come.
    """
    (folder / DEPARTMENTS).mkdir(parents=True)
    write_library(folder, base)
    shared, reusable, waiting = _shared(is_synthetic), _reusable(base, is_synthetic), iter(pages())
    with (
        beside(connection) as other,
        closing(Material(connection)) as ours,
        closing(Material(other)) as theirs,
        ThreadPoolExecutor(1) if at_once else _OneByOne() as pool,
    ):
        departments = pool.submit(_write_departments, folder, theirs, reusable, shared)
        values = _values(ours, shared)
        sections = pool.submit(_write_sections, folder, theirs, waiting, values)
        execution = _write_sections(folder, ours, waiting, values)
        departments.result()
        _write_first(folder, ours, values, sections.result() or execution)


def write_sections(connection: duckdb.DuckDBPyConnection, folder: Path, *, is_synthetic: bool) -> None:
    """Write the pages that tell of all departments into ``folder``, which exists; errors as they come."""
    with closing(Material(connection)) as material:
        values = _values(material, _shared(is_synthetic))
        execution = _write_sections(folder, material, iter(pages()), values)
        _write_first(folder, material, values, execution)


def _shared(is_synthetic: bool) -> dict[str, Any]:
    return {
        "is_synthetic": is_synthetic,
        "menu": pages(),
        "heads_of": heads_of,
        "rows_of": rows_of,
        "json_of": json_of,
        "charts": (),
        **_look(),
    }


@cache
def board_form() -> str:
    """A digest of everything that pages are made by: pages of another form are not linked."""
    packages = ("warehouse.publication.board", "warehouse.queries", "warehouse.publication", "warehouse.views")
    texts = (
        entry.read_bytes()
        for package in packages
        for entry in sorted(files(package).iterdir(), key=lambda entry: entry.name)
        if entry.is_file()
    )
    return hashlib.sha256(b"\0".join(texts)).hexdigest()


def _values(material: Material, shared: Mapping[str, Any]) -> dict[str, Any]:
    """What the pages that tell of all departments have in common."""
    release, own = material.rows("board_release")[0], _own(material)
    published_at = cell_of("published_at", release["published_at"]).text
    return {**shared, "root": "", "release": release, "published_at": published_at, **own}


def _write_sections(
    folder: Path, material: Material, waiting: Iterator[PageSpec], values: Mapping[str, Any]
) -> Grid | None:
    """Write pages until none waits, whoever else takes some of them; the first grid of the page of execution, if that
    was among them."""
    execution = None
    for spec in waiting:
        grids = [grid for table in spec.tables for grid in grids_of(table, material)]
        execution = grids[0] if spec.name == "execution" and grids else execution
        shown: dict[str, Any] = {
            "charts": [chart_of(chart, material) for chart in spec.charts],
            "before": [*values["before"].get(spec.name, []), *(pivot_of(pivot, material) for pivot in spec.pivots)],
            "grids": grids,
        }
        tables = [*shown["before"], *grids]
        shown["has_amounts"] = any(head.unit == WAN for grid in tables for head in grid.heads)
        _write(folder / f"{spec.name}.html", "section.html.j2", {**values, "page": spec, **shown})
    return execution


def _write_first(folder: Path, material: Material, values: Mapping[str, Any], execution: Grid | None) -> None:
    first = {
        "page": first_page(),
        "overview": overview(material, execution),
        "charts": [chart_of(chart, material) for chart in first_page().charts],
        "crowd": None if material.has_pages else material.MOST_PAGES,
    }
    _write(folder / "index.html", "index.html.j2", {**values, **first})


def _own(material: Material) -> dict[str, Any]:
    """What pages show beside the tables of their views: page -> tables, and what changed."""
    findings, change = material.ask(f"FROM {material.kept('board_findings')}"), changes(material)
    return {
        "changes": change,
        "before": {
            "findings": [by_department(findings, material), by_rule(findings)],
            "changes": [change.received, change.departments, change.totals],
        },
    }


def _write_departments(folder: Path, material: Material, base: Release | None, shared: Mapping[str, Any]) -> None:
    due = [department for department in material.pages if not _linked(folder, material, base, department)]
    for each in department_pages(material, due):
        path = folder / DEPARTMENTS / f"{each.page}.html"
        _write(path, "department.html.j2", {**shared, "root": "../", "department": each})


def _reusable(base: Release | None, is_synthetic: bool) -> Release | None:
    """The base, if its pages look as today's would."""
    if base is None or base.manifest.get("board") != board_form() or base.manifest["is_synthetic"] != is_synthetic:
        return None
    return base


def _linked(folder: Path, material: Material, base: Release | None, department: str) -> bool:
    """Whether the department's page of the base stands as it was and was linked."""
    name = f"{FOLDER}/{DEPARTMENTS}/{material.pages[department]}.html"
    if base is None or department in material.changed or not base.has_sound(name):
        return False
    os.link(base.path / name, folder.parent / name)
    return True


def _write(path: Path, name: str, values: Mapping[str, Any]) -> None:
    path.write_text(template(__package__, "", name).render(values), "utf-8")


@cache
def _look() -> dict[str, Any]:
    """Style and script as they stand in every page, and the policies that let in only these two, or beside them the
    file that draws charts."""
    own = files(__package__)
    texts = {name: own.joinpath(f"board.{name}").read_text("utf-8") for name in ("css", "js")}
    return {
        "style": Markup(texts["css"]),
        "script": Markup(texts["js"]),
        "library": script_name(),
        "policy": (
            f"default-src 'none'; img-src data:; style-src '{fingerprint(texts['css'])}';"
            f" base-uri 'none'; form-action 'none'; script-src '{fingerprint(texts['js'])}'"
        ),
    }
