"""Ruled tables that hold a report's sections, a heading on the left and its text on the right: opened into lines and
the tables within the text.

Which tables are such is told for all pages at once, by what tables/sections.py says of them.
"""

from __future__ import annotations

from collections.abc import Container
from itertools import groupby
from typing import NamedTuple

from transforms.documents.pdf.frame import Box
from transforms.documents.pdf.printed import PrintedLine
from transforms.documents.pdf.ruled import PageTable, Slot
from transforms.documents.tables.sections import are_sections

_NEAR = 4.0
_STEP = 0.5
"""Points by which a heading is set above the text beside it."""


class _Section(NamedTuple):
    """Its heading, the cells of its text, and the tables within it whose rules touch its own."""

    heading: Slot
    texts: list[Slot]
    inner: list[PageTable]

    @property
    def size(self) -> int:
        """Characters of its text."""
        return sum(len(slot.text) for slot in self.texts)


class Contents(NamedTuple):
    """The lines of a table of sections in reading order, and the tables within them."""

    lines: list[PrintedLine]
    tables: list[PageTable]


def section_tables(tables: list[PageTable]) -> list[PageTable]:
    """Those of the ruled tables of all pages that hold sections: tables over pages have the same sides."""
    groups: list[list[PageTable]] = []
    for table in tables:
        if table.is_ruled and _sections(table):
            group = next((one for one in groups if _are_alike(one[0], table)), None)
            if group is None:
                groups.append([table])
            else:
                group.append(table)
    return [table for group in groups if _hold_sections(group) for table in group]


def contents_of(table: PageTable) -> Contents:
    """What stands in a table of sections."""
    sections = _sections(table)
    tables = table.inner + [inner for section in sections for inner in section.inner]
    return Contents([line for section in sections for line in _lines(section, tables)], tables)


def _sections(table: PageTable) -> list[_Section]:
    """The rows of a table, those with one heading together; none where a heading has no text that is one cell wide."""
    groups = [list(rows) for _, rows in groupby(table.rows, lambda row: id(row[0]))]
    found = [section for rows in groups if (section := _section(rows, table.edges)) is not None]
    return found if len(found) == len(groups) else []


def _section(rows: list[list[Slot]], edges: list[float]) -> _Section | None:
    texts = {id(row[1]): row[1] for row in rows if all(slot is row[1] for slot in row[1:])}
    if not texts:
        return None
    stretches = groupby(rows, lambda row: texts.keys() >= set(map(id, row[1:])))
    inner = [_inner_table(list(own), texts.keys(), edges) for is_text, own in stretches if not is_text]
    return _Section(rows[0][0], list(texts.values()), inner)


def _inner_table(rows: list[list[Slot]], texts: Container[int], edges: list[float]) -> PageTable:
    """The table that stands in rows of a section, between cells of its text."""
    within = [(at, slot) for row in rows for at, slot in enumerate(row) if at and id(slot) not in texts]
    first, last = min(at for at, _ in within), max(at for at, _ in within)
    boxes = [line.box for _, slot in within for line in slot.lines]
    top, bottom = min((box.top for box in boxes), default=0.0), max((box.bottom for box in boxes), default=0.0)
    box = Box(edges[first], top, edges[last + 1], bottom)
    return PageTable(box, edges[first : last + 2], [row[first : last + 1] for row in rows])


def _are_alike(one: PageTable, other: PageTable) -> bool:
    return all(abs(one.edges[at] - other.edges[at]) <= _NEAR for at in (0, 1, -1))


def _hold_sections(tables: list[PageTable]) -> bool:
    """Whether the rows are sections; one without a heading goes on with that of the page before."""
    sections = [one for table in tables for one in _sections(table) if one.heading is not one.texts[0]]
    return are_sections([(" ".join(one.heading.text.split()), one.size) for one in sections if one.heading.text])


def _lines(section: _Section, tables: list[PageTable]) -> list[PrintedLine]:
    """The heading, set above the text beside it, and the text without what stands in the tables."""
    heading, texts = section.heading, [line for slot in section.texts for line in slot.lines]
    lines = [line for line in texts if not any(_is_within(line, table.box) for table in tables)]
    if heading is section.texts[0] or not heading.lines:
        return lines
    left = min((line.box.left for line in texts), default=heading.lines[0].box.left)
    top = min(line.box.top for line in (*heading.lines, *texts)) - _STEP
    runs = [run for line in heading.lines for run in line.runs]
    return [PrintedLine(runs, Box(left, top, left + heading.lines[0].box.width, top)), *lines]


def _is_within(line: PrintedLine, box: Box) -> bool:
    return box.top <= line.box.middle <= box.bottom
