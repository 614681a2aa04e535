"""Loaded by the process that reading processes are forked from: it reads one small report and one form, so that
lexicons are loaded and patterns compiled once, before the first fork. Speed only; nothing else belongs here or
imports this.
"""

from __future__ import annotations

import gc
import tomllib
from html import escape
from importlib import resources
from io import BytesIO
from zipfile import ZipFile

import transforms.reading_worker  # noqa: F401 - what the forked processes run
from transforms.departments.registry import Registry
from transforms.reading_file import ReadItem, read_file

_PARTS: dict[str, str] = tomllib.loads(
    resources.files("transforms").joinpath("reading_preload.toml").read_text("utf-8")
)


def _workbook(form: str) -> bytes:
    """A workbook with one sheet: a row a line, TAB between its cells."""
    cells = [
        [f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row.split("\t")] for row in form.split("\n")
    ]
    sheet = "".join(f"<row>{''.join(row)}</row>" for row in cells)
    target = BytesIO()
    with ZipFile(target, "w") as package:
        package.writestr("_rels/.rels", _PARTS["package_relations"])
        package.writestr("xl/workbook.xml", _PARTS["workbook"])
        package.writestr("xl/_rels/workbook.xml.rels", _PARTS["workbook_relations"])
        package.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{sheet}</sheetData></worksheet>")
    return target.getvalue()


PRELOADED = [
    ReadItem(0, "preload.txt", _PARTS["report"].encode()),
    ReadItem(1, "preload.xlsx", _workbook(_PARTS["form"])),
]
"""The files read here: between them they touch every group of facts."""

for _item in PRELOADED:
    read_file(_item, Registry(()))
gc.collect()
gc.freeze()  # what is loaded stays: forked processes share it and need not look through it
