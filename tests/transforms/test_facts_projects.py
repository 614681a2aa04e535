"""Project tables and prose: which tables, which columns, which rows, what amounts."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from fact_cases import facts_of, project, real_facts, task_table, yuan
from hypothesis import given
from hypothesis import strategies as st

from transforms.documents.model import Cell, Place, Table, TableRow
from transforms.documents.tables.cells import is_total
from transforms.facts.amounts import declared_unit, read_money, read_rate, said_unit
from transforms.facts.projects.text_amounts import own_totals
from transforms.facts.tables.columns import classify, header_unit
from transforms.facts.wording import one_line, readable, strip_serial
from transforms.language.text import normalise

pytestmark = pytest.mark.unit


def table(header: list[str], *rows: list[str]) -> Table:
    def cells(texts: list[str]) -> list[Cell]:
        return [Cell(text, text, Place(1, 1, 1, None, at)) for at, text in enumerate(texts, 1)]

    return Table(1, cells(header), [TableRow(at, cells(row), Place()) for at, row in enumerate(rows, 1)], Place())


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ("预算项目 预算金额 支出数 绩效目标 完成情况", (0, [(1, "unspecified")], 2, 3, 4)),
        (
            "序号 项目名称 年初预算数 调整预算数 全年执行数 执行率",
            (1, [(3, "adjusted"), (2, "initial")], 4, None, None),
        ),
        ("项目名称 预算(万元)年初 预算(万元)调整 支出(万元)", (0, [(2, "adjusted"), (1, "initial")], 3, None, None)),
        ("任务名称 全年预算数 到位资金 决算数 实际完成值 偏差原因分析及改进措施", (0, [(1, "adjusted")], 3, None, 4)),
        ("项目名称 年初预算数 预算数 实际支出", (0, [(2, "unspecified"), (1, "initial")], 3, None, None)),
        ("项目名称 预算调整数 调整后预算数 支出", (0, [(2, "adjusted"), (1, "adjusted")], 3, None, None)),
        (
            "项目名称 预算资金财政拨款 预算资金合计 实际使用资金",
            (0, [(2, "unspecified"), (1, "unspecified")], 3, None, None),
        ),
        ("预算项目 预计实际值", (0, [], None, 1, None)),
        ("项目名称 预期成果", (0, [], None, 1, None)),
        ("项目名称 预期能够取得的工作成效", (0, [], None, 1, None)),
        ("项目名称 2022年拟实现的效果", (0, [], None, 1, None)),
        ("项目名称 取得的工作成效", (0, [], None, None, 1)),
        ("项目名称 预期目标完成情况", (0, [], None, None, 1)),
        ("项目名称 2021年决算数 2022年预算数 2022年决算数", (0, [(2, "unspecified")], 3, None, None)),
        ("项目名称 预算支出 实际支出 绩效目标完成情况", (0, [(1, "unspecified")], 2, None, 3)),
        ("任务名称 主要内容 预算数 责任科室 备注", (0, [(2, "unspecified")], None, 1, None)),
        ("项目名称 上年支出数 本年支出数 未完成原因", (0, [], 2, None, None)),
        ("任务(项目)名称 年初安排 全年执行 目标 完成结果", (0, [(1, "initial")], 2, 3, 4)),
        ("项目名称 责任单位 执行单位 预算安排数 执行", (0, [(3, "unspecified")], 4, None, None)),
    ],
)
def test_columns_by_header(headers: str, expected: tuple[object, ...]) -> None:
    found = classify(table(headers.split(), ["甲"] * len(headers.split())), 2022)
    assert (found.name, found.budgets, found.spent, found.goal, found.completion) == expected


def test_the_cells_settle_what_a_header_leaves_open() -> None:
    header = ["项目名称", "预算数", "执行情况"]
    assert classify(table(header, ["甲", "5", "4.98"])).spent == 2
    assert classify(table(header, ["甲", "5", "99.6%"])).rate == 2
    assert classify(table(header, ["甲", "5", "已经全部完成。"])).completion == 2


def test_columns_without_a_known_meaning_are_reported() -> None:
    facts = facts_of(task_table("项目名称|预算数|支出数|神秘栏", "甲经费|5|5|丙"))
    assert [(row.what, row.text) for row in facts.unrecognised] == [("column", "神秘栏")]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("2021年预算(万元)", "万元"),
        ("预算数/元", "元"),
        ("支出(单位:千元)", "千元"),
        ("预算数", None),
        ("多元化投入", None),
    ],
)
def test_units_in_headers(header: str, unit: str | None) -> None:
    assert header_unit(header) == unit


def test_units_in_captions_and_sentences() -> None:
    assert declared_unit("金额单位:人民币万元") == "万元"
    assert declared_unit("填报单位:元岗街道 单位:元") == "元"
    assert declared_unit("表1 项目支出情况表(亿元)") == "亿元"
    assert declared_unit("单位:万元(人民币)") == "万元"
    assert declared_unit("金额:万元") == "万元"
    assert declared_unit("各项支出(左为预算,右为决算,万元)") == "万元"
    assert declared_unit("慰问金(每户500,元)") is None
    assert declared_unit("下属单位:幼儿园") is None
    assert header_unit("预算金额【万元】") == "万元"
    assert said_unit("以下各表金额均以千元为单位。") == "千元"
    assert said_unit("除特别说明外,本报告金额单位均为万元。") == "万元"
    assert said_unit("共投入12.5万元。") is None


@pytest.mark.parametrize(
    ("text", "unit", "value", "quantum"),
    [
        ("5.59", "万元", "55900.00", "100.00"),
        ("24,957.99", "万元", "249579900.00", "100.00"),
        ("55 900.00", "元", "55900.00", "0.01"),
        ("5.59万元", "元", "55900.00", "100.00"),
        ("1.2亿元", None, "120000000.00", "10000000.0"),
        ("(5.00)", "元", "-5.00", "0.01"),
        ("-5.00", "万元", "-50000.00", "100.00"),
        ("△3", "元", "-3.00", "1"),
        ("十二", "万元", "120000.00", "10000"),
        ("0", "万元", "0.00", "10000"),
    ],
)
def test_amounts(text: str, unit: str | None, value: str, quantum: str) -> None:
    money = read_money(text, unit)
    assert (money.value, money.quantum) == (Decimal(value), Decimal(quantum))


@pytest.mark.parametrize("text", ["", "—", "/", "无", "一", "abc", "100%", "约5万元", "5.59/5.60", "1.2.3"])
def test_what_is_no_amount(text: str) -> None:
    assert read_money(text, "万元").value is None


def test_an_amount_without_any_unit_has_no_value() -> None:
    assert read_money("5.59", None).value is None


@pytest.mark.parametrize("remark", ["尚未支付", "暂未列支", "待拨付", "拟安排"])
def test_an_amount_said_to_be_still_to_come_is_none(remark: str) -> None:
    assert read_money(f"5.59({remark})", "万元").value is None


def test_figures_finer_than_a_fen_are_rounded_half_up_and_noted() -> None:
    money = read_money("0.0000005", "万元")
    assert (money.value, money.is_finer) == (Decimal("0.01"), True)
    facts = facts_of(task_table("项目名称|预算数|支出数", "甲经费|1.2345678|1"))
    assert project(facts, "甲经费").budget_yuan == Decimal("12345.68")
    assert project(facts, "甲经费").budget_text == "1.2345678"
    assert [row.what for row in facts.unrecognised] == ["figure"]


@given(st.decimals(min_value=0, max_value=Decimal("9999999999.99"), places=2), st.sampled_from(["元", "万元", "千元"]))
def test_printing_and_reading_an_amount_gives_it_back(value: Decimal, unit: str) -> None:
    factor = {"元": 1, "千元": 1000, "万元": 10000}[unit]
    assert read_money(f"{value:,}", unit).value == value * factor
    assert read_money(f"({value})", unit).value == -value * factor


def test_rates() -> None:
    assert read_rate("99.5%", "执行率") == Decimal("0.995")
    assert read_rate("99.5", "执行率(%)") == Decimal("0.995")
    assert read_rate("98", "执行率") == Decimal("0.98")
    assert read_rate("0.98", "执行率") == Decimal("0.98")
    assert read_rate("/", "执行率") is None


def test_wording() -> None:
    assert readable("<p>甲 &amp; 乙</p> <p>丙</p>") == "甲 & 乙\n丙"
    assert readable('<ol style="x"> <li>1. 甲</li>\n<li>2. 乙</li></ol>') == "1. 甲\n2. 乙"
    assert readable("面积<5平方米") == "面积<5平方米"
    assert one_line("环卫 保洁<br>经费（LED TV）") == "环卫保洁经费（LED TV）"
    assert strip_serial("（1）养老经费") == ("（1）", "养老经费")
    assert strip_serial("3、助残经费") == ("3、", "助残经费")
    assert strip_serial("（武装）业务工作经费") == ("", "（武装）业务工作经费")
    assert strip_serial("12345热线经费") == ("", "12345热线经费")


def test_a_table_with_every_trouble() -> None:
    facts = facts_of(
        task_table(
            "序号|项目名称|年初预算|调整后预算|支出数|执行率（%）|绩效目标|完成情况|备注",
            "一|一、民生类|||||||",
            "1|养老补贴|10.00|12.05|11.80|97.93|补贴300人|已补贴305人|",
            "2|（武装）业务工作经费|5|—|5|100|保障征兵|/|",
            "二|二、城管类|100|90|88|97.78|||",
            "3|环卫 保洁经费|60|50|48|96|保洁|完成|",
            "4|绿化养护经费|40|40|40|100%|养护|完成|",
            "5|坏账项目|abc|-5.00|(5.00)||||",
            "|小计|||||||",
            "|合计|115|97.05|89.80||||",
        )
    )
    names = [row.name for row in facts.projects]
    assert names == ["养老补贴", "（武装）业务工作经费", "环卫保洁经费", "绿化养护经费", "坏账项目"]
    assert [row.label for row in facts.totals] == ["城管类", "小计", "合计"]
    first, second, *_, bad = facts.projects
    assert (first.amount_role, first.budget_yuan, first.stated_rate) == (
        "adjusted",
        yuan("120500.00"),
        Decimal("0.9793"),
    )
    assert (second.amount_role, second.budget_yuan, second.completion) == ("initial", yuan("50000.00"), None)
    assert (bad.budget_yuan, bad.spent_yuan) == (yuan("-50000.00"), yuan("-50000.00"))
    assert (facts.tables[0].row_count, facts.tables[0].caption_unit, facts.tables[0].listing) == (5, "万元", "task")


def test_empty_and_broken_amounts_keep_their_text() -> None:
    facts = facts_of(task_table("项目名称|预算数|支出数", "甲经费||5", "乙经费|待定|3", "丙经费|2|"))
    texts = [(row.budget_text, row.budget_yuan, row.spent_text, row.spent_yuan) for row in facts.projects]
    assert texts == [
        ("", None, "5", yuan("50000.00")),
        ("待定", None, "3", yuan("30000.00")),
        ("2", yuan("20000.00"), "", None),
    ]


def test_categories_by_their_sums_and_parts_of_a_project() -> None:
    facts = facts_of(
        task_table(
            "项目|预算数|支出数|完成情况",
            "（一）民生|30.00|29.00|",
            "1.养老经费|10.00|10.00|已发放",
            "其中：中央资金|4.00|4.00|",
            "2.助残经费|20.00|19.00|已发放",
            "（二）平安|7|7|已完成巡查",
            "合 计|37.00|36.00|",
        )
    )
    assert [row.name for row in facts.projects] == ["养老经费", "助残经费", "平安"]
    assert [row.label for row in facts.totals] == ["民生", "合计"]


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("其中：养老经费", "20.00", ["民生专项", "平安巡查"]),
        ("养老经费", "20.00", ["养老经费", "助残经费", "平安巡查"]),
        ("养老经费", "21.00", ["民生专项", "养老经费", "助残经费", "平安巡查"]),
    ],
)
def test_lines_numbered_below_another_are_not_counted_beside_it(first: str, second: str, names: list[str]) -> None:
    facts = facts_of(
        task_table(
            "编号|项目名称|预算数|支出数",
            "1|民生专项|30.00|29.00",
            f"1.1|{first}|10.00|10.00",
            f"1.2|助残经费|{second}|19.00",
            "2|平安巡查|7.00|7.00",
            "|合计（1+2）|37.00|36.00",
        )
    )
    assert [row.name for row in facts.projects] == names
    assert facts.totals[-1].label == "合计（1+2）"


@pytest.mark.parametrize(
    ("rest", "names"), [("6.00", ["保洁经费", "绿化经费"]), ("5.00", ["保洁经费", "西区", "绿化经费"])]
)
def test_rows_without_a_number_that_make_up_the_project_above_are_no_projects(rest: str, names: list[str]) -> None:
    facts = facts_of(
        task_table(
            "编号|项目名称|预算数|支出数",
            "1|保洁经费|10.00|9.00",
            "|其中：东区|4.00|4.00",
            f"|西区|{rest}|5.00",
            "2|绿化经费|7.00|7.00",
        )
    )
    assert [row.name for row in facts.projects] == names


def test_a_label_with_the_rows_it_sums_up_is_a_total() -> None:
    for label in ("合计（1+2+3+4+5+6）", "合计(1至6)", "总计（=1+2+3）", "小计(1、2)"):
        assert is_total(normalise(label))
    assert not is_total(normalise("社区（1+2+3）"))


def test_a_name_merged_over_rows_is_carried_down() -> None:
    facts = facts_of(task_table("项目名称|资金来源|预算数|支出数", "甲经费|区级|5|5", "|市级|3|2"))
    assert [(row.name, row.budget_yuan) for row in facts.projects] == [
        ("甲经费", yuan("50000.00")),
        ("甲经费", yuan("30000.00")),
    ]


def test_places_lead_to_the_cell() -> None:
    facts = facts_of(task_table("序号|项目名称|预算数|支出数|绩效目标", "1|甲经费|5.00|4.98|保障运转"))
    sources = {
        row.column: (row.line, row.table_number, row.row_number, row.column_number, row.raw_text)
        for row in facts.sources
    }
    line = facts.projects[0].line
    assert sources == {
        "reported_name": (line, 1, 1, 2, "甲经费"),
        "budget_yuan": (line, 1, 1, 3, "5.00"),
        "spent_yuan": (line, 1, 1, 4, "4.98"),
        "goal": (line, 1, 1, 5, "保障运转"),
    }


def test_units_cell_before_header_before_caption_before_sentence() -> None:
    facts = facts_of(
        "二、综合评价\n\n（一）任务完成情况\n\n以下金额均以元为单位。\n\n"
        "项目名称\t预算数\t支出数\n甲经费\t100\t100\n\n"
        "单位：万元\n\n项目名称\t预算数（千元）\t支出数\n乙经费\t5\t1.5亿元\n"
    )
    first, second = facts.tables
    assert (first.section_unit, first.caption_unit, first.header_units, first.cell_units) == ("元", None, [], [])
    assert (second.caption_unit, second.header_units, second.cell_units) == ("万元", ["千元"], ["亿元"])
    assert project(facts, "甲经费").budget_yuan == yuan("100.00")
    assert project(facts, "乙经费").budget_yuan == yuan("5000.00")
    assert project(facts, "乙经费").spent_yuan == yuan("150000000.00")


def test_a_table_without_a_unit_takes_that_of_the_one_above_with_its_columns() -> None:
    header = "项目名称\t预算数\t支出数\n"
    facts = facts_of(
        "二、综合评价\n\n（一）任务完成情况\n\n单位：万元\n\n"
        + header
        + "甲经费\t100\t100\n\n（二）重点项目\n\n"
        + header
        + "乙经费\t5\t5\n\n（三）其他项目\n\n"
        + header
        + "丙经费\t6\t6\n\n（四）民生项目\n\n项目名称\t预算数（元）\t支出数\n丁经费\t70000\t70000\n"
    )
    assert [(row.caption_unit, row.above_unit, row.above_number) for row in facts.tables] == [
        ("万元", None, None),
        (None, "万元", 1),
        (None, "万元", 1),
        (None, None, None),
    ]
    assert [str(row.spent_yuan) for row in facts.projects] == ["1000000.00", "50000.00", "60000.00", "70000.00"]


def test_the_caption_of_a_table_declares_the_unit_of_another_in_its_section_only_for_want_of_a_better() -> None:
    header = "项目名称\t预算数\t支出数\n"
    facts = facts_of(
        "二、综合评价\n\n（一）任务完成情况\n\n1. 城市管理项目（单位：万元）\n\n"
        + header
        + "甲经费\t100\t100\n\n2. 基层治理项目\n\n"
        + header
        + "乙经费\t5\t5\n\n3. 民生服务项目\n\n项目名称\t年初预算\t决算数\t完成情况\n丙经费\t6\t6\t完成\n"
    )
    assert [(row.caption_unit, row.section_unit, row.above_number) for row in facts.tables] == [
        ("万元", None, None),
        (None, None, 1),
        (None, "万元", None),
    ]


def test_a_unit_said_of_a_section_holds_for_the_parts_of_it():
    card = "项目名称\t预算数\t支出数\n{name}\t{amount}\t1\n\n"
    text = (
        "三、项目实施情况\n\n以下按项目逐一说明（金额单位：万元）。\n\n"
        f"（一）甲项目\n\n{card.format(name='甲经费', amount=2)}（二）乙项目\n\n本项目金额单位为元。\n\n"
        f"{card.format(name='乙经费', amount=3)}（三）丙项目\n\n{card.format(name='丙经费', amount=4)}"
        f"四、其他项目\n\n{card.format(name='丁经费', amount=5)}"
    )
    amounts = {row.name: row.budget_yuan for row in facts_of(text).projects}
    assert amounts == {"甲经费": 20_000, "乙经费": 3, "丙经费": 40_000, "丁经费": None}


def test_a_unit_said_of_one_section_ends_with_it_one_of_the_report_does_not() -> None:
    table_text = "项目名称\t预算数\t支出数\n甲经费\t100\t100\n\n"
    body = (
        "（一）任务完成情况\n\n{said}\n\n项目名称\t预算数\t支出数\n乙经费\t1\t1\n\n（二）重点项目支出情况\n\n"
        + table_text
    )
    of_section = facts_of("二、综合评价\n\n" + body.format(said="本节金额均为万元。"))
    assert [row.section_unit for row in of_section.tables] == ["万元", None]
    assert project(of_section, "甲经费").budget_yuan is None
    assert project(of_section, "甲经费").budget_text == "100"
    of_report = facts_of("二、综合评价\n\n" + body.format(said="除特别说明外，本报告金额单位均为万元。"))
    assert [row.section_unit for row in of_report.tables] == ["万元", "万元"]


def test_listings() -> None:
    facts = facts_of(
        "一、基本情况\n\n（一）年度重点工作任务\n\n项目名称\t预计实际值\n甲经费\t保障运转\n\n"
        "二、综合评价分析\n\n（一）工作任务完成情况\n\n单位：万元\n\n项目名称\t预算数\t支出数\n甲经费\t5\t5\n\n"
        "（二）重点项目支出情况\n\n项目名称\t预算数（万元）\t支出数（万元）\n乙经费\t5\t5\n\n"
        "（三）工作任务完成情况补充\n\n表3 重点项目支出情况表（万元）\n\n项目名称\t预算数\t支出数\n丙经费\t5\t5\n"
    )
    assert [row.listing for row in facts.tables] == ["plan", "task", "key", "key"]
    assert [row.has_amounts for row in facts.tables] == [False, True, True, True]


def test_a_table_of_what_shall_come_of_projects_is_a_plan() -> None:
    facts = facts_of(
        "一、基本情况\n\n（一）年度主要支出计划\n\n项目名称\t预计能达到的成效\n甲经费\t保障运转\n\n"
        "二、综合评价分析\n\n（一）工作任务完成情况\n\n项目名称\t取得的成效\n甲经费\t保障了运转\n"
    )
    assert [row.listing for row in facts.tables] == ["plan", "task"]
    assert [(row.goal, row.completion) for row in facts.projects] == [("保障运转", None), (None, "保障了运转")]


def test_tables_of_accounts_indicators_and_other_things_are_no_project_tables() -> None:
    facts = facts_of(
        "一、基本情况\n\n（一）部门整体收支情况\n\n单位：万元\n\n"
        "项目\t预算数\t决算数\n一、基本支出\t100\t100\n（一）人员经费\t80\t80\n二、项目支出\t50\t50\n合计\t150\t150\n\n"
        "（二）“三公”经费情况\n\n项目\t预算数（万元）\t支出数（万元）\n公务接待费\t1\t0.5\n会议费\t2\t1\n\n"
        "（三）绩效指标完成情况\n\n一级指标\t二级指标\t指标名称\t目标值\t完成情况\n产出\t数量\t人数\t5\t5\n\n"
        "三、存在问题\n\n序号\t存在问题\t改进措施\n1\t执行慢\t抓紧\n"
    )
    assert facts.projects == []
    assert facts.tables == []


def test_projects_told_in_prose() -> None:
    facts = facts_of(
        "二、综合评价分析\n\n（三）重点项目支出情况\n\n"
        "（1）公厕改造专项经费：年初预算80.00万元，调整后预算75.50万元，实际支出74.998万元，执行率99.34%。"
        "绩效目标：改造公厕10座。完成情况：改造公厕11座。\n\n"
        "另外，垃圾分类宣传经费预算10万元，实际支出9.8万元；路灯维护项目安排资金5.25万元，已支出5.25万元。\n\n"
        "我镇全年预算数500万元，支出数498万元。\n"
    )
    rows = [(row.listing, row.name, row.amount_role, row.budget_yuan, row.spent_yuan) for row in facts.projects]
    assert rows == [
        ("key", "公厕改造专项经费", "adjusted", yuan("755000.00"), yuan("749980.00")),
        ("key", "垃圾分类宣传经费", "unspecified", yuan("100000.00"), yuan("98000.00")),
        ("key", "路灯维护项目", "unspecified", yuan("52500.00"), yuan("52500.00")),
    ]
    first = facts.projects[0]
    assert (first.goal, first.completion, first.stated_rate) == ("改造公厕10座。", "改造公厕11座。", Decimal("0.9934"))
    assert (facts.tables[0].table_number, facts.tables[0].cell_units, facts.tables[0].row_count) == (1, ["万元"], 3)


def test_a_project_under_a_name_of_its_own() -> None:
    told = (
        "{name}",
        "该项目年初预算50.00万元。",
        "实际支出48.5万元，执行率97%。",
        "绩效目标：修缮校舍。",
        "完成情况：已修缮。",
    )
    body = "\n\n".join(told)
    for name in ("1、校舍修缮工程", "（1）校舍修缮工程", "### 1. 校舍修缮工程"):
        facts = facts_of("二、综合评价分析\n\n（三）重点项目支出情况\n\n" + body.format(name=name))
        (row,) = facts.projects
        assert (row.name, row.amount_role, row.budget_yuan) == ("校舍修缮工程", "initial", yuan("500000.00"))
        assert (row.spent_yuan, row.stated_rate) == (yuan("485000.00"), Decimal("0.97"))
        assert (row.goal, row.completion) == ("修缮校舍。", "已修缮。")


def test_units_in_a_header_line_of_their_own_that_ends_early() -> None:
    rows = ("项目名称|预算数|支出数|备注", "|（万元）|（万元）|", "甲经费|5|4.9|好", "乙经费|4|4|好")
    (first, second) = facts_of(task_table(*rows, unit="")).projects
    assert (first.budget_yuan, second.spent_yuan) == (yuan("50000.00"), yuan("40000.00"))


def test_prose_names_that_say_little_and_bounds_that_name_no_project() -> None:
    facts = facts_of(
        "二、综合评价分析\n\n（三）重点项目支出情况\n\n4、疫情防控。预算50万元，支出49万元，隔离20人次。\n\n"
        "### （四）大额项目\n\n年度预算500万元以上项目共4个，合计5625万元。\n"
    )
    assert [(row.name, row.spent_yuan) for row in facts.projects] == [("疫情防控", yuan("490000.00"))]
    whole = "（三）重点项目支出情况\n\n1、总体情况。全年预算50万元，支出49万元，执行率98%。\n"
    assert facts_of("二、综合评价分析\n\n" + whole).projects == []


def test_a_rate_of_completion_is_no_completion_and_the_unit_may_stand_below() -> None:
    rows = ("项目名称|预算数|支出数|完成率", "甲经费|5|4.9|98.0%", "乙经费|4|4|100.0%")
    below = task_table(*rows, unit="") + "\n（金额单位：万元）\n"
    facts = facts_of(below)
    assert [(row.budget_yuan, row.completion) for row in facts.projects] == [
        (yuan("50000.00"), None),
        (yuan("40000.00"), None),
    ]
    above_the_next = below + "\n项目名称\t预算数\t完成情况\n丙经费\t3\t好\n"
    assert [row.budget_yuan for row in facts_of(above_the_next).projects] == [None, None, yuan("30000.00")]


def test_prose_is_left_alone_where_a_table_lists_the_projects() -> None:
    text = task_table("项目名称|预算数|支出数", "甲经费|5|5") + "\n其中，（1）乙经费：预算3万元，支出3万元。\n"
    assert [row.name for row in facts_of(text).projects] == ["甲经费"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年社区活动经费总额为98.765万元，用于各村。", ["98.765"]),
        ("全年共安排专项资金20万元，全部用完。", ["20"]),
        ("项目预算为5.5万元，实际支出5.4万元。", ["5.5", "5.4"]),
        ("总投入12000元。", ["12000"]),
        ("发放慰问金3万元，其中困难群众共支出资金2万元。", []),
        ("1、采购设备，总投入3万元；2、维护设备，总投入2万元。", []),
        ("为甲社区实际支出3万元，为乙社区实际支出2万元。", []),
        ("经费总额为每人500元。", []),
        ("上年预算为3万元。", []),
        ("购买设备共计3万元。", []),
        ("引进项目12个，计划总投资58亿元。", []),
        ("减少支出2万元。", []),
        ("支出5.003万元。", []),
        ("清淤3公里，实际支付4.98万元。", ["4.98"]),
        ("清淤3公里，全年使用了4.98万元。", ["4.98"]),
        ("清淤3公里，其中实际支付设备款2.10万元。", []),
        ("清淤3公里，已支付4.98万元。", []),
    ],
)
def test_amounts_in_text_that_speak_of_the_whole_row(text: str, expected: list[str]) -> None:
    assert [amount.text for amount in own_totals(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支出5.003万元", ["5.003"]),
        ("已救助210人，支出4.9万元，用于救助。", ["4.9"]),
        ("完成清淤2公里；项目资金支出：6万元。", ["6"]),
        ("完成清淤2公里。共支出4.99万元", ["4.99"]),
        ("慰问老党员10名，支出1.2万元。", []),
        ("开展培训3场，支出3万元；购置设备2台，支出2万元。", []),
        ("用于材料支出4万元。", []),
        ("其中，支出4万元购置设备。", []),
        ("上半年，支出3万元。", []),
        ("截至9月底，支出4.2万元。", []),
        ("安排资金5万元，支出4.8万元。", []),
        ("第一期工程完工，支出4.8万元。", []),
        ("培训支出4.8万元。", []),
        ("支出4.8万元/年。", []),
        ("全年兑付种粮补贴4.998万元，惠及310户。", ["4.998"]),
        ("已实际使用资金50,020元。", ["50,020"]),
        ("全年兑付种粮补贴4.2万元，惠及310户。", []),
        ("全年投入4.998万元用于材料，另购设备。", []),
        ("发放慰问金4.998万元。", []),
    ],
)
def test_a_bare_word_of_spending_speaks_of_the_row_where_it_is_the_one_amount_near_its_cells(
    text: str, expected: list[str]
) -> None:
    cells = (Decimal(50000), Decimal(50000))
    assert [amount.text for amount in own_totals(text, cells)] == expected


def test_text_amounts_name_their_project_and_column() -> None:
    facts = facts_of(task_table("项目名称|预算数|支出数|完成情况", "甲经费|1|1|完", "乙经费|5|5|经费总额为5.03万元。"))
    (row,) = facts.text_amounts
    assert (row.project_ordinal, row.column, row.value_yuan, row.unit) == (1, "completion", yuan("50300.00"), "万元")


def test_the_real_report(shared: Path) -> None:
    truth = json.loads((shared / "truth" / "xiaoguwei-2021.truth.json").read_text("utf-8"))["project_rows"]
    listings = {"T1": "task", "T2": "key"}
    expected = [
        (
            listings.get(row["table"], "plan"),
            row["seq"],
            row["name"],
            row["line"],
            row["budget_text"],
            row["spent_text"],
            row["unit"],
            yuan(row["budget_yuan"]),
            yuan(row["spent_yuan"]),
        )
        for row in truth
    ]
    facts = real_facts(shared)
    read = [
        (
            row.listing,
            row.row_number,
            row.name,
            row.line,
            row.budget_text,
            row.spent_text,
            row.reported_unit,
            row.budget_yuan,
            row.spent_yuan,
        )
        for row in facts.projects
    ]
    assert len(expected) == 42
    assert read == expected
    assert [(row.text, row.line) for row in facts.text_amounts] == [("144.713", 122)]
    assert facts.totals == []


def test_spending_by_project_is_no_list_of_key_projects() -> None:
    rows = ("项目名称 | 预算金额 | 支出数", "甲经费 | 5 | 4")
    assert project(facts_of(task_table(*rows, heading="（三）项目支出情况")), "甲经费").listing == "task"
    assert project(facts_of(task_table(*rows, heading="（三）重点项目支出情况")), "甲经费").listing == "key"


def test_a_table_that_lost_its_header_under_a_heading_of_its_own() -> None:
    body = (
        task_table("项目名称 | 预算金额 | 支出数", "甲经费 | 5 | 4")
        + "\n2、民生保障方面\n\n乙经费\t6\t6\n丙经费\t7\t6\n"
    )
    rows = facts_of(body).projects
    assert [(row.name, row.budget_yuan, row.spent_yuan) for row in rows] == [
        ("甲经费", 50000, 40000),
        ("乙经费", 60000, 60000),
        ("丙经费", 70000, 60000),
    ]


def test_assets_are_no_projects() -> None:
    rows = "资产名称\t数量\t金额（万元）\n房屋\t2\t50\n车辆\t3\t60\n"
    assert facts_of(f"一、基本情况\n\n（二）有关情况\n\n{rows}").projects == []
    assert facts_of(f"一、基本情况\n\n（二）资产情况\n\n{rows.replace('资产名称', '名称')}").projects == []


def test_tables_with_the_same_header_share_its_unit() -> None:
    rows = "项目名称\t预算金额\t支出数\n{}\t6\t6\n"
    body = (
        task_table("项目名称 | 预算金额 | 支出数", "甲经费 | 5 | 4")
        + "\n（三）城市管理类项目\n\n"
        + rows.format("乙经费")
    )
    assert project(facts_of(body), "乙经费").budget_yuan == 60000
    other = body.replace("项目名称\t预算金额\t支出数\n乙", "项目名称\t预算数\t支出数\n乙")
    assert project(facts_of(other), "乙经费").budget_yuan is None


def test_rows_that_only_count_are_no_projects() -> None:
    rows = "监控项目数\t监控资金（万元）\n96\t400\n"
    assert facts_of(f"一、基本情况\n\n（二）有关情况\n\n{rows}").projects == []


def test_remark_behind_an_amount() -> None:
    facts = facts_of(task_table("项目名称 | 预算金额 | 支出数", "甲经费 | 60.00（含上年结转10.00） | 50（不含尾款）"))
    row = project(facts, "甲经费")
    assert (row.budget_yuan, row.spent_yuan) == (600000, 500000)


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n- "])
def test_records_of_fields_on_lines_of_their_own(gap: str) -> None:
    fields = ["项目名称：{}", "预算金额：36万元", "支出数：30万元", "**绩效目标**：组织巡逻", "完成情况：巡逻三百次"]
    body = "二、任务完成情况\n\n任务一：平安建设\n\n" + gap.join(fields).format("甲经费") + "\n\n任务二：环境\n\n"
    rows = facts_of(body + gap.join(fields).format("乙经费") + "\n").projects
    assert [(row.name, row.budget_yuan, row.spent_yuan, row.goal, row.completion) for row in rows] == [
        (name, 360000, 300000, "组织巡逻", "巡逻三百次") for name in ("甲经费", "乙经费")
    ]


def test_fields_of_a_cover_are_no_record() -> None:
    assert (
        facts_of("单位名称：某单位\n项目名称：整体支出\n联系人：某人\n填报日期：2023年4月\n\n一、概况\n").projects == []
    )


def test_a_project_table_under_a_title_that_speaks_of_revenue_and_spending() -> None:
    rows = ("项目名称 | 2022年预算 | 2022年支出数 | 绩效目标", "甲经费 | 5 | 4 | 好")
    unit = "2022年，重点项目的收支情况如下：（单位：万元）"
    facts = facts_of(task_table(*rows, heading="（三）重点项目支出情况", unit=unit))
    assert project(facts, "甲经费").spent_yuan == 40000
    unit = "部门收支情况（单位：万元）"
    assert facts_of(task_table(*rows, heading="（三）重点项目支出情况", unit=unit)).projects == []


def test_a_project_table_titled_so_in_a_section_about_the_budget() -> None:
    rows = ("项目 | 预算 | 支出", "甲经费 | 5 | 4")
    titled = facts_of(task_table(*rows, heading="（一）预算执行情况", unit="表1 项目支出情况表（单位：万元）"))
    assert project(titled, "甲经费").spent_yuan == 40000
    assert facts_of(task_table(*rows, heading="（一）预算执行情况")).projects == []


def test_projects_told_in_the_unit_of_their_heading() -> None:
    told = "（1）环卫作业：预算3,050.00，支出3,019.50；\n（2）网格管理：预算330.00，支出326.70。\n"
    facts = facts_of(f"三、项目情况：（万元）\n\n{told}")
    assert [(row.name, row.budget_yuan, row.spent_text) for row in facts.projects] == [
        ("环卫作业", 30500000, "3,019.50"),
        ("网格管理", 3300000, "326.70"),
    ]
    assert facts_of(f"三、项目情况\n\n{told}").projects == []


def test_an_amount_behind_the_name_in_a_heading_is_no_part_of_it() -> None:
    told = "（{}）{}（{}万元）。该项目预算{}万元，实际支出{}万元。\n\n"
    body = told.format("一", "人居环境项目", "1,160", "1,160", "1,136.8") + told.format(
        "二", "商务区管理项目", 80, 80, 80
    )
    facts = facts_of("三、重点项目绩效\n\n" + body)
    assert [row.name for row in facts.projects] == ["人居环境项目", "商务区管理项目"]


def test_a_project_by_sources_of_funds_is_its_sum() -> None:
    rows = (
        "项目名称 | 资金来源 | 预算数 | 支出数",
        "甲经费 | 区级 | 4 | 3",
        " | 镇级 | 1 | 1",
        " | 小计 | 5 | 4",
        "乙经费 | 镇级 | 3 | 3",
    )
    facts = facts_of(task_table(*rows))
    assert [(row.name, row.budget_yuan, row.row_number) for row in facts.projects] == [
        ("甲经费", 50000, 3),
        ("乙经费", 30000, 4),
    ]


def test_kinds_of_expenditure_and_remarks_among_the_rows_are_no_projects() -> None:
    rows = (
        "项目名称 | 预算数 | 支出数",
        "一、基本支出 | 80 | 79",
        "二、项目支出 | 125 | 123",
        "1.甲经费 | 5 | 4",
        "2.乙经费 | 3 | 3",
    )
    facts = facts_of(task_table(*rows, "三、合计 | 205 | 202", "备注：只列主要项目。 | | "))
    assert [row.name for row in facts.projects] == ["甲经费", "乙经费"]
    assert facts.totals == []


def test_spending_of_the_year_goes_before_that_of_all_years() -> None:
    rows = ("项目名称 | 累计完成投资 | 2022年预算 | 2022年支出", "甲经费 | 980 | 500 | 495")
    assert project(facts_of(task_table(*rows)), "甲经费").spent_yuan == 4950000


def test_projects_told_below_a_line_that_announces_them() -> None:
    told = "1、河涌维护，安排795万元，支出787.05万元；\n2、电梯更新补助，安排450万元，支出441万元。\n"
    facts = facts_of(f"四、资金执行情况\n\n已支付32472万元。\n\n项目支出明细如下：\n{told}")
    assert [(row.name, row.budget_yuan, row.spent_yuan) for row in facts.projects] == [
        ("河涌维护", 7950000, yuan("7870500")),
        ("电梯更新补助", 4500000, 4410000),
    ]
    assert facts_of(f"四、资金执行情况\n\n{told}").projects == []


def test_prose_whose_name_is_a_sentence_of_its_own() -> None:
    told = "1.甲村道路整治项目。该项目全年预算5万元，实际支出4万元。绩效目标：好。完成情况：完成三条。"
    row = project(facts_of(f"二、各任务完成情况\n\n{told}\n"), "甲村道路整治项目")
    assert (row.budget_yuan, row.spent_yuan, row.goal) == (50000, 40000, "好。")


def test_a_table_whose_rows_bear_no_name_has_no_projects() -> None:
    rows = ("| 项目名称 | 预算金额 | 支出数 | 完成情况 |", "|---|---|---|---|", "| | 5 | 4 | |")
    assert facts_of(task_table(*rows)).projects == []


def test_a_name_and_nothing_else_heads_a_category() -> None:
    header = "项目名称 | 预算金额 | 支出数 | 完成情况"
    rows = ["民生保障 | | |", "甲经费 | 5 | 4 | 好", "城市管理 | | |", "乙经费 | 6 | | 好", "丙经费 | | |"]
    names = [row.name for row in facts_of(task_table(header, *rows)).projects]
    assert names == ["甲经费", "乙经费", "丙经费"]


def test_a_name_without_amounts_amid_the_rows_is_a_project_whose_amounts_are_missing() -> None:
    rows = ["道路保洁经费 | 30 | 29 |", "文化活动经费 | | |", "安全巡查经费 | 25 | 24 |"]
    projects = facts_of(task_table("项目名称 | 预算金额 | 支出数 | 备注", *rows)).projects
    assert [(row.name, row.budget_text, row.spent_text) for row in projects][1] == ("文化活动经费", "", "")
    assert len(projects) == 3


@pytest.mark.parametrize(
    ("told", "name", "completion"),
    [
        ("（1）甲村改造工程8万元，支出7.5万元；", "甲村改造工程", None),
        ("项目一：甲村改造工程。预算8万元，支出7.5万元。", "甲村改造工程", None),
        ("1.“两新”组织党建经费：预算8万元，支出7.5万元，执行率93.75%。开展活动。", "“两新”组织党建经费", "开展活动。"),
        ("1.甲村改造工程：预算8万元，支出7.5万元。主要用于修路。", "甲村改造工程", None),
    ],
)
def test_manners_of_telling_a_project(told: str, name: str, completion: str | None) -> None:
    (row,) = facts_of(f"二、各任务完成情况\n\n{told}\n").projects
    assert (row.name, row.budget_yuan, row.spent_yuan, row.completion) == (name, 80000, 75000, completion)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_table_with_a_cell_a_line(gap: str) -> None:
    header = ["项目名称", "预算数（万元）", "支出数（万元）", "绩效目标", "完成情况"]
    rows = [["甲经费", "8.00", "7.50", "改造道路", "改造三条"], ["乙经费", "5.00", "5.00", "巡逻", "巡逻百次"]]
    cells = gap.join(cell for row in (header, *rows) for cell in row)
    facts = facts_of(f"二、各任务完成情况\n\n{cells}\n\n三、主要成效\n\n一切都好。\n")
    assert [(row.name, row.budget_yuan, row.spent_yuan, row.goal, row.completion) for row in facts.projects] == [
        ("甲经费", 80000, 75000, "改造道路", "改造三条"),
        ("乙经费", 50000, 50000, "巡逻", "巡逻百次"),
    ]
    assert facts.goals == []


def test_indented_paragraphs_end_a_table_parted_by_blanks() -> None:
    rows = "项目　　　　预算数　　　支出数\n甲经费　　　　8万元　　　7.5万元\n乙经费　　　　5万元　　　5万元\n"
    text = "　　二、各任务完成情况\n" + rows + "\n　　三、主要成效\n　　（一）道路改善。改造道路3条。\n"
    facts = facts_of(text)
    assert [row.name for row in facts.projects] == ["甲经费", "乙经费"]
    assert [(row.value, row.unit) for row in facts.achievements] == [(3, "条")]


@pytest.mark.parametrize(
    "row",
    [
        "备注 | 不含下属单位 | |",
        "填表人: | 甲某 | 联系电话 | 81234567",
        "| 占总支出比例 | 75% | 75%",
        "| 部门整体支出 | 400 | 390",
    ],
)
def test_rows_below_the_projects_that_are_none(row: str) -> None:
    rows = ("序号 | 项目名称 | 预算数 | 支出数", "1 | 甲经费 | 200 | 190", "2 | 乙经费 | 100 | 100", row)
    assert [one.name for one in facts_of(task_table(*rows)).projects] == ["甲经费", "乙经费"]


@pytest.mark.parametrize(("other", "count"), [("100", 2), ("90", 4)])
def test_sources_of_funds_are_no_projects_where_they_come_to_the_same_sum(other: str, count: int) -> None:
    rows = ("项目名称 | 预算数", "甲经费 | 200", "乙经费 | 100", "财政拨款 | 200", f"其他资金 | {other}")
    assert len(facts_of(task_table(*rows)).projects) == count


def test_amounts_of_a_part_of_the_year_are_not_spent() -> None:
    facts = facts_of(task_table("项目名称 | 全年预算数 | 1-6月执行数 | 完成情况", "甲经费 | 60 | 30 | 已完成"))
    assert (project(facts, "甲经费").budget_yuan, project(facts, "甲经费").spent_yuan) == (600000, None)


@pytest.mark.parametrize("printed", ["50*", "50①", "50[1]", "50注1", "50(未付清)", "50(调整后)"])
def test_marks_of_notes_behind_an_amount(printed: str) -> None:
    assert read_money(printed, "万元").value == 500000


@pytest.mark.parametrize(
    "remark",
    [
        "(2022年5月追加)", "(5月18日下达)", "(年初安排)", "(年中新增)", "(镇级自筹资金)", "(全年数)", "(市级补助)",
        "万元(当年9月底调整)", "万元,其中市级20.00万元、区级30.00万元",
    ],
)  # fmt: skip
def test_remarks_behind_an_amount_that_leave_it_as_it_is(remark: str) -> None:
    assert read_money(f"50.00{remark}", "万元").value == 500000
    facts = facts_of(task_table("项目名称 | 预算数 | 支出数", f"甲经费 | 50.00{remark} | 48.00"))
    assert project(facts, "甲经费").budget_yuan == 500000


@pytest.mark.parametrize(
    "remark", ["(48.00)", "(2021年)", "(追加20.00)", "(调减2.00)", "(每户)", "(万元/人)", ",48.00"]
)
def test_remarks_behind_an_amount_that_say_another_one(remark: str) -> None:
    assert read_money(f"50.00{remark}", "万元").value is None


@pytest.mark.parametrize(
    ("header", "last", "unit"),
    [
        ("项目名称（单位：万元） | 预算数", "乙经费 | 5", "万元"),
        ("项目名称 | 预算数", "注：金额单位为万元 | ", "万元"),
        ("项目名称 | 预算数", "注：报送单位为街道 | ", None),
    ],
)
def test_unit_in_the_header_of_names_and_in_a_remark_at_the_end(header: str, last: str, unit: str | None) -> None:
    facts = facts_of(f"一、任务完成情况\n\n{header}\n--- | ---\n甲经费 | 60\n{last}\n".replace(" | ", "\t"))
    assert [one.caption_unit for one in facts.tables] == [unit]


def test_units_in_short() -> None:
    assert header_unit("预算金额(万)") == "万元"
    assert header_unit("服务(万人)") is None
    assert declared_unit("【单位:万元】") == "万元"
    assert declared_unit("重点项目收支情况(万元):") == "万元"


def test_projects_told_in_passing_where_nothing_else_tells_of_any() -> None:
    told = "街面整洁。沿街环卫保洁项目预算3,620.00万元，执行3,614.88万元。全年投入维修资金932.15万元。"
    rows = facts_of(f"三、目标完成情况\n\n{told}\n").projects
    assert [(row.name, row.budget_yuan, row.spent_yuan) for row in rows] == [
        ("沿街环卫保洁", yuan("36200000"), yuan("36148800"))
    ]
    listed = task_table("项目名称|预算数|支出数", "河道整治|5.00|4.00")
    rows = facts_of(f"一、目标完成情况\n\n{told}\n\n{listed}").projects
    assert [row.name for row in rows] == ["河道整治"]


@pytest.mark.parametrize("told", ["部门预算3,620.00万元，执行3,614.88万元。", "项目支出预算36.20万元，执行36.10万元。"])
def test_the_whole_told_in_passing_is_no_project(told: str) -> None:
    assert facts_of(f"三、目标完成情况\n\n全年{told}\n").projects == []


def test_amounts_of_prose_in_units_of_their_own_are_in_no_unit_of_a_table() -> None:
    facts = facts_of(
        "二、综合评价分析\n\n（三）重点项目支出情况\n\n①公厕改造经费，预算80万元，支出74.5万元；改造公厕10座。\n\n"
        "②路灯维护经费，预算1,250,000元，支出1,000,000元；维护路灯2,100盏。\n"
    )
    assert [(row.budget_yuan, row.reported_unit) for row in facts.projects] == [
        (yuan("800000.00"), "万元"),
        (yuan("1250000.00"), "元"),
    ]
    assert [row.cell_units for row in facts.tables] == [["万元"]]
