"""Forms in workbooks and in grids of other media -> facts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.transforms.docx_maker import docx, p
from tests.transforms.form_cases import (
    FUNDS,
    GOALS,
    INDICATORS,
    MERGED,
    REGISTRY,
    facts_of,
    project_form,
    read_form,
    word_table,
)
from tests.transforms.sheet_makers import changed, old_workbook, workbook
from tests.transforms.test_sheets_reader import LIST
from transforms.documents.assembly import assemble
from transforms.documents.lines import Line
from transforms.documents.model import Cell, Document, Grid, Place, TextBlock
from transforms.documents.reader import read_document
from transforms.facts.extract import extract
from transforms.facts.model import Facts
from transforms.language.text import normalise

pytestmark = pytest.mark.unit


def funds(facts: Facts) -> list[tuple[str, Decimal | None, Decimal | None, Decimal | None]]:
    return [(row.funding_source, row.initial_yuan, row.adjusted_yuan, row.executed_yuan) for row in facts.form_funding]


def unrecognised(facts: Facts) -> list[tuple[str, str]]:
    return [(row.what, row.text) for row in facts.unrecognised]


def test_the_national_template() -> None:
    facts = read_form(project_form(), MERGED)
    (form,) = facts.forms
    assert (form.kind, form.title, form.project_name) == ("project_form", "项目支出绩效自评表", "道路养护经费")
    assert (form.department_name, form.department_id, form.fiscal_year) == ("青云街道办事处", "d-1", 2022)
    assert (form.total_score, form.execution_weight, form.execution_score) == (Decimal("97.33"), 10, 9)
    assert funds(facts) == [
        ("合计", 1_000_000, 1_200_000, 1_080_000),
        ("当年财政拨款", 800_000, 1_000_000, 900_000),
        ("上年结转", 200_000, 200_000, 180_000),
        ("其他", 0, 0, 0),
    ]
    assert facts.form_funding[0].stated_rate == Decimal("0.9")
    assert [(row.level_1, row.level_2, row.level_3, row.indicator_kind) for row in facts.indicators] == [
        ("产出指标", "数量指标", "养护道路长度", "quantity"),
        ("产出指标", "数量指标", "巡查次数", "quantity"),
        ("产出指标", "时效指标", "按期完成率", "timeliness"),
        ("效益指标", "社会效益指标", "出行便利程度", "social_benefit"),
        ("满意度指标", "服务对象满意度指标", "居民满意度", "service_satisfaction"),
    ]
    patrol = facts.indicators[1]
    assert (patrol.direction, patrol.target_value, patrol.actual_value, patrol.unit) == ("≥", 24, 20, "次")
    assert (patrol.weight, patrol.score, patrol.reason) == (10, Decimal("8.33"), "雨天减少，次年补足。")
    assert [row.direction for row in facts.indicators] == ["≥", "≥", "=", "qualitative", "≥"]
    assert unrecognised(facts) == []


def test_levels_not_merged_but_written_once_are_filled_down_alike() -> None:
    merged, plain = read_form(project_form(), MERGED), read_form(project_form())
    assert plain.indicators == merged.indicators
    assert plain.form_funding == merged.form_funding


def test_the_project_row_and_the_document() -> None:
    facts = read_form(project_form())
    (project,) = facts.projects
    assert (project.listing, project.amount_role, project.name) == ("form", "adjusted", "道路养护经费")
    assert (project.budget_yuan, project.spent_yuan, project.stated_rate) == (1_200_000, 1_080_000, Decimal("0.9"))
    assert (project.goal, project.completion) == ("完成辖区道路养护12公里。", "已完成辖区道路养护12公里。")
    (document,) = facts.documents
    assert (document.kind, document.title) == ("project_form", "项目支出绩效自评表")
    assert (document.department_id, document.fiscal_year) == ("d-1", 2022)


def test_each_value_has_its_place() -> None:
    facts = read_form(project_form(), MERGED)
    places = {(row.group, row.row_ordinal, row.column): row for row in facts.sources}
    score = places["indicators", 1, "score"]
    assert (score.page, score.line, score.column_number, score.raw_text) == (1, 14, 8, "8.33")
    assert places["indicators", 1, "level_1"].line == 13
    spent = places["projects", 0, "spent_yuan"]
    assert (spent.line, spent.column_number, spent.raw_text) == (6, 6, "108")
    assert places["forms", 0, "total_score"].line == 18
    assert places["form_funding", 1, "executed_yuan"].line == 7


def test_an_old_workbook_gives_the_same_facts() -> None:
    old, new = facts_of(old_workbook(project_form(), MERGED)), read_form(project_form(), MERGED)
    for group in ("forms", "form_funding", "indicators", "projects"):
        assert getattr(old, group) == getattr(new, group), group


LABELLED = [
    ["附件2"],
    ["2022年度青云街道项目支出绩效自评表"],
    ["金额单位：元"],
    ["项目名称：社区服务经费", None, None, "项目负责人", "张某"],
    ["预算单位", "青云街道办事处", None, "自评得分", "96.5", "自评等级", "优"],
    ["当年预算数（元）", 120000, "预算执行数（元）", 118000.5, "预算执行率", (118000.5 / 120000, "0.00%")],
    ["年度总体目标", "提高社区服务水平。"],
    ["年度总体目标完成情况", "服务水平明显提高。"],
    ["一级指标", "二级指标", "三级指标", "年度指标值（A）", None, "全年实际值（B）", "权重", "自评得分", "扣分原因"],
    [None, None, None, "指标值", "计量单位"],
    ["产出指标", "数量指标", "服务人次", ">=5000", "人次", "5200", "25", "25"],
    ["产出指标", "质量指标", "合格率", "95", "%", "96", "25", "25"],
    ["成本指标", "经济成本指标", "人均成本", "≤24", "元", "26", "20", "18", "物价上涨"],
    ["合计", None, None, None, None, None, "70", "68"],
    ["填表人：李某", None, "联系电话：8888"],
]


def test_a_local_template_with_labelled_figures_and_a_header_of_two_lines() -> None:
    facts = read_form(LABELLED)
    (form,) = facts.forms
    assert (form.project_name, form.total_score, form.grade) == ("社区服务经费", Decimal("96.5"), "优")
    assert (form.goal, form.completion) == ("提高社区服务水平。", "服务水平明显提高。")
    assert funds(facts) == [("合计", None, 120_000, Decimal("118000.50"))]
    assert facts.projects[0].amount_role == "unspecified"
    assert facts.projects[0].stated_rate == Decimal("0.9833")
    assert [(row.direction, row.target_value, row.actual_value, row.unit) for row in facts.indicators] == [
        ("≥", 5000, 5200, "人次"),
        ("=", 95, 96, "%"),
        ("≤", 24, 26, "元"),
    ]
    assert facts.indicators[2].reason == "物价上涨"


OVERALL = [
    ["附件1"],
    ["部门整体支出绩效自评表"],
    ["（2022年度）"],
    [*[None] * 7, "单位：万元"],
    ["部门名称", "青云街道办事处"],
    ["年度总体运行情况", "按支出类型分", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    [None, "年度资金总额", "5,000.00", "5,200.50", "5,100.25", "10", "98.07%", "9.81"],
    [None, "其中：基本支出", "3000", "3000", "2990"],
    [None, "项目支出", "2000", "2200.5", "2110.25"],
    ["年度绩效目标", "预期目标", None, None, None, "实际完成情况"],
    [None, "做好党建。", None, None, None, "已完成。"],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"],
    ["投入", "预算配置", "在职人员控制率", "≤100%", "98%", "15", "15"],
    ["产出", "职责履行", "重点工作办结率", "100%", "100%", "75", "74"],
    ["合计", None, None, None, None, "100", "98.81"],
    ["自评等级", "优"],
]


def test_an_overall_form_states_the_figures_of_its_department() -> None:
    facts = read_form(OVERALL)
    assert facts.forms[0].project_name is None
    assert facts.documents[0].kind == "overall_form"
    assert {row.name: row.value for row in facts.figures if row.name != "grade"} == {
        "annual_budget_yuan": 52_005_000,
        "executed_yuan": 51_002_500,
        "basic_expenditure_yuan": 29_900_000,
        "project_expenditure_yuan": 21_102_500,
        "stated_execution_rate": Decimal("0.9807"),
        "self_score": Decimal("98.81"),
    }
    assert [row.text for row in facts.figures if row.name == "grade"] == ["优"]
    assert facts.projects == []
    assert funds(facts) == [("合计", 50_000_000, 52_005_000, 51_002_500)]


def test_the_execution_of_the_budget_may_stand_among_the_indicators() -> None:
    rows = [list(row) for row in OVERALL]
    rows[6][5:] = [None, None, None]
    rows.insert(12, ["预算执行率", None, None, "100%", "98.07%", "10", "9.81"])
    facts = read_form(rows)
    assert (facts.forms[0].execution_weight, facts.forms[0].execution_score) == (10, Decimal("9.81"))
    assert [row.level_3 for row in facts.indicators] == ["在职人员控制率", "重点工作办结率"]


def test_forms_stacked_in_one_sheet_with_and_without_titles() -> None:
    facts = read_form([*project_form("甲经费"), [], *project_form("乙经费（残联）"), *project_form("丙经费", head=[])])
    assert [row.project_name for row in facts.forms] == ["甲经费", "乙经费（残联）", "丙经费"]
    assert [row.form_ordinal for row in facts.indicators] == [0] * 5 + [1] * 5 + [2] * 5
    assert [(row.table_number, row.row_number) for row in facts.projects] == [(1, 1), (1, 2), (1, 3)]


def test_a_list_of_projects_beside_the_forms_is_read_as_a_table() -> None:
    facts = facts_of(workbook(LIST, project_form("甲经费"), project_form("乙经费"), names=["明细", "1", "2"]))
    assert [(row.listing, row.table_number, row.name) for row in facts.projects] == [
        ("task", 1, "道路养护"),
        ("task", 1, "环卫保洁"),
        ("form", 2, "甲经费"),
        ("form", 2, "乙经费"),
    ]
    assert facts.projects[1].budget_yuan == 80_000


def test_amounts_without_any_unit_are_not_guessed() -> None:
    rows = [["项目资金", *FUNDS[0][1:]], *FUNDS[1:2]]
    facts = read_form(project_form(funds=rows))
    assert funds(facts) == [("合计", None, None, None)]
    assert unrecognised(facts) == [("unit", "100"), ("unit", "120"), ("unit", "108")]


def test_an_amount_in_another_unit_is_kept_and_flagged() -> None:
    rows = [FUNDS[0], [None, "年度资金总额", None, 100, 120, 1_080_000, 10, None, 9]]
    facts = read_form(project_form(funds=rows))
    assert funds(facts) == [("合计", 1_000_000, 1_200_000, 10_800_000_000)]
    assert unrecognised(facts) == [("unit", "1080000")]


def test_a_source_that_nothing_explains_is_flagged() -> None:
    facts = read_form(project_form(funds=[*FUNDS[:2], [None, "捐赠款项", None, 5, 5, 5]]))
    assert [row.funding_source for row in facts.form_funding] == ["合计"]
    assert unrecognised(facts) == [("heading", "捐赠款项")]


def test_parts_of_the_appropriation_make_up_its_line() -> None:
    parts = [[None, "其中：中央资金", None, 60, 70, 60], [None, "省级财政资金", None, 20, 30, 30.5]]
    facts = read_form(project_form(funds=[*FUNDS[:2], *parts, *FUNDS[3:]]))
    assert funds(facts)[1:] == [
        ("上年结转", 200_000, 200_000, 180_000),
        ("其他", 0, 0, 0),
        ("当年财政拨款", 800_000, 1_000_000, 905_000),
    ]
    assert unrecognised(facts) == []
    (row,) = [row for row in facts.form_funding if row.funding_source == "当年财政拨款"]
    traced = [one.raw_text for one in facts.sources if (one.group, one.row_ordinal) == ("form_funding", row.ordinal)]
    assert traced == ["60", "70", "60", "20", "30", "30.5"]


def test_further_sources_add_up_unless_the_first_is_their_sum() -> None:
    def others(*amounts: int) -> Decimal | None:
        labels = ("其他资金", "事业收入", "单位自筹")
        rows = [[None, label, None, one, one, one] for label, one in zip(labels, amounts, strict=False)]
        return funds(read_form(project_form(funds=[*FUNDS[:4], *rows])))[-1][2]

    assert others(1, 2) == 30000
    assert others(5, 2, 3) == 50000


def test_the_row_of_the_execution_may_give_a_reason() -> None:
    row = ["预算执行率", None, None, None, None, None, 10, 8, "尾款未付。"]
    facts = read_form(project_form(funds=FUNDS[:1], indicators=[INDICATORS[0], row, *INDICATORS[1:]]))
    assert (facts.forms[0].execution_score, facts.forms[0].execution_reason) == (Decimal(8), "尾款未付。")
    assert read_form(project_form()).forms[0].execution_reason is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("尚未验收", ["尚未验收"]),
        ("工程已完工，验收工作尚未完成", ["验收工作尚未完成"]),
        ("没有未验收的工程", []),
        ("验收合格", []),
    ],
)
def test_what_is_not_accepted_is_told(text: str, words: list[str]) -> None:
    row = [None, None, "质量指标", "验收", "通过", text, 10, 10]
    signs = read_form(project_form(indicators=[*INDICATORS, row])).signs
    assert [(one.text, one.column) for one in signs if one.kind == "unaccepted"] == [(w, "actual_text") for w in words]


def test_a_completion_that_states_what_was_spent_is_set_against_the_funds() -> None:
    goals = [GOALS[0], [None, "养护道路12公里。", None, None, None, "全年共支出107.5万元。"]]
    (amount,) = read_form(project_form(goals=goals)).text_amounts
    assert (amount.column, amount.value_yuan, amount.project_ordinal) == ("completion", 1075000, 0)


def test_sources_may_stand_side_by_side() -> None:
    beside = [
        ["资金情况（元）", "资金来源", "合计", "财政拨款", "上年结转", "其他资金"],
        [None, "年初预算数", "100,000.00", "80,000.00", "20,000.00", "0"],
        [None, "全年预算数", "120,000.00", "100,000.00", "20,000.00", "0"],
        [None, "全年执行数", "110,000.00", "90,000.00", "20,000.00", "0"],
    ]
    assert funds(read_form(project_form(funds=beside))) == [
        ("合计", 100_000, 120_000, 110_000),
        ("当年财政拨款", 80_000, 100_000, 90_000),
        ("上年结转", 20_000, 20_000, 20_000),
        ("其他", 0, 0, 0),
    ]


def test_a_fraction_against_hundredths_is_kept_and_flagged() -> None:
    row = [None, "满意度指标", "服务对象满意度指标", "指标1：居民满意度", "≥90%", 0.95, 10, 10]
    facts = read_form(project_form(indicators=[*INDICATORS[:-1], row]))
    assert (facts.indicators[-1].level_3, facts.indicators[-1].actual_value) == ("居民满意度", Decimal("0.95"))
    assert unrecognised(facts) == [("unit", "0.95")]


def test_a_unit_in_an_indicator_is_none_of_the_form() -> None:
    rows = [INDICATORS[0], [None, "成本指标", "经济成本指标", "人均成本（元）", "≤30", "28", 90, 90]]
    facts = read_form(project_form(funds=[["项目资金", *FUNDS[0][1:]], FUNDS[1]], indicators=rows))
    assert funds(facts) == [("合计", None, None, None)]


def test_a_formula_without_result_is_no_amount() -> None:
    content = workbook(project_form())
    part = "xl/worksheets/sheet1.xml"
    facts = facts_of(changed(content, part, '(<c r="F6")><v>108</v>', r"\1><f>SUM(F7:F9)</f>"))
    assert funds(facts)[0] == ("合计", 1_000_000, 1_200_000, None)
    assert facts.projects[0].spent_yuan is None
    assert ("figure", "=SUM(F7:F9)") in unrecognised(facts)


def test_template_rows_left_blank_are_no_indicators() -> None:
    blank = [[None, None, "质量指标", "……", "", "", "", ""], [None, None, "成本指标"]]
    facts = read_form(project_form(indicators=[*INDICATORS, *blank]))
    assert len(facts.indicators) == 5


def test_labels_and_values_may_share_a_cell_and_points_follow_their_label() -> None:
    rows = [
        ["项目名称：文体活动经费", None, None, "主管部门：青云街道办事处"],
        *FUNDS,
        *INDICATORS,
        ["自评总分", None, None, None, None, None, 100, 97.33],
        ["自评等级", None, "优"],
    ]
    (form,) = facts_of(workbook(rows, names=["2022年度文体"])).forms
    assert (form.kind, form.project_name, form.department_id) == ("project_form", "文体活动经费", "d-1")
    assert (form.fiscal_year, form.total_score, form.grade) == (2022, Decimal("97.33"), "优")


def test_each_level_may_have_a_weight_of_its_own() -> None:
    header = ["一级指标", "权重", "二级指标", "权重", "三级指标", "权重", "指标解释", "目标值", "完成值", "得分"]
    rows = [
        header,
        ["产出", 60, "数量", 40, "次数", 25, "略", "10次", "10次", 25],
        ["", "", "", "", "人数", 15, "略", "≥50人", "52人", 15],
        ["小计", "", "", "", "", 40, "", "", "", 40],
    ]
    facts = read_form(project_form(indicators=rows))
    assert [(row.level_1, row.level_2, row.level_3, row.weight, row.score) for row in facts.indicators] == [
        ("产出", "数量", "次数", 25, 25),
        ("产出", "数量", "人数", 15, 15),
    ]


WORD_RANGES = [reference.split(":") for reference in MERGED if int(reference[1:].split(":")[0]) > 2]


def document_of(*grids: list[list[object]], title: str) -> Document:
    """A document of a medium without sheets: a title, then tables, a page each."""
    lines = [Line(title, 1, 1)]
    made: list[Grid] = []
    width = max(len(row) for rows in grids for row in rows)
    for page, rows in enumerate(grids, 1):
        cells = []
        for row in rows:
            raws = tuple("" if value is None else str(value) for value in (*row, *[None] * (width - len(row))))
            lines.append(Line("\t".join(raws), len(lines) + 1, page, len(lines) > 1 and row is rows[0], raws))
            places = [Place(page, len(lines), page, column_number=column) for column in range(1, width + 1)]
            cells.append([Cell(raw, normalise(raw), place) for raw, place in zip(raws, places, strict=True)])
        made.append(Grid(page, cells, cells[0][0].place))
    document = assemble(lines, "application/pdf", len(lines))
    document.grids = made
    return document


@pytest.mark.parametrize("repeats_header", [True, False])
def test_a_form_over_two_pages_is_one_form(repeats_header: bool) -> None:
    rows = project_form(head=[], funds=FUNDS[:2])
    cut = 10 if repeats_header else 11
    first, second = rows[:cut], [INDICATORS[0], *rows[cut:]] if repeats_header else rows[cut:]
    facts = extract(document_of(first, second, title="青云街道2022年度项目支出绩效自评表"), REGISTRY)
    (form,) = facts.forms
    assert (form.title, form.fiscal_year) == ("青云街道2022年度项目支出绩效自评表", 2022)
    assert [row.level_1 for row in facts.indicators] == ["产出指标"] * 3 + ["效益指标", "满意度指标"]
    assert [row.level_2 for row in facts.indicators][:2] == ["数量指标"] * 2
    assert form.total_score == Decimal("97.33")
    assert [row.listing for row in facts.projects] == ["form"]
    assert facts.documents[0].kind == "project_form"


def test_forms_behind_a_report_in_one_word_document() -> None:
    merged = [f"{start[0]}{int(start[1:]) - 2}:{end[0]}{int(end[1:]) - 2}" for start, end in WORD_RANGES]
    annex = "".join(
        p("项目支出绩效自评表") + p("（2022年度）") + word_table(project_form(name, head=[]), merged) + p()
        for name in ("甲经费", "乙经费")
    )
    report = p("青云街道办事处2022年度部门整体支出绩效自评报告") + p("一、部门概况") + p("2022年收支总预算600.00万元。")
    facts = extract(read_document(docx(report + p("附件") + annex), "报告.docx"), REGISTRY)
    assert facts.documents[0].kind == "overall_report"
    assert [row.project_name for row in facts.forms] == ["甲经费", "乙经费"]
    in_sheet = read_form(project_form("甲经费"), MERGED)
    assert [row[2:-1] for row in facts.indicators[:2]] == [row[2:-1] for row in in_sheet.indicators[:2]]
    assert funds(facts)[:4] == funds(in_sheet)
    assert {row.listing for row in facts.projects} == {"form"}
    assert facts.tables == []


def test_a_form_of_which_a_page_holds_only_the_head_is_one_form() -> None:
    rows = project_form()
    facts = extract(document_of(project_form("甲经费")[2:], rows[2:4], rows[4:], title="项目支出绩效自评表"), REGISTRY)
    assert [row.project_name for row in facts.forms] == ["甲经费", "道路养护经费"]
    assert [len(funds(facts)), len(facts.indicators)] == [8, 10]


def test_a_title_printed_again_on_a_further_page_begins_no_form() -> None:
    title = ["青云街道2022年度项目支出绩效自评表"]
    rows = project_form(head=[title])
    facts = extract(document_of(rows[:11], [title, *rows[11:]], title="附件"), REGISTRY)
    assert len(facts.forms) == 1
    assert len(facts.indicators) == 5


def test_levels_and_texts_that_a_page_cuts_are_joined() -> None:
    cut = [[*INDICATORS[0]], [None, "产出指标（50", "数量指", "养护道路长", "≥12公里", "12公里", 20, 19, "雨天减"]]
    rest = [
        [None, "分）", "标", "度", None, None, None, None, "少。"],
        [None, None, None, "次数", "24次", "24次", 10, 10],
    ]
    facts = extract(document_of(project_form(indicators=cut, total=[]), rest, title="附件"), REGISTRY)
    assert [(row.level_1, row.level_2, row.level_3, row.reason) for row in facts.indicators] == [
        ("产出指标", "数量指标", "养护道路长度", "雨天减少。"),
        ("产出指标", "数量指标", "次数", None),
    ]


def test_a_label_that_a_page_cuts_within_its_bracket_still_declares_the_unit() -> None:
    rows = project_form(head=[], funds=[["项目资金（", *FUNDS[0][1:]]], goals=[], indicators=[], total=[])
    rest = [["万元）", *FUNDS[1][1:]], *FUNDS[2:], *INDICATORS]
    facts = extract(document_of(rows, rest, title="项目支出绩效自评表"), REGISTRY)
    assert funds(facts)[0] == ("合计", 1_000_000, 1_200_000, 1_080_000)


def test_goals_that_a_page_cuts_are_joined_once_however_many_columns_they_span() -> None:
    head = [["部门名称", "青云街道办事处"], *FUNDS[:2], ["年度目标", "预期目标", None, None, None, "实际完成情况"]]
    first = [*head, [None, "（1）机构运转方面：规范管理；（2）卫生", None, None, None, "已完成。"]]
    second = [[None, "健康方面：扩大签约；（3）强化作风。"], *INDICATORS]
    document = document_of(first, second, title="部门整体支出绩效自评表")
    for grid in document.grids:
        for row in grid.rows:
            if row[2].text == "" and "方面" in row[1].text + "预期目标":
                row[2] = row[3] = row[1] if row[1].text else row[3]
    goals = extract(document, REGISTRY).goals
    assert [(row.aspect, row.goal) for row in goals] == [
        ("机构运转", "规范管理"),
        ("卫生健康", "扩大签约"),
        (None, "强化作风"),
    ]


@pytest.mark.parametrize("second", ["支出绩效自评表", "绩效自评表"])
def test_a_title_that_breaks_over_lines_tells_the_kind_of_the_form(second: str) -> None:
    title = "青云街道2022年度部门整体支出绩效自评表"
    rows = [["部门名称", "青云街道办事处"], *FUNDS, *INDICATORS]
    document = document_of(rows, title=title)
    first = title.removesuffix(second)
    text = next(block for block in document.blocks if isinstance(block, TextBlock))
    parts = [replace(text, raw=part, text=part, place=Place(1, line)) for line, part in ((0, first), (1, second))]
    document.blocks[document.blocks.index(text) : document.blocks.index(text) + 1] = parts
    document.grids[0] = replace(document.grids[0], place=Place(1, 2, 1))
    facts = extract(document, REGISTRY)
    assert [(row.kind, row.title) for row in facts.forms] == [("overall_form", title)]


def test_several_fields_may_share_a_line() -> None:
    head = [
        ["项目支出绩效自评表"],
        ["项目名称：文体经费　　主管部门（公章）：某区财政局　　实施单位：青云街道　　单位：万元"],
    ]
    facts = read_form([*head, *FUNDS[:2], *INDICATORS])
    (form,) = facts.forms
    assert (form.project_name, form.department_id) == ("文体经费", "d-1")


def test_a_head_parted_from_its_form_by_a_title_printed_again_belongs_to_it() -> None:
    title = ["项目支出绩效自评表"]
    rows = project_form(head=[title])
    first = [*project_form("甲经费", head=[title]), title, ["项目名称", "乙经费"]]
    facts = extract(document_of(first, [title, *rows[2:]], title="附件"), REGISTRY)
    assert [(row.kind, row.project_name) for row in facts.forms] == [
        ("project_form", "甲经费"),
        ("project_form", "乙经费"),
    ]
    assert len(facts.indicators) == 10


def test_a_project_named_in_a_line_above_makes_the_form_its_own() -> None:
    rows = [*FUNDS, *INDICATORS]
    facts = extract(document_of(rows, title="项目名称：乙经费　　　实施单位：青云街道"), REGISTRY)
    assert [(row.kind, row.project_name) for row in facts.forms] == [("project_form", "乙经费")]
    assert facts.forms[0].department_id == "d-1"
