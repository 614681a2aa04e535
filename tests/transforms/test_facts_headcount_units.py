"""People counted unit by unit, with their sum: in a sentence, and in a table whose columns are the units."""

import pytest
from report_cases import facts_of, headcount, table

pytestmark = pytest.mark.unit


def people(body: str) -> dict[str, int]:
    return headcount(facts_of(f"一、部门概况\n\n{body}\n"))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "本级在编70人（行政50人、事业20人），综合服务中心在编15人，文化站在编5人，全街在编合计90人；"
            "编外人员200人，人员总计290人。",
            {"established": 90, "non_established": 200, "total": 290},
        ),
        (
            "机关在编50人，下属事业单位在编40人，合计90人；机关编外120人，事业单位编外80人，合计200人。总计290人。",
            {"administrative": 50, "institution": 40, "established": 90, "non_established": 200, "total": 290},
        ),
        (
            "在编90人，其中行政50人、事业40人，编外人员200人，合计实有290人。",
            {"administrative": 50, "institution": 40, "established": 90, "non_established": 200, "total": 290},
        ),
        # the same number of each kind is no sum of units
        (
            "在编100人（行政60人、事业40人），编外100人，合计200人。编外100人中，有协管员30人。",
            {"administrative": 60, "institution": 40, "established": 100, "non_established": 100, "total": 200},
        ),
    ],
)
def test_sums_behind_units(sentence, expected):
    assert people(sentence) == expected


def test_a_wrong_sum_of_units_is_none():
    read = people("本级在编70人，综合服务中心在编15人，文化站在编5人，全街在编合计95人；编外200人，总计295人。")
    assert read["established"] == 95


ROWS = ("行政在编|50|0|0|50", "事业在编|10|25|5|40", "编外|150|40|10|200")


def test_units_in_columns_with_their_sum():
    rows = table("项目|街道本级|综合服务中心|文化站|合计", *ROWS, "合计|210|65|15|290")
    assert people(rows) == {"administrative": 50, "institution": 40, "non_established": 200, "total": 290}


def test_a_sum_in_front_of_its_units():
    rows = table(
        "人员类别|合计|街道本级|综合服务中心|文化站", "行政在编|50|50|0|0", "事业在编|40|10|25|5", "编外|200|150|40|10"
    )
    assert people(rows) == {"administrative": 50, "institution": 40, "non_established": 200}


def test_columns_that_are_kinds_are_no_units():
    rows = table("单位|行政|事业|编外|合计", "街道本级|50|10|150|210", "综合服务中心|0|30|50|80", "合计|50|40|200|290")
    assert people(rows) == {"administrative": 50, "institution": 40, "non_established": 200, "total": 290}
