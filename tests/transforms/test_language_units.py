"""Units of money and count: amounts in 元 exact to the fen, and units found in text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.language.numerals import Number, parse_number
from transforms.language.units import Yuan, find_money_unit, money_factor, parse_amount, to_yuan, unit_at

pytestmark = pytest.mark.unit


def number(text: str) -> Number:
    read = parse_number(text)
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("text", "unit", "value", "quantum"),
    [
        ("24,957.99", "万元", "249579900.00", "100"),
        ("144.713", "万元", "1447130.00", "10"),
        ("55,900.00", "元", "55900.00", "0.01"),
        ("1.5", "亿元", "150000000.00", "10000000"),
        ("3", "千元", "3000.00", "1000"),
        ("2", "百万元", "2000000.00", "1000000"),
    ],
)
def test_to_yuan(text: str, unit: str, value: str, quantum: str) -> None:
    assert to_yuan(number(text), unit) == Yuan(Decimal(value), Decimal(quantum))


def test_what_is_finer_than_a_fen_has_no_value() -> None:
    assert to_yuan(number("5.123"), "元").value is None
    assert to_yuan(number("0.0000001"), "万元").value is None


def test_absurdly_large_figures_have_no_value() -> None:
    assert to_yuan(number("9" * 24), "亿元").value is None


def test_unknown_units_are_refused() -> None:
    assert money_factor("万人次") is None
    with pytest.raises(ValueError, match="万人次"):
        to_yuan(number("5"), "万人次")


@given(st.integers(0, 10**14))
def test_fen_survive_every_unit(fen: int) -> None:
    yuan = Decimal(fen) / 100
    for unit, places in (("元", 2), ("千元", 5), ("万元", 6), ("亿元", 10)):
        factor = money_factor(unit)
        assert factor is not None
        assert to_yuan(number(f"{yuan / factor:.{places}f}"), unit).value == yuan


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("5.59", "5.59", None),
        ("5.59 万元", "5.59", "万元"),
        ("¥55,900.00", "55900.00", None),
        ("人民币6万元", "6", "万元"),
        ("六万元", "6", "万元"),
        ("4.5万", "4.5", "万"),
        ("5.59（万元）", "5.59", "万元"),
    ],
)
def test_parse_amount(text: str, value: str, unit: str | None) -> None:
    amount = parse_amount(text)
    assert amount is not None
    assert (amount.number.full_value, amount.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["", "无", "95%", "5个", "预算5万元", "5万元至6万元"])
def test_what_is_no_amount(text: str) -> None:
    assert parse_amount(text) is None


def test_units_in_text() -> None:
    assert find_money_unit("金额单位:万元") == "万元"
    assert find_money_unit("2021年预算(亿元)") == "亿元"
    assert find_money_unit("二十万人") is None
    assert unit_at("64万人次", 3) == "人次"
    assert unit_at("12000平方米", 5) == "平方米"
    assert unit_at("共计", 0) is None
