"""Lines that stand in the same place on several pages: running headers and footers, page numbers.

They are marked, so that no table swallows them; taking them out is flow/furniture.py's business.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from transforms.documents.pdf.printed import PrintedLine
from transforms.documents.pdf.ruled import PageTable
from transforms.documents.tables.cells import names_column
from transforms.language.text import normalise

_OUTERMOST = 3  # lines at the top and at the bottom of a page
_DIGITS = re.compile(r"\d+")
_PAGE = re.compile(r"(?:(?<=第)\d{1,4}(?=页)|(?<=[-—–―－─])\d{1,4}(?=[-—–―－─])|(?<!\S)\d{1,4}(?=[/／]\d|(?!\S)))")
_FEWEST = 2  # pages
_SHARE = 0.34  # of all pages: less, and a name stands by chance in one place on two
_FEW = 3  # pages, where a line does not stand apart: the ends of two rows are the same by chance
_MOST = 0.6  # of all pages, likewise
_NEAR = 4.0
_CLOSE = 0.6  # of an em
_APART = 1.0  # em between a line that stands apart and what is next to it, at least
_SAME_GAP = 0.9
_FEW_SUCH_GAPS = 2  # or wider ones on a page: at its top and at its bottom; more, and its lines are set as wide
_SUCH_GAPS = 0.1  # likewise, of all gaps of the page
Key = tuple[str, int]


class Margin(NamedTuple):
    """The lines of a page outside of its ruled tables, those tables, and the number of the page."""

    lines: list[PrintedLine]
    tables: list[PageTable]
    number: int


def mark_furniture(pages: list[Margin]) -> None:
    """Marks the outermost lines of pages that stand in one place on several pages, page numbers apart: on many of all
    where they stand apart from the text of the page, whatever their figures are; else on most, with the same."""
    outermost = [_outermost(page.lines, page.tables) for page in pages]
    counts: Counter[Key] = Counter()
    apart: Counter[Key] = Counter()
    free: Counter[Key] = Counter()
    for page, lines in zip(pages, outermost, strict=True):
        aside = _apart(page)
        counts.update({key for line in lines for key in _keys(line, page.number)})
        free.update({key for line in lines for key in _free_keys(line)})
        apart.update({key for line in lines if id(line) in aside for key in _free_keys(line)})
    for page, lines in zip(pages, outermost, strict=True):
        headings = _heading_lines(page.lines)
        for line in lines:
            is_apart = any(
                free[key] >= max(_FEWEST, _SHARE * len(pages)) and 2 * apart[key] > free[key]
                for key in _free_keys(line)
            )
            is_everywhere = max(counts[key] for key in _keys(line, page.number)) >= max(_FEW, _MOST * len(pages))
            line.is_furniture = (is_apart or is_everywhere) and id(line) not in headings


def _outermost(lines: list[PrintedLine], tables: list[PageTable]) -> list[PrintedLine]:
    """The first and the last lines of a page, those that stand above or below all of its tables."""
    top = min((table.box.top for table in tables), default=float("inf"))
    bottom = max((table.box.bottom for table in tables), default=0.0)
    first = [line for line in lines[:_OUTERMOST] if line.box.top < top]
    return first + [line for line in lines[max(len(lines) - _OUTERMOST, len(first)) :] if line.box.bottom > bottom]


def _apart(page: Margin) -> set[int]:
    """The lines, by identity, between which and the rest of the page is a gap such as the page has within it hardly
    anywhere."""
    boxes = sorted([*(line.box for line in page.lines), *(table.box for table in page.tables)], key=lambda box: box.top)
    gaps = [below.top - above.bottom for above, below in pairwise(boxes)]
    ascending = sorted(gaps)
    most = max(_FEW_SUCH_GAPS, _SUCH_GAPS * len(gaps))
    wide = [
        at
        for at, gap in enumerate(gaps)
        if gap >= _APART * min(boxes[at].height, boxes[at + 1].height)
        and len(gaps) - bisect_left(ascending, _SAME_GAP * gap) <= most
    ]
    top = max((boxes[at].bottom for at in wide if at < _OUTERMOST), default=float("-inf"))
    bottom = min((boxes[at + 1].top for at in wide if at >= len(gaps) - _OUTERMOST), default=float("inf"))
    return {id(line) for line in page.lines if line.box.bottom <= top or line.box.top >= bottom}


def _keys(line: PrintedLine, number: int) -> list[Key]:
    """The line by its text and its place: as it stands, and with page numbers counted from that of its page."""
    text = line.text
    counted = _PAGE.sub(lambda page: f"#{int(page[0]) - number}", text)
    return [*_placed(text, line), *_placed(counted, line)]


def _free_keys(line: PrintedLine) -> list[Key]:
    """The line by its text, whatever its figures are, and its place."""
    return _placed(_DIGITS.sub("0", line.text), line)


def _placed(text: str, line: PrintedLine) -> list[Key]:
    """A text and the line's place, which may be on either side of a limit."""
    text, place = "".join(text.split()), line.box.middle / _NEAR
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
