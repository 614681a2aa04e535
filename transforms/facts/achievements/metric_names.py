"""What a measured value measures: the words around it, cut down to those that name it.

Which numbers are measured values is settled here already.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from transforms.facts.achievements.metric_numbers import Metric
from transforms.language.expressions import characters_of, first_characters
from transforms.language.tables import patterns, word_lists

_FILE = "achievements"
_BREAKS = ",。;:!?\n"
_BREAK = re.compile(f"[{_BREAKS}]")
_CLAUSE_END = re.compile(f"[{_BREAKS}、(]")
_LONGEST = 40
_LONGEST_TAIL = 12
_OPENING = "“‘《("
_QUOTES = {"”": "“", "’": "‘", "》": "《", ")": "("}


@dataclass(slots=True)
class Name:
    """The words that name a metric: up to two stretches of the normalised text, and a remark such as 细分前."""

    stretches: tuple[tuple[int, int], ...]
    remark: str = ""


def name_metrics(text: str, start: int, metrics: list[Metric]) -> list[Name]:
    """The names of ``metrics`` (in the order of the text, none before ``start``)."""
    names: list[Name] = []
    for at, metric in enumerate(metrics):
        last = metrics[at - 1] if at else None
        change = _change(text, last, metric) if last else None
        if last and change:
            base = _upto(names[-1].stretches, last.stop, change[1])
            names[-1] = Name(base, f"{change[0]}前")
            names.append(Name(base, f"{change[0]}后"))
            continue
        floor = start
        if last and names[-1].stretches:
            before = names[-1].stretches[-1][1]
            floor = before if before > last.stop else last.stop
        ceiling = metrics[at + 1].start if at + 1 < len(metrics) else len(text)
        name = _name(text, metric, floor, ceiling)
        names.append(name if name.stretches or not names else Name(names[-1].stretches))
    return names


def _upto(stretches: tuple[tuple[int, int], ...], start: int, stop: int) -> tuple[tuple[int, int], ...]:
    """The stretches, one that begins from ``start`` on cut off at ``stop``."""
    cut = ((begin, min(end, stop) if begin >= start else end) for begin, end in stretches)
    return tuple((begin, end) for begin, end in cut if begin < end)


def _change(text: str, last: Metric, metric: Metric) -> tuple[str, int] | None:
    """The verb between the two values of a change (由12个增至20个 -> 增) and where it begins; None without one."""
    between = text[last.stop : metric.start]
    if len(between) > _LONGEST // 2 or last.unit != metric.unit or _BREAK.search(between):
        return None
    match = _words().patterns["change"].search(between)
    if match is None:
        return None
    verb = match["verb"][-2:]
    return verb or "变化", last.stop + match.end("verb") - len(verb)


def _name(text: str, metric: Metric, floor: int, ceiling: int) -> Name:
    before = _before(text, metric.start, floor)
    after = _after(text, metric.stop, ceiling)
    if metric.noun:
        after = (metric.stop - len(metric.noun), metric.stop)
    if before[0] == before[1] and after[0] == after[1]:
        before = _before(text, _clause_before(text, metric.start, floor), floor)
    return Name(_filled(before) + _filled(after))


def _filled(stretch: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    return (stretch,) if stretch[0] < stretch[1] else ()


def _before(text: str, stop: int, floor: int) -> tuple[int, int]:
    """The words of the clause in front of the value."""
    if floor < stop - _LONGEST:
        floor = stop - _LONGEST
    mark = _BREAK.search(text[floor:stop][::-1])
    begin = stop - mark.start() if mark else min(floor, stop)
    words = _words()
    if begin < stop and text[begin] in words.head_begins:
        head = words.patterns["name_head"].match(text, begin, stop)
        begin = head.end() if head else begin
    if stop <= begin or text[stop - 1] not in words.tail_ends:
        return begin, begin if begin > stop else stop
    near = begin if begin > stop - _LONGEST_TAIL else stop - _LONGEST_TAIL
    tail = words.patterns["name_tail"].search(text[near:stop])
    return begin, near + tail.start() if tail else stop


def _clause_before(text: str, stop: int, floor: int) -> int:
    """The end of the clause before the one that ends at ``stop``."""
    begin = stop
    while begin > floor and text[begin - 1] not in _BREAKS:
        begin -= 1
    return max(begin - 1, floor) if begin > floor else stop


def _after(text: str, start: int, ceiling: int) -> tuple[int, int]:
    """The words behind the value that it counts: up to the end of the clause, none where a new verb begins."""
    words = _words()
    if start < len(text) and text[start] in words.verb_begins and words.patterns["verb_after"].match(text, start):
        return start, start
    if ceiling > start + _LONGEST // 2:
        ceiling = start + _LONGEST // 2
    end = _CLAUSE_END.search(text, start, ceiling)
    stop = end.start() if end else start if start > ceiling else ceiling
    while stop > start and text[stop - 1] in _OPENING:
        stop -= 1
    while stop > start and text[stop - 1] in _QUOTES and _QUOTES[text[stop - 1]] not in text[start:stop]:
        stop -= 1
    return start, stop


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns, and the characters with which ``name_head`` and ``verb_after`` may begin and ``name_tail`` may end: a
    look before they are tried."""

    patterns: dict[str, re.Pattern[str]]
    head_begins: frozenset[str]
    verb_begins: frozenset[str]
    tail_ends: frozenset[str]


@cache
def _words() -> _Words:
    known = patterns(_FILE, "patterns")
    head, verb = (characters_of(first_characters(known[key].pattern)) for key in ("name_head", "verb_after"))
    return _Words(known, head, verb, frozenset("".join(word_lists(_FILE, "words")["name_tail_ends"])))
