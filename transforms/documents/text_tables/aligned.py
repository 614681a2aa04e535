"""Tables whose columns are only blanks apart: two or more blanks, or full-width ones; one blank under a header of known
words with figures below it.

Rows are found here; what table they make up belongs to tables/building.py.
"""

from __future__ import annotations

import re
from bisect import bisect
from itertools import accumulate, pairwise, takewhile
from statistics import mode
from typing import NamedTuple

from transforms.documents.lines import Line, display_width
from transforms.documents.tables.cells import is_number, names_column, texts_of_rows
from transforms.documents.tables.drafts import Row
from transforms.documents.tables.grid import RawRow, without
from transforms.documents.text_tables.aligned_columns import Piece, placed_in_columns
from transforms.documents.text_tables.wrapped_rows import Strip, joined_rows
from transforms.language.numbering import parse_numbering
from transforms.language.text import normalise

_GAP = re.compile(r" {2,}| *　[ 　]*")
_PIECE = re.compile(r"[^ 　]+(?: [^ 　]+)*")
_RULE_SIGNS = "-=_—－─━"
_SENTENCE = re.compile("[。；;：:!！?？]")
_RULE = re.compile(rf"\s*(?:[{_RULE_SIGNS}]{{10,}}|[{_RULE_SIGNS}]{{2,}}(?: +[{_RULE_SIGNS}]{{2,}})+)\s*")
_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3
_INDENT = 4  # columns before the first line of a paragraph: two full-width blanks
_LONGEST = 2000
_LONGEST_NAME = 40
_NEAR = 4
_LONGEST_NUMBER = 4
_LONGEST_HEADER = 120
_FIRST_LINES = 40  # where the header of a group of lines may stand


class _Member(NamedTuple):
    """A line of a table; ``is_loose``: one without gaps, of which only the lines around it can tell that it is any."""

    line_index: int
    pieces: list[Piece]
    is_loose: bool = False


def find_aligned(lines: list[Line], rows: list[RawRow | None]) -> tuple[list[Line], list[RawRow | None]]:
    """The lines and rows with those filled in that make up tables aligned by blanks; lines that go on with a row above
    or below are taken out, their cells put to that row's."""
    _find_spaced(lines, rows)
    whole = "\n".join([line.raw for line in lines])
    if "  " not in whole and "　" not in whole:
        return lines, rows
    group: list[_Member] = []
    rules: list[int] = []
    taken: set[int] = set()
    for index, line in enumerate(lines):
        raw, is_row = line.raw, rows[index] is not None
        if not is_row and not raw:
            continue
        if raw.lstrip()[:1] in _RULE_SIGNS and _RULE.fullmatch(raw):
            rules.append(index)
            continue
        inner = raw if group else raw.strip(" 　")  # indented text alone opens no group
        has_gap = not is_row and ("  " in inner or "　" in inner) and len(raw) <= _LONGEST
        pieces = _pieces(raw) if has_gap else []
        if pieces and _belongs(pieces, bool(group), index > 0 and not lines[index - 1].raw.strip()):
            group.append(_Member(index, pieces))
        elif group and not is_row and _may_go_on(index, lines, group, rules):
            group.append(_Member(index, _pieces(raw), is_loose=True))
        elif (group or rules) and (is_row or raw.strip()):
            taken |= _take(group, rules, lines, rows)
            group, rules = [], []
    taken |= _take(group, rules, lines, rows)
    return without(taken, lines, rows) if taken else (lines, rows)


def _belongs(pieces: list[Piece], has_group: bool, is_apart: bool) -> bool:
    """Whether the pieces of a line are those of a row, or what an indented line says more of the row above."""
    is_row = len(pieces) > 1 and not (is_apart and _is_heading(pieces))
    return is_row or (has_group and pieces[0].start > _INDENT)


def _may_go_on(index: int, lines: list[Line], group: list[_Member], rules: list[int]) -> bool:
    """Whether a line without gaps close to a row may hold words of a first cell: it stands where others do, and is no
    sentence."""
    raw = lines[index].raw
    if not raw.strip() or len(raw) > _LONGEST_NAME or _SENTENCE.search(raw):
        return False
    below = lines[index + 1].raw if index + 1 < len(lines) else ""
    if index - 1 not in (group[-1].line_index, *rules[-1:]) and "  " not in below.strip():
        return False
    pieces = _pieces(raw)
    if len(pieces) > 1 or parse_numbering(normalise(raw)) is not None or _is_header(_pieces(below)):
        return False
    return any(_are_in_line(member.pieces[0], pieces[0]) for member in group[-_NEAR:])


def _are_in_line(one: Piece, other: Piece) -> bool:
    """Whether two pieces begin at the same column, or have the same middle."""
    return one.start == other.start or abs(one.start + one.end - other.start - other.end) <= 2


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


def _pieces(raw: str) -> list[Piece]:
    """The pieces between the gaps with their display columns; single characters apart (合　计) are one piece."""
    found: list[Piece] = []
    for match in _PIECE.finditer(raw):
        start = display_width(raw[: match.start()])
        piece = Piece(match[0], start, start + display_width(match[0]))
        is_spaced = bool(found) and len(piece.text) == 1 and len(found[-1].text.replace("　", "")) == 1
        if is_spaced and not piece.text.isascii() and piece.start - found[-1].end <= 4:
            piece = Piece(f"{found.pop().text}　{piece.text}", found[-1].start if found else start, piece.end)
        found.append(piece)
    return found


def _is_heading(pieces: list[Piece]) -> bool:
    """Whether a line is a number and words only (六  实施效果), as headings are written too."""
    number = (
        parse_numbering(f"{pieces[0].text}、") if len(pieces) == 2 and len(pieces[0].text) <= _LONGEST_NUMBER else None
    )
    return number is not None and not is_number(normalise(pieces[1].text))


def _take(group: list[_Member], rules: list[int], lines: list[Line], rows: list[RawRow | None]) -> set[int]:
    """Fills ``rows`` where the group is a table; the indices of the lines whose cells went to another's row."""
    found = _tables(group, rules, lines)
    for index, row in found.items():
        rows[index] = row
    return {index for index, row in found.items() if row is None}


def _tables(group: list[_Member], rules: list[int], lines: list[Line], tries: int = 3) -> dict[int, RawRow | None]:
    """The rows of the tables in the group by their index, None for lines whose cells went to another's row. Loose lines
    that belong to no row are text, which parts two tables; first of all those behind the last row."""
    found, alone = _table(group, rules, lines)
    loose = {member.line_index for member in group if member.is_loose}
    if not alone:
        return found
    behind = set(takewhile(loose.__contains__, (member.line_index for member in reversed(group))))
    texts = loose if tries == 0 else (behind & alone or alone)
    parts: list[list[_Member]] = [[]]
    for member in group:
        if member.line_index in texts:
            parts.append([])
        else:
            parts[-1].append(member)
    found = {}
    for part, (above, below) in zip(parts, pairwise([-1, *sorted(texts), len(lines)]), strict=True):
        found |= _tables(part, rules[bisect(rules, above) : bisect(rules, below)], lines, max(tries - 1, 0))
    return found


def _table(group: list[_Member], rules: list[int], lines: list[Line]) -> tuple[dict[int, RawRow | None], set[int]]:
    """The rows of the table that the group is, nothing when it is none; and the loose lines that belong to no row."""
    certain = [member for member in group if not member.is_loose]
    width, first = _columns([member.pieces for member in certain]) if certain else (0, 0)
    if not width:
        return {}, {member.line_index for member in group if member.is_loose}
    members = [member for member in group if member.line_index >= certain[first].line_index]
    found: dict[int, RawRow | None] = {index: RawRow([], index, "space", is_rule=True) for index in rules}
    alone: set[int] = set()
    for positions, cells in _rows(members, width, rules, lines):
        at, *others = [members[position].line_index for position in positions]
        found[at] = RawRow(cells, at, "space")
        found.update(dict.fromkeys(others))
        if not others and members[positions[0]].is_loose:
            alone.add(at)
    return found, alone


def _rows(members: list[_Member], width: int, rules: list[int], lines: list[Line]) -> list[tuple[list[int], list[str]]]:
    """The rows that the lines make up: the positions of the lines of each, and its cells."""
    are_paged = [False]
    for above, below in pairwise(members):
        are_paged.append(any(line.is_break for line in lines[above.line_index + 1 : below.line_index + 1]))
    placed = placed_in_columns([member.pieces for member in members], list(accumulate(are_paged)), width)
    if not any(_may_be_bare(member.pieces, width) for member in members):
        return [([at], cells) for at, cells in enumerate(placed)]
    texts = texts_of_rows(placed)
    strips: list[Strip] = []
    last = members[0].line_index
    for member, cells, own, is_paged in zip(members, placed, texts, are_paged, strict=True):
        row = Row(cells, own, lines[member.line_index], starts_fragment=member.line_index - last > 1)
        strips.append(Strip(row, bisect(rules, last) < bisect(rules, member.line_index), is_paged))
        last = member.line_index
    return joined_rows(strips)


def _columns(group: list[list[Piece]]) -> tuple[int, int]:
    """The number of columns and where the table begins in the group; (0, 0) when the group is no table."""
    for position, pieces in enumerate(group[:_FIRST_LINES]):
        if _is_header(pieces):
            around = _headings_around(group, position)
            if any(len(other) == len(pieces) + around for other in group[position + 1 :]):
                return len(pieces) + around, position - (around > 0)
    counts = [len(pieces) for pieces in group]
    width = mode(counts)
    alike = [pieces for pieces in group if len(pieces) == width]
    if width < _FEWEST_COLUMNS or len(alike) < _FEWEST_ROWS:
        return 0, 0
    figures = [sum(is_number(normalise(pieces[column].text)) for pieces in alike) for column in range(width)]
    return (width, counts.index(width)) if max(figures) * 2 >= len(alike) else (0, 0)


def _headings_around(group: list[list[Piece]], position: int) -> int:
    """How many headings begin in the line above a header and end in the line below it."""
    if not 0 < position < len(group) - 1 or len(group[position - 1]) != len(group[position + 1]):
        return 0
    above, below = group[position - 1], group[position + 1]
    are_headings = all(names_column(normalise(one.text + other.text)) for one, other in zip(above, below, strict=True))
    return len(above) if are_headings else 0


def _is_header(pieces: list[Piece]) -> bool:
    hits = sum(names_column(normalise(piece.text)) for piece in pieces)
    return hits >= 2 and hits * 2 >= len(pieces)


def _may_be_bare(pieces: list[Piece], width: int) -> bool:
    return len(pieces) < width and not any(is_number(piece.text) for piece in pieces)
