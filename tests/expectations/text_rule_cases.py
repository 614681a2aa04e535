"""Cases of the rules on texts, looks and claims: a change that makes exactly one rule fire, and its near miss."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from expectation_cases import GOAL, Case, Change, figure, heading, project, set_figure, sign

from transforms.facts.model import Facts, NoteRow
from transforms.facts.text_rows import MarkRow, MetricRow, PeriodRow, SumRow


def add(group: str, *rows: Any) -> Change:
    return lambda facts: getattr(facts, group).extend(rows)


def row(place: int, **changes: Any) -> Change:
    def change(facts: Facts) -> None:
        facts.projects[place] = facts.projects[place]._replace(**changes)

    return change


def both(*changes: Change) -> Change:
    def change(facts: Facts) -> None:
        for each in changes:
            each(facts)

    return change


def without(group: str, **values: Any) -> Change:
    """Takes out the rows with these values."""

    def change(facts: Facts) -> None:
        rows = getattr(facts, group)
        setattr(facts, group, [one for one in rows if any(getattr(one, name) != v for name, v in values.items())])

    return change


def instead(group: str, new: Any, **values: Any) -> Change:
    return both(without(group, **values), add(group, new))


def note(kind: str, detail: str, line: int = 60, table: int | None = 2, row_number: int | None = 3) -> NoteRow:
    return NoteRow(0, kind, detail, None, line, table, row_number, None)


def summed(
    parts: list[str], word: str = "合计", unit: str = "吨", additive: bool = True, value: str = "10.5"
) -> SumRow:
    quanta = ["0.1"] * len(parts)
    return SumRow(0, Decimal(value), Decimal("0.1"), parts, quanta, unit, word, additive, "合计", 91)


def metric(name: str, value: int, unit: str, clause: int = 9) -> MetricRow:
    return MetricRow(0, 1, clause, name, Decimal(value), unit, f"{value}{unit}", f"{name}{value}{unit}", 91)


def period(last: str, days: int) -> Change:
    return instead("periods", PeriodRow(0, "period", "2021-03-01", last, days, None, "期间", 91), kind="period")


def ends(due: str, done: str) -> Change:
    return add(
        "periods",
        PeriodRow(0, "deadline", None, due, None, 1, "前完成", 91),
        PeriodRow(0, "finished", None, done, None, 1, "完成", 91),
    )


def achievement(place: int, value: int) -> Change:
    def change(facts: Facts) -> None:
        facts.achievements[place] = facts.achievements[place]._replace(value=Decimal(value))

    return change


def beside_small(largest: str) -> Change:
    """A further table of four small projects (median 10.2) and a large one."""
    wans = ("10.00", "10.10", "10.20", "10.30", largest)
    names = ("花木经费", "器材经费", "印刷经费", "车辆经费", "绿化经费")
    rows = [
        project(name, wan, wan, table=3, row=place, listing="key")
        for place, (name, wan) in enumerate(zip(names, wans, strict=True), start=1)
    ]
    return add(
        "projects", *(one._replace(spent_text="10.00", spent_yuan=one.budget_yuan * Decimal("0.99")) for one in rows)
    )


NAMED = "3个社区公园管护"
TEXT_CASES = [
    Case(
        "C03",
        add("signs", sign("year", "2019年度", "2019", 25)),
        {"level": "information", "line": 25, "raw_text": "2019年度", "observed": "2019", "expected": "2021"},
        add("signs", sign("year", "2021年度", "2021", 25)),
    ),
    Case(
        "C05",
        instead("signs", sign("report_date", "2021年12月", "2021-12", 300), kind="report_date"),
        {"level": "warning", "line": 300, "raw_text": "2021年12月"},
        instead("signs", sign("report_date", "2022年3月", "2022-03", 300), kind="report_date"),
    ),
    Case(
        "C06",
        without("signs", kind="three_public"),
        {"level": "warning", "line": 1, "subject": "三公经费", "message": "报告没有写明“三公经费”。"},
        both(set_figure("self_score"), add("figures", figure("grade", 0, "良", line=30))),
    ),
    Case(
        "C08",
        lambda facts: facts.headings.__setitem__(3, heading(2, 2, "收支情况", 1, "（一）", 19, "annual_goals", 2)),
        {"line": 19, "observed": "编号第 2 级，版式第 2 级", "expected": "版式第 3 级，不超过四级编号"},
        add("headings", heading(4, 1, "事项", 4, "①", 60, visual=2)),
    ),
    Case(
        "C09",
        add("notes", note("paragraph_joined", "督促整改\n问题若干", 60, None, None)),
        {"line": 60, "raw_text": "督促整改", "observed": "改"},
        add("notes", note("paragraph_joined", "督促整改。\n问题若干", 60, None, None)),
    ),
    Case(
        "C10",
        add("notes", note("table_joined", "道路修缮经费\t600.00")),
        {"line": 60, "table_number": 2, "row_number": 3, "subject": "第2张表"},
        add("notes", note("header_repeated", "项目\t预算", 59), note("table_joined", "道路修缮经费\t600.00")),
    ),
    Case(
        "C11",
        add("notes", note("markup_in_cell", "<p>保洁</p>")),
        {"line": 60, "raw_text": "<p>保洁</p>", "observed": "2", "expected": "0"},
        add("notes", note("markup_in_cell", "面积 < 50 > 10")),
    ),
    Case(
        "C12",
        add("marks", MarkRow(0, "“", None, "”", "落实“谁支出", 61)),
        {"line": 61, "raw_text": "落实“谁支出"},
        add("marks", MarkRow(0, "“", "”", "”", "落实“谁支出”", 61)),
    ),
    Case(
        "C13",
        add("notes", note("junk_row", "-----\t-----")),
        {"line": 60, "table_number": 2, "subject": "第2张表"},
        add("notes", note("junk_row", "1\t2\t3")),
    ),
    Case(
        "C19",
        both(
            set_figure("headcount:non_established", value=Decimal(104)),
            set_figure("headcount:total", value=Decimal(207)),
        ),
        {"level": "information", "line": 9, "observed": "编外占 50.24%，在编 103 人"},
        both(
            set_figure("headcount:non_established", value=Decimal(103)),
            set_figure("headcount:total", value=Decimal(206)),
        ),
    ),
    Case(
        "C23",
        row(2, spent_text="479.00", spent_yuan=Decimal(4790000)),
        {"line": 92, "row_number": 2, "observed": "79.83%", "subject": "道路修缮经费"},
        both(
            row(2, spent_text="300.00", spent_yuan=Decimal(3000000)),
            add("signs", sign("reason", "尾款", None, 92, column="row", owner=2)),
        ),
    ),
    Case(
        "C25",
        both(
            set_figure("executed_yuan", value=Decimal(30000000), text="3000.00"),
            set_figure("stated_execution_rate", value=Decimal(1), text="100%"),
            without("signs", kind="asks_execution"),
        ),
        {"line": 20, "observed": "4 种口径同为 3000万元"},
        set_figure("basic_expenditure_yuan", value=Decimal(30000000), text="3000.00"),
    ),
    Case(
        "C30",
        both(set_figure("prior_year_change_rate"), set_figure("prior_year_change_yuan", value=Decimal(1010000))),
        {"line": 20, "subject": "上年总预算", "observed": "2899万元", "expected": "2900万元", "difference": "-1万元"},
        set_figure("prior_year_change_yuan", value=Decimal(1000100)),
    ),
    Case(
        "C36",
        beside_small("204.01"),
        {"line": 115, "table_number": 3, "row_number": 5, "observed": "204.01万元", "subject": "绿化经费"},
        beside_small("204.00"),
    ),
    Case(
        "C38",
        both(row(0, name=f"{NAMED}经费"), row(1, name=f"{NAMED}经费", goal=f"做好{NAMED}工作。")),
        {"line": 91, "row_number": 1, "observed": f"做好{NAMED}工作。"},
        row(1, goal="河道保洁经费用于保洁12公里。"),
    ),
    Case(
        "C38",
        both(row(0, name=f"{NAMED}经费"), row(1, name=f"{NAMED}经费", goal=f"确保{NAMED}任务顺利实施。")),
        {"line": 91, "row_number": 1, "observed": f"确保{NAMED}任务顺利实施。"},
        both(row(0, name=f"{NAMED}经费"), row(1, name=f"{NAMED}经费", goal=f"确保{NAMED}任务顺利通过验收。")),
    ),
    Case(
        "C38",
        both(row(0, name=f"{NAMED}经费"), row(1, name=f"{NAMED}经费", goal="完成社区公园管护任务。")),
        {"line": 91, "row_number": 1, "observed": "完成社区公园管护任务。"},
        both(row(0, name=f"{NAMED}经费"), row(1, name=f"{NAMED}经费", goal="完成年度管护任务。")),
    ),
    Case(
        "C39",
        row(1, completion="全年组织河道巡查12轮。"),
        {"line": 91, "raw_text": "全年组织河道巡查12轮。", "observed": "88%"},
        row(1, completion="组织河道巡查12轮，清理河面60处，群众投诉减少。"),
    ),
    Case(
        "C40",
        without("quantities", column="goal"),
        {"line": 91, "raw_text": GOAL, "observed": "0 个数值"},
        add("projects", project("绿化经费", None, None, table=1, row=2, listing="task", goal=None)),
    ),
    Case(
        "C41",
        without("quantities", column="completion", project_ordinal=5),
        {"line": 95, "row_number": 5, "observed": "0 个数值", "subject": "消防安全经费"},
        row(5, completion=None),
    ),
    Case(
        "C42",
        add("signs", sign("plan_wording", "待定", None, 95, column="completion", owner=5)),
        {"line": 95, "observed": "待定"},
        add("signs", sign("plan_wording", "待定", None, 95, column="completion", owner=9)),
    ),
    Case(
        "C43",
        period("2021-03-31", 30),
        {"line": 91, "observed": "31 天", "expected": "30 天"},
        ends("2021-06-30", "2021-06-30"),
    ),
    Case(
        "C44",
        instead("sums", summed(["6.2", "4.6"]), word="合计"),
        {"line": 91, "observed": "10.8吨", "expected": "10.5吨", "difference": "-0.3吨"},
        instead("sums", summed(["6.2", "4.4"]), word="合计"),
    ),
    Case(
        "C44",
        add("sums", summed(["6.2", "4.6"], "其中")),
        {"line": 91, "observed": "10.8吨", "expected": "10.5吨", "difference": "-0.3吨"},
        add("sums", summed(["5.2", "4.6"], "其中"), summed(["15.2", "6.6"], "其中"), summed(["1.2", "2.6"])),
    ),
    Case(
        "C44",
        add("sums", summed(["6", "4"], "分别为", "个", additive=False, value="11")),
        {"line": 91, "observed": "10个", "expected": "11个", "difference": "1个"},
        add("sums", summed(["6", "6"], "其中", "个", additive=False, value="11")),
    ),
    Case(
        "C44",
        add("sums", summed(["6", "3.5"], "包括")),
        {"line": 91, "observed": "9.5吨", "expected": "10.5吨", "difference": "1吨"},
        add("sums", summed(["6", "3.4"], "包括")),
    ),
    Case(
        "C45",
        achievement(1, 38),
        {"line": 160, "observed": "38支", "expected": "36支", "difference": "2"},
        add("metrics", metric("街道网格服务队伍", 38, "次")),
    ),
    Case(
        "C46",
        both(without("metrics", value=Decimal(60)), add("metrics", metric("清理河面", 150, "次", clause=0))),
        {"line": 91, "observed": "清理河面：150次", "expected": "组织河道巡查：150次"},
        both(without("metrics", value=Decimal(60)), add("metrics", metric("清理河面", 150, "处", clause=0))),
    ),
    Case(
        "C46",
        add("metrics", metric("种植乔木", 350, "株"), metric("种植灌木", 350, "株")),
        {"line": 91, "observed": "种植灌木：350株", "expected": "种植乔木：350株"},
        add("metrics", metric("受理诉求", 560, "宗"), metric("办结", 560, "宗")),
    ),
    Case(
        "C46",
        both(without("metrics", value=Decimal(60)), add("metrics", metric("检查排口", 150, "家次", clause=0))),
        {"line": 91, "observed": "检查排口：150家次", "expected": "组织河道巡查：150次"},
        both(without("metrics", value=Decimal(60)), add("metrics", metric("检查排口", 149, "家次", clause=0))),
    ),
    Case(
        "C47",
        add("signs", sign("satisfaction", "满意度98%", "98", 32)),
        {"line": 32, "observed": "98%，没有调查依据"},
        add("signs", sign("satisfaction", "满意度95%", "95", 32)),
    ),
    Case(
        "C48",
        row(5, completion="拨付200.00万"),
        {"line": 95, "observed": "9 个字", "raw_text": "拨付200.00万"},
        row(5, completion="拨付200.00万元"),
    ),
    Case(
        "C49",
        both(
            set_figure("executed_yuan", value=Decimal(29000000), text="2900.00"),
            set_figure("annual_budget_yuan", value=Decimal(29000000), text="2900.00"),
            set_figure("stated_execution_rate", value=Decimal(1), text="100%"),
        ),
        {"line": 210, "observed": "提高执行率"},
        both(
            set_figure("executed_yuan", value=Decimal(29990000), text="2999.00"),
            set_figure("stated_execution_rate", value=Decimal("0.9997"), text="99.97%"),
        ),
    ),
    Case(
        "C50",
        add("signs", sign("author", "云州市清河区白沙镇人民政府", "yun-baisha", 300)),
        {"level": "blocking", "line": 300, "subject": "云州市清河区白沙镇人民政府"},
        add("signs", sign("author", "青竹街道", "yun-qingzhu", 300)),
    ),
    Case(
        "C51",
        add("signs", sign("misspelling", "布署", "部署", 33, sentence="统一布署")),
        {"level": "information", "line": 33, "raw_text": "统一布署", "observed": "布署", "expected": "部署"},
        add("signs", sign("misspelling", "部署", "部署", 33)),
    ),
    Case(
        "C52",
        add("signs", sign("personal", "138****5678", "手机号码", 34)),
        {"level": "information", "line": 34, "raw_text": "138****5678", "observed": "手机号码"},
        add("signs", sign("survey", "12345热线", None, 34)),
    ),
]
