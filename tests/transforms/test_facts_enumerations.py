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


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("全年推进了三类整治，分别是：河涌清淤、管网修补、雨污分流、内涝点改造。", (3, 4, "三类整治")),
        ("做法概括为“五个强”，即队伍更强、阵地更强、服务更强、保障更强，并写入要点。", (5, 4, "五个强")),
        ("聚焦“四个一”工程（一条示范路、一个口袋公园、一处便民点）推进。", (4, 3, "四个一")),
        ("本年度做好以下四个方面：党建引领、城市管理、民生保障。", (4, 3, "四个方面")),
        ("推进五项实事，分别是增设充电桩；加装电梯；改造厨房；修缮球场。", (5, 4, "五项实事")),
        ("覆盖三类人员，即“五保户”“低保户”“残疾人”“孤儿”，逐户上门。", (3, 4, "三类人员")),
        ("| 事项 | 完成 |\n| --- | --- |\n| 检查 | 开展3项检查，分别为扬尘、餐饮、出租屋、校园 |", (3, 4, "3项检查")),
        ("把好三道关口，即立项关、勘察关、设计关、预算关，再行开工。", (3, 4, "三道关口")),
        ("落实三项任务，分别是：养护绿地45公顷、补植苗木2,000株。", (3, 2, "三项任务")),
        ("推进四类整治，分别是河涌清淤、管网修补、雨污分流和内涝点改造。", (4, 4, "四类整治")),
        ("推进三类整治，分别是河涌、管网清淤，雨污分流，内涝点改造。", (3, 3, "三类整治")),
        ("五类做法，即抓教育、抓队伍、抓阵地、抓考核，抓宣传，均有成效。", (5, 5, "五类做法")),
        ("实施两项活动，分别是端午、中秋游园会和重阳敬老活动。", (2, 2, "两项活动")),
        ("编制两项制度，分别为《会计、出纳岗位制度》《资产制度》。", (2, 2, "两项制度")),
        ("两条线路分别为一号线（东站、西站）、二号线（南站、北站）。", (2, 2, "两条线路")),
    ],
)
def test_lists_that_marks_alone_tell_apart(body, expected):
    assert counted(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "推进五类整治，分别是河涌清淤、管网修补、雨污分流等。",
        "两项工程分别为100万元、200万元、300万元。",
        "下属单位3个，分别是甲中心、乙站、丙队、丁所，均为下属单位。办公室4个，分别是甲室、乙室、丙室。",
        "落实三项机制即将收官，周调度、月通报、季考核、年总结照常开展。",
        "第三类整治，分别是河涌清淤、管网修补。",
        "设置四个组，分别是综合组、巡查组、处置组，以及后勤组。",
        "两类事项，即甲、乙；丙、丁。",
        "三项工作分别由城管科、农业科牵头。",
    ],
)
def test_what_may_be_no_whole_list(body):
    assert counted(body) == []


def test_what_has_no_name_among_duties_and_units_is_counted_there():
    told = "共设3个，分别是甲所、乙站、丙队、丁园。\n"
    assert facts_of(f"一、部门概况\n\n{told}").enumerations == []
    assert [row.listed for row in facts_of(f"一、工作成效\n\n{told}").enumerations] == [4]
