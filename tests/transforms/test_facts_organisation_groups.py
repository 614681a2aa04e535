"""Budget units listed in groups, and told by what makes up the accounts of a department."""

import pytest
from report_cases import facts_of, table, value

from transforms.facts.model import Facts

pytestmark = pytest.mark.unit

NAMED = ("青山镇人民政府（本级）", "青山司法所", "青山镇执法队", "青山镇中心小学", "青山中学")


def _facts(body: str) -> Facts:
    return facts_of(body, title="青山镇人民政府2022年度部门整体支出绩效自评报告\n\n")


def groups(*lines: str, total: int = 5, lead: str = "纳入部门决算编报范围的单位共{}个，其中：") -> Facts:
    return _facts(
        "一、基本情况\n\n（一）机构情况\n\n"
        + lead.format(total)
        + "\n\n".join(lines)
        + "\n\n（二）人员情况\n\n在编10人。\n"
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("\n\n（一）机关3个：{}、{}、{}。", "（二）学校2所：{}、{}。"),
        ("\n\n1.行政单位：{}、{}、{}；", "2.事业单位：{}、{}。"),
        ("\n\n- 行政类3个：{}、{}、{}\n- 学校类2个：{}、{}",),
        ("\n\n机关及派驻机构3个：{}、{}、{}。", "镇属学校2所：{}和{}。"),
        ("行政单位3个：{}、{}、{}；事业单位2个：{}、{}。",),
        ("行政单位3个（{}、{}、{}），事业单位2个（{}、{}）。",),
        ("一是机关3个，即{}、{}、{}；二是学校2所，包括{}、{}。",),
        ("\n\n1. 行政单位（本级）：{}；", "2. 派出机构2个：{}、{}；", "3. 学校和幼儿园2所：{}、{}。"),
        ("\n\n- 镇本级：{}\n- 站所（2个）：{}、{}\n- 教育单位（2个）：{}、{}",),
        ("\n\n（1）机关：{}。", "（2）事业单位：{}、{}。", "（3）学校（园）：{}、{}。"),
        ("\n\n1. 行政单位1个：", "{}；", "2. 事业单位4个：", "{}、{}、{}、{}。"),
        ("行政单位：{}；公益一类事业单位2个：{}、{}；学校：{}、{}。",),
    ],
)
def test_units_listed_in_groups(lines: tuple[str, ...]) -> None:
    names = iter(NAMED)
    facts = groups(*(line.format(*(next(names) for _ in range(line.count("{}")))) for line in lines))
    assert [unit.name for unit in facts.units] == ["青山镇人民政府", *NAMED[1:]]
    assert value(facts, "stated_unit_count") == "5"


def test_units_within_the_compass_of_the_budget() -> None:
    facts = _facts("一、基本情况\n\n决算编报口径包括青山镇人民政府（本级），以及青山司法所、青山中学。\n")
    assert [unit.role for unit in facts.units] == ["本级", "下属", "下属"]


def test_a_unit_left_out_of_its_group_is_missed() -> None:
    facts = groups("\n\n（一）机关3个：青山镇人民政府（本级）、青山司法所、青山镇执法队。", "（二）学校2所：青山中学。")
    assert (len(facts.units), value(facts, "stated_unit_count")) == (4, "5")


def test_a_group_that_is_missing_among_those_not_counted_is_missed() -> None:
    facts = groups("\n\n（1）机关：青山镇人民政府（本级）。", "（2）学校：青山中学。", "（3）站所：青山司法所。")
    assert (len(facts.units), value(facts, "stated_unit_count")) == (3, "5")


def test_the_department_counted_first_and_named_in_a_group_is_one_unit() -> None:
    facts = groups(
        "\n\n- 镇本级：青山镇人民政府",
        "- 事业单位（2个）：青山司法所、青山镇执法队",
        "- 学校（2所）：青山镇中心小学、青山中学",
        lead="预算单位共{}个（本级1个、下属4个）：",
    )
    assert [unit.role for unit in facts.units] == ["本级"] + ["下属"] * 4
    assert value(facts, "subordinate_unit_count") == "4"


def test_the_count_of_one_group_is_not_that_of_all_subordinate_units() -> None:
    facts = groups(
        "\n\n（一）镇本级1个。",
        "（二）下属事业单位2个：青山司法所、青山镇执法队。",
        "（三）下属学校2所：青山镇中心小学、青山中学。",
    )
    assert len(facts.units) == 5
    assert value(facts, "subordinate_unit_count") is None


def test_schools_named_beside_communities_are_no_groups_of_units() -> None:
    facts = _facts(
        "一、基本情况\n\n部门预算单位共1个。辖社区2个：东社区、西社区；辖区有学校2所：青山中学、青山镇中心小学。\n"
    )
    assert len(facts.units) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "部门决算由3个单位汇总而成，名单如下：\n\n青山镇人民政府（本级）\n\n青山司法所\n\n青山中学",
        "本部门预算由3家单位汇编而成：青山镇人民政府（本级）、青山司法所、青山中学。",
        "部门决算由青山镇人民政府（本级）、青山司法所和青山中学3家单位汇总形成。",
        "本部门由青山镇人民政府（本级）、青山司法所和青山中学3家单位组成。",
        "部门决算汇总了3个单位，分别是青山镇人民政府（本级）、青山司法所、青山中学。",
        "部门决算包含3个单位：青山镇人民政府（本级）、青山司法所、青山中学。",
        "纳入部门预算管理的单位共3家，除镇本级之外，另有青山司法所、青山中学等2家下属单位。",
        "部门预算单位共3家，除本级以外还包括青山司法所、青山中学2家下属单位。",
        "列入决算汇编范围的单位有3个。除青山镇人民政府（本级）之外，还有青山司法所、青山中学。",
        "本镇预算管理单位为三个，即青山镇人民政府（本级）、青山司法所、青山中学。",
        "部门决算由下列单位汇总形成，共计3个单位：青山镇人民政府（本级）、青山司法所、青山中学。",
    ],
)
def test_units_that_make_up_the_accounts(sentence: str) -> None:
    facts = _facts(f"一、基本情况\n\n（一）机构情况\n\n{sentence}\n\n（二）人员情况\n\n在编10人。\n")
    assert ([unit.role for unit in facts.units], value(facts, "stated_unit_count")) == (["本级", "下属", "下属"], "3")


def test_lines_of_groups_begin_with_what_their_names_are() -> None:
    facts = facts_of(
        "青竹镇人民政府2021年度部门整体支出绩效自评报告\n\n一、单位构成\n\n预算单位共6个，包括本级1个、事业单位3个、学校2个：\n\n"
        "- 事业单位：青竹服务中心、青竹水利所、青竹执法队\n- 学校：青竹中学、青竹小学\n"
    )
    names = [unit.name for unit in facts.units if unit.role == "下属"]
    assert names == ["青竹服务中心", "青竹水利所", "青竹执法队", "青竹中学", "青竹小学"]


@pytest.mark.parametrize("number", ["甲1个：", "甲1个（"])
def test_numbers_without_end_head_no_groups(number: str) -> None:
    facts = groups("\n\n" + number * 20_000)
    assert (facts.units, value(facts, "stated_unit_count")) == ([], "5")


@pytest.mark.parametrize(
    "line",
    [
        "部门决算单位户数5户（本级1户，下属事业单位4户，分别为{}、{}、{}、{}）。",
        "决算单位共5个（本级1个，所属事业单位4个：{}、{}、{}、{}）。",
    ],
)
def test_the_last_name_of_a_list_within_a_bracket_counts(line: str) -> None:
    facts = _facts(f"一、基本情况\n\n（一）机构情况\n\n{line.format(*NAMED[1:])}\n")
    assert [unit.name for unit in facts.units][1:] == list(NAMED[1:])
    assert value(facts, "stated_unit_count") == "5"


def test_words_that_lead_to_the_names_are_none_of_the_first() -> None:
    line = "镇政府本级及其所属的{}、{}、{}、{}共5个单位纳入部门决算。".format(*NAMED[1:])
    facts = _facts(f"一、基本情况\n\n（一）机构情况\n\n{line}\n")
    assert [unit.name for unit in facts.units][1:] == list(NAMED[1:])


def test_the_names_stand_in_a_sentence_of_their_own() -> None:
    line = "列入部门预算范围的单位5个：青山镇人民政府本级和下属4个单位。下属单位为{}、{}、{}、{}。".format(*NAMED[1:])
    facts = _facts(f"一、基本情况\n\n（一）机构情况\n\n{line}\n")
    assert [unit.name for unit in facts.units] == ["青山镇人民政府", *NAMED[1:]]


@pytest.mark.parametrize(("whole", "own"), [("5个（本级1个，下属4个）", 1), ("4个（下属4个）", 0)])
def test_a_cell_that_counts_the_department_itself(whole: str, own: int) -> None:
    rows = ("项目|内容", "部门名称|青山镇人民政府", f"预算单位数|{whole}", f"下属单位|{'、'.join(NAMED[1:])}")
    facts = _facts(f"一、基本情况\n\n（一）部门概况\n\n{table(*rows)}\n")
    assert [unit.role for unit in facts.units] == ["本级"] * own + ["下属"] * 4


@pytest.mark.parametrize(
    "line",
    [
        "年末，青山镇人民政府（本级）与所属的{}、{}、{}、{}均纳入预算管理，即1个行政单位、4个事业单位，共5个预算单位。",
        "青山镇人民政府（本级）以及所属的{}、{}、{}、{}一并列入决算汇编，共5个预算单位。",
        "单位：我镇本级（镇人民政府）1个，所属单位4个（{}／{}／{}／{}），总计5个预算单位。",
        "青山镇人民政府为一级预算单位，所属二级预算单位有四：一为{}，二为{}，三为{}，四为{}。一、二级预算单位总计5个。",
        "独立编制机构数5个，独立核算机构数5个。分别为镇机关（青山镇人民政府）；{}；{}；{}；{}。",
        "独立核算机构数量：5家，依次为：镇机关（青山镇人民政府），{}，{}，{}，{}。",
    ],
)
def test_names_in_further_manners(line: str) -> None:
    facts = _facts(f"一、基本情况\n\n（一）机构情况\n\n{line.format(*NAMED[1:])}\n")
    assert [unit.name for unit in facts.units][1:] == list(NAMED[1:])
    assert [unit.role for unit in facts.units] == ["本级", *["下属"] * 4]
    assert value(facts, "stated_unit_count") == "5"


@pytest.mark.parametrize(
    "sentence", ["纳入预算的单位仅有本级1个单位及下属3个单位。", "只有本级1个行政单位和3个下属事业单位。"]
)
def test_the_department_alone_beside_others_is_not_all(sentence: str) -> None:
    facts = facts_of(f"一、基本情况\n\n{sentence}\n")
    assert [row.value for row in facts.figures if row.name == "stated_unit_count"] == []
    assert [row.value for row in facts.figures if row.name == "subordinate_unit_count"] == [3]


@pytest.mark.parametrize(
    "told",
    [
        "一是区级派驻单位{}和{}；二是镇属事业单位{}；三是教育单位{}、{}。",
        "一是派驻机构，有{}、{}、{}；二是学校，有{}、{}。",
        "①公益一类事业单位{}、{}、{}；②公办教育机构{}、{}。",
        "事业类是{}、{}、{}，教育类是{}、{}。",
        "一是直属事业单位：{}、{}、{}；二是学校：{}、{}。",
    ],
)
def test_a_class_before_a_name_is_no_part_of_it(told: str) -> None:
    names = [*NAMED[1:], "青山镇文化站"]
    facts = _facts(f"一、基本情况\n\n下属预算单位5个：{told.format(*names)}\n")
    assert [unit.name for unit in facts.units] == names


def test_words_of_a_class_in_a_name_are_part_of_it() -> None:
    names = ["青山镇机关事业单位服务中心", "青山镇文化站", "预算单位会计核算中心", "青山镇事业单位政府采购中心"]
    facts = _facts(f"一、基本情况\n\n下属预算单位4个：{'、'.join(names)}。\n")
    assert [unit.name for unit in facts.units] == names
