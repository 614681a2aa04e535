"""The header of a table copied with a cell a line: its headings, some of them cut over two lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.documents.tables.cells import is_heading, names_column
from transforms.documents.text_tables.stacked.lines import Stack

LONGEST_HEADING = 20
FEWEST_COLUMNS = 3
_MOST_COLUMNS = 14
_MOST_PIECES = 3
_LONGEST_PIECE = 6
_LONGEST_CUT = 8
_UNIT = re.compile(r"\((?:%|[万亿千]?元)\)")


def headers_at(stack: Stack, first: int) -> Iterator[list[list[int]]]:
    """The headers that may begin with the ``first`` filled line, each heading as the lines that it stands on: two lines
    that head a column each may be one heading as well (项目, 名称)."""
    header = _header_at(stack, first)
    if len(header) < FEWEST_COLUMNS:
        return
    yield header
    texts = ["".join(stack.text(at) for at in heading) for heading in header]
    pairs = [at for at in range(len(header) - 1) if is_heading(texts[at] + texts[at + 1])]
    for at in pairs:
        if len(header) > FEWEST_COLUMNS and max(map(len, texts[at : at + 2])) <= _LONGEST_PIECE:
            yield [*header[:at], header[at] + header[at + 1], *header[at + 2 :]]


def header_size(stack: Stack, first: int) -> int:
    """How many lines from the ``first`` filled one on head columns."""
    return sum(map(len, _header_at(stack, first)))


def _header_at(stack: Stack, first: int) -> list[list[int]]:
    """The headings of columns from the ``first`` filled line on."""
    headings: list[list[int]] = []
    at = first
    while len(headings) < _MOST_COLUMNS:
        count = _pieces(stack, at)
        if not count:
            break
        headings.append(list(range(at, at + count)))
        at += count
    return headings


def _pieces(stack: Stack, at: int) -> int:
    """How many lines the heading takes up that begins at ``at``; 0 when none does."""
    text, below = stack.text(at), stack.text(at + 1)
    if not 0 < len(text) <= LONGEST_HEADING:
        return 0
    if names_column(text):
        is_cut = len(below) <= LONGEST_HEADING and not names_column(below) and names_column(text + below)
        return 2 if below and (_UNIT.fullmatch(below) or is_cut) else 1
    is_cut = len(text) <= _LONGEST_CUT and 0 < len(below) <= _LONGEST_CUT and names_column(text + below)
    return 2 if is_cut and not stack.ends_table(at) else 0


def repeats(stack: Stack, at: int, headings: list[str]) -> list[list[int]]:
    """The lines of a header printed again at ``at``, whole or with other headings cut; none when it is not."""
    found: list[list[int]] = []
    for heading in headings:
        text, start = "", at
        while text != heading and at < start + _MOST_PIECES and stack.text(at) and heading.startswith(text):
            text += stack.text(at)
            at += 1
        if text != heading:
            return []
        found.append(list(range(start, at)))
    return found
