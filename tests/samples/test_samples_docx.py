"""Samples as Word documents: the same each time, of many makes, with the lines that a reader counts in their truth."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from samples import Sample, make_sample
from samples.compose import Composition, Paragraph, TableElement
from samples.draws import stream
from samples.marks import MARK, Marks
from samples.media import WRITERS
from samples.style import MEDIA, draw_style
from transforms.documents.model import Document, Table, TextBlock
from transforms.documents.reader import read_document
from transforms.language.text import normalise

pytestmark = pytest.mark.unit

DOCX = ("docx",)
MAKES = {
    "styles of headings": '<w:pStyle w:val="2"/>', "headings numbered by Word": '<w:numId w:val="1"/>',
    "outline levels": "<w:outlineLvl", "styles of its own": 'w:val="own1"',
    "lists that begin anew": '<w:numId w:val="3"/>',
    "merged down": "<w:vMerge/>", "merged across": "<w:gridSpan", "header repeated by Word": "<w:tblHeader/>",
    "pages": "<w:lastRenderedPageBreak/>", "hard page breaks": '<w:br w:type="page"/>', "text boxes": "<w:txbxContent>",
    "tracked changes": "<w:del ", "hidden text": "<w:vanish/>", "footnotes": "<w:footnoteReference",
    "fields": "<w:instrText", "controls": "<w:sdt>", "running header": "<w:headerReference",
    "table of contents": "Table of Contents",
}  # fmt: skip


@pytest.fixture(scope="module")
def written() -> list[Sample]:
    return [make_sample(index, 2022, media=DOCX) for index in range(40)]


@pytest.fixture(scope="module")
def documents(written: list[Sample]) -> list[Document]:
    return [read_document(sample.content, sample.file_name) for sample in written]


def part(sample: Sample, name: str) -> str:
    with zipfile.ZipFile(BytesIO(sample.content)) as archive:
        return archive.read(name).decode()


def spoken(document: Document) -> dict[int | None, str]:
    """What stands on each line, normalised."""
    said: dict[int | None, str] = {}
    for block in document.blocks:
        if isinstance(block, TextBlock):
            said[block.place.line] = said.get(block.place.line, "") + block.text
        else:
            for row in block.rows:
                said[row.place.line] = "".join(cell.text for cell in row.cells)
    return said


def test_the_same_seed_gives_the_same_bytes(written: list[Sample]) -> None:
    again = [make_sample(index, 2022, media=DOCX) for index in range(5)]
    assert [sample.content for sample in again] == [sample.content for sample in written[:5]]
    assert [sample.truth for sample in again] == [sample.truth for sample in written[:5]]


@pytest.mark.parametrize("make", MAKES)
def test_documents_of_every_make_are_written(make: str, written: list[Sample]) -> None:
    count = sum(MAKES[make] in part(sample, "word/document.xml") for sample in written)
    assert 0 < count < len(written)


def test_the_truth_says_what_file_it_is(written: list[Sample]) -> None:
    for sample in written:
        (document,) = sample.truth["facts"]["dim_document"]
        assert document["media_type"].endswith("wordprocessingml.document")
        assert sample.truth["encoding"] is None
        assert sample.file_name.endswith(".docx")


def test_lines_of_the_truth_are_those_that_a_reader_counts(written: list[Sample], documents: list[Document]) -> None:
    for sample, document in zip(written, documents, strict=True):
        said = spoken(document)
        facts: dict[str, list[dict[str, Any]]] = sample.truth["facts"]
        for row in facts["fact_project_spending"]:
            turned = any(isinstance(block, Table) and block.place.line == row["line"] for block in document.blocks)
            assert turned or normalise(row["reported_name"]) in said[row["line"]], sample.file_name
        for row in facts["fact_problem"] + facts["fact_measure"]:
            assert normalise(row["title"]) in said[row["line"]], sample.file_name


def test_nothing_superseded_hidden_or_noted_is_read(written: list[Sample], documents: list[Document]) -> None:
    for document in documents:
        assert not re.search(
            "9999|1234.56|内部批注|隐藏说明|数据截至当年|口径与上年", "".join(spoken(document).values())
        )
    assert any("9999" in part(sample, "word/document.xml") for sample in written)


def test_marks_never_reach_the_document(written: list[Sample]) -> None:
    assert not any(MARK.search(part(sample, "word/document.xml")) for sample in written)


def test_every_medium_has_a_weight_and_a_writer() -> None:
    assert set(WRITERS) == set(MEDIA)
    drawn = {draw_style(stream(seed, "media"), ("md", "docx")).medium for seed in range(40)}
    assert drawn == {"md", "docx"}


def test_a_transposed_table_goes_over_pages_without_headings_to_repeat() -> None:
    pairs = [["项目名称", "道路养护经费"], ["预算数", "12.50"]]
    for seed in range(8):
        draw = stream(seed, "transposed")
        style = replace(draw_style(draw, DOCX), paging="silent", page_height=10)
        look = replace(style.key, is_transposed=True, repeats_header=True, has_junk=False)
        element = TableElement([], [], [*pairs, []] * 9 + pairs, look)
        written = WRITERS["docx"](Composition([Paragraph("各重点项目如下。"), element], Marks()), style, draw)
        with zipfile.ZipFile(BytesIO(written.content)) as archive:
            assert archive.read("word/document.xml").decode().count("道路养护经费") == 10
