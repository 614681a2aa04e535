"""Reports laid out as a table, a section's heading on the left and its text on the right, with tables within."""

from __future__ import annotations

from io import BytesIO

import pytest
from document_makers import grid, header, tables, texts
from docx_maker import docx, p, tbl, tc, tr
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table
from test_pdf_reading import FONT

from transforms.documents.reader import read_document

pytestmark = pytest.mark.unit

TITLE = "青云镇2022年度部门整体支出绩效自评报告"
WORK = "辖区道路养护、环卫保洁等各项工作按计划推进，资金使用规范，没有挤占挪用的情况。"
STYLE = ParagraphStyle("text", fontName=FONT, fontSize=10, leading=15, wordWrap="CJK")
RULES = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
HEAD = ["项目名称", "预算数", "支出数"]
AMOUNTS = [["道路经费", "120.00", "110.00"], ["环卫经费", "80.00", "79.00"]]
Cell = str | list[Flowable]


def ruled(rows: list[list[Cell]], widths: list[float], spans: list[tuple[object, ...]] | None = None) -> Table:
    shown = [[Paragraph(cell, STYLE) if isinstance(cell, str) else cell for cell in row] for row in rows]
    return Table(shown, colWidths=widths, style=[*RULES, *(spans or [])])


def pdf(*tables: Flowable) -> bytes:
    buffer = BytesIO()
    SimpleDocTemplate(buffer, invariant=1).build([Paragraph(TITLE, STYLE), *tables])
    return buffer.getvalue()


def amounts(*rows: list[str]) -> list[Flowable]:
    listed = ruled([list[Cell](HEAD), *(list[Cell](row) for row in rows)], [110, 80, 80])
    return [Paragraph("项目如下（单位：万元）：", STYLE), listed, Paragraph("以上均已完成。", STYLE)]


def test_sections_of_a_pdf_over_pages_and_tables_within_them() -> None:
    names = ("道路", "环卫", "绿化", "治安", "养老", "水务")
    parts = [
        [f"（{number}）重点项目", amounts(*([f"{name}{number}经费", "12.00", "11.00"] for name in names))]
        for number in "一二三四"
    ]
    rows: list[list[Cell]] = [
        ["栏目", "内容"],
        ["一、部门概况", WORK * 8],
        ["二、预算执行情况", WORK * 12],
        *parts,
        ["三、存在问题", "一是预算编制不够精细。二是绩效目标不够量化。" + WORK],
    ]
    document = read_document(pdf(ruled(rows, [90, 370])), "报告.pdf")
    assert [header(table) for table in tables(document)] == [HEAD] * 4
    assert [row[0] for table in tables(document) for row in grid(table)] == [
        f"{name}{number}经费" for number in "一二三四" for name in names
    ]
    said = texts(document)
    headings = [row[0].translate({0xFF08: "(", 0xFF09: ")"}) for row in rows[1:] if isinstance(row[0], str)]
    assert [text for text in said if text in headings] == headings
    assert said[said.index("一、部门概况") + 1] == (WORK * 8).replace("，", ",")
    assert said.count("以上均已完成。") == 4


def test_a_table_within_whose_rules_touch_those_of_the_section() -> None:
    rows: list[list[Cell]] = [
        ["一、部门概况", WORK * 2, "", ""],
        ["二、预算执行情况", "项目如下（单位：万元）：", "", ""],
        *(["", *row] for row in (HEAD, *AMOUNTS)),
        ["", "以上均已完成。", "", ""],
        ["三、存在问题", WORK * 2, "", ""],
    ]
    wide = [("SPAN", (1, at), (3, at)) for at in (0, 1, 5, 6)]
    document = read_document(pdf(ruled(rows, [90, 150, 100, 120], [*wide, ("SPAN", (0, 1), (0, 5))])), "报告.pdf")
    (within,) = tables(document)
    assert (header(within), grid(within)) == (HEAD, AMOUNTS)
    assert [text for text in texts(document) if text[1:2] == "、"] == [
        "一、部门概况",
        "二、预算执行情况",
        "三、存在问题",
    ]


def test_a_list_of_short_texts_stays_a_table() -> None:
    rows: list[list[Cell]] = [["一、道路经费", "120.00"], ["二、环卫经费", "80.00"], ["三、治安经费", "60.00"]]
    (table,) = tables(read_document(pdf(ruled([["项目名称", "预算数"], *rows], [200, 200])), "报告.pdf"))
    assert grid(table) == rows


def test_sections_below_a_head_row_in_other_media() -> None:
    pairs = [("一、部门概况", WORK), ("二、预算执行情况", WORK), ("三、存在问题", WORK)]
    rows = (tr(heading, tc(p(text))) for heading, text in pairs)
    page = "".join(f"<tr><td>{heading}<td>{text}" for heading, text in (("栏目", "内容"), *pairs))
    for content in (docx(p(TITLE) + tbl(tr("栏目", "内容"), *rows)), f"<h1>{TITLE}</h1><table>{page}</table>".encode()):
        document = read_document(content, "报告")
        assert not tables(document)
        assert [text for text in texts(document) if text[1:2] == "、"] == [heading for heading, _ in pairs]
