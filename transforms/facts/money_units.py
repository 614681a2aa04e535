"""The unit of money that holds for a figure printed without one, as its section or the document declares it.

Units printed with the figure itself are read where the figure is.
"""

from __future__ import annotations

from transforms.documents.model import TextBlock
from transforms.facts.amounts import declared_unit, said_unit
from transforms.facts.outline import Outline


def unit_in_force(outline: Outline, index: int) -> str | None:
    """The unit declared nearest before block ``index`` within its first-level part, or in its own block (单位：万元,
    金额单位均为万元), else the one that the document declares for all that follows."""
    blocks = outline.document.blocks
    heading = outline.heading_at(index)
    while heading is not None and heading.parent is not None:
        heading = outline.headings[heading.parent]
    for position in range(index, heading.block if heading else -1, -1):
        unit = _declared(blocks[position], declared_unit) or _declared(blocks[position], said_unit)
        if unit:
            return unit
    said = (_declared(block, said_unit) for block in blocks[:index])
    return next((unit for unit in said if unit), None)


def _declared(block: object, read: object) -> str | None:
    if not isinstance(block, TextBlock) or "元" not in block.text or not callable(read):
        return None
    unit = read(block.text)
    return unit if isinstance(unit, str) else None
