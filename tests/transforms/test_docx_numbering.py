"""Automatic numbering of Word documents as printed labels."""

from __future__ import annotations

import pytest
from docx_maker import STYLES, abstract, listed, num, p, read, styled, t, tbl, tc, tr

from transforms.documents.docx.number_formats import format_number
from transforms.documents.model import BlockKind, TextBlock

pytestmark = pytest.mark.unit


def raws(body: str, numbering: str, styles: str = STYLES) -> list[str]:
    return [block.raw for block in read(body, numbering, styles).blocks if isinstance(block, TextBlock)]


@pytest.mark.parametrize(
    ("kind", "numbers", "printed"),
    [
        ("chineseCounting", (1, 10, 11, 20, 23), ["一", "十", "十一", "二十", "二十三"]),
        ("chineseCountingThousand", (103, 110, 1000), ["一百零三", "一百一十", "一千"]),
        ("japaneseCounting", (3, 12), ["三", "十二"]),
        ("chineseLegalSimplified", (2, 10), ["贰", "壹拾"]),
        ("decimalEnclosedCircle", (1, 20, 21), ["①", "⑳", "21"]),
        ("decimalEnclosedParen", (2,), ["⑵"]),
        ("decimalEnclosedFullstop", (3,), ["⒊"]),
        ("ideographTraditional", (1, 2), ["甲", "乙"]),
        ("decimalFullWidth", (12,), ["１２"]),
        ("ideographDigital", (20,), ["二〇"]),
        ("upperRoman", (4, 9, 14), ["IV", "IX", "XIV"]),
        ("lowerLetter", (1, 27), ["a", "aa"]),
        ("decimalZero", (3,), ["03"]),
        ("none", (3,), [""]),
        ("somethingNew", (3,), ["3"]),
    ],
)
def test_formats_of_numbers(kind: str, numbers: tuple[int, ...], printed: list[str]) -> None:
    assert [format_number(number, kind) for number in numbers] == printed


def test_levels_count_and_deeper_ones_begin_anew() -> None:
    numbering = abstract(0, ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")) + num(1, 0)
    levels = (0, 1, 1, 2, 0, 1)
    assert raws("".join(listed("标题", 1, level) for level in levels), numbering) == [
        "一、标题", "（一）标题", "（二）标题", "1. 标题", "二、标题", "（一）标题",
    ]  # fmt: skip


def test_labels_of_several_levels_and_levels_skipped() -> None:
    numbering = abstract(0, ("decimal", "%1"), ("decimal", "%1.%2")) + num(1, 0)
    assert raws(listed("甲", 1, 1) + listed("乙", 1, 1) + listed("丙", 1), numbering) == ["1.1 甲", "1.2 乙", "2、丙"]


def test_legal_numbering_prints_figures() -> None:
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/>{}<w:lvlText w:val="{}"/></w:lvl>'
    levels = level.format(0, "chineseCounting", "", "%1、") + level.format(1, "decimal", "<w:isLgl/>", "%1.%2")
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>' + num(1, 0)
    assert raws(listed("甲", 1) + listed("乙", 1, 1), numbering) == ["一、甲", "1.1 乙"]


def test_lists_of_one_abstract_numbering_share_its_counter_unless_they_begin_anew() -> None:
    numbering = abstract(0, ("decimal", "%1、")) + num(1, 0) + num(2, 0) + num(3, 0, start=1) + num(4, 0, start=5)
    body = "".join(listed("项", num_id) for num_id in (1, 1, 2, 3, 3, 4, 1))
    assert raws(body, numbering) == ["1、项", "2、项", "3、项", "1、项", "2、项", "5、项", "6、项"]


def test_numbering_by_style_takes_the_level_that_names_the_style() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, style, text in ((0, "n1", "第%1部分"), (1, "n2", "%1.%2"))
    )
    numbering = f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>' + num(5, 7)
    numbered = '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr>'
    styles = STYLES + "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{numbered}</w:style>'
        for name in ("n1", "n2")
    )
    styles += '<w:style w:type="paragraph" w:styleId="n3"><w:name w:val="n3"/><w:basedOn w:val="n1"/></w:style>'
    off = p("不编号", '<w:pStyle w:val="n1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body = styled("概况", "n1") + styled("职能", "n2") + off + styled("成效", "n3")
    assert raws(body, numbering, styles) == ["第1部分概况", "1.1 职能", "不编号", "第2部分成效"]


def test_numbering_linked_to_a_style_of_lists() -> None:
    linked = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
    numbering = abstract(0, ("decimal", "（%1）")) + linked + num(1, 0) + num(2, 1)
    styles = STYLES + (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    assert raws(listed("甲", 2) + listed("乙", 2), numbering, styles) == ["（1）甲", "（2）乙"]


def test_figures_after_a_label_stay_apart() -> None:
    numbering = abstract(0, ("decimal", "%1.")) + num(1, 0)
    (block,) = read(listed("2021年完成5项", 1), numbering).blocks
    assert block.text == "1. 2021年完成5项"  # type: ignore[union-attr]


def test_bare_numbers_are_parted_from_their_text() -> None:
    numbering = abstract(0, ("decimal", "%1")) + abstract(1, ("chineseCounting", "%1")) + num(1, 0) + num(2, 1)
    assert raws(listed("2021年概况", 1) + listed("成效", 2), numbering) == ["1、2021年概况", "一、成效"]


def test_bullets_make_list_items() -> None:
    (block,) = read(listed("优化环境", 1), abstract(0, ("bullet", "\uf06c")) + num(1, 0)).blocks
    assert isinstance(block, TextBlock)
    assert (block.kind, block.text) == (BlockKind.LIST_ITEM, "优化环境")


def test_bold_titles_behind_an_automatic_label() -> None:
    body = p(
        t("强化统筹。", "<w:b/>") + t("全年开展调度。"), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    )
    (block,) = read(body, abstract(0, ("decimal", "%1、")) + num(1, 0)).blocks
    assert block.is_bold  # type: ignore[union-attr]


def test_serial_numbers_of_a_table_are_counted_row_by_row_and_deleted_rows_not() -> None:
    numbering = abstract(0, ("decimal", "%1")) + num(1, 0)
    serial = tc(listed("", 1))
    rows = [tr(serial, name) for name in ("甲经费", "乙经费")] + [
        tr(serial, "丙", properties="<w:del/>"),
        tr(serial, "丁"),
    ]
    (grid,) = read(tbl(tr("序号", "项目名称"), *rows), numbering).grids
    assert [row[0].text for row in grid.rows] == ["序号", "1", "2", "3"]


def test_unknown_lists_number_nothing() -> None:
    assert raws(listed("甲", 9), abstract(0, ("decimal", "%1、")) + num(1, 3)) == ["甲"]
    assert raws(listed("甲", 1), abstract(0, ("decimal", "%1、")) + num(1, 3)) == ["甲"]
