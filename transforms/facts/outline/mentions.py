"""Stated scalars on their way to ``figures``: every mention with its place, the one that the fact takes marked.

What is a mention of which figure is decided by the modules that read them; here they are ordered and written down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from transforms.documents.model import Cell, Place, Table, TextBlock
from transforms.facts.excess import refuse_excess
from transforms.facts.model import Facts, FigureRow, SourceRow
from transforms.facts.outline.money_units import DeclaredUnits
from transforms.facts.outline.outline import Outline, Piece
from transforms.facts.text_rows import AsideRow
from transforms.language.numerals import Number, find_numbers

source_row, _figure_row = partial(tuple.__new__, SourceRow), partial(tuple.__new__, FigureRow)
"""Rows of their values, made without a step of Python's own: they are many."""
_LONGEST_SENTENCE = 1500
_LONGEST_TEXT = 200_000
_DIGIT = re.compile(r"\d")
_CHINESE = re.compile(
    "[一二两三四五六七八九十百千零〇点壹贰叁肆伍陆柒捌玖拾佰仟][十百千万亿佰仟]{0,2}[元分人名个位项亿万余]"
)
_SENTENCE = re.compile(r"[^。!?]*[。!?]?[”’\"]?")


class Span(NamedTuple):
    """A stretch of a normalised text."""

    start: int
    end: int


@dataclass(slots=True)
class Mention:
    """A figure read in a text block or a table cell. ``figure``: the stretch of the printed figure in the block's or
    cell's normalised text; ``sentence``: that of the sentence around it; ``fitness``: of several mentions the fact
    takes the first of the highest, and one below 0 counts only as that; ``stop``: where the unit printed with the
    figure ends."""

    name: str
    value: Decimal
    quantum: Decimal
    unit: str | None
    block: int
    figure: Span
    sentence: Span
    fitness: int
    stop: int | None = None
    cell: Cell | None = None


class Aside(NamedTuple):
    """A number read in a text block beside figures, unless it turns out to be one itself: see AsideRow and Mention."""

    kind: str
    value: Decimal
    unit: str
    block: int
    figure: Span
    sentence: Span
    stop: int


@dataclass(slots=True)
class FigureBook:
    """The mentions of one document, and the numbers beside them."""

    outline: Outline
    mentions: list[Mention] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    units: DeclaredUnits = field(init=False)
    _sentences: dict[tuple[int, int, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = DeclaredUnits(self.outline)

    def add(self, read: Mention | Aside) -> None:
        """Notes a mention, or a number beside."""
        if isinstance(read, Mention):
            self.mentions.append(read)
        else:
            self.asides.append(read)
        refuse_excess(self.mentions, self.asides)

    def primary(self, name: str) -> Mention | None:
        """The mention that the fact takes so far."""
        found = [mention for mention in self.mentions if mention.name == name]
        if len(found) > 1:
            return _primaries(sorted(found, key=_order))[name]
        return found[0] if found else None

    def write(self, facts: Facts) -> None:
        """Appends ``figures`` in reading order, and a source each: its column is the figure's name, or ``people``; and
        ``asides``."""
        mentions = sorted(self.mentions, key=_order)
        primaries = {id(mention) for mention in _primaries(mentions).values()}
        for mention in mentions:
            if mention.fitness >= 0 or id(mention) in primaries:
                self._write(facts, mention, id(mention) in primaries)
        taken = {(mention.block, mention.figure.start) for mention in self.mentions}
        left = dict.fromkeys(one for one in self.asides if (one.block, one.figure.start) not in taken)
        for aside in sorted(left, key=_place):
            printed = self.outline.printed(aside.block)
            text, sentence = printed.text(aside.figure.start, aside.stop), self._sentence(aside)
            line = printed.place(aside.figure.start).line
            facts.asides.append(AsideRow(len(facts.asides), aside.kind, aside.value, text, sentence, line))

    def _write(self, facts: Facts, mention: Mention, is_primary: bool) -> None:
        block = self.outline.document.blocks[mention.block]
        if mention.cell is not None:
            place, sentence = mention.cell.place, self._row_text(mention.block, mention.cell)
            text, raw = mention.cell.text[slice(*mention.figure)], mention.cell.raw
        else:
            assert isinstance(block, TextBlock)
            printed = self.outline.printed(mention.block)
            place = printed.place(mention.figure.start)
            sentence = self._sentence(mention)
            text = printed.text(*mention.figure)
            raw = printed.raw(mention.figure.start, mention.stop or mention.figure.end)
        ordinal = len(facts.figures)
        name, value, quantum, unit = mention.name, mention.value, mention.quantum, mention.unit
        column = "people" if name.startswith("headcount:") else name
        facts.figures.append(_figure_row((ordinal, name, value, quantum, text, unit, sentence, is_primary, place.line)))
        facts.sources.append(source("figures", ordinal, column, place, raw))

    def _row_text(self, block: int, cell: Cell) -> str:
        """The texts of the row of a cell, one and the same text for all in it."""
        key = block, cell.place.row_number or 0, -1
        if key not in self._sentences:
            self._sentences[key] = _row_text(self.outline.document.blocks[block], cell)
        return self._sentences[key]

    def _sentence(self, read: Mention | Aside) -> str:
        """The sentence around a figure as printed, one and the same text for all in it; of an endless one the part."""
        start, end = read.sentence
        if end - start > _LONGEST_SENTENCE:
            start += (read.figure.start - start) // _LONGEST_SENTENCE * _LONGEST_SENTENCE
            end = min(end, start + _LONGEST_SENTENCE)
        key = read.block, start, end
        if key not in self._sentences:
            self._sentences[key] = self.outline.printed(read.block).text(start, end)
        return self._sentences[key]


def _primaries(mentions: list[Mention]) -> dict[str, Mention]:
    """Name -> the first mention, in reading order as they come, of the highest fitness, or the same amount where it is
    printed less rounded."""
    found: dict[str, Mention] = {}
    for mention in mentions:
        if mention.name not in found or mention.fitness > found[mention.name].fitness:
            found[mention.name] = mention
    for mention in mentions:
        if mention.name.endswith("_yuan") and _is_less_rounded(mention, found[mention.name]):
            found[mention.name] = mention
    return found


def source(group: str, ordinal: int, column: str, place: Place, raw_text: str) -> SourceRow:
    """The source row of one measured value."""
    return source_row((group, ordinal, column, *place, raw_text))


def sentences(piece: Piece) -> list[Span]:
    """The sentences of a text piece, end marks included, found when first asked for. Endless ones are cut, endless
    texts left off, so that reading takes bounded time."""
    if piece.sentences is None:
        piece.sentences = list(_sentences(piece))
    return piece.sentences


def _sentences(piece: Piece) -> Iterator[Span]:
    assert isinstance(piece.block, TextBlock)
    for match in _SENTENCE.finditer(piece.block.text, piece.start, piece.start + _LONGEST_TEXT):
        for start in range(match.start(), match.end(), _LONGEST_SENTENCE):
            yield Span(start, min(match.end(), start + _LONGEST_SENTENCE))


def stated_numbers(text: str, sentence: Span) -> list[Number]:
    """The numbers of a sentence of a text; those in Chinese characters only where one stands before 元, %, 分 or
    people."""
    is_chinese = _CHINESE.search(text, *sentence) is not None
    return find_numbers(text, is_chinese, *sentence) if is_chinese or _DIGIT.search(text, *sentence) else []


def table_lines(table: Table) -> Iterator[list[Cell]]:
    """The header and the data rows of a table, as lists of cells."""
    yield table.header
    for row in table.rows:
        yield row.cells


def _order(mention: Mention) -> tuple[int, int, int]:
    if mention.cell is None:
        return mention.block, 0, mention.figure.start
    place = mention.cell.place
    return mention.block, (place.row_number or 0) * 1000 + (place.column_number or 0), mention.figure.start


def _is_less_rounded(one: Mention, other: Mention) -> bool:
    return one.quantum < other.quantum and abs(one.value - other.value) <= other.quantum / 2


def _place(aside: Aside) -> tuple[int, int]:
    return aside.block, aside.figure.start


def _row_text(block: object, cell: Cell) -> str:
    assert isinstance(block, Table)
    number = cell.place.row_number or 0
    line = block.rows[number - 1].cells if 0 < number <= len(block.rows) else block.header
    return " ".join(dict.fromkeys(other.raw for other in line if other.raw))
