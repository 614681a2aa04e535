"""The questions of analysts on a night of samples: the page is what the queries give, and the views agree."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from homes import ask, made_once, one_engine

from orchestration.jobs import run_nightly
from orchestration.queries_page import PAGE, PICTURES, queries_page, questions, write_sample_home
from orchestration.queries_page.__main__ import NIGHT
from warehouse.desk import open_release
from warehouse.home import Home
from warehouse.views import views

pytestmark = pytest.mark.pipeline

DOCUMENTS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def home(common):
    def make(folder):
        with one_engine():
            result = run_nightly(write_sample_home(folder), None, NIGHT)
        assert result.success, f"{result.message}\n{result.detail}"

    return Home(made_once(common, "queries-home", make))


def test_the_page_is_what_the_queries_give_and_answers_every_question(home):
    made = queries_page(home)
    assert {name: (DOCUMENTS / name).read_text("utf-8") for name in made} == made, "run make queries"
    page = made[PAGE]
    assert len(questions()) == 10
    for number, question in enumerate(questions(), 1):
        _, _, told = page.partition(f"## {number}. {question.asked}\n")
        assert told.partition("\n## ")[0].count("\n|") > 2, question.asked


def test_pictures_show_the_figures_of_their_answers_and_none_is_left_over(home):
    made = queries_page(home)
    shown = re.findall(r"!\[.+\]\((.+)\)", made[PAGE])
    assert set(shown) == made.keys() - {PAGE}
    assert {str(path.relative_to(DOCUMENTS)) for path in DOCUMENTS.glob(PICTURES.format("*"))} == set(shown)
    ((rate,),) = ask(home, "SELECT max(execution_rate) FROM mart.department_execution WHERE fiscal_year = 2023")
    first = ElementTree.fromstring(made[shown[0]])
    longest = first.find("{*}svg/{*}rect")
    assert longest is not None
    assert longest.attrib["width"] == f"{rate * 100:.2f}%"
    assert f"{rate * 100:.2f}%" in {text.text for text in first.iter("{http://www.w3.org/2000/svg}text")}


def test_every_view_has_rows_and_none_twice(home):
    keys = {
        "project_history": "project_key, fiscal_year",
        "function_mix": "submission_key, function_code",
        "headcount_structure": "submission_key",
        "achievement_comparison": "achievement_key",
        "indicator_completeness": "form_key",
        "problem_topics": "submission_key, category",
        "spot_check_list": "project_key, fiscal_year",
        "narrative": "kind, narrative_key",
        "submission_board": "department_id, fiscal_year",
        "department_execution": "submission_key",
        "project_execution": "project_key, fiscal_year",
        "coverage": "submission_key",
        "large_projects": "submission_key",
        "quality_board": "rule_id, submission_key",
    }
    with open_release(home) as release:
        for view in views():
            rows = f"SELECT count(*) FROM {view.qualified_name}"
            different = f"SELECT count(*) FROM (SELECT DISTINCT {keys[view.name]} FROM {view.qualified_name})"
            ((shown, told_apart),) = release.execute(f"SELECT ({rows}), ({different})").fetchall()
            assert 0 < shown == told_apart, view.name


def test_views_of_projects_agree_on_the_sums(home):
    expected = ask(home, "SELECT sum(budget_yuan), sum(spent_yuan), count(*) FROM mart.project_execution")
    for query in (
        "SELECT sum(budget_yuan), sum(spent_yuan), sum(project_count) FROM mart.function_mix",
        "SELECT sum(budget_yuan), sum(spent_yuan), count(coalesce(budget_yuan, spent_yuan)) FROM mart.project_history",
        "SELECT sum(budget_yuan), sum(spent_yuan), count(*) FROM mart.spot_check_list",
    ):
        assert ask(home, query) == expected
    counted = "SELECT sum(problem_count) = (SELECT count(*) FROM core.fact_problem) FROM mart.problem_topics"
    assert ask(home, counted) == [(True,)]


def test_weights_of_sound_forms_sum_to_a_hundred_and_scores_to_their_total(home):
    broken = "FROM mart.indicator_completeness WHERE NOT is_weight_hundred OR abs(score_total - total_score) > 0.02"
    assert ask(home, broken) == []


def test_every_text_has_a_place(home):
    assert ask(home, "FROM mart.narrative WHERE file_name IS NULL OR line IS NULL") == []
