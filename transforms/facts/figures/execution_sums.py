"""Which of several amounts is the one executed, and of which budget: a rate that fits them says it.

Where the figures taken by their labels fit the rate, or nothing does, nothing is changed: a wrong rate stays wrong.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from transforms.facts.outline.mentions import FigureBook, Mention

_RATE, _EXECUTED = "stated_execution_rate", "executed_yuan"
_BUDGETS = ("annual_budget_yuan", "total_budget_yuan")
_FITNESS = 5
"""Above that of a mention by its label and section alone."""
_MOST = 20


def settle_execution(book: FigureBook) -> None:
    """Has the amount and the budget count that stand in one passage with a rate that fits them, where those taken by
    their labels do not fit it or one of them is missing."""
    rate, executed = book.primary(_RATE), book.primary(_EXECUTED)
    budget = book.primary(_BUDGETS[0]) or book.primary(_BUDGETS[1])
    if rate and executed and budget and fits(rate, executed, budget):
        return
    for one in _fitting(book):
        book.mentions[book.mentions.index(one)] = replace(one, fitness=_FITNESS)


def _fitting(book: FigureBook) -> tuple[Mention, ...]:
    """The first rate with the amount executed and the budget of its passage that fit it; else nothing."""
    rates, amounts, annual, total = (
        [one for one in book.mentions if one.name == name][:_MOST] for name in (_RATE, _EXECUTED, *_BUDGETS)
    )
    for three in product(rates, amounts, [*annual, *total]):
        if len({_passage(one) for one in three}) == 1 and fits(*three):
            return three
    return ()


def fits(rate: Mention, executed: Mention, budget: Mention) -> bool:
    """Whether the rate is the amount in parts of the budget, as far as it is printed."""
    return budget.value > 0 and abs(executed.value / budget.value - rate.value) <= rate.quantum / 2


def _passage(mention: Mention) -> tuple[object, ...]:
    return mention.block, None if mention.cell else mention.sentence
