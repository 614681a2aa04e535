"""Workbooks for people: rows under Chinese headings, and a sheet of notes. What the rows say is their caller's.

Text is written as text: what looks like a formula or an address in a report stays letters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.workbook import Format, Worksheet

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
_WIDEST, _NARROWEST = 60, 8
_LONGEST_TEXT = 32_767
"""Characters that a cell holds."""


def write_workbook(
    path: Path, name: str, rows: Sequence[Mapping[str, object]], titles: Mapping[str, str], notes: Sequence[str]
) -> None:
    """One sheet ``name`` of the rows, a column for each of ``titles`` (column name to heading); 说明 has the notes.

    Numbers of more than 15 digits are written as text, which a spreadsheet would round. OSError when the file cannot
    be written.
    """
    with path.open("wb") as file, xlsxwriter.Workbook(file, _OPTIONS) as workbook:
        _fill(workbook, name, rows, titles, notes)


def workbook_bytes(
    name: str, rows: Sequence[Mapping[str, object]], titles: Mapping[str, str], notes: Sequence[str], made_at: datetime
) -> bytes:
    """The same workbook as bytes, said to be made at ``made_at``: always the same for the same content."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {**_OPTIONS, "in_memory": True}) as workbook:
        workbook.set_properties({"created": made_at})
        _fill(workbook, name, rows, titles, notes)
    return buffer.getvalue()


def _fill(
    workbook: xlsxwriter.Workbook,
    name: str,
    rows: Sequence[Mapping[str, object]],
    titles: Mapping[str, str],
    notes: Sequence[str],
) -> None:
    head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#e8eef4"})
    body = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet = workbook.add_worksheet(name)
    sheet.write_row(0, 0, list(titles.values()), head)
    for number, row in enumerate(rows, 1):
        for column, key in enumerate(titles):
            _write(sheet, number, column, row.get(key), body)
    for column, (key, title) in enumerate(titles.items()):
        sheet.set_column(column, column, _width([title, *(str(row.get(key) or "") for row in rows)]))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(titles) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    explained = workbook.add_worksheet("说明")
    explained.set_column(0, 0, _WIDEST * 2)
    explained.write_column(0, 0, notes, body)


def _write(sheet: Worksheet, row: int, column: int, value: object, style: Format) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, int) and abs(value) < 10**15:
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, str(value)[:_LONGEST_TEXT], style)


def _width(texts: Sequence[str]) -> int:
    """Columns that the longest line takes, Chinese characters two each."""
    lines = (line for text in texts for line in text.split("\n"))
    widest = max((sum(2 if east_asian_width(each) in "WF" else 1 for each in line) for line in lines), default=0)
    return min(max(widest + 2, _NARROWEST), _WIDEST)
