"""The outline of a document: headings with levels, and sections by meaning with the blocks that belong to them.

Numbering decides the level, in context; what the text under a heading says is read by the other fact modules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from transforms.documents.model import Block, Document, Table, TextBlock
from transforms.facts.model import Facts, HeadingRow, UnrecognisedRow
from transforms.facts.outline.headings import block_markers, find_candidates
from transforms.facts.outline.implied_sections import imply_statements
from transforms.facts.outline.levels import Node, level_nodes
from transforms.facts.outline.numbering import Marker
from transforms.facts.outline.sections import meaning_of, section_kinds
from transforms.facts.outline.title import Title, find_title
from transforms.facts.printed import Printed

if TYPE_CHECKING:
    from transforms.facts.outline.mentions import Span

_LOWEST_SECTION = 3


@dataclass(slots=True)
class Heading:
    """A heading. ``block``: index of its block; ``start``/``end``: its words in the normalised text, without the
    numbering; text from ``end`` on is body run into the heading's block. ``meanings``: its own, best first, empty
    when the lexicon knows none. ``parent``: ordinal of the heading above it, None for the title and first level."""

    ordinal: int
    block: int
    start: int
    end: int
    level: int
    marker: Marker | None
    parent: int | None
    meanings: tuple[str, ...]


class Section(NamedTuple):
    """All blocks under a heading, those of its sub-headings too: ``start`` (the heading's own block) to ``stop``."""

    heading: Heading
    start: int
    stop: int


@dataclass(slots=True)
class Piece:
    """A block, or the rest of it, that belongs to a section: the normalised text counts from ``start`` on (0 but for
    text run into a heading). Tables are pieces too; blocks that are nothing but a heading are none. ``meanings``: of
    the innermost known section around it; ``sentences``: those of its text, once somebody has asked for them (see
    mentions)."""

    index: int
    block: Block
    start: int
    meanings: tuple[str, ...] = ()
    sentences: list[Span] | None = None


@dataclass(slots=True)
class Outline:
    """Headings of a document and what belongs to them.

    ``markers`` and ``owners`` run parallel to ``document.blocks``: the numbering in front of each block, and the
    ordinal of the innermost heading it stands under (None before the first). ``effective`` runs parallel to
    ``headings``: the meanings of a heading or, where it has none, of the nearest heading above that has some.
    """

    document: Document
    title: Title | None
    headings: list[Heading] = field(default_factory=list)
    markers: list[Marker | None] = field(default_factory=list)
    owners: list[int | None] = field(default_factory=list)
    effective: list[tuple[str, ...]] = field(default_factory=list)
    _printed: dict[int, Printed] = field(default_factory=dict)
    _pieces: list[Piece] | None = None
    _by_meanings: dict[tuple[str, ...], list[Piece]] | None = None

    def meanings_at(self, index: int) -> tuple[str, ...]:
        """The meanings of the innermost known section around the block; empty outside any."""
        owner = self.owners[index]
        return () if owner is None else self.effective[owner]

    def heading_at(self, index: int) -> Heading | None:
        """The innermost heading above (or in) the block."""
        owner = self.owners[index]
        return None if owner is None else self.headings[owner]

    def title_at(self, index: int) -> str:
        """The words of that heading, "" outside any."""
        heading = self.heading_at(index)
        block = self.document.blocks[heading.block] if heading else None
        return block.text[heading.start : heading.end] if heading and isinstance(block, TextBlock) else ""

    def text_block(self, index: int) -> TextBlock:
        """The block at ``index``, which whoever asks knows to be one of text."""
        block = self.document.blocks[index]
        assert isinstance(block, TextBlock)
        return block

    def question_at(self, index: int) -> str:
        """What a block that is no more than an answer is about: the question right before it, else its heading."""
        before = self.document.blocks[index - 1] if index else None
        return before.text if isinstance(before, TextBlock) and before.text.endswith("?") else self.title_at(index)

    def has(self, *names: str) -> bool:
        """Whether any section has one of these meanings."""
        return any(name in meanings for meanings in self.effective for name in names)

    def sections(self, *names: str) -> list[Section]:
        """The sections whose own heading has one of these meanings, in reading order; nested ones too."""
        return [self.section(heading) for heading in self.headings if not set(names).isdisjoint(heading.meanings)]

    def section(self, heading: Heading) -> Section:
        """Everything under a heading, to the next heading of its level or above."""
        followers = self.headings[heading.ordinal + 1 :]
        stops = (other.block for other in followers if other.level <= heading.level)
        return Section(heading, heading.block, next(stops, len(self.document.blocks)))

    def pieces(self, *names: str) -> Sequence[Piece]:
        """The blocks whose innermost known section has one of these meanings, in reading order."""
        if self._by_meanings is None:
            self._by_meanings = {}
            for piece in self.all_pieces():
                self._by_meanings.setdefault(piece.meanings, []).append(piece)
        sought = frozenset(names)
        found = [own for meanings, own in self._by_meanings.items() if not sought.isdisjoint(meanings)]
        return found[0] if len(found) == 1 else sorted(chain.from_iterable(found), key=attrgetter("index"))

    def pieces_of(self, section: Section) -> Iterator[Piece]:
        """All blocks of a section, in reading order, those under its sub-headings too."""
        return (piece for piece in self.all_pieces() if section.start <= piece.index < section.stop)

    def all_pieces(self) -> list[Piece]:
        """All blocks of the document but headings and title, in reading order."""
        if self._pieces is None:
            self._pieces = list(self._made_pieces())
        return self._pieces

    def printed(self, index: int) -> Printed:
        """The printed form of the text block at ``index``."""
        printed = self._printed.get(index)
        if printed is None:
            block = self.document.blocks[index]
            assert isinstance(block, TextBlock)
            printed = self._printed[index] = Printed(block)
        return printed

    def _made_pieces(self) -> Iterator[Piece]:
        blocks = self.document.blocks
        for index in range(self.title.stop if self.title else 0, len(blocks)):
            block, owner = blocks[index], self.owners[index]
            heading = None if owner is None else self.headings[owner]
            start = heading.end if heading is not None and heading.block == index else 0
            if isinstance(block, Table) or start < len(block.text):
                yield Piece(index, block, start, () if owner is None else self.effective[owner])


def build_outline(document: Document) -> Outline:
    """The outline of a document. No text is lost: each block belongs to the innermost heading above it."""
    markers = block_markers(document)
    title = find_title(document, markers)
    candidates = find_candidates(document, markers, title)
    outline = Outline(document, title, markers=markers, owners=[None] * len(document.blocks))
    ordinals: dict[int, int] = {}
    for node in level_nodes(document, candidates):
        if node.is_heading:
            ordinals[id(node)] = len(outline.headings)
            _add(outline, node, ordinals)
    imply_statements(document, outline.headings, outline.effective)
    _own(outline)
    return outline


def add_headings(document: Document, outline: Outline, facts: Facts) -> None:
    """Appends ``headings`` (the title first, level 0), and to ``unrecognised`` those whose words no lexicon entry
    explains where one should: first-level headings, and lower ones beside known sections."""
    if outline.title:
        title = outline.title
        facts.headings.append(
            HeadingRow(0, 0, title.visual_level, None, None, None, title.printed, None, None, title.line)
        )
    offset = len(facts.headings)
    beside = Counter((heading.parent, heading.level, bool(heading.meanings)) for heading in outline.headings)
    for heading in outline.headings:
        facts.headings.append(_row(outline, heading, offset))
        counts = (beside[heading.parent, heading.level, True], beside[heading.parent, heading.level, False])
        if _is_unexplained(outline, heading, *counts):
            row = facts.headings[-1]
            facts.unrecognised.append(UnrecognisedRow(len(facts.unrecognised), "heading", row.text, row.line))


def _is_unexplained(outline: Outline, heading: Heading, known: int, unknown: int) -> bool:
    """Whether a heading stands where those of the lexicon do and says nothing that it knows. Below the first level, as
    many of the headings beside it are ``known`` as ``unknown`` (itself one of them apart), and what is around them may
    have parts of other meanings; where none is known, the parts are free: items, offices, projects."""
    if heading.meanings or meaning_of(outline.title_at(heading.block)).names:
        return False
    around = () if heading.parent is None else outline.effective[heading.parent]
    if heading.level == 1 and not around:
        return True
    kinds = section_kinds()
    is_open = not any(kinds[name].is_closed for name in around)
    is_beside = known > 0 and (known >= unknown - 1 or (heading.level == 2 and not around))
    return heading.level <= _LOWEST_SECTION and is_open and is_beside


def _add(outline: Outline, node: Node, ordinals: dict[int, int]) -> None:
    block = outline.document.blocks[node.candidate.block]
    assert isinstance(block, TextBlock)
    marker, end = node.candidate.marker, node.candidate.end
    above = node.heading_above()
    parent = ordinals[id(above)] if above else None
    outline.effective.append(node.meanings or (outline.effective[parent] if parent is not None else ()))
    start, stop = marker.end if marker else 0, len(block.text) if end is None else end
    ordinal, at = len(outline.headings), node.candidate.block
    outline.headings.append(Heading(ordinal, at, start, stop, node.level, marker, parent, node.meanings))


def _own(outline: Outline) -> None:
    bounds = [heading.block for heading in outline.headings] + [len(outline.owners)]
    for heading, stop in zip(outline.headings, bounds[1:], strict=True):
        outline.owners[heading.block : stop] = [heading.ordinal] * (stop - heading.block)


def _row(outline: Outline, heading: Heading, offset: int) -> HeadingRow:
    block = outline.document.blocks[heading.block]
    assert isinstance(block, TextBlock)
    printed = outline.printed(heading.block)
    marker = heading.marker
    return HeadingRow(
        heading.ordinal + offset,
        heading.level,
        block.visual_level,
        marker.style if marker else None,
        marker.number if marker else None,
        printed.text(0, heading.start) or None,
        printed.text(heading.start, heading.end),
        None if heading.parent is None else heading.parent + offset,
        "+".join(heading.meanings) or None,
        block.place.line,
    )
