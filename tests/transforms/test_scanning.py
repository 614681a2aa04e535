"""Scanning by first or last characters, or for many words at once, finds what re finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.facts.figures.labels import figure_labels
from transforms.facts.headcount.labels import headcount_words
from transforms.facts.organisation.names import words_of
from transforms.facts.outline.sections import section_kinds
from transforms.language.expressions import first_characters
from transforms.language.scanning import Beginning, Ending, Scanner, WordFinder, guarded

pytestmark = pytest.mark.unit

PATTERNS = (
    "(?:年初|全年)*预算(?:数|额)?|支出(?!率)",
    "(?P<a>甲乙?|[丙丁]戊)|(?P<b>己+)",
    r"(?<!共)有\d+人|\d{1,3}名",
    "(?:甲|乙)?(?:丙|丁)*",
    "[^甲]乙|丙.丁",
    "预算{1,2}数{0,1}额",
)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text(alphabet="年初全预算数额支出率甲乙丙丁戊己共有12人名", max_size=40))
def test_scanning_equals_finditer(pattern, text):
    expected = [match.span() for match in re.finditer(pattern, text) if match[0]]
    assert [match.span() for match in Scanner(pattern).finditer(text)] == expected


@pytest.mark.parametrize("pattern", ["年初?|预算(?:数|额)*", r"有\d+", "甲乙|[丙丁]", ".甲", "(?<=甲)乙"])
@given(text=st.text(alphabet="年初预算数额甲乙丙丁有12\n", max_size=12))
def test_an_ending_is_what_search_finds(pattern, text):
    found, expected = Ending(pattern).search(text), re.search(f"(?:{pattern})$", text)
    assert (found and found.span()) == (expected and expected.span())
    assert Ending(pattern).left_out(text) == re.sub(f"(?:{pattern})$", "", text)


@pytest.mark.parametrize("pattern", ["年初?|预算(?:数|额)*", r"有\d+", "[^甲]{1,3}(?:乙|丙丁)$", ".甲", "(?:甲)?"])
@given(text=st.text(alphabet="年初预算数额甲乙丙丁有12\n", max_size=12))
def test_a_beginning_is_what_match_finds(pattern, text):
    expected = re.match(pattern, text)
    for found in (Beginning(pattern).match(text), re.match(guarded(pattern), text)):
        assert (found and found.span()) == (expected and expected.span())


@given(
    words=st.sets(st.text(alphabet="甲乙丙-]^", min_size=1, max_size=3), min_size=1, max_size=8),
    text=st.text(alphabet="甲乙丙-]^\n", max_size=30),
)
def test_the_words_that_stand_in_a_text(words, text):
    assert WordFinder(words).standing_in(text) == {word for word in words if word in text}


def test_the_lexicons_can_be_scanned():
    scanners = [figure_labels().loose, headcount_words().label]
    scanners += [words_of(kind).anchor for kind in ("units", "offices")]
    scanners += [kind.words for kind in section_kinds().values()]
    assert all(first_characters(scanner.words) for scanner in scanners)
