"""Numbering at the head of a line: 第一部分, 一、, 壹、, （一）, （甲）, 1、, 1.1, （1）, ①.

Recognising the label, its style and its value belongs here; what level it means is the outline's business.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.language.expressions import characters_of
from transforms.language.numerals import chinese_integer

_CHINESE = "[一二三四五六七八九十百零〇两]{1,5}"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_MEASURES = (
    "[%‰万亿元千百吨个人米项次年月日倍亩㎡多余]|公里|公斤|公顷|平方|立方|小时|分钟|[km]"
    "|分(?:[,。;、(]|$)|[(]?(?:优秀?|良好?|中等?|较?差)[等级次]*[)]?$"
)
_STYLES = (
    ("第一部分", rf"第({_CHINESE}|\d{{1,2}})(?:部分|章|节|篇|编)[、:.,]?"),
    ("（一）", rf"[(〔【\[]({_CHINESE})[)〕】\]][、.,]?|([㈠-㈩])[、.]?"),
    ("（甲）", rf"[(〔【\[]([{_STEMS}])[)〕】\]][、.,]?|([{_STEMS}])、(?![{_STEMS}])"),
    ("一、", rf"({_CHINESE})(?:[、,:]|\.(?!\d))"),
    ("壹、", r"([壹贰叁肆伍陆柒捌玖拾]{1,3})[、.]"),
    ("1.1", rf"(\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?![\d.,-]|{_MEASURES})[、]?"),
    ("1、", r"(\d{1,3})(?:、|[.:](?!\d)|,(?=[\u4e00-\u9fff]))|([⒈-⒛])"),
    ("（1）", r"[(〔【\[](\d{1,3})[)〕】\]][、.,]?|([⑴-⒇])"),
    ("1）", r"(\d{1,3})\)[、.]?"),
    ("①", r"([①-⑳㉑-㉟㊱-㊿❶-❿➀-➉])[、.]?"),
    ("Ⅰ、", r"([Ⅰ-Ⅻ]|[IVX]{1,5}(?=[、.]))[、.]?"),
)
_NUMBERING = re.compile("|".join(f"(?P<s{index}>{pattern})" for index, (_, pattern) in enumerate(_STYLES)))
_LONGEST = 16  # characters that decide: the longest label and what may not follow it
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_FIRST = rf"{_STEMS}第(〔【\[\d一二三四五六七八九十百零〇两壹贰叁肆伍陆柒捌玖拾㈠-㈩⒈-⒛⑴-⒇①-⑳㉑-㉟㊱-㊿❶-❿➀-➉Ⅰ-ⅫIVX"


class Numbering(NamedTuple):
    """A label at the head of a normalised text. ``style`` is the style's specimen (第一部分, 一、, 壹、, （一）,
    （甲）, 1、, 1.1, （1）, 1）, ①, Ⅰ、), ``number`` its value (the last part of 1.1), ``label`` as it stands, ``end``
    where the text proper begins."""

    style: str
    number: int | None
    label: str
    end: int


def parse_numbering(text: str) -> Numbering | None:
    """The numbering that a normalised text begins with, or None. 一是 and 2021年 are none."""
    return _parse_head(text[:_LONGEST]) if text and text[0] in _first() else None


@cache
def _first() -> frozenset[str]:
    return characters_of(frozenset((_FIRST,)))


@lru_cache(maxsize=4096)
def _parse_head(text: str) -> Numbering | None:
    match = _NUMBERING.match(text)
    if match is None or match.lastgroup is None:
        return None
    style = _STYLES[int(match.lastgroup[1:])][0]
    value = next(group for group in match.groups()[match.lastindex or 0 :] if group)
    return Numbering(style, _number(value), match[0], match.end())


@lru_cache(maxsize=1024)  # few stand at the head of lines
def _number(value: str) -> int | None:
    last = value.rpartition(".")[2]
    if last in _STEMS:
        return _STEMS.index(last) + 1
    if last.isascii() and last.isdigit():
        return int(last)
    if "一" <= last[0] <= "龥" or last[0] == "〇":
        return chinese_integer(last)
    plain = unicodedata.normalize("NFKC", last).strip("().")
    if plain in _ROMAN:
        return _ROMAN.index(plain) + 1
    if plain.isdigit():
        return int(plain)
    sign = unicodedata.numeric(last, -1.0) if len(last) == 1 else -1.0
    return int(sign) if sign >= 0 else chinese_integer(plain)
