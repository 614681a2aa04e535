"""Sheets of forms as the bytes of a workbook (xlsx). What stands in them is layout's business."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from samples.forms.layout import Sheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WRITTEN_AT = datetime(2024, 1, 1)  # noqa: DTZ001 - workbooks know no zone; the same bytes at any time


def workbook(sheets: list[Sheet]) -> bytes:
    """The sheets as an xlsx file."""
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
