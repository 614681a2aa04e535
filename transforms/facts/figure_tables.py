"""Headline figures given in a table: a label beside its figure, or labels above one row for the whole department.

Tables of projects, accounts and indicators are none of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from transforms.documents.model import Cell, Table
from transforms.facts.amounts import declared_unit, read_money, read_rate
from transforms.facts.figure_labels import cell_label, figure_labels
from transforms.facts.figures import NOT_HEADLINE, fitness
from transforms.facts.mentions import FigureBook, Mention, Span, table_lines
from transforms.facts.money_units import unit_in_force
from transforms.facts.outline import Outline
from transforms.facts.years import find_years
from transforms.language.units import find_money_unit, parse_amount


_NUMERALS = frozenset("一二三四五六七八九十两百千零〇壹贰叁肆伍陆柒捌玖拾佰仟")


class LabelledCell(NamedTuple):
    """A figure cell with the cell that says what it is; ``heads`` are all words that may name its unit."""

    label: Cell
    cell: Cell
    heads: str


def add_table_figures(outline: Outline, year: int | None, book: FigureBook) -> None:
    """Notes the headline figures of the tables outside the sections of projects and results."""
    for index, block in enumerate(outline.document.blocks):
        sections = outline.meanings_at(index)
        if not isinstance(block, Table) or not NOT_HEADLINE.isdisjoint(sections) or "task_completion" in sections:
            continue
        if any(figure_labels().words["other_table"].search(cell.text) for cell in block.header):
            continue
        declared = _declared(block) or unit_in_force(outline, index)
        for labelled in labelled_cells(block, year):
            _add(labelled, declared, index, sections, book)


def labelled_cells(table: Table, year: int | None) -> Iterator[LabelledCell]:
    """Label and figure side by side in a row (of columns for several years the one of ``year``), and each column's
    header over the row of the whole department or the only row."""
    column = _year_column(table, year)
    for line in table_lines(table):
        for position, cell in enumerate(line[:-1]):
            is_wide = column is not None and position < column < len(line) and _is_figure(line[column].text)
            beside = line[column if is_wide and column else position + 1]
            if cell.text and not _is_figure(cell.text) and _is_figure(beside.text):
                head = table.header[position + 1].text if position + 1 < len(table.header) else ""
                yield LabelledCell(cell, beside, f"{cell.text} {head}")
    rows = [row.cells for row in table.rows]
    whole = [cells for cells in rows if any(figure_labels().words["whole_row"].fullmatch(cell.text) for cell in cells[:2])]
    for cells in whole[:1] if whole else rows if len(rows) == 1 else []:
        beside = next((cell.text for cell in cells if not _is_figure(cell.text)), "")
        for head, cell in zip(table.header, cells, strict=False):
            if _is_figure(cell.text):
                yield LabelledCell(head, cell, f"{head.text} {beside}")


def _add(labelled: LabelledCell, declared: str | None, index: int, sections: tuple[str, ...], book: FigureBook) -> None:
    text, cell = labelled.label.text, labelled.cell
    sign, name, unit_kind = 1, None, "money"
    change = figure_labels().words["change_cell"].match(text)
    hit = cell_label(text)
    if change:
        name = "prior_year_change_yuan"
        sign = -1 if not figure_labels().words["increase"].match(change["word"]) else 1
    elif hit:
        name, unit_kind = hit.name, hit.unit
    if name is None or figure_labels().words["last_year"].search(text) and not change:
        return
    if unit_kind == "rate":
        value, quantum, unit = read_rate(cell.text, labelled.heads), None, "%"
        number = parse_amount(cell.text.removesuffix("%"))
        quantum = number.number.quantum / 100 if number else None
    elif unit_kind == "score":
        amount = parse_amount(cell.text.removesuffix("分"))
        value, quantum, unit = (amount.number.value, amount.number.quantum, "分") if amount else (None, None, "")
    else:
        money = read_money(cell.text, find_money_unit(labelled.heads) or declared)
        value, quantum, unit = money.value, money.quantum, money.unit or ""
    if value is not None and quantum is not None:
        book.add(
            Mention(
                name, sign * value, quantum, unit, index, _digits(cell), Span(0, 0), fitness(name, sections), None, cell
            )
        )  # fmt: skip


def _digits(cell: Cell) -> Span:
    amount = parse_amount(cell.text.rstrip("%分"))
    return Span(amount.number.start, amount.number.end) if amount else Span(0, len(cell.text))


def _is_figure(text: str) -> bool:
    """A figure and no label; a bare 一 is a dash as often as a one."""
    if not text or not (text[0].isdigit() or text[0] in "-¥(" or (text[0] in _NUMERALS and text != "一")):
        return False
    return parse_amount(text.rstrip("%人名个")) is not None


def _declared(table: Table) -> str | None:
    texts = [caption.text for caption in table.captions] + [cell.text for cell in table.header]
    return next((unit for text in texts if (unit := declared_unit(text))), None)


def _year_column(table: Table, year: int | None) -> int | None:
    columns = [position for position, cell in enumerate(table.header) if any(find_years(cell.text))]
    own = [position for position in columns if any(found.value == year for found in find_years(table.header[position].text))]
    return own[0] if len(columns) > 1 and len(own) == 1 else None
