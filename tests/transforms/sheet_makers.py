"""Workbooks written in a test: rows of values in, bytes out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
import xlwt

Rows = Sequence[Sequence[object]]


def workbook(*sheets: Rows, merged: Mapping[int, Sequence[str]] | None = None, names: Sequence[str] = ()) -> bytes:
    """An .xlsx; a value (number, format) is written with that number format. ``merged``: ranges (A1:C1) by sheet."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for index, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[index] if index < len(names) else None)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, tuple):
                    sheet.write(row, column, value[0], book.add_format({"num_format": value[1]}))
                elif value is not None:
                    sheet.write(row, column, value)
        for reference in (merged or {}).get(index, ()):
            top, left = _position(reference.split(":")[0])
            values = rows[top]
            sheet.merge_range(reference, values[left] if left < len(values) else "")
    book.close()
    return target.getvalue()


def old_workbook(rows: Rows, merged: Sequence[str] = (), hidden: bool = False) -> bytes:
    """An .xls of one sheet, and with ``hidden`` a second, hidden one."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("自评表")
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, tuple):
                sheet.write(row, column, value[0], xlwt.easyxf(num_format_str=value[1]))
            elif value is not None:
                sheet.write(row, column, value)
    for reference in merged:
        (top, left), (bottom, right) = map(_position, reference.split(":"))
        sheet.merge(top, bottom, left, right)
    if hidden:
        other = book.add_sheet("底稿")
        other.write(0, 0, "不报送")
        other.visibility = 1
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def changed(content: bytes, part: str, pattern: str, by: str) -> bytes:
    """The workbook with ``pattern`` replaced in one part of it; the pattern must be there."""
    source, target = ZipFile(BytesIO(content)), BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as out:
        for name in source.namelist():
            data = source.read(name).decode()
            if name == part:
                data, count = re.subn(pattern, by, data, count=1)
                assert count == 1, f"{pattern} is not in {part}"
            out.writestr(name, data)
    return target.getvalue()


def _position(reference: str) -> tuple[int, int]:
    return int(reference[1:]) - 1, ord(reference[0]) - ord("A")
