"""Headcounts whose labels leave open what they count: the sums that the report prints say it.

Where the numbers read by their labels add up, or no numbers do, nothing is changed: a wrong sum stays wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, product
from typing import NamedTuple

from transforms.documents.model import TextBlock
from transforms.facts.mentions import Aside, FigureBook, Mention

_MOST_NUMBERS = 60
_FITNESS = 3
"""Above that of a mention by its label alone."""
_KIND_WORDS = re.compile("(?P<first>行政|公务员)|(?P<second>事业)")

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
_NAMES = frozenset((*_ESTABLISHED[:3], *_TOTAL[:3]))


def settle_headcount(book: FigureBook) -> None:
    """Has numbers count as a whole and its parts where they add up and those taken by their labels do not, or one of
    these is missing; only where a single such sum is printed, and none that has a label is left out of it."""
    for figures in (_ESTABLISHED, _TOTAL):
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


def _discards(book: FigureBook, figures: _Whole, found: _Sum) -> bool:
    """Whether a number without such a label would stand for one that has it and would be nothing: the text
    contradicts itself."""
    return any(
        taken is not None and taken not in found and _name(read) != name
        for name, read in zip(figures, found, strict=False)
        for taken in [book.primary(name)]
    )


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
    核定行政编制46名，实有44人；核定事业编制38名，实有35人；在编79人."""
    numbers = _numbers(book)
    for whole in (read for read in _all(book) if _name(read) == _ESTABLISHED.whole):
        for one, other in combinations((read for read in numbers if read.value < whole.value), 2):
            is_sum = one.sentence == other.sentence and one.value + other.value == whole.value
            if is_sum and (_kind(book, one), _kind(book, other)) == ("first", "second"):
                yield whole, one, other


def _kind(book: FigureBook, read: _Read) -> str | None:
    """Which part the words before a number in its sentence speak of."""
    block = book.outline.document.blocks[read.block]
    assert isinstance(block, TextBlock)
    kind = None
    for match in _KIND_WORDS.finditer(block.text, read.sentence.start, read.figure.start):
        kind = match.lastgroup
    return kind


def _all(book: FigureBook) -> list[Mention]:
    return [mention for mention in book.mentions if mention.name in _NAMES][:_MOST_NUMBERS]


def _numbers(book: FigureBook) -> list[_Read]:
    """The numbers of people in texts that may count any part of the staff, in reading order."""
    taken = {(mention.block, mention.figure) for mention in book.mentions}
    reads: list[_Read] = [mention for mention in _all(book) if mention.cell is None]
    reads += [one for one in book.asides if one.kind == "people" and (one.block, one.figure) not in taken]
    return sorted(reads, key=lambda read: (read.block, read.figure))[:_MOST_NUMBERS]


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
    book.mentions[book.mentions.index(read)] = read._replace(name=name, fitness=_FITNESS)
