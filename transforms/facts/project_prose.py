"""Projects told in prose instead of a table: 某某经费:预算5.00万元,支出4.98万元,执行率99.6%.

Only wordings that leave no doubt count, and only where the section holds no table of amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from transforms.documents.model import Place, TextBlock
from transforms.facts.amounts import NO_MONEY, Money, in_yuan, read_rate
from transforms.facts.items import marker_at
from transforms.facts.outline import Heading, Outline, Piece
from transforms.facts.text_amounts import AMOUNT
from transforms.language.numerals import parse_number
from transforms.language.tables import compiled, strings

_FILE = "project_words"
_KEYS = ("budget", "spent", "adjusted", "initial", "rate", "goal", "completion", "not_name", "name_end")

_LISTINGS = {"task_completion": "task", "key_projects": "key", "spending_plan": "plan"}
_SENTENCE = re.compile(r"[^;。]+")
_LONGEST_NAME = 40


@dataclass(slots=True)
class Told:
    """A project told in prose. ``start``:``stop`` is the telling in the normalised text of block ``block``."""

    listing: str
    name: str
    block: int
    start: int
    stop: int
    place: Place
    amount_role: str
    budget: Money
    budget_text: str
    spent: Money
    spent_text: str | None
    rate_text: str | None
    rate: Decimal | None
    goal: str | None
    completion: str | None


def told_projects(outline: Outline, listings_with_tables: set[str]) -> list[Told]:
    """The projects told in the sections of tasks, key projects and plans, in reading order."""
    found: list[Told] = []
    for piece in outline.pieces(*_LISTINGS):
        meanings = outline.meanings_at(piece.index)
        listing = next(_LISTINGS[meaning] for meaning in meanings if meaning in _LISTINGS)
        if isinstance(piece.block, TextBlock) and listing not in listings_with_tables and "元" in piece.block.text:
            found += _told(outline, piece, piece.block, listing)
    return found


def _told(outline: Outline, piece: Piece, block: TextBlock, listing: str) -> Iterator[Told]:
    heading = outline.heading_at(piece.index)
    named_by = heading if heading is not None and _is_right_below(heading, piece) else None
    marker = marker_at(block.text, piece.start)
    start = marker.end if marker else piece.start
    for sentence in _SENTENCE.finditer(block.text, start):
        is_first = sentence.start() == start
        told = _read(outline, piece.index, block, sentence.span(), listing, bool(marker) and is_first, named_by)
        named_by = None
        if told:
            yield told


def _is_right_below(heading: Heading, piece: Piece) -> bool:
    return heading.marker is not None and piece.index in (heading.block, heading.block + 1)


def _read(
    outline: Outline,
    index: int,
    block: TextBlock,
    span: tuple[int, int],
    listing: str,
    is_item: bool,
    named_by: Heading | None,
) -> Told | None:
    words, text = _words(), block.text
    start, stop = span
    match = words["lead"].match(text, start, stop)
    if match is None:
        return None
    name = _name(outline, index, match, is_item, named_by)
    match = words["later"].match(text, match.end(), stop) or match
    number = parse_number(match["figure"])
    if name is None or number is None:
        return None
    rest = (match.end(), len(text) if is_item or named_by else stop)
    spent = words["spent"].search(text, rest[0], min(rest[1], rest[0] + 120))
    if spent is None and not is_item and named_by is None:
        return None
    rate = words["rate"].search(text, *rest)
    printed = outline.printed(index)
    return Told(
        listing=listing,
        name=name,
        block=index,
        start=start,
        stop=rest[1],
        place=block.place_at(printed.offset(start)),
        amount_role=_role(match["budget"]),
        budget=in_yuan(number, match["unit"]),
        budget_text=printed.text(*match.span("figure")) + printed.text(*match.span("unit")),
        spent=_spent(spent),
        spent_text=printed.text(spent.start("figure"), spent.end("unit")) if spent else None,
        rate_text=printed.text(*rate.span("rate")) if rate else None,
        rate=read_rate(rate["rate"], "") if rate else None,
        goal=_part(outline, index, words["goal"].search(text, *rest), words["completion"], rest[1]),
        completion=_part(outline, index, words["completion"].search(text, *rest), words["goal"], rest[1]),
    )


def _name(outline: Outline, index: int, match: re.Match[str], is_item: bool, named_by: Heading | None) -> str | None:
    words = _words()
    name = match["name"].strip(",:、“”")
    if not name and named_by is not None:
        block = outline.document.blocks[named_by.block]
        assert isinstance(block, TextBlock)
        name, index = block.text[named_by.start : named_by.end].rstrip(":。"), named_by.block
        begin = named_by.start
    else:
        begin = match.start("name") + match["name"].index(name) if name else 0
    if not 2 <= len(name) <= _LONGEST_NAME or words["not_name"].search(name):
        return None
    if not (is_item or named_by or words["name_end"].search(name)):
        return None
    return outline.printed(index).text(begin, begin + len(name))


def _role(wording: str) -> str:
    words = _words()
    if words["adjusted"].search(wording):
        return "adjusted"
    return "initial" if words["initial"].search(wording) else "unspecified"


def _spent(match: re.Match[str] | None) -> Money:
    number = parse_number(match["figure"]) if match else None
    return in_yuan(number, match["unit"]) if match and number else NO_MONEY


def _part(outline: Outline, index: int, match: re.Match[str] | None, other: re.Pattern[str], stop: int) -> str | None:
    """What stands behind 绩效目标: or 完成情况:, up to the other of the two."""
    if match is None:
        return None
    block = outline.document.blocks[index]
    assert isinstance(block, TextBlock)
    following = other.search(block.text, match.end(), stop)
    text = outline.printed(index).text(match.end(), following.start() if following else stop)
    return text.strip("；;，, ") or None


@cache
def _words() -> dict[str, re.Pattern[str]]:
    words = strings(_FILE, "prose", _KEYS)
    budget = words["budget"]
    composed = {
        "lead": f"(?P<name>[^;。]{{0,60}}?)[:,]?(?P<budget>{budget}){AMOUNT}",
        "later": f"[,;、(]{{1,2}}(?P<budget>(?:{words['adjusted']})(?:{budget})|{budget}){AMOUNT}",
        "spent": f"(?<=[,;、。(])(?:{words['spent']}){AMOUNT}",
        "rate": f"(?:{words['rate']})(?P<rate>\\d[\\d.]*%)",
    }
    return {key: compiled(_FILE, key, pattern) for key, pattern in (words | composed).items()}
