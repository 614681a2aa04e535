"""Established staff who are neither administrative nor institution staff, wherever they are counted."""

import pytest
from report_cases import facts_of, headcount, named, table

from transforms.facts.headcount.kinds import figure_name
from transforms.facts.headcount.labels import cell_kind
from transforms.language.lexicon import load_data
from warehouse.registry import table as table_definition

pytestmark = pytest.mark.unit

STAFF = {"established": 80, "administrative": 30, "institution": 46}
APART = "other_established_count"


def people(body: str) -> tuple[dict[str, int], list[int]]:
    facts = facts_of(f"一、基本情况\n\n（二）人员情况\n\n{body}\n")
    return headcount(facts), [int(row.value) for row in named(facts, APART) if row.is_primary]


@pytest.mark.parametrize(
    "body",
    [
        table("类别|编制数|年末实有数", "一、在编人员|85|80", "1.行政|32|30", "2.机关工勤|4|4", "3.事业|49|46"),
        table("项目|人数", "在编人员|80", "行政人员|30", "工勤人员|4", "事业人员|46"),
        table("在编人员|行政人员|工勤人员|事业人员", "80|30|4|46"),
        table("项目|在编合计|行政|工勤人员|事业", "编制数|85|32|4|49", "实有在编人数|80|30|4|46"),
        table("类别|编制/实有", "在编人员|85/80", "行政人员|32/30", "工勤人员|4/4", "事业人员|49/46"),
        "- 在编人员：80人\n- 行政人员：30人\n- 机关工勤人员：4人\n- 事业人员：46人",
        "1.编制/实有\n\n在编人员 85/80\n\n行政人员 32/30\n\n工勤人员 4/4\n\n事业人员 49/46",
        table("项目|人数", "在编人员|80", "行政人员|30", "参公人员|3", "工勤人员|1", "事业人员|46"),
    ],
)  # fmt: skip
def test_people_apart_are_no_kind_of_headcount_but_count_in_the_sum(body):
    kinds, apart = people(body)
    assert (kinds | STAFF, kinds.keys() - {"approved_posts"}, apart) == (kinds, STAFF.keys(), [4])


@pytest.mark.parametrize(
    "body",
    [
        table("项目|人数", "在编人员|76", "行政人员|30", "其中：工勤人员|4", "事业人员|46"),
        "在编人员76人（行政30人、事业46人）。工勤人员4人。",
        "- 在编人员：76人\n- 行政人员：30人\n- 工勤人员：4人\n- 事业人员：46人",
    ],
)
def test_those_who_are_among_the_others_are_not_counted_twice(body):
    assert people(body) == ({"established": 76, "administrative": 30, "institution": 46}, [])


def test_a_sum_that_comes_out_neither_way_keeps_them():
    body = table("项目|人数", "在编人员|81", "行政人员|30", "工勤人员|4", "事业人员|46")
    assert people(body) == ({"established": 81, "administrative": 30, "institution": 46}, [4])


def test_labels_of_posts_of_one_kind_and_sums_are_no_headcount():
    assert (cell_kind("核定行政编制数"), cell_kind("合计1+2")) == ("part_posts", "sum")
    body = table("项目|人数", "核定行政编制数|32", "在编人员|80", "合计1+2|90")
    assert people(body) == ({"established": 80}, [])


def test_every_word_for_people_is_a_kind_that_the_contract_knows_or_none():
    allowed = table_definition("core.fact_headcount").column("headcount_kind").allowed or ()
    lexicon = load_data("headcount")
    names = {figure_name(kind) for kind in (*lexicon["kinds"], *lexicon["cells"]["kinds"], "other_staff", None)}
    kinds = {name for name in names if name and ":" in name}
    assert kinds == {f"headcount:{kind}" for kind in allowed}
    assert names - kinds == {APART, "other_staff_count", None}
