"""The parts of a stated sum: the figures of its unit in the stretch that lists them, and which of them make it up.

Where the sum stands and whether its parts are said to be all is sums.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import combinations

from transforms.language.numerals import Number, find_numbers
from transforms.language.tables import compiled, strings
from transforms.language.units import unit_at

PERCENT = "%"
_BRACKETED = re.compile(r"\([^()]*\)")
_BOUND = re.compile(r"[及含(]*以[上下内]|余|多|左右|上下")
_CUT = re.compile("[、,;]")
_END_OF_BARE = re.compile(r"[、,;和及与)]|$")
_YEAR = range(1900, 2100)
_FEWEST = 2
_MOST_PARTS = 9


def without_remarks(text: str) -> str:
    """The text with blanks in the place of what stands in brackets."""
    return _BRACKETED.sub(lambda remark: " " * len(remark[0]), text)


def parts_in(listed: str, total: Number, unit: str, is_last: bool = False) -> list[Number]:
    """The figures of that unit, up to what tells something else, or, where the sum stands behind them
    (``is_last``), from there on. A unit printed once is that of all. None where one of them is only a bound or about,
    or where further figures belong to the same things."""
    found: list[tuple[Number, bool]] = []
    begin = 0
    for number, has_unit in _of_unit(listed, unit):
        lead = listed[begin : number.start].strip()
        begin = number.tail + (len(unit) if has_unit and not number.is_percent else 0)
        if number.qualifier or _BOUND.match(listed, begin) or (found and _words()["nameless"].fullmatch(_last(lead))):
            return []
        if _words()["other"].search(_last(lead)):
            if not is_last:
                break
            found.clear()
            continue
        found.append((number, has_unit))
    return _with_one_scale(found, total)


def adding_up(parts: Sequence[Number], total: Number, most: int = _MOST_PARTS) -> list[Number]:
    """Those parts that come to the sum, or none: what stands among them may be a part of a part, a sum of some of
    them, or what the sum was reckoned from."""
    if len(parts) > most:
        return list(parts) if _is_sum(parts, total) else []
    valued = [(part.full_value, part) for part in parts]
    stated, widest = total.full_value, _tolerance(parts, total)
    for count in range(len(parts), _FEWEST - 1, -1):
        for chosen in combinations(valued, count):
            if abs(sum([value for value, _ in chosen]) - stated) <= widest:
                own = [part for _, part in chosen]
                if _is_sum(own, total):
                    return own
    return []


def not_adding_up(parts: list[Number], total: Number) -> list[Number]:
    """The parts that do not come to the sum; none where it is one of them again, or the largest without the others."""
    largest = max(parts, key=lambda part: part.full_value, default=total)
    rest = sum((part.full_value for part in parts), start=-largest.full_value)
    is_reckoned = abs(largest.full_value - rest - total.full_value) <= _tolerance(parts, total)
    is_told_again = any(part.full_value == total.full_value for part in parts)
    return [] if is_reckoned or is_told_again else parts


def _is_sum(parts: Sequence[Number], total: Number) -> bool:
    observed = sum((part.full_value for part in parts), start=Decimal(0))
    return abs(observed - total.full_value) <= _tolerance(parts, total)


def _tolerance(parts: Sequence[Number], total: Number) -> Decimal:
    return sum((part.full_quantum for part in parts), start=total.full_quantum) / 2


def _of_unit(listed: str, unit: str) -> Iterator[tuple[Number, bool]]:
    """The figures of the unit, and those with none of their own at the end of an item."""
    for number in find_numbers(listed, chinese=False):
        if unit == PERCENT or number.is_percent:
            if number.is_percent and unit == PERCENT:
                yield number, True
            continue
        own = unit_at(listed, number.tail)
        if own == unit:
            yield number, True
        elif own is None and _is_bare(listed, number):
            yield number, False


def _is_bare(listed: str, number: Number) -> bool:
    """Neither a year nor the number of an item (1、道路)."""
    if not _END_OF_BARE.match(listed, number.tail) or (number.value in _YEAR and "." not in number.text):
        return False
    before, behind = listed[: number.start].rstrip()[-1:], listed[number.tail : number.tail + 2]
    return not (before in ("", ":", ",", ";") and behind.startswith("、") and not behind[1:].isdigit())


def _last(lead: str) -> str:
    """What stands in front of a figure, from the last mark on."""
    return _CUT.split(lead)[-1]


def _with_one_scale(found: list[tuple[Number, bool]], total: Number) -> list[Number]:
    """Figures without a unit take that of the others, else the sum's; none where the others have several."""
    scales = {number.scale for number, has_unit in found if has_unit} or {total.scale}
    bare = [number for number, has_unit in found if not has_unit]
    if bare and (len(scales) > 1 or any(number.scale for number in bare)):
        return []
    (*_, scale) = scales
    return [number if has_unit else replace(number, scale=scale) for number, has_unit in found]


@cache
def _words() -> dict[str, re.Pattern[str]]:
    words = strings("signs", "sums")
    return {name: compiled("signs", name, words[name]) for name in ("other", "nameless")}
