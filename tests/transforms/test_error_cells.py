"""Cells of any medium that show why a formula gave no figure: noted as in a workbook, once each."""

from __future__ import annotations

import pytest
from docx_maker import docx, p, tbl, tr
from sheet_makers import changed, workbook

from transforms.documents.model import NoteKind
from transforms.documents.reader import read_document

pytestmark = pytest.mark.unit

HEAD = ("项目名称", "预算数", "支出数")


def noted(content: bytes) -> list[tuple[NoteKind, str, int | None]]:
    return [(note.kind, note.detail, note.place.column_number) for note in read_document(content, "自评表").notes]


@pytest.mark.parametrize("shown", ["#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#N/A", "#未计算", "Err:502"])
def test_what_a_table_shows_in_place_of_a_figure_is_noted(shown: str) -> None:
    expected = [(NoteKind.ERROR_CELL, shown, 3)]
    assert noted(docx(tbl(tr(*HEAD), tr("甲经费", "5.00", shown), tr("乙经费", "5.00", "4.00")))) == expected
    page = "<p>青云镇2022年自评报告</p><table><tr><td>项目名称<td>预算数<td>支出数<tr><td>甲经费<td>5<td>{}</table>"
    assert noted(page.format(shown).encode()) == expected
    text = f"青云镇2022年自评报告\n\n|项目名称|预算数|支出数|\n|---|---|---|\n|甲经费|5|{shown}|\n|乙经费|5|4|\n"
    assert noted(text.encode()) == expected


def test_words_that_only_hold_such_signs_are_none() -> None:
    assert noted(docx(p("支出数为#REF!的已改正。") + tbl(tr(*HEAD), tr("#1楼维修", "5.00", "N/A")))) == []


def test_a_cell_of_a_workbook_is_noted_once() -> None:
    content = workbook([list(HEAD), ["甲经费", 5, "=1/0"], ["乙经费", 5, "#N/A"], ["丙经费", 5, 4]])
    content = changed(content, "xl/worksheets/sheet1.xml", r'<c r="C2"><f>1/0</f><v>0</v>', '<c r="C2"><f>1/0</f>')
    assert noted(content) == [(NoteKind.FORMULA_WITHOUT_RESULT, "=1/0", 3), (NoteKind.ERROR_CELL, "#N/A", 3)]
