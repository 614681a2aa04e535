"""How much a document of any medium may hold: lines, characters in one of them and in all.

Checked before anything is made of them, for what follows keeps several copies of a text; what a medium's own parts may
hold is for its reader to know.
"""

from __future__ import annotations

import re

from transforms.documents.lines import Line
from transforms.documents.refusals import refusal

MOST_LINES = 60_000
"""Lines and rows of a document; a report has some hundreds."""
LONGEST_LINE = 200_000
"""Characters of a line, paragraph or row: more than all of a report."""
MOST_CHARACTERS = 2_000_000
"""Characters of a document, blanks too."""
_BREAK = re.compile(r"\r\n?|\n")


def refuse_endless_text(text: str) -> None:
    """Raises Unreadable for a text of more characters or lines than any report has, or with a line without an end."""
    if len(text) <= LONGEST_LINE:
        return
    line = start = 0
    for line, found in enumerate(_BREAK.finditer(text), 1):
        _refuse_line(line, found.start() - start)
        _refuse_lines(line)
        start = found.end()
    _refuse_line(line + 1, len(text) - start)
    _refuse_characters(len(text))


def refuse_endless(lines: list[Line]) -> None:
    """Raises Unreadable for lines that are more, or hold more, than those of any report."""
    if len(lines) <= MOST_LINES and sum([len(line.raw) for line in lines]) <= LONGEST_LINE:
        return
    characters = 0
    for count, line in enumerate(lines, 1):
        length = len(line.raw)
        if count > MOST_LINES or length > LONGEST_LINE:
            _refuse_lines(count)
            _refuse_line(line.number, length)
        characters += length
    _refuse_characters(characters)


def _refuse_line(number: int, length: int) -> None:
    if length > LONGEST_LINE:
        raise refusal("endless_line", f"line {number}: {length} characters", line=number, limit=LONGEST_LINE // 10_000)


def _refuse_lines(count: int) -> None:
    if count > MOST_LINES:
        raise refusal("too_many_lines", f"more than {MOST_LINES} lines", limit=MOST_LINES // 10_000)


def _refuse_characters(count: int) -> None:
    if count > MOST_CHARACTERS:
        raise refusal("too_many_characters", f"{count} characters", limit=MOST_CHARACTERS // 10_000)
