"""Budget units and offices given in a table: a name a row, or all names or their number beside a label.

Which of the two a table lists is told in table_kinds.py; lists in running text are read in lists.py.
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
from transforms.facts.organisation.names import Office, read_office, read_second_names, read_unit
from transforms.facts.organisation.table_kinds import Named, named_cells
from transforms.facts.organisation.words import words_of
from transforms.facts.outline.listing import split_marks
from transforms.facts.outline.mentions import Mention, Span, table_lines
from transforms.facts.outline.numbering import chinese_count
from transforms.facts.outline.outline import Outline
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


def listed_in_table(
    outline: Outline, table: Table, index: int, department: str | None
) -> Iterator[tuple[str, list[Listed]]]:
    """The kind and the names of what a table's columns of names hold, units or offices or both; without any, those of
    one cell behind a label of units."""
    listed: dict[str, list[Listed]] = {kind: [] for kind in KINDS}
    for named in named_cells(outline, table, index):
        listed[named.kind] += _named_in(named, department)
    if not any(listed.values()):
        listed["units"] = _beside_a_label(table, department)
    yield from ((kind, found) for kind, found in listed.items() if found)


def _named_in(named: Named, department: str | None) -> list[Listed]:
    """What a cell of a column of names names, perhaps several together."""
    if named.kind == "offices":
        return _offices_in(named.cell, named.second)
    spans = split_marks(named.cell.text, 0, len(named.cell.text), "、;")
    several = [one for span in spans if (one := _named(named.cell, department, span))]
    one = _named(named.cell, department) if len(several) < 2 else None
    return [one] if one else several


def _offices_in(cell: Cell, second: Cell | None) -> list[Listed]:
    """The offices of a cell, the only one with the second names that stand beside it."""
    text = cell.text
    found = [office for span in split_marks(text, 0, len(text), "、;") if (office := read_office(text, span))]
    return [_office(cell, office, second if len(found) == 1 else None) for office in found]


def _office(cell: Cell, office: Office, second: Cell | None) -> Listed:
    also_named = [cell.text[slice(*span)] for span in office.also_named]
    remarks = [cell.text[slice(*span)] for span in office.remarks]
    if second is not None:
        beside = read_second_names(second.text, office.name)
        also_named += [second.text[slice(*span)] for span in beside.also_named]
        remarks += [second.text[slice(*span)] for span in beside.remarks]
    return Listed(cell.text[slice(*office.name)], "", also_named, "；".join(remarks) or None, cell.place, cell.raw)


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
