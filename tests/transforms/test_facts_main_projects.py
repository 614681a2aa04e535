"""Main projects (主要项目): all there is to tell, or key projects beside a table of all."""

import pytest
from report_cases import blocks, facts_of, table

pytestmark = pytest.mark.unit

HEAD = "项目名称|全年预算数|全年执行数"
MAIN = table(HEAD, "河道保洁经费|120.00|118.00", "东湖路修缮工程|300.00|290.00")
ALL = table(HEAD, "河道保洁经费|120.00|118.00", "东湖路修缮工程|300.00|290.00", "普法宣传经费|12.00|11.50")
TOLD = blocks("1.河道保洁经费：预算120.00万元，支出118.00万元。", "2.东湖路修缮工程：预算300.00万元，支出290.00万元。")
END = "四、存在问题\n\n进度偏慢。\n"


def listings(*parts: str) -> list[str]:
    """The listing of each table of projects, prose counting as one."""
    return [one.listing for one in facts_of(blocks("一、基本情况", "从略。", *parts, END)).tables]


@pytest.mark.parametrize("title", ["主要项目支出情况", "主要项目绩效情况", "专项项目资金使用情况"])
@pytest.mark.parametrize("body", [MAIN, TOLD], ids=["table", "prose"])
def test_main_projects_alone_are_the_tasks(title, body):
    assert listings(f"二、{title}", "单位：万元", body) == ["task"]


@pytest.mark.parametrize("title", ["重点项目支出情况", "主要重点项目绩效情况", "重大项目实施情况"])
@pytest.mark.parametrize("body", [MAIN, TOLD], ids=["table", "prose"])
def test_key_projects_are_key_wherever_they_stand(title, body):
    assert listings(f"二、{title}", "单位：万元", body) == ["key"]


def test_main_projects_beside_a_table_of_all_are_key():
    of_all = ("二、项目支出情况", "单位：万元", ALL)
    assert listings(*of_all, "三、主要项目支出情况", "单位：万元", MAIN) == ["task", "key"]
    assert listings("二、主要项目支出情况", "单位：万元", MAIN, "三、项目支出情况", "单位：万元", ALL) == [
        "key",
        "task",
    ]


def test_a_title_of_its_own_makes_a_table_of_main_projects_one_of_key_projects():
    assert listings("二、主要项目支出情况", "表2 重点项目支出明细表（单位：万元）", MAIN) == ["key"]


def test_parts_of_one_list_of_main_projects_are_tasks_all():
    more = table(HEAD, "普法宣传经费|12.00|11.50", "桥梁加固工程|80.00|79.00")
    assert listings("二、主要项目支出情况", "单位：万元", MAIN, "其余项目如下。", more) == ["task", "task"]
