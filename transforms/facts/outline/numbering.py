"""Numbering in front of a block, refined for the outline: chapters and their parts told apart, and words that count.

How a label is recognised is the language room's business; what it means among its neighbours is the outline's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from transforms.language.expressions import characters_of
from transforms.language.numbering import parse_numbering


@dataclass(slots=True)
class Marker:
    """A number in front of a block: ``style`` as in STYLE_RANK, ``number`` its value, ``end`` the offset in the
    normalised text at which the words after it begin."""

    style: str
    number: int
    end: int


STYLE_RANK: dict[str, float] = {
    "第一部分": 0,
    "第一章": 1,
    "第一节": 2,
    "壹、": 2.2,
    "Ⅰ、": 2.5,
    "一、": 3,
    "（一）": 4,
    "（甲）": 4.5,
    "1、": 5,
    "1.1": 5.1,
    "1.1.1": 5.2,
    "1.1.1.1": 5.3,
    "（1）": 6,
    "1）": 7,
    "①": 8,
    "一是": 9,
    "第一，": 9,
    "其一，": 9,
    "一则": 9,
}
"""Numbering styles, outermost first, as official documents nest them."""

_DIGITS = "一二三四五六七八九"
_CHINESE: dict[str, int] = {"两": 2, **{digit: value for value, digit in enumerate(_DIGITS, 1)}}
_CHINESE |= {"十" + digit: 10 + value for value, digit in enumerate(("", *_DIGITS))}
_CHINESE |= {
    tens + "十" + digit: 10 * ten + value
    for ten, tens in enumerate(_DIGITS, 1)
    for value, digit in enumerate(("", *_DIGITS))
}
_CN = "[一二三四五六七八九十]{1,3}"
_COUNTS = frozenset("第其一二三四五六七八九十")
_COUNTING = re.compile(f"(?P<is>{_CN})是|第(?P<th>{_CN})[,、:是]|其(?P<of>{_CN})[,、:是]|(?P<then>{_CN})则(?!是|要)")
_COUNTING_STYLES = {"is": "一是", "th": "第一，", "of": "其一，", "then": "一则"}
_FIRST = r"第其甲乙丙丁戊己庚辛壬癸(（\d一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾㈠-㈩⒈-⒛⑴-⒇①-⑳㉑-㉟❶-❿➀-➉Ⅰ-ⅫIVX"
_LIKE_A_QUANTITY = re.compile(
    r"\d{1,2}(?:\.\d{1,2}){2,3}(?![\d.])|\d{1,2}\.\d{1,2}(?=年[度初末中]|月度|[人项次日]|个(?!百分点)|百姓|万众)"
    r"|\d{1,2}\.(?=20\d\d年)"
)
_DIVISIONS = {"章": "第一章", "节": "第一节"}


def parse_marker(text: str) -> Marker | None:
    """The numbering that a normalised text begins with, 一是 and 第一, among them; None without one."""
    if not text or text[0] not in _first():
        return None
    counting = _COUNTING.match(text) if text[0] in _COUNTS else None
    if counting:
        style = counting.lastgroup or ""
        number = _CHINESE.get(counting[style])
        return Marker(_COUNTING_STYLES[style], number, counting.end()) if number else None
    numbering = parse_numbering(text)
    if numbering is None or not numbering.number:
        return _like_a_quantity(text)
    style = numbering.style
    if style == "一、" and numbering.label[-1] in ",:":  # more often the end of a 第四, that a page break cut
        return None
    if style == "第一部分":
        style = next((inner for word, inner in _DIVISIONS.items() if word in numbering.label), style)
    elif style == "1.1":
        style = ".".join("1" * (1 + numbering.label.rstrip("、.").count(".")))
    return Marker(style, numbering.number, numbering.end)


@cache
def _first() -> frozenset[str]:
    return characters_of(frozenset((_FIRST,)))


def _like_a_quantity(text: str) -> Marker | None:
    """1.2年度目标 and 1.2021年预算 look like quantities until the words behind them are read."""
    match = _LIKE_A_QUANTITY.match(text)
    if match is None:
        return None
    parts = match[0].rstrip(".").split(".")
    return Marker("1、" if len(parts) == 1 else ".".join("1" * len(parts)), int(parts[-1]), match.end())


def chinese_count(text: str) -> int | None:
    """A small whole number in Arabic digits or in Chinese ones (1-99), or None."""
    return int(text) if text.isascii() and text.isdigit() else _CHINESE.get(text)
