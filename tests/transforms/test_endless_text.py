"""Text without an end, in the process that reads a night's files: done with, within what a file may take there."""

from __future__ import annotations

import pytest
from fact_cases import TITLE, task_table
from report_cases import REGISTRY

from transforms.reading import read_all
from transforms.reading_file import ReadItem

pytestmark = pytest.mark.pipeline

PIECES = (
    "收支总预算1万元，",
    "下属单位3个：",
    "(一)甲、(二)乙、",
    "在编人员",
    "本级",
    "三大目标：①",
    "年度目标：",
    "年度目标：党建方面，",
    "监控项目3个，",
    "自评等级（",
    "较上年",
    "监控",
    "2021年",
    "（",
    "“）",
    "3月1日至",
    "共12吨，其中",
    "1381234",
    "预算安排12.5万元，用去11.2万元，占89.6%，",
    "编外由协管12人、",
    "由年初的12人减至",
    "行政、事业各",
    "道路养护预算12万元，支出11万元；",
    "预算12万元，全部用完，",
    "填报单位连同本级共",
    "毛病有三个：一是",
    "一",
    "得10分，合计",
    "前者，后者，",
    "项目一：甲，预算1万元，",
    "投入5万元用于甲，支出",
    "预算5万元，资金来源",
    "98÷100×100%=98%，",
)
HEADINGS = ("一、部门概况", "一、存在问题")
COUNTED = ("名单", "单位", "机构分别")
LENGTH = 150_000


def failed(name: str, *texts: str) -> list[str]:
    """Of files of that name those that took longer, or more memory, than a file may."""
    by_number = dict(enumerate(texts))
    items = [ReadItem(number, name, text.encode()) for number, text in by_number.items()]
    refused = [one for batch in read_all(items, REGISTRY) for one in batch.unreadable]
    return [f"{one.detail}: {by_number[one.document_key][:200]}" for one in refused if one.is_system_fault]


@pytest.mark.parametrize("heading", HEADINGS)
def test_endless_lines(heading: str) -> None:
    texts = [f"{TITLE}{heading}\n\n{piece * (LENGTH // len(piece))}\n" for piece in PIECES]
    assert failed("报告.md", *texts) == []


def test_endless_words_behind_a_count() -> None:
    texts = [f"{TITLE}一、部门概况\n\n{'下属单位3个，' * 100}。{words * 60_000}\n" for words in COUNTED]
    assert failed("报告.md", *texts) == []


def test_endless_figures() -> None:
    cell = "支出5万元，" + "1" * 19_000
    counts = "整治“六乱”点位1234处、清理垃圾56吨，" * 10_000
    table = task_table("项目名称|预算数|支出数|完成情况", *(f"甲经费{row}|5|5|{cell}" for row in range(20)))
    assert failed("报告.md", TITLE + table, f"{TITLE}一、主要成效\n\n{counts}。\n") == []


def test_endless_signs_of_pandoc_and_tables() -> None:
    dashes = f"\n{'-- ' * (LENGTH // 3)}\n"
    texts = (
        f"{':' * LENGTH}。",
        f":::{' ' * LENGTH}。",
        "| 甲 |\n: 乙\n" * 25_000,
        (dashes + "甲\n" * 1_900) * 2 + dashes,
        f"| 项目名称 | 预算数 |\n|---|---|\n| {'单位' * (LENGTH // 2)} | |\n| 甲工程 | 5.00 |",
    )
    assert failed("报告.md", *(f"{TITLE}一、部门概况\n\n{text}\n" for text in texts)) == []


def test_a_page_of_nothing_but_titles_below_a_longer_text() -> None:
    title = TITLE.strip()
    page = f"<html><title>{title}</title>" + f"<p>{'字' * 190_000}。</p>" * 4 + f"<p>{title}</p>" * 15_000
    assert failed("报告.html", page) == []


def test_endless_projects_of_which_the_text_tells_one_by_one() -> None:
    names = [f"道路{number}号养护" for number in range(4_000)]
    rows = task_table("项目名称|预算数|支出数", *(f"{name}|5|1" for name in names))
    texts = ["支出慢，".join(names), "支出慢。\n\n".join(names)]
    assert failed("报告.md", *(f"{TITLE}{rows}\n三、结论\n\n{text}。\n" for text in texts)) == []
