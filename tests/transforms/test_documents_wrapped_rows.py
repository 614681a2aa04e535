"""Tables aligned by blanks whose cells are wrapped within their columns."""

from __future__ import annotations

import pytest

from tests.transforms.aligned_maker import laid_out
from tests.transforms.document_makers import grid, header, only_table, read, tables, texts
from transforms.documents.model import Table

HEAD = ["序号", "项目名称", "预算数", "支出数", "绩效目标", "完成情况"]
WIDTHS = [4, 16, 9, 9, 20, 22]
ROWS = [
    [
        "1",
        "镇域水环境巡查与管护工作经费",
        "386.00",
        "386.00",
        "巡查河涌。",
        "巡查河涌46次，清理漂浮物12.5吨，未发生污染。",
    ],
    ["2", "消防经费", "1,205.00", "1,180.40", "保障人员与装备。", "出警58次。"],
    ["3", "村级议事厅“阳光行动”整治经费", "42.50", "40.00", "整修议事厅9处。", "整修议事厅9处。"],
    ["4", "社区养老服务站（含日间照料中心）运营项目", "300.00", "291.66", "运营服务站3个，服务2600人次。", "运营3个。"],
    ["5", "禁毒宣传活动经费", "18.00", "17.20", "开展宣传。", "开展宣传22场，发放资料8600份。"],
]
SUM = ["", "合计", "1,951.50", "1,915.26", "", ""]
DASHES = "-" * 100 + "\n"
DRAWN = "─" * 50 + "\n"


def plain(rows: list[list[str]]) -> list[list[str]]:
    signs = str.maketrans("，（）", ",()")
    return [[cell.translate(signs).replace("\n", "") for cell in row] for row in rows]


def table_of(text: str) -> Table:
    return only_table(read(f"二、项目完成情况\n\n{text}\n以上项目均已验收。\n"))


@pytest.mark.parametrize("align", ["top", "middle", "bottom"])
@pytest.mark.parametrize("between", ["", "\n", DASHES, DRAWN])
@pytest.mark.parametrize("indent", [0, 4])
@pytest.mark.parametrize("centred", [(), (1,)])
@pytest.mark.parametrize("first", [0, 1])
def test_cells_wrapped_within_their_columns(
    align: str, between: str, indent: int, centred: tuple[int, ...], first: int
) -> None:
    rows = [row[first:] for row in (HEAD, *ROWS, SUM)]
    centred = tuple(column - first for column in centred)
    text = laid_out(rows, WIDTHS[first:], align=align, between=between, indent=indent, centred=centred)
    table = table_of(text if between in ("", "\n") else between + text + between)
    assert header(table) == HEAD[first:]
    assert grid(table) == plain(rows[1:])
    assert table.fragment_count == 1


@pytest.mark.parametrize("align", ["top", "middle"])
@pytest.mark.parametrize("between", ["", "\n"])
def test_departments_said_once_before_their_rows(align: str, between: str) -> None:
    owners = ["党政综合办公室", "", "城市建设与农业农村办公室", "", ""]
    rows = [[owner, *row[1:]] for owner, row in zip(owners, ROWS, strict=True)]
    text = laid_out([["责任科室", *HEAD[1:]], *rows], [16, *WIDTHS[1:]], align=align, between=between)
    assert grid(table_of(text)) == plain(rows)


def test_a_row_begins_at_its_first_line_and_keeps_line_breaks() -> None:
    table = table_of(laid_out([HEAD, *ROWS], WIDTHS, align="middle", between="\n"))
    assert [row.place.line for row in table.rows][:3] == [5, 8, 10]
    assert table.rows[0].cells[1].raw == "镇域水环境巡查与\n管护工作经费"


def test_a_figure_cut_at_the_edge_is_whole() -> None:
    text = (
        "序号  项目名称    预算数  完成情况\n"
        "1     甲经费        5.00  清理淤泥总计112.\n"
        "                          5万吨。\n"
        "2     乙专项工作    6.00  完成验收一二三四\n"
        "      经费                五六场。\n"
    )
    assert [row[-1] for row in grid(table_of(text))] == ["清理淤泥总计112.5万吨。", "完成验收一二三四五六场。"]


def test_lists_within_cells_between_rules() -> None:
    rows = [[*row[:4], "1.第一项；\n2.第二项。", "1.已完成；\n2.已完成；\n3.另加一项。"] for row in ROWS]
    text = laid_out([HEAD, *rows], WIDTHS, align="middle", between=DASHES)
    assert [row[:4] for row in grid(table_of(text))] == plain([row[:4] for row in rows])
    assert {row[5].replace("；", ";") for row in grid(table_of(text))} == {"1.已完成;2.已完成;3.另加一项。"}


@pytest.mark.parametrize("between", ["", "\n"])
@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("heading", ["一、民生类项目", "民生类：", "（二）其他", "小计"])
def test_headings_of_groups_are_no_part_of_names(between: str, first: int, heading: str) -> None:
    label = ["", heading, "", "", "", ""]
    rows = [row[first:] for row in (HEAD, *ROWS[:2], label, *ROWS[2:])]
    found = [table for table in tables(read(laid_out(rows, WIDTHS[first:], between=between)))]
    names = [row[1 - first] for table in found for row in grid(table)]
    assert set(plain([[row[1] for row in ROWS]])[0]) <= set(names)


def test_a_heading_right_above_its_only_row_is_no_part_of_it() -> None:
    rows = [*ROWS[:3], ["4", "社区服务站运营项目", "300.00", "291.66", "运营服务站3个。", "运营3个。"], ROWS[4]]
    blocks = [laid_out([row], WIDTHS) for row in rows]
    blocks[3] = "       社区治理与民生保障类\n" + blocks[3]
    table = table_of("\n".join([laid_out([HEAD], WIDTHS), *blocks]))
    assert "社区服务站运营项目" in [row[1] for row in grid(table)]


def test_a_heading_below_the_longest_name_is_no_part_of_it() -> None:
    rows = [["1", "堤围和排水设施养护经费", "5.00", "4.00", "甲。", "甲。"], ["", "民生类", "", "", "", ""]]
    rows += [["2", "丙类经费", "6.00", "6.00", "丙。", "丙。"], ["3", "丁类经费", "6.00", "6.00", "丙。", "丙。"]]
    for first in (0, 1):
        found = tables(read(laid_out([row[first:] for row in (HEAD, *rows)], [4, 24, 9, 9, 20, 22][first:])))
        assert "堤围和排水设施养护经费" in [row[1 - first] for table in found for row in grid(table)]


def test_a_heading_as_wide_as_the_column_is_no_part_of_a_name() -> None:
    rows = [["1", "甲类经费", "5.00", "4.00", "甲。", "甲。"], ["", "民生保障和社会治理", "", "", "", ""]]
    rows += [["2", "丙类经费", "6.00", "6.00", "丙。", "丙。"], ["3", "丁类经费", "6.00", "6.00", "丙。", "丙。"]]
    names = [row[1] for row in grid(table_of(laid_out([HEAD, *rows], [4, 18, 9, 9, 20, 22])))]
    assert names == ["甲类经费", "民生保障和社会治理", "丙类经费", "丁类经费"]


def test_a_project_without_amounts_is_a_row_of_its_own() -> None:
    rows = [*ROWS[:2], ["3", "旧厂房改造前期", "", "", "完成方案。", "未启动。"], *ROWS[3:]]
    assert grid(table_of(laid_out([HEAD, *rows], WIDTHS)))[2][1] == "旧厂房改造前期"
    unnumbered = [row[1:] for row in rows]
    assert grid(table_of(laid_out([HEAD[1:], *unnumbered], WIDTHS[1:])))[2][0] == "旧厂房改造前期"


@pytest.mark.parametrize("note", ["注：金额含上年结转", "三、资产情况", "资产情况"])
def test_text_right_below_is_no_part_of_the_table(note: str) -> None:
    text = laid_out([HEAD[1:], *[row[1:] for row in ROWS]], WIDTHS[1:])
    document = read(f"{text}{note}\n资产总额为5万元。\n")
    assert grid(only_table(document)) == plain([row[1:] for row in ROWS])
    assert note.replace("：", ":") in texts(document)


def test_text_between_two_tables_is_no_part_of_a_name() -> None:
    one, other = ([HEAD[1:], *[row[1:] for row in rows]] for rows in (ROWS[:2], ROWS[2:]))
    document = read(laid_out(one, WIDTHS[1:]) + "另一类项目\n" + laid_out(other, WIDTHS[1:]))
    assert [row[0] for table in tables(document) for row in grid(table)] == [row[1] for row in plain(ROWS)]


def test_names_alone_are_wrapped() -> None:
    widths, head = [16, 9, 9], ["项目名称", "预算数", "支出数"]
    rows = [row[1:4] for row in ROWS]
    for between in ("", "\n", DASHES):
        assert grid(table_of(laid_out([head, *rows], widths, between=between))) == plain(rows)


def dashes(sign: str = "-") -> str:
    return "   ".join(sign * width for width in WIDTHS) + "\n"


@pytest.mark.parametrize("align", ["top", "middle"])
def test_below_dashes_that_show_the_columns(align: str) -> None:
    head, body = laid_out([HEAD], WIDTHS), laid_out([*ROWS, SUM], WIDTHS, align=align)
    apart = laid_out([*ROWS, SUM], WIDTHS, align=align, between="\n")
    for text in (head + dashes() + body, head + dashes() + body + dashes(), head + dashes() + apart):
        assert grid(table_of(text)) == plain([*ROWS, SUM])
    assert grid(table_of(dashes("=") + head + dashes("=") + body + dashes("="))) == plain([*ROWS, SUM])


@pytest.mark.parametrize("align", ["top", "middle"])
@pytest.mark.parametrize("sign", ["-", "="])
def test_dashes_that_show_the_columns_between_all_rows(align: str, sign: str) -> None:
    text = laid_out([HEAD, *ROWS, SUM], WIDTHS, align=align, between=dashes(sign))
    assert grid(table_of(text)) == plain([*ROWS, SUM])
    assert grid(table_of(dashes(sign) + text + dashes(sign))) == plain([*ROWS, SUM])


def test_two_tables_with_dashes_below_their_headers_stay_two() -> None:
    one = laid_out([HEAD], WIDTHS) + dashes() + laid_out(ROWS[1:3], WIDTHS)
    other = (
        laid_out([["序号", "设施名称", "面积", "造价", "用途", "备注"]], WIDTHS)
        + dashes()
        + laid_out(ROWS[1:3], WIDTHS)
    )
    assert [len(table.rows) for table in tables(read(f"{one}\n{other}\n后文在此。\n"))] == [2, 2]


def test_headings_of_columns_are_wrapped_too() -> None:
    head = ["序号", "项目名称", "年初预算数（万元）", "支出数（万元）", "绩效目标", "完成情况"]
    for between in ("", "\n", DASHES):
        table = table_of(laid_out([head, *ROWS, SUM], WIDTHS, between=between))
        assert header(table) == plain([head])[0]
        assert grid(table) == plain([*ROWS, SUM])


def test_a_row_broken_by_a_page_number_within_its_name() -> None:
    text = laid_out([HEAD, *ROWS[:2]], WIDTHS)
    first, second = laid_out([ROWS[2]], WIDTHS).splitlines()
    rest = laid_out([*ROWS[3:], SUM], WIDTHS)
    pages = f"前文在此。\n                  － 5 －\n{text}{first}\n                  － 6 －\n{second}\n{rest}"
    assert grid(table_of(pages + "                  － 7 －\n")) == plain([*ROWS, SUM])


def test_names_with_any_ending_are_put_together_where_several_are_wrapped() -> None:
    names = ["社区驿站与骑手之家", "村史馆", "古码头片区夜景点亮", "环湖绿道两侧补种"]
    rows = [["项目名称", "预算数", "支出数"], *[[name, "5.00", "4.00"] for name in names]]
    for align in ("top", "middle", "bottom"):
        assert grid(table_of(laid_out(rows, [10, 8, 8], align=align))) == rows[1:]


def test_a_line_that_may_belong_above_or_below_is_not_told() -> None:
    text = (
        "项目名称       预算数   支出数\n"
        "社区网格员及     5.00     4.00\n"
        "辅助人员经费\n"
        "雨水管网错接\n"
        "混接点整改工     6.00     6.00\n"
        "程\n"
        "环湖绿道两侧     7.00     7.00\n"
        "补种\n"
    )
    names = [row[0] for table in tables(read(text)) for row in grid(table)]
    assert not any("经费雨水" in name for name in names)
