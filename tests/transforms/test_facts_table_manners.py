"""Tables of projects under headers and headings of other words: what figures prove, what a place leaves open."""

from __future__ import annotations

from decimal import Decimal

import pytest
from fact_cases import facts_of

pytestmark = pytest.mark.unit

NAMES = ("河岸保洁", "社区戒毒帮教", "长者食堂补助", "校园护学岗", "桥梁检测")
COLUMNS = {
    "n": NAMES,
    "#": ("1", "2", "3", "4", "5"),
    "w": ("安", "净", "老", "学", "路"),
    "b": ("120.50", "33.00", "410.00", "25.60", "88.00"),
    "s": ("118.20", "33.00", "402.33", "24.10", "80.08"),
    "i": ("110.00", "40.00", "400.00", "20.00", "90.00"),
    "c": ("+10.50", "-7.00", "+10.00", "+5.60", "-2.00"),
    "r": ("98.09%", "100.00%", "98.13%", "94.14%", "91.00%"),
    "R": ("98", "100", "98", "94", "91"),
    "l": ("2.30", "0.00", "7.67", "1.50", "7.92"),
    "p": ("100.50", "3.00", "400.00", "20.60", "80.00"),
    "q": ("20.00", "30.00", "10.00", "5.00", "8.00"),
}
SUMS = {"b": "677.10", "s": "657.71", "i": "660.00", "c": "+17.10", "r": "97.14%", "R": "97", "l": "19.39"}
ALL = [(n, Decimal(b) * 10000, Decimal(s) * 10000) for n, b, s in zip(NAMES, COLUMNS["b"], COLUMNS["s"], strict=True)]


def read(text: str) -> list[tuple[str, Decimal | None, Decimal | None]]:
    return [(row.name, row.budget_yuan, row.spent_yuan) for row in facts_of(text).projects]


def report(header: str, order: str, heading: str = "三、账本", above: str = "单位：万元", total: str = "") -> str:
    """A section with one table; ``order`` names its columns, ``total`` the row of sums."""
    rows = list(zip(*(COLUMNS[column] for column in order), strict=True))
    if total:
        rows.append(tuple(total if column == "n" else SUMS.get(column, "") for column in order))
    lines = ["| " + " | ".join(row) + " |" for row in (header.split("|"), *rows)]
    lines.insert(1, "|" + "---|" * len(order))
    return f"{heading}\n\n{above}\n\n" + "\n".join(lines) + "\n\n四、存在问题\n\n（一）进度偏慢。\n"


@pytest.mark.parametrize("total", ["", "五项合计", "总额", "本镇合计"])
@pytest.mark.parametrize(
    ("header", "order"),
    [
        ("项目|年初|调整后|花掉", "nibs"),
        ("类型|项目|年初|压减或增加|调整后|执行", "wnicbs"),
        ("类型|项目|年初|调整|调整后|执行", "wnicbs"),
        ("项目|全年数|用款", "nbs"),
        ("项目|预算（含年中追加）|实际支付|剩余", "nbsl"),
        ("项目|钱的来源区里|钱的来源镇里|钱的来源小计|全年支出", "npqbs"),
        ("项目|经费来源区级|经费来源镇级|经费来源小计|全年支出", "npqbs"),
        ("#|事情|定额|兑付|百分比", "#nbsR"),
        ("名目|盘子|用掉|使用率", "nbsr"),
        ("用途|额度|已付|未付", "nbsl"),
        ("|预算|支出", "nbs"),
        ("项目名称|预计|用去", "nbs"),
    ],
)
def test_headers_of_other_words(header: str, order: str, total: str) -> None:
    assert read(report(header, order, total=total)) == ALL


def test_two_columns_of_money_of_which_one_is_nowhere_the_smaller() -> None:
    assert read(report("事项|给的钱|用的钱", "nbs", heading="三、项目支出")) == ALL
    assert read(report("事项|用的钱|给的钱", "nsb", heading="三、项目支出")) == ALL
    assert read(report("事项|给的钱|用的钱", "nbi", heading="三、项目支出")) == []
    for head in ("事项|罚款|到账款", "事项|应收款|实收款", "事项|借款|还款"):
        assert read(report(head, "nbs", heading="三、项目支出")) == []
    assert read(report("事项|给的分|用的分", "nbs", heading="三、项目支出")) == []


def test_an_unknown_table_counts_people_unless_money_is_said() -> None:
    assert read(report("名目|总数|在岗|离岗", "nbsl")) == ALL
    assert read(report("名目|总数|在岗|离岗", "nbsl", above="单位：人")) == []


def test_a_title_of_its_own_goes_before_the_heading_above() -> None:
    above = "表2 项目支出明细表（单位：万元）"
    assert read(report("项目|预算|支出", "nbs", heading="三、收支情况", above=above)) == ALL
    assert read(report("项目|预算|支出", "nbs", heading="三、“三公”经费", above=above)) == ALL
    assert read(report("项目|预算|支出", "nbs", heading="三、“三公”经费")) == []


def test_projects_among_the_kinds_of_spending_in_a_section_about_both() -> None:
    lines = "\n".join(f"| {n} | {b} | {s} |" for n, b, s in zip(*(COLUMNS[c] for c in "nbs"), strict=True))
    kinds = "| 基本支出 | 900 | 890 |\n| 项目支出 | 677.10 | 657.71 |\n"
    table = f"| 科目/项目 | 预算 | 决算 |\n|---|---|---|\n{kinds}{lines}\n| 支出总计 | 1577.10 | 1547.71 |\n"
    assert read(f"二、收支情况\n\n明细（万元）\n\n{table}\n\n四、存在问题\n\n（一）慢。\n") == ALL


@pytest.mark.parametrize(
    ("announced", "order"),
    [
        ("抽取五个项目，指标与用款（万元）为：", "bs"),
        ("五个项目的安排、实支分别如下（单位：万元）：", "bs"),
        ("五个项目的实支和安排（万元）：", "sb"),
        ("五个项目的钱（万元）：", "bsl"),
        ("五个项目（前为预算，后为支出，万元）：", "bs"),
        ("项目（第一列是决算，第二列是预算，万元）：", "sb"),
        ("五个项目，前一个数为年初预算、后一个数为支出（万元）：", "bs"),
    ],
)
def test_a_table_without_a_header_under_words_that_announce_its_columns(announced: str, order: str) -> None:
    lines = "\n".join("\t".join(row) for row in zip(NAMES, *(COLUMNS[c] for c in order), strict=True))
    assert read(f"三、账本\n\n{announced}\n{lines}\n\n四、存在问题\n\n（一）慢。\n") == ALL


@pytest.mark.parametrize(
    "announced",
    [
        "各村的指标与用款（万元）为：",
        "五个项目的户数、人数为：",
        "各村（前为预算，后为支出，万元）：",
        "五个项目（前为户数，后为人数）：",
    ],
)
def test_a_table_without_a_header_of_other_things(announced: str) -> None:
    lines = "\n".join("\t".join(row) for row in zip(NAMES, COLUMNS["b"], COLUMNS["s"], strict=True))
    assert read(f"三、账本\n\n{announced}\n{lines}\n\n四、存在问题\n\n（一）慢。\n") == []


@pytest.mark.parametrize("share", ["占年度预算（%）", "占全年预算", "预算支出（%）", "占批复预算数比例"])
@pytest.mark.parametrize(
    "times",
    [
        ("4月30日", "8月31日", "12月31日"),
        ("截至4月底", "截至8月底", "截至12月底"),
        ("一季度末", "前三季度", "全年累计"),
        ("1—3月", "1-9月份", "1至12月"),
        ("1季度", "1-3季度", "年末"),
        ("2022年4月30日", "2022年8月31日", "2022年12月31日"),
    ],
)
def test_what_was_spent_by_when_is_no_project(times: tuple[str, ...], share: str) -> None:
    rows = "\n".join(f"| {time} | 0.{at}1 | {at}0.5 |" for at, time in enumerate(times, 2))
    table = f"| 截止时点 | 累计支出（亿元） | {share} |\n|---|---|---|\n{rows}\n"
    assert read(f"二、用款进度\n\n{table}\n\n四、存在问题\n\n（一）慢。\n") == []


def test_a_share_of_the_budget_is_no_budget() -> None:
    rows = [row for row in zip(NAMES, COLUMNS["b"], COLUMNS["s"], COLUMNS["R"], strict=True)]
    lines = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    table = f"| 事项 | 金额 | 支出 | 占项目预算（%） |\n|---|---|---|---|\n{lines}\n"
    assert read(f"三、项目支出\n\n单位：万元\n\n{table}\n\n四、存在问题\n\n（一）慢。\n") == ALL


@pytest.mark.parametrize(
    ("cell", "budget"),
    [("#REF!", None), ("#DIV/0!", None), ("118.2O5", None), ("未调整", 1100000), ("—", 1100000), ("", 1100000)],
)
def test_a_spoilt_figure_is_not_made_good_by_another_column(cell: str, budget: int | None) -> None:
    first = f"| 河岸保洁 | 110.00 | {cell} | 108.00 |"
    header = "| 项目名称 | 年初预算 | 调整预算 | 决算数 |\n|---|---|---|---|"
    table = f"{header}\n{first}\n| 护学岗 | 20.00 | 21.00 | 20.50 |\n"
    (row, _) = read(f"三、项目支出\n\n单位：万元\n\n{table}\n\n四、存在问题\n\n（一）慢。\n")
    assert row[1] == (None if budget is None else Decimal(budget))


@pytest.mark.parametrize(
    ("name", "goal", "done"),
    [("垃圾收运及分类", "", ""), ("垃圾收运及分类", "收好", "收好三车"), ("关爱老人类", "办好", "办成")],
)
def test_a_project_below_a_category_whose_name_ends_as_one(name: str, goal: str, done: str) -> None:
    rows = [
        "一、城乡类 | 30.00 | 29.00 | |",
        f"{name} | 20.00 | 19.50 | {goal} | {done}",
        f"河岸保洁 | 10.00 | 9.50 | {goal} | {done}",
        "二、民生类 | 9.00 | 8.00 | |",
        f"护学岗 | 4.00 | 3.50 | {goal} | {done}",
        f"长者食堂 | 5.00 | 4.50 | {goal} | {done}",
        "总计 | 39.00 | 37.00 | |",
    ]
    header = ("项目名称 | 预算数 | 支出数 | 绩效目标 | 完成情况", "---|---|---|---|---")
    table = "\n".join(f"| {row} |" for row in (*header, *rows))
    text = f"三、项目支出\n\n单位：万元\n\n{table}\n\n四、存在问题\n\n（一）慢。\n"
    assert [row for row, *_ in read(text)] == [name, "河岸保洁", "护学岗", "长者食堂"]


@pytest.mark.parametrize(
    ("heading", "header"),
    [
        ("三、采购情况", "采购项目|预算金额|合同金额"),
        ("三、其他", "采购内容|预算金额|成交金额"),
        ("三、采购执行", "名称|预算金额|中标金额"),
        ("三、追加情况", "追加事项|文号|追加金额"),
    ],
)
def test_what_was_bought_or_added_is_no_listing_of_projects(heading: str, header: str) -> None:
    order = "nbs" if "文号" not in header else "nws"
    assert facts_of(report(header, order, heading=heading, above="见下表。")).tables == []


@pytest.mark.parametrize(
    ("header", "order"),
    [
        ("项目|年初预算|追加|合计|支出", "nicbs"),
        ("项目|合计|年初预算数|调增调减|执行数", "nbics"),
        ("项目|年初预算|增减|小计|决算数", "nicbs"),
    ],
)
def test_the_sum_of_the_first_budget_and_what_was_added_is_the_budget(header: str, order: str) -> None:
    assert read(report(header, order)) == ALL
    assert {row.amount_role for row in facts_of(report(header, order)).projects} == {"adjusted"}


def test_a_sum_of_other_columns_is_not_the_budget() -> None:
    first = [Decimal(b) * 10000 for b in COLUMNS["i"]]
    assert [budget for _, budget, _ in read(report("项目|年初预算|追加|合计|支出", "nicls"))] == first


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("报告中的金额，除另有注明外，计量单位一律为万元，以下不再标注。", ""),
        ("（文中金额以人民币“万”为单位，即万元）", ""),
        ("按项目列示。", "表注：①金额单位为万元；②余款待结算。"),
        ("按项目列示。", "注：1.单位：万元；2.比例按支出除以预算计算，余款按合同约定在次年支付。"),
    ],
)
def test_units_said_for_the_whole_document_or_in_a_note_below(above: str, below: str) -> None:
    body = report("项目|全年预算|全年支出", "nbs", above=above)
    assert read(body.replace("\n\n四、", f"\n\n{below}\n\n四、")) == ALL


@pytest.mark.parametrize("below", ["注：人均成本单位为元/人。", "注：1.下表金额单位为元。", "注：单价金额单位：元。"])
def test_a_note_on_other_amounts_is_no_unit_of_the_table(below: str) -> None:
    body = report("项目|全年预算|全年支出", "nbs", above="按项目列示。")
    assert {row[1] for row in read(body.replace("\n\n四、", f"\n\n{below}\n\n四、"))} == {None}


def test_budgets_after_their_changes_and_what_was_not_spent() -> None:
    assert read(report("项目|变动后预算（万）|实支（万）|未支（万）|支出比例", "nbslr", above="说明：")) == ALL


@pytest.mark.parametrize("cells", [("单位：万元", "", "", ""), ("", "", "", "（金额单位：万元）"), ("单位：万元",) * 4])
def test_the_unit_in_a_row_of_its_own_below_the_header(cells: tuple[str, ...]) -> None:
    ruler = "|---|---|---|---|\n"
    body = report("序号|项目|预算安排|决算支出", "#nbs", above="逐项列示如下。")
    assert read(body.replace(ruler, f"{ruler}| {' | '.join(cells)} |\n")) == ALL


@pytest.mark.parametrize("row", ["| 单位：路桥所 | | | |", "| 单位：万元 | | 12.00 | 11.00 |"])
def test_a_row_that_says_more_than_the_unit_declares_none(row: str) -> None:
    ruler = "|---|---|---|---|\n"
    body = report("序号|项目|预算安排|决算支出", "#nbs", above="逐项列示如下。")
    assert all(budget is None for _, budget, _ in read(body.replace(ruler, f"{ruler}{row}\n")))


def test_numbered_groups_and_their_sums_with_how_many_they_are_of() -> None:
    body = report("编号|项目|预算安排|决算支出", "#nbs", total="总计（5项）")
    first, second, third, *rest = body.partition("| 1 |")[2].splitlines()
    groups = ("| 第一组 | 民生组 | | |", f"| 1 |{first}", second, third, "| | 民生组小计（3项） | 563.50 | 553.53 |")
    body = body.partition("| 1 |")[0] + "\n".join((*groups, "| 第二组 | 安全组 | | |", *rest)) + "\n"
    assert read(body) == ALL
