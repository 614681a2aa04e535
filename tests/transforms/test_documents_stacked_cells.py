"""Tables copied with a cell a line: rows with blank, missing and cut cells, headers printed again, tables of people."""

from __future__ import annotations

import pytest
from report_cases import facts_of, headcount

from transforms.documents.model import Table
from transforms.documents.reader import read_document

pytestmark = pytest.mark.unit

NUMBERED = ["序号", "项目名称", "预算数（万元）", "支出数（万元）", "执行率", "绩效目标", "完成情况"]
PLAIN = ["项目名称", "预算数", "支出数", "绩效目标", "完成情况"]
LAMPS = ["路灯维修经费", "8.00万元", "7.50万元", "修好路灯。", "修灯30盏。"]
WELLS = ["水井清理经费", "5.00万元", "5.00万元", "清理水井。", "清井12口。"]
BRIDGES = ["便桥加固经费", "6.00万元", "3.00万元", "加固便桥。", "加固便桥4座。"]


def numbered(number: int, name: str, *texts: str) -> list[str]:
    return [str(number), name, "8.00", "7.50", "93.75%", *(texts or ("按期办结。", "办结9件。"))]


def projects(*rows: list[str], gap: str = "\n") -> list[tuple[str, str | None, str | None]]:
    """Name, goal and completion of each project of a table."""
    cells = gap.join(cell for row in rows for cell in row)
    facts = facts_of(f"二、各任务完成情况\n\n{cells}\n\n三、主要成效\n\n一切都好。\n")
    assert facts.goals == []
    assert {(row.budget_yuan, row.spent_yuan) for row in facts.projects} <= {
        (80000, 75000),
        (50000, 50000),
        (60000, 30000),
    }
    return [(row.name, row.goal, row.completion) for row in facts.projects]


def names(*rows: list[str], gap: str = "\n") -> list[str]:
    return [name for name, _, _ in projects(*rows, gap=gap)]


def cells_of(body: str) -> list[list[str]]:
    """The texts of the rows of all tables."""
    blocks = read_document(body.encode(), "report.txt").blocks
    return [[cell.text for cell in row.cells] for block in blocks if isinstance(block, Table) for row in block.rows]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_numbers_of_rows_are_no_page_numbers(gap: str) -> None:
    cut = ["3", "水井清理", "及护栏经费", *numbered(3, "")[2:]]
    rows = [numbered(1, "路灯维修经费"), numbered(2, "甲经费"), cut, numbered(4, "乙经费")]
    assert names(NUMBERED, *rows, gap=gap) == ["路灯维修经费", "甲经费", "水井清理及护栏经费", "乙经费"]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_rows_of_sums_without_a_number_lie_between_numbered_rows(gap: str) -> None:
    sums = ["综合类小计", "16.00", "15.00", "93.75%", "—", "—"]
    rows = [
        numbered(1, "路灯维修经费"),
        numbered(2, "水井清理经费"),
        ["民生类小计", *sums[1:]],
        numbered(3, "便桥加固经费"),
    ]
    assert names(NUMBERED, ["合计", *sums[1:]], sums, *rows, gap=gap) == [
        "路灯维修经费",
        "水井清理经费",
        "便桥加固经费",
    ]


def test_rows_of_sums_may_lack_their_texts() -> None:
    rows = [numbered(1, "路灯维修经费"), numbered(2, "水井清理经费"), ["综合类小计", "16.00", "15.00", "93.75%"]]
    assert names(NUMBERED, *rows, numbered(3, "便桥加固经费")) == ["路灯维修经费", "水井清理经费", "便桥加固经费"]


def test_a_numbered_name_over_two_lines_is_one() -> None:
    cut = ["3", "便桥加固及栏", "杆更换经费", *numbered(3, "")[2:]]
    rows = [numbered(1, "路灯维修经费"), numbered(2, "水井清理经费"), cut, numbered(4, "公厕改造经费")]
    assert names(NUMBERED, *rows) == ["路灯维修经费", "水井清理经费", "便桥加固及栏杆更换经费", "公厕改造经费"]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("cut", [PLAIN, ["项目", "名称", "预算", "数", "支出数", "绩效", "目标", "完成情况"]])
def test_a_header_printed_again_may_have_its_headings_cut(gap: str, cut: list[str]) -> None:
    assert names(PLAIN, LAMPS, WELLS, cut, BRIDGES, gap=gap) == [LAMPS[0], WELLS[0], BRIDGES[0]]


def test_a_header_above_a_row_that_stays_unread_is_no_row() -> None:
    rows = cells_of(
        "\n".join(cell for row in (PLAIN, LAMPS, WELLS, PLAIN, ["民生类", *BRIDGES], LAMPS) for cell in row)
    )
    assert [row[0] for row in rows] == [LAMPS[0], WELLS[0]]


def test_the_first_header_may_have_its_headings_cut() -> None:
    header = ["预算项", "目", "预算", "数", "支出数", "绩效目标", "完成情", "况"]
    assert names(header, LAMPS, WELLS, gap="\n\n") == [LAMPS[0], WELLS[0]]
    assert names(["项目", "名称", *PLAIN[1:]], LAMPS, WELLS) == [LAMPS[0], WELLS[0]]
    assert names([*PLAIN[:3], "绩效", "目标", PLAIN[4]], LAMPS, WELLS) == [LAMPS[0], WELLS[0]]


def test_a_text_over_two_lines_is_one_where_texts_end_as_sentences() -> None:
    cut = [*WELLS[:4], "清井12口", "及沟渠3条。"]
    assert projects(PLAIN, LAMPS, BRIDGES, cut, ["公厕改造经费", *LAMPS[1:]], gap="\n\n")[2:] == [
        ("水井清理经费", "清理水井。", "清井12口\n及沟渠3条。"),
        ("公厕改造经费", "修好路灯。", "修灯30盏。"),
    ]


def test_texts_that_may_be_parted_in_two_ways_are_not_parted() -> None:
    open_rows = [[cell.rstrip("。") for cell in row] for row in (LAMPS, WELLS, BRIDGES)]
    cut = [*open_rows[2][:4], "加固便桥4座", "更换栏杆"]
    found = projects(PLAIN, *open_rows[:2], cut, ["公厕改造经费", *open_rows[0][1:]])
    assert found[:2] == [("路灯维修经费", "修好路灯", "修灯30盏"), ("水井清理经费", "清理水井", "清井12口")]
    assert not any("更换栏杆" in name for name, _, _ in found)


def test_numbered_rows_go_on_behind_texts_that_stay_together() -> None:
    rows = [numbered(at, name, "按期办结", "办结9件") for at, name in enumerate(["甲经费", "乙经费", "丙经费"], 1)]
    rows = [*rows, numbered(4, "丁经费", "按期办结", "办结9件")]
    rows[2] += ["含复查2件"]
    told = ("按期办结", "办结9件")
    assert projects(NUMBERED, *rows) == [
        ("甲经费", *told),
        ("乙经费", *told),
        ("丙经费", None, "按期办结\n办结9件\n含复查2件"),
        ("丁经费", *told),
    ]


def test_rows_go_on_behind_lines_with_figures_that_stay_unread() -> None:
    names_told = ["甲经费", "乙经费", "丙经费", "丁经费", "戊经费"]
    rows = [numbered(at, name, "按期办结", "办结9件") for at, name in enumerate(names_told, 1)]
    rows[2] += ["含复查2件", "综合类小计", "24.00", "22.50", "93.75%", "—", "—"]
    assert names(NUMBERED, *rows) == names_told


def test_a_group_above_a_name_is_no_part_of_it() -> None:
    rows = cells_of("\n".join([*PLAIN, *LAMPS, *WELLS, "民生类", *BRIDGES, *LAMPS, *WELLS]))
    assert [row[0] for row in rows] == [LAMPS[0], WELLS[0], LAMPS[0], WELLS[0]]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_numbered_heading_stands_above_its_rows(gap: str) -> None:
    rows = [numbered(1, "路灯维修经费"), numbered(2, "水井清理经费"), ["（二）民生类"], numbered(3, "便桥加固经费")]
    assert names(NUMBERED, *rows, gap=gap) == ["路灯维修经费", "水井清理经费", "便桥加固经费"]
    assert names(PLAIN, LAMPS, WELLS, ["（二）民生类"], BRIDGES, gap=gap) == [LAMPS[0], WELLS[0], BRIDGES[0]]


def test_names_of_the_first_rows_over_two_lines_do_not_shift_the_columns() -> None:
    rows = cells_of("\n".join([*PLAIN, "道路两旁", *LAMPS, *WELLS, *BRIDGES]))
    assert [row[0] for row in rows] == [WELLS[0], BRIDGES[0]]


def test_a_remark_below_the_sums_is_no_cell() -> None:
    rows = cells_of(
        "\n".join([*PLAIN, *LAMPS, *WELLS, "合计", "13.00万元", "12.50万元", "注：均为全年数。", "（三）成效"])
    )
    assert rows[2][:3] == ["合计", "13.00万元", "12.50万元"]
    assert not any("注" in cell for cell in rows[2])


def test_a_text_that_begins_as_a_remark_does_is_a_cell() -> None:
    assert projects(PLAIN, LAMPS, [*WELLS[:4], "注册志愿者12名。"])[1] == (
        "水井清理经费",
        "清理水井。",
        "注册志愿者12名。",
    )


def test_a_blank_line_is_a_blank_cell_where_lines_stand_close() -> None:
    blank = [*WELLS[:3], "", "清井12口。"]
    assert projects(PLAIN, LAMPS, BRIDGES, blank, LAMPS[:1] + BRIDGES[1:])[2] == ("水井清理经费", None, "清井12口。")


PEOPLE = ["总人数", "在编人员", "", "", "编外人员", "退休人员", "", "小计", "行政", "事业", "", ""]
COUNTS = ["90", "50", "30", "20", "40", "12"]
COUNTED = {
    "total": 90,
    "established": 50,
    "administrative": 30,
    "institution": 20,
    "non_established": 40,
    "retired": 12,
}


def people(*cells: str, gap: str = "\n") -> dict[str, int]:
    table = gap.join(cells)
    return headcount(facts_of(f"一、部门概况\n\n年末人员如下：\n{table}\n（二）收支情况\n\n从略。\n"))


def test_a_table_of_people_with_a_header_of_two_lines() -> None:
    assert people("单位：人", *PEOPLE, *COUNTS) == COUNTED
    assert people(*PEOPLE, *COUNTS) == COUNTED


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_table_of_people_with_a_header_of_one_line(gap: str) -> None:
    header = ["总人数", "在编人员", "行政编制", "事业编制", "编外人员", "退休人员"]
    assert people(*header, *COUNTS, gap=gap) == COUNTED


def test_headings_of_people_that_do_not_come_out_are_not_taken() -> None:
    shifted = ["总人数", "在编人员", "", "", "编外人员", "退休人员", "", "", "小计", "行政", "事业", ""]
    assert cells_of("\n".join(["年末人员：", *shifted, *COUNTS, "（二）收支情况"])) == []
    assert cells_of("\n".join(["年末人员：", *PEOPLE, *COUNTS[:-1], "（二）收支情况"])) == []


def test_short_lines_above_numbers_are_no_table_of_people() -> None:
    assert cells_of("\n".join(["目录", "概况", "收支", "成效", "1", "2", "3", "一、概况"])) == []
