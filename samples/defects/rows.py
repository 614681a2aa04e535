"""Defects of single project rows: their goals, their completions, their rates and amounts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from samples.content.finance import WAN, large_projects
from samples.defects.model import Defect, Mutation, firing, near_miss
from samples.defects.structure import amount_table
from samples.model import Expected, Report, Row

ROW = 3
"""Index of the row that a row's defect changes."""
AT = f"row:tasks:{ROW}"


def _row(change: Callable[[Row], None]) -> Mutation:
    """Changes the row, whose goal and completion then show."""

    def mutate(report: Report, draw: Random) -> None:
        del draw
        row = amount_table(report).rows[ROW]
        row.needs_texts = True
        change(row)

    return mutate


def _goal(*clauses: str) -> Mutation:
    return _row(lambda row: setattr(row, "goal", clauses))


def _done(*clauses: str) -> Mutation:
    return _row(lambda row: setattr(row, "completion", clauses))


def _further(clause: str) -> Mutation:
    return _row(lambda row: setattr(row, "completion", (*row.completion, clause)))


def _repeat_name(report: Report, draw: Random) -> None:
    _row(lambda row: setattr(row, "goal", (f"做好{row.name}",)))(report, draw)
    report.expected.append(Expected("C40", is_optional=True))


def _copy_goal(row: Row) -> None:
    row.goal = ("对辖区内设施逐一排查并建立台账", "全年组织专项检查不少于12次")
    row.completion = ("对辖区内设施逐一排查并建立台账", "全年组织专项检查12次")


def _vary_goal(row: Row) -> None:
    row.goal = ("对辖区内设施逐一排查并建立台账", "全年组织专项检查不少于12次")
    row.completion = ("完成设施排查并登记造册", "组织专项检查15次，整改到位", "群众反映的隐患当日处置")


def _half_spent(row: Row) -> None:
    row.spent = ((row.budget or WAN) / 2).quantize(Decimal(1))
    row.completion = ("完成前期准备工作2项，项目有序推进",)
    row.has_reason = False


def _half_spent_with_reason(row: Row) -> None:
    _half_spent(row)
    row.completion = ("完成前期准备工作2项", "受招标流标影响，其余款项尚未支付")


def _outgrow(multiple: int) -> Mutation:
    """Makes the first row that many times as large as the others, nine tenths of the budget in all."""

    def mutate(report: Report, draw: Random) -> None:
        del draw
        rows, finance = report.amount_rows, report.finance
        step = Decimal(100) if finance.total % 100 == 0 else Decimal("0.01")
        least = finance.reference * Decimal("0.9") / (multiple + len(rows) - 1)
        for place, row in enumerate(rows):
            share = least * multiple if place == 0 else least * (1000 - place) / 1000
            row.budget = share // step * step
            row.spent = row.budget * Decimal("0.97") // step * step
        large_projects(finance, rows)

    return mutate


DEFECTS: tuple[Defect, ...] = (
    firing("C23", "执行率低而没有原因", _row(_half_spent), AT),
    near_miss("C23", "执行率低而写明原因", _row(_half_spent_with_reason)),
    firing("C36", "一个项目远大于其他项目", _outgrow(24), "row:tasks:0"),
    near_miss("C36", "一个项目大于其他项目", _outgrow(17)),
    firing("C38", "目标只是重复项目名称", _repeat_name, AT),
    near_miss("C38", "目标写明数量", _goal("设施完好率达到98%", "按月检查不少于12次")),
    firing("C39", "完成情况照抄目标", _row(_copy_goal), AT),
    near_miss("C39", "完成情况另行写明", _row(_vary_goal)),
    firing("C40", "目标没有数值", _goal("提高服务质量", "让群众更加满意"), AT),
    near_miss("C40", "目标只有百分比", _goal("提高服务质量", "办结率达到百分之九十五")),
    firing("C41", "完成情况没有数值", _done("各项任务全部完成", "服务质量明显提高"), AT),
    near_miss("C41", "完成情况的数值用中文数字", _done("开展宣传活动十二场", "服务质量明显提高")),
    firing("C42", "完成情况写成计划", _further("其余20处的整治时间待定"), AT),
    near_miss("C42", "完成情况说到年初计划", _further("年初计划的20处整治任务全部完成")),
    firing("C43", "天数与起止日期不符", _further("自3月1日至3月31日组织集中服务，共30天"), AT),
    near_miss("C43", "天数与起止日期相符", _further("自3月1日至3月31日组织集中服务，共31天")),
    firing("C44", "分项之和不等于合计", _further("清运废弃物合计12.50吨，其中大件家具5.20吨，枯枝落叶6.30吨"), AT),
    near_miss("C44", "分项之和等于合计", _further("清运废弃物合计12.50吨，其中大件家具6.20吨，枯枝落叶6.30吨")),
    firing("C47", "满意度没有调查依据", _further("群众满意度达到91.35%"), AT),
    near_miss("C47", "满意度有调查依据", _further("对300名群众开展问卷调查，满意度达到91.35%")),
    firing("C48", "完成情况过短", _done("完成3项任务"), AT),
    near_miss("C48", "完成情况刚够十个字", _done("完成整治任务30项")),
)
