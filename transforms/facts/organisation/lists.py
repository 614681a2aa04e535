"""Where lists of budget units and internal offices stand: behind the words that open them, or in the blocks that
follow.

Lists in tables are read in tables.py, what an item says in names.py, how many are counted in counts.py; which list
counts is decided in reading.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from transforms.documents.model import Place
from transforms.facts.model import OWN_ROLE, SUBORDINATE_ROLE
from transforms.facts.organisation.counts import (
    KINDS,
    STATED,
    STATED_OFFICES,
    SUBORDINATE,
    Count,
    Stretch,
    dependent_in,
    is_within,
)
from transforms.facts.organisation.following import following
from transforms.facts.organisation.groups import Group, grouped, named_together, without_classes
from transforms.facts.organisation.names import (
    alone_at,
    bare_name,
    in_bracket,
    is_generic,
    own_unit,
    read_office,
    read_unit,
    split_conjunction,
)
from transforms.facts.organisation.told_offices import told_offices
from transforms.facts.organisation.words import words_of
from transforms.facts.outline.listing import Item, numbered_inline, split_marks
from transforms.facts.outline.mentions import Span
from transforms.facts.outline.numbering import chinese_count
from transforms.facts.outline.outline import Heading, Outline, Piece

_NEARLY = 2
_BRACKET = re.compile(r"\((?!含)")
_COUNTED_BRACKET = re.compile(r"[\d一二三四五六七八九十][个家][^,。;:()]{0,10}\((?!含)")
_ANNOUNCEMENT = re.compile("[^。]{0,12}:")
_ONLY_A_COUNT = re.compile("(?:共有?|计)?[\\d一二三四五六七八九十]{1,3}[个家][^,。;:]{0,8}。?$")
_OFFICES = re.compile("内设|[科处股]室")
_CLAUSE = re.compile("[^:。]+")
_SAYS_HOW_MANY = re.compile("[^、:。]{0,40}[\\d一二三四五六七八九十]{1,3}[个家]?,?")
_SAYS_WHICH = re.compile(
    _SAYS_HOW_MANY.pattern + "[^、:。,]{0,6}(?:单位|机构)[。;](?:其中)?(?:下属|所属|二级)(?:预算)?(?:单位|机构)"
)
"""Words between 所属单位: and 分别为, or the 为 of a sentence of its own, that name no unit yet."""
_NAMES_THEM = re.compile("(?<=。)[^,。;、:()]{2,12}(?:分别|依次|具体|即)+(?:[为是有即]|包括)*[:]?")
"""How a sentence begins that names what the one before counts by kind: 事业单位4个。事业单位分别为……"""
_ONE_EACH = re.compile(
    "(?:^|(?<=[,、;:。]))(?:另外?|还有|再|又|其中|最后|第)?[一二三四五六七八九][个家][就则]?[是为即]"
)
"""Words before each of the names: 一个是甲，另一个是乙."""
_SAYS_ONE = re.compile("[个家][就则]?[是为即]")
_ANNOUNCING = ("如下", "以下", "名单", "分别")


@dataclass(slots=True)
class Listed:
    """A unit (with its role) or an office (with second names and remark) as printed, and its place."""

    name: str
    role: str
    also_named: list[str]
    remark: str | None
    place: Place
    raw: str


def groups_in(outline: Outline, index: int, stretch: Stretch, counts: list[Count]) -> list[Group]:
    """The groups in which a stretch lists its units, none where it does not."""
    numbers = {one.number for one in counts} if stretch.kind == "units" else set()
    return grouped(outline, index, stretch.start, stretch.limit, numbers)


def listed_in_text(
    outline: Outline,
    piece: Piece,
    text: str,
    stretch: Stretch,
    department: str | None,
    counted: list[Count],
    groups: list[Group],
) -> list[Listed]:
    """The units or offices of a stretch: of the lists in it the one that is as long as it says, else the longest. A
    department without other units is its own only one."""
    index = piece.index
    counts = {name: number for _, number, name in sorted(counted, key=lambda one: one.number)}
    dependent = dependent_in(text, stretch)
    lone = alone_at(text, stretch.start, stretch.end) if stretch.kind == "units" and department else None
    best: list[Listed] = []
    in_groups = [item for group in groups for item in group.items]
    lists = [(in_groups, True)] if groups else _lists(outline, index, text, stretch)
    for items, is_list in lists if lone is None else ():
        apart = [item for item in items if item.block != index or not is_within(item.start, dependent)]
        found = _read_items(outline, index, text, stretch, apart, department)
        if _agrees(found, counts):
            return found
        best = found if is_list and len(found) > len(best) else best
    if stretch.kind == "offices":
        best = _as_told(outline, index, text, stretch, counts.get(STATED_OFFICES), best)
    if department and not best and (lone or counts.get(STATED) == 1):
        whole = lone or Span(stretch.start, stretch.anchor)
        return [replace(_listed(outline, Item(index, *whole), OWN_ROLE), name=department)]
    return best or _read_items(outline, index, text, stretch, [], department)


def _as_told(
    outline: Outline, index: int, text: str, stretch: Stretch, count: int | None, best: list[Listed]
) -> list[Listed]:
    """The offices told one by one where they are as many as counted, or nearly so and no list names any."""
    if count is None:
        return best
    told = [office for item in told_offices(outline, index, text, stretch) if (office := _office(outline, item))]
    is_near = not best and abs(len(told) - count) <= _NEARLY < len(told)
    return told if len(told) == count or is_near else best


def _agrees(found: list[Listed], counts: dict[str | None, int]) -> bool:
    """Whether all that is counted beside a list is as much as it names, or one more in all where it leaves out the
    department itself."""
    named = {name: number for name, number in counts.items() if name} or counts
    subordinate = sum(one.role == SUBORDINATE_ROLE for one in found)
    if named.get(STATED) == len(found) + 1 and named.get(SUBORDINATE) == len(found) == subordinate:
        return True
    is_part = {name: name in (None, SUBORDINATE) for name in named}
    return bool(named) and all(
        number == subordinate if is_part[name] else number == len(found) for name, number in named.items()
    )


def _sharing_an_ending(outline: Outline, index: int, text: str, stretch: Stretch) -> list[Listed]:
    """The offices before their number and the one word for all of them: 内设党政综合、财政、综治等3个办公室."""
    match = words_of("offices").shared.search(text, stretch.start, stretch.end)
    names = split_marks(text, *match.span("names")) if match else []
    if match is None or len(names) != chinese_count(match["number"]):
        return []
    return [office for name in names if (office := _office(outline, Item(index, *name), ("",)))]


def _read_items(
    outline: Outline, index: int, text: str, stretch: Stretch, items: list[Item], department: str | None
) -> list[Listed]:
    """What the items name, and in front the unit marked 本级 outside of them."""
    if stretch.kind == "offices":
        offices = [office for item in items if (office := _office(outline, item))]
        return offices or _sharing_an_ending(outline, index, text, stretch)
    named = without_classes(outline, items, department)
    units = [unit for item in named if (unit := _unit(outline, item, department))]
    owned = [unit for unit in units if unit.role == OWN_ROLE]
    own = own_unit(text, stretch.start, stretch.end, department) if not owned else None
    if own:
        units.insert(0, _listed(outline, Item(index, *own), OWN_ROLE))
    if len(owned) > 1:  # 本级1个，即白鹤街道办事处
        units = [unit for unit in units if unit.role != OWN_ROLE or not is_generic(unit.name)] or owned
    return [named_in_full(unit, department) for unit in units]


def listed_below(outline: Outline, heading: Heading, department: str | None) -> tuple[str, list[Listed]] | None:
    """The kind and the names that stand, a line each, below a heading that says nothing but what they are; one over
    both kinds leaves it open."""
    block = outline.text_block(heading.block)
    kind = next((kind for kind in KINDS if words_of(kind).title.search(block.text, heading.start)), None)
    if kind is None or heading.end < len(block.text):
        return None
    if kind == "units" and _OFFICES.search(block.text, heading.start):
        return None
    items = following(outline, heading.block, ":")
    read = [_office(outline, item) if kind == "offices" else _unit(outline, item, department) for item in items]
    found = list(takewhile(lambda one: one is not None, read))
    return (kind, [one for one in found if one]) if len(found) > 1 else None


def _lists(outline: Outline, index: int, text: str, stretch: Stretch) -> Iterator[tuple[list[Item], bool]]:
    """The items of what may be the list of a stretch, the likeliest first: in a bracket, behind the words that open
    it, in the blocks after it. Last, those of each clause, which are a list only where a number says so (False)."""
    bracket = _BRACKET.match(text, stretch.anchor, stretch.limit)
    brackets = [bracket] if bracket else _COUNTED_BRACKET.finditer(text, stretch.start, stretch.end)
    names = [name for found in brackets for name in in_bracket(text, found.end(), stretch.limit, stretch.kind)]
    if names and all(bare_name(text[begin:end]).endswith(words_of(stretch.kind).ending) for begin, end in names):
        yield [Item(index, *span) for span in names], True
    for items in (_one_each(index, text, stretch), _named_on_their_own(index, text, stretch)):
        if items:
            yield items, True
    opening = _opening(text, stretch)
    start = stretch.anchor if opening is None else opening
    numbered = _numbered(index, text, Span(start, stretch.limit), stretch.kind)
    if numbered:
        yield numbered, True
    is_count = opening is not None and _ONLY_A_COUNT.match(text, opening) is not None
    if opening is not None and opening < stretch.end - 1 and not is_count and not numbered:
        yield _marked(index, text, Span(opening, stretch.end), stretch.kind), True
    is_announced = text.endswith(":") or any(word in text[stretch.start :] for word in _ANNOUNCING)
    is_announced = is_announced or is_count
    is_last = stretch.end >= len(text) - 1 or _ANNOUNCEMENT.fullmatch(text, stretch.end) is not None
    if is_announced and is_last:
        yield following(outline, index, text), True
    for clause in _CLAUSE.finditer(text, stretch.start, stretch.end):
        yield _marked(index, text, Span(*clause.span()), stretch.kind), False


def _numbered(index: int, text: str, span: Span, kind: str) -> list[Item]:
    """What the stretch numbers within, units named together told apart."""
    items = [Item(index, *part) for part in numbered_inline(text, *span)]
    return [part for item in items for part in named_together(text, item)] if kind == "units" else items


def _one_each(index: int, text: str, stretch: Stretch) -> list[Item]:
    """What stands behind each of the words 一个是, 另一个是, where there are two or more."""
    heads = list(_ONE_EACH.finditer(text, stretch.start, stretch.end)) if _SAYS_ONE.search(text, stretch.start) else []
    stops = [head.start() for head in heads[1:]] + [stretch.end]
    items = [Item(index, head.end(), stop) for head, stop in zip(heads, stops, strict=False)]
    return items if len(items) > 1 else []


def _named_on_their_own(index: int, text: str, stretch: Stretch) -> list[Item]:
    """The names in the last sentence that says no more than what it names."""
    heads = list(_NAMES_THEM.finditer(text, stretch.start, stretch.end))
    if not heads:
        return []
    start = heads[-1].end()
    return _marked(index, text, Span(start, text.find("。", start, stretch.end) + 1 or stretch.end), stretch.kind)


def _marked(index: int, text: str, span: Span, kind: str) -> list[Item]:
    """The parts of a stretch between marks and conjunctions."""
    parts = [part for whole in split_marks(text, *span) for part in split_conjunction(text, whole, kind)]
    return [Item(index, *part) for part in parts]


def _opening(text: str, stretch: Stretch) -> int | None:
    """Where the list begins: behind the last colon, else the last 分别是 or 包括, else the first 是 or 有 behind the
    words that say what is listed."""
    best, strength = None, 0
    for match in words_of(stretch.kind).opens.finditer(text, stretch.start, stretch.end):
        this = 3 if match[0].endswith(":") else 2 if len(match[0]) > 1 else 1
        if this < 3 == strength and best is not None:
            says = _SAYS_HOW_MANY if this == 2 else _SAYS_WHICH
            this = 3 if says.fullmatch(text, best, match.start()) else this
        if this > strength or (this == strength and this > 1):
            is_early = this == 1 and match.start() < stretch.anchor
            best, strength = (best, strength) if is_early else (match.end(), this)
    lists = words_of(stretch.kind).lists
    names = lists.search(text, stretch.start, stretch.end) if lists and strength < 2 else None
    return names.end() if names else best


def _unit(outline: Outline, item: Item, department: str | None) -> Listed | None:
    unit = read_unit(outline.text_block(item.block).text, Span(item.start, item.end), department)
    return _listed(outline, Item(item.block, *unit.name), unit.role) if unit else None


def _office(outline: Outline, item: Item, endings: tuple[str, ...] | None = None) -> Listed | None:
    office = read_office(outline.text_block(item.block).text, Span(item.start, item.end), endings)
    if office is None:
        return None
    printed = outline.printed(item.block)
    also_named = [printed.text(*span) for span in office.also_named]
    remark = "；".join([printed.text(*span) for span in office.remarks])
    start, end = office.name
    return Listed(
        printed.text(start, end), "", also_named, remark or None, printed.place(start), printed.raw(start, end)
    )


def _listed(outline: Outline, item: Item, role: str) -> Listed:
    printed = outline.printed(item.block)
    name = printed.text(item.start, item.end)
    return Listed(name, role, [], None, printed.place(item.start), printed.raw(item.start, item.end))


def named_in_full(unit: Listed, department: str | None) -> Listed:
    """The unit by the department's name where it is called no more than 本级."""
    is_bare = unit.role == OWN_ROLE and (len(unit.name) < 6 or unit.name.endswith("本级") or is_generic(unit.name))
    return replace(unit, name=department) if is_bare and department else unit
