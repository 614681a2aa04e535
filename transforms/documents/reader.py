"""Bytes of any file -> Document: the content decides the medium, and with it the reader.

Reading a medium belongs to its own module.
"""

from __future__ import annotations

from collections.abc import Callable

from transforms.documents.docx.reader import read_docx
from transforms.documents.html.reader import read_html, read_mhtml
from transforms.documents.legacy import read_doc, read_odt, read_rtf
from transforms.documents.media import TEXT, medium_of
from transforms.documents.model import Document
from transforms.documents.pdf.reader import read_pdf
from transforms.documents.refusals import refusal
from transforms.documents.sheets.xls import read_xls
from transforms.documents.sheets.xlsx import read_xlsx
from transforms.documents.tables.error_cells import note_error_cells
from transforms.documents.text import read_text

_READERS: dict[str, Callable[[bytes], Document]] = {
    TEXT: read_text,
    "docx": read_docx,
    "doc": read_doc,
    "rtf": read_rtf,
    "odt": read_odt,
    "html": read_html,
    "mhtml": read_mhtml,
    "xlsx": read_xlsx,
    "xls": read_xls,
    "pdf": read_pdf,
}


def read_document(content: bytes, file_name: str) -> Document:
    """The document in ``content``; ``file_name`` is for messages only and decides nothing. Raises Unreadable with
    what to send instead when the medium cannot be read."""
    medium = medium_of(content)
    if medium not in _READERS:
        raise refusal(medium, f"{file_name}: {medium}, {len(content)} bytes")
    document = _READERS[medium](content)
    note_error_cells(document)
    return document
