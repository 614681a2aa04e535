"""Reports written into a table: a section's numbered heading on the left of each row, all of its text on the right.

What of a medium is such a table is told here; its cells are read as text by the media.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADING = re.compile(
    r"\s*(?:第[一二三四五六七八九十]{1,3}(?:部分|章)|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])\s*\S.{1,20}\s*"
)
_FEWEST = 3
_LONGEST_HEAD = 8
_LONG = 30
"""Characters that texts of sections have on average, at least."""


def is_heading(text: str) -> bool:
    """Whether a cell holds the numbered heading of a section and nothing else."""
    return _HEADING.fullmatch(text) is not None


def are_sections(rows: Sequence[tuple[str, int]]) -> bool:
    """Whether rows are sections, by what each says on its left and the size of the text on its right; the first may
    head them both (栏目 | 内容)."""
    if rows and not is_heading(rows[0][0]) and max(len(rows[0][0].strip()), rows[0][1]) <= _LONGEST_HEAD:
        rows = rows[1:]
    sizes = sum(size for _, size in rows)
    return len(rows) >= _FEWEST and sizes >= _LONG * len(rows) and all(is_heading(label) for label, _ in rows)
