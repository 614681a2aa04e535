"""Samples are the same each time, sound by default, varied, invented, and marked so."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from samples import Sample, make_sample
from samples.content.report import Shape, make_report
from samples.departments import department, departments, registry_csv
from samples.draws import stream
from samples.model import HEADCOUNTS
from samples.phrases import FOLDER, wording
from samples.style import draw_style
from samples.write import DEFAULT_SEED, samples

pytestmark = pytest.mark.unit

SOUND = Shape(overlap=0, alias=0, omission=0)
ENCODINGS = {"utf-8", "utf-8-sig", "utf-16", "gb18030"}


def text_of(sample: Sample) -> str:
    return sample.content.decode(sample.truth["encoding"]).replace("\r\n", "\n")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def amount(row: dict[str, Any], column: str) -> Decimal | None:
    return None if row[column] is None else Decimal(row[column])


@pytest.fixture(scope="module")
def sound() -> list[Sample]:
    return [make_sample(index, 2022, shape=SOUND) for index in range(120)]


@pytest.fixture(scope="module")
def any_shape() -> list[Sample]:
    return [make_sample(index, 2022) for index in range(200)]


def budget_of(sample: Sample) -> dict[str, Any]:
    (row,) = sample.truth["facts"]["fact_department_budget"]
    return row


def distinct_budgets(sample: Sample) -> dict[str, Decimal]:
    rows = sample.truth["facts"]["fact_project_spending"]
    return {row["reported_name"]: Decimal(row["budget_yuan"]) for row in rows if row["budget_yuan"] is not None}


def test_the_same_seed_gives_the_same_bytes_and_truth() -> None:
    first, again = make_sample(7, 2023), make_sample(7, 2023)
    assert (first.file_name, first.content, first.truth) == (again.file_name, again.content, again.truth)
    assert make_sample(7, 2023, seed=5).content != first.content


def test_sound_samples_expect_no_finding(sound: list[Sample]) -> None:
    assert {(sample.truth["outcome"], len(sample.truth["findings"])) for sample in sound} == {("accepted", 0)}


def test_people_add_up(sound: list[Sample]) -> None:
    for sample in sound:
        people = {row["headcount_kind"]: row["people"] for row in sample.truth["facts"]["fact_headcount"]}
        assert set(people) <= set(HEADCOUNTS)
        assert people["administrative"] + people["institution"] == people["established"]
        assert people["established"] + people["non_established"] == people["total"]


def test_stated_counts_are_the_listed_ones(sound: list[Sample]) -> None:
    for sample in sound:
        facts, budget = sample.truth["facts"], budget_of(sample)
        assert budget["stated_unit_count"] == len(facts["dim_budget_unit"])
        assert budget["stated_office_count"] == len(facts["dim_internal_office"])


def test_every_problem_has_a_measure(sound: list[Sample]) -> None:
    for sample in sound:
        facts = sample.truth["facts"]
        assert {row["category"] for row in facts["fact_problem"]} <= {row["category"] for row in facts["fact_measure"]}


def test_stated_rate_is_executed_over_budget(sound: list[Sample]) -> None:
    for sample in sound:
        budget = budget_of(sample)
        reference = amount(budget, "annual_budget_yuan") or Decimal(budget["total_budget_yuan"])
        rate = Decimal(budget["executed_yuan"]) / reference
        assert abs(rate - Decimal(budget["stated_execution_rate"])) <= Decimal("0.005")
        assert rate < 1


def test_listed_projects_cover_the_budget_and_stay_within_it(sound: list[Sample]) -> None:
    for sample in sound:
        budget, listed = budget_of(sample), sum(distinct_budgets(sample).values())
        reference = amount(budget, "annual_budget_yuan") or Decimal(budget["total_budget_yuan"])
        assert Decimal("0.62") * reference <= listed <= reference


def test_large_projects_are_claimed_as_listed(sound: list[Sample]) -> None:
    for sample in sound:
        budget = budget_of(sample)
        if budget["large_project_count"] is None:
            continue
        threshold = Decimal(budget["large_project_threshold_yuan"])
        large = [one for one in distinct_budgets(sample).values() if one >= threshold]
        assert (budget["large_project_count"], Decimal(budget["large_project_yuan"])) == (len(large), sum(large))
        assert sum(large) <= Decimal(budget["monitored_yuan"])


def test_project_rows_are_sound(sound: list[Sample]) -> None:
    for sample in sound:
        rows = sample.truth["facts"]["fact_project_spending"]
        paid = [row for row in rows if row["budget_yuan"] is not None]
        assert any(row["budget_yuan"] != row["spent_yuan"] for row in paid)
        assert all(0 < Decimal(row["spent_yuan"]) <= Decimal(row["budget_yuan"]) for row in paid)
        assert max(Counter(row["reported_name"] for row in paid).values()) == 1
        assert {row["reported_name"] for row in rows} == {row["reported_name"] for row in paid}
        assert len(set(distinct_budgets(sample).values())) == len(paid)


def test_headline_roles_have_values_of_their_own(sound: list[Sample]) -> None:
    names = ("total_budget_yuan", "annual_budget_yuan", "executed_yuan", "monitored_yuan")
    for sample in sound:
        values = [value for name in names if (value := budget_of(sample)[name]) is not None]
        assert len(set(values)) == len(values)


def test_totals_chain_through_the_years() -> None:
    for index in range(12):
        reports = [make_report(department(index, 3), year, 3) for year in range(2019, 2025)]
        for before, after in pairwise(reports):
            assert after.finance.prior == before.finance.total
            assert after.finance.change in (None, after.finance.total - before.finance.total)


def test_overlap_alias_and_omission_are_told(any_shape: list[Sample]) -> None:
    flagged = {finding["rule"] for sample in any_shape for finding in sample.truth["findings"]}
    assert flagged == {"C06", "C31", "C33"}
    for sample in any_shape:
        paid = [row for row in sample.truth["facts"]["fact_project_spending"] if row["budget_yuan"] is not None]
        doubled = len({row["budget_yuan"] for row in paid}) < len(paid)
        assert doubled == any(finding["rule"] == "C33" for finding in sample.truth["findings"])


def lines_to_find(sample: Sample) -> Iterator[tuple[int, str]]:
    facts = sample.truth["facts"]
    columns = {
        "dim_budget_unit": "name",
        "dim_internal_office": "name",
        "fact_project_spending": "reported_name",
        "fact_problem": "title",
        "fact_measure": "title",
        "fact_goal": "goal",
    }
    for table, column in columns.items():
        for row in facts[table]:
            yield row["line"], row[column][:2]


def test_lines_of_the_truth_are_those_of_the_text(any_shape: list[Sample]) -> None:
    for sample in any_shape:
        lines = [squeezed(line) for line in text_of(sample).split("\n")]
        for line, beginning in lines_to_find(sample):
            assert squeezed(beginning)[0] in lines[line - 1], (sample.file_name, line, beginning)


def test_achievements_stand_within_their_sentence(any_shape: list[Sample]) -> None:
    for sample in any_shape:
        lines = text_of(sample).split("\n")
        for row in sample.truth["facts"]["fact_achievement"]:
            first, last = row["lines"]
            assert first <= row["line"] <= last
            passage = squeezed("".join(lines[first - 1 : last]))
            assert squeezed(row["unit"]).removeprefix("万") in passage or "零发生" in passage or "百分之" in passage


def test_everything_says_that_it_is_synthetic(any_shape: list[Sample]) -> None:
    for sample in any_shape:
        assert "模拟数据" in squeezed(text_of(sample))
        assert "模拟" in sample.file_name
        assert "虚构" in sample.truth["note"]


def test_every_encoding_decodes_back(any_shape: list[Sample]) -> None:
    assert {sample.truth["encoding"] for sample in any_shape} == ENCODINGS
    assert all("绩效" in text_of(sample) for sample in any_shape)
    assert {b"\r\n" in sample.content for sample in any_shape if sample.truth["encoding"] == "utf-8"} == {True, False}


def test_styles_vary_widely() -> None:
    styles = [draw_style(stream(DEFAULT_SEED, index, "style")) for index in range(200)]
    assert len({style.fingerprint() for style in styles}) >= 195
    assert {style.paging for style in styles} == {"none", "silent", "number", "header", "formfeed"}
    assert {style.task.syntax for style in styles} == {"tab", "pipe", "open"}
    assert {place for style in styles for place in style.task.unit_places} == {"caption", "header", "section", "cell"}
    assert {style.structure for style in styles} == set(range(len(wording("sections")["structure"])))
    assert any(style.key.is_transposed for style in styles)
    assert any(style.task.is_two_line for style in styles)


def test_sizes_are_as_meant(any_shape: list[Sample]) -> None:
    lengths = [len(text_of(sample)) for sample in any_shape]
    rows = [len(distinct_budgets(sample)) for sample in any_shape]
    assert min(lengths) > 2000
    assert 8000 < max(lengths) < 25_000
    assert min(rows) >= 6
    assert 26 < max(rows) <= 60


def test_marks_never_reach_the_text(any_shape: list[Sample]) -> None:
    assert not any(ord(character) > 0xF0000 for sample in any_shape for character in text_of(sample))
    assert not any("{" in text_of(sample) or "None" in text_of(sample) for sample in any_shape)


def test_one_department_changes_its_kind_in_the_middle() -> None:
    listed = departments(9, (2021, 2022, 2023), DEFAULT_SEED)
    (changed,) = [one for one in listed if len(one.versions) > 1]
    assert [version.kind for version in changed.versions] == ["镇", "街道"]
    assert changed.version_of(2021).name != changed.version_of(2022).name
    assert all(len(one.versions) == 1 for one in departments(9, (2021,), DEFAULT_SEED))
    assert registry_csv(listed).count(f"\n{changed.department_id},") == 2


def test_names_stay_apart_for_tens_of_thousands() -> None:
    listed = departments(40_000, (2023,), 1)
    for of in (lambda version: version.short_name, lambda version: version.division_code):
        assert len({of(one.versions[0]) for one in listed}) == 40_000
    pools = wording("names")
    characters = pools["first"] + pools["second"] + pools["third"]
    assert len(set(characters)) == len(characters)


def test_no_real_place_or_sentence(shared: Path, any_shape: list[Sample]) -> None:
    registry = (shared / "registry" / "panyu.csv").read_text("utf-8").splitlines()[1:]
    real = {part for row in registry for part in (row.split(",")[1], row.split(",")[2])}
    report = "".join((shared / "reports" / "xiaoguwei-2021.md").read_text("utf-8").split())
    for sample in any_shape:
        text = text_of(sample)
        assert not any(name in text for name in real)
        assert not re.search("广州|番禺|小谷围", text)
    clauses = {
        clause
        for path in FOLDER.glob("*.toml")
        for clause in re.split(r"[，。；：、\"{}<>]", path.read_text("utf-8"))
        if len(clause) >= 15
    }
    assert not {clause for clause in clauses if clause in report}


def test_many_samples_in_one_go_are_those_made_alone() -> None:
    listed = departments(3, (2021,), 9)
    assert [sample.content for sample in samples(listed, (2021,), 9)] == [
        make_sample(index, 2021, 9).content for index in range(3)
    ]


def test_every_structure_has_each_section_once() -> None:
    needed = {
        "overview",
        "tasks",
        "finance",
        "monitoring",
        "goals",
        "conclusion",
        "achievements",
        "problems",
        "measures",
    }
    needed |= {"task_table", "key_table"}
    for structure in wording("sections")["structure"]:
        keys = [key for parent, children in structure["tree"] for key in (parent, *children)]
        keys += ["goals", "monitoring"] if "management" in keys else []
        assert needed <= set(keys)
        assert len(set(keys)) == len(keys)
