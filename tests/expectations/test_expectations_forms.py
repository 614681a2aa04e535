"""What the rules on forms make of special cases: shared cells, local schemes, other bands, unknown sources."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from expectation_cases import Change, Reports, catalogue, findings, judged, outcomes, sign
from form_makers import executed, in_form, in_funds, in_indicator, with_forms
from text_rule_cases import add, both, row

from expectations.gate import Judgement
from transforms.facts.model import Facts, NoteRow, TextAmountRow, UnrecognisedRow

pytestmark = pytest.mark.contract

COST, BENEFIT, SATISFACTION = 3, 4, 5


def on_forms(*changes: Change) -> Change:
    """The changes of a sound report with sound forms."""
    return both(with_forms, *changes)


def rules(judgement: Judgement) -> list[str]:
    return judgement.finding["rule_id"].to_list()


def found(judgement: Judgement, rule: str) -> dict[str, Any]:
    """The one finding that there is."""
    assert rules(judgement) == [rule]
    return findings(judgement, rule)[0]


@pytest.mark.reports(over=on_forms(in_indicator(BENEFIT, score=Decimal(25))))
def test_a_score_above_its_weight_is_told_once_at_its_cell(reports: Reports) -> None:
    over = found(reports["over"], "F01")
    assert (over["line"], over["column_number"]) == (415, 6)
    assert (over["observed"], over["level"]) == ("分值 20 分，得分 25 分", "blocking")


def local(facts: Facts) -> None:
    for form in (0, 1):
        in_indicator(BENEFIT, form, weight=Decimal(10), score=Decimal(10))(facts)
        in_form(form, execution_weight=None, execution_score=None, grade=None)(facts)


@pytest.mark.reports(
    local=on_forms(local),
    more=on_forms(local, in_indicator(BENEFIT, weight=Decimal(15), score=Decimal(15))),
)
def test_a_local_scheme_keeps_twenty_points_for_the_execution(reports: Reports) -> None:
    assert rules(reports["local"]) == []
    assert rules(reports["more"]) == ["F01"]


def merged(facts: Facts) -> None:
    first, second = facts.indicators[0], facts.indicators[1]
    facts.indicators[1] = second._replace(weight=first.weight, score=first.score, line=first.line)
    facts.indicators[4] = facts.indicators[4]._replace(weight=Decimal(35), score=Decimal(35))


@pytest.mark.reports(merged=on_forms(merged))
def test_a_cell_that_two_indicators_share_counts_once(reports: Reports) -> None:
    assert rules(reports["merged"]) == []


NO_BUDGET = both(*(in_funds(place, adjusted_yuan=Decimal(0), executed_yuan=Decimal(0)) for place in (0, 1)))


@pytest.mark.reports(points=on_forms(NO_BUDGET), none=on_forms(NO_BUDGET, executed("0", "0"), in_form(0, grade="良")))
def test_no_budget_earns_no_points(reports: Reports) -> None:
    points = found(reports["points"], "F02")
    assert (points["observed"], points["expected"], points["difference"]) == ("9.88 分", "0 分", "9.88 分")
    assert rules(reports["none"]) == []


@pytest.mark.reports(
    wrong=on_forms(in_form(0, total_score=Decimal("98.35"))),
    rounded=on_forms(in_form(0, total_score=Decimal("99.4"))),
)
def test_a_total_that_is_not_the_sum_of_its_points(reports: Reports) -> None:
    wrong = found(reports["wrong"], "F03")
    assert (wrong["observed"], wrong["expected"]) == ("98.35 分", "各项得分合计 99.35 分")
    assert wrong["difference"] == "-1 分"
    assert rules(reports["rounded"]) == []


MISSED = {"actual_value": Decimal(90), "actual_text": "90%", "reason": "设备到货迟。"}


@pytest.mark.reports(
    full=on_forms(in_indicator(2, **MISSED)), fewer=on_forms(in_indicator(2, **MISSED, score=Decimal(10)))
)
def test_a_bare_full_share_that_was_missed_earns_no_full_marks(reports: Reports) -> None:
    assert found(reports["full"], "F03")["expected"].endswith("至多 13.5 分")
    assert rules(reports["fewer"]) == []


DEARER = {
    "direction": "=",
    "target_text": "50元",
    "actual_value": Decimal(60),
    "actual_text": "60元",
    "reason": "涨价。",
}


@pytest.mark.reports(
    full=on_forms(in_indicator(COST, **DEARER)), fewer=on_forms(in_indicator(COST, **DEARER, score=Decimal("8.33")))
)
def test_costs_above_their_target_must_be_penalised(reports: Reports) -> None:
    assert found(reports["full"], "F06")["observed"] == "目标 50元，实际 60元，得分 10 分"
    assert rules(reports["fewer"]) == []


FEWER = {
    "direction": "=",
    "level_3": "火灾事故发生率",
    "target_text": "下降5%",
    "target_value": Decimal(5),
    "actual_text": "下降6%",
    "actual_value": Decimal(6),
}


@pytest.mark.reports(fall=on_forms(in_indicator(COST, **FEWER)))
def test_a_fall_that_is_more_than_its_target_wants_no_reason(reports: Reports) -> None:
    assert rules(reports["fall"]) == []


@pytest.mark.reports(forms=on_forms(), unknown=on_forms(in_form(0, grade="合格的"), in_form(1, grade=None)))
def test_bands_of_grades_have_their_years(reports: Reports) -> None:
    in_force = catalogue()
    rule = in_force.rule("F05")
    higher = tuple(
        each.model_copy(update={"value": Decimal("99.4")}) if each.name == "excellent_from" else each
        for each in rule.thresholds
    )
    phase = in_force.phases[-1]
    changed = tuple(
        each.model_copy(update={"thresholds": higher}) if each.id == "F05" else each for each in phase.rules
    )
    other = in_force.model_copy(update={"phases": (*in_force.phases[:-1], phase.model_copy(update={"rules": changed}))})
    assert rules(reports["forms"]) == []
    assert rules(judged(with_forms, rules=other)) == ["F05", "F05"]
    assert rules(reports["unknown"]) == []


@pytest.mark.reports(
    weight=on_forms(
        in_indicator(BENEFIT, weight=None),
        add("notes", NoteRow(0, "formula_without_result", "=3+3", *(None, 415), *(None,) * 3)),
    ),
    execution=on_forms(
        in_form(0, execution_weight=None),
        in_indicator(BENEFIT, weight=Decimal(15), score=Decimal(15)),
        add("notes", NoteRow(0, "error_cell", "#REF!", *(None, 403), *(None,) * 3)),
    ),
    elsewhere=on_forms(
        in_indicator(BENEFIT, weight=None),
        add("notes", NoteRow(0, "formula_without_result", "=3+3", *(None, 470), *(None,) * 3)),
    ),
)
def test_weights_are_not_added_up_while_one_has_no_figure(reports: Reports) -> None:
    assert rules(reports["weight"]) == ["S05"]
    assert rules(reports["execution"]) == ["S05"]
    assert "F01" in rules(reports["elsewhere"])


NO_UNIT = both(
    *(
        in_funds(place, reported_unit=None, initial_yuan=None, adjusted_yuan=None, executed_yuan=None)
        for place in range(3)
    ),
    lambda facts: facts.projects.__setitem__(
        -2, facts.projects[-2]._replace(reported_unit=None, budget_yuan=None, spent_yuan=None)
    ),
)
FIGURE = add("unrecognised", UnrecognisedRow(0, "unit", "800.00", 403))


@pytest.mark.reports(none=on_forms(NO_UNIT, FIGURE), own=on_forms(in_funds(1, reported_unit="元"), FIGURE))
def test_a_form_without_a_unit_says_so_and_not_that_its_figures_are_none(reports: Reports) -> None:
    none = found(reports["none"], "C14")
    assert (none["level"], none["line"]) == ("blocking", 403)
    assert none["message"].startswith("“河道保洁经费”的自评表没有写明金额单位")
    assert rules(reports["own"]) == []


HUGE = Decimal(10**10)


def in_total(**amounts: Decimal) -> Change:
    """Amounts of the first form's total alone, without those of its row beside the report's."""
    return lambda facts: facts.form_funding.__setitem__(0, facts.form_funding[0]._replace(**amounts))


@pytest.mark.reports(
    huge=on_forms(in_total(initial_yuan=HUGE)),
    below=on_forms(in_total(initial_yuan=HUGE - 1)),
    overall=on_forms(in_form(0, kind="overall_form"), in_total(initial_yuan=HUGE)),
    mixed=on_forms(in_total(initial_yuan=Decimal(800))),
)
def test_amounts_of_forms_that_no_project_has_are_to_be_checked(reports: Reports) -> None:
    (huge,) = findings(reports["huge"], "C36")
    assert (huge["level"], huge["line"], huge["observed"]) == ("warning", 403, "1000000万元")
    assert huge["message"].startswith("“河道保洁经费自评表”金额 1000000万元，为单个项目的一般上限 1000000万元 的 1 倍")
    assert "为年初预算数 0.08万元 的 10000 倍" in findings(reports["mixed"], "C36")[0]["message"]
    assert not {"below", "overall"} & {name for name in reports if "C36" in rules(reports[name])}


LESS = in_funds(1, executed_yuan=Decimal(7000000))


@pytest.mark.reports(
    less=on_forms(LESS),
    line_of_funds=on_forms(LESS, add("unrecognised", UnrecognisedRow(0, "heading", "债券资金", 406))),
    elsewhere=on_forms(LESS, add("unrecognised", UnrecognisedRow(0, "heading", "第三部分", 440))),
)
def test_lines_of_funds_that_nothing_explains_leave_the_sum_open(reports: Reports) -> None:
    assert rules(reports["less"]) == ["F14"]
    assert rules(reports["line_of_funds"]) == []
    assert rules(reports["elsewhere"]) == ["F14"]


def low(facts: Facts) -> None:
    executed("700", "8.75")(facts)
    in_indicator(SATISFACTION, actual_value=Decimal(95), actual_text="95%", score=Decimal(10), reason=None)(facts)
    facts.projects[-2] = facts.projects[-2]._replace(spent_yuan=Decimal(7000000), spent_text="700.00")
    facts.projects[1] = facts.projects[1]._replace(spent_yuan=Decimal(7000000), spent_text="700.00")


@pytest.mark.reports(
    low=on_forms(low),
    reasoned=on_forms(low, in_form(0, execution_reason="尾款未付。")),
    signed=on_forms(low, add("signs", sign("reason", "尾款", None, 400, column="form", owner=0))),
)
def test_low_execution_on_forms_wants_a_reason_of_its_own(reports: Reports) -> None:
    seen = found(reports["low"], "C23")
    assert (seen["subject"], seen["observed"], seen["line"]) == ("河道保洁经费自评表", "87.5%", 403)
    assert rules(reports["reasoned"]) == []
    assert rules(reports["signed"]) == []


@pytest.mark.reports(
    said=on_forms(add("text_amounts", TextAmountRow(0, 6, "completion", Decimal(7890000), "789", "万元", 400)))
)
def test_amounts_in_the_texts_of_forms_are_set_against_their_funds(reports: Reports) -> None:
    said = found(reports["said"], "C35")
    assert (said["observed"], said["expected"]) == ("789万元", "790万元")


@pytest.mark.reports(differing=on_forms(row(1, spent_text="780.00", spent_yuan=Decimal(7800000))))
def test_a_form_and_its_report_state_one_amount(reports: Reports) -> None:
    differing = found(reports["differing"], "C32")
    assert (differing["level"], differing["observed"], differing["expected"]) == ("blocking", "790万元", "780万元")


def alone(facts: Facts) -> None:
    forms = {name: getattr(facts, name) for name in ("forms", "form_funding", "indicators")}
    document, projects = facts.documents[0]._replace(kind="project_form"), facts.projects[-2:]
    for name in Facts.__dataclass_fields__:
        setattr(facts, name, forms.get(name, []))
    facts.documents, facts.projects = [document], projects


@pytest.mark.reports(alone=on_forms(alone))
def test_forms_without_their_report_are_told_so(reports: Reports) -> None:
    judgement = reports["alone"]
    assert [(one["rule_id"], one["subject"]) for one in judgement.finding.to_dicts()] == [("C06", "自评报告")]
    assert judgement.finding["message"].item() == "报送的文件中没有“自评报告”。"
    assert outcomes(judgement)["F01"] == "pass"


COUNTS = add("signs", *(sign("evaluated_projects", f"{n}个项目自评", str(n), 33) for n in (5, 2)))


@pytest.mark.reports(one_right=on_forms(COUNTS), none_right=on_forms(COUNTS, lambda facts: facts.signs.pop()))
def test_one_place_that_states_the_right_count_is_enough(reports: Reports) -> None:
    assert rules(reports["one_right"]) == []
    assert rules(reports["none_right"]) == ["F13"]


def without_tables(facts: Facts) -> None:
    """A report that lists its projects in forms alone."""
    facts.tables.clear()


@pytest.mark.reports(forms=on_forms(without_tables), bare=without_tables)
def test_forms_of_projects_stand_for_a_table_of_them(reports: Reports) -> None:
    assert "S07" not in rules(reports["forms"])
    assert "S07" in rules(reports["bare"])
