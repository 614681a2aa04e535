"""Figures of spreadsheets as text: the shortest decimal of the double, precision, %, thousands and words of its format.

Which cell has which format is known to the readers of each file format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import isfinite

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: "h:mm", 33: "h:mm:ss", 34: "h:mm",
    35: "h:mm:ss", 36: 'yyyy"年"m"月"', 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0",
    42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss", 50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: "h:mm", 56: "h:mm:ss",
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[\$(?P<sign>[^-\]]*)[^\]]*\]|\[[^\]]*\]|(?P<mark>.)', re.S
)
_PLACES = re.compile(r"[0#?,]*[0#?](?:\.(?P<decimals>[0#?]+))?")
_KEPT_LITERALS = re.compile(r"[\u4e00-\u9fff≥≤<>=¥￥%]+")
_MARKS = "0#?.,%eEyYmMdDhHsS/@"
_DATE = re.compile(r"[yYmMdDhHsS]")
_MINUTES = re.compile("(?<=h)m+|m+(?=s)")
_SCALED = re.compile(r"[eE/@]|,(?![0#?])")
_MOST_DIGITS = 12
_MOST_DECIMALS = 8
_LAST_DAY = 2_958_465  # 31 December 9999


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a number format shows: ``decimals`` (None: General), the words around the figure, the parts of a date
    (letters of "ymdh")."""

    decimals: int | None = None
    has_thousands: bool = False
    is_percent: bool = False
    before: str = ""
    after: str = ""
    date_parts: str = ""
    is_chinese_date: bool = False


GENERAL = NumberFormat()


def built_in(number: int) -> str:
    """The format code of a number below 164, which files do not spell out; "" for General."""
    return _BUILT_IN.get(number, "")


@lru_cache(maxsize=1024)
def parse_format(code: str) -> NumberFormat:
    """The first section of a format code ("#,##0.00_ ;[Red]-#,##0.00"). Scaled figures, fractions and exponents count
    as General, so that no figure is ever shown as another."""
    if not code or code == "@" or "general" in code.lower() or "[h" in code.lower():
        return GENERAL
    marks, words = _taken_apart(code)
    if _DATE.search(marks):
        return NumberFormat(date_parts=_date_parts(marks), is_chinese_date="年" in words or "月" in words)
    places = _PLACES.search(marks)
    if places is None or _SCALED.search(marks) or "." in words:
        return GENERAL
    head, _, tail = words.partition("\x00")
    return NumberFormat(
        decimals=len(places["decimals"] or ""),
        has_thousands="," in places[0],
        is_percent="%" in marks,
        before="".join(_KEPT_LITERALS.findall(head)),
        after="".join(_KEPT_LITERALS.findall(tail.replace("\x00", ""))),
    )


def figure_text(value: float, form: NumberFormat, is_1904: bool = False) -> str:
    """The figure as its sheet shows it, but never rounded where a person typed more than the format shows.

    A figure of more than twelve digits is what a division left over: it counts as shown, as percentages do. Raises
    ValueError for what is no finite number.
    """
    if not isfinite(value):
        raise ValueError(f"no figure: {value}")
    if form.date_parts and 0 <= value <= _LAST_DAY:
        return _date_text(value, form, is_1904)
    printed = f"{value:.15g}"
    exact = Decimal(printed)
    if form.is_percent:
        exact = _rounded(exact * 100, form.decimals or 0)
    elif len(printed) > _MOST_DIGITS and len(exact.normalize().as_tuple().digits) > _MOST_DIGITS:
        exact = _rounded(exact, _MOST_DECIMALS if form.decimals is None else form.decimals)
        exact = exact.normalize() if form.decimals is None else exact
    elif form.decimals and -int(exact.as_tuple().exponent) < form.decimals:
        exact = _rounded(exact, form.decimals)
    text = f"{exact:,f}" if form.has_thousands else f"{exact:f}"
    return f"{form.before}{text}{'%' if form.is_percent else ''}{form.after}"


def _rounded(exact: Decimal, decimals: int) -> Decimal:
    if exact.adjusted() > 20:
        return exact
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _date_text(value: float, form: NumberFormat, is_1904: bool) -> str:
    """2021年3月31日 or 2021-03-31, as far as the format shows it; a time of day behind it, or alone."""
    day = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's clock has no zone
    moment = day + timedelta(days=value)
    shown = [(part, getattr(moment, name)) for part, name in zip("ymd", ("year", "month", "day"), strict=True)]
    shown = [(part, number) for part, number in shown if part in form.date_parts]
    if form.is_chinese_date:
        text = "".join(f"{number}{'年月日'['ymd'.index(part)]}" for part, number in shown)
    else:
        text = "-".join(f"{number:02d}" for _, number in shown)
    if "h" in form.date_parts:
        text = f"{text} {moment:%H:%M}".strip()
    return text


def _taken_apart(code: str) -> tuple[str, str]:
    """The marks of the first section, and its literal words with NUL where the figure stands."""
    marks, words = "", ""
    for token in _TOKEN.finditer(code):
        mark = token["mark"]
        if mark == ";":
            break
        if mark and mark in _MARKS:
            marks += mark
            words += "\x00" if mark in "0#?" else ""
        else:
            words += mark or token["quoted"] or token["escaped"] or token["sign"] or ""
    return marks, words


def _date_parts(marks: str) -> str:
    """Which of year, month, day and time of day are shown; an m beside h or s is a minute."""
    letters = _MINUTES.sub("", marks.lower())
    return "".join(part for part in "ymd" if part in letters) + ("h" if re.search("[hs]", letters) else "")
