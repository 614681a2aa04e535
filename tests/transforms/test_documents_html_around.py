"""Web pages whose lists, calendars and banners stand before the report: neither their words nor their links are its."""

from __future__ import annotations

import pytest
from document_makers import texts

from transforms.departments.registry import Registry
from transforms.documents.reader import read_document
from transforms.facts.extract import extract
from transforms.facts.model import DocumentRow

pytestmark = pytest.mark.unit

REGISTRY = Registry.parse(
    "department_id,name,short_name,aliases,kind,division_code,district_code,district_name,valid_from,valid_to\n"
    "songxi,松溪街道办事处,松溪街道,,街道,2,9,某区,,\n"
    "baihe,白鹤街道办事处,白鹤街道,,街道,2,9,某区,,\n",
    "registry.csv",
)
TITLE = "松溪街道办事处2021年部门整体支出绩效自评报告"
CALENDAR = "<table><tr><th>日<th>一<th>二</tr><tr><td>25<td>26<td>27</tr></table>"
OTHERS = "<ul><li><a href='#'>白鹤街道2020年部门整体支出绩效自评报告</a><li><a href='#'>办事指南</a></ul>"
SENTENCE = (
    "截至2021年末，本部门总人数50人，其中在编人员20人，编外人员30人，另有退休人员12人；"
    "全年各项工作按计划推进，年初确定的任务均已完成。"
)
BODY = f"<h2>一、基本情况</h2><p>{SENTENCE}</p>" * 3


def read(body: str, title: str = "") -> DocumentRow:
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    (row,) = extract(read_document(page.encode(), "报告.html"), REGISTRY).documents
    return row


@pytest.mark.parametrize(
    "body",
    [
        f"<div><h3>热点</h3>{OTHERS}{CALENDAR}</div><h1>{TITLE}</h1>{BODY}",
        f"<div class='left side'>{OTHERS}{CALENDAR}</div><p>{TITLE}</p>{BODY}",
        f"{OTHERS}{CALENDAR}<p>松溪街道办事处<br>2021年部门整体支出绩效自评报告</p>{BODY}",
    ],
)
def test_reports_that_the_page_only_lists_are_not_the_one_it_shows(body: str) -> None:
    row = read(body, f"{TITLE}-某区人民政府")
    assert (row.title, row.department_id, row.fiscal_year) == (TITLE, "songxi", 2021)


def test_of_titles_in_lists_and_outside_the_one_outside_counts_even_where_the_page_has_no_name() -> None:
    assert read(f"{OTHERS}<p>{TITLE}</p>{BODY}").title == TITLE


def test_a_title_broken_in_two_is_whole_though_the_page_is_called_shorter() -> None:
    heading = "某市某区人民政府松溪街道办事处<br>2021年部门整体支出绩效自评报告"
    row = read(f"<p>欢迎</p><div>{heading}</div>{BODY}", "松溪街道办2021年部门整体支出绩效自评报告_松溪街道")
    assert row.title == heading.replace("<br>", "")


def test_text_above_words_that_the_page_is_called_by_stays_where_it_is_the_better_part() -> None:
    name = "2021年部门整体支出绩效自评报告"
    page = f"<html><title>{name}</title><p>{TITLE}</p>{BODY}<p>{name}</p></html>"
    assert texts(read_document(page.encode(), "报告.html"))[0] == TITLE


def test_the_department_that_its_duties_are_told_of_is_the_one_of_a_report_without_a_name() -> None:
    text = "<h2>一、基本情况</h2><p>（一）部门职责。某区松溪街道办事处主要职责：统筹公共服务，与白鹤街道共建社区。</p>"
    row = read(f"<h1>2021年部门整体支出绩效自评报告</h1>{text}{BODY}")
    assert (row.department_id, row.department_name, row.department_basis) == ("songxi", "某区松溪街道办事处", "text")


def test_sections_written_into_a_table_of_a_page_are_text() -> None:
    rows = "".join(f"<tr><td>{number}、部门情况<td><p>{SENTENCE}<p>已经完成。" for number in "一二三")
    document = read_document(f"<html><h1>{TITLE}</h1><table border=1>{rows}</table>".encode(), "报告.html")
    headings = [text for text in texts(document) if "部门情况" in text]
    assert headings == ["一、部门情况", "二、部门情况", "三、部门情况"]
    assert len(document.blocks) == 10


@pytest.mark.parametrize("href", ["#", " # ", "javascript:void(0)", "/c/1.html"])
def test_links_to_further_reports_below_the_text_are_not_its(href: str) -> None:
    items = "".join(
        f"<li><span>2023-05-2{number}</span><a href='{href}'>白鹤街道{year}年部门整体支出绩效自评报告</a></li>"
        for number, year in enumerate((2019, 2020, 2021))
    )
    below = f"<p>上一篇：<a href='{href}'>白鹤街道2020年部门整体支出绩效自评报告</a></p><div><ul>{items}</ul></div>"
    page = f"<html><body><h1>{TITLE}</h1>{BODY}{below}</body></html>"
    assert "白鹤街道" not in "".join(texts(read_document(page.encode(), "报告.html")))


def test_a_link_within_a_sentence_and_contents_of_the_page_itself_stay() -> None:
    contents = "<p><a href='#one'>一、基本情况</a></p>"
    sentence = "<p>详见<a href='#'>《管理办法》</a>和附件，全年按该办法执行，未发现违规。</p>"
    page = f"<html><body><h1>{TITLE}</h1>{contents}{BODY}{sentence}</body></html>"
    found = texts(read_document(page.encode(), "报告.html"))
    assert found[1] == "一、基本情况"
    assert found[-1] == "详见《管理办法》和附件,全年按该办法执行,未发现违规。"


def test_heads_and_feet_of_pages_in_a_document_saved_as_a_page_are_not_its_text() -> None:
    head = f"<div title='header'><p>松溪街道办事处绩效自评报告，收支总预算99999.99万元。{SENTENCE}</p></div>"
    foot = "<div title='footer'><p>第1页 在编人员999人</p></div>"
    assert read(f"{head}<p>{TITLE}</p>{BODY}{foot}").title == TITLE
    page = f"<html><body>{head}<p>{TITLE}</p>{BODY}{foot}</body></html>"
    assert "99" not in "".join(texts(read_document(page.encode(), "报告.html")))


def test_headings_in_lists_within_lists_are_numbered_by_depth() -> None:
    body = (
        "<ol><li><h1>基本情况</h1><ol><li><h2>部门概况</h2></ol></ol><p>人员稳定。</p>"
        "<ol><ol start='2'><li><h2>部门收支</h2></ol></ol><p>收支平衡。</p>"
        "<ol start='2'><li><h1>评价分析</h1><ol><li><h2>自评结论</h2><ol><li><h3>得分</h3></ol></ol></ol>"
        "<ol><li>甲事<ol><li>乙事</ol></ol>"
    )
    page = f"<html><body>{body}</body></html>"
    assert texts(read_document(page.encode(), "报告.html")) == [
        "1.基本情况", "(1)部门概况", "人员稳定。", "(2)部门收支", "收支平衡。", "2.评价分析", "(1)自评结论", "1)得分",
        "1.甲事", "1.乙事",
    ]  # fmt: skip


def test_a_table_of_contents_that_word_saved_is_not_the_text() -> None:
    contents = "".join(
        f"<p class=MsoToc1><a href='#_Toc{at}'>{title}<span style='display:none'>. </span>{at}</a></p>"
        for at, title in enumerate(("一、基本情况", "二、存在问题"), 1)
    )
    body = (
        f"{contents}<h1><a name='_Toc1'></a>一、基本情况</h1><p>{'人员稳定，收支平衡。' * 9}</p><h1>二、存在问题</h1>"
    )
    assert texts(read_document(f"<html><body>{body}</body></html>".encode(), "报告.html"))[::2] == [
        "一、基本情况",
        "二、存在问题",
    ]


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ("<a class='sdfootnoteanc' name='sdfootnote1anc' href='#sdfootnote1sym'><sup>1</sup></a>", "sdfootnote1"),
        ("<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a>", "ftn1"),
        ("<a href='#_edn2' name='_ednref2'><span>[2]</span></a>", "edn2"),
    ],
)
def test_notes_in_a_document_saved_as_a_page_are_not_its_text(mark: str, note: str) -> None:
    body = f"<p>建立党支部35个。{mark}</p><p>走访群众。</p><div id='{note}'><p>另有88个未计入。</p></div>"
    assert texts(read_document(f"<html><body>{body}</body></html>".encode(), "报告.html")) == [
        "建立党支部35个。",
        "走访群众。",
    ]
