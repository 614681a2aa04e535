"""The media that forms are written in, and the writer of each. A further medium is a further line."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from samples.forms.layout import Sheet
from samples.forms.printed import compose_forms
from samples.forms.workbook import MEDIA_TYPE, workbook
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


def _workbook(sheets: list[Sheet], draw: Random) -> Written:
    del draw
    return Written(workbook(sheets), Places(Marks()), "", MEDIA_TYPE)


def _printing(medium: str) -> FormMedium:
    """Forms as the medium's writer of reports prints them."""

    def write(sheets: list[Sheet], draw: Random) -> Written:
        return WRITERS[medium](compose_forms(sheets, draw), draw_style(draw, [medium]), draw)

    return FormMedium(medium, has_sheets=False, write=write)


FORM_MEDIA: dict[str, FormMedium] = {
    "xlsx": FormMedium("xlsx", has_sheets=True, write=_workbook),
    "form-docx": _printing("docx"),
    "form-pdf": _printing("pdf"),
    "form-html": _printing("html"),
}
"""The media of forms by name: those that reports come in too are told from them by their prefix."""
