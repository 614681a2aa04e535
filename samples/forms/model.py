"""The content of self-evaluation forms: amounts in 元, indicators, points. How they look is layout's business."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

Goal = tuple[str | None, str]
"""A goal of an overall form: its aspect, if it names one, and its words."""
SOURCES = ("合计", "当年财政拨款", "上年结转", "其他")


@dataclass(slots=True)
class Fund:
    """A source of funds; the first of a form is the total."""

    source: str
    initial: Decimal
    adjusted: Decimal
    executed: Decimal


@dataclass(slots=True)
class Indicator:
    """An indicator: ``kind`` by level 2; figures in ``unit``, or words where the target is qualitative."""

    kind: str
    level_1: str
    level_2: str
    level_3: str
    direction: str
    target: Decimal | None
    actual: Decimal | None
    unit: str | None
    words: tuple[str, str] | None
    weight: Decimal
    score: Decimal
    reason: str | None = None


@dataclass(slots=True)
class Form:
    """A form; ``project`` is None for the overall one, ``goals`` its goals one by one, ``parts`` its basic
    and project expenditure where stated."""

    project: str | None
    funds: list[Fund]
    goal: str
    completion: str
    indicators: list[Indicator]
    execution_weight: Decimal
    execution_score: Decimal
    goals: list[Goal] = field(default_factory=list)
    parts: tuple[Decimal, Decimal] | None = None
    stated_grade: str | None = None
    """What is printed for the grade, where that is not left to the bands."""

    @property
    def kind(self) -> str:
        """project_form or overall_form."""
        return "overall_form" if self.project is None else "project_form"

    @property
    def total(self) -> Decimal:
        """The total score."""
        return self.execution_score + sum((one.score for one in self.indicators), Decimal(0))

    @property
    def grade(self) -> str:
        """The grade as printed, by the usual bands unless it is stated otherwise."""
        return self.stated_grade or next(
            word for least, word in ((90, "优"), (80, "良"), (60, "中"), (0, "差")) if self.total >= least
        )
