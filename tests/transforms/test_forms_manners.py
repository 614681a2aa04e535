"""Manners of local templates: lists of tasks and goals, points in headings, repeated labels, fields behind totals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.transforms.form_cases import FUNDS, INDICATORS, TOTAL, project_form, read_form

pytestmark = pytest.mark.unit

TASKS = [
    ["年度主要任务", "任务名称", "主要内容", "完成情况", "预算数（万元）", "执行数（万元）", "执行率"],
    [None, "任务1：基层治理", "网格化管理", "已完成", 500, 480, "96%"],
    [None, "民生保障", "低保救助", "无", 300.5, 300.5, "100%"],
    [None, "金额合计", None, None, 800.5, 780.5, "97.5%"],
]
GOALS = [
    ["年度总体目标", "预期目标", None, None, "实际完成情况"],
    [None, "1、党建方面：建强支部；\n2、化解矛盾纠纷。", None, None, "均已完成。"],
]


def overall_form(*parts: list[list[object]]) -> list[list[object]]:
    head: list[list[object]] = [["2022年度部门整体支出绩效自评表"], ["部门名称", "青云街道办事处"]]
    funds = [list(row) for row in FUNDS[:2]]
    return [*head, *(row for part in parts for row in part), *funds, *INDICATORS]


def test_main_tasks_are_project_rows_and_none_of_their_sums_is_the_total() -> None:
    facts = read_form(overall_form(TASKS))
    assert [(row.listing, row.name, row.budget_yuan, row.spent_yuan) for row in facts.projects] == [
        ("task", "基层治理", 5_000_000, 4_800_000),
        ("task", "民生保障", 3_005_000, 3_005_000),
    ]
    assert [(row.goal, row.completion) for row in facts.projects] == [("网格化管理", "已完成"), ("低保救助", None)]
    assert [row.adjusted_yuan for row in facts.form_funding] == [1_200_000]
    assert (facts.forms[0].execution_weight, facts.forms[0].execution_score) == (10, 9)


def test_goals_of_an_overall_form_are_counted_one_by_one() -> None:
    facts = read_form(overall_form(GOALS))
    assert [(row.position, row.aspect, row.goal) for row in facts.goals] == [
        (1, "党建", "建强支部"),
        (2, None, "化解矛盾纠纷"),
    ]
    assert {row.column for row in facts.sources if row.group == "goals"} == {"goal"}


def test_goals_that_nothing_counts_are_one_and_those_of_projects_none() -> None:
    one = [GOALS[0], [None, "建强支部；化解矛盾纠纷。", None, None, "均已完成。"]]
    assert [row.goal for row in read_form(overall_form(one)).goals] == ["建强支部；化解矛盾纠纷。"]
    assert read_form(project_form()).goals == []


def test_a_column_that_no_lexicon_entry_explains_is_proposed() -> None:
    rows = [[*INDICATORS[0], "红黄灯预警"], *INDICATORS[1:]]
    facts = read_form(project_form(indicators=rows))
    assert [(row.what, row.text, row.line) for row in facts.unrecognised] == [("column", "红黄灯预警", 12)]


def test_the_points_of_the_execution_may_stand_in_its_heading() -> None:
    funds = [
        ["预算执行情况（万元）（20分）", None, "预算数（A）", "执行数（B）", "执行率（B/A）", "得分（20分*执行率）"],
        [None, "年度财政资金总额", 50, 48.5, "97%", 19.4],
    ]
    (form,) = read_form(project_form(funds=funds)).forms
    assert (form.execution_weight, form.execution_score) == (20, Decimal("19.4"))


def test_labels_of_sources_may_stand_below_those_of_the_amounts() -> None:
    funds = [
        ["预算执行情况（万元）", None, "预算数：", 12, "执行数：", 11.4],
        [None, None, "其中：财政拨款", 12, "其中：财政拨款", 11.4],
        [None, None, "其他资金", 0, "其他资金", 0],
    ]
    facts = read_form(project_form(funds=funds))
    assert [(row.funding_source, row.adjusted_yuan, row.executed_yuan) for row in facts.form_funding] == [
        ("合计", 120_000, 114_000),
        ("当年财政拨款", 120_000, 114_000),
        ("其他", 0, 0),
    ]


def test_rows_behind_the_total_are_no_indicators() -> None:
    rows = [
        *project_form(),
        ["自评总分", None, None, 97.33, None, "绩效等级", "优"],
        ["改进措施", "优化活动安排。"],
    ]
    facts = read_form(rows, ["B20:I20", "D19:E19", "G19:I19", "A19:C19"])
    assert len(facts.indicators) == 5
    assert (facts.forms[0].total_score, facts.forms[0].grade) == (Decimal("97.33"), "优")


def test_who_carries_a_project_out_goes_before_who_is_in_charge_of_it() -> None:
    rows = project_form()
    rows[3] = ["主管部门", "青云街道办事处", None, None, "实施单位", "某区某中心"]
    assert read_form(rows).forms[0].department_id == "d-1"


def test_kinds_of_indicators_left_of_all_columns_are_the_first_level() -> None:
    rows = [
        ["绩效指标", "指标名称", "权重（%）", "年度指标值", "全年完成值", "得分"],
        ["产出指标", "清扫面积", "60", "≥80万㎡", "82万㎡", "60"],
        ["满意度指标", "居民满意度", "40", "≥90%", "91.5%", "40"],
    ]
    facts = read_form(project_form(indicators=rows, total=[]))
    assert [(row.level_1, row.level_2, row.level_3, row.indicator_kind) for row in facts.indicators] == [
        ("产出指标", None, "清扫面积", "output"),
        ("满意度指标", None, "居民满意度", "satisfaction"),
    ]


def test_a_heading_over_known_columns_is_not_proposed() -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "年度绩效", None, "分值", "得分"],
        [None, None, None, "目标值", "完成值"],
        ["产出指标", "数量指标", "走访人次", "≥300人次", "315人次", "90", "90"],
    ]
    facts = read_form(project_form(indicators=rows, total=[]))
    assert [(row.level_3, row.target_value, row.actual_value) for row in facts.indicators] == [("走访人次", 300, 315)]
    assert facts.unrecognised == []


def test_goals_may_stand_behind_their_labels_and_signs_in_a_column() -> None:
    facts = read_form(
        [
            ["项目支出绩效自评表"],
            ["项目名称：道路养护经费　　实施单位：青云街道办事处"],
            ["金额单位：万元"],
            ["资金来源", "年初预算数", "全年预算数", "全年执行数"],
            ["合计", 100, 120, 108],
            ["年度总体目标：完成养护12公里。"],
            ["总体目标完成情况：已完成养护12公里。"],
            ["一级指标", "二级指标", "三级指标", "性质", "指标值", "单位", "实际完成值", "权重", "得分"],
            ["产出指标", "数量指标", "巡查次数", "≥", 24, "次", 20, 10, 8.33],
        ]
    )
    (form,) = facts.forms
    assert (form.goal, form.completion) == ("完成养护12公里。", "已完成养护12公里。")
    assert [(one.direction, one.unit) for one in facts.indicators] == [("≥", "次")]


def test_a_label_behind_a_gap_is_not_taken_together_with_the_value_before_it() -> None:
    facts = read_form(
        [["项目支出绩效自评表"], ["项目名称：文物保护项目　　单位名称：青云街道办事处"], *FUNDS, *INDICATORS, *TOTAL]
    )
    assert [project.name for project in facts.projects] == ["文物保护项目"]


def test_headings_merged_down_over_those_of_amounts_begin_no_form() -> None:
    head = [["项目名称", "责任科室", "资金情况", None], [None, None, "预算数", "支出数"]]
    facts = read_form([*head, ["道路养护经费", "城建办", 12.5, 12]], ["A1:A2", "B1:B2", "C1:D1"])
    assert not facts.forms


def test_funds_told_by_source_and_again_by_nature_are_not_mixed() -> None:
    funds = [
        FUNDS[0],
        [None, "年度资金总额", None, 100, 120, 108],
        [None, "按资金来源分：财政拨款", None, 80, 100, 90],
        [None, "其他资金", None, 20, 20, 18],
        [None, "按支出性质分：基本支出", None, 40, 50, 48],
        [None, "项目支出", None, 60, 70, 60],
    ]
    facts = read_form(overall_form(funds))
    assert [(row.funding_source, row.adjusted_yuan) for row in facts.form_funding] == [
        ("合计", 1_200_000),
        ("当年财政拨款", 1_000_000),
        ("其他", 200_000),
    ]
    figures = {row.name: row.value for row in facts.figures}
    assert (figures["basic_expenditure_yuan"], figures["project_expenditure_yuan"]) == (480_000, 600_000)
