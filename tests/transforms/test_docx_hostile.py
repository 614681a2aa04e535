"""Hostile, broken and foreign Office files: refused with a plain sentence, and old ones converted where that can be."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from document_makers import only_table, texts
from docx_maker import NAMESPACES, W, docx, p, package, parts_of, relations, t, tbl, tc, tr

from transforms.documents import legacy
from transforms.documents.model import Unreadable
from transforms.documents.reader import read_document

pytestmark = pytest.mark.unit

BODY = p("一、基本情况") + tbl(tr("项目名称", "预算数"), tr("甲经费", "5.00")) + p("完成良好。")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(content: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_document(content, "报告.docx")
    assert caught.value.message.count("。") == 1
    return caught.value


def with_document(content: bytes) -> bytes:
    return package(parts_of("") | {"word/document.xml": content})


def open_document(kind: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<office:document-content/>", zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def compound(stream: str) -> bytes:
    return COMPOUND + bytes(500) + stream.encode("utf-16-le") + bytes(500)


def test_broken_packages() -> None:
    sound = docx(BODY)
    assert "损坏" in refused(sound[: len(sound) // 2]).message
    at = sound.index(b"word/document.xml") + 60
    assert "损坏" in refused(sound[:at] + bytes(40) + sound[at + 40 :]).message
    assert "损坏" in refused(with_document(b"<w:document")).message
    assert "损坏" in refused(with_document(f'<x xmlns:w="{W}"/>'.encode())).message


@pytest.mark.parametrize("missing", ["word/document.xml", "_rels/.rels"])
def test_packages_without_a_main_part(missing: str) -> None:
    parts = parts_of(BODY)
    del parts[missing]
    assert "损坏或不完整" in refused(package(parts)).message


def test_documents_without_styles_numbering_or_relations() -> None:
    parts = parts_of(BODY)
    for name in ("word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels"):
        del parts[name]
        assert texts(read_document(package(parts), "报告.docx")) == ["一、基本情况", "完成良好。"]


def test_a_main_part_of_another_name_and_targets_from_the_root() -> None:
    parts = parts_of(BODY)
    parts["word/main2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = relations(("officeDocument", "/word/main2.xml"))
    assert only_table(read_document(package(parts), "报告.docx")).rows


def test_bombs_are_refused_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    blanks = b" " * (20 * 1024 * 1024)
    bomb = with_document(f"<w:document {NAMESPACES}><w:body>".encode() + blanks + b"</w:body></w:document>")

    def unpack(*_: object) -> bytes:
        raise AssertionError("unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "read", unpack)
    assert "解压后" in refused(bomb).message


def test_parts_that_overlap_are_refused() -> None:
    content = docx(BODY)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        largest = max(archive.infolist(), key=lambda info: info.compress_size)
    size = largest.compress_size.to_bytes(4, "little")
    forged = content.replace(size, (len(content) * 2).to_bytes(4, "little"))
    assert "重新报送" in refused(forged).message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused(encoding: str) -> None:
    entities = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    declared = f'<?xml version="1.0" encoding="{encoding}"?>{entities}<w:document {NAMESPACES}><w:body/></w:document>'
    assert "DTD" in refused(with_document(declared.encode(encoding))).message
    parts = parts_of(BODY) | {"word/styles.xml": declared.encode(encoding)}
    assert "DTD" in refused(package(parts)).message


def test_encrypted_files_are_told_from_broken_ones() -> None:
    content = bytearray(docx(BODY))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    assert "密码" in refused(bytes(content)).message
    assert "密码" in refused(compound("EncryptedPackage")).message


def test_deep_nesting_is_refused() -> None:
    nested = p("底")
    for _ in range(30):
        nested = tbl(tr(f"<w:tc>{nested}</w:tc>"))
    assert "嵌套过深" in refused(docx(nested)).message
    assert "嵌套过深" in refused(docx(p("<w:ins>" * 100 + t("深") + "</w:ins>" * 100))).message
    assert "嵌套过深" in refused(docx("<w:customXml>" * 300 + p("深") + "</w:customXml>" * 300)).message


def test_tables_of_absurd_size_are_refused_and_absurd_spans_cut_short() -> None:
    wide = tc("项目", '<w:gridSpan w:val="65534"/>')
    (grid,) = read_document(docx(tbl(tr(wide, "预算数"), tr("甲", "5"))), "报告.docx").grids
    assert len(grid.rows[0]) < 100
    assert "单元格过多" in refused(docx(tbl(tr(*["格"] * 500)))).message
    assert "单元格过多" in refused(docx(tbl(tr(*[wide] * 6), *[tr("甲")] * 1000))).message


def test_documents_of_pictures_alone() -> None:
    assert "没有文字" in refused(docx(p("<w:r><w:drawing/></w:r>") + p())).message


def test_macros_and_strict_documents_are_read_as_text() -> None:
    parts = parts_of(BODY) | {"word/vbaProject.bin": COMPOUND + bytes(2000)}
    assert texts(read_document(package(parts), "报告.docm")) == ["一、基本情况", "完成良好。"]
    strict = {
        name: content.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        for name, content in parts_of(BODY).items()
    }
    assert only_table(read_document(package(strict), "报告.docx")).rows[0].cells[0].text == "甲经费"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (compound("WordDocument"), "旧版 Word"),
        (b"{\\rtf1\\ansi text}", "RTF"),
        (compound("PowerPoint Document"), "演示文稿"),
        (package({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "演示文稿"),
        (open_document("text"), "OpenDocument 文档（odt）"),
    ],
)
def test_old_and_foreign_files_are_refused_where_nothing_converts_them(
    content: bytes, word: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    message = refused(content).message
    assert word in message
    assert "docx" in message


def test_open_documents_are_called_by_their_name() -> None:
    sheet = refused(open_document("spreadsheet")).message
    assert "OpenDocument 表格（ods）" in sheet
    assert "xlsx" in sheet
    assert "演示文稿" in refused(open_document("presentation")).message


HANGING = ["sh", "-c", "sh -c 'echo $$ > STARTED.part; mv STARTED.part STARTED; sleep 60'; true"]


def wait_for(condition: Callable[[], bool]) -> None:
    """Until the condition holds; fails after ten seconds."""
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to be")


def is_running(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Installs a converter that does what the script says."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_a_converter_that_fails_or_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "echo broken; exit 1", monkeypatch)
    assert "转换失败" in refused(compound("WordDocument")).message
    program(tmp_path, "sleep 60", monkeypatch)
    with pytest.raises(Unreadable) as caught:
        legacy.to_docx(compound("WordDocument"), "doc", seconds=0.2)
    assert "no result" in caught.value.detail


def test_a_converter_ends_at_its_time_limit_when_its_reader_is_killed_before(tmp_path: Path) -> None:
    started = tmp_path / "started"
    script = (
        f"from pathlib import Path; from transforms.documents import legacy; legacy._run({HANGING}, Path('.'), 1.5)"
    )
    with subprocess.Popen([sys.executable, "-c", script.replace("STARTED", str(started))]) as reader:
        wait_for(started.exists)
        converter = int(started.read_text())
        reader.kill()
    assert is_running(converter)
    wait_for(lambda: not is_running(converter))


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (compound("WordDocument"), "application/msword"),
        (open_document("text"), "application/vnd.oasis.opendocument.text"),
    ],
)
def test_what_the_converter_writes_is_read(
    content: bytes, media_type: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made.docx").write_bytes(docx(BODY))
    program(tmp_path, f'for last; do :; done; mkdir out; cp "{tmp_path}/made.docx" out/report.docx', monkeypatch)
    document = read_document(content, "报告.doc")
    assert document.media_type == media_type
    assert only_table(document).rows[0].cells[0].text == "甲经费"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_converts_rich_text() -> None:
    content = b"{\\rtf1\\ansi\\ansicpg936 {\\b \\u32489?\\u25928?\\u33258?\\u35780?}\\par 2021\\par}"
    document = read_document(content, "报告.rtf")
    assert texts(document) == ["绩效自评", "2021"]
    assert document.media_type == "application/rtf"


FULL = """
import resource
from io import BytesIO
from zipfile import ZipFile
from transforms.documents.package import Package
target = BytesIO()
with ZipFile(target, "w") as package:
    package.writestr("a.xml", "<a>" + "<b c=''/>" * 500_000 + "</a>")
package = Package(target.getvalue(), "docx_damaged")
resource.setrlimit(resource.RLIMIT_DATA, (100 << 20, resource.RLIM_INFINITY))
try:
    package.xml("a.xml")
except MemoryError:
    print("memory")
"""


def test_a_part_that_fills_the_memory_is_not_called_damaged() -> None:
    told = subprocess.run([sys.executable, "-c", FULL], capture_output=True, text=True, check=False)
    assert told.stdout == "memory\n", told.stderr
