"""The rows that forms give. The other groups' rows, and what holds for all, stand in transforms/facts/model.py."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class FormRow(NamedTuple):
    """A self-evaluation form, by its ``position`` in the document. ``project_name`` is None for an overall form;
    ``department_name`` is the name that the registry knows, else the first one printed."""

    ordinal: int
    position: int  # from 1
    kind: str  # project_form / overall_form
    title: str | None
    department_name: str | None
    department_id: str | None
    fiscal_year: int | None
    project_name: str | None
    total_score: Decimal | None
    grade: str | None
    execution_weight: Decimal | None
    execution_score: Decimal | None
    execution_reason: str | None
    goal: str | None
    completion: str | None
    line: int | None


class FundingRow(NamedTuple):
    """A line of a form's funds: amounts in 元, one row a source. ``label`` as printed; ``*_quantum``: see FigureRow."""

    ordinal: int
    form_ordinal: int
    funding_source: str  # 合计 / 当年财政拨款 / 上年结转 / 其他
    label: str
    reported_unit: str | None
    initial_yuan: Decimal | None
    adjusted_yuan: Decimal | None
    executed_yuan: Decimal | None
    initial_quantum: Decimal | None
    adjusted_quantum: Decimal | None
    executed_quantum: Decimal | None
    stated_rate: Decimal | None
    line: int | None


class IndicatorRow(NamedTuple):
    """An indicator of a form. Levels are filled down and stand without their weights in brackets; values count in
    ``unit``; ``direction`` is None where no target is printed."""

    ordinal: int
    form_ordinal: int
    position: int  # from 1 within the form
    level_1: str | None
    level_2: str | None
    level_3: str | None
    indicator_kind: str | None
    direction: str | None  # ≥ / ≤ / = / qualitative
    target_text: str | None
    target_value: Decimal | None
    actual_text: str | None
    actual_value: Decimal | None
    unit: str | None
    weight: Decimal | None
    score: Decimal | None
    reason: str | None
    line: int | None
