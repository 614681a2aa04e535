"""Project identity and primary rows, on hand-made rows and on the truth of the real report."""

import json
import re
from decimal import Decimal

import polars as pl
import pytest

from transforms.facts.frames import FACT_SCHEMAS
from transforms.star.frames import Past
from transforms.star.projects import project_facts

pytestmark = pytest.mark.unit


def rows(*projects, submission=1, department="d-1", year=2021):
    """Project facts of one submission from dicts with name, listing, table, budget, spent, goal, completion."""
    schema = {
        **FACT_SCHEMAS["projects"],
        "submission_key": pl.Int64(),
        "department_id": pl.String(),
        "department_key": pl.Int64(),
        "fiscal_year": pl.Int32(),
    }
    return pl.DataFrame(
        [
            {
                "document_key": submission,
                "ordinal": ordinal,
                "listing": project.get("listing", "task"),
                "table_number": project.get("table", 1),
                "row_number": ordinal + 1,
                "name": project["name"],
                "amount_role": project.get("role", "unspecified"),
                "budget_yuan": project.get("budget"),
                "spent_yuan": project.get("spent", project.get("budget")),
                "goal": project.get("goal"),
                "completion": project.get("completion"),
                "submission_key": submission,
                "department_id": department,
                "department_key": 7,
                "fiscal_year": year,
            }
            for ordinal, project in enumerate(projects)
        ],
        schema=schema,
    )


def keys_by_name(star):
    facts = star["core.fact_project_spending"]
    return {row["reported_name"]: row["project_key"] for row in facts.iter_rows(named=True)}


def money(text):
    return Decimal(text)


def test_a_bracket_suffix_keeps_projects_apart_even_with_equal_amounts():
    star = project_facts(
        rows(
            {"name": "业务工作经费（武装）", "budget": money("25000")},
            {"name": "业务工作经费（人大）", "budget": money("25000"), "table": 2},
        ),
        Past.none(),
    )
    assert len(set(keys_by_name(star).values())) == 2


def test_equal_amounts_join_near_names_of_different_tables_only():
    names = ("公园养护经费(市政)", "公园养护经费")
    apart = rows({"name": names[0], "budget": money("100")}, {"name": names[1], "budget": money("100")})
    joined = rows({"name": names[0], "budget": money("100")}, {"name": names[1], "budget": money("100"), "table": 2})
    differing = rows({"name": names[0], "budget": money("100")}, {"name": names[1], "budget": money("90"), "table": 2})
    assert len(set(keys_by_name(project_facts(apart, Past.none())).values())) == 2
    assert len(set(keys_by_name(project_facts(joined, Past.none())).values())) == 1
    star = project_facts(differing, Past.none())
    assert len(set(keys_by_name(star).values())) == 2
    aliases = star["core.bridge_project_alias"]
    assert aliases.filter(pl.col("certainty") == "proposed").height == 1


def test_a_goal_standing_in_the_other_completion_joins_near_names():
    goal = "每月按时按标准足额发放补贴"
    star = project_facts(
        rows(
            {"name": "高龄补贴财政项目", "listing": "plan", "goal": goal + "。"},
            {"name": "高龄补贴", "table": 2, "budget": money("5"), "completion": f"已{goal}，群众满意"},
        ),
        Past.none(),
    )
    assert len(set(keys_by_name(star).values())) == 1
    assert star["core.dim_project"]["canonical_name"].to_list() == ["高龄补贴"]


def test_exactly_one_amount_row_of_a_project_is_primary():
    star = project_facts(
        rows(
            {"name": "甲项目经费", "listing": "plan"},
            {"name": "甲项目经费", "listing": "key", "table": 2, "budget": money("10")},
            {"name": "甲项目经费", "listing": "task", "table": 3, "budget": money("10")},
            {"name": "乙项目经费", "listing": "plan"},
        ),
        Past.none(),
    )
    facts = star["core.fact_project_spending"]
    assert facts.filter("is_primary").select("listing", "reported_name").rows() == [("task", "甲项目经费")]


def test_a_known_alias_keeps_its_project_through_the_years():
    first = project_facts(rows({"name": "文体活动经费", "budget": money("3")}), Past.none())
    key = first["core.dim_project"]["project_key"][0]
    past = Past(
        Past.none().versions,
        first["core.bridge_project_alias"].join(
            first["core.dim_project"].select(
                "project_key", "department_id", "canonical_name", "first_year", "last_year"
            ),
            on="project_key",
        ),
    )
    later = project_facts(rows({"name": "文体活动工作经费", "budget": money("4")}, submission=2, year=2022), past)
    assert later["core.dim_project"].select("project_key", "first_year", "last_year").rows() == [(key, 2021, 2022)]


def test_the_real_report_sums_each_project_once(shared):
    truth = json.loads((shared / "truth" / "xiaoguwei-2021.truth.json").read_text("utf-8"))
    listing = {"P": "plan", "T1": "task", "T2": "key"}
    tables = {"P1": 1, "P2": 2, "P3": 3, "T1": 4, "T2": 5}
    facts = rows(
        *(
            {
                "name": row["name"],
                "listing": listing.get(row["table"], listing.get(row["table"][0])),
                "table": tables[row["table"]],
                "budget": row["budget_yuan"] and Decimal(row["budget_yuan"]),
                "spent": row["spent_yuan"] and Decimal(row["spent_yuan"]),
                "goal": re.sub("<[^>]*>", "", row.get("goal_raw") or row.get("expected_value_raw")),
                "completion": row.get("completion_raw"),
            }
            for row in truth["project_rows"]
        )
    )
    star = project_facts(facts, Past.none())
    spending = star["core.fact_project_spending"]
    primary = spending.filter("is_primary")
    assert primary.height == 29
    assert primary["budget_yuan"].sum() == Decimal("58063000.00")
    entity = {row["name"]: row["entity_id"] for row in truth["project_rows"]}
    keys = keys_by_name(star)
    assert (
        len({(entity[name], key) for name, key in keys.items()}) == len(set(entity.values())) == len(set(keys.values()))
    )


def test_a_table_of_thousands_of_alike_rows_stays_cheap():
    star = project_facts(
        rows(*({"name": f"项目经费{number}", "budget": money("1")} for number in range(3000))), Past.none()
    )
    assert star["core.dim_project"].height == 3000
