"""Tables of PDFs whose columns are parted by white space only, or by horizontal rules."""

from __future__ import annotations

import pytest
from test_pdf_reading import HEAD, Painter, read, rows, texts, write

from transforms.documents.model import Table

pytestmark = pytest.mark.unit

HEADINGS = (*HEAD, "完成情况")
EDGES = (72, 200, 290, 380)
ROWS = (("道路养护", "12.50", "12.00", "已完成。"), ("绿化经费", "8.00", "7.00", "已完成。"))


def columns(y: float, *table: tuple[str, ...], padding: float = 12) -> Painter:
    """Rows of cells, their lines 14 points apart, rows ``padding`` further."""

    def paint(canvas) -> None:
        top = y
        for row in table:
            for cell, left in zip(row, EDGES, strict=True):
                write(canvas, *cell.split("\n"), x=left, y=top, pitch=14)
            top -= 14 * max(cell.count("\n") + 1 for cell in row) + padding

    return paint


def test_columns_by_white_space() -> None:
    document = read(columns(700, HEADINGS, *ROWS))
    assert rows(document) == [[list(row) for row in ROWS]]
    assert not document.grids


def test_rows_of_several_lines_by_the_gaps_between_them() -> None:
    long = ("道路设施\n养护经费", "12.50", "12.00", "完成养护任务\n并通过验收。")
    document = read(columns(700, HEADINGS, long, ROWS[1]))
    assert rows(document) == [[["道路设施养护经费", "12.50", "12.00", "完成养护任务并通过验收。"], list(ROWS[1])]]


def test_what_follows_the_table_is_no_row() -> None:
    def paint(canvas) -> None:
        columns(700, HEADINGS, *ROWS)(canvas)
        canvas.setFont("STSong-Light", 16)
        write(canvas, "二、主要成效", x=104, y=600)
        write(canvas, "本年度各项工作任务均已完成，资金使用规范。", x=104, y=570)

    document = read(paint)
    assert rows(document) == [[list(row) for row in ROWS]]
    assert texts(document)[-2:] == ["二、主要成效", "本年度各项工作任务均已完成,资金使用规范。"]


def test_large_headings_below_a_table_do_not_take_its_close_columns_together() -> None:
    lefts = (72, 200, 240, 276)

    def paint(canvas) -> None:
        for number, row in enumerate((("项目名称", "预算数", "支出数", "完成情况"), *ROWS)):
            for cell, left in zip(row, lefts, strict=True):
                write(canvas, cell, x=left, y=700 - 26 * number)
        canvas.setFont("STSong-Light", 30)
        write(canvas, "二、成效", x=72, y=560)

    assert rows(read(paint)) == [[list(row) for row in ROWS]]


def test_a_table_without_rules_goes_on_on_the_next_page() -> None:
    document = read(columns(120, HEADINGS, ROWS[0]), columns(780, ROWS[1]))
    assert rows(document) == [[list(row) for row in ROWS]]


def test_headings_that_end_a_page_belong_to_the_rows_on_the_next() -> None:
    document = read(columns(60, HEADINGS), columns(780, *ROWS))
    assert rows(document) == [[list(row) for row in ROWS]]


def test_wrapped_headings_printed_again_are_no_running_headers() -> None:
    wrapped = ("项目名称\n", "全年预\n算数", "全年执\n行数", "完成情况\n")
    document = read(columns(780, wrapped, ROWS[0]), columns(780, wrapped, ROWS[1]))
    assert rows(document) == [[list(row) for row in ROWS]]
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert [cell.text for cell in table.header] == ["项目名称", "全年预算数", "全年执行数", "完成情况"]


def test_horizontal_rules_part_rows() -> None:
    def paint(canvas) -> None:
        columns(700, HEADINGS, *ROWS, padding=6)(canvas)
        for y in (714, 694, 674, 654):
            canvas.line(68, y, 480, y)

    assert rows(read(paint)) == [[list(row) for row in ROWS]]


def test_headings_of_several_lines_in_the_middle_of_their_row() -> None:
    def paint(canvas) -> None:
        write(canvas, "项目名称", x=72, y=693)
        write(canvas, "预算数", "（万元）", x=200, y=700, pitch=14)
        write(canvas, "支出数", "（万元）", x=290, y=700, pitch=14)
        write(canvas, "完成情况", x=380, y=693)
        columns(656, *ROWS)(canvas)

    document = read(paint)
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert [cell.text for cell in table.header] == ["项目名称", "预算数(万元)", "支出数(万元)", "完成情况"]
    assert rows(document) == [[list(row) for row in ROWS]]


def test_a_paragraph_with_gaps_is_no_table() -> None:
    document = read(
        lambda canvas: write(
            canvas, "填报单位：某街道办事处　　　　填报日期：某年某月", "联系人：某某　　　　　电话：无"
        )
    )
    assert rows(document) == []


def test_rows_at_the_edges_of_pages_that_differ_in_figures_only_are_no_running_headers() -> None:
    listed = [(f"养护第{number}标段", f"{number}0.00", f"{number}0.00", "已完成。") for number in range(1, 91)]

    def page(number: int) -> Painter:
        def paint(canvas) -> None:
            canvas.drawString(72, 820, f"某街道办事处内部资料{number}")
            columns(784, HEADINGS, *listed[30 * number - 30 : 30 * number], padding=10)(canvas)
            canvas.drawString(280, 20, f"第 {number} 页 共 3 页")

        return paint

    document = read(page(1), page(2), page(3))
    assert rows(document) == [[list(row) for row in listed]]
    assert texts(document) == []


def test_the_ends_of_cells_at_the_foot_of_two_pages_are_no_running_footers() -> None:
    listed = [(f"{name}工程经费", "12.50", "12.00", f"{name}工程已全部完\n工。") for name in "甲乙丙丁戊己"]
    document = read(columns(780, HEADINGS, *listed[:3]), columns(780, HEADINGS, *listed[3:]))
    whole = [[*row[:3], row[3].replace("\n", "")] for row in listed]
    assert rows(document) == [whole]


@pytest.mark.parametrize("labels", [("①", "②", "③"), ("1.", "2.", "3."), ("（1）", "（2）", "（3）")])
def test_a_numbered_heading_and_numbered_items_at_tab_stops_are_text(labels: tuple[str, ...]) -> None:
    items = ("党建方面：开展主题党日活动。", "环境方面：整治河涌。", "民生方面：发放保健金。")

    def paint(canvas) -> None:
        for number, (label, item) in enumerate(zip(("（三）", *labels), ("年度绩效目标", *items), strict=True)):
            write(canvas, label, x=100, y=700 - 24 * number)
            write(canvas, item, x=160, y=700 - 24 * number)

    document = read(paint)
    assert rows(document) == []
    assert [text.replace(" ", "") for text in texts(document)][1:] == [
        f"{label}{item}".replace("（", "(").replace("）", ")").replace("：", ":")
        for label, item in zip(labels, items, strict=True)
    ]


def test_a_numbered_heading_at_a_tab_stop_right_above_a_table_is_none_of_its_headings() -> None:
    def paint(canvas) -> None:
        write(canvas, "（三）", x=72, y=722)
        write(canvas, "绩效目标完成情况", x=150, y=722)
        columns(700, HEADINGS, *ROWS)(canvas)
        write(canvas, "（四）", x=72, y=590)
        write(canvas, "项目支出", x=200, y=590)

    document = read(paint)
    assert rows(document) == [[list(row) for row in ROWS]]
    assert [text.replace(" ", "") for text in texts(document)] == ["(三)绩效目标完成情况", "(四)项目支出"]
