"""Each view on hand-made rows, its figures computed by hand; no row may multiply, no project count twice."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

import pytest
from warehouse_rows import database, insert, records

from warehouse.views import parse_view, views
from warehouse.views.creation import created_views

pytestmark = pytest.mark.contract

A_2020, A_2021, B_2021, C_2021 = 11, 12, 13, 14
YUAN = Decimal


@pytest.fixture(scope="module")
def warehouse():
    """Three departments; A was a town until October 2021; A reports 2020 and 2021, B and C 2021."""
    connection = database()
    insert(
        connection,
        "core.dim_department",
        _department(1, "a", "甲镇", "镇", valid_to=date(2021, 10, 30), is_current=False),
        _department(2, "a", "甲街道", "街道", valid_from=date(2021, 10, 31)),
        _department(3, "b", "乙街道", "街道"),
        _department(4, "c", "丙街道", "街道"),
    )
    _submissions(connection)
    _budgets(connection)
    _projects(connection)
    _quality(connection)
    yield connection
    connection.close()


def _department(key, identifier, name, kind, **values):
    return {"department_key": key, "department_id": identifier, "name": f"某区{name}", "short_name": name} | {
        "kind": kind,
        **values,
    }


def _submissions(connection):
    for key, department, identifier, year in (
        (A_2020, 1, "a", 2020),
        (A_2021, 2, "a", 2021),
        (B_2021, 3, "b", 2021),
        (C_2021, 4, "c", 2021),
    ):
        row = {"submission_key": key, "department_key": department, "department_id": identifier}
        insert(connection, "core.dim_submission", row | {"fiscal_year": year})


def _budgets(connection):
    insert(
        connection,
        "core.fact_department_budget",
        _budget(A_2020, 1, 2020, "900.00", None, "450.00", "0.500000"),
        _budget(
            A_2021,
            2,
            2021,
            "1000.00",
            "1200.00",
            "1200.00",
            "1.000000",
            large_project_threshold_yuan=YUAN(300),
            large_project_count=3,
            large_project_yuan=YUAN("1100.00"),
        ),
        _budget(B_2021, 3, 2021, "20000.00", None, "14999.99", "0.750000", large_project_count=2),
        _budget(C_2021, 4, 2021, None, None, None, None),
    )
    heads = ((1, A_2021, "total", 7), (2, A_2021, "established", 3), (3, B_2021, "established", 2))
    for key, submission, kind, people in heads:
        row = {"headcount_key": key, "submission_key": submission, "headcount_kind": kind, "people": people}
        insert(connection, "core.fact_headcount", row | {"fiscal_year": 2021})


def _budget(submission, department, year, total, annual, executed, rate, **values):
    amounts = {"total_budget_yuan": total, "annual_budget_yuan": annual, "executed_yuan": executed}
    amounts["execution_rate"] = rate
    keys = {"submission_key": submission, "department_key": department, "fiscal_year": year}
    return keys | {name: None if text is None else YUAN(text) for name, text in amounts.items()} | values


def _projects(connection):
    """Project 1 stands in two tables (400 twice) and in a plan; 3 has no amount; 4 is B's."""
    for key, name in ((1, "道路养护"), (2, "助老"), (3, "培训"), (4, "绿化")):
        insert(connection, "core.dim_project", {"project_key": key, "canonical_name": name})
    numbers = count(1)
    for submission, department, project, listing, amounts, is_primary in (
        (A_2021, 2, 1, "task", ("400.00", "400.00"), True),
        (A_2021, 2, 1, "key", ("400.00", "400.00"), False),
        (A_2021, 2, 1, "plan", (None, None), False),
        (A_2021, 2, 2, "task", ("299.99", "299.99"), True),
        (A_2021, 2, 3, "plan", (None, None), False),
        (B_2021, 3, 4, "task", ("300.00", "100.00"), True),
        (B_2021, 3, 4, "plan", (None, None), False),
    ):
        budget, spent = (None if text is None else YUAN(text) for text in amounts)
        row = {"project_spending_key": next(numbers), "submission_key": submission, "project_key": project}
        row |= {"department_key": department, "fiscal_year": 2021, "listing": listing}
        row |= {"budget_yuan": budget, "spent_yuan": spent, "is_primary": is_primary}
        insert(connection, "core.fact_project_spending", row)


def _quality(connection):
    """A 2021: version 1 in force, version 2 quarantined by two findings of C15; 2020 failed C15 too."""
    for rule, level in (("C15", "blocking"), ("C24", "warning")):
        insert(connection, "quality.rule", {"rule_id": rule, "title": f"规则{rule}", "level": level})
    first, second = datetime(2022, 3, 31, 17, tzinfo=UTC), datetime(2022, 4, 20, tzinfo=UTC)
    for key, identifier, year, version, status, received in (
        (A_2020, "a", 2020, 1, "accepted", datetime(2021, 3, 1, tzinfo=UTC)),
        (A_2021, "a", 2021, 1, "accepted", first),
        (22, "a", 2021, 2, "quarantined", second),
        (B_2021, "b", 2021, 1, "accepted_with_warnings", datetime(2022, 3, 1, tzinfo=UTC)),
        (23, None, None, 1, "quarantined", second),
        (24, None, None, 1, "quarantined", second),
    ):
        row = {"submission_key": key, "department_id": identifier, "fiscal_year": year, "version": version}
        insert(connection, "quality.submission_version", row | {"status": status, "received_at": received})
    for identifier, year, condition, current in (
        ("a", 2021, "late", A_2021),
        ("b", 2021, "submitted", B_2021),
        ("c", 2021, "missing", None),
    ):
        row = {"department_id": identifier, "fiscal_year": year, "condition": condition}
        row |= {"due_on": date(2022, 3, 31), "current_submission_key": current}
        insert(connection, "quality.roster", row)
    outcomes = {
        A_2020: ("fail", "pass"),
        A_2021: ("pass", "fail"),
        22: ("fail", "pass"),
        B_2021: ("pass", "fail"),
        23: ("fail", "pass"),
        24: ("fail", "pass"),
    }
    for submission, (c15, c24) in outcomes.items():
        for rule, outcome in (("C15", c15), ("C24", c24)):
            row = {"rule_id": rule, "submission_key": submission, "outcome": outcome}
            insert(connection, "quality.evaluation", row)
    keys = count(1)
    for submission, rule, level, state in (
        (A_2021, "C24", "warning", "open"),
        (22, "C15", "blocking", "open"),
        (22, "C15", "blocking", "open"),
        (22, "C15", "blocking", "waived"),
        (B_2021, "C24", "warning", "open"),
        (B_2021, "C24", "warning", "explained"),
    ):
        row = {"finding_key": next(keys), "submission_key": submission, "rule_id": rule, "level": level}
        insert(connection, "quality.finding", row | {"state": state})


def test_submission_board_shows_the_newest_version_beside_the_one_in_force(warehouse):
    rows = records(warehouse, "FROM mart.submission_board ORDER BY department_id, fiscal_year")
    assert [row["department_id"] for row in rows] == ["a", "b", "c"]
    a, b, c = rows
    assert (a["short_name"], a["department_kind"]) == ("甲街道", "街道")
    assert (a["submission_key"], a["version"], a["status"]) == (22, 2, "quarantined")
    assert (a["current_submission_key"], a["current_version"], a["version_count"]) == (A_2021, 1, 2)
    assert (a["open_blocking_count"], a["open_warning_count"]) == (2, 0)
    assert (b["status"], b["open_warning_count"], b["days_late"]) == ("accepted_with_warnings", 1, 0)
    assert (c["condition"], c["status"], c["version_count"], c["days_late"]) == ("missing", None, 0, None)


def test_days_late_count_from_the_first_receipt_by_the_date_in_beijing(warehouse):
    row = records(warehouse, "FROM mart.submission_board WHERE department_id = 'a'")[0]
    assert row["days_late"] == 1
    assert row["first_received_at"] == datetime(2022, 3, 31, 17, tzinfo=UTC)


def test_department_execution_has_one_row_a_submission(warehouse):
    rows = records(warehouse, "FROM mart.department_execution ORDER BY submission_key")
    assert [row["submission_key"] for row in rows] == [A_2020, A_2021, B_2021, C_2021]
    assert [row["short_name"] for row in rows] == ["甲镇", "甲街道", "乙街道", "丙街道"]
    assert [row["execution_rank"] for row in rows] == [1, 1, 2, None]
    assert [row["ranked_count"] for row in rows] == [1, 2, 2, 2]
    assert [row["base_yuan"] for row in rows] == [YUAN(900), YUAN(1200), YUAN(20000), None]


def test_department_execution_compares_with_the_year_before_only(warehouse):
    rows = {row["submission_key"]: row for row in records(warehouse, "FROM mart.department_execution")}
    a = rows[A_2021]
    assert (a["prior_total_budget_yuan"], a["total_budget_change_yuan"]) == (YUAN(900), YUAN(100))
    assert a["total_budget_change_rate"] == Decimal("0.111111")
    assert (a["executed_change_yuan"], a["executed_change_rate"]) == (YUAN(750), Decimal("1.666667"))
    assert rows[A_2020]["prior_executed_yuan"] is None
    assert rows[B_2021]["executed_change_rate"] is None


def test_department_execution_per_head_uses_the_total_headcount(warehouse):
    rows = {row["submission_key"]: row for row in records(warehouse, "FROM mart.department_execution")}
    assert (rows[A_2021]["people"], rows[A_2021]["executed_per_head_yuan"]) == (7, YUAN("171.43"))
    assert (rows[B_2021]["people"], rows[B_2021]["executed_per_head_yuan"]) == (None, None)


def test_department_execution_remarks_on_all_exactly_one_hundred_per_cent(warehouse):
    rows = {row["submission_key"]: row for row in records(warehouse, "FROM mart.department_execution")}
    assert rows[A_2021]["remark"] == "所列项目的支出全部恰为预算的 100%"
    assert rows[B_2021]["remark"] is None


def test_ranking_is_called_meaningless_when_the_whole_year_is_exact():
    connection = database()
    for key in (1, 2):
        insert(connection, "core.dim_department", {"department_key": key, "department_id": str(key)})
        row = _budget(key, key, 2021, "100.00", None, "100.00", "1.000000")
        insert(connection, "core.fact_department_budget", row)
    rows = records(connection, "FROM mart.department_execution")
    assert [row["remark"] for row in rows] == ["本年度各单位的执行率全部恰为 100%，名次没有意义"] * 2
    assert [row["execution_rank"] for row in rows] == [1, 1]
    connection.execute("UPDATE core.fact_department_budget SET executed_yuan = 99.99 WHERE submission_key = 1")
    assert {row["remark"] for row in records(connection, "FROM mart.department_execution")} == {None}


def test_project_execution_has_primary_rows_only(warehouse):
    rows = records(warehouse, "FROM mart.project_execution ORDER BY submission_key, project_key")
    assert [(row["submission_key"], row["canonical_name"]) for row in rows] == [
        (A_2021, "道路养护"),
        (A_2021, "助老"),
        (B_2021, "绿化"),
    ]
    assert sum(row["budget_yuan"] for row in rows) == YUAN("999.99")
    assert [row["unspent_yuan"] for row in rows] == [YUAN(0), YUAN(0), YUAN(200)]
    assert rows[0]["short_name"] == "甲街道"


def test_coverage_counts_each_project_once(warehouse):
    rows = {row["submission_key"]: row for row in records(warehouse, "FROM mart.coverage")}
    assert rows.keys() == {A_2020, A_2021, B_2021, C_2021}
    a = rows[A_2021]
    assert (a["listed_project_count"], a["without_amount_count"], a["listed_row_count"]) == (2, 1, 5)
    assert (a["listed_budget_yuan"], a["repeated_budget_yuan"]) == (YUAN("699.99"), YUAN(400))
    assert (a["base_yuan"], a["unlisted_yuan"]) == (YUAN(1200), YUAN("500.01"))
    assert a["coverage_rate"] == Decimal("0.583325")
    assert rows[B_2021]["coverage_rate"] == Decimal("0.015000")
    assert (rows[C_2021]["listed_project_count"], rows[C_2021]["coverage_rate"]) == (0, None)


def test_large_projects_sets_claimed_against_listed(warehouse):
    rows = {row["submission_key"]: row for row in records(warehouse, "FROM mart.large_projects")}
    assert rows.keys() == {A_2021, B_2021}
    a = rows[A_2021]
    assert (a["listed_count"], a["listed_yuan"], a["listed_names"]) == (1, YUAN(400), ["道路养护"])
    assert (a["unlisted_count"], a["unlisted_yuan"]) == (2, YUAN(700))
    b = rows[B_2021]
    assert (b["listed_count"], b["unlisted_count"]) == (None, None), "no threshold, nothing to compare with"


def test_project_at_the_threshold_is_large(warehouse):
    warehouse.execute("BEGIN")
    warehouse.execute("UPDATE core.fact_department_budget SET large_project_threshold_yuan = 299.99")
    rows = {row["submission_key"]: row for row in records(warehouse, "FROM mart.large_projects")}
    warehouse.execute("ROLLBACK")
    assert rows[A_2021]["listed_names"] == ["道路养护", "助老"]


def test_quality_board_has_one_row_a_rule_and_newest_version(warehouse):
    rows = records(warehouse, "FROM mart.quality_board")
    assert len(rows) == 2 * 5
    board = {(row["rule_id"], row["submission_key"]): row for row in rows}
    assert {key for _, key in board} == {A_2020, 22, B_2021, 23, 24}
    c15 = board["C15", 22]
    assert (c15["outcome"], c15["finding_count"], c15["open_count"]) == ("fail", 3, 2)
    assert (c15["blocking_finding_count"], c15["warning_finding_count"]) == (3, 0)
    assert (c15["rule_title"], c15["short_name"]) == ("规则C15", "甲街道")
    assert board["C24", B_2021]["finding_count"] == 2
    assert board["C24", 22]["finding_count"] == 0


def test_quality_board_knows_repeat_offenders(warehouse):
    board = {(row["rule_id"], row["submission_key"]): row for row in records(warehouse, "FROM mart.quality_board")}
    assert (board["C15", 22]["earlier_failed_years"], board["C15", 22]["is_repeated"]) == (1, True)
    assert (board["C15", A_2020]["earlier_failed_years"], board["C15", A_2020]["is_repeated"]) == (0, False)
    assert board["C24", B_2021]["is_repeated"] is False
    assert board["C15", 23]["is_repeated"] is False, "unknown departments are not one department"


def test_quality_board_shows_how_often_each_rule_fires_and_is_set_aside(warehouse):
    warehouse.execute("BEGIN")
    warehouse.execute("UPDATE quality.finding SET state = 'open' WHERE rule_id = 'C15'")
    newest = records(warehouse, "FROM mart.quality_board WHERE rule_id = 'C15'")
    total = sum(row["finding_count"] for row in newest)
    on_22 = "SELECT finding_key FROM quality.finding WHERE rule_id = 'C15' AND submission_key = 22 ORDER BY 1"
    for (key,), state in zip(warehouse.execute(on_22).fetchall(), ("open", "waived", "explained"), strict=True):
        warehouse.execute("UPDATE quality.finding SET state = ? WHERE finding_key = ?", [state, key])
    rows = records(warehouse, "FROM mart.quality_board WHERE rule_id = 'C15'")
    warehouse.execute("ROLLBACK")
    failed = sum(row["outcome"] == "fail" for row in rows)
    judged = sum(row["outcome"] != "not_applicable" for row in rows)
    assert {row["rule_fire_rate"] for row in rows} == {round(Decimal(failed) / judged, 6)}
    assert {row["rule_override_rate"] for row in rows} == {round(Decimal(2) / total, 6)}
    board = {row["submission_key"]: row for row in rows}
    assert [board[22][name] for name in ("open_count", "waived_count", "explained_count")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("mart.exact_rate(14999.99, 20000.00)", "0.750000"),
        ("mart.exact_rate(-1, 3)", "-0.333333"),
        ("mart.exact_rate(-2, 3)", "-0.666667"),
        ("mart.exact_rate(0.00, 5)", "0.000000"),
        ("mart.exact_rate(1, 0)", None),
        ("mart.exact_rate(NULL, 1)", None),
        ("mart.exact_rate(9999999999999.99, 0.01)", None),
        ("mart.exact_rate(0.01, 20000.00)", "0.000001"),
        ("mart.exact_rate(9999999999.99, 0.01)", "999999999999.000000"),
        ("mart.exact_rate(-9999999999.99, -10000000000.00)", "1.000000"),
        ("mart.exact_rate(-10000000000.00, 30000000000.00)", "-0.333333"),
        ("mart.exact_mean(0.01, 2)", "0.01"),
        ("mart.exact_mean(100.00, 3)", "33.33"),
        ("mart.exact_mean(9999999999999.99, 1)", "9999999999999.99"),
    ],
)
def test_division_is_exact_and_rounds_half_away_from_zero(warehouse, expression, expected):
    value = warehouse.execute(f"SELECT {expression}").fetchone()[0]
    assert value == (None if expected is None else Decimal(expected))


def test_example_queries_run(warehouse):
    for view in views():
        warehouse.execute(view.example).fetchall()
        assert view.qualified_name in view.example


def test_views_open_in_another_database_that_attaches_the_release(tmp_path):
    source = database()
    made = list(created_views(source))
    source.execute(f"ATTACH '{tmp_path / 'release.duckdb'}' AS release")
    source.execute("COPY FROM DATABASE memory TO release")
    source.close()
    other = database(with_views=False)
    other.execute(f"ATTACH '{tmp_path / 'release.duckdb'}' AS release (READ_ONLY)")
    for view, _ in made:
        assert other.execute(f"SELECT count(*) FROM release.{view.qualified_name}").fetchone() == (0,)
    other.execute("USE release")
    assert other.execute("FROM mart.search('垃圾 分类', year := 2021)").fetchall() == []


def test_the_views_are_those_of_the_contract(shared):
    text = (shared / "design" / "warehouse.md").read_text(encoding="utf-8")
    section = re.search(r"^## Schema `mart`(.*?)^## ", text, re.M | re.S).group(1)
    section = section.split("Schema `报表`")[0]
    assert {view.name for view in views()} == set(re.findall(r"`(\w+)`", section))


@pytest.mark.parametrize("view", views(), ids=lambda view: view.qualified_name)
def test_header_names_exactly_the_tables_that_the_view_reads(view):
    assert set(re.findall(r"\b(?:core|quality|meta)\.\w+", view.sql)) == set(view.sources)


@pytest.mark.parametrize("view", views(), ids=lambda view: view.qualified_name)
def test_view_and_columns_carry_chinese_comments(warehouse, view):
    rows = warehouse.execute(
        "SELECT comment FROM duckdb_columns() WHERE schema_name = ? AND table_name = ? "
        "UNION ALL SELECT comment FROM duckdb_views() WHERE schema_name = ? AND view_name = ?",
        [view.schema, view.name] * 2,
    ).fetchall()
    assert len(rows) > 10
    assert all(re.search("[\u4e00-\u9fff]", comment or "") for (comment,) in rows)


HEADER = """-- title = "题"
-- title_en = "Title"
-- grain = "一行"
-- sources = ["core.dim_department"]
-- example = "FROM mart.v"
-- [columns]
-- twice = { title = "两倍", title_en = "Twice" }
SELECT name, 2 AS twice FROM core.dim_department
"""


def test_header_describes_or_derives_each_column():
    view = parse_view("mart", "v", HEADER)
    assert (view.column("name").title, view.column("name").source) == ("单位全称", "单位名录")
    assert (view.column("twice").title, view.column("twice").source) == ("两倍", "由视图计算")
    assert view.sql.startswith("SELECT name")
    with pytest.raises(ValueError, match=r"mart\.v: nothing describes the column other"):
        view.column("other")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('-- title = "题"\n', "", "missing or unknown"),
        ("-- title =", "-- heading =", "missing or unknown"),
        ('"题"', '"题', "not TOML"),
        (', title_en = "Twice"', "", "no title and title_en"),
        ('title_en = "Twice"', 'title_en = "Twice", units = "元"', "unknown in the header: units"),
    ],
)
def test_wrong_header_is_refused_with_the_views_name(old, new, message):
    with pytest.raises(ValueError, match=rf"mart\.v.*{message}"):
        parse_view("mart", "v", HEADER.replace(old, new, 1))
