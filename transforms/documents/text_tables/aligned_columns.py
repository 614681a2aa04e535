"""Which columns of a table aligned by blanks the pieces of its lines belong to, page by page.

Which lines make up a table and its rows belongs to aligned.py and wrapped_rows.py.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import NamedTuple

from transforms.documents.lines import display_width
from transforms.documents.text_tables.wrapped_rows import HANGING

_FEWEST_ROWS = 3
_LONGEST = 2000


class Piece(NamedTuple):
    """A stretch of a line between gaps, and the display columns where it begins and ends."""

    text: str
    start: int
    end: int


class _Places(NamedTuple):
    """The columns as rows that have all cells show them: where each begins and ends; ``seams``: where the widest cell
    of a column ends, and where the next column begins, where all its cells do alike."""

    starts: list[int]
    ends: list[int]
    seams: list[tuple[int, int]]


def placed_in_columns(lines: list[list[Piece]], pages: list[int], width: int) -> list[list[str]]:
    """The cells of each line, one at least of which has all. ``pages``: which page each stands on; columns may shift
    from one to the next."""
    full: dict[int, list[list[Piece]]] = {}
    for pieces, page in zip(lines, pages, strict=True):
        if len(pieces) == width:
            full.setdefault(page, []).append(pieces)
    whole = _places([pieces for rows in full.values() for pieces in rows], width)
    places = {page: _places(rows, width) for page, rows in full.items() if len(rows) >= _FEWEST_ROWS}
    return [_placed(pieces, width, places.get(page, whole)) for pieces, page in zip(lines, pages, strict=True)]


def _places(full: list[list[Piece]], width: int) -> _Places:
    starts = [min(pieces[column].start for pieces in full) for column in range(width)]
    ends = [max(pieces[column].end for pieces in full) for column in range(width)]
    seams = []
    for left, right in pairwise(range(width if len(full) >= _FEWEST_ROWS else 0)):
        if all(pieces[right].start == starts[right] for pieces in full):
            hanging = (pieces[left].end - 2 * pieces[left].text.endswith(HANGING) for pieces in full)
            seams.append((max(hanging), starts[right]))
    return _Places(starts, ends, seams)


def _placed(pieces: list[Piece], width: int, places: _Places) -> list[str]:
    """The pieces in their columns: by order when all are there, else by where they stand."""
    pieces = [cell for piece in pieces for cell in _cells(piece, places.seams)]
    if len(pieces) >= width:
        texts = [piece.text for piece in pieces]
        return [*texts[: width - 1], "　".join(texts[width - 1 :])]
    cells = [""] * width
    for piece in pieces:
        cells[_nearest(piece, places.starts, places.ends)] += piece.text
    return cells


def _cells(piece: Piece, seams: list[tuple[int, int]]) -> list[Piece]:
    """The cells of a piece: parted where a sign that may not begin a line fills the gap between two, the first as wide
    as the widest of its column."""
    cells = [piece]
    for end, start in seams:
        last = cells[-1]
        if end + 2 != start or not last.start < start < last.end:
            continue
        reach = accumulate(map(display_width, last.text), initial=last.start)
        cut = next(at for at, width in enumerate(reach) if width >= start)
        left = last.text[:cut]
        if left.endswith(HANGING) and last.start + display_width(left) == start:
            cells[-1:] = [Piece(left, last.start, start), Piece(last.text[cut:], start, last.end)]
    return cells


def _nearest(piece: Piece, starts: list[int], ends: list[int]) -> int:
    """The column whose edge a piece stands at, or within whose edges, or else nearest to."""
    distances = [
        min(
            abs(piece.start - start), abs(piece.end - end), 1 if start <= piece.start and piece.end <= end else _LONGEST
        )
        for start, end in zip(starts, ends, strict=True)
    ]
    return distances.index(min(distances))
