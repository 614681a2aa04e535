"""Whose report it is, for which year, and what kind of document."""

import pytest
from report_cases import REGISTRY, facts_of, named, real_facts

from transforms.documents.reader import read_document
from transforms.facts.extract import extract

pytestmark = pytest.mark.unit


def document(text: str):
    (row,) = extract(read_document(text.encode(), "r.md"), REGISTRY).documents
    return row


def test_real_report(shared):
    facts = real_facts(shared)
    (row,) = facts.documents
    assert row.title == "广州市番禺区人民政府小谷围街道办事处2021年部门整体支出绩效自评报告"
    assert (row.title_line, row.kind, row.line_count) == (3, "overall_report", 184)
    assert (row.department_name, row.department_basis) == ("广州市番禺区人民政府小谷围街道办事处", "title")
    assert (row.department_id, row.fiscal_year, row.fiscal_year_basis) == ("panyu-xiaoguwei", 2021, "title")
    years = {name: [int(row.value) for row in named(facts, f"year:{name}")] for name in ("title", "scope", "budget")}
    assert years == {"title": [2021], "scope": [2021], "budget": [2021]}


@pytest.mark.parametrize(
    ("text", "name", "basis", "department", "year"),
    [
        ("# 白鹤街道2021年部门整体绩效自评报告", "白鹤街道", "title", "baihe", 2021),
        ("# 东湖区白鹤街道办事处二〇二一年度整体支出绩效自评报告", "东湖区白鹤街道办事处", "title", "baihe", 2021),
        ("云山市东湖区白鹤街\n2022年度部门整体支出\n绩效自评报告", "云山市东湖区白鹤街", "title", "baihe", 2022),
        ("# 关于区财政局2020年部门整体支出绩效自评情况的报告", "区财政局", "title", "caizheng", 2020),
        (
            "东湖区青云街道办事处文件\n青办〔2022〕8号\n\n关于报送《青云街道2021年部门整体支出绩效自评报告》的函\n\n区财政局：",
            "青云街道",
            "title",
            "qingyun",
            2021,
        ),
        ("# 2021年青云街办整体支出绩效评价报告", "青云街办", "title", "qingyun", 2021),
        ("# 部门整体支出绩效自评报告（白鹤街道办事处）\n\n年度：2021", "白鹤街道办事处", "title", "baihe", 2021),
        (
            "# 部门整体支出绩效自评报告\n\n（2021年度）\n\n报送单位：白鹤街道办事处",
            "白鹤街道办事处",
            "cover",
            "baihe",
            2021,
        ),
        (
            "2021年部门整体支出绩效自评报告\n（东湖区青云街道办事处）",
            *("东湖区青云街道办事处", "cover", "qingyun", 2021),
        ),
        (
            "关于2021年度部门整体支出绩效自评的报告\n\n东湖区青云街道办事处\n\n一、概况\n\n略。",
            "东湖区青云街道办事处",
            "cover",
            "qingyun",
            2021,
        ),
        (
            "报送单位：青云镇人民政府（盖章）\n\n评价年度：2019\n\n# 部门整体支出绩效自评报告",
            "青云镇人民政府",
            "cover",
            "qingyun",
            2019,
        ),
    ],
)
def test_department_and_year(text, name, basis, department, year):
    row = document(text + "\n\n一、基本情况\n\n与青云街道、白鹤街道、区财政局共建。\n")
    assert (row.department_name, row.department_basis, row.department_id) == (name, basis, department)
    assert row.fiscal_year == year
    assert row.kind == "overall_report"


@pytest.mark.parametrize(
    "cover",
    [
        "单位名称|白鹤街道办事处|评价年度|2021年\n自评得分|92分|填报日期|2022年3月8日",
        "单位名称|评价年度|自评得分\n白鹤街道办事处|2021年|92分",
        "评价年度|2021年|单位名称|白鹤街道办事处\n自评等级|优|填报日期|2022年3月8日",
    ],
)
def test_a_cover_of_labels_in_pairs_or_above(cover):
    rows = [row.split("|") for row in cover.split("\n")]
    table = "\n".join("| " + " | ".join(row) + " |" for row in (rows[0], ["---"] * len(rows[0]), *rows[1:]))
    row = document(f"# 部门整体支出绩效自评报告\n\n{table}\n\n一、概况\n\n负责社区建设。\n")
    assert (row.department_name, row.department_id, row.fiscal_year) == ("白鹤街道办事处", "baihe", 2021)


@pytest.mark.parametrize(
    "name",
    [
        "云山市东湖区审计局",
        "云山市南山区白鹤街道办事处",
        "东湖区白鹤街综合服务中心",
        "云山市东湖区司法局白鹤司法所",
        "白鹤街中心小学",
    ],
)
def test_departments_outside_the_registry_are_never_invented(name):
    row = document(f"# {name}2021年部门整体支出绩效自评报告\n\n一、概况\n\n我单位（白鹤街道办事处）好。\n")
    assert (row.department_name, row.department_id) == (name, None)


def test_department_from_the_text():
    row = document("# 2021年部门整体支出绩效自评报告\n\n一、概况\n\n纳入我部门（云山市东湖区财政局）2021年部门决算。\n")
    assert (row.department_basis, row.department_id) == ("text", "caizheng")


def test_names_in_passing_are_no_department():
    row = document("# 2021年部门整体支出绩效自评报告\n\n一、概况\n\n与青云街道共建，向区财政局报送。\n")
    assert (row.department_name, row.department_id) == (None, None)


def test_year_from_the_scope_sentence():
    row = document("# 白鹤街道部门整体支出绩效自评报告\n\n一、概况\n\n纳入2020年部门决算编报范围的单位共3个。\n")
    assert (row.fiscal_year, row.fiscal_year_basis) == (2020, "scope")


def test_years_that_differ_are_all_mentioned():
    facts = facts_of(
        "一、基本情况\n\n纳入2021年部门决算编报范围的单位共3个。\n\n二、收支情况\n\n2020年收支总预算500万元，较2019年增加1万元。\n"
    )
    years = {row.name: int(row.value) for row in facts.figures if row.name.startswith("year:")}
    assert years == {"year:title": 2022, "year:scope": 2021, "year:budget": 2020}


def test_other_years_beside_the_own_one_are_comparisons():
    facts = facts_of("一、收支情况\n\n2022年收支总预算500万元，2021年收支总预算400万元。\n")
    assert [int(row.value) for row in named(facts, "year:budget")] == [2022]
    facts = facts_of("一、收支情况\n\n2021年收支总预算400万元，2022年增加100万元。\n")
    assert named(facts, "year:budget") == []


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("青云镇2021年部门整体支出绩效自评", "overall_report"),
        ("白鹤街道二〇二一年度整体支出绩效自评", "overall_report"),
        ("青云镇部门整体支出绩效自评\n（2021年度）", "overall_report"),
        ("2021年项目支出绩效自评", "unknown"),
        ("关于2021年部门整体支出绩效自评的通知", "unknown"),
        ("白鹤街道2021年部门整体支出绩效自评表", "overall_form"),
        ("白鹤街道2021年项目支出绩效自评表", "project_form"),
        ("白鹤街道2021年整体支出绩效自评情况", "overall_report"),
        ("白鹤街道2021年工作简报", "unknown"),
    ],
)
def test_kinds(title, kind):
    text = "负责辖区内社区建设、环境卫生、安全监管、民政优抚和便民服务等工作，统筹推进基层治理各项任务落实。"
    assert document(f"# {title}\n\n一、概况\n\n{text}\n").kind == kind


def test_a_title_without_a_text_may_be_that_of_a_form():
    assert document("# 青云镇2021年部门整体支出绩效自评\n\n填报人：李某\n").kind == "unknown"


def test_the_year_that_a_title_reports_on_is_not_that_in_which_it_was_written():
    row = document("# 2023年白鹤街道办事处开展2022年度部门整体支出绩效自评报告\n\n一、概况\n\n好。\n")
    assert (row.fiscal_year, row.fiscal_year_basis) == (2022, "title")


@pytest.mark.parametrize(
    ("told", "years"), [("2019年由白鹤镇改设", []), ("自2020年机构改革以来", []), ("2021年", [2021])]
)
def test_years_of_what_happened_to_the_department_are_none_of_its_scope(told, years):
    facts = facts_of(f"一、基本情况\n\n本街道{told}，纳入部门决算编报范围的单位共3个。\n")
    assert [int(row.value) for row in named(facts, "year:scope")] == years


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("上年（2021年度）部门预算总额900万元，本年较上年增加50万元。", []),
        ("上一年度（即2021年）部门预算总额900万元。", []),
        ("去年（2021年）部门预算总额900万元。", []),
        ("上年度即2021年度部门预算总额900万元。", []),
        ("2021年度（上年）部门预算总额900万元。", []),
        ("2021年度部门预算总额900万元，较上年增加50万元。", [2021]),
        ("2022年度部门预算总额950万元，上年（2021年度）900万元。", [2022]),
    ],
)
def test_the_last_year_named_with_its_number_is_not_reported_on(sentence: str, years: list[int]) -> None:
    facts = facts_of(f"二、收支情况\n\n{sentence}\n")
    assert [int(row.value) for row in named(facts, "year:budget")] == years


@pytest.mark.parametrize("verb", ["报送", "上报", "印发", ""])
def test_a_covering_report_names_the_department_behind_its_verb(verb: str) -> None:
    row = document(f"关于{verb}白鹤街道2022年度部门整体支出绩效自评报告的报告\n\n一、总体情况\n\n无。\n")
    assert (row.department_name, row.department_id) == ("白鹤街道", "baihe")


@pytest.mark.parametrize(
    ("heading", "sentence", "years"),
    [
        ("（二）自评得分", "结合2021年度绩效评价结果，核减低效项目3个、资金20.50万元。", set()),
        ("（二）自评得分", "针对我镇2021年部门整体支出绩效自评发现的不足和问题，完善内控制度2项。", set()),
        ("（二）自评得分", "将2021年度评价结论与预算安排挂钩，退出项目1个。", set()),
        ("（二）自评得分", "自评结果作为2023年度预算安排的重要依据。", set()),
        ("（二）自评得分", "评价结果应用于2023年部门预算编制。", set()),
        ("（二）上年度评价结果应用", "2021年度绩效自评提出的建议均已落实。", set()),
        ("（二）以往年度问题整改情况", "2021年部门整体绩效评价反映的问题2个，已整改2个。", set()),
        ("（二）自评得分", "2021年度绩效自评发现的问题已全部整改。", set()),
        ("（二）自评得分", "上一轮（2021年度）自评提出的建议已落实。", set()),
        ("（二）自评得分", "在2021年度自评基础上，进一步细化指标。", set()),
        ("（二）自评得分", "根据本次自评结果，拟在编制2023年部门预算时调减项目2个。", set()),
        ("（二）自评得分", "2023年部门预算编制将参考本次自评结果。", set()),
        ("（二）自评得分", "2021年度部门预算安排900万元，全部执行。", {2021}),
        ("（二）自评得分", "2023年部门预算安排900万元，全部执行。", {2023}),
        ("（二）部门预算及与上年度对比", "2021年度部门预算总额900万元。", {2021}),
        ("（二）自评得分", "根据2021年度自评结果，我镇得分91.20分，等级为良。", {2021}),
        ("（二）自评得分", "2021年度部门整体绩效自评得分为91.20分。", {2021}),
        ("（二）自评得分", "结合自评情况，2021年度部门预算执行率96%。", {2021}),
    ],
)
def test_years_of_results_taken_up_are_not_reported_on(heading: str, sentence: str, years: set[int]) -> None:
    facts = facts_of(f"一、自评结论\n\n{heading}\n\n{sentence}\n")
    found = {int(row.value) for name in ("budget", "conclusion") for row in named(facts, f"year:{name}")}
    assert found == years


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("2019年，各项收支一并纳入预算管理，收支预算总计900万元。", "budget"),
        ("2019年度，按照区财政局批复，收支总预算900万元。", "budget"),
        ("2019年部门决算编报单位2个，即街道本级和服务中心。", "scope"),
        ("2019年度预算汇编单位2个。", "scope"),
        ("2019年，我街获评先进，社区活动经费共9万元。", None),
    ],
)
def test_a_year_in_front_of_its_sentence_is_that_of_the_budget(sentence: str, name: str | None) -> None:
    facts = facts_of(f"一、部门概况\n\n{sentence}\n")
    found = {row.name for row in facts.figures if row.name.startswith("year:") and row.value == 2019}
    assert found >= {f"year:{name}"} if name else not found
