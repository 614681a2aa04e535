"""Problems and measures: where each begins and ends, its category, what a measure answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fact_cases import facts_of, real_facts

pytestmark = pytest.mark.unit

Pair = tuple[str, str | None]


def problems(body: str) -> list[Pair]:
    return [(row.title, row.detail) for row in facts_of("三、存在的主要问题\n\n" + body).problems]


def measures(body: str) -> list[Pair]:
    return [(row.title, row.detail) for row in facts_of("四、下一步改进措施\n\n" + body).measures]


def test_a_problem_and_its_measure_each_behind_its_label() -> None:
    told = "1.问题：预算不细。措施：细化预算。\n\n2.问题：执行偏慢。措施：加快执行。\n"
    facts = facts_of("三、存在的问题和改进措施\n\n" + told)
    assert [row.title for row in facts.problems] == ["预算不细", "执行偏慢"]
    assert [(row.title, row.answers) for row in facts.measures] == [("细化预算", [1]), ("加快执行", [2])]


@pytest.mark.parametrize("body", ["（一）预算不细，（二）执行偏慢。\n", "一是预算不细，二是执行偏慢。\n"])
def test_items_parted_by_commas(body: str) -> None:
    assert problems(body) == [("预算不细", None), ("执行偏慢", None)]


@pytest.mark.parametrize(
    "body",
    [
        "一是预算编制不细。依据不足。二是执行偏慢。\n",
        "主要存在以下问题：一是预算编制不细。依据不足。二是执行偏慢。\n",
        "1、预算编制不细。依据不足。\n\n2、执行偏慢。\n",
        "（一）预算编制不细。依据不足。\n\n（二）执行偏慢。\n",
        "（一）预算编制不细\n\n依据不足。\n\n（二）执行偏慢\n",
        "### 1. 预算编制不细\n\n依据不足。\n\n### 2. 执行偏慢\n",
        "- 预算编制不细。依据不足。\n- 执行偏慢。\n",
        "预算编制不细。依据不足。\n\n执行偏慢的情况存在。\n",
        "问题一：预算编制不细。依据不足。\n\n问题二：执行偏慢。\n",
        "问题1：预算编制不细。依据不足。问题2：执行偏慢。\n",
        "第一，预算编制不细。依据不足。\n\n第二，执行偏慢。\n",
        "首先，预算编制不细：依据不足。其次，执行偏慢。\n",
        "我镇还存在一些不足：\n\n①预算编制不细：依据不足。\n\n②执行偏慢；\n",
        "序号\t存在问题\n1\t预算编制不细。依据不足。\n2\t执行偏慢。\n",
    ],
)
def test_forms(body: str) -> None:
    first, second = problems(body)
    assert first == ("预算编制不细", "依据不足。")
    assert second[0].startswith("执行偏慢")
    assert second[1] is None


def test_measures_may_say_yao() -> None:
    assert measures("一是细化预算编制。二要加强培训，提高能力。\n") == [
        ("细化预算编制", None),
        ("加强培训，提高能力", None),
    ]


def test_one_side_and_the_other() -> None:
    assert problems("主要存在两个方面的问题。一方面，资金与目标脱节。另一方面，监控手段单一。\n") == [
        ("资金与目标脱节", None),
        ("监控手段单一", None),
    ]
    body = "1.预算编制不细。一方面依据不足，另一方面调整多。\n\n2.执行偏慢。\n"
    assert [title for title, _ in problems(body)] == ["预算编制不细", "执行偏慢"]


def test_bullets_of_any_kind() -> None:
    assert problems("●预算编制不细。\n\n依据不足。\n\n●执行偏慢。\n\n进度不一。\n") == [
        ("预算编制不细", "依据不足。"),
        ("执行偏慢", "进度不一。"),
    ]


def test_one_sentence_of_problems() -> None:
    assert problems("主要是：预算编制不够细；执行进度偏慢；档案资料不全。\n") == [
        ("预算编制不够细", None),
        ("执行进度偏慢", None),
        ("档案资料不全", None),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "1.预算编制不细。依据不足。改进措施：细化测算。\n\n2.执行偏慢。改进措施：加快支出，每月通报。\n",
        "（一）预算编制不细。依据不足。\n\n改进措施：细化测算。\n\n（二）执行偏慢。\n\n整改措施：加快支出，每月通报。\n",
    ],
)
def test_a_measure_inside_of_each_problem(body: str) -> None:
    facts = facts_of("三、存在问题及改进措施\n\n" + body)
    assert [(row.title, row.detail) for row in facts.problems] == [("预算编制不细", "依据不足。"), ("执行偏慢", None)]
    assert [(row.title, row.answers) for row in facts.measures] == [("细化测算", [1]), ("加快支出，每月通报", [2])]


def test_next_steps_inside_of_each_problem() -> None:
    facts = facts_of("三、存在问题\n\n1.台账不全。下一步将补齐台账。\n\n2.停车困难。今后，增设泊位。\n")
    assert [row.title for row in facts.problems] == ["台账不全", "停车困难"]

    assert [(row.title, row.answers) for row in facts.measures] == [("下一步将补齐台账", [1]), ("今后，增设泊位", [2])]


def test_as_many_measures_as_problems_answer_in_turn() -> None:
    facts = facts_of("三、存在问题\n\n1.台账不全。\n\n2.停车困难。\n\n四、改进措施\n\n1.逐项补齐。\n\n2.增设泊位。\n")
    assert [row.answers for row in facts.measures] == [[1], [2]]


def test_deeper_numbering_belongs_to_the_item() -> None:
    body = "（一）预算编制不细。\n\n一是依据不足。二是调整频繁。\n\n（二）执行偏慢。\n"
    assert problems(body) == [("预算编制不细", "依据不足。\n调整频繁。"), ("执行偏慢", None)]


def test_pieces_cut_by_a_page_break_are_joined() -> None:
    body = "一是制度不够健全，不利于管理。项目属于常态\n\n化工作，应有制度。二是执行偏慢。\n"
    assert problems(body) == [("制度不够健全，不利于管理", "项目属于常态化工作，应有制度。"), ("执行偏慢", None)]


def test_signatures_and_closing_words_are_no_part_of_the_last_item() -> None:
    body = "1、细化预算。逐项测算。\n\n2、加快支出。\n\n青云镇人民政府\n\n2023年3月15日\n"
    assert measures(body) == [("细化预算", "逐项测算。"), ("加快支出", None)]


def test_a_section_of_both_with_headings_for_each() -> None:
    facts = facts_of(
        "三、存在问题及改进措施\n\n（一）存在问题\n\n1、预算编制不细。\n\n2、执行偏慢。\n\n（二）改进措施\n\n1、细化预算编制。\n"
    )
    assert [row.title for row in facts.problems] == ["预算编制不细", "执行偏慢"]
    assert [row.title for row in facts.measures] == ["细化预算编制"]


def test_a_section_of_both_that_turns_in_its_text() -> None:
    facts = facts_of(
        "三、存在问题及改进措施\n\n1、预算编制不细。\n\n2、执行偏慢。\n\n针对上述问题，下一步将：1、细化预算编制。2、加快支出进度。\n"
    )
    assert [row.title for row in facts.problems] == ["预算编制不细", "执行偏慢"]
    assert [row.title for row in facts.measures] == ["细化预算编制", "加快支出进度"]


def test_a_table_of_both() -> None:
    facts = facts_of(
        "三、存在问题及改进措施\n\n存在问题\t改进措施\n1、预算编制不细\t细化测算。逐项审核。\n执行偏慢\t加快支出\n"
    )
    assert [(row.title, row.detail) for row in facts.problems] == [("预算编制不细", None), ("执行偏慢", None)]
    assert [(row.title, row.detail) for row in facts.measures] == [("细化测算", "逐项审核。"), ("加快支出", None)]


def test_management_measures_elsewhere_are_no_measures() -> None:
    facts = facts_of("一、部门概况\n\n（四）绩效管理措施落实情况\n\n1、成立工作小组。\n\n2、开展监控。\n")
    assert facts.measures == []


def test_categories_and_answers() -> None:
    facts = facts_of(
        "三、存在的问题\n\n一是预算编制不够细化。二是绩效指标设置不够科学。三是人员业务能力不足。四是其他情况。\n\n"
        "四、改进措施\n\n一是优化绩效目标和指标体系。二是加强业务培训。三是做好其他工作。\n"
    )
    assert [row.category for row in facts.problems] == ["预算编制", "绩效指标", "人员能力", None]
    assert [(row.category, row.answers) for row in facts.measures] == [("绩效指标", [2]), ("人员能力", [3]), (None, [])]
    assert [row.position for row in facts.problems] == [1, 2, 3, 4]


def test_places() -> None:
    facts = facts_of("三、存在的问题\n\n一是预算编制不细。\n\n二是执行偏慢。\n")
    assert [(row.group, row.row_ordinal, row.column, row.line) for row in facts.sources] == [
        ("problems", 0, "title", 5),
        ("problems", 1, "title", 7),
    ]


@pytest.mark.parametrize("group", ["problems", "measures"])
def test_the_real_report(shared: Path, group: str) -> None:
    truth = json.loads((shared / "truth" / "xiaoguwei-2021.truth.json").read_text("utf-8"))[group]
    expected = [(row["title"], row["detail"] or None, int(str(row["line"]).split("-")[0])) for row in truth]
    rows = getattr(real_facts(shared), group)
    assert [(row.title, row.detail, row.line) for row in rows] == expected
    if group == "measures":
        assert [row.answers for row in rows] == [row["answers_problem"] for row in truth]


@pytest.mark.parametrize(
    "body",
    [
        "问题1：预算不细。\n措施1：细化预算。\n\n问题2：执行偏慢。\n措施2：加快执行。\n",
        "问题1：预算不细。\n\n问题2：执行偏慢。\n\n措施1：细化预算。\n\n措施2：加快执行。\n",
        "问题一：预算不细。对策一：细化预算。问题二：执行偏慢。对策二：加快执行。\n",
        "（一）问题一：预算不细。整改措施一：细化预算。\n\n（二）问题二：执行偏慢。整改措施二：加快执行。\n",
        "主要问题1、预算不细。\n\n改进措施1、细化预算。\n\n主要问题2、执行偏慢。\n\n改进措施2、加快执行。\n",
    ],
)
def test_problems_and_measures_by_their_labels(body: str) -> None:
    facts = facts_of("三、问题及措施\n\n" + body)
    assert [row.title for row in facts.problems] == ["预算不细", "执行偏慢"]
    assert [(row.title, row.answers) for row in facts.measures] == [("细化预算", [1]), ("加快执行", [2])]


def test_numbered_measures_in_a_section_of_their_own() -> None:
    facts = facts_of("三、存在问题\n\n问题1：预算不细。\n\n四、改进措施\n\n措施1：细化预算。\n\n措施2：加快执行。\n")
    assert [row.title for row in facts.problems] == ["预算不细"]
    assert [row.title for row in facts.measures] == ["细化预算", "加快执行"]


@pytest.mark.parametrize(("opened", "closed"), ["【】", "〖〗"])
def test_headings_in_frames(opened: str, closed: str) -> None:
    facts = facts_of(
        f"{opened}问题{closed}\n\n一、预算不细。\n二、执行偏慢。\n\n{opened}对策{closed}\n\n一、细化预算。\n二、加快执行。\n"
    )
    assert [row.title for row in facts.problems] == ["预算不细", "执行偏慢"]
    assert [row.title for row in facts.measures] == ["细化预算", "加快执行"]


@pytest.mark.parametrize("marks", ["（甲）（乙）", "甲、乙、"])
def test_items_by_the_heavenly_stems(marks: str) -> None:
    first, second = marks[: len(marks) // 2], marks[len(marks) // 2 :]
    assert problems(f"{first}预算不细。\n\n{second}执行偏慢。\n") == [("预算不细", None), ("执行偏慢", None)]


def test_the_stems_of_several_are_no_numbers() -> None:
    assert problems("甲、乙两个项目预算不细。\n\n丙项目执行偏慢。\n") == [
        ("甲、乙两个项目预算不细", None), ("丙项目执行偏慢", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "title", ["上年发现问题的整改", "上一年度绩效自评发现问题整改情况", "审计意见落实情况", "以前年度问题整改"]
)
def test_what_others_found_and_was_put_right_is_no_problem(title: str) -> None:
    body = f"三、履职分析\n\n（三）{title}\n\n指出的指标值偏低等2项问题已完成整改。\n\n四、存在问题\n\n1．预算不细。\n"
    assert [row.title for row in facts_of(body).problems] == ["预算不细"]


@pytest.mark.parametrize("title", ["存在问题及整改措施", "上年度存在的问题"])
def test_problems_and_what_is_to_be_done_stay_problems(title: str) -> None:
    assert len(facts_of(f"三、{title}\n\n1．预算不细。\n\n2．执行偏慢。\n").problems) == 2


@pytest.mark.parametrize(
    "heading",
    [
        "上年度绩效自评整改情况",
        "上年度自评所列问题的整改情况",
        "上一年度评价结果应用及整改情况",
        "以前年度存在问题的整改落实情况",
        "去年自评发现问题整改完成情况",
        "审计整改情况",
        "上次评价意见落实和整改措施",
    ],
)
def test_what_was_done_about_last_years_problems_is_no_measure(heading: str) -> None:
    facts = facts_of(
        "三、存在的问题\n\n1. 预算不细。\n\n四、改进意见\n\n1. 细化预算。\n\n"
        f"五、{heading}\n\n上年反映的验收滞后问题已经整改，合同已全部结清。\n"
    )
    assert [row.title for row in facts.measures] == ["细化预算"]
    assert [row.title for row in facts.problems] == ["预算不细"]


@pytest.mark.parametrize(
    "heading", ["问题整改措施", "存在问题的解决办法", "整改措施和计划", "整改情况", "下一步整改意见"]
)
def test_what_is_to_be_done_now_is_one(heading: str) -> None:
    facts = facts_of(f"三、存在的问题\n\n1. 预算不细。\n\n四、{heading}\n\n1. 细化预算。\n")
    assert [row.title for row in facts.measures] == ["细化预算"]


@pytest.mark.parametrize("label", ["未完成的目标及原因", "未完成原因", "未达标原因", "存在问题", "主要不足"])
def test_a_label_amid_results_is_no_section_where_one_has_its_own_heading(label: str) -> None:
    facts = facts_of(
        "二、完成情况\n\n（一）任务完成情况\n\n各项任务按时完成。\n\n"
        f"{label}：管线迁改协调时间较长，一个社区的工程跨年实施。\n\n三、存在问题\n\n1. 预算不细。\n"
    )
    assert [row.title for row in facts.problems] == ["预算不细"]


def test_such_a_label_is_one_where_no_heading_says_the_same() -> None:
    facts = facts_of("二、完成情况\n\n各项任务按时完成。\n\n存在问题：预算编制不细，依据不足。\n")
    assert [row.title for row in facts.problems] == ["预算编制不细，依据不足"]
