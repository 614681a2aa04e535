"""PDFs with text -> Document: pages one after another, their lines handed to assembly.

The way of a file only: what stands on a page is pages.py's business, refusals are worded in refusals.toml.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from functools import cache
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium

from transforms.documents.assembly import assemble
from transforms.documents.model import Document
from transforms.documents.pdf.expansion import refuse_expanding
from transforms.documents.pdf.frame import Frame, Handle
from transforms.documents.pdf.layout import page_lines
from transforms.documents.pdf.pages import Sheet, in_order, read_sheets
from transforms.documents.pdf.substitute_font import Substitutes
from transforms.documents.refusals import refusal

LARGEST_BYTES = 64 * 1024 * 1024
MOST_PAGES = 500
MOST_CHARACTERS = 1_000_000
_TAIL = 4096
_END = (b"startxref", b"%%EOF")
_FEWEST_CHARACTERS = 20  # a page, below which a document of pictures is a scan
_MOST_UNREADABLE = 0.02  # of all characters: more than some ornaments
_PDFIUM = Lock()  # pdfium bears one thread only


def read_pdf(content: bytes) -> Document:
    """The document in the bytes of a PDF. Raises Unreadable when it is encrypted, damaged, without text, or has too
    many pages, objects or characters, or unpacks to too much."""
    if len(content) > LARGEST_BYTES:
        raise refusal("too_large", f"{len(content)} bytes", limit=LARGEST_BYTES // 1024 // 1024)
    if not any(mark in content[-_TAIL:] for mark in _END):
        raise refusal("pdf_damaged", "the end is missing")
    refuse_expanding(content)
    with _PDFIUM:
        sheets = _read_sheets(content)
    _check(sheets)
    lines, grids = page_lines(in_order(sheets))
    document = assemble(lines, "application/pdf", lines[-1].number)
    document.grids = grids
    return document


def _read_sheets(content: bytes) -> list[Sheet]:
    source = _opened(content)
    try:
        if not 0 < len(source) <= MOST_PAGES:
            reason = "pdf_pages" if len(source) else "pdf_damaged"
            raise refusal(reason, f"{len(source)} pages", limit=MOST_PAGES)
        return list(_sheets(source))
    finally:
        source.close()


@cache
def _fonts() -> Substitutes:
    """Sets the substitute font up, once a process."""
    fonts = Substitutes()
    fonts.setup()
    return fonts


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    _fonts()
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise refusal("encrypted" if is_locked else "pdf_damaged", str(error)) from error


def _sheets(source: pypdfium2.PdfDocument) -> Iterator[Sheet]:
    count = 0
    for at in range(len(source)):
        handle = pdfium.FPDF_LoadPage(source.raw, at)
        if not handle:
            raise refusal("pdf_damaged", f"page {at + 1} cannot be loaded")
        try:
            columns = read_sheets(handle, _frame(handle), at + 1)
        finally:
            pdfium.FPDF_ClosePage(handle)
        count += sum(column.character_count for column in columns)
        if count > MOST_CHARACTERS:
            raise refusal("pdf_characters", f"more than {MOST_CHARACTERS} characters", limit=MOST_CHARACTERS // 10_000)
        yield from columns


def _frame(handle: Handle) -> Frame:
    """The visible part of the page: its crop box within its media box."""
    boxes = []
    for read in (pdfium.FPDFPage_GetMediaBox, pdfium.FPDFPage_GetCropBox):
        sides = [ctypes.c_float() for _ in range(4)]
        if read(handle, *sides):
            boxes.append([side.value for side in sides])
    if not boxes:
        return Frame(0.0, 0.0, 612.0, 792.0)
    left, bottom = (max(box[at] for box in boxes) for at in (0, 1))
    right, top = (min(box[at] for box in boxes) for at in (2, 3))
    return Frame(left, bottom, right, top)


def _check(sheets: list[Sheet]) -> None:
    """Refuses documents without text: scans, and those whose fonts do not say what their characters are."""
    characters = sum(sheet.character_count for sheet in sheets)
    unreadable = sum(sheet.unreadable_count for sheet in sheets)
    if unreadable > _MOST_UNREADABLE * characters:
        raise refusal("pdf_unmapped", f"{unreadable} of {characters} characters without meaning")
    is_scan = any(sheet.has_picture for sheet in sheets) and characters < _FEWEST_CHARACTERS * len(sheets)
    if is_scan or not characters:
        raise refusal("pdf_scan", f"{characters} characters on {len(sheets)} pages")
