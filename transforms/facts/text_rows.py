"""The rows of what texts tell by their words and figures, wherever they stand; like those of model.py in every way.

What the report states of itself (figures, projects, headings) is described there.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple, NewType

Fingerprint = NewType("Fingerprint", int)
"""A positive number of 63 bits that stands for a text."""


class SignRow(NamedTuple):
    """Words of the report that tell something by themselves: a date, another year, a claim, a slip of the pen.

    ``kind`` names what they tell, ``value`` what that comes to: the year, the date (ISO), the figure, the right word;
    None where the words are all. ``column``: goal or completion of the project row ``owner``; problems or measures,
    whose row ``owner`` is; form, or actual_text or reason of an indicator, ``owner`` again; None for running text.
    ``context``: words that bear on it nearby.
    """

    ordinal: int
    kind: str
    text: str
    value: str | None
    sentence: str
    column: str | None
    owner: int | None
    context: list[str]
    line: int | None


class MarkRow(NamedTuple):
    """A quotation mark or bracket that does not meet its like: ``opened`` and ``closed`` as printed, None for the
    one that is missing; ``partner`` is what closes the opened one (opens the closed one, where nothing opened)."""

    ordinal: int
    opened: str | None
    closed: str | None
    partner: str
    text: str
    line: int | None


class QuantityRow(NamedTuple):
    """A figure in the goal or completion of a project row: how much or how many of something, dates and numbering
    left out."""

    ordinal: int
    project_ordinal: int
    column: str
    text: str
    line: int | None


class MetricRow(NamedTuple):
    """A measured value in the completion of a project row; ``clause`` counts the sentences of the text."""

    ordinal: int
    project_ordinal: int
    clause: int
    metric: str
    value: Decimal
    unit: str
    value_text: str
    sentence: str
    line: int | None


class PeriodRow(NamedTuple):
    """A period with the days that are stated for it, or an end that a goal sets (``deadline``) and a completion
    reports (``finished``). Dates are ISO texts; ``starts_on`` only of a ``period``."""

    ordinal: int
    kind: str
    starts_on: str | None
    ends_on: str
    stated_days: int | None
    project_ordinal: int | None
    text: str
    line: int | None


class SumRow(NamedTuple):
    """A stated sum with its parts, all in one unit. ``addends`` and ``addend_quanta`` are decimal texts; ``word``: the
    word that makes it a sum or opens its parts, 其中 where these need not be all; ``is_additive``: of a unit whose
    parts do not overlap, or things that are all listed."""

    ordinal: int
    value: Decimal
    quantum: Decimal
    addends: list[str]
    addend_quanta: list[str]
    unit: str
    word: str
    is_additive: bool
    text: str
    line: int | None


class SentenceRow(NamedTuple):
    """A sentence of the running text or of a cell, each once; ``characters``: how many it has, repaired."""

    ordinal: int
    fingerprint: Fingerprint
    characters: int


class AsideRow(NamedTuple):
    """A number that stands among stated figures and that no figure took. ``kind``: what it counts, people, units, money
    (in 元) or a share (a fraction); ``text`` as printed with its unit."""

    ordinal: int
    kind: str
    value: Decimal
    text: str
    sentence: str
    line: int | None
