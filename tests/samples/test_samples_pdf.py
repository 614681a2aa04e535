"""Reports written as PDFs: the same bytes again, and a truth that knows the page of each project row."""

from __future__ import annotations

import pytest

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
