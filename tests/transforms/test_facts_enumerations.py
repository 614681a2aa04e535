"""Announced numbers of things and how many then follow."""

import pytest
from report_cases import facts_of, real_facts

pytestmark = pytest.mark.unit


def counted(body: str) -> list[tuple[int, int, str]]:
    return [(row.stated, row.listed, row.text) for row in facts_of("一、重点工作任务\n\n" + body + "\n").enumerations]


def test_real_report(shared):
    read = [(row.stated, row.listed, row.text, row.line) for row in real_facts(shared).enumerations]
    assert read == [(5, 5, "五大板块", 21), (3, 3, "三大计划", 35)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("主要存在以下四个方面问题：一是甲。二是乙。三是丙。", (4, 3, "四个方面问题")),
        ("年度工作分为3个方面：\n\n（1）甲。\n\n（2）乙。\n\n（3）丙。", (3, 3, "3个方面")),
        ("本年度有三项重点工作：①甲；②乙；③丙。", (3, 3, "三项重点工作")),
        ("重点做好以下2项工作。\n\n1.甲。\n\n细说。\n\n2.乙。\n\n（二）其他\n\n1.丙。", (2, 2, "2项工作")),
        (
            "支出计划有两大计划。\n\n①甲。\n\n| 项目 | 目标 |\n| --- | --- |\n| 道路 | 修好 |\n\n### ②乙。\n\n说。",
            (2, 2, "两大计划"),
        ),
        ("围绕五大板块，分别是：（1）甲，（2）乙，（3）丙，（4）丁。", (5, 4, "五大板块")),
    ],
)
def test_announced_lists(body, expected):
    assert counted(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "围绕“四个走在全国前列”开展工作。\n\n1、甲。\n\n2、乙。",
        "完成10项民生工程。\n\n1、甲。\n\n2、乙。",
        "内设机构2个，分别是：（一）党政办公室、（二）财政办公室。",
        "本年度有三项重点工作：甲、乙、丙。",
        "辖区有3个社区，4条村。\n\n1、甲。\n\n2、乙。\n\n3、丙。",
        "第三项工作是：一是甲。二是乙。",
        "有三项重点工作。\n\n2、乙。\n\n3、丙。",
    ],
)
def test_no_list_clearly_follows(body):
    assert counted(body) == []


def test_headings_announce_too():
    body = "（一）三大工程\n\n1、甲工程。修路。\n\n2、乙工程。修桥。\n\n3、丙工程。修渠。\n\n（二）其他事项\n\n说。"
    assert counted(body) == [(3, 3, "三大工程")]
