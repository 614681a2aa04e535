"""Fiscal years in a normalised text, in Arabic or Chinese digits, and whether another year is only compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = {digit: str(value) for value, digits in enumerate(("〇零○", *"一二三四五六七八九")) for digit in digits}
# Begins with one class of characters, to which the search can skip.
_YEAR = re.compile(
    r"[12一二](?=[09〇零○九])(?<![\d.\-].)(?:(?P<arabic>(?:(?<=1)9|(?<=2)0)\d\d)(?:年度?|(?=财年|财政年|部门|整体|预算))"
    r"|(?P<chinese>(?<=[一二])[〇零○九][〇零○一二三四五六七八九]{2})年度?)(?!(?:\d{1,2}[-~至到]?){1,2}月|[一二三四五六七八九十]{1,2}月)"
)
_PAST = "(?:上一?年|去年|前一?年|往年|上一?[期轮])度?"
_PAST_BEFORE = re.compile(rf"{_PAST}[(,]?(?:即|也即|为|是)?$")
_PAST_ENDS = frozenset("年期轮度(,即为是")
_PAST_BEHIND = re.compile(rf"[(](?:即|为)?{_PAST}[)]")
_COMPARED = re.compile(r"(?:较|比|与|同|和|相比|超过|截至|至|-|—|~)$")
_LONGEST_PAST = 7
_THIS_OR_LAST = re.compile(r"(?:(?P<this>[本当今])|(?:上一?|去|前一?))年度?(?![^()]*(?:增|减|变动|比|结))")
"""How a column or row of figures begins that is one of this year or of the last."""


@dataclass(slots=True)
class Year:
    """A year as printed: ``start``:``end`` its digits, ``stop`` after 年 or 年度."""

    value: int
    start: int
    end: int
    stop: int


def find_years(
    text: str, start: int = 0, end: int | None = None, compared: re.Pattern[str] = _COMPARED
) -> Iterator[Year]:
    """The years of which ``text[start:end]`` tells.

    Left out are years that something is compared with (较2020年) and those said to be the last one (上年（2020年）).
    ``compared``: what stands before those compared with.
    """
    for year in named_years(text, start, end):
        at = year.start
        if compared.search(text, max(start, at - 2), at) or _PAST_BEHIND.match(text, year.stop):
            continue
        if at > start and text[at - 1] in _PAST_ENDS and _PAST_BEFORE.search(text, max(start, at - _LONGEST_PAST), at):
            continue
        yield year


def named_years(text: str, start: int = 0, end: int | None = None) -> Iterator[Year]:
    """All years named in ``text[start:end]`` as years (2021年, 2021年度, 二〇二一年); months of a year are none."""
    for match in _YEAR.finditer(text, start, len(text) if end is None else end):
        group = match.lastgroup or ""
        last = match.end(group)
        digits = text[match.start() : last]
        value = int(digits if group == "arabic" else "".join(_DIGITS[sign] for sign in digits))
        yield Year(value, match.start(), last, match.end())


def may_name_years(text: str) -> bool:
    """Whether a text holds what looks like a year named as one: without, no part of it names any."""
    return _YEAR.search(text) is not None


def years_of(label: str, year: int | None) -> list[int]:
    """The years that a label of a column or row names; 本年数 is that of ``year``, 上年数 that of the one before."""
    named = [found.value for found in find_years(label)]
    match = _THIS_OR_LAST.match(label) if year is not None and not named else None
    return named if match is None or year is None else [year if match["this"] else year - 1]
