"""Units: money units and their factors to 元, and the words that counts and measures are given in.

Which figure a unit belongs to is for the facts to say.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.language.lexicon import Lexicon, LexiconError, load_data, load_lexicon
from transforms.language.numerals import Number, find_numbers, parse_number
from transforms.language.text import normalise

_FEN = Decimal("0.01")
_LARGEST_DIGITS = 16  # a hundred million 亿元: beyond, a figure is no money
_PREFIXES = ("", "¥", "人民币", "人民币¥")
_AMBIGUOUS = ("块", "角", "分", "万", "亿")  # words that mean money only right after a figure


class Yuan(NamedTuple):
    """Money in 元: ``value`` exact to the fen, None when the printed figure is finer than a fen; ``quantum``
    the value of one unit of the last printed digit."""

    value: Decimal | None
    quantum: Decimal


class Amount(NamedTuple):
    """A cell of money: its number and the unit printed with it, None when it has none."""

    number: Number
    unit: str | None


def money_factor(unit: str) -> Decimal | None:
    """How many 元 one ``unit`` is (万元 -> 10000); None when it is no unit of money."""
    return _money().get(normalise(unit))


def to_yuan(number: Number, unit: str) -> Yuan:
    """The number in 元, its scale word applied (24,957.99 in 万元 -> 249579900.00, quantum 100.00).
    ValueError when ``unit`` is no unit of money."""
    factor = money_factor(unit)
    if factor is None:
        raise ValueError(f"not a unit of money: {unit!r}")
    exact = number.full_value * factor
    quantum = number.full_quantum * factor
    value = exact.quantize(_FEN) if exact.adjusted() < _LARGEST_DIGITS else None
    return Yuan(value if value == exact else None, quantum)


@lru_cache(maxsize=4096)  # rates stand in many rows
def parse_amount(text: str) -> Amount | None:
    """A text (raw or normalised) that is nothing but an amount: 5.59, 5.59万元, ¥55,900.00, 人民币6万元.
    A scale word counts as part of the unit. None for anything else."""
    text = normalise(text)
    numbers = find_numbers(text)
    if len(numbers) != 1:
        whole = parse_number(text)
        return Amount(whole, None) if whole and not whole.is_percent else None
    number = numbers[0]
    rest = text[number.end :].strip("()")
    is_amount = text[: number.start].rstrip("(") in _PREFIXES and not number.is_percent
    if not is_amount or (rest and money_factor(rest) is None):
        return None
    return Amount(number.unscaled, rest or None)


def find_money_unit(text: str) -> str | None:
    """The first unit of money named in a normalised text such as 单位:万元 or 2021年预算(万元); None without
    one."""
    hit = _money_units().find(text)
    return hit.term if hit else None


def unit_at(text: str, offset: int) -> str | None:
    """The longest unit, of money or count, that starts at ``offset`` of a normalised text, or None."""
    return _all_units().at(text, offset)


@cache
def _money() -> dict[str, Decimal]:
    table = load_data("units").get("money", {})
    try:
        return {normalise(unit): Decimal(factor) for unit, factor in table.items()}
    except (InvalidOperation, TypeError) as error:
        raise LexiconError("词表 units.toml 的 [money] 中有不是数的折算率") from error


@cache
def _money_units() -> Lexicon:
    return Lexicon("units", {"money": tuple(unit for unit in _money() if unit not in _AMBIGUOUS)})


@cache
def _all_units() -> Lexicon:
    groups = (*load_lexicon("units", "count").groups.values(), *_money_units().groups.values())
    return Lexicon("units", {"all": tuple({term for terms in groups for term in terms})})
