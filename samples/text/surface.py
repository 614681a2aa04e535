"""The surface of running text: blanks between characters and digits, widths, half-width punctuation, line breaks.

Works on marked text (see ``samples.marks``) and changes no fact.
"""

from __future__ import annotations

import re
from random import Random

from samples.figures import FULL_WIDTH
from samples.marks import CLOSING, CLOSINGS, MARKS, OPENING, unmarked
from samples.style import Style

HALF = str.maketrans("，；：（）", ",;:()")
_HAN = "[\u4e00-\u9fff]"
_BEFORE = re.compile(rf"({_HAN}{MARKS})(?=\d)")
_AFTER = re.compile(rf"(\d[%]?{MARKS})(?={_HAN})")
_TOKEN = re.compile(rf"{MARKS}(?:[\d.,]+[%万亿]?|[A-Za-z]+|.){CLOSINGS}", re.DOTALL)
NO_LINE_START = frozenset("，。、；：！？）》”%,.;:)")
NO_CUT = frozenset(
    "，。、；：！？（）《》“”,.;:()%<>- 　0123456789０１２３４５６７８９．，％第一二三四五六七八九十百千万亿零两"
)
"""Characters beside which a page never cuts a paragraph, so that its halves still read as one."""


def dressed(text: str, style: Style, draw: Random) -> str:
    """The text with the style's blanks, widths and punctuation."""
    if style.punctuation == "mixed" and draw.random() < 0.3:
        text = text.translate(HALF)
    if style.full_width == "all" or (style.full_width == "mixed" and draw.random() < 0.25):
        return text.translate(FULL_WIDTH)
    if style.digit_gap == "all" or (style.digit_gap == "mixed" and draw.random() < 0.5):
        text = _AFTER.sub(r"\1 ", _BEFORE.sub(r"\1 ", text))
    return text


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of about ``width`` characters; numbers stay whole, no line starts with a closing mark."""
    lines, line, length = [], "", 0
    for token in _TOKEN.findall(text):
        visible = unmarked(token)
        if length + len(visible) > width and line and visible[:1] not in NO_LINE_START:
            lines.append(line)
            line, length = "", 0
        line += token
        length += len(visible)
    return [*lines, line] if line else lines


def _before_marks(text: str, place: int) -> int:
    """The place before the opening marks that stand right before ``place``."""
    while place and OPENING <= ord(text[place - 1]) < CLOSING:
        place -= 1
    return place


def cut_place(text: str, about: int) -> int | None:
    """Where, near the ``about``-th visible character, a page may cut the marked text; None when nowhere."""
    seen = 0
    previous = ""
    for place, character in enumerate(text):
        if ord(character) >= OPENING:
            continue
        if seen >= about and previous and previous not in NO_CUT and character not in NO_CUT:
            return _before_marks(text, place) if len(unmarked(text[place:])) >= 8 else None
        previous, seen = character, seen + 1
    return None
