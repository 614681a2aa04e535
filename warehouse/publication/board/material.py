"""What the pages are made from: the release's own file, the names of its departments, and where their pages lie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import ClassVar

import duckdb
import polars as pl

from warehouse.desk import Row, frame_of, rows_of
from warehouse.keys import key_expression
from warehouse.publication.board.specs import OVERVIEW, ViewSpec, made_of_rows, shared_views
from warehouse.registry import quote_name
from warehouse.views import View, ViewColumn
from warehouse.views.chinese import chinese_view, identifier

DEPARTMENTS = "departments"
"""The folder of the departments' pages."""
UNKNOWN = "unknown"
"""The page of what could be told to no department."""
TEXTS = "texts"
"""Stands for the words of a project's row where its figures have a row of their own."""
_MARKS = {
    "fact_project_spending": "p",
    TEXTS: "t",
    "fact_goal": "g",
    "fact_achievement": "a",
    "fact_form": "f",
    "fact_problem": "q",
    "fact_measure": "m",
}
"""Table -> first letter of the anchors of its rows on the departments' pages."""
_ROWS = {
    "project_spending_key": "fact_project_spending",
    "form_key": "fact_form",
    "achievement_key": "fact_achievement",
}
KEYS = (*_ROWS, "narrative_key", "table_name")
"""Columns of views that lead to a row."""


_LEADING = frozenset({"department_id", "fiscal_year", "file_name", "page", "line", *KEYS})
"""Columns of views that links and places are made of."""


@cache
def _words_of(view: str) -> frozenset[str]:
    """All words of what pages show of the view, the names of the columns that they ask for among them."""
    specs = (spec.model_dump_json() for spec in made_of_rows() if spec.view == view)
    return frozenset(word for spec in specs for word in re.findall(r"\w+", spec))


def row_anchor(table_name: object, key: object) -> str:
    """The anchor of a fact's row on its department's page."""
    return f"{_MARKS[str(table_name)]}{key}"


@dataclass(frozen=True)
class Material:
    """A release that is asked for what a page shows."""

    MOST_PAGES: ClassVar[int] = 3000
    """Departments that have a page each, more than a province's towns: with more of them nobody has, or a nation's
    night would do little else than write pages."""

    connection: duckdb.DuckDBPyConnection
    _made: set[str] = field(default_factory=set)
    _spoken: dict[str, View] = field(default_factory=dict)

    def ask(self, query: str) -> list[Row]:
        """The rows of a query."""
        return self.connection.execute(query).pl().to_dicts()

    def rows(self, query: str, **parameters: object) -> list[Row]:
        """The rows of a named query of ``warehouse/queries``."""
        return rows_of(self.connection, query, **parameters)

    def text(self, name: str) -> str:
        """An SQL text of the board with places to fill."""
        return files(__package__).joinpath(f"{name}.sql").read_text("utf-8")

    def pivot(self, names: Iterable[str], **places: object) -> str:
        """The SQL text of a pivot with its places filled, ``names`` being the columns that tell its rows apart."""
        quoted = [quote_name(name) for name in names]
        same = " AND ".join(f"cells.{name} IS NOT DISTINCT FROM placed.{name}" for name in quoted)
        return self.text("pivot").format(names=", ".join(quoted), same=same, **places)

    def source(self, view: View) -> str:
        """The view, or what it gives as a table of this connection alone where several parts of the board need it: of
        its columns those that they ask for."""
        if view.qualified_name not in shared_views():
            return quote_name(view.qualified_name)
        if view.name not in self._made:
            asked = self.columns[view.name] & (_words_of(view.qualified_name) | _LEADING)
            columns = "*" if view.qualified_name in OVERVIEW else ", ".join(map(quote_name, sorted(asked)))
            self.connection.execute(
                f"CREATE TEMP TABLE {quote_name(view.name)} AS SELECT {columns} FROM {quote_name(view.qualified_name)}"
            )
            self._made.add(view.name)
        return quote_name(f"temp.{view.name}")

    def spoken(self, view: View) -> View:
        """The view as people read of it: its notes and warnings name columns by their titles."""
        if view.name not in self._spoken:
            self._spoken[view.name] = chinese_view(view, sorted(self.columns[view.name]))
        return self._spoken[view.name]

    def column(self, view: View, name: str) -> ViewColumn:
        """A column of the view as people read of it."""
        return self.spoken(view).column(identifier(view.column(name).title))

    def keep(self, query: str, **parameters: object) -> None:
        """What a named query gives, as a table of its name of this connection alone, for other queries to join."""
        text = files("warehouse.queries").joinpath(f"{query}.sql").read_text("utf-8")
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {query} AS {text}", parameters)
        self._made.add(query)

    def kept(self, query: str) -> str:
        """The table of what a named query without parameters gives, made when it is first asked for."""
        if query not in self._made:
            self.keep(query)
        return quote_name(f"temp.{query}")

    def close(self) -> None:
        """Drop what was made for the pages."""
        for name in self._made:
            self.connection.execute(f"DROP TABLE {quote_name(f'temp.{name}')}")
        self._made.clear()

    def condition(self, spec: ViewSpec) -> str:
        """The SQL condition on the rows of a spec."""
        newest = f"fiscal_year = (SELECT max(fiscal_year) FROM {self.source(spec.source)})"
        return f"{spec.where} AND {newest}" if spec.is_newest else spec.where

    @cached_property
    def columns(self) -> Mapping[str, frozenset[str]]:
        """View of schema ``mart``, without the schema -> its columns."""
        listed = self.ask(
            "SELECT table_name, list(column_name) AS names FROM meta.data_dictionary"
            " WHERE schema_name = 'mart' GROUP BY table_name"
        )
        return {str(row["table_name"]): frozenset(map(str, row["names"])) for row in listed}  # type: ignore[call-overload]

    @cached_property
    def _departments(self) -> pl.DataFrame:
        """``department_id``, ``name``, ``short_name``, ``page`` of every department."""
        found = frame_of(self.connection, "board_departments")
        return found.with_columns(page=key_expression("department_page", "department_id").cast(pl.String))

    @cached_property
    def has_pages(self) -> bool:
        """Whether departments have pages."""
        return self._departments.height <= self.MOST_PAGES

    @cached_property
    def pages(self) -> dict[str, str]:
        """Department -> name of its page's file, without ending; identifiers may hold what a path must not."""
        return dict(self._departments.select("department_id", "page").rows()) if self.has_pages else {}

    @cached_property
    def short_names(self) -> dict[str, str]:
        """Department -> short name today."""
        return dict(self._departments.select("department_id", "short_name").rows())

    @cached_property
    def names(self) -> dict[str, str]:
        """Department -> full name today."""
        return dict(self._departments.select("department_id", "name").rows())

    @cached_property
    def has_unknown(self) -> bool:
        """Whether anything was received that could be told to no department."""
        found = self.ask("SELECT count(*) > 0 AS any FROM quality.submission_version WHERE department_id IS NULL")
        return bool(found[0]["any"])

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The fiscal years that there are, the newest first."""
        found = self.ask("SELECT fiscal_year FROM core.dim_fiscal_year ORDER BY fiscal_year DESC")
        return tuple(int(str(row["fiscal_year"])) for row in found)

    @cached_property
    def changed(self) -> frozenset[str]:
        """Departments whose rows differ from the release before; all of them where the rules do."""
        return frozenset(str(row["department_id"]) for row in self.rows("board_changed"))

    def short_name(self, department_id: object) -> str:
        """What a department is called in a table."""
        return self.short_names.get(str(department_id), str(department_id)) if department_id else "单位不明"

    def page_of(self, department_id: object) -> str | None:
        """The address of a department's page from the pages of the board, if it has one."""
        if department_id and not self.has_pages:
            return None
        return f"{DEPARTMENTS}/{self.pages.get(str(department_id), UNKNOWN)}.html"

    def place_of(self, record: Row) -> str | None:
        """The address of the rows behind a record that has a ``department_id``: those of its year."""
        page = self.page_of(record["department_id"]) if "department_id" in record else None
        year = record.get("fiscal_year")
        return page if page is None or year is None else f"{page}#y{year}"

    def row_of(self, record: Row) -> str | None:
        """The address of the one row behind a record, or of its year where it is made of several."""
        anchor, page = _anchor_of(record), self.page_of(record["department_id"])
        return self.place_of(record) if anchor is None or page is None else f"{page}#{anchor}"


def _anchor_of(record: Row) -> str | None:
    if record.get("narrative_key") is not None:
        is_text = record["table_name"] == "fact_project_spending"
        return row_anchor(TEXTS if is_text else record["table_name"], record["narrative_key"])
    return next((row_anchor(table, record[key]) for key, table in _ROWS.items() if record.get(key) is not None), None)
