"""Project tables with merged cells filled: a project's name and amounts in each row that goes on to tell of it."""

from __future__ import annotations

import pytest
from fact_cases import facts_of, task_table, yuan

pytestmark = pytest.mark.unit

INDICATORS = (
    "序号|项目名称|全年预算数|执行数|三级指标|年度指标值|实际完成值",
    "合计|合计|153.50|151.20|||",
    "1|河岸保洁|120.50|118.20|巡查次数|≥24次|31次",
    "1|河岸保洁|120.50|118.20|垃圾清理量|≥90吨|96吨",
    "2|桥梁检测|33.00|33.00|检测座数|≥7座|7座",
    "2|桥梁检测|33.00|33.00|报告完成率|100%|100%",
)


def read(*rows: str) -> list[tuple[str, object, object, str | None, str | None]]:
    facts = facts_of(task_table(*rows))
    return [(row.name, row.budget_yuan, row.spent_yuan, row.goal, row.completion) for row in facts.projects]


def without(column: int) -> list[str]:
    cells = [row.split("|") for row in INDICATORS]
    return ["|".join(row[:column] + row[column + 1 :]) for row in cells]


@pytest.mark.parametrize("rows", [list(INDICATORS), without(0)])
def test_a_project_has_a_row_an_indicator(rows: list[str]) -> None:
    assert read(*rows) == [
        ("河岸保洁", yuan("1205000.00"), yuan("1182000.00"), "≥24次\n≥90吨", "巡查次数：31次\n垃圾清理量：96吨"),
        ("桥梁检测", yuan("330000.00"), yuan("330000.00"), "≥7座\n100%", "检测座数：7座\n报告完成率：100%"),
    ]


def test_its_amounts_count_once_towards_the_sum() -> None:
    facts = facts_of(task_table(*INDICATORS))
    assert [row.row_count for row in facts.tables] == [2]
    assert [(row.label, row.budget_yuan) for row in facts.totals] == [("合计", yuan("1535000.00"))]


def test_rows_of_other_amounts_under_one_name_stay_apart() -> None:
    assert len(read(*INDICATORS[:3], "1|河岸保洁|60.00|52.00|垃圾清理量|≥90吨|96吨", *INDICATORS[4:])) == 3


@pytest.mark.parametrize(
    "header",
    [
        "序号|项目名称|三级指标|年度指标值|实际完成值",
        "序号|项目名称|三级指标|分值|执行数",
        "序号|指标名称|全年预算数|执行数|三级指标",
    ],
)
def test_a_table_of_indicators_without_the_amounts_of_projects_is_none(header: str) -> None:
    rows = [f"{at}|河岸保洁|巡查次数|24|{30 + at}" for at in range(1, 4)]
    assert read(header, *rows) == []


GOALS = (
    "序号|项目名称|预算数|支出数|绩效目标|完成情况",
    "1|河岸保洁|120.50|118.20|巡查河岸不少于24次|巡查河岸31次，处置12起",
    "1|河岸保洁|120.50|118.20|清理垃圾90吨|清理垃圾96吨，全部外运",
    "2|桥梁检测|33.00|33.00|检测桥梁7座|检测桥梁7座，出具报告",
)


def test_a_repeated_number_tells_that_a_row_goes_on() -> None:
    assert [row[:4] for row in read(*GOALS)] == [
        ("河岸保洁", yuan("1205000.00"), yuan("1182000.00"), "巡查河岸不少于24次\n清理垃圾90吨"),
        ("桥梁检测", yuan("330000.00"), yuan("330000.00"), "检测桥梁7座"),
    ]


@pytest.mark.parametrize(
    "second",
    [
        "2|河岸保洁|120.50|118.20|清理垃圾90吨|清理垃圾96吨，全部外运",
        "1|河岸保洁|120.50|118.20|巡查河岸不少于24次|巡查河岸31次，处置12起",
    ],
)
def test_a_number_of_its_own_or_nothing_new_makes_a_row_of_its_own(second: str) -> None:
    assert [row[0] for row in read(GOALS[0], GOALS[1], second, GOALS[3])] == ["河岸保洁", "河岸保洁", "桥梁检测"]
