"""Total rows of tables: of their own rows, of all tables of a listing, or of the tables right above (C44)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from expectation_cases import Change, Reports, findings, outcomes, project

from transforms.facts.model import Facts, TableFactRow, TotalRow

pytestmark = pytest.mark.unit

WAN = Decimal(10000)


def two_more_tables(*totals: tuple[int, str, str, str]) -> Change:
    """Tables 3 (key, 150.00) and 4 (task, 90.00) below table 2 (task, 2300.00 and 2280.00), with total rows: number of
    the table, label, budget and spending in 万元."""

    def change(facts: Facts) -> None:
        facts.tables += [
            TableFactRow(0, 3, "key", True, "万元", [], [], None, 2, 110),
            TableFactRow(0, 4, "task", True, "万元", [], [], None, 2, 120),
        ]
        facts.projects += [
            project("桥梁加固工程", "100.00", "100.00", table=3, row=1, listing="key"),
            project("老旧管网改造工程", "50.00", "50.00", table=3, row=2, listing="key"),
            project("便民市场经费", "60.00", "60.00", table=4, row=1),
            project("普法宣传经费", "30.00", "30.00", table=4, row=2),
        ]
        facts.totals += [
            TotalRow(0, number, label, Decimal(budget) * WAN, Decimal(spent) * WAN, 130)
            for number, label, budget, spent in totals
        ]

    return change


@pytest.mark.reports(
    own=two_more_tables((4, "合计", "90.00", "90.00")),
    listing=two_more_tables((4, "合计", "2390.00", "2370.00")),
    right_above=two_more_tables((4, "合计", "240.00", "240.00")),
    all_above=two_more_tables((3, "小计", "150.00", "150.00"), (4, "合计", "2540.00", "2520.00")),
    wrong=two_more_tables((4, "合计", "245.00", "240.00")),
    of_tables_below=two_more_tables((3, "合计", "240.00", "240.00")),
)
def test_what_a_total_row_may_sum_up(reports: Reports) -> None:
    said = {name: outcomes(judgement)["C44"] for name, judgement in reports.items()}
    assert said == {
        "own": "pass",
        "listing": "pass",
        "right_above": "pass",
        "all_above": "pass",
        "wrong": "fail",
        "of_tables_below": "fail",
    }
    (found,) = findings(reports["wrong"], "C44")
    assert (found["subject"], found["observed"], found["expected"]) == ("预算金额合计", "900000元", "2450000元")
