"""Which numbers of a text are measured values: number, unit, qualifier; and which only look like it.

Dates, ordinals, ratings, terms, quoted names and idioms are passed over by their form and by short stop lists in
``achievements.toml``. What a value measures belongs to metric_names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from transforms.language.lexicon import load_data, load_lexicon
from transforms.language.numerals import Number, find_numbers
from transforms.language.units import money_factor

_NAMES = re.compile(r"“[^“”]{0,25}”|‘[^‘’]{0,25}’|\"[^\"]{0,25}\"|《[^《》]{0,60}》|[〔\[][^〔〕\[\]]{0,12}[〕\]]")
_REACH = 24
_LONGEST_UNIT = 6
_SMALL = 10
_FULL_DAY = 24
_PERCENT = "%"


class Metric(NamedTuple):
    """A measured value in a normalised text. ``start``:``stop`` is the value as printed with its qualifiers,
    ``figure`` the offset of its first digit. ``unit`` and ``value`` are as printed, ``normalized`` has scale words
    applied and money in 元. ``noun``: what a bare zero counts (零事故), else ""."""

    start: int
    stop: int
    figure: int
    value: Decimal
    unit: str
    normalized: Decimal
    qualifier: str | None
    noun: str = ""


def find_metrics(text: str, start: int = 0) -> list[Metric]:
    """The measured values in ``text`` from ``start`` on, left to right."""
    spans = _spans(text)
    found = [_zero(match) for match in _words().zero.finditer(text, start)]
    for number in find_numbers(text):
        if number.start >= start:
            metric = _metric(text, number, spans)
            if metric:
                found.append(metric)
    found.sort(key=lambda metric: metric.figure)
    return found


class _Spans(NamedTuple):
    """Stretches whose numbers are part of a name: sorted, not overlapping."""

    starts: list[int]
    stops: list[int]

    def around(self, number: Number) -> tuple[int, int] | None:
        """The stretch that holds the number, or None."""
        at = bisect_right(self.starts, number.start) - 1
        return (self.starts[at], self.stops[at]) if at >= 0 and number.start < self.stops[at] else None


def _spans(text: str) -> _Spans:
    spans = sorted(match.span() for pattern in (_NAMES, _words().fixed) for match in pattern.finditer(text))
    starts: list[int] = []
    stops: list[int] = []
    for start, stop in spans:
        if not stops or start >= stops[-1]:
            starts.append(start)
            stops.append(stop)
    return _Spans(starts, stops)


def _metric(text: str, number: Number, spans: _Spans) -> Metric | None:
    unit = _PERCENT if number.is_percent else _unit_at(text, number.tail)
    if unit is None or number.text == "零":
        return None
    name = spans.around(number)
    is_all_quoted = name is not None and number.is_percent and name == (number.start - 1, number.tail + 1)
    if name is not None and not is_all_quoted:
        return None
    stop = number.tail if number.is_percent else number.tail + len(unit)
    before, after = text[max(0, number.start - _REACH) : number.start], text[stop : stop + _REACH]
    leading = _leading_qualifier(before)
    bare = before[: -len(leading)] if leading else before
    if not _may_count(number, unit, bare, after):
        return None
    words = _words()
    trailing = words.after.match(after)
    qualifier = words.before_words[leading] if leading else number.qualifier
    qualifier = qualifier or (words.after_words[trailing[0]] if trailing else "")
    lead = re.search(words.continuous, bare) if unit in words.continuous_units else None
    return Metric(
        start=number.start - len(leading) - (len(lead[0]) if lead else 0),
        stop=stop + (trailing.end() if trailing else 0),
        figure=number.start,
        value=number.value,
        unit=unit if number.is_percent else number.scale + unit,
        normalized=number.full_value * (money_factor(unit) or 1 if unit.endswith("元") else 1),
        qualifier=qualifier or None,
    )


def _may_count(number: Number, unit: str, before: str, after: str) -> bool:
    words = _words()
    if before.endswith("每") or words.ordinal.search(before) or words.heads_always.match(after):
        return False
    if unit in words.continuous_units:
        return bool(words.continuous.search(before))
    if unit in words.needed and not words.needed[unit].search(before):
        return False
    threshold = words.threshold_money if unit.endswith("元") else words.threshold
    if unit != _PERCENT and threshold.match(after):
        return False
    if unit in words.time_units and _is_standing_time(number, unit, after):
        return False
    if unit.endswith("米") and words.size.match(after):
        return False
    return not number.is_chinese or _may_count_chinese(number, unit, before, after)


def _is_standing_time(number: Number, unit: str, after: str) -> bool:
    return number.text + unit in _words().round_the_clock or bool(_words().time_limit.match(after))


def _may_count_chinese(number: Number, unit: str, before: str, after: str) -> bool:
    """Characters for digits stand in many a term, so fewer units count, and small numbers only without doubt."""
    words = _words()
    if unit not in words.chinese_units or words.heads.match(after):
        return False
    if unit.endswith("小时") and number.value == _FULL_DAY:
        return False
    if number.full_value > _SMALL or number.is_percent:
        return not words.chinese_before.search(before)
    if unit in words.large_only or number.text == "二" or words.chinese_before.search(before):
        return False
    if unit == "期" and after[:1] not in ("", *",。;、:!?"):
        return False
    return number.text != "一" or _is_one_counted(unit, before, after)


def _is_one_counted(unit: str, before: str, after: str) -> bool:
    words = _words()
    is_last = after[:1] in ("", *",。;、!?")
    return is_last and unit in words.one_units and bool(words.one_verb.search(before))


def _leading_qualifier(before: str) -> str:
    words = _words()
    match = words.before.search(before)
    return match[0] if match and not words.not_before.search(before) else ""


def _unit_at(text: str, offset: int) -> str | None:
    """The longest unit at ``offset``; None where a longer word that is no unit stands there."""
    units = _words().units
    for length in range(_LONGEST_UNIT, 0, -1):
        piece = text[offset : offset + length]
        if len(piece) == length and piece in units:
            return units[piece]
    return None


def _zero(match: re.Match[str]) -> Metric:
    noun = match["noun"]
    return Metric(
        match.start(), match.end(), match.start(), Decimal(0), _words().zero_units[noun], Decimal(0), None, noun
    )


@dataclass(frozen=True, slots=True)
class _Words:
    units: dict[str, str | None]
    chinese_units: frozenset[str]
    large_only: frozenset[str]
    one_units: frozenset[str]
    continuous_units: frozenset[str]
    time_units: frozenset[str]
    round_the_clock: frozenset[str]
    needed: dict[str, re.Pattern[str]]
    before_words: dict[str, str]
    after_words: dict[str, str]
    zero_units: dict[str, str]
    fixed: re.Pattern[str]
    heads: re.Pattern[str]
    heads_always: re.Pattern[str]
    chinese_before: re.Pattern[str]
    one_verb: re.Pattern[str]
    ordinal: re.Pattern[str]
    continuous: re.Pattern[str]
    threshold: re.Pattern[str]
    threshold_money: re.Pattern[str]
    time_limit: re.Pattern[str]
    size: re.Pattern[str]
    before: re.Pattern[str]
    not_before: re.Pattern[str]
    after: re.Pattern[str]
    zero: re.Pattern[str]


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _words() -> _Words:
    data = load_data("achievements")
    chinese, before, after, qualifiers = data["chinese"], data["before"], data["after"], data["qualifiers"]
    zero_units = {noun: unit for unit, nouns in data["zero"].items() for noun in nouns.split()}
    return _Words(
        units=_units(data),
        chinese_units=frozenset(chinese["units"].split()),
        large_only=frozenset(chinese["large_only"].split()),
        one_units=frozenset(chinese["one_units"].split()),
        continuous_units=frozenset(before["continuous_units"].split()),
        time_units=frozenset(after["time_units"].split()),
        round_the_clock=frozenset(after["round_the_clock"]),
        needed={unit: re.compile(words) for unit, words in before["needed"].items()},
        before_words=qualifiers["before"],
        after_words=qualifiers["after"],
        zero_units=zero_units,
        fixed=re.compile(_either(data["phrases"]["fixed"].split())),
        heads=re.compile(chinese["heads"].removeprefix("^")),
        heads_always=re.compile(chinese["heads_always"].removeprefix("^")),
        chinese_before=re.compile(chinese["before"]),
        one_verb=re.compile(chinese["one_verb"]),
        ordinal=re.compile(before["ordinal"]),
        continuous=re.compile(before["continuous"]),
        threshold=re.compile(after["threshold"]),
        threshold_money=re.compile(after["threshold_money"]),
        time_limit=re.compile(after["time_limit"]),
        size=re.compile(after["size"]),
        before=re.compile(f"(?:{_either(qualifiers['before'])})$"),
        not_before=re.compile(qualifiers["not_before"]),
        after=re.compile(_either(qualifiers["after"])),
        zero=re.compile(rf"[零0](?<![\d.,零一二三四五六七八九十百千万][零0])[”\"’]?(?P<noun>{_either(zero_units)})"),
    )


def _units(data: dict[str, Any]) -> dict[str, str | None]:
    """Word behind a number -> the unit that it gives, None for words that are no unit."""
    base = load_lexicon("units", "count").groups
    units: dict[str, str | None] = {term: term for terms in base.values() for term in terms}
    units |= {unit: unit for unit in ("元", "元人民币", *data["units"]["also"].split())}
    units |= dict.fromkeys((*data["units"]["never"].split(), *data["units"]["words"].split()))
    split: dict[str, str] = data["split"]
    return units | split
