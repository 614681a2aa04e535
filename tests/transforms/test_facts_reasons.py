"""Reasons for what a project left unspent, in its rows and wherever the text tells of it."""

from __future__ import annotations

import pytest
from report_cases import blocks, facts_of, table

pytestmark = pytest.mark.unit

ROWS = (
    "项目名称|预算数|支出数",
    "渡口改建|300.00|210.00",
    "旧渡口改建|120.00|90.00",
    "社区茶馆|60.00|60.00",
)


def reasons(*texts: str, rows: tuple[str, ...] = ROWS) -> list[tuple[str, str]]:
    """The projects with a reason and the words that give it."""
    facts = facts_of(blocks("二、项目支出情况", "单位：万元", table(*rows), *texts))
    return [
        (facts.projects[one.owner].name, one.text)
        for one in facts.signs
        if one.kind == "reason" and one.column == "row" and one.owner is not None
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("渡口改建支出七成，因为石料晚到。",),
        ("因石料晚到，渡口改建支出七成。",),
        ("三、存在问题", "（一）渡口改建进度偏慢。石料晚到，竣工推迟到次年。"),
        ("1. 渡口改建", "执行率70%，低于80%。主要原因：石料晚到。"),
        ("社区茶馆如期开张，渡口改建因石料晚到未完工。",),
    ],
)
def test_a_reason_in_the_text_that_names_the_project(texts: tuple[str, ...]) -> None:
    assert [name for name, _ in reasons(*texts)] == ["渡口改建"]


@pytest.mark.parametrize(
    "texts",
    [
        ("渡口改建支出七成。",),
        ("社区茶馆因石料晚到推迟开张。",),
        ("渡口改建支出七成，社区茶馆因石料晚到推迟开张。",),
        ("社区茶馆因石料晚到推迟开张，渡口改建支出七成。",),
        ("因石料晚到，社区茶馆推迟开张。渡口改建支出七成。",),
        ("四、改进措施", "（一）渡口改建若再推迟，按合同处理。"),
        ("1. 渡口改建", "支出七成。", "社区茶馆的石料也晚到，因此推迟。"),
    ],
)
def test_reasons_of_others_and_of_what_is_to_come_are_none_of_the_project(texts: tuple[str, ...]) -> None:
    assert reasons(*texts) == []


def test_a_name_within_that_of_another_project_is_not_meant() -> None:
    assert [name for name, _ in reasons("旧渡口改建因石料晚到未完工。")] == ["旧渡口改建"]


def test_where_nearly_all_was_spent_nobody_asks_for_a_reason() -> None:
    rows = (ROWS[0], "渡口改建|300.00|297.00", ROWS[3])
    assert reasons("渡口改建因石料晚到未完工。", rows=rows) == []


def test_a_remark_in_a_further_row_of_the_project() -> None:
    rows = (
        "项目名称|全年预算数|执行数|三级指标|指标值|实际完成值|备注",
        "渡口改建|300.00|210.00|改建渡口|1处|1处|",
        "渡口改建|300.00|210.00|完工率|100%|70%|石料晚到，竣工推迟",
        "社区茶馆|60.00|60.00|开放天数|300天|310天|石料晚到，开张推迟",
    )
    assert reasons(rows=rows) == [("渡口改建", "推迟")]


def told_reasons(text: str) -> list[tuple[str, int | None, str]]:
    facts = facts_of(f"三、主要项目情况\n\n{text}\n\n四、存在问题\n\n1.进度偏慢。\n")
    assert len(facts.projects) == 3
    return [(row.text, row.owner, row.sentence) for row in facts.signs if row.kind == "reason" and row.column == "row"]


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
    (found,) = told_reasons(FULL + LATER.format(reason=reason))
    assert found[:2] == (word, 1)
    assert "桥梁检测项目" in found[2]
    assert "公园维护" not in found[2]


def test_what_another_project_says_is_no_reason() -> None:
    assert told_reasons(FULL + LATER.format(reason="已检测6座。")) == []


def test_reasons_of_several_in_one_paragraph_are_each_one_s_own() -> None:
    text = "河岸保洁项目预算80万元，支出60万元；桥梁检测项目预算50万元，支出20万元，尾款未付；"
    assert [found[:2] for found in told_reasons(f"{text}公园维护项目预算30万元，支出20万元。")] == [("尾款", 1)]
