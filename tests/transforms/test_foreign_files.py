"""Files that offices send and that are no report: refused with what to send instead; pages that hide until they run."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from document_makers import only_table, texts

from transforms.documents.model import Unreadable
from transforms.documents.reader import read_document
from warehouse.intake.bundles import is_bundle

pytestmark = pytest.mark.unit

MAIL = (
    "Received: from mx\r\nFrom: a@example.org\r\nSubject: report\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n请查收附件\r\n--x--\r\n"
)
CSV = '某镇2022年项目支出明细表,,\n项目名称,预算数,完成情况\n道路,"1,200.00","修路3条,验收2条"\n环卫,80.00,按计划完成\n'
TABLE = "<table><tr><td>项目名称<td>预算数<tr><td>道路养护经费<td>5.00</table>"


def apple() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("Index/Document.iwa", "Metadata/Properties.plist", "preview.jpg"):
            archive.writestr(name, b"x" * 100)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "what", "instead"),
    [
        (MAIL.encode(), "电子邮件", "附件"),
        (CSV.encode("gb18030"), "csv", "xlsx"),
        (CSV.encode("utf-8-sig"), "csv", "xlsx"),
        (apple(), "pages", "docx"),
        (b"<html><body><div id=app></div><script>report()</script></body></html>", "网页是空的", "docx"),
        (b"<html><frameset><frame src='a.html'><frame src='b.html'></frameset></html>", "网页是空的", "docx"),
    ],
)
def test_what_is_no_report_is_refused_with_what_to_send(content: bytes, what: str, instead: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(content, "报告")
    assert what in refused.value.message
    assert instead in refused.value.message


def test_a_document_of_another_maker_is_no_bundle() -> None:
    assert not is_bundle(BytesIO(apple()))


def test_a_text_with_half_width_commas_is_no_sheet() -> None:
    text = "青云镇2022年自评报告\n\n一,二,三项工作,均已完成\n道路,环卫\n养老,助残,治安,绿化\n其他\n"
    assert texts(read_document(text.encode(), "报告.txt"))[0] == "青云镇2022年自评报告"
    endless = f"甲,乙,丙\n{'字' * 150_000},1,2\n丁,3,4\n"
    with pytest.raises(Unreadable) as refused:
        read_document(endless.encode(), "报告.txt")
    assert "csv" in refused.value.message


def test_a_page_whose_whole_text_waits_for_its_script_is_read() -> None:
    text = f"<p>一、部门概况</p><p>{'各项工作完成。' * 9}</p>{TABLE}"
    page = f"<html><h1>青云镇2022年自评报告</h1><div style='visibility: hidden; opacity: 0;'>{text}</div>"
    document = read_document(page.encode(), "报告.html")
    assert "一、部门概况" in texts(document)
    assert only_table(document).rows[0].cells[0].text == "道路养护经费"


def test_a_word_that_a_page_hides_is_not_read() -> None:
    page = (
        f"<html><h1>青云镇2022年自评报告</h1><p>{'各项工作完成。' * 9}<span style='visibility:hidden'>底稿</span></p>"
    )
    assert not any("底稿" in text for text in texts(read_document(page.encode(), "报告.html")))


@pytest.mark.parametrize(
    "content",
    ['报告,甲,"乙\n' + "全年工作有序，支出规范。\n" * 90, "a,b,c" + "x" * 140_000 + "\n" + "a,b,c\n正文。\n"],
)
def test_commas_and_open_quotation_marks_make_no_sheet_of_a_text(content: str) -> None:
    assert read_document(content.encode(), "报告.txt").blocks
