"""Layouts of bureaus beyond the national template: parts in tables of their own, headings in two lines, cut pages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.transforms.docx_maker import docx, p
from tests.transforms.form_cases import FUNDS, INDICATORS, MERGED, REGISTRY, TOTAL, project_form, read_form, word_table
from transforms.documents.model import Cell, Place
from transforms.documents.reader import read_document
from transforms.facts.extract import extract
from transforms.facts.forms.cut_levels import CutLevel
from transforms.facts.forms.indicators import Indicator

pytestmark = pytest.mark.unit


def test_a_row_of_signatures_below_the_total_is_no_indicator() -> None:
    signed = [*TOTAL, ["填表人：李某", None, None, None, "联系电话：81234567", "填表日期：2023年3月12日"]]
    assert len(read_form(project_form(total=signed)).indicators) == 5


def test_a_telephone_number_in_a_merged_cell_is_told_once() -> None:
    signed = [*TOTAL, ["填表人：李某", None, None, None, "联系电话：020-84712345"]]
    facts = read_form(project_form(total=signed), merged=[*MERGED, "A19:D19", "E19:I19"])
    assert [sign.text for sign in facts.signs if sign.kind == "personal"] == ["020-******45"]


def test_the_grade_may_share_a_cell_with_its_label_in_the_row_of_the_total() -> None:
    (form,) = read_form(project_form(total=[[*TOTAL[0], "等级：优"]])).forms
    assert (form.grade, form.total_score) == ("优", Decimal("97.33"))


def test_amounts_beside_a_source_are_no_headings() -> None:
    funds = [
        ["年度预算（万元）", "资金总额", None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        [None, "合计", None, 100, 120, 108, 10, "90%", 9],
        [None, "基本支出", None, 60, 60, 58, "", "", ""],
    ]
    facts = read_form(project_form(funds=funds), merged=["A5:A7"])
    assert [(row.initial_yuan, row.executed_yuan) for row in facts.form_funding] == [(1_000_000, 1_080_000)]
    assert facts.forms[0].execution_score == 9


@pytest.mark.parametrize(
    "goals",
    [
        [["三、年度绩效目标"], ["预期目标", "养护道路12公里。"], ["实际完成情况", "养护道路12公里整。"]],
        [["年度总体目标", "养护道路12公里。", None, "完成情况", "养护道路12公里整。"]],
        [["总体目标", "预期目标：养护道路12公里。", None, "完成情况：养护道路12公里整。"]],
        [["绩效目标", "年初设定目标", None, "年度完成情况"], [None, "养护道路12公里。", None, "养护道路12公里整。"]],
    ],
)
def test_goals_stand_beside_below_or_behind_their_labels(goals: list[list[object]]) -> None:
    (project,) = read_form(project_form(goals=goals)).projects
    assert (project.goal, project.completion) == ("养护道路12公里。", "养护道路12公里整。")


def test_amounts_that_name_no_source_are_those_of_all_funds() -> None:
    funds = [
        ["资金情况（万元）", "预算安排", "调整后预算数", "实际支出", "预算执行率", "分值", "得分"],
        [None, 100, 120, 108, "90%", 10, 9],
    ]
    facts = read_form(project_form(funds=funds), merged=["A5:A6"])
    assert [row[2:8] for row in facts.form_funding] == [("合计", "", "万元", 1_000_000, 1_200_000, 1_080_000)]


def test_a_sum_that_is_called_so_counts_as_the_total() -> None:
    funds = [FUNDS[0], [None, "小计", *FUNDS[1][2:]], FUNDS[2]]
    rows = read_form(project_form(funds=funds)).form_funding
    assert [(row.funding_source, row.adjusted_yuan) for row in rows] == [
        ("合计", 1_200_000),
        ("当年财政拨款", 1_000_000),
    ]


def test_the_points_of_the_execution_may_stand_behind_labels_beside_its_rate() -> None:
    funds = [
        ["预算情况（万元）", None, "合计", "财政拨款"],
        ["年初预算数", None, 100, 80],
        ["调整后预算数", None, 120, 100],
        ["实际支出数", None, 108, 90],
        ["预算执行率", "90%", "分值", "10", "得分", 9],
    ]
    (form,) = read_form(project_form(funds=funds)).forms
    assert (form.execution_weight, form.execution_score) == (10, 9)


def test_a_year_in_a_cell_of_its_own_needs_no_label() -> None:
    head = [["预算项目支出绩效自评表"], ["填报部门：青云街道办事处", None, "2019年度", "单位：万元"]]
    assert read_form(project_form(head=head)).forms[0].fiscal_year == 2019


def test_headings_of_levels_may_reach_down_into_the_second_line_of_headings() -> None:
    indicators = [
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            None,
            None,
            "完成情况",
            None,
            "权重",
            "得分",
            "备注（偏差原因）",
        ],
        [None, None, None, "符号", "数值", "单位", "实际值", "完成率"],
        ["产出指标", "数量指标", "清淤长度", "≥", 5.6, "公里", 5.1, "91%", 20, 18.2, "汛期停工"],
    ]
    across = ["A12:A13", "B12:B13", "C12:C13", "D12:F12", "G12:H12", "I12:I13", "J12:J13", "K12:K13"]
    (row,) = read_form(project_form(indicators=indicators, total=[]), merged=across).indicators
    assert (row.direction, row.target_value, row.unit, row.actual_value) == (
        "≥",
        Decimal("5.6"),
        "公里",
        Decimal("5.1"),
    )
    assert (row.weight, row.score, row.reason) == (20, Decimal("18.2"), "汛期停工")


def test_a_value_without_a_unit_has_the_one_that_its_name_says() -> None:
    rows = [INDICATORS[0], [None, "产出指标", "数量指标", "清运量（吨）", "≥8600", 8755, 20, 20]]
    (row,) = read_form(project_form(indicators=rows, total=[])).indicators
    assert (row.target_value, row.unit) == (8600, "吨")


PARTS = (
    (p("一、项目基本情况"), [["项目名称", "道路养护经费"], ["实施单位", "青云街道办事处"]]),
    (p("二、项目资金情况（单位：万元）"), [["资金来源", *FUNDS[0][3:]], *([row[1], *row[3:]] for row in FUNDS[1:])]),
    (p("三、年度总体目标"), [["预期目标", "实际完成情况"], ["养护道路12公里。", "养护道路12公里整。"]]),
    (p("四、绩效指标"), [row[1:] for row in INDICATORS]),
)


def _parted(*between: str) -> bytes:
    tables = "".join(line + word_table(rows) for line, rows in PARTS[:-1])
    last = "".join(map(p, between)) + PARTS[-1][0] + word_table(PARTS[-1][1])
    return docx(p("2022年度项目支出绩效自评表") + tables + last)


def test_a_form_in_a_table_for_each_part_is_one_form() -> None:
    facts = extract(read_document(_parted(), "自评表.docx"), REGISTRY)
    assert [(form.fiscal_year, form.department_id) for form in facts.forms] == [(2022, "d-1")]
    (project,) = facts.projects
    assert (project.name, project.budget_yuan, project.goal, project.completion) == (
        "道路养护经费", 1_200_000, "养护道路12公里。", "养护道路12公里整。",
    )  # fmt: skip
    assert (len(facts.form_funding), len(facts.indicators), facts.headings) == (4, 5, [])


def test_a_narrower_table_may_follow_a_field_at_the_right() -> None:
    first = word_table([["项目属性", "延续", "项目名称", "道路养护经费"]])
    rest = "".join(line + word_table(rows) for line, rows in (PARTS[2], PARTS[1], PARTS[3]))
    facts = extract(read_document(docx(p("2022年度项目支出绩效自评表") + first + rest), "自评表.docx"), REGISTRY)
    assert [(row.name, row.budget_yuan, row.goal) for row in facts.projects] == [
        ("道路养护经费", 1_200_000, "养护道路12公里。")
    ]


def test_a_table_below_running_text_is_no_part_of_the_form_above() -> None:
    facts = extract(read_document(_parted("本街道对指标作如下说明。"), "自评表.docx"), REGISTRY)
    assert [row.level_3 for row in facts.indicators] == []


def test_the_unit_below_a_title_that_is_printed_twice_counts() -> None:
    above = ("青云街道2022年度部门整体支出", "绩效自评表", "青云街道2022年度", "部门整体支出绩效自评表", "单位：万元")
    rows = [["项目资金", *FUNDS[0][1:]], *FUNDS[1:], *INDICATORS]
    content = docx("".join(map(p, above)) + word_table(rows))
    facts = extract(read_document(content, "自评表.docx"), REGISTRY)
    assert [row.adjusted_yuan for row in facts.form_funding][:1] == [1_200_000]


def _row(text: str) -> tuple[Cell, Indicator]:
    return Cell(text, text, Place(None, None, None, None, None)), Indicator({}, {}, {})


def test_a_level_whose_name_stands_on_the_next_page_alone_holds_above_it_too() -> None:
    named, first = _row("数量指标")
    blank, second = _row("")
    level, (top, _) = CutLevel(), _row("质量指标")
    for cell, indicator in ((named, first), (named, first), (blank, second), (blank, second)):
        level.take(cell, indicator)
    assert level.turn(top) == [second, second]


def test_a_blank_level_below_a_name_means_the_same_where_cells_are_not_merged() -> None:
    level, (top, _) = CutLevel(), _row("质量指标")
    for cell, indicator in (_row("数量指标"), _row("")):
        level.take(cell, indicator)
    assert level.turn(top) == []
