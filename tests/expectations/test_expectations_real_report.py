"""The real report: what each rule says of it equals what people found by hand."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from expectation_cases import AT, catalogue, judged_documents, outcomes

from expectations.gate import Judgement
from transforms.departments.registry import default_registry

pytestmark = pytest.mark.contract


@pytest.fixture(scope="module")
def judgement(shared: Path) -> Judgement:
    """The report judged alone."""
    return judged_documents([shared / "reports" / "xiaoguwei-2021.md"], default_registry())


def lines(judgement: Judgement, rule_id: str) -> list[int | None]:
    return judgement.finding.filter(pl.col("rule_id") == rule_id)["line"].to_list()


def test_outcomes_equal_the_truth(judgement: Judgement, shared: Path) -> None:
    truth = json.loads((shared / "truth" / "xiaoguwei-2021.rules.json").read_text("utf-8"))["rules"]
    judged_rules = {rule.id for rule in catalogue().rules}
    expected = {entry["rule"]: entry["outcome"] for entry in truth if entry["rule"] in judged_rules}
    found = outcomes(judgement)
    assert {rule_id: found[rule_id] for rule_id in expected} == expected
    others = {rule_id: found[rule_id] for rule_id in judged_rules - expected.keys()}
    assert others == {rule_id: "not_applicable" if rule_id[0] == "F" else "pass" for rule_id in others}


def test_findings_have_their_places_and_figures(judgement: Judgement) -> None:
    assert lines(judgement, "C07") == [158]
    assert lines(judgement, "C31") == [117, 138, 144, 151]
    assert lines(judgement, "C34") == [42, 51, 57, 58, 60]
    said = {
        row["rule_id"]: (row["observed"], row["expected"], row["difference"]) for row in judgement.finding.to_dicts()
    }
    assert said["C26"] == ("23.26%", "不低于 60%", "19151.69万元")
    assert said["C28"] == ("列出 1 项共 3516.48万元", "9 项共 17331.59万元", "8 项，13815.11万元")
    assert said["C33"] == ("各表相加 9322.78万元", "5806.3万元", "3516.48万元")
    assert said["C35"] == ("144.713万元", "144.71万元", "0.003万元")
    (cell,) = judgement.finding.filter(pl.col("rule_id") == "C35").to_dicts()
    assert (cell["line"], cell["row_number"], cell["column_number"]) == (122, 8, 5)


def test_findings_of_words_and_looks_have_their_places(judgement: Judgement) -> None:
    assert lines(judgement, "C03") == [123, 124, 130]
    assert lines(judgement, "C08") == [17, 88, 90, 176, 182]
    assert lines(judgement, "C09") == [11, 94, 162, 170, 178]
    assert lines(judgement, "C10") == [51, 115, 120, 126, 129, 137, 143, 155]
    assert lines(judgement, "C12") == [11, 115]
    assert lines(judgement, "C13") == [156]
    missing = judgement.finding.filter(pl.col("rule_id") == "C06")["subject"].to_list()
    assert sorted(missing) == ["三公经费", "基本支出和项目支出", "满意度调查", "自评得分和等级"]
    slips = judgement.finding.filter(pl.col("rule_id") == "C51")["observed"].unique().to_list()
    assert sorted(slips) == ["各钟", "完善障碍设施", "局局", "稳定剂"]


def test_findings_of_texts_and_claims_have_their_figures(judgement: Judgement) -> None:
    counts = dict(judgement.finding.group_by("rule_id").len().rows())
    assert {rule: counts[rule] for rule in ("C38", "C39", "C40", "C41", "C42", "C48", "C49")} == {
        "C38": 1,
        "C39": 2,
        "C40": 23,
        "C41": 19,
        "C42": 1,
        "C48": 1,
        "C49": 2,
    }
    said = {row["rule_id"]: (row["line"], row["observed"], row["expected"]) for row in judgement.finding.to_dicts()}
    assert said["C19"][1] == "编外占 86.27%，在编 103 人"
    assert said["C25"][1] == "4 种口径同为 24957.99万元"
    assert said["C36"][:2] == (144, "3516.48万元")
    assert said["C43"] == (116, "31 天", "30 天")
    assert said["C46"] == (144, "扫地车：3830次", "洒水次数：3830次")
    assert said["C47"][:2] == (122, "80%，没有调查依据")
    seen = dict(judgement.evaluation.select("rule_id", "observed").rows())
    assert (seen["C44"], seen["C45"]) == ("135.32吨", "176个")


def test_it_is_published_with_warnings(judgement: Judgement) -> None:
    assert judgement.verdicts.drop("submission_key", "reason").rows() == [("accepted_with_warnings", 0, 73, 41)]
    assert judgement.rejected_row.is_empty()
    assert judgement.finding["last_seen_at"].unique().to_list() == [AT]
