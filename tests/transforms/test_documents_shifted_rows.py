"""Rows of tables that an empty cell too many shifts to the right: which are mended, and which are left as they are."""

from __future__ import annotations

import pytest
from document_makers import grid, note_lines, only_table, read

from transforms.documents.model import NoteKind

pytestmark = pytest.mark.unit

HEAD = ["项目名称", "预算数", "支出数", "绩效目标", "完成情况"]
FIRST = ["水渠经费", "5.00", "4.00", "清渠。", "清渠三条。"]
SECOND = ["图书经费", "1 207.00", "1 106.50", "购书。", "购书百册。"]
LAMPS = ["路灯经费", "16.00", "15.20", "修灯。", "修灯八盏。"]


def tabbed(*rows: list[str]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


def piped(*rows: list[str]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def ruled(*rows: list[str]) -> str:
    return piped(rows[0], ["---"] * len(rows[0]), *rows[1:])


def shifted(row: list[str], at: int) -> list[str]:
    return [*row[:at], "", *row[at:]]


@pytest.mark.parametrize("style", [tabbed, piped, ruled])
@pytest.mark.parametrize("at", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("order", [0, 1, 2])
def test_one_empty_cell_too_many_is_taken_out(style: object, at: int, order: int) -> None:
    rows = [FIRST, SECOND]
    rows.insert(order, shifted(LAMPS, at))
    document = read(style(HEAD, *rows))  # type: ignore[operator]
    normalised = [[cell.replace(" ", "") for cell in row] for row in grid(only_table(document))]
    assert normalised[order] == LAMPS
    assert [row[0] for row in normalised].count("路灯经费") == 1
    line = order + (3 if style is ruled else 2)
    assert note_lines(document, NoteKind.ROW_SHIFTED) == [line]


def test_the_note_has_the_row_as_it_came() -> None:
    document = read(tabbed(HEAD, FIRST, shifted(LAMPS, 1), SECOND))
    (note,) = document.notes
    assert note.detail == "路灯经费\t\t16.00\t15.20\t修灯。\t修灯八盏。"


@pytest.mark.parametrize("gap", ["\n", "\n7\n\n"])
def test_a_shifted_row_at_the_top_of_a_page_goes_on_with_the_table(gap: str) -> None:
    document = read(
        tabbed(HEAD, FIRST, SECOND) + gap + tabbed(shifted(LAMPS, 1), ["车棚经费", "2", "2", "建。", "建成。"])
    )
    table = only_table(document)
    assert [row[0] for row in grid(table)] == ["水渠经费", "图书经费", "路灯经费", "车棚经费"]
    assert grid(table)[2] == LAMPS


def test_a_table_without_a_header_is_known_by_its_rows() -> None:
    document = read(tabbed(FIRST, SECOND, shifted(LAMPS, 1)))
    assert LAMPS in [*grid(only_table(document)), [cell.text for cell in only_table(document).header]]


def test_a_table_of_two_rows_is_known_by_its_header() -> None:
    document = read(tabbed(HEAD, shifted(LAMPS, 1), SECOND))
    assert grid(only_table(document))[0] == LAMPS


def test_two_rows_shifted_one_below_the_other() -> None:
    document = read(tabbed(HEAD, FIRST, shifted(LAMPS, 1), shifted(SECOND, 1), FIRST))
    assert [row[1] for row in grid(only_table(document))][1] == "16.00"
    assert note_lines(document, NoteKind.ROW_SHIFTED) == [3, 4]


def test_words_alone_are_shifted_where_all_other_rows_are_full() -> None:
    rows = [["水渠经费", "清理水渠。"], ["路灯经费", "", "修理路灯。"], ["图书经费", "购买图书。"]]
    assert grid(only_table(read(tabbed(["项目名称", "绩效目标"], *rows))))[1] == ["路灯经费", "修理路灯。"]


@pytest.mark.parametrize(
    "row",
    [
        ["路灯经费", "", "15.20", "修灯。", "修灯八盏。"],  # the budget is empty
        ["路灯经费", "", "15.20", "修灯。", "修灯八盏，", "亮灯。"],  # and a cell is parted
        ["路灯经费", "", "15.20", "修灯。", "修灯八盏。", ""],
        ["路灯经费", "", "15.20", "", "修灯。", "修灯八盏。"],
        ["路灯经费", "", "", "15.20", "修灯。", "修灯八盏。"],
        ["路灯经费", "", "", "", "修灯。", "修灯八盏。"],
    ],
)
def test_an_empty_amount_stays_empty(row: list[str]) -> None:
    document = read(tabbed(HEAD, FIRST, row, SECOND))
    assert note_lines(document, NoteKind.ROW_SHIFTED) == []
    assert grid(only_table(document))[1][:2] == ["路灯经费", ""]


def test_the_rest_of_a_row_is_no_shifted_one() -> None:
    document = read(tabbed(HEAD, FIRST, ["", "", "", "", "渠岸种草，", "渠底清淤。"], SECOND))
    assert note_lines(document, NoteKind.ROW_SHIFTED) == []


def test_what_fits_in_two_places_is_left() -> None:
    rows = [["水渠经费", "5", "", "清渠。"], ["图书经费", "", "7", "购书。"], ["路灯经费", "", "6", "", "修灯。"]]
    document = read(tabbed(["项目名称", "预算数", "支出数", "完成情况"], *rows))
    assert note_lines(document, NoteKind.ROW_SHIFTED) == []


def test_a_row_that_fits_as_it_stands_is_left() -> None:
    rows = [["水渠经费", "", "清渠。"], ["图书经费", "购书。", "购书百册。"], ["路灯经费", "", "修灯。", "亮灯。"]]
    document = read(tabbed(["项目名称", "绩效目标", "完成情况"], *rows))
    assert note_lines(document, NoteKind.ROW_SHIFTED) == []


def test_a_header_as_wide_as_its_rows_keeps_their_empty_cells() -> None:
    head = ["项目名称", "备注", "预算数", "支出数", "完成情况"]
    rows = [["水渠经费", "", "5", "4", "清渠。"], ["路灯经费", "", "6", "6", "修灯。"]]
    document = read(tabbed(head, *rows, ["图书经费", "7", "7", "购书。"]))
    assert note_lines(document, NoteKind.ROW_SHIFTED) == []
    assert grid(only_table(document))[:2] == rows


def test_the_header_of_another_table_is_its_end() -> None:
    other = [["科室", "人数", "在编数"], ["甲科", "5", "4"], ["乙科", "6", "6"]]
    document = read(tabbed(["项目名称", "备注", "预算数", "支出数"], ["水渠经费", "", "5", "4"], *other))
    assert note_lines(document, NoteKind.ROW_SHIFTED) == []


COUNTED = ["序号", *HEAD]


def counted(number: int, row: list[str]) -> list[str]:
    return [str(number), *row]


@pytest.mark.parametrize("style", [tabbed, piped, ruled])
@pytest.mark.parametrize("order", [1, 2])
def test_a_row_that_lacks_its_number_alone_keeps_its_columns(style: object, order: int) -> None:
    rows = [counted(1, FIRST), counted(3, SECOND)]
    rows.insert(order, LAMPS)
    document = read(style(COUNTED, *rows))  # type: ignore[operator]
    assert grid(only_table(document))[order] == ["", *LAMPS]
    assert len(note_lines(document, NoteKind.ROW_SHIFTED)) == 1


def test_rows_without_numbers_one_below_the_other() -> None:
    document = read(tabbed(COUNTED, counted(1, FIRST), LAMPS, SECOND, LAMPS, counted(5, FIRST), counted(6, SECOND)))
    assert [row[:2] for row in grid(only_table(document))[1:4]] == [["", row[0]] for row in (LAMPS, SECOND, LAMPS)]


@pytest.mark.parametrize(
    "row",
    [
        ["2", "路灯经费", "16.00", "修灯。", "修灯八盏。"],  # which amount is it?
        ["2", "路灯经费", "16.00", "15.20", "修灯。"],  # the last cell
        ["合计", "28.00", "25.00", "", ""],
        ["2", "路灯", "", "", ""],
    ],
)
def test_a_row_that_may_lack_several_cells_is_left(row: list[str]) -> None:
    document = read(tabbed(COUNTED, counted(1, FIRST), row, counted(3, SECOND)))
    assert note_lines(document, NoteKind.ROW_SHIFTED) == []


def test_the_second_line_of_a_broken_row_lacks_no_number() -> None:
    document = read(tabbed(COUNTED, counted(1, FIRST), ["2", "路灯"], ["经费", *LAMPS[1:]], counted(3, SECOND)))
    assert grid(only_table(document))[1] == ["2", *LAMPS]
    assert note_lines(document, NoteKind.ROW_SHIFTED) == []
