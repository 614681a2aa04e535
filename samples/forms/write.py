"""Writes the forms of a report as a workbook: a sheet a form or all in one, and its truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter

from samples.draws import stream
from samples.forms.content import forms_of
from samples.forms.layout import Layout, Sheet, Value
from samples.forms.look import Look, draw_look
from samples.forms.model import Form
from samples.forms.truth import truth_of_forms
from samples.model import Report

_WRITTEN_AT = datetime(2024, 1, 1)  # noqa: DTZ001 - workbooks know no zone; the same bytes at any time
_NOTE = ("填表说明", "一、本表由项目实施单位填写。", "二、得分依据指标完成情况计算，不得超过分值。")


class Workbook(NamedTuple):
    """A workbook of forms: its name within the inbox, bytes, truth."""

    file_name: str
    content: bytes
    truth: dict[str, Any]


def write_forms(report: Report, seed: int, changes: Sequence[Callable[[list[Form]], None]] = ()) -> Workbook:
    """The forms of a report's department and year, consistent with it but for the ``changes``."""
    index, year = report.department.index, report.year
    look = draw_look(stream(seed, index, "forms"))
    forms = forms_of(report, seed)
    for change in changes:
        change(forms)
    if any(form.stated_grade for form in forms):
        look = replace(look, score_at="top")
    kinds = {form.kind for form in forms}
    name = "绩效自评表" if len(kinds) > 1 else "项目支出绩效自评表"
    file_name = f"{year}/模拟_{report.version.short_name}_{year}年度{name}.xlsx"
    sheets, texts = _sheets(report, forms, look)
    content = _workbook(sheets)
    has_grades = look.score_at == "top"
    return Workbook(file_name, content, truth_of_forms(report, forms, texts, file_name, content, has_grades))


def _sheets(report: Report, forms: list[Form], look: Look) -> tuple[list[Sheet], list[tuple[str, str]]]:
    superior = f"{report.department.district}财政局" if look.is_short else None
    sheets: list[Sheet] = []
    texts: list[tuple[str, str]] = []
    for place, form in enumerate(forms):
        is_new = not (sheets and look.is_stacked and form.project is not None and forms[place - 1].project is not None)
        if is_new:
            sheets.append(Sheet("整体" if form.project is None else f"项目{place + 1}"))
        layout = Layout(sheets[-1], look, report.name, superior, report.year)
        layout.add(form)
        texts += layout.texts
    if look.note_sheet:
        note = Sheet("填表说明", is_hidden=look.note_sheet == "hidden")
        note.cells.update({(row, 0): Value(text) for row, text in enumerate(_NOTE)})
        sheets.append(note)
    return sheets, texts


def _workbook(sheets: list[Sheet]) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": _WRITTEN_AT})
    formats: dict[str, Any] = {}
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        if sheet.is_hidden:
            page.hide()
        starts = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merged}
        for (row, column), value in sheet.cells.items():
            style = formats.setdefault(value.format, book.add_format({"num_format": value.format, "text_wrap": True}))
            if (row, column) in starts:
                page.merge_range(row, column, *starts[row, column], "", style)
            if value.formula:
                page.write_formula(row, column, value.formula, style, _number(value.content))
            else:
                page.write(row, column, _number(value.content), style)
    book.close()
    return target.getvalue()


def _number(content: str | Decimal) -> str | float:
    return content if isinstance(content, str) else float(content)
