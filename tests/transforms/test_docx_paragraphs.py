"""Paragraphs of Word documents: headings by style, what counts as text, pages, text boxes, tables of contents."""

from __future__ import annotations

import pytest
from document_makers import kinds, note_lines, texts
from docx_maker import field, p, read, styled, t, tbl, tr

from transforms.documents.model import BlockKind, NoteKind, TextBlock

pytestmark = pytest.mark.unit

LONG = "全年完成各项任务，群众满意度稳步提高，预算执行总体良好。"
BREAK = '<w:r><w:br w:type="page"/></w:r>'


def visual_levels(body: str) -> list[tuple[str, int | None]]:
    return [(block.text, block.visual_level) for block in read(body).blocks if isinstance(block, TextBlock)]


def test_headings_by_name_base_and_outline_level() -> None:
    body = styled("基本情况", "1") + styled("部门概况", "own") + styled("内设机构", "outlined") + styled(LONG, "body")
    assert visual_levels(body) == [("基本情况", 1), ("部门概况", 1), ("内设机构", 3), (LONG.replace("，", ","), None)]


def test_outline_level_of_the_paragraph_itself_and_unknown_styles() -> None:
    body = p("绩效目标", '<w:outlineLvl w:val="1"/>') + styled(LONG, "nowhere") + styled("总结", "1") + p(LONG)
    assert [level for _, level in visual_levels(body)] == [2, None, 1, None]


def test_body_text_in_the_style_of_a_heading_is_none() -> None:
    assert visual_levels(styled(LONG * 4, "1")) == [(LONG.replace("，", ",") * 4, None)]


def test_bold_paragraphs_head_and_bold_beginnings_are_noted() -> None:
    body = p(t("主要做法", "<w:b/>")) + p(t("一是强化管理。", "<w:b/>") + t(LONG)) + p(t(LONG) + t("重点", "<w:b/>"))
    blocks = [block for block in read(body).blocks if isinstance(block, TextBlock)]
    assert [(block.kind, block.is_bold) for block in blocks] == [
        (BlockKind.HEADING, True),
        (BlockKind.PARAGRAPH, True),
        (BlockKind.PARAGRAPH, False),
    ]


def test_bold_type_behind_a_label_counts_and_switched_off_bold_does_not() -> None:
    body = p(t("1、") + t("加强统筹。", "<w:b/>") + t(LONG)) + p(t(LONG, '<w:b w:val="0"/>'))
    assert [block.is_bold for block in read(body).blocks if isinstance(block, TextBlock)] == [True, False]


def test_in_a_document_all_in_bold_type_nothing_is_marked_by_it() -> None:
    document = read(p(t("安排如下", "<w:b/>")) + p(t(LONG, "<w:b/>")) * 3)
    assert not any(block.is_bold for block in document.blocks if isinstance(block, TextBlock))


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (
            t("完成") + "<w:ins>" + t("12项") + "</w:ins><w:del><w:r><w:delText>11项</w:delText></w:r></w:del>",
            "完成12项",
        ),
        ("<w:moveFrom>" + t("旧") + "</w:moveFrom><w:moveTo>" + t("新处") + "</w:moveTo>", "新处"),
        (t("公开") + t("密", "<w:vanish/>") + t("密", '<w:rStyle w:val="secret"/>'), "公开"),
        (t("见") + field("HYPERLINK &quot;http://a&quot;", t("附件")), "见附件"),
        (t("共") + field(f"= {field('REF a', t('1'))} + 2", t("3")) + t("项"), "共3项"),
        ('<w:fldSimple w:instr="REF a">' + t("第三章") + "</w:fldSimple>", "第三章"),
        ("<w:hyperlink>" + t("链接") + "</w:hyperlink>", "链接"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + t("控件") + "</w:sdtContent></w:sdt>", "控件"),
        (
            t("日期")
            + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + t("单击输入")
            + "</w:sdtContent></w:sdt>",
            "日期",
        ),
        ("<w:smartTag><w:smartTag>" + t("标记") + "</w:smartTag></w:smartTag>", "标记"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + t("是"), "☑是"),
        (t("A") + "<w:r><w:noBreakHyphen/></w:r>" + t("B"), "A-B"),
        ("<w:r><w:ruby><w:rt>" + t("yin") + "</w:rt><w:rubyBase>" + t("音") + "</w:rubyBase></w:ruby></w:r>", "音"),
        (t("注") + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="1"/></w:r>', "注"),
        (t("算式") + "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", "算式"),
        ("<w:r><w:t>甲</w:t><w:t>乙</w:t></w:r>", "甲乙"),
    ],
)
def test_what_counts_as_text(runs: str, text: str) -> None:
    assert [block.raw for block in read(p(runs)).blocks if isinstance(block, TextBlock)] == [text]


def test_a_paragraph_whose_mark_is_deleted_goes_on_in_the_next() -> None:
    body = p(t("前半句，"), "<w:rPr><w:del/></w:rPr>") + p("后半句。") + p("另一段。")
    assert texts(read(body)) == ["前半句,后半句。", "另一段。"]


def test_what_runs_on_stays_within_its_cell_and_before_its_table() -> None:
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    cell = f"<w:tc>{p(t('甲经费'), hidden)}</w:tc>"
    document = read(p(t("总体良好。"), hidden) + tbl(tr(cell, "5.00"), tr("乙经费", "6.00")) + p("尾。", hidden))
    assert texts(document) == ["总体良好。", "尾。"]
    assert [row[0].text for row in document.grids[0].rows] == ["甲经费", "乙经费"]


def test_fields_that_never_end_swallow_nothing() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    body = p(begun + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>') + p("一、基本情况") + p(LONG)
    assert len(texts(read(body))) == 2
    assert len(texts(read(p(begun) + p("一、基本情况") + p(LONG)))) == 2


def test_line_breaks_part_lines_of_one_paragraph_but_not_a_heading() -> None:
    broken = t("一、基本情况") + "<w:r><w:br/></w:r>" + t(LONG)
    title = t("某街道办事处") + "<w:r><w:br/></w:r>" + t("绩效自评报告")
    document = read(p(title, '<w:outlineLvl w:val="0"/>') + p(broken) + p("二、结论"))
    assert [(block.text, block.place.line) for block in document.blocks] == [  # type: ignore[union-attr]
        ("某街道办事处绩效自评报告", 1), ("一、基本情况", 2), (LONG.replace("，", ","), 2), ("二、结论", 3),
    ]  # fmt: skip
    assert document.line_count == 3


def test_pages_where_word_left_its_breaks() -> None:
    rendered = "<w:r><w:lastRenderedPageBreak/><w:t>次页开头，接着说明情况。</w:t></w:r>"
    within = t("一半，") + "<w:r><w:lastRenderedPageBreak/><w:t>另一半。</w:t></w:r>"
    document = read(p(LONG) + p(BREAK) + p(rendered) + p(within) + p(LONG))
    assert [block.place.page for block in document.blocks] == [1, 2, 2, 3]
    assert [block.place.page for block in read(p(LONG) + p(BREAK) + p("次页另有一段。")).blocks] == [None, None]


def test_a_paragraph_cut_by_a_page_break_is_joined() -> None:
    (block,) = read(p("全年联合有关部门开展检查，") + p(BREAK) + p("发现隐患并完成整改。")).blocks
    assert block.raw == "全年联合有关部门开展检查，发现隐患并完成整改。"  # type: ignore[union-attr]


def test_headings_at_the_top_of_pages_are_no_running_headers_but_repeated_lines_are() -> None:
    pages = [p(BREAK) + styled("完成情况", "1") + p(f"第{at}季度完成率稳步提高。") for at in "一二三"]
    assert texts(read(p("概况说明。") + "".join(pages))).count("完成情况") == 3
    plain = "".join(pages).replace('w:val="1"', 'w:val="a"')
    assert texts(read(p("概况说明。") + plain)).count("完成情况") == 1


def test_text_boxes_count_once_at_their_anchor() -> None:
    box = "<w:txbxContent>" + p("框内说明文字。") + "</w:txbxContent>"
    drawing = f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
    picture = f"<w:pict><v:textbox>{box}</v:textbox></w:pict>"
    choice = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{picture}</mc:Fallback>'
        "</mc:AlternateContent>"
    )
    assert texts(read(p(f"<w:r>{choice}</w:r>" + t("正文在前。")) + p(LONG)))[:2] == ["正文在前。", "框内说明文字。"]
    assert texts(read(p(f"<w:r>{picture}</w:r>"))) == ["框内说明文字。"]
    assert texts(read(p(f"<w:r>{choice}</w:r>"))) == ["框内说明文字。"]


def contents(style: str = "") -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = "<w:r><w:instrText>TOC \\o</w:instrText></w:r>"
    first = p(f"{marks[0]}{code}{marks[1]}{t('一、基本情况')}<w:r><w:tab/></w:r>{field('PAGEREF a', t('1'))}", style)
    return first + p(t("二、结论") + "<w:r><w:tab/></w:r>" + t("2"), style) + p(marks[2])


@pytest.mark.parametrize(
    "front",
    [
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('目录')}{contents()}</w:sdtContent></w:sdt>",
        p("目　录") + contents(),
        p("目录") + styled("一、基本情况", "TOC1") + styled("二、结论", "TOC1"),
        p("目录") + p("") + contents('<w:pStyle w:val="TOC1"/>'),
    ],
)
def test_tables_of_contents_are_left_out_and_noted(front: str) -> None:
    document = read(p("某单位绩效自评报告") + front + p("一、基本情况") + p(LONG))
    assert texts(document) == ["某单位绩效自评报告", "一、基本情况", LONG.replace("，", ",")]
    assert len(note_lines(document, NoteKind.CONTENTS)) == 1


def test_content_controls_and_wrappers_around_paragraphs() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件里。')}</w:sdtContent></w:sdt>"
    assert texts(read(control + f"<w:customXml>{p('标签里。')}</w:customXml>")) == ["控件里。", "标签里。"]


def test_a_table_of_one_column_is_a_frame_around_text() -> None:
    inner = tbl(tr("项目名称", "预算数"), tr("甲经费", "5.00"))
    document = read(p("一、概况") + tbl(tr("框中第一段。"), tr(f"<w:tc>{inner}{p()}</w:tc>")) + p(LONG))
    assert [kind for kind, _ in kinds(document)] == ["heading", "paragraph", "table", "paragraph"]
    assert len(document.grids) == 1


def test_empty_paragraphs_do_not_count() -> None:
    document = read(p("一、概况") + p() * 3 + p(LONG))
    assert [block.place.line for block in document.blocks] == [1, 2]
