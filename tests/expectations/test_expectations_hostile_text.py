"""Text from reports is shown in Data Docs, never part of them: what looks like markup stays letters."""

import re
from pathlib import Path

import pytest
from expectation_cases import catalogue, judged, project

from expectations.suites import run_suites
from transforms.facts.model import Facts

pytestmark = pytest.mark.contract

HOSTILE = (
    "<script>alert('a')</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "=cmd|' /C calc'!A0",
    "{{ 7*7 }}$PARAMETER%s",
)


def hostile(facts: Facts) -> None:
    facts.projects += [project(name, "-1.00", "—", row=10 + number) for number, name in enumerate(HOSTILE)]


def test_markup_in_a_project_name_is_letters_in_the_data_docs(tmp_path: Path) -> None:
    database = tmp_path / "evidence.duckdb"
    judgement = judged(hostile, database=database)
    assert set(judgement.finding["subject"]) >= set(HOSTILE)
    run_suites(catalogue(), database, tmp_path / "quality")
    pages = {page.name: page.read_text("utf-8") for page in (tmp_path / "quality").rglob("*.html")}
    assert f'<td class="number failed">{judgement.violations["C37"]}</td>' in pages["index.html"]
    for page in pages.values():
        assert not [text for text in HOSTILE if "<" in text and text in page]
        assert not re.search(r"<(?:img|svg)[^>]*on(?:error|load)", page)
        assert "49$PARAMETER" not in page
