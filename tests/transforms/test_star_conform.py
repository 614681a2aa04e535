"""From facts to star frames: versions, measures, organisation, texts, provenance, each by rows made by hand."""

from datetime import UTC, datetime
from decimal import Decimal

import polars as pl
import pytest
from star_cases import (
    achievement,
    conformed,
    document,
    figure,
    goal,
    office,
    project,
    receipts_of,
    registry,
    source,
    statement,
    unit,
    unrecognised,
)

from transforms.facts.frames import fact_frames
from transforms.facts.model import Facts
from transforms.star.conform import BESIDE_TABLES, SUBMISSIONS, conform_batch
from transforms.star.dimensions import conformed_dimensions, department_keys
from transforms.star.frames import Past, rounded, share
from transforms.star.roster import roster
from transforms.star.versions import (
    accepted_submissions,
    received_files,
    settled_versions,
    superseded_versions,
    without_force,
)
from warehouse.registry import table

pytestmark = pytest.mark.unit

NIGHT = datetime(2022, 5, 2, tzinfo=UTC)
NO_VERSIONS = table("quality.submission_version").empty()


def one(department="d-1", year=2021, **groups):
    return Facts(documents=[document(department, year)], **groups)


def past(*versions):
    """Past versions (department, year, version, status), keyed 100, 101, …"""
    empty = Past.none()
    rows = [(100 + number, *version, None) for number, version in enumerate(versions)]
    return Past(pl.DataFrame(rows, schema=empty.versions.schema, orient="row"), empty.aliases)


# --- the door


def test_every_frame_has_exactly_its_table_s_columns(tmp_path):
    facts = one(
        figures=[figure(0, "total_budget_yuan", "5")],
        units=[unit(0, "某中心")],
        projects=[project(0, "甲经费", "5", "4")],
        sources=[source("projects", 0, "budget_yuan")],
        unrecognised=[unrecognised(0, "奇怪的标题")],
    )
    for star in (conformed(tmp_path, facts), conformed(tmp_path)):
        for name, frame in star.items():
            if name not in BESIDE_TABLES:
                assert frame.schema == table(name).empty().schema, name


def test_a_document_without_department_or_year_is_conformed_without_a_department_key(tmp_path):
    star = conformed(tmp_path, one(None, 2021, goals=[goal(0, "目标")]), one("d-1", None, goals=[goal(0, "目标")]))
    assert star[SUBMISSIONS]["department_key"].to_list() == [None, None]
    assert star[SUBMISSIONS]["version"].to_list() == [1, 1]
    assert star["core.fact_goal"]["department_key"].to_list() == [None, None]
    assert star[SUBMISSIONS]["submission_key"].n_unique() == 2


def test_the_order_of_documents_in_a_batch_does_not_matter(tmp_path):
    documents = [
        one("d-1", 2021, goals=[goal(0, "甲")], projects=[project(0, "甲经费", "5", "4")], units=[unit(0, "某所")]),
        one("d-2", 2021, goals=[goal(0, "乙")], projects=[project(0, "乙经费", "5", "4")], units=[unit(0, "某所")]),
        one("d-1", 2021, goals=[goal(0, "丙")], projects=[project(0, "甲工作经费", "6", "4")]),
    ]
    received = receipts_of(3)
    batches = [list(enumerate(documents, 1)), list(enumerate(documents, 1))[::-1]]
    stars = [conform_batch(fact_frames(batch), received, registry(tmp_path), Past.none()) for batch in batches]
    for name, frame in stars[0].items():
        assert sorted(map(repr, frame.rows())) == sorted(map(repr, stars[1][name].rows())), name


# --- versions


def test_versions_count_on_from_what_earlier_releases_know(tmp_path):
    known = past(("d-1", 2021, 1, "superseded"), ("d-1", 2021, 2, "accepted"), ("d-1", 2021, 3, "quarantined"))
    star = conformed(tmp_path, one(), one("d-2"), one(), past=known)
    rows = star[SUBMISSIONS].select("department_id", "version", "supersedes_key", "conflict").rows()
    assert sorted(rows) == [("d-1", 4, 101, None), ("d-1", 5, 101, None), ("d-2", 1, None, None)]


def test_two_reports_of_one_intake_conflict_and_name_both(tmp_path):
    figures = [[figure(0, "total_budget_yuan", amount)] for amount in ("5", "6")]
    star = conformed(tmp_path, one(figures=figures[0]), one(figures=figures[1]), one("d-2"), intake="one")
    conflicts = dict(star[SUBMISSIONS].select("file_name", "conflict").rows())
    assert conflicts["3.md"] is None
    assert conflicts["1.md"] == conflicts["2.md"]
    assert "“1.md”" in conflicts["1.md"]
    assert "“2.md”" in conflicts["1.md"]


def test_a_renamed_department_has_the_key_valid_at_the_end_of_the_year(tmp_path):
    star = conformed(tmp_path, one(year=2020), one(year=2021), one(year=2022))
    keys = dict(star[SUBMISSIONS].select("fiscal_year", "department_key").rows())
    versions = conformed_dimensions(registry(tmp_path), [2020], (6, 30))["core.dim_department"]
    names = dict(versions.select("department_key", "short_name").rows())
    assert [names[keys[year]] for year in (2020, 2021, 2022)] == ["青云镇", "青云街道", "青云街道"]
    assert set(versions.filter("is_current")["short_name"]) == {"青云街道", "白石镇"}
    assert department_keys(registry(tmp_path), []).is_empty()


def verdicts(submissions, *statuses):
    frame = submissions.sort("received_at").select("submission_key")
    counts = {f"{level}_count": pl.lit(0, dtype=pl.Int32) for level in ("blocking", "warning", "information")}
    return frame.with_columns(status=pl.Series(statuses), reason=pl.lit("为什么"), **counts)


@pytest.mark.parametrize(
    ("statuses", "settled", "lost"),
    [
        (("accepted", "accepted"), ["superseded", "accepted"], 1),
        (("accepted", "quarantined"), ["accepted", "quarantined"], 1),
        (("quarantined", "accepted_with_warnings"), ["quarantined", "accepted_with_warnings"], 1),
        (("quarantined", "quarantined"), ["quarantined", "quarantined"], 0),
    ],
)
def test_the_last_sound_version_of_a_night_comes_into_force(tmp_path, statuses, settled, lost):
    known = past(("d-1", 2021, 1, "accepted"))
    submissions = conformed(tmp_path, one(), one(), past=known)[SUBMISSIONS]
    judged = verdicts(submissions, *statuses)
    now = settled_versions(submissions, judged, pl.lit(NIGHT), NO_VERSIONS).sort("version")
    assert now["status"].to_list() == settled
    assert now["version"].to_list() == [2, 3]
    before = now.clear().vstack(
        now.head(1).with_columns(
            submission_key=pl.lit(100, pl.Int64), version=pl.lit(1, pl.Int32), status=pl.lit("accepted")
        )
    )
    gone = superseded_versions(now, before)
    assert gone["submission_key"].to_list() == [100] * lost
    assert set(gone["status"]) <= {"superseded"}
    published = accepted_submissions(now, submissions, "c1", "r1")
    assert published.height == lost
    assert published["department_key"].null_count() == 0


@pytest.mark.parametrize(
    ("before", "verdict", "after"),
    [
        ("accepted", "quarantined", "accepted_with_warnings"),
        ("accepted_with_warnings", "accepted", "accepted"),
        ("quarantined", "accepted", "accepted"),
        ("quarantined", "quarantined", "quarantined"),
    ],
)
def test_what_is_in_force_stays_so_when_judged_again_whatever_is_found(tmp_path, before, verdict, after):
    submissions = conformed(tmp_path, one())[SUBMISSIONS]
    first = settled_versions(submissions, verdicts(submissions, before), pl.lit(NIGHT), NO_VERSIONS)
    again = settled_versions(submissions, verdicts(submissions, verdict), pl.lit(NIGHT), first)
    assert again["status"].to_list() == [after]
    is_held = before != "quarantined" and verdict == "quarantined"
    assert again["reason"].str.starts_with("重新评判").to_list() == [is_held]
    assert superseded_versions(again, first).is_empty()
    assert without_force(again, first).is_empty()


def test_what_was_in_force_and_is_judged_again_beside_a_better_version_loses_its_force(tmp_path):
    both = conformed(tmp_path, one(), one())[SUBMISSIONS]
    before = settled_versions(both.head(1), verdicts(both.head(1), "accepted"), pl.lit(NIGHT), NO_VERSIONS)
    now = settled_versions(both, verdicts(both, "accepted", "accepted"), pl.lit(NIGHT), before)
    assert now.sort("version")["status"].to_list() == ["superseded", "accepted"]
    assert superseded_versions(now, before).is_empty()
    assert without_force(now, before)["submission_key"].to_list() == before["submission_key"].to_list()


def test_the_reason_of_a_verdict_is_kept(tmp_path):
    submissions = conformed(tmp_path, one())[SUBMISSIONS]
    now = settled_versions(submissions, verdicts(submissions, "quarantined"), pl.lit(NIGHT), NO_VERSIONS)
    assert now["reason"].to_list() == ["为什么"]
    assert now["supersedes_key"].to_list() == [None]


def test_files_received_keep_their_outcome_or_become_unreadable(tmp_path):
    submissions = conformed(tmp_path, one())[SUBMISSIONS]
    receipts = receipts_of(4).with_columns(
        receipt_key=pl.col("document_key"), outcome=pl.Series(["taken", "taken", "duplicate", "taken"])
    )
    unreadable = pl.DataFrame({"document_key": [2, 3], "message": ["读不出", "不该用"]})
    repeated = pl.DataFrame({"document_key": [4], "submission_key": [7], "reason": ["内容相同"]})
    rows = received_files(receipts, submissions, unreadable, repeated).sort("document_key")
    assert rows["outcome"].to_list() == ["taken", "unreadable", "duplicate", "taken"]
    assert rows["reason"].to_list() == [None, "读不出", None, "内容相同"]
    assert rows["submission_key"].to_list() == [submissions["submission_key"].item(), None, None, 7]


# --- measures


def test_headline_figures_take_the_primary_mention_and_the_rate_rests_on_the_annual_budget(tmp_path):
    facts = one(
        figures=[
            figure(0, "total_budget_yuan", "1000"),
            figure(1, "total_budget_yuan", "999", primary=False),
            figure(2, "annual_budget_yuan", "800"),
            figure(3, "executed_yuan", "600.125"),
            figure(4, "stated_execution_rate", "0.75"),
            figure(5, "grade", "0", "优"),
            figure(6, "year:title", "2021"),
        ]
    )
    (row,) = conformed(tmp_path, facts)["core.fact_department_budget"].rows(named=True)
    assert row["total_budget_yuan"] == Decimal(1000)
    assert row["executed_yuan"] == Decimal("600.13")
    assert row["execution_rate"] == Decimal("0.750163")
    assert row["grade"] == "优"
    assert row["monitored_yuan"] is None


def test_a_report_without_figures_still_has_its_row(tmp_path):
    (row,) = conformed(tmp_path, one())["core.fact_department_budget"].rows(named=True)
    assert row["total_budget_yuan"] is None
    assert row["execution_rate"] is None


def test_headcounts_are_a_row_a_kind(tmp_path):
    facts = one(figures=[figure(0, "headcount:total", "30"), figure(1, "headcount:established", "20")])
    rows = conformed(tmp_path, facts)["core.fact_headcount"]
    assert sorted(rows.select("headcount_kind", "people").rows()) == [("established", 20), ("total", 30)]
    assert rows["headcount_key"].n_unique() == 2


def test_rounding_is_half_away_from_zero_and_a_share_of_nothing_is_null():
    values = pl.DataFrame({"a": [Decimal("0.005"), Decimal("-0.005"), None], "b": [Decimal(0), Decimal(3), Decimal(1)]})
    assert values.select(rounded("a", 2)).to_series().to_list() == [Decimal("0.01"), Decimal("-0.01"), None]
    assert values.select(share("a", "b")).to_series().to_list() == [None, Decimal("-0.001667"), None]


def test_shares_stay_exact_at_the_size_of_a_district_budget():
    big = pl.DataFrame({"a": [Decimal("99999999999999.99")], "b": [Decimal("99999999999999.98")]})
    assert big.select(share("a", "b")).item() == Decimal("1.000000")


# --- organisation, texts


def test_units_and_offices_are_one_dimension_row_however_often_they_are_listed(tmp_path):
    star = conformed(
        tmp_path,
        one(year=2020, units=[unit(0, "某中心"), unit(1, "青云所", "本级")], offices=[office(0, "综合办公室")]),
        one(
            year=2021,
            units=[unit(0, "某中心"), unit(1, "某中心"), unit(2, "某 中心")],
            offices=[office(0, "综合办公室", "人大办公室")],
        ),
    )
    assert sorted(star["core.dim_budget_unit"].select("name", "role").rows()) == [
        ("某 中心", "下属"),
        ("青云所", "本级"),
    ]
    listed = star["core.fact_budget_unit"]
    assert sorted(listed.select("fiscal_year", "position").rows()) == [(2020, 1), (2020, 2), (2021, 1)]
    assert star["core.dim_internal_office"].select("name", "also_named").rows() == [("综合办公室", ["人大办公室"])]
    assert star["core.fact_internal_office"].height == 2


def test_equal_names_of_two_departments_are_two_units(tmp_path):
    star = conformed(tmp_path, one("d-1", units=[unit(0, "某中心")]), one("d-2", units=[unit(0, "某中心")]))
    assert star["core.dim_budget_unit"].height == 2


def test_texts_and_measured_statements_are_taken_over(tmp_path):
    facts = one(
        goals=[goal(0, "甲"), goal(1, "乙")],
        problems=[statement(0, "问题一")],
        measures=[statement(0, "措施一", 1)],
        achievements=[achievement(0, "核酸检测", "64", "640000"), achievement(1, "核酸检测", "64", "640000")],
    )
    star = conformed(tmp_path, facts)
    assert star["core.fact_goal"].select("position", "goal").rows() == [(1, "甲"), (2, "乙")]
    assert star["core.fact_measure"]["answers_problem"].to_list() == [[1]]
    assert star["core.fact_problem"].height == 1
    rows = star["core.fact_achievement"].select("value", "unit", "normalized_value", "qualifier").rows()
    assert rows == [(Decimal(64), "万人次", Decimal(640000), "约")] * 2
    assert star["core.fact_achievement"]["achievement_key"].n_unique() == 2


def test_what_no_lexicon_explains_is_kept_for_review(tmp_path):
    rows = conformed(tmp_path, one(unrecognised=[unrecognised(0, "奇怪"), unrecognised(1, "奇怪")]))
    assert rows["quality.unrecognised"]["unrecognised_key"].n_unique() == 2


# --- provenance


def test_every_source_points_to_the_row_it_feeds(tmp_path):
    facts = one(
        figures=[
            figure(0, "total_budget_yuan", "5"),
            figure(1, "headcount:total", "30"),
            figure(2, "total_budget_yuan", "6", primary=False),
            figure(3, "year:title", "2021"),
            figure(4, "subordinate_unit_count", "1"),
        ],
        units=[unit(0, "某中心")],
        offices=[office(0, "综合办公室")],
        projects=[project(0, "甲经费", "5", "4")],
        goals=[goal(0, "甲")],
        achievements=[achievement(0, "检测", "64", "640000")],
        problems=[statement(0, "问题一")],
        measures=[statement(0, "措施一")],
        sources=[
            source("figures", 0, "value", "5"),
            source("figures", 1, "value", "30"),
            source("figures", 2, "value", "6"),
            source("figures", 3, "value", "2021"),
            source("figures", 4, "value", "1"),
            source("units", 0, "name"),
            source("offices", 0, "name"),
            source("projects", 0, "budget_yuan"),
            source("goals", 0, "goal"),
            source("achievements", 0, "value"),
            source("problems", 0, "title"),
            source("measures", 0, "title"),
        ],
    )
    star = conformed(tmp_path, facts)
    traced = star["core.provenance"]
    columns = traced.select("table_name", "column_name")
    assert sorted(columns.rows()) == [
        ("fact_achievement", "value"),
        ("fact_budget_unit", "name"),
        ("fact_department_budget", "total_budget_yuan"),
        ("fact_goal", "goal"),
        ("fact_headcount", "people"),
        ("fact_internal_office", "name"),
        ("fact_measure", "title"),
        ("fact_problem", "title"),
        ("fact_project_spending", "budget_yuan"),
    ]
    for name, key in traced.select("table_name", "row_key").rows():
        definition = table(f"core.{name}")
        assert star[f"core.{name}"][definition.primary_key[0]].to_list() == [key], name


def test_texts_carry_the_first_of_their_places(tmp_path):
    facts = one(
        goals=[goal(0, "甲"), goal(1, "乙")],
        problems=[statement(0, "问题一")],
        sources=[
            source("goals", 0, "goal", line=9),
            source("goals", 0, "goal", line=4),
            source("goals", 1, "aspect", line=2),
            source("problems", 0, "title", line=12),
        ],
    )
    star = conformed(tmp_path, facts)
    assert star["core.fact_goal"].select("words_document_key", "words_page", "words_line").rows() == [
        (1, None, 4),
        (1, None, None),
    ]
    assert star["core.fact_problem"].select("words_document_key", "words_page", "words_line").rows() == [(1, None, 12)]


def test_one_achievement_stands_for_its_sentence_that_of_the_least_key(tmp_path):
    stated = [achievement(ordinal, "检测", "64", "640000") for ordinal in range(2)]
    stated.append(achievement(2, "检测", "64", "640000")._replace(section="另一节"))
    achievements = conformed(tmp_path, one(achievements=stated))["core.fact_achievement"]
    first, second, _ = achievements["achievement_key"]
    assert achievements["has_own_sentence"].to_list() == [first < second, second < first, True]


def test_of_equal_goals_at_the_same_place_of_a_table_that_of_the_least_key_counts(tmp_path):
    repeated = [project(ordinal, "甲经费")._replace(row_number=1, goal="修路") for ordinal in range(4)]
    spending = conformed(tmp_path, one(projects=repeated))["core.fact_project_spending"]
    keys = spending["project_spending_key"]
    assert spending["has_own_goal"].to_list() == [key == keys.min() for key in keys]
    assert not spending["has_own_completion"].any()


def test_goals_and_completions_of_projects_are_own_where_no_row_before_has_them(tmp_path):
    """The second row has an amount and the later place, so its words count, not those of the first."""
    words = {"goal": "修路", "completion": "已修"}
    facts = one(
        projects=[
            project(0, "甲经费")._replace(**words),
            project(1, "甲经费", "5", "4")._replace(**words),
            project(2, "甲经费")._replace(goal="另修", completion=""),
            project(3, "乙经费")._replace(goal="修路"),
        ],
        sources=[source("projects", 1, "goal", line=21), source("projects", 1, "completion", line=22)],
    )
    spending = conformed(tmp_path, facts)["core.fact_project_spending"]
    assert spending["has_own_goal"].to_list() == [False, True, True, True]
    assert spending["has_own_completion"].to_list() == [False, True, False, False]
    places = spending.select(
        "words_document_key", "goal_page", "goal_line", "completion_page", "completion_line"
    ).rows()
    assert places[:2] == [(1, None, None, None, None), (1, None, 21, None, 22)]


# --- the roster


def versions_of(*rows):
    empty = table("quality.submission_version").empty()
    columns = ("submission_key", "department_id", "fiscal_year", "version", "status", "received_at")
    return pl.concat([empty, pl.DataFrame(rows, schema=columns, orient="row")], how="diagonal_relaxed").select(
        empty.columns
    )


def test_the_roster_knows_in_time_late_missing_and_stuck(tmp_path):
    dimensions = conformed_dimensions(registry(tmp_path), [2021, 2022], (6, 30))
    last_minute = datetime(2022, 6, 30, 15, 59, tzinfo=UTC)
    too_late = datetime(2023, 6, 30, 16, 1, tzinfo=UTC)
    rows = roster(
        dimensions["core.dim_department"],
        dimensions["core.dim_fiscal_year"],
        versions_of(
            (1, "d-1", 2021, 1, "superseded", last_minute),
            (2, "d-1", 2021, 2, "accepted", too_late),
            (3, "d-1", 2021, 3, "quarantined", too_late),
            (4, "d-1", 2022, 1, "quarantined", too_late),
            (5, "d-2", 2022, 1, "judged", last_minute),
            (6, None, None, 1, "quarantined", last_minute),
        ),
    )
    found = {
        row[:2]: row[2:]
        for row in rows.select("department_id", "fiscal_year", "condition", "current_submission_key").rows()
    }
    assert found == {
        ("d-1", 2021): ("submitted", 2),
        ("d-2", 2021): ("missing", None),
        ("d-1", 2022): ("late", None),
        ("d-2", 2022): ("stuck", None),
    }
