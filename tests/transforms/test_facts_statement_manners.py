"""Problems and measures under headings of other words, in tables of their own, and told in passing."""

from __future__ import annotations

import pytest
from fact_cases import facts_of

pytestmark = pytest.mark.unit

P = ("巷口路灯常坏没人报", "巡逻排班周末空档多")
M = ("每月末由网格员查一遍灯", "周末增排两班并上墙公示")


def read(body: str) -> tuple[list[str], list[str]]:
    facts = facts_of(body)
    return [one.title for one in facts.problems], [one.title for one in facts.measures]


BOTH = (list(P), list(M))


@pytest.mark.parametrize(
    ("problem", "measure"),
    [
        ("查摆", "改"),
        ("检视", "举措"),
        ("短板", "补救"),
        ("欠缺之处", "怎么改"),
        ("做得不够的地方", "接下来"),
        ("没干好的事", "往后怎么办"),
        ("不到位的方面", "准备怎么解决？"),
        ("毛病", "对策"),
        ("教训", "打算"),
        ("还要改进的地方", "明年的安排"),
        ("堵点难点", "办法"),
        ("做得不好的地方", "怎样做得更好"),
    ],
)
@pytest.mark.parametrize(
    ("head", "items"),
    [
        ("{}、{}", "1．{}。\n\n2．{}。"),
        ("## {} {}", "1) {}。\n2) {}。"),
        ("{}、{}", "a. {}。\n\nb. {}。"),
        ("{}、{}", "其一，{}；其二，{}。"),
        ("{}、{}", "一则{}；二则{}。"),
        ("【{1}】", "●　{}\n●　{}"),
    ],
)
def test_headings_of_other_words(problem: str, measure: str, head: str, items: str) -> None:
    first, second = ("4", "5") if head.startswith("#") else ("四", "五")
    parts = [head.format(first, problem), items.format(*P), head.format(second, measure), items.format(*M)]
    last = head.format("6" if first == "4" else "六", "得分")
    assert read("\n\n".join([*parts, last, "自评93分。"]) + "\n") == BOTH


def test_headings_behind_a_stem_and_a_blank() -> None:
    text = "**甲　概况。** 略。\n\n**乙　欠缺。** {}；{}。\n\n**丙　补救。** {}；{}。\n\n**丁　评定。** 自评91分。\n"
    assert read(text.format(*P, *M)) == BOTH


@pytest.mark.parametrize(
    "names", [("问题", "对策"), ("存在短板", "改进举措"), ("序号|不足之处", "解决办法"), ("哪里有差距", "怎么改")]
)
@pytest.mark.parametrize("heading", ["四、查漏补缺", "四、问题与对策"])
def test_a_table_of_both_wherever_it_stands(names: tuple[str, str], heading: str) -> None:
    serial = ("1 | ", "2 | ") if "|" in names[0] else ("", "")
    rows = [f"| {number}{p} | {m} |" for number, p, m in zip(serial, P, M, strict=True)]
    header = f"| {' | '.join(names)} |".replace("|不", "| 不")
    rule = "|---" * (3 if serial[0] else 2) + "|"
    assert read(f"{heading}\n\n" + "\n".join([header, rule, *rows]) + "\n\n五、得分\n\n93分。\n") == BOTH


def test_a_row_within_a_table_that_heads_both() -> None:
    table = "| 指标 | 目标 | 完成 |\n|---|---|---|\n| 灯 | 5 | 5 |\n| 存在问题 | 改进措施 | |\n"
    assert read("四、表\n\n" + table + "".join(f"| {p} | {m} | |\n" for p, m in zip(P, M, strict=True))) == BOTH


def test_columns_beside_projects_are_no_table_of_both() -> None:
    table = "| 项目 | 预算 | 存在问题 | 改进措施 |\n|---|---|---|---|\n| 路灯 | 5 | 常坏 | 常查 |\n"
    assert read("四、表\n\n" + table) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "毛病主要有两个。一是{}；二是{}。\n\n对这两个毛病，想了两条办法：第一，{}；第二，{}。",
        "平心而论，不足之处有二：其一，{}；其二，{}。今后，{}；{}。",
        "短板还有如下两点：（1）{}；（2）{}。接下来，{}；{}。",
        "回头看，有两处做得不够。一处是{}；一处是{}。\n\n往后的办法也有两条。一条是{}；一条是{}。",
        "还有两个方面不足。一个是{}，另一个是{}。\n\n改进的办法有：其一，{}；其二，{}。",
        "做得不细的地方有两点：一点是{}；还有一点是{}。今后，{}；{}。",
        "不足主要有两点。第一，{}；第二，{}。\n\n针对这些不足，往后我们这样改。其一，{}。其二，{}。",
        "短板有两处：一是{}；二是{}。\n\n对此，我们打算这么办：第一，{}；第二，{}。",
        "问题有二：其一，{}；其二，{}。\n\n对策有二：一则{}；二则{}。",
    ],
)
def test_told_in_passing(text: str) -> None:
    problems, measures = read("这一年的钱都花在刀刃上。\n\n" + text.format(*P, *M) + "\n\n自评93分。\n")
    assert problems == list(P)
    assert [one.removeprefix("今后，").removeprefix("接下来，") for one in measures] == list(M)


def test_a_paragraph_behind_problems_that_only_says_how_they_are_seen_lists_no_measures() -> None:
    text = "不足主要有两点。第一，{}；第二，{}。\n\n对这些不足，我们是这样看的。其一，{}。其二，{}。"
    assert read("钱都花了。\n\n" + text.format(*P, *M) + "\n") == (list(P), [])


@pytest.mark.parametrize(
    "text",
    [
        "去年自评提出的问题有两个：一是{}；二是{}，均已整改。",
        "全年审计查出问题两处：一是{}；二是{}。",
        "居民投诉的问题两个：一是{}；二是{}。",
        "着力化解了群众关心的难题，主要问题有：一是{}；二是{}。",
        "处理居民反映的问题三个：一是{}；二是{}。",  # as many as announced
        "去年回头看，有两处做得不够。一处是{}；一处是{}。",
        "有三处做得不够。一处是{}；一处是{}。",
    ],
)
def test_other_problems_are_none_of_the_report(text: str) -> None:
    assert read("这一年的钱都花在刀刃上。\n\n" + text.format(*P) + "\n") == ([], [])


def test_items_of_a_section_counted_by_nothing_but_one_and_one() -> None:
    text = "四、存在问题\n\n一处是{}；另一处是{}。\n\n五、改进措施\n\n一条是{}；一条是{}。\n"
    assert read(text.format(*P, *M)) == BOTH


def test_one_problem_and_its_measure_in_a_line() -> None:
    text = f"问题一个：{P[0]}。措施：{M[0]}。\n\n自评：94分。\n"
    assert read("三、大事\n\n略。\n\n" + text) == ([P[0]], [M[0]])


def test_an_unknown_section_behind_the_problems_that_answers_them_one_for_one() -> None:
    items = "（1）{}。\n\n（2）{}。\n\n"
    text = "四、存在问题\n\n" + items.format(*P) + "五、{}\n\n" + items.format(*M) + "六、{}\n\n略。\n"
    assert read(text.format("一条一条来", "其他")) == BOTH
    assert read(text.format("一条一条来", "整改措施"))[1] == []
    before = "四、话说回来\n\n" + items.format(*P) + "五、整改措施\n\n" + items.format(*M)
    assert read(before) == BOTH
    fewer = "四、存在问题\n\n" + items.format(*P) + "五、附记\n\n（1）略记一笔。\n\n六、其他\n\n略。\n"
    assert read(fewer) == (list(P), [])


def test_what_was_put_right_under_management_is_no_measure_beside_a_section_of_measures() -> None:
    items = "（1）{}。\n（2）{}。\n\n"
    text = "五、管理\n\n（一）信息公开与整改\n\n按期公开。\n\n六、问题\n\n" + items + "七、改进\n\n" + items
    assert read(text.format(*P, *M)) == BOTH


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("（一）存在问题一览", "（二）改进计划一览"),
        ("（一）问题清单", "（二）整改台账"),
        ("1. 问题", "2. 下一步"),
    ],
)
@pytest.mark.parametrize("caption", ["", "下表为梳理结果：\n\n", "表3 明细\n\n"])
def test_a_heading_over_a_table_of_statements_is_none(first: str, second: str, caption: str) -> None:
    problems = "| 编号 | 问题 | 表现 |\n|---|---|---|\n| 1 | 预算不细 | 年中调整多 |\n| 2 | 执行偏慢 | 四季度集中 |\n"
    measures = "| 编号 | 改进措施 | 时限 |\n|---|---|---|\n| 1 | 细化预算 | 3月 |\n| 2 | 按月通报 | 6月 |\n"
    head = "三、问题分析与改进\n\n"
    facts = facts_of(f"{head}{first}\n\n{caption}{problems}\n{second}\n\n{caption}{measures}\n")
    assert [row.title for row in facts.problems] == ["预算不细", "执行偏慢"]
    assert [row.title for row in facts.measures] == ["细化预算", "按月通报"]


def test_a_problem_of_its_own_stays_beside_a_table_of_others() -> None:
    table = "| 编号 | 问题 |\n|---|---|\n| 1 | 预算不细 |\n| 2 | 执行偏慢 |\n"
    facts = facts_of(f"三、存在的问题\n\n（一）人手不足。一人多岗，疲于应付。\n\n（二）其余问题见下表\n\n{table}\n")
    assert [row.title for row in facts.problems] == ["人手不足", "预算不细", "执行偏慢"]


@pytest.mark.parametrize("name", ["（一）人手不足。一人多岗。", "（一）人手不足"])
def test_a_problem_over_a_table_of_its_measures_stays(name: str) -> None:
    table = "| 编号 | 改进措施 |\n|---|---|\n| 1 | 增配两人 |\n"
    facts = facts_of(f"三、存在的问题\n\n{name}\n\n{table}\n（二）执行偏慢。四季度集中。\n")
    assert [row.title for row in facts.problems] == ["人手不足", "执行偏慢"]


@pytest.mark.parametrize(
    "signed",
    [
        "青云镇人民政府\n2023.4.10",
        "青云镇政府\n\n2023-4-10",
        "青云镇人民政府\n2023/04",
        "青云镇人民政府　　2023年4月10日",
    ],
)
def test_name_and_date_below_a_table_of_both_are_no_problems(signed):
    table = f"| 问题 | 对策 |\n|---|---|\n| {P[0]} | {M[0]} |\n| {P[1]} | {M[1]} |\n"
    assert read(f"## 7 问题与对策\n\n{table}\n{signed}\n") == BOTH


def test_what_closes_a_document_is_no_statement() -> None:
    table = "| 问题 | 措施 |\n|---|---|\n" + "\n".join(f"| {p} | {m} |" for p, m in zip(P, M, strict=True))
    end = "（此页无正文）\n\n青云镇人民政府\n\n2023年3月31日\n\n抄送：区财政局、区审计局。"
    assert read(f"五、问题和措施\n\n{table}\n\n{end}\n") == BOTH


def test_articles_of_problems_and_of_measures_in_one_section() -> None:
    problems = "；".join(f"（{at}）{text}" for at, text in enumerate(P, 1))
    measures = "；".join(f"（{at}）{text}" for at, text in enumerate(M, 1))
    articles = f"**第十五条** 存在的不足：{problems}。\n\n**第十六条** 整改安排：{measures}。\n"
    assert read(f"## 第六部分　不足与整改\n\n{articles}") == BOTH


def test_words_and_numbers_that_count_in_turn() -> None:
    problems = "首先，{}。\n\n其次，路牌褪色看不清。\n\n第三，{}。"
    measures = "首先，{}。\n\n其次，路牌分批换新。\n\n第三，{}。"
    text = f"四、问题和打算\n\n（一）问题\n\n{problems}\n\n（二）打算\n\n{measures}\n"
    assert read(text.format(*P, *M)) == ([P[0], "路牌褪色看不清", P[1]], [M[0], "路牌分批换新", M[1]])


@pytest.mark.parametrize("label", ["*对策：*", "**对策：**", "对策："])
def test_measures_behind_a_label_below_each_problem(label: str) -> None:
    lines = (f"**问题{number}：{p}。**\n{label}{m}。" for number, p, m in zip("一二", P, M, strict=True))
    assert read("四、问题与对策\n\n" + "\n\n".join(lines) + "\n") == BOTH


@pytest.mark.parametrize("numbers", [("2", "1"), ("问题二", "问题一")])
def test_a_table_of_measures_that_names_problems_by_their_numbers(numbers: tuple[str, ...]) -> None:
    rows = "".join(f"| {number} | {measure} |\n" for number, measure in zip(numbers, M, strict=True))
    table = f"| 对应问题 | 怎么改 |\n|---|---|\n{rows}"
    facts = facts_of(f"六、不足\n\n1.{P[0]}。\n2.{P[1]}。\n\n七、整改\n\n{table}")
    assert [one.title for one in facts.problems] == list(P)
    assert [(one.title, one.answers) for one in facts.measures] == [(M[0], [2]), (M[1], [1])]


def test_a_table_whose_problems_begin_with_numbers_tells_them_itself() -> None:
    rows = "".join(f"| {at}.{p} | {m} |\n" for at, (p, m) in enumerate(zip(P, M, strict=True), 1))
    assert read(f"六、整改\n\n| 问题 | 怎么改 |\n|---|---|\n{rows}") == BOTH


@pytest.mark.parametrize(
    ("problem", "measure"), [("问题", "改进"), ("短板", "整改"), ("困难", "办法"), ("不足", "打算")]
)
@pytest.mark.parametrize("numbers", ["一二", "12"])
def test_each_problem_with_what_is_done_about_it_below(problem: str, measure: str, numbers: str) -> None:
    lines = (f"{problem}{n}：{p}。\n\n{measure}{n}：{m}。" for n, p, m in zip(numbers, P, M, strict=True))
    assert read("三、问题与改进\n\n" + "\n\n".join(lines) + "\n") == BOTH


def test_a_measure_that_begins_like_a_label_is_none() -> None:
    assert read(f"三、问题\n\n1.{P[0]}。\n\n整改一批后仍有反复。\n\n2.{P[1]}。\n") == (list(P), [])


@pytest.mark.parametrize("signed", ["青云街道办事处&nbsp;&nbsp;2023年4月10日", "青云镇人民政府 二〇二三年四月"])
def test_name_and_date_in_one_line_below_a_rule_are_no_measure(signed: str) -> None:
    text = f"三、问题\n\n1. {P[0]}\n\n2. {P[1]}\n\n四、措施\n\n1. {M[0]}\n\n2. {M[1]}\n\n"
    assert read(f"{text}---\n{signed}\n") == BOTH


def test_an_office_with_a_date_that_does_something_is_a_measure() -> None:
    does = "请求青云街道办事处2023年6月底前补齐缺额人员"
    assert read(f"三、问题\n\n{P[0]}\n\n{P[1]}\n\n四、措施\n\n{M[0]}\n\n{M[1]}\n\n{does}\n") == (list(P), [*M, does])
