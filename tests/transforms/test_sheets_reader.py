"""Workbooks -> documents: cells, merged ranges, sheets, formulas, and what is refused."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.transforms.document_makers import grid, header, only_table, tables, texts
from tests.transforms.sheet_makers import changed, old_workbook, workbook
from transforms.documents.model import Document, NoteKind, Place, Unreadable
from transforms.documents.reader import read_document

pytestmark = pytest.mark.unit

LIST = [
    ["青云镇2022年项目支出明细表"],
    ["单位：万元"],
    ["项目名称", "预算数", "支出数"],
    ["道路养护", 12.5, (12.5, "0.00")],
    ["环卫保洁", 8, 7.5],
]
SHEET = "xl/worksheets/sheet1.xml"


def read(content: bytes) -> Document:
    return read_document(content, "自评.xlsx")


def notes(document: Document, kind: NoteKind) -> list[tuple[Place, str]]:
    return [(note.place, note.detail) for note in document.notes if note.kind is kind]


def test_a_list_in_a_sheet_is_a_table_like_any_other() -> None:
    document = read(workbook(LIST, merged={0: ["A1:C1"]}))
    table = only_table(document)
    assert header(table) == ["项目名称", "预算数", "支出数"]
    assert grid(table) == [["道路养护", "12.5", "12.50"], ["环卫保洁", "8", "7.5"]]
    assert [caption.text for caption in table.captions] == ["青云镇2022年项目支出明细表", "单位:万元"]
    assert texts(document)[0] == "青云镇2022年项目支出明细表"
    assert table.rows[1].cells[2].place == Place(1, 5, 1, 2, 3)
    assert document.media_type.endswith("spreadsheetml.sheet")


def test_rows_that_share_name_and_amounts_are_one_record() -> None:
    rows = [
        ["项目名称", "预算数", "支出数", "完成情况"],
        ["道路养护", 12.5, 12.5, "修复路面"],
        [None] * 3 + ["更换井盖"],
        ["环卫", 8, 7.5, "完成"],
    ]
    table = only_table(read(workbook(rows, merged={0: ["A2:A3", "B2:B3", "C2:C3"]})))
    assert [row.cells[0].text for row in table.rows] == ["道路养护", "环卫"]
    assert "更换井盖" in table.rows[0].cells[3].text


def test_labels_above_a_list_are_text() -> None:
    heads = [["青云镇2022年项目支出明细表"], ["填报单位：青云镇人民政府", None, None, "单位：万元"]]
    rows = [["序号", "项目名称", "预算数", "支出数"], [1, "道路养护", 12.5, 12.5], [2, "环卫保洁", 8, 7.5]]
    document = read(workbook([*heads, *rows]))
    table = only_table(document)
    assert header(table) == ["序号", "项目名称", "预算数", "支出数"]
    assert [caption.text for caption in table.captions][-1] == "单位:万元"
    assert "填报单位:青云镇人民政府" in texts(document)


def test_columns_count_as_the_sheet_counts_them() -> None:
    document = read(workbook([["", *row] for row in [[], *LIST]]))
    assert only_table(document).rows[0].cells[1].place == Place(1, 5, 1, 1, 3)
    assert document.grids[0].rows[3][1].place == Place(1, 5, column_number=3)


def test_merged_positions_share_one_cell() -> None:
    document = read(workbook([["标题"], ["一级", "二级"], [None, "三级"]], merged={0: ["A1:B1", "A2:A3"]}))
    rows = document.grids[0].rows
    assert rows[0][0] is rows[0][1]
    assert rows[1][0] is rows[2][0]
    assert rows[2][0].text == "一级"
    assert rows[2][0].place == Place(1, 2, column_number=1)


def test_sheets_are_pages_and_their_tables_are_apart() -> None:
    document = read(workbook(LIST, [], LIST, names=["计划", "空表", "完成"]))
    assert [table.number for table in tables(document)] == [1, 2]
    assert [table.place.page for table in tables(document)] == [1, 3]
    assert [(each.number, each.title) for each in document.grids] == [(1, "计划"), (2, "完成")]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_no_part_of_the_submission(state: str) -> None:
    content = workbook([["底稿", "数"], ["甲", 1]], LIST, names=["底稿", "明细"])
    document = read(changed(content, "xl/workbook.xml", 'name="底稿"', f'name="底稿" state="{state}"'))
    assert [each.title for each in document.grids] == ["明细"]
    assert document.grids[0].place.page == 2
    assert notes(document, NoteKind.HIDDEN_SHEET) == [(Place(1), "底稿")]


def test_hidden_rows_are_read_and_noted() -> None:
    document = read(changed(workbook(LIST), SHEET, '<row r="4"', '<row r="4" hidden="1"'))
    assert grid(only_table(document))[0][0] == "道路养护"
    assert notes(document, NoteKind.HIDDEN_CELLS) == [(Place(1, 4, column_number=1), "行 4")]


def test_a_formula_counts_by_its_result_and_without_one_it_is_no_figure() -> None:
    with_result = changed(workbook(LIST), SHEET, '(<c r="B4")><v>', r"\1><f>B5*2</f><v>")
    assert grid(only_table(read(with_result)))[0][1] == "12.5"
    without = changed(workbook(LIST), SHEET, '(<c r="B4")><v>12.5</v>', r"\1><f>B5*2</f>")
    document = read(without)
    assert grid(only_table(document))[0][1] == "#未计算"
    assert notes(document, NoteKind.FORMULA_WITHOUT_RESULT) == [(Place(1, 4, column_number=2), "=B5*2")]


def test_an_error_is_shown_and_noted() -> None:
    document = read(changed(workbook(LIST), SHEET, '(<c r="B4")><v>12.5', r'\1 t="e"><v>#DIV/0!'))
    assert grid(only_table(document))[0][1] == "#DIV/0!"
    assert notes(document, NoteKind.ERROR_CELL) == [(Place(1, 4, column_number=2), "#DIV/0!")]


def test_rich_text_is_read_without_readings_and_line_breaks_stay() -> None:
    item = (
        "<si><r><t>道路</t></r><r><rPr><b/></rPr><t>养护_x000D_\n二期</t></r><rPh sb='0' eb='1'><t>daolu</t></rPh></si>"
    )
    document = read(changed(workbook(LIST), "xl/sharedStrings.xml", "<si><t>道路养护</t></si>", item))
    assert document.grids[0].rows[3][0].raw == "道路养护\n二期"


def test_cells_without_references_stand_in_their_order() -> None:
    content = changed(workbook([["项目名称", "预算数"], ["甲", 5]]), SHEET, ' r="A2"', "")
    assert read(changed(content, SHEET, ' r="B2"', "")).grids[0].rows[1][1].text == "5"


def test_an_old_workbook_reads_as_a_new_one() -> None:
    rows = [*LIST, ["执行率", (0.95, "0.00%"), (44286, 'yyyy"年"m"月"')]]
    document = read(old_workbook(rows, merged=["A1:C1"], hidden=True))
    first, *_, last = document.grids[0].rows
    assert first[0] is first[2]
    assert [cell.text for cell in last] == ["执行率", "95.00%", "2021年3月"]
    assert grid(only_table(document))[0] == ["道路养护", "12.5", "12.50"]
    assert notes(document, NoteKind.HIDDEN_SHEET) == [(Place(2), "底稿")]
    assert document.media_type == "application/vnd.ms-excel"


def refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(content)
    assert caught.value.message.endswith("。")
    return caught.value.detail.split(":")[0]


def test_a_sheet_with_cells_worlds_apart_is_refused_at_once() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    assert refused(changed(workbook(LIST), SHEET, "</sheetData>", far)) == "sheet_too_large"


def test_formats_of_far_cells_cost_nothing() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    assert len(read(changed(workbook(LIST), SHEET, "</sheetData>", far)).grids[0].rows) == 5


def test_what_cannot_be_read_is_refused_with_its_reason() -> None:
    content = workbook(LIST)
    assert refused(content[:3000]) == "xlsx_damaged"
    assert refused(changed(content, SHEET, "</sheetData>", "")) == "xlsx_damaged"
    assert refused(changed(content, SHEET, "<worksheet", "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet")) == "forbidden_dtd"
    assert refused(workbook([])) == "empty_workbook"
    assert refused(changed(content, SHEET, "<v>12.5</v>", "<v>1x</v>")) == "xlsx_damaged"
    assert refused(changed(content, SHEET, "<v>12.5</v>", "<v>1e999</v>")) == "xlsx_damaged"
    assert refused(changed(content, SHEET, '<row r="4"', '<row r="-4"')) == "xlsx_damaged"
    old = old_workbook(LIST)
    assert refused(old[:512] + bytes(64) + old[576:]) == "xlsx_damaged"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")) == "encrypted"


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as out:
        out.writestr("xl/workbook.xml", b"0" * 101_000_000)
    assert refused(bomb.getvalue()) == "unpacks_too_large"


@pytest.mark.parametrize(
    ("stored", "shown", "errors"),
    [
        (' t="e"><f>12公里</f><v>#NAME?</v>', "=12公里", 0),
        ("><f>3,000人次</f>", "=3,000人次", 0),
        ("><f>95.5%</f><v>0.955</v>", "=95.5%", 0),
        (' t="e"><f>A1+1公里</f><v>#NAME?</v>', "#NAME?", 1),
        (' t="e"><f>B5*2</f><v>#REF!</v>', "#REF!", 1),
    ],
)
def test_a_value_behind_an_equals_sign_is_no_formula(stored: str, shown: str, errors: int) -> None:
    document = read(changed(workbook(LIST), SHEET, '(<c r="B4")><v>12.5</v>', rf"\1{stored}"))
    assert grid(only_table(document))[0][1] == shown
    assert len(notes(document, NoteKind.ERROR_CELL)) == errors
    assert notes(document, NoteKind.FORMULA_WITHOUT_RESULT) == []


def test_sections_in_a_sheet_are_text_and_the_list_below_them_a_table() -> None:
    long = "本部门负责辖区公共管理和公共服务，全年各项工作按计划推进，年初确定的任务均已完成。"
    sections = [[f"{number}、部门情况", long] for number in "一二三"]
    document = read(
        workbook([*sections, ["四、明细（单位：万元）"], ["项目名称", "预算数", "支出数"], ["甲经费", 5, 4]])
    )
    assert header(only_table(document)) == ["项目名称", "预算数", "支出数"]
    assert sum("部门情况" in text for text in texts(document)) == 3
