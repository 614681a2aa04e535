"""Budget units and offices given in a table: a name a row, or all names or their number beside a label.

Lists in running text are read in lists.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise

from transforms.documents.model import Cell, Table
from transforms.facts.figures.tables import labelled_cells
from transforms.facts.organisation.counts import KINDS, STATED
from transforms.facts.organisation.lists import Listed, named_in_full
from transforms.facts.organisation.names import read_unit
from transforms.facts.organisation.words import words_of
from transforms.facts.outline.listing import split_marks
from transforms.facts.outline.mentions import Mention, Span, table_lines
from transforms.facts.outline.numbering import chinese_count
from transforms.language.tables import patterns

_NUMBER = re.compile("([\\d一二三四五六七八九十两]{1,4})[个家户]?")


def counts_in_table(table: Table, index: int, year: int | None) -> Iterator[Mention]:
    """The numbers of units or offices beside or below a label: 预算单位数 4个."""
    if not any("数" in cell.text and ("单位" in cell.text or "机构" in cell.text) for cell in _cells(table)):
        return
    for labelled in labelled_cells(table, year):
        cell, match = labelled.cell, _NUMBER.fullmatch(labelled.cell.text)
        number = chinese_count(match[1]) if match else None
        figure = _counted(labelled.label)
        if match and number is not None and figure:
            unit = cell.text[match.end(1) :] or None
            yield Mention(
                figure, Decimal(number), Decimal(1), unit, index, Span(*match.span(1)), Span(0, 0), 0, None, cell
            )  # fmt: skip


def count_below(table: Table, index: int) -> Mention | None:
    """The number in the name of the row of sums below a column of units: 5家单位合计."""
    if not (table.rows and any(_is_label("units", cell) for cell in table.header)):
        return None
    for cell in table.rows[-1].cells:
        match = _row_words()["count"].fullmatch(cell.text)
        number = chinese_count(match["n"]) if match else None
        if match and number is not None:
            figure = Span(*match.span("n"))
            return Mention(STATED, Decimal(number), Decimal(1), match["unit"], index, figure, Span(0, 0), 0, cell=cell)
    return None


def _counted(label: Cell) -> str | None:
    """The figure that a number beside the label states, None for none."""
    cells = (entry for kind in KINDS for entry in words_of(kind).cells)
    return next((figure for figure, words in cells if words.fullmatch(label.text)), None)


def listed_in_table(table: Table, department: str | None, title: str = "") -> tuple[str, list[Listed]] | None:
    """The kind and the names of a table whose column of names holds units or offices; ``title``: the heading over it,
    which tells where the column's name does not. Else those of one cell behind such a label."""
    for kind in sorted(KINDS, key=lambda kind: words_of(kind).title.search(title) is None):
        column = next((at for at, cell in enumerate(table.header) if _is_label(kind, cell)), None)
        if column is None:
            continue
        rows = [row.cells for row in table.rows if not row.is_total and column < len(row.cells)]
        found = [one for cells in rows for one in _named_in(cells[column], kind, department)]
        if found:
            return kind, found
    beside = _beside_a_label(table, department)
    return ("units", beside) if beside else None


def _named_in(cell: Cell, kind: str, department: str | None) -> list[Listed]:
    """What a cell of a column of names names, all of a kind of units together."""
    spans = split_marks(cell.text, 0, len(cell.text), "、;") if kind == "units" else []
    several = [one for span in spans if (one := _named(cell, department, span))]
    one = _named(cell, department) if len(several) < 2 else None
    return [one] if one else several


def _beside_a_label(table: Table, department: str | None) -> list[Listed]:
    """The units in the first cell behind a label of units that names several."""
    for line in table_lines(table):
        for label, cell in pairwise(line):
            spans = split_marks(cell.text, 0, len(cell.text)) if _is_label("units", label) else []
            found = [one for span in spans if (one := _named(cell, department, span))]
            if len(found) > 1:
                return found
    return []


def _named(cell: Cell, department: str | None, span: Span | None = None) -> Listed | None:
    unit = read_unit(cell.text, span or Span(0, len(cell.text)), department)
    if unit is None:
        return None
    one = Listed(cell.text[slice(*unit.name)], unit.role, [], None, cell.place, cell.raw)
    return named_in_full(one, department)


def _is_label(kind: str, cell: Cell) -> bool:
    return words_of(kind).column.fullmatch(cell.text) is not None


@cache
def _row_words() -> dict[str, re.Pattern[str]]:
    return patterns("organisation", "rows", ("count",))


def _cells(table: Table) -> Iterator[Cell]:
    return (cell for line in table_lines(table) for cell in line)
