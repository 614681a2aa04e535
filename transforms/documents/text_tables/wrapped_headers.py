"""Headers of tables aligned by blanks whose headings are wrapped: which lines make up one header.

Rows below a header are wrapped_rows.py's business.
"""

from __future__ import annotations

from transforms.documents.tables.cells import is_figure, names_column
from transforms.documents.tables.drafts import Row, is_header


def wrapped_headers(rows: list[Row]) -> list[list[int]]:
    """The positions of the lines of each header whose headings go on below its line, or begin above it and end below,
    as those do that stand in the middle of their cells."""
    found: list[list[int]] = []
    for at, row in enumerate(rows):
        if not is_header(row.texts):
            continue
        around = [[at - 1, at, at + 1]] if at else []
        found += [lines for lines in (*around, [at, at + 1]) if _is_header_of(rows, lines, at)][:1]
    return found


def header_on_top(rows: list[Row], headers: list[list[int]]) -> list[str]:
    """The texts of the header that the rows begin with, its wrapped headings whole; none without one."""
    lines = next((lines for lines in headers if lines[0] == 0), [0])
    texts = ["".join(texts) for texts in zip(*(rows[line].texts for line in lines), strict=True)]
    return texts if is_header(texts) else []


def _is_header_of(rows: list[Row], lines: list[int], at: int) -> bool:
    """Whether the words of the lines around the header line ``at`` complete headings of columns."""
    if lines[-1] == len(rows) or any(rows[line].starts_fragment for line in lines[1:]):
        return False
    others = [rows[line].texts for line in lines if line != at]
    if any(is_header(texts) or any(map(is_figure, filter(None, texts))) for texts in others):
        return False
    columns = list(zip(*(rows[line].texts for line in lines), strict=True))
    wrapped = [texts for own, texts in zip(rows[at].texts, columns, strict=True) if "".join(texts) != own]
    return bool(wrapped) and all(sum(map(bool, texts)) > 1 and names_column("".join(texts)) for texts in wrapped)
