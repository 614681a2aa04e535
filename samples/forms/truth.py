"""The truth of a file of forms, in the shape of ``jixiao check --json``. See samples/truth.py."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from samples.figures import fraction, plain
from samples.forms.model import Form, Indicator
from samples.model import Report
from samples.truth import NOTE, Rows, money, share
from samples.written import Written


def truth_of_forms(
    report: Report,
    forms: Sequence[Form],
    texts: Sequence[tuple[str, str]],
    file: str,
    written: Written,
    has_grades: bool,
) -> dict[str, Any]:
    """The truth of one file. ``texts``: target and actual of each indicator as printed, in their order;
    ``has_grades``: whether the forms print their grades."""
    kind = "overall_form" if any(form.project is None for form in forms) else "project_form"
    document = {
        "file_name": file,
        "media_type": written.media_type,
        "sha256": hashlib.sha256(written.content).hexdigest(),
        "byte_count": len(written.content),
        "kind": kind,
    }
    return {
        "file": file,
        "note": NOTE,
        "outcome": "accepted",
        "department_id": report.department_id,
        "fiscal_year": report.fiscal_year,
        "kind": kind,
        "encoding": written.encoding,
        "rules": [],
        "findings": [],
        "defects": [],
        "facts": {
            "dim_document": [document],
            "fact_department_budget": [_budget(report, forms, has_grades)],
            "fact_project_spending": [_project(report, form) for form in forms if form.project is not None],
            "fact_goal": _goals(report, forms),
            "fact_form": [_form(report, form, place, has_grades) for place, form in enumerate(forms, 1)],
            "fact_form_funding": _funding(forms),
            "fact_indicator": _indicators(report, forms, texts),
        },
    }


def _budget(report: Report, forms: Sequence[Form], has_grades: bool) -> dict[str, Any]:
    overall = next((form for form in forms if form.project is None), None)
    if overall is None:
        return {"fiscal_year": report.fiscal_year}
    total = overall.funds[0]
    basic, project = overall.parts or (None, None)
    return {
        "fiscal_year": report.fiscal_year,
        "annual_budget_yuan": money(total.adjusted),
        "executed_yuan": money(total.executed),
        "stated_execution_rate": plain(fraction(total.executed, total.adjusted, 2), 6),
        "execution_rate": share(total.executed, total.adjusted),
        "basic_expenditure_yuan": money(basic),
        "project_expenditure_yuan": money(project),
        "self_score": plain(overall.total, 4),
        "grade": overall.grade if has_grades else None,
    }


def _project(report: Report, form: Form) -> dict[str, Any]:
    total = form.funds[0]
    return {
        "fiscal_year": report.fiscal_year,
        "listing": "form",
        "reported_name": form.project,
        "amount_role": "adjusted",
        "budget_yuan": money(total.adjusted),
        "spent_yuan": money(total.executed),
        "execution_rate": share(total.executed, total.adjusted),
        "goal": form.goal,
        "completion": form.completion,
    }


def _form(report: Report, form: Form, place: int, has_grades: bool) -> dict[str, Any]:
    return {
        "fiscal_year": report.fiscal_year,
        "kind": form.kind,
        "position": place,
        "total_score": plain(form.total, 4),
        "grade": form.grade if has_grades else None,
        "execution_weight": plain(form.execution_weight, 4),
        "execution_score": plain(form.execution_score, 4),
    }


def _goals(report: Report, forms: Sequence[Form]) -> Rows:
    goals = [goal for form in forms for goal in form.goals]
    return [
        {"fiscal_year": report.fiscal_year, "position": position, "aspect": aspect, "goal": goal}
        for position, (aspect, goal) in enumerate(goals, 1)
    ]


def _funding(forms: Sequence[Form]) -> Rows:
    return [
        {
            "funding_source": fund.source,
            "initial_yuan": money(fund.initial),
            "adjusted_yuan": money(fund.adjusted),
            "executed_yuan": money(fund.executed),
            "execution_rate": share(fund.executed, fund.adjusted),
        }
        for form in forms
        for fund in form.funds
    ]


def _indicators(report: Report, forms: Sequence[Form], texts: Sequence[tuple[str, str]]) -> Rows:
    indicators = [one for form in forms for one in form.indicators]
    return [_indicator(report, one, *printed) for one, printed in zip(indicators, texts, strict=True)]


def _indicator(report: Report, one: Indicator, target: str, actual: str) -> dict[str, Any]:
    return {
        "fiscal_year": report.fiscal_year,
        "level_1": one.level_1,
        "level_2": one.level_2,
        "level_3": one.level_3,
        "indicator_kind": one.kind,
        "direction": one.direction,
        "target_text": target,
        "target_value": _value(one.target),
        "actual_text": actual,
        "actual_value": _value(one.actual),
        "unit": one.unit,
        "weight": plain(one.weight, 4),
        "score": plain(one.score, 4),
        "reason": one.reason,
    }


def _value(value: Decimal | None) -> str | None:
    return None if value is None else plain(value.quantize(Decimal("0.0001"), ROUND_HALF_UP), 4)
