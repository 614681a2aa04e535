"""The page of questions that analysts ask, each with its query and what it gives on samples, some as a picture too.

What is asked stands in ``queries.toml``; the answers come from a release of the samples. ``make queries`` writes the
page and its pictures.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from duckdb import DuckDBPyConnection
from pydantic import BaseModel, ConfigDict, Field

from orchestration.queries_page.pictures import Picture, picture_of
from samples.write import write_samples
from warehouse.desk import open_release, run_query
from warehouse.home import Home

DEPARTMENTS = 3
YEARS = (2022, 2023)
MEDIA = ("md", "xlsx")
PAGE = "queries.md"
PICTURES = "pictures/question-{}.svg"
"""The page and its pictures in the folder of documents."""


class Question(BaseModel):
    """A question in Chinese, what it is about, what to mind, the query that answers it, and how the answer is drawn."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    asked: str = Field(min_length=1)
    title: str = Field(min_length=1)
    note: str = ""
    query: str = Field(min_length=1)
    picture: Picture | None = None


def questions() -> Sequence[Question]:
    """The questions in order; ValidationError when the file breaks its schema."""
    return [Question.model_validate(entry) for entry in tomllib.loads(_text("queries.toml"))["questions"]]


def write_sample_home(folder: Path) -> Home:
    """A home whose inbox holds the samples that the page tells of."""
    home = Home(folder).create()
    home.mark_synthetic()
    write_samples(folder, DEPARTMENTS, YEARS, media=MEDIA)
    home.config.write_text('registry = "registry.csv"\nsettle_seconds = 0\n', "utf-8")
    return home


def queries_page(home: Home) -> Mapping[str, str]:
    """The page as Markdown and its pictures as SVG, each by its path in the folder of documents, answered by the
    current release of the home; UsageError when a query cannot be run."""
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    with open_release(home, confined=True) as release:
        answered = [_answered(release, number, question) for number, question in enumerate(questions(), 1)]
    page = environment.from_string(_text("queries.md.j2")).render(
        questions=answered, departments=DEPARTMENTS, years=YEARS, media=MEDIA
    )
    drawn = {each["drawn_as"]: each["svg"] for each in answered if each["svg"]}
    return {PAGE: page.rstrip("\n") + "\n", **drawn}


def _answered(release: DuckDBPyConnection, number: int, question: Question) -> dict[str, Any]:
    columns, rows = run_query(release, question.query)
    return {
        **question.model_dump(),
        "columns": columns,
        "rows": [[_cell(value) for value in row] for row in rows],
        "svg": question.picture and picture_of(question.picture, columns, rows),
        "drawn_as": PICTURES.format(number),
    }


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", "<br>")


@cache
def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
