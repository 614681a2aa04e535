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
from itertools import groupby
from operator import attrgetter

from transforms.language.expressions import characters_of, first_characters
from transforms.language.lexicon import load_lexicon
from transforms.language.numerals import Number, find_numbers, find_round_numbers
from transforms.language.scanning import Ending
from transforms.language.tables import compiled, either, patterns, strings, word_lists
from transforms.language.units import money_factor

_FILE = "achievements"
_NAMES = re.compile(  # begins with one class of characters, to which the search can skip
    r"[“‘\"《〔\[](?:(?<=“)[^“”]{0,25}”|(?<=‘)[^‘’]{0,25}’|(?<=\")[^\"]{0,25}\"|(?<=《)[^《》]{0,60}》"
    r"|(?<=[〔\[])[^〔〕\[\]]{0,12}[〕\]])"
)
_REACH = 24
_NEAR = 6
_SMALL = 10
_FULL_DAY = 24
_PERCENT = "%"
_TIMES = "次"
_ROUND = frozenset("百千万亿")
_SAID = ("listed", "former")
"""What numbers between such words count: what was just named (甲和乙两项的), what was before (原来的五个标段后)."""
_BEHIND = ("after", "heads_always", "threshold", "threshold_money")
"""Patterns looked for right behind a value, mostly in vain."""


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
    lexicon = _lexicon()
    spans = _spans(text)
    read = find_numbers(text) if numbers is None else numbers
    found = _metrics(text, start, read, spans, lexicon)
    zeros = [_zero(match) for form in ("zero", "zero_after") for match in lexicon.patterns[form].finditer(text, start)]
    rounds = _metrics(text, start, _round_numbers(text, lexicon), spans, lexicon)
    return sorted((*zeros, *found, *rounds), key=attrgetter("figure")) if zeros or rounds else found


def _metrics(text: str, start: int, numbers: list[Number], spans: _Spans, lexicon: _Lexicon) -> list[Metric]:
    return [metric for number in numbers if number.start >= start and (metric := _metric(text, number, spans, lexicon))]


def _round_numbers(text: str, lexicon: _Lexicon) -> list[Number]:
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
    spans += [match.span() for match in _lexicon().patterns["fixed"].finditer(text)]
    spans.sort()
    starts: list[int] = []
    stops: list[int] = []
    for start, stop in spans:
        if not stops or start >= stops[-1]:
            starts.append(start)
            stops.append(stop)
    return _Spans(starts, stops)


def _metric(text: str, number: Number, spans: _Spans, lexicon: _Lexicon) -> Metric | None:
    unit = _unit(_PERCENT) if number.is_percent else _unit_at(text, number.tail, lexicon)
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


def _may_count(number: Number, unit: _Unit, before: str, leading: str, after: str, lexicon: _Lexicon) -> bool:
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


def _is_limit(number: Number, unit: _Unit, after: str, lexicon: _Lexicon) -> bool:
    """A time limit or a standing time, a size."""
    if unit.is_time:
        is_standing = number.text + unit.name in lexicon.words["round_the_clock"]
        return is_standing or bool(lexicon.patterns["time_limit"].match(after))
    return unit.is_length and bool(lexicon.patterns["size"].match(after))


def _may_count_chinese(number: Number, unit: str, before: str, after: str, lexicon: _Lexicon) -> bool:
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


def _leading_qualifier(before: str, number: Number, lexicon: _Lexicon) -> str:
    """The qualifier that ``before`` ends with, "" without one."""
    words = lexicon.leading_round if number.text in _ROUND else lexicon.leading
    if not before.endswith(words) or lexicon.patterns["not_qualifier"].search(before):
        return ""
    return next(word for word in words if before.endswith(word))


def _unit_at(text: str, offset: int, lexicon: _Lexicon) -> _Unit | None:
    """The longest unit at ``offset``; None where a longer word that is no unit stands there."""
    words = lexicon.longest_at.get(text[offset]) if offset < len(text) else None
    match = words.match(text, offset) if words else None
    unit = lexicon.units[match[0]] if match else None
    if match is None or unit is None:
        return None
    end = match.end()
    is_times = end < len(text) and text[end] == _TIMES and lexicon.patterns["times"].match(text, end)
    return _unit(unit + _TIMES if is_times else unit)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit: its ``factor`` as money in 元, what must stand before its values (``needed``), what makes them limits
    (``threshold``), and what kind it is of."""

    name: str
    factor: Decimal | None
    needed: re.Pattern[str] | None
    threshold: re.Pattern[str] | None
    is_money: bool
    is_continuous: bool
    is_time: bool
    is_length: bool


@cache
def _unit(name: str) -> _Unit:
    lexicon = _lexicon()
    is_money = name.endswith("元")
    return _Unit(
        name,
        money_factor(name) if is_money else None,
        lexicon.needed.get(name),
        None if name == _PERCENT else lexicon.patterns["threshold_money" if is_money else "threshold"],
        is_money,
        name in lexicon.words["continuous_units"],
        name in lexicon.words["time_units"],
        name.endswith(("米", "公里")),
    )


def _zero(match: re.Match[str]) -> Metric:
    start, unit = match.start("figure"), _lexicon().zero[match["noun"]]
    noun = match["noun"] if match.start("noun") > start else ""  # 零事故, not 事故为零
    return Metric(start, match.end(), start, Decimal(0), unit, Decimal(0), None, noun)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """``units``: word behind a number -> the unit that it gives, None for words that are no unit;
    ``longest_at``: first character -> the pattern of these words; ``leading``, ``leading_round``: the qualifiers in
    front of a figure and of a scale word alone, the longest first, and ``leading_ends`` their last characters;
    ``behind``: with what the words begin that tell of a value in front of them."""

    words: dict[str, frozenset[str]]
    patterns: dict[str, re.Pattern[str]]
    units: dict[str, str | None]
    longest_at: dict[str, re.Pattern[str]]
    needed: dict[str, re.Pattern[str]]
    leading: tuple[str, ...]
    leading_round: tuple[str, ...]
    leading_ends: frozenset[str]
    behind: frozenset[str]
    before_round: dict[str, str]
    after: dict[str, str]
    zero: dict[str, str]
    ordinal: Ending


@cache
def _lexicon() -> _Lexicon:
    words = {key: frozenset(entry) for key, entry in word_lists(_FILE, "words").items()}
    before, after = strings(_FILE, "qualifiers_before"), strings(_FILE, "qualifiers_after")
    before_round = before | strings(_FILE, "qualifiers_before_round")
    zero = {noun: unit for unit, nouns in word_lists(_FILE, "zero").items() for noun in nouns}
    known, units = patterns(_FILE, "patterns"), _units(words)
    own = {
        "fixed": either(words["fixed"]),
        "after": either(after),
        "zero": rf"(?P<figure>[零0])(?<![\d.,零一二三四五六七八九十百千万][零0])[”\"’]?(?P<noun>{either(zero)})",
        "zero_after": rf"(?P<noun>{either(zero)}){known['zero_behind'].pattern}",
    }
    known |= {key: compiled(_FILE, key, pattern) for key, pattern in own.items()}
    return _Lexicon(
        words,
        known,
        units,
        {first: re.compile(either(list(group))) for first, group in groupby(sorted(units), lambda unit: unit[0])},
        patterns(_FILE, "needed"),
        _longest_first(before),
        _longest_first(before_round),
        frozenset(word[-1] for word in before_round),
        frozenset().union(*(characters_of(first_characters(known[key].pattern)) for key in _BEHIND)),
        before_round,
        after,
        zero,
        Ending(strings(_FILE, "patterns")["ordinal"]),
    )


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def _units(words: dict[str, frozenset[str]]) -> dict[str, str | None]:
    known = [term for terms in load_lexicon("units", "count").groups.values() for term in terms]
    units: dict[str, str | None] = {unit: unit for unit in (*known, "元", "元人民币", *words["also_units"])}
    units |= dict.fromkeys((*words["never_units"], *words["not_units"]))
    return units | strings(_FILE, "split")
