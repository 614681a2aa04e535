"""Bytes -> text in every encoding, and one clear refusal for everything that is no text."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.documents.decoding import decode
from transforms.documents.model import Unreadable
from transforms.documents.reader import read_document
from transforms.documents.text import LARGEST_BYTES, read_text

pytestmark = pytest.mark.unit

REPORT = "某街道办事处2021年部门整体支出绩效自评报告\n\n一、基本情况\n本部门预算金额24,957.99万元。\n"
COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下"
    "过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都"
    "两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重"
    "新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想"
    "已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知"
    "较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造"
    "百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白"
    "教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集"
    "温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿"
    "千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存"
    "候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该"
    "铁价严龙飞"
)


@pytest.mark.parametrize(
    ("encoding", "bom", "name"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("gb18030", b"", "gb18030"),
        ("gbk", b"", "gb18030"),
    ],
)
def test_encodings(encoding: str, bom: bytes, name: str) -> None:
    decoded = decode(bom + REPORT.encode(encoding))
    assert decoded.text == REPORT
    assert decoded.encoding == name
    assert read_text(bom + REPORT.encode(encoding)).encoding == name


@given(
    st.text(alphabet=COMMON, min_size=12, max_size=80), st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
)
def test_chinese_without_a_single_latin_character_is_told_apart(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@given(st.text(alphabet=COMMON + "0123456789.,%\nabc，。（）", min_size=20, max_size=200).filter(str.strip))
def test_encode_and_decode(text: str) -> None:
    for encoding in ("utf-8-sig", "utf-16", "gb18030", "utf-8"):
        assert decode(text.encode(encoding)).text == text


def test_rare_characters_of_gb18030() -> None:
    text = REPORT + "石碁镇、㙟、𠮷、⻊"
    assert decode(text.encode("gb18030")).text == text


def message(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_document(content, "报告.txt")
    assert refused.value.message.count("。") == 1
    assert refused.value.message.endswith("。")
    assert refused.value.detail.isascii() or "报告.txt" in refused.value.detail
    return refused.value.message


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "空的"),
        (b" \r\n\t\x0c", "空的"),
        ("　\ufeff\u2028 ".encode(), "空的"),
        (b"\xff\xfe", "空的"),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("xl/workbook.xml"), "xlsx"),
        (zipped("OFD.xml"), "OFD"),
        (zipped("report.txt"), "压缩包"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "图片"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "图片"),
        (b"Rar!\x1a\x07\x01\x00", "压缩包"),
        ("<html>".encode("utf-16"), "空的"),
        (("<html>" + "<div>" * 60_000 + REPORT).encode(), "嵌套"),
        (("<html>" + "<p><font size=1>" * 900 + "<p>" * 2000 + REPORT).encode(), "过于庞大"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n", "内容无法识别"),
        (b'<?xml version="1.0"?><a/>', "XML"),
        (b"MZ\x90\x00\x03" + bytes(range(256)) * 4, "不是文本"),
        (REPORT.encode()[:-6] + b"\xff\xff\xff" + REPORT.encode(), "编码"),
        (b"\xff\xfe" + REPORT.encode("utf-16-le") + b"\x00", "编码"),
        (REPORT.encode().decode("latin-1").encode(), "乱码"),
        ((REPORT * 3).encode().decode("gbk", "ignore").encode(), "乱码"),
        (REPORT.encode("gbk").decode("utf-8", "replace").encode(), "乱码"),
        (("锟斤拷" * 30).encode(), "乱码"),
    ],
)
def test_refusals_say_why(content: bytes, word: str) -> None:
    assert word in message(content)


def test_too_many_bytes() -> None:
    assert "64 MB" in message(b"a" * (LARGEST_BYTES + 1))


def test_the_name_decides_nothing() -> None:
    assert read_document(REPORT.encode(), "报告.docx").blocks
    with pytest.raises(Unreadable):
        read_document(b"%PDF-1.7", "报告.txt")
