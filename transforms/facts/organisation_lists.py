"""Where lists of budget units and internal offices stand: behind the words that open them, in the blocks that follow,
or in a table; and the counts stated beside them.

What an item says is read in organisation_names.py; which list counts is decided in organisation.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from transforms.documents.model import Place, Table, TextBlock
from transforms.facts.listing import Item, blocks_listed, numbered_inline, split_marks
from transforms.facts.mentions import Aside, Mention, Span
from transforms.facts.numbering import chinese_count
from transforms.facts.organisation_names import (
    alone_at,
    counts_no_units,
    is_generic,
    own_unit,
    read_office,
    read_unit,
    split_conjunction,
    words_of,
)
from transforms.facts.outline import Heading, Outline, Piece

KINDS = ("units", "offices")
_SUBJECTS = ("单位", "机构", "科室", "办公室", "部门", "设")
_LONGEST_LINE = 60
_LONGEST_PART = 14
_BRACKET = re.compile(r"\((?!含)([^()]{4,})\)")
_COUNTED_BRACKET = re.compile(r"[\d一二三四五六七八九十][个家][^,。;:()]{0,10}\((?!含)([^()]{4,})\)")
_PART = re.compile("其中[^,。;、]{0,10}$")
_ANNOUNCEMENT = re.compile("[^。]{0,12}:")
_ONLY_A_COUNT = re.compile("(?:共有?|计)?[\\d一二三四五六七八九十]{1,3}[个家][^,。;:]{0,8}。?$")
_SAYS_HOW_MANY = re.compile("[^、:。]{0,40}[\\d一二三四五六七八九十]{1,3}[个家]?,?")
"""Words between 所属单位: and 分别为 that name no unit yet."""
_ANNOUNCING = ("如下", "以下", "名单", "分别")


class Listed(NamedTuple):
    """A unit (with its role) or an office (with second names and remark) as printed, and its place."""

    name: str
    role: str
    also_named: list[str]
    remark: str | None
    place: Place
    raw: str


class Stretch(NamedTuple):
    """A stretch of a block that speaks of units or of offices; ``anchor``: end of the last word that says so;
    ``limit``: where the next stretch begins, to which a numbered list may run on."""

    kind: str
    start: int
    end: int
    anchor: int
    limit: int


def stretches(text: str, start: int) -> list[Stretch]:
    """From the sentence that first speaks of units (or offices) to the end of the last, or to a change of subject."""
    if not any(subject in text for subject in _SUBJECTS):
        return []
    anchors = sorted(
        (match.start(), match.end(), kind)
        for kind in KINDS
        for scanner in (words_of(kind).anchor, words_of(kind).lists)
        if scanner
        for match in scanner.finditer(text, start)
    )
    found: list[Stretch] = []
    for begin, end, kind in anchors:
        stop = text.find("。", end) + 1 or len(text)
        if found and found[-1].kind == kind:
            found[-1] = found[-1]._replace(end=stop, anchor=end)
            continue
        if found and found[-1].end > begin:
            found[-1] = found[-1]._replace(end=begin)
        if found:
            found[-1] = found[-1]._replace(limit=begin)
        sentence = max(text.rfind("。", start, begin) + 1, start, found[-1].end if found else 0)
        found.append(Stretch(kind, sentence, stop, end, len(text)))
    return found


def stated_counts(piece: Piece, text: str, stretch: Stretch) -> Iterator[Mention | Aside]:
    """The counts of units, subordinate units or offices that a stretch states, and what else it counts among units."""
    words = words_of(stretch.kind)
    for match in words.quantity.finditer(text, stretch.start, stretch.end):
        if stretch.kind == "units" and (counts_no_units(text, match.end()) or _is_part(text, match.start())):
            continue
        name = next((beside.figure for beside in words.counted if beside.is_beside(text, match)), None)
        number = chinese_count(match[1])
        if number is None:
            continue
        span, sentence = Span(*match.span(1)), Span(stretch.start, stretch.end)
        unit = text[span.end]
        if name:
            yield Mention(name, Decimal(number), Decimal(1), unit, piece.index, span, sentence, 0, span.end + 1)
        elif stretch.kind == "units":
            yield Aside("units", Decimal(number), unit, piece.index, span, sentence, span.end + 1)


def _is_part(text: str, start: int) -> bool:
    """Whether the number at ``start`` counts some of the units only: 其中独立核算单位1个."""
    return _PART.search(text, max(0, start - _LONGEST_PART), start) is not None


def listed_in_text(outline: Outline, piece: Piece, text: str, stretch: Stretch, department: str | None) -> list[Listed]:
    """The units or offices of a stretch; the one marked 本级 in front of the list too. 本级 standing alone is the
    department itself."""
    items = _items(outline, piece.index, text, stretch)
    if stretch.kind == "offices":
        return [office for item in items if (office := _office(outline, item))]
    units = [unit for item in items if (unit := _unit(outline, item, department))]
    own = own_unit(text, stretch.start, stretch.end)
    if department and (alone := alone_at(text, stretch.start, stretch.end)):
        return [_listed(outline, Item(piece.index, *alone), "本级")._replace(name=department)]
    if own and not any(unit.role == "本级" for unit in units):
        units.insert(0, _listed(outline, Item(piece.index, *own), "本级"))
    return [_named_in_full(unit, department) for unit in units]


def listed_below(outline: Outline, heading: Heading, department: str | None) -> tuple[str, list[Listed]] | None:
    """The kind and the names that stand, a line each, below a heading that says nothing but what they are."""
    block = outline.document.blocks[heading.block]
    assert isinstance(block, TextBlock)
    kind = next((kind for kind in KINDS if words_of(kind).title.search(block.text, heading.start)), None)
    if kind is None or heading.end < len(block.text):
        return None
    items = _following(outline, heading.block, ":")
    read = [_office(outline, item) if kind == "offices" else _unit(outline, item, department) for item in items]
    found = list(takewhile(lambda one: one is not None, read))
    return (kind, [one for one in found if one]) if len(found) > 1 else None


def listed_in_table(table: Table, department: str | None, title: str = "") -> tuple[str, list[Listed]] | None:
    """The kind and the names of a table whose column of names holds units or offices; ``title``: the heading over it,
    which tells where the column's name does not."""
    for kind in sorted(KINDS, key=lambda kind: words_of(kind).title.search(title) is None):
        words = words_of(kind)
        column = next((at for at, cell in enumerate(table.header) if words.column.fullmatch(cell.text)), None)
        if column is None:
            continue
        found = []
        for row in table.rows:
            cell = row.cells[column] if column < len(row.cells) and not row.is_total else None
            unit = read_unit(cell.text, Span(0, len(cell.text)), department) if cell else None
            if cell and unit:
                found.append(Listed(cell.text[slice(*unit.name)], unit.role, [], None, cell.place, cell.raw))
        return kind, [_named_in_full(unit, department) for unit in found]
    return None


def _items(outline: Outline, index: int, text: str, stretch: Stretch) -> list[Item]:
    """The items behind the words that open the list, in the block itself, else in the blocks after it."""
    bracket = _BRACKET.match(text, stretch.anchor, stretch.limit)
    bracket = bracket or _COUNTED_BRACKET.search(text, stretch.start, stretch.end)
    names = split_marks(text, *bracket.span(1)) if bracket else []
    if names and all(text[begin:end].endswith(words_of(stretch.kind).ending) for begin, end in names):
        return [Item(index, *span) for span in names]
    opening = _opening(text, stretch)
    start = stretch.anchor if opening is None else opening
    numbered = numbered_inline(text, start, stretch.limit)
    if numbered:
        return [Item(index, *span) for span in numbered]
    is_count = opening is not None and _ONLY_A_COUNT.match(text, opening) is not None
    if opening is not None and opening < stretch.end - 1 and not is_count:
        spans = split_marks(text, opening, stretch.end)
        return [Item(index, *part) for span in spans for part in split_conjunction(text, span, stretch.kind)]
    is_announced = text.endswith(":") or any(word in text[stretch.start :] for word in _ANNOUNCING)
    is_announced = is_announced or is_count
    is_last = stretch.end >= len(text) - 1 or _ANNOUNCEMENT.fullmatch(text, stretch.end) is not None
    return _following(outline, index, text) if is_announced and is_last else []


def _opening(text: str, stretch: Stretch) -> int | None:
    """Where the list begins: behind the last colon, else the last 分别是 or 包括, else the first 是 or 有 behind the
    words that say what is listed."""
    best, strength = None, 0
    for match in words_of(stretch.kind).opens.finditer(text, stretch.start, stretch.end):
        this = 3 if match[0].endswith(":") else 2 if len(match[0]) > 1 else 1
        if this == 2 and strength == 3 and best is not None and _SAYS_HOW_MANY.fullmatch(text, best, match.start()):
            this = 3
        if this > strength or (this == strength and this > 1):
            is_early = this == 1 and match.start() < stretch.anchor
            best, strength = (best, strength) if is_early else (match.end(), this)
    lists = words_of(stretch.kind).lists
    names = lists.search(text, stretch.start, stretch.end) if lists and strength < 2 else None
    return names.end() if names else best


def _following(outline: Outline, index: int, text: str) -> list[Item]:
    """Numbered blocks after the announcing one, else behind a colon short lines, or one line of names."""
    blocks = outline.document.blocks
    found = []
    for position, marker in blocks_listed(outline, index):
        block = blocks[position]
        if isinstance(block, TextBlock):
            found.append(Item(position, marker.end, len(block.text)))
    if found or not text.endswith(":"):
        return found
    return [
        Item(line.block, *span)
        for line in _short_lines(outline, index + 1) or _line_of_names(outline, index + 1)
        for span in split_marks(_text(outline, line), line.start, line.end)
    ]


def _line_of_names(outline: Outline, index: int) -> list[Item]:
    block = outline.document.blocks[index] if index < len(outline.document.blocks) else None
    is_list = isinstance(block, TextBlock) and not outline.markers[index] and block.text.count("、") > 1
    return [Item(index, 0, len(block.text))] if is_list and isinstance(block, TextBlock) else []


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


def _unit(outline: Outline, item: Item, department: str | None) -> Listed | None:
    unit = read_unit(_text(outline, item), Span(item.start, item.end), department)
    return _listed(outline, Item(item.block, *unit.name), unit.role) if unit else None


def _office(outline: Outline, item: Item) -> Listed | None:
    office = read_office(_text(outline, item), Span(item.start, item.end))
    if office is None:
        return None
    printed = outline.printed(item.block)
    remark = "；".join(printed.text(*span) for span in office.remarks)
    return _listed(outline, Item(item.block, *office.name), "")._replace(
        also_named=[printed.text(*span) for span in office.also_named], remark=remark or None
    )


def _listed(outline: Outline, item: Item, role: str) -> Listed:
    printed = outline.printed(item.block)
    name = printed.text(item.start, item.end)
    return Listed(name, role, [], None, printed.place(item.start), name)


def _named_in_full(unit: Listed, department: str | None) -> Listed:
    is_bare = unit.role == "本级" and (len(unit.name) < 6 or unit.name.endswith("本级") or is_generic(unit.name))
    return unit._replace(name=department) if is_bare and department else unit


def _text(outline: Outline, item: Item) -> str:
    block = outline.document.blocks[item.block]
    assert isinstance(block, TextBlock)
    return block.text
