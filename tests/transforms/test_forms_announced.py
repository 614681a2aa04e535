"""Forms that a report only speaks of: what it announces or lists is none itself."""

from __future__ import annotations

import pytest

from tests.transforms.docx_maker import docx, p
from tests.transforms.form_cases import facts_of, read_form, word_table

pytestmark = pytest.mark.unit

LIST = [
    ["序号", "项目名称", "年初预算数", "全年预算数", "全年执行数", "完成情况"],
    ["1", "道路养护经费", "10.00", "12.00", "11.50", "养护道路12公里。"],
    ["2", "文化活动经费", "8.00", "8.00", "8.00", "举办活动6场。"],
]
HEAD = p("青云街道办事处2022年度部门整体支出绩效自评报告") + p("一、项目支出情况")


@pytest.mark.parametrize(
    "above",
    [
        "另附部门整体支出绩效自评表1份、项目支出绩效自评表3份。",
        "附件：项目支出绩效自评表",
        "项目支出绩效自评汇总表",
    ],
)
def test_a_list_of_projects_below_words_of_forms_is_no_form(above: str) -> None:
    facts = facts_of(docx(HEAD + p(above) + p("单位：万元") + word_table(LIST)))
    assert facts.forms == []
    assert [(row.name, row.budget_yuan, row.spent_yuan) for row in facts.projects] == [
        ("道路养护经费", 120_000, 115_000),
        ("文化活动经费", 80_000, 80_000),
    ]


def test_a_sheet_of_a_form_with_nothing_but_funds_is_one_all_the_same() -> None:
    rows = [["项目支出绩效自评表"], ["项目名称", "道路养护经费", "全年预算数", 12, "全年执行数", 11.5]]
    (form,) = read_form([*rows, ["金额单位", "万元"]]).forms
    assert form.project_name == "道路养护经费"


def test_a_list_of_projects_and_points_by_indicator_are_no_form() -> None:
    points = [
        ["一级指标", "二级指标", "三级指标", "分值", "评分标准", "自评得分"],
        ["投入", "预算编制", "预算完整性", 60, "收支全部纳入得满分", 58],
        ["产出", "职责履行", "重点工作完成率", 40, "完成率×40分", 39],
    ]
    projects = [["项目", "预算金额", "支出金额", "执行率（%）", "绩效目标", "完成情况"]]
    projects += [[name, 100, 90, 90, f"办好{name}", f"已办好{name}"] for name in ("河岸保洁", "校园护学", "桥梁检测")]
    between = p("三、评价结论") + p("得分如下。")
    facts = facts_of(docx(HEAD + p("单位：万元") + word_table(projects) + between + word_table(points)))
    assert (facts.forms, [row.name for row in facts.projects]) == ([], ["河岸保洁", "校园护学", "桥梁检测"])
