"""Headcounts by kind, and what counts no staff."""

import pytest
from report_cases import facts_of, headcount, named, real_facts, table

pytestmark = pytest.mark.unit


def people(sentence: str) -> dict[str, int]:
    return headcount(facts_of(f"一、部门概况\n\n{sentence}\n"))


def test_real_report(shared):
    facts = real_facts(shared)
    assert headcount(facts) == {
        "total": 750, "established": 103, "administrative": 57, "institution": 46, "non_established": 647,
    }  # fmt: skip
    assert {row.line for row in facts.figures if row.name.startswith("headcount:")} == {15}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "核定编制120名，其中行政编制60名，事业编制60名；年末实有在编人员103人，其中行政57人，事业46人，"
            "编外聘用人员六百四十七人，离退休35人。",
            {
                "approved_posts": 120, "established": 103, "administrative": 57, "institution": 46,
                "non_established": 647, "retired": 35,
            },
        ),
        (
            "2022年末实有在职人员三百二十名，其中行政编制85名，事业编制95名，聘用制人员140名；离退休人员66名。",
            {"total": 320, "administrative": 85, "institution": 95, "non_established": 140, "retired": 66},
        ),
        ("单位现有103名在编人员和647名编外人员。", {"established": 103, "non_established": 647}),
        ("我镇总人数四百三十五人，编制数一百个。", {"total": 435, "approved_posts": 100}),
        ("现有在编人员64人（其中行政编制24人、事业编制40人），编外人员68人，合计132人。",
         {"established": 64, "administrative": 24, "institution": 40, "non_established": 68, "total": 132}),
        ("在编人员分为行政三十六人、事业一百四十四人。", {"administrative": 36, "institution": 144}),
        ("行政编制57名，事业编制46名。", {"administrative": 57, "institution": 46}),
        ("机关行政编制60名。在职人员98人，其中：行政编制人员55人。", {"total": 98, "administrative": 55}),
        ("全街在职在岗干部职工共７５０人，公务员（含参公）57人。", {"total": 750, "administrative": 57}),
    ],
)  # fmt: skip
def test_kinds(sentence, expected):
    assert people(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "辖区常住人口12000人，党员500人，学生3000人。",
        "合同制职工300人、劳务派遣人员347人。",
        "离休3人，退休30人。",
        "行政57人、事业46人，合计103人次参加培训。",
        "编外人员占86%。",
        "开展在职人员培训12人次。",
    ],
)
def test_what_is_not_said_of_the_whole(sentence):
    assert not {"total", "established", "non_established", "retired"} & set(people(sentence))


def test_people_elsewhere_are_not_staff():
    body = "一、部门概况\n\n在编人员3人。\n\n二、主要工作成效\n\n培训在编人员200人，公务员50人。\n"
    assert headcount(facts_of(body)) == {"established": 3}


def test_without_a_section_about_the_department_the_rest_is_read():
    assert headcount(facts_of("本街在编人员3人，编外人员4人。\n")) == {"established": 3, "non_established": 4}


def test_table_of_kinds():
    rows = ("类别|人数", "编制数|120", "在编人员|110人", "行政编制|五十", "编外人员|400")
    facts = facts_of("一、人员情况\n\n" + table(*rows))
    assert headcount(facts) == {
        "approved_posts": 120, "established": 110, "administrative": 50, "non_established": 400,
    }  # fmt: skip
    assert [row.column for row in facts.sources if row.group == "figures" and row.table_number] == ["people"] * 4


def test_table_of_posts_and_people():
    facts = facts_of("一、人员情况\n\n" + table("人员类别|编制数|实有数", "行政|60|57", "事业|50|46", "合计|110|103"))
    assert headcount(facts) == {"administrative": 57, "institution": 46, "approved_posts": 110, "total": 103}


def test_every_mention_is_a_row():
    facts = facts_of("一、部门概况\n\n在编人员3人。\n\n年末在编人员4人。\n")
    assert [(int(row.value), row.is_primary) for row in named(facts, "headcount:established")] == [
        (3, True),
        (4, False),
    ]
