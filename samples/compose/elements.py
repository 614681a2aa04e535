"""The elements of a composed report, neutral of the medium. Texts may hold marks (see ``samples.marks``)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from samples.style import TableLook

_TAGS = re.compile(r"<[^<>]+>")


@dataclass(slots=True)
class Title:
    """The report's title."""

    text: str


@dataclass(slots=True)
class Contents:
    """Where a table of contents may stand."""


@dataclass(slots=True)
class Heading:
    """A numbered heading: ``depth`` from 0; ``label`` is its numbering as printed."""

    label: str
    text: str
    depth: int


@dataclass(slots=True)
class Paragraph:
    """A paragraph or list item. ``label`` is a list label or empty; the first ``bold`` characters of the text
    may be printed bold (a run-in title)."""

    text: str
    label: str = ""
    title: str = ""


@dataclass(slots=True)
class TableElement:
    """A table: caption lines above it, header rows, body rows of cells, and its look. A transposed table's body
    rows are (field, value) pairs; an empty row there parts two blocks."""

    captions: list[str]
    header: list[list[str]]
    rows: list[list[str]]
    look: TableLook
    parts: list[tuple[str, ...]] = field(default_factory=list)


Element = Title | Contents | Heading | Paragraph | TableElement


def cell_lines(cell: str) -> list[str]:
    """The lines of a cell, for media whose cells have lines of their own instead of markup."""
    return [line for piece in _TAGS.split(cell) if (line := piece.strip())]
