"""Scanning by first characters finds what re.finditer finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.facts.figure_labels import figure_labels
from transforms.facts.headcount_labels import headcount_words
from transforms.facts.organisation_names import words_of
from transforms.facts.sections import section_kinds
from transforms.language.expressions import first_characters
from transforms.language.scanning import Scanner

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


def test_the_lexicons_can_be_scanned():
    scanners = [figure_labels().loose, headcount_words().label]
    scanners += [words_of(kind).anchor for kind in ("units", "offices")]
    scanners += [kind.words for kind in section_kinds().values()]
    assert all(first_characters(scanner.pattern.pattern) for scanner in scanners)
