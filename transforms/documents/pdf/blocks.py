"""Blocks of lines with a right edge of their own, narrower than the page: text boxes, frames, indented paragraphs.

The edge of the page's text belongs to layout.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from transforms.documents.pdf.printed import PrintedLine, has_room, is_alike

_FEWEST = 3  # lines of a block
_FEWEST_FULL = 2
_SHORTEST = 12.0  # em of a full line
_NEAR = 1.3  # em by which a full line may fall short of the edge
_INDENT = 2.5  # em
_ENDS = "。；;：:！!？?"


def full_in_blocks(pages: Iterable[Sequence[object]], pitch: float) -> set[int]:
    """The lines, by identity, that reach the right edge of their block in the midst of a sentence. ``pages``: what
    stands on each; ``pitch``: the most that lines of one text are apart, in ems."""
    full: set[int] = set()
    for items in pages:
        for block in _blocks(items, pitch):
            edge = max(line.reach for line in block)
            reached = [line for line in block if line.box.right >= edge - _NEAR * line.em]
            is_wide = edge - min(line.box.left for line in block) >= _SHORTEST * block[0].em
            if len(block) >= _FEWEST and len(reached) >= _FEWEST_FULL and is_wide:
                full |= _full(block, edge)
    return full


def _full(block: list[PrintedLine], edge: float) -> set[int]:
    return {
        id(line) for line, below in pairwise(block) if line.text[-1:] not in _ENDS and not has_room(line, below, edge)
    }


def _blocks(items: Sequence[object], pitch: float) -> Iterator[list[PrintedLine]]:
    """Lines right below each other, of one size, that begin at one side but for an indent."""
    block: list[PrintedLine] = []
    for item in items:
        if not isinstance(item, PrintedLine) or item.is_furniture:
            continue
        if block and not _goes_on(block[-1], item, pitch):
            yield block
            block = []
        block.append(item)
    if block:
        yield block


def _goes_on(above: PrintedLine, below: PrintedLine, pitch: float) -> bool:
    distance = (below.box.middle - above.box.middle) / max(above.em, below.em)
    is_beside = abs(below.box.left - above.box.left) < _INDENT * below.em
    return 0 < distance <= pitch and is_beside and is_alike(above, below)
