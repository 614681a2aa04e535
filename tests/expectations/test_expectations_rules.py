"""Each rule fires on one change of a sound report, with place and figures, and does not on its near miss."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from expectation_cases import (
    WAN,
    Case,
    Change,
    Reports,
    catalogue,
    figure,
    findings,
    heading,
    judged,
    money,
    outcomes,
    project,
    set_figure,
    sound,
)
from form_makers import with_forms
from form_rule_cases import FORM_CASES, sound_forms
from text_rule_cases import TEXT_CASES

from transforms.facts.model import EnumerationRow, Facts, NoteRow, ProjectRow, StatementRow, TextAmountRow, UnitRow
from transforms.facts.text_rows import AsideRow

pytestmark = pytest.mark.contract


def document(**changes: Any) -> Change:
    def change(facts: Facts) -> None:
        facts.documents[0] = facts.documents[0]._replace(**changes)

    return change


def aside(kind: str, value: Decimal | int) -> AsideRow:
    return AsideRow(0, kind, Decimal(value), str(value), "", 20)


def table(place: int, **changes: Any) -> Change:
    def change(facts: Facts) -> None:
        facts.tables[place] = facts.tables[place]._replace(**changes)

    return change


def row(place: int, **changes: Any) -> Change:
    def change(facts: Facts) -> None:
        facts.projects[place] = facts.projects[place]._replace(**changes)

    return change


def amounts(place: int, budget: str, spent: str | None = None) -> Change:
    """New printed amounts (万元) of a project row."""

    def change(facts: Facts) -> None:
        old = facts.projects[place]
        new = project(old.name, budget, budget if spent is None else spent, table=old.table_number, row=old.row_number)
        facts.projects[place] = new._replace(line=old.line)

    return change


def add(group: str, *rows: Any) -> Change:
    return lambda facts: getattr(facts, group).extend(rows)


def drop(group: str, place: int = -1) -> Change:
    return lambda facts: getattr(facts, group).pop(place)


def both(*changes: Change) -> Change:
    def change(facts: Facts) -> None:
        for each in changes:
            each(facts)

    return change


def without_projects(facts: Facts) -> None:
    for rows in (facts.tables, facts.projects, facts.text_amounts):
        rows.clear()


def with_plan_only(facts: Facts) -> None:
    facts.tables, facts.projects, facts.text_amounts = facts.tables[:1], facts.projects[:1], []


def key_table_row(name: str, budget: str, **options: Any) -> ProjectRow:
    return project(name, budget, budget, table=3, row=1, listing="key", **options)


def small(wan: str) -> str:
    """Less by one fen than that many 万元."""
    return str(Decimal(wan) - Decimal("0.01"))


CASES = [
    Case(
        "S01",
        document(kind="unknown", title="通知"),
        {"line": 1, "raw_text": "通知", "subject": "通知"},
        document(title="青竹街道2021年部门整体支出绩效自评报告"),
    ),
    Case(
        "C01",
        document(department_id=None, department_name="青石街道"),
        {"line": 1, "observed": "青石街道", "expected": "单位名录中该年度有效的单位名称"},
        document(department_name="青竹街", department_basis="text"),
    ),
    Case(
        "C02",
        set_figure("year:scope", value=Decimal(2020)),
        {"line": 5, "observed": "2020", "expected": "2021"},
        set_figure("year:scope"),
    ),
    Case(
        "S03",
        set_figure("total_budget_yuan", value=Decimal("20000000000000.00")),
        {"line": 20, "table_number": None, "raw_text": "20000000000000.00"},
        set_figure("total_budget_yuan", value=Decimal("30000000.00"), text="3000.00"),
    ),
    Case(
        "S05",
        lambda facts: facts.notes.extend(
            NoteRow(0, "formula_without_result", f"=SUM(F{row}:G{row})", 2, row, 3, 4, 6) for row in (7, 8)
        ),
        {"page": 2, "line": 7, "column_number": 6, "raw_text": "=SUM(F7:G7)", "observed": "2 个单元格没有数值"},
        lambda facts: facts.notes.append(NoteRow(0, "hidden_sheet", "底稿", 2, 1, None, None, None)),
    ),
    Case(
        "S04",
        both(document(table_count=0), without_projects),
        {"line": 1, "observed": "没有表格", "expected": "至少 1 张项目表"},
        document(table_count=0),
    ),
    Case(
        "S07",
        without_projects,
        {"line": 1, "observed": "3 张表格，没有项目表", "expected": "至少 1 张项目表"},
        lambda facts: None,
    ),
    Case(
        "S06",
        document(kind="project_form", title="项目支出绩效自评表"),
        {"line": 1, "raw_text": "项目支出绩效自评表", "observed": "0 份自评表", "expected": "至少 1 份自评表"},
        both(document(kind="project_form", title="项目支出绩效自评表"), with_forms),
        ("C06",),
    ),
    Case(
        "C07",
        lambda facts: facts.headings.__setitem__(6, heading(2, 1, "任务完成", 4, "（一）", 40)),
        {"line": 40, "raw_text": "(1)任务完成", "observed": "1", "expected": "2"},
        add("headings", heading(2, 3, "工作成效", 4, "（一）", 44)),
    ),
    Case(
        "C14",
        table(1, caption_unit=None),
        {"line": 90, "table_number": 2, "observed": "未写明", "subject": "第2张表"},
        table(1, caption_unit=None, section_unit="万元"),
    ),
    Case(
        "C37",
        row(3, spent_text="—", spent_yuan=None, spent_quantum=None),
        {
            "line": 93,
            "table_number": 2,
            "row_number": 3,
            "column_number": 3,
            "raw_text": "—",
            "observed": "—",
            "subject": "图书馆运行经费",
        },
        amounts(3, "400.00", "0.00"),
        beside=("C23",),
    ),
    Case(
        "C15",
        drop("units"),
        {"line": 5, "observed": "列出 2 个（本级 1 个、下属 1 个）", "expected": "所写预算单位 3 个（其中下属 2 个）"},
        both(drop("units"), set_figure("stated_unit_count", value=Decimal(2)), set_figure("subordinate_unit_count")),
    ),
    Case(
        "C16",
        set_figure("stated_office_count", value=Decimal(3)),
        {"line": 7, "observed": "列出 2 个", "expected": "3 个", "difference": "1"},
        set_figure("stated_office_count"),
    ),
    Case(
        "C17",
        set_figure("headcount:institution", value=Decimal(45)),
        {"line": 9, "observed": "102", "expected": "103", "difference": "1"},
        both(
            set_figure("headcount:institution", value=Decimal(45)),
            add("figures", figure("other_established_count", 1, line=9)),
        ),
    ),
    Case(
        "C18",
        set_figure("headcount:non_established", value=Decimal(48)),
        {"line": 9, "observed": "151", "expected": "150", "difference": "-1"},
        both(
            set_figure("headcount:total", value=Decimal(152)),
            add("figures", figure("other_staff_count", 2, line=9)),
        ),
    ),
    Case(
        "C20",
        add("enumerations", EnumerationRow(0, 5, 4, "五大板块", 17)),
        {"line": 17, "raw_text": "五大板块", "observed": "4", "expected": "5", "difference": "1"},
        add("enumerations", EnumerationRow(0, 5, 5, "五大板块", 17), EnumerationRow(0, 3, 0, "三项制度", 18)),
    ),
    Case(
        "C22",
        set_figure("stated_execution_rate", value=Decimal("0.9834"), text="98.34%"),
        {"line": 30, "observed": "98.3333%", "expected": "98.34%", "difference": "0.0067%"},
        set_figure("stated_execution_rate", value=Decimal("0.983"), text="98.3%", quantum=Decimal("0.001")),
    ),
    Case(
        "C29",
        set_figure("large_project_count", value=Decimal(3)),
        {
            "line": 25,
            "observed": "3 项共 1400万元，平均每项 466.666667万元",
            "expected": "不大于 3000万元，平均每项不低于 500万元",
        },
        both(
            set_figure("large_project_count", value=Decimal(3)),
            set_figure("large_project_yuan", value=1500 * WAN, text="1500.00"),
        ),
        beside=("C28",),
    ),
    Case(
        "C21",
        drop("measures"),
        {"line": 200, "observed": "措施 1 条", "expected": "不少于问题 2 个", "difference": "1"},
        lambda facts: facts.measures.__setitem__(1, StatementRow(0, 2, "加强学习", None, None, [], 211)),
    ),
    Case(
        "C32",
        add("projects", key_table_row("图书馆运行经费", "380.00", spent_text="400.00", spent_yuan=400 * WAN)),
        {
            "level": "blocking",
            "line": 111,
            "table_number": 3,
            "row_number": 1,
            "observed": "380万元",
            "expected": "400万元",
            "difference": "-20万元",
            "subject": "图书馆运行经费",
        },
        both(add("projects", project("社区养老经费", "300", None, table=3, listing="key")), drop("projects", 4)),
        beside=("C35", "C41"),
    ),
    Case(
        "C24",
        both(amounts(1, "800.00"), amounts(2, "600.00")),
        {"line": 30, "observed": "5 行中 5 行支出等于预算"},
        both(
            amounts(1, "800.00"), amounts(2, "600.00"), drop("projects", 5), drop("text_amounts"), drop("projects", 0)
        ),
    ),
    Case(
        "C27",
        both(
            amounts(3, "499.99"),
            amounts(4, "499.99"),
            *(add("projects", project(f"修缮{number}", "200.02", "200.00", row=10 + number)) for number in range(3)),
        ),
        {"line": 30, "observed": "3200.04万元", "expected": "不大于 3000万元", "difference": "200.04万元"},
        both(
            amounts(3, "499.99"),
            amounts(4, "499.99"),
            *(add("projects", project(f"修缮{number}", "133.35", "133.00", row=10 + number)) for number in range(3)),
        ),
    ),
    Case(
        "C26",
        both(amounts(3, "100.00"), amounts(4, "99.00")),
        {"line": 30, "observed": "59.97%", "expected": "不低于 60%", "difference": "1201万元"},
        both(amounts(3, "100.00"), amounts(4, "100.00")),
    ),
    Case(
        "C28",
        set_figure("large_project_count", value=Decimal(1)),
        {"line": 25, "observed": "列出 2 项共 1400万元", "expected": "1 项共 1400万元", "difference": "-1 项，0万元"},
        set_figure("large_project_yuan", value=Decimal("14000001.00"), text="1400.0001"),
    ),
    Case(
        "C31",
        lambda facts: facts.projects.__setitem__(0, facts.projects[0]._replace(name="河道保洁工作经费")),
        {"line": 91, "table_number": 2, "row_number": 1, "observed": "河道保洁经费", "expected": "河道保洁工作经费"},
        both(row(0, name="道路修缮经费（东片）"), row(2, name="道路修缮经费(东片)")),
    ),
    Case(
        "C33",
        add("projects", key_table_row("社区养老经费", "300.00")),
        {"line": 30, "observed": "各表相加 2600万元", "expected": "2300万元", "difference": "300万元"},
        add("projects", project("社区养老经费", None, None, table=3, listing="plan")),
    ),
    Case(
        "C34",
        add("projects", project("村容整治经费", None, None, table=1, row=2, listing="plan")),
        {"line": 72, "table_number": 1, "row_number": 2, "subject": "村容整治经费", "observed": "0 行有金额"},
        add("projects", project("消防安全经费", None, None, table=1, row=2, listing="plan")),
    ),
    Case(
        "C35",
        lambda facts: facts.text_amounts.__setitem__(
            0, TextAmountRow(0, 5, "completion", Decimal(2000030), "200.003", "万元", 95)
        ),
        {
            "line": 95,
            "table_number": 2,
            "row_number": 5,
            "raw_text": "200.003",
            "observed": "200.003万元",
            "expected": "200万元",
            "difference": "0.003万元",
            "subject": "消防安全经费",
        },
        lambda facts: facts.text_amounts.__setitem__(0, TextAmountRow(0, 1, "goal", 800 * WAN, "800", "万元", 91)),
    ),
    *TEXT_CASES,
    *FORM_CASES,
]


@pytest.mark.reports(forms=sound_forms)
def test_the_sound_report_passes_every_rule(reports: Reports) -> None:
    judgement = reports["forms"]
    assert {rule for rule, outcome in outcomes(judgement).items() if outcome != "pass"} == {"C04"}
    assert judgement.finding.is_empty()
    assert judgement.rejected_row.is_empty()
    assert judgement.verdicts["status"].to_list() == ["accepted"]


@pytest.mark.reports(formless=[])
def test_a_report_without_forms_has_nothing_for_the_rules_on_forms(reports: Reports) -> None:
    judgement = reports["formless"]
    assert judgement.finding.is_empty()
    assert {rule for rule, outcome in outcomes(judgement).items() if outcome != "pass"} == {
        "C04",
        *(f"F{number:02d}" for number in range(1, 16)),
    }


def test_each_rule_on_a_single_report_has_a_case() -> None:
    assert {case.rule for case in CASES} == {rule.id for rule in catalogue().rules} - {"S02", "C04"}


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=pytest.mark.reports(fires=case.fires), id=case.rule) for case in CASES]
)
def test_the_rule_fires_alone_with_place_and_figures(case: Case, reports: Reports) -> None:
    judgement = reports["fires"]
    assert judgement.finding["rule_id"].to_list() == [case.rule]
    assert outcomes(judgement)[case.rule] == "fail"
    (found,) = findings(judgement, case.rule)
    assert {name: found[name] for name in case.said} == case.said
    assert found["document_key"] == 1
    assert found["state"] == "open"
    rule = catalogue().rule(case.rule)
    assert (found["remedy"], found["responsible"]) == (rule.remedy, rule.responsible)
    assert found["message"].endswith("。")
    assert "{" not in found["message"]
    status = {"blocking": "quarantined", "warning": "accepted_with_warnings", "information": "accepted"}
    assert judgement.verdicts["status"].to_list() == [status[found["level"]]]


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=pytest.mark.reports(near_miss=case.near_miss), id=case.rule) for case in CASES]
)
def test_the_near_miss_does_not(case: Case, reports: Reports) -> None:
    judgement = reports["near_miss"]
    assert judgement.finding["rule_id"].to_list() == [*case.beside]
    assert case.rule not in case.beside
    assert outcomes(judgement)[case.rule] != "fail"


@pytest.mark.reports(
    adjusted=add(
        "projects",
        key_table_row("图书馆运行经费", "380.00", amount_role="adjusted", spent_text="400.00", spent_yuan=400 * WAN),
    )
)
def test_amounts_of_different_roles_are_a_warning(reports: Reports) -> None:
    (found,) = findings(reports["adjusted"], "C32")
    assert (found["level"], found["observed"]) == ("warning", "380万元")
    assert reports["adjusted"].verdicts["status"].to_list() == ["accepted_with_warnings"]


@pytest.mark.reports(
    other=add("text_amounts", TextAmountRow(0, 5, "budget", 210 * WAN, "210.00", "万元", 120)),
    goal=add("text_amounts", TextAmountRow(0, 5, "goal", 210 * WAN, "210.00", "万元", 120)),
)
def test_the_text_states_another_budget_of_a_listed_project(reports: Reports) -> None:
    assert [(found["level"], found["line"], found["observed"]) for found in findings(reports["other"], "C32")] == [
        ("blocking", 120, "210万元")
    ]
    assert outcomes(reports["other"])["C35"] == "pass"
    assert (outcomes(reports["goal"])["C32"], outcomes(reports["goal"])["C35"]) == ("pass", "fail")


@pytest.mark.reports(
    slip=add("figures", money("executed_yuan", "2590.00", line=40, primary=False)),
    part=add("figures", money("executed_yuan", "1400.00", line=40, primary=False)),
    total=add("figures", money("total_budget_yuan", "1200.00", line=40, primary=False)),
    in_yuan=add("figures", figure("total_budget_yuan", 3000, "3000", line=40, primary=False)),
)
def test_an_amount_that_may_be_a_part_is_not_refused_and_a_slip_of_the_pen_is(reports: Reports) -> None:
    assert [(found["level"], found["observed"]) for found in findings(reports["slip"], "C32")] == [
        ("blocking", "2590万元")
    ]
    assert outcomes(reports["part"])["C32"] == "pass"
    assert [found["level"] for found in findings(reports["total"], "C32")] == ["warning"]
    assert [found["level"] for found in findings(reports["in_yuan"], "C32")] == ["blocking"]


def _total(text: str, sentence: str = "总预算") -> Callable[[Facts], None]:
    value = Decimal(text.replace(",", "")) * WAN
    return both(
        set_figure("total_budget_yuan", value=value, text=text, line=40, sentence=sentence),
        set_figure("annual_budget_yuan", value=Decimal("2936.18") * WAN, text="2936.18"),
        set_figure("stated_execution_rate"),
    )


@pytest.mark.reports(
    swapped=_total("2,963.18"),
    changed=_total("2963.18", "年初总预算"),
    another=_total("2946.18"),
    same=_total("2936.18"),
)
def test_the_budget_under_its_two_names_with_two_digits_swapped(reports: Reports) -> None:
    (found,) = findings(reports["swapped"], "C32")
    assert (found["level"], found["observed"], found["expected"]) == ("blocking", "2936.18万元", "2963.18万元")
    for name in ("changed", "another", "same"):
        assert outcomes(reports[name])["C32"] == "pass", name


@pytest.mark.reports(
    here=both(
        *(
            add("figures", each)
            for each in (
                money("annual_budget_yuan", "2000.00", line=50, sentence="全年", primary=False),
                money("executed_yuan", "1900.00", line=50, sentence="全年", primary=False),
                figure("stated_execution_rate", "0.97", "97%", "0.01", line=50, sentence="全年", primary=False),
            )
        )
    )
)
def test_a_rate_is_judged_by_the_amounts_of_its_own_passage(reports: Reports) -> None:
    (found,) = findings(reports["here"], "C22")
    assert (found["line"], found["observed"], found["expected"]) == (50, "95%", "97%")


@pytest.mark.reports(
    one=set_figure("stated_unit_count", value=Decimal(4)),
    many=both(set_figure("stated_unit_count", value=Decimal(14)), set_figure("subordinate_unit_count")),
)
def test_a_list_much_shorter_than_its_count_may_be_read_in_part(reports: Reports) -> None:
    assert [found["level"] for found in findings(reports["one"], "C15")] == ["blocking"]
    assert [found["level"] for found in findings(reports["many"], "C15")] == ["warning"]


@pytest.mark.reports(
    whole=both(set_figure("stated_unit_count", value=Decimal(4)), set_figure("subordinate_unit_count"))
)
def test_a_count_that_is_not_stated_is_not_spoken_of(reports: Reports) -> None:
    (found,) = findings(reports["whole"], "C15")
    assert (found["expected"], found["message"].partition("，")[0]) == ("所写预算单位 4 个", "报告写预算单位 4 个")


@pytest.mark.reports(
    coarse=add("figures", money("total_budget_yuan", "3004", line=40, primary=False)),
    rounded=add("figures", figure("total_budget_yuan", 30000000, "0.30", "1000000", line=40, primary=False)),
)
def test_a_total_stated_twice_differently_is_blocking_within_its_precision(reports: Reports) -> None:
    differing = findings(reports["coarse"], "C32")
    assert [(found["line"], found["observed"], found["expected"], found["level"]) for found in differing] == [
        (40, "3004万元", "3000万元", "blocking")
    ]
    assert outcomes(reports["rounded"])["C32"] == "pass"


@pytest.mark.reports(
    alone=both(set_figure("stated_unit_count"), set_figure("subordinate_unit_count", value=Decimal(4)))
)
def test_a_subordinate_count_alone_is_compared_too(reports: Reports) -> None:
    (found,) = findings(reports["alone"], "C15")
    assert found["expected"] == "所写下属单位 4 个"


@pytest.mark.reports(
    unnamed=document(department_id=None, department_name=None, title="2021年部门整体支出绩效自评报告"),
    undated=document(fiscal_year=None, title="青竹街道部门整体支出绩效自评报告"),
    other=set_figure("year:scope", value=Decimal(2020)),
)
def test_a_title_without_department_or_year_is_told_as_such(reports: Reports) -> None:
    (unnamed,) = findings(reports["unnamed"], "C01")
    assert unnamed["message"] == "标题没有写明单位名录内的单位，标题是“2021年部门整体支出绩效自评报告”。"
    (undated,) = findings(reports["undated"], "C02")
    assert undated["message"].startswith("报告没有写明年度，标题是“青竹")
    (other,) = findings(reports["other"], "C02")
    assert other["message"].startswith("报告年度（2021）与此处的年度（2020）不一致：“")


def without_figures(count: int) -> Change:
    """That many formulas without a result, in lines 7 and below."""
    return add(
        "notes", *(NoteRow(0, "formula_without_result", f"=F{row}", 2, 7 + row, 3, 4, 6) for row in range(count))
    )


@pytest.mark.reports(two=without_figures(2), many=without_figures(12))
def test_cells_without_a_figure_are_named_up_to_a_bound(reports: Reports) -> None:
    (two,) = findings(reports["two"], "S05")
    assert two["message"] == "有 2 个单元格的公式没有算好的数值，按空缺处理：第7行“=F0”、第8行“=F1”。"
    (many,) = findings(reports["many"], "S05")
    assert many["message"].startswith("有 12 个单元格")
    assert many["message"].endswith("、第16行“=F9”等。")


@pytest.mark.reports(
    apart=table(1, header_units=["元"]), agreed=table(1, header_units=["万元"], cell_units=["万元", "万"])
)
def test_units_in_caption_and_header_must_agree(reports: Reports) -> None:
    (found,) = findings(reports["apart"], "C14")
    assert found["observed"] == "万元、元"
    assert found["message"] == "第2张表应写明一种金额单位；现表题为“万元”，表头为“元”，单元格为“未写明”。"
    assert outcomes(reports["agreed"])["C14"] == "pass"


@pytest.mark.reports(
    taken_over=table(1, caption_unit=None, above_unit="万元", above_number=1),
    own=table(1, header_units=["万元"], above_unit="元", above_number=1),
    said=table(1, caption_unit=None, section_unit="万元", above_unit="元", above_number=1),
)
def test_a_unit_taken_over_from_the_table_above_is_to_be_confirmed(reports: Reports) -> None:
    (found,) = findings(reports["taken_over"], "C14")
    assert (found["level"], found["observed"]) == ("warning", "万元")
    assert found["message"].endswith("；未写明单位，暂按第1张表的“万元”计算。")
    assert outcomes(reports["own"])["C14"] == outcomes(reports["said"])["C14"] == "pass"


@pytest.mark.reports(
    cells=both(
        row(3, budget_text="-400.00", budget_yuan=-400 * WAN),
        row(4, budget_text="", budget_yuan=None, budget_quantum=None),
    )
)
def test_negative_and_empty_amounts_are_one_finding_a_cell(reports: Reports) -> None:
    assert [(found["row_number"], found["observed"]) for found in findings(reports["cells"], "C37")] == [
        (3, "-400.00"),
        (4, ""),
    ]


@pytest.mark.reports(
    wrong=both(
        lambda facts: facts.headings.__setitem__(6, heading(2, 1, "任务完成", 4, "（一）", 40)),
        add("headings", heading(2, 3, "工作成效", 4, "（一）", 44)),
    )
)
def test_numbers_after_a_wrong_one_are_judged_by_position(reports: Reports) -> None:
    assert [found["line"] for found in findings(reports["wrong"], "C07")] == [40]


def dotted(*labels: str) -> Change:
    return add(
        "headings",
        *(
            heading(3, int(label.rpartition(".")[2]), "事项", 4, "1.1", 60 + place)._replace(label=label)
            for place, label in enumerate(labels)
        ),
    )


@pytest.mark.reports(next_part=dotted("1.1", "1.2", "2.1", "2.2"), gap=dotted("1.1", "1.2", "2.1", "2.3"))
def test_numbers_that_name_the_heading_above_begin_anew_below_the_next(reports: Reports) -> None:
    assert outcomes(reports["next_part"])["C07"] == "pass"
    assert [found["line"] for found in findings(reports["gap"], "C07")] == [63]


@pytest.mark.reports(
    gap=add("headings", heading(2, 4, "工作成效", 4, "（一）", 44)),
    start=add("headings", heading(1, 3, "问题", 0, "一、", 50), heading(2, 4, "表现", 7, "（一）", 51)),
    restarted=add(
        "headings", *(heading(4, number, "条", 4, "①", 60 + place) for place, number in enumerate((1, 2, 1, 2, 3)))
    ),
)
def test_a_gap_and_a_wrong_start_are_found_but_a_new_list_is_not(reports: Reports) -> None:
    assert [found["expected"] for found in findings(reports["gap"], "C07")] == ["3"]
    assert [found["expected"] for found in findings(reports["start"], "C07")] == ["1"]
    assert outcomes(reports["restarted"])["C07"] == "pass"


def test_a_renamed_department_is_known_while_its_name_is_valid() -> None:
    old_name = {"department_id": "yun-baisha", "department_name": "云州市清河区白沙镇人民政府"}
    assert outcomes(judged(document(**old_name), rules=catalogue("C01")))["C01"] == "pass"
    later = [set_figure(f"year:{kind}", value=Decimal(2022)) for kind in ("title", "scope", "budget")]
    judgement = judged(document(**old_name, fiscal_year=2022), *later, rules=catalogue("C01"))
    assert [found["observed"] for found in findings(judgement, "C01")] == ["云州市清河区白沙镇人民政府"]


@pytest.mark.reports(
    undated=both(document(fiscal_year=None), *(set_figure(f"year:{kind}") for kind in ("title", "scope", "budget")))
)
def test_a_report_without_year_is_quarantined(reports: Reports) -> None:
    (found,) = findings(reports["undated"], "C02")
    assert (found["line"], found["expected"]) == (1, "未写明")
    assert reports["undated"].verdicts["status"].to_list() == ["quarantined"]


@pytest.mark.reports(
    total_alone=set_figure("annual_budget_yuan"),
    neither=both(set_figure("annual_budget_yuan"), set_figure("total_budget_yuan")),
)
def test_the_executed_share_uses_the_total_where_no_annual_budget_is_stated(reports: Reports) -> None:
    assert outcomes(reports["total_alone"])["C22"] == "pass"
    judgement = reports["neither"]
    reasons = dict(judgement.evaluation.select("rule_id", "reason").rows())
    assert reasons["C22"] == "报告没有同时写明执行率、执行数和预算数。"
    assert outcomes(judgement)["C26"] == outcomes(judgement)["C27"] == "not_applicable"


@pytest.mark.reports(
    zero=both(
        *(set_figure(name, value=Decimal(0), text="0.00") for name in ("annual_budget_yuan", "total_budget_yuan"))
    )
)
def test_a_printed_zero_budget_is_not_divided_by(reports: Reports) -> None:
    assert outcomes(reports["zero"])["C22"] == "not_applicable"


@pytest.mark.reports(
    unlisted=lambda facts: facts.units.clear(), extra=add("units", UnitRow(0, "青竹市场服务中心", "下属", 4, 5))
)
def test_unlisted_units_are_not_counted_against_the_text(reports: Reports) -> None:
    assert outcomes(reports["unlisted"])["C15"] == "not_applicable"
    assert findings(reports["extra"], "C15")[0]["observed"].startswith("列出 4 个")


@pytest.mark.reports(
    too_large=set_figure(
        "large_project_yuan",
        value=3001 * WAN,
        text="3001.00",
        sentence="共监控3000.00万元，其中500万元以上2项1400.00万元。",
    )
)
def test_large_claims_must_be_part_of_the_whole(reports: Reports) -> None:
    (found,) = findings(reports["too_large"], "C29")
    assert found["observed"].startswith("2 项共 3001万元")


_OF_ALL = "全部项目1300.00万元，其中500万元以上2项1400.00万元。"


@pytest.mark.reports(
    beyond_own=both(
        set_figure("large_project_yuan", sentence=_OF_ALL),
        add("figures", money("large_project_whole_yuan", "1300.00", line=25, sentence=_OF_ALL)),
    ),
    of_another=add("figures", money("large_project_whole_yuan", "1300.00", line=25, sentence="全部项目1300.00万元。")),
)
def test_large_claims_must_be_part_of_what_their_sentence_says(reports: Reports) -> None:
    (found,) = findings(reports["beyond_own"], "C29")
    assert found["expected"].startswith("不大于 1300万元")
    assert not findings(reports["of_another"], "C29")


@pytest.mark.reports(
    plan_only=with_plan_only,
    without_figures=lambda facts: facts.figures.clear(),
    without_headings=lambda facts: facts.headings.clear(),
)
def test_every_rule_says_something_of_every_kind_of_report(reports: Reports) -> None:
    for judgement in reports.values():
        evaluation = judgement.evaluation
        assert evaluation["rule_id"].to_list() == sorted(rule.id for rule in catalogue().rules)
        unsaid = evaluation.filter((pl.col("outcome") == "not_applicable") & pl.col("reason").is_null())
        assert unsaid.is_empty()


def test_the_case_itself_is_sound() -> None:
    assert sound().documents[0].kind == "overall_report"


@pytest.mark.reports(
    **{kind: both(document(kind=kind), lambda facts: facts.tables.clear()) for kind in ("project_form", "overall_form")}
)
def test_forms_alone_need_no_project_table(reports: Reports) -> None:
    assert {kind: outcomes(judgement)["S04"] for kind, judgement in reports.items()} == {
        "project_form": "not_applicable",
        "overall_form": "not_applicable",
    }


@pytest.mark.reports(
    people=both(set_figure("headcount:institution", value=Decimal(40)), add("asides", aside("people", 6))),
    other_people=both(set_figure("headcount:institution", value=Decimal(40)), add("asides", aside("people", 7))),
    units=both(drop("units"), add("asides", aside("units", 2))),
    rate=both(
        set_figure("stated_execution_rate", value=Decimal("0.9"), text="90%", quantum=Decimal("0.01")),
        add("asides", aside("share", Decimal("0.9833"))),
    ),
    budget=both(
        set_figure("stated_execution_rate", value=Decimal("0.5"), text="50%", quantum=Decimal("0.01")),
        add("asides", aside("money", 5900 * WAN)),
    ),
    other_budget=both(
        set_figure("stated_execution_rate", value=Decimal("0.5"), text="50%", quantum=Decimal("0.01")),
        add("asides", aside("money", 5000 * WAN)),
    ),
)
def test_a_figure_that_another_number_of_the_text_would_put_right_is_asked_about(reports: Reports) -> None:
    levels = {
        name: [(rule, found["level"]) for rule in ("C15", "C17", "C22") for found in findings(judgement, rule)]
        for name, judgement in reports.items()
    }
    assert levels == {
        "people": [("C17", "warning")],
        "other_people": [("C17", "blocking")],
        "units": [("C15", "warning")],
        "rate": [("C22", "warning")],
        "budget": [("C22", "warning")],
        "other_budget": [("C22", "blocking")],
    }


@pytest.mark.reports(
    beyond=both(
        *(
            add("figures", each)
            for each in (
                money("annual_budget_yuan", "2000.00", line=50, sentence="全年", primary=False),
                money("executed_yuan", "1900.00", line=50, sentence="全年", primary=False),
                figure("stated_execution_rate", "1000000000", "1", "0.01", line=50, sentence="全年", primary=False),
            )
        ),
        add("asides", aside("money", 10**15)),
    )
)
def test_figures_beyond_all_bounds_put_nothing_right(reports: Reports) -> None:
    assert [found["level"] for found in findings(reports["beyond"], "C22")] == ["blocking"]
