"""Paragraph elements -> printed paragraphs: label and text, heading level, what stands before and after.

Where they stand in the document, and what becomes of them, is body.py's business.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.documents.docx.names import (
    PARAGRAPH_PROPERTIES,
    RUN_PROPERTIES,
    VAL,
    first,
    is_on,
    number,
    value,
    w,
    whole,
)
from transforms.documents.docx.numbering import Numbering
from transforms.documents.docx.runs import Passage, Runs
from transforms.documents.docx.styles import Style, Styles, level_of
from transforms.documents.package import Element

_LONGEST_HEADING = 80
_NO_LIST = "0"
_BARE = re.compile(r"[\d一二三四五六七八九十百]+ ?")
_JOINED_BY = frozenset((w("del"), w("moveFrom"), w("vanish"), w("specVanish")))
Properties = dict[str, Element]
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
        found = first(paragraph, PARAGRAPH_PROPERTIES)
        properties: Properties = {} if found is None else {child.tag: child for child in found}
        style_id = properties[_STYLE].get(VAL) if _STYLE in properties else None
        style = self._styles.paragraph(style_id)
        passage = self._runs.read(paragraph, style)
        if _runs_on(properties.get(RUN_PROPERTIES)):
            self._carried.append(passage)
            return None
        front = self._take_carried(passage)
        text = front + passage.text
        label = self._label(properties, style, style_id, is_empty=not text and bool(passage.boxes))
        if text and _BARE.fullmatch(label):
            label = f"{label.strip()}、"  # Word parts the number from the text by room alone
        is_body = len(text) > _LONGEST_HEADING and "。" in text  # body text in the style of a heading
        shift, bold = len(label) + len(front), passage.bold
        return Printed(
            label + text,
            None if is_body else _level(properties, style),
            None if bold is None else (bold[0] + shift, bold[1] + shift),
            passage.is_contents or style.is_contents,
            _BREAK_BEFORE in properties and is_on(properties[_BREAK_BEFORE]),
            _SECTION in properties and value(properties[_SECTION], _TYPE) != "continuous",
            passage,
        )

    def rest(self) -> Printed | None:
        """What ran on into a paragraph that did not come, its cell, box or stretch of text being at its end."""
        if not self._carried:
            return None
        passage = Passage()
        return Printed(self._take_carried(passage), None, None, False, False, False, passage)

    def _take_carried(self, passage: Passage) -> str:
        """The text that ran on into this passage, which takes over its text boxes."""
        carried, self._carried = self._carried, []
        passage.boxes[:0] = [box for one in carried for box in one.boxes]
        return "".join(one.text for one in carried)

    def _label(self, properties: Properties, style: Style, style_id: str | None, is_empty: bool) -> str:
        own, (num_id, level) = properties.get(_LIST), style.numbering or (_NO_LIST, 0)
        if own is not None:
            num_id, own_level = value(own, _LIST_ID) or num_id, number(own, _LIST_LEVEL)
            level = level if own_level is None else own_level
        if num_id == _NO_LIST or is_empty:
            return ""
        return self._numbering.label(num_id, level, style_id if own is None else None)


def _level(properties: Properties, style: Style) -> int | None:
    if _OUTLINE not in properties:
        return style.level
    outline = whole(properties[_OUTLINE].get(VAL))
    return style.level if outline is None else level_of(outline) or None


def _runs_on(mark: Element | None) -> bool:
    """Whether the properties of a paragraph's mark say that it is deleted or hidden."""
    return mark is not None and any(child.tag in _JOINED_BY and is_on(child) for child in mark)
