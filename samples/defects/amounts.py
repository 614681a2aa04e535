"""Defects of amounts within the report: rates, large projects, amounts that are none, the total against itself."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from samples.content.finance import THRESHOLDS, WAN, large_projects
from samples.defects.model import Defect, firing, near_miss
from samples.defects.structure import amount_table
from samples.model import Expected, Report

THIRD = 2
"""Index of the row that a row's defect changes."""


def _wrong_rate(report: Report, draw: Random) -> None:
    report.finance.rate_shift = Decimal(draw.choice(("-0.03", "-0.04", "-0.05")))


def _round_rate(report: Report, draw: Random) -> None:
    del draw
    report.finance.rate_decimals = 0


def claim_large(report: Report) -> None:
    """Makes the report state its large projects as listed, whatever it said before."""
    finance, rows = report.finance, report.amount_rows
    amounts = sorted((row.budget for row in rows if row.budget is not None), reverse=True)
    fitting = [wan * WAN for wan in THRESHOLDS if amounts[-1] < wan * WAN <= amounts[1]]
    finance.threshold = fitting[-1] if fitting else (amounts[1] // WAN) * WAN
    large_projects(finance, rows)


def _part_above_whole(report: Report, draw: Random) -> None:
    claim_large(report)
    report.finance.joins_large = True
    if report.finance.large is not None:
        share = Decimal(draw.randint(60, 90)) / 100
        report.finance.monitored = (report.finance.large * share / WAN).to_integral_value() * WAN


def _mean_below_threshold(report: Report, draw: Random) -> None:
    claim_large(report)
    finance = report.finance
    if finance.large is not None and finance.threshold is not None:
        finance.large_count = int(finance.large // finance.threshold) + draw.randint(2, 4)
    report.expected.append(Expected("C28", is_optional=True))


def _mean_at_threshold(report: Report, draw: Random) -> None:
    del draw
    rows = sorted(report.amount_rows, key=lambda row: row.budget or Decimal(0), reverse=True)
    top = rows[0].budget or Decimal(0)
    report.finance.threshold = top // WAN * WAN
    large_projects(report.finance, rows)


def _restate(report: Report, by: Decimal) -> None:
    report.finance.restated = report.finance.total + by


def _other_total(report: Report, draw: Random) -> None:
    _restate(report, draw.randint(3, 90) * WAN)


def _total_in_other_unit(report: Report, draw: Random) -> None:
    del draw
    _restate(report, Decimal(0))
    report.finance.restated_unit = "元"


def _spoil_spending(text: str) -> Defect:
    titles = {"": ("金额单元格为空", "-empty"), "详见附件": ("金额不是数字", "-text")}
    title, variant = titles[text]

    def mutate(report: Report, draw: Random) -> None:
        del draw
        row = amount_table(report).rows[THIRD]
        row.spent, row.spent_text = None, text

    return firing("C37", title, mutate, f"row:tasks:{THIRD}", variant)


def _negative(report: Report, draw: Random) -> None:
    del draw
    row = amount_table(report).rows[THIRD]
    row.spent = -(row.spent or WAN)


def _full_width_amount(report: Report, draw: Random) -> None:
    del draw
    row = amount_table(report).rows[THIRD]
    row.is_full_width = True


DEFECTS: tuple[Defect, ...] = (
    firing("C22", "执行率与执行数、预算数不符", _wrong_rate, "figure:stated_execution_rate"),
    near_miss("C22", "执行率四舍五入到整数", _round_rate),
    firing("C29", "大额项目资金超过监控资金总额", _part_above_whole, "figure:large_project_yuan"),
    firing("C29", "大额项目平均金额低于标准", _mean_below_threshold, "figure:large_project_yuan", "-mean"),
    near_miss("C29", "大额项目平均金额略高于标准", _mean_at_threshold),
    firing("C32", "收支总预算前后两处不一致", _other_total, "figure:restated"),
    near_miss("C32", "收支总预算换一个单位再次说明", _total_in_other_unit),
    firing("C37", "支出数为负数", _negative, f"row:tasks:{THIRD}"),
    _spoil_spending(""),
    _spoil_spending("详见附件"),
    near_miss("C37", "金额用全角数字", _full_width_amount),
)
