"""Figures in the texts of project rows: how much or how many a goal or completion says, and measured values by name.

Amounts that speak of the row's own total are the affair of projects/text_amounts.py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, partial

from transforms.facts.achievements.metric_names import name_metrics
from transforms.facts.achievements.metric_numbers import find_metrics
from transforms.facts.model import Facts
from transforms.facts.signs.row_texts import RowText
from transforms.facts.text_rows import MetricRow, QuantityRow
from transforms.facts.wording import strip_serial
from transforms.language.numerals import Number, find_numbers
from transforms.language.scanning import Ending
from transforms.language.tables import strings, word_lists
from transforms.language.units import unit_at

_quantity, _metric = partial(tuple.__new__, QuantityRow), partial(tuple.__new__, MetricRow)
"""Rows of their values, made without a step of Python's own: they are many."""
_FEW = 10
_YEARS = range(1900, 2101)
_CLAUSE = re.compile(r"[^。;\n]+")
_DIGITS = re.compile(r"[\d一二三四五六七八九十百千万](?:(?<=\d)|(?<=百)分之|(?<!\d)[一二三四五六七八九十百千万])")
_LONGEST = 20_000
_MARGIN = 40
_NEAR = 8


def add_row_figures(row_texts: list[RowText], facts: Facts) -> None:
    """Appends ``quantities`` of goals and completions, and ``metrics`` of completions."""
    for row in row_texts:
        if _DIGITS.search(row.text):
            _add(facts, row, row.text[:_LONGEST])


def _add(facts: Facts, row: RowText, text: str) -> None:
    numbers = find_numbers(text)
    counting = [number for number in numbers if _counts(text, number)]
    facts.quantities += [
        _quantity((ordinal, row.owner, row.column, text[number.start : number.tail], row.line))
        for ordinal, number in enumerate(counting, len(facts.quantities))
    ]
    if row.column == "completion" and len(counting) > 1:
        _add_metrics(facts, row, text, numbers)


def _counts(text: str, number: Number) -> bool:
    """Whether a number says how much: with a unit or as a share. Small numbers in words (一套, 三所) are words, years,
    dates and standing times (24小时) say when."""
    if number.is_percent:
        return True
    if number.is_chinese and (number.full_value < _FEW or number.text[0] in "百千万亿"):
        return False
    unit = unit_at(text, number.tail)
    if unit is None or unit in _uncounted():
        return False
    if unit in ("年", "年度") and int(number.value) in _YEARS:
        return False
    is_standing = number.text + unit in _words()["round_the_clock"]
    if is_standing and not text.startswith(("内", "以内", "之内"), number.tail + len(unit)):
        return False
    start, ordinal = number.start, _ordinal()
    return not (ordinal.may_end(text, start) and ordinal.search(text[max(0, start - _NEAR) : start]))


def _add_metrics(facts: Facts, row: RowText, text: str, numbers: list[Number]) -> None:
    metrics = find_metrics(text, 0, numbers)
    clauses = [match.span() for match in _CLAUSE.finditer(text)]
    stops = [stop for _, stop in clauses]
    for metric, name in zip(metrics, name_metrics(text, 0, metrics), strict=True):
        clause = bisect_right(stops, metric.figure)
        begin, stop = clauses[clause]
        window = text[max(begin, metric.start - _MARGIN) : min(stop, metric.stop + _MARGIN)]
        words = "".join([text[first:last] for first, last in name.stretches]) or text[metric.start : metric.stop]
        words = strip_serial(words.strip())[1]
        printed, ordinal = text[metric.start : metric.stop], len(facts.metrics)
        facts.metrics.append(
            _metric((ordinal, row.owner, clause, words, metric.value, metric.unit, printed, window, row.line))
        )


@cache
def _words() -> dict[str, frozenset[str]]:
    return {key: frozenset(entry) for key, entry in word_lists("achievements", "words").items()}


@cache
def _uncounted() -> frozenset[str]:
    return _words()["never_units"] - _words()["continuous_units"]


@cache
def _ordinal() -> Ending:
    return Ending(strings("achievements", "patterns")["ordinal"])
