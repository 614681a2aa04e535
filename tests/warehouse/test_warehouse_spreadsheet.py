"""Workbooks: what is written is read back by another library, and nothing in it runs."""

from decimal import Decimal
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from warehouse.publication.spreadsheet import write_workbook

pytestmark = pytest.mark.unit


def test_text_that_looks_like_a_formula_or_an_address_stays_text(tmp_path) -> None:
    hostile = ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "http://a.example/", "mailto:a@b", "00012"]
    write_workbook(tmp_path / "book.xlsx", "清单", [{"text": text} for text in hostile], {"text": "文字"}, ["说明"])
    rows = CalamineWorkbook.from_path(tmp_path / "book.xlsx").get_sheet_by_name("清单").to_python()
    assert rows == [["文字"], *([text] for text in hostile)]
    with ZipFile(tmp_path / "book.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_numbers_keep_their_digits(tmp_path) -> None:
    row = {
        "count": 12,
        "key": 9_007_199_254_740_993,
        "money": Decimal("24957.99"),
        "much": Decimal("9007199254740993.01"),
    }
    row["nothing"] = None
    write_workbook(tmp_path / "book.xlsx", "数", [row], {name: name for name in row}, ["一", "二"])
    book = CalamineWorkbook.from_path(tmp_path / "book.xlsx")
    assert book.get_sheet_by_name("数").to_python()[1] == [12, "9007199254740993", 24957.99, "9007199254740993.01", ""]
    assert book.get_sheet_by_name("说明").to_python() == [["一"], ["二"]]
