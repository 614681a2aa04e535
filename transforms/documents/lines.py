"""Lines of a decoded text, with their numbers and pages.

Line breaks and page breaks only: what a line says is for others to judge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPECIAL_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_SOFT_BREAKS = re.compile("[\x0b\x1c-\x1e\x85\u2028\u2029]")


@dataclass(slots=True)
class Line:
    """A line of text or a row of a table, whatever the medium.

    ``number`` counts lines as an editor does, from 1; ``page`` is None where the medium shows none; ``is_break``: a
    page begins here, or something that stood between two pages has been taken out here. What only some media know:
    ``cells`` of a row whose table the medium itself rules (``raw`` holds them too, TAB-separated), ``level`` of a
    heading by its style, ``bold``: where in ``raw`` the first stretch of bold type begins and ends, ``merged``: the
    columns (from 0) whose cell the row shares with the row above, ``wraps``: the columns whose first word would have
    found no room in the row that ended the page before, ``is_full``: whether the first word of the next line found no
    room on this one (None where the medium does not show it), ``is_running``: whether it stands in the same place on
    other pages.
    """

    raw: str
    number: int
    page: int | None = None
    is_break: bool = False
    cells: tuple[str, ...] | None = None
    level: int | None = None
    bold: tuple[int, int] | None = None
    merged: frozenset[int] = frozenset()
    wraps: frozenset[int] = frozenset()
    is_full: bool | None = None
    is_running: bool = False


def split_lines(text: str) -> list[Line]:
    """The lines of ``text``: CRLF, CR and LF end a line; a form feed begins a page; vertical tabs and Unicode line
    separators break a line of plain text without counting, and are blanks inside a row of a table."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    raws = text.split("\n")
    if raws and not raws[-1]:
        raws.pop()
    if not any(map(text.__contains__, _SPECIAL_BREAKS)):
        return [Line(raw, number) for number, raw in enumerate(raws, 1)]
    return _split_special(raws, 1 if "\x0c" in text else None)


def _split_special(raws: list[str], page: int | None) -> list[Line]:
    lines: list[Line] = []
    for number, raw in enumerate(raws, 1):
        for index, sheet in enumerate(raw.split("\x0c")):
            page = page + 1 if page and index else page
            is_break = index > 0
            if "\t" in sheet or "|" in sheet:
                lines.append(Line(_SOFT_BREAKS.sub(" ", sheet), number, page, is_break))
                continue
            pieces = _SOFT_BREAKS.split(sheet)
            lines += [Line(piece, number, page, is_break and not order) for order, piece in enumerate(pieces)]
    return lines


def display_width(raw: str) -> int:
    """The columns that a line takes up in a fixed-width font: 2 a Chinese character, 1 a Latin one."""
    return len(raw) if raw.isascii() else len(raw.encode("gb18030", "replace"))
