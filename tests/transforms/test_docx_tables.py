"""Tables of Word documents: merged cells, nested tables, rows in controls, tables that pages part."""

from __future__ import annotations

import pytest
from document_makers import grid, header, note_lines, only_table, tables
from docx_maker import DOWN, GOES_ON, docx, p, read, span, t, tbl, tc, tr

from transforms.documents.model import NoteKind, TextBlock
from transforms.documents.reader import read_document

pytestmark = pytest.mark.unit

HEAD = tr("项目名称", "预算数", "支出数")
A, B = tr("甲经费", "5.00", "4.98"), tr("乙经费", "6.00", "6.00")
UP = "<w:r><w:lastRenderedPageBreak/></w:r>"


def test_rows_cells_and_places() -> None:
    document = read(p("一、支出情况") + p() + p("单位：万元") + tbl(HEAD, A, B) + p("完成良好。"))
    table = only_table(document)
    assert header(table) == ["项目名称", "预算数", "支出数"]
    assert grid(table) == [["甲经费", "5.00", "4.98"], ["乙经费", "6.00", "6.00"]]
    assert [row.place.line for row in table.rows] == [4, 5]
    assert document.blocks[-1].place.line == 6
    assert [caption.text for caption in table.captions] == ["单位:万元"]


def test_merged_header_cells_over_two_lines() -> None:
    upper = tr(tc("项目名称", DOWN), tc("资金情况", span(2)), tc("完成情况", DOWN))
    lower = tr(tc("", GOES_ON), "预算数", "支出数", tc("", GOES_ON))
    table = only_table(read(tbl(upper, lower, tr("甲经费", "5.00", "4.98", "完成。"))))
    assert header(table) == ["项目名称", "资金情况预算数", "资金情况支出数", "完成情况"]
    assert grid(table) == [["甲经费", "5.00", "4.98", "完成。"]]


def test_a_group_heading_over_one_column() -> None:
    upper = tr(tc("项目名称", DOWN), tc("资金情况", span(2)), tc("绩效情况"))
    lower = tr(tc("", GOES_ON), "预算数", "支出数", "完成情况")
    table = only_table(read(tbl(tr(tc("单位：万元", span(4))), upper, lower, tr("甲经费", "5.00", "4.98", "完成。"))))
    assert header(table) == ["项目名称", "资金情况预算数", "资金情况支出数", "绩效情况完成情况"]
    assert [caption.text for caption in table.captions] == ["单位:万元"]


def test_rows_that_share_name_and_figures_are_one_record() -> None:
    first = tr(tc("甲经费", DOWN), tc("5.00", DOWN), tc("4.98", DOWN), "1、开展培训；")
    second = tr(tc("", GOES_ON), tc("", GOES_ON), tc("", GOES_ON), "2、完善制度。")
    table = only_table(
        read(tbl(tr("项目名称", "预算数", "支出数", "绩效目标"), first, second, tr("乙经费", "1", "1", "无")))
    )
    assert grid(table) == [["甲经费", "5.00", "4.98", "1、开展培训;2、完善制度。"], ["乙经费", "1", "1", "无"]]
    assert table.rows[0].cells[3].raw == "1、开展培训；\n2、完善制度。"


def test_rows_that_share_a_category_only_are_rows_of_their_own() -> None:
    first = tr(tc("民生类", DOWN), "甲经费", "5.00", "4.98")
    second = tr(tc("", GOES_ON), "乙经费", "6.00", "6.00")
    table = only_table(read(tbl(tr("类别", "项目名称", "预算数", "支出数"), first, second)))
    assert grid(table) == [["民生类", "甲经费", "5.00", "4.98"], ["民生类", "乙经费", "6.00", "6.00"]]
    plan = only_table(
        read(tbl(tr("类别", "项目名称", "绩效目标"), tr(tc("民生", DOWN), "甲", "一"), tr(tc("", GOES_ON), "乙", "二")))
    )
    assert [row.cells[1].text for row in plan.rows] == ["甲", "乙"]


def test_grids_hold_merged_cells_at_each_position() -> None:
    (ruled,) = read(tbl(tr(tc("甲", DOWN), tc("乙", span(2))), tr(tc("", GOES_ON), "丙", "丁"))).grids
    assert [[cell.text for cell in row] for row in ruled.rows] == [["甲", "乙", "乙"], ["甲", "丙", "丁"]]
    assert ruled.rows[1][0] is ruled.rows[0][0]
    assert ruled.rows[0][2] is ruled.rows[0][1]
    assert (ruled.rows[1][2].place.line, ruled.rows[1][2].place.column_number) == (2, 3)


def test_columns_left_out_before_and_after_and_old_horizontal_merges() -> None:
    before = tr("乙", properties='<w:gridBefore w:val="1"/>')
    across = tr(tc("丙", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "丁")
    (ruled,) = read(tbl(tr("一", "二", "三"), before, across)).grids
    assert [[cell.text for cell in row] for row in ruled.rows] == [
        ["一", "二", "三"],
        ["", "乙", ""],
        ["丙", "丙", "丁"],
    ]


def test_rows_and_cells_inside_controls_and_tracked_rows() -> None:
    held = f"<w:sdt><w:sdtPr/><w:sdtContent>{A}</w:sdtContent></w:sdt>"
    cell = f"<w:sdt><w:sdtPr/><w:sdtContent>{tc('乙经费')}</w:sdtContent></w:sdt>"
    gone = tr("丙经费", "9", "9", properties="<w:del/>")
    gone += tr("戊经费", "8", "8", properties="<w:hidden/>")
    fresh = tr("丁经费", "7.00", "7.00", properties="<w:ins/>")
    assert grid(only_table(read(tbl(HEAD, held, tr(cell, "6.00", "6.00"), gone, fresh)))) == [
        ["甲经费", "5.00", "4.98"], ["乙经费", "6.00", "6.00"], ["丁经费", "7.00", "7.00"],
    ]  # fmt: skip


def test_lines_of_a_cell_and_tables_inside_it() -> None:
    inner = tbl(tr("子项一", "2.00"), tr("子项二", "3.00"))
    cell = tc(p("1、建设；") + p(t("2、维护") + "<w:r><w:br/></w:r>" + t("3、巡查。")) + inner + p())
    table = only_table(
        read(tbl(tr("项目名称", "预算数", "完成情况"), tr("甲经费", "5.00", cell), tr("乙经费", "6.00", "无")))
    )
    assert table.rows[0].cells[2].raw == "1、建设；\n2、维护\n3、巡查。\n子项一 2.00\n子项二 3.00"
    assert len(read(tbl(tr("项目", cell))).grids) == 1


def test_a_table_that_runs_over_pages_is_whole_and_its_rows_know_their_page() -> None:
    turned = tr(tc(p(UP + t("乙经费"))), "6.00", "6.00")
    document = read(p("一、支出情况") + tbl(HEAD, A, turned) + p("二、成效"))
    table = only_table(document)
    assert table.fragment_count == 1
    assert [row.place.page for row in table.rows] == [1, 2]
    assert document.blocks[-1].place.page == 2


@pytest.mark.parametrize("between", ["", p(), p() * 3, p('<w:r><w:br w:type="page"/></w:r>')])
@pytest.mark.parametrize("repeated", ["", HEAD])
def test_tables_parted_at_a_page_are_one(between: str, repeated: str) -> None:
    table = only_table(read(tbl(HEAD, A, A.replace("甲", "丙")) + between + tbl(repeated, B)))
    assert [row.cells[0].text for row in table.rows] == ["甲经费", "丙经费", "乙经费"]
    assert table.fragment_count == 2


def test_tables_with_headers_of_their_own_stay_apart() -> None:
    second = tbl(tr("指标名称", "目标值", "完成值"), tr("培训人数", "10", "12"))
    assert len(tables(read(tbl(HEAD, A, B) + p() + second))) == 2


def test_rows_of_dashes_and_empty_rows_are_junk() -> None:
    document = read(tbl(HEAD, A, tr("-----", "----", "-----"), tr("", "", ""), B))
    assert [row.cells[0].text for row in only_table(document).rows] == ["甲经费", "乙经费"]
    assert note_lines(document, NoteKind.JUNK_ROW) == [3, 4]


def test_a_field_and_value_table_is_turned() -> None:
    block = tbl(tr("项目名称", "甲经费"), tr("预算金额", "5.00"), tr("支出数", "4.98"), tr("完成情况", "完成。"))
    assert header(only_table(read(block))) == ["项目名称", "预算金额", "支出数", "完成情况"]


def test_the_content_decides_not_the_name() -> None:
    assert read_document(docx(tbl(HEAD, A)), "报告.txt").grids


def cell(*content: str) -> str:
    return f"<w:tc>{''.join(content)}{p()}</w:tc>"


def test_tables_side_by_side_in_a_frame_without_lines_are_tables_of_their_own() -> None:
    left, right = tbl(HEAD, A, B), tbl(HEAD, tr("丙经费", "7.00", "6.50"), tr("丁经费", "8.00", "8.00"))
    found = tables(
        read(p("一、支出情况") + tbl(tr(cell(p("表1 甲类"), left), cell(p("表2 乙类"), right))) + p("完成良好。"))
    )
    assert [[row[0] for row in grid(table)] for table in found] == [["甲经费", "乙经费"], ["丙经费", "丁经费"]]
    assert [header(table) for table in found] == [["项目名称", "预算数", "支出数"]] * 2


def test_a_table_inside_a_larger_one_stands_among_its_texts() -> None:
    inside = tbl(HEAD, A, B, tr("丙经费", "7.00", "6.50"))
    rows = (
        tr("工作内容", "三项经费。"),
        tr(cell(p("明细"), p("（单位：万元）")), cell(inside)),
        tr("效果", "均已完成。"),
    )
    document = read(p("一、支出情况") + tbl(*rows) + p("完成良好。"))
    table = only_table(document)
    assert [row[0] for row in grid(table)] == ["甲经费", "乙经费", "丙经费"]
    assert "单位:万元" in table.captions[-1].text
    assert [block.text for block in document.blocks if hasattr(block, "text")][-2:] == ["效果均已完成。", "完成良好。"]


def test_a_small_table_inside_a_cell_is_text_of_the_cell() -> None:
    inside = tbl(tr("一", "二"), tr("三", "四"))
    last = tr("丙经费", "7.00", cell(p("6.50"), inside))
    table = only_table(read(tbl(HEAD, A, B, last)))
    assert grid(table)[2][:2] == ["丙经费", "7.00"]


def test_sections_written_into_a_table_are_text_and_the_tables_in_them_tables() -> None:
    long = "本部门负责辖区公共管理和公共服务，全年各项工作按计划推进，年初确定的任务均已完成。"
    rows = (
        tr("一、部门概况", tc(p(long) + p("年末在岗50人。"))),
        tr("二、项目完成情况", tc(p("单位：万元") + tbl(HEAD, A, B))),
        tr("三、存在的问题", tc(p(long) + p("（二）资料归集慢。"))),
    )
    document = read(tbl(*rows))
    table = only_table(document)
    assert (header(table), grid(table)) == (
        ["项目名称", "预算数", "支出数"],
        [["甲经费", "5.00", "4.98"], ["乙经费", "6.00", "6.00"]],
    )
    said = [block.raw for block in document.blocks if isinstance(block, TextBlock)]
    assert said == [
        *("一、部门概况", long, "年末在岗50人。"),
        *("二、项目完成情况", "单位：万元"),
        *("三、存在的问题", long, "（二）资料归集慢。"),
    ]


@pytest.mark.parametrize("label", ["甲经费", "一、甲", "（一）甲经费"])
def test_rows_of_names_and_figures_are_no_sections(label: str) -> None:
    rows = [tr(label, "300.00") for _ in range(4)]
    assert len(only_table(read(tbl(tr("项目名称", "预算数（万元）"), *rows))).rows) == 4
