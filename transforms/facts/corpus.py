"""All texts of a document as one: each block and each cell once, with the way back from a match to its place.

What is looked for belongs to the modules that ask; nothing is found here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from transforms.documents.model import Cell, Document, Place, Table, TextBlock
from transforms.facts.model import Facts
from transforms.facts.outline.mentions import table_lines
from transforms.facts.outline.outline import Outline
from transforms.language.expressions import needed_words
from transforms.language.scanning import Scanner, WordFinder
from transforms.language.text import normalise, raw_span

SEAM = "\n"
_BOUNDARY = re.compile(r"[。;!?\n]")
_FARTHEST = 200
_IN_TABLE = Place._fields.index("table_number")
"""From here on a place tells table, row and column."""


@dataclass(slots=True)
class Passage:
    """A block of text or a cell. ``start``: where its normalised ``text`` begins in the corpus; ``meanings``: of the
    section around it; ``column``: goal or completion for the cells of project tables that hold these."""

    start: int
    text: str
    block: int
    cell: Cell | None
    meanings: tuple[str, ...]
    column: str | None


@dataclass(slots=True)
class Found:
    """A match within a passage; offsets count from the passage's beginning."""

    passage: Passage
    match: re.Match[str]

    @property
    def start(self) -> int:
        """Where the match begins."""
        return self.match.start()

    @property
    def stop(self) -> int:
        """Where it ends."""
        return self.match.end()


class Corpus:
    """The texts of a document in reading order; ``text`` is all of them, a line a passage. ``texts``, ``raws`` (as
    they came), ``blocks`` and ``cells`` (None for a block of text) run parallel: what passages are made of, when
    somebody asks for one."""

    def __init__(self, document: Document, outline: Outline, facts: Facts) -> None:
        self.outline = outline
        self.texts: list[str] = []
        self.raws: list[str] = []
        self.blocks: list[int] = []
        self.cells: list[Cell | None] = []
        for index, block in enumerate(document.blocks):
            if isinstance(block, TextBlock):
                self.texts.append(block.text)
                self.raws.append(block.raw)
                self.blocks.append(index)
                self.cells.append(None)
            else:
                cells = _cells(block)
                self.texts += [cell.text for cell in cells]
                self.raws += [cell.raw for cell in cells]
                self.blocks += [index] * len(cells)
                self.cells += cells
        self.text = SEAM.join(self.texts)
        self._starts = list(accumulate([len(text) + 1 for text in self.texts], initial=0))
        self._columns = _columns(facts)
        self._looked_for: frozenset[str] = frozenset()
        self._standing: frozenset[str] = frozenset()

    def look_for(self, words: WordFinder) -> frozenset[str]:
        """Which of many words stand in the texts, found at once; ``find`` need not look for them again."""
        self._looked_for, self._standing = words.words, words.standing_in(self.text)
        return self._standing

    def find(self, pattern: re.Pattern[str] | Scanner, word: str | None = None) -> Iterator[Found]:
        """Every match of the pattern, which sees each passage as a text of its own, in passages that hold ``word``."""
        needed = needed_words(pattern.words if isinstance(pattern, Scanner) else pattern.pattern)
        for at in self._holding(needed if word is None else (frozenset((word,)), *needed)):
            matches = list(pattern.finditer(self.texts[at]))
            passage = self.passage(at) if matches else None
            for match in matches:
                assert passage is not None
                yield Found(passage, match)

    def _holding(self, needed: tuple[frozenset[str], ...]) -> Sequence[int]:
        """The positions of the passages that hold one word of each set."""
        if not needed:
            return range(len(self.texts))
        first, *others = needed
        standing = (first & self._standing) | (first - self._looked_for)
        found = sorted({at for word in standing for at in self.holding(word)}) if standing else []
        return [at for at in found if _holds(self.texts[at], others)] if others else found

    def holding(self, word: str) -> Iterator[int]:
        """The positions of the passages that hold the word."""
        offset = self.text.find(word)
        while offset >= 0:
            at = bisect_right(self._starts, offset)
            yield at - 1
            offset = self.text.find(word, self._starts[at])

    def passage(self, at: int) -> Passage:
        """The passage at a position."""
        block, cell = self.blocks[at], self.cells[at]
        column = self.column_of(cell) if cell else None
        return Passage(self._starts[at], self.texts[at], block, cell, self.outline.meanings_at(block), column)

    def column_of(self, cell: Cell) -> str | None:
        """Goal or completion for a cell of a project table that holds one."""
        return self._columns.get(cell.place[_IN_TABLE:])

    def passage_at(self, offset: int) -> Passage:
        """The passage that the character at ``offset`` of ``text`` belongs to."""
        return self.passage(bisect_right(self._starts, offset) - 1)

    def place(self, passage: Passage, start: int) -> Place:
        """The place of the normalised offset ``start`` of the passage."""
        return self.outline.printed(passage.block).place(start) if passage.cell is None else passage.cell.place

    def printed(self, passage: Passage, start: int, stop: int) -> str:
        """The words as printed; of a cell with markup in it the normalised ones."""
        if passage.cell is None:
            return self.outline.printed(passage.block).text(start, stop)
        raw = passage.cell.raw
        return raw_span(raw, start, stop) if normalise(raw) == passage.text else passage.text[start:stop]

    def sentence(self, passage: Passage, start: int, stop: int) -> tuple[int, int]:
        """The stretch of the sentence around ``start``:``stop``, at most 200 characters to either side."""
        low, high = max(0, start - _FARTHEST), min(len(passage.text), stop + _FARTHEST)
        before = [mark.end() for mark in _BOUNDARY.finditer(passage.text, low, start)]
        after = _BOUNDARY.search(passage.text, stop, high)
        return (before[-1] if before else low), (after.end() if after else high)


def _holds(text: str, needed: Iterable[frozenset[str]]) -> bool:
    """Whether a text holds one word of each set."""
    for words in needed:
        for word in words:
            if word in text:
                break
        else:
            return False
    return True


def _columns(facts: Facts) -> dict[tuple[object, ...], str]:
    """Table, row and column number -> goal or completion."""
    return {
        (source.table_number, source.row_number, source.column_number): source.column
        for source in facts.sources
        if source.group == "projects" and source.column in ("goal", "completion")
    }


def _cells(table: Table) -> list[Cell]:
    """The cells of a table that hold something, merged ones once."""
    return list({id(cell): cell for line in table_lines(table) for cell in line if cell.text}.values())
