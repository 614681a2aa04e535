"""The amounts of which a stated rate is the quotient: 执行率98.00%（98.00万元/100.00万元）, 执行率=98.00÷100.00=98.00%.

They are taken for what they are said to be, whether the rate comes out or not: that is for the rules.
"""

from __future__ import annotations

import re

from transforms.documents.model import TextBlock
from transforms.facts.amounts import in_yuan
from transforms.facts.figures.numbers import figures_in, rate_of
from transforms.facts.figures.sections import WEAK, fitness
from transforms.facts.outline.mentions import FigureBook, Mention, Span, sentences
from transforms.language.numerals import parse_number

_RATE, _EXECUTED, _BUDGET = "stated_execution_rate", "executed_yuan", "annual_budget_yuan"
_WORDS = r"(?:(?:全年|年度|部门|整体|实际|累计|调整后)*(?:执行|支出|决算|预算|支付)(?:数|额|金额|总额)?[为:]?)?"
_QUOTIENT = (
    rf"{_WORDS}(?P<executed>\d[\d,.]*)(?P<executed_unit>(?:亿|百?万|千)?元)?(?:[/÷]|,(?=[全年调整后初部门]*预算))"
    rf"{_WORDS}(?P<budget>\d[\d,.]*)(?P<budget_unit>(?:亿|百?万|千)?元)?(?:[*×xX]100%)?"
)
_BEHIND = re.compile(rf",?[(\[]?(?:即|为|=|等于|由)*{_QUOTIENT}(?:[)\],。;]|$)")
_BEFORE = re.compile(rf"{_QUOTIENT}=$")
_DIVIDED = re.compile(r"[/÷][^=]{1,40}=\d")
_OF_BUDGET = re.compile("预算|执行|支出|决算")
_OF_PART = re.compile("项目|其中|三公|采购|上年|基本支出|专项")
_LONGEST = 60


def add_quotients(book: FigureBook) -> None:
    """Notes the amounts executed and budgeted that stand as a quotient beside the rate; the budget only where nothing
    else states it. Without any rate so called, the quotient says what the share behind it is."""
    if book.primary(_RATE) is None:
        _add_rates(book)
    taken = {(one.block, one.figure.start) for one in book.mentions}
    for rate in [one for one in book.mentions if one.name == _RATE and one.cell is None]:
        block = book.outline.text_block(rate.block)
        text, stop = block.text, rate.stop or rate.figure.end
        before = max(rate.sentence.start, rate.figure.start - _LONGEST)
        match = _BEHIND.match(text, stop, stop + _LONGEST)
        if match is None and text.endswith("=", 0, rate.figure.start):
            match = _BEFORE.search(text, before, rate.figure.start)
        if match:
            for mention in _amounts(book, rate, match):
                if (mention.block, mention.figure.start) not in taken:
                    book.add(mention)


def _add_rates(book: FigureBook) -> None:
    """Notes the shares that are printed as quotients of spending and budget: 预算完成方面,98.00÷100.00×100%=98.00%."""
    for piece in book.outline.all_pieces():
        text = piece.block.text if isinstance(piece.block, TextBlock) else ""
        for sentence in sentences(piece) if _DIVIDED.search(text) else ():
            if not _OF_BUDGET.search(text, *sentence) or _OF_PART.search(text, *sentence):
                continue
            for number in figures_in(text, sentence):
                rate = rate_of(text, number) if text.endswith("=", 0, number.start) else None
                if rate and _BEFORE.search(text, max(sentence.start, number.start - _LONGEST), number.start):
                    fit = fitness(_RATE, book.outline.meanings_at(piece.index))
                    span = Span(number.start, number.end)
                    book.add(
                        Mention(_RATE, rate.value, rate.quantum, rate.unit, piece.index, span, sentence, fit, rate.stop)
                    )


def _amounts(book: FigureBook, rate: Mention, match: re.Match[str]) -> list[Mention]:
    found: list[Mention] = []
    declared = match["budget_unit"] or match["executed_unit"] or book.units.at(rate.block)
    for name, group in ((_EXECUTED, "executed"), (_BUDGET, "budget")):
        number, unit = parse_number(match[group]), match[f"{group}_unit"] or declared
        money = in_yuan(number, unit) if number and unit else None
        if money is None or money.value is None or money.quantum is None:
            return []
        fit = fitness(name, book.outline.meanings_at(rate.block)) - (WEAK if name == _BUDGET or rate.fitness < 0 else 0)
        stop = match.end(f"{group}_unit") if match[f"{group}_unit"] else match.end(group)
        span = Span(*match.span(group))
        found.append(Mention(name, money.value, money.quantum, unit, rate.block, span, rate.sentence, fit, stop))
    return found
