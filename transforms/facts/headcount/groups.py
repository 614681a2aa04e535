"""Numbers that stand apart from their label: 行政、事业分别为12人、15人; the sum behind the groups of a kind.

Numbers right beside their label are read in reading.py.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from transforms.facts.headcount.labels import PeopleLabel
from transforms.language.numerals import Number

_GROUPS = frozenset(("established", "non_established"))
_ENDS = frozenset(("established", "non_established", "total", "both", "retired", "approved_posts"))
_EACH = re.compile(r"(?:人员|人数|职工)?(?:分别|依次|各)(?:[为是有]|达到?)?")
_AND = re.compile("[、和及与]")
_NEXT = re.compile("[人名个位]?[、,和及与]")
_SUM = re.compile(
    r"[人名个位]?[^,;、\d]{0,4}[,;、)(](?:[两三四五六七八九]?[者类项])?(?:共计?|合计|总计|小计|一共|总共|计)[为有]?:?"
)
_RIGHT_BESIDE = re.compile("[共有为是约达:,()]*")


def respectively(words: str, labels: list[PeopleLabel], numbers: list[Number]) -> dict[int, Number]:
    """Where labels start -> the number of each, of labels told together before as many numbers."""
    found: dict[int, Number] = {}
    for at, label in enumerate(labels if "分别" in words or "依次" in words or "各" in words else ()):
        each = _EACH.match(words, label.end)
        if each is None:
            continue
        group = [label]
        for before in reversed(labels[:at]):
            if not _AND.fullmatch(words, before.end, group[0].start):
                break
            group.insert(0, before)
        listed = [number for number in numbers if number.start >= each.end()][: len(group)]
        if (
            len(group) > 1
            and len(listed) == len(group)
            and listed[0].start == each.end()
            and _are_one_row(words, listed)
        ):
            found |= {one.start: number for one, number in zip(group, listed, strict=True)}
    return found


def _are_one_row(words: str, numbers: list[Number]) -> bool:
    return all(_NEXT.fullmatch(words, before.tail, number.start) for before, number in pairwise(numbers))


def group_sums(words: str, labels: list[PeopleLabel], numbers: list[Number]) -> dict[int, Number]:
    """Where labels start -> the sum of the groups told behind the label of a kind: 编外由甲人、乙人组成,共丙人."""
    found: dict[int, Number] = {}
    for at, label in enumerate(labels):
        if label.kind not in _GROUPS or label.is_specific:
            continue
        ends = (one.start for one in labels[at + 1 :] if one.kind in _ENDS and not one.is_specific)
        stop = next(ends, len(words))
        listed = [number for number in numbers if label.end <= number.start < stop]
        if len(listed) > 2 and not _RIGHT_BESIDE.fullmatch(words, label.end, listed[0].start):
            whole = _sum(words, listed)
            if whole:
                found[label.start] = whole
    return found


def _sum(words: str, listed: list[Number]) -> Number | None:
    """The first number that is the sum of those before it and said to be one."""
    together = Decimal()
    for at, number in enumerate(listed):
        if at > 1 and number.full_value == together and _SUM.fullmatch(words, listed[at - 1].tail, number.start):
            return number
        together += number.full_value
    return None
