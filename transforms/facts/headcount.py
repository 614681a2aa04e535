"""Headcounts stated in text and tables: how many people of which kind a department has.

People that a department serves, trains or sends out are none of these; units and offices are in organisation.py.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from transforms.documents.model import Table
from transforms.facts.figure_pairs import depth
from transforms.facts.figure_sections import ABOUT_DEPARTMENT, ABOUT_WORK
from transforms.facts.headcount_labels import PeopleLabel, find_people_labels, headcount_words
from transforms.facts.headcount_sums import settle_headcount
from transforms.facts.headcount_tables import add_table_headcount
from transforms.facts.mentions import Aside, FigureBook, Mention, Span, sentences, stated_numbers
from transforms.facts.outline import Outline, Piece
from transforms.facts.told_cells import told_cells
from transforms.language.numerals import Number

_QUICK = re.compile("编|人员|职工|人数|休|公务员|雇员")
_PARTS = frozenset(("administrative", "institution", "other_established"))
_POSTS = frozenset(("approved_posts", "part_posts"))
_CLOSED = frozenset((*_POSTS, "retired", "non_established"))
_NO_KINDS = {"other_established": "other_established_count", "other_staff": "other_staff_count"}
"""Figures that are no kind of headcount of their own; rules count with them."""
_MADE_UP_OF = {
    "established": ("administrative", "institution", "other_established"),
    "total": ("established", "non_established", "other_staff"),
}
"""A whole -> its two parts that have a name, and what its further parts are together."""
_COUNTERS = ("名", "个", "人", "位", "名的", "个的")
_PERSONS = ("人", "名", "个", "位")
_UNSURE = ("个",)  # counts people behind a label of theirs, else rather anything
_LONGEST_GAP = 10
_LEADERS = ".…·_-—"
"""Signs that lead from a label to its number across a line."""
_MOST_LISTED = 20
_ASIDE = re.compile(r"\((?:含|包括|其中)[^(),;]*\)")


class _Counted(NamedTuple):
    """``fitness``: posts only (-1), people (0), people who are part of a group that is counted too, or the sum
    over units (1)."""

    label: PeopleLabel
    number: Number
    fitness: int


def add_headcount(outline: Outline, year: int | None, book: FigureBook) -> None:
    """Notes ``headcount:<kind>`` figures: in the sections about the department, else anywhere but in those about its
    projects and results; of tables with columns for several years that of ``year``."""
    if not _read(outline, year, book, lambda meanings: not ABOUT_DEPARTMENT.isdisjoint(meanings)):
        _read(outline, year, book, lambda meanings: ABOUT_WORK.isdisjoint(meanings))
    settle_headcount(book)


def _read(outline: Outline, year: int | None, book: FigureBook, is_wanted: object) -> bool:
    before = len(book.mentions)
    assert callable(is_wanted)
    for piece in outline.all_pieces():
        if not is_wanted(piece.meanings):
            continue
        if isinstance(piece.block, Table):
            add_table_headcount(piece.block, piece.index, year, book)
            for told in told_cells(outline, piece.block, headcount_words().told):
                _read_text(told.piece, told.text, told.book)
                told.lift(piece.index, book)
        elif _QUICK.search(piece.block.text):
            _read_text(piece, piece.block.text, book)
    return len(book.mentions) > before


def _read_text(piece: Piece, text: str, book: FigureBook) -> None:
    others = False
    for sentence in sentences(piece):
        words = headcount_words().opening.sub(_blank, text[slice(*sentence)])
        numbers = [number for number in stated_numbers(words, Span(0, len(words))) if _counts_people(words, number)]
        for number in numbers:
            figure, unit, stop = _printed(words, number, sentence.start)
            if unit and unit not in _UNSURE:
                book.add(Aside("people", number.full_value, unit, piece.index, figure, sentence, stop))
        labels = find_people_labels(words) if numbers else []
        if labels:
            counted = _counted(words, labels, numbers, others)
            others = others or _counts_others(counted)
            for label, number, fitness in _with_others(words, _reconciled(_whole_kinds(counted)), numbers):
                figure, unit, stop = _printed(words, number, sentence.start)
                name = _NO_KINDS.get(label.kind, f"headcount:{label.kind}")
                book.add(
                    Mention(
                        name, number.full_value, number.full_quantum, unit, piece.index, figure,
                        sentence, fitness, stop,
                    )
                )  # fmt: skip


def _printed(words: str, number: Number, offset: int) -> tuple[Span, str | None, int]:
    """Where a number of a sentence that begins at ``offset`` stands in the text, its unit, and where that ends."""
    unit, figure = words[number.tail : number.tail + 1], Span(offset + number.start, offset + number.end)
    is_unit = unit in _PERSONS
    return figure, unit if is_unit else None, offset + number.tail + is_unit


def _counts_people(words: str, number: Number) -> bool:
    """人, 名, 个, 位 behind the number, or nothing at all."""
    following = words[number.tail : number.tail + 2]
    if following[:1] == "个" and words.endswith("单位", 0, number.start):
        return False
    if number.is_percent or number.value != number.value.to_integral_value():
        return False
    if following[:1] == "人":
        return following not in ("人次", "人均", "人大")
    return (
        following[:1] in ("名", "位", "")
        or following[:1] in ",。;、()"
        or following in ("个,", "个。", "个;", "个、", "个(", "个)", "个编")
    )


def _counts_others(counted: list[_Counted]) -> bool:
    return any(one.label.kind == "non_established" for one in counted)


def _counted(words: str, labels: list[PeopleLabel], numbers: list[Number], others: bool) -> list[_Counted]:
    """Labels with the number behind (在编103人) or, without one, right before them (103名在编人员). Parts count for
    the group that was opened last in the sentence. ``others``: people without posts were counted before it."""
    found: list[_Counted] = []
    group: str | None = None
    used: set[int] = set()
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        number = _behind(words, label, numbers, following) or _before(words, label, numbers, used)
        if group in _POSTS and headcount_words().present.search(words, max(0, label.start - 2), label.end):
            group = None
        is_aside = group not in _CLOSED and _is_aside(words, label, number)
        if label.kind in headcount_words().opens and (number is not None or label.kind != "total") and not is_aside:
            group = label.kind
        if number is None or number.start in used:
            continue
        used.add(number.start)
        filled = _filled(words, label, number, numbers)
        if filled and group not in _POSTS:
            used.add(filled.start)
            number = filled
        is_limit = filled is None and headcount_words().limit.search(words, label.end, number.start) is not None
        is_wanted = label.kind != "part_posts" and not is_limit and not _is_subset(words, label, found)
        if is_wanted and label.kind == "sum":
            is_wanted = others or _counts_others(found)
            label = label._replace(kind="total")
        if is_wanted and not (label.kind in _PARTS and group in _CLOSED):
            is_part = label.kind in _PARTS and group is not None
            is_first = is_part or _is_sum_of_units(words, label)
            found.append(_Counted(label, number, 1 if is_first else -1 if _is_of_posts(words, label, filled) else 0))
    return found


def _is_aside(words: str, label: PeopleLabel, number: Number | None) -> bool:
    """Whether a label with its number is all that a bracket says, so that what follows is no part of it: 590人（含编外
    478人），其中行政60人."""
    bracket = _ASIDE.match(words, max(words.rfind("(", 0, label.start), 0))
    return number is not None and bracket is not None and bracket.end() > number.tail


def _is_sum_of_units(words: str, label: PeopleLabel) -> bool:
    """在编人员合计80人 counts before the established staff of each unit in the same text."""
    return label.kind in ("established", "non_established") and "计" in words[label.start : label.end + 2]


def _is_of_posts(words: str, label: PeopleLabel, filled: Number | None) -> bool:
    is_posts = headcount_words().posts.search(words, label.start, label.end) is not None
    return label.kind in _PARTS and filled is None and is_posts


def _filled(words: str, label: PeopleLabel, number: Number, numbers: list[Number]) -> Number | None:
    """The people in the posts that the label counts: 行政编制72名，实有68人; 编外人员控制数90名，实有85人."""
    is_posts = label.kind in _PARTS and headcount_words().posts.search(words, label.start, label.end)
    if not is_posts and not headcount_words().limit.search(words, label.end, number.start):
        return None
    behind = next((one for one in numbers if one.start >= number.tail), None)
    if behind is None or behind.full_value > number.full_value:
        return None
    return behind if headcount_words().filled.fullmatch(words, number.tail, behind.start) else None


def _is_subset(words: str, label: PeopleLabel, found: list[_Counted]) -> bool:
    """Whether the label counts some of those counted last: 聘用人员733人（含协管员251人）."""
    last = found[-1] if found else None
    is_group = label.kind == "other_established" or (last and label.is_specific and last.label.kind == label.kind)
    if last is None or not is_group:
        return False
    return headcount_words().subset.search(words, last.number.tail, label.start) is not None


def _behind(words: str, label: PeopleLabel, numbers: list[Number], following: PeopleLabel | None) -> Number | None:
    """The number behind a label, before the next one. 共有103名在编人员: the number is the next label's."""
    stop = following.start if following else len(words)
    number = next((one for one in numbers if label.end <= one.start < stop), None)
    gap = words[label.end : number.start].strip(_LEADERS) if number else ""
    if number is None or len(gap) > _LONGEST_GAP:
        return None
    if re.search("[。;,、]", gap) or headcount_words().between.search(gap):
        return None
    is_next = following is not None and words[number.tail : following.start] in _COUNTERS
    has_own = following is not None and any(
        re.fullmatch("[共为有是:]{0,3}", words[following.end : one.start])
        for one in numbers
        if one.start >= following.end
    )
    return None if is_next and not has_own else number


def _before(words: str, label: PeopleLabel, numbers: list[Number], used: set[int]) -> Number | None:
    number = next((one for one in reversed(numbers) if one.tail <= label.start), None)
    if number is None or number.start in used:
        return None
    return number if words[number.tail : label.start] in _COUNTERS else None


def _reconciled(counted: list[_Counted]) -> list[_Counted]:
    """Words for all people that count the established alone, and the other way round, as their parts in the sentence
    say: 在职人员134人（行政76人，事业58人），编外623人; 财政供养298人，其中行政54人，事业83人，编外161人. A total
    with the retired in it is none of the staff."""
    parts = sum(one.number.full_value for one in counted if one.label.kind in _PARTS and one.fitness >= 0)
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
    return [one._replace(label=one.label._replace(kind=kind)) for one, kind in zip(counted, kinds, strict=True)]


def _with_others(words: str, counted: list[_Counted], numbers: list[Number]) -> list[_Counted]:
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
            counted.append(_Counted(label, together, 0))
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


def _blank(match: re.Match[str]) -> str:
    """Blanks as long as what they stand for, so that places stay."""
    return "\u3000" * len(match[0])


def _is_total_of(one: _Counted, people: Decimal | int) -> bool:
    return one.label.kind == "total" and one.number.full_value == people


def _whole_kinds(counted: list[_Counted]) -> list[_Counted]:
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
        and not (one.label.kind in _PARTS and len(numbers[one.label.kind, one.fitness]) > 1)
    ]
