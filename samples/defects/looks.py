"""Defects of looks: levels of headings, cut paragraphs, split tables, markup, idle rows. The looks are clean but for
the one fault, so that the truth can speak on them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from samples.defects.model import Defect, Restyling, firing, near_miss
from samples.model import Report
from samples.style import Style, TableLook


def clean(style: Style, **changes: bool | str | None) -> Style:
    """The style without anything that a page or a scan leaves behind; ``changes`` are of all its tables."""
    looks = {"markup": None, "has_junk": False, "repeats_header": False, **changes}
    return replace(
        style, medium="md", heading_markup="right", paging="none", wrap=0, indent="", blank_lines=True,
        has_contents=False, bold_titles=False, plan=_plain(style.plan, looks), task=_plain(style.task, looks),
        key=_plain(style.key, looks),
    )  # fmt: skip


def _plain(look: TableLook, changes: dict[str, bool | str | None]) -> TableLook:
    return replace(look, **changes)  # type: ignore[arg-type]


def _tables(**changes: bool | str | None) -> Restyling:
    return lambda style: clean(style, **changes)


def _paged(repeats_header: bool) -> Restyling:
    """Pages so short that a table of eight rows never stands on one."""
    return lambda style: replace(
        clean(style, repeats_header=repeats_header, cuts_rows=False, is_transposed=False),
        paging="silent",
        page_height=6,
    )


def _levels(markup: str) -> Restyling:
    return lambda style: replace(clean(style), heading_markup=markup)


def _nothing(report: Report, draw: Random) -> None:
    del report, draw


def _cut(report: Report, draw: Random) -> None:
    del draw
    report.asides.append(
        "各科室结合职责抓好绩效监控发现问题的整改，对进度偏慢的项目逐项分析原因，\n并在月度例会上通报整改进展。"
    )


def _whole(report: Report, draw: Random) -> None:
    del draw
    report.asides.append("各科室结合职责抓好绩效监控发现问题的整改。\n整改进展在月度例会上通报。")


DEFECTS: tuple[Defect, ...] = (
    firing("C08", "标题版式级别与编号级别不一致", _nothing, restyle=_levels("one")),
    near_miss("C08", "全部标题版式与编号一致", _nothing, restyle=_levels("right")),
    firing("C09", "段落在句中断开", _cut, restyle=clean),
    near_miss("C09", "两个完整的段落", _whole, restyle=clean),
    firing("C10", "表格分页处没有表头", _nothing, restyle=_paged(repeats_header=False)),
    near_miss("C10", "表格分页处重复表头", _nothing, restyle=_paged(repeats_header=True)),
    firing("C11", "单元格里有网页标记", _nothing, restyle=_tables(markup="p")),
    near_miss("C11", "单元格里只有文字", _nothing, restyle=clean),
    firing("C13", "表中有分隔行", _nothing, restyle=_tables(has_junk=True, is_transposed=False)),
    near_miss("C13", "表中没有分隔行", _nothing, restyle=clean),
)
