"""Figures of spreadsheets as text."""

from __future__ import annotations

import pytest

from transforms.documents.sheets.number_formats import built_in, figure_text, parse_format

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (5.59, "", "5.59"),
        (0.1 + 0.2, "", "0.3"),
        (5, "0.00", "5.00"),
        (5.592, "0.00", "5.592"),
        (24957.99, "#,##0.00", "24,957.99"),
        (24957.99, "#,##0.00_ ;[Red]-#,##0.00\\ ", "24,957.99"),
        (-5.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-5.50"),
        (0.95, "0%", "95%"),
        (0.95, "0.00%", "95.00%"),
        (2 / 3, "0.00%", "66.67%"),
        (2 / 3, "0.00", "0.67"),
        (2 / 3, "", "0.66666667"),
        (1e15, "", "1000000000000000"),
        (5, '0.00"万元"', "5.00万元"),
        (90, '"≥"0"%"', "≥90%"),
        (5, "[$¥-804]#,##0.00", "¥5.00"),
        (1234567, '0!.0,"万"', "1234567"),
        (1234567, "#,##0,", "1234567"),
        (0.5, "# ?/?", "0.5"),
        (44286, "yyyy/m/d", "2021-03-31"),
        (44286, 'yyyy"年"m"月"d"日"', "2021年3月31日"),
        (44286, 'yyyy"年"', "2021年"),
        (44286.5, "yyyy/m/d h:mm", "2021-03-31 12:00"),
        (0.25, "h:mm", "06:00"),
        (2021, "@", "2021"),
    ],
)
def test_a_figure_is_what_its_sheet_shows_and_never_less(value: float, code: str, text: str) -> None:
    assert figure_text(value, parse_format(code)) == text


def test_formats_known_by_number_and_the_other_calendar() -> None:
    assert figure_text(0.955, parse_format(built_in(10))) == "95.50%"
    assert figure_text(42824, parse_format(built_in(14)), is_1904=True) == "2021-03-31"
    assert built_in(0) == ""
