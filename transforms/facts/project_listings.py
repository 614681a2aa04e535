"""Projects that text lists without a table, told by what repeats: a name, an amount, a word and a second amount,
several times over, in whatever words, in a list, in a sentence or below a name of its own.

Where a section announces projects by words that leave no doubt, project_prose reads them one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from transforms.documents.model import BlockKind, TextBlock
from transforms.facts.amounts import Money, in_yuan, read_rate
from transforms.facts.columns import row_words
from transforms.facts.items import Stretch, marker_at
from transforms.facts.outline import Outline, Piece
from transforms.facts.table_evidence import names_other
from transforms.facts.text_amounts import AMOUNT
from transforms.facts.told import Told, budget_role
from transforms.facts.wording import unquoted
from transforms.language.numerals import parse_number
from transforms.language.tables import compiled, strings

_FILE = "project_words"
_KEYS = ("budget", "spent", "paid_up", "rate", "sum", "no_name", "other_word", "lead", "behind_name", "no_completion")
_LISTINGS = {"task_completion": "task", "key_projects": "key", "spending_plan": "plan"}
_ELSEWHERE = frozenset(
    ("three_public", "performance_management", "problems", "measures", "duties", "units", "conclusion")
)
_LONGEST_HEAD = 80
_LONGEST_NAME = 40
_MOST_AMOUNTS = 3  # of one project: at first, adjusted, spent
_MOST = 300  # of a report
_FEWEST = 3
_FEWEST_SUMMED = 2
_MOST_ABOVE = 0.25
_MOST_OTHERS = 1 / 3
_BREAK = re.compile(r"[。;!?](?=[^。;!?]*$)")
_LAST_MARK = re.compile(r"[,:…—|/](?=[^,:…—|/]*$)")
_OPEN_WORD = re.compile(r"[,:…—|/(·][,:…—|/(·]*+(?P<word>[\u4e00-\u9fff]{1,6}):?$")
_WORDS = re.compile("[\u4e00-\u9fff]{2}")
_BEFORE, _BEHIND = " ,:、…—|·•●○■◆-–*/", " ,:、…—|·-–/("


class Amount(NamedTuple):
    """An amount with the word before it. ``role``: budget, spent, or the word where that tells neither."""

    word: str
    role: str
    money: Money
    start: int
    stop: int


class _Kind(NamedTuple):
    """``manner``: where the name stands, above, before a comma, or right before the words."""

    first: str
    last: str
    manner: str


class Series(NamedTuple):
    """Amounts one behind the other, said of one thing. ``named``: where its name should stand; ``start``: of the
    clause; ``is_paid_up``: that all of the budget was spent is said in words."""

    piece: Piece
    start: int
    named: Stretch
    amounts: tuple[Amount, ...]
    is_paid_up: bool
    stop: int

    def kind(self, manner: str) -> _Kind:
        """What those of one listing have in common: the roles or the very words of the first and the last amount."""
        if self.is_paid_up:
            return _Kind(self.amounts[0].role, "spent", manner)
        roles = [one.role for one in self.amounts]
        return _Kind("budget" if "budget" in roles[:-1] else roles[0], roles[-1], manner)


def listed_projects(outline: Outline) -> list[Told]:
    """The projects that the text lists, each with two amounts; none unless three or more stand together (two, where
    their sum is stated) whose words agree and whose spending is not above their budget."""
    all_series = [one for piece in outline.all_pieces() for one in series_in(outline, piece)][:_MOST]
    sums = {one.amounts[0].money.value for one in all_series if _words()["sum"].search(_named(outline, one))}
    groups: dict[_Kind, list[Told]] = {}
    for one in all_series if len(all_series) >= _FEWEST_SUMMED else ():
        told = _told(outline, one)
        if told is not None:
            groups.setdefault(one.kind(_manner(outline, one)), []).append(told)
    found = [one for kind, told in groups.items() if _is_listing(kind, told, sums) for one in told]
    return sorted(found, key=lambda one: (one.block, one.start))


def _manner(outline: Outline, series: Series) -> str:
    if series.named.block != series.piece.index or series.named.stop <= series.piece.start:
        return "above"
    text = _text(outline, series.piece.index)
    return "comma" if text[series.named.stop - 1 : series.named.stop + 1].startswith(",") else "inline"


def _is_listing(kind: _Kind, told: list[Told], sums: set[Decimal | None]) -> bool:
    """Whether projects under names of their own stand together often enough. Words that say both budget and spending
    are taken at them; of others the second may not be above the first, and where both say neither the sum is stated.
    """
    names = {one.name for one in told}
    is_summed = sum((one.budget.value or Decimal(0) for one in told), Decimal(0)) in sums
    is_often = len(names) >= (_FEWEST_SUMMED if is_summed else _FEWEST)
    if not is_often or sum(map(names_other, names)) > len(names) * _MOST_OTHERS:
        return False
    if {kind.first, kind.last} == {"budget", "spent"}:
        return True
    above = sum(1 for one in told if (one.spent.value or 0) > (one.budget.value or 0))
    known = [word in ("budget", "spent") for word in kind[:2]]
    is_half_known = sum(known) == 1 and (kind.first == "budget" or kind.last == "spent")
    is_other = any(_words()["other_word"].search(word) for word in kind[:2])
    return (is_half_known or (is_summed and not any(known))) and not is_other and above <= len(told) * _MOST_ABOVE


def series_in(outline: Outline, piece: Piece) -> Iterator[Series]:
    """The amounts of a piece that stand one behind the other and are said of one thing."""
    block = piece.block
    if not isinstance(block, TextBlock) or "元" not in block.text or not any(map(str.isdigit, block.text)):
        return
    if not _ELSEWHERE.isdisjoint(piece.meanings):
        return
    behind = piece.start
    while (first := _words()["amount"].search(block.text, behind)) is not None:
        head = Stretch(piece.index, max(behind, first.start() - _LONGEST_HEAD), first.start())
        series = _series(outline, piece, block.text, head, first)
        behind = series.stop if series else first.end()
        if series and (len(series.amounts) > 1 or series.is_paid_up):
            yield series


def _series(outline: Outline, piece: Piece, text: str, head: Stretch, first: re.Match[str]) -> Series | None:
    broken = _BREAK.search(text, head.start, head.stop)
    start = broken.end() if broken else head.start
    word = _words()["known"].search(text, start, head.stop) or _OPEN_WORD.search(text, start, head.stop)
    if word is None:
        return None
    named: Stretch | None = Stretch(piece.index, start, word.start())
    if not text[start : word.start()].strip(_BEFORE):
        named = _name_above(outline, piece) if start == piece.start else None
    if named is None:
        return None
    amount = _amount(word["word"], first)
    if amount is None:
        return None
    amounts = _with_further(text, amount)
    stop = amounts[-1].stop
    paid_up = _words()["paid_up"].match(text, stop) if len(amounts) == 1 and amounts[0].role == "budget" else None
    return Series(piece, start, named, tuple(amounts), paid_up is not None, paid_up.end() if paid_up else stop)


def _with_further(text: str, first: Amount) -> list[Amount]:
    """The amount and those behind it that go on to tell of the same thing."""
    amounts = [first]
    while len(amounts) < _MOST_AMOUNTS and (more := _words()["more"].match(text, amounts[-1].stop)):
        further = _amount(more["word"], more)
        if further is None or (len(amounts) > 1 and further.role not in ("budget", "spent")):
            break
        if amounts[-1].role == "spent" == further.role:
            break
        amounts.append(further)
    return amounts


def _amount(word: str, match: re.Match[str]) -> Amount | None:
    words = _words()
    role = next((role for role in ("budget", "spent") if words[role].fullmatch(word)), word)
    number = parse_number(match["figure"])
    if number is None:
        return None
    return Amount(word, role, in_yuan(number, match["unit"]), match.start("figure"), match.end())


def _name_above(outline: Outline, piece: Piece) -> Stretch | None:
    """The heading, or the line of a list without an end mark, right above the block or run into it."""
    heading = outline.heading_at(piece.index)
    if heading is not None and piece.index - 1 <= heading.block <= piece.index:
        return None if heading.meanings else Stretch(heading.block, heading.start, heading.end)
    before = outline.document.blocks[piece.index - 1] if piece.index and not piece.start else None
    marker = outline.markers[piece.index - 1] if before is not None else None
    is_item = isinstance(before, TextBlock) and (marker is not None or before.kind is BlockKind.LIST_ITEM)
    if not isinstance(before, TextBlock) or not is_item or before.text[-1:] in "。;,!?":
        return None
    return Stretch(piece.index - 1, marker.end if marker else 0, len(before.text))


def _named(outline: Outline, series: Series) -> str:
    """The words that should be a name."""
    name = _name_at(outline, series)
    return _text(outline, name.block)[name.start : name.stop]


def _name_at(outline: Outline, series: Series) -> Stretch:
    """Where the name stands: behind numbering, introducing words and the last mark before it."""
    block, start, stop = series.named
    text, words = _text(outline, block), _words()
    stop = start + len(text[start:stop].rstrip(_BEHIND))
    marker = marker_at(text, start)
    mark = _LAST_MARK.search(text, marker.end if marker else start, stop)
    start = mark.end() if mark else marker.end if marker else start
    lead = words["lead"].match(text, start, stop)
    start = lead.end() if lead else start
    behind = words["behind_name"].search(text, start, stop)
    stop = behind.start() if behind and behind.start() > start else stop
    start = stop - len(text[start:stop].lstrip(_BEFORE))
    return Stretch(block, start, stop)


def _told(outline: Outline, series: Series) -> Told | None:
    at = _name_at(outline, series)
    text = _text(outline, at.block)[at.start : at.stop]
    name, words = unquoted(text), _words()
    if not 2 <= len(name) <= _LONGEST_NAME or not _WORDS.search(name) or row_words().group_of(name):
        return None
    if words["sum"].search(name) or words["no_name"].search(name):
        return None
    begin = at.start + text.index(name)
    budget, spent = _chosen(series)
    index, body = series.piece.index, _text(outline, series.piece.index)
    rate = words["rate"].match(body, series.stop)
    stop = rate.end() if rate else series.stop
    printed = outline.printed(index)
    return Told(
        listing=next((_LISTINGS[one] for one in outline.meanings_at(index) if one in _LISTINGS), "task"),
        name=outline.printed(at.block).text(begin, begin + len(name)),
        block=index,
        start=series.start,
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
        completion=_completion(outline, series, stop),
    )


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


def _completion(outline: Outline, series: Series, stop: int) -> str | None:
    """What an item of a list, or the text below a name, goes on to say."""
    block, text = series.piece.block, _text(outline, series.piece.index)
    is_item = series.named.block != series.piece.index or block.kind is BlockKind.LIST_ITEM  # type: ignore[union-attr]
    behind = stop + 1
    if not is_item or text[stop:behind] not in ("。", ",", ";") or _words()["no_completion"].match(text, behind):
        return None
    return outline.printed(series.piece.index).text(behind, len(text)).strip() or None


def _text(outline: Outline, index: int) -> str:
    block = outline.document.blocks[index]
    assert isinstance(block, TextBlock)
    return block.text


@cache
def _words() -> dict[str, re.Pattern[str]]:
    words = strings(_FILE, "listed", _KEYS)
    no_bound = r"(?!(?:[(][^()]{0,8}[)])?[及或]?含?以[上下])"
    composed = {
        "amount": AMOUNT + no_bound,
        "more": rf"(?:\([^()]{{0,20}}\))?[,、/(…—|·]{{1,4}}(?P<word>[\u4e00-\u9fff]{{1,8}}?):?{AMOUNT}{no_bound}",
        "known": f"(?P<word>{words['budget']}|{words['spent']}):?$",
        "paid_up": f"[,、(](?:{words['paid_up']})(?=[,。;)]|$)",
        "rate": rf"[,、(](?:{words['rate']})(?P<rate>\d[\d.]*%)\)?",
    }
    return {key: compiled(_FILE, key, pattern) for key, pattern in (words | composed).items()}
