"""Runs as printed lines, and the lines of a cell as its text.

Where lines stand among tables and columns of text belongs to flow.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.documents.pdf.frame import Box
from transforms.documents.pdf.runs import Run

_SAME_LINE = 0.5  # of the height of the smaller one
_BLANK = 0.5  # of an em: the width of a blank
_MOST_BLANKS = 120
_SIZES = 0.1  # by which characters of one text differ in width
_EDGE = 0.35  # of an em, by which a full line may fall short of its column
_UNBROKEN = re.compile(r"(?:[\dA-Za-z.,%％]{1,30}|.)[，。、；：！？）》”’%％,.;:)\]】〉」』]*")
_HANGING = frozenset("，。、；：！？,.;:")
_NUMBER_END = re.compile(r"[\d.,]$")
_NUMBER_START = re.compile(r"[\d.,%％]")


@dataclass(slots=True)
class PrintedLine:
    """Runs on one line, from left to right. ``is_furniture``: it stands on other pages too, in the same place."""

    runs: list[Run]
    box: Box
    is_furniture: bool = False

    @property
    def em(self) -> float:
        """The width of its widest characters."""
        return max(run.em for run in self.runs)

    @property
    def text(self) -> str:
        """Its text, gaps as wide as they are printed in blanks of half a character."""
        text, right = "", self.box.left
        for run in self.runs:
            text += " " * self.blanks(run.box.left - right) + run.text if text else run.text
            right = run.box.right
        return text

    @property
    def reach(self) -> float:
        """How far its text reaches: marks at its end may stand beyond the edge."""
        last = self.runs[-1]
        return last.lefts[-1] if last.text[-1:] in _HANGING and len(last.lefts) > 1 else self.box.right

    def blanks(self, gap: float) -> int:
        """How many blanks fill a gap."""
        return min(max(round(gap / (_BLANK * max(self.em, 1.0))), 1), _MOST_BLANKS)


def printed_lines(runs: list[Run]) -> list[PrintedLine]:
    """The lines that the runs make up, from the top down."""
    lines: list[list[Run]] = []
    middle, height = 0.0, 0.0
    for run in sorted(runs, key=lambda one: one.box.middle):
        if lines and run.box.middle - middle <= _SAME_LINE * min(height, run.box.height):
            lines[-1].append(run)
            continue
        lines.append([run])
        middle, height = run.box.middle, run.box.height
    return [_line(sorted(line, key=lambda one: one.box.left)) for line in lines]


def _line(runs: list[Run]) -> PrintedLine:
    tallest = max(runs, key=lambda one: one.box.height).box
    return PrintedLine(runs, Box(runs[0].box.left, tallest.top, max(run.box.right for run in runs), tallest.bottom))


def cell_text(lines: list[PrintedLine], right: float) -> str:
    """The text of a cell. ``right``: how far text reaches in its column; a line that the next line's first word would
    have carried beyond it was wrapped there, others end with a line break."""
    text = ""
    above: PrintedLine | None = None
    for line in lines:
        if above is not None:
            text += _joint(above, line, right)
        text += line.text
        above = line
    return text


def has_room(above: PrintedLine, line: PrintedLine, right: float) -> bool:
    """Whether the first word of a line would have found room on the line above, up to ``right``."""
    run = line.runs[0]
    word = _UNBROKEN.match(run.text)
    width = run.box.width * (len(word[0]) / len(run.text)) if word else 0.0
    return above.box.right + width <= right - _EDGE * line.em


def is_alike(above: PrintedLine, below: PrintedLine) -> bool:
    """Whether two lines may be of one text: their characters are equally wide, as far as that can be told."""
    if not (any(run.is_wide for run in above.runs) and any(run.is_wide for run in below.runs)):
        return True
    return abs(above.em - below.em) <= _SIZES * max(above.em, below.em)


def _joint(above: PrintedLine, line: PrintedLine, right: float) -> str:
    if has_room(above, line, right):
        return "\n"
    end, start = above.text[-1], line.text[0]
    if _NUMBER_END.match(end) and _NUMBER_START.match(start):
        return ""
    return " " if end.isascii() and start.isascii() and end.isalnum() and start.isalnum() else ""
