"""Workbooks for people: rows under Chinese headings, and a sheet of notes. What the rows say is their caller's.

Text is written as text: what looks like a formula or an address in a report stays letters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from unicodedata import east_asian_width

import polars as pl
import polars.selectors as cs
import xlsxwriter
from xlsxwriter.workbook import Format, Worksheet

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
_WIDEST, _NARROWEST = 60, 8
_MEASURED = 200
"""Rows that the widths of a frame's columns are taken from."""
_CENTS = -2
"""The exponent of an amount to the fen."""
_LONGEST_TEXT = 32_767
"""Characters that a cell holds."""
LARGEST_SHEET = 1_000_000
"""Rows of one sheet; a spreadsheet reads 1,048,576."""
_DIGITS = 15
"""Significant digits that a spreadsheet keeps of a number."""
_LONGEST_NAME = 28
"""Characters of a sheet's name, less those of a number behind it."""


def write_workbook(
    path: Path, name: str, rows: Sequence[Mapping[str, object]], titles: Mapping[str, str], notes: Sequence[str]
) -> None:
    """One sheet ``name`` of the rows, a column for each of ``titles`` (column name to heading); 说明 has the notes.

    Numbers of more than 15 digits are written as text, which a spreadsheet would round. OSError when the file cannot be
    written.
    """
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as workbook:
        _fill(workbook, name, rows, titles, notes)
    path.write_bytes(buffer.getbuffer())


def workbook_bytes(
    name: str, rows: Sequence[Mapping[str, object]], titles: Mapping[str, str], notes: Sequence[str], made_at: datetime
) -> bytes:
    """The same workbook as bytes, said to be made at ``made_at``: always the same for the same content."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {**_OPTIONS, "in_memory": True}) as workbook:
        workbook.set_properties({"created": made_at})
        _fill(workbook, name, rows, titles, notes)
    return buffer.getvalue()


def write_frame(
    path: Path, name: str, frame: pl.DataFrame, notes: Sequence[Sequence[str | None]], made_at: datetime
) -> None:
    """A frame under its own column names, on as many sheets ``name`` as it takes, and its notes on the sheet 说明.

    Text that does not fit its cell ends in 32,767 characters, which the notes then say; always the same bytes for the
    same content. OSError when the file cannot be written.
    """
    with path.open("wb") as file, xlsxwriter.Workbook(file, {**_OPTIONS, "constant_memory": True}) as workbook:
        workbook.set_properties({"created": made_at})
        styles = _Styles(workbook)
        sheets = [frame[start : start + LARGEST_SHEET] for start in range(0, max(frame.height, 1), LARGEST_SHEET)]
        for number, part in enumerate(sheets, 1):
            _fill_frame(workbook, name[:_LONGEST_NAME] + (f" {number}" if len(sheets) > 1 else ""), part, styles)
        explained = workbook.add_worksheet("说明")
        explained.set_column(0, 0, _WIDEST // 2)
        for number, note in enumerate([*notes, *_cut_notes(frame)]):
            explained.write_row(number, 0, note)


def _fill_frame(workbook: xlsxwriter.Workbook, name: str, frame: pl.DataFrame, styles: _Styles) -> None:
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(frame.height, 1), frame.width - 1)
    for column, title in enumerate(frame.columns):
        sheet.set_column(column, column, _width([title, *map(str, frame[title].head(_MEASURED).drop_nulls())]))
    sheet.write_row(0, 0, frame.columns, styles.head)
    for number, row in enumerate(frame.iter_rows(), 1):
        for column, value in enumerate(row):
            _write(sheet, number, column, value, styles)


def _cut_notes(frame: pl.DataFrame) -> list[list[str]]:
    texts = frame.select((cs.string().str.len_chars() > _LONGEST_TEXT).sum())
    return [
        [f"“{name}”有 {count} 格超过 {_LONGEST_TEXT:,} 字，只写入前面的部分；全文见 csv 或 parquet。"]
        for name, count in (texts.row(0, named=True) if texts.width else {}).items()
        if count
    ]


class _Styles:
    """The formats of a workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self.head: Format = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#e8eef4"}
        )
        self.body: Format = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.amount: Format = workbook.add_format({"valign": "top", "num_format": "#,##0.00"})
        self.fraction: Format = workbook.add_format({"valign": "top", "num_format": "0.00####"})
        self.day: Format = workbook.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})


def _fill(
    workbook: xlsxwriter.Workbook,
    name: str,
    rows: Sequence[Mapping[str, object]],
    titles: Mapping[str, str],
    notes: Sequence[str],
) -> None:
    styles = _Styles(workbook)
    sheet = workbook.add_worksheet(name)
    sheet.write_row(0, 0, list(titles.values()), styles.head)
    for number, row in enumerate(rows, 1):
        for column, key in enumerate(titles):
            _write(sheet, number, column, row.get(key), styles)
    for column, (key, title) in enumerate(titles.items()):
        sheet.set_column(column, column, _width([title, *(str(row.get(key) or "") for row in rows)]))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(titles) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    explained = workbook.add_worksheet("说明")
    explained.set_column(0, 0, _WIDEST * 2)
    explained.write_column(0, 0, notes, styles.body)


def _write(sheet: Worksheet, row: int, column: int, value: object, styles: _Styles) -> None:
    if value is None:
        sheet.write_blank(row, column, None, styles.body)
    elif isinstance(value, int) and abs(value) < 10**_DIGITS:
        sheet.write_number(row, column, value, styles.body)
    elif isinstance(value, Decimal) and len(value.as_tuple().digits) <= _DIGITS:
        is_amount = value.as_tuple().exponent == _CENTS
        sheet.write_number(row, column, value, styles.amount if is_amount else styles.fraction)
    elif isinstance(value, date) and not isinstance(value, datetime):
        sheet.write_datetime(row, column, value, styles.day)
    else:
        sheet.write_string(row, column, str(value)[:_LONGEST_TEXT], styles.body)


def _width(texts: Sequence[str]) -> int:
    """Columns that the longest line takes, Chinese characters two each."""
    lines = {line[:_WIDEST] for text in texts for line in text.split("\n")}
    widest = max((sum(2 if east_asian_width(each) in "WF" else 1 for each in line) for line in lines), default=0)
    return min(max(widest + 2, _NARROWEST), _WIDEST)
