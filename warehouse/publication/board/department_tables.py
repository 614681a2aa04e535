"""The tables of a department's page that say what came in, what was stated and what was found wrong."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from warehouse.desk import Row as Record
from warehouse.publication.board.cells import NOTHING, cell_of, exact_yuan, percent
from warehouse.publication.board.department_places import MOST, Files, grid, place, quoted, words, yuan
from warehouse.publication.board.material import row_anchor
from warehouse.publication.board.model import Cell, Grid, Row
from warehouse.publication.words import HEADCOUNTS
from warehouse.registry import table
from warehouse.schema import Kind
from warehouse.tables.common import RATE_UNIT, YUAN_UNIT

_BUDGET = table("core.fact_department_budget")
_SAID = {"fact_problem": "存在的问题", "fact_measure": "改进措施"}
_ORDER = {name: i for i, name in enumerate((*_BUDGET.column_names, *HEADCOUNTS))}


def versions(records: list[Record], anchor: str, files: Files) -> Grid:
    """Every version with its files."""
    names = ("version", "status", "received_at", "blocking_count", "warning_count", "information_count")
    heads = ("版本", "状态", "收到时间（北京）", "阻断", "警告", "提示", "文件", "原因")
    rows = [
        Row((*(cell_of(name, row[name]) for name in names), Cell(_files(row)), cell_of("reason", row["reason"])))
        for row in records
    ]
    return grid(anchor, "报送版本", heads, rows, {0, 3, 4, 5}, source="quality.submission_version")


def _files(record: Record) -> str:
    names = record["file_names"]
    return "\n".join(map(str, names)) if isinstance(names, list) and names else NOTHING


def figures(records: list[Record], anchor: str, files: Files) -> Grid:
    """Headline figures and headcounts, each with its places."""
    ordered = sorted(records, key=lambda row: _ORDER[str(row["column_name"])])
    rows = [
        _figure(name, list(places), files) for name, places in groupby(ordered, key=lambda row: str(row["column_name"]))
    ]
    heads = ("指标", "公布的数", "单位", "原文", "出处")
    return grid(anchor, "整体收支与人员", heads, rows, {1}, source=_BUDGET.qualified_name)


def _figure(name: str, places: list[Record], files: Files) -> Row:
    value, found = str(places[0]["value"]), [row for row in places if row["raw_text"] is not None]
    quotes = "\n".join(quoted(row["raw_text"]) for row in found)
    spots = "\n".join(place(row, files) for row in found)
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


def projects(records: list[Record], anchor: str, files: Files) -> Grid:
    """Project rows, a row a row of the source."""
    heads = ("项目（原文）", "所在表", "预算（元）", "支出（元）", "执行率", "计入合计", "原文", "出处")
    rows = [_project(record, files) for record in records[:MOST]]
    return grid(anchor, "项目", heads, rows, {2, 3, 4}, len(records), "core.fact_project_spending")


def _project(record: Record, files: Files) -> Row:
    amounts = []
    for name, text, word in (("budget_yuan", "budget_text", "预算"), ("spent_yuan", "spent_text", "支出")):
        if record[text] is not None:
            column = (words(record, name) or {}).get("column_number")
            where = f"（列 {column}）" if column is not None else ""
            amounts.append(f"{word}{where}{quoted(record[text])}{record['reported_unit'] or ''}")
    cells = (
        Cell(str(record["reported_name"])),
        cell_of("listing", record["listing"]),
        yuan(record["budget_yuan"]),
        yuan(record["spent_yuan"]),
        cell_of("execution_rate", record["execution_rate"], RATE_UNIT),
        cell_of("is_primary", record["is_primary"]),
        Cell("\n".join(amounts) or NOTHING),
        Cell(place(record, files)),
    )
    return Row(cells, row_anchor("fact_project_spending", record["project_spending_key"]))


def findings(records: list[Record], anchor: str, files: Files) -> Grid:
    """What the rules found in the versions that count today."""
    heads = ("级别", "规则", "问题", "怎样改", "原文", "出处", "状态")
    rows = [
        Row(
            (
                cell_of("level", record["level"]),
                Cell(f"{record['rule_id']} {record['title'] or ''}".strip()),
                Cell(str(record["message"])),
                cell_of("remedy", record["remedy"]),
                Cell(quoted(record["raw_text"]) if record["raw_text"] else NOTHING),
                Cell(place(record, files)),
                cell_of("state", record["state"])._replace(
                    note=f"第 {record['version']} 版" if record["version"] else None
                ),
            )
        )
        for record in records[:MOST]
    ]
    return grid(anchor, "审核问题", heads, rows, set(), len(records), "quality.finding")


def problems(records: list[Record], anchor: str, files: Files) -> Grid:
    """What the department itself says is wrong, and what it will do."""
    rows = [
        Row(
            (
                Cell(_SAID[str(record["table_name"])]),
                Cell(str(record["title"] or NOTHING), note=str(record["detail"]) if record["detail"] else None),
                Cell(quoted(record["raw_text"]) if record["raw_text"] else NOTHING),
                Cell(place(record, files)),
            ),
            row_anchor(record["table_name"], record["row_key"]),
        )
        for record in records[:MOST]
    ]
    heads = ("类别", "内容", "原文", "出处")
    return grid(anchor, "单位自述的问题与措施", heads, rows, set(), len(records), "mart.narrative")
