"""Markdown as Pandoc writes it: tables parted by dashes, metadata, attributes, footnotes, captions, escapes."""

from __future__ import annotations

import pytest
from document_makers import grid, header, only_table, read, tables, texts
from report_cases import facts_of

from transforms.documents.lines import display_width, split_lines
from transforms.documents.model import BlockKind
from transforms.documents.pandoc import plain_lines

pytestmark = pytest.mark.unit

HEAD = ["项目名称", "预算数", "支出数", "完成情况"]
ROWS = [["渡口看守", "120.00", "118.00", "轮值365天"], ["晒场翻修", "33.50", "30.05", "翻修2处"]]

WIDTHS = (12, 9, 9, 14)
DASHES = " ".join("-" * width for width in WIDTHS)


def drawn(*rows: list[str]) -> list[str]:
    """The lines of rows under the dashes, figures to the right."""
    lines = []
    for row in rows:
        cells = []
        for at, (cell, width) in enumerate(zip(row, WIDTHS, strict=True)):
            blanks = " " * (width - display_width(cell))
            cells.append(f"{blanks}{cell}" if at in (1, 2) else f"{cell}{blanks}")
        lines.append(" ".join(cells).rstrip())
    return lines


def indented(*lines: str, by: str = "  ") -> str:
    return "\n" + "".join(f"{by}{line}".rstrip() + "\n" for line in lines)


FRAME = "-" * len(DASHES)
SIMPLE = indented(*drawn(HEAD), DASHES, *drawn(*ROWS))
BROKEN = [["渡口\\", *ROWS[0][1:]], ["看守", "", "", ""], [*ROWS[1][:3], "翻修"], ["", "", "", "2处"]]
PARTED = drawn(*BROKEN[:2]), drawn(*BROKEN[2:])
FRAMED = indented(FRAME, *drawn(HEAD), DASHES, *PARTED[0], "", *PARTED[1], FRAME)
FRAMED_WITHOUT_GAPS = indented(FRAME, *drawn(HEAD), DASHES, *drawn(*ROWS), FRAME, by="")
HEADLESS = indented(DASHES, *drawn(HEAD, *ROWS), DASHES)


@pytest.mark.parametrize("table", [SIMPLE, FRAMED, FRAMED_WITHOUT_GAPS, HEADLESS])
@pytest.mark.parametrize("above", ["前文在此。\n", "# 一、收支\n"])
def test_tables_parted_by_dashes(table: str, above: str) -> None:
    document = read(f"{above}{table}\n后文在此。\n")
    assert header(only_table(document)) == HEAD
    assert grid(only_table(document)) == ROWS
    assert texts(document)[-1] == "后文在此。"


def test_cells_that_are_empty_and_characters_of_either_width() -> None:
    rows = drawn(["“甲”行动", "", "1.00", ""], ['\\"乙\\"行动', "5.00", "", ""])
    narrow = indented(*drawn(HEAD), DASHES, rows[0].replace(" ", "   ", 1), rows[1])
    for table in (indented(*drawn(HEAD), DASHES, *rows), narrow):
        found = [row[:3] for row in grid(only_table(read(f"一、收支\n{table}\n")))]
        assert found == [["“甲”行动", "", "1.00"], ['"乙"行动', "5.00", ""]]


@pytest.mark.parametrize(
    "text",
    [
        "  名称     预算数\n  ---- ----\n  一个长长的名称超出了划定的列 5.00\n",
        f"  名称 预算数\n  ---- ------\n  甲乙   {'5' * 3000}\n",
        "落款处\n\n--- ---\n\n2023年3月\n",
        f"甲\n\n{'-- ' * 1000}\n乙\n丙\n{'-- ' * 1000}\n",
        "只有一个词\n---- ----\n另有一个词\n",
    ],
)
def test_dashes_under_which_nothing_fits(text: str) -> None:
    assert tables(read(f"一、收支\n\n前文。\n\n{text}\n后文。\n")) == []


def test_paragraphs_of_a_cell_between_rules() -> None:
    rule = "+----------+----------+----------+\n"
    rows = (
        "| 项目名称 | 支出数\\  | 完成情况 |\n|          | （万元） |          |\n",
        "| 渡口\\    | 118.00   | 轮值     |\n| 看守     |          |          |\n|          |          |          |\n"
        "|          |          | 365天    |\n",
        "| 晒场翻修 | 30.05    | 翻修     |\n",
    )
    document = read("一、收支\n\n" + rule + rule.join(rows) + rule)
    assert header(only_table(document)) == ["项目名称", "支出数(万元)", "完成情况"]
    assert grid(only_table(document)) == [["渡口看守", "118.00", "轮值365天"], ["晒场翻修", "30.05", "翻修"]]
    assert document.notes == []


@pytest.mark.parametrize("sign", [": ", "  : ", "Table: "])
@pytest.mark.parametrize("is_below", [True, False])
@pytest.mark.parametrize("table", [SIMPLE, "\n|项目名称|预算数|\n|---|---|\n|渡口看守|120.00|\n"])
def test_captions_stand_above_their_tables(sign: str, is_below: bool, table: str) -> None:
    caption = f"{sign}表1　收支（万元）\n"
    body = f"{table}\n{caption}" if is_below else f"{caption}{table}"
    read_table = only_table(read(f"一、收支\n\n前文。\n\n{body}\n后文在此。\n"))
    assert [one.text for one in read_table.captions] == ["表1收支(万元)"]


def test_a_caption_between_two_tables_is_of_the_one_above_where_captions_stand_below() -> None:
    one, other = (f"|项目名称|预算数|\n|---|---|\n|{name}|5.00|\n" for name in ("渡口看守", "晒场翻修"))
    document = read(f"一、收支\n\n{one}\n: 表1 水上（万元）\n\n{other}\n: 表2 岸上（万元）\n\n后文在此。\n")
    assert [[one.text for one in table.captions] for table in tables(document)] == [
        ["表1水上(万元)"],
        ["表2岸上(万元)"],
    ]


@pytest.mark.parametrize("remark", ["数据来源：镇财政所", "注：未列零星支出3.50万元", "备注：执行率按调整后预算算"])
def test_a_remark_in_place_of_a_caption_stays_below_and_parts_no_rows(remark: str) -> None:
    rule, head = "+-----+-----+-----+\n", "| 项目名称 | 预算数 | 支出数 |\n"
    first = f"{rule}{head}{rule.replace('-', '=')}| 茶园管护经费 | 5.00 | 4.00 |\n{rule}"
    more = f"{rule}| 鱼塘清淤经费 | 6.00 | 6.00 |\n{rule}"
    text = f": 表1　项目情况（单位：万元）\n\n{first}\n{more}\n: {remark}\n\n后文在此。\n"
    (found,) = tables(read(text))
    assert [one.text for one in found.captions] == ["表1项目情况(单位:万元)"]
    assert [row[0] for row in grid(found)] == ["茶园管护经费", "鱼塘清淤经费"]


def test_a_remark_that_says_the_unit_stands_above() -> None:
    table = "| 项目名称 | 预算数 | 支出数 |\n|---|---|---|\n| 茶园管护经费 | 5.00 | 4.00 |\n"
    lines = [line.raw for line in plain_lines(split_lines(f"{table}\n: 注：金额单位为万元\n\n后文在此。\n"))]
    assert lines[0] == "注：金额单位为万元"


def test_a_caption_below_rows_is_not_carried_over_those_that_have_one() -> None:
    head = "|项目名称|预算数|\n|---|---|\n"
    text = f"{head}|渡口看守|120.00|\n: 表1 水上（万元）\n|晒场翻修|33.50|\n: 表2 岸上（万元）\n\n后文在此。\n"
    lines = [line.raw for line in plain_lines(split_lines(text))]
    assert lines.index("表1 水上（万元）") == 0
    assert lines.index("表2 岸上（万元）") == lines.index("|晒场翻修|33.50|") - 1


def test_a_colon_apart_from_tables_is_no_sign() -> None:
    assert texts(read("一、收支\n\n: 说明在后\n\n后文在此。\n"))[1] == ":说明在后"


METADATA = """---
title: "云山镇2022年度部门整体支出绩效自评报告"
author:
- 云山镇人民政府
date: 2023\\-04\\-26
lang: zh-CN
---

# 一、部门概况 {#一部门概况 .unnumbered}

有。
"""


def test_of_the_metadata_stays_what_the_reader_sees() -> None:
    document = read(METADATA)
    assert texts(document) == [
        "云山镇2022年度部门整体支出绩效自评报告",
        "云山镇人民政府",
        "2023-04-26",
        "一、部门概况",
        "有。",
    ]
    assert document.blocks[0].place.line == 2


@pytest.mark.parametrize("top", ["---\n\n前言：略。\n\n---\n", "---\n\n没有冒号\n"])
def test_a_rule_at_the_top_begins_no_metadata(top: str) -> None:
    assert texts(read(f"{top}\n# 一、部门概况\n\n有。\n"))[0] in ("前言:略。", "没有冒号")


def test_attributes_and_fences_are_no_text() -> None:
    body = (
        "## （一）收支 {#收支 .unnumbered}\n\n[]{#_Toc100 .anchor}\n\n"
        '::: {custom-style="正文"}\n预算[5万元]{.underline}，图![](media/a.png){width="1in" height="2in"}见后。\n:::\n'
    )
    assert texts(read(f"# 一、概况\n\n{body}")) == ["一、概况", "(一)收支", "预算5万元,图见后。"]


@pytest.mark.parametrize("words", ["公式{a+b}在此", "集合{甲.乙}为例", "〔2022〕{5}号"])
def test_braces_that_are_no_attributes_stay(words: str) -> None:
    assert words in read(f"# 一、概况\n\n{words}。\n").blocks[-1].raw  # type: ignore[union-attr]


NOTES = "在编12人[^1]，另有说明[^a]。\n\n[^1]: 不含[借调]{.mark}人员。\n\n    续一段。\n\n后文在此。\n"


def test_footnotes_are_no_text() -> None:
    assert texts(read(f"# 一、概况\n\n{NOTES}")) == ["一、概况", "在编12人,另有说明[^a]。", "后文在此。"]


def test_footnotes_behind_the_measures_are_none() -> None:
    body = (
        "四、存在问题\n\n(a) 验收偏慢；\n\n(b) 台账不全。\n\n五、改进措施\n\n(a) 按月验收[^1]；\n\n(b) 补齐台账。\n\n"
    )
    facts = facts_of(f"{body}[^1]: 由财政所牵头。\n\n[^2]: 见附件。\n")
    assert [one.title for one in facts.problems] == ["验收偏慢", "台账不全"]
    assert [one.title for one in facts.measures] == ["按月验收", "补齐台账"]


def test_escapes_and_breaks() -> None:
    document = read('# 一、概况\n\n\\"三个一\\"与5\\@6、7\\^8、\\$9\\\n下一行。\n')
    assert texts(document, BlockKind.PARAGRAPH) == ['"三个一"与5@6、7^8、$9', "下一行。"]
