"""The unit of money that holds for a figure printed without one, as its section or the document declares it.

Units printed with the figure itself are read where the figure is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.documents.model import BlockKind, TextBlock
from transforms.facts.amounts import declared_unit, said_unit
from transforms.facts.outline.items import marker_at
from transforms.facts.outline.outline import Outline, Piece

_LONGEST = 2000
_PRINTED = re.compile(r"[\d百千万亿]元")


class DeclaredUnits:
    """The unit in force at each block: declared nearest before it within its first-level part (单位：万元), else said
    once for all that follows (以下金额单位均为万元). Worked out when first asked for."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._units: list[str | None] | None = None

    def at(self, index: int) -> str | None:
        """The unit in force at block ``index``, its own declaration included; None when nothing declares one."""
        if self._units is None:
            self._units = list(_walk(self._outline))
        return self._units[index]

    def of_prose(self, piece: Piece) -> str | None:
        """The unit of amounts that a piece of prose prints without one: its heading's, and of an item that prints none
        at all the one in force."""
        block, title = piece.block, self._outline.title_at(piece.index)
        if (unit := declared_unit(title)) or not isinstance(block, TextBlock):
            return unit
        is_item = block.kind is BlockKind.LIST_ITEM or marker_at(block.text, piece.start) is not None
        return self.at(piece.index) if is_item and not _PRINTED.search(block.text, piece.start) else None


def _walk(outline: Outline) -> Iterator[str | None]:
    in_part: str | None = None
    for_all: str | None = None
    parts = _parts(outline)
    part: int | None = -1
    for block, owner in zip(outline.document.blocks, outline.owners, strict=True):
        here = None if owner is None else parts[owner]
        if here != part:
            in_part, part = None, here
        if isinstance(block, TextBlock) and "元" in block.text:
            text = block.text[:_LONGEST]
            said = said_unit(text)
            for_all = for_all or said
            in_part = declared_unit(text) or said or in_part
        yield in_part or for_all


def _parts(outline: Outline) -> list[int]:
    """For each heading the one of the first level that it stands under, itself if it is one."""
    parts: list[int] = []
    for heading in outline.headings:
        parts.append(heading.ordinal if heading.parent is None else parts[heading.parent])
    return parts
