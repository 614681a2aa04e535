"""Reports written as PDFs: the same bytes again, and a truth that knows the page of each project row."""

from __future__ import annotations

from random import Random

import pypdfium2
import pytest

from samples.compose.elements import GridCell, GridElement
from samples.marks import Marks
from samples.pdf.grids import GridDrawer
from samples.pdf.look import draw_look
from samples.pdf.sheets import Sheets
from samples.write import make_sample

pytestmark = pytest.mark.unit


def test_the_same_seed_gives_the_same_bytes() -> None:
    first, second = (make_sample(index=2, year=2022, media=("pdf",)) for _ in range(2))
    assert first.content == second.content
    assert first.content.startswith(b"%PDF-")


def test_truth_tells_medium_and_pages() -> None:
    sample = make_sample(index=1, year=2021, media=("pdf",))
    facts = sample.truth["facts"]
    assert facts["dim_document"][0]["media_type"] == "application/pdf"
    pages = [row["page"] for row in facts["fact_project_spending"]]
    assert pages == sorted(pages)
    assert pages[0] >= 1


def test_a_row_higher_than_a_page_goes_on_on_the_next() -> None:
    sheets = Sheets(draw_look(Random(1)), Marks(), "")
    GridDrawer(GridElement([{0: GridCell("目标"), 1: GridCell("甲" * 3000)}], 2), sheets, cuts_rows=False).draw()
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(sheets.finish())]
    assert sum(page.get_text_bounded().count("甲") for page in pages) == 3000
    assert len(pages) > 1
