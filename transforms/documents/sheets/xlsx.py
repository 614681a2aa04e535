"""Bytes of .xlsx and .xlsm -> sheets: text of each cell, merged ranges, hidden parts, formulas by their stored results.

Read from the XML itself, so that figures are the file's own decimals and no extent is allocated before it is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from transforms.documents.model import Document
from transforms.documents.package import Element, Package, children, local
from transforms.documents.refusals import refusal
from transforms.documents.sheets.number_formats import GENERAL, NumberFormat, built_in, figure_text, parse_format
from transforms.documents.sheets.sheet import Allowance, Range, Sheet
from transforms.documents.sheets.workbook import to_document
from transforms.documents.tables.error_cells import UNCALCULATED

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DAMAGED = "xlsx_damaged"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS = {letter: number for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1)}
_NO_FORMULA = re.compile(r"\d[\d,]*(?:\.\d+)?\s*[%‰]?[\u4e00-\u9fff㎡][\u4e00-\u9fff㎡/]*")
_PERCENTAGE = re.compile(r"\d+(?:\.\d+)?%")


@dataclass(frozen=True, slots=True)
class _Workbook:
    texts: list[str]
    formats: list[NumberFormat]
    is_1904: bool


def read_xlsx(content: bytes) -> Document:
    """The document in the bytes of a workbook. Raises Unreadable when it is damaged, encrypted, too large, binary
    (.xlsb) or blank."""
    try:
        return to_document(_sheets(Package(content, _DAMAGED)), MEDIA_TYPE)
    except (ValueError, ArithmeticError) as error:  # parts that are sound XML and no sound workbook
        raise refusal(_DAMAGED, f"{type(error).__name__} {error}") from error


def _sheets(package: Package) -> list[Sheet]:
    main = package.document()
    if main.endswith(".bin"):
        raise refusal("xlsb", f"binary workbook {main}")
    root, relations = package.xml(main), package.relations(main)
    workbook = _Workbook(_texts(package, relations), _formats(package, relations), _is_1904(root))
    sheets, allowance = [], Allowance()
    for ordinal, entry in enumerate(_entries(root), 1):
        kind, part = relations.get(_relation(entry), ("", ""))
        if kind.endswith("/worksheet"):
            sheet = Sheet(ordinal, entry.get("name") or str(ordinal), entry.get("state", "visible") != "visible")
            if not sheet.is_hidden:
                _fill(sheet, package.elements(part, "row", "cols", "mergeCells"), workbook, allowance)
            sheets.append(sheet)
    return sheets


def _entries(root: Element) -> list[Element]:
    return [entry for group in children(root, "sheets") for entry in children(group, "sheet")]


def _relation(entry: Element) -> str:
    return next((str(value) for name, value in entry.attrib.items() if name.endswith("}id")), "")


def _is_1904(root: Element) -> bool:
    return any(entry.get("date1904") in ("1", "true") for entry in children(root, "workbookPr"))


def _part(relations: dict[str, tuple[str, str]], kind: str) -> str | None:
    return next((part for relation, part in relations.values() if relation.endswith(kind)), None)


def _texts(package: Package, relations: dict[str, tuple[str, str]]) -> list[str]:
    part = _part(relations, "/sharedStrings")
    return [_rich_text(entry) for entry in package.xml(part)] if part in package.names and part else []


def _rich_text(entry: Element) -> str:
    """The text of a string item, its runs joined; readings of characters (rPh) are none of it."""
    pieces = []
    for child in entry:
        if local(child) == "t":
            pieces.append(child.text or "")
        elif local(child) == "r":
            pieces += [text.text or "" for text in children(child, "t")]
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _formats(package: Package, relations: dict[str, tuple[str, str]]) -> list[NumberFormat]:
    """The number format of each cell style."""
    part = _part(relations, "/styles")
    if part is None or part not in package.names:
        return []
    root = package.xml(part)
    codes = {
        entry.get("numFmtId"): entry.get("formatCode", "")
        for group in children(root, "numFmts")
        for entry in children(group, "numFmt")
    }
    styles = [style for group in children(root, "cellXfs") for style in children(group, "xf")]
    numbers = [style.get("numFmtId", "0") for style in styles]
    return [parse_format(codes.get(number) or built_in(int(number) if number.isdecimal() else 0)) for number in numbers]


def _fill(sheet: Sheet, parts: Iterator[Element], workbook: _Workbook, allowance: Allowance) -> None:
    row, filled = -1, 0
    for part in parts:
        name = local(part)
        if name == "row":
            row = int(part.get("r", row + 2)) - 1
            texts = _read_row(sheet, part, row, workbook)
            filled += bool(texts)
            allowance.take(sheet, texts, filled)
        elif name == "cols":
            for column in part:
                if column.get("hidden") in ("1", "true"):
                    first, last = int(column.get("min", 1)), int(column.get("max", 1))
                    sheet.hidden_columns.update(range(first - 1, min(last, first + 1000)))
        elif name == "mergeCells":
            sheet.merged += [span for merged in part if (span := _range(merged.get("ref", "")))]


def _range(reference: str) -> Range | None:
    corners = [position for corner in reference.split(":") if (position := _position(corner))]
    return Range(*corners[0], *corners[1]) if len(corners) == 2 else None


@lru_cache(maxsize=4096)  # each sheet has the same
def _position(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = 26 * column + _LETTERS[letter]
    return int(match[2]) - 1, column - 1


def _read_row(sheet: Sheet, entry: Element, row: int, workbook: _Workbook) -> list[str]:
    """Reads a row into the sheet; the texts in it."""
    if row < 0:
        raise ValueError(f"row {row + 1}")
    if entry.get("hidden") in ("1", "true"):
        sheet.hidden_rows.add(row)
    texts = []
    for position, cell in _positioned(entry, row):
        text = _text(sheet, position, cell, workbook) if len(cell) else ""
        if text:
            sheet.cells[position] = text
            texts.append(text)
    return texts


def _positioned(entry: Element, row: int) -> Iterator[tuple[tuple[int, int], Element]]:
    """The cells of a row; one without a reference stands right of the one before."""
    column = -1
    for cell in entry:
        position = _position(cell.get("r") or "")
        column = column + 1 if position is None else position[1]
        yield (row, column), cell


def _text(sheet: Sheet, position: tuple[int, int], cell: Element, workbook: _Workbook) -> str:
    kind, value, formula = cell.get("t", "n"), None, None
    for child in cell:
        name = local(child)
        if name == "v":
            value = child.text or ""
        elif name == "f":
            formula = child.text or ""
        elif name == "is":
            return _rich_text(child)
    if formula is not None and _is_meant_as_text(formula, kind, cell.get("s"), workbook):
        kind, value = "str", f"={formula}"
    if formula is not None and (value is None or (not value and kind != "str")):
        sheet.uncalculated[position] = f"={formula}"
        return UNCALCULATED
    if kind == "e" and value:
        sheet.errors[position] = value
    return _value(kind, value or "", cell.get("s"), workbook)


def _is_meant_as_text(formula: str, kind: str, style: str | None, workbook: _Workbook) -> bool:
    """Whether what stands behind the = is no calculation but a value, the = its sign: a figure with its unit (=12次),
    which no program can calculate, or a percentage (=100%) that its cell shows as a plain 1."""
    if _NO_FORMULA.fullmatch(formula):
        return True
    is_plain = kind == "n" and not _format(style, workbook).is_percent
    return is_plain and _PERCENTAGE.fullmatch(formula) is not None


def _value(kind: str, value: str, style: str | None, workbook: _Workbook) -> str:
    if not value:
        return ""
    if kind == "s":
        return workbook.texts[int(value)] if value.isdecimal() and int(value) < len(workbook.texts) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind == "d":
        return datetime.fromisoformat(value).date().isoformat()
    if kind != "n":
        return _unescaped(value)
    return figure_text(float(value), _format(style, workbook), workbook.is_1904)


def _format(style: str | None, workbook: _Workbook) -> NumberFormat:
    index = int(style or 0)
    return workbook.formats[index] if index < len(workbook.formats) else GENERAL
