"""The views analysts query: one SQL file each, its titles, columns and example query in the header on top.

The header is TOML in ``-- `` comment lines. ``sources`` lists the tables the view reads; a column of the view
that the header does not describe takes title, unit and warning from the first source that has a column of its
name; ``from`` names another base column. No view is described anywhere else. How views come into a database belongs
to ``warehouse.views.creation``, their Chinese names to ``warehouse.views.chinese``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from warehouse.registry import table
from warehouse.schema import Column
from warehouse.tables.common import COMPUTED

_REQUIRED = {"title", "title_en", "grain", "sources", "example", "columns"}
_OPTIONAL = {"warning", "note"}
_COLUMN_FIELDS = {"title", "title_en", "unit", "warning", "allowed"}


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """What the header, or a base column, says of a view's column; ``origin`` is that base column, or a source's column
    of the same name."""

    name: str
    title: str
    title_en: str
    unit: str | None = None
    source: str | None = None
    warning: str | None = None
    allowed: tuple[str, ...] | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """One view: its texts, the tables it reads, the columns its header describes, and its SELECT.

    ``note`` says how the view is used or its figures are made, where the columns alone do not.
    """

    schema: str
    name: str
    title: str
    title_en: str
    grain: str
    warning: str | None
    note: str | None
    example: str
    sources: tuple[str, ...]
    described: Mapping[str, ViewColumn]
    sql: str

    @property
    def qualified_name(self) -> str:
        """``schema.name``."""
        return f"{self.schema}.{self.name}"

    def column(self, name: str) -> ViewColumn:
        """The column's texts; ValueError if neither the header nor a source knows it."""
        if name in self.described:
            return self.described[name]
        source = _source_of(name, self.sources)
        if source is None:
            raise ValueError(f"{self.qualified_name}: nothing describes the column {name}")
        return _derived(name, source, table(source).column(name))


def parse_view(schema: str, name: str, text: str) -> View:
    """The view of one SQL file; ValueError, with the view's name, if its header is missing or wrong."""
    lines = text.splitlines()
    length = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    where = f"{schema}.{name}"
    try:
        header = tomllib.loads("\n".join(line[2:].removeprefix(" ") for line in lines[:length]))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{where}: the header is not TOML: {error}") from error
    if wrong := _REQUIRED.symmetric_difference(header.keys() - _OPTIONAL):
        raise ValueError(f"{where}: missing or unknown in the header: {', '.join(sorted(wrong))}")
    return View(
        schema=schema,
        name=name,
        title=header["title"],
        title_en=header["title_en"],
        grain=header["grain"],
        warning=header.get("warning"),
        note=header.get("note"),
        example=header["example"].strip(),
        sources=tuple(header["sources"]),
        described={key: _described(where, key, entry, header["sources"]) for key, entry in header["columns"].items()},
        sql="\n".join(lines[length:]).strip().removesuffix(";"),
    )


@cache
def views() -> tuple[View, ...]:
    """Every view, in order of schema and name."""
    root = files(__name__)
    folders = sorted((entry for entry in root.iterdir() if _holds_views(entry)), key=lambda entry: entry.name)
    return tuple(
        parse_view(folder.name, entry.name.removesuffix(".sql"), entry.read_text(encoding="utf-8"))
        for folder in folders
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".sql")
    )


def _holds_views(entry: Traversable) -> bool:
    return entry.is_dir() and not entry.name.startswith("_")


def _described(where: str, name: str, entry: dict[str, Any], sources: Iterable[str]) -> ViewColumn:
    base = entry.get("from")
    texts: dict[str, Any] = {key: value for key, value in entry.items() if key != "from"}
    if "allowed" in texts:
        texts["allowed"] = tuple(texts["allowed"])
    if unknown := texts.keys() - _COLUMN_FIELDS:
        raise ValueError(f"{where}.{name}: unknown in the header: {', '.join(sorted(unknown))}")
    if base is not None:
        table_name, _, column_name = base.rpartition(".")
        return replace(_derived(name, table_name, table(table_name).column(column_name)), **texts)
    if not {"title", "title_en"} <= texts.keys():
        raise ValueError(f"{where}.{name}: the header gives no title and title_en")
    source = _source_of(name, sources)
    return ViewColumn(name=name, source=COMPUTED, origin=source and f"{source}.{name}", **texts)


def _source_of(name: str, sources: Iterable[str]) -> str | None:
    """The first of the tables that has a column of that name."""
    return next((source for source in sources if name in table(source).column_names), None)


def _derived(name: str, table_name: str, column: Column) -> ViewColumn:
    return ViewColumn(
        name,
        column.title,
        column.title_en,
        column.unit,
        column.source,
        column.warning,
        column.allowed,
        f"{table_name}.{column.name}",
    )
