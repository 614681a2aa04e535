"""Marks that send the reader to a footnote: small figures raised behind a word, no part of the text.

What stands in the footnote itself belongs to footnotes.py.
"""

from __future__ import annotations

import ctypes
from math import hypot

import pypdfium2.raw as pdfium

from transforms.documents.pdf.frame import Box, Frame, Handle

MARKS = frozenset("0123456789[]①②③④⑤⑥⑦⑧⑨⑩*")
_LOWER = 0.9  # of the height of the box of the character before
_SMALL = 0.8  # of the size of the character before
_RAISED = 0.15  # of that size


def is_smaller(box: Box, last: Box) -> bool:
    """Whether a character's box could be that of a mark behind the box of the character before."""
    size = max(last.height, last.width)  # the box of 。 is low
    is_right = box.left > last.left and box.left - last.right < size
    return is_right and box.bottom < last.bottom and box.height < _LOWER * size


def is_note_mark(text_page: Handle, last: int, at: int, raised: float) -> bool:
    """Whether the character ``at`` is a small one ``raised`` by so many points behind ``last``, which is no letter (as
    that of m² is)."""
    letter = pdfium.FPDFText_GetUnicode(text_page, last)
    if letter < 128 and chr(letter).isalpha():
        return False
    size, usual = _size(text_page, at), _size(text_page, last)
    return size < _SMALL * usual and raised > _RAISED * usual


def _size(text_page: Handle, at: int) -> float:
    """The size of a character's type as printed."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, at, matrix)
    return float(pdfium.FPDFText_GetFontSize(text_page, at) * (hypot(matrix.c, matrix.d) or 1.0))


class Origin:
    """Where the characters of a page stand, whatever their fonts say of their sizes."""

    def __init__(self, text_page: Handle, frame: Frame) -> None:
        self._text_page, self._frame = text_page, frame
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._places = ctypes.byref(self._x), ctypes.byref(self._y)

    def base(self, at: int) -> float:
        """The line on which a character stands, as seen by the reader."""
        pdfium.FPDFText_GetCharOrigin(self._text_page, at, *self._places)
        return self._frame.y(self._x.value, self._y.value)
