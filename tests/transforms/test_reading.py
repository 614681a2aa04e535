"""Reading a batch of files in one process: faults of files and of ours."""

from __future__ import annotations

import subprocess
import sys

import pytest
from fact_cases import TITLE, task_table

from transforms import reading, reading_file
from transforms.departments.registry import Registry
from transforms.facts import extract as facts_of
from transforms.facts.fact_columns import PackedFacts
from transforms.facts.frames import FACT_SCHEMAS
from transforms.reading import read_all, read_batch
from transforms.reading_file import ReadItem, Refused

pytestmark = pytest.mark.unit

REPORT = (TITLE + task_table("项目名称|预算数|支出数", "甲经费|5|4.98")).encode()


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def items(*contents: bytes) -> list[ReadItem]:
    return [ReadItem(key, f"{key}.md", content) for key, content in enumerate(contents)]


def test_a_batch_gives_frames_of_the_readable_and_reasons_for_the_others(registry: Registry) -> None:
    result = read_batch(items(REPORT, b"", REPORT), registry)
    assert {group: frame.schema for group, frame in result.frames.items()} == FACT_SCHEMAS
    assert result.frames["projects"]["document_key"].to_list() == [0, 2]
    (refused,) = result.unreadable
    assert (refused.document_key, refused.is_system_fault) == (1, False)
    assert refused.message.endswith("。")


def test_an_unexpected_exception_is_a_fault_of_ours_and_costs_no_other_file(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = facts_of.extract

    def failing(document: object, registry: Registry) -> object:
        if document.line_count > 50:  # type: ignore[attr-defined]
            raise KeyError("surprise")
        return extract(document, registry)  # type: ignore[arg-type]

    monkeypatch.setattr(facts_of, "extract", failing)
    result = read_batch(items(REPORT, REPORT + b"\n\n" * 60 + REPORT, REPORT), registry)
    assert result.frames["documents"]["document_key"].to_list() == [0, 2]
    (refused,) = result.unreadable
    assert (refused.document_key, refused.is_system_fault) == (1, True)
    assert "系统未能读取" in refused.message
    assert "surprise" in refused.detail


def test_facts_that_fit_no_frame_cost_only_their_document(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    make = reading.frames_of

    def choosy(batch: list[PackedFacts]) -> object:
        if any(packed.document_key == 1 for packed in batch):
            raise OverflowError("too large")
        return make(batch)

    monkeypatch.setattr(reading, "frames_of", choosy)
    result = read_batch(items(REPORT, REPORT, REPORT), registry)
    assert result.frames["documents"]["document_key"].to_list() == [0, 2]
    assert [refused.document_key for refused in result.unreadable] == [1]


def test_even_a_single_file_is_read_in_a_process_of_its_own(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(*_: object) -> None:
        raise AssertionError("read in the caller's process")

    monkeypatch.setattr(facts_of, "extract", here)
    (result,) = read_all(items(REPORT), registry)
    assert (result.frames["projects"].height, result.unreadable) == (1, [])


def test_batches_hold_so_many_documents_and_fewer_where_they_hold_many_facts(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = [result.frames["documents"].height for result in read_all(items(*[REPORT] * 5), registry, batch_size=2)]
    assert sizes == [2, 2, 1]
    monkeypatch.setattr(reading, "BATCH_ROWS", 1)
    sizes = [result.frames["documents"].height for result in read_all(items(*[REPORT] * 3), registry)]
    assert sizes == [1, 1, 1]


def test_reading_needs_no_polars_so_that_workers_start_quickly() -> None:
    check = "import sys, transforms.reading_preload; sys.exit('polars' in sys.modules or 'numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", check], check=True)


def test_what_is_preloaded_are_files_like_any_other(registry: Registry) -> None:
    """They warm only what they touch: no group of facts may stay empty."""
    from transforms.reading_preload import PRELOADED

    found: set[str] = set()
    for item in PRELOADED:
        facts = reading_file.read_file(item, registry)
        assert not isinstance(facts, Refused)
        found |= set(facts.unpack())
    assert set(FACT_SCHEMAS) - found <= {"pages", "totals", "text_amounts", "notes", "unrecognised"}
