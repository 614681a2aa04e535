"""The rows of one project table: projects, totals, category lines; merged and carried-down names resolved.

Which table it is and what its columns mean is known here already; facts rows are written by reading.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import takewhile

from transforms.documents.model import Cell, TableRow
from transforms.documents.tables.cells import without_rows_summed
from transforms.facts.amounts import NO_MONEY, Money, read_money
from transforms.facts.projects.categories import categories, nested, number_above, signs_of, sums_of_lines
from transforms.facts.projects.lines import NO_BUDGET, NOTHING, Budget, Line, cell_at, is_sum, text_at
from transforms.facts.projects.tables import ProjectTable
from transforms.facts.tables.columns import row_words, table_words
from transforms.facts.wording import one_line, readable, strip_serial
from transforms.language.scanning import Ending

_LONGEST_NOTHING = 12
_REMARK = re.compile(r"(?:备?注|说明|填表说明)[:：]")
_PART_OF = re.compile(r"其中[:：]")
_NOTE_MARK = Ending(r"\s*(?:[\[【(（〔](?:备注|注)\d{0,2}[\]】)）〕]|\[\d{1,2}\]|[*＊]{1,3})")
"""What points from behind a name to a note below the table."""
_SPOILT = re.compile(r"#[A-Z/0!?]{2,8}|#{3,}|(?=[^\d]{0,9}\d)[\d.,]*+[A-Za-z][\d.,]*+")
"""A cell that should hold a figure and holds none: the sign of a failed formula, digits with a letter among them;
words (未调整) only say that another column holds it."""


@dataclass(slots=True)
class Reading:
    """``projects`` and ``totals`` (subtotals of categories too) of a table, each in the order of its rows."""

    projects: list[Line] = field(default_factory=list)
    totals: list[Line] = field(default_factory=list)


def read_rows(table: ProjectTable) -> Reading:
    """The rows of a project table, sorted out. Among kinds of expenditure (基本支出) the sums are not of projects."""
    reading = Reading()
    lines: list[Line] = []
    has_kinds = False
    for row in table.table.rows:
        line = _line(row, table)
        label = _total_label(row, table)
        if label is not None and not _is_whole_of_parts(line, lines):
            line.name = label
            reading.totals.append(line)
        elif label is not None or _is_remark(line, table):
            continue
        elif row_words().group_of(line.name) == "kind":
            has_kinds = True
        elif not _is_continuation(line, lines, table) and not _is_spanning(row) and line.name:
            lines.append(line)
    lines = _without_parts(_without_sources(lines), table)
    subtotals = nested(lines, table) or categories(lines, table) or sums_of_lines(lines, reading.totals)
    reading.totals += [line for line in subtotals if line.has_amount]
    reading.totals = [] if has_kinds else sorted(reading.totals, key=lambda line: line.row.number)
    dropped = {id(line) for line in subtotals}
    reading.projects = [line for line in lines if id(line) not in dropped]
    return reading


def _is_remark(line: Line, table: ProjectTable) -> bool:
    """Whether a row names those who filled the table in or, without amounts, is a remark or a line of shares."""
    words, first = table_words(), line.row.cells[0].text if line.row.cells else ""
    if words["signed"].match(first):
        return True
    if line.has_amount:
        return False
    if _REMARK.match(line.name) or words["remark"].fullmatch(first):
        return True
    cells = [cell for position in table.columns.money if (cell := cell_at(line.row, position)) and cell.text]
    return bool(cells) and all(cell.text.endswith("%") for cell in cells) and bool(words["share_row"].search(line.name))


def _is_whole_of_parts(total: Line, lines: list[Line]) -> bool:
    """Whether a sum is that of the rows above which share one name, a source of funds each: it becomes the one row of
    that project."""
    parts = list(takewhile(lambda line: line.name == lines[-1].name, reversed(lines))) if lines else []
    if len(parts) < 2 or not is_sum(total.budget.money, [part.budget.money for part in parts]):
        return False
    whole = parts[-1]
    whole.row, whole.budget, whole.spent = total.row, total.budget, total.spent
    del lines[-len(parts) + 1 :]
    return True


def _line(row: TableRow, table: ProjectTable) -> Line:
    columns = table.columns
    printed = text_at(row, columns.name) or ""
    part_of = _PART_OF.match(printed)
    serial, name = strip_serial(printed[part_of.end() :] if part_of else printed)
    return Line(
        row,
        serial,
        _NOTE_MARK.left_out(name),
        part_of is not None,
        _budget(row, table),
        _money(row, columns.spent, table),
        _said(cell_at(row, columns.goal)),
        _completion(row, table),
    )


def _completion(row: TableRow, table: ProjectTable) -> str | None:
    """What a row says was completed; that of an indicator behind its name."""
    said = _said(cell_at(row, table.columns.completion))
    if said is None or "indicator" not in table.columns.others:
        return said
    heads, words = table.table.header, table_words()["indicator_name"]
    named = next((cell for head, cell in zip(heads, row.cells, strict=False) if words.search(head.text)), None)
    return f"{one_line(named.raw)}：{said}" if named and named.text else said


def _budget(row: TableRow, table: ProjectTable) -> Budget:
    """The first budget column, in order of preference, that holds an amount, or a spoilt one, in this row."""
    first = NO_BUDGET
    for position, role in table.columns.budgets:
        budget = Budget(position, role, _money(row, position, table))
        cell = cell_at(row, position)
        if budget.money.value is not None or (cell and _SPOILT.fullmatch(cell.text)):
            return budget
        first = budget if first is NO_BUDGET else first
    return first


def _money(row: TableRow, position: int | None, table: ProjectTable) -> Money:
    cell = cell_at(row, position)
    if cell is None or position is None or not cell.text:
        return NO_MONEY
    return read_money(cell.text, table.unit_of(position))


def _said(cell: Cell | None) -> str | None:
    if cell is None or (len(cell.text) <= _LONGEST_NOTHING and NOTHING.fullmatch(cell.text)):
        return None
    return readable(cell.raw)


def _total_label(row: TableRow, table: ProjectTable) -> str | None:
    reach = (table.columns.name or 0) + 1
    for cell in row.cells[:reach]:
        text = without_rows_summed(cell.text).strip(":").strip("()")
        if row_words().group_of(text) == "total":
            return one_line(cell.raw)
    if not row.is_total:
        return None
    return next((one_line(cell.raw) for cell in reversed(row.cells[:reach]) if cell.text), "")


def _is_spanning(row: TableRow) -> bool:
    """A category line that spans the table."""
    cells = row.cells
    return len(cells) > 1 and cells[0].text == cells[-1].text and len({cell.text for cell in cells}) == 1


def _is_continuation(line: Line, lines: list[Line], table: ProjectTable) -> bool:
    """Joins a row that goes on from the one above (its name cell and amounts merged or empty); carries a name down
    to a row with amounts of its own."""
    if not lines:
        return False
    last = lines[-1]
    if not line.name and not line.serial:
        if line.has_amount:
            line.name = last.name
            return False
    elif not (_is_same_cells(last.row, line.row, table) or _is_repeated(last, line, table)):
        return False
    last.goal = _joined(last.goal, line.goal)
    last.completion = _joined(last.completion, line.completion)
    return True


def _is_same_cells(above: TableRow, below: TableRow, table: ProjectTable) -> bool:
    name = table.columns.name
    if not _is_merged(cell_at(above, name), cell_at(below, name)):
        return False
    return all(_is_merged(cell_at(above, position), cell_at(below, position)) for position in table.columns.money)


def _is_repeated(above: Line, below: Line, table: ProjectTable) -> bool:
    """Whether a row prints number, name and amounts of the one above again and only goes on to tell of it, as merged
    cells do that were filled; in a table of indicators, which have a row each, without a number too."""
    columns = table.columns
    if below.name != above.name or (below.goal, below.completion) == (above.goal, above.completion):
        return False
    if not text_at(below.row, columns.serial) and "indicator" not in columns.others:
        return False
    positions = (columns.serial, *columns.money)
    return all(text_at(above.row, position) == text_at(below.row, position) for position in positions)


def _is_merged(above: Cell | None, below: Cell | None) -> bool:
    if above is None or below is None:
        return above is below
    return above is below or (above.place == below.place and above.place.row_number is not None)


def _joined(above: str | None, below: str | None) -> str | None:
    return above if below is None or below == above else below if above is None else f"{above}\n{below}"


def _without_sources(lines: list[Line]) -> list[Line]:
    """The lines without those that split the sum of all others by source of funds (财政拨款, 其他资金)."""
    sources = [line for line in lines if row_words().group_of(line.name) == "account"]
    others = [line for line in lines if line not in sources]
    if len(sources) < 2 or not others or any(line.budget.money.value is None for line in (*sources, *others)):
        return lines
    total = sum((line.budget.money.value or Decimal(0) for line in others), Decimal(0))
    whole = others[0].budget.money._replace(value=total)
    return others if is_sum(whole, [line.budget.money for line in sources]) else lines


def _without_parts(lines: list[Line], table: ProjectTable) -> list[Line]:
    """The lines without those that split the project above them (其中：中央资金), and those numbered on behind one (1.1
    其中：…, 1.2 …) or, without a number, making up its sum; below a category they stay."""
    if not any(line.is_part for line in lines):
        return lines
    signs = signs_of(lines, table)
    kept: list[Line] = []
    split, last = "", 0
    for at, line in enumerate(lines):
        above = number_above(line, table)
        if at and line.is_part and not signs[at - 1]:
            split, last = above, at + _parts_behind(lines, at, table)
        elif not (above and above == split) and not 0 < at <= last:
            kept.append(line)
    return kept


def _parts_behind(lines: list[Line], at: int, table: ProjectTable) -> int:
    """How many lines without a number go on splitting the numbered project above the part ``at``: with it they are its
    sum."""
    if not text_at(lines[at - 1].row, table.columns.serial):
        return 0
    behind = list(takewhile(lambda line: not text_at(line.row, table.columns.serial), lines[at + 1 :]))
    parts = [line.budget.money for line in (lines[at], *behind)]
    return len(behind) if is_sum(lines[at - 1].budget.money, parts) else 0
