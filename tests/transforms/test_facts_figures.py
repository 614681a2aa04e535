"""Headline figures in text and tables: what counts, in which unit, and what must not be taken for one."""

from decimal import Decimal

import pytest
from report_cases import blocks, facts_of, named, real_facts, table, value

pytestmark = pytest.mark.unit

BUDGET = "一、收支情况\n\n"
CONCLUSION = "一、自评结论\n\n"


def budget(sentence: str, name: str = "total_budget_yuan") -> str | None:
    return value(facts_of(BUDGET + sentence + "\n"), name)


def concluded(sentence: str, name: str) -> str | None:
    return value(facts_of(CONCLUSION + sentence + "\n"), name)


def test_real_report(shared):
    facts = real_facts(shared)
    expected = {
        "total_budget_yuan": ("249579900", "24,957.99", "万元", 64),
        "prior_year_change_yuan": ("8726900", "872.69", "万元", 64),
        "monitored_yuan": ("249579900", "24957.99", "万元", 98),
        "large_project_threshold_yuan": ("5000000", "500", "万", 98),
        "large_project_count": ("9", "9", "项", 98),
        "large_project_yuan": ("173315900", "17331.59", "万元", 98),
        "large_project_whole_yuan": ("249579900", "24957.99", "万元", 98),
        "annual_budget_yuan": ("249579900", "24957.99", "万元", 106),
        "executed_yuan": ("249579900", "24957.99", "万元", 106),
        "stated_execution_rate": ("1", "100.0", "%", 106),
        "stated_unit_count": ("11", "11", "个", 9),
        "subordinate_unit_count": ("10", "10", "个", 9),
        "stated_office_count": ("9", "9", "个", 11),
    }
    others = [row for row in facts.figures if ":" not in row.name]
    read = {row.name: (format(row.value.normalize(), "f"), row.text, row.unit, row.line) for row in others}
    assert read == expected
    assert len(others) == len(expected)
    assert all(row.is_primary for row in others)


def test_real_report_gives_quanta_sentences_and_sources(shared):
    facts = real_facts(shared)
    (total,) = named(facts, "total_budget_yuan")
    (rate,) = named(facts, "stated_execution_rate")
    assert (total.quantum, rate.quantum) == (Decimal("100.00"), Decimal("0.001"))
    assert total.sentence.endswith("。")
    assert total.text in total.sentence
    places = {(row.column, row.line, row.raw_text) for row in facts.sources if row.group == "figures"}
    assert ("total_budget_yuan", 64, "24,957.99万元") in places
    assert ("people", 15, "750 人") in places
    assert len([row for row in facts.sources if row.group == "figures"]) == len(facts.figures)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2022年预算收支总预算24,957.99万元。", "249579900"),
        ("2022年收入支出总预算为２４９５７．９９万元。", "249579900"),
        ("部门预算总额24 957.99万元。", "249579900"),
        ("年初预算数为2.5亿元。", "250000000"),
        ("年初部门预算共计249,579千元。", "249579000"),
        ("收支总预算249579900.00元。", "249579900"),
        ("部门预算收支总额为两亿五千万元。", "250000000"),
        ("收支总预算（万元）24957.99。", "249579900"),
        ("以下金额单位均为万元。收支总预算24957.99。", "249579900"),
        ("批复我街年初预算300万元。", "3000000"),
    ],
)
def test_total_budget(sentence, expected):
    assert budget(sentence) == expected


def test_unit_said_once_for_the_section():
    assert value(facts_of("一、收支情况\n\n单位：万元\n\n收支总预算24957.99。\n"), "total_budget_yuan") == "249579900"


def test_without_any_unit_nothing_is_guessed():
    assert budget("收支总预算24957.99。") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "上年收支总预算24957.99万元。",
        "2021年收支总预算24957.99万元。",
        "去年年初预算数为300万元。",
        "“三公”经费年初预算数30万元。",
        "社区活动专项经费年初预算数30万元。",
        "一般公共预算财政拨款支出预算300万元。",
        "公务接待费支出较少，年初预算数3万元。",
        "收支总预算较上年增加300万元。",
    ],
)
def test_no_total_budget(sentence):
    assert budget(sentence) is None


def test_amounts_of_projects_and_results_are_no_headline_figures():
    body = (
        "一、重点项目完成情况\n\n道路项目全年预算数300万元，执行数290万元，执行率96.7%。\n\n"
        "二、主要工作成效\n\n全年支出300万元，评价等级为优。\n\n三、存在问题\n\n部分项目预算执行率仅为65%。\n"
    )
    names = {row.name for row in facts_of(body).figures}
    assert not any(name.endswith(("_yuan", "_rate", "grade")) for name in names)


@pytest.mark.parametrize(
    ("sentence", "yuan", "rate"),
    [
        ("收支总预算500万元，较去年增加了80.5万元。", "805000", None),
        ("收支总预算500万元，比上年减少12万元，下降2.34%。", "-120000", "-0.0234"),
        ("收支总预算500万元。与上年相比增长20万元，增幅4.17%。", "200000", "0.0417"),
        ("部门预算总收入3.25亿元，总支出3.25亿元，同比减少0.12亿元。", "-12000000", None),
        ("收支总预算500万元，较2021年下降3%。", None, "-0.03"),
        ("收支总预算500万元，较上年减少12万元，增幅2.34%。", "-120000", "0.0234"),
        ("收支总预算500万元，较上年增加12万元，同比下降2.34%。", "120000", "-0.0234"),
        ("收支总预算500万元，较上年减少12万元，增长率为-2.34%。", "-120000", "-0.0234"),
        ("收支总预算500万元，较上年减少12万元（-2.34%）。", "-120000", "-0.0234"),
        ("收支总预算500万元，支出决算480万元，较上年增加30万元。", None, None),
    ],
)
def test_change_on_last_year(sentence, yuan, rate):
    assert (budget(sentence, "prior_year_change_yuan"), budget(sentence, "prior_year_change_rate")) == (yuan, rate)


@pytest.mark.parametrize(
    ("sentence", "annual", "executed", "rate"),
    [
        ("全年预算数100万元，执行数99万元，完成预算的99%。", "1000000", "990000", "0.99"),
        ("全年预算数、执行数分别为100万元、99万元，预算执行率99.00%。", "1000000", "990000", "0.99"),
        ("全年预算数、全年执行数均为100万元，执行率百分之百。", "1000000", "1000000", "1"),
        ("调整后预算100万元，实际支出99.5万元，占全年预算的99.5%。", "1000000", "995000", "0.995"),
        ("预算数100万元，决算数98万元，部门整体支出执行率为98.0%。", "1000000", "980000", "0.98"),
        ("2022年我街实际支出98万元，完成年度预算的98%。", None, "980000", "0.98"),
        (
            "调整后全年预算100万元，比2021年决算数90万元增加10万元。全年支出98万元，预算执行率98%。",
            *("1000000", "980000", "0.98"),
        ),
        ("全年预算数100万元，实际支出98万元，执行率98%。上述3个项目平均执行率97%。", "1000000", "980000", "0.98"),
        ("年初预算97万元，最终预算100万元，实际支出98万元，使用率98%。", "1000000", "980000", "0.98"),
        (
            "预算执行中，因上级追加转移支付5万元，全年预算为100万元。全年支出98万元，预算执行率98%。",
            *("1000000", "980000", "0.98"),
        ),
        ("部门预算总额（调整后）100万元，实际支出98万元，执行率98%。", "1000000", "980000", "0.98"),
    ],
)
def test_execution(sentence, annual, executed, rate):
    facts = facts_of(CONCLUSION + sentence + "\n")
    read = [value(facts, name) for name in ("annual_budget_yuan", "executed_yuan", "stated_execution_rate")]
    assert read == [annual, executed, rate]


@pytest.mark.parametrize(
    "told",
    [
        "以上各类任务合计全年预算80万元、执行76万元。",
        "上述五大类共12个项目全年预算合计80万元，全年执行76万元，执行率95%。",
        "上表所列任务的全年预算数80万元，执行数76万元。",
        "12个项目合计全年预算80万元、全年执行76万元。",
        "本类项目6个，全年预算合计80万元，全年支出合计76万元，执行率95%。",
    ],
)
def test_sums_of_what_was_listed_are_none_of_the_department(told):
    facts = facts_of(BUDGET + f"2022年部门收支总预算100万元，决算支出98万元，执行率98%。\n\n{told}\n")
    read = [value(facts, name) for name in ("total_budget_yuan", "annual_budget_yuan", "executed_yuan")]
    assert read == ["1000000", None, "980000"]


@pytest.mark.parametrize(
    ("sentence", "rate"),
    [
        ("预算完成方面，98.00万元÷100.00万元×100%=98.00%。", "0.98"),
        ("全年预算的执行情况：98.00万元/100.00万元=98.00%。", "0.98"),
        ("项目支出方面，8.00万元÷10.00万元×100%=80.00%。", None),
        ("群众参与方面，98÷100=98.00%。", None),
    ],
)
def test_a_quotient_of_spending_and_budget_says_the_rate(sentence, rate):
    facts = facts_of(CONCLUSION + sentence + "\n")
    assert value(facts, "stated_execution_rate") == rate
    assert value(facts, "executed_yuan") == (rate and "980000")


def test_what_more_than_so_many_tasks_did_keeps_nothing_from_being_the_whole():
    sentence = "90%以上的重点任务按期完成，全年预算数100万元，执行数98万元，预算执行率98%。"
    facts = facts_of(CONCLUSION + sentence + "\n")
    read = [value(facts, name) for name in ("annual_budget_yuan", "executed_yuan", "stated_execution_rate")]
    assert read == ["1000000", "980000", "0.98"]


def test_rates_of_parts_are_not_the_rate():
    assert concluded("政府采购执行率95%，三公经费预算执行率80%，满意度98%。", "stated_execution_rate") is None


def test_basic_and_project_expenditure():
    facts = facts_of(BUDGET + "年初预算数500万元，其中：基本支出200.5万元，项目支出299.5万元。\n")
    assert value(facts, "basic_expenditure_yuan") == "2005000"
    assert value(facts, "project_expenditure_yuan") == "2995000"


@pytest.mark.parametrize(
    ("sentence", "score", "grade"),
    [
        ("经自评，综合得分95.60分（满分100分），评价等级为“优”。", "95.6", "优"),
        ("部门整体支出绩效自评得分为88分，等级为良好。", "88", "良好"),
        ("我街自评98.5分，等级优。", "98.5", "优"),
        ("其中预算编制得分10分，预算执行得分18.5分。", None, None),
        ("评价结果为中。", None, "中"),
        ("自评总分100分制，各项工作优质高效。", None, None),
        ("自评得分96分，为优。", "96", "优"),
        ("自评得分92.8分，评为“优”。", "92.8", "优"),
        ("自评92分（良）。", "92", "良"),
        ("自评得分92分，服务态度优良。", "92", None),
        ("目标设置满分20分自评19分，预算管理满分80分自评76分，等级为优。", None, "优"),
        ("满分100分自评95分，等级为优。", "95", "优"),
    ],
)
def test_score_and_grade(sentence, score, grade):
    facts = facts_of(CONCLUSION + sentence + "\n")
    assert value(facts, "self_score") == score
    assert [row.text for row in named(facts, "grade")] == ([grade] if grade else [])
    assert all(row.value == 0 for row in named(facts, "grade"))


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("绩效自评得分74分，对应等级为中。", "中"),
        ("经班子会研究，将自评等级确定为“优”。", "优"),
        ("按照优、良、中、差四档，自评等次达到优秀标准。", "优秀"),
        ("评分标准：90分以上为优，80至90分为良。街道自评等级为优。", "优"),
        ("与上年相比有所提高，自评结果为良；", "良"),
        ("等次：优；", "优"),
        ("得出评定等级为“优”的结论。", "优"),
    ],
)
def test_grade_in_further_words(sentence, grade):
    assert [row.text for row in named(facts_of(CONCLUSION + sentence + "\n"), "grade")] == [grade]


@pytest.mark.parametrize(
    "sentence",
    [
        "自评过程中，抽查了六个科室。",
        "评价中，发现台账不全。",
        "绩效评价实施中、实施后都有复核。",
        "自评数据与账面没有偏差。",
        "评价工作创先争优。",
        "自评结果中，效益指标得分略低。",
        "评价等级分为优、良、中、差四档。",
        "等级划分为优（90分以上）、良（80分以上）。",
        "评价结果为“优”的科室予以通报表扬。",
        "群众评价良好，社会反映较好。",
        "所建工程质量评定合格。",
        "32个项目自评等级均为优。",
        "上年自评等级为良。",
        "2021年度评价等次为良。",
    ],
)
def test_words_that_only_look_like_a_grade(sentence):
    assert named(facts_of(CONCLUSION + sentence + "\n"), "grade") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("共监控资金600万元，其中500万以上的项目7项、涉及资金550万元。", ("6000000", "5000000", "7", "5500000")),
        (
            "监控资金600万元。预算500万元（含）以上项目共有9个，涉及金额550万元。",
            ("6000000", "5000000", "9", "5500000"),
        ),
        ("开展绩效运行监控，其中超过五百万元的项目9个，合计550万元。", (None, "5000000", "9", "5500000")),
        ("监控涉及资金600万元，9个项目预算在500万元以上，共550万元。", ("6000000", "5000000", "9", "5500000")),
    ],
)
def test_monitoring_and_large_projects(sentence, expected):
    facts = facts_of("一、绩效管理情况\n\n年中开展绩效监控，" + sentence + "\n")
    names = ("monitored_yuan", "large_project_threshold_yuan", "large_project_count", "large_project_yuan")
    assert tuple(value(facts, name) for name in names) == expected


def test_every_mention_is_a_row_and_one_is_primary():
    body = blocks(
        "一、基本情况",
        "收支总预算500万元。",
        "二、收支情况",
        "收支总预算501万元。",
        "三、自评结论",
        "收支总预算502万元。",
    )
    mentions = named(facts_of(body), "total_budget_yuan")
    assert [(str(row.value), row.is_primary) for row in mentions] == [
        ("5000000.00", False), ("5010000.00", True), ("5020000.00", False),
    ]  # fmt: skip


def test_table_of_figures():
    rows = ("指标|金额（万元）", "收支总预算|24957.99", "较上年增减|-300", "其中：基本支出|8,000", "预算执行率|96.76%")
    facts = facts_of(BUDGET + table(*rows))
    assert value(facts, "total_budget_yuan") == "249579900"
    assert value(facts, "prior_year_change_yuan") == "-3000000"
    assert value(facts, "basic_expenditure_yuan") == "80000000"
    assert value(facts, "stated_execution_rate") == "0.9676"
    assert [row.text for row in named(facts, "stated_execution_rate")] == ["96.76"]
    (total,) = [row for row in facts.sources if row.column == "total_budget_yuan"]
    assert (total.table_number, total.row_number, total.column_number, total.raw_text) == (1, 1, 2, "24957.99")


def test_the_unit_of_a_table_of_budgets_and_spending_stands_above_its_figures():
    rows = ("项目|金额（元）", "年初预算数|30,800.00", "调整预算数|32,100.00", "决算数|31,700.00", "执行率|98.75%")
    facts = facts_of(BUDGET + table(*rows))
    names = ("total_budget_yuan", "annual_budget_yuan", "executed_yuan")
    assert [value(facts, name) for name in names] == ["30800", "32100", "31700"]


def test_table_with_a_figure_a_column():
    rows = (
        "项目|年初预算数|全年预算数|全年执行数|执行率",
        "基本支出|40|45|44|97.8%",
        "项目支出|60|55|54|98.2%",
        "合计|100|100|98|98%",
    )
    facts = facts_of(CONCLUSION + "单位：万元\n\n" + table(*rows))
    names = ("total_budget_yuan", "annual_budget_yuan", "executed_yuan", "stated_execution_rate")
    assert [value(facts, name) for name in names] == ["1000000", "1000000", "980000", "0.98"]


def test_unit_beside_the_only_row():
    facts = facts_of(CONCLUSION + table("指标|全年预算数|全年执行数", "金额（万元）|100|98"))
    assert [value(facts, name) for name in ("annual_budget_yuan", "executed_yuan")] == ["1000000", "980000"]


def test_table_of_two_years_gives_the_own_one():
    facts = facts_of(BUDGET + table("指标（万元）|2021年|2022年", "收支总预算|100|120"))
    assert value(facts, "total_budget_yuan") == "1200000"


def test_tables_of_projects_hold_no_headline_figures():
    facts = facts_of(BUDGET + table("项目名称|年初预算数（万元）|执行数（万元）", "道路|40|45", "合计|40|45"))
    assert value(facts, "total_budget_yuan") is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("收支总预算900万元，比上年增长5%，增加45万元。", "450000"),
        ("收支总预算900万元，同比下降5%，减少45万元。", "-450000"),
        ("收支总预算900万元，比上年增加45万元，增幅5%。", "450000"),
        ("收支总预算900万元，其中基本支出400万元，项目支出500万元。与2021年相比减少45万元。", "-450000"),
        ("收支总预算900万元，较上年调减45万元，压减5%。", "-450000"),
        ("收支总预算900万元，较2021年945万元减少45万元。", "-450000"),
        ("收支总预算900万元，较2021年决算数855万元增加45万元。", "450000"),
        ("收支总预算900万元，与2021年的855万元相比，增加45万元，增幅5%。", "450000"),
        ("收支总预算900万元，与上年945万元相比减少45万元。", "-450000"),
        ("收支总预算900万元，比上年增长5%，其中基本支出45万元。", None),
        ("收支总预算900万元，其中基本支出400万元，比上年增加45万元。", None),
    ],
)
def test_change_behind_its_share_and_behind_the_parts(sentence, expected):
    assert budget(sentence, "prior_year_change_yuan") == expected


@pytest.mark.parametrize("heading", ["一、概况", "一、收支情况", "二、综合评价"])
def test_bare_rate_right_behind_a_headline_figure(heading):
    facts = facts_of(f"{heading}\n\n全年预算数900万元，实际支出810万元，执行率90%。\n")
    assert value(facts, "stated_execution_rate") == "0.9"


def test_bare_rate_behind_the_two_parts_of_what_was_executed():
    told = "一、过程\n\n全年支出98.00万元，其中基本支出40.00万元、项目支出58.00万元{}支出率98.00%。\n"
    assert value(facts_of(told.format("；")), "stated_execution_rate") == "0.98"
    assert value(facts_of(told.format("，")), "stated_execution_rate") is None
    part = told.replace("基本支出40.00万元、", "").format("；")
    assert value(facts_of(part), "stated_execution_rate") is None


def test_bare_rate_of_a_project_is_no_headline_figure():
    sentence = "长者食堂经费年初预算900万元，执行率90%。"
    assert value(facts_of(f"一、概况\n\n{sentence}\n"), "stated_execution_rate") is None


def test_revenue_and_expenditure_in_total():
    assert budget("2022年收入总计900万元、支出总计900万元，收支平衡。") == "9000000"
    assert budget("2022年收入总计900万元、支出总计900万元，收支平衡。", "executed_yuan") is None
    assert budget("2022年决算收入总计900万元。") is None
    assert budget("2022年度部门预算总额900万元。") == "9000000"


def test_spending_in_short_words():
    assert concluded("全年预算900万元，支出810万元。", "executed_yuan") == "8100000"
    assert concluded("全镇全年完成财政支出810万元。", "executed_yuan") == "8100000"


def test_totals_of_a_project_table_are_no_headline_figures():
    rows = table("序号|项目|年初预算（万元）|全年预算（万元）", "1|某路整治|8|9", "2|某村广场|2|2", "|合计|10|11")
    facts = facts_of(f"一、基本情况\n\n2022年年初预算900万元。\n\n二、绩效情况\n\n（一）实施情况\n\n{rows}")
    assert [row.value for row in named(facts, "total_budget_yuan")] == [9000000]
    assert named(facts, "annual_budget_yuan") == []


def test_score_in_short_words():
    assert concluded("经综合评定，本部门自评得97.5分。", "self_score") == "97.5"


def test_change_behind_a_bracket_of_parts():
    sentence = "部门整体支出预算 900 万元（其中：基本支出 400 万元，项目支出 500 万元），较2021年的945万元减少45万元。"
    assert budget(sentence) == "9000000"
    assert budget(sentence, "prior_year_change_yuan") == "-450000"


def test_change_of_revenue_and_expenditure_each():
    sentence = "预算收入总规模900万元，支出总规模900万元，与上年度相比分别增加45万元和45万元。"
    assert budget(sentence, "prior_year_change_yuan") == "450000"
    assert budget(sentence, "executed_yuan") is None


@pytest.mark.parametrize(
    "rows",
    [
        ("全年预算数（万元）|执行数（万元）|自评得分|自评等级", "900|810|95.8|优"),
        ("指标|结果", "全年预算数（万元）|900", "执行数（万元）|810", "自评得分|95.8", "自评等级|优"),
    ],
)
def test_grade_in_a_table(rows):
    facts = facts_of("一、自评结论\n\n" + table(*rows))
    (grade,) = named(facts, "grade")
    assert (grade.text, value(facts, "self_score"), value(facts, "executed_yuan")) == ("优", "95.8", "8100000")


@pytest.mark.parametrize(
    "parts",
    [
        "其中：街道本级收支预算600万元，中心幼儿园收支预算300万元",
        "其中一般公共预算全年预算数800万元，执行数790万元",
        "2022年地区一般公共预算收入52亿元",
        "比上年决算数880万元增加20万元",
        "2022年部门总收入920万元",
        "年初预算850万元",
        "环卫经费项目年初预算300万元，调整后预算290万元，全年支出280万元，执行率96.67%",
    ],
)
def test_amounts_of_parts_and_in_weaker_words_are_no_further_totals(parts):
    facts = facts_of(f"{BUDGET}2022年收支总预算900万元，{parts}。\n")
    assert [row.value for row in named(facts, "total_budget_yuan")] == [9000000]
    others = ("annual_budget_yuan", "executed_yuan", "stated_execution_rate")
    assert [name for name in others if named(facts, name)] == []


def test_initial_budget_is_the_total_where_no_other_is_stated():
    facts = facts_of(f"{BUDGET}2022年部门总收入920万元；年初预算850万元，调整后预算900万元。\n")
    assert len(named(facts, "total_budget_yuan")) == 1
    assert value(facts, "annual_budget_yuan") == "9000000"


def test_execution_of_a_project_in_prose_gives_way():
    tasks = "\n（二）任务完成情况\n\n环卫经费：年初预算300万元，调整后预算290万元，实际支出280万元，执行率96.55%。\n"
    facts = facts_of(f"{CONCLUSION}全年预算数900万元，执行数810万元，完成预算的90%。\n{tasks}")
    rows = [row for row in facts.figures if not row.name.startswith("year:")]
    assert [(row.name, row.value) for row in rows] == [
        ("annual_budget_yuan", 9000000),
        ("executed_yuan", 8100000),
        ("stated_execution_rate", Decimal("0.9")),
    ]


def test_execution_behind_the_parts_of_the_expenditure():
    sentence = "基本支出500万元，执行490万元，执行率98%。"
    facts = facts_of(f"{CONCLUSION}全年预算数900万元，执行数810万元，预算执行率90%。其中{sentence}\n")
    assert [row.value for row in named(facts, "executed_yuan")] == [8100000]
    assert [row.value for row in named(facts, "stated_execution_rate")] == [Decimal("0.9")]


@pytest.mark.parametrize(
    "sentence",
    ["对900万元预算资金开展绩效监控。", "年中对25个项目共900万元进行了绩效运行监控。"],
)
def test_monitored_amount_before_its_words(sentence):
    assert value(facts_of(f"（四）绩效管理情况\n\n{sentence}\n"), "monitored_yuan") == "9000000"


@pytest.mark.parametrize(
    "sentence",
    [
        "9月，对项目支出和专项资金开展“双监控”，监控金额9,000,000.00元。",
        "对28个项目实施监控，监控资金900万元。",
        "对所有项目开展“双监控”，金额共计900万元。",
        "组织“双监控”，覆盖全部项目，金额900万元。",
        "双监控项目28个，资金量900万元。",
        "绩效监控涉及28个项目900万元。",
        "纳入“双监控”范围的资金900万元，其中大额项目2个，涉及资金300万元。",
        "“双监控”资金共计900万元。",
        "监控的预算金额为900万元，监控的支出金额为420万元。",
        "年中逐项填报监控表，监控覆盖全部财政性资金900万元。",
        "完成900万元项目资金的“双监控”。",
        "7月，镇里对列入预算的资金900万元组织了执行监控。",
        "对全部项目资金900万元启动实施绩效运行监控。",
    ],
)
def test_monitored_amount_in_many_words(sentence):
    assert value(facts_of(f"（四）绩效管理情况\n\n{sentence}\n"), "monitored_yuan") == "9000000"


@pytest.mark.parametrize(
    "sentence",
    [
        "上半年，街道对全部项目支出预算900.00万元进行了绩效监控。",
        "街道对项目支出900.00万元开展绩效运行监控，偏差均已纠正。",
        "全年预算950.00万元，年中对项目支出预算900.00万元实行“双监控”。",
    ],
)
def test_monitored_project_expenditure_is_no_expenditure_of_the_year(sentence):
    facts = facts_of(f"（四）绩效管理情况\n\n{sentence}\n")
    assert value(facts, "monitored_yuan") == "9000000"
    assert value(facts, "project_expenditure_yuan") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "监控发现4个项目进度偏慢，涉及金额80万元。",
        "监控中收回资金80万元，涉及项目2个。",
        "“双监控”发现问题2个，涉及资金80万元。",
        "新建视频监控项目2个，资金80万元。",
        "监控，金额较大的2个项目合计80万元。",
        "对采购项目开展监控，监控金额80万元。",
    ],
)
def test_what_monitoring_found_is_not_what_was_monitored(sentence):
    assert value(facts_of(f"（四）绩效管理情况\n\n{sentence}\n"), "monitored_yuan") is None


def test_score_of_the_whole_before_that_of_projects():
    assert concluded("项目自评平均得分96分，部门整体支出自评得分95分。", "self_score") == "95"


def test_rate_as_a_share_of_the_budget_stated():
    facts = facts_of("二、预算执行\n\n2022年实际支出810万元，占全年预算900万元的90%。\n")
    names = ("executed_yuan", "annual_budget_yuan", "stated_execution_rate")
    assert [value(facts, name) for name in names] == ["8100000", "9000000", "0.9"]


@pytest.mark.parametrize(
    ("sentence", "name", "expected"),
    [
        ("2022年预算安排900万元，比2021年预算安排850万元增长5.88%。", "total_budget_yuan", "9000000"),
        ("2021年预算安排850万元。", "total_budget_yuan", None),
        ("2021年度总支出850万元。", "executed_yuan", None),
        ("全年预算900万元，全年决算810万元。", "executed_yuan", "8100000"),
        ("全年预算900万元，实际支出810万元，资金使用率为90%。", "stated_execution_rate", "0.9"),
        ("对监控资金800万元，占部门预算的65%。", "stated_execution_rate", None),
        ("自我评价结论：优（95.6分）。", "self_score", "95.6"),
        ("全年预算900万元，执行810万元，完成预算90%。", "stated_execution_rate", "0.9"),
        ("全年收支总预算900万元，同比增加10万元；调整预算数950万元，支出数940万元。", "annual_budget_yuan", "9500000"),
        ("全年预算900万元，支出891万元，完成率99%。", "executed_yuan", "8910000"),
        ("年初预算900万元，追加50万元，全年可用资金950万元，实际支出940万元。", "annual_budget_yuan", "9500000"),
        ("预算执行率=23,760.00/24,000.00*100%=99.00%。", "stated_execution_rate", "0.99"),
        ("人员类项目支出91万元，运转类项目支出12万元。", "project_expenditure_yuan", None),
        ("预算调整数-120万元，调整后预算780万元，全年支出770万元。", "annual_budget_yuan", "7800000"),
        ("年度支出预算900万元，调整后支出预算950万元，当年实际支出940万元。", "executed_yuan", "9400000"),
        ("年度预算数900万元，截止12月31日已支付810万元，支付率90%。", "stated_execution_rate", "0.9"),
        ("年初预算数900万元，上年结转50万元，全年预算数950万元，执行数940万元。", "annual_budget_yuan", "9500000"),
    ],
)
def test_further_wordings(sentence, name, expected):
    assert concluded(sentence, name) == expected


def test_grade_behind_its_verb():
    (grade,) = named(facts_of(f"{CONCLUSION}自评96分，评为“优秀”等级。\n"), "grade")
    assert grade.text == "优秀"


@pytest.mark.parametrize(
    "sentence",
    [
        "2022年年初部门预算900万元，年中追加后调整为950万元，全年实际支出940万元。",
        "年初预算安排900万元，预算调整后为950万元，实际执行940万元，执行进度99%。",
    ],
)
def test_a_budget_that_was_adjusted_to_an_amount(sentence: str) -> None:
    assert budget(sentence) == "9000000"
    assert budget(sentence, "annual_budget_yuan") == "9500000"
    assert budget(sentence, "executed_yuan") == "9400000"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("年初预算总额900万元。年度执行中，因增资等原因，预算调整为950万元，较年初增加50万元。", "9500000"),
        ("年初预算总额900万元。年中，部门预算调整为950万元，比年初数增加50万元。", "9500000"),
        ("年初预算总额900万元。年中，绿化预算调整为50万元，较年初增加5万元。", None),
        ("年初预算总额900万元。该项目预算调整为50万元，较年初增加5万元。", None),
    ],
)
def test_a_budget_that_was_adjusted_in_a_sentence_of_its_own(sentence: str, expected: str | None) -> None:
    assert budget(sentence) == "9000000"
    assert budget(sentence, "annual_budget_yuan") == expected


def test_expenditure_in_a_sentence_behind_the_revenue_of_the_budget() -> None:
    sentence = "部门预算总收入900万元。总支出900万元，比2021年（镇）减少45万元，下降5%；全年执行891万元，执行率99%。"
    assert budget(sentence) == "9000000"
    assert budget(sentence, "executed_yuan") == "8910000"
    assert budget(sentence, "prior_year_change_yuan") == "-450000"


def test_revenue_and_expenditure_of_the_year_give_way_to_what_was_executed() -> None:
    body = (
        "三、部门预算收支\n\n本年收入900万元；本年支出900万元。\n\n四、预算执行\n\n全年预算数950万元，执行数940万元。\n"
    )
    assert value(facts_of(body), "executed_yuan") == "9400000"


def test_figures_below_the_name_of_a_project_are_its_own() -> None:
    body = "全年预算数900万元，执行数810万元。\n\n（1）征地拆迁项目\n\n预算数：20万元；执行数：18万元。\n"
    facts = facts_of("二、自评结果\n\n1.综合得分\n\n" + body)
    assert [int(row.value) for row in named(facts, "annual_budget_yuan")] == [9000000]
    assert [int(row.value) for row in named(facts, "executed_yuan")] == [8100000]


@pytest.mark.parametrize("body", ["五、自评得分：90.5分，优。\n", "（四）自评分数\n\n90.5分（优）。\n"])
def test_a_score_below_a_heading_that_says_so(body: str) -> None:
    facts = facts_of("二、绩效情况\n\n" + body)
    assert (value(facts, "self_score"), [row.text for row in named(facts, "grade")]) == ("90.5", ["优"])


def test_expenditure_in_a_column_of_budgets_is_not_executed() -> None:
    body = "一、预决算情况（单位：万元）\n\n" + table("项目|年初预算|决算", "支出合计|900|880", "基本支出|300|290")
    assert value(facts_of(body + "\n全年执行数880万元。\n"), "executed_yuan") == "8800000"


@pytest.mark.parametrize(
    "sentence",
    [
        "2022年初预算900万元，调增50万元，调整后950万元，支出940万元，执行率98.9%。",
        "预算批复900万元。至年末执行940万元，调整预算数为950万元。",
        "预算总额900万元。2022年执行940万元，按全年预算数950万元计算。",
    ],
)
def test_what_was_executed_in_short_words(sentence: str) -> None:
    assert budget(sentence, "annual_budget_yuan") == "9500000"
    assert budget(sentence, "executed_yuan") == "9400000"


def test_a_threshold_without_a_claim_is_none() -> None:
    assert value(facts_of("一、绩效管理情况\n\n本表只列20万元以上的项目。\n"), "large_project_threshold_yuan") is None


def test_revenue_and_expenditure_with_a_rate_are_no_budgets() -> None:
    sentence = "2022年度总收入900万元，总支出891万元，执行率为99%。"
    assert budget(sentence, "executed_yuan") == "8910000"
    assert budget(sentence) == "9000000"


@pytest.mark.parametrize(
    "told",
    [
        "项目支出预算1600万元，支出1548万元，执行率96.75%；全年预算数3000万元，执行数2940万元，执行率98%。",
        "各项绩效目标完成率100%，全年预算数3000万元，执行数2940万元，预算执行率98%。",
        "序时进度75%时执行率已达77.6%，全年预算数3000万元，执行数2940万元，执行率98%。",
        "截至11月底，支出2700万元，预算执行率91.5%；全年预算数3000万元，执行数2940万元，全年执行率98%。",
        "截至12月31日，全年预算数3000万元，执行数2940万元，执行率98%。",
        "全区平均预算执行率94.1%，我街全年预算数3000万元，执行数2940万元，执行率98%。",
        "预算执行率目标值95%以上，全年预算数3000万元，执行数2940万元，实际执行率98%。",
        "年初预算2800万元，调整后预算3000万元，全年支出2940万元，完成年初预算的105%，完成调整后预算的98%。",
    ],
)
def test_rates_of_anything_but_the_whole_year_and_its_budget_are_none_of_the_department(told: str) -> None:
    read = [concluded(told, name) for name in ("annual_budget_yuan", "executed_yuan", "stated_execution_rate")]
    assert read == ["30000000", "29400000", "0.98"]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ("总投资5800万元，当年安排资金600万元", "6000000"),
        ("核减资金35万元", None),
        ("资金600万元，核减35万元", "6000000"),
        ("分别为道路900万元、绿化600万元", None),
        ("分别为道路900万元，绿化600万元，合计1500万元", "15000000"),
        ("有道路900万元、绿化600万元和照明500万元", None),
        ("分别是道路、绿化，预算1500万元", "15000000"),
        ("预算1500万元、支出1480万元", "15000000"),
        ("涉及资金1500万元、其中道路900万元", "15000000"),
    ],
)
def test_what_large_projects_cost_in_all_or_save_is_not_their_amount(amounts: str, expected: str | None) -> None:
    facts = facts_of(f"一、绩效管理情况\n\n年中监控500万元以上的项目1项，{amounts}。\n")
    assert value(facts, "large_project_yuan") == expected


@pytest.mark.parametrize(
    ("told", "amount", "count"),
    [
        ("监控资金4200万元，500万元以上项目资金2300万元，共3项。", "23000000", "3"),
        ("监控资金4200万元，500万元以上的项目预算合计2300万元，共3项。", "23000000", "3"),
        ("500万元以上的项目平均进度比200万元的快，共3项。", None, "3"),
    ],
)
def test_the_number_of_large_projects_may_stand_behind_what_they_come_to(told, amount, count) -> None:
    facts = facts_of(f"一、绩效管理情况\n\n{told}\n")
    assert (value(facts, "large_project_yuan"), value(facts, "large_project_count")) == (amount, count)


def test_budgets_of_the_seat_and_of_units_are_none_of_the_whole() -> None:
    told = "2022年收支总预算3000万元。街道本级收支总预算2600万元，服务中心收支总预算400万元。"
    assert [int(row.value) for row in named(facts_of(BUDGET + told), "total_budget_yuan")] == [30000000]
    again = "2022年收支总预算3000万元。含本级和下属单位的收支总预算2600万元。"
    assert [int(row.value) for row in named(facts_of(BUDGET + again), "total_budget_yuan")] == [30000000, 26000000]


def test_a_balance_of_revenue_does_not_say_what_was_executed():
    balance = table("收入|金额（万元）|支出|金额（万元）", "拨款|100|基本支出|40", "收入合计|100|支出合计|100")
    facts = facts_of(BUDGET + balance + "\n\n2022年实际支出98万元。\n")
    assert value(facts, "executed_yuan") == "980000"


def test_of_columns_of_several_years_the_own_one_counts():
    rows = ("基本支出|30|40|38", "项目支出|50|60|58", "合计|80|100|96")
    facts = facts_of(BUDGET + table("项目|2021年决算（万元）|2022年预算（万元）|2022年决算（万元）", *rows))
    names = ("basic_expenditure_yuan", "project_expenditure_yuan")
    assert [value(facts, name) for name in names] == ["380000", "580000"]


@pytest.mark.parametrize(
    ("rows", "executed"),
    [
        (("收入总计|90|100", "支出总计|90|96"), "960000"),
        (("支出合计|90|96", "收入合计|90|100"), "960000"),
        (("收入合计|90|100", "财政拨款|80|90"), None),
    ],
)
def test_revenue_received_is_nothing_executed(rows: tuple[str, ...], executed: str | None) -> None:
    facts = facts_of(BUDGET + table("类别|2022年预算（万元）|2022年决算（万元）", *rows))
    assert value(facts, "executed_yuan") == executed


def test_projects_told_in_prose_state_no_headline_figures():
    told = "（一）乡村建设。安排资金265万元，实际支出254.4万元，支出率96%。建成精品村2个。\n"
    facts = facts_of(BUDGET + "全年预算数500万元，决算数490万元，执行率98%。\n\n二、各项任务完成情况\n\n" + told)
    assert [row.name for row in facts.projects] == ["乡村建设"]
    names = ("annual_budget_yuan", "executed_yuan", "stated_execution_rate")
    assert [[str(row.value.normalize()) for row in named(facts, name)] for name in names] == [
        ["5E+6"], ["4.9E+6"], ["0.98"],
    ]  # fmt: skip


def test_of_full_marks_and_scores_the_score_counts():
    rows = ("目标管理|20|18", "过程管理|30|28.5", "产出|30|28", "效果|20|18.5", "总分|100|93")
    assert value(facts_of("一、自评得分及等级\n\n" + table("指标|分值|得分", *rows)), "self_score") == "93"


@pytest.mark.parametrize(
    ("beside", "executed"),
    [
        ("全年执行970万元，占全年预算1000万元的97%。", 9_700_000),  # fits its rate, and the other does not
        ("全年执行950万元，占全年预算1000万元的97%。", 6_000_000),  # fits no rate: nothing is settled
    ],
)
def test_of_several_amounts_executed_the_one_that_fits_its_rate_counts(beside, executed):
    facts = facts_of(f"一、预算安排\n\n年度总支出如下。{beside}\n\n二、评价结论\n\n全年实际支出600万元。\n")
    assert [row.value for row in named(facts, "executed_yuan") if row.is_primary] == [executed]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2022年部门整体支出绩效得**93.25分**，等次为优。", "93.25"),
        ("本年度自评八十八分（88分），评定等次为“良”。", "88"),
        ("按照评分标准，自评得九十二分。", "92"),
        ("我街自评共计得了93.5分。", "93.5"),
        ("经逐项打分，综合得92分，评定为优。", "92"),
        ("我街最终得91分。", "91"),
        ("绩效培训考核人均得12分钟好评，共得表彰12项。", None),
        ("产出指标满分50分，扣1.5分。", None),
    ],
)
def test_scores_that_are_got(sentence: str, expected: str | None) -> None:
    assert concluded(sentence, "self_score") == expected


@pytest.mark.parametrize(
    ("sentence", "expected", "printed"),
    [
        ("部门预算约1.23亿元（12,345.67万元），全部为财政拨款。", "123456700", "12,345.67"),
        ("部门预算总额1.2亿元（即12,345.67万元）。", "123456700", "12,345.67"),
        ("部门预算总额为12,346万元（准确数123,456,789.10元）。", "123456789.1", "123,456,789.10"),
        ("部门预算总额1.23亿元（其中项目6,345.67万元）。", "123000000", "1.23"),
        ("部门预算总额1.23亿元（9,345.67万元）。", "123000000", "1.23"),
        ("部门预算总额12,345.67万元（约1.2亿元）。", "123456700", "12,345.67"),
    ],
)
def test_the_same_amount_less_rounded_in_a_bracket(sentence: str, expected: str, printed: str) -> None:
    facts = facts_of(BUDGET + sentence + "\n")
    assert value(facts, "total_budget_yuan") == expected
    assert [row.text for row in named(facts, "total_budget_yuan") if row.is_primary] == [printed]


def test_of_several_places_the_least_rounded_amount_is_taken() -> None:
    rows = table(
        "支出类别|预算（调整后）|支出", "人员支出|400.25|380.15", "公用支出|100.00|99.01", "合计|500.25|479.16"
    )
    exact = f"二、收支情况\n\n单位：元\n\n{rows}"
    assert value(facts_of("一、自评结论\n\n全年支出0.0479万元。\n\n" + exact), "executed_yuan") == "479.16"
    assert value(facts_of("一、自评结论\n\n全年支出0.0497万元。\n\n" + exact), "executed_yuan") == "497"


def test_a_year_between_department_and_budget() -> None:
    assert budget("部门2022年预算数812.5万元（其中人员经费400万元），决算支出800万元。") == "8125000"


@pytest.mark.parametrize(
    "sentence",
    [
        "支出总计950万元，其中：本年支出900万元，年末结转和结余50万元。",
        "支出总计950万元，包括本年支出900万元和年末结转和结余50万元。",
        "本年支出合计900万元，年末结转和结余50万元，支出总计950万元。",
    ],
)
def test_what_is_carried_over_was_not_spent(sentence: str) -> None:
    assert budget(sentence, "executed_yuan") == "9000000"


def test_each_side_of_a_table_of_two_has_its_own_labels() -> None:
    rows = table(
        "收入项目|决算数|支出项目|决算数",
        "本年收入合计|940|本年支出合计|900",
        "年初结转|10|年末结转|50",
        "总计|950|总计|950",
    )
    assert value(facts_of(f"一、收支情况\n\n收支决算总表（万元）\n\n{rows}"), "executed_yuan") == "9000000"


def test_scores_of_indicators_are_no_rates_or_amounts() -> None:
    rows = table("指标|权重|得分", "预算执行率|10|9.6", "预算执行|10|9.7", "产出指标|80|75", "总分|100|94.3")
    facts = facts_of(f"一、评分\n\n单位：万元\n\n{rows}")
    assert [value(facts, name) for name in ("stated_execution_rate", "executed_yuan", "self_score")] == [
        None, None, "94.3",
    ]  # fmt: skip


def test_a_row_a_year() -> None:
    rows = table("年度|调整后预算（万元）|决算支出（万元）|预算执行率", "2021年|900|880|97.78%", "2022年|800|760|95%")
    facts = facts_of(f"一、收支情况\n\n{rows}")
    assert [value(facts, name) for name in ("annual_budget_yuan", "executed_yuan", "stated_execution_rate")] == [
        "8000000", "7600000", "0.95",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "预算800万元以上的项目3个，分别是甲、乙、丙，预算合计6,543.21万元。",
        "纳入自评的12个项目，预算总额6,543.21万元。",
        "共安排重点项目12项，预算合计6,543.21万元。",
    ],
)
def test_what_projects_come_to_is_no_budget_of_the_department(sentence: str) -> None:
    assert budget(sentence) is None
    assert budget(sentence.replace("预算合计", "部门预算合计").replace("预算总额", "部门预算总额")) == "65432100"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("监控覆盖全部14个主要项目，资金987.07万元，其中50万元以上的5项，资金876.66万元。", ("500000", "5", "8766600")),
        ("监控项目14个，其中50万元（含）以上的5个，合计876.66万元。", ("500000", "5", "8766600")),
        ("预算500千元（即50万元）以上项目共5项，预算8,766.6千元。", ("500000", "5", "8766600")),
        ("年度项目支出中，50万元以上的有5个项目，预算共计876.66万元。", ("500000", "5", "8766600")),
        ("50万元起的项目5项，涉及金额876.66万元。", ("500000", "5", "8766600")),
        ("安排项目132个，其中50万元以上项目的收支如下（其余127个小额项目从略）。", (None, None, None)),
        ("走访企业12家，其中产值50万元以上的5家，税收876.66万元，项目3个。", (None, None, None)),
    ],
)
def test_large_projects_beside_all_of_them(sentence: str, expected: tuple[str | None, ...]) -> None:
    facts = facts_of("二、绩效监控\n\n" + sentence + "\n")
    names = ("large_project_threshold_yuan", "large_project_count", "large_project_yuan")
    assert tuple(value(facts, name) for name in names) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全部项目涉及资金987.07万元，其中预算50万元以上的项目5项，涉及资金876.66万元。", "9870700"),
        ("监控覆盖全部项目资金987.07万元（其中：50万元以上项目5个，金额876.66万元）。", "9870700"),
        ("监控项目14个，其中50万元以上的5个项目，合计876.66万元。", None),
        ("项目资金较上年减少87.07万元，其中50万元以上的项目5个，合计876.66万元。", None),
        ("50万元以上的项目5个，合计876.66万元，其中市政项目3个。", None),
    ],
)
def test_what_large_projects_are_a_part_of(sentence: str, expected: str | None) -> None:
    assert value(facts_of("二、绩效监控\n\n" + sentence + "\n"), "large_project_whole_yuan") == expected


def test_expenditure_behind_the_revenue_of_a_budget_is_budgeted() -> None:
    told = "2022年区财政批复我街道部门预算收入812.5万元、支出812.5万元。"
    assert (budget(told), budget(told, "executed_yuan")) == ("8125000", None)
    assert budget("部门预算812.5万元，支出800万元。", "executed_yuan") == "8000000"


def test_budgets_of_the_whole_year_by_their_source() -> None:
    facts = facts_of(BUDGET + "全年财政拨款预算安排812.5万元，支出800万元，执行率98.46%。\n")
    assert [value(facts, name) for name in ("annual_budget_yuan", "executed_yuan")] == ["8125000", "8000000"]


def test_what_all_indicators_get_is_the_score() -> None:
    assert concluded("根据评分表，各项指标合计得分95.5分（满分100分）。", "self_score") == "95.5"
    assert concluded("产出指标合计得分45分。", "self_score") is None


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("“三公”经费支出情况（单位：万元）", ("因公出国（境）费用", "公务接待费")),
        ("", ("公务用车运行维护费", "公务接待费")),
        ("各项费用（单位：万元）", ("1.会议费", "2.培训费")),
        ("政府采购执行情况（单位：万元）", ("货物类", "服务类")),
        ("全年采购情况如下：", ("办公设备", "安保")),
    ],
)
def test_sums_of_a_part_of_the_spending_are_no_headline_figures(title: str, rows: tuple[str, str]) -> None:
    lines = table("内容|全年预算数|决算数", f"{rows[0]}|7.00|5.00", f"{rows[1]}|3.00|1.00", "合计|10.00|6.00")
    facts = facts_of(blocks("一、收支情况", "单位：万元", title, lines))
    assert named(facts, "annual_budget_yuan") == named(facts, "executed_yuan") == []


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("部门支出及三公经费情况（单位：万元）", ("基本支出", "项目支出")),
        ("部门收支情况（单位：万元）", ("街道本级", "下属单位")),
    ],
)
def test_sums_of_the_whole_are_headline_figures_beside_their_parts(title: str, rows: tuple[str, str]) -> None:
    lines = table("内容|全年预算数|决算数", f"{rows[0]}|7.00|5.00", f"{rows[1]}|3.00|1.00", "合计|10.00|6.00")
    assert value(facts_of(blocks("一、收支情况", title, lines)), "annual_budget_yuan") == "100000"


@pytest.mark.parametrize(
    "sentence",
    [
        "部门预算执行率为97.50%（975.00万元/1000.00万元）。",
        "预算执行率97.50%（即975.00÷1000.00×100%）。",
        "预算执行率97.50%（975.00/1,000.00万元），较上年提高。",
        "预算执行率=975.00万元÷1000.00万元×100%=97.50%。",
        "预算执行率97.50%[支出数975.00万元/预算数1000.00万元]。",
        "预算执行率97.50%（执行数975.00万元，预算数1000.00万元）。",
        "整体预算执行率为97.50%，即975.00万元/1000.00万元。",
    ],
)
def test_a_rate_beside_its_quotient_states_both_amounts(sentence: str) -> None:
    facts = facts_of(blocks("一、自评结论", "单位：万元", sentence))
    read = [value(facts, name) for name in ("stated_execution_rate", "executed_yuan", "annual_budget_yuan")]
    assert read == ["0.975", "9750000", "10000000"]


def test_a_quotient_that_does_not_come_out_is_read_as_stated() -> None:
    facts = facts_of(CONCLUSION + "预算执行率为97.50%（957.00万元/1000.00万元）。\n")
    assert (value(facts, "stated_execution_rate"), value(facts, "executed_yuan")) == ("0.975", "9570000")


@pytest.mark.parametrize(
    "sentence",
    [
        "采购预算执行率97.50%（975.00万元/1000.00万元）。",
        "预算执行率97.50%（得分19.50分/20分）。",
        "预算执行率97.50%，其中前三季度975.00万元/1000.00万元。",
    ],
)
def test_other_quotients_state_no_amounts_of_the_year(sentence: str) -> None:
    assert concluded(sentence, "executed_yuan") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "四部分合计92.75分，等级为优。",
        "各部分得分合计92.75分。",
        "以上四项得分合计92.75分。",
        "四个部分得分相加为92.75分。",
        "各维度得分之和为92.75分。",
        "五大类指标累计得92.75分。",
        "三方面得分加总后为92.75分。",
    ],
)
def test_the_sum_of_the_scores_of_parts_is_the_score(sentence: str) -> None:
    assert concluded(sentence, "self_score") == "92.75"


@pytest.mark.parametrize(
    "sentence",
    [
        "两项指标合计扣7.25分。",
        "四部分满分合计100分。",
        "以上三项合计92.75万元。",
        "四项活动合计92场。",
        "本部分各项指标得分合计27.00分。",
    ],
)
def test_other_sums_are_no_score(sentence: str) -> None:
    assert concluded(sentence, "self_score") is None


def test_a_score_stated_in_other_words_goes_before_a_sum_of_parts() -> None:
    assert concluded("前四项得分合计52.00分。经自评，部门整体得分92.75分。", "self_score") == "92.75"


@pytest.mark.parametrize("sums_up", ["综合评定，", "经综合评价，", "综上，", "综合以上四个方面，"])
def test_a_sentence_that_sums_up_behind_the_results_states_the_score(sums_up: str) -> None:
    body = f"三、工作成效\n\n新增绿地3公顷。\n\n{sums_up}部门整体支出绩效自评得分88.60分。\n"
    assert value(facts_of(body), "self_score") == "88.6"


def test_scores_of_others_among_the_results_are_not_that_of_the_report() -> None:
    assert value(facts_of("三、工作成效\n\n总体来看，窗口服务第三方测评得分88.60分。\n"), "self_score") is None


def test_the_budget_stated_among_the_goals_is_no_goal() -> None:
    facts = facts_of("二、绩效目标管理\n\n全镇收支总预算900.00万元，比上年增加20.00万元。预算执行率达到95%。\n")
    assert (value(facts, "total_budget_yuan"), value(facts, "stated_execution_rate")) == ("9000000", None)


@pytest.mark.parametrize(
    "words",
    ["资金总体支出", "财政资金总支出为", "总体支出共", "各项资金支出合计", "资金支出总额为", "总体资金支出"],
)
def test_what_was_spent_of_all_funds(words: str) -> None:
    told = f"2022年全年预算数500.00万元，其中，基本支出预算数200.00万元。{words}480.00万元，其中，基本支出190.00万元。"
    assert value(facts_of(f"二、当年预算执行情况\n\n{told}\n"), "executed_yuan") == "4800000"


@pytest.mark.parametrize("words", ["专项资金总体支出", "其中财政资金支出", "上年资金总体支出", "项目资金支出共"])
def test_what_was_spent_of_some_funds_is_not_all(words: str) -> None:
    facts = facts_of(f"二、当年预算执行情况\n\n2022年全年预算数500.00万元。{words}480.00万元，进度较快。\n")
    assert value(facts, "executed_yuan") is None


@pytest.mark.parametrize(
    "words", ["部门整体支出率为", "资金支付率", "整体支付进度达到", "财政支出率", "总体执行进度为"]
)
def test_rates_by_other_names(words: str) -> None:
    facts = facts_of(f"二、绩效自评情况\n\n（一）自评结论\n\n自评得分92分。{words}96.00%，较好。\n")
    assert value(facts, "stated_execution_rate") == "0.96"


@pytest.mark.parametrize("words", ["项目支出率", "上半年整体支出率", "整体支出率目标为"])
def test_rates_of_something_else(words: str) -> None:
    facts = facts_of(f"二、绩效自评情况\n\n（一）自评结论\n\n自评得分92分。{words}96.00%，较好。\n")
    assert value(facts, "stated_execution_rate") is None


@pytest.mark.parametrize(
    "words", ["综合打分", "自评打分结果为", "最终打分：", "综合评价打分为", "按指标体系逐项打分，得", "经评审，共计得"]
)
def test_a_score_that_was_given(words: str) -> None:
    assert value(facts_of(f"四、评价结论\n\n{words}92.8分，等级为优。\n"), "self_score") == "92.8"


@pytest.mark.parametrize("words", ["第三方打分", "满意度方面，平均得", "问卷打分"])
def test_a_score_that_others_gave_is_none(words: str) -> None:
    assert value(facts_of(f"四、评价结论\n\n{words}92.8分。\n"), "self_score") is None


def test_words_of_a_sum_over_and_over_count_no_projects() -> None:
    assert budget(f"项目{'共计' * 60}，年初预算6,543.21万元。") == "65432100"


@pytest.mark.parametrize("title", ["资金总体情况", "收支情况"])
def test_a_sentence_in_the_style_of_a_heading_states_figures(title):
    head = f"## 3 {title}\n\n### 3.1 "
    facts = facts_of(head + "全年预算120.0万元，分基本支出50.0万元、重点项目支出70.0万元两块。\n\n"
                     "### 3.2 全年执行114.0万元，执行率95.0%。其中基本支出50.0万元。\n")  # fmt: skip
    taken = [value(facts, name) for name in ("annual_budget_yuan", "executed_yuan", "stated_execution_rate")]
    assert taken == ["1200000", "1140000", "0.95"]


def test_sources_keep_the_words_as_they_stand():
    facts = facts_of(
        "一、收支情况\n\n全年预算 120.0 万元，执行 １１４.０ 万元。\n\n二、存在问题\n\n1. 台账 A 类 不细。\n"
    )
    assert [row.raw_text for row in facts.sources if row.group in ("figures", "problems")][-3:] == [
        "120.0 万元",
        "１１４.０ 万元",
        "台账 A 类 不细。",
    ]


SPLIT = "科目|年初预算数|上年结转|本年追加|调整预算数|执行数|结转下年"


@pytest.mark.parametrize(("basic", "project"), [("基本支出", "项目支出"), ("一、基本支出", "二、项目支出")])
@pytest.mark.parametrize("more", [(), ("其中：人员经费|250.00|-|3.00|253.00|251.00|-",)])
def test_a_table_of_both_kinds_of_expenditure_is_of_the_department(
    basic: str, project: str, more: tuple[str, ...]
) -> None:
    rows = (f"{basic}|300.00|-|5.00|305.00|302.00|-", *more, f"{project}|500.00|20.00|30.00|550.00|540.00|10.00")
    facts = facts_of(blocks(f"{BUDGET}单位：万元", table(SPLIT, *rows, "合计|800.00|20.00|35.00|855.00|842.00|10.00")))
    names = ("total_budget_yuan", "annual_budget_yuan", "executed_yuan")
    assert [value(facts, name) for name in names] == ["8000000", "8550000", "8420000"]
    spent = [value(facts, f"{name}_expenditure_yuan") for name in ("basic", "project")]
    assert spent == ["3020000", "5400000"]


def test_a_table_of_single_accounts_is_not_of_the_department() -> None:
    rows = ("教育支出|300.00|-|5.00|305.00|302.00|-", "项目支出|500.00|20.00|30.00|550.00|540.00|10.00")
    facts = facts_of(blocks(f"{BUDGET}单位：万元", table(SPLIT, *rows, "合计|800.00|20.00|35.00|855.00|842.00|10.00")))
    assert (value(facts, "total_budget_yuan"), value(facts, "executed_yuan")) == (None, None)


def test_what_was_spent_of_a_kind_of_expenditure_is_taken_before_its_budget() -> None:
    rows = ("基本支出|300.00|302.00|-2.00", "项目支出|500.00|490.00|10.00", "总数|800.00|792.00|8.00")
    facts = facts_of(blocks(f"{BUDGET}单位：万元", table("支出性质|全年预算数|支出数|结余", *rows)))
    names = ("basic_expenditure_yuan", "project_expenditure_yuan", "annual_budget_yuan", "executed_yuan")
    assert [value(facts, name) for name in names] == ["3020000", "4900000", "8000000", "7920000"]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("年初800.00万元，调整后855.00万元，执行842.00万元。", ("8000000", "8550000", "8420000")),
        ("河岸保洁年初80.00万元，调整后85.00万元，执行84.00万元。", (None, None, None)),
        ("河岸保洁：年初80.00万元，调整后85.00万元，执行84.00万元。", (None, None, None)),
        ("年初80.00万元的缺口已经补足，执行顺利。", (None, None, None)),
    ],
)
def test_the_budget_at_first_and_changed_without_its_name(sentence: str, figures: tuple[str | None, ...]) -> None:
    facts = facts_of(f"{BUDGET}{sentence}\n")
    assert tuple(value(facts, f"{name}_yuan") for name in ("total_budget", "annual_budget", "executed")) == figures


@pytest.mark.parametrize(
    ("sentence", "total"),
    [
        ("部门总预算1.23亿元，即12,345.60万元。", "123456000"),
        ("部门总预算1.23亿元，准确地说是12,345.60万元。", "123456000"),
        ("部门总预算（年初数）约1.23亿元、具体为12,345.60万元。", "123456000"),
        ("部门总预算1.23亿元，即1,234.56万元。", "123000000"),
        ("部门总预算1.23亿元，人均12,345.60万元。", "123000000"),
    ],
)
def test_the_exact_amount_behind_a_rounded_one(sentence: str, total: str) -> None:
    assert budget(sentence) == total


def test_budgets_at_first_and_after_changes_below_one_heading() -> None:
    rows = (
        "类别\t预算数\t\t\t决算数\t",
        "\t年初\t增减\t调整后\t本年\t上年",
        "基本支出\t3,000.00\t-20.00\t2,980.00\t2,950.00\t2,900.00",
        "项目支出\t2,000.00\t120.00\t2,120.00\t2,050.00\t1,800.00",
        "总计\t5,000.00\t100.00\t5,100.00\t5,000.00\t4,700.00",
    )
    facts = facts_of("一、基本情况\n\n（三）预算\n\n收支情况\n单位：万元\n" + "\n".join(rows) + "\n")
    assert value(facts, "total_budget_yuan") == "50000000"
    assert value(facts, "annual_budget_yuan") == "51000000"


@pytest.mark.parametrize("head", ["决算/调整预算", "支出数÷全年预算数", "执行数占调整后预算的比例"])
def test_a_rate_that_its_column_names_as_a_quotient(head: str) -> None:
    rows = (f"支出性质|年初预算|调整预算|决算|{head}", "基本支出|300.00|310.00|300.00|96.77%")
    body = table(*rows, "项目支出|200.00|190.00|190.00|100.00%", "合计|500.00|500.00|490.00|98.00%")
    facts = facts_of("一、基本情况\n\n（三）预算（单位：万元）\n\n" + body)
    assert value(facts, "stated_execution_rate") == "0.98"


def test_large_projects_of_a_section_on_budget_and_results_together() -> None:
    heading = "三、资金投入、过程、产出、效果情况\n\n（二）过程管理\n\n"
    monitored = "对全部项目支出开展监控，其中300万元以上的项目6项、涉及预算资金2,500万元。"
    invested = "全年引进300万元以上的项目6项，投资额2,500万元。"
    names = ("large_project_threshold_yuan", "large_project_count", "large_project_yuan")
    assert [value(facts_of(heading + monitored), name) for name in names] == ["3000000", "6", "25000000"]
    assert [value(facts_of(heading + invested), name) for name in names] == [None, None, None]


@pytest.mark.parametrize("where", ["见表2", "详见附件2"])
def test_the_number_of_a_table_is_no_amount(where: str) -> None:
    facts = facts_of(f"（金额单位均为元）\n\n二、预算执行情况\n\n项目支出情况{where}。自评得分情况{where}。\n")
    assert named(facts, "project_expenditure_yuan") == named(facts, "self_score") == []
