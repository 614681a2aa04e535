"""Which numbers of a text are measured values: number, unit, qualifier; and which only look like it.

Dates, ordinals, ratings, terms, quoted names and idioms are passed over by their form and by short stop lists in
``achievements.toml``. What a value measures belongs to metric_names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from transforms.facts.achievements.metric_words import PERCENT, Lexicon, Unit, lexicon_of_metrics, unit_of
from transforms.language.numerals import Number, find_numbers, find_round_numbers

_NAMES = re.compile(  # begins with one class of characters, to which the search can skip
    r"[“‘\"《〔\[](?:(?<=“)[^“”]{0,25}”|(?<=‘)[^‘’]{0,25}’|(?<=\")[^\"]{0,25}\"|(?<=《)[^《》]{0,60}》"
    r"|(?<=[〔\[])[^〔〕\[\]]{0,12}[〕\]])"
)
_REACH = 24
_NEAR = 6
_SMALL = 10
_FULL_DAY = 24
_TIMES = "次"
_ROUND = frozenset("百千万亿")
_SAID = ("listed", "former")
"""What numbers between such words count: what was just named (甲和乙两项的), what was before (原来的五个标段后)."""


@dataclass(slots=True)
class Metric:
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


def find_metrics(text: str, start: int = 0, numbers: list[Number] | None = None) -> list[Metric]:
    """The measured values in ``text`` from ``start`` on, left to right. ``numbers``: those of the text, where they are
    known already."""
    lexicon = lexicon_of_metrics()
    spans = _spans(text)
    read = find_numbers(text) if numbers is None else numbers
    found = _metrics(text, start, read, spans, lexicon)
    zeros = [_zero(match) for form in ("zero", "zero_after") for match in lexicon.patterns[form].finditer(text, start)]
    rounds = _metrics(text, start, _round_numbers(text, lexicon), spans, lexicon)
    return sorted((*zeros, *found, *rounds), key=attrgetter("figure")) if zeros or rounds else found


def _metrics(text: str, start: int, numbers: list[Number], spans: _Spans, lexicon: Lexicon) -> list[Metric]:
    return [metric for number in numbers if number.start >= start and (metric := _metric(text, number, spans, lexicon))]


def _round_numbers(text: str, lexicon: Lexicon) -> list[Number]:
    """近百场, 千余名: a scale word alone counts where a word of approximation stands by it."""
    return [
        number
        for number in find_round_numbers(text)
        if number.qualifier or text.endswith(lexicon.leading_round, max(0, number.start - _NEAR), number.start)
    ]


@dataclass(slots=True)
class _Spans:
    """Stretches whose numbers are part of a name: sorted, not overlapping."""

    starts: list[int]
    stops: list[int]

    def around(self, number: Number) -> tuple[int, int] | None:
        """The stretch that holds the number, or None."""
        at = bisect_right(self.starts, number.start) - 1
        return (self.starts[at], self.stops[at]) if at >= 0 and number.start < self.stops[at] else None


def _spans(text: str) -> _Spans:
    spans = [match.span() for match in _NAMES.finditer(text)]
    spans += [match.span() for match in lexicon_of_metrics().patterns["fixed"].finditer(text)]
    spans.sort()
    starts: list[int] = []
    stops: list[int] = []
    for start, stop in spans:
        if not stops or start >= stops[-1]:
            starts.append(start)
            stops.append(stop)
    return _Spans(starts, stops)


def _metric(text: str, number: Number, spans: _Spans, lexicon: Lexicon) -> Metric | None:
    unit = unit_of(PERCENT) if number.is_percent else _unit_at(text, number.tail, lexicon)
    if unit is None or number.text == "零" or (spans.starts and _is_in_name(number, spans)):
        return None
    start, stop = number.start, number.tail if number.is_percent else number.tail + len(unit.name)
    before, after = text[start - _REACH if start > _REACH else 0 : start], text[stop : stop + _REACH]
    leading = _leading_qualifier(before, number, lexicon) if before and before[-1] in lexicon.leading_ends else ""
    bare = before[: -len(leading)] if leading else before
    is_ordinal = not leading and lexicon.ordinal.may_end(text, start) and lexicon.ordinal.search(before[-_NEAR:])
    if is_ordinal or not _may_count(number, unit, bare, leading, after, lexicon):
        return None
    trailing = lexicon.patterns["after"].match(after) if after and after[0] in lexicon.behind else None
    qualifier = lexicon.before_round[leading] if leading else number.qualifier
    qualifier = qualifier or (lexicon.after[trailing[0]] if trailing else "")
    lead = lexicon.patterns["continuous"].search(bare) if unit.is_continuous else None
    begin, end = start - len(leading) - (len(lead[0]) if lead else 0), stop + (trailing.end() if trailing else 0)
    name = unit.name if number.is_percent else number.scale + unit.name
    value = number.full_value if unit.factor is None else number.full_value * unit.factor
    return Metric(begin, end, start, number.value, name, value, qualifier or None)


def _is_in_name(number: Number, spans: _Spans) -> bool:
    """Whether the number is part of a quoted name or a fixed term; “100%” alone is a value in quotation marks."""
    name = spans.around(number)
    return name is not None and not (number.is_percent and name == (number.start - 1, number.tail + 1))


def _may_count(number: Number, unit: Unit, before: str, leading: str, after: str, lexicon: Lexicon) -> bool:
    patterns = lexicon.patterns
    is_told = bool(after) and after[0] in lexicon.behind
    if (before and before[-1] == "每") or (is_told and patterns["heads_always"].match(after)):
        return False
    if unit.is_continuous:
        return bool(patterns["continuous"].search(before[-_NEAR:]))
    if unit.needed is not None and not unit.needed.search(before + leading):
        return False
    is_class = number.text in _ROUND and unit.is_money and patterns["threshold_round"].match(after)
    is_threshold = is_told and unit.threshold is not None and unit.threshold.match(after)
    if is_class or is_threshold or _is_limit(number, unit, after, lexicon):
        return False
    return not number.is_chinese or _may_count_chinese(number, unit.name, before, after, lexicon)


def _is_limit(number: Number, unit: Unit, after: str, lexicon: Lexicon) -> bool:
    """A time limit or a standing time, a size."""
    if unit.is_time:
        is_standing = number.text + unit.name in lexicon.words["round_the_clock"]
        return is_standing or bool(lexicon.patterns["time_limit"].match(after))
    return unit.is_length and bool(lexicon.patterns["size"].match(after))


def _may_count_chinese(number: Number, unit: str, before: str, after: str, lexicon: Lexicon) -> bool:
    """Characters for digits stand in many a term: small numbers count with fewer units, and only without doubt."""
    words, patterns = lexicon.words, lexicon.patterns
    if (
        (number.full_value <= _SMALL and unit not in words["chinese_units"])
        or patterns["heads"].match(after)
        or patterns["chinese_before"].search(before)
        or any(patterns[f"{of}_before"].search(before) and patterns[f"{of}_behind"].match(after) for of in _SAID)
    ):
        return False
    if unit == "个" and patterns["heads_of_ge"].match(after):
        return False
    if unit.endswith("小时") and number.value == _FULL_DAY:
        return False
    if number.full_value > _SMALL or number.is_percent:
        return True
    if unit in words["large_only"] or number.text == "二":
        return False
    is_last = after[:1] in ("", *",。;、:!?")
    if number.text == "一":
        return is_last and unit in words["one_units"] and bool(patterns["one_verb"].search(before))
    return unit != "期" or is_last


def _leading_qualifier(before: str, number: Number, lexicon: Lexicon) -> str:
    """The qualifier that ``before`` ends with, "" without one."""
    words = lexicon.leading_round if number.text in _ROUND else lexicon.leading
    if not before.endswith(words) or lexicon.patterns["not_qualifier"].search(before):
        return ""
    return next(word for word in words if before.endswith(word))


def _unit_at(text: str, offset: int, lexicon: Lexicon) -> Unit | None:
    """The longest unit at ``offset``; None where a longer word that is no unit stands there."""
    words = lexicon.longest_at.get(text[offset]) if offset < len(text) else None
    match = words.match(text, offset) if words else None
    unit = lexicon.units[match[0]] if match else None
    if match is None or unit is None:
        return None
    end = match.end()
    is_times = end < len(text) and text[end] == _TIMES and lexicon.patterns["times"].match(text, end)
    return unit_of(unit + _TIMES if is_times else unit)


def _zero(match: re.Match[str]) -> Metric:
    start, unit = match.start("figure"), lexicon_of_metrics().zero[match["noun"]]
    noun = match["noun"] if match.start("noun") > start else ""  # 零事故, not 事故为零
    return Metric(start, match.end(), start, Decimal(0), unit, Decimal(0), None, noun)
