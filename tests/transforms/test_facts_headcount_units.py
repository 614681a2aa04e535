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


def test_the_end_of_the_year_before_its_beginning():
    rows = ("行政人员|51|50", "事业人员|39|40", "在编合计|90|90", "编外人员|205|200", "总计|295|290")
    expected = {"administrative": 50, "institution": 40, "established": 90, "non_established": 200, "total": 290}
    assert people(table("类别|年初数|年末数", *rows)) == expected


@pytest.mark.parametrize("word", ["小计", "合计"])
def test_a_sum_right_behind_the_established_is_theirs(word):
    rows = ("行政|52|50|2", "事业|45|40|5", f"{word}|97|90|7", "编外|/|200|/", "合计|97|290|7")
    read = people(table("人员性质|编制数|实有数|空编数", *rows))
    assert (read["established"], read["non_established"], read["total"]) == (90, 200, 290)
    plain = table("类别|人数", "行政在编|50", "事业在编|40", f"{word}|90", "编外|200", "总计|290")
    assert people(plain) == {
        "administrative": 50,
        "institution": 40,
        "established": 90,
        "non_established": 200,
        "total": 290,
    }


def test_a_sum_of_nobody_else_in_front_of_the_retired():
    rows = ("街道本级|50|12|150|212|60", "综合服务中心||28|50|78|15", "合计|50|40|200|290|75")
    expected = {"administrative": 50, "institution": 40, "non_established": 200, "total": 290, "retired": 75}
    assert people(table("单位名称|行政在编|事业在编|编外|小计|退休", *rows)) == expected


def test_a_row_of_the_end_of_the_year_before_one_of_its_beginning():
    rows = ("年初实有|51|39|205|295", "年末实有|50|40|200|290", "增减|-1|1|-5|-5")
    expected = {"administrative": 50, "institution": 40, "non_established": 200, "total": 290}
    assert people(table("人员类别|行政在编|事业在编|编外|总计", *rows)) == expected
