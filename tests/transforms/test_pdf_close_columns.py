"""Tables of PDFs without rules between columns: numbers of rows close to their names, headings over figures between two
rules, titles right below."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_pdf_reading import Painter, read, rows, texts, write

from transforms.documents.pdf.frame import Box
from transforms.documents.pdf.printed import PrintedLine
from transforms.documents.pdf.runs import Run
from transforms.documents.pdf.serials import with_serials_apart

pytestmark = pytest.mark.unit

HEADINGS = ("序号", "项目名称", "预算数", "支出数")
NAMES = (
    "道路养护经费",
    "绿化管护",
    "河涌清淤经费",
    "校园护学",
    "桥梁检测",
    "路灯电费",
    "应急演练",
    "长者饭堂",
    "图书采购",
    "普法宣传",
    "防汛物资",
)
ROWS = [[str(number), name, f"{number}2.50", f"{number}1.00"] for number, name in enumerate(NAMES, 1)]


def numbered(y: float, *table: list[str], is_headed: bool = True) -> Painter:
    """Rows whose numbers end right before their names, 6 points from them."""

    def paint(canvas: Canvas) -> None:
        top = y
        if is_headed:
            for heading, left in zip(HEADINGS, (72, 130, 290, 380), strict=True):
                write(canvas, heading, x=left, y=top)
            top -= 26
        for number, name, budget, spent in table:
            canvas.drawRightString(104, top, number)
            canvas.drawString(108, top, name)
            write(canvas, budget, x=290, y=top)
            write(canvas, spent, x=380, y=top)
            top -= 26

    return paint


def test_numbers_of_rows_right_before_their_names() -> None:
    assert rows(read(numbered(780, *ROWS))) == [ROWS]


def test_numbered_rows_that_go_on_on_the_next_page() -> None:
    assert rows(read(numbered(780, *ROWS[:4]), numbered(780, *ROWS[4:], is_headed=False))) == [ROWS]


def test_names_that_begin_with_a_figure_keep_it() -> None:
    table = [["", "3 号泵站维修", "12.50", "11.00"], ["", "5 号泵站维修", "8.00", "7.00"]]
    found = rows(read(numbered(780, *table)))
    assert [next(cell for cell in row if cell) for row in found[0]] == ["3号泵站维修", "5号泵站维修"]


def staff(canvas: Canvas) -> None:
    """Headings in two lines over a row of figures, a rule above and one below."""
    canvas.line(72, 716, 520, 716)
    write(canvas, "编内", x=250, y=702)
    for word, left in zip(("身份", "编外", "总数"), (90, 400, 470), strict=True):
        write(canvas, word, x=left, y=695)
    for word, left in zip(("行政", "事业", "小计"), (180, 250, 330), strict=True):
        write(canvas, word, x=left, y=688)
    write(canvas, "实有人数", x=72, y=664)
    for figure, right in zip(("83", "147", "230", "646", "876"), (228, 298, 378, 448, 518), strict=True):
        canvas.drawRightString(right, 664, figure)
    canvas.line(72, 654, 520, 654)


def test_headings_over_a_row_of_figures_between_two_rules() -> None:
    (row,) = rows(read(staff))[0]
    assert row == ["实有人数", "83", "147", "230", "646", "876"]


def test_a_title_in_larger_type_right_below_is_no_row() -> None:
    def paint(canvas: Canvas) -> None:
        staff(canvas)
        canvas.setFont("STSong-Light", 16)
        canvas.drawString(72, 634, "3")
        canvas.drawString(90, 634, "年度目标")

    document = read(paint)
    assert len(rows(document)[0]) == 1
    assert "年度目标" in texts(document)[-1]


@pytest.mark.parametrize("padding", [20, 26])
def test_unknown_headings_right_above_a_single_row_of_figures(padding: int) -> None:
    def paint(canvas: Canvas) -> None:
        for text, y in ((("身份", "行编", "事编", "编外"), 700), (("实有人数", "120", "100", "200"), 700 - padding)):
            for cell, left in zip(text, (72, 200, 290, 380), strict=True):
                write(canvas, cell, x=left, y=y)
        write(canvas, "人员结构与上年相比保持稳定，没有超编情况。", x=72, y=620)

    assert rows(read(paint)) == [[["实有人数", "120", "100", "200"]]]


def test_numbers_printed_upon_their_names_stay_with_them() -> None:
    def line(top: float, *runs: str) -> PrintedLine:
        box = Box(50.0, top, 80.0, top + 10)
        return PrintedLine([Run(text, box, [50.0] * len(text), 10.0) for text in runs], box)

    lines = [line(10, "序号", "项目名称"), line(30, "1 道路", "5.00"), line(50, "2 绿化", "6.00")]
    parted = with_serials_apart(lines, None)
    assert [[run.text for run in one.runs] for one in parted][1:] == [["1 道路", "5.00"], ["2 绿化", "6.00"]]
