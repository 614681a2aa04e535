"""Writes the forms of a report in a medium, with their truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from samples.draws import stream
from samples.forms.content import forms_of
from samples.forms.layout import Layout, Sheet, Value
from samples.forms.look import Look, draw_look
from samples.forms.media import FORM_MEDIA
from samples.forms.model import Form
from samples.forms.truth import truth_of_forms
from samples.model import Report

_NOTE = ("填表说明", "一、本表由项目实施单位填写。", "二、得分依据指标完成情况计算，不得超过分值。")
_OTHER_UNIT = {"万元": "元", "元": "万元"}


class FormFile(NamedTuple):
    """A file of forms: its name within the inbox, bytes, truth."""

    file_name: str
    content: bytes
    truth: dict[str, Any]


def write_forms(
    report: Report,
    seed: int,
    media: Sequence[str] = ("xlsx",),
    changes: Sequence[Callable[[list[Form]], None]] = (),
) -> FormFile:
    """The forms of a report's department and year, consistent with it but for the ``changes``, in one of the
    ``media``."""
    index, year = report.department.index, report.year
    medium = FORM_MEDIA[stream(seed, index, year, "form medium").choice(media)]
    look = draw_look(stream(seed, index, "forms"))
    forms = forms_of(report, seed)
    for change in changes:
        change(forms)
    if any(form.stated_grade for form in forms):
        look = replace(look, score_at="top")
    kinds = {form.kind for form in forms}
    name = "绩效自评表" if len(kinds) > 1 else "项目支出绩效自评表"
    file_name = f"{year}/模拟_{report.version.short_name}_{year}年度{name}.{medium.ending}"
    sheets, texts = _sheets(report, forms, look, medium.has_sheets)
    written = medium.write(sheets, stream(seed, index, year, "form print"))
    has_grades = look.score_at == "top"
    return FormFile(file_name, written.content, truth_of_forms(report, forms, texts, file_name, written, has_grades))


def _sheets(
    report: Report, forms: list[Form], look: Look, has_sheets: bool
) -> tuple[list[Sheet], list[tuple[str, str]]]:
    superior = f"{report.department.district}财政局" if look.is_short else None
    sheets: list[Sheet] = []
    texts: list[tuple[str, str]] = []
    for place, form in enumerate(forms):
        is_alike = place > 0 and form.project is not None and forms[place - 1].project is not None
        if not (has_sheets and is_alike and look.is_stacked):
            sheets.append(Sheet("整体" if form.project is None else f"项目{place + 1}"))
        is_other = look.units_differ and place % 2 == 1
        own = replace(look, unit=_OTHER_UNIT[look.unit]) if is_other else look
        layout = Layout(sheets[-1], own, report.name, superior, report.year)
        layout.add(form)
        texts += layout.texts
    if look.note_sheet and has_sheets:
        note = Sheet("填表说明", is_hidden=look.note_sheet == "hidden")
        note.cells.update({(row, 0): Value(text) for row, text in enumerate(_NOTE)})
        sheets.append(note)
    return sheets, texts
