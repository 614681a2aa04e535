"""PDFs as word processors print them: footnotes, marks beyond the edge, text boxes, rows and headings cut by pages."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_pdf_producers import cut
from test_pdf_reading import FONT, grid, read, rows, texts, write

pytestmark = pytest.mark.unit

LINE = "本年度各项工作任务均已按期完成并达到预期目标，资金使用规范，管理有效，"
EDGES = (72.0, 121.0, 170.0, 219.0, 268.0)


def footed(*notes: str, rule_to: float = 200, size: float = 8) -> list[str]:
    """What is read of a page of text with lines below a rule at its foot."""

    def paint(canvas: Canvas) -> None:
        write(canvas, LINE, LINE, "全年支出120万元。")
        canvas.line(72, 120, rule_to, 120)
        canvas.setFont(FONT, size)
        write(canvas, *notes, y=108, pitch=12)
        canvas.setFont(FONT, 12)
        write(canvas, "第1页", x=280, y=60)

    return texts(read(paint))


def test_footnotes_are_no_part_of_the_text() -> None:
    assert footed("1 口径与上年一致，涉及654万元。", "2 数据截至年末，共321项。") == footed()
    assert "1口径与上年一致,涉及654万元。" in footed("1 口径与上年一致，涉及654万元。", rule_to=520)
    assert "口径与上年一致,涉及654万元。" in footed("口径与上年一致，涉及654万元。")
    assert "1口径与上年一致,涉及654万元。" in footed("1 口径与上年一致，涉及654万元。", size=12)


def test_a_block_with_an_edge_of_its_own_is_wrapped_there() -> None:
    def paint(canvas: Canvas) -> None:
        write(canvas, *[LINE] * 4, "完毕。", y=760)
        write(
            canvas,
            "内设机构八个，分别为党政综合办公室、公共服务",
            "办公室、平安法治办公室、综合执法办公室、规划",
            "建设办公室。",
            y=500,
        )

    assert texts(read(paint))[-1].endswith("公共服务办公室、平安法治办公室、综合执法办公室、规划建设办公室。")


def test_marks_beyond_the_edge_make_no_line_short() -> None:
    full = "本年度各项工作任务均已按期完成并达到预期目标"

    def paint(canvas: Canvas) -> None:
        write(canvas, full + "，", full + "、", full + "，", full + "、", "完成。", y=760)
        write(canvas, full[:21] + "5", "项任务。", y=600)

    assert texts(read(paint))[-1] == full[:21] + "5项任务。"


def test_a_figure_is_cut_before_the_digit_that_its_point_follows() -> None:
    assert cut(("道路养护", "５３", "５０", "正常"), ("经费", "８．７８", "３．８１", "")) == [
        ["道路养护经费", "538.78", "503.81", "正常"]
    ]


def parted(upper: list[tuple[str, ...]], lower: list[tuple[str, ...]]) -> list[list[str]]:
    """The rows of the grids of a table that a page parts, read as those of one."""
    document = read(
        lambda canvas: grid(canvas, upper, y=300, edges=EDGES), lambda canvas: grid(canvas, lower, y=780, edges=EDGES)
    )
    return [[cell.text for cell in row] for one in document.grids for row in one.rows]


def test_a_row_that_a_page_cuts_between_the_lines_of_its_cells_is_one() -> None:
    upper = [("一级指标", "二级指标", "目标值", "得分"), ("满意\n度指", "服务\n对象", "≥90%", "10")]
    assert parted(upper, [("标", "满意\n度", "", ""), ("合计", "", "", "10")])[1:] == [
        ["满意度指标", "服务对象满意度", "≥90%", "10"],
        ["合计", "", "", "10"],
    ]
    upper = [("道路养\n护长度", "巡查次\n数合计", "目标值", "得分")]
    below = [("与宽度", "与时长", "", ""), ("产出", "数量", "5", "9")]
    assert parted(upper, below)[0] == ["道路养护长度与宽度", "巡查次数合计与时长", "目标值", "得分"]


def test_what_stands_below_a_heading_or_a_figure_on_the_next_page_is_a_row() -> None:
    heading = ("一级\n指标", "二级\n指标", "实际\n数值", "自评\n得分")
    row = ("产出\n指标", "数量\n指标", "十二\n公里", "二十")
    assert parted([heading], [row]) == [[text.replace("\n", "") for text in line] for line in (heading, row)]


def test_the_last_cells_of_a_table_with_room_go_on_in_no_row() -> None:
    upper = [("项目名称", "预算", "支出", "说明"), ("养护", "8", "8", "完成")]
    assert len(parted(upper, [("绿化", "9", "9", "完成")])) == 3
    assert rows(read(lambda canvas: grid(canvas, upper, edges=EDGES))) == [[["养护", "8", "8", "完成"]]]
