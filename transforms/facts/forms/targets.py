"""Values of indicators: ≥90%, 不少于12次, 90%以上, 优 -> direction, number, unit.

What a text does not say is None; a target that no single number expresses is qualitative.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from transforms.facts.forms.labels import is_nothing
from transforms.language.numerals import Number, find_numbers
from transforms.language.tables import either, word_lists
from transforms.language.units import money_factor, unit_at

QUALITATIVE = "qualitative"
_SIGNS = {"at_least": "≥", "at_most": "≤", "exactly": "=", "at_least_after": "≥", "at_most_after": "≤"}
_LONGEST = 40
_MOST_AROUND = 6
_LONGEST_UNIT = 4
_MARKS = re.compile(r"[,:;。、()\[\]\s]+")
_UNIT = re.compile(r"[^\d,:;。、()\[\]≥≤<>=\s]+")
_BEHIND = re.compile(r"\(([^()]{1,8})\)$")
_PER = re.compile(r"/[\u4e00-\u9fff㎡]{1,3}(?:·[\u4e00-\u9fff]{1,2})?")
_DATE = re.compile(
    r"(?<!\d)20\d\d(?:年|[./-]\d{1,2}[./-])|\d{1,2}月(?:\d|底|前|末|初|份|$)|月\d{1,2}日|\d日(?:之?前|止)|\d[-~至—]\d|\d%?[-~至—]\d"
)


class Value(NamedTuple):
    """A printed value. ``unit`` as printed, None without one; all None for a blank text."""

    direction: str | None
    number: Decimal | None
    unit: str | None


NO_VALUE = Value(None, None, None)


def read_target(text: str, sign: str = "", unit: str = "") -> Value:
    """The normalised target; ``sign`` and ``unit`` are the cells of the columns that hold them apart."""
    if is_nothing(text):
        return NO_VALUE
    number, around, own_unit = _taken_apart(text)
    direction = _direction(around) or _direction((sign, ""))
    if number is None or sign in _words()["not_number"]:
        return Value(QUALITATIVE, None, None)
    return Value(direction or "=", number, own_unit or unit or None)


def read_actual(text: str, target: Value) -> Value:
    """The normalised actual value, counted in the unit of the target where both are money; without a unit it counts
    in the target's."""
    if is_nothing(text):
        return NO_VALUE
    number, _, unit = _taken_apart(text)
    if number is None:
        return NO_VALUE
    own, wanted = money_factor(unit or ""), money_factor(target.unit or "")
    if own and wanted and own != wanted:
        return Value(None, number * own / wanted, target.unit)
    return Value(None, number, unit or target.unit)


def unit_of_name(name: str) -> str:
    """The unit of values that a normalised name has in brackets behind it (清运量(吨), 合格率(%)); "" without one."""
    match = _BEHIND.search(name)
    words = match[1] if match else ""
    known = unit_at(words, 0) or ""
    is_unit = words == "%" or (known and (words == known or _PER.fullmatch(words, len(known))))
    return words if is_unit else ""


def _taken_apart(text: str) -> tuple[Decimal | None, tuple[str, str], str | None]:
    """The one number of a short text, the words before and after it, and its unit; no number where several stand, or
    words that make it part of a sentence."""
    if len(text) > _LONGEST or _DATE.search(text):
        return None, (text, ""), None
    numbers = find_numbers(text, chinese=False) or _whole_chinese(text)
    if len(numbers) != 1:
        return None, (text, ""), None
    number = numbers[0]
    unit = "%" if number.is_percent else _unit(text, number.end)
    tail = text.find(unit, number.end) + len(unit) if unit else number.tail
    before, after = text[: number.start], text[tail:]
    if max(len(_rest(before)), len(_rest(after))) > _MOST_AROUND:
        return None, (before, after), None
    return number.value, (before, after), unit


def _whole_chinese(text: str) -> list[Number]:
    """十二次: a Chinese numeral counts where nothing but its unit stands beside it."""
    numbers = find_numbers(text)
    is_whole = len(numbers) == 1 and numbers[0].start == 0 and unit_at(text, numbers[0].end) == text[numbers[0].end :]
    return numbers if is_whole else []


def _unit(text: str, start: int) -> str | None:
    start += text[start : start + 1] in ("余", "多", "几")
    known = unit_at(text, start)
    if known:
        per = _PER.match(text, start + len(known))
        return known + (_direction_words().split(per[0])[0] if per else "")
    match = _UNIT.match(text, start)
    words = _direction_words().sub("", match[0]) if match else ""
    return words if 0 < len(words) <= _LONGEST_UNIT else None


def _rest(text: str) -> str:
    """What is left of the words around a number without signs of direction and words that add nothing."""
    return _MARKS.sub("", _fillers().sub("", _direction_words().sub("", text)))


def _direction(around: tuple[str, str]) -> str | None:
    before, after = around[0].replace(" ", ""), around[1]
    said = _signs("after").match(_MARKS.sub("", after)) or next(reversed(list(_signs("before").finditer(before))), None)
    return _sign_of(said[0]) if said else None


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return word_lists("forms", "directions", (*_SIGNS, "not_number", "filler"))


@cache
def _signs(where: str) -> re.Pattern[str]:
    """The words of direction that stand before or after the number; of overlapping ones the longest counts."""
    names = [name for name in _SIGNS if name.endswith("_after") == (where == "after")]
    return re.compile(either([word for name in names for word in _words()[name]]))


def _sign_of(word: str) -> str:
    return next(sign for name, sign in _SIGNS.items() if word in _words()[name])


@cache
def _direction_words() -> re.Pattern[str]:
    return re.compile(either([word for name in _SIGNS for word in _words()[name]]))


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile(either(_words()["filler"]))
