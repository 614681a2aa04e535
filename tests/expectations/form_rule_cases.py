"""Cases of the rules on forms: a change that makes exactly one rule fire, and its near miss."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from expectation_cases import Case, Change, money, sign
from form_makers import executed, in_form, in_funds, in_indicator, measured, with_forms
from text_rule_cases import add, both

from transforms.facts.model import Facts

QUANTITY, QUALITY, TIMELINESS, COST, BENEFIT, SATISFACTION = range(6)
REASON = "受汛期影响。"


def case(rule: str, fires: Change, said: dict[str, Any], near_miss: Change, beside: tuple[str, ...] = ()) -> Case:
    return Case(rule, both(with_forms, fires), said, both(with_forms, near_miss), beside)


def replaced(place: int, name: str, kind: str, **changes: Any) -> Change:
    return in_indicator(place, level_3=name, indicator_kind=kind, **changes)


def full(form: int) -> Change:
    """Every point that the form can have."""

    def change(facts: Facts) -> None:
        in_indicator(SATISFACTION, form, score=Decimal(10), actual_value=Decimal(95), actual_text="95%", reason=None)(
            facts
        )
        budget = facts.form_funding[3 * form].adjusted_yuan or Decimal(0)
        executed(str(budget / 10000), "10", form)(facts)

    return change


def spent_little(facts: Facts) -> None:
    executed("80", "1")(facts)
    in_indicator(BENEFIT, reason="招标流标。")(facts)


def twice_named(kind: str) -> Change:
    """The benefit's indicator bears the name of the quantity's, under that kind."""
    return in_indicator(BENEFIT, level_3="巡查 次数", indicator_kind=kind)


def of_whole(basic: str, project: str) -> Change:
    def change(facts: Facts) -> None:
        facts.figures = [row for row in facts.figures if row.name != "basic_expenditure_yuan"]
        facts.figures += [money("basic_expenditure_yuan", basic, line=21), money("project_expenditure_yuan", project)]

    return change


FORM_CASES = [
    case(
        "F01",
        in_indicator(BENEFIT, weight=Decimal(15), score=Decimal(15)),
        {"level": "blocking", "line": 400, "observed": "权重合计 95 分", "expected": "分值合计 100 分，得分不超过分值"},
        lambda facts: [in_form(form, execution_weight=None, execution_score=None)(facts) for form in (0, 1)],
    ),
    case(
        "F02",
        both(in_form(0, execution_score=Decimal("10"), total_score=Decimal("99.47"))),
        {"level": "blocking", "line": 400, "observed": "10 分", "expected": "9.875 分", "difference": "0.125 分"},
        in_form(0, execution_score=Decimal("9.8"), total_score=Decimal("99.27")),
    ),
    case(
        "F03",
        in_indicator(SATISFACTION, score=Decimal("9.1")),
        {"line": 416, "column_number": 6, "raw_text": "9.1", "observed": "9.1 分", "difference": "-0.3737 分"},
        in_indicator(SATISFACTION, score=Decimal("9.5")),
    ),
    case(
        "F04",
        in_indicator(SATISFACTION, reason=None),
        {
            "level": "warning",
            "line": 416,
            "column_number": 3,
            "raw_text": "90%",
            "observed": "实际 90%，得分 9.47 分，没有写明原因",
            "message": "“河道保洁经费”的指标“居民满意度”目标为 ≥95%、实际为 90%，"
            "分值 10 分、得分 9.47 分，没有写明偏差原因。",
        },
        in_indicator(BENEFIT, score=Decimal(18), reason=REASON),
    ),
    case(
        "F05",
        in_form(0, grade="良好"),
        {"level": "blocking", "line": 400, "observed": "99.35 分，良好", "raw_text": "良好"},
        in_form(0, grade="优秀"),
    ),
    case(
        "F06",
        in_indicator(COST, direction="≥", target_text="≥50元", actual_value=Decimal(50), actual_text="50元"),
        {"level": "warning", "line": 414, "observed": "目标 ≥50元，实际 50元，得分 10 分"},
        replaced(COST, "成本节约率", "cost", target_text="≥5%", actual_text="6%", **measured("≥", "5", "6", "%")),
    ),
    case(
        "F07",
        in_indicator(
            QUANTITY, target_value=Decimal(10), target_text="≥10次", actual_value=Decimal(13), actual_text="13次"
        ),
        {"level": "information", "line": 411, "observed": "实际 13次", "expected": "目标 ≥10次，不到其 1.3 倍"},
        in_indicator(
            QUANTITY, target_value=Decimal(10), target_text="≥10次", actual_value=Decimal("12.9"), actual_text="12.9次"
        ),
    ),
    case(
        "F08",
        replaced(QUANTITY, "经费支出占比", "quantity"),
        {"level": "warning", "line": 411, "observed": "数量指标", "expected": "预算执行率"},
        replaced(COST, "经费支出占比", "cost"),
    ),
    case(
        "F09",
        twice_named("social_benefit"),
        {
            "level": "warning",
            "line": 415,
            "raw_text": "巡查 次数",
            "observed": "社会效益指标",
            "expected": "只列为数量指标",
        },
        twice_named("quality"),
    ),
    case(
        "F10",
        both(full(0), full(1)),
        {"level": "warning", "line": 400, "observed": "2 份项目自评表，最低 100 分", "expected": "不全是 100 分"},
        full(0),
    ),
    case(
        "F11",
        spent_little,
        {"level": "warning", "line": 400, "observed": "执行率 10%，产出得分 50 分"},
        both(executed("88", "1.1"), in_indicator(BENEFIT, reason="招标流标。")),
    ),
    case(
        "F12",
        both(
            in_indicator(QUALITY, actual_text="96%，工程尚未验收"),
            add("signs", sign("unaccepted", "尚未验收", None, 412, column="actual_text", owner=1)),
        ),
        {"level": "warning", "line": 412, "observed": "尚未验收，数量指标得分 20 分", "expected": "数量指标低于 20 分"},
        both(
            in_indicator(QUANTITY, score=Decimal(10), actual_value=Decimal(6), actual_text="6次", reason=REASON),
            add("signs", sign("unaccepted", "尚未验收", None, 400, column="form", owner=0)),
        ),
        beside=("F05",),
    ),
    case(
        "F13",
        add("signs", sign("evaluated_projects", "3个项目开展自评", "3", 33)),
        {"level": "blocking", "line": 33, "observed": "附项目自评表 2 份", "expected": "3 个", "difference": "1"},
        add("signs", *(sign("evaluated_projects", f"{count}个项目开展自评", str(count), 33) for count in (2, 5))),
    ),
    case(
        "F14",
        in_funds(2, executed_yuan=Decimal(10001)),
        {
            "level": "blocking",
            "line": 403,
            "observed": "791.0001万元",
            "expected": "790万元",
            "difference": "-1.0001万元",
        },
        in_funds(2, executed_yuan=Decimal(150)),
    ),
    case(
        "F15",
        of_whole("1000.00", "1990.00"),
        {
            "level": "warning",
            "line": 21,
            "observed": "2990万元",
            "expected": "收支总预算 3000万元",
            "difference": "10万元",
        },
        of_whole("1000.00", "1950.00"),
    ),
]


def sound_forms(facts: Facts) -> None:
    """A sound report with everything that rules on forms look at."""
    with_forms(facts)
    of_whole("1000.00", "2000.00")(facts)
    add("signs", sign("evaluated_projects", "2个项目开展自评", "2", 33))(facts)
