"""Titles of forms in PDFs: repeated on every page with its form, broken over lines, with the year below."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.transforms.test_pdf_reading import FONT, Painter, grid, read, texts
from transforms.departments.registry import Registry
from transforms.documents.model import Document, NoteKind
from transforms.facts.extract import extract
from transforms.facts.model import Facts

pytestmark = pytest.mark.unit


def _pages(*lines: str) -> list[Painter]:
    """A form a page, the lines above each the same."""

    def page(project: str, budget: str) -> Painter:
        def paint(canvas: Canvas) -> None:
            canvas.setFont(FONT, 12)
            for number, line in enumerate(lines):
                canvas.drawCentredString(297, 780 - 20 * number, line)
            grid(canvas, [("项目名称", project, ""), ("预算", budget, "万元")])
            canvas.drawString(72, 600, f"{project}由本办承担。")

        return paint

    return [page("道路养护经费", "10.00"), page("绿化经费", "20.00")]


def _above(document: Document) -> list[str]:
    return [text for text in texts(document) if "承担" not in text]


def test_the_year_below_a_title_on_every_page_is_no_running_header() -> None:
    document = read(*_pages("项目支出绩效自评表", "（2022 年度）"))
    assert [text for text in texts(document) if "2022" in text] == ["(2022年度)"] * 2


def test_the_first_line_of_a_broken_title_on_every_page_is_no_running_header() -> None:
    document = read(*_pages("某市某区人民政府青云街道办事处2022年度项目支", "出绩效自评表"))
    assert "".join(_above(document)) == "某市某区人民政府青云街道办事处2022年度项目支出绩效自评表" * 2


def test_a_short_line_above_a_title_on_every_page_is_a_running_header() -> None:
    document = read(*_pages("青云街道资料汇编", "某市某区人民政府青云街道办事处2022年度项目支出绩效自评表"))
    assert NoteKind.RUNNING_HEADER in {note.kind for note in document.notes}
    assert "青云街道资料汇编" not in texts(document)


def test_a_field_below_a_title_that_fills_its_line_stays_apart() -> None:
    document = read(*_pages("某市某区青云街道办事处2022年度项目支出绩效自评表", "主管部门：青云街道办事处"))
    assert "某市某区青云街道办事处2022年度项目支出绩效自评表" in texts(document)


def test_two_titles_on_top_of_each_other_stay_two() -> None:
    titles = [
        "某市某区青云街道办事处2022年度部门整体支出绩效自评表",
        "某市某区青云街道办事处2022年度项目支出绩效自评表",
    ]
    assert _above(read(*_pages(*titles)))[:2] == titles


FUNDS = [("资金", "年初预算数", "全年预算数", "全年执行数"), ("年度资金总额", "100", "120", "108")]
INDICATORS = [("一级指标", "三级指标", "指标值", "实际完成值"), ("产出指标", "巡查次数", "≥24次", "24次")]
EDGES = (72.0, 180.0, 290.0, 400.0, 510.0)


def _form(*lines: str) -> Facts:
    def paint(canvas: Canvas) -> None:
        for number, line in enumerate(lines):
            canvas.drawString(72, 800 - 16 * number, line)
        grid(canvas, [*FUNDS, *INDICATORS], y=680, edges=EDGES)

    return extract(read(paint), Registry(()))


def test_the_unit_above_the_name_of_a_project_counts_without_a_title() -> None:
    (project,) = _form("附：各项目情况", "单位：万元", "项目名称：道路养护经费").projects
    assert project.budget_yuan == 1_200_000


def test_a_title_over_two_lines_above_several_fields_is_the_title_of_the_form() -> None:
    lines = (
        "某市某区青云街道办事处2022年度部",
        "门整体支出绩效自评表",
        "单位：万元",
        "填报单位：青云街道",
        "填报人：某",
    )
    (form,) = _form(*lines).forms
    assert form.title == "某市某区青云街道办事处2022年度部门整体支出绩效自评表"
    assert form.fiscal_year == 2022


CUT = ("产出指标", "组织", "≥42", "12.0")
REST = ("", "培训场次", "场", "0")


def test_a_row_that_a_page_cuts_amid_its_lines_is_one_row_and_a_total_alone_counts() -> None:
    head = ("一级指标", "三级指标", "指标值", "得分")

    def first(canvas: Canvas) -> None:
        canvas.drawString(72, 800, "2022年度项目支出绩效自评表")
        canvas.drawString(72, 784, "单位：万元")
        grid(canvas, [FUNDS[0], FUNDS[1], head, ("产出指标", "巡查次数", "≥24次", "10.00"), CUT], edges=EDGES)

    def second(canvas: Canvas) -> None:
        grid(canvas, [REST, ("效益指标", "知晓率", "≥90%", "30.00")], edges=EDGES)

    def last(canvas: Canvas) -> None:
        grid(canvas, [("总分", "100", "52.00")], edges=(90.0, 290.0, 400.0, 528.0))

    facts = extract(read(first, second, last), Registry(()))
    assert [(row.level_3, row.target_value, row.unit, row.score) for row in facts.indicators] == [
        ("巡查次数", 24, "次", 10),
        ("组织培训场次", 42, "场", 12),
        ("知晓率", 90, "%", 30),
    ]
    assert facts.forms[0].total_score == 52


def test_goals_on_the_page_below_their_headings_are_no_part_of_these() -> None:
    def first(canvas: Canvas) -> None:
        canvas.drawString(72, 800, "2022年度项目支出绩效自评表")
        rows = [("项目名称", "道路养护经费", "", ""), *FUNDS, ("年度总体", "预期目标", "", "实际完成情况")]
        grid(canvas, rows, edges=EDGES)

    def second(canvas: Canvas) -> None:
        grid(canvas, [("目标", "养护12公里。", "", "养护13公里。"), *INDICATORS], edges=EDGES)

    (project,) = extract(read(first, second), Registry(())).projects
    assert (project.goal, project.completion) == ("养护12公里。", "养护13公里。")
