"""Bytes of .xls (BIFF) -> sheets, by way of xlrd: the reader of that format that knows number formats.

The sheets themselves, and all that follows from them, are shared with xlsx.
"""

from __future__ import annotations

from io import StringIO

import xlrd

from transforms.documents.model import Document, Unreadable
from transforms.documents.refusals import refusal
from transforms.documents.sheets.number_formats import GENERAL, figure_text, parse_format
from transforms.documents.sheets.sheet import Allowance, Range, Sheet
from transforms.documents.sheets.workbook import to_document

MEDIA_TYPE = "application/vnd.ms-excel"


def read_xls(content: bytes) -> Document:
    """The document in the bytes of an old workbook. Raises Unreadable when it is damaged, encrypted or blank."""
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, on_demand=True, logfile=StringIO()
        )
        allowance = Allowance()
        sheets = [_sheet(book, index, allowance) for index in range(book.nsheets)]
    except (MemoryError, Unreadable):
        raise
    except Exception as error:  # a broken file provokes any error in xlrd
        reason = "encrypted" if "encrypted" in str(error) else "xlsx_damaged"
        raise refusal(reason, f"xls: {type(error).__name__} {error}") from error
    return to_document(sheets, MEDIA_TYPE)


def _sheet(book: xlrd.Book, index: int, allowance: Allowance) -> Sheet:
    source = book.sheet_by_index(index)
    sheet = Sheet(index + 1, source.name, source.visibility != 0)
    if sheet.is_hidden:
        return sheet
    filled = 0
    for row in range(source.nrows):
        texts = [_text(sheet, (row, column), cell, book) for column, cell in enumerate(source.row(row))]
        sheet.cells.update({(row, column): text for column, text in enumerate(texts) if text})
        filled += any(texts)
        allowance.take(sheet, [text for text in texts if text], filled)
    sheet.merged = [Range(top, left, below - 1, beside - 1) for top, below, left, beside in source.merged_cells]
    sheet.hidden_rows = {row for row, info in source.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = {column for column, info in source.colinfo_map.items() if info.hidden}
    return sheet


def _text(sheet: Sheet, position: tuple[int, int], cell: xlrd.sheet.Cell, book: xlrd.Book) -> str:
    kind, value = cell.ctype, cell.value
    if kind == xlrd.XL_CELL_TEXT:
        return str(value).strip()
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
        known = book.format_map.get(style.format_key) if style else None
        return figure_text(value, parse_format(known.format_str) if known else GENERAL, book.datemode == 1)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == xlrd.XL_CELL_ERROR:
        sheet.errors[position] = xlrd.error_text_from_code.get(value, "#N/A")
        return sheet.errors[position]
    return ""
