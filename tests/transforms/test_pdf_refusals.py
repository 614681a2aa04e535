"""PDFs that cannot be read: each refused with one sentence that says why."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from test_pdf_reading import FONT, pdf, write

from transforms.documents.model import Unreadable
from transforms.documents.pdf import objects, reader
from transforms.documents.reader import read_document

pytestmark = pytest.mark.unit


def refusal_of(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_document(content, "报告.pdf")
    assert refused.value.message.endswith("。")
    return refused.value.detail.partition(":")[0]


def locked(user_password: str) -> bytes:
    buffer = BytesIO()
    encryption = StandardEncryption(user_password, ownerPassword="owner", canModify=0)
    canvas = Canvas(buffer, encrypt=encryption, invariant=1)
    canvas.setFont(FONT, 12)
    write(canvas, "加密的报告正文。")
    canvas.save()
    return buffer.getvalue()


def test_a_password_is_refused_an_empty_one_is_none() -> None:
    assert refusal_of(locked("secret")) == "encrypted"
    assert read_document(locked(""), "").blocks


def test_a_truncated_or_corrupt_file_is_refused() -> None:
    whole = pdf(lambda canvas: write(canvas, "报告正文。"))
    assert refusal_of(whole[: len(whole) // 2]) == "pdf_damaged"
    assert refusal_of(b"%PDF-1.4\n" + b"\xff" * 200 + b"\nstartxref\n0\n%%EOF") == "pdf_damaged"


def test_a_scan_is_refused_with_or_without_hidden_text() -> None:
    picture = ImageReader(Image.new("L", (40, 40), 128))

    def scan(canvas: Canvas) -> None:
        canvas.drawImage(picture, 0, 0, 595, 842)
        hidden = canvas.beginText(72, 700)
        hidden.setTextRenderMode(3)
        hidden.textOut("识别出来的文字不可靠，数字尤其如此，因此不作为报告内容读取")
        canvas.drawText(hidden)

    assert refusal_of(pdf(scan)) == "pdf_scan"
    assert refusal_of(pdf(lambda canvas: None)) == "pdf_scan"


def test_too_many_pages_characters_and_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pdf(*[lambda canvas: write(canvas, "报告正文。", "第二行。")] * 3)
    monkeypatch.setattr(reader, "MOST_PAGES", 2)
    assert refusal_of(content) == "pdf_pages"
    monkeypatch.setattr(reader, "MOST_PAGES", 3)
    monkeypatch.setattr(reader, "MOST_CHARACTERS", 10)
    assert refusal_of(content) == "pdf_characters"
    monkeypatch.setattr(reader, "MOST_CHARACTERS", 1000)
    monkeypatch.setattr(objects, "MOST_OBJECTS", 1)
    assert refusal_of(content) == "pdf_endless"


def test_a_huge_page_is_read_like_any_other() -> None:
    content = pdf(lambda canvas: write(canvas, "报告正文在很大的页面上。", x=10_000, y=10_000), size=(14_400, 14_400))
    (block,) = read_document(content, "").blocks
    assert block.place.page == 1


def test_scripts_and_files_in_a_pdf_are_not_looked_at() -> None:
    """A script that runs on opening, an attached program, a link that starts one: only the text is read."""
    script = "<</S/JavaScript/JS(app.alert\\('999万元'\\))>>"
    spec = "<</Type/Filespec/F(virus.exe)/EF<</F 99 0 R>>>>"
    names = (
        f"/OpenAction {script}/Names<</EmbeddedFiles<</Names[(virus.exe){spec}]>>/JavaScript<</Names[(a){script}]>>>>"
    )
    content = pdf(lambda canvas: write(canvas, "某镇二〇二二年度部门整体支出绩效自评报告全文"))
    content = content.replace(b"/Type /Catalog", b"/Type /Catalog" + names.encode())
    assert b"virus.exe" in content
    document = read_document(content, "")
    assert [block.text for block in document.blocks] == ["某镇二〇二二年度部门整体支出绩效自评报告全文"]
