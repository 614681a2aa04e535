"""Tables of organisations: which of the two lists each is, budget units or internal offices, and second names."""

from __future__ import annotations

import pytest
from report_cases import blocks, facts_of, table

pytestmark = pytest.mark.unit

OWN = "云山市东湖区人民政府白鹤街道办事处"
OFFICES = ["党政事务办公室", "民生保障办公室", "城乡建设办公室"]
UNITS = ["白鹤街便民服务中心", "白鹤街水务站", "白鹤街第二小学"]
SENTENCE = f"参与自评的预算单位有：{OWN}（本级）、{'、'.join(UNITS)}。"


def read(body: str, heading: str = "（二）机构设置") -> tuple[list[str], list[str]]:
    """The names of subordinate units, the department's own left out, and those of offices."""
    facts = facts_of(blocks("一、基本情况", heading, body))
    return [unit.name for unit in facts.units if unit.name != OWN], [office.name for office in facts.offices]


def rows(names: list[str], *columns: list[str]) -> list[str]:
    """Numbered rows of names and what stands beside them."""
    return ["|".join((str(number), *cells)) for number, cells in enumerate(zip(names, *columns, strict=True), 1)]


@pytest.mark.parametrize(
    "body",
    [
        "办事处内设部门列表如下：\n\n" + table("序号|名称", *rows(OFFICES)),
        "街道设3个办公室（见下表）。\n\n" + table("序号|机构名称", *rows(OFFICES)),
        "表1 内设科室一览表\n\n" + table("序号|名称", *rows(OFFICES)),
        "下属事业单位3个，内设机构3个。内设机构如下表：\n\n" + table("序号|名称", *rows(OFFICES)),
        table("序号|名称", *rows(OFFICES)),
        table("序号|单位名称|分工", *rows(OFFICES, ["综合", "民政", "建设"])),
        table("序号|机构名称|加挂牌子", *rows(OFFICES, ["", "", ""])),
        table("序号|机构(科室)", *rows(OFFICES)),
        table("序号|机构名称|分工", *rows(OFFICES, ["内设监督", "社会事业", "财政核算"])),
        table("序号|内设机构名称", *rows(OFFICES)),
        table("内设机构|人数|内设机构|人数", f"{OFFICES[0]}|4|{OFFICES[2]}|3", f"{OFFICES[1]}|5|—|—"),
    ],
)
def test_a_table_of_offices(body: str) -> None:
    units, offices = read(body)
    assert (units, sorted(offices)) == ([], sorted(OFFICES))


def test_offices_of_all_kinds_of_names_where_the_line_above_says_so() -> None:
    names = ["党政办公室", "财政所", "综合行政执法队", "经济发展科"]
    assert read("内设机构见下表：\n\n" + table("序号|机构名称|挂牌", *rows(names, [""] * 4))) == ([], names)
    assert read("机构设置一览表\n\n" + table("序号|机构名称", *rows([*OFFICES, "党群活动中心"])))[0] == []


@pytest.mark.parametrize(
    "body",
    [
        "下属机构名单如下表所示：\n\n" + table("序号|机构名称|业务", *rows(UNITS, ["服务", "水务", "教育"])),
        "内设机构3个，下属事业单位3个。下属事业单位见下表：\n\n" + table("序号|名称", *rows(UNITS)),
        "表2 预算单位一览表\n\n" + table("序号|名称", *rows([OWN, *UNITS])),
        table("序号|机构名称|经费形式", *rows(UNITS, ["财政核拨"] * 3)),
        table("序号|名称", *rows([f"{OWN}（本级）", *UNITS])),
        table("序号|单位名称|内设机构|编制", *rows(UNITS, ["3个", "2个", "4个"], ["9", "8", "7"])),
    ],
)
def test_a_table_of_units(body: str) -> None:
    assert read(body) == (UNITS, [])


def test_an_office_among_units_is_one_of_them_where_the_line_above_says_so() -> None:
    names = [*UNITS, "白鹤街农业办公室"]
    assert read("下属单位见下表：\n\n" + table("序号|机构名称", *rows(names))) == (names, [])
    names = ["白鹤街农业办公室", "白鹤街林业办公室"]
    assert read("纳入预算的单位如下：\n\n" + table("序号|机构名称", *rows(names))) == (names, [])


def test_units_in_a_sentence_beside_a_table_of_more_offices() -> None:
    names = [*OFFICES, "应急管理办公室", "综合治理办公室"]
    listed = "街道内设机构见下表：\n\n" + table("序号|机构名称|加挂牌子", *rows(names, [""] * 5))
    assert read(f"{listed}\n{SENTENCE}") == (UNITS, names)
    assert read(f"{SENTENCE}\n\n{listed}") == (UNITS, names)


@pytest.mark.parametrize(
    "body",
    [
        "内设机构如下：\n\n"
        + table("序号|名称", *rows(OFFICES))
        + "\n下属单位如下：\n\n"
        + table("序号|名称", *rows(UNITS)),
        table("类别|名称", *[f"内设机构|{name}" for name in OFFICES], *[f"所属事业单位|{name}" for name in UNITS]),
        table("序号|机构名称|类型", *rows([*OFFICES, *UNITS], ["内设科室"] * 3 + ["公益一类"] * 3)),
        table("类别|个数|名称", f"内设机构|3|{'、'.join(OFFICES)}", f"下属单位|3|{'；'.join(UNITS)}"),
        table("序号|名称", "一|内设机构（3个）", *rows(OFFICES), "二|下属单位", *rows(UNITS)),
        table("内设机构|下属单位", *[f"{office}|{unit}" for office, unit in zip(OFFICES, UNITS, strict=True)]),
        table("单位名称|科室名称", *[f"{unit}|{office}" for office, unit in zip(OFFICES, UNITS, strict=True)]),
        "机构设置一览表\n\n" + table("序号|机构名称", *rows([f"{OWN}（本级）", *OFFICES, *UNITS])),
    ],
)
def test_both_kinds(body: str) -> None:
    assert read(body) == (UNITS, OFFICES)


def test_communities_are_neither() -> None:
    names = ["东坡社区居委会", "西坡社区居委会", "南坡村委会"]
    assert read("街道下辖社区见下表：\n\n" + table("序号|名称|户数", *rows(names, ["90", "80", "70"]))) == ([], [])


@pytest.mark.parametrize("header", ["加挂牌子", "挂牌名称", "对外牌子", "合署办公机构", "备注"])
def test_second_names_beside_the_names(header: str) -> None:
    is_remark = header == "备注"
    second = ["加挂“人大办公室”牌子", "无", "挂退役办、残联办牌子" if is_remark else "退役办、残联办"]
    facts = facts_of(blocks("一、基本情况", "（二）机构设置", table(f"序号|机构名称|{header}", *rows(OFFICES, second))))
    assert [(office.name, office.also_named) for office in facts.offices] == [
        (OFFICES[0], ["人大办公室"]),
        (OFFICES[1], []),
        (OFFICES[2], ["退役办", "残联办"]),
    ]


def test_second_names_in_brackets_and_what_a_remark_says_else() -> None:
    names = [f"{OFFICES[0]}（挂人大办公室牌子）", OFFICES[1], OFFICES[2]]
    body = table("序号|内设机构|备注", *rows(names, ["含窗口", "与武装部合署办公", "编制5名"]))
    facts = facts_of(blocks("一、基本情况", "（二）机构设置", body))
    assert [(office.name, office.also_named, office.remark) for office in facts.offices] == [
        (OFFICES[0], ["人大办公室"], None),
        (OFFICES[1], [], "与武装部合署办公"),
        (OFFICES[2], [], None),
    ]
