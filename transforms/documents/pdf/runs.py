"""The characters of a page as runs: pieces of text on one line without wide gaps between their characters.

Reading pdfium's text page only; which runs make up a line or a cell is decided elsewhere.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

import pypdfium2.raw as pdfium

from transforms.documents.pdf.characters import UNREADABLE, character_of, is_blank
from transforms.documents.pdf.frame import Box, Frame, Handle
from transforms.documents.pdf.note_marks import MARKS, Origin, is_note_mark, is_smaller

_GAP = 0.45  # of an em: a wider gap parts runs
_WORD_GAP = 0.12  # of an em: where the text has a blank, a narrower gap is none
_HARDLY = 0.05  # of the height of a character
_SAME = 0.3  # of a character's width: the same character again within it is printed bold
_SMALLEST = 1.5
_FIRST_WIDE = 0x2E80
_HEIGHTS_PER_EM = 1.1  # of a Latin character's loose box
_RISE = 0.38  # of an em: the middle of a Chinese character above the line on which it stands


class Glyph(NamedTuple):
    """A character, where it stands, the line on which it stands, whether a blank stands before it in the text, and
    whether it is part of the same sign as the one before it (——, ffi)."""

    text: str
    box: Box
    base: float
    after_blank: bool
    is_part: bool


@dataclass(slots=True)
class Run:
    """A piece of text on one line: ``lefts`` are where its characters begin, ``em`` is the width of a Chinese one, and
    so high is its box."""

    text: str
    box: Box
    lefts: list[float]
    em: float

    @property
    def is_wide(self) -> bool:
        """Whether Chinese characters are among it, so that ``em`` is exact."""
        return any(ord(character) >= _FIRST_WIDE for character in self.text)

    def cut(self, x: float) -> tuple[Run, Run] | None:
        """The pieces left and right of ``x``; None when all of it lies on one side."""
        at = sum(left < x for left in self.lefts)
        if at in (0, len(self.lefts)):
            return None
        left, top, right, bottom = self.box
        middle = min(self.lefts[at], right)
        first = Run(self.text[:at].rstrip(), Box(left, top, middle, bottom), self.lefts[:at], self.em)
        return first, Run(self.text[at:].lstrip(), Box(middle, top, right, bottom), self.lefts[at:], self.em)


def read_runs(page: Handle, frame: Frame) -> tuple[list[Run], int]:
    """The runs of a page (its handle) within its frame, in the order in which they are drawn, and how many characters
    have no meaning (their font does not say what they are)."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return [], 0
    try:
        glyphs, unreadable = _glyphs(text_page, frame)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return _without_doubles(list(_runs(glyphs))), unreadable


def _glyphs(text_page: Handle, frame: Frame) -> tuple[list[Glyph], int]:
    """The glyphs, marks of footnotes left out, and how many of them say nothing."""
    has_map_error, get_box = pdfium.FPDFText_HasUnicodeMapError, pdfium.FPDFText_GetLooseCharBox
    glyphs: list[Glyph] = []
    corners = pdfium.FS_RECTF()
    origin = Origin(text_page, frame)
    visible = frame.visible
    after_blank, unreadable, before = False, 0, -1
    for at, code in _codes(text_page):
        is_lost = has_map_error(text_page, at) == 1
        if not is_lost and is_blank(code):
            after_blank = True
            continue
        text = UNREADABLE if is_lost else character_of(code)
        get_box(text_page, at, corners)
        box = frame.box(corners.left, corners.bottom, corners.right, corners.top)
        if max(box.width, box.height) < _SMALLEST or not visible.holds((box.left + box.right) / 2, box.middle):
            continue
        last = glyphs[-1] if glyphs else None
        base = origin.base(at)
        is_mark = last and text in MARKS and is_smaller(box, last.box)
        if last and is_mark and is_note_mark(text_page, before, at, last.base - base):
            continue
        unreadable += text == UNREADABLE
        is_part = last is not None and box == last.box and _is_one_piece(text_page, at)
        glyphs.append(Glyph(text, box, base, after_blank, is_part))
        after_blank, before = False, at
    return _spread(glyphs), unreadable


def _codes(text_page: Handle) -> Iterator[tuple[int, int]]:
    """The number of each character and its code; characters beyond the BMP come as UTF-16 halves."""
    high = 0
    for at in range(pdfium.FPDFText_CountChars(text_page)):
        code = pdfium.FPDFText_GetUnicode(text_page, at)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code, high = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0, 0
        yield at, code


def _is_one_piece(text_page: Handle, at: int) -> bool:
    """Whether a character and the one before it come from one text object: standing in one place they are one sign
    for several characters, else one is printed over the other."""
    objects = [pdfium.FPDFText_GetTextObject(text_page, number) for number in (at - 1, at)]
    addresses = [ctypes.cast(one, ctypes.c_void_p).value for one in objects]
    return addresses[0] is not None and addresses[0] == addresses[1]


def _spread(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs, those that are parts of one sign side by side in its box."""
    if not any(glyph.is_part for glyph in glyphs):
        return glyphs
    start = 0
    for stop in range(1, len(glyphs) + 1):
        if stop < len(glyphs) and glyphs[stop].is_part:
            continue
        if stop - start > 1:
            left, top, right, bottom = glyphs[start].box
            width = (right - left) / (stop - start)
            for order, at in enumerate(range(start, stop)):
                side = left + order * width
                glyphs[at] = glyphs[at]._replace(box=Box(side, top, side + width, bottom))
        start = stop
    return glyphs


def _runs(glyphs: list[Glyph]) -> Iterator[Run]:
    """The glyphs in runs; a character printed twice in one place is there once."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run:
            last = run[-1]
            if glyph.text == last.text and _is_over(last.box, glyph.box):
                continue
            if not _goes_on(last, glyph):
                yield _run(run)
                run = []
        run.append(glyph)
    if run:
        yield _run(run)


def _is_over(last: Box, box: Box) -> bool:
    """Whether a character is printed over the one before it, hardly aside."""
    is_near = abs(box.left - last.left) < _SAME * last.width
    return is_near and abs(box.top - last.top) < _SAME * last.height


def _em(glyph: Glyph) -> float:
    box = glyph.box
    return box.right - box.left if ord(glyph.text) >= _FIRST_WIDE else (box.bottom - box.top) / _HEIGHTS_PER_EM


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    left, top, _, bottom = glyph.box
    before, upper, right, lower = last.box
    if left > before and abs(left - right) < _HARDLY * (bottom - top) and top == upper and bottom == lower:
        return True  # what holds for most
    em = max(_em(last), _em(glyph))
    return -0.5 * em < glyph.box.left - last.box.right < _GAP * em and _is_beside(last.box, glyph.box)


def _is_beside(last: Box, box: Box) -> bool:
    overlap = min(last.bottom, box.bottom) - max(last.top, box.top)
    return box.left > last.left and overlap >= 0.5 * min(last.bottom - last.top, box.bottom - box.top)


def _run(glyphs: list[Glyph]) -> Run:
    text, lefts = "", []
    right = glyphs[0].box.left
    em = max(map(_em, [glyph for glyph in glyphs if ord(glyph.text) >= _FIRST_WIDE] or glyphs))
    for glyph in glyphs:
        box = glyph.box
        if text and glyph.after_blank and box.left - right > _WORD_GAP * em:
            text += " "
            lefts.append(right)
        text += glyph.text
        lefts += [box.left] * len(glyph.text)
        right = box.right
    middle = median(glyph.base for glyph in glyphs) - _RISE * em
    right = max(glyph.box.right for glyph in glyphs)
    return Run(text, Box(glyphs[0].box.left, middle - em / 2, right, middle + em / 2), lefts, em)


def _without_doubles(runs: list[Run]) -> list[Run]:
    """The runs without those printed again, hardly aside, to look bold."""
    seen: dict[str, list[Box]] = {}
    kept: list[Run] = []
    for run in runs:
        near = _SAME * run.em
        boxes = seen.setdefault(run.text, [])
        if any(abs(box.left - run.box.left) < near and abs(box.top - run.box.top) < near for box in boxes):
            continue
        boxes.append(run.box)
        kept.append(run)
    return kept
