"""Projects told in prose instead of a table: 某某经费:预算5.00万元,支出4.98万元,执行率99.6%.

Only wordings that leave no doubt count, and only where the section holds no table of amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from transforms.documents.model import BlockKind, TextBlock
from transforms.facts.amounts import NO_MONEY, Money, in_yuan, read_rate
from transforms.facts.outline.items import Stretch, marker_at
from transforms.facts.outline.money_units import DeclaredUnits
from transforms.facts.outline.outline import Outline, Piece
from transforms.facts.projects.brackets import bracketed_projects
from transforms.facts.projects.heads import announced_blocks, is_about_the_money, name_before_amounts
from transforms.facts.projects.key_listings import listing_at
from transforms.facts.projects.labels import labelled_projects
from transforms.facts.projects.listings import listed_projects
from transforms.facts.projects.rest import told_beside
from transforms.facts.projects.tables import ProjectTable
from transforms.facts.projects.text_amounts import AMOUNT, BARE_AMOUNT
from transforms.facts.projects.told import Told, budget_role, fuller, goes_on, without_kind
from transforms.facts.wording import unquoted
from transforms.language.numerals import parse_number
from transforms.language.tables import compiled, strings

_FILE = "project_words"
_KEYS = (
    *("budget", "spent", "rate", "goal", "completion"),
    *("not_name", "name_end", "pronoun", "label", "introduces", "announces", "titles"),
)

_SENTENCE = re.compile(r"[^;。]+")
_AMOUNT_BEHIND = re.compile(r"\([\d,.]+(?:亿|百?万|千)?元\)$")
_LONGEST_NAME = 40
_LONGEST_BARE_NAME = 12
_SAYS_MORE = re.compile(r"[\d,:、]|总体|概况|情况|绩效|目标|结论|分析|评价|收支|资金(?:使用|安排|到位|管理|投入)?$")
"""What no bare name of a project holds: figures, marks, words about the whole."""
_NO_BOUND = r"(?!(?:亿|百?万|千)?元?(?:[(][^()]{0,8}[)])?[及或]?含?以上)"
"""预算500万元以上项目 tells of no project."""
_PROJECTS = ("项目", "经费", "工程")
"""How names end that are projects wherever they stand."""
_REACH = 120
_MOST_BLOCKS = 8


def told_projects(outline: Outline, tables: list[ProjectTable]) -> list[Told]:
    """The projects told in the sections of tasks, key projects and plans, in reading order, but for listings that have
    a table of amounts; where no table lists any, also those numbered below a line of another section that announces
    them (项目支出明细如下：)."""
    found: list[Told] = []
    listings_with_tables = {table.listing for table in tables if table.columns.money}
    announced: int | None = None
    units = DeclaredUnits(outline)
    lists = frozenset() if listings_with_tables else announced_blocks(outline)
    for piece in outline.all_pieces():
        block, owner = piece.block, outline.owners[piece.index]
        if not isinstance(block, TextBlock):
            continue
        listing = listing_at(outline, piece.index, tables)
        if listing is None and not listings_with_tables:
            announced = owner if _words()["announces"].search(block.text, piece.start) else announced
            begins = marker_at(block.text, piece.start) or _words()["introduces"].match(block.text, piece.start)
            is_item = block.kind is BlockKind.LIST_ITEM or begins is not None
            is_listed = owner == announced and piece.index in lists
            is_announced = is_listed or _words()["titles"].search(outline.title_at(piece.index))
            listing = "task" if owner is not None and is_announced and is_item else None
        if listing and listing not in listings_with_tables:
            unit = units.of_prose(piece)
            found += _told(outline, piece, block, listing, unit) if unit or "元" in block.text else ()
    if listings_with_tables:
        return found + told_beside(outline, tables)
    readings = (listed_projects(outline, lists), labelled_projects(outline, lists), bracketed_projects(outline))
    for others in readings:
        found = fuller(found, others)
    return found or _told_in_passing(outline)


def _told_in_passing(outline: Outline) -> list[Told]:
    """What a plain paragraph calls a project and tells budget and spending of, where nothing else tells of any."""
    return [
        told
        for piece in outline.all_pieces()
        if isinstance(block := piece.block, TextBlock) and "元" in block.text and not marker_at(block.text, piece.start)
        for sentence in _SENTENCE.finditer(block.text, piece.start)
        if (told := _Teller(outline, piece.index, block, sentence.span(), False, False, None, None).read("task"))
        and (told.name.endswith(_PROJECTS) or block.text.startswith(f"{told.name}项目", told.start))
    ]


def _told(outline: Outline, piece: Piece, block: TextBlock, listing: str, unit: str | None) -> Iterator[Told]:
    """``unit``: the one in which amounts without their own count, None where nothing declares it."""
    above = _name_above(outline, piece)
    marker = marker_at(block.text, piece.start)
    start = marker.end if marker else piece.start
    label = _words()["label"].match(block.text, start)
    start = label.end() if label else start
    introduction = _words()["introduces"].match(block.text, start)
    start = introduction.end() if introduction else start
    for sentence in _SENTENCE.finditer(block.text, start):
        is_first = sentence.start() == start
        is_item = bool(marker or label) and is_first and introduction is None
        is_bullet = introduction is not None or (is_first and block.kind is BlockKind.LIST_ITEM)
        teller = _Teller(outline, piece.index, block, sentence.span(), is_item, is_bullet, above, unit)
        told = teller.read(listing)
        is_name = teller.is_item and told is None and _is_name(sentence[0])
        above = Stretch(piece.index, *sentence.span()) if is_name else None
        if told:
            yield told


def _is_name(text: str) -> bool:
    """Whether a sentence is nothing but a project's name."""
    is_named = (len(text) <= _LONGEST_BARE_NAME and not _SAYS_MORE.search(text)) or (
        len(text) <= _LONGEST_NAME and _words()["name_end"].search(text) is not None
    )
    return is_named and not _words()["not_name"].search(text)


def _name_above(outline: Outline, piece: Piece) -> Stretch | None:
    """The numbered heading, or numbered line without an end mark, right above the block or run into it."""
    heading = outline.heading_at(piece.index)
    if heading is not None and heading.marker is not None and piece.index - 1 <= heading.block <= piece.index:
        return Stretch(heading.block, heading.start, heading.end)
    before = outline.document.blocks[piece.index - 1] if piece.index and not piece.start else None
    marker = outline.markers[piece.index - 1] if before is not None else None
    start = marker.end if marker else 0
    is_item = isinstance(before, TextBlock) and (marker is not None or before.kind is BlockKind.LIST_ITEM)
    if not isinstance(before, TextBlock) or not is_item or len(before.text) > _LONGEST_NAME + start:
        return None
    return None if before.text[-1] in "。;,!?" else Stretch(piece.index - 1, start, len(before.text))


@dataclass(slots=True)
class _Teller:
    """One sentence that may tell of a project: ``is_item`` behind a number, ``is_bullet`` in a list of another manner,
    ``above`` the name that stands above it."""

    outline: Outline
    index: int
    block: TextBlock
    span: tuple[int, int]
    is_item: bool
    is_bullet: bool
    above: Stretch | None
    unit: str | None

    def read(self, listing: str) -> Told | None:
        """The project that the sentence tells of, or None."""
        words, text = _words(self.unit is not None), self.block.text
        match = words["lead"].match(text, *self.span)
        if match is None and self.is_item:
            match = words["bare"].match(text, *self.span)
        if match is None:
            return None
        name = self._name(match)
        match = words["later"].match(text, match.end(), self.span[1]) or match
        number = parse_number(match["figure"])
        parts = self._parts(match.end())
        if name is None or number is None or (parts.spent is None and not self.is_item and self.above is None):
            return None
        printed = self.outline.printed(self.index)
        return Told(
            listing=listing,
            name=name,
            block=self.index,
            start=self.span[0],
            stop=len(text) if self.is_item or self.above else self.span[1],
            place=self.block.place_at(printed.offset(self.span[0])),
            amount_role=budget_role(match["budget"]),
            budget=in_yuan(number, match["unit"] or self.unit or ""),
            budget_text=printed.text(match.start("figure"), match.end()),
            spent=_money(parts.spent, self.unit),
            spent_text=_printed(parts.spent, "figure"),
            rate_text=_printed(parts.rate, "rate"),
            rate=read_rate(parts.rate.match["rate"], "") if parts.rate else None,
            goal=parts.goal,
            completion=parts.completion,
        )

    def _name(self, match: re.Match[str]) -> str | None:
        words = _words()
        named = name_before_amounts(self.block.text, self.index, *match.span("name"))
        name = words["pronoun"].sub("", without_kind(unquoted(named.strip(",:、"))))
        stretch = self.above
        if name:
            begin = self.block.text.index(name, match.start("name"))
            stretch = Stretch(self.index, begin, begin + len(name))
        elif stretch is not None:
            block = self.outline.document.blocks[stretch.block]
            name = block.text[stretch.start : stretch.stop].rstrip(":。") if isinstance(block, TextBlock) else ""
            name = _AMOUNT_BEHIND.sub("", name)
        is_other = is_about_the_money(name) or words["not_name"].search(name)
        if stretch is None or not 2 <= len(name) <= _LONGEST_NAME or is_other:
            return None
        is_called_one = match["budget"].startswith("项目") or words["name_end"].search(name)
        if not (self.is_item or self.is_bullet or self.above or is_called_one):
            return None
        return self.outline.printed(stretch.block).text(stretch.start, stretch.start + len(name))

    def _rest(self) -> str | None:
        """What stands behind the sentence in its block, where nothing says that it is anything but the completion."""
        text, start = self.block.text, self.span[1] + 1
        is_single = (self.is_item or self.above is not None) and text[self.span[1] : start] == "。"
        if not is_single or start >= len(text) or not goes_on(text, start):
            return None
        return self.outline.printed(self.index).text(start, len(text)).strip() or None

    def _parts(self, start: int) -> _Parts:
        """What follows the budget: in the sentence, for an item in its block, below a name in the blocks under it."""
        text = self.block.text
        stop = len(text) if self.is_item or self.above else self.span[1]
        stretches = [Stretch(self.index, start, stop)]
        if self.above is not None:
            stretches += self._blocks_below()
        words = _words(self.unit is not None)
        spent = _first(self.outline, stretches, words["spent"], _REACH)
        goal = _text(self.outline, stretches, words["goal"], words["completion"])
        completion = _text(self.outline, stretches, words["completion"], words["goal"])
        is_told_at_once = spent is not None and spent.match.end() <= self.span[1] and spent.block == self.index
        if is_told_at_once and not goal and not completion:
            completion = self._rest()
        return _Parts(spent, _first(self.outline, stretches, words["rate"]), goal, completion)

    def _blocks_below(self) -> Iterator[Stretch]:
        owner = self.outline.owners[self.index]
        blocks, markers = self.outline.document.blocks, self.outline.markers
        for index in range(self.index + 1, min(self.index + 1 + _MOST_BLOCKS, len(blocks))):
            block = blocks[index]
            if self.outline.owners[index] != owner or not isinstance(block, TextBlock) or markers[index]:
                return
            yield Stretch(index, 0, len(block.text))


class _Found(NamedTuple):
    outline: Outline
    block: int
    match: re.Match[str]


class _Parts(NamedTuple):
    spent: _Found | None
    rate: _Found | None
    goal: str | None
    completion: str | None


def _first(
    outline: Outline, stretches: list[Stretch], pattern: re.Pattern[str], reach: int | None = None
) -> _Found | None:
    for stretch in stretches:
        block = outline.document.blocks[stretch.block]
        stop = stretch.stop if reach is None else min(stretch.stop, stretch.start + reach)
        match = pattern.search(block.text, stretch.start, stop) if isinstance(block, TextBlock) else None
        if match:
            return _Found(outline, stretch.block, match)
    return None


def _text(outline: Outline, stretches: list[Stretch], wanted: re.Pattern[str], other: re.Pattern[str]) -> str | None:
    """What stands behind 绩效目标: or 完成情况:, up to the other of the two."""
    found = _first(outline, stretches, wanted)
    if found is None:
        return None
    stop = next(stretch.stop for stretch in stretches if stretch.block == found.block)
    following = other.search(found.match.string, found.match.end(), stop)
    text = outline.printed(found.block).text(found.match.end(), following.start() if following else stop)
    return text.strip("；;，, ") or None


def _printed(found: _Found | None, first: str) -> str | None:
    if found is None:
        return None
    return found.outline.printed(found.block).text(found.match.start(first), found.match.end())


def _money(found: _Found | None, unit: str | None) -> Money:
    number = parse_number(found.match["figure"]) if found else None
    return in_yuan(number, found.match["unit"] or unit or "") if found and number else NO_MONEY


@cache
def _words(may_be_bare: bool = False) -> dict[str, re.Pattern[str]]:
    """``may_be_bare``: amounts may stand without a unit."""
    words = strings(_FILE, "prose", _KEYS)
    adjusted = strings(_FILE, "roles")["adjusted"]
    budget, amount = words["budget"], BARE_AMOUNT if may_be_bare else AMOUNT
    composed = {
        "lead": f"(?P<name>[^;。]{{0,60}}?)[:,(]?(?P<budget>{budget}){amount}{_NO_BOUND}",
        "bare": f"(?P<name>[^;。,:()]{{2,{_LONGEST_NAME}}}?)[:,]?(?P<budget>){amount}(?=[,、(](?:{words['spent']})\\d)",
        "later": f"[,;、(]{{1,2}}(?P<budget>(?:{adjusted})(?:{budget})|{budget}){amount}",
        "spent": f"(?:^|(?<=[,;、。(]))(?:{words['spent']}){amount}",
        "rate": f"(?:{words['rate']})(?P<rate>\\d[\\d.]*%)",
    }
    return {key: compiled(_FILE, key, pattern) for key, pattern in (words | composed).items()}
