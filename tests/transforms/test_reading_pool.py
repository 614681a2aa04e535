"""Reading over worker processes: order, memory, and files that kill or hang a worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from fact_cases import TITLE, task_table
from reading_faults import read_with_faults

from transforms import reading_pool
from transforms.departments.registry import Registry
from transforms.reading import read_all, read_batch
from transforms.reading_file import Outcome, ReadItem, Refused
from transforms.reading_pool import ReadingPool

pytestmark = pytest.mark.pipeline

REPORT = (TITLE + task_table("项目名称|预算数|支出数", "甲经费|5|4.98")).encode()


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def items(*contents: bytes) -> list[ReadItem]:
    return [ReadItem(key, f"{key}.md", content) for key, content in enumerate(contents)]


def read_faulty(registry: Registry, seconds: float, *contents: bytes) -> list[Outcome]:
    with ReadingPool(registry, 2, seconds, read_with_faults) as pool:
        return list(pool.read(items(*contents)))


def reasons(outcomes: list[Outcome]) -> dict[int, str]:
    """Key of each refused file -> reason."""
    assert [one.document_key for one in outcomes] == list(range(len(outcomes)))
    refused = [one for one in outcomes if isinstance(one, Refused)]
    assert all(one.message.endswith("。") for one in refused)
    return {one.document_key: one.detail.partition(":")[0] for one in refused}


def test_a_pool_gives_the_same_in_the_same_order_and_draws_no_more_than_it_needs(registry: Registry) -> None:
    count, drawn = 192, 0

    def source() -> Iterator[ReadItem]:
        nonlocal drawn
        for item in items(*[REPORT + b"\n" * key for key in range(count)]):
            drawn += 1
            yield item

    results = read_all(source(), registry, workers=2, batch_size=8)
    first = next(results)
    assert drawn <= 8 + 2 * 64
    keys = pl.concat([result.frames["documents"] for result in (first, *results)])["document_key"].to_list()
    assert keys == list(range(count))
    alone = read_batch(items(REPORT), registry)
    assert first.frames["projects"].filter(document_key=0).equals(alone.frames["projects"])


def test_large_files_are_not_drawn_ahead_of_their_reading(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_pool, "_BYTES_AHEAD", 2 * len(REPORT))
    drawn = 0

    def source() -> Iterator[ReadItem]:
        nonlocal drawn
        for item in items(*[REPORT] * 8):
            drawn += 1
            yield item

    with ReadingPool(registry, 2, 30.0) as pool:
        outcomes = pool.read(source())
        next(outcomes)
        assert drawn == 2


def test_every_outcome_of_a_file_is_its_own(registry: Registry) -> None:
    contents = [REPORT, b"DIE", REPORT, REPORT, b"EXIT", REPORT, b"HANG", REPORT, b"", b"EAT" + REPORT, REPORT]
    assert reasons(read_faulty(registry, 1.5, *contents)) == {
        1: "worker_died",
        4: "worker_died",
        6: "time_limit",
        8: "empty",
        9: "memory_limit",
    }


def test_refusals_tell_the_faults_of_this_system_from_those_of_a_file(registry: Registry) -> None:
    refused = [one for one in read_faulty(registry, 30.0, b"DIE", b"", b"EAT" + REPORT) if isinstance(one, Refused)]
    assert [one.is_system_fault for one in refused] == [True, False, True]


def test_a_file_whose_worker_is_killed_for_another_reason_is_read_again(registry: Registry, tmp_path: Path) -> None:
    once = b"ONCE" + str(tmp_path / "mark").encode() + b"\n" + REPORT
    assert reasons(read_faulty(registry, 30.0, REPORT, once, REPORT)) == {}


def test_a_single_file_is_read_under_the_limits_of_a_worker_too(registry: Registry) -> None:
    assert reasons(read_faulty(registry, 30.0, b"EAT" + REPORT)) == {0: "memory_limit"}
    assert reasons(read_faulty(registry, 30.0, b"DIE")) == {0: "worker_died"}


def test_a_worker_that_grew_leaves_its_memory_to_the_system_and_its_files_to_another(registry: Registry) -> None:
    with ReadingPool(registry, 1, 30.0, read_with_faults) as pool:
        outcomes = pool.read(items(REPORT, b"GROW" + REPORT, REPORT, REPORT))
        processes, reads = set(), []
        for outcome in outcomes:
            reads.append(outcome)
            processes |= {worker.process.pid for worker in pool._workers}
    assert reasons(reads) == {}
    assert len(processes) == 2


def test_the_time_limit_is_a_file_s_own_however_many_are_handed_over_together(registry: Registry) -> None:
    """A hung file is given up by itself, and the sound ones handed over with it are read."""
    assert reasons(read_faulty(registry, 1.5, b"HANG", REPORT, b"HANG", REPORT)) == {0: "time_limit", 2: "time_limit"}


def test_the_pool_leaves_no_process_behind(registry: Registry) -> None:
    with ReadingPool(registry, 2, 5.0) as pool:
        assert len(list(pool.read(items(REPORT, REPORT)))) == 2
        processes = [worker.process for worker in pool._workers]
    assert not any(process.is_alive() for process in processes)


def test_few_files_start_no_more_workers_than_there_are_files(registry: Registry) -> None:
    with ReadingPool(registry, 8, 5.0) as pool:
        assert len(list(pool.read(items(REPORT)))) == 1
        assert len(pool._workers) == 1
