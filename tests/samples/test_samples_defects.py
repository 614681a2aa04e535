"""Each named defect changes what it says and nothing else; near misses change nothing that a rule judges."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from samples import DEFECTS, Sample, make_sample
from samples import departments as places
from samples.content.report import RULES
from samples.defects import DEMO, UnknownDefectError, chosen, named
from samples.truth import BLOCKING, INFORMATION
from samples.write import samples

pytestmark = pytest.mark.contract

Facts = dict[str, list[dict[str, Any]]]
FILE_DEFECTS = {"empty", "binary", "wrong_encoding", "no_department", "no_year", "no_table", "two_reports"}


def sample(name: str, index: int = 2, year: int = 2022) -> Sample:
    return make_sample(index, year, defects=named(name))


def text_of(one: Sample) -> str:
    return one.content.decode(one.truth["encoding"])


def budget(facts: Facts) -> dict[str, Any]:
    return facts["fact_department_budget"][0]


def yuan(facts: Facts, column: str) -> Decimal:
    return Decimal(budget(facts)[column])


def paid(facts: Facts) -> dict[str, Decimal]:
    rows = facts["fact_project_spending"]
    return {row["reported_name"]: Decimal(row["budget_yuan"]) for row in rows if row["budget_yuan"] is not None}


def coverage(facts: Facts) -> Decimal:
    return sum(paid(facts).values(), Decimal(0)) / yuan(facts, "annual_budget_yuan")


def people(facts: Facts) -> dict[str, int]:
    return {row["headcount_kind"]: row["people"] for row in facts["fact_headcount"]}


def rate_gap(facts: Facts) -> Decimal:
    rate = yuan(facts, "executed_yuan") / yuan(facts, "annual_budget_yuan")
    return abs(rate - Decimal(budget(facts)["stated_execution_rate"]))


def large_gap(facts: Facts) -> Decimal:
    threshold = yuan(facts, "large_project_threshold_yuan")
    return yuan(facts, "large_project_yuan") - sum(one for one in paid(facts).values() if one >= threshold)


def full(facts: Facts) -> list[bool]:
    rows = [row for row in facts["fact_project_spending"] if row["budget_yuan"] is not None]
    return [row["budget_yuan"] == row["spent_yuan"] for row in rows]


def unpaid(facts: Facts) -> set[str]:
    planned = {row["reported_name"] for row in facts["fact_project_spending"] if row["listing"] == "plan"}
    return {name for name in planned if name.replace("(", "（").replace(")", "）") not in paid(facts)}


def doubled(facts: Facts) -> int:
    return sum(row["budget_yuan"] is not None for row in facts["fact_project_spending"]) - len(paid(facts))


SEEN: dict[str, Callable[[Facts], bool]] = {
    "C15": lambda facts: budget(facts)["stated_unit_count"] != len(facts["dim_budget_unit"]),
    "C15~": lambda facts: budget(facts)["stated_unit_count"] == len(facts["dim_budget_unit"]),
    "C16": lambda facts: budget(facts)["stated_office_count"] != len(facts["dim_internal_office"]),
    "C16~": lambda facts: len(facts["dim_internal_office"][0]["also_named"]) == 2,
    "C17": lambda facts: people(facts)["administrative"] + people(facts)["institution"] != people(facts)["established"],
    "C17~": lambda facts: people(facts)["approved_posts"] > people(facts)["established"],
    "C18": lambda facts: people(facts)["established"] + people(facts)["non_established"] != people(facts)["total"],
    "C18~": lambda facts: people(facts)["retired"] > 0,
    "C21": lambda facts: len(facts["fact_measure"]) < len(facts["fact_problem"]),
    "C21~": lambda facts: len(facts["fact_measure"]) > len(facts["fact_problem"]),
    "C22": lambda facts: rate_gap(facts) > Decimal("0.02"),
    "C22~": lambda facts: rate_gap(facts) <= Decimal("0.005"),
    "C24": lambda facts: all(full(facts)),
    "C24~": lambda facts: full(facts).count(False) == 1,
    "C26": lambda facts: coverage(facts) < Decimal("0.6"),
    "C26~": lambda facts: Decimal("0.6") < coverage(facts) < Decimal("0.63"),
    "C27": lambda facts: coverage(facts) > 1,
    "C27~": lambda facts: Decimal("0.97") < coverage(facts) < 1,
    "C28": lambda facts: large_gap(facts) > 0,
    "C28~": lambda facts: yuan(facts, "large_project_threshold_yuan") in paid(facts).values() and large_gap(facts) == 0,
    "C29": lambda facts: yuan(facts, "large_project_yuan") > yuan(facts, "monitored_yuan"),
    "C29-mean": lambda facts: (
        yuan(facts, "large_project_yuan") / budget(facts)["large_project_count"]
        < yuan(facts, "large_project_threshold_yuan")
    ),
    "C29~": lambda facts: (
        yuan(facts, "large_project_yuan") / budget(facts)["large_project_count"]
        >= yuan(facts, "large_project_threshold_yuan")
    ),
    "C31": lambda facts: len(unpaid(facts)) == 1,
    "C31~": lambda facts: sum(name.startswith("基层治理经费（") for name in paid(facts)) == 2,
    "C32-project": lambda facts: doubled(facts) == 2,
    "C33": lambda facts: doubled(facts) == 2,
    "C33~": lambda facts: doubled(facts) == 0 and {row["listing"] for row in facts["fact_project_spending"]} >= {"key"},
    "C34": lambda facts: len(unpaid(facts)) == 1,
    "C34~": lambda facts: (
        not unpaid(facts) and any("(一期)" in row["reported_name"] for row in facts["fact_project_spending"])
    ),
    "C37": lambda facts: any((row["spent_yuan"] or "").startswith("-") for row in facts["fact_project_spending"]),
    "C37-empty": lambda facts: any(row["spent_text"] == "" for row in facts["fact_project_spending"]),
    "C37-text": lambda facts: any(row["spent_text"] == "详见附件" for row in facts["fact_project_spending"]),
}


def test_every_rule_has_a_defect_and_a_near_miss() -> None:
    for rule in RULES:
        assert DEFECTS[rule].fires
        assert not DEFECTS[f"{rule}~"].fires
    assert set(DEFECTS) >= FILE_DEFECTS
    assert all(defect.title for defect in DEFECTS.values())


@pytest.mark.parametrize("name", [name for name, defect in DEFECTS.items() if defect.rule and not defect.deform])
def test_exactly_the_intended_rule_is_expected(name: str) -> None:
    defect = DEFECTS[name]
    for index in range(4):
        truth = sample(name, index).truth
        sure = [finding["rule"] for finding in truth["findings"] if not finding["is_optional"]]
        assert sure == ([defect.rule] if defect.fires else [])
        accepted = "accepted_with_warnings" if set(sure) - INFORMATION else "accepted"
        assert truth["outcome"] == ("quarantined" if set(sure) & BLOCKING else accepted)
        assert truth["defects"] == [name]


@pytest.mark.parametrize("name", [name for name, defect in DEFECTS.items() if defect.deform])
def test_a_defect_of_forms_stands_in_the_forms_beside_a_sound_report(name: str) -> None:
    defect = DEFECTS[name]
    report, forms = samples(places.departments(1, (2022,), 3), (2022,), 3, [defect], media=("md",))
    assert (report.truth["defects"], report.truth["findings"]) == ([], [])
    assert forms.truth["defects"] == [name]
    is_alone = defect.fires and not defect.is_joint
    assert [finding["rule"] for finding in forms.truth["findings"]] == ([defect.rule] if is_alone else [])
    assert forms.truth.get("outcome_together") == ("quarantined" if defect.is_joint and defect.fires else None)


@pytest.mark.parametrize("name", sorted(SEEN))
def test_the_facts_show_the_defect(name: str) -> None:
    for index in range(4):
        assert SEEN[name](sample(name, index).truth["facts"]), index


@pytest.mark.parametrize("name", ["C02", "C07", "C15", "C17", "C18", "C20", "C22", "C29", "C32", "C34", "C35", "C37"])
def test_findings_have_their_line(name: str) -> None:
    for index in range(4):
        (finding,) = sample(name, index).truth["findings"]
        assert finding["line"] > 0


def test_a_sound_base_shows_none_of_the_defects() -> None:
    facts = sample("C02~").truth["facts"]
    wrong = {name for name in SEEN if not name.endswith("~") and SEEN[name](facts)}
    assert not wrong


def test_unknown_department_is_in_no_registry_and_named_throughout() -> None:
    one = sample("C01")
    assert one.truth["department_id"] is None
    assert "缥缈" in text_of(one)
    assert make_sample(2, 2022).truth["facts"]["dim_budget_unit"][0]["name"] not in text_of(one)


def test_units_of_money_are_missing_twice_or_two() -> None:
    assert all(row["budget_yuan"] is None for row in sample("C14").truth["facts"]["fact_project_spending"])
    assert any(row["budget_yuan"] for row in sample("C14~").truth["facts"]["fact_project_spending"])


def test_text_amount_differs_from_its_cell() -> None:
    rows = sample("C35").truth["facts"]["fact_project_spending"]
    (row,) = [row for row in rows if "全年共支出" in (row["completion"] or "")]
    _, _, said = row["completion"].partition("全年共支出")
    assert not said.startswith(f"{row['spent_text']}{row['reported_unit']}")


def test_spoiled_files_are_no_text() -> None:
    assert sample("empty").content == b""
    broken = sample("wrong_encoding").content
    for encoding in ("utf-8", "gb18030"):
        with pytest.raises(UnicodeDecodeError):
            broken.decode(encoding)
    assert b"\0" in sample("binary").content
    for name in ("empty", "binary", "wrong_encoding"):
        truth = sample(name).truth
        assert (truth["outcome"], truth["facts"], truth["department_id"]) == ("unreadable", {}, None)


def test_a_file_without_department_year_or_table_has_none() -> None:
    anonymous = sample("no_department")
    place = make_sample(2, 2022).truth["facts"]["dim_budget_unit"][0]["name"]
    assert place not in text_of(anonymous)
    assert anonymous.truth["department_id"] is None
    undated = sample("no_year")
    assert undated.truth["fiscal_year"] is None
    assert not any(f"{year}年" in text_of(undated).replace(" ", "") for year in (2021, 2022, 2023))
    assert not sample("no_table").truth["facts"]["fact_project_spending"]


def test_names_choose_defects() -> None:
    assert [[one.name for one in group] for group in chosen("C17,C20+C34")] == [["C17"], ["C20", "C34"]]
    assert len(chosen("demo")) == len(DEMO)
    assert chosen(None) == []
    assert chosen([DEFECTS["C17"]]) == [(DEFECTS["C17"],)]
    with pytest.raises(UnknownDefectError, match="C99"):
        chosen("C99")


def test_several_defects_stand_in_one_report() -> None:
    truth = make_sample(1, 2021, defects=named("C17+C26")).truth
    assert [finding["rule"] for finding in truth["findings"]] == ["C17", "C26"]
    assert SEEN["C17"](truth["facts"])
    assert SEEN["C26"](truth["facts"])
