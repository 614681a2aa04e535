"""How figures are printed: money, rates, counts, Chinese numerals. What the figures are is no matter here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

YUAN = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
"""Money units in 元."""

FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")


@dataclass(frozen=True, slots=True)
class NumberLook:
    """How numbers look: thousands commas (``,`` or the sloppy ``, ``), least decimals, full-width digits,
    what stands between number and unit."""

    comma: str = ""
    decimals: int = 2
    is_full_width: bool = False
    gap: str = ""


def chinese_numeral(number: int) -> str:
    """A whole number from 0 to 9999 in Chinese numerals (12 -> 十二, 103 -> 一百零三)."""
    if number == 0:
        return "零"
    text, pending_zero = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if pending_zero and text else "") + _DIGITS[digit] + _PLACES[place]
            pending_zero = False
        else:
            pending_zero = True
    return text.removeprefix("一") if text.startswith("一十") else text


def counted(number: int) -> str:
    """A count before a measure word in Chinese numerals (2 -> 两)."""
    return "两" if number == 2 else chinese_numeral(number)


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def number_text(value: Decimal, look: NumberLook) -> str:
    """The exact value with at least ``look.decimals`` decimals."""
    places = max(look.decimals, _decimals(value))
    text = f"{value:,.{places}f}"
    text = text.replace(",", look.comma)
    return text.translate(FULL_WIDTH) if look.is_full_width else text


def in_unit(yuan: Decimal, unit: str) -> Decimal:
    """An amount in 元, in another money unit, exact."""
    return yuan / YUAN[unit]


def money_digits(yuan: Decimal, unit: str, look: NumberLook) -> str:
    """An amount printed in ``unit``, without the unit."""
    return number_text(in_unit(yuan, unit), look)


def money_text(yuan: Decimal, unit: str, look: NumberLook) -> str:
    """An amount printed with its unit."""
    return f"{money_digits(yuan, unit, look)}{look.gap}{unit}"


def fraction(part: Decimal, whole: Decimal, decimals: int) -> Decimal:
    """part ÷ whole as a fraction whose percentage has ``decimals`` decimals, rounded half up."""
    percent = (part * 100 / whole).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return percent / 100


def percent_text(rate: Decimal, decimals: int) -> str:
    """A fraction as a percentage (0.987 -> 98.7%)."""
    return f"{rate * 100:.{decimals}f}%"


def plain(value: Decimal, places: int) -> str:
    """A decimal as the truth files write it: fixed places, no exponent."""
    return f"{value:.{places}f}"
