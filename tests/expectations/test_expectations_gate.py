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
    catalogue,
    findings,
    frames_of,
    judged,
    outcomes,
    project,
    set_figure,
    sound,
)

from expectations.catalogue import Catalogue
from expectations.gate import Judgement, judge
from expectations.second_opinion import agree
from transforms.facts.model import Facts
from warehouse.errors import SystemFault
from warehouse.registry import table

pytestmark = pytest.mark.contract

WRONG_PARTS = set_figure("headcount:institution", value=Decimal(45))


def no_unit(facts: Facts) -> None:
    facts.tables[1] = facts.tables[1]._replace(caption_unit=None)


def reason(judgement: Judgement, rule_id: str) -> str | None:
    return dict(judgement.evaluation.select("rule_id", "reason").rows())[rule_id]


def waivers(rule_id: str, until: date | None) -> pl.DataFrame:
    row = {
        "rule_id": rule_id,
        "department_id": "yun-qingzhu",
        "fiscal_year": 2021,
        "reason": "已核实",
        "decided_by": "审核员",
        "decided_on": date(2022, 2, 1),
        "valid_until": until,
    }
    return pl.DataFrame([row], schema=table("quality.waiver").polars_schema)


def test_the_frames_are_those_of_the_warehouse() -> None:
    judgement = judged(WRONG_PARTS)
    for name in ("evaluation", "finding", "rejected_row"):
        assert getattr(judgement, name).schema == table(f"quality.{name}").polars_schema
    (found,) = findings(judgement, "C17")
    assert (found["department_id"], found["fiscal_year"]) == ("yun-qingzhu", 2021)
    assert found["first_seen_at"] == found["last_seen_at"] == AT
    assert found["raw_text"] == "headcount:established 103"
    assert found["message"] == "报告写在编 103 人，行政 57 人加事业 45 人为 102 人，相差 1 人。"


def test_a_verdict_says_why_and_how_much() -> None:
    judgement = judged(
        WRONG_PARTS,
        set_figure("headcount:total", value=Decimal(999)),
        set_figure("stated_office_count", value=Decimal(9)),
    )
    (verdict,) = judgement.verdicts.to_dicts()
    assert verdict["status"] == "quarantined"
    assert verdict["reason"] == (
        "在编人数不平：报告写在编 103 人，行政 57 人加事业 45 人为 102 人，相差 1 人。另有 1 处阻断问题。"
    )
    assert (verdict["blocking_count"], verdict["warning_count"], verdict["information_count"]) == (2, 1, 0)


def test_what_rests_on_a_failure_is_not_judged_and_says_so() -> None:
    judgement = judged(no_unit, set_figure("large_project_count", value=Decimal(1)))
    assert judgement.finding["rule_id"].to_list() == ["C14"]
    for rule_id in ("C37", "C24", "C26", "C27", "C28", "C32", "C33", "C34", "C35"):
        assert reason(judgement, rule_id) == "因 C14（金额单位不明）未通过，本条未作判断。"
    assert outcomes(judgement)["C17"] == outcomes(judgement)["C31"] == outcomes(judgement)["C21"] == "pass"


def test_a_cell_without_number_withholds_the_sums_not_the_rest() -> None:
    judgement = judged(lambda facts: facts.projects.__setitem__(1, project("河道保洁经费", "", "790.00")))
    assert judgement.finding["rule_id"].to_list() == ["C37"]
    assert reason(judgement, "C26") == "因 C37（金额无效）未通过，本条未作判断。"
    assert outcomes(judgement)["C22"] == "pass"


def test_without_identity_no_later_phase_is_judged() -> None:
    judgement = judged(
        lambda facts: facts.documents.__setitem__(0, facts.documents[0]._replace(department_id=None)), WRONG_PARTS
    )
    assert judgement.finding["rule_id"].to_list() == ["C01"]
    assert reason(judgement, "C17") == "因 C01（申报单位不明）未通过，本条未作判断。"
    assert outcomes(judgement)["C02"] == "pass"
    assert judgement.rejected_row.is_empty()


def test_the_root_of_a_chain_is_named() -> None:
    def nothing_listed(facts: Facts) -> None:
        facts.tables, facts.projects, facts.text_amounts = [], [], []

    judgement = judged(nothing_listed)
    assert reason(judgement, "C26") == reason(judgement, "C37") == "因 S04（没有项目表）未通过，本条未作判断。"


def test_a_milder_failure_withholds_nothing() -> None:
    adjusted = project("图书馆运行经费", "380.00", "400.00", table=3, listing="key", amount_role="adjusted")
    judgement = judged(lambda facts: facts.projects.append(adjusted))
    assert [found["level"] for found in findings(judgement, "C32")] == ["warning"]
    assert outcomes(judgement)["C26"] == "pass"


def test_two_reports_in_one_intake_are_both_refused() -> None:
    frames, star = frames_of(sound(), sound())
    conflict = "同一批收到同一部门同一年度两份不同的报告“甲.md”与“乙.md”，无法判断以哪一份为准。"
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


def test_a_waiver_holds_until_its_day_and_for_waivable_rules_only() -> None:
    waived = judged(WRONG_PARTS, waivers=waivers("C17", date(2022, 3, 1)))
    assert [found["state"] for found in findings(waived, "C17")] == ["waived"]
    assert waived.verdicts["status"].to_list() == ["accepted"]
    assert outcomes(waived)["C17"] == "fail"
    expired = judged(WRONG_PARTS, waivers=waivers("C17", date(2022, 2, 28)))
    assert expired.verdicts["status"].to_list() == ["quarantined"]
    other_rule = judged(WRONG_PARTS, waivers=waivers("C18", None))
    assert other_rule.verdicts["status"].to_list() == ["quarantined"]
    assert judged(no_unit, waivers=waivers("C14", None)).verdicts["status"].to_list() == ["quarantined"]


def test_a_rule_outside_its_years_or_in_shadow() -> None:
    def changed(**update: object) -> Catalogue:
        phases = catalogue().phases
        rules = {
            phase.number: tuple(rule.model_copy(update=update) if rule.id == "C17" else rule for rule in phase.rules)
            for phase in phases
        }
        return catalogue().model_copy(
            update={"phases": tuple(phase.model_copy(update={"rules": rules[phase.number]}) for phase in phases)}
        )

    later = judged(WRONG_PARTS, rules=changed(valid_from_year=2022))
    assert reason(later, "C17") == "本条适用于 2022 年及以后的年度。"
    shadow = judged(WRONG_PARTS, rules=changed(stage="shadow"))
    assert [found["level"] for found in findings(shadow, "C17")] == ["information"]
    assert shadow.verdicts["status"].to_list() == ["accepted"]
    milder = judged(WRONG_PARTS, rules=changed(stage="warning"))
    assert milder.verdicts["status"].to_list() == ["accepted_with_warnings"]


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


def test_braces_in_a_project_name_are_only_text() -> None:
    name = "{0}{stated:wan}%s'; drop table x; --"
    judgement = judged(lambda facts: facts.projects.append(project(name, "-1.00", "1.00", row=9)))
    (found,) = findings(judgement, "C37")
    assert found["subject"] == name
    assert f"“{name}”" in found["message"]


def test_a_second_opinion_must_agree() -> None:
    violations = judged(WRONG_PARTS).violations
    agree(dict(violations), violations)
    with pytest.raises(SystemFault, match="C17: 1 against 2"):
        agree({**violations, "C17": 2}, violations)
    with pytest.raises(SystemFault, match="C17: 1 against None"):
        agree({rule: count for rule, count in violations.items() if rule != "C17"}, violations)


def test_amounts_count_once_in_sums() -> None:
    repeated = project("河道保洁经费", "800.00", "790.00", table=3, listing="key")
    judgement = judged(lambda facts: facts.projects.append(repeated))
    share = judgement.evaluation.filter(pl.col("rule_id") == "C26")["observed"].item()
    assert share == "76.67%"
    assert sum(row.budget_yuan or 0 for row in sound().projects) == 2300 * WAN
