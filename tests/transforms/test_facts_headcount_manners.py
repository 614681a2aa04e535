"""Headcounts that stand apart from their labels or are told in further words, in sentences, lines and tables."""

import pytest
from report_cases import facts_of, headcount, table

pytestmark = pytest.mark.unit

ALL = {"total": 520, "established": 120, "administrative": 58, "institution": 62, "non_established": 400}
KINDS = ("total", "established", "administrative", "institution", "non_established")


def people(body: str) -> dict[str, int]:
    return headcount(facts_of(f"一、基本情况\n\n（二）人员情况\n\n{body}\n"))


def only(*kinds: str) -> dict[str, int]:
    return {kind: ALL[kind] for kind in kinds}


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("镇里吃财政饭的共计520人，公务员58人、事业编62人合起来120人有编制，剩下400人没有编制。", KINDS),
        ("在册职工520人：公务员58人，事业干部62人，这120人是编制内的；剩下400人都是聘员。", KINDS),
        ("编内人员120名，公务员及参公人员占58名，另外62名是事业编制；编外人员400名，加在一起520名。", KINDS),
        ("编制内120人（行政58＋事业62），编制外400人，合计520人。", KINDS),
        ("在编120人，行政、事业分别为58人、62人；编外人员400人；人员总数520人。", KINDS),
        ("年末在编120名（行政58名，事业62名）；编外由年初的430名减至400名；在编与编外合计520名。", KINDS),
        ("实有在编120名（行政58名、事业62名）。编外人员由街道自聘的150名、人力公司派遣的250名组成，共400名。"
         "在编和编外相加520名。", KINDS),
        ("在编人员：行政58人，事业62人，计120人。\n\n不在编人员：合同工150人，派遣工250人，计400人。\n\n"
         "全街用工合计：520人。", KINDS),
        ("1.编制内：120人，行政58人，事业62人。\n\n2.编制外：400人，含派遣制250人、自聘150人。\n\n"
         "3.两类相加：520人。", KINDS),
        (table("口径|人数", "总人数|520", "在编|120", "– 行政|58", "—— 事业|62", "·编外|400"), KINDS),
        ("- 行政：58人\n- 事业：62人\n- 在编小计：120人\n- 劳务派遣及聘用：400人\n- 全部：520人", KINDS),
        ("各站所事业人员62人，机关行政人员58人，二者合计120人为在编人员。编外用工400人。单位用工规模520人。", KINDS),
        ("- 编制内：行政58人，事业62人，小计120人\n- 编制外：400人\n- 合计：520人", KINDS),
        ("编制内人员120人（公务员编制58人、事业编制62人），编制外人员400人，总计520人。", KINDS),
        ("编制内外合计520人，编制内120人、编制外400人。", ("total", "established", "non_established")),
        ("在编人员由上年的122人减少到120人，编外人员由408人减少到400人。", ("established", "non_established")),
        ("正式编制人员120名，行政岗58名、事业岗62名；辅助岗位400名；总量520名。", KINDS),
        ("机关事业单位在编人员120人（行政58人＋事业62人），编外人员400人，共有人员520人。", KINDS),
        ("机关58人，事业单位62人，社会化用工400人，合计520人。",
         ("administrative", "institution", "non_established", "total")),
    ],
)  # fmt: skip
def test_people_in_free_words(body, kinds):
    assert people(body) == only(*kinds)


@pytest.mark.parametrize(
    ("body", "retired"),
    [
        ("- 在编：120人\n- 编外：400人\n- 退休：31人", 31),
        ("在编人数：120人\n\n退休人数：31人", 31),
        ("- 离休：2人\n- 退休：31人", None),
        ("- 离退休人员：33人\n- 退休：31人", 33),
    ],
)
def test_a_group_in_a_line_of_its_own_is_all_of_its_kind_where_it_is_alone(body, retired):
    assert people(body).get("retired") == retired


def test_posts_of_each_kind_below_those_of_all_are_no_people():
    rows = [("一、编制数", 140), ("其中：行政编制", 64), ("　　　事业编制", 76), ("二、在职人员总数", 520)]
    rows += [("（一）在编人员", 120), ("其中：行政人员", 58), ("　　　事业人员", 62), ("（二）编外人员", 400)]
    assert people(table("项目|人数（人）", *(f"{label}|{count}" for label, count in rows))) == ALL | {
        "approved_posts": 140
    }
    without_kinds = [f"{label}|{count}" for label, count in rows if "行政人员" not in label and "事业人员" not in label]
    assert people(table("项目|人数（人）", *without_kinds)) == only("total", "established", "non_established") | {
        "approved_posts": 140
    }


def test_posts_of_both_kinds_together():
    body = "行政、事业编制合计140名。在编120人（行政58人、事业62人）；临时人员400人；在编和临时人员合计520人。"
    assert people(body) == ALL | {"approved_posts": 140}


def test_posts_of_all_staff_and_people_in_them() -> None:
    body = "机关事业编制数130名，已使用编制（在编人员）120名，按性质划分：行政编制58名，事业编制62名。编外人员400名。"
    assert people(body) == only(*KINDS[1:]) | {"approved_posts": 130}


def test_people_below_many_other_rows_of_a_table() -> None:
    others = [f"第{number}项支出（万元）|{number}00.5" for number in range(1, 13)]
    staff = [
        "编制人数（人）|130",
        "在编实有人数（人）|120",
        "其中：行政（人）|58",
        "事业（人）|62",
        "编外聘用人员（人）|400",
    ]
    assert people(table("部门名称|青山镇人民政府", *others, *staff)) == only(*KINDS[1:]) | {"approved_posts": 130}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("公务员58人，事业干部26人，120人为在编人员。", {"administrative": 58, "institution": 26, "established": 120}),
        ("年末在册干部职工560人，其中编制内120人；剩下400人都是聘员。",
         {"total": 560, "established": 120, "non_established": 400}),
        ("编外人员由自聘的150名、派遣的250名组成，共410名。", {}),
    ],
)  # fmt: skip
def test_wrong_sums_stay_wrong(body, expected):
    found = people(body)
    assert {kind: found.get(kind) for kind in expected} == expected
    assert found.get("non_established") != 410


@pytest.mark.parametrize("body", ["没有编制的摊贩30人。", "劳务用工项目带动就业300人。"])
def test_people_of_others_are_no_staff(body):
    assert people(body) == {}


def test_no_number_of_an_office_is_that_of_the_whole():
    rows = ["党政办|20|22|100|142", "城管办|18|20|200|238", "综治办|20|20|100|140"]
    whole = only("total", "administrative", "institution", "non_established")
    for head, last, expected in (
        ("部门|公务员|事业|雇员|小计", "大家|58|62|400|520", whole),
        ("部门|公务员|事业|雇员|人数合计", "大家|58|62|400|560", whole | {"total": 560}),
        ("部门|公务员|事业|雇员|小计", "法制办|1|2|3|6", {}),
    ):
        assert people(table(head, *rows, last)) == expected


def test_the_end_of_the_year_among_rows_of_its_changes():
    rows = ("|行政|事业|在编计|编外|总计", "年初|57|63|120|410|530", "增加|2|1|3|10|13", "减少|1|2|3|20|23")
    assert people(table(*rows, "年末|58|62|120|400|520")) == ALL


def test_the_sum_of_a_group_beside_its_name():
    rows = ("总人数|总人数|520", "在编人员|小计|120", "在编人员|行政|58", "在编人员|事业|62", "编外人员|编外人员|400")
    assert people(table("类别|类别|年末人数", *rows)) == ALL
    assert people(table("||", *rows)) == ALL


def test_several_cells_of_people_beside_one_label():
    rows = ("部门名称|白鹤街道|填表日期|2023年4月1日", "年末实有人员|行政58人|事业62人|在编共120人")
    assert people(table(*rows)) == only("administrative", "institution", "established")


@pytest.mark.parametrize(
    ("established", "whole"),
    [
        ("在编合计（1+2）", "人员总计（3+4）"),
        ("在编小计（3=1+2）", "总人数（5=3+4）"),
        ("在编人员（一+二）", "合计（三+四）"),
    ],
)
def test_sums_that_name_the_rows_they_are_of(established, whole):
    rows = ("序号|类别|2021年末|2022年末", "1|行政人员|60|58", "2|事业人员|61|62", f"3|{established}|121|120")
    assert people(table(*rows, "4|编外人员|410|400", f"5|{whole}|531|520")) == ALL


def test_labels_beside_their_numbers_from_the_first_line_of_a_table_on():
    rows = ("在编人员|120人|其中：行政人员|58人", "||其中：事业人员|62人", "编外人员|400人|总人数|520人")
    assert people(table(*rows, "退休人员|31人|编制数|126名")) == ALL | {"retired": 31, "approved_posts": 126}


@pytest.mark.parametrize(("posts", "expected"), [("—", 126), ("130", 130)])
def test_posts_of_all_established_staff_where_none_are_counted_for_all(posts, expected):
    rows = ("人员类型|编制数|年末实有数", "行政|60|58", "事业|66|62", "在编小计|126|120", "编外|—|400")
    assert people(table(*rows, f"合计|{posts}|520")) == ALL | {"approved_posts": expected}


def test_units_are_no_people():
    units = "2022年纳入决算编报范围的单位共有10个，其中本级1个。\n\n"
    assert people(units + table("人员类别|人数", "编外人员|400", "总人数|520")) == only("non_established", "total")


UNITS = "序号|单位|编制数|在编小计|行政|事业|编外|合计|退休"
OF_UNITS = ("1|本级|64|60|58|2|250|310|70", "2|水闸所|32|31|0|31|60|91|12", "3|文化站|30|29|0|29|90|119|8")


@pytest.mark.parametrize("name", ["总数", "总计", "青云镇范围"])
def test_units_below_the_row_of_their_sums(name: str) -> None:
    whole = f"|{name}|126|120|58|62|400|520|90"
    assert people(table(UNITS, whole, *OF_UNITS)) == ALL | {"approved_posts": 126, "retired": 90}


def test_posts_and_retired_that_are_no_sums_are_left_aside() -> None:
    assert people(table(UNITS, "|青云镇范围|140|120|58|62|400|520|95", *OF_UNITS)) == ALL


def test_the_largest_of_several_units_is_no_sum_of_them() -> None:
    assert people(table(UNITS, "|城区片|126|120|58|62|400|520|90", *OF_UNITS[:2])) == {}


@pytest.mark.parametrize("posts", ["核定数", "核定编制数"])
def test_posts_in_the_column_of_established_staff_of_an_indented_table(posts: str) -> None:
    rows = ("项目|合计|在编小计|其中：行政|其中：事业|编外", f"{posts}|—|126|60|66|—", "实有数|520|120|58|62|400")
    body = "".join("\t" + row.replace("|", "\t") + "\n" for row in rows)
    assert people(f"\t人员情况（年末，人）：\n{body}\t退休31人。\n") == ALL | {"approved_posts": 126, "retired": 31}


@pytest.mark.parametrize(
    ("column", "names", "others", "expected"),
    [
        ("单位名称", ("白鹤街道办事处（本级）", "白鹤街文化站、白鹤街水闸所"), 2, {}),
        ("单位名称", ("白鹤街道办事处（本级）", "白鹤街文化站、白鹤街水闸所"), 3, {}),
        ("单位名称", ("白鹤街道办事处（本级）", "白鹤街文化站"), 1, {}),
        ("说明", ("白鹤街道办事处（本级）", "白鹤街文化站、白鹤街水闸所"), 2, {"administrative": 1, "institution": 2}),
        ("单位", ("人", "人"), 1, {"administrative": 1, "institution": 1}),
    ],
)
def test_units_counted_beside_their_names_are_no_people(
    column: str, names: tuple[str, str], others: int, expected: dict[str, int]
) -> None:
    body = table(f"类型|数量|{column}", f"行政单位|1|{names[0]}", f"事业单位|{others}|{names[1]}")
    assert headcount(facts_of("一、部门概况\n\n" + body)) == expected


def test_one_person_of_a_kind_in_a_unit_is_counted() -> None:
    body = table("序号|单位|在编|编外|合计", "1|白鹤街道办事处（本级）|1|1|2", "合计||1|1|2")
    assert headcount(facts_of("一、部门概况\n\n" + body)) == {"established": 1, "non_established": 1, "total": 2}


FOLDED = (
    ("类别|编制数|实有数|类别|实有数", "行政编制|60|58|编外人员|400", "事业编制|65|62|离退休人员|31",
     "编制小计|125|120|在职合计（在编＋编外）|520"),
    ("类别|人数|类别|人数", "行政|58|编外人员|400", "事业|62|退休|31", "在编小计|120|人员总数|520"),
)  # fmt: skip


def test_a_table_of_staff_folded_into_two_halves():
    assert people(table(*FOLDED[0])) == {**ALL, "approved_posts": 125, "retired": 31}
    assert people(table(*FOLDED[1])) == {**ALL, "retired": 31}


def test_groups_of_one_kind_in_two_halves_are_neither_all_of_it():
    assert "retired" not in people(table(FOLDED[1][0], "行政|58|事业|62", "离休|2|退休|31"))


def test_a_header_that_repeats_a_word_is_not_folded():
    assert people(table("项目|项目|编制数|实有数", "编|行政|60|58", "编|事业|65|62", "编|在编小计|125|120")) == {
        "approved_posts": 125,
        "established": 120,
        "administrative": 58,
        "institution": 62,
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("全街财政供养及聘用人员520人。", only("total")),
        ("年末在编人员和编外人员520人，其中在编120人。", only("total", "established")),
        ("本镇干部职工以及劳务派遣人员520名。", only("total")),
        ("公务员与聘用人员520人。", {}),
        ("在编人员和聘用人员分别为120人、400人。", only("established", "non_established")),
        ("在编人员与编外人员各120人、400人。", only("established", "non_established")),
        ("在编人员120人和聘用人员400人。", only("established", "non_established")),
        ("协管人员和聘用人员400人。", only("non_established")),
    ],
)
def test_people_counted_together_with_those_without_posts(body, expected):
    assert people(body) == expected


def test_people_counted_together_above_a_table_of_each():
    rows = ["一、在编人员|120|-2", "二、编外人员|400|-9", "合计|520|-11"]
    told = "至年末，全街财政供养及聘用人员520人，分类如下：\n\n"
    assert people(told + table("类别|人数（人）|比上年增减", *rows)) == only("total", "established", "non_established")


@pytest.mark.parametrize("kinds", [("公务用车", "执法用车"), ("办公室", "服务用房"), ("机关", "文化站")])
def test_a_table_of_which_no_word_speaks_of_staff_counts_none(kinds: tuple[str, str]) -> None:
    rows = (f"{kind}|{count}|{count - 1}" for kind, count in zip(kinds, (5, 6), strict=True))
    assert people("配备情况如下。\n\n" + table("类别|核定数|实有数", *rows, "合计|11|9")) == {}


@pytest.mark.parametrize("words", ["退休人员：共计25人（已无离休人员），较上年增加4人。", "3. 退休人员：合计25人。"])
def test_a_sum_behind_the_mark_of_a_label_counts_what_the_label_says(words: str) -> None:
    assert people(words) == {"retired": 25}
