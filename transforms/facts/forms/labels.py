"""What the labels and column headings of forms mean, by the words of forms.toml.

Where they stand, and what follows from them, is for the other modules of this room.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.documents.model import Cell
from transforms.language.lexicon import Lexicon, load_lexicon
from transforms.language.tables import either, patterns
from transforms.language.text import raw_offsets
from transforms.language.units import money_factor

_LONGEST_LABEL = 24
_INLINE_FIELDS = ("project", "department", "unit", "year", "score", "grade")
_INLINE_GOALS = ("goal", "completion")
MONEY = ("initial", "adjusted", "budget", "executed")
LEVELS = ("level_1", "level_2", "level_3")
BARE_PROJECT = "bare_project"
"""The field that 项目 labels, which heads columns as well."""


class Inline(NamedTuple):
    """A field whose label and value share a text: the value reaches from ``start`` to ``stop`` of it."""

    name: str
    start: int
    stop: int


@lru_cache(maxsize=4096)
def field_of(text: str) -> str | None:
    """The field that a normalised cell labels (project, department, unit, year, score, grade, goal, completion,
    other), or None."""
    return _meaning("fields", text)


@lru_cache(maxsize=4096)
def column_of(text: str) -> str | None:
    """What a column under this normalised heading holds: level_1 ... reason, initial, adjusted, executed, rate,
    goal, completion, ignored; None for no heading. Where the rest says nothing brackets count (备注(偏差原因))."""
    meaning = _meaning("columns", text)
    remark = words()["qualified"].search(text) if meaning == "ignored" else None
    return (remark and _meaning("columns", remark[0][1:-1])) or meaning


@lru_cache(maxsize=4096)
def source_of(text: str) -> str | None:
    """The source of funds that a normalised cell labels: total, subtotal, fiscal, fiscal_part, carried, other, basic,
    project; or None."""
    return _meaning("sources", words()["part_of"].sub("", text, 1))


@lru_cache(maxsize=4096)
def row_of(text: str) -> str | None:
    """What a row is that begins with this normalised cell: total, subtotal, execution, remark (also with what it
    says: 填表人:某某); or None."""
    label, colon, _ = text.partition(":")
    is_remark = colon and _meaning("rows", label) == "remark"
    return "remark" if is_remark else _meaning("rows", text)


def inline_fields(cell: Cell) -> tuple[Inline, ...]:
    """项目名称:某某 in one cell, or several such in a row; () for anything else. What a label of no interest says only
    ends the value before it."""
    return _inline_fields(cell.text, cell.raw) if ":" in cell.text else ()


@lru_cache(maxsize=4096)
def _inline_fields(text: str, raw: str) -> tuple[Inline, ...]:
    marks = list(_inline().finditer(text))
    if not marks or marks[0].start():
        return ()
    goal = field_of(marks[0]["label"])
    if goal in _INLINE_GOALS and marks[0].end() < len(text):
        return (Inline(goal, marks[0].end(), len(text)),)
    starts = [_label_start(mark, text, raw) for mark in marks[1:]]
    names = [field_of(text[start : mark.end("label")]) for start, mark in zip((0, *starts), marks, strict=True)]
    stops = [*starts, len(text)]
    found = (Inline(name or "", mark.end(), stop) for name, mark, stop in zip(names, marks, stops, strict=True))
    return tuple(one for one in found if one.name in _INLINE_FIELDS and _is_value(text[one.start : one.stop]))


def _label_start(mark: re.Match[str], text: str, raw: str) -> int:
    """Where a label begins: behind a gap amid it, what stands before belongs to a value (某某项目　单位名称：)."""
    offsets = raw_offsets(raw)
    gaps = [at for at in range(mark.start(), mark.end("label")) if offsets[at] - offsets[at - 1] > 1]
    if not gaps or gaps[0] == mark.start() or field_of(text[gaps[0] : mark.end("label")]) is None:
        return mark.start()
    return gaps[0]


def _is_value(text: str) -> bool:
    return bool(text) and money_factor(text) is None


def is_label(text: str) -> bool:
    """Whether a normalised cell is a label or heading of any sort."""
    return bool(field_of(text) or column_of(text))


def is_nothing(text: str) -> bool:
    """Whether a normalised cell says nothing: blank, dashes, dots, 无."""
    return words()["nothing"].fullmatch(text) is not None


def bare(text: str) -> str:
    """A label without what stands in brackets, the year and the colon."""
    return words()["qualified"].sub("", text).strip(":,* ")


@cache
def _inline() -> re.Pattern[str]:
    """A label of a field, what stands in brackets behind it, a colon."""
    terms = [term for name, group in _lexicon("fields").groups.items() if name != BARE_PROJECT for term in group]
    return re.compile(rf"(?P<label>{either(terms)})(?:\([^()]*\))?:")


@cache
def words() -> dict[str, re.Pattern[str]]:
    """The patterns of forms.toml."""
    return patterns(
        "forms",
        "patterns",
        (
            "qualified",
            "part_of",
            "nothing",
            "of_weight",
            "counted",
            "level_end",
            "goal_label",
            "goal_aspect",
            "points",
            "year_alone",
        ),
    )


def _meaning(table: str, text: str) -> str | None:
    if not text or len(text) > _LONGEST_LABEL + 16:
        return None
    lexicon = _lexicon(table)
    return lexicon.group_of(text) or lexicon.group_of(bare(text))


@cache
def _lexicon(table: str) -> Lexicon:
    return load_lexicon("forms", table)
