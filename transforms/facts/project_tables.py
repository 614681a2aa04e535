"""Which tables are tables of projects, which listing they are, and in what unit their amounts count.

Reading the rows belongs to project_rows; what columns mean to columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from transforms.documents.cells import is_number
from transforms.documents.model import Document, Table, TextBlock
from transforms.facts.amounts import declared_unit, said_unit
from transforms.facts.columns import Columns, classify, header_unit, table_words
from transforms.facts.outline import Outline
from transforms.language.lexicon import Lexicon, load_lexicon

_PROJECT_SECTIONS = ("spending_plan", "task_completion", "key_projects")
_FOREIGN_SECTIONS = frozenset(
    ("overall_budget", "three_public", "units", "duties", "problems", "measures", "indicators")
)
_SECTION_LEVEL = 2
_LONGEST_DECLARATION = 16
_ACCOUNTS = ("account", "kind")
_LEAD = re.compile(r"^(?:[^、.)]{1,4}[、.)]|其中:)")


@dataclass(slots=True)
class ProjectTable:
    """A table of projects. Units are those declared: ``header_units`` by position, ``unit_of`` the one a bare
    figure of a column counts in (None: nothing declares it)."""

    table: Table
    columns: Columns
    listing: str
    caption_unit: str | None = None
    section_unit: str | None = None
    header_units: dict[int, str] = field(default_factory=dict)
    is_foreign: bool = False

    def unit_of(self, position: int) -> str | None:
        """Header before caption before section; an undeclared column shares the unit of a declared neighbour."""
        declared = self.header_units.get(position) or self.caption_unit or self.section_unit
        others = set(self.header_units.values())
        return declared or (others.pop() if len(others) == 1 else None)


def project_tables(document: Document, outline: Outline, year: int | None) -> list[ProjectTable]:
    """The project tables of a document in reading order; amounts of several years: those of ``year``."""
    found: list[ProjectTable] = []
    said = _Said()
    for index, block in enumerate(document.blocks):
        if isinstance(block, TextBlock):
            said.hear(outline, index, block)
            continue
        above = found[-1] if found and _has_columns_of(found[-1].table, block) else None
        table = replace(block, header=above.table.header) if above and not _has_header(block) else block
        columns = classify(table, year)
        if _is_project_table(table, columns, outline, index):
            found.append(_described(table, columns, outline, index, said.unit))
            if not (found[-1].caption_unit or said.unit):
                found[-1].caption_unit = _unit_below(document, index) or (above.caption_unit if above else None)
    return found


def _unit_below(document: Document, index: int) -> str | None:
    """The unit that a line under the table declares and says nothing else, unless the next table follows it."""
    below, behind = ([*document.blocks[index + 1 : index + 3], None, None])[:2]
    is_line = isinstance(below, TextBlock) and len(below.text) <= _LONGEST_DECLARATION and not isinstance(behind, Table)
    return declared_unit(below.text) if isinstance(below, TextBlock) and is_line else None


def _has_columns_of(above: Table, table: Table) -> bool:
    """Whether a table goes on with the columns of the one above: the same header, or none and as many columns."""
    if not _has_header(table):
        return len(table.header) == len(above.header)
    return [cell.text for cell in table.header] == [cell.text for cell in above.header]


def _has_header(table: Table) -> bool:
    return any(cell.text for cell in table.header)


@dataclass(slots=True)
class _Said:
    """The unit that sentences declare: for their section, or for all that follows."""

    in_section: str | None = None
    in_document: str | None = None

    @property
    def unit(self) -> str | None:
        """The unit in force."""
        return self.in_section or self.in_document

    def hear(self, outline: Outline, index: int, block: TextBlock) -> None:
        """Takes in the next block of text; a heading of the upper levels ends what was said for a section."""
        heading = outline.heading_at(index)
        if heading is not None and heading.block == index and heading.level <= _SECTION_LEVEL:
            self.in_section = None
        unit = said_unit(block.text) if "元" in block.text else None
        if unit and table_words()["for_all"].search(block.text):
            self.in_document = unit
        elif unit:
            self.in_section = unit


def _is_project_table(table: Table, columns: Columns, outline: Outline, index: int) -> bool:
    if columns.name is None or not table.rows or "indicator" in columns.others:
        return False
    if not (columns.money or columns.goal is not None or columns.completion is not None):
        return False
    is_strong = table_words()["strong_name"].search(table.header[columns.name].text) is not None
    share = _account_share(table, columns.name)
    if share > 0.5 or (share == 0.5 and not is_strong):
        return False
    is_titled_otherwise = bool(table_words()["other_title"].search(_title(table)))
    if is_strong:
        return not is_titled_otherwise or (columns.spent is not None and columns.completion is not None)
    meanings = outline.meanings_at(index)
    if any(meaning in meanings for meaning in _PROJECT_SECTIONS):
        return True
    words = f"{outline.title_at(index)} {table.header[columns.name].text}"
    is_titled_otherwise = is_titled_otherwise or bool(table_words()["other_title"].search(words))
    is_foreign = not _FOREIGN_SECTIONS.isdisjoint(meanings) and not table_words()["projects_title"].search(
        _title(table)
    )
    return bool(columns.money) and not is_foreign and not is_titled_otherwise


def _account_share(table: Table, name: int) -> float:
    """The share of rows that name accounts of revenue and expenditure, or only count, instead of projects."""
    names = [row.cells[name].text for row in table.rows if name < len(row.cells) and not row.is_total]
    accounts = sum(is_number(text) or _lexicon().group_of(_LEAD.sub("", text, 1)) in _ACCOUNTS for text in names)
    return accounts / len(names) if names else 1.0


def _described(table: Table, columns: Columns, outline: Outline, index: int, said: str | None) -> ProjectTable:
    captions = [caption.text for caption in table.captions]
    return ProjectTable(
        table,
        columns,
        _listing(table, columns, outline, index),
        caption_unit=next((unit for text in (*captions, *_remarks(table)) if (unit := declared_unit(text))), None),
        section_unit=said,
        header_units={
            position: unit for position in columns.money if (unit := header_unit(table.header[position].text))
        },
    )


def _remarks(table: Table) -> Iterator[str]:
    """What a table says of itself in its header and in a remark at its end."""
    yield from (cell.text for cell in table.header if "单位" in cell.text)
    for row in table.rows[-1:]:
        yield from (cell.text for cell in row.cells if "单位:" in cell.text or "单位为" in cell.text)


def _listing(table: Table, columns: Columns, outline: Outline, index: int) -> str:
    has_result = columns.spent is not None or columns.completion is not None
    meanings = outline.meanings_at(index)
    section = next((meaning for meaning in meanings if meaning in _PROJECT_SECTIONS), None)
    words = _title(table) + " " + (table.header[columns.name].text if columns.name is not None else "")
    is_key = section == "key_projects" or bool(table_words()["key_title"].search(words))
    if has_result:
        return "key" if is_key else "task"
    return "key" if is_key and columns.money and section != "spending_plan" else "plan"


def _title(table: Table) -> str:
    return " ".join(caption.text for caption in table.captions if len(caption.text) <= 60)


@cache
def _lexicon() -> Lexicon:
    return load_lexicon("columns", "rows")
