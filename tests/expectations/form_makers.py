"""Sound forms as hand-made facts beside the report of expectation_cases, and changes of single values in them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from transforms.facts.forms.rows import FormRow, FundingRow, IndicatorRow
from transforms.facts.model import Facts, ProjectRow, SourceRow

Change = Callable[[Facts], object]
WAN = Decimal(10000)
FORMS = (("河道保洁经费", "800.00", "790.00", "9.88"), ("道路修缮经费", "600.00", "590.00", "9.83"))
"""Project, budget and spending in 万元, points of the execution."""
_COLUMNS = {
    "indicators": ("level_3", "target_text", "actual_text", "actual_value", "weight", "score", "reason"),
    "forms": ("total_score", "grade", "execution_weight", "execution_score"),
    "form_funding": ("initial_yuan", "adjusted_yuan", "executed_yuan"),
}
_PRINTED = {"actual_value": "actual_text"}


def indicator(
    level_2: str, name: str, kind: str, target: str, actual: str, weight: str, score: str, **more: Any
) -> Any:
    """An indicator row; target and actual as printed (≥12次), values by ``direction``, ``target_value`` …"""
    values: dict[str, Any] = {
        "ordinal": 0,
        "form_ordinal": 0,
        "position": 1,
        "level_1": level_2[:2] + "指标",
        "level_2": level_2,
        "level_3": name,
        "indicator_kind": kind,
        "direction": "qualitative",
        "target_text": target,
        "target_value": None,
        "actual_text": actual,
        "actual_value": None,
        "unit": None,
        "weight": Decimal(weight),
        "score": Decimal(score),
        "reason": None,
        "line": None,
    }
    return IndicatorRow(**{**values, **more})


def measured(direction: str, target: str, actual: str, unit: str) -> dict[str, Any]:
    """Target and actual as numbers."""
    return {"direction": direction, "target_value": Decimal(target), "actual_value": Decimal(actual), "unit": unit}


def sound_indicators() -> list[IndicatorRow]:
    """Weights of 90 in all; the last falls short and says why."""
    return [
        indicator("数量指标", "巡查次数", "quantity", "≥12次", "12次", "20", "20", **measured("≥", "12", "12", "次")),
        indicator("质量指标", "整改合格率", "quality", "≥95%", "96%", "15", "15", **measured("≥", "95", "96", "%")),
        indicator(
            "时效指标", "按期完成率", "timeliness", "100%", "100%", "15", "15", **measured("=", "100", "100", "%")
        ),
        indicator("成本指标", "单位成本", "cost", "≤50元", "48元", "10", "10", **measured("≤", "50", "48", "元")),
        indicator("社会效益指标", "出行便利程度", "social_benefit", "有效提升", "有效提升", "20", "20"),
        indicator(
            *("满意度指标", "居民满意度", "service_satisfaction", "≥95%", "90%", "10", "9.47"),
            **measured("≥", "95", "90", "%"),
            reason="部分居民反映施工噪声。",
        ),
    ]


def with_forms(facts: Facts) -> None:
    """Adds a sound form for each of FORMS, and the figures that forms are compared with."""
    for place, (name, budget, spent, points) in enumerate(FORMS):
        total = Decimal(points) + sum(one.score or 0 for one in sound_indicators())
        line = 400 + 100 * place
        facts.forms.append(
            FormRow(
                *(place, place + 1, "project_form", "项目支出绩效自评表", None, None, 2021, name),
                *(total, "优", Decimal(10), Decimal(points), None, "按期完成。", "已完成。", line),
            )
        )
        amounts = [(Decimal(budget) * WAN, Decimal(spent) * WAN), (Decimal(budget) * WAN, Decimal(spent) * WAN)]
        amounts.append((Decimal(0), Decimal(0)))
        for row, (source, (planned, executed)) in enumerate(
            zip(("合计", "当年财政拨款", "上年结转"), amounts, strict=True)
        ):
            facts.form_funding.append(
                FundingRow(
                    *(0, place, source, source, "万元", planned, planned, executed),
                    *(Decimal(100), Decimal(100), Decimal(100), None, line + 3 + row),
                )
            )
        facts.indicators += [
            one._replace(form_ordinal=place, position=number, line=line + 10 + number)
            for number, one in enumerate(sound_indicators(), 1)
        ]
        facts.projects.append(_project(name, budget, spent, place, line))


def _project(name: str, budget: str, spent: str, place: int, line: int) -> ProjectRow:
    yuan = [Decimal(text) * WAN for text in (budget, spent)]
    return ProjectRow(
        *(0, "form", 3, place + 1, name, "adjusted", budget, spent, None, "万元", *yuan, Decimal(100), Decimal(100)),
        *(None, "按期完成。", "已完成。", line),
    )


def form_sources(facts: Facts) -> list[SourceRow]:
    """The places of the values of forms: a table a form, a column a value."""
    return [
        SourceRow(
            *(group, row.ordinal, column, None, row.line, None, None, place),
            str(getattr(row, _PRINTED.get(column, column))),
        )
        for group, columns in _COLUMNS.items()
        for row in getattr(facts, group)
        for place, column in enumerate(columns, start=1)
        if getattr(row, column) is not None
    ]


def in_form(place: int, **changes: Any) -> Change:
    """Changes values of a form."""

    def change(facts: Facts) -> None:
        facts.forms[place] = facts.forms[place]._replace(**changes)

    return change


def in_indicator(place: int, form: int = 0, **changes: Any) -> Change:
    """Changes values of the ``place``-th indicator of a form; the form's total follows its score."""

    def change(facts: Facts) -> None:
        at = form * len(sound_indicators()) + place
        old = facts.indicators[at]
        facts.indicators[at] = new = old._replace(**changes)
        total = facts.forms[form].total_score or Decimal(0)
        in_form(form, total_score=total + (new.score or 0) - (old.score or 0))(facts)

    return change


def in_funds(place: int, form: int = 0, **changes: Any) -> Change:
    """Changes values of the ``place``-th line of funds of a form."""

    def change(facts: Facts) -> None:
        at = form * 3 + place
        facts.form_funding[at] = facts.form_funding[at]._replace(**changes)

    return change


def executed(wan: str, points: str, form: int = 0) -> Change:
    """The form's project spent that many 万元, for which the execution has those points."""

    def change(facts: Facts) -> None:
        yuan, score = Decimal(wan) * WAN, Decimal(points)
        in_funds(0, form, executed_yuan=yuan)(facts)
        in_funds(1, form, executed_yuan=yuan)(facts)
        old = facts.forms[form]
        total = (old.total_score or 0) - (old.execution_score or 0) + score
        in_form(form, execution_score=score, total_score=total)(facts)

    return change
