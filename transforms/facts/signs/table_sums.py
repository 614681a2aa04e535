"""Stated sums of tables that are none of projects: the row of all others (合计) of each column of figures.

Adding up is for the rules; tables of people and of scores have rules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from transforms.documents.model import Cell, Table, TableRow
from transforms.facts.corpus import Corpus
from transforms.facts.model import Facts
from transforms.facts.outline.mentions import source
from transforms.facts.signs.sum_parts import adding_up, not_adding_up
from transforms.facts.text_rows import SumRow
from transforms.language.numerals import Number
from transforms.language.tables import patterns
from transforms.language.units import find_money_unit, money_factor, parse_amount

_KEYS = ("total", "no_figure", "absent", "elsewhere")
_FEWEST, _MOST = 2, 12
_WORD = "合计"


def add_table_sums(corpus: Corpus, facts: Facts) -> None:
    """Appends to ``sums``, with their places."""
    of_projects = {table.table_number for table in facts.tables}
    for block in corpus.outline.document.blocks:
        if isinstance(block, Table) and block.number not in of_projects and not _is_elsewhere(block):
            totals = [row for row in block.rows if _words()["total"].fullmatch(_label(row))]
            if len(totals) == 1:
                _add_columns(block, totals[0], facts)


def _is_elsewhere(table: Table) -> bool:
    texts = [*(cell.text for cell in table.header), *(caption.text for caption in table.captions)]
    return any(_words()["elsewhere"].search(text) for text in texts)


def _label(row: TableRow) -> str:
    return next((cell.text for cell in row.cells if cell.text), "")


def _add_columns(table: Table, total: TableRow, facts: Facts) -> None:
    others = [row for row in table.rows if row is not total]
    for at, head in enumerate(table.header[: len(total.cells)]):
        if at == 0 or _words()["no_figure"].search(head.text):
            continue
        stated = _figure(total.cells[at])
        parts = list(_parts(others, at))
        if stated is None or not _FEWEST <= len(parts) <= _MOST or None in parts:
            continue
        listed = [part for part in parts if part is not None]
        fitting = adding_up(listed, stated, _MOST) or not_adding_up(listed, stated)
        if fitting:
            _add(table, head, total.cells[at], stated, fitting, facts)


def _parts(rows: list[TableRow], at: int) -> Iterator[Number | None]:
    """The figures of a column; None for what is none, nothing where a cell says that there is none."""
    for row in rows:
        if at < len(row.cells) and not _words()["absent"].fullmatch(row.cells[at].text):
            yield _figure(row.cells[at])


def _figure(cell: Cell) -> Number | None:
    amount = parse_amount(cell.text)
    return amount.number if amount and amount.unit is None and not amount.number.is_percent else None


def _add(table: Table, head: Cell, cell: Cell, stated: Number, parts: list[Number], facts: Facts) -> None:
    unit = find_money_unit(head.text) or next(filter(None, (find_money_unit(one.text) for one in table.captions)), "")
    factor = money_factor(unit) or Decimal(1)
    ordinal, text = len(facts.sums), f"{head.raw}{_WORD}"
    facts.sums.append(
        SumRow(
            ordinal,
            stated.full_value * factor,
            stated.full_quantum * factor,
            [f"{part.full_value * factor:f}" for part in parts],
            [f"{part.full_quantum * factor:f}" for part in parts],
            "元" if unit else "",
            _WORD,
            True,
            text,
            cell.place.line,
        )
    )
    facts.sources.append(source("sums", ordinal, "text", cell.place, text))


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return patterns("signs", "table_sums", _KEYS)
