"""Goals told in passing, in reports without a section for them, and what only sounds like such goals."""

from __future__ import annotations

import pytest
from fact_cases import facts_of
from report_cases import facts_of as facts_of_2022

pytestmark = pytest.mark.unit

GOALS = ["保障机关正常运转", "完成道路维修任务", "按时发放惠民补贴"]


def told(body: str, heading: str = "一、基本概况") -> list[str]:
    facts = facts_of(f"{heading}\n\n本镇有八个村。\n\n{body}\n\n二、收支情况\n\n收支正常。\n")
    return [row.goal.rstrip("；。") for row in facts.goals]


@pytest.mark.parametrize("heading", ["一、基本概况", "一、年度主要任务", "一、收支和任务"])
@pytest.mark.parametrize(
    "body",
    [
        "本年工作目标是：{0}；{1}；{2}。",
        "镇政府年初确定了三项目标：一是{0}；二是{1}；三是{2}。各办公室分头落实。",
        "2022年绩效目标：（1）{0}；（2）{1}；（3）{2}。",
        "围绕职能，制定的年度目标有三个：第一，{0}；第二，{1}；第三，{2}。",
        "全年主要目标如下：\n\n1.{0}；\n\n2.{1}；\n\n3.{2}。\n\n以上均有分工。",
        "全年目标主要有：\n\n- {0}\n- {1}\n- {2}",
        "部门整体绩效目标如下表所示。\n\n方面\t目标\t指标值\n运转\t{0}\t12月\n道路\t{1}\t3条\n民生\t{2}\t100%",
    ],
)
def test_manners(body: str, heading: str) -> None:
    assert told(body.format(*GOALS), heading) == GOALS


def test_aspects() -> None:
    facts = facts_of(
        "一、基本概况\n\n本年度整体目标如下：\n\n运转：保障机关运转。\n\n道路：维修三条。\n\n其余从略。\n\n二、收支情况\n"
    )
    assert [(row.aspect, row.goal) for row in facts.goals] == [("运转", "保障机关运转。"), ("道路", "维修三条。")]


def test_places() -> None:
    facts = facts_of(f"一、基本概况\n\n本年工作目标是：{GOALS[0]}；{GOALS[1]}。\n")
    assert [(row.position, row.line) for row in facts.goals] == [(1, 5), (2, 5)]
    assert [source.raw_text for source in facts.sources if source.group == "goals"] == GOALS[:2]


@pytest.mark.parametrize(
    "body",
    [
        "各项目绩效目标如下：{0}；{1}；{2}。",
        "区委下达的全年目标是：{0}；{1}；{2}。",
        "上年工作目标是：{0}；{1}；{2}。",
        "“十四五”总体目标是：{0}；{1}；{2}。",
        "以绩效目标为导向：一是{0}；二是{1}；三是{2}。",
        "围绕年度目标：一是{0}；二是{1}；三是{2}。",
        "年度目标全部实现：一是{0}；二是{1}；三是{2}。",
        "年初签订了工作目标责任书：一是{0}；二是{1}；三是{2}。",
        "全年做了三件事：{0}；{1}；{2}。",
        "年度目标与预算一并批复。",
    ],
)
def test_what_only_sounds_like_goals(body: str) -> None:
    assert told(body.format(*GOALS)) == []


def test_goals_of_other_years_are_none() -> None:
    line = "{}年工作目标是：保障机关正常运转；完成道路维修任务。"
    read = [len(facts_of_2022(f"一、基本概况\n\n{line.format(year)}\n").goals) for year in (2021, 2022, 2023)]
    assert read == [0, 2, 0]


def test_a_section_of_goals_comes_first() -> None:
    section = "（二）年度绩效目标\n\n①党建：抓好培训。\n\n②民生：发放低保。"
    assert told(f"本年工作目标是：保障机关正常运转；完成道路维修任务。\n\n{section}") == ["抓好培训", "发放低保"]
