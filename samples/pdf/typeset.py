"""Text in lines of a width: figures and Latin words stay whole, no line begins with a closing mark. Marks stay in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from samples.marks import CLOSINGS, MARKS, unmarked
from samples.text.surface import NO_LINE_START

Measure = Callable[[str], float]
"""The width of a text in points."""
_TOKEN = re.compile(rf"{MARKS}(?:[\d.,]+[%万亿]?|[A-Za-z]+|.){CLOSINGS}", re.DOTALL)
_CHARACTER = re.compile(rf"{MARKS}.{CLOSINGS}", re.DOTALL)


def set_lines(text: str, width: float, measure: Measure, indent: float = 0.0) -> list[str]:
    """The text in lines no wider than ``width``, the first less by ``indent``; line breaks in the text are kept."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _paragraph(paragraph, width, measure, indent if not lines else 0.0)
    return lines


def _tokens(text: str, width: float, measure: Measure) -> Iterator[tuple[str, float]]:
    for token in _TOKEN.findall(text):
        size = measure(unmarked(token))
        if size <= width:
            yield token, size
        else:
            yield from ((part, measure(unmarked(part))) for part in _CHARACTER.findall(token))


def _paragraph(text: str, width: float, measure: Measure, indent: float) -> list[str]:
    lines: list[str] = []
    line: list[str] = []
    used = indent
    for token, size in _tokens(text, width - indent, measure):
        if line and used + size > width:
            carried = [line.pop()] if unmarked(token)[:1] in NO_LINE_START and len(line) > 1 else []
            lines.append("".join(line))
            line = carried
            used = sum(measure(unmarked(one)) for one in carried)
        line.append(token)
        used += size
    return [*lines, "".join(line)]
