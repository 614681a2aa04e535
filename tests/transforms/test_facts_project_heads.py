"""Projects whose name begins an item that tells their amounts only further behind, in a later sentence or line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from fact_cases import facts_of

pytestmark = pytest.mark.unit

NAMES = ("河岸保洁", "社区戒毒帮教", "长者食堂补助", "校园护学岗", "低收入家庭探访")
DONE = ("清理河岸3.2公里", "帮教45人，回访90次", "新设食堂2个", "每天上岗12人", "探访156户")
BUDGETS = ("120.50", "33.00", "410.00", "25.60", "88.00")
SPENT = ("118.20", "33.00", "402.33", "24.10", "80.08")
ALL = [(n, Decimal(b) * 10000, Decimal(s) * 10000) for n, b, s in zip(NAMES, BUDGETS, SPENT, strict=True)]
END = "\n\n四、存在问题\n\n1.进度偏慢。\n\n2.目标不细。\n"
MANAGED = "三、部门整体预算绩效管理情况\n\n（一）部门预算管理。\n\n1.执行进度。6月进度50%，9月进度75%。\n\n"
ANNOUNCED = f"{MANAGED}（二）专项预算管理。\n\n本年专项项目共5个，具体如下：\n\n"


def read(text: str) -> list[tuple[str, Decimal | None, Decimal | None]]:
    return [(row.name, row.budget_yuan, row.spent_yuan) for row in facts_of(text).projects]


def told(line: str, between: str = "\n\n", most: int = 5) -> str:
    rows = list(zip(NAMES, DONE, BUDGETS, SPENT, "一二三四五", "①②③④⑤", "12345", strict=True))[:most]
    return between.join(line.format(n=n, d=d, b=b, s=s, z=z, c=c, i=i) for n, d, b, s, z, c, i in rows)


@pytest.mark.parametrize("above", ["三、主要项目情况\n\n", "三、干了哪些事\n\n", ANNOUNCED])
@pytest.mark.parametrize(
    "line",
    [
        "- {n}：{d}；预算{b}万元、支出{s}万元。",
        "{i}.{n}。{d}。预算{b}万元，支出{s}万元，执行率99.1%。",
        "（{i}）{n}：{d}。安排资金{b}万元，实际使用{s}万元。",
        "（{i}）{n}：{d}，全年预算{b}万元，决算{s}万元。",
        "{c}{n}，{d}，投入资金{b}万元，实际支出{s}万元。",
        "{i}.{n}。{d}。该项目年初预算{b}万元，全年支出{s}万元。",
        "{i}.{n}。主要内容：{d}。资金情况：年初预算{b}万元，决算{s}万元。",
        "{i}、{n}\n责任部门：某某办\n资金情况：全年预算{b}万元；全年支出{s}万元。\n主要产出：{d}。",
        "{i}.{n}\n负责科室：某某办\n预算安排{b}万元，执行{s}万元。\n产出：{d}。",
        "{i}.{n}\n（1）项目内容：{d}。\n（2）资金情况：预算{b}万元，支出{s}万元。\n（3）完成情况：良好。",
        "（{z}）{n}\n1.项目概况：{d}。\n2.资金使用：年初预算{b}万元，实际支出{s}万元。\n3.效益：群众满意。",
        "{i}.{n}预算安排{b}万元，执行{s}万元。{d}。",
        "{i}.{n}：年初预算{b}万元，{d}，实际支出{s}万元。",
        "{i}.{n}\n预算：{b}万元\n支出：{s}万元\n完成情况：{d}",
        "项目{z}：{n}。{d}。预算{b}万元，支出{s}万元。",
        "{i}.{n}。2022年预算{b}万元，实际支出{s}万元。{d}。",
        "{i}.{n}。该项目涉及6个社区，财政安排{b}万元。到年底，已完成支出{s}万元。{d}。",
        "{i}.{n}。资金来源为政府性基金预算，年初未安排，年中由区财政追加{b}万元，年内支付{s}万元。",
        "{i}.{n}。年初没有预算，执行中两次追加共{b}万元（分别为10.00万元、8.00万元和若干零星追加），支出{s}万元。",
        "{i}.{n}。安排{b}万元（日常管护5.50万元、设备更新7.00万元、其他若干），截至12月31日支出{s}万元。",
    ],
)
def test_the_name_at_the_head_of_an_item(above: str, line: str) -> None:
    assert read(above + told(line) + END) == ALL


@pytest.mark.parametrize(
    "line",
    [
        "（{z}）{n}。{d}。预算{b}万元，支出{s}万元。",
        "{i}.{n}：{d}；安排{b}万元，花掉{s}万元。",
        "项目{z}：{n}。{d}。预算{b}万元，支出{s}万元。",
        "• {n}，{d}，预算{b}万元，支出{s}万元。",
    ],
)
def test_items_in_one_paragraph(line: str) -> None:
    assert read("三、主要项目情况\n\n" + told(line, "") + END) == ALL


def test_what_stands_between_the_name_and_the_amounts_is_the_completion() -> None:
    rows = facts_of("三、干了哪些事\n\n" + told("- {n}：{d}；预算{b}万元、支出{s}万元。") + END).projects
    assert [row.completion for row in rows] == list(DONE)


def test_what_was_done_in_figures_behind_the_amounts_is_the_completion() -> None:
    line = "{i}.{n}项目。该项目保障民生。年初预算{b}万元，支出{s}万元，执行率99%。{d}。"
    rows = facts_of("三、主要项目情况\n\n" + told(line) + END).projects
    assert [row.completion for row in rows] == [f"{done}。" for done in DONE]
    rows = facts_of("三、主要项目情况\n\n" + told(line.replace("{d}。", "群众满意。")) + END).projects
    assert {row.completion for row in rows} == {"该项目保障民生"}


@pytest.mark.parametrize(
    "announcement",
    [
        "本年专项项目共2个，具体如下：",
        "以下逐项列示各项目情况：",
        "今年的重点项目逐一说明如下。",
        "（二）专项（项目）预算管理。年内有项目2个，预算共153.50万元。各项目情况如下：",
        "（二）专项预算管理。",
    ],
)
def test_two_are_enough_where_they_are_announced(announcement: str) -> None:
    line = "{i}.{n}。{d}。预算数{b}万元，执行数{s}万元。"
    after = "\n\n（三）结果应用。\n\n1.河道管护。压减预算5.00万元，上年支出4.00万元。\n"
    assert read(f"{MANAGED}{announcement}\n\n{told(line, most=2)}{after}{END}") == ALL[:2]
    assert read(f"三、干了哪些事\n\n（一）说明。\n\n{told(line, most=2)}{END}") == []


@pytest.mark.parametrize(
    "text",
    [
        MANAGED + told("{i}.{n}。{d}。预算{b}万元，支出{s}万元。"),
        "四、存在问题\n\n部分项目进展慢，具体项目如下：\n\n" + told("{i}.{n}。{d}。预算{b}万元，支出{s}万元。"),
    ],
)
def test_elsewhere_amounts_are_those_of_no_project(text: str) -> None:
    assert read(text + "\n") == []


@pytest.mark.parametrize(
    "names",
    [
        ("基本支出", "项目支出", "人员经费"),
        ("公务接待费", "公务用车运行维护费", "因公出国（境）费"),
        ("镇综合保障中心", "镇便民服务中心", "镇水利管理所"),
        ("基本支出", "三公经费", "政府采购"),
        ("资金安排", "资金使用情况", "预算执行情况"),
        ("经济效益", "社会效益", "生态效益"),
        ("人员类项目", "运转类项目", "特定目标类项目"),
        ("一般公共预算", "政府性基金预算", "国有资本经营预算"),
        ("一季度", "二季度", "三季度"),
        ("绩效监控", "重点评价", "绩效自评"),
        ("上级专款", "自有财力", "中央专款"),
    ],
)
def test_kinds_of_spending_units_and_times_are_no_names(names: tuple[str, ...]) -> None:
    lines = [f"{at}.{name}。各项管理到位。预算{at}0万元，支出{at}万元。" for at, name in enumerate(names, 3)]
    for above in ("三、干了哪些事\n\n", "二、预算执行情况\n\n", ANNOUNCED):
        assert read(above + "\n\n".join(lines) + END) == []


def test_the_whole_is_no_project() -> None:
    parts = "{i}.{n}。{d}。预算{b}万元，支出{s}万元。"
    whole = "2022年，部门全年预算9000.00万元，全年支出8800.00万元。"
    whole += "本类项目5个，全年预算677.10万元，支出657.71万元。\n\n"
    assert read(f"三、干了哪些事\n\n{whole}{told(parts)}{END}") == ALL


@pytest.mark.parametrize("word", ["项目", "专项"])
def test_the_word_before_the_year_of_a_budget_belongs_to_the_name(word: str) -> None:
    for above in ("三、重点项目完成情况。", "三、干了哪些事\n\n"):
        text = told(f"{{n}}{word}全年预算{{b}}万元，实际支出{{s}}万元，{{d}}。", "")
        assert [name for name, *_ in read(above + text + END)] == [name + word for name in NAMES]


def test_what_is_counted_within_an_item_is_not_its_name() -> None:
    lines = told("{i}.{n}。全年办了三件事：一是巡查；二是{d}；三是调解。预算{b}万元，支出{s}万元。")
    assert read("三、干了哪些事\n\n" + lines + END) == ALL


def test_a_class_is_no_head() -> None:
    lines = told("{i}.环境类：{n}，预算{b}万元，支出{s}万元。")
    assert read("三、干了哪些事\n\n" + lines + END) == ALL


AS_PROJECTS = [(f"{name}项目", *amounts) for name, *amounts in ALL]


@pytest.mark.parametrize(
    "line",
    [
        "{i}.{n}项目。该项目{d}。财政部门核定预算{b}万元，我镇据实结算支付{s}万元，执行率99%。",
        "{i}.{n}项目。这个项目{d}。区里给本项目的预算金额为{b}万元，到年底实际支出{s}万元。",
        "{i}.{n}项目。该项目{d}。经党委会同意，全年共安排{b}万元，验收后支出{s}万元。",
        "{i}.{n}项目。{d}。原定预算{b}万元，竣工结算后支出{s}万元。",
        "{i}.{n}项目。{d}。因此，{b}万元的预算只支出了{s}万元。",
        "{i}.{n}项目{b}万元的年初预算实际支出{s}万元。",
    ],
)
def test_the_name_that_is_a_sentence_of_its_own(line: str) -> None:
    assert read("三、主要项目情况\n\n" + told(line) + END) == AS_PROJECTS


def test_what_one_project_consists_of_keeps_its_own_amounts() -> None:
    line = "{i}.{z}号示范项目。该项目{d}，{n}工程核定预算{b}万元，支出{s}万元。"
    assert read("三、主要项目情况\n\n" + told(line) + END) == [(f"{name}工程", *amounts) for name, *amounts in ALL]
    assert read("三、主要项目情况\n\n" + told("{i}.{z}号项目。{n}核定预算{b}万元，支出{s}万元。") + END) == ALL
    parts = "{i}.{n}项目。该项目有两期，头期预算{b}万元，支出{s}万元；尾期预算1万元，支出1万元。"
    names = {name for name, *_ in read("三、主要项目情况\n\n" + told(parts) + END)}
    assert names.isdisjoint(name for name, *_ in AS_PROJECTS)


def test_money_added_to_a_budget_is_not_the_budget_and_that_of_the_year_is_not_initial() -> None:
    line = "{i}.{n}。年初预算{b}万元，年中追加3.00万元，支出{s}万元。"
    assert [row[1] for row in read("三、主要项目情况\n\n" + told(line) + END)] == [row[1] for row in ALL]
    late = "{i}.{n}。年初未安排，年中追加{b}万元，支出{s}万元。"
    rows = facts_of("三、主要项目情况\n\n" + told(late) + END).projects
    assert {row.amount_role for row in rows} == {"unspecified"}


@pytest.mark.parametrize("words", ["2022年预算", "该项目涉及6个社区，预算", "本工程全长3公里，安排"])
def test_words_about_the_year_or_the_project_are_no_name(words: str) -> None:
    assert read(f"三、主要项目情况\n\n{words}120.50万元，实际支出118.20万元。" + END) == []


def test_kinds_of_budgets_and_what_the_whole_spent_by_the_end_of_the_year_are_no_project() -> None:
    money = "全街收支总预算为2.00亿元。其中，一般公共预算1.80亿元，政府性基金预算0.20亿元。到年底，实际执行1.98亿元。"
    items = "三、主要项目情况\n\n" + told("{i}.{n}。{d}。预算{b}万元，支出{s}万元。")
    assert read(f"二、账本\n\n{money}\n\n{items}{END}") == ALL
    line = "{i}.{n}。预算{b}万元。到年底，全街支出300.00万元。"
    assert {row[2] for row in read("三、主要项目情况\n\n" + told(line) + END)} <= {None}
