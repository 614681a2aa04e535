"""How many units there are in all, where the words leave it open and the list of them settles it: the number beside the
list that is as many as it names, or one more with the department itself.

What words say by themselves is read in counts.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from transforms.documents.model import TextBlock
from transforms.facts.model import OWN_ROLE
from transforms.facts.organisation.counts import STATED, STATED_OFFICES
from transforms.facts.organisation.lists import Listed
from transforms.facts.outline.mentions import Mention, Span
from transforms.facts.outline.numbering import chinese_count
from transforms.facts.outline.outline import Piece
from transforms.language.tables import patterns
from transforms.language.text import normalise

_LONGEST_TEXT = 20_000


class Sum(NamedTuple):
    """A number that is that of all units; ``has_own``: the sentence speaks of the department itself."""

    mention: Mention
    has_own: bool


def sum_of_units(pieces: Sequence[Piece], units: list[Listed]) -> Sum | None:
    """The number beside a list of units that counts all of them, None where none does."""
    has_own = any(unit.role == OWN_ROLE for unit in units)
    found = [one for piece in _beside(pieces, units) for one in _sums(piece)]
    equal = [one for one in found if one.mention.value == len(units) and has_own]
    one_more = [one for one in found if one.mention.value == len(units) + 1 and not has_own and one.has_own]
    return next(iter([*equal, *one_more]), None)


def sum_of_offices(pieces: Sequence[Piece], offices: list[Listed]) -> Mention | None:
    """The number of all offices with which the text right below their list begins (以上共计8个), None without one."""
    names = [normalise(office.name) for office in offices]
    texts = [piece.block.text if isinstance(piece.block, TextBlock) else "" for piece in pieces]
    for before, piece, text in zip(texts, pieces[1:], texts[1:], strict=False):
        match = _words()["below"].match(text, piece.start) if any(name in before for name in names) else None
        number = chinese_count(match["n"]) if match else None
        if match and number is not None:
            span, sentence = Span(*match.span("n")), Span(*match.span())
            return Mention(
                STATED_OFFICES, Decimal(number), Decimal(1), "个", piece.index, span, sentence, 0, span.end + 1
            )
    return None


def tells_own(pieces: Sequence[Piece], units: list[Listed]) -> bool:
    """Whether the texts beside a list of units speak of the department itself as one: 本级, 行政单位."""
    texts = (piece.block.text for piece in _beside(pieces, units) if isinstance(piece.block, TextBlock))
    return any(_words()["told"].search(text[:_LONGEST_TEXT]) for text in texts)


def _beside(pieces: Sequence[Piece], units: list[Listed]) -> Iterator[Piece]:
    """The pieces of text that name the units, with the ones before and behind."""
    names = [normalise(unit.name) for unit in units]
    texts = [piece.block.text if isinstance(piece.block, TextBlock) else "" for piece in pieces]
    naming = {at for at, text in enumerate(texts) if any(name in text for name in names)}
    for at, piece in enumerate(pieces):
        if texts[at] and not naming.isdisjoint((at - 1, at, at + 1)):
            yield piece


def _sums(piece: Piece) -> Iterator[Sum]:
    assert isinstance(piece.block, TextBlock)
    text = piece.block.text[:_LONGEST_TEXT]
    for match in _words()["count"].finditer(text, piece.start):
        number = chinese_count(match["n"])
        if number is None or _words()["other"].search(match[0]):
            continue
        start = max(text.rfind("。", piece.start, match.start()) + 1, piece.start)
        sentence, span = Span(start, text.find("。", match.end()) + 1 or len(text)), Span(*match.span("n"))
        mention = Mention(STATED, Decimal(number), Decimal(1), "个", piece.index, span, sentence, 0, match.end("unit"))
        yield Sum(mention, _words()["own"].search(text, *sentence) is not None)


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return patterns("organisation", "sums", ("count", "other", "own", "told", "below"))
