"""A page a department: its versions, and every figure, project, finding and problem with its place in the source.

A page says nothing of the release or of other departments, so that one whose department did not change stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from warehouse.desk import Row as Record
from warehouse.publication.board.cells import NOTHING, cell_of, exact_yuan, percent
from warehouse.publication.board.material import UNKNOWN, Material
from warehouse.publication.board.model import Cell, Grid, Head, Row
from warehouse.publication.words import CONDITIONS, HEADCOUNTS, place_text
from warehouse.registry import table
from warehouse.schema import Kind
from warehouse.tables.common import RATE_UNIT, YUAN_UNIT

MOST = 400
"""Rows of one table of one year."""
_NOBODY = ""
"""Stands in the queries for what could be told to no department."""
_ROSTER = "roster"
_PARTS = (_ROSTER, "versions", "figures", "projects", "findings", "problems")
_BUDGET = table("core.fact_department_budget")
_ORDER = {name: i for i, name in enumerate((*_BUDGET.column_names, *HEADCOUNTS))}


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year (None: unknown) of a department: whether it submitted, its files and grids."""

    fiscal_year: int | None
    condition: str
    files: tuple[str, ...]
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """What one page shows; ``page`` is the name of its file."""

    page: str
    name: str
    years: tuple[Year, ...]


def department_pages(material: Material, departments: Sequence[str]) -> Iterator[DepartmentPage]:
    """The pages of the departments, then that of what could be told to none, where there is any."""
    asked = [*departments, *([_NOBODY] if material.has_unknown else [])]
    if not asked:
        return
    parts = {part: _by_department(material.rows(f"board_department_{part}", departments=asked)) for part in _PARTS}
    for department_id in asked:
        mine = {part: parts[part].get(department_id, []) for part in _PARTS}
        if department_id != _NOBODY:
            yield DepartmentPage(material.pages[department_id], material.names[department_id], tuple(_years(mine)))
        else:
            yield DepartmentPage(UNKNOWN, "单位不明的报送", tuple(_years(mine)))


def _by_department(records: Iterable[Record]) -> dict[str, list[Record]]:
    return {key: list(group) for key, group in groupby(records, key=lambda row: str(row["department_id"] or _NOBODY))}


def _years(parts: Mapping[str, list[Record]]) -> Iterator[Year]:
    by_year: dict[int | None, dict[str, list[Record]]] = defaultdict(lambda: {part: [] for part in _PARTS})
    for part, records in parts.items():
        for record in records:
            year = record["fiscal_year"]
            by_year[int(str(year)) if year is not None else None][part].append(record)
    for year in sorted(by_year, key=lambda year: -(year or 0)):
        mine = by_year[year]
        told = [record for part, records in mine.items() if part != _ROSTER for record in records]
        files = sorted({str(record["file_name"]) for record in told if record.get("file_name")})
        grids = (writer(mine[part], f"{part}-{year}", len(files) > 1) for part, writer in _WRITERS.items())
        yield Year(year, _condition(mine[_ROSTER]), tuple(files), tuple(grid for grid in grids if grid.rows))


def _condition(roster: list[Record]) -> str:
    if not roster:
        return "不在应报名册中"
    due = f"，应报日期 {roster[0]['due_on']}" if roster[0]["due_on"] else ""
    return CONDITIONS[str(roster[0]["condition"])] + due


def _versions(records: list[Record], anchor: str, is_several: bool) -> Grid:
    names = ("version", "status", "received_at", "blocking_count", "warning_count", "information_count")
    heads = ("版本", "状态", "收到时间（北京）", "阻断", "警告", "提示", "文件", "原因")
    rows = [
        Row((*(cell_of(name, row[name]) for name in names), Cell(_files(row)), cell_of("reason", row["reason"])))
        for row in records
    ]
    return _grid(anchor, "报送版本", heads, rows, {0, 3, 4, 5})


def _files(record: Record) -> str:
    names = record["file_names"]
    return "\n".join(map(str, names)) if isinstance(names, list) and names else NOTHING


def _figures(records: list[Record], anchor: str, is_several: bool) -> Grid:
    ordered = sorted(records, key=lambda row: _ORDER[str(row["column_name"])])
    rows = [
        _figure(name, list(places), is_several)
        for name, places in groupby(ordered, key=lambda row: str(row["column_name"]))
    ]
    return _grid(anchor, "整体收支与人员", ("指标", "公布的数", "单位", "原文", "出处"), rows, {1})


def _figure(name: str, places: list[Record], is_several: bool) -> Row:
    value, found = str(places[0]["value"]), [row for row in places if row["raw_text"] is not None]
    quotes = "\n".join(_quoted(row["raw_text"]) for row in found)
    spots = "\n".join(_place(row, is_several) for row in found)
    title, cell, unit = _stated(name, value)
    return Row((Cell(title), cell, Cell(unit), Cell(quotes or NOTHING), Cell(spots or "由系统计算")))


def _stated(name: str, value: str) -> tuple[str, Cell, str]:
    """Title, value and unit of a figure."""
    if name in HEADCOUNTS:
        return HEADCOUNTS[name], Cell(f"{int(value):,}", is_number=True, exact=value), "人"
    column = _BUDGET.column(name)
    if column.unit == YUAN_UNIT:
        return column.title, Cell(exact_yuan(Decimal(value)), is_number=True, exact=value), YUAN_UNIT
    if column.kind is Kind.RATE:
        return column.title, Cell(percent(Decimal(value)), is_number=True, exact=value), ""
    is_number = column.kind is not Kind.TEXT
    shown = f"{Decimal(value).normalize():f}" if is_number else value
    return column.title, Cell(shown, is_number=is_number, exact=value), column.unit or ""


def _projects(records: list[Record], anchor: str, is_several: bool) -> Grid:
    heads = ("项目（原文）", "所在表", "预算（元）", "支出（元）", "执行率", "计入合计", "原文", "出处")
    rows = [_project(record, is_several) for record in records[:MOST]]
    return _grid(anchor, "项目", heads, rows, {2, 3, 4}, len(records))


def _project(record: Record, is_several: bool) -> Row:
    amounts = []
    for column, text, word in (("budget_column", "budget_text", "预算"), ("spent_column", "spent_text", "支出")):
        if record[text] is not None:
            where = f"（列 {record[column]}）" if record[column] is not None else ""
            amounts.append(f"{word}{where}{_quoted(record[text])}{record['reported_unit'] or ''}")
    cells = (
        Cell(str(record["reported_name"])),
        cell_of("listing", record["listing"]),
        _yuan(record["budget_yuan"]),
        _yuan(record["spent_yuan"]),
        cell_of("execution_rate", record["execution_rate"], RATE_UNIT),
        cell_of("is_primary", record["is_primary"]),
        Cell("\n".join(amounts) or NOTHING),
        Cell(_place(record, is_several)),
    )
    return Row(cells, f"p{record['project_spending_key']}")


def _yuan(value: object) -> Cell:
    if not isinstance(value, Decimal):
        return Cell(NOTHING, is_number=True)
    return Cell(exact_yuan(value), is_number=True, exact=str(value))


def _findings(records: list[Record], anchor: str, is_several: bool) -> Grid:
    heads = ("级别", "规则", "问题", "怎样改", "原文", "出处", "状态")
    rows = [
        Row(
            (
                cell_of("level", record["level"]),
                Cell(f"{record['rule_id']} {record['title'] or ''}".strip()),
                Cell(str(record["message"])),
                cell_of("remedy", record["remedy"]),
                Cell(_quoted(record["raw_text"]) if record["raw_text"] else NOTHING),
                Cell(_place(record, is_several)),
                replace(
                    cell_of("state", record["state"]), note=f"第 {record['version']} 版" if record["version"] else None
                ),
            )
        )
        for record in records[:MOST]
    ]
    return _grid(anchor, "审核问题", heads, rows, set(), len(records))


def _problems(records: list[Record], anchor: str, is_several: bool) -> Grid:
    kinds = {"problem": "存在的问题", "measure": "改进措施"}
    rows = [
        Row((Cell(kinds[str(record["part"])]), Cell(str(record["text"] or NOTHING)), Cell(_place(record, is_several))))
        for record in records[:MOST]
    ]
    return _grid(anchor, "单位自述的问题与措施", ("类别", "内容", "出处"), rows, set(), len(records))


_WRITERS: Mapping[str, Callable[[list[Record], str, bool], Grid]] = {
    "versions": _versions,
    "figures": _figures,
    "projects": _projects,
    "findings": _findings,
    "problems": _problems,
}


def _grid(
    anchor: str, title: str, heads: Sequence[str], rows: list[Row], numbers: set[int], total: int | None = None
) -> Grid:
    shown = tuple(Head(head, is_number=i in numbers) for i, head in enumerate(heads))
    return Grid(anchor, title, shown, tuple(rows), len(rows) if total is None else total)


def _quoted(text: object) -> str:
    return f"“{text}”"


def _place(record: Record, is_several: bool) -> str:
    """Where a record stands, led by the file where the year has several."""
    place = place_text(record)
    if is_several and record["file_name"]:
        return f"《{record['file_name']}》{place}"
    return place or NOTHING
