"""Reasons that the telling of projects in prose gives for what was not spent."""

from __future__ import annotations

import pytest
from fact_cases import facts_of

pytestmark = pytest.mark.unit


def reasons(text: str) -> list[tuple[str, int | None, str]]:
    facts = facts_of(f"三、主要项目情况\n\n{text}\n\n四、存在问题\n\n1.进度偏慢。\n")
    assert len(facts.projects) == 3
    return [(row.text, row.owner, row.sentence) for row in facts.signs if row.kind == "reason"]


FULL = "1.河岸保洁项目：预算80万元，支出80万元；因雨停工两天。\n\n"
LATER = "2.桥梁检测项目：预算50万元，支出20万元。{reason}\n\n3.公园维护项目：预算30万元，支出29万元。按月维护。"


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        ("已检测6座。尾款待验收后付。", "尾款"),
        ("主要原因：合同十二月才签订。", "因"),
        ("计划六月的检测取消一次。", "取消"),
    ],
)
def test_the_reason_of_a_project_that_spent_less(reason: str, word: str) -> None:
    (found,) = reasons(FULL + LATER.format(reason=reason))
    assert found[:2] == (word, 1)
    assert found[2] in LATER.format(reason=reason).replace("：", ":")


def test_what_another_project_says_is_no_reason() -> None:
    assert reasons(FULL + LATER.format(reason="已检测6座。")) == []


def test_reasons_of_several_in_one_paragraph_are_each_one_s_own() -> None:
    text = "河岸保洁项目预算80万元，支出60万元；桥梁检测项目预算50万元，支出20万元，尾款未付；"
    assert [found[:2] for found in reasons(f"{text}公园维护项目预算30万元，支出20万元。")] == [("尾款", 1)]
