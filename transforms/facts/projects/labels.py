"""Projects told by labels, a line or a clause a label, below a name: 项目一：某某工程 / 全年预算数：120万元 / ….

What labels mean is what headers of columns mean: each project is read as a table of one row. Sentences belong to
prose.py and listings.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from transforms.documents.model import BlockKind, Cell, Table, TableRow, TextBlock
from transforms.documents.tables.cells import names_column
from transforms.facts.amounts import read_rate, without_remark
from transforms.facts.outline.items import Stretch, marker_at
from transforms.facts.outline.outline import Outline
from transforms.facts.projects.heads import is_open_to
from transforms.facts.projects.lines import Line, text_at
from transforms.facts.projects.rows import read_rows
from transforms.facts.projects.tables import ProjectTable, unit_of_headings
from transforms.facts.projects.told import Apart, Told, listing_of
from transforms.facts.tables.columns import classify, column_role, header_unit
from transforms.facts.tables.evidence import names_other, names_unit
from transforms.facts.wording import unquoted
from transforms.language.tables import patterns

_FEWEST = {True: 2, False: 3}
"""By whether labels name the projects or lines above the labels do."""
_MONEY = frozenset(("adjusted", "initial", "budget", "budget_loose", "spent", "spent_loose", "budget_or_spent"))
_LONGEST_NAME = 40
_NAME = "项目名称"
_LABEL = re.compile(
    r"(?:^|(?<=[,;。|】元%]))[【\[]?(?P<label>[\u4e00-\u9fff][^:,;。|【】\[\]]{1,15})[:】\]](?=[^\s;。])"
)
_END_OF_AMOUNT = re.compile(r"(?:,(?!\d{3})|[;。]).*")
_BULLETS = " *•·●■◆-–—○"
_NUMBERED = ("项目", "任务", "专项", "工程")
_NO_NAME_LINE = re.compile("[。;:,!?]")


@dataclass(slots=True)
class _Field:
    """A label and what stands behind it, in a block or, ``cell``, in a table. ``role``: that of a column."""

    label: str
    role: str
    block: int
    start: int
    stop: int
    cell: Cell | None = None


@dataclass(slots=True)
class _Record:
    """A project: ``name``, where it stands; ``is_labelled``: a label says that it is one's name."""

    name: Stretch
    is_labelled: bool
    fields: list[_Field] = field(default_factory=list)

    def goes_on_at(self, index: int) -> bool:
        """Whether a block follows right behind the record as it is."""
        return index - 1 <= (self.fields[-1].block if self.fields else self.name.block)


def labelled_projects(outline: Outline, announced: frozenset[int]) -> list[Told]:
    """The projects that labels tell of, each with a budget and what was spent of it (below a name that a label calls
    one, the budget alone is enough); none but where two or more, without such labels three, are told so.
    ``announced``: see announced_blocks."""
    records = list(_records(outline, announced))
    found: list[Told] = []
    for is_labelled in _FEWEST:
        told = [one for record in records if record.is_labelled == is_labelled for one in _told(outline, record)]
        names = {one.name for one in told}
        if len(names) >= _FEWEST[is_labelled] and 3 * sum(map(names_other, names)) <= len(names):
            found += told
    return sorted(found, key=lambda one: (one.block, one.start))


def _records(outline: Outline, announced: frozenset[int]) -> Iterator[_Record]:
    """The names with the labels below each: in its block, in those right behind it, or in a table of one row there."""
    record: _Record | None = None
    for index in range(outline.title.stop if outline.title else 0, len(outline.document.blocks)):
        for one in _fields(outline, index):
            if one.role == "name":
                following: _Record | None = _Record(Stretch(one.block, one.start, one.stop), is_labelled=True)
            elif record is not None and record.goes_on_at(index):
                record.fields.append(one)
                continue
            else:
                name = _name_above(outline, index, announced)
                following = _Record(name, is_labelled=False, fields=[one]) if name else None
            yield from [record] if record else []
            record = following
    yield from [record] if record else []


def _fields(outline: Outline, index: int) -> Iterator[_Field]:
    block = outline.document.blocks[index]
    if isinstance(block, Table):
        roles = [column_role(cell.text) or "" for cell in block.header]
        row = block.rows[0].cells if len(block.rows) == 1 and "name" not in roles else []
        for header, role, cell in zip(block.header, roles, row, strict=False):
            yield _Field(header.text, role, index, 0, 0, cell)
    elif ":" in block.text or "】" in block.text or block.text.startswith(_NUMBERED):
        yield from _labels_of(block.text, index)


def _labels_of(text: str, index: int) -> Iterator[_Field]:
    marker = marker_at(text, 0) if text[0] in "(0123456789一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩" else None
    start = marker.end if marker else len(text) - len(text.lstrip(_BULLETS))
    placed = [(match, role) for match in _LABEL.finditer(text, start) if (role := _role(match["label"]))]
    first = _words()["name"].match(text, start)
    if first and not (placed and placed[0][0].start() < first.end()):
        placed.insert(0, (first, "name"))
    for (match, role), stop in zip(placed, [*(match.start() for match, _ in placed), len(text)][1:], strict=False):
        label, begin = match[0].strip("【[】]:"), match.end()
        yield _Field(label, role, index, begin, begin + len(text[begin:stop].rstrip(",;。|")))


def _role(label: str) -> str | None:
    if _words()["name"].fullmatch(label + ":"):
        return "name"
    return column_role(label) if names_column(label) else None


def _name_above(outline: Outline, index: int, announced: frozenset[int]) -> Stretch | None:
    """The line above the block that is no more than a name: a heading of no known meaning or a numbered line."""
    before = outline.document.blocks[index - 1] if index else None
    if not isinstance(before, TextBlock) or not is_open_to(outline.meanings_at(index), index, announced):
        return None
    heading = outline.heading_at(index)
    if heading is not None and heading.block == index - 1:
        name = Stretch(index - 1, heading.start, heading.end)
        if heading.meanings or heading.end < len(before.text):
            return None
    else:
        marker = outline.markers[index - 1]
        if marker is None and before.kind is not BlockKind.LIST_ITEM:
            return None
        name = Stretch(index - 1, marker.end if marker else 0, len(before.text))
    return None if _NO_NAME_LINE.search(before.text, name.start, name.stop) else name


def _told(outline: Outline, record: _Record) -> Iterator[Told]:
    block, start, stop = record.name
    printed = outline.printed(block).text(start, stop)
    name = unquoted(printed.strip())
    money = [one for one in record.fields if one.role in _MONEY]
    is_other = _words()["no_name"].search(name) or (names_other(name) and not names_unit(name))
    if not 2 <= len(name) <= _LONGEST_NAME or is_other or not money:
        return
    table = _table(outline, record, name)
    for line in read_rows(table).projects:
        is_whole = line.budget.money.value is not None and (line.spent.value is not None or record.is_labelled)
        if is_whole:
            yield _as_told(outline, record, table, line)


def _table(outline: Outline, record: _Record, name: str) -> ProjectTable:
    """The record as a table of one row."""
    block, start, _ = record.name
    place = outline.printed(block).place(start)
    header, cells = [Cell(_NAME, _NAME, place)], [Cell(name, name, place)]
    for one in record.fields:
        header.append(Cell(one.label, one.label, place))
        cells.append(_cell(outline, one))
    table = Table(0, header, [TableRow(1, cells, place)], place)
    columns = classify(table)
    units = {at: unit for at in columns.money if (unit := header_unit(header[at].text))}
    index = record.fields[0].block
    listing = listing_of(outline.meanings_at(index)) or "task"
    return ProjectTable(table, columns, listing, section_unit=unit_of_headings(outline, index), header_units=units)


def _cell(outline: Outline, one: _Field) -> Cell:
    if one.cell is not None:
        return one.cell
    text = outline.text_block(one.block).text[one.start : one.stop]
    text = without_remark(_END_OF_AMOUNT.sub("", text)) if one.role in _MONEY else text
    raw = outline.printed(one.block).text(one.start, one.start + len(text))
    return Cell(raw, text, outline.printed(one.block).place(one.start))


def _as_told(outline: Outline, record: _Record, table: ProjectTable, line: Line) -> Told:
    columns, row, block = table.columns, line.row, record.name.block
    columns_read = {"budget_yuan": line.budget.position, "spent_yuan": columns.spent, "goal": columns.goal}
    columns_read |= {"stated_execution_rate": columns.rate, "completion": columns.completion}
    cells = {name: row.cells[at] for name, at in columns_read.items() if at is not None}
    rate, budget = cells.get("stated_execution_rate"), cells["budget_yuan"]
    within = [one.stop for one in record.fields if one.block == block and one.cell is None]
    return Told(
        listing=table.listing,
        name=line.name,
        block=block,
        start=record.name.start,
        stop=max([record.name.stop, *within]),
        place=row.place,
        amount_role=line.budget.role,
        budget=line.budget.money,
        budget_text=budget.raw,
        spent=line.spent,
        spent_text=text_at(row, columns.spent),
        rate_text=rate.raw if rate else None,
        rate=read_rate(rate.text, table.table.header[columns.rate or 0].text) if rate else None,
        goal=line.goal,
        completion=line.completion,
        below=frozenset(one.block for one in record.fields) - {block},
        apart={name: Apart(cell.place, cell.raw) for name, cell in cells.items()},
    )


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return patterns("project_words", "labelled", ("name", "no_name"))
