"""Lines that are a label and a number of people and nothing else (行政:12人), one below the other.

Labels and numbers within sentences are read in headcount.py.
"""

from __future__ import annotations

import re
from decimal import Decimal

from transforms.documents.model import TextBlock
from transforms.facts.headcount_labels import cell_kind, headcount_words
from transforms.facts.mentions import Aside, FigureBook, Mention, Span, stated_numbers
from transforms.facts.outline import Piece

_LINE = re.compile(
    r"[\d.、()]{0,8}(?P<label>[^\d:,。;][^:,。;]{0,15}):(?:共|约)?(?P<number>\d[\d,]{0,9}|[^:,。;()]{1,10})(?P<unit>[人名])[。;]?"
)
_LONGEST = 40


def is_people_line(text: str) -> bool:
    """Whether a text is a label and a number of people."""
    return len(text) <= _LONGEST and ":" in text and _LINE.fullmatch(text) is not None


def read_people_line(piece: Piece, book: FigureBook) -> None:
    """Notes the people of such a line: as what its label names, else as a number that sums may explain."""
    assert isinstance(piece.block, TextBlock)
    text = piece.block.text
    match = _LINE.fullmatch(text)
    numbers = stated_numbers(text, Span(match.start("number"), match.end("unit"))) if match else []
    if match is None or len(numbers) != 1 or numbers[0].tail != match.start("unit"):
        return
    number, kind = numbers[0], cell_kind(match["label"])
    figure, sentence, stop = Span(number.start, number.end), Span(0, len(text)), match.end("unit")
    if number.full_value != number.full_value.to_integral_value():
        return
    is_group = headcount_words().specific.match(match["label"]) is not None
    if kind and not is_group:
        name = f"headcount:{kind}"
        book.add(Mention(name, number.full_value, Decimal(1), match["unit"], piece.index, figure, sentence, 0, stop))
    else:
        book.add(Aside("people", number.full_value, match["unit"], piece.index, figure, sentence, stop))
