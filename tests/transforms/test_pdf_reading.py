"""PDFs as documents: lines, wrapped paragraphs, furniture, tables with rules, what is hidden, pages that are turned."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from transforms.documents.model import Document, NoteKind, Table, TextBlock
from transforms.documents.reader import read_document

pytestmark = pytest.mark.unit

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
Painter = Callable[[Canvas], None]
HEAD = ("项目名称", "预算数（万元）", "支出数（万元）")


def pdf(*pages: Painter, size: tuple[float, float] = (595, 842)) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    for paint in pages:
        canvas.setFont(FONT, 12)
        paint(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(*pages: Painter) -> Document:
    return read_document(pdf(*pages), "报告.pdf")


def write(canvas: Canvas, *lines: str, x: float = 72, y: float = 760, pitch: float = 20) -> None:
    for number, line in enumerate(lines):
        canvas.drawString(x, y - number * pitch, line)


def grid(
    canvas: Canvas, rows: list[tuple[str, ...]], y: float = 700, edges: tuple[float, ...] = (72, 300, 400, 500)
) -> None:
    """A ruled table of rows 24 points high from ``y`` down; a cell may have several lines of 12 points."""
    for row in rows:
        height = 24 * max(cell.count("\n") + 1 for cell in row)
        for edge in edges:
            canvas.line(edge, y, edge, y - height)
        for level in (y, y - height):
            canvas.line(edges[0], level, edges[-1], level)
        for cell, left in zip(row, edges, strict=False):
            for number, line in enumerate(cell.split("\n")):
                canvas.drawString(left + 4, y - 16 - 14 * number, line)
        y -= height


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, TextBlock)]


def rows(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.blocks
        if isinstance(block, Table)
    ]


def test_lines_wrapped_by_the_page_are_one_paragraph_and_figures_stay_whole() -> None:
    first = "全年支出按计划推进各项重点工作有序开展群众满意度持续提升共完成"
    document = read(lambda canvas: write(canvas, "　　" + first, "100%的任务，另有18号文件规定的事项也已办结。"))
    paragraph = texts(document)[-1]
    assert f"{first}100%的任务" in paragraph
    block = document.blocks[-1]
    assert isinstance(block, TextBlock)
    assert (block.place.page, block.place.line) == (1, 1)


def test_a_short_line_ends_its_paragraph() -> None:
    def paint(canvas: Canvas) -> None:
        write(canvas, "本年度各项工作任务均已按期完成并达到预期目标，资金使用规范", x=96)
        write(canvas, "安全。", y=740)
        write(canvas, "下一步将继续加强管理。", x=96, y=720)
        write(canvas, "本年度各项工作任务均已按期完成并达到预期目标，资金使用规范", x=96, y=700)
        write(canvas, "有效。", y=680)

    assert [text[-3:] for text in texts(read(paint))] == ["安全。", "管理。", "有效。"]


def test_a_ruled_table_with_its_page_in_every_place() -> None:
    document = read(
        lambda canvas: write(canvas, "封面"),
        lambda canvas: grid(
            canvas, [HEAD, ("道路养护经费", "12.50", "12.00"), ("环卫经费\n（市政）", "3,516.48", "3,516.48")]
        ),
    )
    assert rows(document) == [[["道路养护经费", "12.50", "12.00"], ["环卫经费(市政)", "3,516.48", "3,516.48"]]]
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert {cell.place.page for row in table.rows for cell in row.cells} == {2}
    assert [cell.raw for cell in document.grids[0].rows[0]] == list(HEAD)


@pytest.mark.parametrize("is_repeated", [True, False])
def test_a_table_over_pages_is_one(is_repeated: bool) -> None:
    head = [HEAD] if is_repeated else []
    document = read(
        lambda canvas: grid(canvas, [HEAD, ("道路养护经费", "12.50", "12.00")], y=120),
        lambda canvas: grid(canvas, [*head, ("绿化经费", "8.00", "7.00")], y=780),
    )
    assert rows(document) == [[["道路养护经费", "12.50", "12.00"], ["绿化经费", "8.00", "7.00"]]]
    assert (NoteKind.HEADER_REPEATED in {note.kind for note in document.notes}) == is_repeated
    assert len(document.grids) == 2


def test_a_row_cut_by_the_page_is_joined() -> None:
    head, edges = (*HEAD, "完成情况"), (72, 160, 280, 400, 520)
    first = [head, ("道路养护经费", "12.50", "12.00", "完成道路保洁并")]
    rest = [("", "", "", "开展绿化提升。"), ("绿化经费", "8.00", "7.00", "已完成。")]
    document = read(
        lambda canvas: grid(canvas, first, y=120, edges=edges), lambda canvas: grid(canvas, rest, y=780, edges=edges)
    )
    assert rows(document) == [
        [["道路养护经费", "12.50", "12.00", "完成道路保洁并开展绿化提升。"], ["绿化经费", "8.00", "7.00", "已完成。"]]
    ]


def test_a_total_alone_on_a_page_keeps_the_columns_above() -> None:
    head, edges = ("序号", "项目名称", "预算数（万元）", "支出数（万元）"), (72, 110, 300, 400, 500)
    body = [(str(number), f"道路养护经费{number}", "12.50", "12.00") for number in (1, 2)]
    total = [("合计", "25.00", "24.00")]
    document = read(
        lambda canvas: grid(canvas, [head, *body], y=160, edges=edges),
        lambda canvas: grid(canvas, total, y=780, edges=(72, 300, 400, 500)),
    )
    assert rows(document)[0] == [[*body[0]], [*body[1]], ["合计", "合计", "25.00", "24.00"]]


def test_places_without_a_rule_between_them_are_one_cell() -> None:
    def paint(canvas: Canvas) -> None:
        for x, top, bottom in ((72, 700, 620), (500, 700, 620), (300, 700, 620), (400, 680, 620)):
            canvas.line(x, top, x, bottom)
        for y, left in ((700, 72), (680, 300), (660, 72), (640, 72), (620, 72)):
            canvas.line(left, y, 500, y)
        write(canvas, "项目名称", x=80, y=675)
        write(canvas, "资金情况", x=370, y=685)
        write(canvas, "预算数", x=310, y=665)
        write(canvas, "支出数", x=410, y=665)
        for number, row in enumerate((("道路养护经费", "12.50", "12.00"), ("绿化经费", "8.00", "7.00"))):
            for cell, x in zip(row, (80, 310, 410), strict=True):
                canvas.drawString(x, 645 - 20 * number, cell)

    document = read(paint)
    raw = document.grids[0].rows
    assert [[cell.raw for cell in row] for row in raw[:2]] == [
        ["项目名称", "资金情况", "资金情况"],
        ["项目名称", "预算数", "支出数"],
    ]
    assert raw[0][0] is raw[1][0]
    assert raw[0][1] is raw[0][2]
    assert rows(document) == [[["道路养护经费", "12.50", "12.00"], ["绿化经费", "8.00", "7.00"]]]


def test_a_table_open_at_its_sides_and_at_the_end_of_a_cut_row() -> None:
    def paint(canvas: Canvas) -> None:
        for y in (700, 676, 652):
            canvas.line(72, y, 500, y)
        for x in (300, 400):
            canvas.line(x, 700, x, 628)
        for number, row in enumerate((HEAD, ("道路养护经费", "12.50", "12.00"), ("绿化经费", "8.00", "7.00"))):
            for cell, left in zip(row, (76, 304, 404), strict=True):
                canvas.drawString(left, 684 - 24 * number, cell)

    assert rows(read(paint)) == [[["道路养护经费", "12.50", "12.00"], ["绿化经费", "8.00", "7.00"]]]


def test_running_headers_and_page_numbers_go() -> None:
    def page(number: int, text: str) -> Painter:
        def paint(canvas: Canvas) -> None:
            canvas.drawString(200, 810, "某街道办事处内部资料")
            write(canvas, text)
            canvas.drawString(280, 30, f"— {number} —")

        return paint

    document = read(
        *(page(number, f"这是第{name}页的正文内容，说明完毕。") for number, name in ((1, "甲"), (2, "乙"), (3, "丙")))
    )
    assert texts(document) == [f"这是第{name}页的正文内容,说明完毕。" for name in "甲乙丙"]
    kinds = [note.kind for note in document.notes]
    assert kinds.count(NoteKind.PAGE_NUMBER) == 3
    assert kinds.count(NoteKind.RUNNING_HEADER) == 3


def test_hidden_white_clipped_and_slanted_text_goes_and_bold_doubles_too() -> None:
    def paint(canvas: Canvas) -> None:
        write(canvas, "可见的正文内容。")
        hidden = canvas.beginText(72, 700)
        hidden.setTextRenderMode(3)
        hidden.textOut("看不见的文字")
        hidden.setTextRenderMode(0)
        canvas.drawText(hidden)
        for shift in (0.0, 0.3):
            canvas.drawString(72 + shift, 660, "加粗的正文内容。")
        canvas.saveState()
        canvas.setFillGray(1)
        canvas.drawString(72, 640, "白色的文字")
        canvas.restoreState()
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(0, 0, 10, 10)
        canvas.clipPath(path, stroke=0)
        canvas.drawString(72, 600, "剪掉的文字")
        canvas.restoreState()
        canvas.rotate(45)
        canvas.drawString(400, 200, "水印")

    found = texts(read(paint))
    assert "可见的正文内容。" in found[0]
    assert "".join(found).count("加粗的正文内容。") == 1
    assert not any(word in "".join(found) for word in ("看不见", "白色", "剪掉", "水印"))


def test_white_text_on_a_dark_ground_stays() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFillGray(0.2)
        canvas.rect(60, 740, 300, 40, stroke=0, fill=1)
        canvas.setFillGray(1)
        write(canvas, "深色底上的白字标题")

    assert texts(read(paint)) == ["深色底上的白字标题"]


@pytest.mark.parametrize(("turn", "place"), [(90, (842, 0)), (180, (842, 595)), (270, (0, 595))])
def test_pages_turned_by_their_own_mark_are_read_upright(turn: int, place: tuple[int, int]) -> None:
    """A landscape page whose content stands on its side or head, and which says by how much to turn it."""
    size = (842, 595) if turn == 180 else (595, 842)

    def paint(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(*place)
        canvas.rotate(turn)
        write(canvas, "某镇二〇二二年度部门整体支出绩效自评报告", y=540)
        grid(canvas, [HEAD, ("道路养护经费", "12.50", "12.00")], y=500)

    document = read_document(pdf(paint, size=size), "")
    assert texts(document) == ["某镇二〇二二年度部门整体支出绩效自评报告"]
    assert rows(document) == [[["道路养护经费", "12.50", "12.00"]]]


@pytest.mark.parametrize("is_marked", [True, False])
def test_a_turned_page_is_read_upright(is_marked: bool) -> None:
    def paint(canvas: Canvas) -> None:
        if is_marked:
            canvas.setPageRotation(90)
        canvas.translate(842, 0)
        canvas.rotate(90)
        grid(canvas, [HEAD, ("道路养护经费", "12.50", "12.00")], y=500)

    content = pdf(paint, size=(595, 842) if is_marked else (842, 595))
    assert rows(read_document(content, "")) == [[["道路养护经费", "12.50", "12.00"]]]


def test_text_within_a_form_is_read_once() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.beginForm("form")
        canvas.setFont(FONT, 12)
        grid(canvas, [HEAD, ("道路养护经费", "12.50", "12.00")], y=500)
        canvas.endForm()
        canvas.translate(10, 100)
        canvas.doForm("form")

    assert rows(read(paint)) == [[["道路养护经费", "12.50", "12.00"]]]
