"""The forms of a report: one a project of its task and key tables, an overall one; amounts and points agree with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from samples.draws import chance, part, some, stream
from samples.forms.model import SOURCES, Form, Fund, Goal, Indicator
from samples.model import Report, Row
from samples.phrases import wording

EXECUTION_WEIGHT = Decimal(10)
_POINT = Decimal("0.01")
_ASPECT = re.compile("[\u4e00-\u9fff]{2,12}")
_SHORT = 0.18
"""Share of indicators whose actual value falls short of the target."""
_LOW = Decimal("0.9")
"""Share of the budget below which a form says why the rest was not spent."""
_PLANS: tuple[tuple[tuple[str, int], ...], ...] = (
    (("quantity", 20), ("quality", 15), ("timeliness", 15), ("social_benefit", 30), ("service_satisfaction", 10)),
    (
        ("quantity", 15),
        ("quality", 10),
        ("timeliness", 10),
        ("cost", 15),
        ("social_benefit", 15),
        ("sustainability", 15),
        ("service_satisfaction", 10),
    ),
    (
        ("quantity", 25),
        ("quality", 25),
        ("ecological_benefit", 20),
        ("sustainability", 10),
        ("service_satisfaction", 10),
    ),
)


MOST_FORMS = 12


def forms_of(report: Report, seed: int) -> list[Form]:
    """The forms that come with a report: the overall one and those of the first projects."""
    return make_forms(report, stream(seed, report.department.index, report.year, "forms"))[:MOST_FORMS]


def make_forms(report: Report, draw: Random) -> list[Form]:
    """The overall form, where figures and score allow one, then a form for each project that has amounts."""
    overall = _overall(report, draw)
    projects = [_project(row, draw) for row in _rows(report)]
    return [*([overall] if overall else []), *projects]


def _rows(report: Report) -> Iterator[Row]:
    """The rows of task and key table, each project once."""
    seen: set[str] = set()
    for table in (report.tasks, report.key):
        for row in table.rows if table else ():
            short = row.name.replace("工作", "", 1)
            if row.budget is not None and row.spent is not None and short not in seen:
                seen.add(short)
                yield row


def _project(row: Row, draw: Random) -> Form:
    assert row.budget is not None
    assert row.spent is not None
    funds = _funds(row.budget, row.spent, draw)
    indicators = _indicators(draw.choice(_PLANS), row.budget, draw)
    score = _ratio(row.spent, row.budget, EXECUTION_WEIGHT)
    return Form(row.name, funds, _sentence(row.goal), _sentence(_done(row)), indicators, EXECUTION_WEIGHT, score)


def _done(row: Row) -> tuple[str, ...]:
    """The completion, with the reason where much was left unspent."""
    assert row.budget is not None
    assert row.spent is not None
    is_low = row.spent < row.budget * _LOW
    return (*row.completion, wording("indicators")["words"]["unspent"][0]) if is_low else row.completion


def _overall(report: Report, draw: Random) -> Form | None:
    """Every mark that the stated score lacks is lost on indicators without figures; None where that cannot be."""
    finance = report.finance
    if finance.executed > finance.reference:
        return None
    execution = _ratio(finance.executed, finance.reference, EXECUTION_WEIGHT)
    indicators = [_full(one) for one in _indicators(_PLANS[1], finance.reference, draw)]
    stated = finance.score
    lost = Decimal(0) if stated is None else Decimal(100) - stated - (EXECUTION_WEIGHT - execution)
    soft = [one for one in indicators if one.target is None]
    if lost < 0 or lost > sum((one.weight for one in soft), Decimal(0)):
        return None
    for one in soft:
        taken = min(lost, one.weight)
        lost -= taken
        one.score = one.weight - taken
        one.reason = draw.choice(wording("indicators")["words"]["reason"]) if taken else None
    total = Fund("合计", finance.reference, finance.reference, finance.executed)
    goals = _goals(report, draw)
    form = Form(None, [total], _listed(goals, draw), "已按计划完成。", indicators, EXECUTION_WEIGHT, execution, goals)
    if finance.basic is not None and finance.project is not None:
        basic = finance.executed * finance.basic / finance.total // 100 * 100
        form.parts = (basic, finance.executed - basic)
    return form


def _goals(report: Report, draw: Random) -> list[Goal]:
    """The goals of the report one by one, with their aspects or without; or all of them as one."""
    goals = [(goal.aspect, "，".join(goal.clauses)) for goal in report.goals]
    style = draw.choice(("aspects", "list", "one"))
    if len(goals) < 2 or style == "one":
        return [(None, "；".join(text for _, text in goals) or "完成年度各项工作任务")]
    return [(aspect if style == "aspects" and _ASPECT.fullmatch(aspect) else None, text) for aspect, text in goals]


def _listed(goals: Sequence[Goal], draw: Random) -> str:
    """Goals as one text, numbered line by line where there are several."""
    label, end = draw.choice(("目标{n}：", "{n}、", "（{n}）", "{n}．")), draw.choice(("；", "。"))
    texts = [(f"{aspect}方面：" if aspect else "") + text for aspect, text in goals]
    if len(texts) == 1:
        return texts[0] + "。"
    return "\n".join(f"{label.format(n=number)}{text}{end}" for number, text in enumerate(texts, 1))


def _sentence(clauses: Sequence[str]) -> str:
    return "；".join(clauses) + "。"


def _funds(budget: Decimal, spent: Decimal, draw: Random) -> list[Fund]:
    """The total and its sources; each column of the sources sums to the total."""
    initial = budget if chance(draw, 0.6) else part(draw, budget, 0.7, 1.3, Decimal(1000))
    total = Fund(SOURCES[0], initial, budget, spent)
    if chance(draw, 0.5):
        return [total, Fund(SOURCES[1], initial, budget, spent), *(_nothing(name) for name in SOURCES[2:])]
    shares = [part(draw, amount, 0.05, 0.2, Decimal(100)) for amount in (initial, budget)]
    carried = Fund(SOURCES[2], shares[0], shares[1], min(shares[1], spent))
    fiscal = Fund(SOURCES[1], initial - carried.initial, budget - carried.adjusted, spent - carried.executed)
    return [total, fiscal, carried, _nothing(SOURCES[3])]


def _nothing(source: str) -> Fund:
    return Fund(source, Decimal(0), Decimal(0), Decimal(0))


def _indicators(plan: Sequence[tuple[str, int]], budget: Decimal, draw: Random) -> list[Indicator]:
    found = []
    for kind, weight in plan:
        kinds = some(draw, wording("indicators")[kind], 1, 2 if weight >= 15 else 1)
        shares = [Decimal(weight)] if len(kinds) == 1 else [Decimal(weight // 2), Decimal(weight - weight // 2)]
        found += [_indicator(kind, entry, share, budget, draw) for entry, share in zip(kinds, shares, strict=True)]
    return found


def _indicator(kind: str, entry: dict[str, Any], weight: Decimal, budget: Decimal, draw: Random) -> Indicator:
    level_1, level_2 = wording("indicators")["levels"][kind]
    one = Indicator(kind, level_1, level_2, entry["name"], "qualitative", None, None, None, None, weight, weight)
    if "target" in entry:
        one.words = (entry["target"], entry["actual"])
        return one
    one.unit = entry["unit"]
    one.target = Decimal(draw.randint(entry["low"], entry["high"])) if "low" in entry else budget / 10_000
    better = entry.get("better", "more")
    one.direction = {"more": "≥", "less": "≤", "exact": "="}[better]
    one.actual = one.target
    if better != "exact" and chance(draw, _SHORT):
        factor = Decimal(f"{draw.uniform(0.7, 0.97):.2f}")
        one.actual = whole(one.target * factor if better == "more" else one.target / factor, one.unit)
    one.score = score_of(one)
    if one.score < weight:
        one.reason = draw.choice(wording("indicators")["words"]["reason"])
    return one


def whole(value: Decimal, unit: str) -> Decimal:
    """The value as far as its unit is counted."""
    return value.quantize(Decimal("0.1") if unit in ("%", "万元", "万平方米") else Decimal(1), ROUND_HALF_UP)


def score_of(one: Indicator) -> Decimal:
    """weight × B/A for a target to reach, weight × A/B for one to stay below, never above the weight."""
    assert one.target is not None
    assert one.actual is not None
    reached = (one.target, one.actual) if one.direction == "≤" else (one.actual, one.target)
    return min(one.weight, _ratio(*reached, one.weight))


def _ratio(share: Decimal, whole: Decimal, weight: Decimal) -> Decimal:
    return (weight * share / whole).quantize(_POINT, ROUND_HALF_UP) if whole else Decimal(0)


def _full(one: Indicator) -> Indicator:
    one.actual, one.score, one.reason = one.target, one.weight, None
    return one
