"""Budget units, internal offices, and how many a report says there are."""

import json

import pytest
from report_cases import blocks, facts_of, real_facts, table, value

pytestmark = pytest.mark.unit

OWN = "云山市东湖区人民政府白鹤街道办事处"


def units(body: str) -> list[tuple[str, str]]:
    return [(row.role, row.name) for row in facts_of("一、机构设置\n\n" + body + "\n").units]


def offices(body: str) -> list[str]:
    return [row.name for row in facts_of("一、机构设置\n\n" + body + "\n").offices]


def test_real_report(shared):
    truth = json.loads((shared / "truth" / "xiaoguwei-2021.truth.json").read_text("utf-8"))
    facts = real_facts(shared)
    assert [(row.name, row.role, row.line) for row in facts.units] == [
        (row["name"], row["role"][:2], row["line"]) for row in truth["units"]
    ]
    assert [(row.name, row.also_named, row.remark) for row in facts.offices] == [
        (row["name"], row["also_named"], row["remark"]) for row in truth["internal_offices"]
    ]
    assert [row.position for row in facts.units] == list(range(1, 12))
    assert [value(facts, name) for name in ("stated_unit_count", "subordinate_unit_count", "stated_office_count")] == [
        "11", "10", "9",
    ]  # fmt: skip
    sources = [row for row in facts.sources if row.group in ("units", "offices")]
    assert len(sources) == 20
    assert [row.line for row in sources if row.group == "offices"] == [11, 11, 11, *[13] * 6]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "编报范围的单位共3个，包括街道本级和下属2个预算单位，分别为：白鹤街综合服务中心、白鹤街文化站。",
            [OWN, "白鹤街综合服务中心", "白鹤街文化站"],
        ),
        (
            "独立核算单位共3个：东湖区白鹤街道办事处（本级），以及白鹤街中心小学、白鹤街文化站等2个下属单位。",
            ["东湖区白鹤街道办事处", "白鹤街中心小学", "白鹤街文化站"],
        ),
        (
            "下设事业单位2个：综合服务中心、劳动保障服务中心。上述2个事业单位与街道本级共3个单位纳入预算编报范围。",
            [OWN, "综合服务中心", "劳动保障服务中心"],
        ),
        (
            "本部门由街道本级及街道综合服务中心、街道文化站组成，共3个预算单位。",
            [OWN, "街道综合服务中心", "街道文化站"],
        ),
        (
            "所属单位：白鹤街道办事处下属预算单位2个，分别为白鹤街小学、白鹤街文化站，加上街道本级，共3个单位。",
            [OWN, "白鹤街小学", "白鹤街文化站"],
        ),
        (
            "纳入决算的单位共2个，分别是白鹤街道办事处（本级）、白鹤街小学。",
            ["白鹤街道办事处", "白鹤街小学"],
        ),
        (
            "下属事业单位两个，分别是白鹤街综合服务中心和白鹤街退役军人服务站。",
            ["白鹤街综合服务中心", "白鹤街退役军人服务站"],
        ),
        (
            "部门预算由本级和2个下属单位组成。本级为东湖区白鹤街道办事处（本级），下属单位包括白鹤街执法队、白鹤街文化站。",
            ["东湖区白鹤街道办事处", "白鹤街执法队", "白鹤街文化站"],
        ),
        (
            blocks(
                "预算单位（含本级）共3个，名单如下：",
                "● 白鹤街道办事处（本级）；",
                "● 白鹤街小学；",
                "● 白鹤街文化站。",
            ),
            ["白鹤街道办事处", "白鹤街小学", "白鹤街文化站"],
        ),
        (
            blocks("预算单位共2个，具体如下：", "1．白鹤街道办事处本级；", "2．白鹤街城市管理和综合执法中心。"),
            ["白鹤街道办事处", "白鹤街城市管理和综合执法中心"],
        ),
        (
            "下属单位情况如下：\n\n" + table("序号|单位名称|性质", "1|白鹤街小学|公益一类", "2|白鹤街文化站|公益一类"),
            ["白鹤街小学", "白鹤街文化站"],
        ),
        (
            "下属单位：白鹤街小学（公益一类）；白鹤街文化站。均为公益一类事业单位。",
            ["白鹤街小学", "白鹤街文化站"],
        ),
        (
            "预算单位由街道办（本级）及下属2个二级预算单位组成：\n\n（1）白鹤街小学\n\n（2）白鹤街文化站",
            [OWN, "白鹤街小学", "白鹤街文化站"],
        ),
        ("共有预算单位3个，即办事处本部及2个下属单位：白鹤街小学；白鹤街文化站。", [OWN, "白鹤街小学", "白鹤街文化站"]),
        ("决算汇总单位共2个：白鹤街道办事处（含本级）、白鹤街小学。", ["白鹤街道办事处", "白鹤街小学"]),
        ("纳入部门预算的单位有：白鹤街道办事处本级、白鹤街小学。", ["白鹤街道办事处", "白鹤街小学"]),
        ("下属单位名单如下：\n\n白鹤街小学、白鹤街文化站、文化馆。", ["白鹤街小学", "白鹤街文化站", "文化馆"]),
        ("下属单位：白鹤街小学、白鹤街文化站2个，均为公益一类。", ["白鹤街小学", "白鹤街文化站"]),
        ("事业单位有：农技站，水利所。", ["农技站", "水利所"]),
        ("街道下属白鹤街小学、白鹤街文化站两个事业单位。", ["白鹤街小学", "白鹤街文化站"]),
        ("设3个公益一类事业单位（白鹤街城市建设服务中心、白鹤街文化站）。", ["白鹤街城市建设服务中心", "白鹤街文化站"]),
        ("编报范围的单位共2户。具体为：\n\n1.白鹤街道办事处\n\n2.白鹤街文化站", ["白鹤街道办事处", "白鹤街文化站"]),
        ("本单位为镇级政府机关，下属无独立核算单位。", [OWN]),
        (
            "下属单位2个，分别是：1.白鹤街小学；2.白鹤街文化站。街道本级内设机构1个：财政办。",
            ["白鹤街小学", "白鹤街文化站"],
        ),
        ("本部门无下属预算单位，纳入决算编报范围的单位1个。", [OWN]),
        ("部门预算由2家单位组成，即：白鹤街道办事处机关、白鹤街文化站。", ["白鹤街道办事处", "白鹤街文化站"]),
        ("街道下设综合服务中心、综合保障中心2个公益一类事业单位。", ["综合服务中心", "综合保障中心"]),
    ],
)
def test_units(body, expected):
    read = units(body)
    assert [name for _, name in read] == expected
    owned = [role for role, name in read if name.endswith("办事处")]
    assert owned == ["本级"] * len(owned)
    assert all(role == "下属" for role, name in read if not name.endswith("办事处"))


@pytest.mark.parametrize(
    ("body", "stated", "subordinate"),
    [
        ("纳入编报范围的单位共九个，下属单位8个。", "9", "8"),
        ("所属预算单位（含本级）共5个。", "5", None),
        ("部门预算由本级和十三个下属单位组成，编报单位共十四家。", "14", "13"),
        ("部门决算编报范围包括以下11个单位：", "11", None),
        ("编报范围的单位共3户，下辖27个社区居委会。", "3", None),
        ("白鹤街本级及所属单位共4家纳入决算编报范围。", "4", None),
        ("包括局本级及下属3家事业单位，独立核算预算单位合计4户。", "4", "3"),
        ("部门预算由3家单位组成，即：白鹤街道办事处机关、白鹤街文化站、白鹤街水利所。", "3", None),
        ("白鹤街道纳入预算管理的单位6个。", "6", None),
        ("下属预算单位3个，其中独立核算单位1个，非独立核算单位2个。", None, "3"),
        ("下设文化站、水利所共2个预算单位，加上街道本级，纳入部门决算汇编的单位共3个。", "3", "2"),
    ],
)
def test_stated_unit_counts(body, stated, subordinate):
    facts = facts_of("一、机构设置\n\n" + body + "\n")
    assert (value(facts, "stated_unit_count"), value(facts, "subordinate_unit_count")) == (stated, subordinate)


@pytest.mark.parametrize(
    ("body", "expected", "stated"),
    [
        ("内设机构3个，即办公室、人事科、会计科（行政审批科）。", ["办公室", "人事科", "会计科"], "3"),
        (
            "内部设置三个工作机构，分别为（一）党政办公室、（二）财政办公室、(三)人民武装部。",
            ["党政办公室", "财政办公室", "人民武装部"],
            "3",
        ),
        (
            "机关共设2个内设机构，具体是：\n\n（1）党政和人大办公室；\n\n（2）规划建设办公室。",
            ["党政和人大办公室", "规划建设办公室"],
            "2",
        ),
        ("内设科室如下：\n\n1.党政办公室：负责日常。\n\n2.党建办公室：负责党建。", ["党政办公室", "党建办公室"], None),
        ("下设党政办、组织人事科、财政所等3个科室，下属单位2个。", ["党政办", "组织人事科", "财政所"], "3"),
        ("机关内设办公室、人事科、会计科3个科室。", ["办公室", "人事科", "会计科"], "3"),
        ("镇机关设党政办公室、宣传办公室、综治办公室。", ["党政办公室", "宣传办公室", "综治办公室"], None),
        ("党政机构设置为：党政办公室、党建办公室，共计2个。", ["党政办公室", "党建办公室"], "2"),
        ("行政机构设置为党政办公室、人大办公室2个综合性办事机构。", ["党政办公室", "人大办公室"], "2"),
        ("内设综合性办公室2个：党政办公室、党建办公室。另设事业单位1个：文化站。", ["党政办公室", "党建办公室"], "2"),
        ("街道内设2个综合性办公室（党政办公室、财政办公室）。", ["党政办公室", "财政办公室"], "2"),
        ("内部机构共2个，分别为：党政办公室和财政办公室。", ["党政办公室", "财政办公室"], "2"),
        ("镇政府设有：1.党政办公室；2.财政所。共2个内设机构。", ["党政办公室", "财政所"], "2"),
        (
            "内设机构包括党政办公室、财政办公室2个办公室，以及综合保障中心1个事业机构。",
            ["党政办公室", "财政办公室"],
            "2",
        ),
        (
            "本级下设2个内设机构，即党政办公室和经济办公室；下属事业单位1个，为白鹤街文化站。",
            ["党政办公室", "经济办公室"],
            "2",
        ),
    ],
)
def test_offices(body, expected, stated):
    assert offices(body) == expected
    assert value(facts_of("一、机构设置\n\n" + body + "\n"), "stated_office_count") == stated


def test_second_names_and_remarks():
    facts = facts_of(
        "一、机构设置\n\n内设机构4个：党政办公室（加挂“人大办公室”、档案室牌子）、党建办公室（组织办公室、宣传办公室）、"
        "纪检监察办公室（不计入机构限额）、执法办公室与区执法队合署办公。\n"
    )
    assert [(row.name, row.also_named, row.remark) for row in facts.offices] == [
        ("党政办公室", ["人大办公室", "档案室"], None),
        ("党建办公室", ["组织办公室", "宣传办公室"], None),
        ("纪检监察办公室", [], "不计入机构限额"),
        ("执法办公室", [], "与区执法队合署办公"),
    ]


def test_second_names_behind_a_name_and_as_seen_from_outside():
    facts = facts_of(
        "一、机构设置\n\n内设机构2个：\n\n（一）党政办公室，加挂人大办公室牌子；\n\n（二）执法办公室（对外称执法队）。\n"
    )
    assert [(row.name, row.also_named) for row in facts.offices] == [
        ("党政办公室", ["人大办公室"]),
        ("执法办公室", ["执法队"]),
    ]


def test_units_and_offices_of_one_sentence_are_kept_apart():
    facts = facts_of(
        "一、机构设置\n\n内设机构2个：党政办公室、财政办公室；下属事业单位2个，分别是白鹤街文化站、白鹤街执法队。\n"
    )
    assert [row.name for row in facts.offices] == ["党政办公室", "财政办公室"]
    assert [row.name for row in facts.units] == ["白鹤街文化站", "白鹤街执法队"]


def test_offices_counted_by_kind_and_institutions_set_up_besides() -> None:
    names = ["党政综合办公室", "经济发展办公室", "综合行政执法队", "党群服务中心"]
    assert offices(f"镇机关设“两办一队一中心”，即{'、'.join(names)}。") == names
    body = "设党政综合办、经济发展办两个内设机构，另设农业推广中心、文化站两个事业单位。"
    assert offices(body) == ["党政综合办", "经济发展办"]
    assert units(body) == [("下属", "农业推广中心"), ("下属", "文化站")]


def test_the_department_is_no_office_of_its_own() -> None:
    assert offices("1.机构情况：白鹤街道办事处（原白鹤镇人民政府）撤镇设街，内设机构11个，下属预算单位5个。") == []


def test_brackets_of_both_widths_and_one_left_open():
    read = offices("内设机构3个：（一）党政办公室（人大办公室)、(二)党建办公室(组织办公室、（三）财政办公室。")
    assert read == ["党政办公室", "党建办公室", "财政办公室"]


def test_numbered_lists_behind_a_mere_count_are_not_taken():
    assert units("下属单位3个。\n\n（1）党政办公室的职责；\n\n（2）财政办公室的职责。") == []


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("预算单位：共3个。\n\n1.白鹤街道办事处（本级）\n2.白鹤街文化站\n3.白鹤街市政所", None),
        ("下属预算单位共2个（白鹤街文化站、白鹤街市政所），加上街道本级，合计3个预算单位。", "3"),
        ("本部门由白鹤街道办事处机关、白鹤街文化站、白鹤街市政所共三个单位组成。", "3"),
        ("白鹤街道办事处本级及所属白鹤街文化站、白鹤街市政所等2家单位纳入本次自评范围。", None),
    ],
)
def test_lists_of_units_around_their_count(body: str, count: str | None) -> None:
    facts = facts_of("一、机构设置\n\n" + body + "\n")
    assert [row.role for row in facts.units] == ["本级", "下属", "下属"]
    assert [row.name for row in facts.units[1:]] == ["白鹤街文化站", "白鹤街市政所"]
    assert count is None or value(facts, "stated_unit_count") == count


def test_names_on_lines_of_their_own_below_what_they_are() -> None:
    body = "内设机构：\n\n党政办公室\n\n综治办公室\n\n人员情况：年末在职人员21人。"
    assert offices(body) == ["党政办公室", "综治办公室"]


def test_a_heading_tells_what_a_table_of_organisations_lists() -> None:
    head = "序号\t机构名称\t主要职责\n"
    rows = "1\t党政办公室\t负责文秘工作\n2\t综治办公室\t负责综治工作\n"
    facts = facts_of("一、部门概况\n\n1、内设机构\n\n" + head + rows)
    assert [row.name for row in facts.offices] == ["党政办公室", "综治办公室"]
    assert facts.units == []


A, B, C = "白鹤街小学", "白鹤街文化站", "白鹤街水利所"


@pytest.mark.parametrize(
    ("body", "others"),
    [
        (f"部门预算单位共4个：本级1个，即白鹤街道办事处；下属单位3个，即{A}、{B}、{C}。", [A, B, C]),
        (f"预算单位４个，其中本级１个，为白鹤街道办事处；下属３个，为{A}、{B}、{C}。", [A, B, C]),
        (f"预算单位4个，即本级1个（白鹤街道办事处）和下属事业单位3个（{A}、{B}、{C}）。", [A, B, C]),
        (f"部门预算单位共4个，1个行政单位即白鹤街道办事处，3个事业单位分别是{A}、{B}和{C}。", [A, B, C]),
        (f"本部门包含3个预算单位：街道办事处本级及2个二级单位——{A}、{B}。", [A, B]),
        (f"部门决算汇编单位共3家：街道办事处本级、{A}、{B}，三家都由财政拨款，后两家是街道的事业单位。", [A, B]),
        (f"部门预算由3个单位组成，其中行政单位1个（街道办事处本级）、公益一类事业单位2个（{A}、{B}）。", [A, B]),
        (f"列入本年部门预算的单位有3家：白鹤街道办事处本级；{A}；{B}。", [A, B]),
        (f"纳入2022年部门整体支出绩效评价范围的单位共计三家：白鹤街道办事处本级、{A}、{B}。", [A, B]),
        (f"从预算单位构成看，部门预算包括：白鹤街道办事处本级预算、{A}预算和{B}预算，共3个单位。", [A, B]),
        (f"白鹤街道办事处属一级预算单位，下设{A}、{B}2个二级预算单位，合计3个预算单位。", [A, B]),
        (f"本级与所属{A}、{B}总计3家单位编报部门决算。", [A, B]),
        (
            f"独立编制部门预算的单位共3个——白鹤街道办事处机关、{A}、{B}；另有{C}、志愿服务站两个单位不独立编制预算，由机关代编。",
            [A, B],
        ),
        (
            blocks(
                "部门预算由3个单位组成，有1个行政单位（街道办事处本级）和2个公益一类事业单位：",
                "- 白鹤街道办事处本级",
                f"- {A}",
                f"- {B}",
            ),
            [A, B],
        ),
        (
            blocks(
                f"共有预算单位3个，比上年增加1个（新设{C}），名单如下：",
                "(1) 白鹤街道办事处（本级）；",
                f"(2) {A}；",
                f"(3) {C}。",
            ),
            [A, C],
        ),
        (table("项目|内容", "预算单位数|3个", f"单位名称|白鹤街道办事处（本级）；{A}；{B}"), [A, B]),
    ],
)
def test_the_list_is_the_one_as_long_as_it_is_said_to_be(body: str, others: list[str]) -> None:
    facts = facts_of("一、机构设置\n\n" + body + "\n")
    assert [(row.role, row.name) for row in facts.units[1:]] == [("下属", name) for name in others]
    assert facts.units[0].role == "本级"
    assert facts.units[0].name.endswith("白鹤街道办事处")
    assert value(facts, "stated_unit_count") == str(len(facts.units))


@pytest.mark.parametrize(
    ("body", "others"),
    [
        (
            f"我街有预算单位4个，其中行政单位1个（街道办事处本级），事业单位3个。事业单位分别为{A}、{B}与{C}。",
            [A, B, C],
        ),
        (f"预算单位合计4家：本级1家，下属3家。下属单位依次为{A}、{B}以及{C}。", [A, B, C]),
        (f"编入部门预算的单位有三家，一家是白鹤街道办事处（本级），一家是{A}，还有一家是{B}。", [A, B]),
        (f"部门预算单位共2个，第一个是白鹤街道办事处本级，第二个是{A}。", [A]),
        (f"列入预算的独立编制机构4个，依次为白鹤街道办事处（本级）、{A}、{B}、{C}。", [A, B, C]),
        (f"独立编制机构数2个，独立核算机构数3个，分别为白鹤街道办事处（本级）、{A}、{B}。", [A, B]),
        (f"参加本次自评的单位一共三个，即白鹤街道办事处本级、{A}、{B}。", [A, B]),
        (f"编列2021年部门预算的单位仅2家：白鹤街道办事处（本级）和{A}。", [A]),
        (f"白鹤街道所属预算单位3个：白鹤街道办事处本级；{A}；{B}。", [A, B]),
        (f"预算单位有：白鹤街道办事处（本级）、{A}、{B}三家。", [A, B]),
        (f"编制2021年部门预算的单位有3个，其中一个是行政单位（街道办事处本级），两个是事业单位（{A}、{B}）。", [A, B]),
        (f"预算单位（3个）：白鹤街道办事处（本级）、{A}、{B}。", [A, B]),
        ("本部门预算单位只有街道办事处本级1个。", []),
        ("部门预算编报范围仅白鹤街道办事处本级一个单位，没有下属单位。", []),
    ],
)
def test_further_manners_of_saying_how_many_and_which(body: str, others: list[str]) -> None:
    facts = facts_of("一、机构设置\n\n" + body + "\n")
    assert [(row.role, row.name) for row in facts.units[1:]] == [("下属", name) for name in others]
    assert facts.units[0].role == "本级"
    assert facts.units[0].name.endswith("白鹤街道办事处")
    assert value(facts, "stated_unit_count") == str(len(facts.units))
    assert value(facts, "subordinate_unit_count") in (None, str(len(others)))


@pytest.mark.parametrize("body", [f"本次自评涵盖白鹤街道本级、{A}、{B}三家单位。", f"本部门由街道本级及{A}、{B}构成。"])
def test_units_named_without_a_word_for_them(body: str) -> None:
    assert units(body) == [("本级", OWN), ("下属", A), ("下属", B)]


@pytest.mark.parametrize(
    "body",
    [
        "街道辖区服务企业成效明显，一个是机械厂，另一个是食品厂。",
        "领导小组由街道主要领导及财政所、党政办公室构成。",
        "按期完成自评的科室有3个。",
        "另有文化站等不独立编制预算的单位2个。",
    ],
)
def test_what_is_told_in_like_words_of_others_is_no_unit(body: str) -> None:
    facts = facts_of("一、机构设置\n\n" + body + "\n")
    assert (facts.units, value(facts, "stated_unit_count")) == ([], None)


def test_a_list_that_is_shorter_than_it_is_said_to_be_stays_so() -> None:
    body = blocks(
        "部门预算由4个单位组成，有1个行政单位（街道办事处本级）和3个公益一类事业单位：",
        "- 白鹤街道办事处本级",
        f"- {A}",
        f"- {B}",
    )
    facts = facts_of("一、机构设置\n\n" + body + "\n")
    assert len(facts.units) == 3
    assert (value(facts, "stated_unit_count"), value(facts, "subordinate_unit_count")) == ("4", "3")


@pytest.mark.parametrize(
    "body",
    [
        "白鹤街道没有下属独立核算的预算单位，部门预算编报范围为1个单位。",
        "我单位未设下属预算单位，部门决算即本级决算。",
        "本部门预算单位共1个。",
        f"下属事业单位三个，即{A}、{B}、{C}，均不单独编制预算，随街道本级合并编报，因此部门预算单位为一个（街道本级）。",
        f"下属事业单位2个：{A}、{B}，均为非独立核算单位，由街道统一核算，纳入预算编报范围的单位1个。",
    ],
)
def test_a_department_without_units_of_a_budget_of_their_own(body: str) -> None:
    facts = facts_of("一、机构设置\n\n" + body + "\n")
    assert [(row.role, row.name) for row in facts.units] == [("本级", OWN)]
    assert value(facts, "subordinate_unit_count") is None


def test_units_that_are_listed_are_read_although_one_is_stated() -> None:
    facts = facts_of(f"一、机构设置\n\n下属单位2个：{A}、{B}，纳入预算编报范围的单位1个。\n")
    assert [row.name for row in facts.units] == [A, B]
    assert value(facts, "stated_unit_count") == "1"


@pytest.mark.parametrize(
    ("body", "stated", "subordinate"),
    [
        (f"部门决算编制范围包括：白鹤街道办事处本级，{A}（公益二类，独立核算）、{B}，共计3个单位。", "3", None),
        (f"纳入部门决算汇总的单位为本级和下属2个事业单位，一共3个。下属2个单位：{A}、{B}。", "3", "2"),
        (f"下属单位包括{A}、{B}，共2个。", None, "2"),
        (f"下属单位包括{A}、{B}，连同街道本级共3个。", "3", None),
        (f"预算单位2个：白鹤街道办事处（本级）、{A}。辖区社区共12个。", "2", None),
        (table("预算单位个数（个）|下属单位数", "3|2"), "3", "2"),
        (table("社区数（个）|户数", "3|2"), None, None),
    ],
)
def test_sums_of_units_at_the_end_and_in_cells(body: str, stated: str | None, subordinate: str | None) -> None:
    facts = facts_of("一、机构设置\n\n" + body + "\n")
    assert (value(facts, "stated_unit_count"), value(facts, "subordinate_unit_count")) == (stated, subordinate)


def test_names_of_offices_that_share_their_ending() -> None:
    assert offices("街道内设党政综合、综合治理（应急管理）、城市管理与规划建设等3个办公室。") == [
        "党政综合", "综合治理", "城市管理与规划建设",
    ]  # fmt: skip
    assert offices("机关设党政、财政共2个科室。") == ["党政", "财政"]
    assert offices("机关设党政、财政、综治等4个办公室。") == []


@pytest.mark.parametrize(
    ("count", "own"),
    [
        ("共3个，即1个本级和2个下属单位", 1),
        ("共3个，含3个下属单位", 0),
        ("共3个", 0),
    ],
)
def test_the_department_itself_is_a_unit_where_one_more_is_counted_than_the_subordinate_ones(count: str, own: int):
    facts = facts_of(
        "白鹤街道办事处2021年度部门整体支出绩效自评报告\n\n一、单位构成\n\n"
        f"纳入预算编报范围的单位{count}，下属单位分别是白鹤街道服务中心、白鹤街道执法队。\n"
    )
    assert [unit.role for unit in facts.units].count("本级") == own
    assert len(facts.units) == 2 + own


@pytest.mark.parametrize("total", ["合计4个预算单位", "纳入预算编报范围"])
def test_the_department_is_no_unit_that_sums_do_not_count(total: str) -> None:
    assert units(f"下设{A}、{B}2个二级预算单位，{total}。") == [("下属", A), ("下属", B)]


def test_words_of_a_sum_over_and_over_end_no_name() -> None:
    facts = facts_of(f"一、机构设置\n\n预算单位共2个，即{A}、{B}{'共计' * 60}三\n")
    assert A in [row.name for row in facts.units]


@pytest.mark.parametrize(
    ("body", "listed", "stated", "subordinate"),
    [
        ("白鹤街道办事处本级与白鹤街小学、白鹤街文化站等3个单位一并纳入2021年度部门决算。", 3, "3", None),
        ("参加自评的是街道办事处机关以及白鹤街小学、白鹤街文化站，一共3个。", 3, "3", None),
        ("预算单位凡三：\n\n白鹤街道办事处本级\n\n白鹤街小学\n\n白鹤街文化站", 3, "3", None),
        ("预算单位：街道本级、白鹤街小学、白鹤街文化站，计3个。", 3, "3", None),
        ("二级预算单位有两个：白鹤街小学、白鹤街文化站，连街道一起，上报单位共三个。", 3, "3", "2"),
        (
            "纳入汇编的有街道办事处机关1个、下属事业单位2个，总共3个，下属的是：白鹤街小学；白鹤街文化站。",
            3,
            "3",
            "2",
        ),
        (
            "- 主管单位（1个）：街道办事处；\n- 所属单位（2个）：白鹤街小学、白鹤街文化站。\n\n上述预算单位共3个。",
            3,
            "3",
            "2",
        ),
        (
            "- 主管单位（1个）：街道办事处；\n- 所属单位（2个）：白鹤街小学、白鹤街文化站。\n\n上述预算单位共4个。",
            2,
            "4",
            "2",
        ),
        ("二级预算单位有两个：白鹤街小学、白鹤街文化站，连街道一起，上报单位共四个。", 2, "4", "2"),
        ("街道独立核算单位连同街道本级3个：街道本级、白鹤街小学、白鹤街文化站。", 3, "3", None),
        ("下属预算单位：白鹤街小学、白鹤街文化站。内设机构3个。", 2, None, None),
        (
            "街道本级之外，另辖三家独立核算的预算单位（白鹤街小学、白鹤街文化站、白鹤街医院），连本级一起，预算单位总数为4家。",
            4,
            "4",
            "3",
        ),
    ],
)
def test_the_number_of_all_units_beside_their_list(body: str, listed: int, stated: str, subordinate: str) -> None:
    facts = facts_of("云山市东湖区人民政府白鹤街道办事处2021年度部门整体支出绩效自评报告\n\n一、概况\n\n" + body + "\n")
    assert (len(facts.units), value(facts, "stated_unit_count")) == (listed, stated)
    assert value(facts, "subordinate_unit_count") == subordinate


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- 预算单位数：5\n- 下属单位数：4", ("5", "4", None)),
        ("纳入评价的预算单位数：五；内设机构数为9。", ("5", None, "9")),
        ("单位总数：5（下属单位数量：4）", ("5", "4", None)),
        ("机构数：2022年末未变", (None, None, None)),
        ("服务企业的单位数：5", (None, None, None)),
    ],
)
def test_bare_numbers_behind_labels(body: str, expected: tuple[str | None, ...]) -> None:
    facts = facts_of(f"一、部门概况\n\n{body}\n")
    names = ("stated_unit_count", "subordinate_unit_count", "stated_office_count")
    assert tuple(value(facts, name) for name in names) == expected


@pytest.mark.parametrize("heading", ["内设机构与下属单位", "内设科室和下属单位设置", "机构及下属单位情况"])
def test_a_heading_over_offices_and_units_tells_neither(heading: str) -> None:
    text = (
        f"（一）{heading}\n\n设党政办、财政办、平安办、民生办、城建办共五个办公室。参加2021年部门决算编报的有本级1个、下属事业单位2个，"
        "共3个预算单位。下属单位为：白鹤街小学、白鹤街文化站。"
    )
    assert units(text) == [("本级", OWN), ("下属", "白鹤街小学"), ("下属", "白鹤街文化站")]
    assert len(offices(text)) == 5


@pytest.mark.parametrize(
    "between",
    ["名单如下：", "具体名单：", "它们分别是：", "具体为：", "分别为", "单位名单是：", "依次包括", "名称如下："],
)
def test_names_in_the_sentence_behind_their_number(between: str) -> None:
    names = "白鹤街道办事处（本级）、白鹤街小学、白鹤街文化站"
    assert len(units(f"列入本部门决算编报范围的预算单位合计3个。{between}{names}。")) == 3
    assert offices(f"街道内设机构2个。{between}党政办公室、财政办公室。") == ["党政办公室", "财政办公室"]


@pytest.mark.parametrize(
    "body",
    [
        "内设机构为党政办公室、财政办公室、平安办公室，合计3个。",
        "内设机构含党政办公室、财政办公室、平安办公室，数量为3个。",
        "党政内设科室有党政办公室、财政办公室、平安办公室，总数3个。",
        "内设部门包含党政办公室、财政办公室、平安办公室，共3个。",
    ],
)
def test_the_word_for_offices_is_no_part_of_the_first_name(body: str) -> None:
    assert offices(body) == ["党政办公室", "财政办公室", "平安办公室"]
    assert value(facts_of("一、机构设置\n\n" + body + "\n"), "stated_office_count") == "3"


def test_the_sentence_behind_a_number_may_speak_of_other_things() -> None:
    text = "列入本部门决算编报范围的预算单位合计3个。具体工作由财政所、平安办公室、民生办公室分担。"
    assert units(text) == []


@pytest.mark.parametrize("words", ["独立核算的2个：", "独立编制预算的2个单位：", "纳入决算的2家："])
def test_of_the_subordinate_units_those_with_a_budget_of_their_own_are_counted(words: str) -> None:
    body = f"街道下属4个事业单位（其中{words}白鹤街小学、白鹤街文化站）。编报部门决算的单位共3个，含街道本级。"
    facts = facts_of("云山市东湖区人民政府白鹤街道办事处2021年度部门整体支出绩效自评报告\n\n一、概况\n\n" + body + "\n")
    assert [row.name for row in facts.units] == [OWN, "白鹤街小学", "白鹤街文化站"]
    assert (value(facts, "stated_unit_count"), value(facts, "subordinate_unit_count")) == ("3", "2")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("白鹤街文化站、白鹤街水闸所；白鹤街第一幼儿园", ["白鹤街文化站", "白鹤街水闸所", "白鹤街第一幼儿园"]),
        ("白鹤街农业、水务服务站", ["白鹤街农业、水务服务站"]),
    ],
)
def test_units_of_one_kind_in_one_cell_of_a_table(cell: str, names: list[str]) -> None:
    body = table("类型|数量|名称", "行政单位|1|白鹤街道办事处（本级）", f"事业单位|{len(names)}|{cell}")
    assert units("纳入决算的预算单位如下：\n\n" + body) == [
        ("本级", "白鹤街道办事处"),
        *(("下属", name) for name in names),
    ]


@pytest.mark.parametrize(
    ("below", "count"),
    [
        ("以上共计3个。", "3"),
        ("上述三个内设机构均由街道班子成员分管。", "3"),
        ("以上合计4个，其中财政办公室为新设。", "4"),
        ("以上3个社区的经费由街道代管。", None),
        ("共3个项目由上述科室承担。", None),
    ],
)
def test_offices_counted_below_their_list(below, count):
    names = ("1. 党政综合办公室，负责文电会务。", "2. 财政办公室，负责预算核算。", "3. 城市管理办公室。")
    facts = facts_of(blocks("一、机构设置", "街道内设机构及分工如下：", *names, below))
    assert [one.name[:2] for one in facts.offices] == ["党政", "财政", "城市"]
    assert value(facts, "stated_office_count") == count


@pytest.mark.parametrize(
    "body",
    [
        "街道内设机构3个，即①党政办公室，②财政办公室，③城管办公室。",
        "街道内设机构3个，即（1）党政办公室，（2）财政办公室，（3）城管办公室，均为正科级。",
        "街道内设科室3个，包括党政办公室、财政办公室和城管办公室。另有武装部、工会、团委等，不计入内设机构数。",
    ],
)
def test_offices_numbered_behind_a_word_and_others_left_out(body):
    assert offices(body) == ["党政办公室", "财政办公室", "城管办公室"]
