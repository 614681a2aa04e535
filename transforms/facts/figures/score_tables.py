"""The self score where it stands in a table of scores alone: in its row or column of all scores.

Scores in running text or beside a label are read in reading.py and tables.py and go before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from transforms.documents.model import Cell, Table, TableRow
from transforms.facts.outline.mentions import FigureBook, Mention, Span
from transforms.facts.outline.outline import Outline
from transforms.language.numerals import parse_number
from transforms.language.tables import patterns

_SCORE = "self_score"
FULL_SCORE = Decimal(100)


def add_table_scores(outline: Outline, book: FigureBook) -> None:
    """Notes the score of the only table that sums scores up out of a hundred, where nothing else states it."""
    if book.primary(_SCORE):
        return
    blocks = enumerate(outline.document.blocks)
    found = [(index, cell) for index, block in blocks if isinstance(block, Table) for cell in _totals(block)]
    if len(found) == 1:
        (index, cell), number = found[0], parse_number(found[0][1].text.removesuffix("分"))
        assert number is not None
        span = Span(number.start, number.end)
        book.add(Mention(_SCORE, number.value, number.quantum, "分", index, span, Span(0, 0), 0, None, cell))


def sums_scores_up(name: str) -> bool:
    """Whether a row or line of scores of this name is that of all."""
    return _words()["total"].fullmatch(name) is not None


def _totals(table: Table) -> Iterator[Cell]:
    heads = [cell.text for cell in table.header]
    columns = _named(heads)
    for row in table.rows:
        filled = list({id(cell): cell for cell in row.cells if cell.text}.values())
        if not filled or not (sums_scores_up(filled[0].text) or (columns and _sums_up(table, row, columns[0]))):
            continue
        own = [row.cells[at] for at in columns or () if at < len(row.cells)]
        yield from _out_of_hundred(*(own if any(cell.text for cell in own) else filled[1:]))
    yield from _by_column(table)
    rows = _named([row.cells[0].text if row.cells else "" for row in table.rows])
    if rows and heads and sums_scores_up(heads[-1]):
        lines = [table.rows[at].cells for at in rows]
        yield from _out_of_hundred(*(line[-1] for line in lines if len(line) == len(heads)))


def _sums_up(table: Table, row: TableRow, full: int) -> bool:
    """Whether a row is the last one and its full marks are the sum of those above, as where no name says so."""
    if row is not table.rows[-1]:
        return False
    marks = [_score(one.cells[full]) if full < len(one.cells) else None for one in table.rows[:-1]]
    return len(marks) > 1 and sum(mark or 0 for mark in marks) == FULL_SCORE


def _named(labels: list[str]) -> tuple[int, int] | None:
    """Where, among the labels of columns or rows, full marks and scores stand."""
    found = [[at for at, text in enumerate(labels) if _words()[name].fullmatch(text)] for name in ("full", "score")]
    return (found[0][0], found[1][0]) if [len(one) for one in found] == [1, 1] else None


def _out_of_hundred(*cells: Cell) -> Iterator[Cell]:
    """The second of two cells where it is a score out of the hundred in the first."""
    if len(cells) == 2 and _score(cells[0]) == FULL_SCORE:
        score = _score(cells[1])
        if score is not None and 0 < score <= FULL_SCORE:
            yield cells[1]


def _by_column(table: Table) -> Iterator[Cell]:
    """The last column of a single row of scores with full marks in the headers: 过程(40分), 合计(100分)."""
    heads = [_words()["marks"].fullmatch(cell.text) for cell in table.header]
    if len(table.rows) != 1 or len(heads) < 3 or None in heads:
        return
    full = [Decimal(head["full"]) for head in heads if head]
    scores = [_score(cell) for cell in table.rows[0].cells]
    last = heads[-1]
    if last is None or not sums_scores_up(last["name"]) or full[-1] != FULL_SCORE:
        return
    if None not in scores and sum(full[:-1]) == FULL_SCORE and len(scores) == len(full):
        yield table.rows[0].cells[-1]


def _score(cell: Cell) -> Decimal | None:
    number = parse_number(cell.text.removesuffix("分"))
    return None if number is None or number.is_percent or number.scale else number.value


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return patterns("figures", "score_tables", ("total", "marks", "full", "score"))
