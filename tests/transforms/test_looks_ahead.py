"""Where a pattern is tried only beside certain characters or words, all that it finds has them."""

import pytest

from transforms.facts.figures.labels import figure_labels
from transforms.facts.figures.large_projects import _bounds
from transforms.facts.outline.numbering import _COUNTING, _COUNTS
from transforms.facts.years import _PAST_BEFORE, _PAST_ENDS
from transforms.language.expressions import characters_of, first_characters, last_characters, needed_words
from transforms.language.tables import patterns

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        (_COUNTING.pattern, _COUNTS),
        (patterns("achievements", "patterns")["times"].pattern, frozenset("次")),
    ],
)
def test_what_is_tried_only_behind_a_look_begins_with_what_is_looked_for(pattern, begins):
    assert characters_of(first_characters(pattern)) == begins


def test_what_names_a_past_year_ends_with_what_is_looked_for():
    assert characters_of(last_characters(_PAST_BEFORE.pattern.removesuffix("$"))) <= _PAST_ENDS


@pytest.mark.parametrize("name", ["this_year", "last_year"])
def test_words_of_years_do_not_do_without_the_word_year(name):
    words = next(iter(needed_words(figure_labels().words[name].pattern)))
    assert all("年" in word for word in words)


def test_lower_bounds_of_large_projects_are_known_by_words():
    assert "以上" in _bounds()
    assert "" not in _bounds()
