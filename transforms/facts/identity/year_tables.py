"""The year that a table of fields about the department says it evaluates: 评价年度 2021年.

Years in the title, on the cover and in sentences are read in reading.py.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from transforms.documents.model import Table
from transforms.facts.outline.mentions import FigureBook, Mention, Span, table_lines
from transforms.facts.outline.outline import Outline
from transforms.facts.years import find_years

_LABEL = re.compile(r"(?:被?评价|自评|预算)的?(?:年度|年份|期间|时段|周期|范围)(?:[(][^()]*[)])?:?")
_OVERVIEW = frozenset(("overview", "units", "duties"))


def add_table_years(outline: Outline, book: FigureBook) -> None:
    """Notes ``year:scope`` for the year beside such a label, where it is the only one in its cell, in sections about
    the department or of no known meaning."""
    for piece in outline.all_pieces():
        is_near = isinstance(piece.block, Table) and (not piece.meanings or not _OVERVIEW.isdisjoint(piece.meanings))
        for line in table_lines(piece.block) if is_near and isinstance(piece.block, Table) else ():
            for label, cell in pairwise(line):
                years = list(find_years(cell.text)) if _LABEL.fullmatch(label.text) else []
                if len(years) == 1:
                    figure = Span(years[0].start, years[0].end)
                    value = Decimal(years[0].value)
                    book.add(
                        Mention("year:scope", value, Decimal(1), "年", piece.index, figure, Span(0, 0), 0, cell=cell)
                    )
