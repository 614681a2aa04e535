"""Amounts in the text of a project row that speak of the row's own total, and so can be set against its cells.

Amounts of parts, standards, other years and lists of items are left alone: in doubt an amount is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from transforms.facts.amounts import Money, in_yuan
from transforms.language.numerals import parse_number
from transforms.language.tables import compiled, patterns, strings
from transforms.language.text import normalise

_FILE = "project_words"

AMOUNT = r"(?P<figure>\d[\d,]*+(?:\.\d++)?)(?P<unit>亿元|百?万元|千元|元)"
BARE_AMOUNT = rf"{AMOUNT}?(?![\d.%]|余?[万多]?[个项条场次人名户家件份间台辆座栋处宗])"
"""The same where the unit may stand above."""
_FIGURES = re.compile(f"{AMOUNT}?")
"""All figures, amounts or not: a search for amounts alone would start again at each digit of an endless figure."""
_ITEMS = re.compile(r"(?:^|[;。,\n])(?:[(（]?\d{1,2}[)）、.](?!\d)|[①-⑳])")
_CLAUSE = re.compile(r"[,;。!?\n]")
_MOST = 20_000
_NEAR = Decimal("0.01")
"""How far from a cell, as a share of it, an amount may be that only says what was paid."""


class TextAmount(NamedTuple):
    """An amount said of a whole row: ``text`` the printed figure, in normalised form."""

    money: Money
    text: str
    unit: str


def own_totals(text: str, cells: Iterable[Decimal | None] = ()) -> list[TextAmount]:
    """The amounts in a goal or completion that speak of the row's own total; of one kind of wording only a single
    value counts, since several are parts. ``cells``: the amounts of the row, 元: a bare word of spending (支出5万元)
    speaks of the row where it comes with the only amount of the text and nothing beside it names a part, and where the
    amount is not far less than theirs; words of payment (全年拨付5万元) do where it is nearly one of theirs."""
    if "元" not in text or len(text) > _MOST:
        return []
    text = normalise(text)
    if len(_ITEMS.findall(text)) > 1:
        return []
    found: dict[tuple[int, int], TextAmount] = {}
    for pattern in _totals():
        of_kind = dict(_matches(pattern, text))
        if len({amount.money.value for amount in of_kind.values()}) == 1:
            found |= of_kind
    return [found[span] for span in sorted(found)] or _bare(text, cells)


def _bare(text: str, cells: Iterable[Decimal | None]) -> list[TextAmount]:
    known, words = [cell for cell in cells if cell], _bare_words()
    amounts = sum(match["unit"] is not None for match in _FIGURES.finditer(text))
    if not known or amounts != 1 or words["beside"].search(text):
        return []
    found = [amount for _, amount in _matches(words["spent"], text)]
    found = [amount for amount in found if (amount.money.value or 0) * 2 >= min(known)]
    return found or [amount for _, amount in _matches(words["paid"], text) if _is_near(amount, known)]


def _is_near(amount: TextAmount, cells: list[Decimal]) -> bool:
    return any(abs((amount.money.value or 0) - cell) < cell * _NEAR for cell in cells)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[tuple[int, int], TextAmount]]:
    for match in pattern.finditer(text):
        clause = _CLAUSE.split(text[max(0, match.start() - 30) : match.start()])[-1] + match["lead"]
        number = parse_number(match["figure"])
        is_part = _parts()["before"].search(clause) or _parts()["after"].match(text, match.end())
        if number is not None and not is_part:
            yield match.span("figure"), TextAmount(in_yuan(number, match["unit"]), match["figure"], match["unit"])


@cache
def _totals() -> tuple[re.Pattern[str], ...]:
    wordings = strings(_FILE, "text_amounts")
    return tuple(compiled(_FILE, key, f"(?P<lead>{words}){AMOUNT}") for key, words in wordings.items())


@cache
def _bare_words() -> dict[str, re.Pattern[str]]:
    words = strings(_FILE, "bare", ("spent", "paid", "beside"))
    leads = {kind: compiled(_FILE, kind, f"(?P<lead>{words[kind]}){AMOUNT}") for kind in ("spent", "paid")}
    return leads | {"beside": compiled(_FILE, "beside", words["beside"])}


@cache
def _parts() -> dict[str, re.Pattern[str]]:
    return patterns(_FILE, "parts", ("before", "after"))
