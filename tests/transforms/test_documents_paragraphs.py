"""Paragraphs joined where lines wrap or pages break, headings told from lists, furniture of pages taken out."""

from __future__ import annotations

import textwrap

import pytest
from document_makers import kinds, note_lines, read, tables, texts
from hypothesis import given
from hypothesis import strategies as st

from transforms.documents.measures import LONGEST_LINE
from transforms.documents.model import BlockKind, NoteKind

pytestmark = pytest.mark.unit

H, P, L = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM

CUT = "按照年度工作计划，本部门认真组织开展各项工作，积极推"
REST = "进重点项目建设，取得较好效果。"


@pytest.mark.parametrize("between", ["\n\n", "\n", "\n\n\n\n", "\x0c", "\n\n- 3 -\n\n", "\n第3页\n\x0c", "\n\n---\n\n"])
def test_paragraphs_broken_by_a_page(between: str) -> None:
    document = read(f"前一段在此，已经说完。\n\n{CUT}{between}{REST}\n\n后一段。\n")
    assert texts(document)[1] == (CUT + REST).replace("，", ",")
    assert note_lines(document, NoteKind.PARAGRAPH_JOINED) == [3]
    block = document.blocks[1]
    assert block.starts[0] == (0, block.place)  # type: ignore[union-attr]
    assert block.starts[1][0] == len(CUT)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "after",
    [
        "一、基本情况",
        "（二）收支情况",
        "## 收支情况",
        "**收支情况**",
        "- 另一条目",
        "1、另一项工作，已经完成。",
        "另外说明",
    ],
)
def test_what_begins_anew_is_not_joined(after: str) -> None:
    document = read(f"前一段在此，已经说完。\n\n{CUT}\n\n{after}\n\n后一段在此，已经说完。\n")
    assert texts(document)[1] == CUT.replace("，", ",")
    assert note_lines(document, NoteKind.PARAGRAPH_JOINED) == []


@pytest.mark.parametrize(
    "first",
    [
        "部门概况",
        "1、加强组织领导",
        "（一）强化预算管理，提升资金效益",
        "填报单位：某某街道办事处",
        "2021年部门整体支出绩效自评报告",
        "如下所示：",
    ],
)
def test_titles_and_fields_are_no_broken_paragraphs(first: str) -> None:
    document = read(f"开头一段在此，已经说完。\n\n{first}\n\n本部门认真组织开展各项工作，取得较好效果。\n")
    assert len(document.blocks) == 3
    assert document.notes == []


def test_a_list_of_names_broken_by_a_page() -> None:
    document = read(
        "内设机构：党政办公室、组织人事科、宣传科、社会事务科、城市管\n\n理科、经济科、财政科、综合治理科，下辖九个社区。\n"
    )
    assert [text[-6:] for text in texts(document)] == ["下辖九个社区。"[-6:]]


def test_list_items_broken_by_a_page() -> None:
    document = read("**1、城市管理。**整治环境，完成巡查任务。共处理案\n\n件 32 宗，办结率达到要求。\n")
    (block,) = document.blocks
    assert block.text == "1、城市管理。整治环境,完成巡查任务。共处理案件32宗,办结率达到要求。"  # type: ignore[union-attr]
    assert block.is_bold  # type: ignore[union-attr]


@pytest.mark.parametrize("mark", ["-", "*", "•"])
def test_a_paragraph_below_a_list_without_end_marks_is_none_of_its_items(mark: str) -> None:
    items = [
        "事业单位：甲服务中心、乙保障中心、丙文化站",
        "学校：东湖中学、河岸小学、白鹤小学、东湖第一幼儿园、东湖第二幼儿园",
    ]
    document = read("\n".join(f"{mark} {item}" for item in items) + "\n\n年末人员情况见下文，另有说明。\n")
    assert [kind for kind, _ in kinds(document)] == [L, L, P]


def test_the_last_item_of_a_list_with_end_marks_goes_on_over_a_gap() -> None:
    document = read(f"- 甲项工作已经完成。\n- {CUT}\n\n{REST}\n")
    assert texts(document)[1] == (CUT + REST).replace("，", ",")


def test_punctuation_at_the_start_goes_with_the_line_before() -> None:
    document = read("内设机构包括党政办公室（不计入机构限额\n\n）、综合办公室和经济办公室。\n")
    assert len(document.blocks) == 1


def test_a_paragraph_that_breaks_off_for_good() -> None:
    document = read("本部门认真组织开展各项工作，完成预算编制，\n\n二、存在问题\n\n预算编制不够细化。\n")
    assert note_lines(document, NoteKind.PARAGRAPH_CUT) == [1]


def test_nothing_is_joined_over_a_table() -> None:
    document = read(f"{CUT}\n\n项目名称\t预算数\n甲\t5\n\n{REST}\n")
    assert len(tables(document)) == 1
    assert len(document.blocks) == 3


SENTENCE = st.text(alphabet="预算绩效管理工作完成项目建设保障民生服务群众环境整治社区", min_size=60, max_size=160)
PARAGRAPHS = st.lists(SENTENCE.map(lambda text: f"{text[:9]}，{text[9:]}。"), min_size=8, max_size=14)


@given(PARAGRAPHS, st.integers(24, 42), st.sampled_from(["\n　　", "\n\n　　", "\n\n"]))
def test_wrapped_lines_are_joined(paragraphs: list[str], width: int, separator: str) -> None:
    indent = separator.lstrip("\n")
    wrapped = [textwrap.fill(indent + text, width, drop_whitespace=False) for text in paragraphs]
    document = read(("\n" * separator.count("\n")).join(wrapped))
    assert texts(document) == [text.replace("，", ",") for text in paragraphs]
    assert note_lines(document, NoteKind.PARAGRAPH_JOINED) == []


WRAPPED = "\n\n".join(
    f"　　第{number}季度把各项管理制度落到实处，做到\n月月有检查、季季有通报、年年都要有考核，\n群众也都看得见。"
    for number in "一二三四"
)


@pytest.mark.parametrize(
    ("above", "below"),
    [("　　渡口守护队全年自评得93.5", "分，属优等。"), ("　　渡口守护全年支出1,204.50", "万元；没有结余。")],
)
def test_a_line_far_from_full_ends_between_a_figure_and_its_unit(above: str, below: str) -> None:
    found = texts(read(f"{WRAPPED}\n\n{above}\n{below}\n"))
    assert len(found) == 5
    assert found[-1].endswith((above.strip() + below).replace("，", ",").replace("；", ";"))


@pytest.mark.parametrize(
    ("above", "below"), [("　　守护队工作记录编号2022", "分工另见名册。"), ("　　93.5", "分，属优等。")]
)
def test_a_figure_above_a_line_that_is_no_unit_ends_its_own(above: str, below: str) -> None:
    assert len(read(f"{WRAPPED}\n\n{above}\n{below}\n").blocks) == 6


def test_a_line_ends_amid_an_ordinal() -> None:
    measure = "第{}，把各项预算管理制度落到实处，做到月月有检查、季季有通报、年年有考核。"
    text = "".join(measure.format(number) for number in "一二三四五六七八九")
    width = (text.index("第五") + 1) // 4
    text = text[text.index("第五") + 1 - 4 * width :]
    wrapped = "\n".join(textwrap.wrap(text, width))
    assert "第\n五" in wrapped
    assert texts(read(wrapped)) == [text.replace("，", ",")]


def test_lines_that_are_paragraphs_stay_apart() -> None:
    lines = [
        "本部门认真组织开展各项工作，取得较好效果。",
        "预算执行情况良好，支出进度符合要求。",
        "资金使用规范，未发现问题。",
    ]
    assert len(read("\n".join(lines)).blocks) == 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends(end: str) -> None:
    document = read(end.join(["一、基本情况", "本部门认真组织开展各项工作。", "二、存在问题", "预算编制不够细化。"]))
    assert [kind for kind, _ in kinds(document)] == [H, P, H, P]
    expected = 1 if end == "\u2028" else 4
    assert document.line_count == expected


def test_pages_count_form_feeds() -> None:
    document = read("第一页的内容在此。\n\x0c第二页的内容在此。\n项目名称\t预算数\n甲\t5\n\x0c乙\t6\n")
    assert [block.place.page for block in document.blocks] == [1, 2, 2]
    assert [row.place.page for row in tables(document)[0].rows] == [2, 3]
    assert read("没有分页的文字。").blocks[0].place.page is None


def test_markdown_headings() -> None:
    document = read(
        "# **标题** #\n\n##二、正文\n\n小标题\n======\n\n正文在此。\n\n次标题\n---\n\n**三、问题**\n\n有问题。\n"
    )
    headings = [block for block in document.blocks if block.kind is H]  # type: ignore[union-attr]
    assert [(block.raw, block.visual_level, block.is_bold) for block in headings] == [  # type: ignore[union-attr]
        ("标题", 1, True),
        ("二、正文", 2, False),
        ("小标题", 1, False),
        ("次标题", 2, False),
        ("三、问题", None, True),
    ]


def test_numbered_headings_without_markdown() -> None:
    document = read(
        "某某局绩效自评报告\n\n第一部分 部门概况\n\n一、基本情况\n\n（一）部门职责\n\n本部门负责各项工作。\n\n"
        "1、总体情况\n\n预算执行情况良好。\n\n（1）第一项\n\n已经完成各项工作。\n"
    )
    assert [kind for kind, _ in kinds(document)] == [H, H, H, H, P, H, P, H, P]


def test_lists_are_no_headings() -> None:
    document = read(
        "一、工作任务\n\n主要任务有三项：\n\n1、加强领导\n2、加强管理\n3、加强监督\n\n"
        "①做好宣传，营造氛围。\n②做好服务。\n\n- 无序条目\n• 圆点条目\n\n一是做好预算编制工作。\n"
    )
    assert [kind for kind, _ in kinds(document)] == [H, P, L, L, L, L, L, L, L, P]


def test_announcing_lines_are_no_headings() -> None:
    document = read("1、本年度工作分为五个板块，分别是：\n\n①做好甲。\n\n②做好乙。\n")
    assert [kind for kind, _ in kinds(document)] == [L, L, L]


def test_plain_headings() -> None:
    document = read(
        "某某局绩效自评报告\n\n部门基本情况\n\n本部门负责各项工作，认真履行职责。\n\n某某局\n2022年3月1日\n"
    )
    assert [kind for kind, _ in kinds(document)] == [H, H, P, P, P]


def test_signs_of_markdown_go() -> None:
    document = read("> 引用 **加粗** 与 `代码`，见[附件](a.pdf)，1\\. 转义，3*5。<br>换行&nbsp;完。\n")
    assert document.blocks[0].raw == "引用 加粗 与 代码，见附件，1. 转义，3*5。 换行\xa0完。"  # type: ignore[union-attr]


def furniture(*pages: str) -> str:
    return "".join(f"{page}\n\n- {number} -\n\n某某局2021年绩效自评报告\n\n" for number, page in enumerate(pages, 1))


def test_page_numbers_and_running_headers() -> None:
    document = read("某某局2021年绩效自评报告\n\n" + furniture("一、基本情况", CUT, REST, "二、问题\n\n没有问题。"))
    assert texts(document) == [
        "某某局2021年绩效自评报告",
        "一、基本情况",
        (CUT + REST).replace("，", ","),
        "二、问题",
        "没有问题。",
    ]
    assert len(note_lines(document, NoteKind.PAGE_NUMBER)) == 4
    assert len(note_lines(document, NoteKind.RUNNING_HEADER)) == 4


def test_a_line_that_differs_from_the_title_in_its_year_is_no_running_header() -> None:
    other = "某某局2020年绩效自评报告"
    document = read(f"某某局2021年绩效自评报告\n\n一、依据\n\n{other}\n\n二、问题\n\n没有问题。\n")
    assert other in texts(document)


@pytest.mark.parametrize(
    "numbers",
    [
        ["- 1 -", "- 2 -"],
        ["第1页", "第2页"],
        ["1/2", "2/2"],
        ["1", "2"],
        ["第 1 页 共 2 页", "第 2 页 共 2 页"],
        ["Page 1 of 2", "Page 2 of 2"],
        ["— 1 —", "— 2 —"],
    ],
)
def test_page_numbers(numbers: list[str]) -> None:
    document = read(f"第一页的内容在此。\n\n{numbers[0]}\n\n第二页的内容在此。\n\n{numbers[1]}\n")
    assert len(document.blocks) == 2
    assert len(note_lines(document, NoteKind.PAGE_NUMBER)) == 2


def test_a_lone_number_is_text() -> None:
    assert texts(read("满意度得分如下。\n\n95\n\n以上为得分情况。\n"))[1] == "95"


@pytest.mark.parametrize(
    "entries",
    [
        "一、基本情况..........1\n（一）部门概况..........2\n二、问题……………………3\n",
        "一、基本情况\t1\n（一）部门概况\t2\n二、问题\t3\n",
        "一、基本情况\n（一）部门概况\n二、问题\n",
        "- [一、基本情况](#a)\n- [（一）部门概况](#b)\n- [二、问题](#c)\n",
    ],
)
def test_contents(entries: str) -> None:
    body = "一、基本情况\n\n（一）部门概况\n\n概况在此。\n\n二、问题\n\n问题在此。\n"
    document = read(f"某某局自评报告\n\n目　录\n\n{entries}\n{body}")
    assert texts(document) == ["某某局自评报告", "一、基本情况", "(一)部门概况", "概况在此。", "二、问题", "问题在此。"]
    assert note_lines(document, NoteKind.CONTENTS) == [3]


def test_repeated_sub_headings_and_captions_are_no_running_headers() -> None:
    part = "项目概况\n\n本项目已经完成，效果良好。\n\n单位：万元\n\n项目名称\t预算数\n甲\t5\n\n"
    document = read("某某局自评报告\n\n" + part * 3)
    assert note_lines(document, NoteKind.RUNNING_HEADER) == []
    assert texts(document).count("项目概况") == 3


def test_titles_under_an_annex_number() -> None:
    document = read("附件1\n\n某某街道办事处\n2021年绩效自评报告\n\n一、基本情况\n\n情况在此。\n")
    assert [kind for kind, _ in kinds(document)] == [P, H, H, H, P]


@pytest.mark.parametrize(
    "piece",
    ["预算绩效", "a ", "1,", "111,", "1.", "**报 ", "[报](", "<报", "<!--", "<a ", "&报", "\\", "#", "报|", "报\t",
     "“（", "> ", "__报", "一百", "..", "　", "<table><tr><td>", "报\x0c", "报\u2028"],
)  # fmt: skip
def test_a_line_of_any_length_is_read_in_passing(piece: str) -> None:
    document = read("一、基本情况\n\n" + piece * min(30_000, LONGEST_LINE // len(piece)) + "\n\n完。\n")
    assert len(document.blocks) >= 2


@pytest.mark.parametrize(
    "piece",
    [
        "甲\t5\n",
        "| 甲 | 5 |\n",
        "甲　　5　　6\n",
        "甲\t5\n\n",
        "1、甲\n",
        "页眉\n\n- 1 -\n\n",
        "\t\t\t甲\n",
        "- 1 -\n",
        "│甲│5│\n├─┼─┤\n",
    ],
)
def test_lines_of_any_number_are_read_in_passing(piece: str) -> None:
    assert read("一、基本情况\n\n" + piece * 5_000 + "\n完。\n").blocks


def test_a_line_of_invisible_characters_is_no_text() -> None:
    assert texts(read("甲。\n\n\u200b\u200b\n\n乙。\n")) == ["甲。", "乙。"]
