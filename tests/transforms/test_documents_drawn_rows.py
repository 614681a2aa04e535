"""Tables drawn with pipes whose cells are wrapped within their columns, without rules between the rows."""

from __future__ import annotations

import pytest

from tests.transforms.aligned_maker import drawn
from tests.transforms.document_makers import grid, header, lines, only_table, read
from tests.transforms.test_documents_wrapped_rows import HEAD, ROWS, SUM, plain

WIDE = [4, 18, 10, 10, 20, 24]


@pytest.mark.parametrize("align", ["top", "middle", "bottom"])
@pytest.mark.parametrize("pipe", ["|", "│"])
def test_cells_wrapped_within_their_columns(align: str, pipe: str) -> None:
    text = drawn([HEAD, *ROWS, SUM], WIDE, align=align, pipe=pipe)
    table = only_table(read(f"二、完成情况\n\n{text}\n以上均已验收。\n"))
    assert header(table) == HEAD
    assert grid(table) == plain([*ROWS, SUM])


def test_lines_that_go_on_count_as_lines() -> None:
    table = only_table(read(drawn([HEAD, *ROWS], WIDE)))
    assert lines(table) == [4, 6, 7, 9, 12]
    assert table.rows[0].cells[1].raw == "镇域水环境巡查与管\n护工作经费"


@pytest.mark.parametrize("heading", ["民生类", "一、民生类", "合计"])
def test_headings_of_groups_are_rows_of_their_own(heading: str) -> None:
    rows = [["1", "堤围和排水设施养护经费", "5.00", "4.00", "甲。", "甲。"], ["", heading, "", "", "", ""]]
    rows += [["2", "丙类经费", "6.00", "6.00", "丙。", "丙。"], ["3", "丁类经费", "6.00", "6.00", "丙。", "丙。"]]
    table = only_table(read(drawn([HEAD, *rows], [4, 24, 9, 9, 20, 22])))
    assert [row[1] for row in grid(table)] == [row[1] for row in rows]


def test_rows_of_different_widths_are_not_wrapped() -> None:
    rows = [
        ["1", "消防经费与人员保障", "5.00", "4.00"],
        ["", "器材购置", "", ""],
        ["2", "丙类经费及其他各项", "6.00", "6.00"],
    ]
    text = "".join("|" + "|".join(row) + "|\n" for row in (HEAD[:4], ["---"] * 4, *rows, *rows, *rows))
    assert [row[1] for row in grid(only_table(read(text)))][:2] == ["消防经费与人员保障", "器材购置"]


def test_where_one_line_without_figures_is_a_heading_none_as_wide_as_the_column_begins_a_name() -> None:
    rows = [["城市管理", "", ""], ["道路养护工程", "50", "40"], ["河道清理工程", "30", "20"]]
    rows += [["社会保障就业", "", ""], ["文化活动经费", "50", "40"], ["敬老院经费", "30", "20"]]
    table = only_table(read(drawn([["项目名称", "预算数", "支出数"], *rows], [12, 8, 8])))
    assert grid(table) == rows
