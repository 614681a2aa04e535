"""Budget, amount executed and rate that no label names: told together, in whatever words, the three explain each
other, by the words around them and by arithmetic.

What labels name is read in reading.py and tables.py and always goes before; here only what they leave open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from transforms.facts.figures.execution_sums import fits
from transforms.facts.figures.pairs import without_brackets
from transforms.facts.figures.told_amounts import (
    ANNUAL,
    EXECUTED,
    LONGEST_LEAD,
    OTHER,
    RATE,
    TOTAL,
    ToldRead,
    is_headline,
    is_whole,
    largest_amount,
    told_reads,
    told_words,
)
from transforms.facts.outline.mentions import FigureBook, Mention
from transforms.facts.outline.outline import Outline

_AMOUNTS = frozenset((EXECUTED, ANNUAL, TOTAL))
_WHOLE = _AMOUNTS | {RATE}
_PROJECTS = "project_expenditure_yuan"
_PART = 5
"""An amount is a small part of another that is this many times as large."""
_AROUND = 12
"""Numbers before a rate, or behind it in its sentence, among which its amounts are looked for."""
_FARTHEST = 6
"""Blocks between a rate and its budget; one that a label names may stand farther off."""
_OF_EXECUTION = re.compile("率|进度")
_NEAR = Decimal("0.05")
"""How far a rate may be wrong that stands right behind the two amounts."""
_EXACTLY = Decimal("0.001")
"""How exactly a rate is printed at least that says what an amount is whose words leave it open."""
_LEAST = Decimal("0.6")
"""The lowest rate by which an amount that no word calls a budget, or one far off, is one: smaller shares are rather
those of a part."""
_AGAIN = Decimal("1.25")
"""How much larger another amount may be that is the same budget, wrongly printed or before a cut."""


class _Three(NamedTuple):
    budget: ToldRead
    executed: ToldRead
    rate: ToldRead
    is_near: bool
    """Whether the rate stands right behind the executed amount, and that right behind the budget."""

    @property
    def is_exact(self) -> bool:
        """Whether the rate is that of the amounts, as far as it is printed."""
        return self._off() <= self.rate.figure.quantum / 2

    @property
    def is_likely(self) -> bool:
        """Whether it may be that, rightly printed or not."""
        return self.is_exact or (self.is_near and self._off() <= _NEAR)

    def _off(self) -> Decimal:
        return abs(self.executed.figure.value / self.budget.figure.value - self.rate.figure.value)


class _Whole(NamedTuple):
    """What the budget of the department is measured by: the largest amount whose words make it budgeted, the sentences
    that name the total budget, and the largest amount of the document."""

    budgeted: Decimal
    of_total: frozenset[tuple[object, ...]]
    largest: Callable[[], Decimal]


def add_told_execution(outline: Outline, year: int | None, of_projects: Collection[int], book: FigureBook) -> None:
    """Notes the budget, the amount executed and the rate that are told together, where one of them has no label of its
    own or the only budget with one does not fit the rate, and what says the same amounts again. The blocks
    ``of_projects`` tell of projects."""
    stated, spent, annual, total = map(book.primary, (RATE, EXECUTED, ANNUAL, TOTAL))
    if stated and spent and (annual or (total and fits(stated, spent, total))):
        return
    reads = told_reads(outline, year, of_projects, book)
    three = next(iter(sorted(_threes(reads, outline, book), key=lambda three: not three.is_exact)), None)
    if three is None or (stated and spent and total and not three.is_exact):
        return
    budget, executed = three.budget, three.executed
    budget_name = budget.name if budget.name in (ANNUAL, TOTAL) else ANNUAL
    for name, read in ((budget_name, budget), (EXECUTED, executed), (RATE, three.rate)):
        _add(book, name, read)
    for before, again in pairwise(reads):
        if again is not executed and _is_again(before, again, executed):
            _add(book, budget_name, before)
            _add(book, EXECUTED, again)


def _is_again(before: ToldRead, again: ToldRead, executed: ToldRead) -> bool:
    """Whether a sentence says the amount executed again, behind that of the budget."""
    is_same = again.role == "spent" and again.figure.value == executed.figure.value
    is_beside = before.role == "budget" and _sentence(before) == _sentence(again)
    return is_same and is_beside and is_whole(before.lead.rpartition(":")[2])


def drop_parts(book: FigureBook) -> None:
    """Leaves out what tables say of the projects alone, and amounts that words before their label make those of a part
    (某某中心调整后预算甲) and that are a small part of what is said of the whole."""
    of_projects = _tables_of_projects(book)
    if of_projects:
        book.mentions[:] = [one for one in book.mentions if one.block not in of_projects or one.name not in _WHOLE]
    amounts = [one for one in book.mentions if one.name in _AMOUNTS and one.cell is None]
    told = {id(one): _is_of_whole(book, one) for one in amounts}
    largest = max((one.value for one in amounts if one.name != EXECUTED and told[id(one)]), default=Decimal())
    parts = {id(one) for one in amounts if not told[id(one)] and one.value * _PART < largest}
    if parts:
        book.mentions[:] = [one for one in book.mentions if id(one) not in parts]


def _tables_of_projects(book: FigureBook) -> set[int]:
    """The tables whose sum of spending is, as the text states both, that of the projects and not that of the whole."""
    told = [one for one in book.mentions if one.cell is None]
    whole, projects = ([one for one in told if one.name == name] for name in (EXECUTED, _PROJECTS))
    sums = [one for one in book.mentions if one.cell is not None and one.name == EXECUTED] if whole and projects else []
    return {one.block for one in sums if _is_any(one, projects) and not _is_any(one, whole)}


def _is_any(amount: Mention, others: list[Mention]) -> bool:
    """Whether an amount is one of the others, as far as both are printed."""
    return any(abs(amount.value - one.value) < max(amount.quantum, one.quantum) for one in others)


def _is_of_whole(book: FigureBook, one: Mention) -> bool:
    """Whether the words before an amount, since the last comma, say no more than what it is."""
    block = book.outline.text_block(one.block)
    lead = block.text[max(one.sentence.start, one.figure.start - LONGEST_LEAD) : one.figure.start]
    return is_whole(without_brackets(lead))


def _add(book: FigureBook, name: str, read: ToldRead) -> None:
    if read.name is None:
        value, quantum, unit, stop = read.figure
        book.add(Mention(name, value, quantum, unit, read.block, read.span, read.sentence, 0, stop))


def _threes(reads: list[ToldRead], outline: Outline, book: FigureBook) -> Iterator[_Three]:
    """Budget, amount executed and rate that agree with all that labels name, the nearest first."""
    whole = _Whole(
        max((one.figure.value for one in reads if one.role == "budget"), default=Decimal()),
        frozenset(_sentence(one) for one in reads if one.name == TOTAL),
        cache(lambda: largest_amount(outline)),
    )
    for at, rate in enumerate(reads):
        if rate.figure.unit != "%" or rate.role == OTHER or not _agrees(book, RATE, rate):
            continue
        before = [one for one in reads[max(0, at - _AROUND) : at] if rate.block - one.block <= _FARTHEST]
        around = [one for one in reads[at + 1 : at + 1 + _AROUND] if _sentence(one) == _sentence(rate)]
        amounts = [one for one in (*reversed(before), *around) if one.figure.unit != "%" and one.figure.value > 0]
        for executed in amounts:
            if executed.role in ("spent", None) and _agrees(book, EXECUTED, executed):
                for budget in (*amounts, *_far_budgets(reads[:at], executed, rate, book)):
                    is_near = before[-2:] == [budget, executed]
                    three = _Three(budget, executed, rate, is_near)
                    if budget is not executed and _is_told(three) and _is_budget(three, book, whole):
                        yield three


def _far_budgets(before: list[ToldRead], executed: ToldRead, rate: ToldRead, book: FigureBook) -> Iterator[ToldRead]:
    """The budgets that labels name, however far off, for an amount spent with an exact rate right behind it."""
    is_rate = rate.role == "rate" and _OF_EXECUTION.search(rate.lead) and rate.figure.quantum <= _EXACTLY
    is_rate = is_rate and rate.figure.value >= _LEAST
    if is_rate and before[-1:] == [executed] and executed.role == "spent" and _sentence(executed) == _sentence(rate):
        taken = [one for name in (ANNUAL, TOTAL) if (one := book.primary(name))]
        places = {(one.block, one.figure) for one in taken if one.cell is None}
        yield from (one for one in before if (one.block, one.span) in places and rate.block - one.block > _FARTHEST)


def _sentence(read: ToldRead) -> tuple[object, ...]:
    return read.block, read.sentence


def _agrees(book: FigureBook, name: str, read: ToldRead) -> bool:
    taken = book.primary(name)
    return taken is None or taken.value == read.figure.value


def _is_told(three: _Three) -> bool:
    """Whether the words and the rate make an amount the one executed of the other: the rate right or nearly so where
    all words say it and it stands behind them, exactly right where one leaves it open or the order is another."""
    budget, executed, rate = three.budget, three.executed, three.rate
    if budget.figure.value < executed.figure.value or not three.is_likely:
        return False
    starts = [(read.block, read.span.start) for read in (budget, executed, rate)]
    if executed.role == "spent" and rate.role == "rate" and starts == sorted(starts):
        return True
    is_one = starts == sorted(starts) or len({_sentence(read) for read in (budget, executed, rate)}) == 1
    is_open = executed.role is None and rate.role is None
    return is_one and not is_open and three.is_exact and rate.figure.quantum <= _EXACTLY


def _is_budget(three: _Three, book: FigureBook, whole: _Whole) -> bool:
    """Whether an amount is the budget of the department: by its label; by an exact rate where its sentence names the
    total budget, and a label the amount executed; by all the words before it where no other one budgeted is larger; by
    an exact rate where its sentence speaks of the whole and no amount at all is larger."""
    read = three.budget
    if read.name in (ANNUAL, TOTAL):
        return True
    known = [one.value for one in (book.primary(ANNUAL), book.primary(TOTAL)) if one]
    if read.name or book.primary(ANNUAL) or not all(one / 2 <= read.figure.value <= one * 2 for one in known):
        return False
    is_largest = whole.budgeted <= read.figure.value * (_AGAIN if three.is_exact else 1)
    if _sentence(read) in whole.of_total:
        return three.is_exact and (is_largest or three.executed.name == EXECUTED)
    if not is_largest:
        return False
    if read.role not in ("budget", None):
        return False
    if is_headline(read.lead):
        return True
    rate = three.rate.figure
    is_open = three.is_exact and rate.quantum <= _EXACTLY and rate.value >= _LEAST
    return is_open and read.figure.value >= whole.largest() and _speaks_of_whole(read, book)


def _speaks_of_whole(read: ToldRead, book: FigureBook) -> bool:
    block = book.outline.text_block(read.block)
    return told_words()["of_year"].search(block.text, *read.sentence) is not None
