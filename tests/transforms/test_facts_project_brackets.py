"""Projects with bare amounts in brackets whose order a sentence tells figure by figure, in lists under headings."""

from __future__ import annotations

from decimal import Decimal

import pytest
from fact_cases import facts_of

pytestmark = pytest.mark.unit

NAMES = ("渡口看守", "竹排巡护", "晒场翻修", "灯会布展")
BUDGETS = ("1,240.00", "33.00", "410.00", "25.60")
SPENT = ("1,182.00", "33.00", "402.33", "24.10")
ALL = [
    (n, Decimal(b.replace(",", "")) * 10000, Decimal(s.replace(",", "")) * 10000)
    for n, b, s in zip(NAMES, BUDGETS, SPENT, strict=True)
]
ORDER = "全年办了4件事，括号内第一个数为预算，第二个数为支出（均为万元），短横之后写结果。"
LINES = [f"- {n}（{b}；{s}）——办成{at}处；" for at, (n, b, s) in enumerate(zip(NAMES, BUDGETS, SPENT, strict=True), 1)]
END = "\n\n六、存在问题\n\n1.进度偏慢。\n"


def read(text: str) -> list[tuple[str, Decimal | None, Decimal | None]]:
    return [(row.name, row.budget_yuan, row.spent_yuan) for row in facts_of(text).projects]


@pytest.mark.parametrize(
    "order",
    [
        ORDER,
        "括号中前一个数是全年预算数，后一个数是实际支出数，单位为万元。",
        "各事项名称后的括号里，前者为预算、后者为支出，单位：万元",
        "括注的数字第1个是预算，第2个是决算，金额单位：万元。",
    ],
)
def test_an_order_told_figure_by_figure(order: str) -> None:
    assert read(f"五、事项\n\n{order}\n\n" + "\n".join(LINES) + END) == ALL


def test_lists_under_headings_of_their_own_below_the_order() -> None:
    groups = f"**水上的事**\n\n{LINES[0]}\n{LINES[1]}\n\n**岸上的事**\n\n{LINES[2]}\n{LINES[3]}"
    assert read(f"## 五、事项\n\n{ORDER}\n\n{groups}{END}") == ALL


def test_what_an_item_goes_on_to_say_is_its_completion() -> None:
    rows = facts_of(f"五、事项\n\n{ORDER}\n\n" + "\n".join(LINES) + END).projects
    assert [row.completion for row in rows] == [f"办成{at}处" for at in range(1, 5)]


@pytest.mark.parametrize(
    "order",
    [
        ORDER.replace("第二个数为支出", "第二个数为人次"),
        ORDER.replace("第一个数", "第二个数"),
        ORDER.replace("（均为万元）", ""),
        ORDER.replace("括号内", "表中"),
    ],
)
def test_an_order_that_leaves_open_what_is_meant(order: str) -> None:
    assert not any(budget for _, budget, _ in read(f"五、事项\n\n{order}\n\n" + "\n".join(LINES) + END))


def test_figures_in_brackets_of_another_section_below_the_order() -> None:
    below = "### （一）工作成效\n\n- 巡查河岸（1,240；1,182）\n- 走访农户（410；402）\n"
    assert read(f"## 五、事项\n\n{ORDER}\n\n{below}{END}") == []
