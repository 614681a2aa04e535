"""The normalised copy: what becomes of characters and blanks, and the way back to the raw text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.language.text import normalise, normalise_all, raw_offsets, raw_span

pytestmark = pytest.mark.unit

MIXED = st.text(alphabet="预算绩效ａＢ１２9Az　 \t\n\u200b（），。：％①⼈⺠≧“-．", max_size=60)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("２０２１ 年 部门 预算", "2021年部门预算"),
        ("２４，９５７．９９万元", "24,957.99万元"),
        ("24 957.99", "24 957.99"),
        ("LED 屏 幕  No  5", "LED屏幕No 5"),
        ("（一） 部门概况", "(一)部门概况"),
        ("满意度≧８０％；", "满意度≥80%;"),
        ("⼈⼯⺠⻅", "人工民见"),
        ("①做好。、“引”《书》", "①做好。、“引”《书》"),
        ("「引」﹙一﹚〜３", "“引”(一)~3"),
        ("合　计\u200b\ufeff", "合计"),
        ("1. 2021 年", "1. 2021年"),
        ("第一行\n第二行\t完", "第一行第二行完"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_normalise(raw: str, text: str) -> None:
    assert normalise(raw) == text


def test_circled_digits_and_percent_survive_where_nfkc_would_ruin_them() -> None:
    assert normalise("①⑳㈠") == "①⑳㈠"


@given(MIXED)
def test_normalising_twice_changes_nothing(raw: str) -> None:
    assert normalise(normalise(raw)) == normalise(raw)


@given(st.lists(MIXED))
def test_many_texts_are_normalised_together_as_each_alone(raws: list[str]) -> None:
    assert normalise_all(raws) == [normalise(raw) for raw in raws]


@given(MIXED)
def test_every_character_has_its_place_in_the_raw_text(raw: str) -> None:
    text, offsets = normalise(raw), raw_offsets(raw)
    assert len(offsets) == len(text)
    assert offsets == sorted(set(offsets))
    assert all(normalise(raw[offset]) in (character, "") for character, offset in zip(text, offsets, strict=True))


@given(MIXED, st.data())
def test_a_raw_span_normalises_to_its_span(raw: str, data: st.DataObject) -> None:
    text = normalise(raw)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert normalise(raw_span(raw, start, end)) == text[start:end].strip()


def test_raw_span_keeps_what_was_printed() -> None:
    raw = "预算 ２４，９５７．９９ 万元"
    text = normalise(raw)
    start = text.index("24,957.99")
    assert raw_span(raw, start, start + 9) == "２４，９５７．９９"
    assert raw_span(raw, 3, 3) == ""


@pytest.mark.parametrize("variant", "，；：（）")
def test_the_commonest_variants_become_what_others_of_their_range_do(variant: str) -> None:
    assert normalise(f"甲{variant}乙") == f"甲{unicodedata.normalize('NFKC', variant)}乙"
