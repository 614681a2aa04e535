"""The level of each heading and numbered item: numbering decides, in the context of what stands above it.

Numbers repeat, skip and vanish; no number is ever held against a heading here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from transforms.documents.model import Document, TextBlock
from transforms.facts.outline.headings import Candidate
from transforms.facts.outline.numbering import STYLE_RANK
from transforms.facts.outline.sections import meaning_of, section_kinds


@dataclass(slots=True)
class Node:
    """A numbered item or heading, with the one it stands under; without a number ``style`` is None, ``number`` 0."""

    candidate: Candidate
    level: int
    above: Node | None
    is_heading: bool
    visual_level: int | None
    style: str | None
    number: int
    meanings: tuple[str, ...] = ()

    def heading_above(self) -> Node | None:
        """The nearest heading that it stands under."""
        node = self.above
        while node is not None and not node.is_heading:
            node = node.above
        return node


def level_nodes(document: Document, candidates: list[Candidate]) -> list[Node]:
    """A node a candidate, in reading order, with level (from 1), place under others, and the meanings of headings."""
    walk = _Walk(_ranks(candidates))
    nodes = []
    for candidate in candidates:
        block = document.blocks[candidate.block]
        assert isinstance(block, TextBlock)
        walk.make_room(candidate, block.visual_level)
        above = walk.stack[-1] if walk.stack else None
        level = above.level + 1 if above else 1
        marker = candidate.marker
        style, number = (marker.style, marker.number) if marker else (None, 0)
        node = Node(candidate, level, above, candidate.is_heading, block.visual_level, style, number)
        walk.stack.append(node)
        nodes.append(node)
    _promote_neighbours(nodes)
    for node in nodes:
        if node.is_heading:
            node.meanings = _meanings(document, node)
    return nodes


class _Walk:
    """The path of open nodes while walking through the candidates."""

    def __init__(self, ranks: dict[str, float]) -> None:
        self.ranks = ranks
        self.stack: list[Node] = []
        self.suspended: list[Node] = []

    def make_room(self, candidate: Candidate, visual_level: int | None) -> None:
        """Closes the nodes under which the candidate does not stand."""
        if candidate.marker:
            self._for_number(candidate.marker.style, candidate.marker.number)
        elif self._opens_part(candidate):
            self.suspended = self.stack if any(node.style for node in self.stack) else self.suspended
            self.stack = []
        elif candidate.is_framed and any(node.candidate.is_framed for node in self.stack):
            while not self.stack.pop().candidate.is_framed:
                pass
        elif visual_level is not None:
            while self.stack and (self.stack[-1].visual_level or 99) >= visual_level:
                self.stack.pop()
        else:
            self._for_plain()

    def _for_plain(self) -> None:
        while self.stack and (self._is_under_plain() if self.stack[-1].style else not self._is_part(self.stack[-1])):
            self.stack.pop()
        while self.stack and not self.stack[-1].is_heading:
            self.stack.pop()

    def _is_under_plain(self) -> bool:
        return any(node.style is None for node in self.stack[:-1])

    def _for_number(self, style: str, number: int) -> None:
        is_open = self._has(self.stack, style)
        if not is_open and self.suspended and number > 1:
            follows = [node for node in self.suspended if node.style == style and node.number < number]
            if follows:
                self.stack, self.suspended, is_open = self.suspended, [], True
        if is_open:
            while self.stack.pop().style != style:
                pass
            return
        while self.stack and self.ranks.get(self.stack[-1].style or "", -1.0) >= self.ranks[style]:
            self.stack.pop()

    def _opens_part(self, candidate: Candidate) -> bool:
        names = candidate.meaning.names
        if not candidate.meaning.is_whole or not section_kinds()[names[0]].is_part:
            return False
        return not any(names[0] in node.candidate.meaning.names for node in self.stack if node.is_heading)

    @staticmethod
    def _is_part(node: Node) -> bool:
        names = node.candidate.meaning.names
        return bool(names) and section_kinds()[names[0]].is_part

    @staticmethod
    def _has(stack: list[Node], style: str) -> bool:
        return style in map(attrgetter("style"), stack)


def _ranks(candidates: list[Candidate]) -> dict[str, float]:
    """The usual ranks, but for a first style whose numbers run on over an "outer" one: 1. (一) (二) 2. (一)."""
    ranks = dict(STYLE_RANK)
    numbered = [candidate.marker for candidate in candidates if candidate.is_heading and candidate.marker]
    if not numbered:
        return ranks
    top = numbered[0].style
    last, seen = numbered[0].number, False
    for marker in numbered[1:]:
        if marker.style == top:
            if seen and marker.number == last + 1:
                ranks[top] = min(ranks.values()) - 1
                break
            last, seen = marker.number, False
        else:
            seen = seen or ranks[marker.style] < ranks[top]
    return ranks


def _promote_neighbours(nodes: list[Node]) -> None:
    """An item that reads like a title is a heading where its neighbour by number is one (1、 a heading, 2、 run in)."""
    families: dict[tuple[int, str], list[Node]] = {}
    for node in nodes:
        if node.style:
            families.setdefault((id(node.above), node.style), []).append(node)
    for family in families.values():
        for before, node in pairwise(family):
            if before.is_heading and node.candidate.can_be and node.number == before.number + 1:
                node.is_heading = True
        for node, after in zip(family[-2::-1], family[:0:-1], strict=False):
            if after.is_heading and node.candidate.can_be and node.number == after.number - 1:
                node.is_heading = True
        _fill_gaps(family)


def _fill_gaps(family: list[Node]) -> None:
    """Items of an upper style that begin with a title are headings where their numbers run on from one heading (or
    from the first) to the next."""
    if STYLE_RANK[family[0].style or ""] > STYLE_RANK["（一）"]:
        return
    start = 0
    for stop, node in enumerate(family):
        if not node.is_heading:
            continue
        gap = family[start:stop]
        numbers = [item.number for item in family[max(start - 1, 0) : stop + 1]]
        runs_on = start > 0 or numbers[0] == 1
        if runs_on and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            for item in gap:
                item.is_heading = item.candidate.end is not None
        start = stop + 1


def _meanings(document: Document, node: Node) -> tuple[str, ...]:
    """What the heading means where it stands: not the same again as the section around it, and within problems,
    measures and achievements nothing but another part, or one of the meanings of a section of several."""
    own = node.candidate.meaning
    around = node.heading_above()
    while around is not None and not around.meanings:
        around = around.heading_above()
    if around is None or not own.names:
        return own.names
    kinds = section_kinds()
    if any(kinds[name].is_closed for name in around.meanings):
        is_narrower = len(around.meanings) > 1 and not set(own.names).isdisjoint(around.meanings)
        is_other_part = kinds[own.names[0]].is_part and own.names != around.meanings
        return own.names if own.is_whole and (is_narrower or is_other_part) else ()
    if len(around.meanings) > 1:
        return own.names
    if around.meanings[0] in own.names:
        block = document.blocks[node.candidate.block]
        assert isinstance(block, TextBlock)
        start = node.candidate.marker.end if node.candidate.marker else 0
        return meaning_of(block.text[start : node.candidate.end], frozenset(around.meanings)).names
    return own.names
