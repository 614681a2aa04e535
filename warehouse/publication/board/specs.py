"""The pages of the board as data (``sections.toml``): what each shows of which view. Checked when it is loaded."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from warehouse.views import View, views

OVERVIEW = frozenset({"mart.submission_board", "mart.department_execution"})
"""Views of the first page."""


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


class StackSpec(ViewSpec):
    """Stacked bars: one a ``label``, made of the sums of ``value`` by ``part``, or of the columns ``parts``; all of the
    same length with ``is_share``."""

    label: str
    part: str | None = None
    value: str | None = None
    parts: tuple[str, ...] = ()
    is_share: bool = True


class PageSpec(_Spec):
    """A page of the board; ``name`` is its file. Stacks come first, then pivots, then tables."""

    name: str = Field(pattern=r"^[a-z]+$")
    title: str
    lead: str
    stacks: tuple[StackSpec, ...] = ()
    pivots: tuple[PivotSpec, ...] = ()
    tables: tuple[TableSpec, ...] = ()


class _Pages(_Spec):
    page: tuple[PageSpec, ...]


@cache
def pages() -> tuple[PageSpec, ...]:
    """Every page but the first, in the order of the menu; ValidationError when the file is wrong."""
    text = files(__package__).joinpath("sections.toml").read_text("utf-8")
    return _Pages.model_validate(tomllib.loads(text)).page


@cache
def shared_views() -> frozenset[str]:
    """Views that more than one part of the board is made from, the first page's among them."""
    used = Counter(spec.view for page in pages() for spec in (*page.stacks, *page.pivots, *page.tables))
    return frozenset(view for view, count in used.items() if count > 1) | OVERVIEW
