"""Forms whose labels say little: 项目 alone, a single column of kinds, a day of filling in for the year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.transforms.docx_maker import docx, p
from tests.transforms.form_cases import FUNDS, REGISTRY, project_form, read_form, word_table
from transforms.documents.reader import read_document
from transforms.facts.extract import extract

pytestmark = pytest.mark.unit

KINDS = [
    ["指标类型", "指标名称", "权重", "目标值", "完成值", "自评分"],
    ["数量指标", "养护里程", 30, "≥12公里", "12公里", 30],
    ["成本指标", "每公里成本", 30, "≤2万元", "1.9万元", 30],
    ["社会效益指标", "出行便利", 30, "提升", "提升", 30],
]


def plain_form(project: str, title: str = "项目支出绩效自评表") -> list[list[object]]:
    head: list[list[object]] = [
        [title],
        ["申报单位", "青云街道办事处", None, "评价年度", "2022年度"],
        ["项目", project, None, "经办部门", "城建办"],
    ]
    return [*head, *[list(row) for row in FUNDS[:2]], *[list(row) for row in KINDS]]


def test_a_project_named_beside_its_bare_label() -> None:
    facts = read_form([*plain_form("道路养护经费"), [], *plain_form("河涌保洁经费")])
    assert [(form.project_name, form.department_id, form.fiscal_year) for form in facts.forms] == [
        ("道路养护经费", "d-1", 2022),
        ("河涌保洁经费", "d-1", 2022),
    ]


def test_the_whole_expenditure_is_no_project() -> None:
    (form,) = read_form(plain_form("部门整体支出", "部门整体支出绩效自评表")).forms
    assert (form.kind, form.project_name) == ("overall_form", None)


def test_kinds_that_belong_to_others_are_the_second_level() -> None:
    rows = read_form(plain_form("道路养护经费")).indicators
    assert [(row.level_1, row.level_2) for row in rows] == [
        (None, "数量指标"),
        (None, "成本指标"),
        (None, "社会效益指标"),
    ]


def test_kinds_of_both_levels_in_one_column_stay_the_first() -> None:
    rows = [*plain_form("道路养护经费"), ["产出指标", "巡查次数", 10, "24次", "24次", 10]]
    assert {row.level_2 for row in read_form(rows).indicators} == {None}


@pytest.mark.parametrize(
    ("said", "year"),
    [
        (["填报日期：2023年3月15日"], 2022),
        (["填表时间", "2023-03-15"], 2022),
        (["填报日期：2022年12月30日"], None),
        (["成立日期：2023年3月15日"], None),
    ],
)
def test_a_form_that_names_no_year_is_of_the_one_before_it_was_filled_in(said: list[object], year: int | None) -> None:
    head: list[list[object]] = [["项目支出绩效自评表"], said]
    assert [form.fiscal_year for form in read_form(project_form(head=head)).forms] == [year]


def test_a_named_year_counts_before_the_day_of_filling_in() -> None:
    head: list[list[object]] = [["项目支出绩效自评表"], ["填报日期：2023年3月15日"], ["（2021年度）"]]
    assert [form.fiscal_year for form in read_form(project_form(head=head)).forms] == [2021]


def test_a_card_of_a_project_in_a_report_is_no_form() -> None:
    card = [
        ["项目名称", "道路养护经费", None, None],
        ["预算安排", "120万元", "实际支出", "108.5万元"],
        ["结果", "已完成"],
    ]
    content = docx(p("2022年度部门整体支出绩效自评报告") + word_table(card, ["B1:D1", "B3:D3"]))
    facts = extract(read_document(content, "报告.docx"), REGISTRY)
    assert facts.forms == []
    assert [(row.name, row.budget_yuan, row.spent_yuan) for row in facts.projects] == [
        ("道路养护经费", Decimal(1_200_000), Decimal(1_085_000))
    ]


def test_remarks_are_the_reasons_of_lost_points_where_no_column_of_reasons_is() -> None:
    rows = [list(row) for row in plain_form("道路养护经费")]
    rows[-4] += ["备注"]
    rows[-3][4:] = ["10公里", 25, "雨天停工，次年补足。"]
    rows[-2] += ["见附件"]
    assert [row.reason for row in read_form(rows).indicators] == ["雨天停工，次年补足。", None, None]
    rows[-4] += ["偏差原因"]
    assert [row.reason for row in read_form(rows).indicators] == [None, None, None]


def test_a_form_in_other_words_reads_whole() -> None:
    rows: list[list[object]] = [
        ["财政支出绩效自评表"],
        ["项目全称", "道路养护经费", None, "报告年度", "2022年"],
        ["预算编制单位", "青云街道办事处", None, "归口部门", "城建办"],
        ["资金（万元）", "来源", "年初数", "最终预算数", "实际支付数", "支付率"],
        [None, "资金总计", 100, 120, 108, "90%"],
        [None, "其中：一般公共预算资金", 80, 100, 90, "90%"],
        [None, "社会资金", 20, 20, 18, "90%"],
        ["指标大类", "二级指标", "三级指标", "年度指标值", "全年实绩", "应得分", "实得分", "失分原因"],
        ["产出指标", "数量指标", "养护里程", "≥12公里", "10公里", 90, 75, "雨天停工。"],
        ["总计得分", None, None, None, None, 100, 84],
    ]
    facts = read_form(rows)
    (form,) = facts.forms
    assert (form.kind, form.project_name, form.department_id, form.fiscal_year) == (
        "project_form",
        "道路养护经费",
        "d-1",
        2022,
    )
    assert form.total_score == 84
    assert [
        (row.funding_source, row.initial_yuan, row.adjusted_yuan, row.executed_yuan) for row in facts.form_funding
    ] == [
        ("合计", 1_000_000, 1_200_000, 1_080_000),
        ("当年财政拨款", 800_000, 1_000_000, 900_000),
        ("其他", 200_000, 200_000, 180_000),
    ]
    (row,) = facts.indicators
    assert (row.level_1, row.level_2, row.actual_text, row.weight, row.score, row.reason) == (
        "产出指标",
        "数量指标",
        "10公里",
        90,
        75,
        "雨天停工。",
    )
