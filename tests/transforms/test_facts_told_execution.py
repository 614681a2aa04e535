"""Budget, spending and rate in words that no label knows, read from each other; and what must not be taken for them."""

import pytest
from report_cases import blocks, facts_of, named, table, value

pytestmark = pytest.mark.unit

NAMES = ("annual_budget_yuan", "executed_yuan", "stated_execution_rate")


def told(*texts: str) -> tuple[str | None, ...]:
    """Budget (whichever is read), spending and rate of a report whose section about money says this."""
    facts = facts_of("一、基本情况\n\n我街地处城东。\n\n二、资金情况\n\n" + blocks(*texts))
    annual, spent, rate = (value(facts, name) for name in NAMES)
    return annual or value(facts, "total_budget_yuan"), spent, rate


@pytest.mark.parametrize(
    "texts",
    [
        ["我街2022年全部盘子是2.0000亿元，花出去1.9600亿元，花钱进度98.00%。"],
        ["全年到账经费20,000.00万元，花销19,600.00万元，占到账数的98.00%。"],
        ["当年可支配财力20,000.00万元，各项开支合计19,600.00万元，用出98.00%。"],
        ["批复预算20000万元，报账19600万元，报账率98.00%。"],
        ["财政给了我们200,000,000.00元，我们用了196,000,000.00元，用掉了98.00%。"],
        ["全街一年的钱袋子20,000.00万元，拨付出去19,600.00万元，拨付进度98.0%。"],
        ["全年预算为人民币贰亿元整，用去一亿九千六百万元，执行率百分之九十八。"],
        ["２０２２年下达指标２００００万元，支用１９６００万元，支用率９８．０％。"],
        ["截至年底，在20,000.00万元的全年盘子中，已经花掉19,600.00万元，即98.0%。"],
        ["本年度账上可用20,000.00万元，实用19,600.00万元，结余400.00万元，使用率98.00%。"],
        ["全年核定20,000.00万元，其中年初19,000.00万元、追加1,000.00万元；年内消化19,600.00万元，消化率98%。"],
        ["截至12月31日，累计用款19,600.00万元，占全年预算20,000.00万元的98.00%。"],
        ["问：全年预算多少？", "答：20,000.00万元。", "问：花了多少？", "答：19,600.00万元，用款率98.00%。"],
        ["- 全年批复：20,000.00万元", "- 全年列支：19,600.00万元", "- 列支率：98.00%"],
        ["全年预算20,000.00万元。各季分别支出4,000.00万元、5,000.00万元、5,000.00万元、5,600.00万元，累计19,600.00万元，累计进度98.00%。"],
    ],
)  # fmt: skip
def test_three_figures_explain_each_other(texts):
    assert told(*texts) == ("200000000", "196000000", "0.98")


def test_the_adjusted_budget_is_told_by_the_rate_beside_the_initial_one():
    facts = facts_of(
        "一、资金情况\n\n（1）2022年部门预算年初是19,000.00万元，年中两次增列后是20,000.00万元。\n\n"
        "（2）执行19,600.00万元，拿增列后的数来比，执行率98.00%。\n"
    )
    names = ("total_budget_yuan", *NAMES)
    assert [value(facts, name) for name in names] == ["190000000", "200000000", "196000000", "0.98"]


@pytest.mark.parametrize(
    ("words", "rate", "annual"),
    [
        ("预算调整数20,000.00万元", "98.00", "200000000"),
        ("年中两次增列到20,000.00万元", "98.00", "200000000"),
        ("预算调整数1,000.00万元", "98.00", None),
        ("预算调整数20,000.00万元", "89.00", None),
    ],
)
def test_the_adjusted_budget_is_told_by_the_rate_that_does_not_fit_the_initial_one(words, rate, annual):
    body = f"2022年部门收支年初预算19,000.00万元，{words}，全年实际支出19,600.00万元，预算执行率{rate}%。"
    others = "区水务局在我街投入防洪堤建设资金3.40亿元，列在区水务局的预算里。"
    facts = facts_of(f"一、背景\n\n{others}\n\n二、资金情况\n\n{body}\n")
    assert (value(facts, "total_budget_yuan"), value(facts, "annual_budget_yuan")) == ("190000000", annual)


def test_a_wrong_rate_right_behind_its_amounts_stays_as_it_is_where_all_words_say_what_they_are():
    near = "2022年批复预算20,000.00万元，支用19,600.00万元，支用率为97.00%。"
    assert told(near) == ("200000000", "196000000", "0.97")
    assert told("2022年全年盘子20,000.00万元，用掉19,600.00万元，用款率89.80%。") == (None, None, None)


def test_what_is_said_again_beside_the_same_spending_is_a_mention_of_the_same_budget():
    facts = facts_of(
        "一、资金情况\n\n全年批复指标20,000.00万元，列支19,600.00万元，列支率98.00%。\n\n"
        "二、自评结论\n\n再报一遍：全年批复20,100万元，列支19,600万元。\n"
    )
    assert [row.value for row in named(facts, "annual_budget_yuan")] == [200000000, 201000000]
    assert value(facts, "annual_budget_yuan") == "200000000"


@pytest.mark.parametrize(
    "sentence",
    [
        "2022年困难群众救助安排500.00万元，使用480.00万元，使用率96.00%。",
        "水利专项下达1,200.00万元，支付1,150.00万元，支付率95.83%。",
        "上半年安排10,000.00万元，支出4,500.00万元，进度45.00%。",
        "2021年全年盘子18,000.00万元，用掉17,000.00万元，用款率94.44%。",
        "清扫保洁一项全年安排4,000.00万元，用掉3,960.00万元，用款进度99.00%。",
        "全街道路保洁安排4,000.00万元，用掉3,960.00万元，用款进度99.00%。",
        "三公经费全年安排40.00万元，用掉39.00万元，用款率97.50%。",
        "全年安排0.00万元，用掉0.00万元，用款率0.00%。",
        "全年合同4,000.00万元，付出3,960.00万元，付款率99.00%。全年产值8,000.00万元。",
        "当年街属固定资产4,000.00万元，在用3,960.00万元，使用率99.00%。",
        "全年到位资金5,000.00万元，用于道路4,000.00万元，占80.00%。",
        "全年安排资金2,000.00万元用于老旧小区改造，支付1,900.00万元，进度95.00%。",
        "当年家底4,000.00万元，花出去1,600.00万元，占40.00%。",
    ],
)
def test_parts_other_years_and_projects_are_none_of_these(sentence):
    assert told(sentence)[:2] == (None, None)


FAR = "、".join(("党建", "城管", "综治", "农业", "水利", "文教", "卫健", "统计", "武装"))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("过程：支出19,600.00万元，支出率98.0%", ("196000000", "0.98")),
        ("过程：支出19,600.00万元，执行进度98.0%", ("196000000", "0.98")),
        ("过程：支出19,600.00万元，执行率89.0%", (None, None)),
        ("过程：支出19,600.00万元，占98.0%", (None, None)),
        ("过程：支出19,600.00万元，执行率98%", (None, None)),
        ("城管：支出3,000.00万元，验收12宗，执行率15.0%", (None, None)),
    ],
)
def test_a_budget_with_a_label_of_its_own_may_stand_far_from_the_spending(words, found):
    between = "\n\n".join(f"{name}线运转正常。" for name in FAR.split("、"))
    facts = facts_of(f"一、概况\n\n2022年全年预算20,000.00万元。\n\n二、经过\n\n{between}\n\n三、投入\n\n{words}。\n")
    assert tuple(value(facts, name) for name in NAMES) == ("200000000", *found)


def test_an_open_amount_is_no_budget_where_the_document_prints_a_larger_one():
    sentence = "当年家底4,000.00万元，花出去3,960.00万元，花钱进度99.00%。"
    assert told(sentence) == ("40000000", "39600000", "0.99")
    assert told(sentence, table("事项|金额（万元）", "保洁|4,100.00"))[:2] == (None, None)


def test_a_label_behind_words_that_name_a_part_states_none_of_the_whole():
    facts = facts_of(
        "一、资金情况\n\n2022年收支总预算为20,000.00万元。\n\n二、取舍\n\n压减两项，东门值守点调整后预算150.00万元。\n"
    )
    assert value(facts, "total_budget_yuan") == "200000000"
    assert named(facts, "annual_budget_yuan") == []


def test_the_department_s_money_in_a_form_without_labels_of_its_own():
    rows = (
        "部门预算情况（万元）|全年预算数|全年执行数|执行率|分值|得分",
        "年度资金总额|20000.00|19600.00|98.00%|10|9.8",
    )
    facts = facts_of(
        "一、资金情况\n\n"
        + table(*rows, "其中：基本支出|8000.00|7900.00|98.75%|—|—", "项目支出|12000.00|11700.00|97.50%|—|—")
    )
    assert [value(facts, name) for name in NAMES] == ["200000000", "196000000", "0.98"]
    assert value(facts, "self_score") is None


def test_years_without_a_word_behind_them_at_the_end_of_a_title():
    for title in ("白鹤街道办事处部门整体绩效自评报告 · 2022", "白鹤街道办事处部门整体绩效自评报告（2022）"):
        assert facts_of("一、概况\n\n略。\n", title + "\n\n").documents[0].fiscal_year == 2022


def test_the_year_of_a_budget_that_opens_a_text_outside_the_known_sections():
    facts = facts_of("二、钱\n\n2021年，区里批复我街部门预算20,000.00万元。\n")
    assert [row.value for row in named(facts, "year:budget")] == [2021]
    assert named(facts_of("二、钱\n\n2021年，我街创建文明城区。\n"), "year:budget") == []


@pytest.mark.parametrize("purpose", ["，慰问困难群众200户", "用于购置垃圾桶"])
def test_money_used_for_one_task_is_not_the_spending_of_the_year(purpose):
    text = f"二、预算执行情况\n\n年初预算500万元，执行率96%。全年共使用资金30万元{purpose}。\n"
    assert value(facts_of(text), "executed_yuan") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "2022年全年预算1000.00万元，实际使用资金950.00万元，资金使用率95.00%。",
        "全年预算1000.00万元。2022年实际使用资金950.00万元，资金使用率95.00%。",
        "全年预算1000.00万元，实际支用950.00万元，支用率95.00%。",
        "全年预算1000.00万元。全年实际动用财政资金950.00万元，资金整体使用率95.00%。",
        "全年共使用财政资金950.00万元，占全年预算1000.00万元的95.00%。",
        "部门全年预算1000.00万元，全年实际支出950.00万元，执行率95.00%。",
    ],
)
@pytest.mark.parametrize("heading", ["二、资金使用", "二、预算及执行情况"])
def test_money_that_was_used(heading, sentence):
    projects = "三、重点项目\n\n环卫项目全年预算300万元，实际支出299万元。绿化项目全年预算200万元，实际支出180万元。\n"
    facts = facts_of(f"{heading}\n\n{sentence}\n\n{projects}")
    names = ("annual_budget_yuan", "executed_yuan", "stated_execution_rate")
    assert [value(facts, name) for name in names] == ["10000000", "9500000", "0.95"]
    assert len(facts.projects) == 2


SUMS = (
    "一、资金情况",
    "年初预算总额为180,000,000.00元。因政策调整，预算调整为200,000,000.00元，较年初增加20,000,000.00元。",
    "全年执行199,000,000.00元，占调整后预算的99.50%。",
    "其中基本支出80,000,000.00元，项目支出119,000,000.00元。",
    "（二）各条线资金使用情况（单位：万元）",
)


@pytest.mark.parametrize(
    ("rows", "is_whole"),
    [
        (("养老|7,000.00|6,900.00|98.57%", "河湖|5,060.00|5,000.00|98.81%", "合计|12,060.00|11,900.00|98.67%"), False),
        (("养老|7,000.00|6,900.00|98.57%", "机关|13,000.00|13,000.00|100%", "合计|20,000.00|19,900.00|99.50%"), True),
    ],
)
def test_a_table_whose_spending_is_that_of_the_projects_does_not_speak_of_the_whole(rows, is_whole):
    facts = facts_of(f"{blocks(*SUMS)}\n{table('条线|调整后预算|执行数|执行率', *rows)}")
    assert [value(facts, name) for name in NAMES] == ["200000000", "199000000", "0.995"]
    assert any(row.text == "20,000.00" for row in named(facts, "annual_budget_yuan")) is is_whole
    assert any(row.text == "12,060.00" for row in named(facts, "annual_budget_yuan")) is False
