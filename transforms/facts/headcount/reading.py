"""Headcounts stated in text and tables: how many people of which kind a department has.

People that a department serves, trains or sends out are none of these; units and offices are in organisation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from transforms.documents.model import Table
from transforms.facts.figures.sections import ABOUT_DEPARTMENT, ABOUT_WORK
from transforms.facts.headcount.groups import group_sums, respectively
from transforms.facts.headcount.kinds import PARTS, Counted, figure_name, reconciled, whole_kinds, with_others
from transforms.facts.headcount.labels import PeopleLabel, find_people_labels, headcount_words
from transforms.facts.headcount.lines import Group, add_groups, is_people_line, read_people_line
from transforms.facts.headcount.pairs import is_pair_line, read_pair_line
from transforms.facts.headcount.sums import settle_headcount
from transforms.facts.headcount.tables import add_table_headcount
from transforms.facts.outline.mentions import Aside, FigureBook, Mention, Span, sentences, stated_numbers
from transforms.facts.outline.outline import Outline, Piece
from transforms.facts.tables.told_cells import told_cells
from transforms.language.numerals import Number

_QUICK = re.compile("编|人员|职工|人数|休|公务员|雇员|用工")
_SUM = re.compile("(?:以上|上述)?(?:合计|总计|共计|总共)")
"""How a line begins that sums up the lines above."""
_POSTS = frozenset(("approved_posts", "part_posts"))
_CLOSED = frozenset((*_POSTS, "retired", "non_established"))
_COUNTERS = ("名", "个", "人", "位", "名的", "个的")
_COUNTED = re.compile("(?:[名个]的?|[人位])(?:[都均全皆]?(?:[是为系]|属于?))?")
"""Between a number and the label right behind it: 103名在编人员, 103人为在编人员."""
_PERSONS = ("人", "名", "个", "位")
_UNSURE = ("个",)  # counts people behind a label of theirs, else rather anything
_LONGEST_GAP = 10
_LONGEST_JOINED = 8
_OF_UNITS = re.compile("(?:单位|机构)(?:总数|数)?(?:共有?|共计|合计|总计|[有计为是])?$")
_BREAKS = re.compile("[。;,、]")
_LEADS_ON = re.compile("[共为有是:]{0,3}")
_LEADERS = ".…·_-—\u3000"
"""Signs that lead from a label to its number across a line."""
_ASIDE = re.compile(r"\((?:含|包括|其中)[^(),;]*\)")


def add_headcount(outline: Outline, year: int | None, book: FigureBook) -> None:
    """Notes ``headcount:<kind>`` figures: in the sections about the department, else anywhere but in those about its
    projects and results; of tables with columns for several years that of ``year``."""
    if not _read(outline, year, book, lambda meanings: not ABOUT_DEPARTMENT.isdisjoint(meanings)):
        _read(outline, year, book, lambda meanings: ABOUT_WORK.isdisjoint(meanings))
    settle_headcount(book)


def _read(outline: Outline, year: int | None, book: FigureBook, is_wanted: Callable[[tuple[str, ...]], bool]) -> bool:
    """Whether people were counted in the sections whose meanings are wanted."""
    before = len(book.mentions)
    others = False
    groups: list[Group] = []
    for piece in outline.all_pieces():
        if not is_wanted(piece.meanings):
            continue
        if isinstance(piece.block, Table):
            add_table_headcount(piece.block, piece.index, year, book)
            for told in told_cells(outline, piece.block, headcount_words().told):
                _read_text(told.piece, told.text, told.book)
                told.lift(piece.index, book)
        elif is_pair_line(outline, piece):
            read_pair_line(outline, piece, book)
        elif is_people_line(piece.block.text):
            groups += read_people_line(piece, book)
        elif _QUICK.search(piece.block.text) or (others and _SUM.match(piece.block.text)):
            others = _read_text(piece, piece.block.text, book, others and _SUM.match(piece.block.text) is not None)
            continue
        others = False
    add_groups(groups, book)
    return len(book.mentions) > before


def _read_text(piece: Piece, text: str, book: FigureBook, others: bool = False) -> bool:
    """Notes the people that a text counts; whether people without posts are among them. ``others``: they are among
    those of the line above, which it sums up."""
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
            for label, number, fitness in with_others(words, reconciled(whole_kinds(counted)), numbers):
                figure, unit, stop = _printed(words, number, sentence.start)
                name = figure_name(label.kind)
                if name:
                    book.add(
                        Mention(
                            name, number.full_value, number.full_quantum, unit, piece.index, figure,
                            sentence, fitness, stop,
                        )
                    )  # fmt: skip
    return others


def _printed(words: str, number: Number, offset: int) -> tuple[Span, str | None, int]:
    """Where a number of a sentence that begins at ``offset`` stands in the text, its unit, and where that ends."""
    unit, figure = words[number.tail : number.tail + 1], Span(offset + number.start, offset + number.end)
    is_unit = unit in _PERSONS
    return figure, unit if is_unit else None, offset + number.tail + is_unit


def _counts_people(words: str, number: Number) -> bool:
    """人, 名, 个, 位 behind the number, or nothing at all."""
    following = words[number.tail : number.tail + 2]
    if following[:1] == "个" and _OF_UNITS.search(words, 0, number.start):
        return False
    if number.is_percent or number.value != number.value.to_integral_value():
        return False
    if following[:1] == "人":
        return following not in ("人次", "人均", "人大")
    return (
        following[:1] in ("名", "位", "")
        or following[:1] in ",。;、()+"
        or following in ("个,", "个。", "个;", "个、", "个(", "个)", "个编")
    )


def _counts_others(counted: list[Counted]) -> bool:
    return any(one.label.kind == "non_established" for one in counted)


def _counted(words: str, labels: list[PeopleLabel], numbers: list[Number], others: bool) -> list[Counted]:
    """Labels with the number behind (在编103人) or, without one, right before them (103名在编人员). Parts count for
    the group that was opened last in the sentence. ``others``: people without posts were counted before it."""
    found: list[Counted] = []
    group: str | None = None
    apart = respectively(words, labels, numbers) | group_sums(words, labels, numbers)
    used = {number.start for number in apart.values()}
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        own = apart.get(label.start)
        used.discard(own.start if own else -1)
        number = own or _behind(words, label, numbers, following) or _before(words, label, numbers, used)
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
            label = replace(label, kind="total")
        is_wanted = is_wanted and (own is not None or not _is_joined(words, label))
        if is_wanted and not (label.kind in PARTS and group in _CLOSED):
            is_part = label.kind in PARTS and group is not None
            is_first = is_part or _is_sum_of_units(words, label)
            found.append(Counted(label, number, 1 if is_first else -1 if _is_of_posts(words, label, filled) else 0))
    return found


def _is_joined(words: str, label: PeopleLabel) -> bool:
    """Whether a number counts others too, who have posts, besides the people without that its label names."""
    start = max(0, label.start - _LONGEST_JOINED)
    return label.kind == "non_established" and headcount_words().joined.search(words, start, label.start) is not None


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
    return label.kind in PARTS and filled is None and is_posts


def _filled(words: str, label: PeopleLabel, number: Number, numbers: list[Number]) -> Number | None:
    """The people in the posts that the label counts: 行政编制72名，实有68人; 编外人员控制数90名，实有85人."""
    is_posts = label.kind in PARTS and headcount_words().posts.search(words, label.start, label.end)
    if not is_posts and not headcount_words().limit.search(words, label.end, number.start):
        return None
    behind = next((one for one in numbers if one.start >= number.tail), None)
    if behind is None or behind.full_value > number.full_value:
        return None
    return behind if headcount_words().filled.fullmatch(words, number.tail, behind.start) else None


def _is_subset(words: str, label: PeopleLabel, found: list[Counted]) -> bool:
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
    if _BREAKS.search(gap) or headcount_words().between.search(gap):
        return None
    is_next = following is not None and words[number.tail : following.start] in _COUNTERS
    has_own = following is not None and any(
        _LEADS_ON.fullmatch(words, following.end, one.start) for one in numbers if one.start >= following.end
    )
    return None if is_next and not has_own else number


def _before(words: str, label: PeopleLabel, numbers: list[Number], used: set[int]) -> Number | None:
    number = next((one for one in reversed(numbers) if one.tail <= label.start), None)
    if number is None or number.start in used:
        return None
    return number if _COUNTED.fullmatch(words, number.tail, label.start) else None


def _blank(match: re.Match[str]) -> str:
    """Blanks as long as what they stand for, so that places stay."""
    return "\u3000" * len(match[0])
