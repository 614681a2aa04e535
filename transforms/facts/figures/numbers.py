"""Numbers of a sentence that may be headline figures, and the value each has as an amount, a rate or a score.

Which figure a number states is for the reading modules to find.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from transforms.facts.amounts import in_yuan
from transforms.facts.outline.mentions import Span, stated_numbers
from transforms.language.numerals import Number
from transforms.language.units import unit_at

_FIGURE_ENDS = frozenset(("", "元", "百", "千", "分", *",。;、()%"))
_TIMES = "*×xX"
_HIGHEST_SCORE = 120
_GRADE = "(?:自评|评定|评价)?(?:等级|等次|档次|评级)"
_GRADE_BEHIND = re.compile(_GRADE)
_RANGE = "(?:至|到|~|-|—+)"
_OF_RANGE = re.compile(rf"分?{_RANGE}\d[\d.]*分")
"""Behind the first of two scores between which others lie: 90分至95分."""
_END_OF_RANGE = re.compile(rf"\d分?{_RANGE}$")
_LONGEST_RANGE = 6
_SCORE_END = re.compile(rf"分(?!之|别|项|类|制|值|钟|布|会|及?以[上下])|$|[,。;、()]|(?={_GRADE})")


class Figure(NamedTuple):
    """A number with the value it has as a figure; ``stop``: where its unit ends in the text."""

    value: Decimal
    quantum: Decimal
    unit: str
    stop: int


def figures_in(text: str, sentence: Span) -> list[Number]:
    """The numbers of a sentence that may be headline figures: money, shares, scores, bare figures."""
    return [
        number
        for number in stated_numbers(text, sentence)
        if (number.is_percent and text[max(0, number.start - 1)] not in _TIMES)
        or number.scale
        or text[number.tail : min(number.tail + 1, sentence.end)] in _FIGURE_ENDS
        or _GRADE_BEHIND.match(text, number.tail)
    ]


def in_money(number: Number, unit: str, stop: int) -> Figure | None:
    """The number, with its scale word in ``unit``, as an amount in 元; None where it cannot be told exactly."""
    money = in_yuan(number.unscaled, unit)
    if money.value is None or money.quantum is None:
        return None
    return Figure(money.value, money.quantum, unit, stop)


def money_unit(text: str, number: Number) -> tuple[str | None, int]:
    """The unit of money printed right behind a number (scale word included) and where it ends."""
    if number.is_percent:
        return None, number.tail
    if text.startswith("元", number.tail):
        return number.scale + "元", number.tail + 1
    if number.scale in ("万", "亿", "千万", "百万") and unit_at(text, number.tail) is None:
        return number.scale, number.tail
    return None, number.tail


def rate_of(text: str, number: Number) -> Figure | None:
    """The share that a number with % states, None for any other."""
    if not number.is_percent:
        return None
    return Figure(number.value / 100, number.quantum / 100, "%", number.tail)


def score_of(text: str, number: Number) -> Figure | None:
    """The score that a number states, None when it is no score."""
    end = _SCORE_END.match(text, number.tail)
    if end is None or number.is_percent or number.scale or not 0 < number.value <= _HIGHEST_SCORE:
        return None
    before = text[max(0, number.start - _LONGEST_RANGE) : number.start]
    if _OF_RANGE.match(text, number.tail) or _END_OF_RANGE.search(before):
        return None
    is_stated = text.startswith("分", number.tail)
    return Figure(number.value, number.quantum, "分", number.tail + is_stated)
