"""Defects of counts: units, offices, people, announced items, measures against problems."""

from __future__ import annotations

from random import Random

from samples.defects.model import Defect, firing, near_miss
from samples.model import Expected, Office, Report


def _announce(name: str, by: int) -> Defect:
    rule, title = {"units": ("C15", "说明的预算单位数与所列不符"), "offices": ("C16", "说明的内设机构数与所列不符")}[
        name
    ]

    def mutate(report: Report, draw: Random) -> None:
        del draw
        report.stated[name] = len(getattr(report, name)) + (1 if name == "units" else 0) + by

    return firing(rule, title, mutate, f"figure:{name}")


def _chinese_counts(report: Report, draw: Random) -> None:
    del draw
    report.counts_in_chinese = True


def _second_names(report: Report, draw: Random) -> None:
    del draw
    report.offices[0] = Office(report.offices[0].name, ("应急指挥办公室", "值班值守办公室"))


def _unbalanced_established(report: Report, draw: Random) -> None:
    report.people["administrative"] += draw.randint(1, 5)


def _more_posts(report: Report, draw: Random) -> None:
    report.people["approved_posts"] = report.people["established"] + draw.randint(5, 15)


def _unbalanced_total(report: Report, draw: Random) -> None:
    report.people["non_established"] += draw.randint(1, 9)


def _retired(report: Report, draw: Random) -> None:
    report.people["retired"] = draw.randint(20, 90)


def _missing_block(report: Report, draw: Random) -> None:
    name = draw.choice(("blocks", "goals"))
    report.stated[name] = len(getattr(report, name)) + 1
    report.expected.append(Expected("C20", f"count:{name}"))


def _term_with_number(report: Report, draw: Random) -> None:
    report.asides.append(draw.choice(("围绕“五个提升”要求，持续完善绩效管理。", "落实“三严三实”要求，从严管理资金。")))


def _fewer_measures(report: Report, draw: Random) -> None:
    del draw
    report.measures = report.measures[: len(report.problems) - 1]
    report.stated["measures"] = len(report.measures)


def _fewer_problems(report: Report, draw: Random) -> None:
    del draw
    report.problems = report.problems[:-1]
    report.stated["problems"] = len(report.problems)


DEFECTS: tuple[Defect, ...] = (
    _announce("units", 1),
    near_miss("C15", "预算单位数用中文数字", _chinese_counts),
    _announce("offices", -1),
    near_miss("C16", "内设机构括注多个加挂牌子", _second_names),
    firing("C17", "行政与事业人员之和不等于在编人员", _unbalanced_established, "people:established"),
    near_miss("C17", "核定编制数与在编人数不同", _more_posts),
    firing("C18", "在编与编外人员之和不等于总人数", _unbalanced_total, "people:total"),
    near_miss("C18", "另有离退休人员不计入总人数", _retired),
    Defect("C20", "说明的项数与所列不符", "C20", True, _missing_block),
    near_miss("C20", "带数字的固定提法不是分项", _term_with_number),
    firing("C21", "改进措施少于存在问题", _fewer_measures),
    near_miss("C21", "改进措施多于存在问题", _fewer_problems),
)
