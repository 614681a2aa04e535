"""Web pages -> documents: what around the report goes, what of it stays, however the page is built or saved."""

from __future__ import annotations

import base64
import quopri

import pytest
from document_makers import grid, header, only_table, tables, texts
from hypothesis import given
from hypothesis import strategies as st

from transforms.departments.registry import Registry
from transforms.documents.media import medium_of
from transforms.documents.model import BlockKind, Document, Unreadable
from transforms.documents.reader import read_document
from transforms.facts.extract import extract

pytestmark = pytest.mark.unit

TITLE = "松溪街道办事处2021年部门整体支出绩效自评报告"
SENTENCE = "纳入2021年部门决算编报范围的单位共2个，包括松溪街道办事处（本级）和下属1个预算单位，合计两个单位。"
TABLE = (
    "<table border=1><tr><th>项目名称</th><th>预算数（万元）</th><th>支出数（万元）</th></tr>"
    "<tr><td>道路保洁经费</td><td>300.00</td><td>290.00</td></tr>"
    "<tr><td>文化活动经费</td><td>200.50</td><td>200.50</td></tr></table>"
)
BODY = f"<h1>{TITLE}</h1><h2>一、基本情况</h2><p>{SENTENCE}</p>{TABLE}<h2>二、存在问题</h2><p>{SENTENCE}</p>"
LINKS = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("首页", "政务公开", "绩效自评报告", "办事"))


def read(page: str, encoding: str = "utf-8") -> Document:
    return read_document(page.encode(encoding), "报告.html")


def words(document: Document) -> list[str]:
    """Everything that the document says, block by block."""
    return [
        block.text
        if hasattr(block, "text")
        else " ".join(cell for row in (header(block), *grid(block)) for cell in row)
        for block in document.blocks
    ]


BARE = words(read(f"<html><body>{BODY}</body></html>"))


def test_a_bare_page_is_read_whole() -> None:
    document = read(f"<html><body>{BODY}</body></html>")
    assert texts(document, BlockKind.HEADING) == [TITLE, "一、基本情况", "二、存在问题"]
    assert [block.visual_level for block in document.blocks if getattr(block, "visual_level", None)] == [1, 2, 2]
    assert header(only_table(document)) == ["项目名称", "预算数(万元)", "支出数(万元)"]
    assert grid(only_table(document))[0] == ["道路保洁经费", "300.00", "290.00"]
    assert (document.media_type, document.encoding, document.line_count) == ("text/html", "utf-8", 8)
    assert [row.place.line for row in only_table(document).rows] == [5, 6]


@pytest.mark.parametrize(
    "page",
    [
        f"<nav>{LINKS}</nav><main>{BODY}</main><footer><p>版权所有</p></footer>",
        f"<ul>{LINKS}</ul><div>{BODY}</div><ul>{LINKS}</ul>",
        f"<div class='topNav'>欢迎访问本站</div>{BODY}<div id=footer_box>某某市某某区某某路一号</div>",
        f"<div>当前位置：<a href=/>首页</a> 公开</div>{BODY}<p>上一篇：<a href=/x>通知</a></p><p>【打印】【关闭】</p>",
        f"<p>发布时间：2022-05-06 来源：财政所</p>{BODY}<p>主办：某某区政府办 ICP备1号</p><p>扫一扫在手机打开</p>",
        f"<script>document.write('<p>广告</p>')</script><style>p{{}}</style>{BODY}<noscript>请启用脚本</noscript>",
        f"<p style='display: none'>暗字</p><div hidden>暗字</div><del>删去</del>{BODY}<select><option>甲</select>",
        f"<!--[if gte mso 9]><xml><o:x>1</o:x></xml><![endif]-->{BODY}<!-- 结尾 -->",
        f"<header><a href=/><h1>某某区人民政府</h1></a></header>{BODY}",
        f"<header>{BODY.split('<h2>')[0]}</header><section><h2>{'<h2>'.join(BODY.split('<h2>')[1:])}</section>",
        f"<table><tr><td width=200><table><tr><td>·</td><td><a href=1>通知</a></td></tr><tr><td>·</td><td>"
        f"<a href=2>公告</a></td></tr></table></td><td>{BODY}</td></tr><tr><td colspan=2>版权所有</td></tr></table>",
        f"<table><tr><td>{BODY.replace('<h1>', '<p>').replace('<h2>', '<p>')}</td></tr></table>",
        f"<form action=x><div><div><span>{BODY}</span></div></div><input value=甲><button>提交</button></form>",
    ],
    ids=range(13),
)
def test_only_the_report_is_read_of_a_page(page: str) -> None:
    assert words(read(f"<!DOCTYPE html><html><head><title>页</title></head><body>{page}</body></html>")) == BARE


def test_what_stands_above_the_page_s_own_title_goes() -> None:
    title = f"<head><title>{TITLE}-某某区人民政府</title></head>"
    page = f"<html>{title}<body><p>某某区人民政府门户网站</p><p>欢迎您</p><p>松溪街道办事处</p>"
    body = BODY.replace(f"<h1>{TITLE}</h1>", "<p>2021年部门整体支出绩效自评报告</p>")
    assert texts(read(page + body))[:2] == ["松溪街道办事处", "2021年部门整体支出绩效自评报告"]


def test_a_short_report_among_much_navigation_is_found() -> None:
    menu = f"<div>{''.join(f'<ul>{LINKS}</ul>' for _ in range(200))}</div>"
    assert words(read(f"<body><div>{menu}<div>{BODY}</div>{menu}</div></body>")) == BARE


def test_headings_and_contents_that_link_within_the_page_stay() -> None:
    page = f"<html><h1>{TITLE}</h1><h2><a href='#a'>一、基本情况</a></h2><p>{SENTENCE}</p></html>"
    assert texts(read(page), BlockKind.HEADING) == [TITLE, "一、基本情况"]


# --- lines


def test_line_breaks_blocks_and_lists_are_lines() -> None:
    page = (
        f"<div>{TITLE}<br>　　一、问题<p>第一段，<b>粗</b>\n体。<ol start=3><li>甲项</li><li><p>（一）乙项</p></ol>"
        f"<ul><li>丙项<ul style='list-style: none'><li>丁项</ul></ul><pre>戊行\n\n己行</pre></div>"
    )
    document = read(page)
    assert [block.raw for block in document.blocks if hasattr(block, "raw")] == [
        TITLE, "一、问题", "第一段，粗体。", "3. 甲项", "（一）乙项", "丙项", "丁项", "戊行", "己行",
    ]  # fmt: skip
    assert [block.place.line for block in document.blocks] == list(range(1, 10))


def test_a_line_break_of_the_source_between_chinese_characters_is_no_blank() -> None:
    document = read(f"<html><h1>{TITLE}</h1><p>预算\n    执行\n good\n job</p>")
    assert document.blocks[1].raw == "预算执行 good job"
    assert texts(document)[1] == "预算执行good job"


def test_the_signs_of_an_office_program_are_list_signs() -> None:
    item = "<p class=MsoListParagraph><span style='font-family:Wingdings;mso-list:Ignore'>{}<span>&nbsp; </span></span>"
    page = f"<html><h1>{TITLE}</h1>{item.format('l')}甲项</p>{item.format('1.')}乙项</p>"
    assert texts(read(page), BlockKind.LIST_ITEM) == ["甲项", "1.乙项"]


# --- tables


def test_merged_cells_stand_in_every_position() -> None:
    page = (
        "<html><table><caption>单位：万元</caption><thead><tr><th rowspan=2>项目名称<th colspan=2>资金情况"
        "<th colspan=1>绩效情况<tr><th>预算数<th>支出数<th>完成情况<tbody><tr><td rowspan=9>甲经费<td>1<td>2<td>好"
        "<tr><td>3<td>4<td>优<tr><td colspan=4>合计</table>"
    )
    document = read(page)
    table = only_table(document)
    assert header(table) == ["项目名称", "资金情况预算数", "资金情况支出数", "绩效情况完成情况"]
    assert [row[:2] for row in grid(table)] == [["甲经费", "1"], ["甲经费", "3"], ["甲经费", "合计"]]
    assert [caption.text for caption in table.captions] == ["单位:万元"]
    (ruled,) = document.grids
    assert ruled.rows[0][1] is ruled.rows[0][2]
    assert ruled.rows[2][0] is ruled.rows[3][0]
    assert ruled.rows[1][1] is not ruled.rows[1][2]
    assert (ruled.rows[3][1].place.line, ruled.rows[3][1].place.row_number) == (5, 4)


def test_the_header_of_a_table_of_projects_is_no_form() -> None:
    page = (
        f"<html><h1>{TITLE}</h1><p>任务完成情况</p><p>单位：万元</p><table><tr><th rowspan=2>项目名称"
        "<th colspan=2>资金使用<th colspan=1>绩效<tr><th>预算数<th>支出数<th>完成情况"
        "<tr><td>甲经费<td>1<td>2<td>做完</table>"
    )
    facts = extract(read(page), Registry(()))
    assert [(row.listing, row.name) for row in facts.projects] == [("task", "甲经费")]
    assert facts.forms == []
    page = (
        f"<html><h1>{TITLE}</h1><p>任务完成情况</p><table><tr><th>项目名称<th>责任科室<th>预算数（万元）<th>支出数（万元）"
        "<tr><td>甲经费<td>办公室<td>1<td>2</table>"
    )
    facts = extract(read(page), Registry(()))
    assert [row.name for row in facts.projects] == ["甲经费"]
    assert facts.forms == []


def test_columns_in_which_no_cell_begins_are_none() -> None:
    page = "<html><table><tr><td colspan=50>表一<tr><td colspan=2>项目名称<td>预算数<tr><td colspan=2>甲<td>1</table>"
    assert {len(row) for row in grid(only_table(read(page)))} == {2}


def test_a_table_within_a_cell_belongs_to_the_cell() -> None:
    inner = "<table><tr><td>一</td><td>二</td></tr><tr><td>三</td><td>四</td></tr></table>"
    page = TABLE.replace("道路保洁经费", f"道路保洁经费（含内部道路和背街小巷的保洁）{inner}")
    assert grid(only_table(read(f"<html>{page}")))[0][0] == "道路保洁经费(含内部道路和背街小巷的保洁)一二三四"


def test_tables_that_follow_each_other_stay_apart() -> None:
    assert len(tables(read(f"<html>{TABLE}{TABLE.replace('支出数', '决算数')}"))) == 2


@pytest.mark.parametrize("span", ["rowspan=65534 colspan=65534", "rowspan=999999999", "colspan='-5'", "rowspan=甲"])
def test_a_giant_span_costs_nothing(span: str) -> None:
    rows = "".join(f"<tr><td {span}>甲{row}<td {span}>1</tr>" for row in range(300))
    (table,) = tables(read(f"<html><table><tr><th>项目名称<th>预算数</tr>{rows}</table>"))
    assert len(table.rows) == 300


# --- bytes


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("gb2312", "gb18030"), ("GBK", "gb18030"), ("utf-8", "gb18030"), ("gb2312", "utf-8"), ("", "utf-16"),
     ("big5", "big5"), ("no-such", "utf-8"), ("iso-8859-1", "utf-8-sig")],
)  # fmt: skip
def test_the_bytes_outweigh_the_declaration(declared: str, encoding: str) -> None:
    page = f"<html><meta charset='{declared}'><h1>{TITLE if encoding != 'big5' else '某街道2021年自評報告'}</h1><p>正文"
    if encoding == "gb18030":
        page += "𠮷㙟"
    assert texts(read(page, encoding))[0].endswith("报告" if encoding != "big5" else "報告")


def test_a_broken_character_spoils_no_page() -> None:
    content = f"<html><meta charset=gb2312><h1>{TITLE}</h1><p>{SENTENCE * 9}".encode("gb18030") + b"\xff</p>"
    assert texts(read_document(content, "x"))[0] == TITLE


def saved(encoded: bytes, how: str) -> bytes:
    head = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="b"\r\n\r\n'
    part = f'--b\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: {how}\r\n\r\n'
    picture = "\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--b--\r\n"
    return head.encode() + part.encode() + encoded + picture.encode()


def test_a_page_saved_in_one_file_is_read() -> None:
    page = f"<html><body>{BODY}</body></html>".encode("gb18030")
    for content in (
        saved(quopri.encodestring(page), "quoted-printable"),
        saved(base64.encodebytes(page), "base64"),
    ):
        assert medium_of(content) == "mhtml"
        assert words(read_document(content, "报告.doc")) == BARE


@pytest.mark.parametrize(
    ("content", "medium"),
    [
        (f"<div>{BODY}</div>", "html"),
        (f"\n <!-- 正文 --> <p>{TITLE}</p><p>{SENTENCE}</p>{TABLE}", "html"),
        (f"<?xml version='1.0' encoding='gb2312'?>\n<!DOCTYPE html PUBLIC 'x'><html>{BODY}</html>", "html"),
        (f"<?xml version='1.0'?><?xml-stylesheet href='x'?><html>{BODY}</html>", "html"),
        (f"<table><tr><td>{BODY}</td></tr></table>", "html"),
        (f"<meta charset=utf-8><style>p{{}}</style><p>{SENTENCE}", "html"),
        (f"<div align='center'>\n\n# {TITLE}\n\n</div>\n\n{SENTENCE}\n", "text"),
        (f"<!-- 说明 -->\n# {TITLE}\n", "text"),
        (f"{TABLE}\n\n{SENTENCE * 20}\n", "text"),
        (f"<{TITLE}>\n", "text"),
        (f"{TITLE}\n{TABLE}\n", "text"),
        ("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'cc'>]><a>&b;</a>", "xml"),
    ],
    ids=range(12),
)
def test_a_page_is_told_by_what_it_holds(content: str, medium: str) -> None:
    assert medium_of(content.encode()) == medium


# --- hostile pages


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("<div>" * 60_000 + TITLE, "嵌套"),
        ("<table><tr><td>" * 5_000 + TITLE, "嵌套"),
        ("<b>" * 60_000 + TITLE, "嵌套"),
        ("<p><font color=1>" * 5_000 + TITLE, "嵌套"),
        ("<p><font>" * 900 + "<p>" * 2_000, "庞大"),
        ("<p>" * 700_000, "庞大"),
    ],
)
def test_a_page_built_to_kill_is_refused(page: str, word: str) -> None:
    with pytest.raises(Unreadable, match=word):
        read(f"<html>{page}")


PIECES = ["<div>", "</div>", "<p>", "<table>", "<tr>", "<td rowspan=3>", "<td colspan=2>", "</table>", "<ul><li>",
          "<ol start=x>", "</ol>", "<br>", "<h1>", "</h1>", "<pre>", "</pre>", "<a href=x>", "</a>", "<nav>", TITLE,
          "单位：万元", "12.5", "项目名称", "<!--", "-->", "&nbsp;", "\n", "<font", ">", "一、"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_page_is_read_or_refused(pieces: list[str]) -> None:
    try:
        document = read("<html>" + "".join(pieces))
    except Unreadable:
        return
    assert document.line_count > 0
    for ruled in document.grids:
        assert len({len(row) for row in ruled.rows}) == 1
