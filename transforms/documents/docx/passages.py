"""Paragraph elements -> printed paragraphs: label and text, heading level, what stands before and after.

Where they stand in the document, and what becomes of them, is body.py's business.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.documents.docx.names import PARAGRAPH_PROPERTIES, RUN_PROPERTIES, is_on, number, w
from transforms.documents.docx.numbering import Numbering
from transforms.documents.docx.runs import Passage, Runs
from transforms.documents.docx.styles import Style, Styles, level_of, style_id_of
from transforms.documents.package import Element

_LONGEST_HEADING = 80
_NO_LIST = "0"
_BARE = re.compile(r"[\d一二三四五六七八九十百]+ ?")
_JOINED_BY = (w("del"), w("moveFrom"), w("vanish"), w("specVanish"))
_OUTLINE, _STYLE, _LIST, _LIST_ID, _LIST_LEVEL = w("outlineLvl"), w("pStyle"), w("numPr"), w("numId"), w("ilvl")
_BREAK_BEFORE, _SECTION, _TYPE = w("pageBreakBefore"), w("sectPr"), w("type")


class Printed(NamedTuple):
    """A paragraph as printed, its label in front. ``level``: of a heading; ``bold``: its first stretch of bold type;
    ``breaks_before`` / ``breaks_after``: a page begins with it, or after it; the rest as in Passage."""

    text: str
    level: int | None
    bold: tuple[int, int] | None
    is_contents: bool
    breaks_before: bool
    breaks_after: bool
    passage: Passage


class Passages:
    """Reads the paragraphs of a document in reading order."""

    def __init__(self, styles: Styles, numbering: Numbering, runs: Runs) -> None:
        self._styles, self._numbering, self._runs = styles, numbering, runs
        self._carried: list[Passage] = []

    def read(self, paragraph: Element) -> Printed | None:
        """The paragraph; None when it runs on into the next one, its mark being deleted or hidden."""
        properties = paragraph.find(PARAGRAPH_PROPERTIES)
        style_id = None if properties is None else style_id_of(properties, _STYLE)
        style = self._styles.paragraph(style_id)
        passage = self._runs.read(paragraph, style)
        if properties is not None and _runs_on(properties):
            self._carried.append(passage)
            return None
        front = "".join(carried.text for carried in self._carried)
        boxes = [box for carried in self._carried for box in carried.boxes]
        self._carried = []
        passage.boxes[:0] = boxes
        text = front + passage.text
        label = self._label(properties, style, style_id, is_empty=not text and bool(passage.boxes))
        if text and _BARE.fullmatch(label):
            label = f"{label.strip()}、"  # Word parts the number from the text by room alone
        level = _level(properties, style)
        if len(text) > _LONGEST_HEADING and "。" in text:
            level = None  # body text in a heading's style
        shift, bold = len(label) + len(front), passage.bold
        return Printed(
            label + text,
            level,
            None if bold is None else (bold[0] + shift, bold[1] + shift),
            passage.is_contents or style.is_contents,
            properties is not None and _is_set(properties, _BREAK_BEFORE),
            properties is not None and _ends_page(properties),
            passage,
        )

    def _label(self, properties: Element | None, style: Style, style_id: str | None, is_empty: bool) -> str:
        own = None if properties is None else properties.find(_LIST)
        by_style, inherited = own is None, style.numbering
        if own is not None:
            num_id, level = own.find(_LIST_ID), number(own, _LIST_LEVEL)
            if num_id is not None:
                inherited = (num_id.get(w("val")) or _NO_LIST, level or 0)
            elif inherited is not None and level is not None:
                inherited = (inherited[0], level)
        if inherited is None or inherited[0] == _NO_LIST or is_empty:
            return ""
        return self._numbering.label(*inherited, style_id if by_style else None)


def _level(properties: Element | None, style: Style) -> int | None:
    outline = number(properties, _OUTLINE)
    return style.level if outline is None else level_of(outline) or None


def _is_set(properties: Element, name: str) -> bool:
    switch = properties.find(name)
    return switch is not None and is_on(switch)


def _runs_on(properties: Element) -> bool:
    mark = properties.find(RUN_PROPERTIES)
    return mark is not None and any(_is_set(mark, name) for name in _JOINED_BY)


def _ends_page(properties: Element) -> bool:
    """Whether a section ends with the paragraph, and the next begins on a new page."""
    section = properties.find(_SECTION)
    if section is None:
        return False
    kind = section.find(_TYPE)
    return kind is None or kind.get(w("val")) != "continuous"
