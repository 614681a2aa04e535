"""Headcounts whose labels leave open what they count: the sums that the report prints say it.

Where the numbers read by their labels add up, or no numbers do, nothing is changed: a wrong sum stays wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, groupby, product
from typing import NamedTuple

from transforms.facts.outline.mentions import Aside, FigureBook, Mention

_MOST_NUMBERS = 60
_FITNESS = 3
"""Above that of a mention by its label alone."""
_KIND_WORDS = re.compile("(?P<first>行政|公务员)|(?P<second>事业)")
_SAID_BEHIND = re.compile("[人名个位]?[都均全皆]?(?:[是为系]|属于?)(?:(?P<first>行政|公务员)|(?P<second>事业))")
_POSTS = re.compile("编制(?![内外])|[核定]编")
_PRESENT = re.compile("实有|现有|在编|在职|在岗|编制?[内外]")

_Read = Mention | Aside
_Sum = tuple[_Read, _Read, _Read]
"""A whole, its first part and its second one."""


class _Whole(NamedTuple):
    """Figures that make a sum, and the one for what the whole has besides its two parts."""

    whole: str
    first: str
    second: str
    besides: str


_ESTABLISHED = _Whole(
    "headcount:established", "headcount:administrative", "headcount:institution", "other_established_count"
)
_TOTAL = _Whole("headcount:total", "headcount:established", "headcount:non_established", "other_staff_count")
_POSTS_NAME = "headcount:approved_posts"
_NAMES = frozenset((*_ESTABLISHED[:3], *_TOTAL[:3]))


def settle_headcount(book: FigureBook) -> None:
    """Has numbers count as a whole and its parts where they add up and those taken by their labels do not, or one of
    these is missing; only where a single such sum is printed, and none that has a label is left out of it."""
    _settle_posts(book)
    _settle_apart(book)
    is_of_units = any([_settle_units(book, name) for name in _TOTAL[1:3]])
    for figures in (_TOTAL,) if is_of_units else (_ESTABLISHED, _TOTAL):
        apart = book.primary(figures.besides)
        besides = apart.value if apart else Decimal()
        if _comes_out(book, figures, besides):
            continue
        found = list(_sums(book, figures, besides))
        if not found and figures is _ESTABLISHED:
            found = list(_sums_of_unnamed(book))
        if len({tuple(read.value for read in one) for one in found}) == 1 and not _discards(book, figures, found[0]):
            for name, read in zip(figures, found[0], strict=False):
                _take(book, name, read)


def _settle_apart(book: FigureBook) -> None:
    """Leaves out those counted apart who are among the administrative or institution staff, as their sum says without
    them; several groups of them that have a cell or line each count together where they make up the whole."""
    name = _ESTABLISHED.besides
    groups = [one for one in book.mentions if one.name == name and one.fitness >= 0]
    whole, first, second = (book.primary(figure) for figure in _ESTABLISHED[:3])
    if not (groups and whole and first and second):
        return
    rest = whole.value - first.value - second.value
    if not rest:
        book.mentions[:] = [one for one in book.mentions if one.name != name]
    elif all(one.value != rest for one in groups) and sum(one.value for one in groups) == rest:
        book.mentions[book.mentions.index(groups[0])] = replace(groups[0], value=rest, fitness=_FITNESS)


def _settle_units(book: FigureBook, name: str) -> bool:
    """Has the sum behind the people of a kind of several units, in their sentence, count all of that kind;
    administrative and institution staff of one of the units are left out then. Whether there is such a sum of
    established staff."""
    for _, reads in groupby(_reads(book), lambda read: (read.block, read.sentence)):
        parts: list[_Read] = []
        for read in reads:
            if len(parts) > 1 and read.value == sum(part.value for part in parts) and _may_sum_up(book, name, read):
                _take(book, name, read)
                _leave_parts(book, {part.value for part in parts})
                return name == _ESTABLISHED.whole
            parts += [read] if _name(read) == name else []
    return False


def _may_sum_up(book: FigureBook, name: str, read: _Read) -> bool:
    """Whether a number may be the sum of people of this kind: if it counts all so far, a larger one does too."""
    return _name(read) in (None, name) or any(
        one.name == _TOTAL.whole and one.value > read.value for one in book.mentions
    )


def _leave_parts(book: FigureBook, units: set[Decimal]) -> None:
    first, second = (book.primary(name) for name in _ESTABLISHED[1:3])
    if first and second and first.value + second.value in units:
        book.mentions[:] = [one for one in book.mentions if one.name not in _ESTABLISHED[1:3]]


def _discards(book: FigureBook, figures: _Whole, found: _Sum) -> bool:
    """Whether a number without such a label would stand for one that has it and would be nothing, or would not be the
    sum of its parts: the text contradicts itself."""
    return _differs_from_parts(book, figures, found) or any(
        taken is not None and taken not in found and _name(read) != name
        for name, read in zip(figures, found, strict=False)
        for taken in [book.primary(name)]
    )


def _differs_from_parts(book: FigureBook, figures: _Whole, found: _Sum) -> bool:
    """Whether a number without a label would be the established staff, whose parts are counted and come to another
    number: it may be all staff of one unit."""
    first, second, besides = (book.primary(name) for name in _ESTABLISHED[1:])
    if figures is not _TOTAL or first is None or second is None or _name(found[1]) == _ESTABLISHED.whole:
        return False
    return found[1].value != first.value + second.value + (besides.value if besides else 0)


def _settle_posts(book: FigureBook) -> None:
    """Has a sum of posts that stands behind them count all posts, where the people in them are counted too:
    行政编制80名、事业编制70名，共150名；实有行政人员78人."""
    parts = (_ESTABLISHED.first, _ESTABLISHED.second)
    if book.primary(_POSTS_NAME) or not any(one.name in parts and one.fitness >= 0 for one in book.mentions):
        return
    for _, reads in groupby(_reads(book), lambda read: (read.block, read.sentence)):
        whole = _sum_of_posts(book, list(reads))
        if whole:
            _take(book, _POSTS_NAME, whole)
            return


def _sum_of_posts(book: FigureBook, reads: list[_Read]) -> _Read | None:
    """The number of a sentence that is the sum of those right before it, from one of posts on."""
    first = next((at for at in range(len(reads)) if _POSTS.search(_words_before(book, reads, at))), len(reads))
    together = Decimal()
    for at in range(first, len(reads)):
        if _PRESENT.search(_words_before(book, reads, at)):
            return None
        if at > first + 1 and reads[at].value == together:
            return reads[at]
        together += reads[at].value
    return None


def _words_before(book: FigureBook, reads: list[_Read], at: int) -> str:
    """The words between the number before, or the beginning of the sentence, and a number."""
    block = book.outline.text_block(reads[at].block)
    start = reads[at - 1].figure.end if at else reads[at].sentence.start
    return block.text[start : reads[at].figure.start]


def _comes_out(book: FigureBook, figures: _Whole, besides: Decimal) -> bool:
    whole, first, second = (book.primary(name) for name in figures[:3])
    return whole is not None and whole.value == sum(part.value for part in (first, second) if part) + besides


def _sums(book: FigureBook, figures: _Whole, besides: Decimal) -> Iterator[_Sum]:
    """Sums of two numbers with a label of their own and any third one."""
    numbers = _numbers(book)
    whole, first, second = ([read for read in _all(book) if _name(read) == name] for name in figures[:3])
    by_value: dict[Decimal, list[_Read]] = {}
    for read in numbers:
        by_value.setdefault(read.value, []).append(read)
    for one, other in product(first, second):
        yield from ((any_, one, other) for any_ in by_value.get(one.value + other.value + besides, ()))
    for all_, one in product(whole, first):
        yield from ((all_, one, any_) for any_ in by_value.get(all_.value - one.value - besides, ()) if any_ is not one)
    for all_, other in product(whole, second):
        rest = by_value.get(all_.value - other.value - besides, ())
        yield from ((all_, any_, other) for any_ in rest if any_ is not other)


def _sums_of_unnamed(book: FigureBook) -> Iterator[_Sum]:
    """Sums of a labelled whole and two numbers of one sentence that stand behind words for either part:
    行政编制20名，实有18人；事业编制12名，实有11人；在编29人."""
    numbers = _numbers(book)
    for whole in (read for read in _all(book) if _name(read) == _ESTABLISHED.whole):
        for one, other in combinations((read for read in numbers if read.value < whole.value), 2):
            is_sum = one.sentence == other.sentence and one.value + other.value == whole.value
            if is_sum and (_kind(book, one), _kind(book, other)) == ("first", "second"):
                yield whole, one, other


def _kind(book: FigureBook, read: _Read) -> str | None:
    """Which part the words right behind a number, or else those before it in its sentence, speak of."""
    block = book.outline.text_block(read.block)
    behind = _SAID_BEHIND.match(block.text, read.figure.end, read.sentence.end)
    if behind:
        return behind.lastgroup
    kind = None
    for match in _KIND_WORDS.finditer(block.text, read.sentence.start, read.figure.start):
        kind = match.lastgroup
    return kind


def _all(book: FigureBook) -> list[Mention]:
    """The mentions of the staff and its parts; posts count as people only where people are not counted."""
    counted = {mention.name for mention in book.mentions if mention.fitness >= 0}
    return [
        mention
        for mention in book.mentions
        if mention.name in _NAMES and (mention.fitness >= 0 or mention.name not in counted)
    ][:_MOST_NUMBERS]


def _numbers(book: FigureBook) -> list[_Read]:
    """The numbers of people in texts that may count any part of the staff, in reading order."""
    known = {id(mention) for mention in _all(book)}
    return [read for read in _reads(book) if isinstance(read, Aside) or id(read) in known][:_MOST_NUMBERS]


def _reads(book: FigureBook) -> list[_Read]:
    """All numbers of people in texts, in reading order."""
    taken = {(mention.block, mention.figure) for mention in book.mentions}
    names = (*_NAMES, _ESTABLISHED.besides, _TOTAL.besides)
    reads: list[_Read] = [one for one in book.mentions if one.cell is None and one.name in names]
    reads += [one for one in book.asides if one.kind == "people" and (one.block, one.figure) not in taken]
    return sorted(reads, key=lambda read: (read.block, read.figure))


def _name(read: _Read) -> str | None:
    return read.name if isinstance(read, Mention) else None


def _take(book: FigureBook, name: str, read: _Read) -> None:
    if isinstance(read, Aside):
        book.add(
            Mention(
                name, read.value, Decimal(1), read.unit, read.block, read.figure, read.sentence, _FITNESS, read.stop
            )
        )
        return
    book.mentions[book.mentions.index(read)] = replace(read, name=name, fitness=_FITNESS)
