"""Project identity and primary rows, on hand-made rows and on the truth of the real report."""

import json
import re
from decimal import Decimal
from itertools import permutations

import polars as pl
import pytest

from transforms.facts.frames import FACT_SCHEMAS
from transforms.star.components import components
from transforms.star.frames import Past
from transforms.star.projects import KEPT_ALIASES, project_facts
from warehouse.decisions.standing import IDENTITIES

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


# --- what people decide


def decisions(*pairs, department="d-1"):
    """Pairs of names that are one (True) or two (False)."""
    return pl.DataFrame([(department, *pair) for pair in pairs], schema=IDENTITIES, orient="row")


def past_of(star, identities):
    """What a release of these frames knows, with decisions made since."""
    projects = star["core.dim_project"].select(
        "project_key", "department_id", "canonical_name", "first_year", "last_year"
    )
    empty = Past.none()
    aliases = star["core.bridge_project_alias"].join(projects, on="project_key").select(empty.aliases.columns)
    return Past(empty.versions, aliases, identities)


def aliases(star, table="core.bridge_project_alias"):
    return set(star[table].select("project_key", "alias", "certainty").rows())


NEAR = {"name": "老旧小区加装电梯补助", "budget": money("3")}, {"name": "老旧小区加装电梯补贴", "budget": money("4")}
TWO_TABLES = NEAR[0], {**NEAR[1], "table": 2, "listing": "key"}
EVIDENT = NEAR[0], {**NEAR[1], "budget": money("3"), "table": 2, "listing": "key"}
ONE, OTHER = (each["name"] for each in NEAR)


def test_names_decided_to_be_one_project_share_its_key():
    proposed = project_facts(rows(*TWO_TABLES), Past.none())
    assert len(set(keys_by_name(proposed).values())) == 2
    assert "proposed" in {certainty for _, _, certainty in aliases(proposed)}
    past = past_of(proposed, decisions((ONE, OTHER, True)))
    decided = project_facts(rows(*TWO_TABLES), past)
    (key,) = set(keys_by_name(decided).values())
    assert key in keys_by_name(proposed).values()
    assert {certainty for _, _, certainty in aliases(decided)} == {"certain", "decided"}
    assert decided["core.fact_project_spending"]["is_primary"].to_list() == [True, False]
    assert not aliases(decided, KEPT_ALIASES) - aliases(decided)
    again = project_facts(rows(*TWO_TABLES), past_of(decided, past.identities))
    assert aliases(again) == aliases(decided)


def test_a_decision_counts_where_only_one_of_the_names_appears():
    first = project_facts(rows(NEAR[0]), Past.none())
    past = past_of(first, decisions((OTHER, ONE, True)))
    later = project_facts(rows(NEAR[1], submission=2, year=2022), past)
    assert set(keys_by_name(later).values()) == set(keys_by_name(first).values())
    assert aliases(later) == {(keys_by_name(first)[ONE], OTHER, "decided")}
    assert aliases(later, KEPT_ALIASES) == {(keys_by_name(first)[ONE], ONE, "certain")}


def test_without_the_decision_each_has_its_own_key_again():
    proposed = project_facts(rows(*TWO_TABLES), Past.none())
    decided = project_facts(rows(*TWO_TABLES), past_of(proposed, decisions((ONE, OTHER, True))))
    revoked = project_facts(rows(*TWO_TABLES), past_of(decided, decisions()))
    assert keys_by_name(revoked) == keys_by_name(proposed)
    assert aliases(revoked) == aliases(proposed)
    assert {certainty for _, _, certainty in aliases(revoked, KEPT_ALIASES)} == {"certain"}


def test_names_decided_to_be_two_projects_are_neither_joined_by_evidence_nor_proposed():
    joined = project_facts(rows(*EVIDENT), Past.none())
    assert len(set(keys_by_name(joined).values())) == 1
    for past in (past_of(joined, decisions((ONE, OTHER, False))), Past.none()):
        apart = project_facts(rows(*EVIDENT), Past(past.versions, past.aliases, decisions((OTHER, ONE, False))))
        assert len(set(keys_by_name(apart).values())) == 2
        assert {certainty for _, _, certainty in aliases(apart)} == {"certain"}
        assert not aliases(apart, KEPT_ALIASES) - aliases(apart)
    settled = project_facts(rows(*TWO_TABLES), Past(past.versions, past.aliases, decisions((ONE, OTHER, False))))
    assert {certainty for _, _, certainty in aliases(settled)} == {"certain"}


def test_a_proposal_seen_earlier_is_kept_until_it_is_decided():
    proposed = project_facts(rows(*TWO_TABLES), Past.none())
    (proposal,) = {each for each in aliases(proposed) if each[2] == "proposed"}
    bearer = next(name for name, key in keys_by_name(proposed).items() if key == proposal[0])
    alone = rows({"name": bearer, "budget": money("5")}, submission=2, year=2022)
    assert proposal in aliases(project_facts(alone, past_of(proposed, decisions())), KEPT_ALIASES)
    settled = past_of(proposed, decisions((ONE, OTHER, False)))
    assert proposal not in aliases(project_facts(alone, settled), KEPT_ALIASES)


def test_names_of_one_stem_can_be_kept_apart():
    short, full = {"name": "文体活动经费", "budget": money("3")}, {"name": "文体活动工作经费", "budget": money("4")}
    listed = rows(short, {**full, "table": 2})
    assert len(set(keys_by_name(project_facts(listed, Past.none())).values())) == 1
    apart = Past(Past.none().versions, Past.none().aliases, decisions((short["name"], full["name"], False)))
    assert len(set(keys_by_name(project_facts(listed, apart)).values())) == 2


def test_a_decision_of_another_department_changes_nothing():
    elsewhere = Past(Past.none().versions, Past.none().aliases, decisions((ONE, OTHER, True), department="d-2"))
    assert aliases(project_facts(rows(*TWO_TABLES), elsewhere)) == aliases(
        project_facts(rows(*TWO_TABLES), Past.none())
    )


@pytest.mark.parametrize("order", list(permutations(("ab", "bc", "cd"))))
def test_names_kept_apart_never_meet_through_others(order):
    found = components([("d", *pair) for pair in order], [("d", "a", "d")])
    root = {name: found.get(("d", name), name) for name in "abcd"}
    assert root["a"] != root["d"]
    assert len(set(root.values())) == 2
