"""Slips as Word, page and workbook: what stands where, what is escaped, and that the bytes never change."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook
from slip_cases import AT, HOSTILE, W, body_of, entry, group, paragraphs_of, parts_of, slip, tables_of, texts_of

from expectations.slips.model import Received
from expectations.slips.showing import shown
from expectations.slips.writing import WRITERS, docx_of, html_of, xlsx_of
from transforms.documents.docx.reader import read_docx
from transforms.documents.model import Table, TextBlock

pytestmark = pytest.mark.unit


def position(texts, start):
    return next(at for at, text in enumerate(texts) if text.startswith(start))


def sheet_of(xlsx, name="问题清单"):
    return CalamineWorkbook.from_filelike(BytesIO(xlsx)).get_sheet_by_name(name).to_python()


@pytest.mark.parametrize("read", [lambda made: paragraphs_of(docx_of(made)), lambda made: texts_of(html_of(made))])
def test_a_slip_says_who_what_when_and_blocking_findings_first(read):
    texts = read(slip())
    order = [
        "绩效自评材料退回单",
        "编号：2021年松溪街道-第1版-退回单",
        "云陌市清岚区人民政府松溪街道办事处：",
        "你单位报送的2021年度部门整体支出绩效自评材料（第1版）收悉。经审核，有必须改正的问题1处",
        "必须改正1处，请确认或说明1处，供参考1处",
        "2022年5月10日 02:00",
        "2022年6月30日",
        "一、收到的材料",
        "自评.md",
        "2022年5月10日 02:00",
        "二、必须改正的问题（1处）",
        "1. 在编人数不平（C17，1处）",
        "第13行",
        "共30人",
        "相差 1 人。",
        "应与“30”相符",
        "处理：□ 已改正",
        "三、请确认或说明的问题（1处）",
        "2. 目标未量化（C40，1处）",
        "要求：至少 1 个数值",
        "说明：□ 有误，已改正　　□ 属实，原因：＿",
        "清岚区财政局",
        "2022年5月10日",
        "附：供参考的提示",
        "疑似错字（C51）",
        "回　执",
        "清岚区财政局：",
    ]
    for text in order:
        at = position(texts, text)
        texts = texts[at + 1 :]


def test_the_findings_of_a_rule_stand_in_one_table_with_a_line_to_fill_in():
    two = group(entries=[entry("第1行"), entry("第2行", quote="")])
    table = tables_of(docx_of(slip(blocking=(two,))))[2]
    assert table[0] == ["序号", "位置", "原文", "问题"]
    assert [row[:3] for row in table[2:4]] == [["1", "第1行", "共30人"], ["2", "第2行", "（无原文）"]]
    assert table[2][3] == "相差 1 人。"
    assert "\n应与“30”相符\n" in table[1][0]
    assert table[1][0].startswith("1. 在编人数不平（C17，2处）")
    assert len(table) == 5
    assert table[4][0].startswith("处理：□ 已改正")


def test_many_warnings_of_one_rule_are_drawn_together_and_the_workbook_has_them_all():
    many = group("C40", "目标未量化", [entry(f"第{number}行", subject=f"项目{number}") for number in range(1, 61)])
    made = slip(blocking=(), warning=(many,), outcome="accepted_with_warnings")
    table = tables_of(docx_of(made))[2]
    assert len(table) == 2 + 5 + 2
    assert table[7][0].startswith("另有55处，位置：第6行（项目6）；第7行（项目7）；")
    assert "第60行（项目60）" in table[7][0]
    places = [row[5] for row in sheet_of(xlsx_of(made))[1:]]
    assert places[:60] == [f"第{number}行" for number in range(1, 61)]


def test_a_questioned_report_is_told_that_it_was_accepted():
    texts = paragraphs_of(docx_of(slip(blocking=(), outcome="accepted_with_warnings")))
    assert "绩效自评材料审核意见单" in texts
    assert any("已予采用" in text for text in texts)
    assert not any("现予退回" in text or text.endswith("必须改正的问题（1处）") for text in texts)


def test_an_unreadable_file_is_told_why_and_what_to_send():
    made = slip(
        outcome="unreadable", blocking=(), warning=(), information=(), reason="文件是空的。请重新导出后再报送。",
        short_name=None, department_id=None, fiscal_year=None, version=None, recipient="报送单位",
        received=(Received("扫描件.pdf", AT),), key=0xABCDEF,
    )  # fmt: skip
    texts = paragraphs_of(docx_of(made))
    assert texts[position(texts, "二、无法读取的原因") + 1] == "文件是空的。请重新导出后再报送。"
    assert "编号：部门不明-扫描件-abcdef-退回单" in texts
    assert not any("位置说明" in text or text.startswith("附：") for text in texts)
    assert sheet_of(xlsx_of(made))[1][8] == "文件是空的。请重新导出后再报送。"


def test_long_quotations_are_shortened_in_documents_only():
    made = slip(blocking=(group(entries=[entry(quote="长" * 5000)]),))
    assert tables_of(docx_of(made))[2][2][2] == "长" * 120 + "……"
    assert len(html_of(made)) < 30_000
    assert sheet_of(xlsx_of(made))[1][7] == "长" * 5000


def test_what_reports_say_is_text_and_nothing_else():
    made = slip(
        blocking=(group(entries=[entry(HOSTILE, HOSTILE, HOSTILE, HOSTILE)]),),
        recipient=HOSTILE, received=(Received(HOSTILE, AT),), reason=HOSTILE,
    )  # fmt: skip
    row = tables_of(docx_of(made))[2][2]
    assert row[1:3] == [HOSTILE, HOSTILE]
    assert row[3] == f"{HOSTILE}\n要求：{HOSTILE}"
    page = html_of(made)
    assert b"<script" not in page
    assert HOSTILE in texts_of(page)
    with zipfile.ZipFile(BytesIO(xlsx_of(made))) as archive:
        sheets = b"".join(archive.read(name) for name in archive.namelist() if "worksheets/" in name)
    assert b"<f>" not in sheets
    assert b"hyperlink" not in sheets
    assert sheet_of(xlsx_of(made))[2][7:10] == [HOSTILE] * 3


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_whatever_a_report_says_the_files_stay_sound(text):
    said = shown(text)
    made = slip(blocking=(group(entries=[entry(said or "x", said, said, said)]),))
    assert tables_of(docx_of(made))[2][2][2] == (said or "（无原文）")
    assert texts_of(html_of(made))
    assert sheet_of(xlsx_of(made))[1][7] == said


@pytest.mark.parametrize("ending", WRITERS)
def test_the_same_slip_gives_the_same_bytes(ending, monkeypatch):
    first = WRITERS[ending](slip())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert WRITERS[ending](slip()) == first
    assert WRITERS[ending](replace(slip(), answer_by=AT.date())) != first or ending == "xlsx"


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_no_part_of_a_file_knows_when_it_was_written(ending):
    with zipfile.ZipFile(BytesIO(WRITERS[ending](slip()))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = etree.fromstring(archive.read("docProps/core.xml"))
    dates = {element.text for element in core if element.tag.endswith(("created", "modified"))}
    assert dates == {"2022-05-09T18:00:00Z"}


def test_the_word_file_is_a4_with_numbered_pages_and_chinese_fonts():
    made = docx_of(slip())
    page = body_of(made).find(f"{W}sectPr")
    assert page.find(f"{W}pgSz").attrib == {f"{W}w": "11906", f"{W}h": "16838"}
    parts = parts_of(made)
    assert b"PAGE" in parts["word/footer.xml"]
    styles = etree.fromstring(parts["word/styles.xml"])
    fonts = {each.get(f"{W}eastAsia") for each in styles.iter(f"{W}rFonts")}
    assert fonts == {"宋体", "黑体", "仿宋", "楷体"}
    used = {each.get(f"{W}val") for each in body_of(made).iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    assert used <= {each.get(f"{W}styleId") for each in styles.iter(f"{W}style")}


def test_the_word_file_is_read_by_the_system_itself():
    document = read_docx(docx_of(slip()))
    assert "绩效自评材料退回单" in [block.text for block in document.blocks if isinstance(block, TextBlock)]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [cell.text for cell in tables[1].header] == ["序号", "文件名", "收到时间(北京时间)"]


def test_the_page_needs_nothing_from_outside():
    page = html_of(slip()).decode()
    assert "http://" not in page
    assert "https://" not in page
    assert "src=" not in page


def test_invented_material_says_so():
    assert paragraphs_of(docx_of(slip(is_synthetic=True)))[0].startswith("【模拟】")
    assert not paragraphs_of(docx_of(slip()))[0].startswith("【模拟】")
