"""Files that grow beyond all measure when they are read, in the process that reads a night's files: each is refused
with a sentence of its own, or read, and the file after it is read as ever."""

from __future__ import annotations

import random
import zlib
from base64 import a85encode
from collections.abc import Callable

import pytest
from docx_maker import docx, p, package, parts_of
from fact_cases import TITLE, task_table
from report_cases import REGISTRY
from sheet_makers import changed, workbook

from transforms.documents.pdf.expansion import refuse_expanding
from transforms.facts.fact_columns import PackedFacts
from transforms.reading_file import Outcome, ReadItem, Refused, read_file
from transforms.reading_pool import ReadingPool

pytestmark = pytest.mark.pipeline

SOUND = (TITLE + task_table("项目名称|预算数|支出数", "甲经费|5|4.98")).encode()
SHEET = "xl/worksheets/sheet1.xml"
SECTION = f"{TITLE}一、部门概况\n\n"
DRAWN = b"0 0 m 1 1 l S\n"
MEBIBYTE = 1 << 20


def text(line: str, count: int) -> bytes:
    return f"{SECTION}{line * count}\n".encode()


def form(rows: str) -> bytes:
    """A workbook with further rows below its own."""
    return changed(workbook([["项目支出绩效自评表"]]), SHEET, "</sheetData>", f"{rows}</sheetData>")


def rows(count: int, columns: str, cell: str = "<c r='{column}{row}'><v>1</v></c>") -> str:
    numbered = (
        "".join(cell.format(column=column, row=row) for column in columns).join((f"<row r='{row}'>", "</row>"))
        for row in range(2, count + 2)
    )
    return "".join(numbered)


def of_one_long_text() -> bytes:
    content = workbook([["字" * 30_000]])
    return changed(content, SHEET, "</sheetData>", rows(200, "A", "<c r='A{row}' t='s'><v>0</v></c>") + "</sheetData>")


def pdf(stream: bytes, filters: str, *others: bytes) -> bytes:
    """A PDF of one page whose commands are ``stream``, and other objects behind."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(stream), filters.encode(), stream),
        *others,
    )
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(places)
    return content + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(content))


def drawing(mebibytes: int) -> bytes:
    return zlib.compress(DRAWN * (mebibytes * MEBIBYTE // len(DRAWN)), 9)


def noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)


def of_endless_elements() -> bytes:
    """As large when packed as a file full of pictures, so that no ratio gives it away."""
    parts = parts_of(p("正文。") + "<w:p><w:r><w:tab w:a='' w:b=''/></w:r></w:p>" * 400_000)
    return package(parts | {"word/media/image1.png": noise(MEBIBYTE)})


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "one line of 24 megabytes": (
        lambda: text("预算执行情况良好，", 24_000_000 // 27),
        "第 5 行（段）的文字超过 20 万字",
    ),
    "the same in Word": (lambda: docx(p("预算执行情况良好，" * 30_000)), "行（段）的文字超过 20 万字"),
    "lines of three million characters": (lambda: text("预算执行情况良好。" * 1000 + "\n", 300), "文字超过 200 万字"),
    "600,000 rows": (lambda: form(rows(600_000, "A")), "工作表“Sheet1”有内容的行超过 6 万行"),
    "310,000 cells": (lambda: form(rows(31_000, "ABCDEFGHIJ")), "单元格超过 30 万个"),
    "one text in many cells": (of_one_long_text, "文字超过 200 万字"),
    "elements without an end": (of_endless_elements, "结构过于庞大"),
    "a drawing of 60 megabytes": (lambda: pdf(drawing(60), "/FlateDecode"), "PDF 解开后的内容过大"),
    "the same packed twice": (
        lambda: pdf(zlib.compress(drawing(60)), "/FlateDecode/FlateDecode"),
        "PDF 解开后的内容过大",
    ),
    "the same in printable characters": (
        lambda: pdf(a85encode(drawing(30)) + b"~>", "/ASCII85Decode/FlateDecode"),
        "PDF 解开后的内容过大",
    ),
    "the same in hexadecimal digits": (
        lambda: pdf(drawing(30).hex().encode() + b">", "/ASCIIHexDecode/FlateDecode"),
        "PDF 解开后的内容过大",
    ),
    "the same behind a remark": (
        lambda: pdf(zlib.compress(b"%!\n" + DRAWN * 2_000_000, 9), "/FlateDecode"),
        "PDF 解开后的内容过大",
    ),
    "one row of cells without an end": (lambda: form(f"<row r='2'>{'<c/>' * 4_000_000}</row>"), "结构过于庞大"),
    "the same called a picture": (
        lambda: pdf(drawing(30), "/FlateDecode").replace(b"/Filter", b"/Subtype/Image/Filter"),
        "PDF 解开后的内容过大",
    ),
    "brackets without an end": (lambda: text("（", 190_000), "重复的数字、日期或标点过多"),
}
"""What is refused, and a part of the sentence that says why."""

READ: dict[str, Callable[[], bytes]] = {
    "a number of units, over and over": lambda: text("下属单位3个：", 300_000 // 19),
    "an amount, over and over": lambda: text("收支总预算1万元，", 10_000),
    "a line as long as one may be": lambda: text("预算执行情况良好。", 199_999 // 9),
    "rows that are formatted and blank": lambda: form(rows(65_536, "ABCDEF", "<c r='{column}{row}' s='0'/>")),
}


PAGE = b"BT /F1 12 Tf 72 700 Td (Report) Tj ET\n"
PICTURE = b"<</Subtype/Image/Width 9/Height 9/Filter/DCTDecode/Length %d>>stream\n%s\nendstream"
FONT = b"<</Length1 %d/Filter/FlateDecode>>stream\n%s\nendstream"


def test_pictures_and_fonts_of_a_sound_pdf_are_no_drawing() -> None:
    photo, letters = noise(5 * MEBIBYTE), b"\x00\x01\x00\x00" + noise(6 * MEBIBYTE)
    others = (PICTURE % (len(photo), photo), FONT % (len(letters), zlib.compress(letters)))
    refuse_expanding(pdf(zlib.compress(PAGE + DRAWN * 200_000), "/FlateDecode", *others))


def outcomes(content: bytes) -> list[Outcome]:
    """Of the file, and of a sound one after it."""
    with ReadingPool(REGISTRY, 1, 120.0) as pool:
        return list(pool.read([ReadItem(1, "报告", content), ReadItem(2, "报告.md", SOUND)]))


def is_read_as_ever(outcome: Outcome) -> bool:
    alone = read_file(ReadItem(2, "报告.md", SOUND), REGISTRY)
    assert isinstance(alone, PackedFacts)
    return isinstance(outcome, PackedFacts) and outcome.unpack() == alone.unpack()


@pytest.mark.parametrize("name", REFUSED)
def test_each_is_refused_by_a_sentence_of_its_own(name: str) -> None:
    make, words = REFUSED[name]
    refused, following = outcomes(make())
    assert isinstance(refused, Refused)
    assert words in refused.message
    assert "重新报送" in refused.message or "报送 Word 原件" in refused.message
    assert not refused.is_system_fault
    assert is_read_as_ever(following)


@pytest.mark.parametrize("name", READ)
def test_what_only_repeats_itself_is_read(name: str) -> None:
    read, following = outcomes(READ[name]())
    assert isinstance(read, PackedFacts), read
    assert read.row_count > 0
    assert is_read_as_ever(following)


def test_a_figure_of_an_endless_sentence_is_quoted_with_what_stands_around_it() -> None:
    read, _ = outcomes(text("下属单位3个：", 10_000))
    assert isinstance(read, PackedFacts)
    quotes = [str(quote) for quote in read.unpack()["figures"][6] if "年" not in str(quote)]
    assert quotes
    assert all("下属单位3个" in quote and len(quote) <= 1500 for quote in quotes)
