"""Reading a batch of files in one process: faults of files and of ours."""

from __future__ import annotations

import polars as pl
import pytest
from fact_cases import TITLE, task_table

from transforms import reading
from transforms.departments.registry import Registry
from transforms.facts.model import FACT_SCHEMAS
from transforms.reading import ReadItem, read_all, read_batch
from transforms.reading_pool import ReadingPool

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
    extract = reading.extract

    def failing(document: object, registry: Registry) -> object:
        if document.line_count > 50:  # type: ignore[attr-defined]
            raise KeyError("surprise")
        return extract(document, registry)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "extract", failing)
    result = read_batch(items(REPORT, REPORT + b"\n\n" * 60 + REPORT, REPORT), registry)
    assert result.frames["documents"]["document_key"].to_list() == [0, 2]
    (refused,) = result.unreadable
    assert (refused.document_key, refused.is_system_fault) == (1, True)
    assert "系统未能读取" in refused.message
    assert "surprise" in refused.detail


def test_facts_that_fit_no_frame_cost_only_their_document(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    make = reading.fact_frames

    def choosy(batch: list[tuple[int, object]]) -> object:
        if any(key == 1 for key, _ in batch):
            raise OverflowError("too large")
        return make(batch)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "fact_frames", choosy)
    result = read_batch(items(REPORT, REPORT, REPORT), registry)
    assert result.frames["documents"]["document_key"].to_list() == [0, 2]
    assert [refused.document_key for refused in result.unreadable] == [1]


def test_few_documents_are_read_in_this_process(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_pool(*_: object) -> None:
        raise AssertionError("no pool for a handful of files")

    monkeypatch.setattr(ReadingPool, "__init__", no_pool)
    results = list(read_all(items(*[REPORT] * 5), registry, chunk_size=2))
    keys = pl.concat([result.frames["documents"] for result in results])["document_key"].to_list()
    assert keys == [0, 1, 2, 3, 4]
