"""The real report: its tables, joins, notes and headings against the truth file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from transforms.documents.model import BlockKind, Document, NoteKind, Table, TextBlock
from transforms.documents.reader import read_document
from transforms.language.text import normalise

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def document() -> Document:
    path = Path(__file__).resolve().parents[3] / "shared" / "reports" / "xiaoguwei-2021.md"
    if not path.exists():
        pytest.skip("the real report is not here")
    return read_document(path.read_bytes(), path.name)


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    path = Path(__file__).resolve().parents[3] / "shared" / "truth" / "xiaoguwei-2021.truth.json"
    if not path.exists():
        pytest.skip("the truth of the real report is not here")
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def texts(document: Document) -> list[TextBlock]:
    return [block for block in document.blocks if isinstance(block, TextBlock)]


def notes(document: Document, kind: NoteKind) -> list[int | None]:
    return [note.place.line for note in document.notes if note.kind is kind]


def test_medium(document: Document) -> None:
    assert (document.media_type, document.encoding, document.line_count) == ("text/markdown", "utf-8", 184)


def test_rows_and_fragments(document: Document, truth: dict[str, Any]) -> None:
    for table, expected in zip(tables(document), truth["tables"].values(), strict=True):
        assert [cell.text for cell in table.header] == [normalise(text) for text in expected["header"]]
        assert table.place.line == expected["header_line"]
        assert [row.place.line for row in table.rows] == [line for part in expected["fragments"] for line in part]
        assert table.fragment_count == expected["fragment_count"]
    assert [len(table.rows) for table in tables(document)] == [3, 5, 4, 26, 4]
    assert [table.fragment_count for table in tables(document)] == [1, 2, 1, 7, 2]


def test_every_cell(document: Document, truth: dict[str, Any]) -> None:
    rows = [row for table in tables(document) for row in table.rows]
    keys = ("name", "budget_text", "spent_text", "expected_value_raw", "goal_raw", "completion_raw")
    for row, expected in zip(rows, truth["project_rows"], strict=True):
        assert [cell.raw for cell in row.cells] == [expected[key] for key in keys if expected.get(key) is not None]
        assert row.place.line == expected["line"]
        assert not row.is_total


def test_places(document: Document) -> None:
    table = tables(document)[3]
    row = table.rows[-1]
    assert (table.number, row.number) == (4, 26)
    assert row.cells[1].place == (None, 144, 4, 26, 2)
    assert table.header[1].place == (None, 112, 4, None, 2)


def test_captions(document: Document) -> None:
    captions = [block for block in texts(document) if block.kind is BlockKind.CAPTION]
    assert [(block.place.line, block.text) for block in captions] == [(110, "单位:万元")]
    assert [[block.place.line for block in table.captions] for table in tables(document)] == [[], [], [], [110], []]


def test_repairs(document: Document) -> None:
    assert notes(document, NoteKind.PARAGRAPH_JOINED) == [11, 94, 162, 170, 178]
    assert notes(document, NoteKind.PARAGRAPH_CUT) == []
    assert notes(document, NoteKind.JUNK_ROW) == [156]
    assert notes(document, NoteKind.TABLE_JOINED) == [51, 115, 120, 126, 129, 137, 143, 155]
    assert notes(document, NoteKind.MARKUP_IN_CELL) == [40, 41, 42, 47, 48, 49, 126, 126, 155]
    kinds = {note.kind for note in document.notes}
    assert kinds == {
        NoteKind.PARAGRAPH_JOINED,
        NoteKind.JUNK_ROW,
        NoteKind.TABLE_JOINED,
        NoteKind.MARKUP_IN_CELL,
    }


def test_joined_paragraphs_place_their_characters(document: Document) -> None:
    block = next(block for block in texts(document) if block.place.line == 162)
    assert [place.line for _, place in block.starts] == [162, 164]
    assert "督促整改问题700余个" in block.text
    assert block.place_at(block.raw.index("督促整改")).line == 162
    assert block.place_at(block.raw.index("问题 700")).line == 164


def test_headings(document: Document, truth: dict[str, Any]) -> None:
    found = [
        (block.place.line, block.visual_level, block.is_bold)
        for block in texts(document)
        if block.kind is BlockKind.HEADING
    ]
    headings = [heading for heading in truth["headings"] if heading["markdown_level"] is not None]
    assert found == [(heading["line"], heading["markdown_level"], heading["bold"]) for heading in headings]
    run_in = next(block for block in texts(document) if block.place.line == 88)
    assert run_in.is_bold


def test_raw_text_is_kept(document: Document, truth: dict[str, Any]) -> None:
    assert texts(document)[0].raw == truth["document"]["title_raw"]
    for block in texts(document):
        assert "**" not in block.raw
        assert normalise(block.raw) == block.text
