"""Values of indicators: direction, number, unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from transforms.facts.forms.indicators import indicator_kinds, kind_of
from transforms.facts.forms.targets import NO_VALUE, QUALITATIVE, Value, read_actual, read_target, unit_of_name
from transforms.language.text import normalise

pytestmark = pytest.mark.unit


def value(direction: str | None, number: str, unit: str | None) -> Value:
    return Value(direction, Decimal(number), unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("≥90%", value("≥", "90", "%")),
        ("≧95％", value("≥", "95", "%")),
        (">=3", value("≥", "3", None)),
        ("＞80分", value("≥", "80", "分")),
        ("≤ 12 次", value("≤", "12", "次")),
        ("=100%", value("=", "100", "%")),
        ("=12次", value("=", "12", "次")),
        ("≥=95%", value("≥", "95", "%")),
        ("≥ ＝ 95%", value("≥", "95", "%")),
        ("=>95%", value("≥", "95", "%")),
        ("≤=5天", value("≤", "5", "天")),
        ("=≤5天", value("≤", "5", "天")),
        ("100%", value("=", "100", "%")),
        ("90%以上", value("≥", "90", "%")),
        ("30日以内", value("≤", "30", "日")),
        ("3个工作日内", value("≤", "3", "个工作日")),
        ("不少于24次", value("≥", "24", "次")),
        ("不超过50万元", value("≤", "50", "万元")),
        ("少于3起", value("≤", "3", "起")),
        ("控制在5%以内", value("≤", "5", "%")),
        ("覆盖率≥95%", value("≥", "95", "%")),
        ("全年不少于4次", value("≥", "4", "次")),
        ("≥1,200.50万元", value("≥", "1200.50", "万元")),
        ("64万人次", value("=", "64", "万人次")),
        ("十二次", value("=", "12", "次")),
        ("≥20元/人", value("≥", "20", "元/人")),
        ("≤2076.1万元", value("≤", "2076.1", "万元")),
        ("360元/人以内", value("≤", "360", "元/人")),
        ("1000余人", value("=", "1000", "人")),
    ],
)
def test_a_target_with_one_number(text: str, expected: Value) -> None:
    assert read_target(normalise(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "优",
        "有效提升",
        "12月底前",
        "次月15日前",
        "2021年12月31日前完成",
        "2021.12.31前",
        "90%-95%",
        "一次性发放",
        "不高于上年",
        "建成3个站点并开展12场活动",
    ],
)
def test_a_target_without_one_number_is_qualitative(text: str) -> None:
    assert read_target(normalise(text)) == Value(QUALITATIVE, None, None)


@pytest.mark.parametrize("text", ["", "/", "——", "无"])
def test_a_blank_target_says_nothing(text: str) -> None:
    assert read_target(text) == NO_VALUE


def test_sign_and_unit_may_stand_in_columns_of_their_own() -> None:
    assert read_target("90", "≥", "%") == value("≥", "90", "%")
    assert read_target("24", "小于等于", "小时") == value("≤", "24", "小时")
    assert read_target("3", "定性", "") == Value(QUALITATIVE, None, None)


def test_what_was_done_counts_in_the_unit_of_the_target() -> None:
    target = read_target("≤50万元")
    assert read_actual("480000元", target) == value(None, "48", "万元")
    assert read_actual("48", target) == value(None, "48", "万元")
    assert read_actual("95.5%", read_target("≥90%")) == value(None, "95.5", "%")
    assert read_actual("已完成", target) == NO_VALUE


@pytest.mark.parametrize(
    ("level", "kind"),
    [
        ("数量指标", "quantity"),
        ("产出质量", "quality"),
        ("成本指标", "cost"),
        ("经济成本指标", "economic_cost"),
        ("社会效益指标", "social_benefit"),
        ("可持续影响指标", "sustainability"),
        ("服务对象满意度指标", "service_satisfaction"),
        ("预算执行", "management"),
        ("其他", None),
    ],
)
def test_the_kind_of_an_indicator(level: str, kind: str | None) -> None:
    assert kind_of(level) == kind


def test_each_kind_has_its_parent() -> None:
    kinds = {row["indicator_kind"]: row["parent"] for row in indicator_kinds()}
    assert {parent for parent in kinds.values() if parent} <= set(kinds)
    assert kinds["quantity"] == "output"


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("垃圾清运量（吨）", "吨"),
        ("达标率(%)", "%"),
        ("清运成本（元/吨）", "元/吨"),
        ("业务培训（武装）", ""),
        ("出席人数（人次以上）", ""),
        ("巡查次数", ""),
    ],
)
def test_a_name_may_say_the_unit_in_brackets(name: str, unit: str) -> None:
    assert unit_of_name(normalise(name)) == unit
