"""Lines that are a label and a number of people and nothing else (行政:12人), one below the other.

Labels and numbers within sentences are read in reading.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from transforms.documents.model import TextBlock
from transforms.facts.headcount.kinds import figure_name
from transforms.facts.headcount.labels import cell_kind, headcount_words
from transforms.facts.outline.mentions import Aside, FigureBook, Mention, Span, stated_numbers
from transforms.facts.outline.outline import Piece

_LINE = re.compile(
    r"[\d.、()]{0,8}(?P<label>[^\d:,。;][^:,。;]{0,15}):(?:共|约)?(?P<number>\d[\d,]{0,9}|[^:,。;()]{1,10})(?P<unit>[人名])[。;]?"
)
_LONGEST = 40


class Group(NamedTuple):
    """People that a label counts as one group of a kind; ``name``: the figure they are where they are all of it."""

    name: str
    people: Aside


def is_people_line(text: str) -> bool:
    """Whether a text is a label and a number of people."""
    return len(text) <= _LONGEST and ":" in text and _LINE.fullmatch(text) is not None


def read_people_line(piece: Piece, book: FigureBook) -> list[Group]:
    """Notes the people of such a line: as what its label names, else as a number that sums may explain. Gives back
    those of one group of a kind (退休), for ``add_groups``."""
    assert isinstance(piece.block, TextBlock)
    text = piece.block.text
    match = _LINE.fullmatch(text)
    numbers = stated_numbers(text, Span(match.start("number"), match.end("unit"))) if match else []
    if match is None or len(numbers) != 1 or numbers[0].tail != match.start("unit"):
        return []
    number, name = numbers[0], figure_name(cell_kind(match["label"]))
    figure, sentence, stop = Span(number.start, number.end), Span(0, len(text)), match.end("unit")
    if number.full_value != number.full_value.to_integral_value():
        return []
    people = Aside("people", number.full_value, match["unit"], piece.index, figure, sentence, stop)
    if name is None:
        book.add(people)
    elif headcount_words().specific.match(match["label"]):
        return [Group(name, people)]
    else:
        book.add(_counted(name, people))
    return []


def add_groups(groups: Sequence[Group], book: FigureBook) -> None:
    """Notes groups that have a line each: one alone counts all of its kind, where nothing else does; of several the sum
    is not printed, so that they are numbers that sums may explain."""
    alike = Counter(one.name for one in groups)
    for name, people in groups:
        is_whole = alike[name] == 1 and book.primary(name) is None
        book.add(_counted(name, people) if is_whole else people)


def _counted(name: str, people: Aside) -> Mention:
    _, value, unit, block, figure, sentence, stop = people
    return Mention(name, value, Decimal(1), unit, block, figure, sentence, 0, stop)
