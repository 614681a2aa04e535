"""Reports of plain prose and of answers: projects with a unit said once for all, names that end in a word of money,
sums behind projects, labels in the last column."""

from __future__ import annotations

import pytest
from report_cases import blocks, facts_of, named, table, value

pytestmark = pytest.mark.unit

ROWS = (("渡船检修", "120.00", "118.50"), ("堤岸灯具", "1,060.00", "955.20"), ("河口绿化", "90.00", "88.00"))
ALL = [("渡船检修", 1_200_000, 1_185_000), ("堤岸灯具", 10_600_000, 9_552_000), ("河口绿化", 900_000, 880_000)]
ASKED = "【第五题】请列举最能体现职责的项目，写明预算和支出。"


def projects(body: str) -> list[tuple[str, int | None, int | None]]:
    return [
        (one.name, one.budget_yuan and int(one.budget_yuan), one.spent_yuan and int(one.spent_yuan))
        for one in facts_of(body).projects
    ]


def listed(line: str) -> str:
    return "\n".join(line.format(at, *row) for at, row in enumerate(ROWS, 1))


@pytest.mark.parametrize(
    "unit", ["单位都是万元。", "金额单位：万元。", "以下金额均以万元为单位。", "数字单位皆为万元。"]
)
@pytest.mark.parametrize("line", ["{}. {}　预算{}，支出{}。已办妥。", "- {1}：全年预算{2}，实际支出{3}。"])
def test_one_unit_for_all_items_of_a_list(unit: str, line: str) -> None:
    assert projects(blocks(ASKED, f"答：举三个，{unit}", listed(line))) == ALL


@pytest.mark.parametrize("unit", ["（万元）", "　金额单位：万元", "单位：万元", "（单位：万元）"])
def test_a_framed_heading_may_say_the_unit_of_its_list(unit: str) -> None:
    assert projects(blocks(f"【项目清单】{unit}", listed("{}. {}，预算{}，支出{}"), "【问题】", "从略。")) == ALL


def test_what_stands_behind_a_frame_makes_it_no_heading_of_a_list() -> None:
    body = blocks("【项目清单】见附件，单位：万元", listed("{}. {}，调拨{}，归还{}"), "【问题】", "从略。")
    assert projects(body) == []


def test_items_without_any_unit_tell_no_amounts() -> None:
    body = blocks(ASKED, "答：举三个，从大到小排。", listed("{}. {}　预算{}，支出{}。"))
    assert not any(spent for *_, spent in projects(body))


def test_a_unit_said_above_is_none_of_things_counted() -> None:
    lines = "1. 船工培训　安排12场，支出按实结算。\n2. 渡口轮值　安排8人。\n3. 灯具巡检　安排30个晚上。"
    assert projects(blocks(ASKED, "答：举三个，单位都是万元。", lines)) == []


def test_a_question_for_what_is_wrong_with_projects_is_one_of_problems() -> None:
    body = blocks(
        "【第六题】请列出三个以内最要紧的项目存在的问题。", "答：两个。一是渡口值守轮班太密；二是借用器材没有台账。"
    )
    assert [one.title for one in facts_of(body).problems] == ["渡口值守轮班太密", "借用器材没有台账"]


TOLD = (
    "渡船检修{0}安排预算120.00万元，支出118.50万元，换漆三艘。"
    "堤岸灯具{1}全年安排预算1,060.00万元，实际支出955.20万元，亮灯百盏。"
    "河口绿化{2}安排预算90.00万元，支出88.00万元，补柳两里。"
)
WHOLE = "年初批复的部门预算为2,500.00万元，全年支出2,400.00万元。"


def test_words_of_money_at_the_end_of_a_name() -> None:
    names = ("渡船检修经费", "堤岸灯具专项资金", "河口绿化项目")
    body = blocks(WHOLE, "项目只讲三项。" + TOLD.format("经费", "专项资金", "项目"))
    assert projects(body) == [(name, *amounts) for name, (_, *amounts) in zip(names, ALL, strict=True)]


def test_words_of_where_the_money_comes_from_are_none_of_a_name() -> None:
    body = blocks(WHOLE, "项目只讲三项。" + TOLD.format("财政资金", "财政资金", "财政资金"))
    assert projects(body) == ALL


@pytest.mark.parametrize("between", ["", "\n\n"])
@pytest.mark.parametrize("words", ["以上三项预算合计{}万元，支出合计1,161.70万元。", "三笔合计，预算总额{}万元。"])
def test_the_sum_behind_projects_is_not_the_budget_of_the_department(words: str, between: str) -> None:
    body = blocks(WHOLE, "项目只讲三项。" + TOLD.format("", "", "") + between + words.format("1,270.00"))
    assert [row.value for row in named(facts_of(body), "total_budget_yuan")] == [25_000_000]


def test_what_else_stands_behind_projects_is_said_of_the_department() -> None:
    told = "项目只讲三项。" + TOLD.format("", "", "")
    assert value(facts_of(blocks(told + "全镇部门预算总额2,500.00万元。")), "total_budget_yuan") == "25000000"
    both = "以上两项预算合计2,500.00万元。"
    assert value(facts_of(blocks(both, told)), "total_budget_yuan") == "25000000"
    assert value(facts_of(blocks(both + told)), "total_budget_yuan") == "25000000"


LAST = ("支出合计|预算合计（调整后）|年初预算|指标", "960.00|980.00|900.00|金额（万元）")


@pytest.mark.parametrize("more", ["100.00%|—|—|占支出比", "+3.20%|+1.00%|-2.00%|同比"])
def test_a_row_of_amounts_beside_one_of_shares(more: str) -> None:
    facts = facts_of(blocks("二、预算收支", table(*LAST, more)))
    figures = [value(facts, f"{name}_yuan") for name in ("total_budget", "annual_budget", "executed")]
    assert figures == ["9000000", "9800000", "9600000"]


def test_of_two_rows_of_amounts_neither_is_the_whole() -> None:
    facts = facts_of(blocks("二、预算收支", table(*LAST, "120.00|130.00|110.00|渡口站（万元）")))
    assert value(facts, "executed_yuan") is None
