"""Headline figures given in a table: a label beside its figure, or labels above one row for the whole department.

Tables of projects, accounts and indicators are none of these.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from transforms.documents.model import Cell, Table, TableRow
from transforms.facts.amounts import declared_unit, read_money, read_rate
from transforms.facts.figures.labels import PARTS_OF_TOTAL, cell_label, figure_labels
from transforms.facts.figures.numbers import Figure
from transforms.facts.figures.reading import FigureReading
from transforms.facts.figures.sections import WEAK, fitness, is_elsewhere
from transforms.facts.outline.mentions import FigureBook, Mention, Span, table_lines
from transforms.facts.outline.outline import Outline
from transforms.facts.tables.columns import column_role, row_words
from transforms.facts.tables.evidence import announcement, names_other, title_of
from transforms.facts.tables.told_cells import told_cells
from transforms.facts.years import years_of
from transforms.language.units import find_money_unit, parse_amount

_NUMERALS = frozenset("一二三四五六七八九十两百千零〇壹贰叁肆伍陆柒捌玖拾佰仟")

_FEWEST_THINGS = 3


class LabelledCell(NamedTuple):
    """A figure cell with the cell that says what it is, above it where ``is_column``; ``heads`` are all words that may
    name its unit."""

    label: Cell
    cell: Cell
    heads: str
    is_column: bool = False


def add_table_figures(outline: Outline, year: int | None, of_projects: Collection[int], book: FigureBook) -> None:
    """Notes the headline figures of the tables outside the sections of projects and results, those with a number
    among ``of_projects`` left out."""
    for index, block in enumerate(outline.document.blocks):
        if not isinstance(block, Table) or block.number in of_projects:
            continue
        sections = outline.meanings_at(index)
        if is_elsewhere(sections) or "task_completion" in sections or _is_other(block, outline, index):
            continue
        declared = _declared(block) or book.units.at(index)
        is_of_scores = _score_column(block) is not None
        for labelled in labelled_cells(block, year):
            _add(labelled, declared, is_of_scores, index, sections, book)
        for told in told_cells(outline, block, figure_labels().words["told"]):
            FigureReading(told.outline, told.piece, sections, year, told.book).read(None)
            told.lift(index, book)
        for cell in _grades(block):
            span = Span(0, len(cell.text))
            fit = fitness("grade", sections)
            book.add(Mention("grade", Decimal(0), Decimal(1), None, index, span, Span(0, 0), fit, cell=cell))


def _is_other(table: Table, outline: Outline, index: int) -> bool:
    """Whether a table is one of accounts, indicators or a part of the spending."""
    other = figure_labels().words["other_table"]
    is_listing = any(other.search(cell.text) for cell in table.header) and not _parts_all_spending(table)
    return is_listing or _is_of_part(table, outline, index)


def _parts_all_spending(table: Table) -> bool:
    """Whether the rows are basic and project expenditure, what these consist of, and their sum: no single accounts."""
    names = [_name_of(row) for row in table.rows]
    parts = {label.name for name in names if (label := cell_label(name))}
    is_whole, kind_of = figure_labels().words["whole_row"].fullmatch, row_words().group_of
    others = [name for name in names if not (is_whole(name) or _is_kind(name))]
    return parts >= PARTS_OF_TOTAL and all(kind_of(name.removeprefix("其中:")) == "kind" for name in others)


def _is_of_part(table: Table, outline: Outline, index: int) -> bool:
    """Whether a table's sum is that of three-public spending or procurement: by its rows, or its title where no row
    names the department's own."""
    words = figure_labels().words
    names = [_name_of(row) for row in table.rows]
    parts = [name for name in names if name and not words["whole_row"].fullmatch(name)]
    if parts and all(words["part_row"].fullmatch(name) for name in parts):
        return True
    titles = f"{title_of(table)} {announcement(outline, index)}"
    of_whole = (name for name in names if words["of_department"].search(name) or (name in parts and cell_label(name)))
    return bool(words["part_title"].search(titles)) and not any(of_whole)


def _name_of(row: TableRow) -> str:
    """The first cell of a row that is no serial number."""
    return next((cell.text for cell in row.cells if cell.text and not cell.text.isdigit()), "")


def labelled_cells(table: Table, year: int | None) -> Iterator[LabelledCell]:
    """Label and figure side by side in a row (of columns for several years the one of ``year``, of several of these
    that of what was spent; of full marks and scores the score; of budgets and spending what was spent of a kind of
    expenditure), and each column's header over the row of the whole department or the only row."""
    column = _year_column(table, year)
    column = _score_column(table) if column is None else column
    spent = _spent_column(table) if column is None else None
    for line in table_lines(table):
        for position, cell in enumerate(line[:-1]):
            wide = spent if spent is not None and _is_kind(cell.text) else column
            is_wide = wide is not None and position < wide < len(line) and _is_figure(line[wide].text)
            at = wide if is_wide and wide else position + 1
            if cell.text and not _is_figure(cell.text) and _is_figure(line[at].text):
                head = table.header[at].text if at < len(table.header) else ""
                yield LabelledCell(cell, line[at], f"{cell.text} {head}")
    whole = _year_row(table, year) or ([] if _lists_things(table) else _whole_row(table))
    label = next((cell.text for cell in whole if not _is_figure(cell.text)), "")
    for above, below in zip(table.header, whole, strict=False):
        years = years_of(above.text, year)
        if _is_figure(below.text) and (not years or year in years):
            yield LabelledCell(above, below, f"{above.text} {label}", is_column=True)


def _year_row(table: Table, year: int | None) -> list[Cell]:
    """The row of ``year`` where each row is one of several years."""
    rows = [(row.cells, years_of(row.cells[0].text, year)) for row in table.rows if row.cells]
    rows = [(cells, years) for cells, years in rows if years]
    own = [cells for cells, years in rows if years == [year]]
    return own[0] if len(rows) > len(own) == 1 else []


def _grades(table: Table) -> Iterator[Cell]:
    """The grades that stand beside or below their label."""
    words = figure_labels().words
    lines = list(table_lines(table))
    pairs = [pair for line in lines for pair in pairwise(line)]
    if len(lines) == 2:
        pairs += zip(*lines, strict=False)
    for label, cell in pairs:
        if words["grade_cell"].fullmatch(label.text) and words["grade_alone"].fullmatch(cell.text):
            yield cell


def _whole_row(table: Table) -> list[Cell]:
    """The row that stands for the whole department: 合计 and the like, that of spending before that of revenue, else
    the only row of figures, or of such as are no mere shares (占支出比)."""
    is_whole = figure_labels().words["whole_row"].fullmatch
    rows = [row.cells for row in table.rows]
    wholes = [cells for cells in rows if any(is_whole(cell.text) for cell in cells[:2])]
    whole = min(wholes, key=lambda cells: _is_revenue("".join(cell.text for cell in cells[:2])), default=None)
    if whole is None and table.header and figure_labels().words["of_whole_table"].search(table.header[0].text):
        is_all = figure_labels().words["whole_money"].fullmatch
        whole = next((cells for cells in rows if cells and is_all(cells[0].text)), None)
    if whole and any(is_whole(cell.text) for cell in whole[2:]):  # of two sides each has its own labels
        return []
    of_figures = [cells for cells in rows if any(_is_figure(cell.text) for cell in cells)]
    of_amounts = [cells for cells in of_figures if any(_is_amount(cell.text) for cell in cells)]
    return whole or next((found[0] for found in (of_figures, of_amounts) if len(found) == 1), [])


def _is_revenue(row: str) -> bool:
    return "收入" in row and "支出" not in row


def _lists_things(table: Table) -> bool:
    """Whether a table names things like projects, a row each, whose sums are not those of the department."""
    column = figure_labels().words["thing_column"]
    at = next((at for at, cell in enumerate(table.header) if column.fullmatch(cell.text)), None)
    if at is None:
        return False
    names = [row.cells[at].text for row in table.rows if at < len(row.cells) and not row.is_total]
    things = [name for name in names if name and not names_other(name) and not cell_label(name)]
    return len(things) >= _FEWEST_THINGS and 2 * len(things) > len(names)


def _add(
    labelled: LabelledCell,
    declared: str | None,
    is_of_scores: bool,
    index: int,
    sections: tuple[str, ...],
    book: FigureBook,
) -> None:
    words, text, cell = figure_labels().words, labelled.label.text, labelled.cell
    change, hit = words["change_cell"].match(text), cell_label(text)
    weakness = WEAK if hit and hit.is_weak else 0
    if change:
        name, kind = "prior_year_change_yuan", "money"
        sign = 1 if words["increase"].match(change["word"]) else -1
    elif hit and not words["last_year"].search(text):
        name, kind, sign = hit.name, hit.unit, 1
    else:
        return
    if is_of_scores and kind != "score" and not labelled.is_column:  # 预算执行率 10 9.6
        return
    row = labelled.heads.removeprefix(text)
    if kind == "score" and (words["whole_money"].search(labelled.heads) or words["full_marks"].search(row)):
        return
    if name == "executed_yuan" and (words["budget_column"].search(row) or (labelled.is_column and _is_revenue(row))):
        return
    figure = _FIGURES[kind](labelled, declared)
    if figure is not None:
        book.add(
            Mention(
                name,
                sign * figure.value,
                figure.quantum,
                figure.unit,
                index,
                _digits(cell),
                Span(0, 0),
                fitness(name, sections) - weakness,
                cell=cell,
            )
        )


def _money(labelled: LabelledCell, declared: str | None) -> Figure | None:
    money = read_money(labelled.cell.text, find_money_unit(labelled.heads) or declared)
    if money.value is None or money.quantum is None:
        return None
    return Figure(money.value, money.quantum, money.unit or "", 0)


def _rate(labelled: LabelledCell, declared: str | None) -> Figure | None:
    text = labelled.cell.text
    value, amount = read_rate(text, labelled.heads), parse_amount(text.removesuffix("%"))
    if value is None or amount is None:
        return None
    is_percent = value != amount.number.value
    return Figure(value, amount.number.quantum / (100 if is_percent else 1), "%" if is_percent else "", 0)


def _score(labelled: LabelledCell, declared: str | None) -> Figure | None:
    amount = parse_amount(labelled.cell.text.removesuffix("分"))
    return Figure(amount.number.value, amount.number.quantum, "分", 0) if amount else None


_FIGURES: dict[str, Callable[[LabelledCell, str | None], Figure | None]] = {
    "money": _money,
    "rate": _rate,
    "score": _score,
}


def _digits(cell: Cell) -> Span:
    amount = parse_amount(cell.text.rstrip("%分"))
    return Span(amount.number.start, amount.number.end) if amount else Span(0, len(cell.text))


def _is_figure(text: str) -> bool:
    """A figure and no label; a bare 一 is a dash as often as a one."""
    if not text or not (text[0].isdigit() or text[0] in "-¥(" or (text[0] in _NUMERALS and text != "一")):
        return False
    return parse_amount(text.rstrip("%人名个")) is not None


def _is_amount(text: str) -> bool:
    return _is_figure(text) and not text.endswith("%")


def _declared(table: Table) -> str | None:
    texts = [caption.text for caption in table.captions] + [cell.text for cell in table.header]
    return next((unit for text in texts if (unit := declared_unit(text))), None)


def _score_column(table: Table) -> int | None:
    """The column of scores beside one of full marks."""
    words, texts = figure_labels().words, [cell.text for cell in table.header]
    if not any(words["full_marks"].search(text) for text in texts):
        return None
    return next((at for at, text in enumerate(texts) if words["score_column"].search(text)), None)


def _spent_column(table: Table) -> int | None:
    """The only column of amounts spent."""
    spent = [at for at, cell in enumerate(table.header) if column_role(cell.text) == "spent"]
    spent = [at for at in spent if any(_is_figure(row.cells[at].text) for row in table.rows if at < len(row.cells))]
    return spent[0] if len(spent) == 1 else None


def _is_kind(text: str) -> bool:
    """Whether a cell is the label of basic or of project expenditure."""
    label = cell_label(text) if "支出" in text else None
    return label is not None and label.name in PARTS_OF_TOTAL


def _year_column(table: Table, year: int | None) -> int | None:
    years = [years_of(cell.text, year) for cell in table.header]
    columns = [position for position, named in enumerate(years) if named]
    own = [position for position in columns if year in years[position]]
    spent = [position for position in own if figure_labels().words["spent_column"].search(table.header[position].text)]
    return (spent or own)[0] if len(columns) > len(own) > 0 else None
