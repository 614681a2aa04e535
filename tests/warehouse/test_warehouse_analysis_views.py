"""The views of projects, people, achievements, indicators, problems and texts on hand-made rows, figures by hand."""

from decimal import Decimal

import pytest
from warehouse_rows import database, insert, records

pytestmark = pytest.mark.contract

A_2019, A_2020, A_2022, B_2019, B_2020 = 11, 12, 13, 21, 22
YEAR_OF = {A_2019: 2019, A_2020: 2020, A_2022: 2022, B_2019: 2019, B_2020: 2020}
ROADS, CARE, TRAINING, GREEN = 1, 2, 3, 4
FORM, OVERALL, EMPTY = 51, 52, 53


@pytest.fixture(scope="module")
def warehouse():
    """甲 reports 2019, 2020 and 2022 (2021 is not there), 乙 reports 2019 and 2020."""
    connection = database()
    for key, identifier, name in ((1, "a", "甲街道"), (2, "b", "乙镇")):
        insert(
            connection,
            "core.dim_department",
            {"department_key": key, "department_id": identifier, "name": f"某区{name}", "short_name": name},
        )
    for submission in YEAR_OF:
        row = _fact(submission) | {"department_id": "a" if submission < 20 else "b"}
        insert(connection, "core.dim_submission", row)
    for fill in (_projects, _people, _achievements, _forms, _problems, _findings, _documents):
        fill(connection)
    yield connection
    connection.close()


def _fact(submission):
    return {
        "submission_key": submission,
        "department_key": 1 if submission < 20 else 2,
        "fiscal_year": YEAR_OF[submission],
    }


def _projects(connection):
    """道路 (甲): 2019 100, 2020 150 in two tables, 2022 120 adjusted; 助老 (甲): 2019 only; 培训 (甲): no amount;
    绿化 (乙): 2019 spending only, 2020 80 with 40 spent."""
    for code, name in (("212", "城乡社区支出"), ("208", "社会保障和就业支出")):
        insert(connection, "core.dim_function", {"function_code": code, "name": name})
    for key, name, code, basis in (
        (ROADS, "道路养护", "212", "名称含“道路”"),
        (CARE, "助老", None, None),
        (TRAINING, "培训", None, None),
        (GREEN, "绿化", "212", "名称含“绿化”"),
    ):
        row = {"project_key": key, "canonical_name": name, "department_id": "b" if key == GREEN else "a"}
        insert(connection, "core.dim_project", row | {"function_code": code, "function_basis": basis})
    for key, alias, certainty in (
        (ROADS, "道路养护", "certain"),
        (ROADS, "道路养护费", "decided"),
        (ROADS, "道路保洁", "proposed"),
        (CARE, "助老", "certain"),
    ):
        insert(connection, "core.bridge_project_alias", {"project_key": key, "alias": alias, "certainty": certainty})
    rows = (
        (A_2019, ROADS, "道路养护", "task", "initial", "100.00", "100.00", True),
        (A_2019, CARE, "助老", "task", "initial", "50.00", "25.00", True),
        (A_2019, TRAINING, "培训", "plan", "unspecified", None, None, False),
        (A_2020, ROADS, "道路养护费", "task", "initial", "150.00", "120.00", True),
        (A_2020, ROADS, "道路养护", "key", "initial", "150.00", "120.00", False),
        (A_2022, ROADS, "道路养护", "task", "adjusted", "120.00", "120.00", True),
        (B_2019, GREEN, "绿化", "task", "initial", None, "60.00", True),
        (B_2020, GREEN, "绿化", "task", "initial", "80.00", "40.00", True),
    )
    for number, (submission, project, name, listing, role, budget, spent, is_primary) in enumerate(rows, 1):
        row = _fact(submission) | {"project_spending_key": number, "project_key": project, "reported_name": name}
        row |= {"listing": listing, "amount_role": role, "is_primary": is_primary, "row_number": number}
        amounts = {"budget_yuan": budget, "spent_yuan": spent}
        row |= {column: None if text is None else Decimal(text) for column, text in amounts.items()}
        if budget and spent:
            row["execution_rate"] = round(Decimal(spent) / Decimal(budget), 6)
        if submission == A_2020:
            row |= {"goal": "修补路面20处", "completion": "修补22处" if is_primary else ""}
            row |= {"has_own_goal": True, "has_own_completion": is_primary, "words_document_key": 9}
            row |= {"goal_line": 30, "completion_page": 2, "completion_line": 31}
        insert(connection, "core.fact_project_spending", row)


def _people(connection):
    counts = {"total": 30, "established": 12, "administrative": 9, "institution": 3, "non_established": 18}
    counts |= {"retired": 6, "approved_posts": 15}
    rows = [(A_2020, kind, people) for kind, people in counts.items()]
    rows += [(A_2019, "total", 25), (B_2020, "established", 4), (B_2020, "approved_posts", 3)]
    for key, (submission, kind, people) in enumerate(rows, 1):
        row = _fact(submission) | {"headcount_key": key, "headcount_kind": kind, "people": people}
        insert(connection, "core.fact_headcount", row)
    stated = {"stated_unit_count": 4, "stated_office_count": 9, "basic_expenditure_yuan": Decimal("1000.00")}
    insert(connection, "core.fact_department_budget", _fact(A_2020) | stated | {"self_score": Decimal(98)})


def _achievements(connection):
    """清运垃圾: 甲 1.2 万吨 and 9000 吨 in 2019, 乙 15000 吨; 甲 13000 吨 in 2020; 化肥 in 千克."""
    rows = (
        (A_2019, "清运垃圾", "1.2", "万吨", "12000", "清运垃圾1.2万吨。", "城市管理"),
        (A_2019, "清运垃圾", "9000", "吨", "9000", "其中清运垃圾9000吨。", "城市管理"),
        (A_2020, "清运垃圾", "13000", "吨", "13000", "清运垃圾13000吨，化肥5千克。", None),
        (A_2020, "化肥", "5", "千克", "5", "清运垃圾13000吨，化肥5千克。", None),
        (B_2019, "清运垃圾", "15000", "吨", "15000", "清运垃圾15000吨。", "城市管理"),
        (B_2020, "清运垃圾", "16000", "吨", "16000", "清运垃圾16000吨。", "城市管理"),
        (B_2020, "拨付资金", "0", "万元", "0", "拨付资金0万元。", None),
        (B_2020, "接受捐赠", "2", "仟元", "2000", "接受捐赠2仟元。", None),
        (B_2020, "重要荣誉", "3", None, "3", "重要荣誉3。", None),
    )
    for key, (submission, metric, value, unit, normalized, sentence, section) in enumerate(rows, 1):
        row = _fact(submission) | {"achievement_key": key, "metric": metric, "unit": unit, "section": section}
        row |= {"value": Decimal(value), "normalized_value": Decimal(normalized), "sentence": sentence}
        row["has_own_sentence"] = metric != "化肥"
        insert(connection, "core.fact_achievement", row)


def _forms(connection):
    """The form of 道路 has five indicators, of which two share the cell of their weight; an overall form without
    execution; a form without indicators."""
    for kind, parent in (("output", None), ("quantity", "output"), ("timeliness", "output"), ("cost", None)):
        insert(connection, "core.dim_indicator_kind", {"indicator_kind": kind, "name": kind, "parent": parent})
    insert(connection, "core.dim_indicator_kind", {"indicator_kind": "economic_cost", "name": "e", "parent": "cost"})
    for key, kind, project, score, execution in (
        (FORM, "project_form", ROADS, "95", ("10", "8")),
        (OVERALL, "overall_form", None, None, (None, None)),
        (EMPTY, "project_form", CARE, "100", (None, None)),
    ):
        row = _fact(A_2019 if key == EMPTY else A_2020) | {"form_key": key, "kind": kind, "project_key": project}
        row["total_score"] = score and Decimal(score)
        weight, points = execution
        row |= {"execution_weight": weight and Decimal(weight), "execution_score": points and Decimal(points)}
        insert(connection, "core.fact_form", row)
    rows = (
        (FORM, "产出指标", "数量指标", "quantity", "≥", "20", "22", "40", "40", None),
        (FORM, "产出指标", "时效指标", "timeliness", "=", "100", "90", "20", "18", "下雨停工"),
        (FORM, "产出指标", "时效指标", "timeliness", "≤", "10", "12.5", "20", "18", None),
        (FORM, "成本指标", "经济成本", "economic_cost", "=", "5", "4", "30", "29", "价格上涨"),
        (FORM, "效益指标", None, None, "qualitative", None, None, None, None, None),
        (OVERALL, "产出指标", "数量指标", "quantity", "=", "3", "3", "33.3", "33.3", None),
        (OVERALL, "产出指标", "数量指标", "quantity", "=", "3", "3", "66.6", "66.6", None),
    )
    for key, (form, first, second, kind, direction, *values, reason) in enumerate(rows, 1):
        numbers = ("target_value", "actual_value", "weight", "score")
        row = {name: None if value is None else Decimal(value) for name, value in zip(numbers, values, strict=True)}
        row |= {"target_text": values[0], "actual_text": values[1], "level_1": first, "level_2": second}
        row |= {"indicator_kind": kind, "direction": direction, "reason": reason}
        row |= _fact(A_2020) | {"indicator_key": key, "form_key": form}
        row |= {"has_own_weight": key != 3, "has_own_score": True}
        insert(connection, "core.fact_indicator", row | {"project_key": ROADS if form == FORM else None})


def _problems(connection):
    """甲 2020: two of 预算编制, of which a measure answers the second, and one of no category."""
    rows = (
        (A_2019, 1, "编制粗", None, "预算编制"),
        (A_2020, 1, "编制不细。", "项目没有分解", "预算编制"),
        (A_2020, 2, "编制不准", None, "预算编制"),
        (A_2020, 3, "人少", None, None),
        (B_2020, 1, "编制晚", None, "预算编制"),
    )
    for key, (submission, position, title, detail, category) in enumerate(rows, 1):
        row = _fact(submission) | {"problem_key": key, "position": position, "title": title}
        insert(connection, "core.fact_problem", row | {"detail": detail, "category": category})
    for key, submission, answers, category in (
        (1, A_2020, [2], "预算编制"),
        (2, A_2020, [2], "预算编制"),
        (3, A_2019, None, None),
    ):
        row = _fact(submission) | {"measure_key": key, "title": f"细化编制{key}", "category": category}
        insert(connection, "core.fact_measure", row | {"answers_problem": answers})
    insert(connection, "core.fact_goal", _fact(A_2020) | {"goal_key": 1, "aspect": "城市管理", "goal": "道路整洁"})


def _findings(connection):
    """甲 2020: four open warnings, of which three name 道路 in one of its names; one waived, one information."""
    rows = (
        (A_2020, "道路养护", "warning", "open", "C40"),
        (A_2020, "“道路养护费”的指标“及时率”", "warning", "open", "F04"),
        (A_2020, "“道路养护费”的自评表", "warning", "open", "F04"),
        (A_2020, "项目合计", "warning", "open", "C33"),
        (A_2020, "道路养护", "warning", "waived", "C41"),
        (A_2020, "道路养护", "information", "open", "C11"),
        (A_2022, "道路养护费", "warning", "open", "C40"),
    )
    for key, (submission, subject, level, state, rule) in enumerate(rows, 1):
        row = {"finding_key": key, "submission_key": submission, "subject": subject, "level": level}
        insert(connection, "quality.finding", row | {"state": state, "rule_id": rule})


def _documents(connection):
    row = {"submission_key": A_2020, "document_key": 9, "file_name": "甲.pdf", "sha256": "0", "byte_count": 1}
    insert(connection, "core.dim_document", row)


def _by(rows, *names):
    found = {tuple(row[name] for name in names): row for row in rows}
    assert len(found) == len(rows), "two rows where there should be one"
    return found


def test_project_history_has_a_row_a_year_of_listing_with_the_names_of_the_year(warehouse):
    rows = _by(records(warehouse, "FROM mart.project_history"), "project_key", "fiscal_year")
    assert rows.keys() == {(1, 2019), (1, 2020), (1, 2022), (2, 2019), (3, 2019), (4, 2019), (4, 2020)}
    roads = rows[ROADS, 2020]
    assert roads["reported_names"] == ["道路养护", "道路养护费"]
    assert (roads["aliases"], roads["proposed_names"]) == (["道路养护", "道路养护费"], ["道路保洁"])
    assert (roads["budget_yuan"], roads["spent_yuan"]) == (150, 120), "two tables, one project"
    assert (roads["listings"], roads["short_name"], roads["function_name"]) == (
        ["key", "task"],
        "甲街道",
        "城乡社区支出",
    )
    assert rows[TRAINING, 2019]["budget_yuan"] is None
    assert rows[TRAINING, 2019]["aliases"] is None


def test_project_history_compares_with_the_year_before_and_flags_gaps(warehouse):
    rows = _by(records(warehouse, "FROM mart.project_history"), "project_key", "fiscal_year")
    second = rows[ROADS, 2020]
    assert (second["prior_budget_yuan"], second["budget_change_yuan"], second["spent_change_yuan"]) == (100, 50, 20)
    assert (second["budget_change_rate"], second["is_basis_changed"]) == (Decimal("0.5"), False)
    assert (second["has_gap"], second["gap_years"]) == (False, None)
    third = rows[ROADS, 2022]
    assert (third["has_gap"], third["previous_year"], third["gap_years"]) == (True, 2020, [2021])
    assert third["unreported_years"] == [2021]
    assert (third["prior_budget_yuan"], third["budget_change_rate"], third["is_basis_changed"]) == (None, None, None)
    green = rows[GREEN, 2020]
    assert (green["prior_budget_yuan"], green["budget_change_yuan"], green["spent_change_yuan"]) == (None, None, -20)


def test_project_history_knows_what_later_reports_no_longer_list(warehouse):
    rows = _by(records(warehouse, "FROM mart.project_history"), "project_key", "fiscal_year")
    dropped = {key for key, row in rows.items() if row["is_dropped"]}
    assert dropped == {(CARE, 2019), (TRAINING, 2019)}


def test_project_history_tells_a_gap_in_the_listing_from_a_missing_report(warehouse):
    warehouse.execute("BEGIN")
    insert(
        warehouse,
        "core.dim_submission",
        _fact(A_2019) | {"submission_key": 99, "fiscal_year": 2021, "department_id": "a"},
    )
    (row,) = records(warehouse, "FROM mart.project_history WHERE project_key = 1 AND fiscal_year = 2022")
    warehouse.execute("ROLLBACK")
    assert (row["gap_years"], row["unreported_years"]) == ([2021], None)


def test_function_mix_adds_up_with_the_projects_of_no_class(warehouse):
    rows = _by(records(warehouse, "FROM mart.function_mix"), "submission_key", "function_code")
    assert rows.keys() == {
        (A_2019, "212"),
        (A_2019, None),
        (A_2020, "212"),
        (A_2022, "212"),
        (B_2019, "212"),
        (B_2020, "212"),
    }
    city, other = rows[A_2019, "212"], rows[A_2019, None]
    assert (city["budget_yuan"], city["budget_share"], city["spent_share"]) == (
        100,
        Decimal("0.666667"),
        Decimal("0.8"),
    )
    assert (city["function_name"], city["is_inferred"], city["function_bases"]) == (
        "城乡社区支出",
        True,
        ["名称含“道路”"],
    )
    assert (other["function_name"], other["is_inferred"], other["function_bases"]) == ("未归类", None, None)
    assert (other["project_count"], other["execution_rate"]) == (1, Decimal("0.5"))
    assert city["listed_budget_yuan"] == city["budget_yuan"] + other["budget_yuan"] == 150
    assert (rows[A_2020, "212"]["budget_yuan"], rows[A_2020, "212"]["project_count"]) == (150, 1)
    unknown = rows[B_2019, "212"]
    assert (unknown["budget_yuan"], unknown["spent_yuan"], unknown["execution_rate"]) == (None, 60, None)
    assert (unknown["budget_share"], unknown["spent_share"]) == (None, 1)


def test_headcount_structure_gives_shares_of_what_is_stated(warehouse):
    rows = _by(records(warehouse, "FROM mart.headcount_structure"), "submission_key")
    assert len(rows) == 5
    a = rows[A_2020,]
    assert (a["total_people"], a["non_established_people"], a["retired_people"]) == (30, 18, 6)
    assert (a["established_share"], a["non_established_share"]) == (Decimal("0.4"), Decimal("0.6"))
    assert (a["administrative_share"], a["institution_share"]) == (Decimal("0.75"), Decimal("0.25"))
    assert (a["vacant_posts"], a["post_use_rate"]) == (3, Decimal("0.8"))
    assert (a["non_established_per_established"], a["retired_per_established"]) == (Decimal("1.5"), Decimal("0.5"))
    assert (a["people_per_unit"], a["people_per_office"]) == (Decimal("7.5"), Decimal("3.33"))
    assert (a["basic_per_head_yuan"], a["prior_total_people"], a["total_change"]) == (Decimal("33.33"), 25, 5)
    b = rows[B_2020,]
    assert (b["total_people"], b["established_share"], b["vacant_posts"]) == (None, None, -1)
    assert rows[A_2022,]["prior_total_people"] is None, "2021 is not there"


def test_achievements_are_ranked_within_metric_unit_and_year(warehouse):
    rows = _by(records(warehouse, "FROM mart.achievement_comparison"), "achievement_key")
    assert len(rows) == 9
    waste = {key: rows[key,] for key in (1, 2, 5)}
    assert [row["value_rank"] for row in waste.values()] == [2, 3, 1]
    assert {row["base_unit"] for row in waste.values()} == {"吨"}
    assert {(row["statement_count"], row["department_count"]) for row in waste.values()} == {(3, 2)}
    assert [row["own_statement_count"] for row in waste.values()] == [2, 2, 1]
    assert {row["median_value"] for row in waste.values()} == {Decimal(12000)}
    assert rows[3,]["prior_value"] is None, "two values in the year before"
    assert (rows[6,]["prior_value"], rows[6,]["value_change"]) == (15000, 1000)


def test_base_units_lose_scales_and_nothing_else(warehouse):
    rows = records(warehouse, "SELECT unit, base_unit FROM mart.achievement_comparison")
    assert {row["unit"]: row["base_unit"] for row in rows} == {
        "万吨": "吨",
        "吨": "吨",
        "千克": "千克",
        "万元": "元",
        "仟元": "元",
        None: None,
    }


def test_indicator_completeness_counts_kinds_and_what_is_missing(warehouse):
    rows = _by(records(warehouse, "FROM mart.indicator_completeness"), "form_key")
    form = rows[FORM,]
    assert (form["canonical_name"], form["kind"], form["short_name"]) == ("道路养护", "project_form", "甲街道")
    assert (form["indicator_count"], form["level_1_count"], form["level_2_count"]) == (5, 3, 3)
    assert (form["quantity_count"], form["timeliness_count"], form["cost_count"]) == (1, 2, 1)
    assert (form["unclassified_count"], form["benefit_count"]) == (1, 0)
    assert form["missing_kinds"] == ["质量", "效益", "满意度"]
    assert (form["qualitative_count"], form["qualitative_share"]) == (1, Decimal("0.2"))
    assert (form["target_share"], form["actual_share"], form["score_share"]) == (Decimal("0.8"),) * 3
    empty = rows[EMPTY,]
    assert (empty["indicator_count"], empty["weight_total"], empty["is_weight_hundred"]) == (0, None, None)
    assert (empty["qualitative_share"], empty["explained_share"], empty["reasons"]) == (None, None, None)
    assert empty["missing_kinds"] == ["数量", "质量", "时效", "成本", "效益", "满意度"]


def test_indicator_completeness_counts_a_shared_cell_once(warehouse):
    rows = _by(records(warehouse, "FROM mart.indicator_completeness"), "form_key")
    form, overall = rows[FORM,], rows[OVERALL,]
    assert (form["weight_total"], form["is_weight_hundred"]) == (100, True), "10 + 40 + 20 (shared) + 30"
    assert form["score_total"] == 8 + 40 + 18 + 18 + 29
    assert (overall["weight_total"], overall["is_weight_hundred"]) == (Decimal("99.9"), True), "rounding"
    assert overall["canonical_name"] is None


def test_indicator_completeness_asks_for_reasons_of_what_was_missed(warehouse):
    rows = _by(records(warehouse, "FROM mart.indicator_completeness"), "form_key")
    form = rows[FORM,]
    assert (form["missed_count"], form["explained_count"]) == (3, 2)
    assert (form["explained_share"], form["reasons"]) == (Decimal("0.666667"), ["下雨停工", "价格上涨"])
    assert rows[OVERALL,]["missed_count"] == 0


def test_problem_topics_count_problems_and_the_measures_that_answer_them(warehouse):
    rows = _by(records(warehouse, "FROM mart.problem_topics"), "submission_key", "category")
    assert rows.keys() == {(A_2019, "预算编制"), (A_2020, "预算编制"), (A_2020, None), (B_2020, "预算编制")}
    topic = rows[A_2020, "预算编制"]
    assert (topic["problem_count"], topic["answered_count"], topic["unanswered_count"]) == (2, 1, 1)
    assert (topic["unanswered_titles"], topic["measure_count"]) == (["编制不细。"], 2)
    assert topic["examples"] == ["编制不细。", "编制不准"]
    assert (topic["department_count"], topic["year_problem_count"]) == (2, 3)
    assert (topic["earlier_years"], topic["is_repeated"]) == (1, True)
    none = rows[A_2020, None]
    assert (none["unanswered_count"], none["measure_count"], none["is_repeated"]) == (1, 0, False)
    assert rows[A_2019, "预算编制"]["answered_count"] == 0, "measures that say nothing of problems answer none"


def test_spot_check_list_multiplies_amount_findings_and_optimism(warehouse):
    rows = _by(records(warehouse, "FROM mart.spot_check_list"), "project_key", "fiscal_year")
    roads = rows[ROADS, 2020]
    assert (roads["amount_yuan"], roads["project_finding_count"], roads["department_finding_count"]) == (150, 3, 4)
    assert (roads["finding_rules"], roads["finding_factor"]) == (["C40", "F04"], Decimal("4.4"))
    assert (roads["score_rate"], roads["score_basis"]) == (Decimal("0.95"), "project")
    # 22 of 20 is 1, 90 of 100 is 0.9, 12.5 where 10 is the most is 0.8, a cost of 4 for 5 is 1.
    assert (roads["reached_rate"], roads["execution_rate"]) == (Decimal("0.925"), Decimal("0.8"))
    assert (roads["supported_rate"], roads["optimism_rate"]) == (Decimal("0.8"), Decimal("0.15"))
    assert roads["optimism_factor"] == Decimal("2.5")
    assert roads["weighted_yuan"] == 150 * Decimal("4.4") * Decimal("2.5") == 1650


def test_spot_check_list_ranks_within_the_year_and_leaves_out_what_is_unknown(warehouse):
    rows = _by(records(warehouse, "FROM mart.spot_check_list"), "project_key", "fiscal_year")
    assert rows.keys() == {(1, 2019), (1, 2020), (1, 2022), (2, 2019), (4, 2019), (4, 2020)}
    assert [rows[key, 2019]["check_rank"] for key in (CARE, ROADS, GREEN)] == [1, 2, 3]
    care = rows[CARE, 2019]
    assert (care["optimism_rate"], care["weighted_yuan"]) == (Decimal("0.5"), 300), "scores 100, spent half"
    assert (care["department_weighted_yuan"], care["department_rank"]) == (400, 1)
    green = rows[GREEN, 2020]
    assert (green["score_rate"], green["score_basis"], green["optimism_factor"]) == (None, None, 1)
    assert (green["weighted_yuan"], green["department_rank"]) == (80, 2)
    spent_only = rows[GREEN, 2019]
    assert (spent_only["amount_yuan"], spent_only["supported_rate"], spent_only["weighted_yuan"]) == (60, None, 60)
    assert rows[ROADS, 2022]["finding_factor"] == Decimal("1.1"), "the name is not one of the year"


def test_narrative_has_each_text_once_with_its_place(warehouse):
    rows = records(warehouse, "FROM mart.narrative WHERE submission_key = 12 ORDER BY kind, text, title")
    assert [(row["kind_name"], row["title"], row["text"]) for row in rows] == [
        ("成果", None, "清运垃圾13000吨，化肥5千克。"),
        ("完成情况", "道路养护费", "修补22处"),
        ("目标", "城市管理", "道路整洁"),
        ("措施", "细化编制1", "细化编制1"),
        ("措施", "细化编制2", "细化编制2"),
        ("问题", "人少", "人少"),
        ("问题", "编制不准", "编制不准"),
        ("问题", "编制不细。", "编制不细。项目没有分解"),
        ("项目目标", "道路养护", "修补路面20处"),
        ("项目目标", "道路养护费", "修补路面20处"),
    ]
    goal = rows[-1]
    assert (goal["file_name"], goal["line"], goal["page"], goal["document_key"]) == ("甲.pdf", 30, None, 9)
    assert (goal["narrative_key"], goal["table_name"], goal["kind"]) == (4, "fact_project_spending", "project_goal")
    completion = rows[1]
    assert (completion["file_name"], completion["line"], completion["page"]) == ("甲.pdf", 31, 2)
    assert rows[0]["file_name"] is None, "a place that nobody knows"


def _found(warehouse, words, arguments=""):
    rows = records(warehouse, f"FROM mart.search('{words}'{arguments})")
    return [(row["short_name"], row["fiscal_year"], row["kind"]) for row in rows]


def test_search_finds_entries_that_hold_all_words(warehouse):
    assert _found(warehouse, "垃圾 化肥") == [("甲街道", 2020, "achievement")]
    assert len(_found(warehouse, "垃圾")) == 5
    assert _found(warehouse, "编制　分解") == [("甲街道", 2020, "problem")], "divided by a full-width blank"
    assert _found(warehouse, "道路养护费 修补22处") == [("甲街道", 2020, "completion")], "title and text together"
    assert _found(warehouse, "垃圾 没有的词") == []
    assert _found(warehouse, " 清 运 垃 圾 1 3 0 吨 化 ") == [("甲街道", 2020, "achievement")], "many words"
    assert _found(warehouse, " 清 运 垃 圾 1 3 0 吨 无 ") == []


def test_search_is_narrowed_to_department_and_year(warehouse):
    assert len(_found(warehouse, "垃圾", ", department := '乙镇'")) == 2
    assert _found(warehouse, "垃圾", ", department := 'b', year := 2020") == [("乙镇", 2020, "achievement")]
    assert len(_found(warehouse, "垃圾", ", year := 2019")) == 3


def test_search_speaks_chinese_too(warehouse):
    rows = records(warehouse, "SELECT 单位简称, 预算年度, 种类 FROM 报表.查找('垃圾', 单位 := '乙镇', 年度 := 2020)")
    assert rows == [{"单位简称": "乙镇", "预算年度": 2020, "种类": "成果"}]
    assert len(records(warehouse, "FROM 报表.查找('垃圾')")) == 5


def test_search_takes_signs_as_they_are(warehouse):
    assert _found(warehouse, "%") == _found(warehouse, "_") == []
