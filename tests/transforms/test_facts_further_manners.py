"""Reports in further manners: rules that claim nothing, lists under headings and labels, tables that list only some
projects, problems with their measures, sums a line below."""

from __future__ import annotations

from decimal import Decimal

import pytest
from report_cases import TITLE, blocks, facts_of, headcount, named, table, value

pytestmark = pytest.mark.unit

OWN = "云山市东湖区人民政府白鹤街道办事处"
P = ("渡口值守轮班太密", "借用器材没有台账")
M = ("增配两名守护员", "按季盘点并张榜")


def units(body: str) -> tuple[list[str], str | None, str | None]:
    facts = facts_of(body)
    return [one.name for one in facts.units], *(
        value(facts, f"{name}_unit_count") for name in ("stated", "subordinate")
    )


def statements(body: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    facts = facts_of(body)
    return tuple(one.title for one in facts.problems), tuple(one.title for one in facts.measures)


def projects(body: str) -> list[tuple[str, Decimal | None]]:
    return [(one.name, one.spent_yuan and one.spent_yuan / 10000) for one in facts_of(body).projects]


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("金额在80万元以上的信息化项目须经评审会通过，全年评审6个、核减送审金额25.00万元。", None),
        ("200万元以上的项目一律公开招标，2022年共办理5个，涉及资金930.00万元。", None),
        ("对新增90万元以上项目开展事前绩效评估，全年评估8个，核减资金310.00万元。", None),
        ("90万元以上项目组织预算评审8个，涉及资金930.00万元。", None),
        ("全年80万元以上的项目共6个，涉及资金925.00万元。", "6"),
        ("对80万元以上的项目开展绩效评价，共6个、涉及资金925.00万元。", "6"),
    ],
)
def test_what_has_to_be_done_with_large_projects_counts_none(sentence: str, count: str | None) -> None:
    facts = facts_of(f"一、绩效管理\n\n{sentence}\n")
    assert value(facts, "large_project_count") == count
    assert (value(facts, "large_project_yuan") is None) == (count is None)


def test_own_unit_behind_its_word_before_a_list_of_subordinates() -> None:
    below = "（1）白鹤街文化中心；（2）白鹤街养老服务站。"
    body = f"二、单位\n\n部门所属预算单位三个。本级：白鹤街道办事处。下属两个：{below}\n"
    assert units(body) == ([OWN, "白鹤街文化中心", "白鹤街养老服务站"], "3", "2")


def test_a_wrong_count_of_subordinates_stays_wrong() -> None:
    body = "二、单位\n\n预算单位共3个。下属预算单位3个：街道本级、白鹤街文化中心、白鹤街养老服务站。\n"
    assert units(body)[1:] == ("3", "3")


NAMES = "白鹤街道办事处（本级）、白鹤街文化中心、白鹤街养老服务站"


@pytest.mark.parametrize(
    "body",
    [
        f"一、概况\n\n2022年白鹤街道部门预算由下列3个单位组成：{NAMES}。\n",
        "一、概况\n\n" + table("名目|填写", "列入本部门预算的单位数|3个", f"单位清单|{NAMES}"),
        "一、概况\n\n（一）构成\n\n1.决算单位3个：\n\n"
        + NAMES.replace("、", "；\n\n")
        + "。\n\n2.职责：\n\n服务居民。\n",
        "一、概况\n\n纳入部门决算的单位共三个，一个为街道本级，其余两个为事业单位：\n\n①白鹤街文化中心；②白鹤街养老服务站。\n",
        f"【部门】{OWN}\n【决算单位数】3个：{NAMES}\n【队伍】在编30人，编外60人；退休的另有12人\n【结余】无\n",
    ],
)
def test_units_with_their_count(body: str) -> None:
    assert units(body)[0][1:] == ["白鹤街文化中心", "白鹤街养老服务站"]
    assert units(body)[1] == "3"


ROWS = ("项目|资金来源|预算金额|支出金额", "渡船检修|本级|120|118", "堤岸灯具|本级|60|55", "河口绿化|本级|90|88")


def test_a_table_of_monitored_projects_is_one_of_projects() -> None:
    body = "三、支出\n\n以下为列入绩效监控的重点项目，单位为万元。\n\n" + table(*ROWS)
    assert projects(body) == [("渡船检修", 118), ("堤岸灯具", 55), ("河口绿化", 88)]


def test_the_sum_of_things_is_not_the_budget_of_the_department() -> None:
    rows = ("项目|全年预算数|全年执行数", "渡船检修|120|118", "堤岸灯具|60|55", "河口绿化|90|88", "合计|270|261")
    body = "三、收支\n\n截至上半年，执行监控情况（单位：万元）：\n\n" + table(*rows)
    assert value(facts_of(body), "annual_budget_yuan") is None
    whole = ("项目|全年预算数|全年执行数", "基本支出|120|118", "项目支出|60|55", "合计|180|173")
    body = "三、收支\n\n收支情况（单位：万元）：\n\n" + table(*whole)
    assert value(facts_of(body), "annual_budget_yuan") == "1800000"


LISTED = "\n".join(
    f"- {name}：预算{budget}.00万元，支出{spent}.00万元"
    for name, budget, spent in (
        ("渡船检修", 120, 118),
        ("堤岸灯具", 60, 55),
        ("河口绿化", 90, 88),
        ("埠头护栏", 30, 29),
    )
)
SOME = table("项目|预算|支出|看点", "渡船检修|120.00|118.00|全船换漆", "河口绿化|90.00|88.00|补种柳树")


def test_a_table_picks_some_of_the_projects_that_the_text_lists() -> None:
    body = f"三、项目账\n\n{LISTED}\n\n其中两个项目另作说明（单位：万元）：\n\n{SOME}"
    assert sorted(projects(body)) == [("埠头护栏", 29), ("堤岸灯具", 55), ("河口绿化", 88), ("渡船检修", 118)]


def test_a_list_without_the_projects_of_the_table_adds_none() -> None:
    other = SOME.replace("渡船检修", "桥面修补")
    body = f"三、项目账\n\n{LISTED}\n\n项目如下（单位：万元）：\n\n{other}"
    assert sorted(projects(body)) == [("桥面修补", 118), ("河口绿化", 88)]


@pytest.mark.parametrize(("number", "count"), [("3", 5), ("4", 2)])
def test_so_many_more_projects_as_a_sentence_counts(number: str, count: int) -> None:
    more = "；".join(
        f"{name}（{office}）预算{budget}.00万元、支出{spent}.00万元"
        for name, office, budget, spent in (
            ("埠头护栏", "水务办", 30, 29), ("灯会巡演", "文体办", 20, 19), ("旧井回填", "建设科", 12, 11))
    )  # fmt: skip
    body = f"三、项目\n\n主要项目，单位：万元。\n\n{SOME}\n此外还有{number}个小项目一并自评：{more}。\n"
    found = projects(body)
    assert len(found) == count
    assert count == 2 or found[2:] == [("埠头护栏", 29), ("灯会巡演", 19), ("旧井回填", 11)]


MORE = (
    "预算30.00万元，支出29.00万元。加固护栏两段。",
    "预算20.00万元，支出19.00万元，执行率95%。",
    "预算12.00万元，支出11.00万元。",
)


def below(announced: str, *marks: str) -> list[tuple[str, Decimal | None]]:
    """The projects of a table and of the list that a line below it announces."""
    names = ("埠头护栏加固工程", "灯会巡演", "旧井回填")
    lines = [f"{mark}{name}：{told}" for mark, name, told in zip(marks, names, MORE, strict=False)]
    return projects(blocks("三、项目", "主要项目，单位：万元。", SOME, announced, *lines, "以上均已自评。"))


@pytest.mark.parametrize(
    "announced",
    [
        "除上表外，2022年还有3个工程及活动类项目，均为年中新增：",
        "上述2个项目以外，街道另办理3项民生工程，由建设科负责，情况如下：",
        "除表中所列项目外，2022年新增三个专项，情况如下。",
    ],
)
@pytest.mark.parametrize("marks", [("①", "②", "③"), ("1. ", "2. ", "3. "), ("（1）", "（2）", "（3）")])
def test_so_many_more_projects_as_the_line_above_their_list_counts(announced: str, marks: tuple[str, ...]) -> None:
    assert below(announced, *marks)[2:] == [("埠头护栏加固工程", 29), ("灯会巡演", 19), ("旧井回填", 11)]


@pytest.mark.parametrize(
    "announced",
    [
        "除上表外，2022年还有4个工程及活动类项目，均为年中新增：",
        "除上表外，2022年还有2个工程及活动类项目，均为年中新增：",
        "除上表外，2022年还抽查3个往年项目，结果如下：",
        "上述项目的3项经验如下：",
    ],
)
def test_a_list_of_other_length_or_of_other_things_adds_none(announced: str) -> None:
    assert len(below(announced, "①", "②", "③")) == 2


@pytest.mark.parametrize(
    "body",
    [
        f"**问：有哪些问题？**\n\n答：一是{P[0]}。二是{P[1]}。\n\n**问：打算怎么改？**\n\n答：一是{M[0]}。二是{M[1]}。\n",
        f"## 短板和努力方向\n\n短板有二：\n\n- {P[0]}；\n- {P[1]}。\n\n努力方向有二：\n\n- {M[0]}；\n- {M[1]}。\n",
        f"## 不足与对策\n\n1. 不足：{P[0]}。对策：{M[0]}。\n2. 不足：{P[1]}。对策：{M[1]}。\n",
        f"## 不足与改进\n\n不足一：{P[0]}。\n改进：{M[0]}。\n\n不足二：{P[1]}。\n改进：{M[1]}。\n",
        f"五、成效\n\n两岸通航。\n\n也有不尽人意之处，有两点：其一，{P[0]}；其二，{P[1]}。\n\n下一步，我们打算这样做：一是{M[0]}；二是{M[1]}。\n",
        f"■ 钱怎么用\n\n按月拨付到站。\n\n■ 还缺在哪\n\n▼ {P[0]}\n▼ {P[1]}\n\n■ 往后怎么干\n\n★ {M[0]}\n★ {M[1]}\n",
    ],
)
def test_problems_and_measures(body: str) -> None:
    assert statements(body) == (P, M)


def test_an_item_that_begins_with_a_number_behind_a_letter() -> None:
    body = f"七、改进措施\n\na){M[0]}；\n\nb)2023年{M[1]}；\n\nc){P[0]}者调岗。\n"
    assert statements(body)[1] == (M[0], f"2023年{M[1]}", f"{P[0]}者调岗")


@pytest.mark.parametrize(
    "body",
    [
        "四、成效\n\n修好渡船9艘。综合上述情况，部门整体支出绩效自评91.5分，定为优。\n",
        "五、自评\n\n自评总分：91.5　自评等级：优\n",
        "五、自评等级\n\n按评分表测算为91.5分，属优等。\n",
        "五、结论\n\n分四块打分，得分依次为18.5分、19分、27分和27分，总分91.5分，等级优。\n",
    ],
)
def test_scores(body: str) -> None:
    assert value(facts_of(body), "self_score") == "91.5"


@pytest.mark.parametrize(
    ("body", "total"),
    [
        ("- 编内60人（行政25人、事业35人）\n- 编外240人\n- 合计300人", 300),
        ("在编人员：60人\n\n编外人员：1,240人\n\n合计：1,300人", 1300),
        ("年底在职共310人，在编的有60人，其中公务员25人、事业编35人；其余240人为编外聘员。", 310),
        ("- 编内60人（行政25人、事业35人）\n- 编外240人\n- 退休20人\n- 合计320人", None),
        ("在编人员60人；编外人员在岗共240人。", None),
        ("年末全口径人员305名，在编60名，编外240名。", 305),
        ("在编60人，编外240人，财政供养和聘用人员总计305人。", 305),
    ],
)
def test_all_people(body: str, total: int | None) -> None:
    assert headcount(facts_of(f"一、概况\n\n（二）人员\n\n{body}\n")).get("total") == total


def test_the_year_beside_its_label_in_a_table_of_fields() -> None:
    fields = table("栏目|内容", "单位全称|" + OWN, "评价年度|2021年", "填报年份|2023年")
    facts = facts_of(f"一、基本信息\n\n{fields}")
    assert [int(one.value) for one in named(facts, "year:scope")] == [2021]


@pytest.mark.parametrize(
    ("sentence", "amounts"),
    [
        ("其一，老渡船检修。全年支出181.00万元，事故比上年减少2起。", [181]),
        ("其一，老渡船检修。上年支出181.00万元。", []),
        ("其一，老渡船检修按期完成。全年支出181.00万元。", []),
    ],
)
def test_an_amount_behind_a_name_in_a_sentence_of_its_own(sentence: str, amounts: list[int]) -> None:
    rows = ("项目名称|预算数|支出数", "老渡船检修|190.00|118.00", "堤岸灯具|60.00|55.00")
    facts = facts_of(blocks("二、项目支出情况", sentence, "单位：万元", table(*rows)), TITLE)
    assert [one.value_yuan / 10000 for one in facts.text_amounts] == amounts


def test_large_signs_below_numbered_headings_mark_items() -> None:
    body = "四、存在问题\n\n■ 预算绩效管理\n\n年初目标太粗。\n\n■ 资金支付\n\n四季度支付集中。\n"
    assert statements(body)[0] == ("预算绩效管理", "资金支付")


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        (
            "批复收支总预算875.62万元，执行中调增12.08万元、调减42.80万元，调整后844.90万元。",
            ("8756200", "8449000", None),
        ),
        (
            "年初收支预算总盘子805.80万，执行中上级追加86.45万，收回2.25万，变动后890.00万。",
            ("8058000", "8900000", None),
        ),
        ("部门预算890.00万元。全年实支871.12万元，占变动后预算的97.88%。", ("8900000", None, "8711200")),
        ("部门预算890.00万元。项目中全年预算在500万元以上的有1个。", ("8900000", None, None)),
        ("部门预算890.00万元。全年预算500万元（含）以上的项目逐个评审。", ("8900000", None, None)),
    ],
)
def test_budgets_and_what_they_became(sentence: str, figures: tuple[str | None, ...]) -> None:
    facts = facts_of(f"三、收支情况\n\n{sentence}\n")
    assert tuple(value(facts, f"{name}_yuan") for name in ("total_budget", "annual_budget", "executed")) == figures


@pytest.mark.parametrize("heading", ["2021年所列问题的整改", "2020年、2021年度自评查出的不足及整改情况"])
@pytest.mark.parametrize(
    "told", ["{0}已改，{1}仍在改。", "1.{0}：已改。\n2.{1}：仍在改。", "| 问题 | 整改 |\n|---|---|\n| {0} | 已改 |"]
)
def test_problems_of_earlier_years_in_a_section_of_their_own(heading: str, told: str) -> None:
    before = told.format("船票存根没有编号", "岸灯报修记录不全")
    own = f"六、2022年存在的问题\n\n1.{P[0]}。\n2.{P[1]}。\n\n七、2023年的改进措施\n\n1.{M[0]}。\n2.{M[1]}。\n"
    assert statements(f"五、{heading}\n\n{before}\n\n{own}") == (P, M)


def test_a_heading_with_the_wrong_year_over_the_only_problems() -> None:
    assert statements(f"六、2021年存在的问题\n\n1.{P[0]}。\n2.{P[1]}。\n") == (P, ())


def test_measures_of_the_year_to_come_stay() -> None:
    assert statements(f"六、2022年存在的问题及2023年整改措施\n\n1.{P[0]}。\n2.{P[1]}。\n")[0] == P
