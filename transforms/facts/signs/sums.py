"""Stated sums with their parts: 合计135.32吨，其中厨余垃圾48.24吨、可回收物84.69吨……

Parts are figures of the sum's own unit; adding up is for the rules. Sums of people are headcount's affair.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.facts.corpus import Corpus, Passage
from transforms.facts.model import Facts
from transforms.facts.outline.mentions import source
from transforms.facts.text_rows import SumRow
from transforms.language.numerals import Number, find_numbers
from transforms.language.tables import compiled, strings, word_lists
from transforms.language.units import unit_at

_FILE = "signs"
_END = re.compile(r"[。;!?\n]")
_BRACKETED = re.compile(r"\([^()]*\)")
_BOUND = re.compile(r"[及含(]*以[上下内]|余|多")
_FEWEST = 2
_FARTHEST = 24
_LONGEST = 2000
_PEOPLE = frozenset(("units", "overview", "duties"))


class _Total(NamedTuple):
    number: Number
    unit: str
    word: str
    start: int
    stop: int


def add_sums(corpus: Corpus, facts: Facts) -> None:
    """Appends ``sums`` and their places."""
    for found in corpus.find(_pattern()):
        passage = found.passage
        if passage.cell is None and not _PEOPLE.isdisjoint(passage.meanings):
            continue
        total = _total(passage.text, found.match)
        parts = _parts(passage.text, total) if total else []
        if total and len(parts) >= _FEWEST:
            _add(corpus, passage, total, parts, facts)


def _total(text: str, match: re.Match[str]) -> _Total | None:
    """The sum that stands between the word for it and the words that open the list."""
    begin = match.start("middle")
    numbers = find_numbers(text[begin : match.end()], chinese=False)
    if len(numbers) != 1 or numbers[0].is_percent:
        return None
    number = numbers[0]
    unit = unit_at(text, begin + number.tail)
    if unit is None or number.qualifier:
        return None
    return _Total(number, unit, match["word"], match.start(), match.end())


def _parts(text: str, total: _Total) -> list[Number]:
    """The figures of the same unit that follow, up to the end of the sentence or another list; remarks in brackets
    are left out. None where one of them is only a bound or about, or where they go on without end."""
    end = _END.search(text, total.stop, total.stop + _LONGEST)
    listed = text[total.stop : end.start() if end else len(text)]
    if len(listed) > _LONGEST:
        return []
    if total.number and text[total.stop - 1] == "(":
        listed = listed.partition(")")[0]
    listed = _BRACKETED.sub("", listed)
    again = _opens().search(listed)
    listed = listed[: again.start()] if again else listed
    parts = []
    for number in find_numbers(listed, chinese=False):
        if unit_at(listed, number.tail) != total.unit:
            continue
        behind = listed[number.tail + len(total.unit) :]
        if number.qualifier or _BOUND.match(behind):
            return []
        parts.append(number)
    return parts


def _add(corpus: Corpus, passage: Passage, total: _Total, parts: list[Number], facts: Facts) -> None:
    ordinal, place = len(facts.sums), corpus.place(passage, total.start)
    stop = corpus.sentence(passage, total.start, total.stop)[1]
    text = corpus.printed(passage, total.start, stop)
    facts.sums.append(
        SumRow(
            ordinal,
            total.number.full_value,
            total.number.full_quantum,
            [f"{part.full_value:f}" for part in parts],
            [f"{part.full_quantum:f}" for part in parts],
            total.unit,
            total.word,
            total.unit in _additive(),
            text,
            place.line,
        )
    )
    facts.sources.append(source("sums", ordinal, "text", place, text))


@cache
def _pattern() -> re.Pattern[str]:
    words = strings(_FILE, "sums")
    middle = rf"(?P<middle>[^。;,!?\n\d]{{0,{_FARTHEST}}}?\d[^。;,:(\n]{{0,12}}?)"
    return compiled(_FILE, "sums", f"(?P<word>{words['total']}|{words['some']}){middle}{words['opens']}")


@cache
def _opens() -> re.Pattern[str]:
    return compiled(_FILE, "opens", "其中|分别[为是]|包括")


@cache
def _additive() -> frozenset[str]:
    return frozenset(word_lists(_FILE, "sums")["additive"])
