"""Projects told by labels, a line or a clause a label, instead of a table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.transforms.report_cases import blocks, facts_of, table, value
from transforms.facts.model import Facts

pytestmark = pytest.mark.unit

_PROJECTS = (
    ("道路保洁经费", "120", "118.5"),
    ("清溪河涌整治工程", "300.00", "280.00"),
    ("困难群众慰问", "45.6", "45.6"),
)
_ORDINALS = "一二三"


def _report(manner: str, heading: str = "二、项目情况") -> Facts:
    """A report whose section tells of the projects in this manner; {o} ordinal, {n} number, then name and amounts."""
    told = "\n\n".join(
        manner.format(o=_ORDINALS[at], n=at + 1, name=name, budget=budget, spent=spent)
        for at, (name, budget, spent) in enumerate(_PROJECTS)
    )
    return facts_of(
        blocks(
            "一、部门概况",
            "年度预算数为5,062.40万元，年度执行数为4,577.39万元，执行率90.42%。",
            heading,
            told,
            "三、存在问题",
            "1. 部分工作推进迟缓，年底集中支付。",
        )
    )


def _read(facts: Facts) -> list[tuple[str, Decimal | None, Decimal | None]]:
    return [(row.name, row.budget_yuan, row.spent_yuan) for row in facts.projects]


_EXPECTED = [(name, Decimal(budget) * 10000, Decimal(spent) * 10000) for name, budget, spent in _PROJECTS]


@pytest.mark.parametrize(
    "manner",
    [
        "项目{o}：{name}\n\n全年预算数：{budget}万元\n\n全年执行数：{spent}万元\n\n执行率：99%",
        "**项目{o}：{name}**\n- 全年预算数：{budget} 万元\n- 全年执行数：{spent} 万元\n- 完成情况：清理3处，共6次",
        "项目名称：{name}；预算安排：{budget}万元；实际支出：{spent}万元；完成情况：已完成。",
        "（{n}）{name}\n\n年初预算：{budget}万元\n\n支出数：{spent}万元\n\n完成情况：走访3个村",
        "{n}. {name}\n   - 预算金额：{budget}万元\n   - 支出金额：{spent}万元",
        "**{name}**\n\n- 预算数：{budget}万元\n- 执行数：{spent}万元",
        "【项目{n}】{name}\n\n【预算】{budget}万元\n\n【支出】{spent}万元",
        "项目{o}：{name}\n\n全年预算数（万元）：{budget}\n\n全年执行数（万元）：{spent}",
        "- **{name}**\n  - 预算：**{budget}** 万元，其中市级补助 1.00 万元\n  - 支出：{spent} 万元（执行率 98%）",
        "{name}\n\n预算金额：{budget}万元（2022年5月追加）\n\n支出金额：{spent}万元（完成98.5%）".join(("{n}. ", "")),
        "项目{o}：{name}\n\n" + table("预算数|执行数", "{budget}万元|{spent}万元"),
        "项目{o}：{name}\n\n" + table("全年预算数|{budget}万元", "全年执行数|{spent}万元"),
    ],
)
def test_each_label_of_a_project_is_read(manner: str) -> None:
    facts = _report(manner)
    assert _read(facts) == _EXPECTED
    assert value(facts, "annual_budget_yuan") == "50624000"
    assert value(facts, "executed_yuan") == "45773900"
    assert len(facts.tables) == 1
    assert [row.title for row in facts.problems] == ["部分工作推进迟缓，年底集中支付"]


def test_amounts_without_a_unit_count_in_that_of_the_heading() -> None:
    facts = _report("项目{o}：{name}\n\n预算数：{budget}\n\n执行数：{spent}", "二、项目情况（单位：万元）")
    assert _read(facts) == _EXPECTED


def test_goal_rate_and_completion_stand_behind_their_labels() -> None:
    facts = _report(
        "项目{o}：{name}\n\n预算数：{budget}万元\n\n执行数：{spent}万元\n\n执行率：98.75%\n\n"
        "绩效目标：清扫道路20条，河道2公里\n\n完成情况：清扫道路21条；其中：主干道3条"
    )
    first = facts.projects[0]
    assert first.stated_rate == Decimal("0.9875")
    assert first.goal == "清扫道路20条，河道2公里"
    assert first.completion == "清扫道路21条；其中：主干道3条"
    sources = {row.column: row.line for row in facts.sources if row.group == "projects" and row.row_ordinal == 0}
    assert sources["spent_yuan"] > sources["budget_yuan"] > sources["reported_name"]


@pytest.mark.parametrize(
    "manner",
    [
        "{n}. 第{o}季度\n   - 预算数：{budget}万元\n   - 执行数：{spent}万元",
        "{n}. 公务接待费\n   - 预算数：{budget}万元\n   - 支出数：{spent}万元",
        "{n}. 一般公共预算\n   - 预算数：{budget}万元\n   - 执行数：{spent}万元",
        "{n}. 青云街道第{o}服务中心\n   - 预算数：{budget}万元\n   - 执行数：{spent}万元",
        "项目{o}：{name}\n\n上年预算数：{budget}万元\n\n上年执行数：{spent}万元",
        "项目{o}：{name}\n\n中标价：{budget}万元\n\n合同额：{spent}万元",
    ],
)
def test_labels_of_other_things_tell_of_no_project(manner: str) -> None:
    assert _read(_report(manner)) == []


def test_labels_of_the_whole_are_no_projects() -> None:
    facts = facts_of(
        blocks(
            "一、资金情况",
            "年度预算数：15,062.40万元",
            "年度执行数：14,577.39万元",
            "执行率：96.78%",
            "二、三公经费情况",
            "预算数：22.35万元",
            "执行数：20.10万元",
        )
    )
    assert facts.projects == []
    assert value(facts, "executed_yuan") == "145773900"


def test_projects_of_a_table_are_not_told_again_by_labels() -> None:
    facts = facts_of(
        blocks(
            "二、项目完成情况",
            "单位：万元",
            table("项目名称|预算数|执行数", *(f"{name}|{budget}|{spent}" for name, budget, spent in _PROJECTS)),
            *(f"项目名称：{name}；预算数：{budget}万元；执行数：{spent}万元" for name, budget, spent in _PROJECTS),
        )
    )
    assert _read(facts) == _EXPECTED


def test_a_project_named_like_a_unit_among_others_is_one_but_not_where_units_are_told() -> None:
    manner = "- **{}**\n  - 预算：{} 万元\n  - 支出：{} 万元"
    projects = [*_PROJECTS[:2], ("心理咨询服务站", "24.00", "24.00")]
    facts = facts_of("二、项目情况\n\n" + "\n\n".join(manner.format(*one) for one in projects) + "\n")
    assert [row.name for row in facts.projects] == [name for name, _, _ in projects]
    units = [("东门服务站", "20.00", "19.00"), ("西门服务站", "21.00", "21.00"), projects[0]]
    assert facts_of("二、项目情况\n\n" + "\n\n".join(manner.format(*one) for one in units) + "\n").projects == []
