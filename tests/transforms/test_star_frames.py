"""Rounding, shares, and figures that no table can hold."""

from decimal import Decimal

import polars as pl
import pytest

from transforms.star.frames import rounded, share, whole_number
from warehouse.registry import table

pytestmark = pytest.mark.unit


def decimals(*texts):
    return pl.DataFrame({"v": [text and Decimal(text) for text in texts]}, schema={"v": pl.Decimal(38, 8)})


def test_rounding_is_half_away_from_zero():
    assert decimals("0.125", "-0.005", "0.004", None).select(rounded("v", 2))["v"].to_list() == [
        Decimal("0.13"),
        Decimal("-0.01"),
        Decimal("0.00"),
        None,
    ]


def test_a_share_of_nothing_is_empty():
    frame = pl.DataFrame({"part": [Decimal("1"), Decimal("1")], "whole": [Decimal("3"), Decimal("0")]})
    assert frame.select(x=share("part", "whole"))["x"].to_list() == [Decimal("0.333333"), None]


@pytest.mark.parametrize(("kind", "scale"), [("money", 2), ("quantity", 4)])
def test_an_absurd_figure_is_held_beyond_the_range_of_every_contract(kind, scale):
    held = decimals("69000000000000000000000").select(rounded("v", scale))["v"].item()
    name, column = {
        "money": ("core.fact_project_spending", "budget_yuan"),
        "quantity": ("core.fact_achievement", "value"),
    }[kind]
    maximum = table(name).column(column).maximum
    assert maximum is not None
    assert held > maximum


def test_an_absurd_headcount_is_held_beyond_the_range_of_its_contract():
    held = decimals("75000000000").select(whole_number("v"))["v"].item()
    assert held > table("core.fact_headcount").column("people").maximum
