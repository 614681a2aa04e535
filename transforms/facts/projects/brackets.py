"""Projects listed with bare amounts in brackets, whose order words above them tell: 括号内依次为预算、支出, or
括号内第一个数为预算,第二个数为支出.

Amounts with words of their own belong to listings.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from transforms.documents.model import BlockKind, TextBlock
from transforms.facts.amounts import NO_MONEY, Money, declared_unit, in_yuan, read_rate, said_unit
from transforms.facts.outline.items import marker_at
from transforms.facts.outline.mentions import Span
from transforms.facts.outline.outline import Outline, Piece
from transforms.facts.projects.places_said import words_by_place
from transforms.facts.projects.tables import unit_of_headings
from transforms.facts.projects.told import ELSEWHERE, Told, budget_role, goes_on, listing_of
from transforms.facts.tables.columns import column_role, row_words
from transforms.facts.tables.evidence import names_other
from transforms.facts.wording import unquoted
from transforms.language.numerals import parse_number
from transforms.language.tables import patterns

_FEWEST = 2
_MOST = 300
_LONGEST_NAME = 40
_ORDER = re.compile(
    r"(?:括号|括弧|名称)[内中后里]?[^。;()\d]{0,12}?(?:依次|分别|先后|顺序)(?:列出|列示)?[为是:]?(?P<words>[^。;()\d]{4,40})"
)
_AND = re.compile("[、,/和与及]")
_DIGITS, _DECIMALS, _UNIT = r"\d{1,12}", r"(?:\.\d{1,6})?", "亿元|百?万元|千元|元|[亿万]|%"
_PARTED = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,5}}|{_DIGITS})"
_NUMBER = f"{_PARTED}{_DECIMALS}(?:{_UNIT})?"
_BRACKET = re.compile(rf"\((?P<figures>{_NUMBER}(?:[、,/;|]{_NUMBER}){{1,3}})\)")
_FIGURE, _PLAIN_FIGURE = (
    re.compile(f"(?P<figure>{digits}{_DECIMALS})(?P<unit>{_UNIT})?") for digits in (_PARTED, _DIGITS)
)
_BEFORE = " ,:、;。…—|·•●○■◆-–*和及"
_BUDGETS = ("adjusted", "budget", "budget_loose", "initial")
_SPENT = ("spent", "spent_loose")
_WORDS = re.compile("[\u4e00-\u9fff]{2}")


class _Order(NamedTuple):
    """What the figures in a bracket are, one behind the other, as said at a block in the section ``owner``. ``unit``:
    the one in which they count, where that is said with it."""

    roles: tuple[str | None, ...]
    words: tuple[str, ...]
    owner: int | None
    unit: str | None

    def first(self, roles: Sequence[str]) -> int | None:
        """Where the first of these roles stands."""
        return next((self.roles.index(role) for role in roles if role in self.roles), None)


def bracketed_projects(outline: Outline) -> list[Told]:
    """The projects with two amounts or more in brackets, below a heading or a sentence that tells their order."""
    found: list[Told] = []
    order: _Order | None = None
    for piece, owner in _pieces(outline):
        if not isinstance(piece.block, TextBlock) or not ELSEWHERE.isdisjoint(piece.meanings):
            continue
        order = _order(piece.block.text, owner) or _order(outline.title_at(piece.index), owner) or order
        if order and len(found) < _MOST and _is_within(outline, owner, order.owner):
            found += _told(outline, piece, piece.block.text, order)
    others = sum(map(names_other, (one.name for one in found)))
    return found if len(found) >= _FEWEST and 3 * others <= len(found) else []


def _pieces(outline: Outline) -> list[tuple[Piece, int | None]]:
    """All blocks with the heading that owns them, and in their places the headings that hold nothing but an item."""
    found = [(piece, outline.owners[piece.index]) for piece in outline.all_pieces()]
    for heading in outline.headings:
        block = outline.text_block(heading.block)
        if heading.end == len(block.text) and _BRACKET.search(block.text, heading.start):
            item = Piece(heading.block, block, heading.start, outline.meanings_at(heading.block))
            found.append((item, heading.parent))
    return sorted(found, key=lambda one: (one[0].index, one[0].start))


def _is_within(outline: Outline, owner: int | None, whole: int | None) -> bool:
    """Whether a heading is ``whole`` or stands below it, nothing on the way speaking of anything but projects."""
    while owner != whole and owner is not None:
        heading = outline.headings[owner]
        if heading.meanings and listing_of(heading.meanings) is None:
            return False
        owner = heading.parent
    return owner == whole


def _order(text: str, owner: int | None) -> _Order | None:
    words = _words_in_order(text)
    order = _Order(tuple(map(column_role, words)), words, owner, None)
    if order.first(_BUDGETS) is None or order.first(_SPENT) is None:
        return None
    unit = _order_words()["unit"].search(text)
    return order._replace(unit=unit["unit"] if unit else declared_unit(text) or said_unit(text))


def _words_in_order(text: str) -> tuple[str, ...]:
    """What stands in a bracket, as the text says it: in one go, or figure by figure."""
    match = _ORDER.search(text) if "依次" in text or "分别" in text or "先后" in text or "顺序" in text else None
    if match:
        return tuple(_AND.split(match["words"].strip(":,、")))
    bracket = _order_words()["bracket"].search(text)
    return words_by_place(text, bracket.end()) if bracket else ()


def _told(outline: Outline, piece: Piece, text: str, order: _Order) -> Iterator[Told]:
    behind, unit = piece.start, order.unit or unit_of_headings(outline, piece.index) or declared_unit(text)
    brackets = list(_BRACKET.finditer(text, piece.start))
    for bracket in brackets:
        figures = _figures(text, bracket, len(order.roles))
        name = _name(text, behind, bracket.start())
        start, behind = behind, bracket.end()
        if name and len(figures) == len(order.roles):
            told = _one(outline, piece, Span(start, bracket.end()), name, figures, order, unit)
            told.completion = _completion(outline, piece, behind) if len(brackets) == 1 else None
            yield told


def _completion(outline: Outline, piece: Piece, behind: int) -> str | None:
    """What an item of a list goes on to say behind the bracket."""
    text, marker = outline.text_block(piece.index).text, outline.markers[piece.index]
    start = behind + len(text[behind:]) - len(text[behind:].lstrip(_BEFORE))
    is_item = marker is not None or piece.block.kind is BlockKind.LIST_ITEM  # type: ignore[union-attr]
    if not is_item or start == behind or not goes_on(text, start):
        return None
    return outline.printed(piece.index).text(start, len(text)).strip().rstrip("；;") or None


def _figures(text: str, bracket: re.Match[str], count: int) -> list[re.Match[str]]:
    """The figures in a bracket; a comma that parts thousands parts two of them where they are too few with it."""
    figures = list(_FIGURE.finditer(text, *bracket.span("figures")))
    apart = list(_PLAIN_FIGURE.finditer(text, *bracket.span("figures"))) if len(figures) < count else []
    return apart if len(apart) == count else figures


def _name(text: str, start: int, stop: int) -> Span | None:
    """Where the name right before a bracket stands: behind numbering and the last mark that ends a sentence."""
    start = max(start, stop - 2 * _LONGEST_NAME, *(text.rfind(mark, start, stop) + 1 for mark in "。;:"))
    marker = marker_at(text, start)
    start = marker.end if marker and marker.end < stop else start
    start += len(text[start:stop]) - len(text[start:stop].lstrip(_BEFORE))
    words = unquoted(text[start:stop].rstrip(_BEFORE))
    is_name = 2 <= len(words) <= _LONGEST_NAME and _WORDS.search(words) and not row_words().group_of(words)
    if not is_name or _AND.match(words[-1]):
        return None
    begin = text.index(words, start, stop)
    return Span(begin, begin + len(words))


def _one(
    outline: Outline,
    piece: Piece,
    whole: Span,
    name: Span,
    figures: list[re.Match[str]],
    order: _Order,
    unit: str | None,
) -> Told:
    printed = outline.printed(piece.index)
    budget, spent, rate = order.first(_BUDGETS), order.first(_SPENT), order.first(("rate",))
    assert budget is not None
    assert spent is not None
    return Told(
        listing=listing_of(piece.meanings) or "task",
        name=printed.text(*name),
        block=piece.index,
        start=whole.start,
        stop=whole.end,
        place=piece.block.place_at(printed.offset(name.start)),  # type: ignore[union-attr]
        amount_role=budget_role(order.words[budget]),
        budget=_money(figures[budget], unit),
        budget_text=printed.text(*figures[budget].span()),
        spent=_money(figures[spent], unit),
        spent_text=printed.text(*figures[spent].span()),
        rate_text=None if rate is None else printed.text(*figures[rate].span()),
        rate=None if rate is None else read_rate(figures[rate][0], "%"),
        goal=None,
        completion=None,
    )


def _money(match: re.Match[str], unit: str | None) -> Money:
    number = parse_number(match["figure"])
    own = match["unit"] or unit or ""
    return in_yuan(number, own + "元" * (own in ("亿", "万"))) if number and own != "%" else NO_MONEY


@cache
def _order_words() -> dict[str, re.Pattern[str]]:
    return patterns("project_words", "bracketed", ("bracket", "unit"))
