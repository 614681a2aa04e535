"""Sentences: formats, missing values, and texts from reports that look like templates."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.templates import LONGEST, parse_template, rendered

pytestmark = pytest.mark.unit


def filled(template: str, **values: object) -> str:
    kinds = {name: pl.Decimal(38, 8) for name, value in values.items() if isinstance(value, Decimal)}
    frame = pl.DataFrame({name: [value] for name, value in values.items()}, schema_overrides=kinds)
    return str(frame.select(rendered(parse_template(template), frame.schema)).item())


@pytest.mark.parametrize(
    ("template", "value", "expected"),
    [
        ("{x:wan}", Decimal("249579900.00"), "24957.99万元"),
        ("{x:wan}", Decimal("-30"), "-0.003万元"),
        ("{x:wan}", Decimal(0), "0万元"),
        ("{x:percent}", Decimal("0.983333333"), "98.3333%"),
        ("{x:percent}", Decimal(1), "100%"),
        ("{x:share}", Decimal("0.23264"), "23.26%"),
        ("{x:share}", Decimal("0.00005"), "0.01%"),
        ("{x:times}", Decimal("21.697978"), "21.7"),
        ("{x:times}", Decimal("10000"), "10000"),
        ("{x:times}", Decimal("0.000101"), "0.000101"),
        ("{x:chinese}", 13, "十三"),
        ("{x:chinese}", 20, "二十"),
        ("{x}", Decimal("100.00000000"), "100"),
        ("{x}", 7, "7"),
        ("{x}", ["甲", "乙"], "甲、乙"),
        ("{x}", [], "未写明"),
        ("共{x}项", None, "共未写明项"),
    ],
)
def test_formats(template: str, value: object, expected: str) -> None:
    assert filled(template, x=value) == expected


def test_long_texts_are_shortened_in_sentences_only() -> None:
    assert filled("“{x}”", x="长" * 200) == "“" + "长" * LONGEST + "……”"


@settings(deadline=None)
@given(st.text(st.sampled_from("{}0:x%s$\\甲"), max_size=20))
def test_a_text_from_a_report_stands_as_it_is(text: str) -> None:
    assert filled("“{x}”与“{y}”", x=text, y="{x}") == f"“{text}”与“{{x}}”"


@pytest.mark.parametrize("template", ["{", "}", "{x", "{0}", "{X}", "{x!r}", "{x:nothing}"])
def test_a_wrong_template_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match="模板"):
        parse_template(template)
