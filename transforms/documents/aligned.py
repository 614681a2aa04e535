"""Tables whose columns are only blanks apart: two or more blanks, or full-width ones; one blank under a header of known
words with figures below it.

Rows are found here; what table they make up belongs to tables.py.
"""

from __future__ import annotations

import re
from itertools import takewhile
from statistics import mode
from typing import NamedTuple

from transforms.documents.cells import is_number, names_column
from transforms.documents.grid import RawRow
from transforms.documents.lines import Line, display_width
from transforms.language.numbering import parse_numbering
from transforms.language.text import normalise

_GAP = re.compile(r" {2,}| *　[ 　]*")
_PIECE = re.compile(r"[^ 　]+(?: [^ 　]+)*")
_RULE_SIGNS = "-=_—－─━"
_RULE = re.compile(rf"\s*[{_RULE_SIGNS}]{{10,}}\s*")
_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3
_INDENT = 4  # columns before the first line of a paragraph: two full-width blanks
_LONGEST = 2000
_LONGEST_NUMBER = 4
_LONGEST_HEADER = 120
_FIRST_LINES = 40  # where the header of a group of lines may stand


class _Piece(NamedTuple):
    text: str
    start: int
    end: int


def find_aligned(lines: list[Line], rows: list[RawRow | None]) -> None:
    """Fills ``rows`` at the lines that make up tables aligned by blanks."""
    _find_spaced(lines, rows)
    whole = "\n".join([line.raw for line in lines])
    if "  " not in whole and "　" not in whole:
        return
    group: list[tuple[int, list[_Piece]]] = []
    rules: list[int] = []
    for index, line in enumerate(lines):
        raw, is_row = line.raw, rows[index] is not None
        if not is_row and not raw:
            continue
        if not is_row and raw.lstrip()[:1] in _RULE_SIGNS and _RULE.fullmatch(raw):
            rules.append(index)
            continue
        inner = raw if group else raw.strip(" 　")  # indented text alone opens no group
        has_gap = not is_row and ("  " in inner or "　" in inner) and len(raw) <= _LONGEST
        pieces = _pieces(raw) if has_gap else []
        if pieces and _belongs(pieces, bool(group), index > 0 and not lines[index - 1].raw.strip()):
            group.append((index, pieces))
        elif (group or rules) and (is_row or raw.strip()):
            _take(group, rules, rows)
            group, rules = [], []
    _take(group, rules, rows)


def _belongs(pieces: list[_Piece], has_group: bool, is_apart: bool) -> bool:
    """Whether the pieces of a line are those of a row, or what an indented line says more of the row above."""
    is_row = len(pieces) > 1 and not (is_apart and _is_heading(pieces))
    return is_row or (has_group and pieces[0].start > _INDENT)


def _find_spaced(lines: list[Line], rows: list[RawRow | None]) -> None:
    """Fills ``rows`` at tables whose columns are one blank apart: a header of column words, figures below all of them
    but the names."""
    for index, line in enumerate(lines):
        raw = line.raw
        if " " not in raw or len(raw) > _LONGEST_HEADER or rows[index] is not None:
            continue
        header = raw.split()
        if len(header) < _FEWEST_COLUMNS or "  " in raw.strip():
            continue
        if not all(names_column(normalise(word)) for word in header):
            continue
        following = ("" if rows[at] else lines[at].raw for at in range(index + 1, len(lines)))
        below = list(takewhile(bool, (_spaced(raw, len(header)) for raw in following)))
        if len(below) >= _FEWEST_ROWS - 1:
            for at, cells in enumerate([header, *below], index):
                rows[at] = RawRow(cells, at, "space")


def _spaced(raw: str, width: int) -> list[str]:
    """The cells of a row below such a header, blanks within the name kept; none when it is no row."""
    words = raw.split()
    figures = len(list(takewhile(lambda word: is_number(normalise(word)), reversed(words))))
    if not 2 <= figures < width <= len(words):
        return []
    return [*words[: width - figures - 1], " ".join(words[width - figures - 1 : -figures]), *words[-figures:]]


def _pieces(raw: str) -> list[_Piece]:
    """The pieces between the gaps with their display columns; single characters apart (合　计) are one piece."""
    found: list[_Piece] = []
    for match in _PIECE.finditer(raw):
        start = display_width(raw[: match.start()])
        piece = _Piece(match[0], start, start + display_width(match[0]))
        is_spaced = bool(found) and len(piece.text) == 1 and len(found[-1].text.replace("　", "")) == 1
        if is_spaced and not piece.text.isascii() and piece.start - found[-1].end <= 4:
            piece = _Piece(f"{found.pop().text}　{piece.text}", found[-1].start if found else start, piece.end)
        found.append(piece)
    return found


def _is_heading(pieces: list[_Piece]) -> bool:
    """Whether a line is a number and words only (六  实施效果), as headings are written too."""
    number = (
        parse_numbering(f"{pieces[0].text}、") if len(pieces) == 2 and len(pieces[0].text) <= _LONGEST_NUMBER else None
    )
    return number is not None and not is_number(normalise(pieces[1].text))


def _take(group: list[tuple[int, list[_Piece]]], rules: list[int], rows: list[RawRow | None]) -> None:
    width, first = _columns(group) if group else (0, 0)
    if not width:
        return
    for index in rules:
        rows[index] = RawRow([], index, "space", is_rule=True)
    members = group[first:]
    full = [pieces for _, pieces in members if len(pieces) == width]
    starts = [min(pieces[column].start for pieces in full) for column in range(width)]
    ends = [max(pieces[column].end for pieces in full) for column in range(width)]
    for index, pieces in members:
        rows[index] = RawRow(_placed(pieces, width, starts, ends), index, "space")


def _columns(group: list[tuple[int, list[_Piece]]]) -> tuple[int, int]:
    """The number of columns and where the table begins in the group; (0, 0) when the group is no table."""
    for position, (_, pieces) in enumerate(group[:_FIRST_LINES]):
        hits = sum(names_column(normalise(piece.text)) for piece in pieces)
        is_header = hits >= 2 and hits * 2 >= len(pieces)
        if is_header and any(len(other) == len(pieces) for _, other in group[position + 1 :]):
            return len(pieces), position
    counts = [len(pieces) for _, pieces in group]
    width = mode(counts) if counts else 0
    alike = [pieces for _, pieces in group if len(pieces) == width]
    if width < _FEWEST_COLUMNS or len(alike) < _FEWEST_ROWS:
        return 0, 0
    figures = [sum(is_number(normalise(pieces[column].text)) for pieces in alike) for column in range(width)]
    return (width, counts.index(width)) if max(figures) * 2 >= len(alike) else (0, 0)


def _placed(pieces: list[_Piece], width: int, starts: list[int], ends: list[int]) -> list[str]:
    """The pieces in their columns: by order when all are there, else by where they stand."""
    if len(pieces) >= width:
        texts = [piece.text for piece in pieces]
        return [*texts[: width - 1], "　".join(texts[width - 1 :])]
    cells = [""] * width
    for piece in pieces:
        column = min(range(width), key=lambda at: min(abs(piece.start - starts[at]), abs(piece.end - ends[at])))
        cells[column] = f"{cells[column]}{piece.text}"
    return cells
