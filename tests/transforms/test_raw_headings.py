"""What the data dictionary says of headings: of columns that there are, and in words that the readers know."""

import pytest

from transforms.facts.figures.labels import cell_label
from transforms.facts.headcount.labels import find_people_labels
from transforms.facts.outline.sections import meaning_of
from transforms.facts.raw_headings import raw_headings
from transforms.language.tables import word_lists
from warehouse.registry import TABLES

pytestmark = pytest.mark.unit


def test_headings_are_of_columns_that_there_are():
    known = {f"{table.qualified_name}.{column}" for table in TABLES for column in table.column_names}
    assert set(raw_headings()) <= known
    assert all(raw_headings().values())


def test_headings_of_tables_are_those_that_the_readers_go_by():
    headings = raw_headings()
    assert {"支出数", "已使用资金"} <= set(headings["core.fact_project_spending.spent_yuan"])
    assert "实际完成值" in headings["core.fact_indicator.actual_value"]
    assert not set(headings["core.fact_indicator.weight"]) & set(headings["core.fact_indicator.score"])


def test_words_of_figures_are_labels_of_just_that_figure():
    for column, words in word_lists("headings", "words").items():
        table, _, name = column.removeprefix("core.").partition(".")
        for word in words:
            if table == "fact_headcount":
                assert len(find_people_labels(word)) == 1, word
            else:
                assert (found := cell_label(word)) is not None, word
                assert found.name == name, word


def test_titles_of_sections_are_known_as_such():
    meant = {"goal": "annual_goals", "achievement": "achievements", "problem": "problems", "measure": "measures"}
    for column, titles in word_lists("headings", "sections").items():
        for title in titles:
            assert meaning_of(title).names[0] == meant[column.split(".")[1].removeprefix("fact_")], title
