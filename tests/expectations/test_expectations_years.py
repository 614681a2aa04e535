"""Rules that hold a report against what was published of the year before (C30, the second half of C36)."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from expectation_cases import (
    AT,
    REGISTRY,
    catalogue,
    findings,
    frames_of,
    judged,
    last_year,
    outcomes,
    set_figure,
    sound,
)

from expectations.gate import judge
from expectations.history import History
from transforms.facts.model import Facts

pytestmark = pytest.mark.unit


def of_year(year: int, *changes: Callable[[Facts], object]) -> Facts:
    facts = sound()
    facts.documents = [facts.documents[0]._replace(fiscal_year=year, title=f"{year}年部门整体支出绩效自评报告")]
    for name in ("year:title", "year:scope", "year:budget"):
        set_figure(name, value=year)(facts)
    for change in changes:
        change(facts)
    return facts


def both_years(*changes: Callable[[Facts], object]) -> dict[str, str]:
    """Outcomes of 2021, judged together with a report of 2020 that has these changes."""
    facts, star = frames_of(of_year(2020, set_figure("total_budget_yuan", value=Decimal(29000000)), *changes), sound())
    judgement = judge(facts, star, catalogue(), REGISTRY, at=AT)
    newer = star["submissions"].filter(fiscal_year=2021).select("submission_key")
    return dict(judgement.evaluation.join(newer, on="submission_key").select("rule_id", "outcome").rows())


@pytest.mark.parametrize(("published", "outcome"), [("2900.00", "pass"), ("2900.01", "pass"), ("2901.00", "fail")])
def test_the_total_less_the_change_is_the_total_published_last_year(published, outcome):
    judgement = judged(history=last_year(published))
    assert outcomes(judgement)["C30"] == outcome
    for row in findings(judgement, "C30"):
        assert (row["level"], row["observed"], row["expected"], row["difference"]) == (
            *("warning", "2900万元", "2901万元", "-1万元"),
        )
        assert row["message"] == (
            "收支总预算 3000万元，较上年增加 100万元，推算上年为 2900万元；上年公布的是 2901万元。"
        )


def test_without_last_year_only_what_the_report_says_itself_is_compared():
    assert outcomes(judged(history=History.none()))["C30"] == "pass"
    alone = judged(set_figure("prior_year_change_rate"), history=History.none())
    assert outcomes(alone)["C30"] == "not_applicable"


@pytest.mark.parametrize(("rate", "outcome"), [("0.0345", "pass"), ("0.0346", "fail"), ("-0.0345", "fail")])
def test_the_percentage_is_that_of_the_change(rate, outcome):
    stated = set_figure("prior_year_change_rate", value=Decimal(rate))
    assert outcomes(judged(stated, history=History.none()))["C30"] == outcome


def test_a_percentage_alone_is_held_against_last_year():
    without_money = set_figure("prior_year_change_yuan")
    assert outcomes(judged(without_money))["C30"] == "pass"
    assert outcomes(judged(without_money, history=last_year("2800.00")))["C30"] == "fail"


def test_last_year_may_come_in_the_same_batch_but_only_if_it_is_accepted():
    assert both_years()["C30"] == "pass"
    assert both_years(set_figure("total_budget_yuan", value=Decimal(28000000)))["C30"] == "fail"
    refused = set_figure("stated_execution_rate", value=Decimal("0.5"))
    without_rate = both_years(refused)
    assert without_rate["C30"] == "pass"


@pytest.mark.parametrize(
    ("published", "outcome"),
    [("0.0800", "fail"), ("8000000.00", "fail"), ("0.1600", "fail"), ("8.00", "pass"), ("80000.00", "pass")],
)
def test_an_amount_is_not_ten_thousand_times_last_years_nor_a_ten_thousandth(published, outcome):
    judgement = judged(history=last_year(河道保洁经费=published))
    assert outcomes(judgement)["C36"] == outcome
    if outcome == "fail":
        (found,) = findings(judgement, "C36")
        assert (found["subject"], found["observed"], found["row_number"]) == ("河道保洁经费", "800万元", 1)
        assert "上年公布数" in found["message"]


def test_so_it_is_with_the_total_budget():
    judgement = judged(
        set_figure("prior_year_change_yuan"), set_figure("prior_year_change_rate"), history=last_year("0.29")
    )
    (found,) = findings(judgement, "C36")
    assert (found["subject"], found["observed"]) == ("收支总预算", "3000万元")
