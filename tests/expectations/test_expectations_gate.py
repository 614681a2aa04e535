"""The gate: cascades, verdicts, waivers, frames, many findings, many submissions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from expectation_cases import (
    AT,
    REGISTRY,
    WAN,
    Change,
    Reports,
    Waived,
    catalogue,
    findings,
    frames_of,
    judged,
    outcomes,
    project,
    set_figure,
    sound,
)
from text_rule_cases import add

from expectations.catalogue import Catalogue
from expectations.gate import Judgement, judge
from expectations.second_opinion import agree
from transforms.facts.model import Facts, NoteRow
from warehouse.errors import SystemFault
from warehouse.registry import table

pytestmark = pytest.mark.contract

BRACES = "{0}{stated:wan}%s'; drop table x; --"
WRONG_PARTS = set_figure("headcount:institution", value=Decimal(45))


def no_unit(facts: Facts) -> None:
    facts.tables[1] = facts.tables[1]._replace(caption_unit=None)


def nothing_listed(facts: Facts) -> None:
    facts.documents[0] = facts.documents[0]._replace(table_count=0)
    facts.tables, facts.projects, facts.text_amounts = [], [], []


def reason(judgement: Judgement, rule_id: str) -> str | None:
    return dict(judgement.evaluation.select("rule_id", "reason").rows())[rule_id]


def test_the_frames_are_those_of_the_warehouse() -> None:
    judgement = judged(WRONG_PARTS)
    for name in ("evaluation", "finding", "rejected_row"):
        assert getattr(judgement, name).schema == table(f"quality.{name}").polars_schema
    (found,) = findings(judgement, "C17")
    assert (found["department_id"], found["fiscal_year"]) == ("yun-qingzhu-1", 2021)
    assert found["first_seen_at"] == found["last_seen_at"] == AT
    assert found["raw_text"] == "headcount:established 103"
    assert found["message"] == "报告写在编 103 人，行政 57 人加事业 45 人为 102 人，相差 1 人。"


@pytest.mark.reports(
    several=[
        WRONG_PARTS,
        set_figure("headcount:total", value=Decimal(999)),
        set_figure("stated_office_count", value=Decimal(9)),
    ]
)
def test_a_verdict_says_why_and_how_much(reports: Reports) -> None:
    judgement = reports["several"]
    (verdict,) = judgement.verdicts.to_dicts()
    assert verdict["status"] == "quarantined"
    assert verdict["reason"] == (
        "在编人数不平：报告写在编 103 人，行政 57 人加事业 45 人为 102 人，相差 1 人。另有 1 处阻断问题。"
    )
    assert (verdict["blocking_count"], verdict["warning_count"], verdict["information_count"]) == (2, 1, 0)


@pytest.mark.reports(no_unit=[no_unit, set_figure("large_project_count", value=Decimal(1))])
def test_what_rests_on_a_failure_is_not_judged_and_says_so(reports: Reports) -> None:
    judgement = reports["no_unit"]
    assert judgement.finding["rule_id"].to_list() == ["C14"]
    for rule_id in ("C37", "C24", "C26", "C27", "C28", "C32", "C33", "C34", "C35"):
        assert reason(judgement, rule_id) == "因 C14（金额单位不明）未通过，本条未作判断。"
    assert outcomes(judgement)["C17"] == outcomes(judgement)["C31"] == outcomes(judgement)["C21"] == "pass"


def with_amount(printed: str, kind: str) -> list[Change]:
    """A project whose budget is printed so, and the note on its cell."""
    one = project("河道保洁经费", printed, "790.00")
    note = NoteRow(0, kind, printed, 2, one.line, *(None,) * 3)
    return [lambda facts: facts.projects.__setitem__(1, one), add("notes", note)]


@pytest.mark.reports(formula=with_amount("#未计算", "formula_without_result"), error=with_amount("#REF!", "error_cell"))
def test_an_amount_that_a_formula_does_not_give_is_named_once(reports: Reports) -> None:
    named = {name: set(reports[name].finding["rule_id"]) & {"C37", "S05"} for name in ("formula", "error")}
    assert named == {"formula": {"S05"}, "error": {"C37"}}


@pytest.mark.reports(no_number=lambda facts: facts.projects.__setitem__(1, project("河道保洁经费", "", "790.00")))
def test_a_cell_without_number_withholds_the_sums_not_the_rest(reports: Reports) -> None:
    judgement = reports["no_number"]
    assert judgement.finding["rule_id"].to_list() == ["C37"]
    assert reason(judgement, "C26") == "因 C37（金额无效）未通过，本条未作判断。"
    assert outcomes(judgement)["C22"] == "pass"


@pytest.mark.reports(
    unknown=[lambda facts: facts.documents.__setitem__(0, facts.documents[0]._replace(department_id=None)), WRONG_PARTS]
)
def test_without_identity_no_later_phase_is_judged(reports: Reports) -> None:
    judgement = reports["unknown"]
    assert judgement.finding["rule_id"].to_list() == ["C01"]
    assert reason(judgement, "C17") == "因 C01（申报单位不明）未通过，本条未作判断。"
    assert outcomes(judgement)["C02"] == "pass"
    assert judgement.rejected_row.is_empty()


def written_in(day: str) -> Change:
    return lambda facts: facts.signs.__setitem__(0, facts.signs[0]._replace(text=day, value=day))


def without_department(facts: Facts) -> None:
    facts.documents[0] = facts.documents[0]._replace(department_id=None)


@pytest.mark.reports(
    too_early=[without_department, written_in("2021-11-30")],
    in_time=[without_department, written_in("2022-03-30")],
    other_year=[set_figure("year:scope", value=Decimal(2020)), written_in("2021-11-30")],
)
def test_a_date_is_judged_by_the_year_without_the_department(reports: Reports) -> None:
    assert reports["too_early"].finding["rule_id"].to_list() == ["C01", "C05"]
    assert outcomes(reports["in_time"])["C05"] == "pass"
    assert reason(reports["other_year"], "C05") == "因 C02（年度不一致）未通过，本条未作判断。"


@pytest.mark.reports(nothing=nothing_listed)
def test_the_root_of_a_chain_is_named(reports: Reports) -> None:
    judgement = reports["nothing"]
    assert reason(judgement, "C26") == reason(judgement, "C37") == "因 S04（没有表格）未通过，本条未作判断。"


@pytest.mark.reports(
    adjusted=lambda facts: facts.projects.append(
        project("图书馆运行经费", "380.00", "400.00", table=3, listing="key", amount_role="adjusted")
    )
)
def test_a_milder_failure_withholds_nothing(reports: Reports) -> None:
    judgement = reports["adjusted"]
    assert [found["level"] for found in findings(judgement, "C32")] == ["warning"]
    assert outcomes(judgement)["C26"] == "pass"


def test_two_reports_in_one_intake_are_both_refused() -> None:
    frames, star = frames_of(sound(), sound())
    conflict = "同一批收到同一部门同一年度 2 份不同的报告“甲.md”与“乙.md”，无法判断以哪一份为准。"
    star["submissions"] = star["submissions"].with_columns(conflict=pl.lit(conflict))
    judgement = judge(frames, star, catalogue(), REGISTRY, at=AT)
    assert judgement.finding.select("rule_id", "message", "line").unique().rows() == [("S02", conflict, 1)]
    assert judgement.verdicts["status"].to_list() == ["quarantined", "quarantined"]
    assert judgement.verdicts["reason"].unique().to_list() == [f"同批两份不同报告：{conflict}"]


def test_one_bad_report_does_not_touch_another() -> None:
    bad = sound()
    WRONG_PARTS(bad)
    frames, star = frames_of(sound(), bad, sound())
    judgement = judge(frames, star, catalogue(), REGISTRY, at=AT)
    assert sorted(judgement.verdicts["status"]) == ["accepted", "accepted", "quarantined"]
    assert judgement.evaluation.height == 3 * len(catalogue().rules)


@pytest.mark.reports(
    waived=[WRONG_PARTS, Waived("C17", date(2022, 3, 1))],
    expired=[WRONG_PARTS, Waived("C17", date(2022, 2, 28))],
    other_rule=[WRONG_PARTS, Waived("C18", None)],
    not_waivable=[no_unit, Waived("C14", None)],
)
def test_a_waiver_holds_until_its_day_and_for_waivable_rules_only(reports: Reports) -> None:
    assert [found["state"] for found in findings(reports["waived"], "C17")] == ["waived"]
    assert outcomes(reports["waived"])["C17"] == "fail"
    assert {name: judgement.verdicts["status"].to_list() for name, judgement in reports.items()} == {
        "waived": ["accepted"],
        **{name: ["quarantined"] for name in ("expired", "other_rule", "not_waivable")},
    }


def test_a_rule_outside_its_years_or_in_shadow() -> None:
    def changed(**update: object) -> Catalogue:
        (phase,) = catalogue("C17", "C22").phases
        rules = tuple(rule.model_copy(update=update) if rule.id == "C17" else rule for rule in phase.rules)
        return catalogue().model_copy(update={"phases": (phase.model_copy(update={"rules": rules}),)})

    later = judged(WRONG_PARTS, rules=changed(valid_from_year=2022))
    assert reason(later, "C17") == "本条适用于 2022 年及以后的年度。"
    shadow = judged(WRONG_PARTS, rules=changed(stage="shadow"))
    assert [found["level"] for found in findings(shadow, "C17")] == ["information"]
    assert shadow.verdicts["status"].to_list() == ["accepted"]
    milder = judged(WRONG_PARTS, rules=changed(stage="warning"))
    assert milder.verdicts["status"].to_list() == ["accepted_with_warnings"]
    for level in ("warning", "information"):
        lowered = judged(WRONG_PARTS, rules=changed(level=level))
        assert [found["level"] for found in findings(lowered, "C17")] == [level]


def test_a_catalogue_in_which_nothing_blocks_refuses_nothing() -> None:
    judgement = judged(WRONG_PARTS, rules=catalogue("C26"))
    assert judgement.verdicts["blocking_count"].to_list() == [0]


def test_no_finding_is_cut_off_and_keys_are_unique() -> None:
    count = 3000

    report = sound()
    report.projects += [
        project(f"{chr(0x4E00 + number)}经费", f"0.{number:04d}", "—", table=3 + number // 50, row=1 + number % 50)
        for number in range(count)
    ]
    frames, star = frames_of(report)
    first, again = (judge(frames, star, catalogue(), REGISTRY, at=AT) for _ in range(2))
    assert len(findings(first, "C37")) == count
    assert first.finding["finding_key"].n_unique() == first.finding.height
    assert first.finding.equals(again.finding)
    assert first.verdicts["blocking_count"].to_list() == [count]
    observed = first.evaluation.filter(pl.col("rule_id") == "C37")["observed"].item()
    assert observed == f"核对 {10 + 2 * count} 处，{count} 处不符"


@pytest.mark.reports(braces=lambda facts: facts.projects.append(project(BRACES, "-1.00", "1.00", row=9)))
def test_braces_in_a_project_name_are_only_text(reports: Reports) -> None:
    (found,) = findings(reports["braces"], "C37")
    assert found["subject"] == BRACES
    assert f"“{BRACES}”" in found["message"]


def test_a_second_opinion_must_agree() -> None:
    violations = {rule.id: int(rule.id == "C17") for rule in catalogue().rules}
    agree(dict(violations), violations)
    with pytest.raises(SystemFault, match="C17: 1 against 2"):
        agree({**violations, "C17": 2}, violations)
    with pytest.raises(SystemFault, match="C17: 1 against None"):
        agree({rule: count for rule, count in violations.items() if rule != "C17"}, violations)


@pytest.mark.reports(
    repeated=lambda facts: facts.projects.append(project("河道保洁经费", "800.00", "790.00", table=3, listing="key"))
)
def test_amounts_count_once_in_sums(reports: Reports) -> None:
    share = reports["repeated"].evaluation.filter(pl.col("rule_id") == "C26")["observed"].item()
    assert share == "76.67%"
    assert sum(row.budget_yuan or 0 for row in sound().projects) == 2300 * WAN
