"""The real report printed in other ways reads the same: other table styles, wrapped lines, pages, no Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from document_makers import grid, header, read, tables, texts

from transforms.documents.model import Document, Table
from transforms.documents.text import read_text

pytestmark = pytest.mark.unit

REPORT = Path(__file__).resolve().parents[3] / "shared" / "reports" / "xiaoguwei-2021.md"


@pytest.fixture(scope="module")
def original() -> Document:
    if not REPORT.exists():
        pytest.skip("the real report is not here")
    return read_text(REPORT.read_bytes())


def unsigned(line: str) -> str:
    return re.sub(r"^#+ *", "", line).replace("**", "")


def wrapped(text: str, width: int) -> str:
    """Broken anywhere between two characters at ``width`` display columns, never before a closing mark."""
    lines, used = [""], 0
    for character in text:
        size = 2 if ord(character) > 255 else 1
        if used + size > width and character not in "，。；：、）”%,.;:)":
            lines.append("")
            used = 0
        lines[-1] += character
        used += size
    return "\n".join(lines)


def printed(document: Document, table: Callable[[list[list[str]]], str], text: Callable[[str], str], gap: str) -> str:
    """The document again, each block in the given way."""
    parts = []
    for block in document.blocks:
        if isinstance(block, Table):
            rows = [block.header, *(row.cells for row in block.rows)]
            parts.append(table([[cell.raw for cell in row] for row in rows]))
        else:
            parts.append(text(block.raw))
    return gap.join(parts)


def tabbed(rows: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def piped(rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def piped_by_three(rows: list[list[str]]) -> str:
    return "\n\n".join(piped(rows[:1] + rows[start : start + 3]) for start in range(1, len(rows), 3))


def open_piped(rows: list[list[str]]) -> str:
    return "\n".join(" | ".join(row) for row in rows)


def html(rows: list[list[str]]) -> str:
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    return "\n".join(["<table>", *lines, "</table>"])


def turned(rows: list[list[str]]) -> str:
    records = [rows[start : start + 2] for start in range(1, len(rows), 2)]
    blocks = [
        "\n".join("\t".join([name, *(row[at] for row in record)]) for at, name in enumerate(rows[0]))
        for record in records
    ]
    return "\n\n".join(blocks)


def assert_same(document: Document, original: Document) -> None:
    assert texts(document) == texts(original)
    for table, expected in zip(tables(document), tables(original), strict=True):
        assert header(table) == header(expected)
        assert grid(table) == grid(expected)


@pytest.mark.parametrize("table", [tabbed, piped, piped_by_three, open_piped, html, turned])
def test_table_styles(original: Document, table: Callable[[list[list[str]]], str]) -> None:
    assert_same(read(printed(original, table, str, "\n\n")), original)


@pytest.mark.parametrize("width", [56, 70, 76])
@pytest.mark.parametrize(("indent", "gap"), [("　　", "\n"), ("　　", "\n\n"), ("", "\n\n"), ("    ", "\n")])
def test_wrapped_lines(original: Document, width: int, indent: str, gap: str) -> None:
    text = printed(original, tabbed, lambda raw: wrapped(indent + raw, width), gap)
    assert_same(read(text), original)


@pytest.mark.parametrize("indent", ["", "　　", "\t"])
def test_a_line_a_paragraph_without_blank_lines(original: Document, indent: str) -> None:
    lines = REPORT.read_text("utf-8").split("\n")
    text = "\n".join(("" if "\t" in line else indent) + unsigned(line) for line in lines if line.strip())
    assert_same(read(text), original)


@pytest.mark.parametrize("number", ["- {} -", "第 {} 页 共 20 页\n\x0c", "{}", "{}/20", "\x0c"])
def test_pages(original: Document, number: str) -> None:
    pages, count, title = [], 0, texts(original)[0]
    for line in REPORT.read_text("utf-8").split("\n"):
        pages.append(unsigned(line))
        if not line.strip() and len(pages) > 6:
            count += 1
            pages += [number.format(count // 4), "", title, ""] if count % 4 == 0 else []
    assert_same(read("\n".join(pages)), original)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_encodings_and_line_ends(original: Document, encoding: str, end: str) -> None:
    text = REPORT.read_text("utf-8").replace("\n", end)
    document = read_text(text.encode(encoding))
    assert_same(document, original)
    assert document.line_count == original.line_count
    assert [block.place for block in document.blocks] == [block.place for block in original.blocks]
