"""The tables of a department's page that say what was aimed at and what was reached: goals, achievements, forms."""

from __future__ import annotations

from decimal import Decimal

from warehouse.desk import Row as Record
from warehouse.publication.board.cells import NOTHING, cell_of, number
from warehouse.publication.board.department_places import MOST, Files, grid, place, sourced, yuan
from warehouse.publication.board.material import TEXTS, row_anchor
from warehouse.publication.board.model import Cell, Grid, Row
from warehouse.tables.common import RATE_UNIT

_FUNDS = ("initial_yuan", "adjusted_yuan", "executed_yuan")
_SCORES = ("total_score", "execution_score", "execution_weight")
_SIGNS = {"≥": "≥ ", "≤": "≤ "}


def goals(records: list[Record], anchor: str, files: Files) -> Grid:
    """The goals of the department as a whole."""
    rows = [
        Row(
            (
                _text(record["aspect"]),
                sourced(_text(record["goal"]), record, "goal"),
                Cell(place(record, files)),
            ),
            row_anchor("fact_goal", record["goal_key"]),
        )
        for record in records[:MOST]
    ]
    return grid(anchor, "年度绩效目标", ("方面", "目标及原文", "出处"), rows, set(), len(records), "core.fact_goal")


def project_texts(records: list[Record], anchor: str, files: Files) -> Grid:
    """What the project rows say was aimed at and done."""
    told = [record for record in records if record["goal"] or record["completion"]]
    rows = [
        Row(
            (
                _text(record["reported_name"]),
                _text(record["goal"]),
                _text(record["completion"]),
                Cell(place(record, files)),
            ),
            row_anchor(TEXTS, record["project_spending_key"]),
        )
        for record in told[:MOST]
    ]
    heads = ("项目（原文）", "绩效目标（原文）", "完成情况（原文）", "出处")
    return grid(anchor, "项目的目标与完成情况", heads, rows, set(), len(told), "core.fact_project_spending")


def achievements(records: list[Record], anchor: str, files: Files) -> Grid:
    """Measured statements; value and unit as printed, since 64 万人次 is what the source says."""
    rows = [
        Row(
            (
                Cell(str(record["metric"])),
                sourced(_quantity(record["value"]), record, "value"),
                _text(f"{record['unit'] or ''}{record['qualifier'] or ''}" or None),
                Cell(str(record["sentence"]), note=str(record["section"]) if record["section"] else None),
                Cell(place(record, files)),
            ),
            row_anchor("fact_achievement", record["achievement_key"]),
        )
        for record in records[:MOST]
    ]
    heads = ("成果指标", "数值及原文", "单位", "所在句子", "出处")
    return grid(anchor, "工作成果数据", heads, rows, {1}, len(records), "core.fact_achievement")


def forms(records: list[Record], anchor: str, files: Files) -> Grid:
    """Self-evaluation forms with their scores."""
    rows = [
        Row(
            (
                Cell(_form(record)),
                *(sourced(_quantity(record[name]), record, name) for name in _SCORES),
                sourced(_text(record["grade"]), record, "grade"),
                cell_of("indicator_count", record["indicator_count"]),
                Cell(place(record, files)),
            ),
            row_anchor("fact_form", record["form_key"]),
        )
        for record in records[:MOST]
    ]
    heads = ("自评表", "总分", "执行率得分", "执行率分值", "等级", "指标数", "出处")
    return grid(anchor, "绩效自评表", heads, rows, {1, 2, 3, 5}, len(records), "core.fact_form")


def fundings(records: list[Record], anchor: str, files: Files) -> Grid:
    """The funds of the forms by source."""
    rows = [
        Row(
            (
                Cell(_form(record)),
                Cell(str(record["funding_source"])),
                *(sourced(yuan(record[name]), record, name) for name in _FUNDS),
                cell_of("execution_rate", record["execution_rate"], RATE_UNIT),
                Cell(place(record, files)),
            )
        )
        for record in records[:MOST]
    ]
    heads = ("自评表", "资金来源", "年初预算（元）", "全年预算（元）", "执行（元）", "执行率", "出处")
    return grid(anchor, "自评表的资金", heads, rows, {2, 3, 4, 5}, len(records), "core.fact_form_funding")


def indicators(records: list[Record], anchor: str, files: Files) -> Grid:
    """Indicator rows: target beside actual, weight beside score."""
    rows = [
        Row(
            (
                Cell(_form(record)),
                Cell(str(record["level_3"] or NOTHING), note=_levels(record)),
                _reached(record, "target", _SIGNS.get(str(record["direction"]), "")),
                _reached(record, "actual", ""),
                *(sourced(_quantity(record[name]), record, name) for name in ("weight", "score")),
                _text(record["reason"]),
                Cell(place(record, files)),
            )
        )
        for record in records[:MOST]
    ]
    heads = ("自评表", "指标", "指标值", "完成值", "分值", "得分", "偏差原因（原文）", "出处")
    return grid(anchor, "绩效指标", heads, rows, {2, 3, 4, 5}, len(records), "core.fact_indicator")


def _form(record: Record) -> str:
    """The project of a form, or what the form is about."""
    return str(record["canonical_name"] or "部门整体支出")


def _levels(record: Record) -> str | None:
    return " / ".join(str(record[name]) for name in ("level_1", "level_2") if record[name]) or None


def _reached(record: Record, which: str, sign: str) -> Cell:
    """A target or actual value: as a number where it is one, otherwise its words."""
    value, text = record[f"{which}_value"], record[f"{which}_text"]
    if not isinstance(value, Decimal):
        return sourced(_text(text), record, f"{which}_text")
    shown = f"{sign}{number(value)} {record['unit'] or ''}".strip()
    return sourced(Cell(shown, is_number=True, exact=str(value)), record, f"{which}_text")


def _quantity(value: object) -> Cell:
    if not isinstance(value, Decimal):
        return Cell(NOTHING, is_number=True)
    return Cell(number(value), is_number=True, exact=str(value))


def _text(value: object) -> Cell:
    return Cell(str(value) if value else NOTHING)
