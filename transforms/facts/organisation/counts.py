"""How many budget units and internal offices a text says there are, and where it speaks of them.

Which ones it lists is read in lists.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from transforms.facts.organisation.names import counts_institutions, counts_no_units, dependences, what_counts
from transforms.facts.organisation.words import words_of
from transforms.facts.outline.mentions import Aside, Mention, Span
from transforms.facts.outline.numbering import chinese_count
from transforms.facts.outline.outline import Heading, Outline, Piece

KINDS = ("units", "offices")
STATED, SUBORDINATE = "stated_unit_count", "subordinate_unit_count"
STATED_OFFICES = "stated_office_count"
_SUBJECTS = ("单位", "机构", "科室", "办公室", "部门", "设", "纳入", "列入", "编入", "参加", "参与", "口径")
_LONGEST_PART = 14
_PART = re.compile("其中[^,。;、]{0,10}$")
_OWN_PART = re.compile("其中(?:[^,。;、非]{0,6}(?:独立核算|独立编制|编报|纳入|列入)[^,。;、]{0,6})$")
"""Words before those of the subordinate units that have a budget of their own: 6个(其中独立核算的4个:甲、乙)."""
_NAMED = re.compile("(?:单位|机构)?(?:分别|依次|具体)*[为是即有]?:")


class Stretch(NamedTuple):
    """A stretch of a block that speaks of units or of offices; ``anchor``: end of the last word that says so;
    ``limit``: where the next stretch begins, to which a numbered list may run on."""

    kind: str
    start: int
    end: int
    anchor: int
    limit: int


def stretches(text: str, start: int) -> list[Stretch]:
    """From the sentence that first speaks of units (or offices) to the end of the last, with the one that only goes on
    to name them, or to a change of subject."""
    if not any(map(text.__contains__, _SUBJECTS)):
        return []
    anchors = sorted(
        (match.start(), match.end(), kind)
        for kind in KINDS
        for scanner in (words_of(kind).anchor, words_of(kind).lists)
        if scanner
        for match in scanner.finditer(text, start)
    )
    found: list[Stretch] = []
    for begin, end, kind in anchors:
        stop = text.find("。", end) + 1 or len(text)
        if words_of(kind).goes_on.match(text, stop):
            stop = text.find("。", stop) + 1 or len(text)
        if found and found[-1].kind == kind:
            if begin >= found[-1].end and words_of(kind).left_out.search(text, found[-1].end, stop):
                continue
            found[-1] = found[-1]._replace(end=stop, anchor=end)
            continue
        if found and found[-1].end > begin:
            found[-1] = found[-1]._replace(end=begin)
        if found:
            found[-1] = found[-1]._replace(limit=begin)
        sentence = max(text.rfind("。", start, begin) + 1, start, found[-1].end if found else 0)
        found.append(Stretch(kind, sentence, stop, end, len(text)))
    return found


def stated_counts(piece: Piece, text: str, stretch: Stretch, counts: list[Count]) -> Iterator[Mention | Aside]:
    """The counts of units, subordinate units or offices among those of a stretch, and what else it counts among
    units."""
    for match, number, name in counts:
        span, sentence = Span(*match.span(1)), Span(stretch.start, stretch.end)
        unit = text[span.end]
        if name:
            yield Mention(name, Decimal(number), Decimal(1), unit, piece.index, span, sentence, 0, span.end + 1)
        elif stretch.kind == "units":
            yield Aside("units", Decimal(number), unit, piece.index, span, sentence, span.end + 1)


def labelled_counts(piece: Piece, text: str) -> Iterator[Mention]:
    """The bare numbers behind labels that say what they count: 预算单位数:5。"""
    for kind in KINDS:
        for match in words_of(kind).labelled.finditer(text, piece.start):
            name = next(name for name, label in match.groupdict().items() if label and name != "n")
            number = chinese_count(match["n"])
            if number is not None:
                figure, sentence = Span(*match.span("n")), Span(*match.span())
                yield Mention(name, Decimal(number), Decimal(1), "个", piece.index, figure, sentence, 0, match.end())


def headed_count(outline: Outline, heading: Heading, kind: str) -> Mention | None:
    """The count at the end of a heading over a list: 预算单位6个："""
    block = outline.text_block(heading.block)
    text, span = block.text, Span(heading.start, heading.end)
    match = next(
        (one for one in words_of(kind).quantity.finditer(text, *span) if text[one.end() :] in ("", ":", ")", "):")),
        None,
    )
    number, name = (chinese_count(match[1]), what_counts(text, kind, span.start, match)) if match else (None, None)
    if match is None or number is None or name is None:
        return None
    figure = Span(*match.span(1))
    return Mention(name, Decimal(number), Decimal(1), text[figure.end], heading.block, figure, span, 0, match.end())


class Count(NamedTuple):
    """A number of 个 or 家 that may count units or offices, and the figure it states, None for none."""

    match: re.Match[str]
    number: int
    figure: str | None


def counted_in(text: str, stretch: Stretch) -> list[Count]:
    """The numbers in a stretch that may count its units or offices. The only one of 事业单位 is that of subordinate
    ones: 由3个单位组成，含1个行政单位和2个事业单位."""
    found = _with_own_part(text, list(_counts(text, stretch)))
    institutions = [one for one in found if one.figure is None and counts_institutions(text, one.match.end())]
    if len(institutions) == 1 and all(one.figure != SUBORDINATE for one in found):
        found[found.index(institutions[0])] = institutions[0]._replace(figure=SUBORDINATE)
    return found


def _with_own_part(text: str, found: list[Count]) -> list[Count]:
    """With the number of those with a budget of their own as that of subordinate units, not the one before it."""
    settled = found[:1]
    for one in found[1:]:
        last, is_own = settled[-1], _counts_own_part(text, one.match, settled[-1].match.end())
        if is_own and last.figure in (None, SUBORDINATE) and one.number < last.number:
            settled[-1], one = last._replace(figure=None), one._replace(figure=SUBORDINATE)
        settled.append(one)
    return settled


def _counts_own_part(text: str, number: re.Match[str], start: int) -> bool:
    """Whether a number counts the units with a budget of their own, among those told from ``start`` on, and their
    names follow."""
    return _NAMED.match(text, number.end()) is not None and _OWN_PART.search(text, start, number.start()) is not None


def _counts(text: str, stretch: Stretch) -> Iterator[Count]:
    dependent = dependent_in(text, stretch)
    for match in words_of(stretch.kind).quantity.finditer(text, stretch.start, stretch.end):
        number = chinese_count(match[1])
        start = max(stretch.start, match.start() - _LONGEST_PART)
        is_own_part = _counts_own_part(text, match, start)
        is_part = _is_part(text, match.start()) and not is_own_part
        if stretch.kind == "units" and (counts_no_units(text, match.end()) or is_part):
            continue
        if number is not None:
            is_named = not is_own_part and not is_within(match.start(), dependent)
            yield Count(match, number, what_counts(text, stretch.kind, stretch.start, match) if is_named else None)


def _is_part(text: str, start: int) -> bool:
    """Whether the number at ``start`` counts some of the units only: 其中独立核算单位1个."""
    return _PART.search(text, max(0, start - _LONGEST_PART), start) is not None


def dependent_in(text: str, stretch: Stretch) -> list[Span]:
    """Where units are named that have no budget of their own: 另有文化站、水利所两个单位不独立编制预算."""
    found = dependences(text, stretch.start, stretch.end) if stretch.kind == "units" else []
    return [Span(max(text.rfind(mark, stretch.start, at) + 1 for mark in "。;"), at) for at in found]


def is_within(position: int, spans: list[Span]) -> bool:
    """Whether a position lies in one of the stretches."""
    return any(span.start <= position < span.end for span in spans)
