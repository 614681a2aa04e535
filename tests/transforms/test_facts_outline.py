"""Headings, their levels and the sections that they open."""

import json

import pytest
from report_cases import blocks, facts_of, outline_of, real_facts

from transforms.facts.outline.numbering import parse_marker
from transforms.facts.outline.sections import meaning_of

pytestmark = pytest.mark.unit


def rows(body: str, **more: str) -> list[tuple[int, str | None, str, str | None]]:
    return [(row.level, row.label, row.text, row.section) for row in facts_of(body, **more).headings[1:]]


def plain(text: str) -> str:
    return "".join(text.split())


def test_real_report_gives_the_headings_of_the_truth(shared):
    truth = json.loads((shared / "truth" / "xiaoguwei-2021.truth.json").read_text("utf-8"))["headings"]
    read = real_facts(shared).headings
    assert [(row.line, row.level, row.visual_level, row.label or "", plain(row.text)) for row in read] == [
        (row["line"], row["logical_level"], row["markdown_level"], row["numbering"], plain(row["text"]))
        for row in truth
    ]
    sections = [row.section for row in read if row.level <= 2][1:]
    assert sections == [
        "overview", "units", "spending_plan", "overall_budget", "performance_management", "analysis", "conclusion",
        "task_completion", "key_projects", "achievements", "problems", "measures",
    ]  # fmt: skip


def test_real_report_repeats_a_number_under_one_parent(shared):
    twice = [row for row in real_facts(shared).headings if row.style == "（一）" and row.number == 3 and row.level == 2]
    assert [row.parent for row in twice] == [1, 10, 10]


@pytest.mark.parametrize(
    ("text", "style", "number", "rest"),
    [
        ("第一部分部门概况", "第一部分", 1, "部门概况"),
        ("第二章绩效", "第一章", 2, "绩效"),
        ("十二、其他", "一、", 12, "其他"),
        ("(三)情况", "（一）", 3, "情况"),
        ("3、情况", "1、", 3, "情况"),
        ("1.2年度目标", "1.1", 2, "年度目标"),
        ("2.3.3人居环境", "1.1.1", 3, "人居环境"),
        ("1.2021年预算", "1、", 1, "2021年预算"),
        ("(2)情况", "（1）", 2, "情况"),
        ("⑪情况", "①", 11, "情况"),
        ("二是加强", "一是", 2, "加强"),
        ("第三,加强", "第一，", 3, "加强"),
    ],
)
def test_markers(text, style, number, rest):
    marker = parse_marker(text)
    assert marker is not None
    assert (marker.style, marker.number, text[marker.end :]) == (style, number, rest)


@pytest.mark.parametrize("text", ["2021年工作", "1.5万元", "二〇二一年", "第三方机构", "四,安全方面", "情况一、", ""])
def test_no_markers(text):
    assert parse_marker(text) is None


def test_levels_follow_numbering_not_looks():
    body = "## 一、基本情况\n\n#### （一）部门概况\n\n有。\n\n## （二）收支情况\n\n有。\n\n#### 二、存在问题\n\n有。\n"
    assert [row[0] for row in rows(body)] == [1, 2, 2, 1]


def test_parts_stand_above_numbered_sections():
    body = blocks(
        "第一部分 基本情况", "一、部门职能", "负责。", "（一）职责", "有。", "第二部分 自评情况", "一、自评结论", "好。"
    )
    assert [row[0] for row in rows(body)] == [1, 2, 3, 1, 2]


def test_decimal_numbering():
    body = "1. 基本情况\n\n1.1 部门概况\n\n有。\n\n1.2 年度目标\n\n有。\n\n2. 存在问题\n\n2.1 编制粗放\n\n有。\n"
    assert [(row[0], row[3]) for row in rows(body)] == [
        (1, "overview"), (2, "units"), (2, "annual_goals"), (1, "problems"), (2, None),
    ]  # fmt: skip


def test_a_first_style_that_runs_on_encloses_the_others():
    body = "1. 基本情况\n\n（一）部门概况\n\n有。\n\n（二）收支情况\n\n有。\n\n2. 存在问题\n\n有。\n"
    assert [row[0] for row in rows(body)] == [1, 2, 2, 1]


def test_headings_without_numbers_or_looks():
    body = "部门概况\n\n有。\n\n绩效目标\n\n有。\n\n自评结论：\n\n好。\n\n存在的问题\n\n有。\n\n改进措施\n\n有。\n"
    assert [row[3] for row in rows(body)] == ["overview", "annual_goals", "conclusion", "problems", "measures"]


def test_headings_by_their_looks_stand_beside_each_other_below_a_numbered_one():
    body = "## 三、事项\n\n**水上**\n\n有。\n\n**岸上**\n\n有。\n\n**山上**\n\n有。\n\n## 四、成效\n\n有。\n"
    assert [row[0] for row in rows(body)] == [1, 2, 2, 2, 1]


def test_headings_by_their_looks_enclose_the_numbers_below_them():
    body = "**水上**\n\n1. 巡护\n\n有。\n\n2. 打捞\n\n有。\n\n**岸上**\n\n1. 清运\n\n有。\n\n2. 保洁\n\n有。\n"
    assert [row[0] for row in rows(body)] == [1, 2, 2, 1, 2, 2]


def test_a_number_that_vanished_does_not_break_its_siblings():
    body = "一、基本情况\n\n有。\n\n二、自评情况\n\n有。\n\n存在问题\n\n有。\n\n四、改进措施\n\n有。\n"
    assert [row[0] for row in rows(body)] == [1, 1, 1, 1]


def test_run_in_titles():
    body = "**（一）部门概况。**本镇有。\n\n**（二）收支情况。**本镇有收支。\n\n存在问题：一是不够。\n"
    assert [(row[2], row[3]) for row in rows(body)] == [
        ("部门概况。", "overview"), ("收支情况。", "overall_budget"), ("存在问题：", "problems"),
    ]  # fmt: skip
    outline = outline_of(body)
    texts = [piece.block.text[piece.start :] for piece in outline.pieces("overview", "overall_budget", "problems")]
    assert texts == ["本镇有。", "本镇有收支。", "一是不够。"]


def test_achievements_and_goals_are_headings_at_any_depth():
    body = blocks("2、绩效情况", "（1）预算执行情况。已执行。", "（2）取得成效。", "种树。", "（3）绩效目标：增长。")
    assert [(row[1], row[3]) for row in rows(body)] == [
        ("2、", None), ("（2）", "achievements"), ("（3）", "annual_goals"),
    ]  # fmt: skip


def test_a_run_in_between_two_headings_is_a_heading():
    body = "### 1、总目标\n\n有。\n\n2、日常安排：各个项目都有。\n\n### 3、制度建设\n\n有。\n"
    assert [row[1] for row in rows(body)] == ["1、", "2、", "3、"]


def test_items_with_titles_are_headings_where_their_numbers_fill_a_gap():
    body = blocks(
        "二、绩效情况",
        "（一）项目概览。略。",
        "（二）部门职责。有。",
        "（三）项目情况。",
        "表。",
        "（四）收支情况",
        "有。",
    )
    assert [row[1] for row in rows(body)] == ["二、", "（一）", "（二）", "（三）", "（四）"]
    body = blocks(
        "三、存在问题", "（一）预算不准。有。", "（二）进度不快。有。", "四、改进措施", "（一）细化预算。有。"
    )
    assert [row[1] for row in rows(body)] == ["三、", "四、"]


def test_a_numbered_caption_is_a_heading_too():
    body = "二、绩效情况\n\n（一）项目支出明细（单位：万元）\n\n项目\t预算\n甲\t5\n\n（二）结论\n\n好。\n"
    assert [row[1] for row in rows(body)] == ["二、", "（一）", "（二）"]


def test_list_items_are_no_headings():
    body = blocks(
        "一、基本情况", "主要支出：", "1.办公费", "2.印刷费", "3.差旅费", "（一）党建办", "（二）综合办", "（三）财政办"
    )
    assert [row[2] for row in rows(body)] == ["基本情况"]


def test_a_promoted_item_does_not_end_its_section():
    body = "一、年度重点工作任务\n\n①甲工作。\n\n②乙工作。\n\n### ③丙工作。\n\n后文。\n\n二、存在问题\n\n有。\n"
    outline = outline_of(body)
    assert [row[0] for row in rows(body)] == [1, 2, 1]
    assert outline.sections("spending_plan")[0].stop == outline.sections("problems")[0].start
    assert [piece.block.text for piece in outline.pieces("spending_plan")][-1] == "后文。"


def test_every_block_belongs_to_the_innermost_heading():
    body = "一、基本情况\n\n开头。\n\n（一）部门职责\n\n甲。\n\n1、其他事项\n\n乙。\n\n二、存在问题\n\n丙。\n"
    outline = outline_of(body)
    owned = {piece.block.text: outline.meanings_at(piece.index) for piece in outline.all_pieces()}
    assert owned == {"开头。": ("overview",), "甲。": ("duties",), "乙。": ("duties",), "丙。": ("problems",)}
    inner = outline.headings[2]
    assert [piece.block.text for piece in outline.pieces_of(outline.section(outline.headings[0]))] == [
        "开头。",
        "甲。",
        "乙。",
    ]
    assert inner.parent == 1


def test_items_of_problems_keep_their_meaning():
    body = blocks(
        "三、存在问题及改进措施",
        "（一）存在问题",
        "1、预算执行不均衡",
        "慢。",
        "（二）改进措施",
        "1、加强预算管理",
        "改。",
    )
    assert [row[3] for row in rows(body)] == ["problems+measures", "problems", None, "measures", None]
    outline = outline_of(body)
    assert [piece.block.text for piece in outline.pieces("problems")] == ["慢。"]


def test_items_of_a_section_of_two_meanings_keep_both():
    body = blocks(
        "二、履职情况和成效",
        "（一）完善机制，夯实根基",
        "好。",
        "（二）解决停车难题",
        "好。",
        "（三）工作任务完成情况",
        "好。",
    )
    outline = outline_of(body)
    assert [outline.effective[heading.ordinal] for heading in outline.headings] == [
        ("task_completion", "achievements"), ("task_completion", "achievements"), ("task_completion", "achievements"),
        ("task_completion",),
    ]  # fmt: skip


def test_unit_lines_and_captions_are_no_headings():
    assert rows("一、收支情况\n\n## 单位：万元\n\n有。\n\n## 表1 收支表\n\n有。\n") == [
        (1, "一、", "收支情况", "overall_budget")
    ]


def test_unknown_headings_are_reported():
    facts = facts_of("一、山水人文\n\n有。\n\n二、存在问题\n\n（一）山水不够\n\n有。\n")
    assert [(row.what, row.text) for row in facts.unrecognised if row.what == "heading"] == [("heading", "山水人文")]


def unexplained(*texts: str) -> list[str]:
    return [row.text for row in facts_of(blocks(*texts)).unrecognised if row.what == "heading"]


def test_unknown_headings_beside_known_sections_are_reported():
    text = "清淤河道12公里，新建停车位300个。"
    known = ("一、综合评价分析", "（一）自评结论", text, "（二）各项工作任务完成情况", text)
    assert unexplained(*known, "（三）乡镇风采录", text, "二、存在问题", "进度慢。") == ["乡镇风采录"]
    assert unexplained(*known, "（三）主要工作成效", text, "1.河湖新貌", text, "2.街巷新颜", text) == []


def test_headings_whose_words_are_known_are_not_reported():
    assert unexplained("一、基本情况", "（一）部门基本情况", "好。", "（二）部门职责", "好。") == []


def test_items_of_sections_with_free_parts_are_not_reported():
    assert (
        unexplained("一、年度重点工作", "（一）党建引领", "好。", "（二）平安建设", "好。", "（三）民生福祉", "好。")
        == []
    )
    assert unexplained("一、山水人文", "（一）甲科室", "好。", "（二）乙科室", "好。") == ["山水人文"]


@pytest.mark.parametrize(
    ("words", "meanings"),
    [
        ("部门职责及机构设置", ("duties", "units")),
        ("年度总体工作目标", ("annual_goals",)),
        ("总体工作目标", ("annual_goals",)),
        ("全年主要工作目标设定", ("annual_goals",)),
        ("总体工作目标完成情况", ("task_completion",)),
        ("年度总体工作", ("spending_plan",)),
        ("各项工作任务绩效目标完成情况分析", ("task_completion",)),
        ("各重点任务项目支出完成情况分析", ("key_projects",)),
        ("部门整体绩效管理情况", ("performance_management",)),
        ("存在的主要问题和困难", ("problems",)),
        ("下一步工作计划", ("measures",)),
        ("绩效自评结论", ("conclusion",)),
        ("三公经费使用情况", ("three_public",)),
        ("主要工作实绩", ("achievements",)),
        ("主要履职绩效", ("achievements",)),
        ("提升城市品质", ()),
        ("部门整体绩效目标产出指标完成情况", ("task_completion",)),
        ("整体支出绩效目标的实现情况", ("task_completion",)),
        ("绩效目标设定及完成情况", ("annual_goals",)),
        ("山水人文", ()),
        ("干得比较扎实的工作", ("achievements",)),
        ("做得还不够好的地方", ("problems",)),
        ("办得好不好由群众说", ()),
    ],
)
def test_meanings(words, meanings):
    assert meaning_of(words).names == meanings


def test_numbers_with_nothing_but_a_blank_behind() -> None:
    body = "一  部门概况\n\n职能若干。\n\n二　存在问题\n\n预算不细。\n\n三  努力方向\n\n细化。\n\n四  评定\n\n90分。\n"
    outline = outline_of(body)
    assert [(heading.level, heading.marker and heading.marker.number) for heading in outline.headings] == [
        (1, 1), (1, 2), (1, 3), (1, 4),
    ]  # fmt: skip


def test_a_number_with_a_blank_may_be_missing() -> None:
    outline = outline_of("一  部门概况\n\n职能。\n\n二  人员\n\n若干。\n\n四  评定\n\n自评90分。\n\n八  个人\n\n无。\n")
    assert [heading.marker and heading.marker.number for heading in outline.headings if heading.marker] == [1, 2, 4]


def test_words_that_begin_like_numbers_are_none() -> None:
    outline = outline_of("一、部门概况\n\n一般公共预算\n\n二级单位\n\n三公经费\n")
    assert [heading.marker and heading.marker.number for heading in outline.headings if heading.level == 1] == [1]
