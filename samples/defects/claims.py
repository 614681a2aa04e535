"""Defects of claims across the report: staff, one value in several roles, metrics that disagree, measures against the
data."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from samples.defects.model import Defect, Mutation, firing, near_miss
from samples.model import Achievement, Metric, Report, Sentence, Statement


def _staff(share: Decimal) -> Mutation:
    """So many people without posts that they are that share of all."""

    def mutate(report: Report, draw: Random) -> None:
        del draw
        people = report.people
        people["non_established"] = int(people["established"] * share / (1 - share))
        people["total"] = people["established"] + people["non_established"]

    return mutate


def _one_value(report: Report, draw: Random) -> None:
    _three_budgets(report, draw)
    report.finance.executed = report.finance.total


def _three_budgets(report: Report, draw: Random) -> None:
    del draw
    finance = report.finance
    finance.annual = finance.monitored = finance.total


def _metric(name: str, value: int, unit: str) -> Metric:
    return Metric(name, Decimal(value), unit, Decimal(value), None, f"{value}{unit}")


def _teams(second: int) -> Mutation:
    """Tells of the same teams in two passages, once 36."""

    def mutate(report: Report, draw: Random) -> None:
        del draw
        for passage, value in zip(report.achievements[:2], (36, second), strict=True):
            one = Sentence("组建邻里议事协商服务队{a}", {"a": _metric("邻里议事协商服务队", value, "支")})
            passage.sentences.append(one)

    return mutate


def _neighbours(second: int) -> Mutation:
    def mutate(report: Report, draw: Random) -> None:
        del draw
        metrics = {"a": _metric("便民休憩座椅", 148, "处"), "b": _metric("文明引导标识", second, "处")}
        passage: Achievement = report.achievements[0]
        passage.sentences.append(Sentence("增设便民休憩座椅{a}，文明引导标识{b}", metrics))

    return mutate


def _raise_execution(report: Report, draw: Random) -> None:
    del draw
    report.measures.append(Statement("进一步提高预算执行率", "按月分析支出情况，及时调剂资金。", "预算执行"))
    if "measures" in report.stated:
        report.stated["measures"] = len(report.measures)


def _raise_full_execution(report: Report, draw: Random) -> None:
    _raise_execution(report, draw)
    report.finance.executed = report.finance.reference


DEFECTS: tuple[Defect, ...] = (
    firing("C19", "编外人员占比过高", _staff(Decimal("0.72"))),
    near_miss("C19", "编外人员占比接近一半", _staff(Decimal("0.49"))),
    firing("C25", "同一数额多种口径", _one_value),
    near_miss("C25", "预算数相同而执行数不同", _three_budgets),
    firing("C45", "同一指标前后不一", _teams(38)),
    near_miss("C45", "同一指标前后一致", _teams(36)),
    firing("C46", "相邻指标数值相同", _neighbours(148)),
    near_miss("C46", "相邻指标数值不同", _neighbours(147)),
    firing("C49", "全部执行完毕仍提提高执行率", _raise_full_execution),
    near_miss("C49", "未全部执行，提出提高执行率", _raise_execution),
)
