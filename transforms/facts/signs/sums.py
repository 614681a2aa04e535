"""Stated sums with their parts: 合计135.32吨，其中厨余垃圾48.24吨、可回收物84.69吨……; 甲3公里，乙2公里，合计5公里.

Parts are figures of the sum's own unit; adding up is for the rules. Sums of people are headcount's affair.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from transforms.facts.corpus import Corpus, Passage
from transforms.facts.model import Facts
from transforms.facts.outline.mentions import source
from transforms.facts.signs.sum_parts import PERCENT, adding_up, not_adding_up, parts_in, without_remarks
from transforms.facts.text_rows import SumRow
from transforms.language.numerals import Number, find_numbers
from transforms.language.tables import compiled, strings, word_lists
from transforms.language.units import unit_at

_FILE = "signs"
_END = re.compile(r"[。!?\n]")
_FEWEST = 2
_FARTHEST = 24
_LONGEST_NAME = 28
_BEHIND_FIGURE = 12
_BEHIND_WORD = 8
_LONGEST = 600
_MOST = 400
_PEOPLE = frozenset(("units", "overview", "duties"))
_EXPENDITURE = ("基本支出", "项目支出")
"""What has a rule of its own."""
_SOME = "其中"
"""Stands for words that leave open whether all parts are listed."""


class _Total(NamedTuple):
    """A stated sum, where it stands (``is_last``: behind its parts), the word that says whether these are all, and
    what opens their list."""

    number: Number
    unit: str
    word: str
    start: int
    stop: int
    opens: str = ""
    is_last: bool = False


def add_sums(corpus: Corpus, facts: Facts) -> None:
    """Appends ``sums`` and their places."""
    for found in islice(corpus.find(_patterns()["before"]), _MOST):
        total = _before(found.passage.text, found.match)
        if total:
            _add(corpus, found.passage, total, _following(found.passage.text, total), facts)
    for found in islice(corpus.find(_patterns()["behind"]), _MOST):
        total = _behind(found.passage.text, found.match)
        if total:
            _add(corpus, found.passage, total, _preceding(found.passage.text, total), facts)


def _before(text: str, match: re.Match[str]) -> _Total | None:
    """The sum that stands in front of the words that open the list."""
    number = _only_number(text, match.start("figure"), match.start("opens"))
    unit = unit_at(text, number.tail) if number and not number.is_percent else None
    if number is None or unit is None:
        return None
    start = match.start()
    named = _patterns()["word"].search(text[max(0, start - _LONGEST_NAME) : start])
    if named:
        start -= len(named[0])
    word = named["word"] if named else match["whole"] or _SOME
    return _Total(number, unit, word, start, match.end(), match["opens"])


def _behind(text: str, match: re.Match[str]) -> _Total | None:
    """The sum that stands behind its parts, unless others follow."""
    number = _only_number(text, match.start("figure"), match.end())
    if number is None:
        return None
    unit = PERCENT if number.is_percent else unit_at(text, number.tail)
    stop = number.tail + (0 if number.is_percent else len(unit or ""))
    if unit is None or _patterns()["goes_on"].match(text, stop):
        return None
    return _Total(number, unit, match["last"] or match["mere"], match.start(), stop, is_last=True)


def _only_number(text: str, start: int, stop: int) -> Number | None:
    numbers = find_numbers(text, chinese=False, start=start, stop=stop)
    return numbers[0] if len(numbers) == 1 and not numbers[0].qualifier else None


def _following(text: str, total: _Total) -> tuple[str, list[Number]]:
    """The word for the sum, or another where not all parts are listed, and the parts up to the end of the sentence or
    of the bracket that opens with them."""
    end = _END.search(text, total.stop, total.stop + _LONGEST)
    listed = text[total.stop : end.start() if end else len(text)]
    if len(listed) > _LONGEST or all(name in listed for name in _EXPENDITURE):
        return total.word, []
    listed = without_remarks(listed)
    if "(" in total.opens:
        listed = listed.partition(")")[0]
    before = _sentence_before(text, total.start)
    word, parts = _listed(listed if ":" in total.opens else listed.partition(";")[0], total)
    is_part = _patterns()["again"].search(before if ":" in total.opens else before.rpartition(";")[2])
    return word, adding_up(parts, total.number) if is_part else parts


def _sentence_before(text: str, start: int) -> str:
    return _END.split(text[max(0, start - _LONGEST) : start])[-1]


def _listed(listed: str, total: _Total) -> tuple[str, list[Number]]:
    """A semicolon may part the items or end the list, and a list within may hold parts of a part: whatever comes to
    the sum is what it is the sum of."""
    again = _patterns()["again"].search(listed)
    outer = listed[: again.start()] if again and parts_in(listed[: again.start()], total.number, total.unit) else listed
    first = outer.partition(";")[0]
    stretches = [parts_in(stretch, total.number, total.unit) for stretch in (listed, outer, first)]
    for parts in stretches:
        fitting = adding_up(parts, total.number)
        if fitting:
            return total.word, fitting
    parts = stretches[2] if len(stretches[2]) >= _FEWEST else stretches[1]
    is_open = parts != stretches[0] or _patterns()["open_end"].search(listed)
    return _SOME if is_open else total.word, not_adding_up(parts, total.number)


def _preceding(text: str, total: _Total) -> tuple[str, list[Number]]:
    """The same of the parts in front of the sum, from the words that open the list on."""
    listed = without_remarks(_sentence_before(text, total.start))
    lead = re.split("[、,;:]", listed)[-1]
    if not _patterns()["scope"].fullmatch(lead) or _patterns()["open_end"].search(listed):
        return total.word, []
    opened = [match.end() for match in _patterns()["listing"].finditer(listed)]
    inner = listed[opened[-1] :] if opened else listed
    stretches = [
        parts_in(stretch, total.number, total.unit, is_last=True)
        for stretch in (inner.rpartition(";")[2], inner, listed)
    ]
    fitting = next(filter(None, (adding_up(parts, total.number) for parts in stretches)), None)
    if fitting:
        return total.word, fitting
    last, every, _ = stretches
    parts = every if len(last) < _FEWEST and len(every) <= inner.count(";") + 1 else last
    return total.word, not_adding_up(parts, total.number)


def _add(corpus: Corpus, passage: Passage, total: _Total, listed: tuple[str, list[Number]], facts: Facts) -> None:
    word, parts = listed
    is_measure = total.unit in _units()["additive"]
    is_additive = is_measure or (_patterns()["whole"].search(total.opens) and total.unit in _units()["things"])
    is_of_people = passage.cell is None and not is_measure and not _PEOPLE.isdisjoint(passage.meanings)
    if len(parts) < _FEWEST or is_of_people:
        return
    ordinal, place = len(facts.sums), corpus.place(passage, total.start)
    start, stop = corpus.sentence(passage, total.start, total.stop)
    text = corpus.printed(passage, start if total.is_last else total.start, total.stop if total.is_last else stop)
    facts.sums.append(
        SumRow(
            ordinal,
            total.number.full_value,
            total.number.full_quantum,
            [f"{part.full_value:f}" for part in parts],
            [f"{part.full_quantum:f}" for part in parts],
            total.unit,
            word,
            bool(is_additive),
            text,
            place.line,
        )
    )
    facts.sources.append(source("sums", ordinal, "text", place, text))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = strings(_FILE, "sums")
    figure, rest = r"(?<![\d.,])(?P<figure>\d[\d,.]*+", rf"[^。;,:(\n\d]{{0,{_BEHIND_FIGURE}}}"
    behind = rf"(?P<last>{words['behind']})[^。;,!?、\n\d]{{0,{_BEHIND_WORD}}}?"
    opens = rf"(?P<opens>[,;:(]{{0,2}}(?:(?P<whole>{words['whole']})|(?:{words['part']}))[:]?|[:(])"
    forms = {
        "word": rf"(?P<word>{words['total']}|{words['some']})[^。;,!?\n\d]{{0,{_FARTHEST}}}?$",
        "before": rf"{figure}{rest}?)(?:\([^()\n]{{0,{_FARTHEST}}}\))?{opens}",
        "behind": rf"(?:{behind}|(?P<mere>{words['mere']})){figure})",
        "goes_on": rf"{rest}[,;:(]{{0,2}}(?:{words['whole']}|{words['part']})",
        "again": rf"其中|{words['whole']}",
        **{name: words[name] for name in ("scope", "listing", "open_end", "whole")},
    }
    return {name: compiled(_FILE, "sums", form) for name, form in forms.items()}


@cache
def _units() -> dict[str, tuple[str, ...]]:
    words = word_lists(_FILE, "sums")
    return {name: words[name] for name in ("additive", "things")}
