"""What a form says beyond itself: a project's row for fact_project_spending, an overall form's headline figures.

The form's own rows are written by write.py.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from transforms.documents.model import Cell
from transforms.facts.amounts import Money
from transforms.facts.forms.form import Form
from transforms.facts.forms.funding import Funds
from transforms.facts.forms.pages import place, printed
from transforms.facts.forms.rows import FormRow
from transforms.facts.model import Facts, FigureRow, ProjectRow, TextAmountRow
from transforms.facts.projects.text_amounts import own_totals

_HEADLINES = {"adjusted": "annual_budget_yuan", "executed": "executed_yuan"}
_EXPENDITURE = {"basic": "basic_expenditure_yuan", "project": "project_expenditure_yuan"}


class _Figure(NamedTuple):
    name: str
    value: Decimal
    quantum: Decimal
    unit: str | None
    cell: Cell
    text: str | None = None


def add_project(form: Form, row: FormRow, total: Funds, facts: Facts) -> None:
    """Appends the project's row: its budget is the adjusted one, else the initial. The forms of one document count as
    one table, after its own."""
    project = form.value("project")
    if project is None:
        return
    role = "initial" if total.amount("adjusted").value is None and "initial" in total.cells else "adjusted"
    budget, spent = total.amount(role), total.amount("executed")
    ordinal = len(facts.projects)
    tables = [other.table_number for other in facts.projects if other.listing != "form"]
    cells = {"budget_yuan": total.cells.get(role), "spent_yuan": total.cells.get("executed")}
    facts.projects.append(
        ProjectRow(
            ordinal=ordinal,
            listing="form",
            table_number=1 + max(tables, default=0),
            row_number=row.position,
            name=project.printed,
            amount_role="unspecified" if role == "adjusted" and total.is_unspecified else role,
            budget_text=printed(cells["budget_yuan"]),
            spent_text=printed(cells["spent_yuan"]),
            rate_text=printed(total.cells.get("rate")),
            reported_unit=total.unit,
            budget_yuan=budget.value,
            spent_yuan=spent.value,
            budget_quantum=budget.quantum,
            spent_quantum=spent.quantum,
            stated_rate=total.rate,
            goal=row.goal,
            completion=row.completion,
            line=project.cell.place.line,
        )
    )
    _add_text_amounts(facts.projects[-1], facts)
    rate = total.cells.get("rate") if total.rate is not None else None
    goals = {name: (form.goals[name] if form.goals.get(name) else [None])[0] for name in ("goal", "completion")}
    place(facts, "projects", ordinal, {"reported_name": project.cell, **cells, "stated_execution_rate": rate, **goals})


def _add_text_amounts(project: ProjectRow, facts: Facts) -> None:
    """What goal and completion say of the project's own total."""
    for column, text in (("goal", project.goal), ("completion", project.completion)):
        for amount in own_totals(text or "", (project.budget_yuan, project.spent_yuan)):
            value, ordinal = amount.money.value, len(facts.text_amounts)
            if value is not None:
                facts.text_amounts.append(
                    TextAmountRow(ordinal, project.ordinal, column, value, amount.text, amount.unit, project.line)
                )


def add_figures(form: Form, row: FormRow, total: Funds, score: Cell | None, facts: Facts) -> None:
    """Appends an overall form's amounts, score and grade as stated figures; what the document's text says goes
    first."""
    figures = [
        _money(name, total.amount(role), total.cells[role]) for role, name in _HEADLINES.items() if role in total.cells
    ]
    figures += [
        _money(_EXPENDITURE[funds.source], funds.amount("executed"), funds.cells["executed"])
        for funds in form.funds
        if funds.source in _EXPENDITURE and "executed" in funds.cells
    ]
    if total.rate is not None:
        figures.append(_Figure("stated_execution_rate", total.rate, Decimal("0.0001"), None, total.cells["rate"]))
    grade = form.value("grade")
    if score is not None and row.total_score is not None:
        figures.append(_Figure("self_score", row.total_score, Decimal("0.01"), "分", score))
    if grade is not None and row.grade:
        figures.append(_Figure("grade", Decimal(0), Decimal(1), None, grade.cell, row.grade))
    for figure in figures:
        if figure is not None:
            _add(figure, facts)


def _money(name: str, money: Money, cell: Cell) -> _Figure | None:
    if money.value is None or money.quantum is None:
        return None
    return _Figure(name, money.value, money.quantum, money.unit, cell)


def _add(figure: _Figure, facts: Facts) -> None:
    ordinal = len(facts.figures)
    is_primary = not any(other.name == figure.name and other.is_primary for other in facts.figures)
    text = figure.text or printed(figure.cell) or ""
    facts.figures.append(
        FigureRow(
            ordinal,
            figure.name,
            figure.value,
            figure.quantum,
            text,
            figure.unit,
            text,
            is_primary,
            figure.cell.place.line,
        )
    )
    place(facts, "figures", ordinal, {figure.name: figure.cell})
