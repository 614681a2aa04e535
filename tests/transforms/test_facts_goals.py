"""Annual goals by aspect, in every form that reports give them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fact_cases import facts_of, real_facts

pytestmark = pytest.mark.unit

SECTION = "一、部门概况\n\n（一）年度绩效目标\n\n"


def goals(body: str, section: str = SECTION) -> list[tuple[str | None, str]]:
    return [(row.aspect, row.goal) for row in facts_of(section + body).goals]


@pytest.mark.parametrize(
    "body",
    [
        "①党建方面：抓好培训12次。\n\n②民生方面：做好低保发放。\n",
        "（1）党建：抓好培训12次。\n\n（2）民生：做好低保发放。\n",
        "1.党建方面，抓好培训12次。\n\n2.民生方面，做好低保发放。\n",
        "1、党建。抓好培训12次。\n\n2、民生。做好低保发放。\n",
        "- 党建方面：抓好培训12次。\n- 民生方面：做好低保发放。\n",
        "党建方面：抓好培训12次。\n\n民生方面：做好低保发放。\n",
        "我镇年度绩效总目标如下：\n\n- 在党建方面：抓好培训12次。\n- 在民生方面：做好低保发放。\n",
        "1、党建目标。抓好培训12次。\n\n2、民生目标。做好低保发放。\n",
        "1、分项目标\n\n①党建方面：抓好培训12次。\n\n②民生方面：做好低保发放。\n",
        "目标\t内容\n党建\t抓好培训12次。\n民生方面\t做好低保发放。\n",
        "序号\t方面\t绩效目标\n1\t党建\t抓好培训12次。\n2\t民生\t做好低保发放。\n",
        "方面\t年度目标\t目标值\n1.党建\t抓好培训12次。\t12次\n2.民生\t做好低保发放。\t100%\n",
        "1）党建——抓好培训12次。\n\n2）民生——做好低保发放。\n",
        "①党建 - 抓好培训12次。\n\n②民生 - 做好低保发放。\n",
        "党建—抓好培训12次。\n\n民生—做好低保发放。\n",
        "——党建：抓好培训12次。\n\n——民生：做好低保发放。\n",
        "【党建】抓好培训12次。\n\n【民生】做好低保发放。\n",
        "“党建”：抓好培训12次。\n\n“民生”：做好低保发放。\n",
        "目标一（党建）：抓好培训12次。\n\n目标二（民生）：做好低保发放。\n",
        "目标1——党建：抓好培训12次。\n\n目标2——民生：做好低保发放。\n",
        "1 党建：抓好培训12次。\n\n2 民生：做好低保发放。\n",
        "在党建上，抓好培训12次。\n\n民生工作上，做好低保发放。\n",
        "**党建**　抓好培训12次。\n\n**民生**　做好低保发放。\n",
        "党建：抓好培训12次。民生：做好低保发放。\n",
        "设定两个目标。党建方面：抓好培训12次。民生方面：做好低保发放。\n",
        "围绕职能，街道设定了以下目标：党建方面，抓好培训12次。民生方面，做好低保发放。\n",
        "按职能设定两方面目标，经集体研究。\n\n党建：抓好培训12次。\n\n民生：做好低保发放。\n\n各目标均有指标。\n",
        "党建：\n\n抓好培训12次。\n\n民生：\n\n做好低保发放。\n",
        "目标一：党建\n\n抓好培训12次。\n\n目标二：民生\n\n做好低保发放。\n",
        "名称\t要求\n党建目标\t抓好培训12次。\n民生目标\t做好低保发放。\n",
        "目标包括：①党建：抓好培训12次。②民生：做好低保发放。目标经党委会审议后报区财政局审核。\n",
        "1、整体目标\n\n党建：抓好培训12次。\n\n民生：做好低保发放。\n",
        "1、整体目标\n\n如下：\n\n党建——抓好培训12次。\n\n民生——做好低保发放。\n",
        "1、整体目标\n\n2022年目标为：①党建：抓好培训12次。②民生：做好低保发放。\n",
        "1、整体目标\n\n**党建。**抓好培训12次。\n\n**民生。**做好低保发放。\n",
        "1、整体目标\n\n**党建**\n\n抓好培训12次。\n\n**民生**\n\n做好低保发放。\n",
        "1、整体目标\n\n（1）党建目标\n\n抓好培训12次。\n\n（2）民生目标\n\n做好低保发放。\n",
        "1、整体目标\n\n1.党建方面，抓好培训12次。\n\n2.民生方面，做好低保发放。\n",
        "方面\t年度目标\t完成成效\n党建\t抓好培训12次。\t13次\n民生\t做好低保发放。\t200户\n",
        "方面\t年度目标\t工作要求\n党建\t抓好培训12次。\t办好党校\n民生\t做好低保发放。\t建好台账\n",
        "——党建维度：抓好培训12次。\n\n——民生维度：做好低保发放。\n",
        "1.党建板块，抓好培训12次。\n\n2.民生板块，做好低保发放。\n",
        "1、党建层面——抓好培训12次。\n\n2、民生层面——做好低保发放。\n",
        "一是在党建领域，抓好培训12次。二是在民生领域，做好低保发放。\n",
        "1.在党建工作上：抓好培训12次。\n\n2.在民生工作上：做好低保发放。\n",
        "1.在党建上——抓好培训12次。\n\n2.在民生上——做好低保发放。\n",
        "从两个维度设定目标：党建维度，抓好培训12次。民生维度，做好低保发放。\n",
        "维度\t年度目标\n党建维度\t抓好培训12次。\n民生维度\t做好低保发放。\n",
        "（1）党建。目标：抓好培训12次。\n\n（2）民生。目标：做好低保发放。\n",
        "（1）党建：年度目标是抓好培训12次。\n\n（2）民生：年度目标是做好低保发放。\n",
        "1.党建方面的目标是抓好培训12次。\n\n2.民生方面的目标是做好低保发放。\n",
        "1.党建——绩效目标：抓好培训12次。\n\n2.民生——绩效目标：做好低保发放。\n",
        "1.党建。任务：办好党校。目标：抓好培训12次。\n\n2.民生。任务：摸清底数。目标：做好低保发放。\n",
        "1.党建。目标：抓好培训12次。措施：请讲师。\n\n2.民生。目标：做好低保发放。措施：入户核查。\n",
        "1.党建\n\n目标：抓好培训12次。\n\n措施：请讲师。\n\n2.民生\n\n目标：做好低保发放。\n\n措施：入户核查。\n",
        "1、产出目标\n\n（1）党建：抓好培训12次。\n\n（2）民生：做好低保发放。\n",
    ],
)
def test_forms(body: str) -> None:
    assert goals(body) == [("党建", "抓好培训12次。"), ("民生", "做好低保发放。")]


@pytest.mark.parametrize(
    "behind",
    [
        "各科室将上述目标进一步分解为具体指标，与预算一并公开。\n",
        "2、目标管理\n\n项目立项时由经办科室填表，本年退回4个。\n",
        "财政所审核各项目标后录入系统。\n\n2、目标审核和批复\n\n目标下达后不作调整。\n",
    ],
)
@pytest.mark.parametrize("mark", ["", "①"])
def test_how_goals_are_managed_is_no_goal(mark: str, behind: str) -> None:
    second = "②" if mark else ""
    body = f"1、整体目标\n\n{mark}党建：抓好培训12次。\n\n{second}民生：做好低保发放。\n\n{behind}"
    assert goals(body) == [("党建", "抓好培训12次。"), ("民生", "做好低保发放。")]


@pytest.mark.parametrize(
    "list_",
    [
        "A.党建方面：抓好培训12次。\n\nB.民生方面：做好低保发放。",
        "- 党建：抓好培训12次。\n- 民生：做好低保发放。",
        "党建：抓好培训12次。\n\n民生：做好低保发放。",
        "一是党建方面：抓好培训12次。\n\n二是民生方面：做好低保发放。",
        "1. 党建：抓好培训12次。\n2. 民生：做好低保发放。",
    ],
)
@pytest.mark.parametrize("heading", ["1.总体目标", "1、绩效总目标分为两个方面："])
def test_a_section_ends_at_the_number_after_its_own(heading: str, list_: str) -> None:
    behind = "2.指标设置。\n\n3.监控情况。问题有两类：一是合同不规范，二是凭证不全。\n\n4.结果应用。从严安排。"
    section = f"一、部门概况\n\n（五）绩效管理\n\n{heading}\n\n"
    assert goals(f"{list_}\n\n{behind}\n", section) == [("党建", "抓好培训12次。"), ("民生", "做好低保发放。")]


def test_a_section_ends_at_a_later_number_too() -> None:
    section = "一、部门概况\n\n（五）绩效管理\n\n1、总体目标\n\n"
    body = "- 党建：抓好培训12次。\n- 民生：做好低保发放。\n\n3、监控情况。问题有两类：一是合同不规范，二是凭证不全。\n"
    assert goals(body, section) == [("党建", "抓好培训12次。"), ("民生", "做好低保发放。")]


def test_a_section_goes_on_where_the_number_after_its_own_names_a_goal() -> None:
    section = "一、部门概况\n\n（五）绩效管理\n\n1、总体目标\n\n"
    assert goals("2、党建目标。抓好培训12次。\n\n3、民生目标。做好低保发放。\n", section) == [
        ("党建", "抓好培训12次。"),
        ("民生", "做好低保发放。"),
    ]


def test_a_section_of_nothing_else_has_no_goals() -> None:
    assert goals("各科室申报绩效目标，财政所审核后录入系统。\n\n目标批复后不得调整。\n") == []


def test_a_goal_may_speak_of_goals() -> None:
    body = "做好困难群众救助。\n\n完善绩效目标审核机制，规范支出管理。\n"
    assert [goal for _, goal in goals(body)] == body.strip().split("\n\n")
    assert goals("申报绩效目标时，年度目标确定为：做好救助。\n") != []


def test_a_dash_within_a_goal_sets_nothing_off() -> None:
    body = "1、建成东湖—西湖步道3公里。\n\n2、清理河道12公里。\n\n3、推进窗口—村居联动。\n"
    assert [aspect for aspect, _ in goals(body)] == [None] * 3


def test_paragraphs_that_name_their_aspects_behind_the_last_heading() -> None:
    body = "1、总体目标\n\n建设强镇。\n\n2、分项目标\n\n党建：抓好培训。\n\n民生：发放低保。\n"
    assert goals(body) == [("总体", "建设强镇。"), ("党建", "抓好培训。"), ("民生", "发放低保。")]


@pytest.mark.parametrize("goal", ["聚焦民生领域，补齐短板3处。", "从产出和效益两个维度，提升服务。"])
def test_words_for_sides_within_a_goal_name_none(goal: str) -> None:
    assert goals(f"1、{goal}\n\n2、保障机关正常运转。\n")[0] == (None, goal)


def test_tasks_without_a_goal_beside_them_stay_whole() -> None:
    body = "1.党建方面。任务：抓好培训12次。\n\n2.民生方面。做好低保发放，目标：全覆盖。\n"
    assert [goal for _, goal in goals(body)] == ["任务：抓好培训12次。", "做好低保发放，目标：全覆盖。"]


PLANS = [
    "（一）总体目标\n\n全年工作可概括为“两大行动”：\n\n1. 暖心行动：建好饭堂。\n2. 护航行动：抓好防汛。",
    "（一）年度总体目标\n\n实施“两大攻坚”，分别是：\n\n- 征拆攻坚：交地500亩；\n- 绿化工程：种树500株；",
    "（一）年度目标\n\n一是抓项目，新开工5个。二是抓治水，整治8条河涌。",
]


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("heading", ["（三）绩效目标", "三、绩效管理情况\n\n（一）绩效总目标"])
def test_plans_of_work_beside_goals_are_none(plan: str, heading: str) -> None:
    section = f"二、年度履职目标和任务\n\n{plan}\n\n（二）支出安排\n\n从略。\n\n{heading}\n\n"
    expected = [("党建", "抓好培训12次。"), ("民生", "做好低保发放。")]
    assert goals("1. 党建：抓好培训12次。\n2. 民生：做好低保发放。\n", section) == expected
    assert goals("方面\t绩效目标\n党建\t抓好培训12次。\n民生\t做好低保发放。\n", section) == expected


@pytest.mark.parametrize(("plan", "count"), [(PLANS[0], 0), (PLANS[1], 0), (PLANS[2], 2)])
def test_campaigns_alone_are_no_goals_but_aims_of_the_year_are(plan: str, count: int) -> None:
    assert len(goals(f"{plan}\n\n（二）支出安排\n\n从略。\n", "二、年度目标和任务\n\n")) == count


def test_what_a_section_of_goals_names_are_goals() -> None:
    body = "1.绿化工程：种树500株。\n\n2.暖心行动：建好饭堂。\n"
    assert goals(body) == [("绿化工程", "种树500株。"), ("暖心行动", "建好饭堂。")]


def test_an_overall_goal_of_the_overview_stands_beside_its_parts() -> None:
    section = "一、部门概况\n\n（一）总体目标\n\n建设强镇，改善民生。\n\n（二）绩效目标\n\n"
    assert len(goals("1.党建：抓好培训12次。\n\n2.民生：做好低保发放。\n", section)) == 3


@pytest.mark.parametrize(
    "talk",
    [
        "目标设置遵循三项原则：一是指向明确；二是细化量化；三是合理可行。",
        "年末上述目标全部实现，其中：一是培训13次；二是发放低保200户。",
        "为确保各项目标完成，主要措施有：一是逐月通报；二是逐项分析。",
    ],
)
def test_lists_behind_the_last_goal_are_no_part_of_it(talk: str) -> None:
    expected = [("党建", "抓好培训12次。"), ("民生", "做好低保发放。")]
    assert goals(f"1.党建：抓好培训12次。\n\n2.民生：做好低保发放。\n\n{talk}\n") == expected
    assert goals(f"1、整体目标\n\n①党建：抓好培训12次。\n\n②民生：做好低保发放。\n\n{talk}\n") == expected


def test_how_indicators_of_goals_are_set_is_no_goal() -> None:
    section = f"{SECTION}①党建：抓好培训12次。\n\n②民生：做好低保发放。\n\n（二）绩效目标指标设置\n\n"
    assert len(goals("1.产出指标：数量、质量。\n\n2.效益指标：社会、生态。\n", section)) == 2


@pytest.mark.parametrize(
    "announcing",
    [
        "为实现绩效目标，街道采取以下做法：",
        "围绕目标抓好两件事：",
        "财政所复核目标表，重点看两点：",
        "绩效目标设置原则如下：",
    ],
)
def test_ways_to_reach_goals_are_none(announcing: str) -> None:
    section = f"一、部门概况\n\n（三）绩效管理情况\n\n{announcing}\n\n"
    assert goals("（1）制度方面：印发办法。\n\n（2）公开方面：在网站公布。\n", section) == []


def test_a_table_of_goals_alone() -> None:
    assert goals("序号\t绩效目标\t完成时限\n1\t抓好培训\t6月\n2\t发放低保\t12月\n") == [
        (None, "抓好培训"),
        (None, "发放低保"),
    ]


@pytest.mark.parametrize(
    "heading", ["三、目标", "三、年度目标", "三、目标设定", "三、部门目标情况", "三、主要任务和目标"]
)
def test_headings(heading: str) -> None:
    expected = [("党建", "抓好培训12次。"), ("民生", "做好低保发放。")]
    assert goals("①党建方面：抓好培训12次。\n\n②民生方面：做好低保发放。\n", f"{heading}\n\n") == expected


def test_what_was_done_of_the_goals_is_no_goal() -> None:
    assert goals("①党建方面：抓好培训12次。\n", "三、目标完成情况\n\n") == []
    assert goals("①党建方面：抓好培训12次。\n", "三、主要任务和目标完成情况\n\n") == []


def test_in_one_paragraph() -> None:
    body = "2022年，我镇绩效目标为：一是党建方面，抓好培训；二是民生方面，完成10件实事。\n"
    assert goals(body) == [("党建", "抓好培训；"), ("民生", "完成10件实事。")]


def test_one_sentence_of_goals() -> None:
    assert goals("2022年绩效目标为：保障机构正常运转；做好低保发放工作。\n") == [
        (None, "保障机构正常运转；"),
        (None, "做好低保发放工作。"),
    ]


def test_an_overall_goal_and_aspects_of_it() -> None:
    expected = [("总体", "做好全年工作。"), ("社会效益", "安全稳定；"), ("生态效益", "河水变清。")]
    assert goals("总体目标：做好全年工作。其中：社会效益方面，安全稳定；生态效益方面，河水变清。\n") == expected
    body = (
        "1.总体目标\n\n做好全年工作。\n\n2.具体目标\n\n（1）社会效益方面，安全稳定；\n\n（2）生态效益方面，河水变清。\n"
    )
    assert goals(body) == expected


def test_goals_of_the_year_and_beyond() -> None:
    body = "年度绩效目标：\n\n1．经济：增长6%。\n\n2．民生：新建公园。\n\n中期绩效目标：\n\n建成先进园区。\n"
    assert goals(body) == [("经济", "增长6%。"), ("民生", "新建公园。"), ("中期", "建成先进园区。")]
    body = "——经济：增长6%；\n\n——民生：新建公园。\n\n中期目标：建成先进园区。\n"
    assert goals(body) == [("经济", "增长6%；"), ("民生", "新建公园。"), ("中期", "建成先进园区。")]


def test_an_overall_goal_in_front_of_numbered_ones() -> None:
    body = "2022年度整体绩效目标：建设强镇。\n\n年度指标：\n\n1.经济：增长6%。\n\n2.民生：新建公园。\n"
    assert [goal for _, goal in goals(body)] == ["建设强镇。", "增长6%。", "新建公园。"]


def test_goals_run_in_behind_a_number() -> None:
    section = "一、单位情况\n\n1、人员情况：在编9人。\n\n"
    lettered = "（2）绩效目标。目标主要有：\n\nA. 经济：增长6%。\n\nB. 民生：新建公园。\n"
    assert [aspect for aspect, _ in goals(lettered, section)] == ["经济", "民生"]
    body = "2、绩效目标：（1）保证机构正常运转；（2）提升服务水平。\n\n具体指标见附表。\n"
    assert [goal for _, goal in goals(body, section)] == ["保证机构正常运转；", "提升服务水平。"]


def test_goals_with_a_number_for_a_name() -> None:
    assert goals("绩效目标1：抓好党建培训。\n\n绩效目标2：做好低保发放。\n") == [
        (None, "抓好党建培训。"),
        (None, "做好低保发放。"),
    ]


def test_a_goal_without_an_aspect() -> None:
    assert goals("保障机关正常运转，做好各项民生工作。\n") == [(None, "保障机关正常运转，做好各项民生工作。")]


def test_what_follows_the_last_item_is_no_part_of_it() -> None:
    body = "①党建方面：抓好培训。\n\n②民生方面：发放低保。\n\n各项目均设置了绩效指标。\n\n年中开展监控。\n"
    assert goals(body) == [("党建", "抓好培训。"), ("民生", "发放低保。")]


@pytest.mark.parametrize("announcing", ["年度绩效总目标如下：", "年初，我镇围绕履职重点确定了整体绩效目标。"])
def test_announced_within_performance_management(announcing: str) -> None:
    section = f"一、部门概况\n\n（四）部门整体绩效管理情况\n\n{announcing}\n\n"
    body = "①党建方面：抓好培训。\n\n②民生方面：发放低保。\n\n2、绩效管理制度执行情况\n\n制定了办法。\n"
    assert goals(body, section) == [("党建", "抓好培训。"), ("民生", "发放低保。")]


def test_other_lists_of_performance_management_are_no_goals() -> None:
    section = "一、部门概况\n\n（四）部门整体绩效管理情况\n\n我镇建立了以下制度：\n\n"
    assert goals("①党建制度：定期学习。\n\n②财务制度：严格审批。\n", section) == []


def test_the_work_plan_of_the_overview_and_project_tables_are_no_goals() -> None:
    section = "一、部门概况\n\n（二）年度总体工作和重点工作任务\n\n"
    assert goals("①加强党建。抓好培训。\n\n项目名称\t绩效目标\n甲经费\t保障\n", section) == []


def test_places() -> None:
    facts = facts_of(SECTION + "①党建方面：抓好培训。\n\n方面\t绩效目标\n民生\t发放低保\n")
    sources = [(row.line, row.table_number, row.row_number, row.column_number) for row in facts.sources]
    assert sources == [(7, None, None, None), (10, 1, 1, 2)]
    assert [row.line for row in facts.goals] == [7, 10]


def test_the_real_report(shared: Path) -> None:
    truth = json.loads((shared / "truth" / "xiaoguwei-2021.truth.json").read_text("utf-8"))["goals_by_aspect"]
    expected = [(row["seq"], row["aspect"], row["text"], row["line"]) for row in truth]
    assert [(row.position, row.aspect, row.goal, row.line) for row in real_facts(shared).goals] == expected
    assert len(expected) == 9
