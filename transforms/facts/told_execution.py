"""Budget, amount executed and rate that no label names: told one behind the other, in whatever words, the three
explain each other, by the words around them and by arithmetic.

What labels name is read in figures.py and figure_tables.py and always goes before; here only what they leave open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from transforms.documents.model import TextBlock
from transforms.facts.amounts import in_yuan
from transforms.facts.figure_numbers import Figure, figures_in, money_unit, rate_of
from transforms.facts.figure_pairs import depth, without_brackets
from transforms.facts.figure_sections import headline_pieces
from transforms.facts.mentions import FigureBook, Mention, Span, sentences
from transforms.facts.outline import Outline, Piece
from transforms.facts.project_prose import Told
from transforms.facts.years import find_years
from transforms.language.numerals import Number
from transforms.language.tables import compiled, either, strings
from transforms.language.units import find_money_unit

_RATE, _EXECUTED, _ANNUAL, _TOTAL = (
    *("stated_execution_rate", "executed_yuan", "annual_budget_yuan", "total_budget_yuan"),
)
_AMOUNTS = frozenset((_EXECUTED, _ANNUAL, _TOTAL))
_PART = 5
"""An amount is a small part of another that is this many times as large."""
_CLAUSE = re.compile(r"[,;。]")
_WORDS = ("budget", "spent", "rate", "sum", "other", "other_rate", "headline", "scope", "of_whole")
_TARGETS = frozenset(("annual_goals", "indicators", "performance_management"))
_LONGEST_LEAD = 60
_BACK = 12
"""Numbers before a rate among which its amounts are looked for."""
_FARTHEST = 6
"""Blocks between a rate and its budget."""
_MOST = 400
_NEAR = Decimal("0.05")
"""How far a rate may be wrong that stands right behind the two amounts."""
_MARKS = re.compile(
    r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[a-z])[.、)]|[\s,:、()“”\"'*]|20\d\d年?度?|二[〇零○]..年度?"
    r"|\d{1,2}月(?:\d{1,2}日|底|末)?|年[底末终]"
)


class _Read(NamedTuple):
    """A number with what the words before it say of it (``role``), and the figure that a label names it."""

    figure: Figure
    span: Span
    sentence: Span
    block: int
    lead: str
    role: str | None
    name: str | None


def add_told_execution(outline: Outline, year: int | None, told: list[Told], book: FigureBook) -> None:
    """Notes the budget, the amount executed and the rate that are told together, where one of them has no label of its
    own, and what says the same amounts again."""
    if all(book.primary(name) for name in (_RATE, _EXECUTED)) and (book.primary(_ANNUAL) or book.primary(_TOTAL)):
        return
    reads = _reads(outline, year, told, book)
    three = next(iter(sorted(_threes(reads, book), key=lambda three: not _fits(*three))), None)
    if three is None:
        return
    budget, executed, _ = three
    budget_name = budget.name if budget.name in (_ANNUAL, _TOTAL) else _ANNUAL
    for name, read in zip((budget_name, _EXECUTED, _RATE), three, strict=True):
        _add(book, name, read)
    for before, read in pairwise(reads):
        is_again = read is not executed and read.figure.value == executed.figure.value and read.role == "spent"
        if is_again and before.role == "budget" and before.sentence == read.sentence and _is_whole(before.lead):
            _add(book, budget_name, before)
            _add(book, _EXECUTED, read)


def drop_parts(book: FigureBook) -> None:
    """Leaves out amounts that words before their label make those of a part (某某中心调整后预算甲) and that are a small
    part of what is said of the whole."""
    amounts = [one for one in book.mentions if one.name in _AMOUNTS and one.cell is None]
    told = {id(one): _is_of_whole(book, one) for one in amounts}
    largest = max((one.value for one in amounts if one.name != _EXECUTED and told[id(one)]), default=Decimal())
    parts = {id(one) for one in amounts if not told[id(one)] and one.value * _PART < largest}
    if parts:
        book.mentions[:] = [one for one in book.mentions if id(one) not in parts]


def _is_of_whole(book: FigureBook, one: Mention) -> bool:
    """Whether the words before an amount, since the last comma, say no more than what it is."""
    block = book.outline.document.blocks[one.block]
    assert isinstance(block, TextBlock)
    lead = block.text[max(one.sentence.start, one.figure.start - _LONGEST_LEAD) : one.figure.start]
    return _is_whole(without_brackets(lead))


def _is_whole(lead: str) -> bool:
    return _words()["whole"].fullmatch(_MARKS.sub("", _CLAUSE.split(lead)[-1])) is not None


def _add(book: FigureBook, name: str, read: _Read) -> None:
    if read.name is None:
        value, quantum, unit, stop = read.figure
        book.add(Mention(name, value, quantum, unit, read.block, read.span, read.sentence, 0, stop))


def _threes(reads: list[_Read], book: FigureBook) -> Iterator[tuple[_Read, _Read, _Read]]:
    """Budget, amount executed and rate, in this order, that agree with all that labels name."""
    budgets = [book.primary(_ANNUAL), book.primary(_TOTAL)]
    known = {one.value for one in budgets if one}
    for at, rate in enumerate(reads):
        if rate.role != "rate" or not _agrees(book, _RATE, rate):
            continue
        before = [one for one in reads[max(0, at - _BACK) : at] if rate.block - one.block <= _FARTHEST]
        for number in range(len(before) - 1, 0, -1):
            executed = before[number]
            if executed.role != "spent" or not _agrees(book, _EXECUTED, executed):
                continue
            for budget in reversed(before[:number]):
                is_near = before[-1] is executed and before[-2] is budget
                if _is_budget(budget, reads, book, known) and _is_execution(budget, executed, rate, is_near):
                    yield budget, executed, rate


def _agrees(book: FigureBook, name: str, read: _Read) -> bool:
    taken = book.primary(name)
    return taken is None or taken.value == read.figure.value


def _is_execution(budget: _Read, executed: _Read, rate: _Read, is_near: bool) -> bool:
    """Whether the rate is that of the amounts; right behind the two it may be wrong."""
    if budget.figure.value < executed.figure.value:
        return False
    return _fits(budget, executed, rate) or (
        is_near and abs(executed.figure.value / budget.figure.value - rate.figure.value) <= _NEAR
    )


def _fits(budget: _Read, executed: _Read, rate: _Read) -> bool:
    off = abs(executed.figure.value / budget.figure.value - rate.figure.value)
    return off <= rate.figure.quantum / 2


def _is_budget(read: _Read, reads: list[_Read], book: FigureBook, known: set[Decimal]) -> bool:
    """Whether an amount is the budget of the department: by its label, or by all the words before it where no other
    amount budgeted is larger."""
    if read.name in (_ANNUAL, _TOTAL):
        return True
    if read.name or read.figure.unit == "%" or book.primary(_ANNUAL) or read.figure.value <= 0:
        return False
    if known and not any(one / 2 <= read.figure.value <= one * 2 for one in known):
        return False
    is_beside = any(one.name == _TOTAL and one.sentence == read.sentence for one in reads)
    largest = max(one.figure.value for one in reads if one.role == "budget" or one is read)
    return (is_beside or (read.role == "budget" and _is_headline(read))) and read.figure.value == largest


def _is_headline(read: _Read) -> bool:
    """Whether all words before an amount, or those since the last comma, say no more than that it is a budget, and
    that of the whole."""
    words = _words()
    clauses = ((read.lead, "scope"), (read.lead.rpartition(",")[2], "of_whole"))
    return any(words[scope].search(one) and words["headline"].fullmatch(_MARKS.sub("", one)) for one, scope in clauses)


def _reads(outline: Outline, year: int | None, told: list[Told], book: FigureBook) -> list[_Read]:
    """The amounts and shares of the running text, in reading order, without those in brackets and those of projects."""
    named = {(one.block, one.figure.start): one.name for one in book.mentions if one.cell is None}
    of_projects = {project.block for project in told}
    found: list[_Read] = []
    for piece, sections in headline_pieces(outline):
        if piece.index in of_projects or not _TARGETS.isdisjoint(sections):
            continue
        found += _read_piece(outline, piece, year, named)
        if len(found) > _MOST:
            break
    return found


def _read_piece(outline: Outline, piece: Piece, year: int | None, named: dict[tuple[int, int], str]) -> Iterator[_Read]:
    assert isinstance(piece.block, TextBlock)
    text = piece.block.text
    for sentence in sentences(piece):
        stop, role = sentence.start, None
        for number in figures_in(text, sentence):
            lead = text[max(stop, number.start - _LONGEST_LEAD) : number.start]
            figure = rate_of(text, number) or _money(text, number, lead)
            name = named.get((piece.index, number.start))
            if figure is None or (name is None and depth(text, sentence.start, number.start) > 0):
                continue
            lead = without_brackets(lead)
            if not _MARKS.sub("", lead).removeprefix("答"):
                lead = outline.title_at(piece.index)
            is_sum = role is not None and _words()["sum"].match(lead) and figure.unit != "%"
            told = role if is_sum else _role(figure, lead, year)
            role, stop = _raw_role(lead) or role, figure.stop
            yield _Read(figure, Span(number.start, number.end), sentence, piece.index, lead, _named(name, told), name)


def _named(name: str | None, told: str | None) -> str | None:
    """The role of a number that a label names, else the one ``told``."""
    roles = {_RATE: "rate", _EXECUTED: "spent", _ANNUAL: "budget", _TOTAL: "budget"}
    return told if name is None else roles.get(name)


def _role(figure: Figure, lead: str, year: int | None) -> str | None:
    words = _words()
    if figure.unit == "%":
        return "rate" if words["rate"].search(lead) and not words["other_rate"].search(lead) else None
    if words["other"].search(lead) or any(one.value != year for one in find_years(lead) if year):
        return None
    return _raw_role(lead)


def _raw_role(lead: str) -> str | None:
    """Budget or spending, whichever the last word says."""
    last = {role: max((one.end() for one in _words()[role].finditer(lead)), default=0) for role in ("budget", "spent")}
    return max(last, key=lambda role: last[role]) if any(last.values()) else None


def _money(text: str, number: Number, lead: str) -> Figure | None:
    unit, stop = money_unit(text, number)
    if unit is None and not number.is_percent and not number.is_chinese and not number.scale:
        unit = find_money_unit(lead)
    money = in_yuan(number._replace(scale=""), unit) if unit else None
    if money is None or unit is None or money.value is None or money.quantum is None:
        return None
    return Figure(money.value, money.quantum, unit, stop)


@cache
def _words() -> dict[str, re.Pattern[str]]:
    words = strings("figures", "execution", _WORDS)
    known = either(words["headline"].split())
    composed = {"headline": f"(?:{known})*+", "whole": f"(?:{known}|{words['spent']}|了)*+"}
    return {key: compiled("figures", key, pattern) for key, pattern in (words | composed).items()}
