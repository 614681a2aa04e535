"""Tables drawn with pipes whose cells are wrapped within their columns: the lines of a row put together.

Only tables with a header, drawn to a width as programs draw them, are looked at; those with rules between all rows are
tables/grid.py's.
"""

from __future__ import annotations

from collections import Counter

from transforms.documents.lines import Line, display_width
from transforms.documents.tables.cells import is_number, texts_of_rows
from transforms.documents.tables.drafts import Row, is_header
from transforms.documents.tables.grid import RawRow, without
from transforms.documents.text_tables.wrapped_rows import Strip, joined_rows

_STYLES = ("pipe", "box")
_FEWEST_ROWS = 4
_SHARE = 0.8


def join_drawn(lines: list[Line], rows: list[RawRow | None]) -> tuple[list[Line], list[RawRow | None]]:
    """The lines and rows without those of which the cells went to another's row."""
    taken: set[int] = set()
    run: list[RawRow] = []
    for row in [*rows, None]:
        if row is not None and row.style in _STYLES:
            run.append(row)
        elif run:
            if any(map(_may_be_bare, run[1:])) and _is_drawn(run, lines):
                taken |= _join(run, lines, rows)
            run = []
    return without(taken, lines, rows) if taken else (lines, rows)


def _may_be_bare(row: RawRow) -> bool:
    """Whether a row has words and blanks only."""
    is_bare = not row.is_rule and "" in row.cells and not row.is_blank
    return is_bare and not any(map(is_number, row.cells))


def _is_drawn(run: list[RawRow], lines: list[Line]) -> bool:
    """Whether the rows have as many cells as each other, and reach as far."""
    whole = [row for row in run if not row.is_rule]
    if len(whole) < _FEWEST_ROWS or len({len(row.cells) for row in whole}) > 1:
        return False
    widths = Counter(display_width(lines[row.line_index].raw.strip()) for row in whole)
    return widths.most_common(1)[0][1] >= _SHARE * len(whole)


def _join(run: list[RawRow], lines: list[Line], rows: list[RawRow | None]) -> set[int]:
    """Puts the cells of the lines of each row together; the indices of those that are left over."""
    whole: list[RawRow] = []
    apart: list[bool] = []
    is_apart = False
    for row in run:
        if not row.is_rule:
            whole.append(row)
            apart.append(is_apart)
        is_apart = row.is_rule
    texts = texts_of_rows([row.cells for row in whole])
    if not is_header(texts[0]):
        return set()
    strips = [
        Strip(Row(row.cells, own, lines[row.line_index], starts_fragment=parted), is_ruled=parted)
        for row, own, parted in zip(whole, texts, apart, strict=True)
    ]
    taken: set[int] = set()
    for (first, *others), cells in joined_rows(strips):
        whole[first].cells = cells
        taken.update(whole[other].line_index for other in others)
    return taken
