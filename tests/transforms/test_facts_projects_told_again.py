"""Prose about projects that a table lists too: no rows of its own, and names without what is said of them."""

import pytest
from report_cases import blocks, facts_of, table

pytestmark = pytest.mark.unit

ROWS = table(
    "项目名称|全年预算数|全年执行数|完成情况",
    "东湖路修缮工程|300.00|290.00|修缮2公里",
    "社区养老服务项目|60.00|60.00|服务200人",
    "河道保洁经费|120.00|118.00|保洁15公里",
)


def told(*prose: str, heading: str = "（二）重点项目说明") -> list[tuple[str, str]]:
    """The listing and the name of each row, of a report with a table of all projects and such prose below it."""
    facts = facts_of(
        blocks(
            "二、绩效完成情况",
            "（一）项目支出完成情况",
            "单位：万元",
            ROWS,
            heading,
            *prose,
            "三、存在问题",
            "进度偏慢。",
        )
    )
    return [(one.listing, one.name) for one in facts.projects]


LISTED = [("task", "东湖路修缮工程"), ("task", "社区养老服务项目"), ("task", "河道保洁经费")]


@pytest.mark.parametrize(
    "prose",
    [
        "东湖路修缮工程全年预算300.00万元，支出290.00万元。工程分两段施工，群众出行未受影响。",
        "东湖路修缮工程是本年投资最大的工程项目，全年预算300.00万元，支出290.00万元。",
        "社区养老服务项目为区民生实事项目，全年预算60.00万元，支出60.00万元，验收合格。",
        "东湖路修缮工程预算0.03亿元，支出290万元。",
        "1.河道保洁经费：预算120.00万元，支出118.00万元。",
    ],
)
def test_rows_told_again(prose):
    assert told(prose) == LISTED


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        # a project that no table has
        ("文化站改造项目全年预算80.00万元，支出75.00万元。", ("key", "文化站改造项目")),
        # other amounts are told of the part that the section is about
        ("东湖路修缮工程全年预算200.00万元，支出180.00万元。", ("key", "东湖路修缮工程")),
    ],
)
def test_what_no_table_says_is_a_row(prose, expected):
    assert told(prose) == [*LISTED, expected]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("文化站改造工程是我街跨年实施的重点项目", "文化站改造工程"),
        ("文化站改造工程属于区重点工程", "文化站改造工程"),
        ("文化站改造工程作为年度重点任务", "文化站改造工程"),
        ("政府为全镇老人购买意外险项目", "政府为全镇老人购买意外险项目"),
        ("监控体系建设项目", "监控体系建设项目"),
        ("军属慰问项目", "军属慰问项目"),
        ("直属单位维修项目", "直属单位维修项目"),
        ("街道为老服务项目", "街道为老服务项目"),
    ],
)
def test_what_is_said_of_a_project_is_no_part_of_its_name(words, name):
    assert told(f"{words}，全年预算80.00万元，支出75.00万元。")[3:] == [("key", name)]
