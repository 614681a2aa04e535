"""PDFs as word processors export them: symbols, signs of several characters, marks of footnotes, rows cut by pages."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from test_pdf_reading import FONT, HEAD, grid, pdf, read, rows, texts, write
from test_pdf_refusals import refusal_of

from transforms.documents.model import BlockKind, TextBlock
from transforms.documents.pdf.reader import _read_sheets
from transforms.documents.reader import read_document

pytestmark = pytest.mark.unit

LATIN = "Vera"
pdfmetrics.registerFont(TTFont(LATIN, "Vera.ttf"))


def embedded(text: str) -> bytes:
    """A page with the text in an embedded font, nothing of it compressed."""
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=0)
    canvas.setFont(LATIN, 12)
    canvas.drawString(72, 700, text)
    canvas.save()
    return buffer.getvalue()


def test_bullets_of_symbol_fonts_begin_items() -> None:
    document = read(lambda canvas: write(canvas, "\uf06c道路养护工作已完成。", "\uf0b7绿化养护工作已完成。"))
    blocks = [block for block in document.blocks if isinstance(block, TextBlock)]
    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.LIST_ITEM, "道路养护工作已完成。"),
        (BlockKind.LIST_ITEM, "绿化养护工作已完成。"),
    ]


def test_a_character_without_meaning_spoils_its_figure() -> None:
    table = [HEAD, ("道路养护经费", "1\ue0012.50", "12.00"), ("绿化经费", "8.00", "7.00")]
    filling = ["本年度各项工作任务均已按期完成并达到预期目标，资金使用规范。"] * 4
    document = read(lambda canvas: (write(canvas, *filling), grid(canvas, table, y=600)))
    assert rows(document)[0][0] == ["道路养护经费", "1\ufffd2.50", "12.00"]


def test_a_font_that_does_not_say_its_characters_is_refused() -> None:
    content = embedded("annual budget 24957.99, spent 24085.30, ‘quoted’ — “twice” • œuvre ‰ Žižkov Šárka")
    assert "24957.99" in texts(read_document(content, ""))[0]
    assert refusal_of(content.replace(b"/ToUnicode", b"/NoUnicode")) == "pdf_unmapped"


def test_one_sign_for_two_characters_is_both() -> None:
    content = embedded("0123 office")
    two = re.sub(rb"(<66> *)<0066>", rb"\1<00660066>", content)
    assert texts(read_document(content, "")) == ["0123 office"]
    assert two != content
    assert texts(read_document(two, "")) == ["0123 offffice"]


def test_marks_of_footnotes_are_no_digits_and_squares_stay() -> None:
    def paint(canvas: Canvas) -> None:
        x = 72.0
        for text, mark in (("全年支出100", "3"), ("万元，养护绿地50m", "2")):
            canvas.setFont(FONT, 12)
            canvas.drawString(x, 700, text)
            x += canvas.stringWidth(text, FONT, 12)
            canvas.setFont(FONT, 6)
            canvas.drawString(x, 705, mark)
            x += 3

    assert texts(read(paint))[0] == "全年支出100万元,养护绿地50m2"


EDGES = (72, 136, 190, 244, 330)
HEADINGS = ("项目名称", "预算数", "支出数", "完成情况")


def cut(upper: tuple[str, ...], lower: tuple[str, ...]) -> list[list[str]]:
    """The rows of a table whose last row on a page is ``upper``, and first on the next ``lower``."""
    before = ("绿化养护", "8.00", "7.00", "已完成。")
    after = ("文体活动", "5.00", "5.00", "已完成。")
    document = read(
        lambda canvas: grid(canvas, [HEADINGS, before, upper], y=120, edges=EDGES),
        lambda canvas: grid(canvas, [HEADINGS, lower, after], y=780, edges=EDGES),
    )
    (table,) = rows(document)
    assert [table[0], table[-1]] == [list(before), list(after)]
    return table[1:-1]


def test_a_row_cut_within_its_name_is_one_where_its_lines_were_full() -> None:
    upper, lower = ("企业服务与", "12.50", "12.00", "走访企业三"), ("招商经费", "", "", "十家。")
    assert cut(upper, lower) == [["企业服务与招商经费", "12.50", "12.00", "走访企业三十家。"]]


def test_a_row_without_figures_after_a_name_with_room_is_one_of_its_own() -> None:
    upper, lower = ("信访", "12.50", "12.00", "已完成。"), ("招商经费", "", "", "未开展。")
    assert cut(upper, lower) == [list(upper), list(lower)]


def test_a_figure_cut_at_the_edge_of_its_column_is_one() -> None:
    upper = ("企业服务与", "12345678", "12345678", "走访企业三十家次")
    lower = ("招商经费", "00.50", "00.50", "并解决诉求。")
    name, completion = "企业服务与招商经费", "走访企业三十家次并解决诉求。"
    assert cut(upper, lower) == [[name, "1234567800.50", "1234567800.50", completion]]
    shorter = ("企业服务与", "1234", "1234", "走访企业三十家次")
    assert cut(shorter, lower)[0] == list(shorter)


def test_fonts_that_the_file_does_not_hold_are_the_same_on_every_machine() -> None:
    """Without a font pdfium drops lines that repeat each other and characters that stand alone; with one it measures
    them by it."""

    def paint(canvas: Canvas) -> None:
        write(canvas, *["同一行文字再三出现。"] * 4, "费")

    (sheet,) = _read_sheets(pdf(paint))
    assert [line.text for line in sheet.lines] == [*["同一行文字再三出现。"] * 4, "费"]
    assert {(run.em, round(run.box.width)) for line in sheet.lines for run in line.runs} == {(12.0, 120), (12.0, 12)}


def drawn(text: str) -> bytes:
    """A page in a font whose characters are flat strokes that fill its height, as browsers print 一."""
    codes = range(1, len(text) + 1)
    meant = b" ".join(b"<%02x> <%04x>" % (code, ord(character)) for code, character in zip(codes, text, strict=True))
    stroke = stream(b"1000 0 40 380 960 460 d1 40 380 920 80 re f")
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        stream(b"BT /F 12 Tf 72 700 Td <%s> Tj ET" % b"".join(b"%02x" % code for code in codes)),
        b"<< /Type /Font /Subtype /Type3 /FontBBox [40 380 960 460] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 1"
        b" /LastChar %d /Widths [%s] /Encoding << /Differences [1 %s] >> /CharProcs << /g 7 0 R >> /ToUnicode 6 0 R >>"
        % (len(text), b"1000 " * len(text), b"/g " * len(text)),
        stream(b"1 begincodespacerange <00> <ff> endcodespacerange %d beginbfchar %s endbfchar" % (len(text), meant)),
        stroke,
    ]
    objects = [b"%d 0 obj %s endobj\n" % (number, body) for number, body in enumerate(bodies, 1)]
    return b"%PDF-1.4\n" + b"".join(objects) + b"trailer << /Size %d /Root 1 0 R >>\n%%%%EOF" % (len(objects) + 1)


def stream(content: bytes) -> bytes:
    """A stream of a PDF."""
    return b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content)


def test_flat_characters_are_read() -> None:
    assert texts(read_document(drawn("一一"), "")) == ["一一"]
