"""Projects that text lists without a table, told by what repeats: a name, an amount, a word and a second amount,
several times over, in whatever words, in a list, in a sentence or below a name of its own.

Where a section announces projects by words that leave no doubt, prose.py reads them one by one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from transforms.documents.model import BlockKind
from transforms.facts.amounts import read_rate
from transforms.facts.outline.items import Stretch, marker_at
from transforms.facts.outline.outline import Outline, Piece
from transforms.facts.projects.amount_series import BEFORE, Amount, Series, series_in
from transforms.facts.projects.heads import (
    head_alone,
    head_before,
    is_about_the_money,
    is_open_to,
    item_head,
)
from transforms.facts.projects.pronouns import in_charge, is_pronoun, named_before
from transforms.facts.projects.told import Told, budget_role, goes_on, listing_of, without_kind
from transforms.facts.tables.columns import row_words
from transforms.facts.tables.evidence import names_other
from transforms.facts.wording import unquoted
from transforms.language.tables import compiled, strings

_FILE = "project_words"
_KEYS = ("rate", "sum", "no_name", "other_word", "lead", "behind_name")
_LONGEST_NAME = 40
_MOST = 300  # of a report
_FEWEST = 3
_FEWEST_SUMMED = 2
_MOST_ABOVE = 0.25
_MOST_OTHERS = 1 / 3
_LAST_MARK = re.compile(r"[,:…—|/](?=[^,:…—|/]*$)")
_WORDS = re.compile("[\u4e00-\u9fff]{2}")
_DIGIT = re.compile(r"\d")
_AROUND = " ,，:：;；。、”"
_BEHIND = " ,:、…—|·-–/("


class _Place(NamedTuple):
    """Where a name stands, its ``manner`` (see _Kind), and whether it is that of an item, told amounts only later."""

    at: Stretch
    manner: str
    is_head: bool


class _Kind(NamedTuple):
    """``manner``: where the name stands, above, before a comma, or right before the words."""

    first: str
    last: str
    manner: str


def listed_projects(outline: Outline, announced: frozenset[int]) -> list[Told]:
    """The projects that the text lists, each with two amounts; none unless three or more stand together (two, where
    their sum is stated or the list ``announced``: see announced_blocks) whose words agree and whose spending is not
    above their budget."""
    pieces = (piece for piece in _pieces(outline) if is_open_to(piece.meanings, piece.index, announced))
    all_series = [one for piece in pieces for one in series_in(outline, piece)][:_MOST]
    sums = {one.amounts[0].money.value for one in all_series if _words()["sum"].search(_named(outline, one))}
    groups: dict[_Kind, list[Told]] = {}
    heads: set[Stretch] = set()
    of_pieces = Counter(one.piece.index for one in all_series)
    for one in all_series if len(all_series) >= _FEWEST_SUMMED else ():
        place = _place(outline, one, of_pieces[one.piece.index] == 1)
        told = _told(outline, one, place) if place and place.at not in heads else None
        if place and told is not None:
            heads |= {place.at} if place.is_head else set()
            groups.setdefault(_kind(one, place.manner), []).append(told)
    found = [one for kind, told in groups.items() if _is_listing(kind, told, sums, announced) for one in told]
    return _without_sums(sorted(found, key=lambda one: (one.block, one.start)))


def _pieces(outline: Outline) -> Iterator[Piece]:
    """All blocks of the document, and the headings that tell of amounts: 3.1 甲工程(预算5万元,支出4万元)."""
    yield from outline.all_pieces()
    for heading in outline.headings:
        block = outline.text_block(heading.block)
        if heading.end == len(block.text) and block.text.count("元", heading.start) > 1:
            yield Piece(heading.block, block, heading.start, outline.meanings_at(heading.block))


def _without_sums(told: list[Told]) -> list[Told]:
    """Those that are not the sum of the ones right behind them, of which each is a part."""
    return [one for at, one in enumerate(told) if not _sums_up(one, told[at + 1 :])]


def _sums_up(whole: Told, behind: list[Told]) -> bool:
    budget = spent = Decimal(0)
    for count, part in enumerate(behind, 1):
        budget, spent = budget + (part.budget.value or 0), spent + (part.spent.value or 0)
        if budget >= (whole.budget.value or 0):
            is_same = (budget, spent) == (whole.budget.value, whole.spent.value)
            return is_same and (count > 1 or whole.name.endswith("类"))
    return False


def _kind(series: Series, manner: str) -> _Kind:
    """What those of one listing have in common: the roles or the very words of the first and the last amount, and
    where these leave the meaning open also the manner, comma or none."""
    roles = [one.role for one in series.amounts]
    first, last = "budget" if "budget" in roles[:-1] else roles[0], "spent" if series.is_paid_up else roles[-1]
    is_certain = {first, last} == {"budget", "spent"} and manner != "above"
    return _Kind(first, last, "inline" if is_certain else manner)


def _place(outline: Outline, series: Series, is_only: bool) -> _Place | None:
    """Where the name stands: where it should, or at the head of the item, where what stands there is none. ``is_only``:
    no other amounts of the text are told of one thing."""
    index = series.piece.index
    text = outline.text_block(index).text
    at = _name_at(outline, series)
    head = _head(outline, series, at, is_only)
    at = head or at
    if at is None:
        return None
    is_above = at.block != index or at.stop <= series.piece.start
    manner = "above" if is_above else "comma" if text[at.stop : at.stop + 1] == "," else "inline"
    return _Place(at, manner, head is not None)


def _head(outline: Outline, series: Series, at: Stretch | None, is_only: bool) -> Stretch | None:
    """The name at the head of the item, where what stands right before the amounts, at ``at``, is none."""
    is_certain = _is_certain(series)
    if at is None or is_about_the_money(outline.text_block(at.block).text[at.start : at.stop]):
        return item_head(outline, series.piece, series.start if at is None else at.start) if is_certain else None
    text = outline.text_block(at.block).text
    if at.block != series.piece.index:
        return None
    before = head_before(text, series.start, at) if text[at.stop : at.stop + 1] == "," else None
    if before is None and is_certain and is_only:
        return head_alone(outline, series.piece, at, series.amounts[0].start)
    return before


def _is_certain(series: Series) -> bool:
    """Whether words say which amount is the budget and which the spending."""
    return series.is_paid_up or {one.role for one in series.amounts} == {"budget", "spent"}


def _is_listing(kind: _Kind, told: list[Told], sums: set[Decimal | None], announced: frozenset[int]) -> bool:
    """Whether projects under names of their own stand together often enough. Words that say both budget and spending
    are taken at them; of others the second may not be above the first, and where both say neither the sum is stated.
    """
    names = {one.name for one in told}
    is_summed = sum((one.budget.value or Decimal(0) for one in told), Decimal(0)) in sums
    is_announced = announced.issuperset(one.block for one in told)
    is_often = len(names) >= (_FEWEST_SUMMED if is_summed or is_announced else _FEWEST)
    if not is_often or sum(map(names_other, names)) > len(names) * _MOST_OTHERS:
        return False
    if {kind.first, kind.last} == {"budget", "spent"}:
        return True
    above = sum(1 for one in told if (one.spent.value or 0) > (one.budget.value or 0))
    known = [word in ("budget", "spent") for word in kind[:2]]
    is_half_known = sum(known) == 1 and (kind.first == "budget" or kind.last == "spent")
    is_other = any(_words()["other_word"].search(word) for word in kind[:2])
    return (is_half_known or (is_summed and not any(known))) and not is_other and above <= len(told) * _MOST_ABOVE


def _named(outline: Outline, series: Series) -> str:
    """The words that should be a name."""
    name = _name_at(outline, series)
    return outline.text_block(name.block).text[name.start : name.stop] if name else ""


def _name_at(outline: Outline, series: Series) -> Stretch | None:
    """Where the name should stand: behind numbering, introducing words and the last mark before it."""
    if series.named is None:
        return None
    block, start, stop = series.named
    text, words = outline.text_block(block).text, _words()
    stop = start + len(text[start:stop].rstrip(_BEHIND))
    marker = marker_at(text, start)
    mark = _LAST_MARK.search(text, marker.end if marker else start, stop)
    start = mark.end() if mark else marker.end if marker else start
    for lead in (words["lead"], in_charge()):
        before = lead.match(text, start, stop)
        start = before.end() if before else start
    behind = words["behind_name"].search(text, start, stop)
    stop = behind.start() if behind and behind.start() > start else stop
    stop = start + len(without_kind(text[start:stop]))
    start = stop - len(text[start:stop].lstrip(BEFORE))
    return Stretch(block, start, stop)


def _told(outline: Outline, series: Series, place: _Place) -> Told | None:
    at, words = place.at, _words()
    whole = outline.text_block(at.block).text
    if is_pronoun(whole[at.start : at.stop]):
        named = named_before(whole, at)
        if named is None:
            return None
        at = named
    text = whole[at.start : at.stop]
    name = unquoted(text)
    if not 2 <= len(name) <= _LONGEST_NAME or not _WORDS.search(name) or row_words().group_of(name):
        return None
    if words["sum"].search(name) or words["no_name"].search(name) or is_about_the_money(name):
        return None
    begin = at.start + text.index(name)
    budget, spent = _chosen(series)
    index, body = series.piece.index, outline.text_block(series.piece.index).text
    rate = words["rate"].match(body, series.stop)
    stop = rate.end() if rate else series.stop
    printed = outline.printed(index)
    return Told(
        listing=listing_of(outline.meanings_at(index)) or "task",
        name=outline.printed(at.block).text(begin, begin + len(name)),
        block=index,
        start=_start(outline, series, place),
        stop=stop,
        place=series.piece.block.place_at(printed.offset(series.start)),  # type: ignore[union-attr]
        amount_role=budget_role(budget.word),
        budget=budget.money,
        budget_text=printed.text(budget.start, budget.stop),
        spent=spent.money,
        spent_text=printed.text(spent.start, spent.stop),
        rate_text=printed.text(*rate.span("rate")) if rate else None,
        rate=read_rate(rate["rate"], "") if rate else None,
        goal=None,
        completion=_completion(outline, series, place, stop),
    )


def _start(outline: Outline, series: Series, place: _Place) -> int:
    """Where the telling begins: at the sentence of the name, where that stands in the block."""
    at, piece = place.at, series.piece
    if not place.is_head or at.block != piece.index:
        return series.start
    text = outline.text_block(piece.index).text
    return max(piece.start, *(text.rfind(mark, piece.start, at.start) + 1 for mark in "。;"))


def _chosen(series: Series) -> tuple[Amount, Amount]:
    """Budget and spending: by their words, else in their order."""
    amounts = series.amounts
    budgets = [one for one in amounts if one.role == "budget"]
    spent = next((one for one in amounts if one.role == "spent"), None)
    if series.is_paid_up:
        return amounts[0], amounts[0]
    if spent is None:
        spent = next(one for one in reversed(amounts) if one.role != "budget" or one is amounts[-1])
    others = [one for one in amounts if one is not spent]
    return (budgets or others)[-1] if (budgets or others)[-1] is not spent else others[-1], spent


def _completion(outline: Outline, series: Series, place: _Place, stop: int) -> str | None:
    """What an item of a list, or the text below a name, goes on to say; where the name stands further before the
    amounts what it says between them, unless only what is behind has figures: 该项目为民生项目。预算…。清理3公里."""
    printed, named = outline.printed(series.piece.index), place.at
    is_within = place.is_head and named.block == series.piece.index
    between = printed.text(named.stop, max(named.stop, series.start)).strip(_AROUND) if is_within else ""
    behind = _behind(outline, series, place, stop) if not _DIGIT.search(between) else None
    return behind if behind and (not between or _DIGIT.search(behind)) else between or None


def _behind(outline: Outline, series: Series, place: _Place, stop: int) -> str | None:
    block, text = series.piece.block, outline.text_block(series.piece.index).text
    is_item = place.manner == "above" or block.kind is BlockKind.LIST_ITEM  # type: ignore[union-attr]
    behind = stop + 1
    if not is_item or text[stop:behind] not in ("。", ",", ";") or not goes_on(text, behind):
        return None
    return outline.printed(series.piece.index).text(behind, len(text)).strip() or None


@cache
def _words() -> dict[str, re.Pattern[str]]:
    words = strings(_FILE, "listed", _KEYS)
    rate = rf"[,、(](?:{words['rate']})(?P<rate>\d[\d.]*%)\)?"
    return {key: compiled(_FILE, key, pattern) for key, pattern in (words | {"rate": rate}).items()}
