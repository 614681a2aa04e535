"""Which tables are tables of projects, which listing they are, and in what unit their amounts count.

Reading the rows belongs to rows.py; what columns mean, to tables/columns.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from transforms.documents.model import BlockKind, Document, Table, TextBlock
from transforms.facts.amounts import declared_unit, said_unit
from transforms.facts.outline.outline import Outline
from transforms.facts.projects.places_said import words_by_place
from transforms.facts.projects.told import is_section_of_main
from transforms.facts.tables.column_figures import settle
from transforms.facts.tables.columns import Columns, classify, header_unit, table_words
from transforms.facts.tables.evidence import PROJECT_SECTIONS, announcement, is_project_table, title_of
from transforms.facts.years import find_years

_SECTION_LEVEL = 2
_LONGEST_DECLARATION = 24
_NAME = "项目"
_NOTE = re.compile(r"(?:表|附)?注(?:释|解)?[:\d①1.(].{0,200}$")
_OF_OTHERS = re.compile("下表|单价|人均|元/|三公")
"""What a note says of other amounts than those of its table."""
_CLAUSES = re.compile("[,;。:]")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_TAIL = re.compile(r"(?:分别|依次|列出|列示|排列|如下|为|是)+$")
_LEAD = re.compile(r"^[^的]{0,12}项目的|^(?:依次|分别|其|按|先|后)")
_AND = re.compile("[与和及、/]")


@dataclass(slots=True)
class ProjectTable:
    """A table of projects. Units are those declared: ``header_units`` by position, ``unit_of`` the one a bare
    figure of a column counts in (None: nothing declares it); ``above``: the table with the same columns above it that
    declares the unit, where this one declares none; ``is_main``: nothing but 主要项目 makes it one of key projects."""

    table: Table
    columns: Columns
    listing: str
    caption_unit: str | None = None
    section_unit: str | None = None
    header_units: dict[int, str] = field(default_factory=dict)
    above: ProjectTable | None = None
    is_main: bool = False

    @property
    def has_unit(self) -> bool:
        """Whether anything but the figures themselves declares a unit."""
        return bool(self.caption_unit or self.section_unit or self.header_units or self.above)

    def unit_of(self, position: int) -> str | None:
        """Header before caption before section; an undeclared column shares the unit of a declared neighbour, else that
        of the table above."""
        declared = self.header_units.get(position) or self.caption_unit or self.section_unit
        if declared:
            return declared
        others = set(self.header_units.values())
        return others.pop() if len(others) == 1 else self.above.caption_unit if self.above else None


def project_tables(document: Document, outline: Outline, year: int | None) -> list[ProjectTable]:
    """The project tables of a document in reading order; amounts of several years: those of ``year``."""
    found: list[ProjectTable] = []
    said = _Said()
    for index, block in enumerate(document.blocks):
        if isinstance(block, TextBlock):
            said.hear(outline, index, block)
            continue
        above = found[-1] if found and _has_columns_of(found[-1].table, block) else None
        table = block if _has_header(block) else _with_header(block, above, announcement(outline, index))
        columns = settle(table, classify(table, year))
        if not is_project_table(table, columns, outline, index) or _is_of_later_year(
            table, columns, announcement(outline, index), outline.title_at(index), year
        ):
            continue
        one = _described(table, columns, outline, index, said.unit or unit_of_headings(outline, index))
        if not (one.caption_unit or one.section_unit):
            one.caption_unit = _unit_below(document, index)
        if above and not (one.caption_unit or one.section_unit):
            _take_over(one, above, is_cut=not _has_header(block))
        if not (one.caption_unit or one.above):
            one.section_unit = one.section_unit or said.of_table
        if one.has_unit or not columns.are_amounts_guessed:
            found.append(one)
    _settle_main(found)
    return found


def _settle_main(tables: list[ProjectTable]) -> None:
    """Has tables of main projects list the tasks where no table of amounts does."""
    if any(table.listing == "task" and table.columns.money for table in tables):
        return
    for table in tables:
        table.listing = "task" if table.is_main else table.listing


def _is_of_later_year(table: Table, columns: Columns, announced: str, heading: str, year: int | None) -> bool:
    """Whether a table without spending and results is of a year after ``year``: by its columns of money, else by what
    stands nearest above it and names a year."""
    if year is None or columns.spent is not None or columns.completion is not None:
        return False
    heads = " ".join(table.header[position].text for position in columns.money)
    for words in (heads, title_of(table), announced, heading):
        if years := [found.value for found in find_years(words)]:
            return min(years) > year
        if table_words()["next_year"].search(words):
            return True
    return False


def _take_over(table: ProjectTable, above: ProjectTable, is_cut: bool) -> None:
    """Gives a table the unit of the one above: as its own where it is the rest of that, cut off without a header."""
    if is_cut:
        table.caption_unit, table.above = above.caption_unit, above.above
    else:
        table.above = above if above.caption_unit else above.above


def unit_of_headings(outline: Outline, index: int) -> str | None:
    """The unit that the nearest heading above names (三、项目资金(万元)), one above that where it names none."""
    heading = outline.heading_at(index)
    while heading is not None:
        block = outline.document.blocks[heading.block]
        unit = declared_unit(block.text[heading.start : heading.end]) if isinstance(block, TextBlock) else None
        if unit:
            return unit
        heading = None if heading.parent is None else outline.headings[heading.parent]
    return None


def _unit_below(document: Document, index: int) -> str | None:
    """The unit that a note on the table declares, or a line under it that says nothing else, unless the next table
    follows it."""
    below, behind = ([*document.blocks[index + 1 : index + 3], None, None])[:2]
    if not isinstance(below, TextBlock):
        return None
    is_on_table = len(below.text) <= _LONGEST_DECLARATION or _NOTE.match(below.text) is not None
    if isinstance(behind, Table) or not is_on_table or _OF_OTHERS.search(below.text):
        return None
    return declared_unit(below.text) or said_unit(below.text)


def _has_columns_of(above: Table, table: Table) -> bool:
    """Whether a table goes on with the columns of the one above: the same header, or none and as many columns."""
    if not _has_header(table):
        return len(table.header) == len(above.header)
    return [cell.text for cell in table.header] == [cell.text for cell in above.header]


def _with_header(table: Table, above: ProjectTable | None, announced: str) -> Table:
    """A table without a header under that of the one above, else under the words that announce its columns in their
    order (项目的指标与用款（万元）为：), or say of each what it is (前为预算，后为支出)."""
    if above is not None:
        return replace(table, header=above.table.header)
    clause = _TAIL.sub("", _CLAUSES.split(_IN_BRACKETS.sub("", announced).rstrip(":"))[-1])
    words = list(words_by_place(announced)) or [_LEAD.sub("", word) for word in _AND.split(clause)]
    if len(words) == len(table.header) - 1:
        words.insert(0, _NAME)
    if len(words) != len(table.header) or "项目" not in announced:
        words = [_NAME, *[""] * (len(table.header) - 1)] if "项目" in announced else []
    header = [replace(cell, raw=word, text=word) for cell, word in zip(table.header, words, strict=False)]
    return replace(table, header=header) if header else table


def _has_header(table: Table) -> bool:
    return any(cell.text for cell in table.header)


@dataclass(slots=True)
class _Said:
    """The unit that sentences declare: for their section, by its level, or for all that follows; ``of_table``: the one
    that the last caption declares for its table, which others share where nothing declares theirs."""

    in_section: dict[int, str] = field(default_factory=dict)
    in_document: str | None = None
    of_table: str | None = None

    @property
    def unit(self) -> str | None:
        """The unit in force."""
        deepest = max(self.in_section, default=None)
        return self.in_document if deepest is None else self.in_section[deepest]

    def hear(self, outline: Outline, index: int, block: TextBlock) -> None:
        """Takes in the next block of text; a heading of the upper levels ends what was said for the section
        before it, not what holds for both."""
        heading = outline.heading_at(index)
        if heading is not None and heading.block == index and heading.level <= _SECTION_LEVEL:
            self.in_section = {level: unit for level, unit in self.in_section.items() if level < heading.level}
            self.of_table = None
        unit = said_unit(block.text) if "元" in block.text else None
        if not unit:
            return
        is_for_all = table_words()["for_all"].search(block.text) is not None
        if block.kind is BlockKind.CAPTION and not is_for_all:
            self.of_table = unit
        elif heading is None or is_for_all:
            self.in_document = unit
        else:
            self.in_section[min(heading.level, _SECTION_LEVEL)] = unit


def _described(table: Table, columns: Columns, outline: Outline, index: int, said: str | None) -> ProjectTable:
    columns.budgets = [(position, _role(role, table)) for position, role in columns.budgets]
    texts = (*(caption.text for caption in table.captions), *_remarks(table, columns), announcement(outline, index))
    listing = _listing(table, columns, outline, index)
    is_main = listing == "key" and not table_words()["key_title"].search(_titles(table, columns))
    return ProjectTable(
        table,
        columns,
        listing,
        caption_unit=next((unit for text in texts if text and (unit := declared_unit(text))), None),
        section_unit=said,
        header_units={
            position: unit for position in columns.money if (unit := header_unit(table.header[position].text))
        },
        is_main=is_main and columns.spent is not None and is_section_of_main(outline, index),
    )


def _role(role: str, table: Table) -> str:
    """The role of a budget column; one that says nothing of its own has that of the title (年初项目预算安排表)."""
    title = title_of(table)
    is_initial, is_adjusted = table_words()["at_first"].search(title), table_words()["later"].search(title)
    if role != "unspecified" or bool(is_initial) == bool(is_adjusted):
        return role
    return "initial" if is_initial else "adjusted"


def _remarks(table: Table, columns: Columns) -> Iterator[str]:
    """What a table says of itself in its header, over the names above all, and in a remark at its end."""
    yield from (cell.text for at, cell in enumerate(table.header) if "单位" in cell.text or at == columns.name)
    for row in table.rows[-1:]:
        yield from (cell.text for cell in row.cells if "单位:" in cell.text or "单位为" in cell.text)


def _listing(table: Table, columns: Columns, outline: Outline, index: int) -> str:
    has_result = columns.spent is not None or columns.completion is not None
    meanings = outline.meanings_at(index)
    section = next((meaning for meaning in meanings if meaning in PROJECT_SECTIONS), None)
    is_key = section == "key_projects" or bool(table_words()["key_title"].search(_titles(table, columns)))
    if has_result:
        return "key" if is_key else "task"
    return "key" if is_key and columns.money and section != "spending_plan" else "plan"


def _titles(table: Table, columns: Columns) -> str:
    """The title of a table, and that of its names."""
    return title_of(table) + " " + (table.header[columns.name].text if columns.name is not None else "")
