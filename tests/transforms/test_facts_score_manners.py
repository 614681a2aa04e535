"""Self scores in further words, below headings and in tables of scores alone."""

import pytest
from report_cases import facts_of, table, value

pytestmark = pytest.mark.unit


def score(body: str) -> str | None:
    return value(facts_of(f"一、资金情况\n\n全年预算数100.00万元。\n\n{body}\n"), "self_score")


@pytest.mark.parametrize(
    "sentence",
    [
        "自评：95.5分。", "答：自己打95.5分，属“优”。", "我街给自己评95.5分。", "我街给自己打了95.5分。",
        "镇里打分95.5分。",
        "按百分制自评，得95.5分，为“优”。", "自我评定95.5分，属优秀等次。",
        "自评结果为优（95.5分）。", "本年度自评成绩95.5分。", "最后得分：95.5", "自评分：95.5。等次：优。",
        "综合评定：95.5分（优）。", "按照评分体系，我街得95.5分，等级为优秀。", "市容考评我街得88分。自评得分95.5分。",
    ],
)  # fmt: skip
def test_scores_in_free_words(sentence):
    assert score(f"二、其他\n\n{sentence}") == "95.5"


@pytest.mark.parametrize(
    "sentence",
    [
        "我们评出10个最美家庭，平均96分。",
        "本街评分90分以上的社区12个。",
        "街道评出3名先进，满意度96分。",
        "我们打12个电话回访。",
        "镇里评3名先进。",
    ],
)
def test_marks_of_others_are_no_score(sentence):
    assert score(f"二、其他\n\n{sentence}") is None


@pytest.mark.parametrize(
    "body", ["## 二、得分\n\n**95.02**（优）", "## 2 得分\n\n**95.02**（优）", "## 二、得分\n\n95.02分。"]
)
def test_a_score_alone_below_a_heading(body):
    assert score(body) == "95.02"


@pytest.mark.parametrize("heading", ["二、自评", "二、自评情况", "二、整体自评"])
def test_a_score_with_its_unit_alone_below_a_heading_of_the_evaluation(heading):
    assert score(f"{heading}\n\n95.5分，优。") == "95.5"
    assert score(f"{heading}\n\n1、各办填报自评表。") is None
    assert score(f"{heading}\n\n3个办公室填报，95.5分以上为优。") is None


@pytest.mark.parametrize(
    "text",
    [
        "100分为满分，自评95.5分，等级为优。",
        "20分（产出指标）得18分。",
        "10分的预算执行率指标得9.6分，其他指标不扣分。",
        "100分，扣4.5分，得95.5分。",
    ],
)
def test_full_marks_or_a_part_that_begin_such_a_text_are_no_score(text):
    assert score(f"二、自评情况\n\n{text}") in (None, "95.5")


def test_a_row_of_a_table_about_the_work_of_evaluating_is_no_score():
    assert score("二、组织过程\n\n" + table("环节|份数", "自评|21", "复核|7", "抽查|3")) is None


def test_full_marks_below_such_a_heading_are_no_score():
    assert score("二、得分\n\n满分100分，自评95.5分。") == "95.5"


def test_a_numbered_line_behind_the_results_states_the_score():
    assert score("二、工作成效\n\n1.新建公园2座。\n\n2.自评分：95.5分。") == "95.5"


def test_a_row_of_all_scores():
    rows = ("一级指标|二级指标|三级指标|分值|得分", "产出|数量|公园数|50|48", "效益|社会|满意度|50|47.5")
    assert score("二、指标\n\n" + table(*rows, "总分|100|95.5||")) == "95.5"
    assert score("二、指标\n\n" + table(*rows, "总分|90|85.5||")) is None


def test_a_row_of_all_scores_below_columns_that_say_which_is_which():
    rows = ("板块|权重|得分|扣分|原因", "产出|50|48|2|工期延误", "效益|50|47.5|2.5|样本偏少")
    assert score("二、评分\n\n" + table(*rows, "总分|100|95.5|4.5|等级：优")) == "95.5"
    assert score("二、评分\n\n" + table(*rows, "总分|100|—|4.5|等级：优")) is None
    without = (row.replace("得分", "复核数") for row in rows)
    assert score("二、评分\n\n" + table(*without, "总分|100|95.5|4.5|等级：优")) is None


def test_a_column_of_all_scores_beside_rows_that_say_which_is_which():
    head, full = "板块|产出|效益|合计", "分值|50|50|100"
    lost, said = "扣分|2|2.5|4.5", "说明|/|样本偏少|"
    assert score("二、评分\n\n" + table(head, full, "得分|48|47.5|95.5", lost, said)) == "95.5"
    assert score("二、评分\n\n" + table(head, "分值|30|50|80", "得分|28|47.5|75.5", lost, said)) is None
    assert score("二、评分\n\n" + table(head, full, lost, said)) is None


def test_full_marks_in_the_heads_of_one_row_of_scores():
    assert score("二、评分\n\n" + table("投入（40分）|产出（60分）|合计（100分）", "38.5|57|95.5")) == "95.5"
    assert score("二、评分\n\n" + table("投入（40分）|产出（50分）|合计（100分）", "38.5|47|85.5")) is None


PARTS = "产出指标得38.5分（满分40分），效益指标得57分（满分60分）"


@pytest.mark.parametrize("words", ["合计95.5分", "两项合计95.5分", "共计得95.5分", "相加为95.5分"])
def test_a_sum_of_scores_is_the_score(words):
    assert score(f"二、自评结论\n\n{PARTS}，{words}，等级为优。") == "95.5"
    assert score(f"二、其他\n\n按评分表打分，{PARTS}，{words}。") == "95.5"


@pytest.mark.parametrize(
    "lines",
    [
        ("产出（40分）        38.5分", "效益（60分）        57分", "————————", "总计（100分）      95.5分"),
        ("1.产出（满分40分）：38.5分；", "2.效益（满分60分）：57分。", "合计（满分100分）：95.5分。"),
        ("- 产出（40分）得38.5分", "- 效益（60分）得57分", "- 总分（100分）得95.5分"),
        ("产出：38.5分", "效益：57分", "合计：95.5分"),
        ("产出：满分40分，得38.5分", "效益：满分60分，得57分", "合计：满分100分，得95.5分"),
        ("产出  40分  38.5分", "效益  60分  57分", "总计  100分  95.5分"),
    ],
)
def test_lines_of_scores_end_in_their_sum(lines):
    assert score("二、评价结论\n\n" + "\n\n".join(lines)) == "95.5"


@pytest.mark.parametrize(
    "lines",
    [
        ("产出（20分）18.5分", "效益（30分）27分", "合计（50分）45.5分"),
        ("东湖村：38.5分", "西湖村：57分", "合计：90分"),
        ("产出（40分）38.5分", "以上为第一部分。", "总计（100分）95.5分"),
        ("投入指标：10分", "产出指标：60分", "效益指标：30分", "合计：100分"),
        ("投入扣分：1分", "产出扣分：2分", "合计：3分"),
    ],
)
def test_lines_of_parts_or_of_others_hold_no_score(lines):
    assert score("二、评分情况\n\n" + "\n\n".join(lines)) is None


def test_full_marks_in_a_bracket_before_the_score_of_all():
    assert score("二、评分情况\n\n产出得38.5分（满分40分），效益得57分（满分60分），总得分95.5分。") == "95.5"


def test_full_marks_between_the_words_for_a_sum_and_the_score():
    sentence = "产出（40分）得38.5分，效益（60分）得57分，总计（100分）得95.5分。"
    assert score(f"二、评价结论\n\n{sentence}") == "95.5"


def test_a_sum_that_does_not_come_out_is_taken_from_the_conclusion_alone():
    assert score(f"二、自评结论\n\n{PARTS}，合计94.5分。") == "94.5"
    assert score(f"二、其他\n\n按评分表打分，{PARTS}，合计94.5分。") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "产出扣1.5分，效益扣3分，扣分合计4.5分。",
        "产出指标得38.5分，合计38.5分。",
        "产出扣1.5分，效益扣3分，合计4.5分。",
    ],
)
def test_sums_of_deductions_or_of_one_part_are_no_score(sentence):
    assert score(f"二、自评结论\n\n{sentence}") is None


@pytest.mark.parametrize("words", ["88分至96分之间", "88至96分", "88分到96分", "88～96分"])
def test_of_scores_between_two_ends_none_is_the_score(words):
    body = f"二、完成情况\n\n各社区季度综合评分{words}。\n\n三、评定结果\n\n得分95.5分；等次为优。"
    assert score(body.replace("评定结果", "自评等次")) == score(body) == "95.5"
