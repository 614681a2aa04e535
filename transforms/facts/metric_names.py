"""What a measured value measures: the words around it, cut down to those that name it.

Which numbers are measured values is settled here already.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.facts.metric_numbers import Metric
from transforms.language.scanning import guarded
from transforms.language.tables import patterns, strings, word_lists

_BREAKS = ",。;:!?\n"
_BREAK = re.compile(f"[{_BREAKS}]")
_CLAUSE_END = re.compile(f"[{_BREAKS}、(]")
_LONGEST = 40
_LONGEST_TAIL = 12
_MATCHED = ("name_head", "verb_after")
"""Patterns that are matched at one place of each name, mostly in vain."""
_OPENING = "“‘《("
_QUOTES = {"”": "“", "’": "‘", "》": "《", ")": "("}


class Name(NamedTuple):
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
        floor = max(last.stop, names[-1].stretches[-1][1]) if last and names[-1].stretches else start
        ceiling = metrics[at + 1].start if at + 1 < len(metrics) else len(text)
        name = _name(text, metric, floor, ceiling)
        names.append(name if name.stretches or not names else names[-1]._replace(remark=""))
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
    match = _words()["change"].search(between)
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
    return Name(tuple([stretch for stretch in (before, after) if stretch[0] < stretch[1]]))


def _before(text: str, stop: int, floor: int) -> tuple[int, int]:
    """The words of the clause in front of the value."""
    floor = max(floor, stop - _LONGEST)
    begin = stop - len(_BREAK.split(text[floor:stop])[-1])
    words = _words()
    head = words["name_head"].match(text[begin:stop])
    begin += head.end() if head else 0
    if stop <= begin or text[stop - 1] not in _tail_ends():
        return begin, max(begin, stop)
    near = max(begin, stop - _LONGEST_TAIL)
    tail = words["name_tail"].search(text[near:stop])
    return begin, near + tail.start() if tail else stop


def _clause_before(text: str, stop: int, floor: int) -> int:
    """The end of the clause before the one that ends at ``stop``."""
    begin = stop
    while begin > floor and text[begin - 1] not in _BREAKS:
        begin -= 1
    return max(begin - 1, floor) if begin > floor else stop


def _after(text: str, start: int, ceiling: int) -> tuple[int, int]:
    """The words behind the value that it counts: up to the end of the clause, none where a new verb begins."""
    ceiling = min(ceiling, start + _LONGEST // 2)
    end = _CLAUSE_END.search(text, start, ceiling)
    stop = end.start() if end else max(start, ceiling)
    if _words()["verb_after"].match(text, start):
        return start, start
    while stop > start and text[stop - 1] in _OPENING:
        stop -= 1
    while stop > start and text[stop - 1] in _QUOTES and _QUOTES[text[stop - 1]] not in text[start:stop]:
        stop -= 1
    return start, stop


@cache
def _words() -> dict[str, re.Pattern[str]]:
    known = strings("achievements", "patterns")
    return patterns("achievements", "patterns") | {key: re.compile(guarded(known[key])) for key in _MATCHED}


@cache
def _tail_ends() -> frozenset[str]:
    """The characters with which ``name_tail`` may end: a look before the search."""
    return frozenset("".join(word_lists("achievements", "words")["name_tail_ends"]))
