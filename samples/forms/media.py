"""The media that forms are written in, and the writer of each. A further medium is a further line."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from samples.forms import old_workbook, workbook
from samples.forms.layout import Sheet
from samples.forms.printed import compose_forms
from samples.marks import Marks, Places
from samples.media import WRITERS
from samples.style import draw_style
from samples.written import Written


class FormMedium(NamedTuple):
    """``ending`` of the file's name; ``has_sheets``: whether forms stand in sheets with names, several in one or not;
    ``write``: sheets -> the file."""

    ending: str
    has_sheets: bool
    write: Callable[[list[Sheet], Random], Written]


def _sheets(writer: Callable[[list[Sheet]], bytes], media_type: str) -> Callable[[list[Sheet], Random], Written]:
    """Forms as a writer of workbooks writes them, which leaves nothing to chance."""

    def write(sheets: list[Sheet], draw: Random) -> Written:
        del draw
        return Written(writer(sheets), Places(Marks()), "", media_type)

    return write


def _printing(medium: str) -> FormMedium:
    """Forms as the medium's writer of reports prints them."""

    def write(sheets: list[Sheet], draw: Random) -> Written:
        return WRITERS[medium](compose_forms(sheets, draw), draw_style(draw, [medium]), draw)

    return FormMedium(medium, has_sheets=False, write=write)


FORM_MEDIA: dict[str, FormMedium] = {
    "xlsx": FormMedium("xlsx", has_sheets=True, write=_sheets(workbook.workbook, workbook.MEDIA_TYPE)),
    "xls": FormMedium("xls", has_sheets=True, write=_sheets(old_workbook.old_workbook, old_workbook.MEDIA_TYPE)),
    "form-docx": _printing("docx"),
    "form-pdf": _printing("pdf"),
    "form-html": _printing("html"),
}
"""The media of forms by name: those that reports come in too are told from them by their prefix."""
