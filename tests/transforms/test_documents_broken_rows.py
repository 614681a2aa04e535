"""Rows of TAB tables whose cells hold line breaks: which lines are put together, and which are left alone."""

from __future__ import annotations

import pytest
from document_makers import grid, only_table, read, tables, texts
from hypothesis import given
from hypothesis import strategies as st

from transforms.documents.model import NoteKind

pytestmark = pytest.mark.unit

HEAD = "部门\t序号\t项目名称\t预算数\t支出数\t目标\t完成情况\n"
FIRST = "甲办\t1\t渠道经费\t5.00\t4.00\t清渠。\t清渠三条。\n"
SUM = "\t\t小计\t11.00\t10.00\t\t\n"
THIRD = "乙办\t3\t图书经费\t7.00\t7.00\t购书。\t购书百册。\n"
SECOND = ["", "2", "路灯经费", "6.00", "6.00", "修灯。", "修灯八盏。"]
NAMES = "项目名称\t预算数\t支出数\t完成情况\n甲渠经费\t5\t4\t清渠三条\n"
"""A table that begins with the names."""


def grid_of(text: str) -> list[list[str]]:
    return grid(only_table(read(text)))


@pytest.mark.parametrize(
    ("broken", "column", "whole"),
    [
        ("\t2\t路灯\n经费\t6.00\t6.00\t修灯。\t修灯八盏。\n", 2, "路灯经费"),
        ("\t2\t路灯经费\n（二期）\t6.00\t6.00\t修灯。\t修灯八盏。\n", 2, "路灯经费(二期)"),
        ("\t2\t村道\n路灯\n经费\t6.00\t6.00\t修灯。\t修灯八盏。\n", 2, "村道路灯经费"),
        ("\t2\t路灯\n\n经费\t6.00\t6.00\t修灯。\t修灯八盏。\n", 2, "路灯经费"),
        ("\t2\t路灯经费\n\t6.00\t6.00\t修灯。\t修灯八盏。\n", 2, "路灯经费"),
        ("\t2\t\n路灯经费\t6.00\t6.00\t修灯。\t修灯八盏。\n", 2, "路灯经费"),
        ("\t2\t路灯经费\t6.00\t6.00\t修灯\n并养护\t修灯八盏。\n", 5, "修灯并养护"),
        ("\t2\t路灯经费\t6.00\t6.00\t1.修灯；\n2.换线。\t修灯八盏。\n", 5, "1.修灯;2.换线。"),
        ("\t2\t路灯经费\t6.00\t6.00\t修灯。\t修灯八盏\n换线三里\n", 6, "修灯八盏换线三里"),
        ("\t2\t路灯经费\t6.00\t6.00\t修灯。\t修灯八盏；\n换线三里。\n", 6, "修灯八盏;换线三里。"),
        ("\t2\t路灯经费\t6.00\t6.00\t修灯。\t1.修灯八盏；\n\n2.换线三里。\n", 6, "1.修灯八盏;2.换线三里。"),
        (
            "\t2\t路灯经费\t6.00\t6.00\t修灯。\t1.修灯；\n2.换线；\n3.31村亮灯。\n",
            6,
            "1.修灯;2.换线;3.31村亮灯。",
        ),
    ],
)
def test_a_cell_broken_within_a_row_whose_first_cell_is_merged(broken: str, column: int, whole: str) -> None:
    rows = grid_of(HEAD + FIRST + broken + SUM + THIRD)
    expected = [*SECOND[:column], whole, *SECOND[column + 1 :]]
    assert rows[1] == expected
    assert [row[2] for row in rows] == ["渠道经费", expected[2], "小计", "图书经费"]


def test_two_and_three_cells_broken_at_once() -> None:
    broken = "\t2\t路灯\n经费\t6.00\t6.00\t修灯\n并养护\t1.修灯八盏；\n2.换线三里。\n"
    rows = grid_of(HEAD + FIRST + broken + SUM + THIRD)
    assert rows[1] == ["", "2", "路灯经费", "6.00", "6.00", "修灯并养护", "1.修灯八盏;2.换线三里。"]


def test_a_table_of_which_every_row_is_broken() -> None:
    rows = [
        "甲办\t1\t渠道\n经费\t5.00\t4.00\t清渠。\t清渠三条。\n",
        "\t2\t路灯\n经费\t6.00\t6.00\t修灯。\t修灯八盏。\n",
        "乙办\t3\t图书\n经费\t7.00\t7.00\t购书。\t购书百册。\n",
    ]
    assert [row[2:4] for row in grid_of(HEAD + "".join(rows))] == [
        ["渠道经费", "5.00"],
        ["路灯经费", "6.00"],
        ["图书经费", "7.00"],
    ]


def test_a_header_broken_before_its_units_and_in_its_last_cell() -> None:
    head = "部门\t序号\t项目名称\t预算数\n（万元）\t支出数\n（万元）\t目标\t完成\n情况\n"
    table = only_table(read(head + FIRST + SUM + THIRD))
    assert [cell.text for cell in table.header] == [
        "部门",
        "序号",
        "项目名称",
        "预算数(万元)",
        "支出数(万元)",
        "目标",
        "完成情况",
    ]
    assert len(table.rows) == 3


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ("村道路灯\n经费\t6\t6\t修灯八盏\n换线三里\n", "村道路灯经费"),
        ("路灯经费（东\n片区）\t6\t6\t修灯八盏\n换线三里\n", "路灯经费(东片区)"),
    ],
)
def test_a_first_cell_that_begins_above_its_row(broken: str, name: str) -> None:
    rows = grid_of(NAMES + broken + "图书经费\t7\t7\t购书\n")
    assert [row[0] for row in rows] == ["甲渠经费", name, "图书经费"]
    assert (rows[0][3], rows[1][3]) == ("清渠三条", "修灯八盏换线三里")


def test_numbered_names_that_begin_above_their_row() -> None:
    head, first = NAMES.splitlines()
    rows = [f"1.{first}", "2.路灯及护栏\n养护\t6\t6\t修灯八盏\n换线三里", "3.图书经费\t7\t7\t购书"]
    assert [row[0] for row in grid_of("\n".join([head, *rows, ""]))] == ["1.甲渠经费", "2.路灯及护栏养护", "3.图书经费"]


def test_a_row_without_amounts_is_not_put_together_with_the_next() -> None:
    rows = grid_of(HEAD + FIRST + "\t2\t路灯经费\n" + SUM + THIRD)
    assert [row[2:5] for row in rows[1:]] == [
        ["路灯经费", "", ""],
        ["小计", "11.00", "10.00"],
        ["图书经费", "7.00", "7.00"],
    ]


def test_rows_cut_behind_their_last_words_stay_apart_though_their_cells_add_up() -> None:
    head = "项目名称\t预算数\t支出数\t目标\t完成情况\n"
    rows = ["甲渠经费\t5\t4\t清渠\t清渠三条\n", "乙灯经费\t6\t6\t修灯\n", "合计\t11\n"]
    assert [row[0] for row in grid_of(head + "".join(rows))] == ["甲渠经费", "乙灯经费", "合计"]
    numbered = ["1\t甲渠\t5\t4\t清渠\n", "2\t乙灯\t6\n", "3\t丙书\n", "4\t丁桥\t7\t7\t修桥\n"]
    names = [row[1] for row in grid_of("序号\t项目名称\t预算数\t支出数\t备注\n" + "".join(numbered))]
    assert names == ["甲渠", "乙灯", "丙书", "丁桥"]


def test_words_do_not_go_on_into_a_column_of_figures() -> None:
    head = "项目名称\t目标\t预算数\t支出数\n"
    rows = ["甲渠\t清渠\t5\t4\n", "乙灯\t修灯\t6\t6\n", "丙书\t购书\t见附表\n另行\t安排\n", "丁桥\t修桥\t7\t7\n"]
    assert [row[0] for row in grid_of(head + "".join(rows))] == ["甲渠", "乙灯", "丙书", "另行", "丁桥"]


def test_a_heading_between_rows_is_no_part_of_the_name_below() -> None:
    rows = grid_of(NAMES + "二、其他项目\n路灯经费\t6\t6\t修灯八盏\n")
    assert "路灯经费" in [row[0] for row in rows]


def test_a_second_table_behind_a_blank_line_has_columns_of_its_own() -> None:
    second = "序号\t项目名称\t预算数\n1\t丁桥\n维修经费\t3.00\n2\t戊塘清淤\t8.00\n"
    document = read(HEAD + FIRST + THIRD + "\n" + second + "后文在此。\n")
    assert [len(table.header) for table in tables(document)] == [7, 3]
    assert [row.cells[0].text for row in tables(document)[1].rows] == ["1", "2"]
    assert tables(document)[1].rows[0].cells[1].text == "丁桥维修经费"
    assert texts(document)[-1] == "后文在此。"


@given(st.lists(st.lists(st.sampled_from([0, 1, 2, 3, 4]), min_size=3, max_size=3), min_size=3, max_size=3))
def test_wherever_the_words_of_a_row_are_broken_its_name_and_amounts_stay(breaks: list[list[int]]) -> None:
    rows = []
    for number, places in enumerate(breaks, 1):
        words = ["乡道绿化经费", "修剪并补种", "补种三百棵"]
        name, goal, done = (f"{w[:at]}\n{w[at:]}" if at else w for w, at in zip(words, places, strict=True))
        rows.append(f"\t{number}\t{name}\t{number}.50\t{number}.00\t{goal}\t{done}\n")
    found = grid_of(HEAD + "".join(rows) + "合计\t\t\t7.50\t6.00\t\t\n")
    amounts = [[f"{number}.50", f"{number}.00"] for number in (1, 2, 3)]
    assert [row[2:5] for row in found[:3]] == [["乡道绿化经费", *own] for own in amounts]
    assert len(found) == 4


def test_quotes_around_cells_with_line_breaks_hold_a_row_together() -> None:
    head = '部门\t序号\t项目名称\t"预算数\n（万元）"\t"支出数\n（万元）"\t目标\t"完成\n情况"\n'
    rows = [
        '"甲综合\n办公室"\t1\t"渠道\n经费"\t5.00\t4.00\t清渠。\t"清渠三条。\n换闸一座。"\n',
        '"乙综合\n办公室"\t2\t路灯经费\t6.00\t6.00\t"修灯\n\n养护"\t"1.修灯；\n2.换线"\n',
    ]
    table = only_table(read(head + "".join(rows) + SUM + THIRD))
    assert [cell.text for cell in table.header][3:5] == ["预算数(万元)", "支出数(万元)"]
    assert grid(table)[:2] == [
        ["甲综合办公室", "1", "渠道经费", "5.00", "4.00", "清渠。", "清渠三条。换闸一座。"],
        ["乙综合办公室", "2", "路灯经费", "6.00", "6.00", "修灯养护", "1.修灯;2.换线"],
    ]


def test_a_quote_that_is_never_closed_holds_nothing_together() -> None:
    rows = grid_of(HEAD + FIRST + '\t2\t"路灯经费\t6.00\t6.00\t修灯。\t修灯八盏。\n' + SUM + THIRD)
    assert [row[2].strip('"') for row in rows] == ["渠道经费", "路灯经费", "小计", "图书经费"]


def test_the_same_rest_of_a_cell_in_two_tables_is_no_running_header() -> None:
    other = "项目名称\t丁桥\n完成情况\t桥面换板；\n栏杆刷漆2处\n实施时间\t六月至九月\n"
    document = read(
        HEAD + FIRST + "\t2\t丁桥维修\t6.00\t6.00\t修桥。\t换板\n栏杆刷漆2处\n" + THIRD + "\n另见：\n\n" + other
    )
    assert grid(tables(document)[0])[1][6] == "换板栏杆刷漆2处"
    assert [row[1] for row in grid(tables(document)[1])] == ["桥面换板;栏杆刷漆2处"]
    assert all(note.kind is not NoteKind.RUNNING_HEADER for note in document.notes)


PLANS = "预算项目\t预计实际值\n甲渠经费\t渠道畅通，水质达标。\n乙路经费\t路面平整，照明\n"


def test_words_go_on_below_where_the_table_goes_on_behind_a_gap() -> None:
    rows = grid_of(PLANS + "充足。\n\n丙园经费\t园中有花，四季常开。\n")
    assert rows[1:] == [["乙路经费", "路面平整,照明充足。"], ["丙园经费", "园中有花,四季常开。"]]


@pytest.mark.parametrize(
    "below",
    [
        "充足。\n\n以上为全部项目。\n",
        "以上项目均已列入\n\n丙园经费\t园中有花。\n",
        "充足。\n\n任务名称\t预算数\n丙园经费\t3\n",
    ],
)
def test_words_below_a_table_that_nothing_vouches_for_are_text(below: str) -> None:
    assert tables(read(PLANS + below))[0].rows[1].cells[1].text == "路面平整,照明"
