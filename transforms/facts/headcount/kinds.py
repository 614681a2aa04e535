"""What the labels with their numbers in one sentence count, seen together: groups of a kind, wholes and their rests.

Which number belongs to which label is read in reading.py.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from transforms.facts.figures.pairs import depth
from transforms.facts.headcount.labels import PeopleLabel
from transforms.language.numerals import Number

PARTS = ("administrative", "institution", "other_established")
_MADE_UP_OF = {
    "established": PARTS,
    "total": ("established", "non_established", "other_staff"),
}
"""A whole -> its two parts that have a name, and what its further parts are together."""
_MOST_LISTED = 20
_KINDS = frozenset(("approved_posts", "established", "non_established", "retired", "total", *PARTS[:2]))
_OF_NO_KIND = {"other_established": "other_established_count", "other_staff": "other_staff_count"}
"""Figures that are no kind of headcount of their own; rules count with them."""


class Counted(NamedTuple):
    """``fitness``: posts only (-1), people (0), people who are part of a group that is counted too, or the sum
    over units (1)."""

    label: PeopleLabel
    number: Number
    fitness: int


def figure_name(kind: str | None) -> str | None:
    """The figure that people of a kind are; None for labels that count no people by themselves."""
    return f"headcount:{kind}" if kind in _KINDS else _OF_NO_KIND.get(kind or "")


def reconciled(counted: list[Counted]) -> list[Counted]:
    """Words for all people that count the established alone, and the other way round, as their parts in the sentence
    say: 在职人员134人（行政76人，事业58人），编外623人; 财政供养298人，其中行政54人，事业83人，编外161人. A total
    with the retired in it is none of the staff."""
    parts = sum(one.number.full_value for one in counted if one.label.kind in PARTS and one.fitness >= 0)
    others = sum(one.number.full_value for one in counted if one.label.kind == "non_established")
    retired = sum(one.number.full_value for one in counted if one.label.kind == "retired")
    with_retired = parts + others + retired
    if retired and parts and any(_is_total_of(one, with_retired) for one in counted):
        return [one for one in counted if not _is_total_of(one, with_retired)]
    if not parts or not others:
        return counted
    meant = {("total", parts): "established", ("established", parts + others): "total"}
    kinds = [meant.get((one.label.kind, one.number.full_value), one.label.kind) for one in counted]
    if any(kind in meant.values() and kinds.count(kind) > 1 for kind in kinds):
        return counted
    return [
        one if one.label.kind == kind else one._replace(label=replace(one.label, kind=kind))
        for one, kind in zip(counted, kinds, strict=True)
    ]


def with_others(words: str, counted: list[Counted], numbers: list[Number]) -> list[Counted]:
    """With what a whole has besides its two parts, where all that is listed for it makes it up: 总人数230人，在编80人，
    编外120人，退休30人 -> 30 others."""
    found = {one.label.kind: one for one in reversed(counted)}
    for whole, (first, second, others) in _MADE_UP_OF.items():
        if not {whole, first, second} <= found.keys():
            continue
        parts = {found[first].number.start, found[second].number.start}
        rest = [one for one in _makes_up(words, found[whole].number, numbers, parts) if one.start not in parts]
        if rest:
            together = replace(rest[0], value=sum((one.full_value for one in rest), Decimal()), scale="")
            label = PeopleLabel(others, together.start, together.start, is_specific=False)
            counted = [one for one in counted if one.label.kind != others]
            counted.append(Counted(label, together, 0))
    return counted


def _makes_up(words: str, whole: Number, numbers: list[Number], parts: set[int]) -> list[Number]:
    """The numbers right behind a whole, or right before it, at one depth of brackets, that are its sum and hold the
    two parts; an empty list if none do."""
    behind = [one for one in numbers if one.start > whole.start]
    before = [one for one in reversed(numbers) if one.start < whole.start]
    for row in (behind[:_MOST_LISTED], before[:_MOST_LISTED]):
        listed = [one for one in row if depth(words, *sorted((row[0].start, one.start))) == 0]
        for count in range(3, len(listed) + 1):
            some = listed[:count]
            if parts <= {one.start for one in some} and sum(one.full_value for one in some) == whole.full_value:
                return some
    return []


def _is_total_of(one: Counted, people: Decimal | int) -> bool:
    return one.label.kind == "total" and one.number.full_value == people


def whole_kinds(counted: list[Counted]) -> list[Counted]:
    """Leaves out several specific groups of one kind (合同制, 劳务派遣; 离休, 退休), and several numbers of
    administrative or institution staff in one group: their sum is not printed."""
    specific = Counter(one.label.kind for one in counted if one.label.is_specific)
    whole = {one.label.kind for one in counted if not one.label.is_specific}
    numbers: dict[tuple[str, int], set[Decimal]] = {}
    for one in counted:
        numbers.setdefault((one.label.kind, one.fitness), set()).add(one.number.full_value)
    return [
        one
        for one in counted
        if (not one.label.is_specific or (specific[one.label.kind] == 1 and one.label.kind not in whole))
        and not (one.label.kind in PARTS and len(numbers[one.label.kind, one.fitness]) > 1)
    ]
