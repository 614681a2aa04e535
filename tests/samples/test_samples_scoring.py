"""Scoring: a truth against itself is perfect; each kind of difference costs what it should and is told."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from samples import Scores, make_sample, score
from samples.defects import named

pytestmark = pytest.mark.unit


@pytest.fixture
def truth() -> dict[str, Any]:
    return make_sample(3, 2022, defects=named("C02~")).truth


@pytest.fixture
def read(truth: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(truth)


def test_a_truth_agrees_with_itself(truth: dict[str, Any]) -> None:
    result = score(truth, truth)
    assert not result.misses
    assert all(tally.expected == tally.read == tally.right for tally in result.tallies.values())
    assert all(tally.precision == tally.recall == tally.exactness == 1 for tally in result.tallies.values())


def test_order_widths_blanks_and_formats_are_no_difference(truth: dict[str, Any], read: dict[str, Any]) -> None:
    facts = read["facts"]
    facts["fact_goal"].reverse()
    for row in facts["fact_project_spending"]:
        row["goal"] = row["goal"] and row["goal"].replace("，", ", ")
        row["budget_yuan"] = row["budget_yuan"] and f"{row['budget_yuan']}00"
    assert not score(truth, read).misses


def test_a_wrong_amount_costs_that_amount_only(truth: dict[str, Any], read: dict[str, Any]) -> None:
    row = next(row for row in read["facts"]["fact_project_spending"] if row["budget_yuan"])
    row["budget_yuan"] = "1.00"
    result = score(truth, read)
    assert {miss.group for miss in result.misses} == {"project:budget_yuan"}
    tally = result.tallies["project:budget_yuan"]
    assert tally.expected - tally.right == 1
    assert tally.read - tally.right == 1
    assert result.tallies["projects"].exact == 1


def test_missed_and_false_rows_are_told(truth: dict[str, Any], read: dict[str, Any]) -> None:
    gone = read["facts"]["dim_budget_unit"].pop()
    read["facts"]["fact_problem"].append({"title": "无中生有", "detail": None})
    result = score(truth, read)
    assert {(miss.group, miss.kind) for miss in result.misses} == {
        ("units", "missed"), ("problems", "false"), ("problems:whole", "false"),
    }  # fmt: skip
    assert any(gone["name"] in miss.text for miss in result.misses)


def test_achievements_go_by_line_value_and_unit(truth: dict[str, Any], read: dict[str, Any]) -> None:
    rows = read["facts"]["fact_achievement"]
    rows[0]["line"] = rows[0]["lines"][1] + 1
    result = score(truth, read)
    assert [miss.kind for miss in result.misses] == ["false", "missed"]
    assert {miss.group for miss in result.misses} == {"achievements"}
    for row in rows:
        row.pop("line")
    assert not score(truth, read).misses


def test_optional_achievements_may_be_read_or_not(truth: dict[str, Any], read: dict[str, Any]) -> None:
    row = truth["facts"]["fact_achievement"][0]
    row["is_optional"] = True
    assert not score(truth, read).misses
    read["facts"]["fact_achievement"].pop(0)
    assert not score(truth, read).misses


def test_findings_are_judged_where_the_truth_speaks(truth: dict[str, Any], read: dict[str, Any]) -> None:
    read["findings"] = [{"rule": "C99"}]
    assert not score(truth, read).misses
    read["findings"] = [{"rule": "C26"}]
    assert [miss.group for miss in score(truth, read).misses] == ["findings"]
    truth["findings"] = [{"rule": "C26", "is_optional": True}]
    assert not score(truth, read).misses


def test_an_unreadable_file_is_scored_by_outcome_alone() -> None:
    truth = make_sample(3, 2022, defects=named("empty")).truth
    read = {"outcome": "unreadable", "department_id": None, "fiscal_year": None, "findings": [], "facts": {}}
    assert set(score(truth, read).tallies) == {"outcome"}


def test_scores_add_up_over_files(truth: dict[str, Any], read: dict[str, Any]) -> None:
    read["facts"]["fact_headcount"].pop()
    scores = Scores()
    scores.add(truth, truth)
    scores.add(truth, read)
    count = len(truth["facts"]["fact_headcount"])
    (row,) = [row for row in scores.table() if row[0] == "headcounts"]
    assert row[:4] == ("headcounts", 2 * count, 2 * count - 1, 2 * count - 1)
    assert row[6] == 0.5
    assert any(one["group"] == "headcounts" and one["exactness"] == "50.00%" for one in scores.rows())
    assert len(scores.misses()) == 1
    assert "漏读" in scores.misses()[0]
