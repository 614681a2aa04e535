"""Tables as the text layer of a printed report shows them: cells in the middle of their rows, columns two blanks apart,
headings wrapped around their line, rows cut by the end of a page."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from tests.transforms.aligned_maker import wrapped
from tests.transforms.document_makers import grid, header, read, tables
from transforms.documents.lines import display_width
from transforms.documents.model import Document

HEAD = ["序号", "项目名称", "全年预算数", "实际支出数", "执行率", "绩效目标", "完成情况"]
WIDTHS = [4, 14, 10, 10, 7, 20, 20]
NARROW = [4, 14, 6, 6, 7, 20, 20]
ROWS = [
    ["1", "档案数字化经费", "36.00", "35.10", "97.50%", "扫描旧档案。", "扫描旧档案4100卷。"],
    ["2", "集市管理经费", "58.20", "58.20", "100.00%", "维护集市秩序，保持通道畅通，减少投诉。", "处理投诉19宗。"],
    [
        "3",
        "古树名木保护与复壮经费",
        "44.75",
        "40.00",
        "89.39%",
        "为辖区古树名木挂上牌，清理周边杂物，设围栏，每月记录其长势。",
        "挂牌古树共87株，补设围栏1300米。",
    ],
    ["4", "渡口安全巡查经费", "21.00", "20.05", "95.48%", "渡口无事故。", "巡查渡口260次。"],
    ["5", "社区食堂运营补贴", "90.00", "84.30", "93.67%", "为老人供餐。", "供餐5.2万份。"],
]
LONG = "清理沟渠两侧杂草垃圾并修复护栏。"
FOOT, RUNNING = "                                第 {} 页 共 3 页\n", "\f青石镇2022年部门整体支出绩效自评报告\n"
PLAIN = [[cell.replace("，", ",") for cell in row] for row in ROWS]


def printed(row: list[str], widths: list[int]) -> list[str]:
    """The lines of a row; signs that may not begin a line fill the gap to the next column."""
    cells = [wrapped(text, width) for text, width in zip(row, widths, strict=True)]
    height = max(map(len, cells))
    cells = [[*[""] * ((height - len(cell)) // 2), *cell] for cell in cells]
    done = []
    for pieces in zip_longest(*cells, fillvalue=""):
        line = ""
        for column, piece in enumerate(pieces):
            left = sum(widths[:column]) + 2 * column
            line += " " * (left - display_width(line)) + piece if piece else ""
        done.append(line + "\n")
    return done


def report(*pages: list[str]) -> Document:
    """A report of which the table runs over the pages."""
    opening = "青石镇2022年部门整体支出绩效自评报告\n\n    一、项目完成情况\n\n"
    texts = ["".join(lines) for lines in pages]
    body = "".join(
        f"{'' if not at else RUNNING + chr(10)}{text}\n{FOOT.format(at + 1)}" for at, text in enumerate(texts)
    )
    return read(f"{opening}{body}{RUNNING}\n    二、存在问题\n\n    项目之间进度不一，年底支付集中。\n")


def lines_of(rows: list[list[str]], widths: list[int] = WIDTHS) -> list[str]:
    return [line for row in rows for line in printed(row, widths)]


def test_cells_without_a_gap_between_them_are_two() -> None:
    text = lines_of([HEAD, *ROWS])
    assert any("挂上牌，挂牌古树" in line for line in text)
    (table,) = tables(report(text))
    assert header(table) == HEAD
    assert grid(table) == PLAIN


def test_a_comma_above_the_edge_of_a_column_parts_no_cell() -> None:
    rows = [[*row[:5], goal, done] for row, goal, done in zip(ROWS, "甲乙丙丁戊", "己庚辛壬癸", strict=True)]
    last = "6     古井修缮经费    5.00        5.00        100.00%  清洗井壁井台和石栏杆，保持完好并立碑\n"
    text = [*lines_of([HEAD, *rows[:3]]), last]
    cells = [cell for table in tables(report(text)) for row in grid(table) for cell in row]
    assert "清洗井壁井台和石栏杆,保持完好并立碑" in cells


def test_headings_wrapped_around_their_line_on_the_next_page() -> None:
    first = lines_of([HEAD, *ROWS[:2]])
    second = [
        "                      全年预  实际支  执行\n",
        "序号  项目名称                                 绩效目标              完成情况\n",
        "                      算数    出数    率\n",
    ]
    more = [[str(at), "沟渠管护经费", "7.00", "7.00", "100.00%", LONG, "清理完毕。"] for at in range(6, 9)]
    for between in ([], ["\n"]):
        (table,) = tables(report(first, [*second, *between, *lines_of([*ROWS[2:], *more], NARROW)]))
        assert header(table) == HEAD
        assert grid(table) == [*PLAIN, *more]


def test_headings_wrapped_around_their_line_on_top() -> None:
    first = [
        "                      全年预      实际支      执行\n",
        "序号  项目名称                                         绩效目标              完成情况\n",
        "                      算数        出数        率\n",
    ]
    for between in ([], ["\n"]):
        (table,) = tables(report([*first, *between, *lines_of(ROWS[:3])], lines_of(ROWS[3:])))
        assert header(table) == HEAD
        assert grid(table) == PLAIN


def test_words_around_a_header_that_are_no_headings_stay_outside() -> None:
    first = [
        "                      甲村        乙村        丙村\n",
        *lines_of([HEAD]),
        "                      丁村        戊村        己村\n",
    ]
    found = tables(report([*first, *lines_of(ROWS[:3])], lines_of(ROWS[3:])))
    assert not any("甲村" in cell for table in found for cell in header(table))


@pytest.mark.parametrize("label", ["民生实事类", "市政设施"])
def test_a_heading_of_rows_below_a_header_is_no_part_of_it(label: str) -> None:
    second = ["序号  项目名称        全年预算数  实际支出数  执行率   绩效目标              完成情况\n"]
    document = report(lines_of([HEAD, *ROWS[:2]]), [*second, f"      {label}\n", *lines_of(ROWS[2:])])
    cells = [cell for table in tables(document) for row in grid(table) for cell in row]
    assert label in cells
    assert all(header(table) == HEAD for table in tables(document))


@pytest.mark.parametrize("cut", [1, 2])
def test_a_row_that_a_page_cuts_above_or_below_its_figures(cut: int) -> None:
    row = printed(ROWS[2], WIDTHS)
    assert ["44.75" in line for line in row] == [False, True, False]
    (table,) = tables(report([*lines_of([HEAD, *ROWS[:2]]), *row[:cut]], [*row[cut:], *lines_of(ROWS[3:])]))
    assert grid(table) == PLAIN


@pytest.mark.parametrize("label", ["民生类", "村居事务", "待定项目"])
def test_names_with_room_to_spare_leave_the_rows_around_them_whole(label: str) -> None:
    lines = [*lines_of([HEAD, *ROWS[:3]]), f"      {label}\n", *lines_of(ROWS[3:])]
    found = [row for table in tables(report(lines)) for row in grid(table)]
    assert found == [*PLAIN[:3], ["", label, "", "", "", "", ""], *PLAIN[3:]]


@pytest.mark.parametrize("label", ["      民生保障及其他\n", "      民生保障      \n", "      民生保障\n"])
def test_a_heading_at_the_end_of_a_page_is_no_part_of_a_name(label: str) -> None:
    document = report([*lines_of([HEAD, *ROWS[:3]]), label], lines_of(ROWS[3:]))
    cells = [cell for table in tables(document) for row in grid(table) for cell in row]
    assert label.strip() in cells


def test_words_below_amounts_on_a_new_page_are_no_part_of_them() -> None:
    rows = ["序号\t项目名称\t预算数\t支出数", *("\t".join(row[:4]) for row in ROWS[:3])]
    again = ["\t\t全年预\t实际支", *("\t".join(row[:4]) for row in ROWS[3:])]
    document = read("\n".join(rows) + "\n\f" + "\n".join(again) + "\n")
    found = [row[2:4] for table in tables(document) for row in grid(table)]
    assert all(row[2:4] in found for row in ROWS)


@pytest.mark.parametrize(
    ("name", "rest", "is_one"),
    [
        ("支援山区学校图书角建设专项", "资金及工作经费", True),
        ("支援山区学校图书角建设专项", "经费", True),
        ("支援山区学校图书角建设专项", "渔港清淤前期工作", False),
        ("支援山区学校图书角建设专项", "资金安排说明", False),
        ("图书角", "资金及工作经费", False),
    ],
)
def test_the_last_name_of_a_table_goes_on_with_words_that_begin_none(name: str, rest: str, is_one: bool) -> None:
    rows = [
        f"{one}{' ' * (30 - display_width(one))}{value}    {value}    已完成。"
        for one, value in (("档案数字化经费", "36.00"), ("渡口安全巡查经费", "21.00"), (name, "44.75"))
    ]
    text = (
        "项目名称                      预算数   支出数   完成情况\n"
        + "\n".join(rows)
        + f"\n{rest}\n\n后文在此，不属表格。\n"
    )
    found = [row[0] for table in tables(read(text)) for row in grid(table)]
    assert (name + rest in found) == is_one
    assert is_one or name in found
