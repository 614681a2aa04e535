"""Headline figures beside those of the year before: columns and rows for this year and the last, rates of both."""

from __future__ import annotations

from decimal import Decimal

import pytest
from report_cases import facts_of, named, table, value

pytestmark = pytest.mark.unit

ROWS = {
    "年初收支总预算": ("3,210.50", "3,005.00"),
    "全年预算数（含追加）": ("3,480.00", "3,120.40"),
    "全年支出数": ("3,306.00", "2,987.10"),
    "　其中：基本支出": ("1,206.00", "1,100.10"),
    "　　　　项目支出": ("2,100.00", "1,887.00"),
}
HEADLINE = {
    "total_budget_yuan": "32105000",
    "annual_budget_yuan": "34800000",
    "executed_yuan": "33060000",
    "basic_expenditure_yuan": "12060000",
    "project_expenditure_yuan": "21000000",
}


def compared(header: str, is_last_first: bool = False) -> str:
    """A section with a table of both years; ``header`` may name a column of changes behind them."""
    names = ["项　目", *header.split("|")]
    rows = [[name, *(amounts[::-1] if is_last_first else amounts)] for name, amounts in ROWS.items()]
    lines = [names, ["---"] * len(names), *([*row, *["+1.00"] * (len(names) - 3)] for row in rows)]
    return "三、收支情况\n\n单位：万元\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


@pytest.mark.parametrize(
    ("header", "is_last_first"),
    [
        ("本年数|上年数|增减额|增减幅度", False),
        ("本年数|上年数|增减", False),
        ("本年|上年", False),
        ("上年数|本年数|比上年增减", True),
        ("上年度|本年度", True),
        ("2022年数|2021年数|增减额", False),
        ("上年实际|本年实际|增减额", True),
    ],
)
def test_figures_of_this_year_beside_those_of_the_last(header: str, is_last_first: bool) -> None:
    facts = facts_of(compared(header, is_last_first))
    assert {name: value(facts, name) for name in HEADLINE} == HEADLINE
    assert not facts.projects
    assert all(len(named(facts, name)) == 1 for name in HEADLINE)


@pytest.mark.parametrize("names", [("本年数", "上年数"), ("上年", "本年"), ("本年度实际", "上年度实际")])
def test_figures_of_this_year_above_those_of_the_last(names: tuple[str, str]) -> None:
    amounts = {"本": "3,210.50|3,480.00|3,306.00", "上": "3,005.00|3,120.40|2,987.10"}
    rows = [f"{name}|{amounts[name[0]]}" for name in names]
    body = table("年度|年初部门预算|全年预算数|全年支出数", *rows, "增减额|205.50|359.60|318.90")
    facts = facts_of(f"三、收支情况\n\n单位：万元\n\n{body}")
    wholes = ("total_budget_yuan", "annual_budget_yuan", "executed_yuan")
    assert {name: value(facts, name) for name in wholes} == {name: HEADLINE[name] for name in wholes}
    assert not facts.projects


@pytest.mark.parametrize(
    "sentence",
    [
        "本年全年预算执行率95.00%，上年为93.12%。",
        "本年度预算执行率为95.00%，比上年提高1.88个百分点。",
        "当年支出执行率95.00%，上年为93.12%。",
    ],
)
def test_the_rate_of_this_year_beside_that_of_the_last(sentence: str) -> None:
    (rate,) = named(facts_of(f"三、收支情况\n\n{sentence}\n"), "stated_execution_rate")
    assert rate.value == Decimal("0.95")
