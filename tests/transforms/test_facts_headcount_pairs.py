"""Posts and people as pairs of numbers, in lines below a heading and in a column of a table."""

from __future__ import annotations

import pytest
from report_cases import blocks, facts_of, headcount, table, value

pytestmark = pytest.mark.unit

ALL = {
    "administrative": 38,
    "institution": 21,
    "established": 59,
    "approved_posts": 64,
    "non_established": 130,
    "total": 189,
    "retired": 33,
}


def people(heading: str, *lines: str) -> dict[str, int]:
    return headcount(facts_of(blocks("一、部门概况", heading, *lines, "二、收支情况", "从略。")))


@pytest.mark.parametrize("heading", ["（二）编制与实有（编制数／年末实有数）", "（二）人员（编制/实有，单位：人）"])
@pytest.mark.parametrize("mark", ["      ", "：", ""])
def test_lines_of_posts_and_people(heading: str, mark: str) -> None:
    pairs = ("行政（含专项编制）|40／38", "事业|24／21", "在编小计|64／59", "编外（控制数／实有）|135／130")
    lines = [line.replace("|", mark) for line in (*pairs, "总计（实有）|189", "退休人员|33")]
    assert people(heading, *lines) == ALL


def test_lines_of_people_and_posts() -> None:
    lines = ("行政 38/40", "事业 21/24", "在编合计 59/64", "编外人员 130", "合计 189", "退休 33")
    assert people("（二）人员（实有数/编制数）", *lines) == ALL


def test_pairs_below_another_heading_are_none() -> None:
    assert people("（二）议事", "行政 40/38", "事业 24/21") == {}


@pytest.mark.parametrize(
    ("head", "pairs"), [("编制/实有（人）", "40/38 18/15 6/6 64/59"), ("实有/编制", "38/40 15/18 6/6 59/64")]
)
@pytest.mark.parametrize("whole", ["3家单位合计", "合计"])
def test_a_column_of_posts_and_people_by_unit(head: str, pairs: str, whole: str) -> None:
    names = ("白鹤街道办事处（本级）|行政", "白鹤街文化中心|事业", "白鹤街养老服务站|事业", f"{whole}|")
    rows = [f"{name}|{pair}" for name, pair in zip(names, pairs.split(), strict=True)]
    facts = facts_of(f"一、部门概况\n\n（一）预算单位\n\n{table(f'单位名称|单位性质|{head}', *rows)}")
    assert headcount(facts) == {"established": 59, "approved_posts": 64}
    assert len(facts.units) == 3


def test_a_column_of_posts_and_people_by_kind() -> None:
    body = table("类别|编制数/实有数", "行政|40/38", "事业|24/21", "在编小计|64/59", "编外|135/130", "合计|199/189")
    expected = {kind: count for kind, count in ALL.items() if kind != "retired"}
    assert headcount(facts_of(f"一、部门概况\n\n（一）人员\n\n{body}")) == expected


@pytest.mark.parametrize("words", ["3家单位合计", "三个预算单位小计", "共3家单位"])
def test_the_row_of_sums_counts_the_units(words: str) -> None:
    rows = ("白鹤街道办事处（本级）|40", "白鹤街文化中心|18", "白鹤街养老服务站|6", f"{words}|64")
    facts = facts_of(f"一、部门概况\n\n（一）预算单位\n\n{table('单位名称|编制数', *rows)}")
    assert value(facts, "stated_unit_count") == "3"
    assert len(facts.units) == 3


def test_all_people_at_work() -> None:
    sentence = "上述实有59人均为在编人员，其中行政38人、事业21人；另用编外人员130人，全部从业人员189人。"
    assert people("（二）人员", sentence)["total"] == 189


def test_pairs_numbered_to_two_digits() -> None:
    lines = "\n\n".join(("9、行政编制：60／58", "10、事业编制：66／62", "（11）在编小计：126／120"))
    found = headcount(facts_of(f"一、基本情况\n\n（二）编制与实有（编制数／实有数）\n\n{lines}\n"))
    assert found == {"administrative": 58, "institution": 62, "established": 120, "approved_posts": 126}
