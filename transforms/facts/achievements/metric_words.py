"""The words of ``achievements.toml`` by which measured values are told, compiled; and what its units are.

Which numbers of a text are measured values is metric_numbers' affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby

from transforms.language.expressions import characters_of, first_characters
from transforms.language.lexicon import load_lexicon
from transforms.language.scanning import Ending
from transforms.language.tables import compiled, either, patterns, strings, word_lists
from transforms.language.units import money_factor

PERCENT = "%"
_FILE = "achievements"
_BEHIND = ("after", "heads_always", "threshold", "threshold_money")
"""Patterns looked for right behind a value, mostly in vain."""


@dataclass(frozen=True, slots=True)
class Unit:
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
def unit_of(name: str) -> Unit:
    """The unit of that name."""
    lexicon = lexicon_of_metrics()
    is_money = name.endswith("元")
    return Unit(
        name,
        money_factor(name) if is_money else None,
        lexicon.needed.get(name),
        None if name == PERCENT else lexicon.patterns["threshold_money" if is_money else "threshold"],
        is_money,
        name in lexicon.words["continuous_units"],
        name in lexicon.words["time_units"],
        name.endswith(("米", "公里")),
    )


@dataclass(frozen=True, slots=True)
class Lexicon:
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
def lexicon_of_metrics() -> Lexicon:
    """The words, read once."""
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
    return Lexicon(
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
