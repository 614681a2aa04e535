"""Records written as lines of their own (项目名称：甲, 预算金额：5万元, ...): found, and made rows of two cells.

Only records of a project with an amount are looked for; turning the rows into a table is transposed.py's business.
"""

from __future__ import annotations

import re

from transforms.documents.lines import Line
from transforms.documents.tables.cells import names_column
from transforms.documents.tables.grid import RawRow
from transforms.language.lexicon import Lexicon, load_lexicon
from transforms.language.text import normalise

_FIELD = re.compile(
    r"\s*(?:[-*•]\s+)?(?:\*\*)?(?P<name>[^\s：:*][^：:*]{1,13})(?:\*\*)?[：:](?:\*\*)?\s*(?P<value>\S.*)"
)
_LEAD = re.compile(r"(?:[(]?\d{1,2}[)、.]|[①-⑳])\s*")
_FEWEST = 3
_MOST_BLANKS = 1
_AMOUNTS = frozenset(("budget", "budget_loose", "spent", "spent_loose"))


def find_fields(lines: list[Line], rows: list[RawRow | None]) -> None:
    """Fills ``rows`` at the lines of each record: fields one below the other, a project's name first, an amount among
    them."""
    group: list[RawRow] = []
    blanks = 0
    for index, line in enumerate(lines):
        raw = line.raw
        may_be = ("：" in raw or ":" in raw) and rows[index] is None
        if not may_be and not group:
            continue
        field = _field(raw, index) if may_be else None
        if field is None and blanks < _MOST_BLANKS and not raw.strip():
            blanks += 1
            continue
        if group and (field is None or blanks > _MOST_BLANKS):
            _take(group, rows)
            group = []
        if field is not None and (group or _speaks_of(field) == "name"):
            group.append(field)
        blanks = 0
    _take(group, rows)


def _field(raw: str, index: int) -> RawRow | None:
    match = _FIELD.fullmatch(raw)
    if match is None:
        return None
    name = _LEAD.sub("", match["name"], count=1)
    return RawRow([name, match["value"].strip()], index, "field") if names_column(normalise(name)) else None


def _speaks_of(field: RawRow) -> str | None:
    hits = _columns().find_all(normalise(field.cells[0]))
    return hits[-1].group if hits else None


def _take(group: list[RawRow], rows: list[RawRow | None]) -> None:
    if len(group) >= _FEWEST and not _AMOUNTS.isdisjoint(map(_speaks_of, group)):
        for field in group:
            rows[field.line_index] = field


def _columns() -> Lexicon:
    return load_lexicon("columns")
