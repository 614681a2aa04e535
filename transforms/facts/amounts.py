"""Amounts of money in cells and sentences, in 元, and the declarations of their unit.

Which unit goes before which, and how exactly an amount counts, is decided here; what an amount is for is not.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.language.numerals import Number, quantum_of
from transforms.language.scanning import Ending, Scanner
from transforms.language.tables import strings
from transforms.language.units import money_factor, parse_amount

_FEN = Decimal("0.01")
_LARGEST_DIGITS = 16  # a hundred million 亿元: beyond, a figure is no money
_PLAIN = re.compile(r"\d{1,12}(?:\.\d{1,8})?")
_NEGATIVE = re.compile(r"\((?P<bracketed>[¥]?[\d,. ]+)\)(?P<unit>\(?[万千百亿]*元\)?)?|[△▲](?P<marked>.+)")
_DECLARED = Scanner(
    r"(?:单位|(?<![\u4e00-\u9fff])金额(?=:))(?:[均都皆]|统一|一律|全部)*(?:[:为是]|以)?\(?(?:人民币)?\(?(?P<unit>(?:亿|百?万|千|百)?元)(?:人民币)?(?=[()\]】,、:;。/及和计]|$)"
)
_BRACKETED = re.compile(
    r"[(\[【](?:[^()\[\]【】]{0,30}(?<!\d)[,;])?(?:人民币)?(?P<unit>(?:亿|百?万|千|百)?元)(?:人民币)?[)\]】](?:分别)?(?:如下|所示|见下表|[为是])?[:。]?$"
)
_UNIT_SAID = re.compile(r"[为以按是用:(位均一币即](?:亿|百?万|千|百)?元")  # what both patterns for sentences hold
_SAID = re.compile(
    r"(?:金额|资金|数据|数字|款项)(?:单位)?(?:除.{0,10}外)?(?:凡?未(?:特别)?(?:注|标|写|说)明(?:单位)?[的者])?,?(?:均|统一|都|一律|全部)?(?:为|以|按|是|用)(?P<unit>(?:亿|百?万|千|百)?元)"
    r"|(?<![\d.点])(?:均|统一|都)?以(?:人民币)?(?P<as>(?:亿|百?万|千|百)?元)(?:为|作为|作)?(?:计量|金额)?(?:单位|计)"
    r"|为单位[,(]?[即指](?P<that>(?:亿|百?万|千|百)?元)"
)


class Money(NamedTuple):
    """An amount as read. ``value`` and ``quantum`` in 元, None when the text is no number or its unit is unknown;
    a figure finer than a fen is rounded half away from zero (``is_finer``). ``own_unit`` is the unit printed with
    the figure itself, ``unit`` the one that was applied."""

    value: Decimal | None
    quantum: Decimal | None
    unit: str | None
    own_unit: str | None
    is_finer: bool = False


NO_MONEY = Money(None, None, None, None)


@lru_cache(maxsize=4096)  # budget and spending are often one figure
def read_money(text: str, unit: str | None) -> Money:
    """The amount that the normalised ``text`` prints, in its own unit, else in ``unit``.

    (5.00) and △5.00 are negative. Dashes, words, percentages and a lone Chinese digit are no amounts.
    """
    if unit and _PLAIN.fullmatch(text):
        return _in_yuan(Decimal(text), quantum_of(len(text.partition(".")[2])), unit, None)
    text = without_remark(text)
    negative = _NEGATIVE.fullmatch(text)
    if negative:
        text = (negative["bracketed"] or negative["marked"]) + (negative["unit"] or "")
    amount = parse_amount(text)
    if amount is None or (amount.unit is None and _is_dash(amount.number)):
        return NO_MONEY
    applied = amount.unit or unit
    if applied is None:
        return NO_MONEY
    money = _in_yuan(amount.number.full_value, amount.number.full_quantum, applied, amount.unit)
    return money._replace(value=-money.value) if money.value is not None and negative else money


def without_remark(text: str) -> str:
    """An amount without what stands behind it and says no more than where it comes from or what is in it."""
    return _remark().left_out(text)


@cache
def _remark() -> Ending:
    return Ending(strings("units", "amounts", ("remark",))["remark"])


def _is_dash(number: Number) -> bool:
    """A lone Chinese digit: 一 in a cell is a dash as often as a one."""
    return number.is_chinese and len(number.text) == 1 and number.value != 0


def in_yuan(number: Number, unit: str) -> Money:
    """A figure with the unit that it counts in, in 元: exact to the fen, finer figures rounded (``is_finer``). No
    value when ``unit`` is no unit of money or the figure is too large to be money."""
    return _in_yuan(number.full_value, number.full_quantum, unit, unit)


def _in_yuan(value: Decimal, quantum: Decimal, unit: str, own_unit: str | None) -> Money:
    factor = _factor(unit)
    if factor is None:
        return NO_MONEY
    exact = value * factor
    if exact.adjusted() >= _LARGEST_DIGITS:
        return Money(None, None, unit, own_unit)
    rounded = exact.quantize(_FEN, ROUND_HALF_UP)
    return Money(rounded, quantum * factor, unit, own_unit, rounded != exact)


_factor = cache(money_factor)


def declared_unit(text: str) -> str | None:
    """The unit of money that a caption declares (单位:万元, 金额单位:元, ...情况表(万元)), or None."""
    match = (_DECLARED.search(text) or _BRACKETED.search(text)) if "元" in text else None
    return match["unit"] if match else None


def said_unit(text: str) -> str | None:
    """The unit that a sentence declares for what follows (以下金额均以万元为单位), or None."""
    if not _UNIT_SAID.search(text):
        return None
    match = _SAID.search(text) or _DECLARED.search(text)
    return next((unit for unit in match.groupdict().values() if unit), None) if match else None


def read_rate(text: str, header: str) -> Decimal | None:
    """The fraction that a cell of a rate column prints: 99.5% and, under a header with %, 99.5 are 0.995; without any
    % a figure over 1.5 counts as hundredths."""
    amount = parse_amount(text.removesuffix("%"))
    if amount is None or amount.unit or amount.number.is_chinese:
        return None
    value = amount.number.value
    is_percent = text.endswith("%") or "%" in header or value > Decimal("1.5")
    return value / 100 if is_percent else value
