"""Numbers as Chinese reports print them: 24,957.99, 6.1万, 十二万, 百分之九十五, 二〇二一.

Values and printed precision belong here; what a number counts (units.py) and whether it is a metric do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from math import prod
from string import ascii_letters

from transforms.language.text import normalise

_ZEROS = "零〇○"
_DIGIT_FORMS = (_ZEROS, "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {form: value for value, forms in enumerate(_DIGIT_FORMS) for form in forms}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"亿": 10**8, "億": 10**8, "万": 10**4, "萬": 10**4}
_FACTORS = {word: Decimal(factor) for word, factor in {**_SMALL, **_LARGE}.items()}
_ONE = Decimal(1)
_LONGEST = 24  # digits: longer runs are identifiers, and Decimal arithmetic stays exact below 28

_CHINESE = "".join((*_DIGITS, *_SMALL, *_LARGE))
_ARABIC_REST = (
    r"(?:[0-9]{0,2}+(?:(?:, ?[0-9]{3}(?![0-9]))++|(?: [0-9]{3}(?![0-9]))++)|[0-9]*+)"
    r"(?:\.(?: (?<=[0-9]{3}\. )(?=[0-9]{2} ?[万亿]?元))?[0-9]++)*+"
)
"""Blanks that break a figure stand behind its commas or its point: 62,380. 46 万元."""
_CHINESE_REST = rf"[{_CHINESE}]*+(?:点[{''.join(_DIGITS)}]++)?"
# Each pattern begins with one character class, which the regex engine can skip to.
_ARABIC_NUMBER = re.compile(rf"[0-9]{_ARABIC_REST}")
_ANY_NUMBER = re.compile(rf"[0-9{_CHINESE}](?:(?<=[0-9]){_ARABIC_REST}|(?<![0-9]){_CHINESE_REST})")
_SCALE = r"[万萬]?[亿億]|[十百千]?[万萬]|[百千]亿|千(?![米克瓦伏卡帕赫])|百(?!分)"
_TAIL = re.compile(rf"([余多几]?)({_SCALE}|)([余多几]?)(%?)")
_TAIL_BEGINS = frozenset("余多几十百千万萬亿億%")
_JOINED = frozenset(("+", "-", ".", *ascii_letters))
"""What stands before a figure and may be part of it."""
# 近百场, 百余场, 上千名, 近百亿元: scale words alone.
_ROUND = re.compile(
    rf"[百千万亿](?<![{_CHINESE}数几成0-9.][百千万亿])(?:(?<=[百千])[万亿])?(?P<after>[余多]?)(?![{_CHINESE}分])"
)
_BLANKED = re.compile(r"[-+]?[0-9][0-9, ]*\. ?[0-9]+[万亿%]?|[-+]?[0-9]+(?:, ?[0-9]{3})+[万亿%]?")


@dataclass(slots=True)
class Number:
    """A printed number, with offsets in the normalised text it was found in.

    ``value`` is the figure itself: before its scale word (6.1万 -> 6.1, scale 万) and, where ``is_percent``,
    in hundredths (95% -> 95). ``quantum`` is the value of one unit of the last printed digit, in the measure
    of ``value``. ``text`` is the figure, ``start``:``end``; up to ``tail`` reach its qualifier (余, 多, 几),
    scale word and %, so that what it counts begins at ``tail``.
    """

    value: Decimal
    quantum: Decimal
    text: str
    start: int = 0
    end: int = 0
    tail: int = 0
    scale: str = ""
    qualifier: str = ""
    is_percent: bool = False
    is_chinese: bool = False

    @property
    def factor(self) -> Decimal:
        """What the scale word multiplies with; 1 without one."""
        return _factor(self.scale)

    @property
    def full_value(self) -> Decimal:
        """The value with its scale word applied: 6.1万 -> 61000."""
        return self.value * _factor(self.scale) if self.scale else self.value

    @property
    def full_quantum(self) -> Decimal:
        """The quantum with the scale word applied: 6.1万 -> 1000."""
        return self.quantum * _factor(self.scale) if self.scale else self.quantum

    @property
    def unscaled(self) -> Number:
        """The figure without its scale word: 6.1万 -> 6.1."""
        if not self.scale:
            return self
        return Number(
            self.value, self.quantum, self.text, self.start, self.end, self.tail, "", self.qualifier,
            self.is_percent, self.is_chinese,
        )  # fmt: skip


@cache
def _factor(scale: str) -> Decimal:
    return prod((_FACTORS[word] for word in scale), start=Decimal(1))


def find_numbers(text: str, chinese: bool = True, start: int = 0, stop: int | None = None) -> list[Number]:
    """All numbers in ``text[start:stop]`` of a normalised text, left to right; those in Chinese characters too unless
    ``chinese`` is False.

    64万人次 is value 64 with scale 万, its unit beginning at ``tail``. 3万5千 is one number (35, scale 千).
    Passed over are runs of Chinese digits that are no numeral (十四五, 三五), dotted ones (1.2.3), fractions
    (三分之一) and digits after Latin letters (A4, COVID-19).
    """
    found: list[Number] = []
    limit = len(text) if stop is None else stop
    for match in (_ANY_NUMBER if chinese else _ARABIC_NUMBER).finditer(text, start, limit):
        number = _from_match(text, match)
        if number is None:
            continue
        if found and found[-1].tail == number.start and _continues(found[-1], number):
            number = _merged(found.pop(), number, text)
        found.append(number)
    return found


def find_round_numbers(text: str) -> list[Number]:
    """The scale words that stand alone in a normalised text, which ``find_numbers`` passes over: 百余场 is value 100,
    近万人 value 1 with scale 万. Whether they are meant as a number (百姓, 万无一失) is for the words around to say."""
    return [_round(match) for match in _ROUND.finditer(text)]


def _round(match: re.Match[str]) -> Number:
    start, first = match.start(), match[0][0]
    scale = match.string[start + (first in _SMALL) : match.start("after")]
    value = Decimal(_SMALL.get(first, 1))
    end = match.start("after") - len(scale)
    return Number(value, value, first, start, end, match.end(), scale, match["after"], is_chinese=True)


def parse_number(text: str) -> Number | None:
    """The number that the whole ``text`` (raw or normalised) prints, its scale word applied to ``value`` and
    ``quantum`` (十二万 -> 120000, 1.2亿 -> 120000000); None when the text is anything else.

    Allowed are signs, a currency sign, thousands commas, blanks inside, full-width and Chinese digits, a %
    sign or 百分之 (``is_percent``, value in hundredths).
    """
    text = normalise(text).lstrip("¥$")
    if _BLANKED.fullmatch(text):
        text = text.replace(" ", "")
    numbers = find_numbers(text)
    if len(numbers) != 1:
        return None
    number = numbers[0]
    is_whole = number.start == 0 and number.tail == len(text) and not number.qualifier
    return replace(number, value=number.full_value, quantum=number.full_quantum, scale="") if is_whole else None


def _from_match(text: str, match: re.Match[str]) -> Number | None:
    figure = match[0]
    begin, stop = match.span()
    start, last = begin, text[begin - 1] if begin else ""
    is_percent = last == "之" and text.endswith("百分之", 0, start)
    if stop - begin > _LONGEST or (last == "之" and not is_percent and text.endswith("分之", 0, start)):
        return None
    is_chinese = figure > ":"
    if is_chinese:
        read = _chinese_at(text, figure, start, is_percent)
    elif last in _JOINED:
        sign = _sign(text, start)
        read = None if sign is None else _arabic(sign + figure)
        start -= len(sign or "")
    else:
        read = _arabic(figure)
    if read is None:
        return None
    value, quantum, scale = read
    if is_percent:
        start -= 3
    end = stop - len(scale)
    printed = text[start:end] if scale or start < begin else figure
    if stop == len(text) or text[stop] not in _TAIL_BEGINS:
        return Number(value, quantum, printed, start, end, stop, scale, "", is_percent, is_chinese)
    tail = _TAIL.match(text, stop)
    assert tail is not None
    before, scale_after, after, percent = tail.groups()
    return Number(
        value,
        quantum,
        printed,
        start,
        end,
        tail.end(),
        scale + scale_after,
        before or after,
        is_percent or bool(percent),
        is_chinese,
    )


def _chinese_at(text: str, figure: str, start: int, is_percent: bool) -> tuple[Decimal, Decimal, str] | None:
    """What ``_chinese`` reads, None where the characters are part of something else."""
    is_vague = text.endswith(("数", "几"), 0, start) and figure[0] not in _DIGITS  # 数百, not 人数四百
    if is_vague or text.startswith("分之", start + len(figure)):
        return None
    return _chinese("一百" if is_percent and figure == "百" else figure)


def _sign(text: str, start: int) -> str | None:
    """The sign before an Arabic figure that stands behind one of ``_JOINED``, "" without one, None where the digits are
    part of something else."""
    last = text[start - 1]
    last_but_one = text[start - 2 : start - 1] if start > 1 else ""
    if last in ("+", "-"):
        if last_but_one.isascii() and last_but_one.isalpha():
            return None
        return "" if last_but_one and last_but_one in "0123456789)%_" else last
    return None if last != "." or last_but_one.isdigit() else ""


def _continues(first: Number, second: Number) -> bool:
    """3万5千, 1亿2345万: an adjacent figure goes on after a larger scale word."""
    is_open = bool(first.scale) and not first.qualifier
    return is_open and second.full_value < first.factor and first.is_chinese == second.is_chinese


def _merged(first: Number, second: Number, text: str) -> Number:
    value = first.full_value / second.factor + second.value
    return replace(second, value=value, start=first.start, text=text[first.start : second.end])


@lru_cache(maxsize=4096)  # small numbers, years and amounts stand in many places
def _arabic(figure: str) -> tuple[Decimal, Decimal, str] | None:
    """Value, quantum and no scale word; None for 1.2.3."""
    if figure.isdecimal():
        return Decimal(figure), _ONE, ""
    _whole, _, decimals = figure.partition(".")
    if "." in decimals:
        return None
    return Decimal(figure.replace(",", "").replace(" ", "")), quantum_of(len(decimals)), ""


@cache
def quantum_of(decimals: int) -> Decimal:
    """The value of one unit of the last digit."""
    return Decimal((0, (1,), -decimals))


@lru_cache(maxsize=4096)
def _chinese(run: str) -> tuple[Decimal, Decimal, str] | None:
    """Value, quantum and the scale word that ends the run; None when it is no numeral."""
    whole, _, decimals = run.partition("点")
    scale = ""
    while len(whole) > 1 and not decimals and whole[-1] in _LARGE and not _is_within(whole):
        whole, scale = whole[:-1], whole[-1] + scale
    integer = chinese_integer(whole, least_positional=4)
    if integer is None:
        return None
    digits = "".join(str(_DIGITS[digit]) for digit in decimals)
    value = Decimal(f"{integer}.{digits}") if digits else Decimal(integer)
    return value, quantum_of(len(digits)), scale


def _is_within(whole: str) -> bool:
    """一亿五千万: the last scale word is part of the numeral, behind a larger one."""
    return whole[-1] in "万萬" and any(name in whole[:-1] for name in "亿億")


def chinese_integer(run: str, least_positional: int = 2) -> int | None:
    """The value of a Chinese integer, None when the run is no numeral. Digits alone are read by position from
    ``least_positional`` digits on (二〇二一)."""
    if all(character in _DIGITS for character in run):
        is_positional = len(run) == 1 or len(run) >= least_positional
        return int("".join(str(_DIGITS[digit]) for digit in run)) if run and is_positional else None
    for names in ("亿億", "万萬"):
        cut = max(run.rfind(name) for name in names)
        if cut >= 0:
            return _scaled(run[:cut], _LARGE[run[cut]], run[cut + 1 :])
    return _section(run)


def _scaled(head: str, factor: int, rest: str) -> int | None:
    high = chinese_integer(head, 1) if head else None
    low = chinese_integer(rest.lstrip(_ZEROS), 99) if rest.lstrip(_ZEROS) else 0
    if high is None or low is None or low >= factor:
        return None
    is_short_form = len(rest) == 1 and rest in _DIGITS  # 三万五
    return high * factor + (low * factor // 10 if is_short_form else low)


def _section(run: str) -> int | None:
    """A numeral below ten thousand: 一百二十三, 十二, 一千零五, 一百二 (120)."""
    total, digit, last, had_zero = 0, None, 10**4, False
    for character in run:
        if character in _SMALL:
            unit = _SMALL[character]
            if unit >= last or (digit is None and unit > 10) or digit == 0:
                return None
            total, digit, last = total + (digit or 1) * unit, None, unit
        elif digit is not None:
            return None
        elif character in _ZEROS:
            had_zero = True
        else:
            digit = _DIGITS[character]
    is_short_form = last in (100, 1000) and not had_zero
    return total + (digit or 0) * (last // 10 if is_short_form else 1)
