"""Annual main tasks of an overall form (年度主要任务) -> project rows of the listing task: name, content, amounts.

Which rows are tasks is settled while the form is read; here each becomes a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from transforms.documents.model import Cell
from transforms.facts.amounts import NO_MONEY, read_money, read_rate
from transforms.facts.forms.header import Header
from transforms.facts.forms.labels import field_of, is_nothing, row_of, source_of, words
from transforms.facts.forms.lines import Row
from transforms.facts.forms.pages import place, printed
from transforms.facts.model import Facts, ProjectRow
from transforms.facts.tables.columns import header_unit
from transforms.facts.wording import one_line, readable

_ROLES = ("adjusted", "budget", "initial")


@dataclass(slots=True)
class Task:
    """A row of the list: ``cells`` by role (task, goal, completion, initial, adjusted, budget, executed), ``units`` of
    money by role."""

    cells: dict[str, Cell]
    units: dict[str, str | None]


def heads_tasks(row: Row) -> bool:
    """Whether the row heads the list: a column of tasks, and one of their content or amounts."""
    return any(field_of(cell.text) == "task" for _, cell in row.filled) and bool(
        set(row.roles) & {"goal", "completion", "actual", "executed", *_ROLES} or _contents(row)
    )


def _contents(row: Row) -> list[Cell]:
    return [cell for _, cell in row.filled if field_of(cell.text) == "content"]


def task_header(row: Row, header: Header) -> Header:
    """The header with the columns of tasks and of their content."""
    for role, name in (("task", "task"), ("content", "goal")):
        at = [position for position, cell in enumerate(row.cells) if field_of(cell.text) == role]
        if at:
            header.columns[name] = at
    return header


def read_task(row: Row, header: Header, unit: str | None) -> Task | None:
    """The task of a row below the heading; None for a sum and for any other row."""
    name = header.at(row, "task")
    if name is None or is_nothing(name.text) or row_of(name.text) or source_of(name.text):
        return None
    cells = {role: cell for role in header.columns if (cell := header.at(row, role)) is not None}
    if len({id(cell) for cell in cells.values()}) < len(cells) or len(cells) < 2:
        return None
    if "completion" not in cells and "actual" in cells:
        cells["completion"] = cells.pop("actual")
    return Task(
        cells, {role: header.units.get(role) or header_unit(header.texts.get(role, "")) or unit for role in cells}
    )


def add_tasks(tasks: list[Task], facts: Facts) -> None:
    """Appends ``projects``, as a table after those of the document."""
    table = 1 + max((project.table_number for project in facts.projects), default=0)
    for number, task in enumerate(tasks, 1):
        _add(task, number, table, facts)


def _add(task: Task, number: int, table: int, facts: Facts) -> None:
    role = next((role for role in _ROLES if role in task.cells), None)
    cells = {"budget_yuan": task.cells.get(role or ""), "spent_yuan": task.cells.get("executed")}
    budget, spent = (
        read_money(cell.text, task.units[name]) if cell is not None and name is not None else NO_MONEY
        for name, cell in zip((role, "executed"), cells.values(), strict=True)
    )
    name = words()["goal_label"].sub("", one_line(task.cells["task"].raw), 1)
    ordinal = len(facts.projects)
    facts.projects.append(
        ProjectRow(
            ordinal=ordinal,
            listing="task",
            table_number=table,
            row_number=number,
            name=name,
            amount_role=role if role in ("initial", "adjusted") else "unspecified",
            budget_text=printed(cells["budget_yuan"]),
            spent_text=printed(cells["spent_yuan"]),
            rate_text=printed(task.cells.get("rate")),
            reported_unit=budget.unit or spent.unit,
            budget_yuan=budget.value,
            spent_yuan=spent.value,
            budget_quantum=budget.quantum,
            spent_quantum=spent.quantum,
            stated_rate=_rate(task),
            goal=_words(task, "goal"),
            completion=_words(task, "completion"),
            line=task.cells["task"].place.line,
        )
    )
    texts = {name: task.cells.get(name) for name in ("goal", "completion")}
    place(facts, "projects", ordinal, {"reported_name": task.cells["task"], **cells, **texts})


def _rate(task: Task) -> Decimal | None:
    cell = task.cells.get("rate")
    return read_rate(cell.text, "") if cell is not None else None


def _words(task: Task, role: str) -> str | None:
    cell = task.cells.get(role)
    return None if cell is None or is_nothing(cell.text) else readable(cell.raw)
