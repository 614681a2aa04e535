"""What a single cell of a table looks like: its text, whether it is a figure, a heading of a column, a total.

Rows and tables belong to building.py; what a column means belongs to the facts.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice

from transforms.documents.markup import has_markup, plain_text
from transforms.language.lexicon import Lexicon, load_lexicon
from transforms.language.text import normalise_all

_FIGURE = re.compile(
    r"[(¥$]?[≥≤<>=±约]?[-+]?\d[\d,. ]*(?:%|‰|万元|亿元|千元|元|万|亿)?\)?(?:以上|以下)?|[-—/]+|无|零|[Nn]/?[Aa]"
)
_NUMBER = re.compile(r"[¥$]?[-+]?\d[\d,. ]*(?:%|万元|亿元|千元|元|万|亿)?")
_NUMBER_BEGINS = frozenset("0123456789-+¥$")
_QUALIFIED = re.compile(r"[(\d\s:、/*本当](?:(?<=\()[^()]*\)|(?<=\d)\d{3}(?:年度?)?|(?<=[\s:、/*])|(?<=[本当])年度?)")
_UNIT = "(?:%|万元|亿元|千元|元|万)?"
_CUT_FIGURE = re.compile(rf"[-+]?\d[\d,]*(?:\.\d*\n|\n(?:[\d,]*\.)?)\d+{_UNIT}|[-+]?\d[\d,]*\n\.\d+{_UNIT}")
_SUMS = ("合计", "小计", "总计")
_ROWS_SUMMED = re.compile(r"\([\d=][\d+,、.=~至-]+\)$")
"""The rows that a sum is of: 合计(1+2+3)."""
_COUNT = re.compile(r"\d+(?:个|项)(?:项目|任务|专项)?$")
_LONGEST_HEADING = 24
_MOST = 0.65


def texts_of_rows(rows: list[list[str]]) -> list[list[str]]:
    """The normalised texts of the cells of each row, HTML gone."""
    texts = iter(normalise_all([raw for row in rows for raw in _without_html(row)]))
    return [list(islice(texts, len(row))) for row in rows]


def _without_html(raws: list[str]) -> list[str]:
    joined = "".join(raws)
    if "<" in joined or "&" in joined:
        return [plain_text(raw).strip() if has_markup(raw) else raw for raw in raws]
    return raws


def is_number(text: str) -> bool:
    """Whether a normalised cell is a number and nothing else (unit and % allowed)."""
    return bool(text) and text[0] in _NUMBER_BEGINS and _reads_as_number(text)


@lru_cache(maxsize=4096)  # a cell is asked about by its row, its column and its table
def _reads_as_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def is_cut_number(above: str, below: str) -> bool:
    """Whether two normalised texts, one below the other, are one number cut within its digits."""
    return _CUT_FIGURE.fullmatch(f"{above}\n{below}") is not None


def is_figure(text: str) -> bool:
    """Whether a normalised cell stands for a number: one of ≥90%, (5.00), -, 无 as well."""
    return len(text) < 40 and _FIGURE.fullmatch(text) is not None


def names_column(text: str) -> bool:
    """Whether a normalised cell consists of words of column headings; years, units and brackets aside."""
    return 2 <= len(text) <= _LONGEST_HEADING and _is_composed(text)


@lru_cache(maxsize=4096)  # tables use the same headings over and over
def _is_composed(text: str) -> bool:
    headings = _headings()
    return headings.composes(text) or (bool(_QUALIFIED.search(text)) and headings.composes(_QUALIFIED.sub("", text)))


def is_heading(text: str) -> bool:
    """Whether a normalised cell is one of the words of column headings and nothing else."""
    return _headings().group_of(text) is not None


def resembles_column(text: str) -> bool:
    """Whether most of a normalised cell is words of column headings."""
    words = _QUALIFIED.sub("", text)
    return 2 <= len(words) <= _LONGEST_HEADING and _headings().coverage(words) >= _MOST * len(words)


def is_total(text: str) -> bool:
    """Whether a normalised cell labels a row of sums: 合计, 小计, 总计."""
    text = without_rows_summed(text)
    if not 2 <= len(text) <= 12 or _total_ends().isdisjoint(text):
        return False
    words = _COUNT.sub("", _QUALIFIED.sub("", text))
    return text.endswith(_SUMS) or words.endswith(_SUMS) or _totals().group_of(words) == "total"


def without_rows_summed(text: str) -> str:
    """A label without the rows that it says it sums up."""
    return _ROWS_SUMMED.sub("", text) if text.endswith(")") else text


@cache
def _headings() -> Lexicon:
    return load_lexicon("columns")


@cache
def _totals() -> Lexicon:
    return load_lexicon("columns", "rows")


@cache
def _total_ends() -> frozenset[str]:
    """The characters with which words for totals end: one of them stands in all that is one."""
    return frozenset(word[-1] for word in (*_SUMS, *_totals().groups["total"]))


def is_midway(sign: str) -> bool:
    """Whether a character stands within a figure or a Latin word."""
    return sign.isascii() and (sign.isalnum() or sign in ".,")
