"""How many items a sentence lists that tells them apart by marks alone: 甲、乙、丙和丁.

Marks stand within items too, and 和 joins two or is part of one: what is told is a range. What announces the list is
enumerations.py's, numbered items are outline/listing.py's.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.language.tables import patterns

_LONGEST = 600
_END = re.compile(r"[。!?\n]")
_CLOSED = re.compile(r"\)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_QUOTED = re.compile(r"[“《\"][^“”《》\"]*[”》\"]")
_BRACKETED = re.compile(r"\([^()]*\)")
_KEYS = ("open_end", "joined", "goes_on", "rest", "figure")
_FEWEST = 2


class Count(NamedTuple):
    """The items are ``told``, and may be from ``least`` to ``most``."""

    least: int
    told: int
    most: int


def count_marked(text: str, start: int) -> Count | None:
    """The items from ``start`` to the end of the sentence. None where it does not list all of them (甲、乙等), where
    they are figures, or where marks of several ranks leave open what an item is."""
    end = (_CLOSED if text[start - 1 : start] == "(" else _END).search(text, start, start + _LONGEST)
    if end is None and len(text) > start + _LONGEST:
        return None
    listed = _flat(text[start : end.start() if end else len(text)])
    if _words()["open_end"].search(listed):
        return None
    first, *others = [part for part in listed.split(";") if part] or [""]
    if not others or all(_words()["rest"].match(part) for part in others):
        return _by_marks(first)
    return None if any("、" in part for part in (first, *others)) else _counted([first, *others], 0)


def _flat(text: str) -> str:
    """Without brackets, marks within quotation marks hidden; quoted items that touch are apart."""
    bare = _BRACKETED.sub("", _THOUSANDS.sub("", text)).replace("”“", "”、“").replace("》《", "》、《")
    return _QUOTED.sub(lambda quoted: re.sub("[、,;]", "·", quoted[0]), bare)


def _by_marks(listed: str) -> Count | None:
    head, *clauses = listed.split(",")
    if "、" not in head:
        return _by_commas([head, *clauses])
    further = 0
    for clause in clauses:
        if _words()["rest"].match(clause):
            break
        if _words()["goes_on"].match(clause):
            return None
        further += 1 + clause.count("、")
    return _counted([item for item in head.split("、") if item], further)


def _by_commas(clauses: list[str]) -> Count | None:
    """Clauses are items where they are as short as each other and none tells something further."""
    lengths = sorted(map(len, clauses))
    is_list = not any(_words()["rest"].match(clause) or "、" in clause for clause in clauses)
    return _counted(clauses, 0) if is_list and lengths[-1] <= 2 * lengths[0] else None


def _counted(items: list[str], further: int) -> Count | None:
    """Short items in front of longer ones may share their end (道路、桥梁改造); what 和 joins may be two; ``further``
    ones may follow."""
    if len(items) < _FEWEST or any(_words()["figure"].match(item) for item in items):
        return None
    longest = max(map(len, items))
    short = sum(2 * len(item) < longest for item in items[:-1])
    joined = sum(_words()["joined"].search(item) is not None for item in items)
    return Count(len(items) - short, len(items), len(items) + joined + further)


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return patterns("enumerations", "marked", _KEYS)
