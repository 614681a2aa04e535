"""The header of a table: how many lines it has, and several lines merged into one.

Joining fragments and rows belongs elsewhere.
"""

from __future__ import annotations

import re

from transforms.documents.tables.cells import is_figure, is_number, names_column, resembles_column
from transforms.documents.tables.drafts import MOST_HEADER_LINES, Row, figure_columns, is_header

_LONGEST = 24
_LONGEST_SUB = 16
_SENTENCE_END = re.compile(r"[。;!?]$")
_UNIT = re.compile(r"\(.{1,8}\)|万元|元|%|亿元|千元")


def header_height(rows: list[Row], ruled_at: int | None) -> int:
    """How many of the first rows are the header; 0 for a table that lost it. ``ruled_at``: the number of rows above
    the first delimiter, None without one."""
    if not rows:
        return 0
    if ruled_at in (1, 2) and not any(is_number(text) for text in rows[0].texts):
        height = ruled_at
    elif len(rows) > 2 and _is_top_line(rows[0].texts) and is_header(rows[1].texts):
        height = 2
    elif is_header(rows[0].texts) or _has_shape(rows):
        height = 1
    else:
        return 0
    while height < min(MOST_HEADER_LINES, len(rows) - 1) and _goes_on(rows[height - 1].texts, rows[height].texts):
        height += 1
    return height


def merge_header(lines: list[Row], width: int) -> list[tuple[str, str]]:
    """(raw, text) of each column: the words above and below put together, a heading over several columns given to
    each of them."""
    merged = [("", "")] * width
    for depth, line in enumerate(lines):
        below = lines[depth + 1].texts if depth + 1 < len(lines) else None
        raws, texts = _spread(line, below, width)
        merged = [_put_together(above, (raws[at], texts[at])) for at, above in enumerate(merged)]
    return merged


def _put_together(above: tuple[str, str], below: tuple[str, str]) -> tuple[str, str]:
    if not below[1] or above[1].endswith(below[1]):
        return above
    return (f"{above[0]}\n{below[0]}", above[1] + below[1]) if above[1] else below


def _spread(line: Row, below: list[str] | None, width: int) -> tuple[list[str], list[str]]:
    """A header line stretched to the table's width, headings repeated over the columns that they span."""
    raws, texts = list(line.raws), list(line.texts)
    if below is not None and len(texts) < len(below):
        spans = _spans(len(texts), below)
        raws = [raw for raw, span in zip(raws, spans, strict=True) for _ in range(span)]
        texts = [text for text, span in zip(texts, spans, strict=True) for _ in range(span)]
    elif below is not None:
        for at in range(1, min(len(texts), len(below))):
            if not texts[at] and below[at] and texts[at - 1]:
                raws[at], texts[at] = raws[at - 1], texts[at - 1]
    padding = [""] * (width - len(texts))
    return (raws + padding)[:width], (texts + padding)[:width]


def _spans(count: int, below: list[str]) -> list[int]:
    """How many columns each of ``count`` headings spans, from the filled and blank cells below; ones when unclear."""
    groups: list[int] = []
    for text in below:
        if text and groups and groups[-1] > 0:
            groups[-1] += 1
        else:
            groups.append(1 if text else 0)
    blanks, filled = groups.count(0), [group for group in groups if group]
    headings = count - blanks
    if headings == len(filled):
        return [max(group, 1) for group in groups]
    if len(filled) == 1 and headings > 0 and filled[0] % headings == 0:
        at = groups.index(filled[0])
        return [1] * at + [filled[0] // headings] * headings + [1] * (len(groups) - at - 1)
    return [1] * count


def _has_shape(rows: list[Row]) -> bool:
    """A first row without known words is a header when its cells are short words and most are filled; with figures
    below them, the more so."""
    texts = rows[0].texts
    filled = [text for text in texts if text]
    if len(rows) < 2 or len(filled) * 2 < len(texts) or len(filled) < 2:
        return False
    if any(is_number(text) or len(text) > _LONGEST or _SENTENCE_END.search(text) for text in filled):
        return False
    figures = figure_columns(rows[1:], len(texts))
    if figures:
        return all(column < len(texts) for column in figures)
    return any(names_column(text) for text in filled) or len(filled) == len(texts)


def _is_top_line(texts: list[str]) -> bool:
    """A first line that holds only headings over several columns, nothing over the first."""
    return not texts[0] and any(texts) and all(len(text) <= _LONGEST and not is_number(text) for text in texts if text)


def _goes_on(above: list[str], below: list[str]) -> bool:
    """Whether ``below`` is a further header line: short words, no figures, under headings that span columns."""
    filled = [at for at, text in enumerate(below) if text]
    if not filled or any(is_figure(below[at]) or len(below[at]) > _LONGEST_SUB for at in filled):
        return False
    if below[0] and below[0] != above[0]:
        return (not above[0] and is_header(below)) or _is_under_first_span(above, below)
    if not below[0] and any(
        _UNIT.fullmatch(below[at]) or resembles_column(below[at]) or _is_under_span(at, above, below) for at in filled
    ):
        is_of_units = len(below) < len(above) and all(_UNIT.fullmatch(below[at]) for at in filled)
        is_cut = len(below) < len(above) and all(_is_under_span(at, above, below) for at in filled)
        return is_of_units or is_cut or len(above) == len(below) or _spans(len(above), below) != [1] * len(above)
    if len(above) < len(below):
        return _spans(len(above), below) != [1] * len(above)
    is_merged_down = bool(below[0])  # the same heading in both lines: others may stand under one of their own width
    return all(
        _is_under_span(at, above, below) or (is_merged_down and resembles_column(below[at])) for at in filled
    ) and any(below[at] != above[at] for at in filled if at < len(above))


def _is_under_first_span(above: list[str], below: list[str]) -> bool:
    """Whether ``below`` parts headings over several columns, that of the first among them, beside others that reach
    down to it."""
    if len(above) != len(below) or not all(below) or above[0] not in above[1:2]:
        return False
    reaches_down = any(upper == lower for upper, lower in zip(above, below, strict=True))
    return reaches_down and all(_is_under_span(at, above, below) for at in range(len(below)))


def _is_under_span(at: int, above: list[str], below: list[str]) -> bool:
    if at >= len(above):
        return False
    if not above[at] or above[at] == below[at]:
        return True
    after = above[at + 1] if at + 1 < len(above) else None
    before = above[at - 1] if at else None
    return after in ("", above[at]) or before == above[at]
