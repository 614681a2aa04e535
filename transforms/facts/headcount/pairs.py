"""Posts and the people in them given as one pair of numbers: 行政 40/38 below a heading, or in a column, of 编制/实有.

Numbers that stand alone behind their label are read in lines.py and tables.py; below such a heading here,
as people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from transforms.documents.model import Table, TableRow, TextBlock
from transforms.facts.headcount.kinds import figure_name
from transforms.facts.headcount.labels import cell_kind
from transforms.facts.outline.mentions import FigureBook, Mention, Span
from transforms.facts.outline.outline import Outline, Piece
from transforms.language.tables import patterns

_LINE = re.compile(
    r"(?:[(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)、.])?(?P<label>[^\d:;。]{2,24}):?(?P<first>\d[\d,]{0,6})[人名个]?(?:/(?P<second>\d[\d,]{0,6})[人名个]?)?[;。,]?"
)
_CELL = re.compile(r"(?P<first>\d[\d,]{0,6})[人名个]?/(?P<second>\d[\d,]{0,6})[人名个]?")
_LONGEST = 48
_POSTS = "headcount:approved_posts"
_OTHERS = "non_established"


class _Pair(NamedTuple):
    """The number of people and, where one is printed, that of posts."""

    people: Span
    posts: Span | None


def is_pair_line(outline: Outline, piece: Piece) -> bool:
    """Whether a text is a label with one or two numbers below a heading that says what the two are."""
    text = piece.block.text if isinstance(piece.block, TextBlock) else ""
    return len(text) <= _LONGEST and "编" in outline.title_at(piece.index) and _line(outline, piece, text) is not None


def read_pair_line(outline: Outline, piece: Piece, book: FigureBook) -> None:
    """Notes the people of such a line, and all posts where it counts all established staff."""
    assert isinstance(piece.block, TextBlock)
    text = piece.block.text
    match = _line(outline, piece, text)
    kind = cell_kind(match["label"]) if match else None
    is_posts_first = _is_posts_first(match["label"] if match else "")
    is_posts_first = _is_posts_first(outline.title_at(piece.index)) if is_posts_first is None else is_posts_first
    if match and kind:
        for name, figure, fitness in _named(kind, _pair(match, is_posts_first is not False)):
            value = _number(text, figure)
            book.add(Mention(name, value, Decimal(1), None, piece.index, figure, Span(0, len(text)), fitness))


def pair_column(table: Table) -> int | None:
    """The column that says that it holds posts and people, and does."""
    for at, cell in enumerate(table.header):
        cells = [row.cells[at].text for row in table.rows if at < len(row.cells) and row.cells[at].text]
        if _is_posts_first(cell.text) is not None and cells and all(map(_CELL.fullmatch, cells)):
            return at
    return None


def read_pair_column(table: Table, column: int, index: int, book: FigureBook) -> None:
    """Notes the people that rows by kind count, and posts and people of the row of all."""
    is_posts_first = _is_posts_first(table.header[column].text) is not False
    kinds = [_kind(row, column) for row in table.rows]
    for row, kind in zip(table.rows, kinds, strict=True):
        match = _CELL.fullmatch(row.cells[column].text) if column < len(row.cells) else None
        if match is None or kind is None:
            continue
        is_established = kind == "total" and row.is_total and _OTHERS not in kinds
        named = _named("established" if is_established else kind, _pair(match, is_posts_first))
        for name, figure, fitness in named:
            value, cell = _number(row.cells[column].text, figure), row.cells[column]
            book.add(Mention(name, value, Decimal(1), None, index, figure, Span(0, 0), fitness, cell=cell))


def _kind(row: TableRow, column: int) -> str | None:
    """The kind of people that a row counts; one of sums counts all."""
    label = next((cell.text for cell in row.cells[:column] if cell.text and not cell.text.isdigit()), "")
    return cell_kind(label) or ("total" if row.is_total else None)


def _line(outline: Outline, piece: Piece, text: str) -> re.Match[str] | None:
    match = _LINE.fullmatch(text, piece.start)
    return match if match and _is_posts_first(outline.title_at(piece.index)) is not None else None


def _pair(match: re.Match[str], is_posts_first: bool) -> _Pair:
    first, second = Span(*match.span("first")), Span(*match.span("second"))
    if second.start < 0:
        return _Pair(first, None)
    return _Pair(second, first) if is_posts_first else _Pair(first, second)


def _named(kind: str, pair: _Pair) -> Iterator[tuple[str, Span, int]]:
    """Name, stretch and fitness of the figures of a pair; all posts are rather those of the established staff."""
    name = figure_name(kind)
    if name:
        yield name, pair.people, 0
    if pair.posts and kind in ("established", "total"):
        yield _POSTS, pair.posts, int(kind == "established")


def _number(text: str, figure: Span) -> Decimal:
    return Decimal(text[slice(*figure)].replace(",", ""))


def _is_posts_first(words: str) -> bool | None:
    """Whether words name posts before people, None where they name no such pair."""
    if _words()["posts_first"].search(words):
        return True
    return False if _words()["people_first"].search(words) else None


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return patterns("headcount", "pairs", ("posts_first", "people_first"))
