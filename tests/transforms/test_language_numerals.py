"""Numbers as printed: read whole, found in sentences, and rendered in any style read back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.language.numerals import Number, find_numbers, parse_number
from transforms.language.text import normalise

pytestmark = pytest.mark.unit

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A number below 10**8 in Chinese characters."""
    if number >= 10**4:
        rest = number % 10**4
        gap = "零" if 0 < rest < 1000 else ""
        return f"{chinese(number // 10**4)}万{gap}{chinese(rest) if rest else ''}"
    text, has_gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if has_gap and text else "") + _DIGITS[digit] + name
            has_gap = False
        else:
            has_gap = True
    return text or "零"


@pytest.mark.parametrize(
    ("text", "value", "quantum"),
    [
        ("24,957.99", "24957.99", "0.01"),
        ("２４，９５７．９９", "24957.99", "0.01"),
        ("24 957.99", "24957.99", "0.01"),
        ("249 57.99", "24957.99", "0.01"),
        ("24, 957.99", "24957.99", "0.01"),
        ("¥1,234", "1234", "1"),
        ("-5.00", "-5.00", "0.01"),
        ("－５", "-5", "1"),
        ("+872.69", "872.69", "0.01"),
        ("4.5万", "45000", "1000"),
        ("1.2亿", "120000000", "10000000"),
        ("3万5千", "35000", "1000"),
        ("四", "4", "1"),
        ("两", "2", "1"),
        ("十二万", "120000", "10000"),
        ("一千二百", "1200", "1"),
        ("一百二十三", "123", "1"),
        ("一百零五", "105", "1"),
        ("一百二", "120", "1"),
        ("三万五", "35000", "1"),
        ("二〇二一", "2021", "1"),
        ("五点五", "5.5", "0.1"),
        ("壹拾贰万叁仟", "123000", "1"),
    ],
)
def test_parse_number(text: str, value: str, quantum: str) -> None:
    number = parse_number(text)
    assert number is not None
    assert (number.value, number.quantum) == (Decimal(value), Decimal(quantum))
    assert not number.is_percent


@pytest.mark.parametrize(
    ("text", "value"), [("100.0%", "100.0"), ("１００％", "100"), ("百分之九十五", "95"), ("百分之95.5", "95.5")]
)
def test_percentages_stay_in_hundredths(text: str, value: str) -> None:
    number = parse_number(text)
    assert number is not None
    assert number.value == Decimal(value)
    assert number.is_percent


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "12 34",
        "5.59 5.59",
        "1.2.3",
        "1,23",
        "5.59万元",
        "百",
        "万",
        "十四五",
        "-",
        ".",
        "1e5",
        "约5",
        "5个",
        "9" * 40,
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


def found(sentence: str) -> list[tuple[Decimal, str, str, str]]:
    """(value, scale, qualifier, what it counts) of each number."""
    text = normalise(sentence)
    return [(n.value, n.scale, n.qualifier, text[n.tail : n.tail + 2]) for n in find_numbers(text)]


def test_scale_words_are_told_from_units() -> None:
    assert found("核酸检测共计 64 万人次") == [(Decimal(64), "万", "", "人次")]
    assert found("拆除6.1万平方米") == [(Decimal("6.1"), "万", "", "平方")]
    assert found("投入235万元") == [(Decimal(235), "万", "", "元")]
    assert found("长2000千米、3个百分点") == [(Decimal(2000), "", "", "千米"), (Decimal(3), "", "", "个百")]


def test_qualifiers_behind_the_figure() -> None:
    assert found("清理小广告 24 万余张") == [(Decimal(24), "万", "余", "张")]
    assert found("清理垃圾 6000 多吨") == [(Decimal(6000), "", "多", "吨")]
    assert found("惠及二十余万人") == [(Decimal(20), "万", "余", "人")]


def test_compound_figures_are_one_number() -> None:
    (number,) = find_numbers("总额1亿2345.6万元")
    assert number.full_value == Decimal(123456000)
    assert number.full_quantum == Decimal(1000)
    assert number.text == "1亿2345.6"


def test_offsets_cover_what_is_printed() -> None:
    text = "完成四轮,入户率百分之九十五,共1,234.50元"
    spans = [text[number.start : number.end] for number in find_numbers(text)]
    assert spans == ["四", "百分之九十五", "1,234.50"]


@pytest.mark.parametrize(
    "text", ["十四五规划", "三分之一", "千分之三", "1.2.3节", "2021.12.31", "A4纸", "COVID-19", "数十人", "几百人"]
)
def test_what_is_passed_over(text: str) -> None:
    assert find_numbers(text) == []


def test_neighbours_are_not_run_together() -> None:
    values = [number.value for number in find_numbers("1000,2000和12,300、2019-2020年,同比-5.2%")]
    assert values == [Decimal(value) for value in ("1000", "2000", "12300", "2019", "2020", "-5.2")]


def test_chinese_numerals_can_be_left_out() -> None:
    assert [number.value for number in find_numbers("四轮,5次", chinese=False)] == [Decimal(5)]


@given(st.integers(0, 10**8 - 1))
def test_chinese_numerals_read_back(number: int) -> None:
    read = parse_number(chinese(number))
    assert read is not None
    assert read.value == number


FIGURES = st.decimals(min_value=0, max_value=10**10, places=2, allow_nan=False)


def _blank_groups(value: Decimal) -> str:
    return f"{value:,}".replace(",", " ")


def _full_width(value: Decimal) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c in "0123456789.," else c for c in f"{value:,}")


@given(FIGURES, st.sampled_from([str, "{:,}".format, _blank_groups, _full_width]))
def test_every_style_reads_back(value: Decimal, style: object) -> None:
    read = parse_number(style(value))  # type: ignore[operator]
    assert read is not None
    assert read.value == value
    assert read.quantum == Decimal("0.01")


@given(FIGURES, st.sampled_from(["预算{}万元", "共{}个,", "为{}。", "({})"]))
def test_a_figure_is_found_in_any_sentence(value: Decimal, sentence: str) -> None:
    text = sentence.format(f"{value:,}")
    (number,) = find_numbers(text)
    assert number.value == value
    assert text[number.start : number.end] == f"{value:,}"


@given(st.text(alphabet="0123456789,. -+万亿千百十一二零点分之%余多几个", max_size=40))
def test_offsets_are_in_order_whatever_the_text(text: str) -> None:
    end = 0
    for number in find_numbers(normalise(text)):
        assert isinstance(number, Number)
        assert end <= number.start < number.end <= number.tail <= len(text)
        end = number.end


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("总额62,380. 46万元", ["62380.46"]),
        ("总额62380. 46 元", ["62380.46"]),
        ("12. 46万元", ["12", "46"]),
        ("第380. 46项", ["380", "46"]),
    ],
)
def test_a_blank_behind_the_point_breaks_no_amount(text, values):
    assert [str(number.value) for number in find_numbers(text)] == values
