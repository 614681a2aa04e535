"""The department itself among its budget units: marked 本级 with a remark behind it, or told in a clause of its own."""

import pytest
from report_cases import blocks, facts_of, value

pytestmark = pytest.mark.unit

OWN = "云山市东湖区人民政府白鹤街道办事处"
BELOW = ["白鹤街综合服务中心", "白鹤街文化站"]


def units(body: str) -> tuple[list[str], list[str]]:
    """The units that are 本级 and those that are 下属."""
    found = facts_of("一、机构设置\n\n" + body + "\n").units
    return [one.name for one in found if one.role == "本级"], [one.name for one in found if one.role == "下属"]


@pytest.mark.parametrize(
    "body",
    [
        "部门预算由本级和2个下属单位构成，合计3个预算单位，分别是：白鹤街道办事处本级（行政单位）、"
        "白鹤街综合服务中心（公益一类）、白鹤街文化站（公益一类）。",
        "预算单位共3个：白鹤街道办事处（本级）（行政）、白鹤街综合服务中心（事业）、白鹤街文化站（事业）。",
        blocks(
            "纳入部门预算编报范围的单位共3个，名单如下：",
            "- 白鹤街道办事处本级（行政单位）",
            "- 白鹤街综合服务中心（公益一类）",
            "- 白鹤街文化站（公益一类）",
        ),
        blocks(
            "预算单位数量：3",
            "预算单位名称：白鹤街道办事处机关本级（财政核拨）、白鹤街综合服务中心（事业）、白鹤街文化站（事业）",
        ),
        blocks(
            "预算单位共3个，具体如下：",
            "1.白鹤街道办事处本级：行政单位；",
            "2.白鹤街综合服务中心：公益一类；",
            "3.白鹤街文化站：公益一类。",
        ),
    ],
)
def test_marked_with_a_remark(body):
    assert units(body) == (["白鹤街道办事处"], BELOW)


@pytest.mark.parametrize(
    "body",
    [
        f"部门预算单位3个。本级为{OWN}，属行政单位；下属单位为白鹤街综合服务中心、白鹤街文化站，都是公益一类事业单位。",
        f"预算单位共3个，其中本级是{OWN}；下属单位包括白鹤街综合服务中心、白鹤街文化站。",
        f"预算单位3个。一级预算单位为{OWN}，二级预算单位为白鹤街综合服务中心、白鹤街文化站。",
        f"预算单位共有3个。行政单位：{OWN}；事业单位：白鹤街综合服务中心、白鹤街文化站。",
        f"本级：{OWN}（行政单位）。下属单位：白鹤街综合服务中心、白鹤街文化站。预算单位合计3个。",
        f"部门预算由3个单位组成：本级1个，系{OWN}；下属事业单位2个，系白鹤街综合服务中心、白鹤街文化站。",
        "预算单位3个。本级为行政单位，下属单位为白鹤街综合服务中心、白鹤街文化站。",
        f"本级单位名称为{OWN}。下属预算单位共2个，即白鹤街综合服务中心、白鹤街文化站，预算单位合计3个。",
    ],
)
def test_told_in_a_clause_of_its_own(body):
    assert units(body) == ([OWN], BELOW)


@pytest.mark.parametrize(
    ("body", "own", "below"),
    [
        # one that is missing is missed: the department itself is counted once
        (f"预算单位4个。本级为{OWN}；下属单位为白鹤街综合服务中心、白鹤街文化站。", [OWN], BELOW),
        # what the department's own office does for others makes it no unit of their list
        ("下属单位2个，即白鹤街综合服务中心、白鹤街文化站，经费由本级为其核拨。", [], BELOW),
        # a unit with a remark is no 本级
        ("预算单位2个：白鹤街综合服务中心（行政）、白鹤街文化站（本级代管）。", [], BELOW),
    ],
)
def test_what_is_no_department_itself(body, own, below):
    assert units(body) == (own, below)


def test_one_that_a_count_misses_stays_missed():
    facts = facts_of(f"一、机构设置\n\n预算单位4个。本级为{OWN}；下属单位为白鹤街综合服务中心、白鹤街文化站。\n")
    assert value(facts, "stated_unit_count") == "4"
    assert len(facts.units) == 3


@pytest.mark.parametrize(
    ("body", "own", "below"),
    [
        (
            "下属事业单位3个（公益一类2个、公益二类1个）：白鹤街综合服务中心、白鹤街文化站为公益一类，白鹤街幼儿园为公益二类。",
            [],
            [*BELOW, "白鹤街幼儿园"],
        ),
        (
            f"本级系{OWN}，经费由财政全额拨款；下属的白鹤街综合服务中心和白鹤街文化站均为财政核补事业单位。"
            "上述3个单位构成本部门的预算单位。",
            [OWN],
            BELOW,
        ),
        (
            "部门预算编制范围：行政单位为街道办事处本级，事业单位为白鹤街综合服务中心、白鹤街文化站，合计3个单位。",
            [OWN],
            BELOW,
        ),
        (
            "纳入部门预算的单位有3个，分别是街道本级、白鹤街综合服务中心和新设立的白鹤街文化站。",
            [OWN],
            BELOW,
        ),
        (
            "共有4个预算单位：街道本级，学校2所（白鹤一小、东岸中学），幼儿园1所（白鹤街幼儿园）。",
            [OWN],
            ["白鹤一小", "东岸中学", "白鹤街幼儿园"],
        ),
        ("下属单位2个：白鹤街为民服务中心、白鹤街文化站。", [], ["白鹤街为民服务中心", "白鹤街文化站"]),
    ],
)
def test_words_around_a_name(body, own, below):
    assert units(body) == (own, below)


@pytest.mark.parametrize(
    ("body", "own", "below"),
    [
        (
            "部门预算包括街道机关预算和白鹤街综合服务中心、白鹤街文化站两个事业单位预算，预算单位共三个。",
            [OWN],
            BELOW,
        ),
        (
            "预算单位共4个，包含1个行政单位：白鹤街道办事处；2个公益一类事业单位：白鹤街综合服务中心、白鹤街文化站；"
            "1个公益二类事业单位：白鹤街幼儿园。",
            ["白鹤街道办事处"],
            [*BELOW, "白鹤街幼儿园"],
        ),
        (
            "预算编报范围包括3个单位。其中，白鹤街道办事处为行政单位；白鹤街综合服务中心、白鹤街文化站为公益一类事业单位。",
            ["白鹤街道办事处"],
            BELOW,
        ),
        ("我街由本级和白鹤街综合服务中心、白鹤街文化站两个下属单位组成。", [OWN], BELOW),
        (
            f"预算单位数3个（本级1个、下属2个）。本级：{OWN}；下属：白鹤街综合服务中心、白鹤街文化站。",
            [OWN],
            BELOW,
        ),
        (
            "有预算单位三家：一家为街道办事处机关，两家为事业单位，即白鹤街综合服务中心与白鹤街文化站。",
            [OWN],
            BELOW,
        ),
        ("本街道无下属独立预算单位，各站所经费并入街道本级。", [OWN], []),
    ],
)
def test_units_by_their_kinds(body, own, below):
    assert units(body) == (own, below)


def test_what_is_set_up_besides_the_offices_is_none_of_them():
    body = "街道内设党政综合办公室、党建办公室、应急管理办公室3个机构，并设综合行政执法队。"
    assert [one.name for one in facts_of(f"一、机构设置\n\n{body}\n").offices] == [
        "党政综合办公室",
        "党建办公室",
        "应急管理办公室",
    ]


@pytest.mark.parametrize(
    ("body", "stated", "below"),
    [
        ("本单位包括本级1家、下属事业单位2家（白鹤街综合服务中心、白鹤街文化站），共3家。", "3", "2"),
        ("机构调整后，预算单位由5个减少为3个，分别为街道本级、白鹤街综合服务中心、白鹤街文化站。", "3", None),
        ("列入汇编范围的单位：白鹤街道办事处（机关）、白鹤街综合服务中心、白鹤街文化站共3家。", "3", None),
        ("预算单位连同街道本级共3个，即街道本级、白鹤街综合服务中心、白鹤街文化站。", "3", None),
    ],
)
def test_the_number_of_all_units(body, stated, below):
    facts = facts_of(f"一、机构设置\n\n{body}\n")
    assert (value(facts, "stated_unit_count"), value(facts, "subordinate_unit_count")) == (stated, below)
    assert [one.role for one in facts.units] == ["本级", "下属", "下属"]


BOTH = "白鹤街综合服务中心（公益一类）、白鹤街文化站（公益一类）"


@pytest.mark.parametrize(
    "body",
    [
        f"预算单位3家。具体为：白鹤街道办事处本级（行政单位），下属单位{BOTH}，均纳入自评范围。",
        "预算单位3家，名单为白鹤街道办事处（本级）及其下属2个单位（白鹤街综合服务中心和白鹤街文化站）。",
        "本街道所属预算单位共3个（含本级）：白鹤街道办事处本级、白鹤街综合服务中心和白鹤街文化站。",
        "预算单位共3个。行政单位是白鹤街道办事处（本级）；事业单位是白鹤街综合服务中心和白鹤街文化站。",
    ],
)
def test_lists_of_all_units(body):
    facts = facts_of(f"一、机构设置\n\n{body}\n")
    assert units(body) == (["白鹤街道办事处"], BELOW)
    assert value(facts, "stated_unit_count") == "3"


@pytest.mark.parametrize(
    "body",
    [
        f"独立核算单位3家，具体包括白鹤街道办事处（行政单位）及其下属2个单位（{BOTH}）。",
        "除街道本级外，白鹤街综合服务中心和白鹤街文化站2个下属事业单位也单独编报预算，预算单位共3个。",
        f"{BOTH}为街道下属事业单位，与街道本级合计3个预算单位。",
        "下属事业单位有白鹤街综合服务中心和白鹤街文化站，共2个。连同本级，纳入预算编报的单位为3个。",
        "街道有二级预算单位2个：白鹤街综合服务中心和白鹤街文化站。本级及二级预算单位共3个。",
    ],
)
def test_lists_without_the_department_itself(body):
    facts = facts_of(f"一、机构设置\n\n{body}\n")
    assert units(body) == ([OWN], BELOW)
    assert value(facts, "stated_unit_count") == "3"


def test_words_that_count_units_are_no_name_of_one():
    body = "本街道所属预算单位共5个（含本级），具体包括白鹤街道办事处机关以及白鹤街文化站、白鹤街中心小学。"
    assert all("单位" not in name for names in units(body) for name in names)


def test_named_in_a_bracket_behind_the_mark():
    facts = facts_of(
        f"一、机构设置\n\n预算单位3个。除街道本级（{OWN}）外，还包括2个下属单位：{'、'.join(BELOW)}。\n",
        title="2022年东湖区白鹤街道办事处部门整体支出绩效自评报告\n\n",
    )
    assert [one.name for one in facts.units] == [OWN, *BELOW]


def test_words_before_the_department_in_a_list_are_no_part_of_its_name():
    body = f"共3个预算单位编入决算，具体是{OWN}（本级）及所属2个预算单位：（1）{BELOW[0]}；（2）{BELOW[1]}。"
    assert units(body) == ([OWN], BELOW)


@pytest.mark.parametrize("words", ["党政机构设有3个：", "党政机构共设3个：", "行政办公室设置3个，为"])
def test_offices_counted_behind_words_for_setting_up(words):
    facts = facts_of(f"一、机构设置\n\n{words}党政综合办公室、党建工作办公室、公共服务办公室。\n")
    assert [one.name for one in facts.offices] == ["党政综合办公室", "党建工作办公室", "公共服务办公室"]
    assert value(facts, "stated_office_count") == "3"


def test_one_unit_of_the_department_itself_is_not_the_number_of_all():
    facts = facts_of(
        "一、机构设置\n\n街道本级预算单位1个，下属预算单位2个。下属单位按经费来源分："
        f"财政核拨单位{BELOW[0]}；财政核补单位{BELOW[1]}。\n"
    )
    assert [one.name for one in facts.units] == BELOW
    assert (value(facts, "stated_unit_count"), value(facts, "subordinate_unit_count")) == (None, "2")
