"""Amounts of money that stand one behind the other and are said of one thing: 甲工程安排90万元，花掉80万元.

What is said of, and whether several such make a listing of projects, is for the modules that ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from transforms.documents.model import BlockKind, TextBlock
from transforms.facts.amounts import Money, in_yuan
from transforms.facts.outline.items import Stretch, marker_at
from transforms.facts.outline.outline import Outline, Piece
from transforms.language.numerals import parse_number
from transforms.language.tables import compiled, strings

_FILE = "project_words"
_KEYS = ("budget", "spent", "paid_up", "by_then", "settled", "of_budget", "only", "sources", "purpose")
_LONGEST_HEAD = 80
_LONGEST_NAME = 40
_MOST_AMOUNTS = 3  # of one thing: at first, adjusted, spent
_BREAK = re.compile(r"[。;!?](?=[^。;!?]*$)")
_OPEN_WORD = re.compile(r"[,:…—|/(·][,:…—|/(·]*+(?P<word>[\u4e00-\u9fff]{1,6}):?$|(?P<none>)[:(]$")
_NO_NAME = re.compile(r"[,;:!?。\d]")
_OF_NAME = re.compile(
    "(?<=[\u4e00-\u9fff])(?:(?<![面块笔的中年度])(?:专项)?(?:经费|资金)(?=(?:全年|年初|年度|当年|本年|共)?(?:安排)?预算)"
    "|(?:项目|专项)(?=全年|年初|年度|当年|本年|调整|安排预算))"
)
"""Words of an amount that stand right behind a name belong to it: 甲活动经费预算5万元, 乙项目全年预算5万元."""
_MARKS = frozenset(",、/(…—|·→>-")
_SHORT = ("万", "亿")
BEFORE = " ,:、…—|·•●○■◆-–*/"
"""What may stand before a name and is no part of it."""


class Amount(NamedTuple):
    """An amount with the word before it. ``role``: budget, spent, or the word where that tells neither."""

    word: str
    role: str
    money: Money
    start: int
    stop: int


class Series(NamedTuple):
    """Amounts one behind the other, said of one thing. ``named``: where its name should stand, None where nothing is
    near that could be one; ``start``: of the clause; ``is_paid_up``: that all of the budget was spent is said in
    words."""

    piece: Piece
    start: int
    named: Stretch | None
    amounts: tuple[Amount, ...]
    is_paid_up: bool
    stop: int


def series_in(outline: Outline, piece: Piece) -> Iterator[Series]:
    """The amounts of a piece that stand one behind the other and are said of one thing."""
    block = piece.block
    if not isinstance(block, TextBlock) or not ("元" in block.text or "万" in block.text):
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
    if text.startswith("的", first.end()) and (told := _of_budget(piece, text, start, first)):
        return told
    word = _words()["known"].search(text, start, head.stop) or _OPEN_WORD.search(text, start, head.stop)
    if word is None:
        return None
    named: Stretch | None = Stretch(piece.index, start, end_of_name(text, word.start()))
    if not text[start : word.start()].strip(BEFORE):
        is_first = start == piece.start
        named = name_above(outline, piece) if is_first else _name_before(outline, piece, text, start - 1)
    amount = _amount(word["word"] or "", first)
    purpose = _words()["purpose"].match(text, first.end())
    if purpose and amount and amount.role == "budget" and _is_bare(text, start, word.start()):
        spent = _amount(purpose["word"], purpose)
        named, amounts = Stretch(piece.index, *purpose.span("name")), [amount, *([spent] if spent else [])]
    elif amount is None:
        return None
    else:
        amounts = _with_further(text, amount)
    stop = amounts[-1].stop
    paid_up = _words()["paid_up"].match(text, stop) if len(amounts) == 1 and amounts[0].role == "budget" else None
    return Series(piece, start, named, tuple(amounts), paid_up is not None, paid_up.end() if paid_up else stop)


def _of_budget(piece: Piece, text: str, start: int, first: re.Match[str]) -> Series | None:
    """5万元的预算只支出了4万元, said of what stands right before."""
    behind = _words()["of_budget"].match(text, first.end())
    budget, spent = _amount("预算", first), _amount(behind["word"], behind) if behind else None
    if budget is None or spent is None:
        return None
    is_apart = text[first.start() - 1 : first.start()] in BEFORE
    named = None if is_apart else Stretch(piece.index, start, first.start())
    return Series(piece, start, named, (budget, spent), False, spent.stop)


def end_of_name(text: str, stop: int) -> int:
    """Where a name ends behind which the words of an amount begin at ``stop``."""
    of_name = _OF_NAME.match(text, stop)
    return of_name.end() if of_name else stop


def _is_bare(text: str, start: int, stop: int) -> bool:
    """Whether nothing but a number stands there."""
    marker = marker_at(text, start)
    return not text[marker.end if marker else start : stop].strip(BEFORE)


def _with_further(text: str, first: Amount) -> list[Amount]:
    """The amount and those behind it that go on to tell of the same thing."""
    amounts = [first]
    while len(amounts) < _MOST_AMOUNTS and (more := _further(text, amounts)):
        further = _amount(more["word"], more)
        is_weak = len(amounts) > 1 or more[0][0] not in _MARKS
        if further is None or (is_weak and further.role not in ("budget", "spent")):
            break
        if amounts[-1].role == "spent" == further.role:
            break
        amounts.append(further)
    return amounts


def _further(text: str, amounts: list[Amount]) -> re.Match[str] | None:
    """The next amount; behind a lone budget also the spending after words about where the money comes from or what was
    done with it."""
    more = _words()["more"].match(text, amounts[-1].stop)
    sources = None
    if len(amounts) == 1 and amounts[0].role == "budget" and (more is None or _is_source(more["word"])):
        sources = _words()["behind_sources"].match(text, amounts[0].stop)
        sources = sources or (None if more else _words()["behind_deeds"].match(text, amounts[0].stop))
    return sources or more


def _is_source(word: str) -> bool:
    return _role(word) not in ("budget", "spent")


def _role(word: str) -> str:
    """Budget or spent, or the word where it says neither."""
    words = _words()
    return "budget" if words["budget"].fullmatch(word) else "spent" if words["settled"].fullmatch(word) else word


def _amount(word: str, match: re.Match[str]) -> Amount | None:
    number = parse_number(match["figure"])
    if number is None:
        return None
    unit = match["unit"] + "元" * (match["unit"] in _SHORT)
    return Amount(word, _role(word), in_yuan(number, unit), match.start("figure"), match.end())


def _name_before(outline: Outline, piece: Piece, text: str, stop: int) -> Stretch | None:
    """The first sentence of the block, where it is no more than a name."""
    marker = outline.markers[piece.index] if not piece.start else None
    start = marker.end if marker else piece.start
    is_short = start < stop <= start + _LONGEST_NAME and text[stop] == "。"
    return Stretch(piece.index, start, stop) if is_short and not _NO_NAME.search(text, start, stop) else None


def name_above(outline: Outline, piece: Piece) -> Stretch | None:
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


@cache
def _words() -> dict[str, re.Pattern[str]]:
    words = strings(_FILE, "said", _KEYS)
    unit = r"(?P<unit>亿元|百?万元|千元|元|[万亿](?=[,。;)、/|]|$))"
    amount = rf"(?:人民币|约)?(?P<figure>\d[\d,]*+(?:\.\d++)?){unit}(?!(?:[(][^()]{{0,8}}[)])?[及或]?含?以[上下])"
    marks = r"(?:\([^()]{0,60}\))?(?:[,、/(…—|·→>-]{1,4}|[中。;]|(?=[实共已花用支]))(?:其中)?"
    marks += f"(?:{words['by_then']})?"
    sources = f"(?:{words['sources']})[^。;]{{0,80}}?(?=[,;)])"
    composed = {
        "amount": amount,
        "more": rf"{marks}(?P<word>[\u4e00-\u9fff]{{1,8}}?):?{amount}",
        "behind_sources": rf"(?:[,;(]{sources}){{1,2}}[,;)]{{1,2}}(?P<word>{words['spent']}):?{amount}",
        "behind_deeds": rf"[,;][^。;()元万]{{2,60}}?[,;](?P<word>{words['spent']}):?{amount}",
        "settled": f"(?:{words['settled']})*(?:{words['spent']})",
        "of_budget": rf"(?:{words['of_budget']})(?:{words['only']})*(?P<word>{words['spent']}):?{amount}",
        "purpose": rf"(?:{words['purpose']})(?P<name>[^,。;()\d]{{2,40}})[,;(](?P<word>{words['spent']}):?{amount}",
        "known": f"(?P<word>{words['budget']}|{words['spent']}):?$",
        "paid_up": f"[,、(](?:{words['paid_up']})(?=[,。;)]|$)",
    }
    return {key: compiled(_FILE, key, pattern) for key, pattern in (words | composed).items()}
