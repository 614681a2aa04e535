"""Tables of PDFs whose rows no rule parts, and pages set in two columns."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_pdf_reading import read, rows, texts, write

pytestmark = pytest.mark.unit

EDGES = (72, 136, 200, 264, 420)
HEADINGS = ("项目名称", "预算数", "支出数", "完成情况")
ROWS = [
    ("道路设施养\n护经费", "12.50", "12.00", "完成养护任务并通过验收，\n群众满意。"),
    ("绿化经费", "8.00", "7.00", "已完成。"),
    ("环卫保洁服\n务经费", "35.00", "34.00", "清扫道路三十条，全部达到\n考核要求。"),
]
READ = [[cell.replace("\n", "").replace("，", ",") for cell in row] for row in ROWS]


def lines(canvas: Canvas, y: float, table: list[tuple[str, ...]]) -> float:
    """Rows of lines all 14 points apart, cells set to the top; where the last ends."""
    for row in table:
        for cell, left in zip(row, EDGES, strict=False):
            write(canvas, *cell.split("\n"), x=left + 2, y=y, pitch=14)
        y -= 14 * max(cell.count("\n") + 1 for cell in row)
    return y


@pytest.mark.parametrize("is_headed", [True, False])
def test_rules_between_columns_only(is_headed: bool) -> None:
    def paint(canvas: Canvas) -> None:
        bottom = lines(canvas, 700, [HEADINGS, *ROWS]) + 10
        for x in EDGES:
            canvas.line(x, 714, x, bottom)
        for y in (714, 697, bottom) if is_headed else (714, bottom):
            canvas.line(EDGES[0], y, EDGES[-1], y)

    assert rows(read(paint)) == [READ]


def test_a_table_of_three_rules() -> None:
    def paint(canvas: Canvas) -> None:
        bottom = lines(canvas, 700, [HEADINGS, *ROWS]) + 10
        for y in (714, 697, bottom):
            canvas.line(EDGES[0], y, EDGES[-1], y)

    assert rows(read(paint)) == [READ]


@pytest.mark.parametrize("is_ruled", [True, False])
def test_lines_that_fill_all_columns_are_rows(is_ruled: bool) -> None:
    names = ("实有人员合计", "编制内人员", "其中：行政单位", "事业单位", "编外人员", "离退休人员")
    people = ("二百二十六", "一百七十六", "五十五", "一百二十一", "五十", "三十一")

    def paint(canvas: Canvas) -> None:
        write(canvas, "人员类别", *names, x=72, y=700, pitch=14)
        write(canvas, "人数（人）", *people, x=300, y=700, pitch=14)
        for y in (714, 697, 608) if is_ruled else ():
            canvas.line(70, y, 400, y)

    assert [tuple(row) for row in rows(read(paint))[0]] == [
        (name.replace("：", ":"), count) for name, count in zip(names, people, strict=True)
    ]


def test_two_columns_of_text_follow_each_other() -> None:
    left = ["甲" * 18] * 9 + ["左栏结束。"]
    right = ["乙" * 18] * 9 + ["右栏结束。"]

    def paint(canvas: Canvas) -> None:
        write(canvas, *left, x=72, y=700)
        write(canvas, *right, x=320, y=700)

    text = "".join(texts(read(paint)))
    assert text == "甲" * 162 + "左栏结束。" + "乙" * 162 + "右栏结束。"


def test_headings_set_to_the_middle_beside_those_of_two_lines_are_one_heading() -> None:
    def paint(canvas: Canvas) -> None:
        write(canvas, "预算情况", x=EDGES[1] + 2, y=711)
        write(canvas, "项目名称", x=EDGES[0] + 2, y=700)
        write(canvas, "预算数", x=EDGES[1] + 2, y=689)
        write(canvas, "支出数", x=EDGES[2] + 2, y=689)
        write(canvas, "完成情况", x=EDGES[3] + 2, y=689)
        lines(canvas, 660, ROWS)

    assert rows(read(paint))[0] == READ
