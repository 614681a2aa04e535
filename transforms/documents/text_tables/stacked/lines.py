"""The filled lines of a document, each of which may be a cell of a table copied with a cell a line.

What a line looks like belongs here; what columns and rows the lines make up is for others to judge.
"""

from __future__ import annotations

import re

from transforms.documents.layout import layout
from transforms.documents.lines import Line
from transforms.language.numbering import parse_numbering
from transforms.language.text import normalise

_SERIAL = re.compile(r"(\d{1,3})[.、]?")
_REMARK = re.compile(r"(?:注|备注|说明|附注)\d?[:.]")
_UPPER_STYLES = ("第一部分", "一、", "壹、", "（一）")
_SENTENCE = re.compile(r"[,。;!?]")
_LONGEST_GROUP = 30


class Stack:
    """Lines counted by those that hold something, from 0; their normalised texts are made once."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.filled = [index for index, line in enumerate(lines) if line.raw and not line.raw.isspace()]
        self._texts: dict[int, str] = {}

    def line(self, at: int) -> Line:
        """The filled line at ``at``."""
        return self.lines[self.filled[at]]

    def text(self, at: int) -> str:
        """The normalised text of a filled line; "" behind the last one and for rows that have cells already."""
        if at >= len(self.filled):
            return ""
        found = self._texts.get(at)
        if found is None:
            line = self.line(at)
            is_cell = line.cells is None and "\t" not in line.raw and "|" not in line.raw
            found = self._texts[at] = normalise(line.raw.strip()) if is_cell else ""
        return found

    def serial(self, at: int) -> int | None:
        """The number that a line consists of, as rows are numbered."""
        match = _SERIAL.fullmatch(self.text(at))
        return int(match[1]) if match else None

    def heads_group(self, at: int) -> bool:
        """Whether a line is a numbered heading, as stands above rows of one group."""
        text = self.text(at)
        numbering = parse_numbering(text)
        is_upper = numbering is not None and numbering.style in _UPPER_STYLES
        return is_upper and len(text) <= _LONGEST_GROUP and not _SENTENCE.search(text)

    def ends_table(self, at: int) -> bool:
        """Whether a line is no cell: a numbered heading, a remark below a table, the caption of another one."""
        text = self.text(at)
        return not text or self.heads_group(at) or _REMARK.match(text) is not None or self.is_caption(at)

    def is_caption(self, at: int) -> bool:
        """Whether a line is the caption of a table, one printed again among them."""
        text = self.text(at)
        return layout().caption.match(text) is not None or layout().continued.match(text) is not None

    def gap(self, start: int, stop: int) -> list[list[int]]:
        """The lines behind a filled one and before another, blank ones as empty lists."""
        first = self.filled[start] + 1
        last = self.filled[stop] if stop < len(self.filled) else first
        known = {self.filled[at]: at for at in range(start + 1, stop)}
        return [[known[index]] if index in known else [] for index in range(first, last)]
