"""Lists of units in groups, each with its own number: 其中：机关2个：甲、乙；学校3所：丙、丁、戊; in one or in several
blocks.

What an item says is read in names.py; which list counts is decided in reading.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transforms.documents.model import TextBlock
from transforms.facts.organisation.names import closing, read_unit, split_conjunction
from transforms.facts.outline.listing import Item, split_marks
from transforms.facts.outline.mentions import Span
from transforms.facts.outline.numbering import chinese_count
from transforms.facts.outline.outline import Outline

_GROUP = re.compile(
    r"(?<![^:。;、,()\s])[^:。;、,()\s]{0,16}?(?P<number>[\d一二三四五六七八九十两]{1,3})[个家所间户](?:是(?=[行事]))?(?:预算|事业|行政|参公|财政|全额|下属|所属|公益[一二三]?类|性质)*(?:单位|机构)?"
    r"(?:,?(?:具体|分别|依次)*(?:为|是|即|包括|包含|有)[:]?|:|(?P<bracket>\())"
)
_ALONE = r"(?:机关|单位)?(?P<number>[1一])[个家户](?=[。;,、:]|$)"
_MAY_BE_OWN = re.compile(f"本[级部]{_ALONE}")
_OWN = re.compile(rf"(?P<name>[^:。;、,()\s]{{0,12}}本[级部]){_ALONE}")
"""The department itself, counted and not named."""
_KIND = re.compile(r"(?:^|(?<=[:。;.)、]))[^:。;、,()]{0,12}(?:单位|机构|类|学校|部门|站所)[)]?:")
_COUNT = re.compile("[\\d一二三四五六七八九十两]{1,3}[个家所间户](?!是)")
_END = re.compile("[;。]|$")
_NO_UNITS = re.compile("内设|科室|股室|办公室|社区|村|居委|网格|项目|党")
_MOST_BLOCKS = 12
_MOST_TRIED = 60
"""Numbers in one block that may head a group, and the characters of its names: more are no list of units."""
_LONGEST_GROUP = 2000
_NEARLY = 2


class Group(NamedTuple):
    """A group as counted and as named; ``block`` and ``start``: where its number stands."""

    number: int
    block: int
    start: int
    items: list[Item]


def grouped(outline: Outline, index: int, start: int, stop: int, counts: set[int]) -> list[Group]:
    """The groups in the block from ``start`` to ``stop`` and in the blocks below it, as long as each holds
    groups: at least two that come to one of the ``counts`` or, each as long as it says, nearly so; else none."""
    if not counts:
        return []
    groups = list(_groups(outline, index, start, stop))
    blocks = outline.document.blocks
    for below in range(index + 1, min(index + 1 + _MOST_BLOCKS, len(blocks))):
        block = blocks[below]
        more = list(_groups(outline, below, 0, len(block.text))) if isinstance(block, TextBlock) else []
        if not more:
            break
        groups += more
    distance = min(abs(sum(group.number for group in groups) - count) for count in counts)
    is_whole = not distance or (distance <= _NEARLY and all(group.number == len(group.items) for group in groups))
    return groups if len(groups) > 1 and is_whole else []


def without_kind(text: str, item: Item) -> list[Item]:
    """The names behind a word that only says what they are (事业单位：甲、乙); any other item as it is."""
    kind = _KIND.match(text, item.start, item.end)
    names = _names(text, item.block, Span(kind.end(), item.end)) if kind else []
    return names or [item]


def _groups(outline: Outline, index: int, start: int, stop: int) -> Iterator[Group]:
    block = outline.text_block(index)
    text, position = block.text, start
    own = _OWN.search(text, start, stop) if _MAY_BE_OWN.search(text, start, stop) else None
    if own:
        yield Group(1, index, own.start("number"), [Item(index, *own.span("name"))])
        position = own.end()
    for _ in range(_MOST_TRIED):
        group = _GROUP.search(text, position, stop)
        if group is None:
            return
        if _COUNT.match(text, group.end(), stop):  # the number of all, and that of a group right behind it
            position = group.end("number") + 1
            continue
        limit = min(stop, group.end() + _LONGEST_GROUP)
        end = closing(text, group.start("bracket"), limit) if group["bracket"] else _end(text, group.end(), limit)
        is_other = _NO_UNITS.search(text, group.start(), group.end()) is not None
        items = [] if is_other else _names(text, index, Span(group.end(), end))
        if items:
            yield Group(chinese_count(group["number"]) or 0, index, group.start("number"), items)
        position = end if items else group.end()


def _names(text: str, index: int, span: Span) -> list[Item]:
    """The items of a stretch that names units and nothing else."""
    parts = [part for whole in split_marks(text, *span) for part in split_conjunction(text, whole, "units")]
    return [Item(index, *part) for part in parts] if all(read_unit(text, part, None) for part in parts) else []


def _end(text: str, start: int, stop: int) -> int:
    found = _END.search(text, start, stop)
    return found.start() if found else stop
