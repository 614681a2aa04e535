"""Text that another report has as well (the second half of C50)."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest
from expectation_cases import AT, REGISTRY, Change, Reports, catalogue, findings, frames_of, outcomes, sound

from expectations.gate import judge
from expectations.history import EARLIEST, SENTENCES, History, shared_sentences
from transforms.facts.model import Facts
from transforms.facts.text_rows import Fingerprint, SentenceRow

pytestmark = pytest.mark.unit


def sentences(*numbers: int, characters: int = 40) -> Change:
    def change(facts: Facts) -> None:
        facts.sentences = [
            SentenceRow(ordinal, Fingerprint(number), characters) for ordinal, number in enumerate(numbers)
        ]

    return change


@pytest.mark.reports(
    original=sentences(*range(100, 120)),
    copied=sentences(*range(102, 120), 130, 131),
    changed=sentences(*range(103, 120), 140, 141, 142),
)
def test_nine_tenths_of_the_text_are_a_copy_less_is_not(reports: Reports) -> None:
    (found,) = findings(reports["copied"], "C50")
    assert (found["level"], found["line"], found["observed"], found["expected"]) == (
        *("warning", 1, "90.0%的文字与其相同", "自行编写"),
    )
    assert found["subject"].endswith("街道2021年的报告")
    assert found["message"] == f"全文 90.0% 的文字与{found['subject']}相同。"
    assert [outcomes(reports[name])["C50"] for name in ("original", "changed")] == ["fail", "pass"]
    assert reports["copied"].verdicts["status"].to_list() == ["accepted_with_warnings"]


@pytest.mark.reports(one=sentences(*range(200, 219)), other=sentences(*range(200, 219)))
def test_short_texts_are_not_compared(reports: Reports) -> None:
    assert [outcomes(judgement)["C50"] for judgement in reports.values()] == ["pass", "pass"]


@pytest.mark.reports(alone=sentences(*range(300, 340)))
def test_a_text_that_no_other_report_has_is_nothing_to_compare(reports: Reports) -> None:
    assert findings(reports["alone"], "C50") == []


def known(days: int, department: str, year: int) -> History:
    """The sentences of a report that came that many days after."""
    rows = [(9, number, department, year, AT + timedelta(days=days)) for number in range(20)]
    return History(History.none().totals, History.none().amounts, pl.DataFrame(rows, SENTENCES, orient="row"))


@pytest.mark.parametrize(
    ("history", "told"),
    [
        (known(-1, "yun-baisha", 2020), ["全文 100.0% 的文字与白沙街道2020年的报告相同。"]),
        (known(-1, "yun-qingzhu", 2020), ["全文 100.0% 的文字与青竹街道2020年的报告相同。"]),
        (known(0, "gone", 2021), ["全文 100.0% 的文字与gone2021年的报告相同。"]),
        (known(1, "yun-baisha", 2020), []),
        (known(-1, "yun-qingzhu", 2021), []),
    ],
    ids=["another department", "last year", "a department without name", "received later", "its own version"],
)
def test_what_was_received_before_counts_of_other_departments_and_years(history: History, told: list[str]) -> None:
    report = sound()
    sentences(*range(20))(report)
    facts, star = frames_of(report)
    judgement = judge(facts, star, catalogue("C50"), REGISTRY, at=AT, history=history)
    assert [found["message"] for found in findings(judgement, "C50")] == told


def test_of_a_night_in_portions_the_earliest_that_share_a_sentence_are_known() -> None:
    several = EARLIEST + 5
    submissions = pl.DataFrame(
        {
            "submission_key": range(several + 1),
            "department_id": [*(f"d{number}" for number in range(several)), None],
            "fiscal_year": [2021] * (several + 1),
            "received_at": [AT - timedelta(days=number) for number in range(several + 1)],
        },
        schema_overrides={"fiscal_year": pl.Int32()},
    )
    rows = [*((key, 7) for key in range(several + 1)), (3, 7), (0, 8), (1, 9), (several, 9)]
    wrote = pl.LazyFrame(rows, schema={"submission_key": pl.Int64(), "fingerprint": pl.Int64()}, orient="row")
    shared = shared_sentences(wrote, submissions)
    assert shared.schema == SENTENCES
    assert shared["fingerprint"].unique().to_list() == [7], "what one alone has written is nothing to share"
    assert shared["submission_key"].to_list() == list(reversed(range(5, several)))
