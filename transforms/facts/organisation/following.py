"""The items of a list in the blocks that follow the one that announces it: numbered, short lines, or one line of names.

What an item says is read in names.py; which of several lists counts is decided in lists.py.
"""

from __future__ import annotations

from transforms.documents.model import TextBlock
from transforms.facts.organisation.groups import without_kind
from transforms.facts.outline.listing import Item, blocks_listed, numbered_inline, split_marks
from transforms.facts.outline.outline import Outline

_LONGEST_LINE = 60


def following(outline: Outline, index: int, text: str) -> list[Item]:
    """Numbered blocks after the announcing one, or what one of them numbers within; else behind a colon short lines,
    or one line of names."""
    blocks = outline.document.blocks
    found = []
    for position, marker in blocks_listed(outline, index):
        block = blocks[position]
        if isinstance(block, TextBlock):
            within = numbered_inline(block.text, 0, len(block.text))
            items = [Item(position, *span) for span in within] or [Item(position, marker.end, len(block.text))]
            found += [part for item in items for part in without_kind(block.text, item)]
    if found or not text.endswith(":"):
        return found
    return [
        Item(line.block, *span)
        for whole in _short_lines(outline, index + 1) or _line_of_names(outline, index + 1)
        for line in without_kind(outline.text_block(whole.block).text, whole)
        for span in split_marks(outline.text_block(line.block).text, line.start, line.end)
    ]


def _line_of_names(outline: Outline, index: int) -> list[Item]:
    block = outline.document.blocks[index] if index < len(outline.document.blocks) else None
    if not isinstance(block, TextBlock) or outline.markers[index]:
        return []
    is_list = block.text.count("、") > 1 and "。" not in block.text[:-1]
    return [Item(index, 0, len(block.text))] if is_list else []


def _short_lines(outline: Outline, first: int) -> list[Item]:
    """Lines of one kind (all bulleted or all plain) from block ``first`` on, up to a heading or an announcement."""
    found: list[Item] = []
    kind = None
    for position in range(first, len(outline.document.blocks)):
        block, heading = outline.document.blocks[position], outline.heading_at(position)
        is_line = isinstance(block, TextBlock) and len(block.text) <= _LONGEST_LINE and not block.text.endswith(":")
        if not is_line or outline.markers[position] or (heading and heading.block == position):
            break
        assert isinstance(block, TextBlock)
        if kind is not None and block.kind is not kind:
            break
        kind = block.kind
        found.append(Item(position, 0, len(block.text)))
    return found
