"""Facts about projects: rows of project tables (and of prose that stands for one), their totals, units and places.

Recognising tables, columns, rows and amounts belongs to the neighbours; conclusions drawn from them to the rules.
"""

from __future__ import annotations

from decimal import Decimal

from transforms.documents.model import Table, TableRow
from transforms.facts.amounts import Money, read_rate
from transforms.facts.model import (
    Facts,
    ProjectRow,
    SourceRow,
    TableFactRow,
    TextAmountRow,
    TotalRow,
    UnrecognisedRow,
)
from transforms.facts.outline.mentions import source_row
from transforms.facts.outline.outline import Outline
from transforms.facts.projects.lines import Line, cell_at, text_at
from transforms.facts.projects.rows import Reading, read_rows
from transforms.facts.projects.tables import ProjectTable
from transforms.facts.projects.text_amounts import own_totals
from transforms.facts.projects.told import Apart, Told


def add_projects(outline: Outline, tables: list[ProjectTable], told: list[Told], facts: Facts) -> None:
    """Appends ``projects`` of the project tables and those ``told`` in prose, ``tables``, ``totals``,
    ``text_amounts``, the places of all measured values, and to ``unrecognised`` columns without a known meaning and
    figures finer than a fen."""
    for table in tables:
        _add_table(table, facts)
    _add_told(outline, told, facts)


def _add_table(table: ProjectTable, facts: Facts) -> None:
    reading = read_rows(table)
    if not reading.projects:
        return
    facts.tables.append(_table_row(len(facts.tables), table, reading))
    for line in reading.totals:
        facts.totals.append(
            TotalRow(
                len(facts.totals),
                table.table.number,
                line.name,
                line.budget.money.value,
                line.spent.value,
                line.row.place.line,
            )
        )
    for line in reading.projects:
        _add_project(line, table, facts)
    for position in table.columns.unknown:
        cell = table.table.header[position]
        facts.unrecognised.append(UnrecognisedRow(len(facts.unrecognised), "column", cell.text, cell.place.line))


def _table_row(ordinal: int, table: ProjectTable, reading: Reading) -> TableFactRow:
    lines = (*reading.projects, *reading.totals)
    own = {unit for line in lines for unit in (line.budget.money.own_unit, line.spent.own_unit) if unit}
    return TableFactRow(
        ordinal=ordinal,
        table_number=table.table.number,
        listing=table.listing,
        has_amounts=bool(table.columns.money),
        caption_unit=table.caption_unit,
        header_units=sorted(set(table.header_units.values())),
        cell_units=sorted(own),
        section_unit=table.section_unit,
        row_count=len(reading.projects),
        line=table.table.place.line,
        above_unit=table.above.caption_unit if table.above else None,
        above_number=table.above.table.number if table.above else None,
    )


def _add_project(line: Line, table: ProjectTable, facts: Facts) -> None:
    columns, row, ordinal = table.columns, line.row, len(facts.projects)
    budget, spent = line.budget.money, line.spent
    project = ProjectRow(
        ordinal,
        table.listing,
        table.table.number,
        row.number,
        line.name,
        line.budget.role,
        text_at(row, line.budget.position),
        text_at(row, columns.spent),
        text_at(row, columns.rate),
        _reported_unit(line, table),
        budget.value,
        spent.value,
        budget.quantum,
        spent.quantum,
        _rate(row, table),
        line.goal,
        line.completion,
        row.place.line,
    )
    facts.projects.append(project)
    _add_sources(project, line, table, facts)
    _add_text_amounts(project, row, table, facts)
    for text, money in ((project.budget_text, budget), (project.spent_text, spent)):
        if money.is_finer and text:
            facts.unrecognised.append(UnrecognisedRow(len(facts.unrecognised), "figure", text, row.place.line))


def _reported_unit(line: Line, table: ProjectTable) -> str | None:
    own = line.budget.money.unit or line.spent.unit
    money = [] if own else table.columns.money
    return own or (table.unit_of(money[0]) if money else None)


def _rate(row: TableRow, table: ProjectTable) -> Decimal | None:
    position = table.columns.rate
    cell = cell_at(row, position)
    return read_rate(cell.text, table.table.header[position].text) if cell and position is not None else None


def _add_sources(project: ProjectRow, line: Line, table: ProjectTable, facts: Facts) -> None:
    columns, cells = table.columns, line.row.cells
    positions = (
        ("reported_name", columns.name),
        ("budget_yuan", line.budget.position),
        ("spent_yuan", columns.spent),
        ("stated_execution_rate", None if project.stated_rate is None else columns.rate),
        ("goal", None if project.goal is None else columns.goal),
        ("completion", None if project.completion is None else columns.completion),
    )
    for column, position in positions:
        if position is not None and position < len(cells):
            facts.sources.append(_cell_source("projects", project.ordinal, column, position, table.table, line.row))


def _cell_source(group: str, ordinal: int, column: str, position: int, table: Table, row: TableRow) -> SourceRow:
    cell = row.cells[position]
    page, line, *_ = cell.place
    return source_row((group, ordinal, column, page, line, table.number, row.number, position + 1, cell.raw))


def _add_text_amounts(project: ProjectRow, row: TableRow, table: ProjectTable, facts: Facts) -> None:
    if project.budget_yuan is None and project.spent_yuan is None:
        return
    for column, text in (("goal", project.goal), ("completion", project.completion)):
        position = table.columns.goal if column == "goal" else table.columns.completion
        if position is None or not text or "元" not in text:
            continue
        for amount in own_totals(text, (project.budget_yuan, project.spent_yuan)):
            value, ordinal = amount.money.value, len(facts.text_amounts)
            if value is not None:
                told = _cell_source("text_amounts", ordinal, column, position, table.table, row)
                facts.text_amounts.append(
                    TextAmountRow(ordinal, project.ordinal, column, value, amount.text, amount.unit, told.line)
                )
                facts.sources.append(told)


def _add_told(outline: Outline, told: list[Told], facts: Facts) -> None:
    """Prose rows of one listing count as one table, numbered after the document's own; its unit is that of the first
    amount: each prints its own, so that others (98.6万元, 2,150,000元) contradict nothing."""
    told = [one for one in told if not any(_is_of_row(one, row) for row in facts.projects)]
    tables = [block.number for block in outline.document.blocks if isinstance(block, Table)]
    number = max(tables, default=0)
    for listing in dict.fromkeys(one.listing for one in told):
        rows = [one for one in told if one.listing == listing]
        number += 1
        units = [money.unit for one in rows for money in (one.budget, one.spent) if money.unit][:1]
        facts.tables.append(
            TableFactRow(len(facts.tables), number, listing, True, None, [], units, None, len(rows), rows[0].place.line)
        )
        for row_number, one in enumerate(rows, 1):
            _add_told_row(outline, one, number, row_number, facts)


def _is_of_row(one: Told, row: ProjectRow) -> bool:
    """Whether what is told is a row of a table: of its listing and name, or of its name with the same amounts."""
    if one.name != row.name:
        return False
    is_same = _is_amount(one.budget, row.budget_yuan) and _is_amount(one.spent, row.spent_yuan)
    return one.listing == row.listing or is_same


def _is_amount(told: Money, printed: Decimal | None) -> bool:
    """Whether nothing but a printed amount is told, perhaps less exactly (0.22亿元)."""
    if told.value is None or told.quantum is None or printed is None:
        return told.value is None
    return abs(told.value - printed) <= told.quantum / 2


def _add_told_row(outline: Outline, one: Told, table_number: int, row_number: int, facts: Facts) -> None:
    ordinal = len(facts.projects)
    facts.projects.append(
        ProjectRow(
            ordinal,
            one.listing,
            table_number,
            row_number,
            one.name,
            one.amount_role,
            one.budget_text,
            one.spent_text,
            one.rate_text,
            one.budget.unit,
            one.budget.value,
            one.spent.value,
            one.budget.quantum,
            one.spent.quantum,
            one.rate,
            one.goal,
            one.completion,
            one.place.line,
        )
    )
    raw = outline.printed(one.block).raw(one.start, one.stop)
    values = {
        "reported_name": one.name,
        "budget_yuan": one.budget.value,
        "spent_yuan": one.spent.value,
        "stated_execution_rate": one.rate,
        "goal": one.goal,
        "completion": one.completion,
    }
    for column, value in values.items():
        if value is not None:
            place, text = one.apart.get(column, Apart(one.place, raw))
            page, line, *_ = place
            facts.sources.append(
                source_row(("projects", ordinal, column, page, line, table_number, row_number, None, text))
            )
