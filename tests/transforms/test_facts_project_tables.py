"""Tables of projects in manners of their own: told by their rows, sums, balances and rates where no known word says
what they are; and tables of other things that look like them."""

from __future__ import annotations

import pytest
from fact_cases import facts_of, yuan
from report_cases import facts_of as extracted
from report_cases import table

pytestmark = pytest.mark.unit

NAMES = ("河岸保洁", "社区戒毒帮教", "长者食堂补助", "校园护学岗", "桥梁检测")
BUDGETS = ("120.50", "33.00", "410.00", "25.60", "88.00")
SPENT = ("118.20", "33.00", "402.33", "24.10", "80.08")
RATES = ("98.09%", "100.00%", "98.13%", "94.14%", "91.00%")
LEFT = ("2.30", "0.00", "7.67", "1.50", "7.92")
SUMS = ("677.10", "657.71")
ALL = [(name, yuan(b) * 10000, yuan(s) * 10000) for name, b, s in zip(NAMES, BUDGETS, SPENT, strict=True)]  # type: ignore[operator]


def report(
    header: str,
    *columns: tuple[str, ...],
    total: str | None = None,
    heading: str = "三、项目资金",
    above: str = "单位：万元",
) -> str:
    """A section that holds one table; ``header`` and ``total`` with | between cells."""
    lines = [header.split("|"), *map(list, zip(*columns, strict=True)), *([total.split("|")] if total else [])]
    table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    rule = "|" + "---|" * len(lines[0])
    first, rest = table.split("\n", 1)
    return f"{heading}\n\n{above}\n\n{first}\n{rule}\n{rest}\n\n四、存在问题\n\n（一）进度偏慢。\n"


def read(text: str) -> list[tuple[str, object, object]]:
    return [(row.name, row.budget_yuan, row.spent_yuan) for row in facts_of(text).projects]


@pytest.mark.parametrize(
    "heading",
    ["三、资金使用", "三、项目资金", "三、预算执行", "三、专项经费安排和使用", "三、钱花在哪里", "三、支出结构与重点"],
)
def test_a_plain_table_of_projects_whatever_its_section_is_called(heading: str) -> None:
    text = report(
        "项目|预算安排|实际支出|结余", NAMES, BUDGETS, SPENT, LEFT, total="总计|677.10|657.71|19.39", heading=heading
    )
    assert read(text) == ALL


@pytest.mark.parametrize("header", ["内容", "用途", "资金投向", "支出方向", "民生实事", "花钱的事", ""])
@pytest.mark.parametrize(
    ("heading", "above"),
    [("三、项目资金", "单位：万元"), ("三、钱花在哪里", "本年五个项目的资金如下：\n\n单位：万元")],
)
def test_names_under_a_header_that_does_not_call_them_so(header: str, heading: str, above: str) -> None:
    text = report(
        f"{header}|预算数|支出数", NAMES, BUDGETS, SPENT, total="合计|677.10|657.71", heading=heading, above=above
    )
    assert read(text) == ALL


@pytest.mark.parametrize(
    "heads",
    [
        *("安排|使用", "批复|执行", "年初数|执行数", "指标数|支付数", "核定|实支", "下达|支出", "计划|实际"),
        *(
            "年初预算|全年支出",
            "预算合计|支出合计",
            "拨入|支出",
            "控制数|实际数",
            "额度|支付",
            "指标金额|支出金额",
            "投入|支出",
            "给了多少|花了多少",
        ),
    ],
)
def test_amounts_under_other_words_that_add_up(heads: str) -> None:
    assert read(report(f"项目名称|{heads}", NAMES, BUDGETS, SPENT, total="合计|677.10|657.71")) == ALL


@pytest.mark.parametrize(("last", "cells"), [("剩下", LEFT), ("比率", RATES)])
def test_a_balance_or_a_rate_tells_the_budget_from_the_spending(last: str, cells: tuple[str, ...]) -> None:
    assert read(report(f"项目|盘子|实付款|{last}", NAMES, BUDGETS, SPENT, cells)) == ALL
    assert read(report(f"项目|兑付|盘子|{last}", NAMES, SPENT, BUDGETS, cells)) == ALL


def test_figures_that_prove_nothing_are_no_amounts() -> None:
    assert read(report("项目名称|甲数|乙数", NAMES, BUDGETS, SPENT)) == []
    assert read(report("项目名称|满分|得分", NAMES, BUDGETS, SPENT, total="合计|677.10|657.71")) == []
    households = ("310", "28", "96", "51", "402")
    found = read(report("项目名称|预算数|受益户", NAMES, BUDGETS, households))
    assert found == [(name, budget, None) for name, budget, _ in ALL]


def test_counts_without_a_unit_of_money_are_no_projects() -> None:
    text = report(
        "内容|计划|实际", NAMES, BUDGETS, SPENT, total="合计|677.10|657.71", heading="三、任务完成情况", above="如下。"
    )
    assert read(text) == []


@pytest.mark.parametrize(
    ("header", "rows", "heading"),
    [
        ("项目", ("一般公共服务", "城乡社区", "农林水", "社会保障和就业", "住房保障"), "三、支出情况"),
        ("项目", ("工资福利支出", "商品和服务支出", "资本性支出", "对个人和家庭的补助", "其他支出"), "三、支出情况"),
        ("项目", ("区级财政拨款", "上级专项", "街道统筹", "其他收入", "上年结转"), "三、资金安排"),
        ("内容", ("人员经费", "公用经费", "专项经费", "基本支出", "项目支出"), "三、项目资金"),
        ("项目", ("出国", "接待", "车辆", "会议", "培训"), "三、厉行节约"),
        ("名称", ("镇本级", "综合服务中心", "便民服务中心", "水利管理所", "文化服务中心"), "三、各单位情况"),
        ("内容", ("第一季度", "二季度", "三季度", "四季度", "上半年"), "三、项目支出进度"),
        ("内容", ("年初预算", "追加预算", "调整后预算", "实际支出", "结转结余"), "三、项目支出情况"),
        ("合同名称", NAMES, "三、有关情况"),
        ("债券名称", NAMES, "三、有关情况"),
        ("补助对象", NAMES, "三、项目资金"),
        ("", ("城管办", "公服办", "综治办", "党政办", "经发办"), "三、项目支出情况"),
        ("项目", ("财政拨款", "租金收入", "利息收入", "捐赠收入", "上年结转"), "三、有关情况"),
        ("项目", ("2019年", "2020年", "2021年", "2022年", "2023年"), "三、预算总量"),
        ("单位", NAMES, "三、项目资金"),
        ("责任科室", NAMES, "三、项目资金"),
        ("季度", NAMES, "三、项目资金"),
    ],
)
def test_tables_of_other_things_with_budget_and_spending(header: str, rows: tuple[str, ...], heading: str) -> None:
    text = report(f"{header}|预算数|支出数", rows, BUDGETS, SPENT, total="合计|677.10|657.71", heading=heading)
    assert read(text) == []


@pytest.mark.parametrize("label", ["总数", "合計", "Σ", "合计5个项目", "五项一共", "全部"])
def test_the_row_of_sums_by_its_label_or_its_figures(label: str) -> None:
    assert read(report("项目|预算数|支出数", NAMES, BUDGETS, SPENT, total=f"{label}|677.10|657.71")) == ALL
    text = report("序号|项目|预算数|支出数", tuple("12345"), NAMES, BUDGETS, SPENT, total=f"{label}||677.10|657.71")
    assert read(text) == ALL


def test_a_last_row_that_is_no_sum_is_a_project() -> None:
    assert len(read(report("项目|预算数|支出数", NAMES, BUDGETS, SPENT, total="全部|677.10|650.00"))) == 6


def test_categories_by_nothing_but_their_sums() -> None:
    names = ("民生保障", *NAMES[:3], "城市建设", *NAMES[3:])
    budgets, spent = ("563.50", *BUDGETS[:3], "113.60", *BUDGETS[3:]), ("553.53", *SPENT[:3], "104.18", *SPENT[3:])
    for total in ("合计|677.10|657.71", None):
        text = report("项目|预算数|支出数", names, budgets, spent, total=total)
        assert read(text) == ALL
        assert [row.label for row in facts_of(text).totals][:2] == ["民生保障", "城市建设"]


def test_a_project_as_large_as_the_two_below_it_is_no_category() -> None:
    names, amounts = ("河岸保洁", "校园护学岗", "桥梁检测"), ("10", "5", "5")
    assert len(read(report("项目|预算数|支出数", names, amounts, amounts))) == 3
    assert len(read(report("项目|预算数|支出数", names, amounts, amounts, total="合计|20|20"))) == 3


@pytest.mark.parametrize(
    "above",
    [
        *(
            "主要项目资金安排及执行（万元）：",
            "项目资金如下，单位均为万元：",
            "单位: 人民币（万元）",
            "资金以万元为单位列示如下：",
        ),
        "各项目的预算和支出如下（单位万元）。",
        "各项目的预算与支出（万元）如下：",
    ],
)
def test_the_unit_in_the_line_that_announces_the_table(above: str) -> None:
    assert read(report("项目名称|预算数|支出数", NAMES, BUDGETS, SPENT, above=above)) == ALL


def test_the_unit_in_a_heading_in_the_header_of_names_and_before_all_headings() -> None:
    rows = report("项目名称|预算数|支出数", NAMES, BUDGETS, SPENT, above="各项目如下。")
    assert read(rows.replace("项目资金", "项目资金（万元）")) == ALL
    assert read(rows.replace("项目资金", "项目资金（单位：万元）\n\n（一）明细")) == ALL
    assert read(rows.replace("项目名称", "项目名称（万元）")) == ALL
    assert read(f"说明：金额单位均为万元。\n\n{rows}") == ALL
    assert [budget for _, budget, _ in read(rows)] == [None] * 5


def test_a_unit_said_of_another_section_is_none_of_the_table() -> None:
    rows = report("项目名称|预算数|支出数", NAMES, BUDGETS, SPENT, above="各项目如下。")
    assert [budget for _, budget, _ in read(f"一、概况（万元）\n\n概况如下。\n\n{rows}")] == [None] * 5


def test_a_heading_below_a_table_parted_by_blanks_is_no_row() -> None:
    rows = [f"  {name}      {budget}      {spent}" for name, budget, spent in zip(NAMES, BUDGETS, SPENT, strict=True)]
    table = "\n".join(["  项目          预算        支出", *rows, "  合计        677.10      657.71"])
    text = f"五  项目资金\n\n单位：万元\n\n{table}\n\n六  实施效果\n\n一是河岸变美。\n"
    assert read(text) == ALL
    assert len(read(text.replace("六  实施效果", "六个村保洁      5.00      5.00"))) == 6


def test_a_table_whose_columns_are_one_blank_apart() -> None:
    rows = [f"{name} {budget} {spent}" for name, budget, spent in zip(NAMES, BUDGETS, SPENT, strict=True)]
    table = "\n".join(["项目 预算 支出", *rows, "合计 677.10 657.71"])
    assert read(f"三、项目（单位：万元）\n\n{table}\n\n四、存在问题\n\n（一）进度偏慢。\n") == ALL
    assert read(f"三、项目（单位：万元）\n\n{table.replace('桥梁检测', '桥梁 检测')}\n")[4][0] == "桥梁 检测".replace(
        " ", ""
    )
    assert read("三、项目（单位：万元）\n\n项目 预算 支出\n\n各项目预算 支出 情况良好。\n") == []


@pytest.mark.parametrize("header", ["区级|镇级|预算合计|支出", "财政拨款|自筹|合计|支出"])
def test_of_sources_of_funds_and_their_sum_the_sum_is_the_budget(header: str) -> None:
    own = ("5.00",) * 5
    others = ("115.50", "28.00", "405.00", "20.60", "83.00")
    assert read(report(f"项目|{header}", NAMES, others, own, BUDGETS, SPENT)) == ALL


@pytest.mark.parametrize(
    "told",
    [
        "- {}：预算{}万元，支出{}万元。",
        "- **{}**（预算{}万元，支出{}万元），已完成。",
        "- {}\n  - 预算：{}万元\n  - 支出：{}万元",
        "* {}，安排{}万元，实际支出{}万元",
    ],
)
@pytest.mark.parametrize("heading", ["三、项目资金", "三、主要项目支出情况", "三、项目（资金）"])
def test_projects_in_a_list(told: str, heading: str) -> None:
    lines = [told.format(*row) for row in zip(NAMES, BUDGETS, SPENT, strict=True)]
    assert read(f"{heading}\n\n" + "\n".join(lines) + "\n\n四、存在问题\n\n（一）进度偏慢。\n") == ALL


@pytest.mark.parametrize(
    "line",
    [
        "- 部门整体：预算{}万元，支出{}万元。",
        "- 人员经费支出：预算{}万元，支出{}万元。",
        "- “三公”经费：预算{}万元，支出{}万元。",
    ],
)
def test_other_amounts_in_a_list_are_no_projects(line: str) -> None:
    assert read("三、项目资金\n\n" + line.format("5", "4") + "\n\n四、存在问题\n\n（一）进度偏慢。\n") == []


def test_projects_in_a_list_of_another_section_are_left_alone() -> None:
    assert read("三、采购与资产\n\n- 办公设备更新：预算5万元，支出4万元。\n") == []


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("表1 年初项目预算安排表", "initial"),
        ("表1 调整后项目预算表", "adjusted"),
        ("表1 年初及调整后项目预算表", "unspecified"),
        ("表1 项目预算安排表", "unspecified"),
    ],
)
def test_the_title_says_which_budget_it_is(title: str, role: str) -> None:
    text = report("项目名称|预算数|支出数", NAMES, BUDGETS, SPENT, above=f"{title}\n\n单位：万元")
    assert {row.amount_role for row in facts_of(text).projects} == {role}
    own = report("项目名称|调整后预算数|支出数", NAMES, BUDGETS, SPENT, above=f"{title}\n\n单位：万元")
    assert {row.amount_role for row in facts_of(own).projects} == {"adjusted"}


@pytest.mark.parametrize("label", ["5个项目合计", "合计（5项）"])
def test_the_label_of_a_sum_in_the_column_of_numbers(label: str) -> None:
    text = report("序号|项目|预算数|支出数", tuple("12345"), NAMES, BUDGETS, SPENT, total=f"{label}||677.10|657.71")
    assert [row.label for row in facts_of(text).totals] == [label]


def test_what_was_spent_in_parts_of_the_year_is_not_what_was_spent() -> None:
    half, rest = ("59.10", "16.50", "201.16", "12.05", "40.04"), ("59.10", "16.50", "201.17", "12.05", "40.04")
    assert read(report("项目|预算|上半年支出|下半年支出|全年支出", NAMES, BUDGETS, half, rest, SPENT)) == ALL
    assert read(report("项目|预算|前一段|后一段|合计", NAMES, BUDGETS, half, rest, SPENT)) == ALL


def test_a_title_with_its_unit_in_square_brackets() -> None:
    assert read(report("事项|安排|使用", NAMES, BUDGETS, SPENT, above="表3：项目资金安排使用表【万元】")) == ALL


def test_numbered_lines_of_a_name_an_amount_and_what_was_spent() -> None:
    rows = enumerate(zip(NAMES, BUDGETS, SPENT, strict=True), 1)
    told = "\n".join(f"{at}、{name}：{budget}万元，实际支出{spent}万元。" for at, (name, budget, spent) in rows)
    assert read(f"三、项目资金\n\n{told}\n\n四、存在问题\n\n（一）进度偏慢。\n") == ALL


@pytest.mark.parametrize("lead", ["主要项目有：", "各项目预算和支出如下：", "重点项目包括："])
def test_projects_one_behind_the_other_in_a_sentence(lead: str) -> None:
    rows = zip(NAMES, BUDGETS, SPENT, strict=True)
    told = "；".join(f"{name}预算{budget}万元、支出{spent}万元" for name, budget, spent in rows)
    assert read(f"三、项目资金\n\n{lead}{told}。\n\n四、存在问题\n\n（一）进度偏慢。\n") == ALL


def test_a_name_that_ends_with_the_word_project_introduces_none() -> None:
    (row,) = read("三、项目资金\n\n1、桥梁检测项目：预算5万元，支出4万元。\n\n四、存在问题\n\n（一）进度偏慢。\n")
    assert row == ("桥梁检测项目", 50000, 40000)


@pytest.mark.parametrize(("heads", "last", "cells"), [("盘子|实付款", "剩下", LEFT), ("给了|花了", "比率", RATES)])
def test_a_wrong_or_missing_figure_leaves_the_columns_what_they_are(
    heads: str, last: str, cells: tuple[str, ...]
) -> None:
    for wrong in ("9.99", ""):
        spent = (*SPENT[:4], wrong)
        text = report(f"项目|{heads}|{last}", NAMES, BUDGETS, spent, cells, total="合计|677.10|657.71|")
        assert read(text)[:4] == ALL[:4]
        assert facts_of(text).projects[4].spent_text == wrong
    text = report("项目|预算数|实付款", NAMES, BUDGETS, (*SPENT[:4], ""), total="合计|677.10|657.71")
    assert facts_of(text).projects[4].spent_text == ""


def test_names_that_repeat_a_word_are_told_at_once() -> None:
    for word in ("公用", "调整", "统筹", "项目", "在编", "离退休", "资产"):
        names = tuple(f"{word * 12}甲{at}" for at in range(5))
        assert len(read(report("项目|预算数|支出数", names, BUDGETS, SPENT))) == 5


TASKS = ("水环境", "水环境", "民生", "民生", "城市更新")


@pytest.mark.parametrize(
    "headers",
    [
        "重点任务|对应项目",
        "工作任务|支出项目",
        "主要工作|安排的项目",
        "事项|具体支出",
        "任务名称|所含项目",
        "重点工作|资金投向",
    ],
)
@pytest.mark.parametrize("tasks", [TASKS, ("水环境", "", "民生", "", "城市更新")])
def test_where_a_task_holds_several_projects_their_own_names_are_taken(headers: str, tasks: tuple[str, ...]) -> None:
    text = report(f"{headers}|预算数|支出数", tasks, NAMES, BUDGETS, SPENT, total="合计||677.10|657.71")
    assert read(text) == ALL


def test_rows_of_one_project_are_not_named_after_whom_they_paid() -> None:
    paid = ("甲公司", "乙公司", "丙公司", "丁公司", "戊公司")
    text = report("项目名称|付款给|预算数|支出数", TASKS, paid, BUDGETS, SPENT, total="合计||677.10|657.71")
    assert [name for name, _, _ in read(text)] == list(TASKS)


def test_projects_with_names_of_their_own_keep_them_beside_their_tasks() -> None:
    text = report("项目名称|重点任务|预算数|支出数", NAMES, TASKS, BUDGETS, SPENT, total="合计||677.10|657.71")
    assert read(text) == ALL


@pytest.mark.parametrize(
    "header", ["全年预算（万元）|全年执行（万元）", "当年预算数|当年完成数", "年度批复预算|本年使用"]
)
@pytest.mark.parametrize(
    "above", ["“三公”经费12.10万元，没有因公出国（境）支出。", "政府采购按规定公开。", "其中基本支出300.00万元。"]
)
def test_a_sentence_about_other_things_above_does_not_hide_a_table(header: str, above: str) -> None:
    table = report(f"序号|项目|{header}|执行率", tuple("12345"), NAMES, BUDGETS, SPENT, RATES,
                   heading="三、预算执行情况", above=f"单位：万元\n\n{above}")  # fmt: skip
    assert read(table) == ALL


@pytest.mark.parametrize("above", ["“三公”经费支出情况：", "政府采购情况见下表。", "“三公”经费"])
def test_words_that_announce_a_table_of_other_things_still_hide_it(above: str) -> None:
    table = report("项目|预算|支出", NAMES, BUDGETS, SPENT, heading="三、预算执行情况", above=f"单位：万元\n\n{above}")
    assert read(table) == []


@pytest.mark.parametrize("past", ["2021年支出数", "2021年度实际支出", "2021年支出"])
def test_what_the_year_before_spent_is_not_what_was_spent(past: str) -> None:
    before = ("98.00", "41.00", "377.10", "20.00", "91.50")
    text = report(f"项目名称|{past}|预算数|支出数", NAMES, before, BUDGETS, SPENT)
    assert [(row.name, row.budget_yuan, row.spent_yuan) for row in extracted(text).projects] == ALL


def test_amounts_that_name_no_year_are_those_beside_the_own_year() -> None:
    before = ("98.00", "41.00", "377.10", "20.00", "91.50")
    text = report("项目名称|2021年预算|2022年预算|2022年支出", NAMES, before, BUDGETS, SPENT)
    assert [(row.name, row.budget_yuan, row.spent_yuan) for row in extracted(text).projects] == ALL


@pytest.mark.parametrize("heading", ["调整数", "预算调整", "调整数（万元）"])
def test_what_the_budget_was_adjusted_to_is_the_budget(heading: str) -> None:
    first = ("118.00", "36.00", "400.00", "25.00", "90.00")
    assert read(report(f"项目名称|年初数|{heading}|支出数", NAMES, first, BUDGETS, SPENT)) == ALL


def test_by_how_much_the_budget_was_adjusted_is_none() -> None:
    by = ("-2.00", "3.00", "10.00", "0.60", "-2.00")
    assert read(report("项目名称|预算数|调整数|支出数", NAMES, BUDGETS, by, SPENT)) == ALL


@pytest.mark.parametrize("heading", ["完成率（%）", "完成率"])
def test_rates_without_their_sign_are_no_completion(heading: str) -> None:
    rates = tuple(rate.rstrip("%") for rate in RATES)
    text = report(f"项目名称|预算数|支出数|{heading}", NAMES, BUDGETS, SPENT, rates)
    assert read(text) == ALL
    assert {row.completion for row in facts_of(text).projects} == {None}


@pytest.mark.parametrize(
    ("header", "heading", "above"),
    [
        ("项目名称|2023年拟安排预算", "四、其他", "单位：万元"),
        ("项目名称|预算金额", "（二）2023年拟安排的重点项目", "单位：万元"),
        ("项目名称|预算金额", "四、其他", "2023年计划安排的项目如下（单位：万元）："),
        ("项目名称|预算金额", "四、下年度重点项目安排", "单位：万元"),
    ],
)
def test_money_planned_for_a_later_year_is_none_of_this_one(header: str, heading: str, above: str) -> None:
    own = report("项目名称|预算数|支出数", NAMES, BUDGETS, SPENT, heading="三、2022年项目支出情况")
    later = report(header, NAMES, SPENT, heading=heading, above=above)
    facts = extracted(own.partition("四、存在问题")[0] + later)
    assert [(row.name, row.budget_yuan, row.spent_yuan) for row in facts.projects] == ALL


@pytest.mark.parametrize(
    ("heading", "above"),
    [
        ("三、2022年计划安排的项目", "单位：万元"),
        ("三、重点项目安排", "单位：万元"),
        ("三、重点项目安排", "项目余款结转下年使用，预算如下（单位：万元）："),
        ("三、重点项目安排", "尾款结转至次年支付，预算如下（单位：万元）："),
    ],
)
def test_money_planned_for_this_year_stays(heading: str, above: str) -> None:
    facts = extracted(report("项目名称|预算金额", NAMES, BUDGETS, heading=heading, above=above))
    assert [(row.name, row.budget_yuan) for row in facts.projects] == [(name, budget) for name, budget, _ in ALL]


@pytest.mark.parametrize("said", ["全文金额未注明单位的，一律为万元。", "文中金额凡未写明单位的均为万元。"])
def test_a_unit_said_for_all_that_prints_none(said: str) -> None:
    text = report("项目|预算数|支出数", NAMES, BUDGETS, SPENT, above="各项目如下：")
    assert read(f"一、说明\n\n{said}\n\n二、概况\n\n从略。\n\n{text}") == ALL


@pytest.mark.parametrize("mark", ["[注1]", "（注2）", "[3]", "*", "【注】"])
def test_what_points_to_a_note_is_no_part_of_a_name(mark: str) -> None:
    assert read(report("项目名称|预算数|支出数", tuple(name + mark for name in NAMES), BUDGETS, SPENT)) == ALL


@pytest.mark.parametrize("behind", ["（一期）", "（注册登记）", "[甲]", "（2022）"])
def test_other_words_in_brackets_stay_in_a_name(behind: str) -> None:
    table = report("项目名称|预算数|支出数", tuple(name + behind for name in NAMES), BUDGETS, SPENT)
    assert [name for name, *_ in read(table)] == [name + behind for name in NAMES]


@pytest.mark.parametrize(
    ("lead", "header", "names"),
    [
        ("各方向主要项目见下表。", "支出方向|主要项目|预期产出", ["道路保洁服务", "信访维稳经费"]),
        ("经费重点安排以下项目：", "类别|主要项目|绩效目标", ["道路保洁服务", "信访维稳经费"]),
        ("各方向主要工作见下表。", "支出方向|主要内容|预期产出", []),
        ("各方向主要项目见下表。", "支出方向|主要项目|责任单位", []),
        ("三公经费主要项目见下表。", "支出方向|主要项目|预期产出", []),
    ],
)
def test_planned_projects_without_amounts_under_words_for_planned_spending(
    lead: str, header: str, names: list[str]
) -> None:
    rows = ("城乡环境|道路保洁服务|保洁率100%", "公共安全|信访维稳经费|受理率100%")
    body = f"一、年度目标\n\n（一）总体目标\n\n做好工作。\n\n（二）支出安排\n\n{lead}\n\n{table(header, *rows)}\n"
    facts = extracted(body)
    assert [(row.name, row.listing) for row in facts.projects] == [(name, "plan") for name in names]
