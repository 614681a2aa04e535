"""Lines that stand in the same place on several pages: running headers and footers, page numbers.

They are marked, so that no table swallows them; taking them out is furniture.py's business.
"""

from __future__ import annotations

import re
from collections import Counter

from transforms.documents.cells import names_column
from transforms.documents.pdf.printed import PrintedLine
from transforms.documents.pdf.ruled import PageTable
from transforms.language.text import normalise

_OUTERMOST = 3  # lines at the top and at the bottom of a page
_DIGITS = re.compile(r"\d+")
_SHARE = 0.34  # of all pages: less, and a name stands by chance in one place on two
_NEAR = 4.0
_CLOSE = 0.6  # of an em
Key = tuple[str, int]


def mark_furniture(pages: list[tuple[list[PrintedLine], list[PageTable]]]) -> None:
    """Marks the outermost lines of pages that stand, digits apart, in one place on two pages or more, and
    on many of all."""
    outermost = [_outermost(lines, tables) for lines, tables in pages]
    counts: Counter[Key] = Counter()
    for lines in outermost:
        counts.update({key for line in lines for key in _keys(line)})
    for lines, (every, _) in zip(outermost, pages, strict=True):
        headings = _heading_lines(every)
        for line in lines:
            count = max(counts[key] for key in _keys(line))
            line.is_furniture = count > 1 and count >= _SHARE * len(pages) and id(line) not in headings


def _outermost(lines: list[PrintedLine], tables: list[PageTable]) -> list[PrintedLine]:
    """The first and the last lines of a page, those that stand above or below all of its tables."""
    top = min((table.box.top for table in tables), default=float("inf"))
    bottom = max((table.box.bottom for table in tables), default=0.0)
    first = [line for line in lines[:_OUTERMOST] if line.box.top < top]
    return first + [line for line in lines[max(len(lines) - _OUTERMOST, len(first)) :] if line.box.bottom > bottom]


def _keys(line: PrintedLine) -> list[Key]:
    """The line by its text and its place, which may be on either side of a limit."""
    text = _DIGITS.sub("0", "".join(line.text.split()))
    place = line.box.middle / _NEAR
    return [(text, int(place)), (text, int(place + 0.5) + 1_000_000)]


def _heading_lines(lines: list[PrintedLine]) -> set[int]:
    """The lines, by identity, that hold headings of columns, or stand close together with such lines."""
    blocks: list[list[PrintedLine]] = []
    for line in lines:
        is_close = bool(blocks) and line.box.top - blocks[-1][-1].box.bottom < _CLOSE * line.em
        if is_close:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return {id(line) for block in blocks if any(map(_is_heading, block)) for line in block}


def _is_heading(line: PrintedLine) -> bool:
    return len(line.runs) > 1 and any(names_column(normalise(run.text)) for run in line.runs)
