"""What texts tell by their words and figures: signs, marks, quantities, periods, sums; personal numbers masked."""

from __future__ import annotations

from dataclasses import fields

import pytest

from transforms.departments.registry import default_registry
from transforms.documents.reader import read_document
from transforms.facts.extract import extract
from transforms.facts.model import Facts
from transforms.facts.privacy import masked
from transforms.facts.signs.words import EVALUATED
from transforms.language.expressions import needed_words
from transforms.language.tables import patterns

pytestmark = pytest.mark.unit

TITLE = "# 广州市番禺区人民政府小谷围街道办事处2021年部门整体支出绩效自评报告\n\n"


def facts_of(content: str) -> Facts:
    return extract(read_document(content.encode(), "报告.md"), default_registry())


def said(text: str, heading: str = "一、基本情况") -> Facts:
    return facts_of(f"{TITLE}## {heading}\n\n{text}")


def signs(facts: Facts, kind: str) -> list[tuple[str, str | None]]:
    return [(sign.text, sign.value) for sign in facts.signs if sign.kind == kind]


def row(goal: str, completion: str) -> Facts:
    header = "| 项目名称 | 预算数 | 支出数 | 绩效目标 | 完成情况 |\n|---|---|---|---|---|\n"
    return facts_of(
        TITLE
        + f"## （二）各项工作任务完成情况\n\n单位：万元\n\n{header}| 保洁经费 | 8.00 | 7.90 | {goal} | {completion} |\n"
    )


def test_other_years_with_those_compared_without_those_of_documents() -> None:
    facts = said(
        "据番组〔2019〕59号、《2018年办法》，较2020年增加；支付2019年尾款，农村换届和2020年度审计。2022年3月完成。"
    )
    assert signs(facts, "year") == [("2020年", "2020"), ("2019年", "2019"), ("2020年度", "2020")]
    assert [sign.line for sign in facts.signs if sign.kind == "year"] == [5, 5, 5]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("填报日期：2022年3月18日", "2022-03-18"),
        ("二〇二二年三月十八日", "2022-03-18"),
        ("2022年3月", "2022-03"),
        ("日期：2022.3.18", "2022-03-18"),
        ("2022-03-18", "2022-03-18"),
        ("填报日期：2022年3月18日　填报人：李明", "2022-03-18"),
    ],
)
def test_a_date_of_its_own_at_the_end(line: str, value: str) -> None:
    facts = said(f"全年工作有序。\n\n## 二、下一步措施\n\n一是加强学习。\n\n{line}\n")
    assert [found for _, found in signs(facts, "report_date")] == [value]
    assert signs(said(f"{line}召开会议。"), "report_date") == []


def test_a_date_below_the_title() -> None:
    dated = TITLE + "（2022年2月18日）\n\n## 一、基本情况\n\n街道概况。\n\n" + "辖区平安有序。\n\n" * 8
    facts = facts_of(dated)
    assert [found for _, found in signs(facts, "report_date")] == ["2022-02-18"]
    assert [heading.text for heading in facts.headings[1:]] == ["基本情况"]
    assert signs(said("（2022年2月18日）\n\n" + "辖区平安有序。\n\n" * 8), "report_date") == []


@pytest.mark.parametrize("month", ["二〇二〇年三月", "二〇二〇年十二月", "2020年1-6月", "2020年3至9月", "2020年3月"])
def test_months_of_a_year_are_no_fiscal_year(month: str) -> None:
    assert signs(said(f"{month}开展检查。"), "year") == []


def test_satisfaction_reached_with_what_bears_it_out() -> None:
    facts = row("满意度不低于90%", "对300人开展问卷，满意度达到95.5%")
    assert [(sign.value, sign.context) for sign in facts.signs if sign.kind == "satisfaction"] == [("95.5", ["问卷"])]
    assert signs(row("满意度不低于90%", "按月保洁"), "satisfaction") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("居民满意率为百分之九十五", "95"),
        ("居民满意度达到百分之九十五点五", "95.5"),
        ("居民满意。完成百分之九十五", None),
    ],
)
def test_satisfaction_in_words(text: str, value: str | None) -> None:
    assert [found for _, found in signs(said(text), "satisfaction")] == ([value] if value else [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("办理代表建议6件、委员提案3件，答复满意率100%。", None),
        ("政协提案办复率和满意率均为100%。", None),
        ("承办人大议案4件，代表满意度98%。", None),
        ("采纳居民建议6条，群众满意度98%。", "98"),
        ("办理提案3件，按时答复。群众满意度98%。", "98"),
    ],
)
def test_satisfaction_with_replies_to_motions_is_no_survey(text: str, value: str | None) -> None:
    assert [found for _, found in signs(said(text), "satisfaction")] == ([value] if value else [])


def test_words_of_one_paragraph_and_figures_of_the_next_are_no_sign() -> None:
    assert signs(said("群众满意度\n\n占比95.5%的项目已完成。"), "satisfaction") == []
    assert signs(said("群众满意度占比95.5%。"), "satisfaction") == [("满意度占比95.5%", "95.5")]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("对12个项目开展绩效自评。", ["12"]),
        ("本部门共有项目支出12个，均已开展绩效自评。", ["12"]),
        ("纳入自评的项目共38个。", ["38"]),
        ("附项目支出绩效自评表26份。", ["26"]),
        ("抽取5个项目开展自评复核，其中3个项目自评为优。", []),
        ("自评得分95.5分，完成3项重点工作。", []),
        ("全年实施26个民生项目。", []),
    ],
)
def test_how_many_projects_were_evaluated(text: str, counts: list[str]) -> None:
    assert [value for _, value in signs(said(text), "evaluated_projects")] == counts


def test_plans_and_hints_in_completions() -> None:
    assert signs(row("按月保洁", "需要20人，时间待定"), "plan_wording") == [("需要", None), ("待定", None)]
    assert signs(row("按月保洁", "待第三季度统一安排"), "plan_wording") == [("待第三季度", None)]
    assert signs(row("按月保洁", "检查拟投入使用的场所12处"), "plan_wording") == []
    assert signs(row("按月保洁", "下一步将扩大保洁范围"), "plan_wording") == [("下一步将", None)]
    assert signs(row("按月保洁", "已按年初计划将隐患全部整改"), "plan_wording") == []
    assert signs(row("按月保洁", "拟再聘5人，费用待上级商定"), "plan_wording") == [("拟再", None), ("待上级商定", None)]
    assert signs(row("按月保洁", "完成模拟在线演练，草拟建议8条"), "plan_wording") == []
    assert signs(row("按月保洁", "请填写完成情况"), "template_hint") == [("请填写", None)]
    assert signs(row("按月保洁", "已保洁（分项列明，限50字）"), "template_hint") == [("(分项列明,限50字)", None)]
    assert signs(row("按月保洁", "已保洁（填写数量）"), "template_hint") == [("(填写数量)", None)]
    assert signs(row("按月保洁", "已保洁（按合同付款，填埋3吨）"), "template_hint") == []


def test_misspellings_are_general_and_sound_words_are_none() -> None:
    facts = said("统一布署各钟检查，防犯风险，资金拔付，完善障碍设施。")
    assert [value for _, value in signs(facts, "misspelling")] == ["各种", "拨付", "部署", "防范", "无障碍"]
    sound = "公布署名文章，按排名先后，预防犯罪，发放保健金，完善无障碍设施，克服障碍，事项日清，区公安局局长。"
    assert signs(said(sound), "misspelling") == []


def test_authors_are_names_in_an_authors_place() -> None:
    facts = said("纳入我部门（广州市番禺区市桥街道办事处）决算范围。与番禺区市桥街道交流。")
    own = "panyu-xiaoguwei"  # the title's own line
    assert [value for _, value in signs(facts, "author")] == ["panyu-shiqiao", own]


def test_marks_that_do_not_meet_their_like() -> None:
    facts = said("落实“谁支出、谁负责的要求。（含合同)均已归档。1)合同。‘甲’与“乙（丙）”。")
    assert [(mark.opened, mark.closed, mark.partner) for mark in facts.marks] == [("（", ")", "）"), ("“", None, "”")]


def test_marks_that_are_many_or_stand_in_tags() -> None:
    many = extract(read_document(f"{'（甲）' * 40}“乙。".encode(), "x.txt"), default_registry()).marks
    assert [(mark.opened, mark.closed) for mark in many] == [("“", None)]
    tagged = extract(read_document('资金到位<b title="（">及时）到位。'.encode(), "x.txt"), default_registry()).marks
    assert [(mark.opened, mark.closed) for mark in tagged] == [(None, "）")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("完成12场", 1),
        ("覆盖率达到百分之九十五", 1),
        ("新建十二个站点", 1),
        ("1、2021年配备一套设备；2、12月1日起24小时值班", 0),
        ("8小时内处置", 1),
        ("千方百计保障12345热线", 0),
        ("协议期2年", 1),
    ],
)
def test_figures_that_say_how_much(text: str, count: int) -> None:
    assert len([one for one in row(text, "按月保洁").quantities if one.column == "goal"]) == count


def test_periods_and_ends() -> None:
    facts = row("6月底前完成改造", "自12月1日至12月31日服务20人，共30日；改造于7月2日完成")
    found = [(one.kind, one.starts_on, one.ends_on, one.stated_days) for one in facts.periods]
    assert found == [
        ("period", "2021-12-01", "2021-12-31", 30),
        ("deadline", None, "2021-06-30", None),
        ("finished", None, "2021-07-02", None),
    ]


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("自6月1日至6月30日开展安全月活动，共31天。", 31),
        ("6月1日起至6月30日止，前后31天。", 31),
        ("6月1日—30日集中整治（历时31天）。", 31),
        ("集中整治31天（6月1日至6月30日）。", 31),
        ("集中整治为期31天（6月1日至6月30日）。", 31),
        ("6月1日至30日，活动共计三十一天。", 31),
        ("6月1日至30日的31天里，走访300户。", 31),
        ("为期31天的安全月自6月1日至6月30日举行。", 31),
        ("为期3天的培训于6月1日至6月30日分批举行。", None),
        ("6月1日至6月30日巡查，其中夜里共12天。", None),
        ("6月1日至6月30日抽查，发现问题共5天。", None),
        ("6月1日至6月30日，每周巡查，共4天。", None),
        ("5月1日至5月31日动员，6月1日至6月30日检查，共30天。", 30),
    ],
)
def test_days_of_a_period_near_it(told: str, days: int | None) -> None:
    found = [(one.starts_on, one.ends_on, one.stated_days) for one in row("按月保洁", told).periods]
    assert found == ([("2021-06-01", "2021-06-30", days)] if days else [])


def test_sums_with_their_parts() -> None:
    heading = "一、主要工作成效"
    (found,) = said("垃圾合计12.5吨，其中厨余5.2吨（含餐厨2吨），其他7.3吨；另清运3吨。", heading).sums
    assert (str(found.value.normalize()), found.addends, found.unit, found.word) == (
        "12.5",
        ["5.2", "7.3"],
        "吨",
        "合计",
    )
    assert said("合计检查300家，其中500家以上的2家，约20家。", heading).sums == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13812345678。", "电话138****5678。"),
        ("138 1234 5678", "138 **** 5678"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("020-84712345", "020-******45"),
        ("11010519491231002X", "110105************"),
        ("热线12345", "热线12345"),
        ("资金13812345678.00元", "资金13812345678.00元"),
        ("编号202300001234567890", "编号202300001234567890"),
    ],
)
def test_personal_numbers_are_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_no_text_of_the_facts_keeps_a_personal_number() -> None:
    facts = row("按月保洁，经办人13812345678", "完成12次，联系电话020-84712345")
    assert [value for _, value in signs(facts, "personal")] == ["手机号码", "固定电话号码"]
    texts = " ".join(str(row_) for group in fields(Facts) for row_ in getattr(facts, group.name))
    assert "13812345678" not in texts
    assert "84712345" not in texts
    assert "138****5678" in texts


def test_all_that_counts_evaluated_projects_holds_the_word_that_is_looked_for_first() -> None:
    chosen, _, counted = patterns("signs", "words")["evaluated_projects"].pattern.partition("{0,20})|")
    assert "抽取" in chosen
    assert frozenset((EVALUATED,)) in needed_words(counted)


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("对照指标，市桥街道2021年部门整体支出绩效自评总分93.7分。", ["panyu-shiqiao"]),
        ("番禺区市桥街2021年度整体支出绩效自评得分93.7分。", ["panyu-shiqiao"]),
        ("我们学习了市桥街道2021年部门整体支出绩效自评的做法。", []),
        ("参照市桥街道2021年部门整体支出绩效评价指标打分。", []),
        ("去年底，市桥街道2021年整体支出绩效评价会议在我街召开。", []),
    ],
)
def test_the_department_whose_points_are_told_is_the_author(sentence: str, named: list[str]) -> None:
    own = "panyu-xiaoguwei"  # the title's own line
    found = [value for _, value in signs(said(sentence), "author")]
    assert sorted(found) == sorted([*named, own])
