"""Projects listed in running text, in manners of their own: what repeats tells them, not one particular word."""

from __future__ import annotations

from decimal import Decimal

import pytest
from fact_cases import facts_of

pytestmark = pytest.mark.unit

NAMES = ("河岸保洁", "社区戒毒帮教", "长者食堂补助", "校园护学岗", "低收入家庭探访")
BUDGETS = ("120.50", "33.00", "410.00", "25.60", "88.00")
SPENT = ("118.20", "33.00", "402.33", "24.10", "80.08")
ALL = [(n, Decimal(b) * 10000, Decimal(s) * 10000) for n, b, s in zip(NAMES, BUDGETS, SPENT, strict=True)]
END = "\n\n存在问题：进度偏慢。\n"


def read(text: str) -> list[tuple[str, Decimal | None, Decimal | None]]:
    return [(row.name, row.budget_yuan, row.spent_yuan) for row in facts_of(text).projects]


def told(line: str, between: str = "\n") -> str:
    return between.join(line.format(*row) for row in zip(NAMES, BUDGETS, SPENT, strict=True))


@pytest.mark.parametrize(
    "line",
    [
        "- {}：安排{}万元，花掉{}万元；",
        "- {}　下达{}万元／支用{}万元",
        "- {}……核定{}万元……报账{}万元",
        "* {}（编列{}万元，实付{}万元）",
        "- {}：给了{}万元，支出{}万元",
        "- {}：年初预算1万元，调整后预算{}万元，决算{}万元",
        "- {}：安排约{}万，花掉{}万",
        "- {}：安排人民币 {} 万元 → 支出 {} 万元",
        "- {}：{}万元，已用{}万元",
        "- {}（{}万元，其中已付{}万元）",
        "- {}：预算{}万元中支出{}万元",
        "- {}。年初给了{}万元，全年用掉{}万元，街坊满意。",
        "- {}——预算{}万元。支出{}万元。",
    ],
)
def test_lists_in_whatever_words(line: str) -> None:
    assert read("今年的几件事：\n\n" + told(line) + END) == ALL


def test_a_sentence_of_several() -> None:
    text = "环境上，" + told("{}一项拨付{}万元，用去{}万元，街坊都说好；", "") + "账目相符。"
    assert read("二、花钱的事\n\n" + text + END) == ALL


@pytest.mark.parametrize("number", ["（{}）", "{}、", "### "])
def test_below_names_of_their_own(number: str) -> None:
    parts = [
        f"{number.format('一二三四五'[at])}{name}\n\n核定{b}万元，列支{s}万元。按期做完。"
        for at, (name, b, s) in enumerate(zip(NAMES, BUDGETS, SPENT, strict=True))
    ]
    text = "甲、逐项的账\n\n" + "\n\n".join(parts) + END
    assert read(text) == ALL
    assert {row.completion for row in facts_of(text).projects} == {"按期做完。"}


@pytest.mark.parametrize("words", ["悉数用完", "分三次付清", "已全部支付完毕"])
def test_all_of_it_was_spent_as_words_say(words: str) -> None:
    text = told("{}安排{}万元，实际支出{}万元；", "") + f"敬老月活动安排6.00万元，{words}。"
    assert read("二、花钱的事\n\n" + text + END)[-1] == ("敬老月活动", Decimal(60000), Decimal(60000))


def test_the_rate_behind_them() -> None:
    facts = facts_of("几件事：\n\n" + told("- {}：安排{}万元，花掉{}万元，进度98.1%") + END)
    assert {row.stated_rate for row in facts.projects} == {Decimal("0.981")}


def test_sums_and_what_is_left_are_no_projects() -> None:
    sums = "\n- 五项合计：安排677.10万元，花掉657.71万元\n- 其余零星支出：安排9万元，花掉8万元\n"
    assert read("几件事：\n\n" + told("- {}：安排{}万元，花掉{}万元") + sums + END) == ALL


def test_two_where_their_sum_is_stated_three_where_it_is_not() -> None:
    two = "- 河岸保洁：安排5万元，花掉4万元\n- 护学岗：安排3万元，花掉3万元\n"
    assert read("几件事：\n\n" + two + END) == []
    assert len(read("几件事：\n\n" + two + "- 两项合计：安排8万元，花掉7万元\n" + END)) == 2


@pytest.mark.parametrize(
    "line",
    [
        "- {}：年初预算{}万元，调整后预算{}万元",  # no spending
        "- {}：原价{}万元，成交{}万元",  # words that say neither
        "- {}：支出{}万元，上年支出{}万元",
        "- {}：办结{}万，结存{}万",
        "- {}：服务{}万人，安排{}万元",
        "- {}：合同{}万元，结算{}万元",
    ],
)
def test_other_pairs_of_amounts_are_no_projects(line: str) -> None:
    assert read("几件事：\n\n" + told(line) + END) == []


@pytest.mark.parametrize(
    "names",
    [
        ("基本支出", "项目支出", "人员经费"),
        ("公务接待费", "公务用车运行维护费", "因公出国（境）费"),
        ("镇综合保障中心", "镇便民服务中心", "镇水利管理所"),
        ("一季度", "二季度", "三季度"),
    ],
)
def test_accounts_units_and_times_are_no_projects(names: tuple[str, ...]) -> None:
    lines = "\n".join(f"- {name}：安排{at}0万元，花掉{at}万元" for at, name in enumerate(names, 3))
    assert read("几件事：\n\n" + lines + END) == []


def test_the_whole_told_in_the_same_words_is_no_project() -> None:
    text = "全年盘子900万元，支出880万元。\n\n" + told("- {}：安排{}万元，花掉{}万元")
    again = "\n\n四、自评\n\n重申一遍，全年安排900万元，花掉880万元。\n"
    assert read(text + again) == ALL


def test_words_that_say_both_are_taken_at_them_others_only_where_the_first_is_the_larger() -> None:
    lines = told("- {}：安排{}万元，花掉{}万元") + "\n- 扶残助学：安排5万元，花掉6万元\n"
    assert read("几件事：\n\n" + lines + END) == [*ALL, ("扶残助学", Decimal(50000), Decimal(60000))]
    assert len(read("几件事：\n\n" + told("- {}：安排{}万元，掏出{}万元") + END)) == 5
    turned = [f"- {n}：安排{s}万元，掏出{b}万元" for n, b, s in zip(NAMES, BUDGETS, SPENT, strict=True)]
    assert read("几件事：\n\n" + "\n".join(turned) + END) == []
    reversed_ = [f"- {n}：花掉{s}万元，安排{b}万元" for n, b, s in zip(NAMES, BUDGETS, SPENT, strict=True)]
    assert read("几件事：\n\n" + "\n".join(reversed_) + END) == ALL


def test_problems_are_no_listing() -> None:
    assert read("四、存在问题\n\n" + told("- {}：安排{}万元，花掉{}万元") + "\n") == []


def test_words_for_money_right_behind_a_name_are_its_own() -> None:
    lines = "，".join(f"{n}资金预算{b}万元，支出{s}万元" for n, b, s in zip(NAMES[:2], BUDGETS, SPENT, strict=False))
    text = f"这几件事：{lines}，敬老月，经费预算6万元，支出5万元。"
    assert [name for name, *_ in read("三、账本\n\n" + text + END)] == [*(f"{n}资金" for n in NAMES[:2]), "敬老月"]


@pytest.mark.parametrize(
    "line",
    [
        "城管办：牵头“{}”，预算{}万元，支出{}万元。成效不错。",
        "民政办：主要负责“{}”，安排{}万元，花掉{}万元。成效不错。",
        "教育办：负责组织实施{}，安排{}万元，花掉{}万元。",
        "平安办负责“{}”项目，预算{}万元，支出{}万元。",
        "党建办具体承担的是“{}”：预算{}万元，支出{}万元。",
        "财政所分管的“{}”预算{}万元，支出{}万元。",
    ],
)
def test_who_is_in_charge_is_no_part_of_a_name(line: str) -> None:
    assert read("三、各办的账\n\n" + told(line, "\n\n") + END) == ALL


@pytest.mark.parametrize(
    ("names", "first", "second"),
    [
        ("负责“{}”和“{}”", "前者", "后者"),
        ("管“{}”、“{}”两个项目", "前一项", "后一项"),
        ("负责{}和{}两个项目", "前者", "后者"),
        ("牵头{}、{}", "前一个项目", "后一个项目"),
    ],
)
@pytest.mark.parametrize("mark", ["。", "，", "："])
def test_the_former_and_the_latter_have_names_told_before(names: str, first: str, second: str, mark: str) -> None:
    (n, b, s), (m, c, t) = list(zip(NAMES, BUDGETS, SPENT, strict=True))[:2]
    pair = f"甲办：{names.format(n, m)}{mark}{first}预算{b}万元，支出{s}万元，好；{second}预算{c}万元，支出{t}万元。"
    rest = [
        f"乙办：负责“{n}”，预算{b}万元，支出{s}万元。" for n, b, s in list(zip(NAMES, BUDGETS, SPENT, strict=True))[2:]
    ]
    assert read("三、各办的账\n\n" + "\n\n".join([pair, *rest]) + END) == ALL


def test_the_former_without_names_before_is_no_project() -> None:
    text = "今年有两笔。前者预算5万元，支出4万元；后者预算6万元，支出5万元。\n\n"
    assert read("三、账本\n\n" + text + told("- {}：安排{}万元，花掉{}万元") + END) == ALL


@pytest.mark.parametrize(
    "heads",
    [
        ("城乡类2项，", "民生类2项，", "其他类1项，"),
        ("城乡方面2个项目", "民生方面2个项目", "其他方面1个项目"),
        ("城乡类", "民生类", "其他类"),
    ],
)
def test_classes_with_their_projects_behind_them_are_none(heads: tuple[str, ...]) -> None:
    rows = list(zip(NAMES, BUDGETS, SPENT, strict=True))
    lines = []
    for head, parts in zip(heads, (rows[:2], rows[2:4], rows[4:]), strict=True):
        budget, spent = (sum(Decimal(row[at]) for row in parts) for at in (1, 2))
        told_parts = "；".join(f"{n}预算{b}万元、支出{s}万元" for n, b, s in parts)
        lines.append(f"{head}预算{budget}万元，支出{spent}万元：{told_parts}。")
    assert read("三、三类花销\n\n" + "\n\n".join(lines) + END) == ALL


@pytest.mark.parametrize(
    "line",
    [
        "预算{}万元，其中市级补助3万元、区级2万元；实际支出{}万元。",
        "安排{}万元（其中：区财政5万元，镇自筹2万元），实际使用{}万元。",
        "预算{}万元，均为街道资金，支出{}万元。",
        "预算{}万元，资金来源为一般公共预算；决算{}万元。",
        "预算{}万元，含上级补助6.5万元，实际支出{}万元。",
    ],
)
def test_where_the_money_comes_from_between_budget_and_spending(line: str) -> None:
    parts = [
        f"（{'一二三四五'[at]}）{name}\n\n{line.format(b, s)}按期做完。"
        for at, (name, b, s) in enumerate(zip(NAMES, BUDGETS, SPENT, strict=True))
    ]
    assert read("三、项目绩效\n\n" + "\n\n".join(parts) + END) == ALL


def test_what_the_sources_spent_is_not_the_spending_of_the_project() -> None:
    text = told("- {}：预算{}万元，其中市级补助支出3万元。", "\n")
    assert read("几件事：\n\n" + text + END) == []


def test_one_is_this_and_another_is_that() -> None:
    first, *rest, last = (f"“{n}”，安排{b}万元，用了{s}万元" for n, b, s in zip(NAMES, BUDGETS, SPENT, strict=True))
    text = f"城管有几项。一项是{first}；" + "；".join(f"另一项是{one}" for one in rest) + f"。平安只有一项，即{last}。"
    assert read("三、账本\n\n" + text + END) == ALL


@pytest.mark.parametrize(
    "line", ["### 3.{at} {}（全年预算{}万元，支出{}万元）", "（{cn}）{}（安排{}万元，用了{}万元）"]
)
def test_headings_that_tell_the_amounts_of_what_they_name(line: str) -> None:
    parts = [
        line.format(*row, at=at, cn="一二三四五"[at - 1]) + "\n\n目标：办好。\n\n完成：按期办完。"
        for at, row in enumerate(zip(NAMES, BUDGETS, SPENT, strict=True), 1)
    ]
    assert read("## 三、逐项的账\n\n" + "\n\n".join(parts) + END) == ALL


@pytest.mark.parametrize(
    "line", ["{}、投入{}万元用于{}，全年支付{}万元，办得好。", "{}、安排{}万元用在{}，实际支出{}万元。"]
)
def test_the_amount_before_what_it_is_for(line: str) -> None:
    rows = enumerate(zip(BUDGETS, NAMES, SPENT, strict=True), 1)
    assert read("三、资金投向\n\n" + "\n\n".join(line.format(at, *row) for at, row in rows) + END) == ALL


def test_what_the_budget_was_after_is_no_project() -> None:
    whole = "总预算700.00万元，较上年减少20.00万元。年中追减未启动事项资金后，调整后全年预算数为1877.10万元。"
    spent = "全年执行数1857.71万元，其中基本支出1200.00万元；项目支出657.71万元。"
    lines = told("{}项目。全年预算安排{}万元，实际支出{}万元，预算执行率98.00%。", "\n\n")
    names = [name for name, _, _ in read(f"{whole}{spent}\n\n{lines}")]
    assert names == [f"{name}项目" for name in NAMES]


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("1.主要项目（括号内依次为全年预算、实际支出）", "* {}（{}万元、{}万元）"),
        ("1.主要项目（括号内分别是支出数和预算数）", "- {0}（{2}万元，{1}万元）"),
        ("1.主要项目\n\n各项目名称后依次列示年初预算、调整后预算、支出数：", "- {}（9.00万元／{}万元／{}万元）"),
        ("1.主要项目（单位：万元）\n\n括号中依次为预算、支出、执行率。", "（1）{}（{}、{}、98.00%）"),
    ],
)
@pytest.mark.parametrize("between", ["\n", "；\n"])
def test_amounts_in_brackets_whose_order_stands_above(above: str, line: str, between: str) -> None:
    assert read(f"三、绩效分析\n\n{above}\n\n{told(line, between)}{END}") == ALL


def test_amounts_in_brackets_in_one_sentence() -> None:
    above = "1.主要项目（括号内依次为全年预算、实际支出）"
    assert read(f"三、绩效分析\n\n{above}\n\n共五项：{told('{}（{}万元、{}万元）', '；')}。{END}") == ALL


def test_amounts_in_brackets_whose_order_nothing_tells() -> None:
    assert read(f"三、绩效分析\n\n1.主要项目\n\n{told('- {}（{}万元、{}万元）')}{END}") == []


def test_a_comma_in_brackets_parts_two_amounts_where_two_are_told() -> None:
    lines = "- 河岸保洁（120，118）\n- 校园护学岗（30.5，28.5）\n- 桥梁检测（1,120.00，1,080.00）\n"
    rows = read(f"三、绩效分析\n\n1.主要项目（单位：万元）\n\n括号中依次为预算、支出。\n\n{lines}{END}")
    assert [(name, budget, spent) for name, budget, spent in rows] == [
        ("河岸保洁", 1_200_000, 1_180_000),
        ("校园护学岗", 305_000, 285_000),
        ("桥梁检测", 11_200_000, 10_800_000),
    ]


@pytest.mark.parametrize("clause", ["后经区人大批准调整", "经镇人大审议", "又经区财政局核定"])
def test_by_whose_leave_a_budget_changed_is_no_project(clause: str) -> None:
    own = f"年初批复部门预算900万元，{clause}，年度调整预算为1,000万元。全年累计支出980万元，预算完成率98%。"
    listed = "2022年重点项目五项，情况如下：\n\n" + told("- {}：预算安排{}万元，实际支出{}万元；")
    assert read(f"一、单位情况\n\n{own}\n\n二、重点项目支出情况\n\n{listed}{END}") == ALL


@pytest.mark.parametrize("name", ["经济结构调整补助", "经营资格核定服务"])
@pytest.mark.parametrize("line", ["- {}：预算安排{}万元，实际支出{}万元；", "{}预算{}万元，支出{}万元；"])
def test_projects_whose_names_begin_like_a_clause_on_leave(name: str, line: str) -> None:
    text = f"二、重点项目支出情况\n\n{told(line)}\n{line.format(name, '6.00', '5.00')}{END}"
    assert read(text) == [*ALL, (name, Decimal(60000), Decimal(50000))]
