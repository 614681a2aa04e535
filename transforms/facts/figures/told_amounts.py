"""The amounts and shares of the running text with what the words around each say of it: budget, spending, rate.

What they come to together is decided in told_execution.py; figures with labels are read in reading.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from functools import cache
from itertools import chain, islice
from typing import NamedTuple

from transforms.documents.model import Table, TextBlock
from transforms.facts.amounts import declared_unit, in_yuan
from transforms.facts.figures.numbers import Figure, figures_in, in_money, money_unit, rate_of
from transforms.facts.figures.pairs import depth, without_brackets
from transforms.facts.figures.sections import headline_pieces
from transforms.facts.outline.mentions import FigureBook, Span, sentences, table_lines
from transforms.facts.outline.outline import Outline, Piece
from transforms.facts.years import find_years
from transforms.language.numerals import Number, parse_number
from transforms.language.tables import compiled, either, strings
from transforms.language.units import find_money_unit

RATE, EXECUTED, ANNUAL, TOTAL = (
    *("stated_execution_rate", "executed_yuan", "annual_budget_yuan", "total_budget_yuan"),
)
_ROLES = {RATE: "rate", EXECUTED: "spent", ANNUAL: "budget", TOTAL: "budget"}
OTHER = "other"
"""The role of a number that is one of a part, of another time or of a change."""
_WORDS = (
    *("budget", "spent", "rate", "sum", "other", "other_rate", "purpose"),
    *("headline", "scope", "of_whole", "of_year"),
)
_TARGETS = frozenset(("annual_goals", "indicators", "performance_management"))
LONGEST_LEAD = 60
_MOST = 400
_CLAUSE = re.compile(r"[,;。]")
_MARKS = re.compile(
    r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[a-z])[.、)]|[\s,:?、()“”\"'*]|20\d\d年?度?|二[〇零○]..年度?"
    r"|\d{1,2}月(?:\d{1,2}日|底|末)?|年[底末终]"
)
_AMOUNT = re.compile(r"(?P<number>\d[\d,]{0,18}(?:\.\d{1,8})?)(?P<unit>(?:亿|[百千]?万|千)?元)")
_CELL = re.compile(r"\d[\d,]{0,18}(?:\.\d{1,8})?")


class ToldRead(NamedTuple):
    """A number with the words before it (``lead``), what these say of it (``role``, None where they leave it open),
    and the figure that a label names it."""

    figure: Figure
    span: Span
    sentence: Span
    block: int
    lead: str
    role: str | None
    name: str | None


def is_headline(lead: str) -> bool:
    """Whether all words before an amount, or those since the last comma, say no more than that it is a budget, and
    that of the whole."""
    words = told_words()
    clauses = ((lead, "scope"), (lead.rpartition(",")[2], "of_whole"))
    return any(words[scope].search(one) and words["headline"].fullmatch(_MARKS.sub("", one)) for one, scope in clauses)


def is_whole(lead: str) -> bool:
    """Whether the words since the last comma say no more than that an amount is budgeted or spent."""
    return told_words()["whole"].fullmatch(_MARKS.sub("", _CLAUSE.split(lead)[-1])) is not None


def told_reads(outline: Outline, year: int | None, of_projects: Collection[int], book: FigureBook) -> list[ToldRead]:
    """The first amounts and shares of the running text, in reading order, without those in brackets and those in the
    blocks ``of_projects``."""
    named = {(one.block, one.figure.start): one.name for one in book.mentions if one.cell is None}
    pieces = (
        piece
        for piece, sections in headline_pieces(outline)
        if piece.index not in of_projects and _TARGETS.isdisjoint(sections)
    )
    return list(islice(chain.from_iterable(_read_piece(outline, piece, year, named) for piece in pieces), _MOST))


def _read_piece(
    outline: Outline, piece: Piece, year: int | None, named: dict[tuple[int, int], str]
) -> Iterator[ToldRead]:
    assert isinstance(piece.block, TextBlock)
    text = piece.block.text
    for sentence in sentences(piece):
        stop, role = sentence.start, None
        for number in figures_in(text, sentence):
            lead = text[max(stop, number.start - LONGEST_LEAD) : number.start]
            figure = rate_of(text, number) or _money(text, number, lead)
            name = named.get((piece.index, number.start))
            if figure is None or (name is None and depth(text, sentence.start, number.start) > 0):
                continue
            lead = without_brackets(lead)
            if stop == piece.start and not _MARKS.sub("", lead).removeprefix("答"):
                lead = outline.question_at(piece.index)
            is_sum = role is not None and told_words()["sum"].match(lead) and figure.unit != "%"
            is_for = figure.unit != "%" and told_words()["purpose"].match(text, figure.stop, sentence.end) is not None
            told = OTHER if is_for else role if is_sum else _role(figure, lead, year)
            role, stop = _raw_role(lead) or role, figure.stop
            yield ToldRead(
                figure, Span(number.start, number.end), sentence, piece.index, lead, _named(name, told), name
            )


def _named(name: str | None, told: str | None) -> str | None:
    """The role of a number that a label names, else the one ``told``."""
    return told if name is None else _ROLES.get(name, OTHER)


def _role(figure: Figure, lead: str, year: int | None) -> str | None:
    words = told_words()
    if words["other_rate" if figure.unit == "%" else "other"].search(lead):
        return OTHER
    if figure.unit == "%":
        return "rate" if words["rate"].search(lead) else None
    return OTHER if year and any(one.value != year for one in find_years(lead)) else _raw_role(lead)


def _raw_role(lead: str) -> str | None:
    """Budget or spending, whichever the last word says."""
    last = {
        role: max((one.end() for one in told_words()[role].finditer(lead)), default=0) for role in ("budget", "spent")
    }
    return max(last, key=lambda role: last[role]) if any(last.values()) else None


def _money(text: str, number: Number, lead: str) -> Figure | None:
    unit, stop = money_unit(text, number)
    if unit is None and not number.is_percent and not number.is_chinese and not number.scale:
        unit = find_money_unit(lead)
    return in_money(number, unit, stop) if unit else None


def largest_amount(outline: Outline) -> Decimal:
    """The largest amount of money that the document prints, in 元; in tables without a unit as if in 万元."""
    largest = Decimal()
    for block in outline.document.blocks:
        if isinstance(block, Table):
            found = _in_table(block)
        else:
            found = ((match["number"], match["unit"]) for match in _AMOUNT.finditer(block.text))
        for text, unit in found:
            number = parse_number(text)
            money = in_yuan(number, unit).value if number else None
            largest = max(largest, money or Decimal())
    return largest


def _in_table(table: Table) -> Iterator[tuple[str, str]]:
    captions = (unit for caption in table.captions if (unit := declared_unit(caption.text)))
    declared = next(captions, "万元")
    for line in table_lines(table):
        for at, cell in enumerate(line):
            if _CELL.fullmatch(cell.text) and ("." in cell.text or "," in cell.text):
                head = table.header[at].text if at < len(table.header) else ""
                yield cell.text, find_money_unit(head) or declared


@cache
def told_words() -> dict[str, re.Pattern[str]]:
    """The words of ``[execution]`` in figures.toml, compiled. Raises LexiconError when it breaks its schema."""
    words = strings("figures", "execution", _WORDS)
    known = either(words["headline"].split())
    composed = {"headline": f"(?:{known})*+", "whole": f"(?:{known}|{words['spent']}|了)*+"}
    return {key: compiled("figures", key, pattern) for key, pattern in (words | composed).items()}
