"""Lines -> rows of raw cells: rows that the medium rules, TAB-separated lines, pipe tables, box-drawing tables.

Which rows make up one table, and what its header is, belongs to building.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from transforms.documents.lines import Line
from transforms.documents.markup import has_inline, strip_inline
from transforms.language.numbering import parse_numbering
from transforms.language.text import normalise

_PIPE = re.compile(r"[|│┃║｜](?<!\\.)")
_PIPES = "|│┃║｜"
_RULE = re.compile(r"[\s|│┃║｜:：+*=_.\-—–―‐─━═┄┅┈┉┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋╭╮╯╰╞╡╪╟╢╫]+")
_RULE_LINE = re.compile(r"\s*(?:\+(?:[-=:]+\+)+|[┌├└┏┣┗╔╠╚╭╰─━═╞╟][─━═┄┅┈┉┬┴┼┳┻╋╦╩╬┐┤┘┓┫┛╗╣╝╮╯╪╫╡╢]{2,})\s*")
_RULE_BEGINS = frozenset("+┌├└┏┣┗╔╠╚╭╰─━═╞╟")
_HEADING_SIGN = re.compile(r"^#{1,6} +(?=[^\t]*\t)")
_NEAR = 8
_END_MARKS = ("。", "；", "！", "？", ">", "")
_DASHES = re.compile(r"[-—–―=─━═]")


@dataclass(slots=True)
class RawRow:
    """A row as it stands: its raw cells, the index of its line in the document's lines, and its style (tab, pipe,
    box, space, ruled). ``is_rule``: a delimiter or a row of dashes, with nothing to read; ``is_certain`` is False
    where only rows above and below can tell whether it is a row at all."""

    cells: list[str]
    line_index: int
    style: str
    is_rule: bool = False
    is_certain: bool = True

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return not "".join(self.cells).strip()


def find_rows(lines: list[Line]) -> list[RawRow | None]:
    """For each line the row it is, or None for text and blank lines."""
    rows: list[RawRow | None] = [None] * len(lines)
    last: RawRow | None = None
    has_boxes = False
    for index, line in enumerate(lines):
        raw = line.raw
        if line.cells is not None:
            rows[index] = RawRow(list(line.cells), index, "ruled", _is_delimiter(line.cells))
        elif "\t" in raw:
            rows[index] = _tab_row(raw, index, last)
        elif not raw or raw.isspace():
            continue
        elif "|" in raw or "│" in raw or "｜" in raw or "┃" in raw or "║" in raw:
            rows[index] = _pipe_row(raw.lstrip("> ") or raw, index)
        elif (raw[0] in _RULE_BEGINS or raw[0].isspace()) and _RULE_LINE.fullmatch(raw):
            rows[index] = RawRow([], index, "box" if raw.lstrip()[0] != "+" else "pipe", is_rule=True)
        row = rows[index]
        if row is not None:
            last, has_boxes = row, has_boxes or _may_be_boxed(row)
    _drop_uncertain(rows, lines)
    return _merge_boxed(rows) if has_boxes else rows


def without(taken: set[int], lines: list[Line], rows: list[RawRow | None]) -> tuple[list[Line], list[RawRow | None]]:
    """The lines and rows that are not ``taken`` out."""
    kept = [at for at in range(len(lines)) if at not in taken]
    for index, at in enumerate(kept):
        row = rows[at]
        if row is not None:
            row.line_index = index
    return [lines[at] for at in kept], [rows[at] for at in kept]


def _may_be_boxed(row: RawRow) -> bool:
    """Whether the row may begin a table with rules between its rows."""
    return row.style == "box" or not row.cells


def _tab_row(raw: str, index: int, last: RawRow | None) -> RawRow | None:
    cells = _stripped(_HEADING_SIGN.sub("", raw).split("\t"), raw)
    filled = [cell for cell in cells if cell]
    fits = last is not None and last.style == "tab" and len(last.cells) == len(cells)
    is_adjacent = last is not None and last.line_index == index - 1
    if not filled:
        return RawRow(cells, index, "tab", is_rule=True, is_certain=fits) if is_adjacent else None
    if _RULE.fullmatch("".join(filled)) and _DASHES.search(raw):
        return RawRow(cells, index, "tab", is_rule=_is_delimiter(filled))
    if len(filled) > 1 and not _is_numbered_line(filled, fits):
        return RawRow(cells, index, "tab")
    if len(cells) == 2 and not cells[0] and (last is None or last.cells[-1][-1:] in _END_MARKS):
        return None  # an indented paragraph rather than the rest of the cell above
    return RawRow(cells, index, "tab", is_certain=False) if fits or len(cells) > 2 else None


def _is_delimiter(cells: Sequence[str]) -> bool:
    """Whether cells hold nothing but dashes, two or more in each that holds any."""
    filled = "".join(cells)
    if not filled or _RULE.fullmatch(filled) is None or _DASHES.search(filled) is None:
        return False
    return all(len(cell) > 1 for cell in cells if cell.strip())


def _is_numbered_line(filled: list[str], fits: bool) -> bool:
    """1.<TAB>text is a numbered line, unless it stands among rows of two columns."""
    if len(filled) != 2 or len(filled[0]) > 6 or fits:
        return False
    label = normalise(filled[0])
    numbering = parse_numbering(label)
    return (numbering is not None and numbering.end == len(label)) or label in ("-", "*", "•", "·")


def _pipe_row(raw: str, index: int) -> RawRow:
    stripped = raw.strip()
    style = "box" if _PIPES.find(stripped[0]) in (1, 2, 3) or ("|" not in stripped and "｜" not in stripped) else "pipe"
    is_outer = stripped[0] in _PIPES and stripped[-1] in _PIPES and len(stripped) > 1 and stripped[-2:-1] != "\\"
    is_plain = style == "pipe" and "\\" not in stripped and not any(map(stripped.__contains__, _PIPES[1:]))
    cells = stripped.split("|") if is_plain else _PIPE.split(stripped)
    if stripped[0] in _PIPES:
        cells = cells[1:]
    if len(cells) > 1 and stripped[-1] in _PIPES and not cells[-1].strip():
        cells = cells[:-1]
    is_rule = _RULE.fullmatch(stripped) is not None
    return RawRow(_stripped(cells, raw), index, style, is_rule, is_outer)


def _stripped(cells: list[str], raw: str) -> list[str]:
    """The cells of the row ``raw`` without blanks around them and Markdown's signs in them."""
    cells = [cell.strip() for cell in cells]
    return [strip_inline(cell) for cell in cells] if has_inline(raw) else cells


def _drop_uncertain(rows: list[RawRow | None], lines: list[Line]) -> None:
    """Rows that only their neighbours vouch for stay beside a row of the same style and as many cells."""
    in_doubt = [row for row in rows if row is not None and not row.is_certain]
    if not in_doubt:
        return
    for row in rows:
        if row is not None and row.is_certain and row.style == "pipe":
            rows[row.line_index] = _with_open_ends(row, _around(row, rows, lines), lines)
    for row in in_doubt:
        if not _is_vouched(row, _around(row, rows, lines)):
            rows[row.line_index] = None


def _around(row: RawRow, rows: list[RawRow | None], lines: list[Line]) -> list[RawRow]:
    """The rows of the same style above and below."""
    nearest = (_nearest(row.line_index, rows, lines, step) for step in (-1, 1))
    return [other for other in nearest if other is not None and other.style == row.style]


def _is_vouched(row: RawRow, around: list[RawRow]) -> bool:
    if row.style == "tab":
        around = [other for other in around if other.is_certain or other.line_index < row.line_index]
        if row.is_rule:
            return len(around) == 2
    return any(len(other.cells) == len(row.cells) > 1 for other in around)


def _with_open_ends(row: RawRow, around: list[RawRow], lines: list[Line]) -> RawRow:
    """A row that begins and ends with a pipe among rows without outer pipes: its outer cells are blank, not absent."""
    parts = _PIPE.split(lines[row.line_index].raw.strip())
    is_open = any(not other.is_certain and len(other.cells) == len(parts) for other in around)
    return replace(row, cells=_stripped(parts, lines[row.line_index].raw)) if is_open else row


def _nearest(index: int, rows: list[RawRow | None], lines: list[Line], step: int) -> RawRow | None:
    """The row above or below, nothing but a few blank lines between."""
    for neighbour in range(index + step, index + step * _NEAR, step):
        if not 0 <= neighbour < len(rows):
            return None
        if rows[neighbour] is not None or lines[neighbour].raw.strip():
            return rows[neighbour]
    return None


def _merge_boxed(rows: list[RawRow | None]) -> list[RawRow | None]:
    """In a table with rules between all its rows, the lines between two rules are one row."""
    start: int | None = None
    for index, row in enumerate([*rows, None]):
        if start is None:
            start = index if row is not None and _may_be_boxed(row) else None
        elif row is None:
            _merge_between_rules(rows, start, index)
            start = None
    return rows


def _between(rows: list[RawRow | None], parts: Callable[[RawRow], bool]) -> list[list[RawRow]]:
    """The rows between those that part them; blank ones above the first are left out."""
    groups: list[list[RawRow]] = [[]]
    for row in rows:
        if row is None or parts(row):
            groups.append([])
        elif groups[-1] or not row.is_rule:
            groups[-1].append(row)
    return [group for group in groups if group]


def _merge_between_rules(rows: list[RawRow | None], start: int, stop: int) -> None:
    groups = _between(rows[start:stop], lambda row: row.is_rule and not (row.cells and row.is_blank))
    if len(groups) < 3:
        groups = _between(rows[start:stop], lambda row: row.is_rule)
    if len(groups) < 3:
        return
    for first, *others in groups:
        width = max(len(row.cells) for row in (first, *others))
        columns = [[row.cells[at] for row in (first, *others) if at < len(row.cells)] for at in range(width)]
        rows[first.line_index] = replace(first, cells=["\n".join(filter(None, column)) for column in columns])
        for other in others:
            rows[other.line_index] = RawRow([], other.line_index, first.style, is_rule=True)
