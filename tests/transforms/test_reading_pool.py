"""Reading over worker processes: order, memory, and files that kill or hang a worker."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pytest
from fact_cases import TITLE, task_table
from reading_faults import read_with_faults

from transforms.departments.registry import Registry
from transforms.reading import FEW, ReadItem, read_all, read_batch
from transforms.reading_pool import ReadingPool

pytestmark = pytest.mark.pipeline

REPORT = (TITLE + task_table("项目名称|预算数|支出数", "甲经费|5|4.98")).encode()


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def items(*contents: bytes) -> list[ReadItem]:
    return [ReadItem(key, f"{key}.md", content) for key, content in enumerate(contents)]


def test_a_pool_gives_the_same_in_the_same_order_and_draws_no_more_than_it_needs(registry: Registry) -> None:
    count, drawn = 4 * FEW, 0

    def source() -> Iterator[ReadItem]:
        nonlocal drawn
        for item in items(*[REPORT + b"\n" * key for key in range(count)]):
            drawn += 1
            yield item

    chunk = 8
    results = read_all(source(), registry, workers=2, chunk_size=chunk)
    first = next(results)
    assert drawn <= FEW + 1 + 2 * 3 * chunk + chunk
    keys = pl.concat([result.frames["documents"] for result in (first, *results)])["document_key"].to_list()
    assert keys == list(range(count))
    alone = read_batch(items(REPORT), registry)
    assert first.frames["projects"].filter(document_key=0).equals(alone.frames["projects"])


def test_workers_that_die_or_hang_make_only_their_own_file_unreadable(registry: Registry) -> None:
    contents = [REPORT, b"DIE", REPORT, REPORT, b"EXIT", REPORT, b"HANG", REPORT, b"", REPORT]
    listed = items(*contents)
    with ReadingPool(registry, 2, 3.0, read_with_faults) as pool:
        results = list(pool.read(iter([listed[:3], listed[3:6], listed[6:]])))
    keys = pl.concat([result.frames["documents"] for result in results])["document_key"].to_list()
    assert keys == [0, 2, 3, 5, 7, 9]
    refused = {one.document_key: one for result in results for one in result.unreadable}
    assert {key: one.is_system_fault for key, one in refused.items()} == {1: True, 4: True, 6: True, 8: False}
    assert all(one.message.endswith("。") for one in refused.values())
    assert refused[1].message == refused[4].message != refused[6].message


def test_the_pool_leaves_no_process_behind(registry: Registry) -> None:
    with ReadingPool(registry, 2, 5.0) as pool:
        assert len(list(pool.read(iter([items(REPORT), items(REPORT)])))) == 2
        processes = [worker.process for worker in pool._workers]
    assert not any(process.is_alive() for process in processes)
