"""Rules that hold a report against what was published of the year before (C30, the second half of C36)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from expectation_cases import (
    AT,
    REGISTRY,
    Change,
    Reports,
    catalogue,
    findings,
    frames_of,
    last_year,
    outcomes,
    set_figure,
    sound,
)

from expectations.gate import judge
from expectations.history import History
from transforms.facts.model import Facts

pytestmark = pytest.mark.unit

NOTHING = last_year(None)


def of_year(year: int, *changes: Change) -> Facts:
    facts = sound()
    facts.documents = [facts.documents[0]._replace(fiscal_year=year, title=f"{year}年部门整体支出绩效自评报告")]
    for name in ("year:title", "year:scope", "year:budget"):
        set_figure(name, value=year)(facts)
    for change in changes:
        change(facts)
    return facts


def both_years(*changes: Change) -> dict[str, str]:
    """What C22 and C30 say of 2021, judged together with a report of 2020 that has these changes."""
    facts, star = frames_of(of_year(2020, set_figure("total_budget_yuan", value=Decimal(29000000)), *changes), sound())
    judgement = judge(facts, star, catalogue("C22", "C30"), REGISTRY, at=AT, history=History.none())
    newer = star["submissions"].filter(fiscal_year=2021).select("submission_key")
    return dict(judgement.evaluation.join(newer, on="submission_key").select("rule_id", "outcome").rows())


def outcomes_of(rule: str, reports: Reports) -> dict[str, str]:
    return {name: outcomes(judgement)[rule] for name, judgement in reports.items()}


@pytest.mark.reports(same=last_year("2900.00"), within=last_year("2900.01"), beyond=last_year("2901.00"))
def test_the_total_less_the_change_is_the_total_published_last_year(reports: Reports) -> None:
    assert outcomes_of("C30", reports) == {"same": "pass", "within": "pass", "beyond": "fail"}
    (found,) = findings(reports["beyond"], "C30")
    assert (found["level"], found["observed"], found["expected"], found["difference"]) == (
        *("warning", "2900万元", "2901万元", "-1万元"),
    )
    assert found["message"] == ("收支总预算 3000万元，较上年增加 100万元，推算上年为 2900万元；上年公布的是 2901万元。")


@pytest.mark.reports(whole=NOTHING, without_rate=[NOTHING, set_figure("prior_year_change_rate")])
def test_without_last_year_only_what_the_report_says_itself_is_compared(reports: Reports) -> None:
    assert outcomes_of("C30", reports) == {"whole": "pass", "without_rate": "not_applicable"}


@pytest.mark.reports(
    right=[NOTHING, set_figure("prior_year_change_rate", value=Decimal("0.0345"))],
    wrong=[NOTHING, set_figure("prior_year_change_rate", value=Decimal("0.0346"))],
    other_sign=[NOTHING, set_figure("prior_year_change_rate", value=Decimal("-0.0345"))],
)
def test_the_percentage_is_that_of_the_change(reports: Reports) -> None:
    assert outcomes_of("C30", reports) == {"right": "pass", "wrong": "fail", "other_sign": "fail"}


@pytest.mark.reports(
    nearer=[
        NOTHING,
        set_figure("annual_budget_yuan", value=Decimal(40000000)),
        set_figure("prior_year_change_rate", value=Decimal("0.0256")),
    ],
    neither=[
        NOTHING,
        set_figure("annual_budget_yuan", value=Decimal(40000000)),
        set_figure("prior_year_change_rate", value=Decimal("0.03")),
    ],
)
def test_the_percentage_may_be_that_of_the_adjusted_budget(reports: Reports) -> None:
    assert outcomes_of("C30", reports) == {"nearer": "pass", "neither": "fail"}


@pytest.mark.reports(
    right=set_figure("prior_year_change_yuan"),
    wrong=[set_figure("prior_year_change_yuan"), last_year("2800.00")],
)
def test_a_percentage_alone_is_held_against_last_year(reports: Reports) -> None:
    assert outcomes_of("C30", reports) == {"right": "pass", "wrong": "fail"}


def test_last_year_may_come_in_the_same_batch_but_only_if_it_is_accepted() -> None:
    assert both_years()["C30"] == "pass"
    other_total = set_figure("total_budget_yuan", value=Decimal(28000000))
    assert both_years(other_total)["C30"] == "fail"
    refused = set_figure("stated_execution_rate", value=Decimal("0.5"))
    assert both_years(other_total, refused)["C30"] == "pass"


@pytest.mark.reports(
    much_less=last_year(河道保洁经费="0.0800"),
    much_more=last_year(河道保洁经费="8000000.00"),
    not_quite=last_year(河道保洁经费="0.1600"),
    less=last_year(河道保洁经费="8.00"),
    more=last_year(河道保洁经费="80000.00"),
)
def test_an_amount_is_not_ten_thousand_times_last_years_nor_a_ten_thousandth(reports: Reports) -> None:
    fails = dict.fromkeys(("much_less", "much_more", "not_quite"), "fail")
    assert outcomes_of("C36", reports) == {**fails, "less": "pass", "more": "pass"}
    for name in fails:
        (found,) = findings(reports[name], "C36")
        assert (found["subject"], found["observed"], found["row_number"]) == ("河道保洁经费", "800万元", 1)
        assert "上年公布数" in found["message"]


@pytest.mark.reports(
    total=[set_figure("prior_year_change_yuan"), set_figure("prior_year_change_rate"), last_year("0.29")]
)
def test_so_it_is_with_the_total_budget(reports: Reports) -> None:
    (found,) = findings(reports["total"], "C36")
    assert (found["subject"], found["observed"]) == ("收支总预算", "3000万元")
