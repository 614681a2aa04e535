"""Units -> blocks: headings told from paragraphs and list items, captions from both.

Joining lines belongs to joins.py; what a heading means is the outline's business.
"""

from __future__ import annotations

import re
from itertools import pairwise

from transforms.documents.flow.units import Unit
from transforms.documents.layout import layout
from transforms.documents.model import BlockKind, TextBlock

_LONGEST_NUMBERED = 40
_LONGEST_BOLD = 40
_LONGEST_PLAIN = 26
_LONGEST_TITLE = 60
_LONGEST_SIGNED = 16
_LARGE_SIGNS = frozenset("■◆")
_LONGEST_CAPTION = 60
_BODY = 30
_MOST_CAPTIONS = 3
_FEWEST_LISTED = 3
_SENTENCE = re.compile(r"[。;!?]")
_TITLE_BREAKS = re.compile(r"[,。;!?:]|、$")
_PLAIN_BREAKS = re.compile(r"[,。;!?:、]")
_DATE = re.compile(
    r"(?:日期)?[\d二〇○零一三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,3}月|20\d\d[-./]\d{1,2}[-./]\d{1,2}$"
)
_TOP_STYLES = ("第一部分", "一、")
_UPPER_STYLES = (*_TOP_STYLES, "（一）")


def to_blocks(units: list[Unit], is_first: bool, before_table: bool, signs: frozenset[str]) -> list[TextBlock]:
    """The blocks of the units between two tables. ``is_first``: nothing stands before them; ``before_table``: a
    table follows them; ``signs``: those that head the document's sections."""
    titles = _title_lines(units) if is_first else range(0)
    kinds = [
        _kind(units, index, titles, before_table and index == len(units) - 1, signs) for index in range(len(units))
    ]
    blocks = [_block(unit, kind) for unit, kind in zip(units, kinds, strict=True)]
    if before_table:
        for block in take_captions(blocks):
            is_title = is_first and block is blocks[0] and layout().title_word.search(block.text) is not None
            if block.visual_level is None and not is_title:
                block.kind = BlockKind.CAPTION
    return blocks


def take_captions(blocks: list[TextBlock]) -> list[TextBlock]:
    """The last blocks before a table that are its captions: units of amounts, 表1 ..., titles ending in 表."""
    captions: list[TextBlock] = []
    for block in reversed(blocks[-_MOST_CAPTIONS:]):
        if len(block.text) > _LONGEST_CAPTION or layout().caption.match(block.text) is None:
            break
        captions.insert(0, block)
    return captions


def _block(unit: Unit, kind: BlockKind) -> TextBlock:
    starts = tuple(unit.starts) if len(unit.pieces) > 1 else ()
    return TextBlock(kind, unit.raw, unit.text, unit.place, unit.level, unit.is_bold, starts)


def _kind(units: list[Unit], index: int, titles: range, before_table: bool, signs: frozenset[str]) -> BlockKind:
    unit = units[index]
    if unit.level is not None:
        return BlockKind.HEADING
    if unit.is_all_bold and len(unit.text) <= _LONGEST_BOLD and unit.text[-1] not in "。;,":
        return BlockKind.HEADING
    if unit.bullet:
        return BlockKind.HEADING if unit.bullet in signs else BlockKind.LIST_ITEM
    if unit.numbering is not None:
        return BlockKind.HEADING if _heads(units, index, before_table) else BlockKind.LIST_ITEM
    is_heading = index in titles or _is_plain_heading(units, index, titles)
    return BlockKind.HEADING if is_heading else BlockKind.PARAGRAPH


def heading_signs(units: list[Unit]) -> frozenset[str]:
    """The large signs that head the sections of a document without numbered headings or others of its medium: all
    their lines are short, without any mark, and none stands beside another one."""
    if any(_heads_otherwise(unit) for unit in units):
        return frozenset()
    found: dict[str, list[int]] = {}
    for at, unit in enumerate(units):
        if unit.bullet in _LARGE_SIGNS:
            found.setdefault(unit.bullet, []).append(at)
    return frozenset(sign for sign, places in found.items() if _are_heads(units, places))


def _heads_otherwise(unit: Unit) -> bool:
    is_numbered = unit.numbering is not None and unit.numbering.style in _UPPER_STYLES and not unit.bullet
    return is_numbered or (unit.level or 0) > 1 or unit.is_all_bold


def _are_heads(units: list[Unit], places: list[int]) -> bool:
    texts = [units[at].text for at in places]
    are_short = all(len(text) <= _LONGEST_SIGNED and not _PLAIN_BREAKS.search(text) for text in texts)
    are_apart = all(after - before > 1 for before, after in pairwise(places))
    return are_short and are_apart and len(places) > 1 and places[-1] + 1 < len(units)


def _heads(units: list[Unit], index: int, before_table: bool) -> bool:
    """Whether a numbered line is a heading: a title without end mark, and not one of a list of such lines."""
    unit = units[index]
    if not _could_head(unit) or unit.numbering is None:
        return False
    style = unit.numbering.style
    if style in _TOP_STYLES:
        return True
    neighbours = _listed_around(units, index)
    if style in _UPPER_STYLES:
        return neighbours < _FEWEST_LISTED
    return neighbours == 1 and (index + 1 < len(units) or before_table)


def _could_head(unit: Unit) -> bool:
    numbering = unit.numbering
    if numbering is None or unit.bullet:
        return False
    title = unit.text[numbering.end :]
    is_title = 0 < len(title) <= _LONGEST_NUMBERED and _SENTENCE.search(title) is None and title.count(",") <= 1
    return is_title and title[-1] != "," and layout().announces.search(title) is None


def _listed_around(units: list[Unit], index: int) -> int:
    """How many lines of the same numbering style stand together around ``index``, nothing else between them."""
    numbering = units[index].numbering
    count = 1
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(units) and count <= _FEWEST_LISTED:
            other = units[at].numbering
            if other is None or numbering is None or other.style != numbering.style or not _could_head(units[at]):
                break
            count, at = count + 1, at + step
    return count


def _is_plain_heading(units: list[Unit], index: int, titles: range) -> bool:
    """A short unnumbered line without any mark that stands alone above body text."""
    unit, below = units[index], units[index + 1] if index + 1 < len(units) else None
    above = units[index - 1] if index and index - 1 not in titles else None
    if below is None or not _is_plain(unit) or (above is not None and _is_plain(above) and not above.is_all_bold):
        return False
    is_body = len(below.text) >= _BODY or layout().end.search(below.text) is not None
    return len(unit.pieces) == 1 and (is_body or below.numbering is not None)


def _is_plain(unit: Unit) -> bool:
    if unit.level is not None or unit.bullet or unit.numbering is not None:
        return False
    text = unit.text
    return 2 <= len(text) <= _LONGEST_PLAIN and not _PLAIN_BREAKS.search(text) and not _DATE.match(text)


def _title_lines(units: list[Unit]) -> range:
    """The first lines, nothing between them, that make up the document's title; the number of an annex may stand
    above."""
    start = stop = 1 if units and layout().annex.match(units[0].text) else 0
    while stop < len(units) and _is_title(units[stop]) and (stop == start or not units[stop].has_gap):
        stop += 1
    return range(start, stop)


def _is_title(unit: Unit) -> bool:
    text = unit.text
    return 4 <= len(text) <= _LONGEST_TITLE and not _TITLE_BREAKS.search(text) and unit.numbering is None
