"""What the rules on forms make of special cases: shared cells, local schemes, other bands, unknown sources."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from expectation_cases import Change, catalogue, findings, judged, sign
from form_makers import executed, in_form, in_funds, in_indicator, with_forms
from text_rule_cases import add, both, row

from expectations.catalogue import Catalogue
from transforms.facts.model import Facts, TextAmountRow, UnrecognisedRow

pytestmark = pytest.mark.contract

COST, BENEFIT, SATISFACTION = 3, 4, 5


def rules_of(*changes: Change, rules: Catalogue | None = None) -> list[str]:
    return judged(with_forms, *changes, rules=rules).finding["rule_id"].to_list()


def found(rule: str, *changes: Change) -> dict[str, Any]:
    """The one finding that there is."""
    judgement = judged(with_forms, *changes)
    assert judgement.finding["rule_id"].to_list() == [rule]
    return findings(judgement, rule)[0]


def test_a_score_above_its_weight_is_told_once_at_its_cell() -> None:
    over = found("F01", in_indicator(BENEFIT, score=Decimal(25)))
    assert (over["line"], over["column_number"]) == (415, 6)
    assert (over["observed"], over["level"]) == ("分值 20 分，得分 25 分", "blocking")


def test_a_local_scheme_keeps_twenty_points_for_the_execution() -> None:
    def local(facts: Facts) -> None:
        for form in (0, 1):
            in_indicator(BENEFIT, form, weight=Decimal(10), score=Decimal(10))(facts)
            in_form(form, execution_weight=None, execution_score=None, grade=None)(facts)

    assert rules_of(local) == []
    assert rules_of(local, in_indicator(BENEFIT, weight=Decimal(15), score=Decimal(15))) == ["F01"]


def test_a_cell_that_two_indicators_share_counts_once() -> None:
    def merged(facts: Facts) -> None:
        first, second = facts.indicators[0], facts.indicators[1]
        facts.indicators[1] = second._replace(weight=first.weight, score=first.score, line=first.line)
        facts.indicators[4] = facts.indicators[4]._replace(weight=Decimal(35), score=Decimal(35))

    assert rules_of(merged) == []


def test_no_budget_earns_no_points() -> None:
    nothing = [in_funds(place, adjusted_yuan=Decimal(0), executed_yuan=Decimal(0)) for place in (0, 1)]
    none = found("F02", *nothing)
    assert (none["observed"], none["expected"], none["difference"]) == ("9.88 分", "0 分", "9.88 分")
    assert rules_of(*nothing, executed("0", "0"), in_form(0, grade="良")) == []


def test_a_total_that_is_not_the_sum_of_its_points() -> None:
    wrong = found("F03", in_form(0, total_score=Decimal("98.35")))
    assert (wrong["observed"], wrong["expected"]) == ("98.35 分", "各项得分合计 99.35 分")
    assert wrong["difference"] == "-1 分"
    assert rules_of(in_form(0, total_score=Decimal("99.4"))) == []


def test_a_bare_full_share_that_was_missed_earns_no_full_marks() -> None:
    missed = {"actual_value": Decimal(90), "actual_text": "90%", "reason": "设备到货迟。"}
    assert found("F03", in_indicator(2, **missed))["expected"].endswith("至多 13.5 分")
    assert rules_of(in_indicator(2, **missed, score=Decimal(10))) == []


def test_costs_above_their_target_must_be_penalised() -> None:
    over = {
        "direction": "=",
        "target_text": "50元",
        "actual_value": Decimal(60),
        "actual_text": "60元",
        "reason": "涨价。",
    }
    assert found("F06", in_indicator(COST, **over))["observed"] == "目标 50元，实际 60元，得分 10 分"
    assert rules_of(in_indicator(COST, **over, score=Decimal("8.33"))) == []


def test_bands_of_grades_have_their_years() -> None:
    rules = catalogue()
    rule = rules.rule("F05")
    higher = tuple(
        each.model_copy(update={"value": Decimal("99.4")}) if each.name == "excellent_from" else each
        for each in rule.thresholds
    )
    phase = rules.phases[-1]
    changed = tuple(
        each.model_copy(update={"thresholds": higher}) if each.id == "F05" else each for each in phase.rules
    )
    other = rules.model_copy(update={"phases": (*rules.phases[:-1], phase.model_copy(update={"rules": changed}))})
    assert rules_of() == []
    assert rules_of(rules=other) == ["F05", "F05"]
    assert rules_of(in_form(0, grade="合格的"), in_form(1, grade=None)) == []


def test_lines_of_funds_that_nothing_explains_leave_the_sum_open() -> None:
    less = in_funds(1, executed_yuan=Decimal(7000000))
    assert rules_of(less) == ["F14"]
    assert rules_of(less, add("unrecognised", UnrecognisedRow(0, "heading", "债券资金", 406))) == []
    assert rules_of(less, add("unrecognised", UnrecognisedRow(0, "heading", "第三部分", 440))) == ["F14"]


def test_low_execution_on_forms_wants_a_reason_of_its_own() -> None:
    def low(facts: Facts) -> None:
        executed("700", "8.75")(facts)
        in_indicator(SATISFACTION, actual_value=Decimal(95), actual_text="95%", score=Decimal(10), reason=None)(facts)
        facts.projects[-2] = facts.projects[-2]._replace(spent_yuan=Decimal(7000000), spent_text="700.00")
        facts.projects[1] = facts.projects[1]._replace(spent_yuan=Decimal(7000000), spent_text="700.00")

    seen = found("C23", low)
    assert (seen["subject"], seen["observed"], seen["line"]) == ("河道保洁经费自评表", "87.5%", 403)
    assert rules_of(low, in_form(0, execution_reason="尾款未付。")) == []
    assert rules_of(low, add("signs", sign("reason", "尾款", None, 400, column="form", owner=0))) == []


def test_amounts_in_the_texts_of_forms_are_set_against_their_funds() -> None:
    said = add("text_amounts", TextAmountRow(0, 6, "completion", Decimal(7890000), "789", "万元", 400))
    assert (found("C35", said)["observed"], found("C35", said)["expected"]) == ("789万元", "790万元")


def test_a_form_and_its_report_state_one_amount() -> None:
    differing = row(1, spent_text="780.00", spent_yuan=Decimal(7800000))
    found_ = found("C32", differing)
    assert (found_["level"], found_["observed"], found_["expected"]) == ("blocking", "790万元", "780万元")


def test_forms_without_their_report_are_told_so() -> None:
    def alone(facts: Facts) -> None:
        with_forms(facts)
        forms = {name: getattr(facts, name) for name in ("forms", "form_funding", "indicators")}
        document, projects = facts.documents[0]._replace(kind="project_form"), facts.projects[-2:]
        for name in Facts.__dataclass_fields__:
            setattr(facts, name, forms.get(name, []))
        facts.documents, facts.projects = [document], projects

    judgement = judged(alone)
    assert [(one["rule_id"], one["subject"]) for one in judgement.finding.to_dicts()] == [("C06", "自评报告")]
    assert dict(judgement.evaluation.select("rule_id", "outcome").iter_rows())["F01"] == "pass"


def test_one_place_that_states_the_right_count_is_enough() -> None:
    counts = add("signs", *(sign("evaluated_projects", f"{n}个项目自评", str(n), 33) for n in (5, 2)))
    assert rules_of(counts) == []
    assert rules_of(both(counts, lambda facts: facts.signs.pop())) == ["F13"]
