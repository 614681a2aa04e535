"""What every match of a regular expression is known to begin and end with, and to hold."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.facts.signs.periods import _periods
from transforms.language.expressions import characters_of, first_characters, last_characters, needed_words, one_of
from transforms.language.tables import patterns

pytestmark = pytest.mark.unit

PATTERNS = (
    "满意(?:度|率)[^,%]{0,4}(?P<value>\\d+)%|(?P<before>\\d+)%的?满意",
    "(?:^|[。,])(?P<name>[甲乙]{1,3}?(?:局|委员会))(?:[(]下称[^()]{1,3}[)])?的?(?:收入|支出{1,2})",
    "(?<!预)防犯(?!罪)|按{2}|[预防]{0}犯?罪",
    "(?:甲局?)+[、,](?:乙委){1,}|丙*丁",
    "(?:甲|乙?)局|[^甲]满",
)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text(alphabet="满意度率12%的甲乙丙丁局委员会下称收入支出预防犯罪按(),、。", max_size=40))
def test_every_match_holds_what_is_needed(pattern, text):
    first, last, needed = first_characters(pattern), last_characters(pattern), needed_words(pattern)
    for match in re.finditer(pattern, text):
        assert not first or one_of(first).match(match[0])
        assert not last or one_of(last).match(match[0][-1])
        assert all(any(word in match[0] for word in words) for words in needed)


def test_first_characters():
    assert first_characters("(?:年初|全年)*预算|支出") == {"年", "全", "预", "支"}
    assert first_characters("(?:甲)?") == set()
    assert first_characters(".甲") == set()


def test_last_characters():
    assert last_characters("预算(?:数|额)?|支[出入]") == {"算", "数", "额", "出入"}
    assert last_characters("甲乙*$") == {"甲", "乙"}
    assert last_characters("甲.") == last_characters("甲[^乙]") == last_characters("(?:甲)?") == set()


def test_a_hyphen_at_the_edge_of_a_piece_makes_no_range():
    either = one_of(frozenset(("-—", "0-9", ",;", "+-")))
    assert all(either.fullmatch(character) for character in "-—07,;+")
    assert not any(either.fullmatch(character) for character in ":A/甲")


def test_needed_words_are_the_shortest_and_the_most_telling_come_first():
    assert needed_words("满意(?:度|率)?[^。]*%") == ({"满意"}, {"%"})
    assert needed_words("年度?(?:预算|决算)(?:数|)") == ({"年预算", "年决算", "年度预算", "年度决算"},)
    assert needed_words("甲[乙丙]丁|戊+己") == ({"甲乙丁", "甲丙丁", "戊"},)


@pytest.mark.parametrize("pattern", ["甲*", "[^甲]", "甲|\\d", "(?i:abc)", "(甲)\\1", "(?>甲)", "甲{0,2}", "(?:甲|)"])
def test_nothing_is_said_of_what_may_hold_anything(pattern):
    assert needed_words(pattern) == ()


def test_the_signs_are_known_by_words():
    signs = [*patterns("signs", "words").values(), *patterns("signs", "author").values(), *_periods()]
    assert all(needed_words(pattern.pattern) for pattern in signs)


@pytest.mark.parametrize("pieces", [{"甲乙"}, {"a-c", r"\d"}, {"-—", r"\."}, {"①-⑳", "〔\\["}])
def test_the_characters_of_pieces_are_those_that_a_class_of_them_matches(pieces):
    found, one = characters_of(frozenset(pieces)), one_of(frozenset(pieces))
    assert found == {character for character in map(chr, range(0x3100)) if one.match(character)} | {
        character for character in found if ord(character) >= 0x3100
    }
    assert all(one.match(character) for character in found)
