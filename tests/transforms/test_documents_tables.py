"""Tables of every style: rows and fragments joined, headers merged, rubbish out, blocks turned; and no false ones."""

from __future__ import annotations

import pytest
from document_makers import grid, header, kinds, lines, note_lines, only_table, read, tables, texts
from hypothesis import given
from hypothesis import strategies as st

from transforms.documents.model import BlockKind, NoteKind, Place

pytestmark = pytest.mark.unit

HEAD = ["项目名称", "预算金额", "支出数", "完成情况"]
ROWS = [["甲经费", "1,234.50", "1,200.00", "已完成。"], ["乙经费（武装）", "5.00", "4.00", "完成八成。"]]


def tabbed(*rows: list[str]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


def piped(*rows: list[str]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def ruled(*rows: list[str]) -> str:
    return piped(rows[0], ["---"] * len(rows[0]), *rows[1:])


def open_piped(*rows: list[str]) -> str:
    return "".join(" | ".join(row) + "\n" for row in rows)


def aligned(*rows: list[str]) -> str:
    return "".join("　　".join(row) + "\n" for row in rows)


def boxed(*rows: list[str]) -> str:
    rule = "├" + "┼".join("──" for _ in rows[0]) + "┤\n"
    return rule.join("│" + "│".join(row) + "│\n" for row in rows).join(("┌─┬─┬─┬─┐\n", "└─┴─┴─┴─┘\n"))


def html(*rows: list[str]) -> str:
    return (
        "<table>\n" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>\n" for row in rows) + "</table>\n"
    )


STYLES = [tabbed, piped, ruled, open_piped, aligned, boxed, html]


@pytest.mark.parametrize("style", STYLES)
def test_styles(style: object) -> None:
    document = read("一、收支\n\n" + style(HEAD, *ROWS) + "\n后文在此。\n")  # type: ignore[operator]
    table = only_table(document)
    assert header(table) == HEAD
    assert grid(table) == [
        ["甲经费", "1,234.50", "1,200.00", "已完成。"],
        ["乙经费(武装)", "5.00", "4.00", "完成八成。"],
    ]
    assert table.rows[1].cells[0].raw == "乙经费（武装）"
    assert table.fragment_count == 1
    assert texts(document) == ["一、收支", "后文在此。"]
    assert document.notes == []


CELL = st.text(alphabet="预算支出完成做好项目甲乙丙丁工作。，；（）%", min_size=1, max_size=12)
AMOUNT = st.decimals(0, 99999, places=2).map(str)
TABLE_ROWS = st.lists(st.tuples(CELL.map(lambda text: f"名{text}"), AMOUNT, AMOUNT, CELL), min_size=1, max_size=8)


@given(TABLE_ROWS, st.sampled_from(STYLES))
def test_table_to_text_to_table(rows: list[tuple[str, ...]], style: object) -> None:
    cells = [list(row) for row in rows]
    table = only_table(read("前文一段。\n\n" + style(HEAD, *cells)))  # type: ignore[operator]
    assert header(table) == HEAD
    assert [[cell.raw for cell in row.cells] for row in table.rows] == cells


def test_places_count_data_rows_and_lines() -> None:
    table = only_table(read(tabbed(HEAD, ROWS[0]) + "\n" + tabbed(ROWS[1])))
    assert lines(table) == [2, 4]
    assert table.rows[1].place == Place(None, 4, 1, 2)
    assert table.rows[1].cells[3].place == Place(None, 4, 1, 2, 4)
    assert table.header[3].place == Place(None, 1, 1, None, 4)


def test_escaped_pipes_and_signs_in_cells() -> None:
    table = only_table(read("| 项目名称 | 预算数 |\n|---|---|\n| 甲\\|乙 | **5.00** |\n"))
    assert [cell.raw for cell in table.rows[0].cells] == ["甲|乙", "5.00"]


@pytest.mark.parametrize(
    "between",
    [
        "\n",
        "\n\n\n",
        "\n- 3 -\n\n",
        "\n第 3 页 共 9 页\n\x0c\n",
        "\n3/12\n",
        "\n续表\n",
        "\x0c",
        "\n某某局自评报告\n\n- 2 -\n",
        "\n<!-- page break -->\n",
    ],
)
def test_fragments_are_joined(between: str) -> None:
    text = "某某局自评报告\n\n" + tabbed(HEAD, ROWS[0]) + between + tabbed(ROWS[1], ["丙", "6", "6", "完成。"])
    document = read(text)
    table = only_table(document)
    assert [row[0] for row in grid(table)] == ["甲经费", "乙经费(武装)", "丙"]
    assert table.fragment_count == 2
    assert len(note_lines(document, NoteKind.TABLE_JOINED)) == 1


def test_a_repeated_header_goes_and_is_noted() -> None:
    document = read(ruled(HEAD, ROWS[0]) + "\n" + ruled(HEAD, ROWS[1]))
    table = only_table(document)
    assert len(table.rows) == 2
    assert table.fragment_count == 2
    assert note_lines(document, NoteKind.HEADER_REPEATED) == [5]
    assert note_lines(document, NoteKind.JUNK_ROW) == []


def test_a_repeated_caption_and_header() -> None:
    part = "单位：万元\n" + tabbed(HEAD)
    document = read(part + tabbed(ROWS[0]) + "\n" + part + tabbed(ROWS[1]))
    table = only_table(document)
    assert len(table.rows) == 2
    assert [block.text for block in table.captions] == ["单位:万元", "单位:万元"]
    assert [kind for kind, _ in kinds(document)] == [BlockKind.CAPTION, "table", BlockKind.CAPTION]


def test_text_between_two_tables_parts_them() -> None:
    document = read(tabbed(HEAD, *ROWS) + "\n（二）重点项目情况如下。\n\n" + tabbed(HEAD, *ROWS))
    assert [table.fragment_count for table in tables(document)] == [1, 1]
    assert [table.number for table in tables(document)] == [1, 2]


def test_another_header_begins_another_table() -> None:
    document = read(
        tabbed(HEAD, *ROWS) + "\n" + tabbed(["预算项目", "绩效目标", "年度指标值", "备注"], ["甲", "乙", "丙", "丁"])
    )
    assert [header(table)[0] for table in tables(document)] == ["项目名称", "预算项目"]


@pytest.mark.parametrize("lead", ["", "\t", "　"])
def test_a_numbered_line_close_between_two_rows_heads_a_group_of_them(lead: str) -> None:
    head, first, second = map(tabbed, (HEAD, *ROWS))
    table = only_table(read(f"{head}{lead}一、公共卫生\n{first}{lead}二、市容环境\n{second}"))
    assert header(table) == HEAD
    names = [next(filter(None, row)) for row in grid(table)]
    assert names == ["一、公共卫生", "甲经费", "二、市容环境", "乙经费(武装)"]


@pytest.mark.parametrize(
    "between",
    [
        "二、市容环境\n" + tabbed(["任务名称", "预算金额", "支出数", "完成情况"]),
        "\n二、市容环境\n\n",
        "二、市容环境有明显改善，群众满意。\n",
    ],
    ids=["another header below", "blank lines around", "a sentence"],
)
def test_other_numbered_lines_end_the_table(between: str) -> None:
    document = read(tabbed(HEAD, ROWS[0]) + between + tabbed(ROWS[1]))
    assert len(tables(document)[0].rows) == 1
    assert any(text.startswith("二、市容环境") for text in texts(document))


def test_a_stray_line_amid_the_rows_is_a_running_header() -> None:
    document = read(tabbed(HEAD, *ROWS) + "\n某某街道办事处\n\n" + tabbed(["丙", "1", "1", "完成。"]))
    assert len(only_table(document).rows) == 3
    assert note_lines(document, NoteKind.RUNNING_HEADER) == [5]


@pytest.mark.parametrize("junk", ["-----\t---\t---\t----\n", "———\t——\t——\t——\n", "\t\t\t\n"])
def test_rubbish_among_the_rows_goes_and_is_noted(junk: str) -> None:
    document = read(tabbed(HEAD, ROWS[0]) + junk + tabbed(ROWS[1]))
    assert len(only_table(document).rows) == 2
    assert note_lines(document, NoteKind.JUNK_ROW) == [3]


def test_blank_pipe_rows_and_column_numbers_are_rubbish() -> None:
    document = read(ruled(HEAD, ["1", "2", "3", "4"], ROWS[0], ["", "", "", ""], ROWS[1]))
    assert len(only_table(document).rows) == 2
    assert note_lines(document, NoteKind.JUNK_ROW) == [3, 5]


def test_cells_of_dashes_are_data() -> None:
    document = read(tabbed(HEAD, ["甲", "-", "-", "—"], ROWS[1]))
    assert grid(only_table(document))[0] == ["甲", "-", "-", "—"]
    assert document.notes == []


@pytest.mark.parametrize(
    "text",
    [
        tabbed(["项目名称", "预算（万元）", "", "支出数"], ["", "年初", "调整", ""]),
        tabbed(["项目名称", "预算（万元）", "支出数"], ["", "年初", "调整", ""]),
        tabbed(["项目名称", "预算（万元）", "预算（万元）", "支出数"], ["项目名称", "年初", "调整", "支出数"]),
        "| 项目名称 | 预算（万元） | | 支出数 |\n|---|---|---|---|\n| | 年初 | 调整 | |\n",
        "<table><tr><td rowspan=2>项目名称</td><td colspan='2'>预算（万元）</td><td rowspan=\"2\">支出数</td></tr>"
        "<tr><td>年初</td><td>调整</td></tr></table>\n",
    ],
)
def test_two_line_headers(text: str) -> None:
    rows = [["甲", "5.00", "6.00", "6.00"], ["乙", "7.00", "8.00", "8.00"]]
    body = piped(*rows) if text.startswith("|") else tabbed(*rows)
    if text.startswith("<"):
        text, body = text.replace("</table>\n", ""), html(*rows).replace("<table>\n", "")
    document = read(text + body)
    table = only_table(document)
    assert header(table) == ["项目名称", "预算(万元)年初", "预算(万元)调整", "支出数"]
    assert grid(table) == rows
    assert len(note_lines(document, NoteKind.HEADER_MERGED)) == 1


def test_two_line_header_with_a_heading_over_one_column() -> None:
    text = (
        "| 项目 | 资金情况 | | 绩效情况 |\n|---|---|---|---|\n| | 预算数 | 执行数 | 完成情况 |\n| 甲 | 5 | 4 | 好 |\n"
    )
    assert header(only_table(read(text))) == ["项目", "资金情况预算数", "资金情况执行数", "绩效情况完成情况"]


def test_a_first_row_without_figures_is_no_second_header_line() -> None:
    table = only_table(read(tabbed(["预算项目", "预计实际值"], ["甲经费", "做好工作"], ["乙经费", "做好"])))
    assert len(table.rows) == 2


def test_rows_that_run_over_a_page() -> None:
    text = (
        tabbed(HEAD, ["甲经费", "5", "5", "保障各项工作正常开展，维护"])
        + "\n"
        + tabbed(["", "", "", "辖区稳定。"], ["乙经费（宣", "6", "6", "营造了良好的舆论"])
        + "\n"
        + tabbed(["传）", "", "", "氛围。"], ["丙经费", "7", "7", "完成。"])
    )
    document = read(text)
    table = only_table(document)
    assert grid(table) == [
        ["甲经费", "5", "5", "保障各项工作正常开展,维护辖区稳定。"],
        ["乙经费(宣传)", "6", "6", "营造了良好的舆论氛围。"],
        ["丙经费", "7", "7", "完成。"],
    ]
    assert table.rows[0].cells[3].raw == "保障各项工作正常开展，维护辖区稳定。"
    assert note_lines(document, NoteKind.ROW_JOINED) == [4, 7]
    assert lines(table) == [2, 5, 8]


def test_amounts_on_the_second_page() -> None:
    text = tabbed(HEAD, ROWS[0], ["乙经费", "", "", "做好宣传，营造了"]) + "\n" + tabbed(["", "6", "6", "氛围。"])
    assert grid(only_table(read(text)))[1] == ["乙经费", "6", "6", "做好宣传,营造了氛围。"]


def test_a_project_without_amounts_is_a_row_of_its_own() -> None:
    text = tabbed(HEAD, *ROWS) + "\n" + tabbed(["丙经费", "", "", "按计划完成。"], ["丁经费", "1", "1", "完成。"])
    table = only_table(read(text))
    assert [row[0] for row in grid(table)] == ["甲经费", "乙经费(武装)", "丙经费", "丁经费"]


def test_blank_keys_of_merged_cells_are_not_joined() -> None:
    rows = [["产出", "数量", "甲", "≥90%", "95%"], ["", "", "乙", "≥80%", "85%"], ["", "质量", "丙", "100%", "100%"]]
    text = tabbed(["一级指标", "二级指标", "三级指标", "目标值", "实际值"], *rows[:2]) + "\n" + tabbed(rows[2])
    assert len(only_table(read(text)).rows) == 3


def test_markup_in_cells() -> None:
    document = read(tabbed(HEAD, ["甲", "5", "5", "<p>一、做好&nbsp;甲。</p><ol><li>做好乙</li></ol>"]))
    cell = only_table(document).rows[0].cells[3]
    assert cell.text == "一、做好甲。做好乙"
    assert cell.raw == "<p>一、做好&nbsp;甲。</p><ol><li>做好乙</li></ol>"
    (note,) = document.notes
    assert (note.kind, note.place, note.detail) == (NoteKind.MARKUP_IN_CELL, Place(None, 2, 1, 1, 4), cell.raw)


@pytest.mark.parametrize("label", ["合计", "合 计", "小计", "总计", "合计（万元）"])
def test_sums_are_flagged(label: str) -> None:
    table = only_table(read(tabbed(HEAD, *ROWS, [label, "9", "9", ""])))
    assert [row.is_total for row in table.rows] == [False, False, True]


def test_sums_behind_a_serial_number_column() -> None:
    rows = [["序号", "项目名称", "预算数"], ["1", "甲", "5"], ["2", "乙", "6"], ["", "合计", "11"]]
    assert [row.is_total for row in only_table(read(tabbed(*rows))).rows] == [False, False, True]


@pytest.mark.parametrize(
    "text",
    [
        tabbed(["项目名称", "甲经费", "乙经费"], ["预算金额", "5.00", "6.00"], ["绩效目标", "做好甲", "做好乙"]),
        tabbed(["项目名称", "甲经费"], ["预算金额", "5.00"], ["绩效目标", "做好甲"])
        + "\n"
        + tabbed(["项目名称", "乙经费"], ["预算金额", "6.00"], ["绩效目标", "做好乙"]),
        ruled(["项目", "内容"], ["项目名称", "甲经费"], ["预算金额", "5.00"], ["绩效目标", "做好甲"])
        + piped(["项目名称", "乙经费"], ["预算金额", "6.00"], ["绩效目标", "做好乙"]),
        tabbed(["项目名称", "甲经费", "预算金额", "5.00"], ["绩效目标", "做好甲", "支出数", ""])
        + tabbed(["项目名称", "乙经费", "预算金额", "6.00"], ["绩效目标", "做好乙", "支出数", ""]),
    ],
)
def test_field_value_blocks_are_turned(text: str) -> None:
    document = read(text)
    table = only_table(document)
    names = header(table)
    records = [dict(zip(names, row, strict=True)) for row in grid(table)]
    assert [(r["项目名称"], r["预算金额"], r["绩效目标"]) for r in records] == [
        ("甲经费", "5.00", "做好甲"),
        ("乙经费", "6.00", "做好乙"),
    ]
    assert len(note_lines(document, NoteKind.TRANSPOSED)) == 1


def test_a_block_whose_fields_never_repeat_is_not_turned_into_blank_cells() -> None:
    document = read(
        "".join(tabbed(["项目名称", f"道路{at}", "预算金额", "5", f"主管部门{at}", "甲"]) for at in range(400))
    )
    assert not note_lines(document, NoteKind.TRANSPOSED)
    assert sum(len(row.cells) for table in tables(document) for row in table.rows) <= 2400


def test_the_unit_above_the_values_of_a_turned_block_stays_with_it() -> None:
    table = only_table(
        read(
            piped(
                ["项目", "金额（元）"], ["年初预算数", "5,000.00"], ["调整预算数", "6,000.00"], ["决算数", "5,900.00"]
            )
        )
    )
    assert header(table) == ["年初预算数", "调整预算数", "决算数"]
    assert [caption.text for caption in table.captions] == ["金额(元)"]


def test_turned_cells_keep_their_lines() -> None:
    table = only_table(read(tabbed(["项目名称", "甲", "乙"], ["预算金额", "5", "6"], ["支出数", "4", "3"])))
    assert [cell.place.line for cell in table.rows[1].cells] == [1, 2, 3]
    assert table.rows[1].cells[2].place == Place(None, 3, 1, 2, 3)


@pytest.mark.parametrize(
    "caption",
    [
        "单位：万元",
        "（金额单位：元）",
        "表1 2021年项目支出情况表",
        "附表二：项目明细",
        "2021年度项目支出绩效自评表",
        "表3　　　单位：万元",
    ],
)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_captions(caption: str, gap: str) -> None:
    document = read(f"前文一段。\n\n{caption}\n{gap}" + tabbed(HEAD, *ROWS))
    assert [block.raw for block in only_table(document).captions] == [caption]
    assert [kind for kind, _ in kinds(document)] == [BlockKind.PARAGRAPH, BlockKind.CAPTION, "table"]


def test_captions_inside_the_rows() -> None:
    document = read(tabbed(["项目支出情况表", "", "", ""], ["", "", "", "单位：万元"], HEAD, *ROWS))
    table = only_table(document)
    assert header(table) == HEAD
    assert [block.text for block in table.captions] == ["项目支出情况表", "单位:万元"]


def test_a_unit_named_without_a_table_is_a_paragraph() -> None:
    assert kinds(read("前文。\n\n单位：万元\n\n后文在此，没有表格。\n"))[1][0] is BlockKind.PARAGRAPH


def test_a_table_that_lost_its_header() -> None:
    table = only_table(read("前文。\n\n" + tabbed(*ROWS)))
    assert header(table) == [""] * 4
    assert len(table.rows) == 2


def test_a_header_alone_is_an_empty_table() -> None:
    table = only_table(read("前文。\n\n" + tabbed(HEAD) + "\n后文在此。"))
    assert (header(table), table.rows) == (HEAD, [])


def test_a_blank_line_after_every_row_is_no_break() -> None:
    document = read("\n".join(tabbed(row) for row in (HEAD, *ROWS, ["丙", "1", "1", "完成。"])))
    assert only_table(document).fragment_count == 1
    assert document.notes == []


@pytest.mark.parametrize(
    "text",
    [
        "\t缩进的段落，讲了很多内容。\n\t又一段缩进的文字。\n",
        "1.\t加强组织领导，做好各项工作。\n2.\t加强预算管理，提高效益。\n",
        "一、\t基本情况\n正文在此。\n",
        "填报单位：某某街道\t填报日期：2022年3月\n",
        "某甲|某乙\n",
        "2021年    部门整体支出    情况良好，完成了任务。\n",
        "　　第一段文字，讲了内容。\n　　第二段文字，讲了内容。\n　　第三段文字。\n",
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert tables(read(text)) == []


def test_tabs_amid_a_line_of_text_are_blanks() -> None:
    assert texts(read("填报单位：某某街道\t填报日期：2022年3月\n")) == ["填报单位:某某街道填报日期:2022年3月"]


def test_rows_broken_inside_a_cell_are_put_together() -> None:
    text = tabbed(HEAD) + "甲经费\t5\t1、保障；\n2、宣传。\t好\n" + '乙经费\t6\t"完成\n工作"\t好\n' + tabbed(ROWS[0])
    document = read(text)
    table = only_table(document)
    assert [cell.raw for cell in table.rows[0].cells] == ["甲经费", "5", "1、保障；\n2、宣传。", "好"]
    assert [row[2] for row in grid(table)] == ["1、保障;2、宣传。", "完成工作", "1,200.00"]
    assert note_lines(document, NoteKind.ROW_JOINED) == [2, 4]
    assert lines(table) == [2, 4, 6]


def test_an_aligned_table_between_lines_of_dashes() -> None:
    rule = "-" * 40 + "\n"
    rows = "甲专项          985.00     975.15\n乙专项        1,120.00   1,120.00\n"
    text = f"{rule}专项名称        安排数      使用数\n{rule}{rows}{rule}"
    document = read(f"支出情况\n{text}五、绩效情况\n")
    assert [row[0] for row in grid(only_table(document))] == ["甲专项", "乙专项"]
    assert texts(document)[-1] == "五、绩效情况"


def test_rows_numbered_by_signs_and_their_sum() -> None:
    table = only_table(read("序号\t项目名称\t预算数\n①\t甲经费\t5\n②\t乙经费\t6\n以上合计\t\t11\n"))
    assert [(row.cells[0].text, row.is_total) for row in table.rows] == [("①", False), ("②", False), ("以上合计", True)]


def test_a_numbered_row_broken_within_its_name_is_put_together() -> None:
    text = "序号\t项目名称\t预算数\t支出数\n1\t甲经费\t5\t5\n2\t乙经费\n（二期）\t6\t5\n3\t丙经费\n4\t丁经费\t6\t5\n"
    table = only_table(read(text))
    assert grid(table)[1:] == [["2", "乙经费(二期)", "6", "5"], ["3", "丙经费", "", ""], ["4", "丁经费", "6", "5"]]


def test_html_table_with_its_unit_in_a_row_above_a_header_of_two_lines() -> None:
    rows = [
        '<td colspan="4">单位：万元</td>',
        '<th rowspan="2">项目名称</th><th colspan="2">资金</th><th rowspan="2">完成情况</th>',
        "<th>预算数</th><th>执行数</th>",
        "<td>甲经费</td><td>5</td><td>4</td><td>完成<br>三条</td>",
    ]
    table = only_table(read("<table>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>\n"))
    assert header(table) == ["项目名称", "资金预算数", "资金执行数", "完成情况"]
    assert [caption.text for caption in table.captions] == ["单位:万元"]
    assert grid(table) == [["甲经费", "5", "4", "完成三条"]]


def test_names_that_go_on_in_a_row_of_their_own() -> None:
    rows = [
        ["业务工作经费", "5", "4", "保障运转。"],
        ["（宣传）", "", "", ""],
        ["某村道路", "6", "6", "修复道路"],
        ["修复经费", "", "", "二公里。"],
        ["民生保障", "", "", ""],
        ["丙经费", "7", "7", "完成。"],
    ]
    names = [(row[0], row[3]) for row in grid(only_table(read(tabbed(HEAD, *rows))))]
    assert names == [
        ("业务工作经费(宣传)", "保障运转。"),
        ("某村道路修复经费", "修复道路二公里。"),
        ("民生保障", ""),
        ("丙经费", "完成。"),
    ]


def test_header_of_two_lines_whose_names_stand_below() -> None:
    rows = [
        ["", "预算（万元）", "", "支出（万元）", "", ""],
        ["项目名称", "年初", "调整后", "金额", "执行率", "完成情况"],
    ]
    table = only_table(read(ruled(*rows, ["甲经费", "5", "6", "6", "100%", "完成"])))
    assert header(table)[:4] == ["项目名称", "预算(万元)年初", "预算(万元)调整后", "支出(万元)金额"]
    assert len(grid(table)) == 1


def test_header_of_three_lines_whose_cells_reach_down() -> None:
    rows = [
        ["序号", "项目名称", "预算安排", "预算安排", "预算安排", "执行情况", "执行情况"],
        ["序号", "项目名称", "全年预算数", "其中：", "其中：", "全年执行数", "执行率"],
        ["序号", "项目名称", "全年预算数", "区级资金", "自筹资金", "全年执行数", "执行率"],
    ]
    table = only_table(read(tabbed(*rows, ["1", "甲经费", "6", "4", "2", "3", "50%"])))
    assert header(table)[1:4] == ["项目名称", "预算安排全年预算数", "预算安排其中:区级资金"]
    assert grid(table) == [["1", "甲经费", "6", "4", "2", "3", "50%"]]


def test_second_header_line_cut_behind_its_last_word() -> None:
    head = "序号\t项目名称\t预算数\t\t支出数\t执行率\n\t\t年初\t调整后\n"
    table = only_table(read(head + "1\t甲经费\t5\t6\t6\t100%\n2\t乙经费\t7\t7\t7\t100%\n"))
    assert header(table) == ["序号", "项目名称", "预算数年初", "预算数调整后", "支出数", "执行率"]
    assert grid(table) == [["1", "甲经费", "5", "6", "6", "100%"], ["2", "乙经费", "7", "7", "7", "100%"]]
    row = only_table(read("序号\t项目名称\t预算数\t支出数\t\n\t\t暂缓\n1\t甲经费\t5\t6\n2\t乙经费\t7\t7\n"))
    assert header(row)[:4] == ["序号", "项目名称", "预算数", "支出数"]


def test_heading_sign_before_a_row() -> None:
    assert grid(only_table(read(tabbed(HEAD) + "### " + tabbed(ROWS[0]))))[0][0] == "甲经费"


def test_last_cells_that_go_on_below_their_row() -> None:
    rows = [
        "甲经费\t5\t5\t1、保障；\n2、宣传。\n",
        "乙经费\t6\t6\t整治河涌三条\n并保持水清\n",
        "丙经费\t7\t7\t惠及2500\n人次。\n",
    ]
    document = read(tabbed(HEAD) + "".join(rows) + "四、存在的问题\n预算不细。\n")
    assert [row[3] for row in grid(only_table(document))] == [
        "1、保障;2、宣传。",
        "整治河涌三条并保持水清",
        "惠及2500人次。",
    ]
    assert texts(document)[-2:] == ["四、存在的问题", "预算不细。"]


@pytest.mark.parametrize(
    "below", ["注：以上为快报数", "2、以下是重点项目。", "（三）重点项目", "从上表看，各项目进展顺利，资金使用规范。"]
)
def test_text_right_below_a_table_is_no_part_of_it(below: str) -> None:
    document = read(tabbed(HEAD, ["甲经费", "5", "5", "完成整治三条"]) + below + "\n\n后文在此。\n")
    assert grid(only_table(document)) == [["甲经费", "5", "5", "完成整治三条"]]


def test_broken_pipe_rows() -> None:
    table = only_table(read("| 项目名称 | 绩效目标 |\n|---|---|\n| 甲 | 1、保障；\n2、宣传。 |\n| 乙 | 做好。 |\n"))
    assert grid(table) == [["甲", "1、保障;2、宣传。"], ["乙", "做好。"]]


def test_rows_whose_last_cells_are_missing_are_whole() -> None:
    rows = [["甲经费", "5", "5"], ["乙经费", "6"], ["丙经费", "7", "7", "好"]]
    document = read(tabbed(HEAD, *rows) + "后文在此。\n")
    assert [len(row) for row in grid(only_table(document))] == [4, 4, 4]
    assert document.notes == []


def test_cards_whose_names_reach_over_the_pairs_below_are_turned() -> None:
    cards = [
        ["项目名称", name, name, name, "预算金额", budget, "支出金额", spent, "结果", done, done, done]
        for name, budget, spent, done in (
            ("甲渠清淤", "12.50", "11.00", "清淤3公里"),
            ("乙桥维修", "8.00", "8.00", "维修2座"),
        )
    ]
    rows = ["\t".join(card[at : at + 4]) for card in cards for at in (0, 4, 8)]
    assert grid(only_table(read("\n".join(rows)))) == [
        ["甲渠清淤", "12.50", "11.00", "清淤3公里"],
        ["乙桥维修", "8.00", "8.00", "维修2座"],
    ]


def test_records_side_by_side_stay_records() -> None:
    rows = ["项目名称\t甲渠清淤\t乙桥维修\t丙路照明", "预算金额\t12.50\t12.50\t8.00", "支出金额\t11.00\t12.00\t8.00"]
    assert [row[0] for row in grid(only_table(read("\n".join(rows))))] == ["甲渠清淤", "乙桥维修", "丙路照明"]


def test_rows_below_a_heading_over_all_columns_are_rows_though_their_first_cell_is_blank() -> None:
    head = ["类别", "项目名称", "预算数", "支出数", "完成情况"]
    first, second = ["（一）管理类"] * 5, ["（二）服务类"] * 5
    a, b = ["", "甲经费", "5", "4", "做好工作"], ["", "乙经费", "6", "6", "做好"]
    table = only_table(read(tabbed(head, first, a, b, second, ["", "丙经费", "7", "7", "做好"])))
    assert [row[1] for row in grid(table)] == ["(一)管理类", "甲经费", "乙经费", "(二)服务类", "丙经费"]
