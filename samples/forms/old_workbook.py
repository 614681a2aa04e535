"""Sheets as a workbook of the old kind (.xls). Where the values are comes from the layout."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import xlwt

from samples.forms.layout import Sheet

MEDIA_TYPE = "application/vnd.ms-excel"
_HIDDEN = 1


def old_workbook(sheets: list[Sheet]) -> bytes:
    """The sheets as an xls file. Formulas are written as their results: the writer could not keep both."""
    target = BytesIO()
    book = xlwt.Workbook(encoding="utf-8")
    styles: dict[str, xlwt.XFStyle] = {}
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        page.visibility = _HIDDEN if sheet.is_hidden else 0
        starts = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merged}
        for (row, column), value in sheet.cells.items():
            style = styles.setdefault(value.format, xlwt.easyxf("align: wrap on", num_format_str=value.format))
            content = float(value.content) if isinstance(value.content, Decimal) else value.content
            if (row, column) in starts:
                bottom, right = starts[row, column]
                page.write_merge(row, bottom, column, right, content, style)
            else:
                page.write(row, column, content, style)
    book.save(target)
    return target.getvalue()
