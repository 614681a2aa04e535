"""Defects across tables and text: coverage, large projects, names, planned projects, rows against their text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from samples.content.finance import large_projects
from samples.content.report import add_alias
from samples.defects.amounts import claim_large
from samples.defects.model import Defect, firing, near_miss
from samples.defects.structure import amount_table
from samples.model import Expected, ProjectTable, Report, Row

ROW = 1
"""Index of the row that a row's defect changes."""


def _scale(report: Report, share: Decimal) -> None:
    """Makes the listed projects that share of the budget, each spending with its budget."""
    rows, finance = report.amount_rows, report.finance
    listed = sum((row.budget or Decimal(0) for row in rows), Decimal(0))
    factor = finance.reference * share / listed
    step = Decimal(100) if finance.total % 100 == 0 else Decimal("0.01")
    for row in rows:
        if row.budget is not None and row.spent is not None:
            is_full = row.budget == row.spent
            row.budget = row.budget * factor // step * step
            row.spent = row.budget if is_full else row.spent * factor // step * step


def _spent_all(report: Report, draw: Random) -> None:
    del draw
    for row in report.amount_rows:
        row.spent = row.budget


def _spent_all_but_one(report: Report, draw: Random) -> None:
    row = report.amount_rows[ROW]
    spent = row.spent if row.spent != row.budget else None
    _spent_all(report, draw)
    row.spent = spent or ((row.budget or Decimal(0)) - 10_000)


def _low_coverage(report: Report, draw: Random) -> None:
    _scale(report, Decimal(draw.randint(40, 55)) / 100)
    large_projects(report.finance, report.amount_rows)


def _just_covered(report: Report, draw: Random) -> None:
    _scale(report, Decimal(draw.randint(602, 615)) / 1000)
    large_projects(report.finance, report.amount_rows)


def _silence_shares(report: Report) -> None:
    finance = report.finance
    finance.monitored = None
    finance.threshold = finance.large = finance.large_count = None


def _more_than_total(report: Report, draw: Random) -> None:
    _silence_shares(report)
    _scale(report, Decimal(draw.randint(106, 118)) / 100)


def _almost_total(report: Report, draw: Random) -> None:
    _silence_shares(report)
    _scale(report, Decimal(draw.randint(985, 995)) / 1000)


def _more_large_claimed(report: Report, draw: Random) -> None:
    claim_large(report)
    finance = report.finance
    if finance.large is not None and finance.threshold is not None and finance.large_count is not None:
        more = draw.randint(1, 3)
        finance.large_count += more
        finance.large += finance.threshold * more * Decimal("1.05")
        finance.monitored = max(finance.monitored or Decimal(0), finance.large + finance.threshold)


def _large_at_threshold(report: Report, draw: Random) -> None:
    del draw
    claim_large(report)
    threshold = report.finance.threshold or Decimal(0)
    row = min(
        (row for row in report.amount_rows if (row.budget or Decimal(0)) >= threshold),
        key=lambda row: row.budget or Decimal(0),
    )
    row.budget, row.spent = threshold, threshold * Decimal("0.96")
    large_projects(report.finance, report.amount_rows)


def _plan_row(report: Report, row: Row) -> None:
    copy = Row(row.name, row.area, None, None, row.goal, ())
    if not report.plans:
        report.plans.append(ProjectTable("plan", [], "统筹兼顾，保障重点工作", has_amounts=False))
        report.stated["plans"] = 1
    report.plans[0].rows.append(copy)


def _forget_plans(report: Report, name: str) -> None:
    for plan in report.plans:
        plan.rows = [row for row in plan.rows if row.name != name]
    report.plans = [plan for plan in report.plans if plan.rows]
    if "plans" in report.stated:
        report.stated["plans"] = len(report.plans)


def _two_names(report: Report, draw: Random) -> None:
    del draw
    if add_alias(report):
        return
    row = report.amount_rows[ROW]
    _forget_plans(report, row.name)
    row.name = "街区共治工作经费"
    _plan_row(report, row)
    add_alias(report)


def _suffixes(report: Report, draw: Random) -> None:
    del draw
    for row, suffix in zip(report.amount_rows[:2], ("调解", "普法"), strict=True):
        _forget_plans(report, row.name)
        row.name = f"基层治理经费（{suffix}）"


def _in_two_tables(report: Report, draw: Random) -> None:
    rows = amount_table(report).rows
    picked = draw.sample(range(len(rows)), 2)
    report.key = ProjectTable("key", [replace(rows[index]) for index in sorted(picked)])


def _parted_tables(report: Report, draw: Random) -> None:
    table = amount_table(report)
    picked = set(draw.sample(range(len(table.rows)), 2))
    report.key = ProjectTable("key", [row for index, row in enumerate(table.rows) if index in picked])
    table.rows = [row for index, row in enumerate(table.rows) if index not in picked]


def _two_amounts(report: Report, draw: Random) -> None:
    _in_two_tables(report, draw)
    if report.key is not None:
        row = report.key.rows[0]
        row.budget = (row.budget or Decimal(0)) + 60_000
    report.expected += [Expected("C33", is_optional=True), Expected("C28", is_optional=True)]


def _unpaid_plan(report: Report, draw: Random) -> None:
    name = draw.choice(("邻里中心筹建项目", "滨水步道前期工作项目", "青年人才驿站筹建项目"))
    _plan_row(report, Row(name, "rural", None, None, ("完成选址论证和方案设计", "为下一步建设创造条件"), ()))
    plan = report.plans[0]
    report.expected.append(Expected("C34", f"row:plan0:{len(plan.rows) - 1}"))


def _half_width_plan(report: Report, draw: Random) -> None:
    del draw
    row = report.amount_rows[ROW]
    _forget_plans(report, row.name)
    row.name = "公共空间改造工程（一期）"
    _plan_row(report, row)
    report.plans[0].rows[-1].name = "公共空间改造工程(一期)"


def _other_amount_in_text(report: Report, draw: Random) -> None:
    row = report.amount_rows[ROW]
    row.mention = (row.spent or Decimal(0)) + draw.randint(3, 9) * 10


def _same_amount_in_text(report: Report, draw: Random) -> None:
    del draw
    row = report.amount_rows[ROW]
    row.mention = row.spent


DEFECTS: tuple[Defect, ...] = (
    firing("C24", "全部项目的支出数都等于预算数", _spent_all),
    near_miss("C24", "仅一个项目的支出数不等于预算数", _spent_all_but_one),
    firing("C26", "所列项目不足部门预算的六成", _low_coverage),
    near_miss("C26", "所列项目刚过部门预算的六成", _just_covered),
    firing("C27", "所列项目合计超过部门预算", _more_than_total),
    near_miss("C27", "所列项目合计略低于部门预算", _almost_total),
    firing("C28", "说明的大额项目多于所列", _more_large_claimed),
    near_miss("C28", "有项目恰好等于大额标准", _large_at_threshold),
    Defect("C31", "同一项目在两张表中名称不同", "C31", True, _two_names),
    near_miss("C31", "两个项目的名称只有括注不同", _suffixes),
    firing("C32", "同一项目在两张表中预算不同", _two_amounts, variant="-project"),
    firing("C33", "项目同时列在任务表和重点项目表", _in_two_tables),
    near_miss("C33", "任务表和重点项目表各列各的项目", _parted_tables),
    Defect("C34", "计划项目在各表中都没有金额", "C34", True, _unpaid_plan),
    near_miss("C34", "计划项目名称的括号为半角", _half_width_plan),
    firing("C35", "完成情况中的支出数与表中支出数不符", _other_amount_in_text, f"row:tasks:{ROW}"),
    near_miss("C35", "完成情况中重述表中支出数", _same_amount_in_text),
)
