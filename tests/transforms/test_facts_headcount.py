"""Headcounts by kind, and what counts no staff."""

from decimal import Decimal

import pytest
from docx_maker import docx, p
from form_cases import word_table
from report_cases import REGISTRY, facts_of, headcount, named, real_facts, table

from transforms.documents.reader import read_document
from transforms.facts.extract import extract

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
        ("财政供养人员及编外人员合计750人，其中：在编人员103人，编外人员647人。",
         {"total": 750, "established": 103, "non_established": 647}),
        ("单位现有103名在编人员和647名编外人员。", {"established": 103, "non_established": 647}),
        ("我镇总人数四百三十五人，编制数一百个。", {"total": 435, "approved_posts": 100}),
        ("现有在编人员64人（其中行政编制24人、事业编制40人），编外人员68人，合计132人。",
         {"established": 64, "administrative": 24, "institution": 40, "non_established": 68, "total": 132}),
        ("在编人员分为行政三十六人、事业一百四十四人。", {"administrative": 36, "institution": 144}),
        ("行政编制57名，事业编制46名。", {"administrative": 57, "institution": 46}),
        ("机关行政编制60名。在职人员98人，其中：行政编制人员55人。", {"total": 98, "administrative": 55}),
        ("行政编制72名，实有68人；事业编制61名，实有59人；在编人员共127人。",
         {"administrative": 68, "institution": 59, "established": 127}),
        ("核定行政编制45名、事业编制102名；年末实有行政人员43名、事业人员98名。",
         {"administrative": 43, "institution": 98}),
        ("编外人员共计620人，其中政府雇员5人，聘员615人。", {"non_established": 620}),
        ("合同制人员（含劳务派遣）合计588人。", {"non_established": 588}),
        ("聘用人员733人（含协管员251人）。", {"non_established": 733}),
        ("单位编制人数共计246名，实有在编233名（机关64名，事业169名）。",
         {"approved_posts": 246, "established": 233, "administrative": 64, "institution": 169}),
        ("行政编制80名，现有78人；机关事业编制15名，现有15人；事业单位编制98名，现有90人。", {"administrative": 78}),
        ("行政编制82名，事业编制92名。年末在职公务员79人，事业在编人员88人，聘员467人。",
         {"administrative": 79, "institution": 88, "non_established": 467}),
        ("直属事业单位4个，事业人员51名。", {"institution": 51}),
        ("行政编制36人，事业编制38人，实有在职在编72人，其中行政35人，事业37人。",
         {"administrative": 35, "institution": 37, "established": 72}),
        ("全街在职在岗干部职工共７５０人，公务员（含参公）57人。", {"total": 750, "administrative": 57}),
        ("实有在职人数134人（其中行政76人，事业58人），编外人员623人，总计757人。",
         {"established": 134, "administrative": 76, "institution": 58, "non_established": 623, "total": 757}),
        ("财政供养人员共计298人，其中：公务员54人，事业人员83人，编外161人。",
         {"total": 298, "administrative": 54, "institution": 83, "non_established": 161}),
        ("镇机关及事业单位在编人员203人，其中：行政在编91人，事业在编112人。",
         {"established": 203, "administrative": 91, "institution": 112}),
        ("我街共有编制98个，实有公务员53名、事业编制人员40名。",
         {"approved_posts": 98, "administrative": 53, "institution": 40}),
        ("编外人员211人，共291人。", {"non_established": 211, "total": 291}),
        ("编外人员共211人。", {"non_established": 211}),
        ("年末职工人数为618人，其中在编116人。", {"total": 618, "established": 116}),
        ("现有行政在职67人、事业在职89人、编外聘员392人，在职人员共计548人。",
         {"administrative": 67, "institution": 89, "non_established": 392, "total": 548}),
        ("实有人员590人（含编外478人），其中行政编制人员60人、事业编制人员52人。",
         {"total": 590, "non_established": 478, "administrative": 60, "institution": 52}),
        ("年末共有人员319人（公务员51人、事业人员42人、合同制226人）。",
         {"total": 319, "administrative": 51, "institution": 42, "non_established": 226}),
        ("在编208人（行政92人，事业116人），聘用685人，全部在岗893人。",
         {"established": 208, "administrative": 92, "institution": 116, "non_established": 685, "total": 893}),
        ("行政编106个、实有102人；事业编160个、实有149人。", {"administrative": 102, "institution": 149}),
        ("年末在职990人，其中：行政94人，编外789人。", {"total": 990, "administrative": 94, "non_established": 789}),
        ("全街工作人员428人。", {"total": 428}),
        ("职工总数361人：在编110人（行政60人，事业50人），编外210人，离退休41人。",
         {"established": 110, "administrative": 60, "institution": 50, "non_established": 210, "retired": 41}),
        ("机关在职60人，事业在职50人，编外合同工210人，合计在岗320人。",
         {"administrative": 60, "institution": 50, "non_established": 210, "total": 320}),
        ("在编140人，编制外人员158人，全部人员298人。", {"established": 140, "non_established": 158, "total": 298}),
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


def test_table_of_posts_and_people_in_short_words():
    facts = facts_of(
        "一、人员情况\n\n" + table("项目|编制|实有|备注", "行政人员|106|103|", "事业人员|160|151|含参公5人")
    )
    assert headcount(facts) == {"administrative": 103, "institution": 151}


def test_table_with_a_kind_a_column():
    facts = facts_of(
        "一、人员情况\n\n" + table("人员类别|合计|行政|事业|编外", "编制数|221|98|123|—", "年末实有数|901|93|118|690")
    )
    assert headcount(facts) == {
        "total": 901, "administrative": 93, "institution": 118, "non_established": 690, "approved_posts": 221,
    }  # fmt: skip


def test_groups_of_a_kind_in_a_table_are_not_the_whole():
    rows = ("人员类别|编制数|年末实有数", "离休|/|1", "退休|/|62", "编外（含合同制）|—|206", "在职合计|82|284")
    facts = facts_of("一、人员情况\n\n" + table(*rows))
    assert headcount(facts) == {"non_established": 206, "approved_posts": 82, "total": 284}


def test_a_heading_over_the_kinds_of_established_staff():
    grid = [
        ["在编人员", None, None, "编外人员", "总人数", "退休人员"],
        ["小计", "行政", "事业", None, None, None],
        ["20", "8", "12", "30", "50", "4"],
    ]
    body = p("青云镇人民政府2022年度部门整体支出绩效自评报告") + p("一、人员构成") + p("单位：人")
    report = docx(body + word_table(grid, ["A1:C1", "D1:D2", "E1:E2", "F1:F2"]))
    facts = extract(read_document(report, "r.docx"), REGISTRY)
    assert headcount(facts) == {
        "established": 20, "administrative": 8, "institution": 12, "non_established": 30, "total": 50, "retired": 4,
    }  # fmt: skip


def test_every_mention_is_a_row():
    facts = facts_of("一、部门概况\n\n在编人员3人。\n\n年末在编人员4人。\n")
    assert [(int(row.value), row.is_primary) for row in named(facts, "headcount:established")] == [
        (3, True),
        (4, False),
    ]


def test_established_staff_counted_apart():
    facts = facts_of("一、部门概况\n\n编内124人（行政65人，参公5人，事业54人）。行政编制9名（含工勤2名）。\n")
    assert headcount(facts) == {"established": 124, "administrative": 65, "institution": 54}
    assert [row.value for row in named(facts, "other_established_count")] == [5]


def test_numbered_lines_of_a_table():
    body = table("项目|人数", "一、在编人员|138", "1.行政人员|66", "（二）编外人员|421")
    assert headcount(facts_of("一、部门概况\n\n" + body)) == {
        "established": 138,
        "administrative": 66,
        "non_established": 421,
    }


def test_a_sum_in_a_table_of_money_is_no_headcount():
    assert (
        headcount(facts_of("2021年度自评汇总表\n\n" + table("项目|金额（元）", "补贴|86", "培训|30", "合计|116"))) == {}
    )


@pytest.mark.parametrize(
    ("sentence", "name", "others"),
    [
        ("总人数230人，其中在编80人（行政45人、事业35人），编外人员120人，社区工作者30人。", "other_staff_count", [30]),
        ("共有人员230人：在编80人，编外120人，退休27人，借调3人。", "other_staff_count", [30]),
        ("在编80人，三支一扶2人，编外120人，总人数202人。", "other_staff_count", [2]),
        ("总人数231人，其中在编80人，编外人员120人，社区工作者30人。", "other_staff_count", []),
        ("在编83人，其中行政45人、政法专项3人、事业35人；编外120人。", "other_established_count", [3]),
        ("在编85人（行政45人、工勤2人、军转3人、事业35人）。", "other_established_count", [5]),
        ("在编84人，其中行政45人、政法专项3人、事业35人；编外120人。", "other_established_count", []),
    ],
)
def test_others_are_read_where_they_make_up_the_whole(sentence, name, others):
    facts = facts_of(f"一、部门概况\n\n{sentence}\n")
    assert [row.value for row in named(facts, name)] == others


def test_the_end_of_the_year_counts_where_its_beginning_is_told_too():
    told = people("年初在编人员78人（行政44人、事业34人），年末在编人员80人（行政45人、事业35人），比年初增加2人。")
    assert told == {"established": 80, "administrative": 45, "institution": 35}
    assert people("年初在编人员78人。") == {"established": 78}


@pytest.mark.parametrize("word", ["合计", "共计"])
def test_established_staff_of_all_units_counts_before_that_of_each(word):
    told = people(f"本级在编人员60人，服务中心在编20人，在编人员{word}80人；编外120人，总人数200人。")
    assert told == {"established": 80, "non_established": 120, "total": 200}


def test_a_table_of_several_years_counts_the_own_one():
    rows = ("行政编制|50|51", "事业编制|66|68", "编外人员|360|349", "合计|476|468")
    facts = facts_of("一、人员情况\n\n" + table("类别|2021年末|2022年末", *rows))
    assert headcount(facts) == {"administrative": 51, "institution": 68, "non_established": 349, "total": 468}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("在编人员92人，编外人员371人。共463人。", {"established": 92, "non_established": 371, "total": 463}),
        ("在编人员92人，另有河道巡护员371人，总人数463人。",
         {"established": 92, "non_established": 371, "total": 463}),
        ("行政编制20名，年末实有18人；事业编制12名，实有11人；实有在编人员共29人。另聘编外人员40人，"
         "在编与编外合计69人。",
         {"administrative": 18, "institution": 11, "established": 29, "non_established": 40, "total": 69}),
        ("在编79人，其中行政44人，八级职员及专业技术35人。",
         {"established": 79, "administrative": 44, "institution": 35}),
    ],
)  # fmt: skip
def test_what_no_label_says_the_sums_of_the_text_say(sentence, expected):
    assert people(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("在编93人，其中行政44人，事业35人，培训20人。", {"established": 93, "administrative": 44, "institution": 35}),
        ("在编人员92人，编外人员371人。全年培训470人。", {"established": 92, "non_established": 371}),
        ("在编80人，编外20人，培训100人，出差140人，总人数160人。",
         {"established": 80, "non_established": 20, "total": 160}),
        ("总人数210人，其中本级150人（行政70人、事业20人、编外60人）。",
         {"administrative": 70, "institution": 20, "non_established": 60, "total": 210}),
    ],
)  # fmt: skip
def test_sums_that_do_not_come_out_or_not_alone_settle_nothing(sentence, expected):
    assert people(sentence) == expected


def test_numbers_that_no_figure_took_are_asides():
    facts = facts_of("一、部门概况\n\n在编79人，退休12人，调出3人。下设服务中心2个、机动队伍1个。\n")
    assert [(one.kind, one.value, one.text) for one in facts.asides] == [("people", 3, "3人")]
    facts = facts_of("二、预算执行\n\n全年预算1000万元，支出980万元，执行率98%；质保金40万元，占4%。\n")
    assert [(one.kind, one.value, one.text) for one in facts.asides] == [
        ("money", 400_000, "40万元"),
        ("share", Decimal("0.04"), "4%"),
    ]


@pytest.mark.parametrize(
    ("sentence", "posts"),
    [
        ("行政编制80名、事业编制70名，共150名；实有行政人员78人、事业人员66人，在编144人。", 150),
        ("核定编制数：行政80名、事业70名，合计150名。实有行政78人、事业66人，在编144人。", 150),
        ("行政编制80名、事业编制65名、机关工勤编制5名，总计150名。实有行政78人、事业66人，在编144人。", 150),
        ("行政编制80名、事业编制70名；实有行政78人、事业66人，在编共144人。", None),
        ("行政编制80名、事业编制70名，共151名；实有行政78人、事业66人，在编144人。", None),
    ],
)
def test_the_sum_of_posts_counts_no_people(sentence: str, posts: int | None) -> None:
    found = people(sentence)
    assert found.get("approved_posts") == posts
    assert (found["administrative"], found["institution"], found["established"]) == (78, 66, 144)


def test_posts_are_the_people_where_nobody_counts_these() -> None:
    assert people("行政编制64名、事业编制62名，共126名。编外20人，总计146人。") == {
        "administrative": 64, "institution": 62, "established": 126, "non_established": 20, "total": 146,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "total"),
    [
        ("在编人员92人；编外聘用人员31人。合计123人。", 123),
        ("在编人员92人。编外聘用人员31人。以上共计123人。", 123),
        ("在编人员92人。编外聘用人员31人。合计124人。", 124),
        ("在编人员92人。合计124人参加培训。", None),
    ],
)
def test_a_sum_in_a_sentence_of_its_own(sentence: str, total: int | None) -> None:
    assert people(sentence).get("total") == total


def test_numbers_at_the_end_of_a_leader() -> None:
    lines = ("行政编制实有人数……………… 65人", "事业编制实有人数………………35人", "在编实有人数……………………100人",
             "编外实有人数……………………50人", "总人数……………………………150人")  # fmt: skip
    assert people("\n\n".join(lines)) == {
        "administrative": 65, "institution": 35, "established": 100, "non_established": 50, "total": 150,
    }  # fmt: skip


def test_cells_with_remarks_and_several_words() -> None:
    rows = table(
        "项目|人数",
        "公务员及机关在编人员|83",
        "事业单位在编人员|76",
        "在编合计|159",
        "编外（含合同制、临聘）|53",
        "总数|212",
    )
    assert people(rows) == {
        "administrative": 83, "institution": 76, "established": 159, "non_established": 53, "total": 212,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("编外人员控制数40名，实有39名。", 39),
        ("编外人员员额40名，年末实有39名。", 39),
        ("编外人员控制数40名。", None),
        ("编外人员39名，控制在年初水平内。", 39),
    ],
)
def test_a_limit_counts_no_people(sentence: str, expected: int | None) -> None:
    assert people("在编人员10人。" + sentence).get("non_established") == expected


def test_a_row_a_unit_and_a_column_a_kind() -> None:
    rows = table(
        "单位|编制数|在编人数|编外人数|合计",
        "白鹤街道本级|56|55|30|85",
        "白鹤街道文化站|48|46|9|55",
        "合计|104|101|39|140",
    )
    assert people(rows) == {"approved_posts": 104, "established": 101, "non_established": 39, "total": 140}


def test_the_staff_of_institutions_alone_is_no_total() -> None:
    assert "total" not in people("事业单位实有50人，编外140人。")


@pytest.mark.parametrize("label", ["在编人员小计", "编内小计", "在编合计（人）", "正式人员共计", "在编人员（小计）"])
def test_sums_of_a_kind_in_a_table(label: str) -> None:
    rows = (
        "人员类别|年末实有人数（人）",
        "行政人员小计|58",
        "事业人员合计|73",
        f"{label}|131",
        "编外人员小计|489",
        "总计|620",
    )
    assert headcount(facts_of("一、人员情况\n\n" + table(*rows))) == {
        "administrative": 58, "institution": 73, "established": 131, "non_established": 489, "total": 620,
    }  # fmt: skip


def test_a_sum_of_no_kind_in_a_table_is_none() -> None:
    rows = ("人员类别|年末实有人数（人）", "行政人员|58", "党员小计|131", "编外人员|489")
    assert headcount(facts_of("一、人员情况\n\n" + table(*rows))) == {"administrative": 58, "non_established": 489}
