"""Lists of units in groups, each with its own number or class: 其中：机关2个：甲、乙；学校：丙、丁、戊; in one or in
several blocks.

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

_NUMBER = r"[\d一二三四五六七八九十两]{1,3}"
_ARE = "(?:,?(?:具体|分别|依次)*(?:为|是|即|包括|包含|有)[:]?|:)"
_GROUP = re.compile(
    rf"(?<![^:。;、,()\s])[^:。;、,()\s]{{0,16}}?(?:(?P<number>{_NUMBER})[个家所间户](?:是(?=[行事]))?"
    rf"(?:预算|事业|行政|参公|财政|全额|下属|所属|公益[一二三]?类|公益|[一二三]类|性质)*(?:单位|机构)?"
    rf"(?:{_ARE}|(?P<bracket>\())|\([共计]{{0,2}}(?P<within>{_NUMBER})[个家所间户]\){_ARE})"
)
_CLASS = re.compile(
    rf"(?:^|(?<=[:。;).、]))(?![^:。;、,()]{{0,12}}?{_NUMBER}[个家所间户])[^:。;、,()]{{0,12}}"
    r"(?:单位|机构|类|学校|[小中]学|幼儿园|部门|站所|本[级部]|机关)(?:\([^()]{1,6}\))?:"
)
"""A class of units that are not counted: 行政单位(本级):甲."""
_ALONE = r"(?:机关|单位)?(?P<number>[1一])[个家户](?=[。;,、:]|$)"
_MAY_BE_OWN = re.compile(f"本[级部]{_ALONE}")
_OWN = re.compile(rf"(?P<name>[^:。;、,()\s]{{0,12}}本[级部]){_ALONE}")
"""The department itself, counted and not named."""
_COUNT = re.compile(rf"{_NUMBER}[个家所间户](?!是)")
_KIND = re.compile(
    "[^:。;、,()]{0,12}(?:单位|机构|类|学校|部门|站所)(?:[)]?:|,?(?:分别|具体|依次)*(?:为|是|有|即|包括|包含)+:?)"
)
_OFFICIAL = re.compile("人民政府|(?:街道)?办事处")
_CLASS_ALONE = re.compile(
    "(?:[一二三四五六七八九]是)?[^:。;、,()]{2,10}(?:单位|机构|部门|类[为是即])(?=[\u4e00-\u9fff]{4})"
)
"""A class with no mark between it and the first name: 街属事业单位白鹤街文化站."""
_END = re.compile("[;。]|$")
_NO_UNITS = re.compile("内设|科室|股室|办公室|社区|村|居委|网格|项目|党")
_MOST_BLOCKS = 12
_MOST_TRIED = 60
"""Numbers in one block that may head a group, and the characters of its names: more are no list of units."""
_LONGEST_GROUP = 2000
_NEARLY = 2
_BEGINNING = 2


class Group(NamedTuple):
    """A group as counted and as named; ``block`` and ``start``: where its number stands; ``is_counted``: the number
    is printed, else it is that of the names; ``is_own``: 本级1个, which counts the department and names it not."""

    number: int
    block: int
    start: int
    items: list[Item]
    is_counted: bool = True
    is_own: bool = False


def grouped(outline: Outline, index: int, start: int, stop: int, counts: set[int]) -> list[Group]:
    """The groups in the block from ``start`` to ``stop`` and in the blocks below it, as long as each holds
    groups: at least two that come to one of the ``counts`` or, each as long as it says, nearly so; where one is not
    counted, both of it; else none."""
    if not counts:
        return []
    groups = list(_groups(outline, index, start, stop))
    blocks = outline.document.blocks
    for below in range(index + 1, min(index + 1 + _MOST_BLOCKS, len(blocks))):
        block = blocks[below]
        if not isinstance(block, TextBlock):
            break
        names = _names(block.text, below, Span(0, len(block.text))) if groups and not groups[-1].items else []
        if names and len(names) == (groups[-1].number or len(names)):
            groups[-1] = groups[-1]._replace(items=names, number=len(names))
            continue
        more = list(_groups(outline, below, 0, len(block.text)))
        if not more:
            break
        groups += more
    groups = [group for group in groups if group.items]
    if sum(group.number for group in groups) - 1 in counts:  # 本级1个, which a group names
        groups = [group for group in groups if not group.is_own]
    distance = min(abs(sum(group.number for group in groups) - count) for count in counts)
    are_whole = all(group.number == len(group.items) for group in groups)
    are_counted = all(group.is_counted for group in groups)
    is_list = (not distance and (are_counted or are_whole)) or (distance <= _NEARLY and are_counted and are_whole)
    return groups if len(groups) > 1 and is_list else []


def without_kind(text: str, item: Item) -> list[Item]:
    """The names behind a word that only says what they are (事业单位：甲、乙); any other item as it is."""
    kind = _KIND.match(text, item.start, item.end)
    names = _names(text, item.block, Span(kind.end(), item.end)) if kind else []
    return names or [item]


def named_together(text: str, item: Item) -> list[Item]:
    """The names of an item that names several units and nothing else; any other item as it is."""
    (first, *others) = without_kind(text, item)
    names = [] if others else _names(text, item.block, Span(first.start, first.end))
    return [first, *others] if others else names or [item]


def without_classes(outline: Outline, items: list[Item], department: str | None) -> list[Item]:
    """The items without the class before the first name of it: what is behind it begins as a part of the
    department's name or as the items without one do."""
    texts = [outline.text_block(item.block).text for item in items]
    heads = [_CLASS_ALONE.match(text, item.start, item.end) for text, item in zip(texts, items, strict=True)]
    if not any(heads):
        return items
    plain = zip(texts, items, heads, strict=True)
    beginnings = {text[item.start : item.start + _BEGINNING] for text, item, head in plain if head is None}
    name = _OFFICIAL.sub("", department or "")
    beginnings |= {name[at : at + _BEGINNING] for at in range(len(name) - 1)}
    return [
        Item(item.block, head.end(), item.end)
        if head and text[head.end() : head.end() + _BEGINNING] in beginnings
        else item
        for text, item, head in zip(texts, items, heads, strict=True)
    ]


def _groups(outline: Outline, index: int, start: int, stop: int) -> Iterator[Group]:
    block = outline.text_block(index)
    text, position = block.text, start
    own = _OWN.search(text, start, stop) if _MAY_BE_OWN.search(text, start, stop) else None
    if own:
        yield Group(1, index, own.start("number"), [Item(index, *own.span("name"))], is_own=True)
        position = own.end()
    for _ in range(_MOST_TRIED):
        group = _next(text, position, stop)
        if group is None:
            return
        figure = next((name for name in ("number", "within") if group.groupdict().get(name)), None)
        if figure and _COUNT.match(text, group.end(), stop):  # the number of all, and that of a group right behind it
            position = group.end(figure) + 1
            continue
        number, place = (chinese_count(group[figure]) or 0, group.start(figure)) if figure else (0, group.start())
        if group.end() == len(text):
            yield Group(number, index, place, [], figure is not None)  # named in the block below
        limit = min(stop, group.end() + _LONGEST_GROUP)
        is_bracket = figure is not None and group["bracket"]
        end = closing(text, group.start("bracket"), limit) if is_bracket else _end(text, group.end(), limit)
        is_other = _NO_UNITS.search(text, group.start(), group.end()) is not None
        items = [] if is_other else _names(text, index, Span(group.end(), end))
        if items:
            yield Group(number if figure else len(items), index, place, items, figure is not None)
        position = end if items else group.end()


def _next(text: str, position: int, stop: int) -> re.Match[str] | None:
    """The next head of a group, counted or not."""
    heads = [head for words in (_GROUP, _CLASS) if (head := words.search(text, position, stop))]
    return min(heads, key=re.Match.end, default=None)


def _names(text: str, index: int, span: Span) -> list[Item]:
    """The items of a stretch that names units and nothing else."""
    parts = [part for whole in split_marks(text, *span) for part in split_conjunction(text, whole, "units")]
    return [Item(index, *part) for part in parts] if all(read_unit(text, part, None) for part in parts) else []


def _end(text: str, start: int, stop: int) -> int:
    found = _END.search(text, start, stop)
    return found.start() if found else stop
