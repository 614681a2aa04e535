"""Reports in questions and answers: a question that the next paragraph answers is the heading of its section."""

from __future__ import annotations

import pytest
from report_cases import blocks, facts_of, outline_of, value

pytestmark = pytest.mark.unit

ASKED = {
    "请介绍本部门的基本情况（机构、人员）。": "overview",
    "设定了哪些绩效目标？": "annual_goals",
    "全年拿到多少钱？用了多少？": "overall_budget",
    "主要项目的钱是怎样使用的？": "key_projects",
    "目标完成得怎么样？请举例。": "task_completion",
    "自评结论是什么？得了多少分？": "conclusion",
    "还有哪些不足？": "problems",
    "打算怎么改？": "measures",
}
PROBLEMS = ("渡口值守轮班太密", "借用器材没有台账，清点费时")
MEASURES = ("增配两名守护员", "按季盘点并张榜", "每半年回头看一次")
NUMBERS = "一二三四五六七八"


def counted(items: tuple[str, ...], lead: str = "") -> str:
    return lead + "；".join(f"第{NUMBERS[at]}，{item}" for at, item in enumerate(items)) + "。"


def interview(mark: str) -> str:
    answers = ["从略。"] * (len(ASKED) - 2) + [counted(PROBLEMS, "主要有两点。"), counted(MEASURES)]
    questions = [mark.format(number) + question for number, question in zip(NUMBERS, ASKED, strict=True)]
    return blocks(*(f"{one}\n\n答：{two}" for one, two in zip(questions, answers, strict=True)))


@pytest.mark.parametrize("mark", ["【第{}题】", "问：", "", "（问{}）", "问题{}：", "{}、"])
def test_questions_are_headings_of_what_they_ask(mark: str) -> None:
    body = interview(mark)
    outline = outline_of(body)
    assert [heading.meanings[0] for heading in outline.headings] == list(ASKED.values())
    facts = facts_of(body)
    assert tuple(one.title.rstrip("。") for one in facts.problems) == ("渡口值守轮班太密", PROBLEMS[1])
    assert tuple(one.title for one in facts.measures) == MEASURES


def test_a_question_asked_in_a_text_is_no_heading() -> None:
    body = blocks("一、自评结论", "做得怎么样？还有哪些不足？居民说了算。", "自评得分95.00分。")
    assert [heading.meanings for heading in outline_of(body).headings] == [("conclusion",)]
    assert value(facts_of(body), "self_score") == "95"
