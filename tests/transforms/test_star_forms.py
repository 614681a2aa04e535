"""Forms in the star schema: keys, projects shared with tables, primary rows, provenance, dimensions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest

from tests.transforms.form_cases import MERGED, REGISTRY, facts_of, project_form, read_form
from tests.transforms.sheet_makers import workbook
from tests.transforms.star_cases import conformed, registry
from tests.transforms.test_forms_reading import OVERALL
from transforms.documents.reader import read_document
from transforms.facts.extract import extract
from transforms.star.dimensions import conformed_dimensions
from warehouse.registry import table

pytestmark = pytest.mark.unit

TASKS = [
    ["青云街道2022年项目完成情况"],
    ["单位：万元"],
    ["项目名称", "全年预算数", "支出数"],
    ["道路养护经费", 120, 108],
]


def test_a_form_its_funds_and_indicators(tmp_path) -> None:
    star = conformed(tmp_path, read_form(project_form(), MERGED))
    form = star["core.fact_form"].row(0, named=True)
    assert (form["kind"], form["position"], form["fiscal_year"]) == ("project_form", 1, 2022)
    assert (form["total_score"], form["execution_weight"]) == (Decimal("97.33"), 10)
    funding, indicators = star["core.fact_form_funding"], star["core.fact_indicator"]
    assert set(funding["form_key"]) == set(indicators["form_key"]) == {form["form_key"]}
    assert funding["execution_rate"].to_list()[:2] == [Decimal("0.9"), Decimal("0.9")]
    assert funding["execution_rate"][3] is None
    assert set(indicators["project_key"]) == {form["project_key"]} == set(star["core.dim_project"]["project_key"])
    assert indicators["indicator_key"].n_unique() == 5


def test_of_indicators_in_one_cell_that_of_the_least_key_counts(tmp_path) -> None:
    """The score of the second indicator stands in the cell of the first one's, as a whole text it would be its own."""
    facts = read_form(project_form(), MERGED)
    first = next(each for each in facts.sources if each[:3] == ("indicators", 0, "score"))
    others = [each for each in facts.sources if each[:3] != ("indicators", 1, "score")]
    shared = replace(facts, sources=[*others, first._replace(row_ordinal=1)])
    indicators = conformed(tmp_path, shared)["core.fact_indicator"]
    first, second = indicators["indicator_key"][:2]
    assert indicators["has_own_score"].to_list() == [first < second, second < first, True, True, True]
    assert indicators["has_own_weight"].all()
    whole = [each._replace(column_number=None) if each.group == "indicators" else each for each in shared.sources]
    assert conformed(tmp_path, replace(facts, sources=whole))["core.fact_indicator"]["has_own_score"].all()


def test_the_columns_are_those_of_the_contract(tmp_path) -> None:
    star = conformed(tmp_path, read_form(project_form()))
    for name in ("core.fact_form", "core.fact_form_funding", "core.fact_indicator"):
        assert star[name].schema == table(name).polars_schema, name


def test_a_form_and_a_table_speak_of_one_project_and_one_row_of_it_is_primary(tmp_path) -> None:
    star = conformed(tmp_path, facts_of(workbook(TASKS, project_form())))
    spending = star["core.fact_project_spending"]
    assert spending["listing"].to_list() == ["task", "form"]
    assert spending["project_key"].n_unique() == 1
    assert spending["is_primary"].to_list() == [True, False]
    assert set(star["core.fact_form"]["project_key"]) == set(spending["project_key"])
    alone = conformed(tmp_path, read_form(project_form()))["core.fact_project_spending"]
    assert alone["is_primary"].to_list() == [True]


def test_forms_of_near_names_and_equal_amounts_stay_projects_of_their_own(tmp_path) -> None:
    forms = workbook(
        project_form("业务工作经费（武装）"), project_form("业务工作经费（残联）"), project_form("业务经费（残联）")
    )
    star = conformed(tmp_path, facts_of(forms))
    assert star["core.fact_form"]["project_key"].n_unique() == 3
    assert star["core.fact_project_spending"]["is_primary"].all()


def test_every_value_of_a_form_can_be_traced(tmp_path) -> None:
    star = conformed(tmp_path, read_form(project_form(), MERGED))
    provenance = star["core.provenance"]
    for name, key in (
        ("fact_form", "form_key"),
        ("fact_form_funding", "form_funding_key"),
        ("fact_indicator", "indicator_key"),
    ):
        traced = provenance.filter(pl.col("table_name") == name)
        assert set(traced["row_key"]) == set(star[f"core.{name}"][key]), name
        assert set(traced["column_name"]) <= set(star[f"core.{name}"].columns), name
        assert traced["line"].null_count() == traced["page"].null_count() == 0


def test_an_overall_form_feeds_the_budget_of_its_department(tmp_path) -> None:
    star = conformed(tmp_path, read_form(OVERALL))
    budget = star["core.fact_department_budget"].row(0, named=True)
    assert budget["annual_budget_yuan"] == Decimal("52005000.00")
    assert budget["executed_yuan"] == Decimal("51002500.00")
    assert budget["execution_rate"] == Decimal("0.980723")
    assert (budget["self_score"], budget["grade"], budget["total_budget_yuan"]) == (Decimal("98.81"), "优", None)
    assert star["core.fact_form"]["project_key"].to_list() == [None]
    traced = star["core.provenance"].filter(pl.col("table_name") == "fact_department_budget")
    assert "annual_budget_yuan" in set(traced["column_name"])


def test_kinds_of_indicators_are_a_dimension(tmp_path) -> None:
    star = conformed_dimensions(registry(tmp_path), [2022], (3, 31))
    kinds = star["core.dim_indicator_kind"]
    assert {"quantity", "cost", "service_satisfaction"} <= set(kinds["indicator_kind"])
    read = conformed(tmp_path, read_form(project_form()))["core.fact_indicator"]
    assert set(read["indicator_kind"]) <= set(kinds["indicator_kind"])


def test_what_the_report_says_goes_before_the_form(tmp_path) -> None:
    report = (
        "青云街道办事处2022年度部门整体支出绩效自评报告\n\n一、部门概况\n\n（一）部门整体收支情况\n\n"
        "2022年收支总预算6,000.00万元，全年预算数5,300.00万元，支出执行数5,150.00万元，执行率97.17%。\n"
    )
    said = extract(read_document(report.encode(), "report.txt"), REGISTRY)
    assert {"executed_yuan"} <= {row.name for row in said.figures}
    (row,) = conformed(tmp_path, read_form(OVERALL), said, intake="one")["core.fact_department_budget"].rows(named=True)
    assert row["executed_yuan"] == 51_500_000
    assert row["basic_expenditure_yuan"] == 29_900_000
