"""Amounts of listed projects that the running text states again."""

from decimal import Decimal

import pytest
from report_cases import blocks, facts_of, table

pytestmark = pytest.mark.unit

ROWS = (
    "项目名称|预算数|支出数",
    "老街修缮工程|300.00|290.00",
    "河道保洁|120.00|118.00",
    "农村河道保洁|80.00|79.00",
    "社区养老服务项目|60.00|60.00",
)


def restated(sentence: str, *rows: str) -> list[tuple[str, str, Decimal]]:
    facts = facts_of(
        blocks("二、项目支出情况", "单位：万元", table(*(rows or ROWS)), sentence, "三、存在问题", "进度偏慢。")
    )
    return [
        (facts.projects[one.project_ordinal].name, one.column, one.value_yuan / 10000) for one in facts.text_amounts
    ]


@pytest.mark.parametrize(
    ("sentence", "column", "amount"),
    [
        ("以上项目中，老街修缮工程预算320.00万元，为本年最大。", "budget", 320),
        ("其中老街修缮工程安排预算资金320.00万元。", "budget", 320),
        ("其中，“老街修缮工程”项目年度预算320.00万元。", "budget", 320),
        ("老街修缮工程（预算320.00万元）因征地延后。", "budget", 320),
        ("老街修缮工程实际支出280.00万元，执行偏慢。", "spent", 280),
        ("如老街修缮工程预算300.00万元，支出280.00万元。", "spent", 280),
        ("花钱最多的一项是老街修缮工程，批复320.00万元，列支290.00万元，工期如约。", "budget", 320),
        ("老街修缮工程：安排300.00万元，花掉280.00万元。", "spent", 280),
    ],
)
def test_another_amount_of_a_listed_project(sentence: str, column: str, amount: int) -> None:
    assert restated(sentence) == [("老街修缮工程", column, Decimal(amount))]


def test_the_longest_name_is_meant_and_one_that_ends_like_a_common_word() -> None:
    assert restated("其中，农村河道保洁预算85.00万元。") == [("农村河道保洁", "budget", Decimal(85))]
    assert restated("其中，社区养老服务项目预算65.00万元。") == [("社区养老服务项目", "budget", Decimal(65))]


@pytest.mark.parametrize(
    "sentence",
    [
        "其中，老街修缮工程预算300.00万元，支出290.00万元。",
        "老街修缮工程，批复320.00万元，列支280.00万元。",
        "老街修缮工程，年初安排320.00万元，列支290.00万元。",
        "老街修缮工程，批复320.00万元，列支290.00万元，后调减为300.00万元。",
        "老街修缮工程预算约0.03亿元。",
        "老街修缮工程上年预算320.00万元。",
        "2020年老街修缮工程预算320.00万元。",
        "老街修缮工程预算320.00万元，年中调整为300.00万元。",
        "老街修缮工程年初预算320.00万元。",
        "老街修缮工程追加预算20.00万元。",
        "老街修缮工程预算比上年增加20.00万元。",
        "东区老街修缮工程预算320.00万元。",
        "老街修缮工程预算100.00万元以上的合同共2份。",
        "老街修缮工程监理费支出12.00万元。",
        "老街修缮工程支出120.00万元用于购置石材。",
        "老街修缮工程支出120.00万元，用于购置石材。",
        "截至9月底，老街修缮工程实际支出120.00万元。",
        "老街修缮工程预算120.00万元用于二期。",
    ],
)
def test_other_amounts_are_not_those_of_the_project(sentence: str) -> None:
    assert restated(sentence) == []


def test_a_name_that_a_table_holds_twice_says_nothing() -> None:
    assert restated("其中，老街修缮工程预算320.00万元。", ROWS[0], ROWS[1], "老街修缮工程|100.00|90.00", ROWS[2]) == []


def test_a_plain_budget_is_not_held_against_that_of_the_years_beginning() -> None:
    rows = ("项目名称|年初预算数|支出数", *ROWS[1:])
    assert restated("老街修缮工程预算310.00万元，支出290.00万元，余款待付。", *rows) == []


def test_a_plain_budget_in_an_article_beside_the_same_spending() -> None:
    rows = ("项目名称|全年预算|累计支出", *ROWS[1:])
    assert restated("第八条 老街修缮工程预算310.00万元，支出290.00万元，余款待付。", *rows) == [
        ("老街修缮工程", "budget", Decimal(310))
    ]
    assert restated("第八条 老街修缮工程预算300.00万元，支出290.00万元，余款待付。", *rows) == []


@pytest.mark.parametrize("spent", ["2,800,000.00", "2,901,000.00"])
def test_an_amount_told_more_exactly_than_in_the_table(spent: str) -> None:
    sentence = f"其中，农村河道保洁项目全年执行790,000.00元、老街修缮工程全年执行{spent}元，是最大的两项。"
    assert restated(sentence) == [("老街修缮工程", "spent", Decimal(spent.replace(",", "")) / 10000)]


@pytest.mark.parametrize("spent", ["2,900,049.00", "2,900,099.99", "2,899,960.00"])
def test_an_amount_that_the_table_rounds_or_cuts_off(spent: str) -> None:
    assert restated(f"老街修缮工程实际支出{spent}元。") == []
    assert restated(f"老街修缮工程，批复3,000,000.00元，列支{spent}元。") == []


@pytest.mark.parametrize(
    "told",
    [
        "（3）老街修缮工程。全年支出280.00万元，石材、人工各半。",
        "③老街修缮工程实际支出280.00万元。",
        "3.老街修缮工程：全年支出280.00万元。",
        "3. 老街修缮工程\n\n全年支出280.00万元，石材、人工各半。",
        "3. 老街修缮工程\n\n该项目实际支出280.00万元。",
        "### 老街修缮工程\n\n全年支出280.00万元。",
    ],
)
def test_a_name_behind_a_number_or_in_the_line_above(told: str) -> None:
    assert restated(told) == [("老街修缮工程", "spent", Decimal(280))]


@pytest.mark.parametrize(
    "told",
    [
        "（3）老街修缮工程。全年支出290.00万元，石材、人工各半。",
        "（3）东区老街修缮工程。全年支出280.00万元。",
        "3. 老街修缮工程监理\n\n全年支出12.00万元。",
        "3. 老街修缮工程\n\n全年支出290.00万元。",
        "3. 老街修缮工程\n\n支出120.00万元，用于购置石材。",
        "3. 老街修缮工程\n\n石材已经运到。全年支出120.00万元。",
        "3. 老街修缮工程\n\n截至9月底，全年支出120.00万元。",
    ],
)
def test_what_a_number_or_the_line_above_names_is_no_other_project(told: str) -> None:
    assert restated(told) == []


@pytest.mark.parametrize(
    "told",
    [
        "老街修缮工程、河道保洁全年支出408.00万元。",
        "老街修缮工程、河道保洁。全年支出408.00万元。",
        "3. 老街修缮工程、河道保洁\n\n全年支出408.00万元。",
        "### 老街修缮工程，河道保洁\n\n该项目全年支出408.00万元。",
    ],
)
def test_an_amount_of_several_projects_together_is_none_of_the_last(told: str) -> None:
    assert restated(told) == []
