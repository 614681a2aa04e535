"""The pages of the board as data (``sections.toml``): what each shows of which view. Checked when it is loaded."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from warehouse.views import View, views

OVERVIEW = frozenset({"mart.submission_board", "mart.department_execution"})
"""Views of the first page's tables."""


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ViewSpec(_Spec):
    """Something made from one view; ``where`` is an SQL condition on its rows, ``is_newest`` takes the last year's."""

    view: str
    title: str | None = None
    where: str = "true"
    is_newest: bool = False
    most: int = Field(200, ge=1, description="rows of a table, or of one of its groups")

    @property
    def source(self) -> View:
        """The view; StopIteration when there is none of that name."""
        return next(view for view in views() if view.qualified_name == self.view)


class TableSpec(ViewSpec):
    """A table: columns of a view, a grid a value of ``by``; ``distinct`` where rows repeat what the columns say.

    A full bar is the largest value of the rows that agree in ``scale_by``. With ``has_place``, a last column says where
    the row stands in which file. ``rest`` says how to see rows left out.
    """

    columns: tuple[str, ...] = Field(min_length=1)
    order: str
    by: Literal["fiscal_year"] | None = None
    distinct: bool = False
    bars: tuple[str, ...] = ()
    scale_by: tuple[str, ...] = ()
    has_place: bool = False
    rest: str | None = None


class PivotSpec(ViewSpec):
    """A table of years: a row for each of ``rows``, a column a year, the sum of ``value`` in the cells. Rows with the
    largest value of any year come first; with ``is_ascending``, those with the smallest of their newest year."""

    rows: tuple[str, ...] = Field(min_length=1)
    value: str
    is_ascending: bool = False


class ChartSpec(ViewSpec):
    """A chart: sums of ``value`` by ``label``, told apart by the values of ``part``, or sums of the columns ``parts``.

    ``names`` says what columns are called here where the dictionary calls them after another use. ``query`` names a
    query of ``warehouse/queries`` that gives the rows where the view only describes them. Bars lie, columns stand, both
    ``stacked``, as ``shares`` of a whole or ``beside`` each other; dots are for rates through the years, where nothing
    may be added up. Years follow each other; other labels are in the order of their sums, the largest first, those of
    dots in that of their newest year, the smallest first.
    """

    label: str
    part: str | None = None
    value: str | None = None
    parts: tuple[str, ...] = ()
    names: Mapping[str, str] = {}
    query: str | None = None
    shape: Literal["bars", "columns", "dots"] = "bars"
    manner: Literal["stacked", "shares", "beside"] = "stacked"
    most: int = Field(30, ge=1, description="labels")

    @model_validator(mode="after")
    def _is_told_apart_in_one_way(self) -> Self:
        if (self.part is None) != (self.value is None) or (self.part is None) != bool(self.parts):
            raise ValueError("a chart has either a part and a value, or parts")
        if self.shape == "dots" and self.part != "fiscal_year":
            raise ValueError("dots are values through the years")
        return self


class PageSpec(_Spec):
    """A page of the board; ``name`` is its file. Charts come first, then pivots, then tables."""

    name: str = Field(pattern=r"^[a-z]+$")
    title: str
    lead: str
    charts: tuple[ChartSpec, ...] = ()
    pivots: tuple[PivotSpec, ...] = ()
    tables: tuple[TableSpec, ...] = ()


class _Pages(_Spec):
    first: PageSpec
    page: tuple[PageSpec, ...]


@cache
def _all() -> _Pages:
    text = files(__package__).joinpath("sections.toml").read_text("utf-8")
    return _Pages.model_validate(tomllib.loads(text))


def first_page() -> PageSpec:
    """The page that the board opens with, of which only the charts are described; ValidationError when the file is
    wrong."""
    return _all().first


def pages() -> tuple[PageSpec, ...]:
    """Every page but the first, in the order of the menu; ValidationError when the file is wrong."""
    return _all().page


@cache
def made_of_rows() -> tuple[ViewSpec, ...]:
    """Every chart, table of years and table that is made from the rows of its view."""
    every = (first_page(), *pages())
    charts = (chart for page in every for chart in page.charts if chart.query is None)
    return (*charts, *(spec for page in every for spec in (*page.pivots, *page.tables)))


@cache
def shared_views() -> frozenset[str]:
    """Views that more than one part of the board is made from, those of the first page's tables among them."""
    used = Counter(spec.view for spec in made_of_rows())
    return frozenset(view for view, count in used.items() if count > 1) | OVERVIEW
