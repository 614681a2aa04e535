"""The one real report from the inbox to the published file, by the nightly job, against its truth, by SQL."""

import json
from decimal import Decimal

import duckdb
import pytest
from homes import FIRST_NIGHT, ask, made_once, new_home

from orchestration.jobs import run_nightly
from warehouse.home import Home
from warehouse.registry import TABLES

pytestmark = pytest.mark.pipeline

TABLE_NUMBERS = {"P1": 1, "P2": 2, "P3": 3, "T1": 4, "T2": 5}
LISTINGS = {"P": "plan", "T1": "task", "T2": "key"}
HEADLINE = {
    "H11": "total_budget_yuan",
    "H12": "prior_year_change_yuan",
    "H13": "monitored_yuan",
    "H15": "large_project_yuan",
    "H16": "annual_budget_yuan",
    "H17": "executed_yuan",
    "H01": "stated_unit_count",
    "H03": "stated_office_count",
    "H14": "large_project_count",
}
HEADCOUNTS = {
    "H04": "total",
    "H05": "established",
    "H06": "administrative",
    "H07": "institution",
    "H08": "non_established",
}
TEN_THOUSAND = Decimal(10_000)


@pytest.fixture(scope="module")
def truth(shared):
    return json.loads((shared / "truth/xiaoguwei-2021.truth.json").read_text("utf-8"), parse_float=Decimal)


@pytest.fixture(scope="module")
def home(shared, common):
    def make(folder):
        result = run_nightly(new_home(folder, None), shared / "reports", FIRST_NIGHT)
        assert result.success, f"{result.message}\n{result.detail}"

    return Home(made_once(common, "real-report", make))


def lines_of(place):
    """The first and last line of a place of the truth."""
    first, _, last = str(place).partition("-")
    return int(first), int(last or first)


def plain(text):
    return "".join(str(text).split()).strip("。；;")


def test_the_report_is_published_with_warnings(home):
    rows = ask(home, "SELECT department_id, fiscal_year, version, status, blocking_count FROM core.dim_submission")
    assert rows == [("panyu-xiaoguwei", 2021, 1, "accepted_with_warnings", 0)]
    ((name, title),) = ask(home, "SELECT file_name, title FROM core.dim_document")
    assert name == "xiaoguwei-2021.md"
    assert plain(title).startswith("广州市番禺区人民政府小谷围街道办事处2021年")


def test_all_project_rows_are_exact_in_name_amounts_text_unit_and_place(home, truth):
    expected = {
        (
            TABLE_NUMBERS[row["table"]],
            row["seq"],
            LISTINGS.get(row["table"]) or LISTINGS[row["table"][0]],
            row["name"],
            Decimal(row["budget_yuan"]) if row["budget_yuan"] else None,
            Decimal(row["spent_yuan"]) if row["spent_yuan"] else None,
            row["budget_text"],
            row["spent_text"],
            row["unit"],
            row["line"],
        )
        for row in truth["project_rows"]
    }
    rows = ask(
        home,
        """
        SELECT s.table_number, s.row_number, listing, reported_name, budget_yuan, spent_yuan, budget_text, spent_text,
               reported_unit, p.line
        FROM core.fact_project_spending AS s
        JOIN core.provenance AS p
          ON p.table_name = 'fact_project_spending' AND p.row_key = s.project_spending_key
         AND p.column_name = 'reported_name'
        """,
    )
    assert len(rows) == 42
    assert set(rows) == expected


def test_amounts_stand_at_their_own_cells(home, truth):
    expected = {
        (TABLE_NUMBERS[row["table"]], row["seq"], column, row["line"], row[f"{column}_text"])
        for row in truth["project_rows"]
        for column in ("budget", "spent")
        if row["budget_text"]
    }
    rows = ask(
        home,
        "SELECT table_number, row_number, replace(column_name, '_yuan', ''), line, trim(raw_text) FROM core.provenance"
        " WHERE table_name = 'fact_project_spending' AND column_name IN ('budget_yuan', 'spent_yuan')",
    )
    assert set(rows) == expected
    assert len(rows) == 60


def test_headline_figures(home, truth):
    facts = {fact["id"]: fact for fact in truth["headline_facts"]}
    columns = [*HEADLINE.values(), "stated_execution_rate", "execution_rate", "large_project_threshold_yuan"]
    (row,) = ask(home, f"SELECT {', '.join(columns)} FROM core.fact_department_budget")
    stated = dict(zip(columns, row, strict=True))
    for fact_id, column in HEADLINE.items():
        factor = TEN_THOUSAND if facts[fact_id]["unit"] == "万元" else 1
        assert stated[column] == facts[fact_id]["value"] * factor, column
    assert stated["stated_execution_rate"] == facts["H18"]["value"] / 100 == stated["execution_rate"]
    assert stated["large_project_threshold_yuan"] == 500 * TEN_THOUSAND
    absent = "basic_expenditure_yuan, project_expenditure_yuan, self_score, grade"
    assert ask(home, f"SELECT {absent} FROM core.fact_department_budget") == [(None,) * 4]


def test_headcounts(home, truth):
    facts = {fact["id"]: fact["value"] for fact in truth["headline_facts"]}
    expected = {(kind, facts[fact_id]) for fact_id, kind in HEADCOUNTS.items()}
    rows = ask(home, "SELECT headcount_kind, people FROM core.fact_headcount")
    assert len(rows) == 5
    assert set(rows) == expected


def test_units_and_offices_with_their_second_names(home, truth):
    roles = {"本级": "本级", "下属预算单位": "下属"}
    units = ask(
        home,
        "SELECT position, name, role FROM core.fact_budget_unit JOIN core.dim_budget_unit USING (budget_unit_key)"
        " ORDER BY position",
    )
    assert [row[1:] for row in units] == [(unit["name"], roles[unit["role"]]) for unit in truth["units"]]
    offices = ask(
        home,
        "SELECT position, name, also_named FROM core.fact_internal_office"
        " JOIN core.dim_internal_office USING (internal_office_key) ORDER BY position",
    )
    assert offices == [(each["seq"], each["name"], each["also_named"]) for each in truth["internal_offices"]]


def test_goals_problems_and_measures(home, truth):
    goals = ask(home, "SELECT position, aspect, goal FROM core.fact_goal ORDER BY position")
    assert [(number, aspect, plain(goal)) for number, aspect, goal in goals] == [
        (each["seq"], each["aspect"], plain(each["text"])) for each in truth["goals_by_aspect"]
    ]
    for table, key in (("fact_problem", "problems"), ("fact_measure", "measures")):
        rows = ask(home, f"SELECT position, title, coalesce(detail, '') FROM core.{table} ORDER BY position")
        assert [(number, plain(title), plain(detail)) for number, title, detail in rows] == [
            (each["seq"], plain(each["title"]), plain(each["detail"])) for each in truth[key]
        ]


def test_achievements_by_line_value_and_unit_and_none_false(home, truth):
    expected = [(lines_of(each["line"]), Decimal(each["value"]), each["unit"]) for each in truth["achievements"]]
    rows = ask(
        home,
        """
        SELECT p.line, a.value, a.unit FROM core.fact_achievement AS a
        JOIN core.provenance AS p
          ON p.table_name = 'fact_achievement' AND p.row_key = a.achievement_key AND p.column_name = 'value'
        """,
    )
    left = list(expected)
    for line, value, unit in rows:
        same = [row for row in left if row[0][0] <= line <= row[0][1] and row[1:] == (value, unit)]
        assert same, f"no achievement of the report: {(line, value, unit)}"
        left.remove(same[0])
    assert len(left) <= 2


def test_the_raw_text_of_an_achievement_holds_its_figure(home):
    rows = ask(
        home,
        "SELECT a.value, p.raw_text FROM core.fact_achievement AS a JOIN core.provenance AS p"
        " ON p.row_key = a.achievement_key AND p.column_name = 'value'",
    )
    for value, raw in rows:
        digits = f"{value.normalize():f}"
        assert digits in raw or "〇一二三四五六七八九"[int(value) % 10] in raw or (value == 0 and "零" in raw), raw


def test_qualifiers_stay_beside_the_figures(home, truth):
    def counted(rows):
        return sorted((Decimal(value), unit, qualifier) for value, unit, qualifier in rows)

    expected = [(each["value"], each["unit"], each.get("qualifier")) for each in truth["achievements"]]
    rows = ask(home, "SELECT value, unit, qualifier FROM core.fact_achievement WHERE qualifier IS NOT NULL")
    assert counted(rows) == counted(row for row in expected if row[2])


def test_projects_are_told_apart_and_joined_as_the_truth_says(home, truth):
    entity = {}
    for each in truth["project_entities"]:
        for appearance in each["appearances"]:
            entity[appearance["name"]] = each["entity_id"]
    rows = ask(home, "SELECT DISTINCT reported_name, project_key FROM core.fact_project_spending")
    assert {name for name, _ in rows} == set(entity)
    keys = {}
    for name, key in rows:
        assert keys.setdefault(entity[name], key) == key, name
    assert len(set(keys.values())) == len(keys) == 34
    certain = ask(home, "SELECT alias, project_key FROM core.bridge_project_alias WHERE certainty = 'certain'")
    assert sorted(certain) == sorted(rows)


def test_primary_rows_make_sums_right(home, truth):
    (row,) = ask(
        home,
        "SELECT count(*), sum(budget_yuan), sum(spent_yuan), count(DISTINCT project_key)"
        " FROM core.fact_project_spending WHERE is_primary",
    )
    total = truth["sums"]["union_budget"] * TEN_THOUSAND
    assert row == (29, total, truth["sums"]["union_spent"] * TEN_THOUSAND, 29)
    assert total == Decimal("58063000.00")
    ((everything,),) = ask(home, "SELECT sum(budget_yuan) FROM core.fact_project_spending")
    assert everything == truth["sums"]["naive_T1_plus_T2"] * TEN_THOUSAND
    ((shown, times),) = ask(home, "SELECT sum(budget_yuan), count(*) FROM mart.project_execution")
    assert (shown, times) == (total, 29)


def measured_columns():
    """(table, key, column, SQL of what the raw text must contain): every stated figure."""
    yield "fact_project_spending", "project_spending_key", "budget_yuan", "budget_text"
    yield "fact_project_spending", "project_spending_key", "spent_yuan", "spent_text"
    yield "fact_project_spending", "project_spending_key", "reported_name", "reported_name"
    yield "fact_headcount", "headcount_key", "people", "people::VARCHAR"
    yield "fact_achievement", "achievement_key", "value", "NULL"
    yield "fact_goal", "goal_key", "goal", "goal"
    yield "fact_problem", "problem_key", "title", "t.title"
    yield "fact_measure", "measure_key", "title", "t.title"
    for column in (*HEADLINE.values(), "stated_execution_rate", "large_project_threshold_yuan"):
        in_ten_thousands = f"regexp_replace(({column} / 10000)::DECIMAL(18, 2)::VARCHAR, '\\.?0+$', '')"
        wanted = {"stated_execution_rate": "'100'"}.get(column) or (
            in_ten_thousands if column.endswith("yuan") else f"{column}::VARCHAR"
        )
        yield "fact_department_budget", "submission_key", column, wanted


@pytest.mark.parametrize(("table", "key", "column", "wanted"), tuple(measured_columns()))
def test_every_measured_value_is_traced_to_a_line_that_holds_it(home, shared, table, key, column, wanted):
    lines = (shared / "reports/xiaoguwei-2021.md").read_text("utf-8").splitlines()
    rows = ask(
        home,
        f"""
        SELECT t.{key}, p.line, p.raw_text, {wanted}, d.file_name
        FROM core.{table} AS t
        LEFT JOIN core.provenance AS p
          ON p.table_name = '{table}' AND p.row_key = t.{key} AND p.column_name = '{column}'
        LEFT JOIN core.dim_document AS d USING (document_key)
        WHERE t.{column} IS NOT NULL
        """,
    )
    assert rows
    for row_key, line, raw, value, file_name in rows:
        assert line is not None, f"{table}.{column} of {row_key} has no provenance"
        assert file_name == "xiaoguwei-2021.md"
        text = plain(raw).replace(",", "")
        if value is not None and not text.startswith("<"):
            assert plain(value).replace(",", "")[:20] in text, (table, column, value, raw)
        around = plain("".join(lines[line - 1 : line + 8]).replace("*", ""))
        assert plain(raw.replace("*", ""))[:10] in around, (table, column, line, raw)


def test_rule_outcomes_equal_the_truth(home, shared):
    truth = json.loads((shared / "truth/xiaoguwei-2021.rules.json").read_text("utf-8"))
    expected = {rule["rule"]: rule["outcome"] for rule in truth["rules"]}
    said = dict(ask(home, "SELECT rule_id, outcome FROM quality.evaluation"))
    judged = said.keys() & expected.keys()
    first = {
        *("C01", "C02", "C14", "C15", "C17", "C18", "C22", "C27", "C29", "C32", "C37"),
        *("C07", "C16", "C20", "C21", "C24", "C26", "C28", "C31", "C33", "C34", "C35"),
    }
    assert judged >= first | (expected.keys() - {"C04", "C30"})
    assert {rule: said[rule] for rule in judged} == {rule: expected[rule] for rule in judged}
    unfounded = ask(home, "SELECT rule_id FROM quality.evaluation WHERE outcome = 'not_applicable' AND reason IS NULL")
    assert unfounded == []


def test_findings_have_a_place_a_sentence_and_a_remedy(home):
    rows = ask(
        home,
        "SELECT e.rule_id, count(f.finding_key) FROM quality.evaluation AS e"
        " LEFT JOIN quality.finding AS f USING (rule_id, submission_key) WHERE e.outcome = 'fail' GROUP BY ALL",
    )
    counts = dict(rows)
    assert all(counts.values())
    assert (counts["C31"], counts["C34"], counts["C35"], counts["C07"]) == (4, 5, 1, 1)
    assert ask(home, "FROM quality.finding WHERE line IS NULL OR message IS NULL OR remedy IS NULL") == []


def test_the_release_is_complete(home):
    release = home.current.resolve()
    assert release.parent == home.releases
    names = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    assert {f"parquet/{table.qualified_name}.parquet" for table in TABLES} <= names
    assert {"warehouse.duckdb", "dictionary.html", "manifest.json", "quality/index.html"} <= names
    pages = [name for name in names if name.startswith("quality/") and name.endswith(".html")]
    assert len(pages) > 5
    manifest = json.loads((release / "manifest.json").read_text("utf-8"))
    assert manifest["files"].keys() == names - {"manifest.json"}


def test_the_published_file_opens_by_itself_and_cannot_be_written(home):
    connection = duckdb.connect(str(home.current / "warehouse.duckdb"), read_only=True)
    try:
        assert connection.sql("SELECT count(*) FROM core.fact_project_spending").fetchall() == [(42,)]
        for table in TABLES:
            parquet = home.current / "parquet" / f"{table.qualified_name}.parquet"
            same = f"(SELECT count(*) FROM {table.qualified_name}) = (SELECT count(*) FROM '{parquet}')"
            assert connection.sql(f"SELECT {same}").fetchall() == [(True,)], table.qualified_name
        with pytest.raises(duckdb.Error, match="read-only"):
            connection.execute("DELETE FROM core.fact_goal")
    finally:
        connection.close()


def test_the_views_say_what_the_report_says(home):
    ((rate, budget),) = ask(home, "SELECT execution_rate, total_budget_yuan FROM mart.department_execution")
    assert (rate, budget) == (1, Decimal("249579900.00"))
    assert len(ask(home, "FROM mart.submission_board WHERE fiscal_year = 2021")) == 16
    assert ask(home, "SELECT count(*) > 0 FROM mart.coverage") == [(True,)]
    assert ask(home, "SELECT count(*) > 0 FROM mart.large_projects") == [(True,)]
    assert ask(home, "SELECT count(*) > 0 FROM mart.quality_board") == [(True,)]


def test_the_history_of_projects_has_each_project_once_under_all_its_names(home, truth):
    names = ask(home, "SELECT unnest(reported_names) FROM mart.project_history")
    assert sorted(name for (name,) in names) == sorted({row["name"] for row in truth["project_rows"]})
    rows = ask(home, "SELECT count(*), count(DISTINCT project_key), sum(budget_yuan) FROM mart.project_history")
    assert rows == [(34, 34, truth["sums"]["union_budget"] * TEN_THOUSAND)]
    assert ask(home, "FROM mart.project_history WHERE has_gap OR is_dropped OR prior_budget_yuan IS NOT NULL") == []


def test_function_classes_add_up_to_the_projects_and_are_said_to_be_inferred(home, truth):
    ((budget, projects, share),) = ask(
        home, "SELECT sum(budget_yuan), sum(project_count), sum(budget_share) FROM mart.function_mix"
    )
    assert (budget, projects) == (truth["sums"]["union_budget"] * TEN_THOUSAND, 29)
    assert abs(share - 1) < Decimal("0.00001")
    assert ask(home, "SELECT bool_and(is_inferred) FROM mart.function_mix WHERE function_code IS NOT NULL") == [(True,)]


def test_the_structure_of_the_headcount(home):
    columns = (
        "total_people, established_share, non_established_share, administrative_share, people_per_unit, retired_people"
    )
    # 103, 647 of 750; 57 of 103; 750 over 11 units
    expected = (750, Decimal("0.137333"), Decimal("0.862667"), Decimal("0.553398"), Decimal("68.18"), None)
    assert ask(home, f"SELECT {columns} FROM mart.headcount_structure") == [expected]
    ((posts, rate),) = ask(home, "SELECT approved_posts, post_use_rate FROM mart.headcount_structure")
    assert (posts, rate) == (None, None)


def test_achievements_of_a_single_report_are_each_compared_with_themselves(home):
    rows = ask(
        home, "SELECT value, unit, normalized_value, base_unit FROM mart.achievement_comparison WHERE value = 64"
    )
    assert rows == [(64, "万人次", 640000, "人次")]
    assert ask(home, "SELECT DISTINCT department_count FROM mart.achievement_comparison") == [(1,)]
    ((shown,),) = ask(home, "SELECT count(*) FROM mart.achievement_comparison")
    assert ask(home, "SELECT count(*) FROM core.fact_achievement") == [(shown,)]


def test_problems_without_a_measure_are_those_of_the_truth(home, truth):
    answered = {position for measure in truth["measures"] for position in measure["answers_problem"]}
    expected = {each["title"] for each in truth["problems"] if each["seq"] not in answered}
    rows = ask(home, "SELECT unnest(unanswered_titles) FROM mart.problem_topics")
    assert {plain(title) for (title,) in rows} == {plain(title) for title in expected}
    assert len(expected) == 2
    assert ask(home, "SELECT sum(problem_count) FROM mart.problem_topics") == [(4,)]


def test_the_largest_project_heads_the_spot_checks(home, truth):
    ((amount, rate, optimism),) = ask(
        home, "SELECT amount_yuan, score_rate, optimism_factor FROM mart.spot_check_list WHERE check_rank = 1"
    )
    assert amount == truth["sums"]["listed_amount_ge_500"] * TEN_THOUSAND
    assert (rate, optimism) == (None, 1), "no score is stated"
    assert ask(home, "SELECT count(*) FROM mart.spot_check_list") == [(29,)]
    assert ask(home, "FROM mart.indicator_completeness") == [], "no form came in"


def test_texts_are_found_with_their_lines(home, shared, truth):
    counts = dict(ask(home, "SELECT kind, count(*) FROM mart.narrative GROUP BY kind"))
    assert (counts["problem"], counts["measure"], counts["goal"]) == (4, 3, 9)
    assert counts["achievement"] == ask(home, "SELECT count(DISTINCT sentence) FROM core.fact_achievement")[0][0]
    lines = (shared / "reports/xiaoguwei-2021.md").read_text("utf-8").splitlines()
    expected = {at for at, line in enumerate(lines, 1) if "垃圾分类" in line}
    found = ask(home, "SELECT kind, line, file_name, short_name FROM mart.search('垃圾分类')")
    assert {row[2:] for row in found} == {("xiaoguwei-2021.md", "小谷围街道")}
    assert {line for _, line, *_ in found} <= expected
    assert {kind for kind, *_ in found} >= {"completion", "achievement", "project_goal"}
    measures = ask(home, "SELECT title, line FROM mart.search('编制 优化') WHERE kind = 'measure'")
    assert [(plain(title), line) for title, line in measures] == [
        (plain(each["title"]), each["line"]) for each in truth["measures"] if each["seq"] == 2
    ]
