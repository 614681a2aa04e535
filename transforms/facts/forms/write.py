"""Forms of a document -> rows of facts: forms, funds, indicators, each value with its place.

Reading a form belongs to reading.py; keys and sums across documents to the star.
"""

from __future__ import annotations

from decimal import Decimal

from transforms.departments.registry import Registry
from transforms.documents.model import Cell
from transforms.facts.amounts import Money
from transforms.facts.forms.form import Form
from transforms.facts.forms.funding import AMOUNTS, Funds, has_wrong_unit, points, summed
from transforms.facts.forms.goals import add_form_goals
from transforms.facts.forms.identity import completed, identify, title_of
from transforms.facts.forms.indicators import Indicator, Points
from transforms.facts.forms.labels import LEVELS, is_nothing
from transforms.facts.forms.pages import not_recognised, place
from transforms.facts.forms.reading import read_form
from transforms.facts.forms.regions import Region
from transforms.facts.forms.results import add_figures, add_project
from transforms.facts.forms.rows import FormRow, FundingRow, IndicatorRow
from transforms.facts.forms.tasks import add_tasks
from transforms.facts.model import Facts
from transforms.facts.wording import one_line, readable
from transforms.language.numerals import parse_number

SOURCES = {"total": "合计", "fiscal": "当年财政拨款", "carried": "上年结转", "other": "其他"}
_NO_POINTS = Points(None, None, None, None)
_READ_FROM = {
    **{level: level for level in LEVELS},
    "target_text": "target",
    "target_value": "target",
    "actual_text": "actual",
    "actual_value": "actual",
    "weight": "weight",
    "score": "score",
    "reason": "reason",
}


def add_forms(regions: list[Region], registry: Registry, facts: Facts) -> None:
    """Appends ``forms``, ``form_funding``, ``indicators``, ``projects`` (listing form) or, of an overall form,
    ``figures``, ``goals`` and ``projects`` (listing task), and their places; completes the document's row. What the
    document's text says comes first."""
    for position, region in enumerate(regions, 1):
        _add_form(read_form(region), position, registry, facts)
    facts.documents[0] = completed(facts.documents[0], facts.forms)


def _add_form(form: Form, position: int, registry: Registry, facts: Facts) -> None:
    total = form.total
    score = _score(form)
    row = _add_row(form, position, registry, total, score, facts)
    for name, funds in _by_source(form).items():
        _add_funds(name, funds, row.ordinal, facts)
    indicators = [indicator for block in form.blocks for indicator in block.settled()]
    for number, indicator in enumerate(indicators, 1):
        _add_indicator(number, indicator, row.ordinal, facts)
    if row.kind == "project_form":
        add_project(form, row, total, facts)
    else:
        add_figures(form, row, total, score[0], facts)
        add_form_goals(form, facts)
        add_tasks(form.tasks, facts)
    for cell in has_wrong_unit(form.funds):
        not_recognised(facts, "unit", cell)
    for cell in form.headings:
        not_recognised(facts, "heading", cell)
    for cell in form.columns:
        not_recognised(facts, "column", cell)


def _add_row(
    form: Form,
    position: int,
    registry: Registry,
    total: Funds,
    score: tuple[Cell | None, Decimal | None],
    facts: Facts,
) -> FormRow:
    identity, execution = identify(form, registry), _execution(form, total)
    title, project, grade = title_of(form), form.value("project"), form.value("grade")
    first = title or (project.cell if project else form.region.rows[0].filled[0][1])
    row = FormRow(
        ordinal=len(facts.forms),
        position=position,
        kind=form.region.kind,
        title=one_line(title.raw) if title else None,
        department_name=identity.name,
        department_id=identity.department_id,
        fiscal_year=identity.year,
        project_name=project.printed if project and form.region.kind == "project_form" else None,
        total_score=score[1],
        grade=grade.printed if grade else None,
        execution_weight=execution.weight,
        execution_score=execution.score,
        execution_reason=next((text for block in form.blocks if (text := block.execution_reason)), None),
        goal=_said(form, "goal"),
        completion=_said(form, "completion"),
        line=first.place.line,
    )
    facts.forms.append(row)
    cells = {
        "total_score": score[0],
        "grade": grade.cell if grade else None,
        "execution_weight": execution.weight_cell if execution.weight is not None else None,
        "execution_score": execution.score_cell if execution.score is not None else None,
    }
    place(facts, "forms", row.ordinal, cells)
    return row


def _by_source(form: Form) -> dict[str, Funds]:
    """The lines of funds by source; of two of one source the first counts, but further sources (其他资金, 事业收入 ...)
    add up. Parts of the appropriation (中央资金 ...) make up its line where it has none of its own."""
    found = {SOURCES["total"]: form.total} if form.total.cells else {}
    for funds in form.funds:
        if funds.source in SOURCES:
            found.setdefault(SOURCES[funds.source], funds)
    parts = [funds for funds in form.funds if funds.source == "fiscal_part"]
    if parts and SOURCES["fiscal"] not in found:
        found[SOURCES["fiscal"]] = summed(parts)
    if others := [funds for funds in form.funds if funds.source == "other"]:
        found[SOURCES["other"]] = _added(others)
    return found


def _added(lines: list[Funds]) -> Funds:
    """The sum of the lines, unless the first is already that of the others."""
    first, rest = lines[0], summed(lines[1:])
    is_whole = all(first.amount(role).value == rest.amount(role).value for role in AMOUNTS)
    return first if is_whole or len(lines) == 1 else summed(lines)


def _score(form: Form) -> tuple[Cell | None, Decimal | None]:
    """The total: behind its label, else of the last total row."""
    for said in form.fields.get("score", ()):
        score = points(said.text)
        if score is not None:
            return said.cell, score
    totals = [block.total for block in form.blocks if block.total and block.total.score is not None]
    return (totals[-1].score_cell, totals[-1].score) if totals else (None, None)


def _execution(form: Form, total: Funds) -> Points:
    """Points of the execution of the budget: in the total line of the funds, else a row of the indicators."""
    if total.weight is not None or total.score is not None:
        weight, cell = total.weight, total.cells.get("weight")
        if weight is None and form.execution_weight is not None:
            weight, cell = form.execution_weight
        return Points(weight, total.score, cell, total.cells.get("score"))
    return next((block.execution for block in form.blocks if block.execution), _NO_POINTS)


def _said(form: Form, name: str) -> str | None:
    texts = [readable(cell.raw) for cell in form.goals.get(name, ()) if not is_nothing(cell.text)]
    return "\n".join(texts) or None


def _add_funds(name: str, funds: Funds, form_ordinal: int, facts: Facts) -> None:
    ordinal = len(facts.form_funding)
    initial, adjusted, executed = (funds.amount(role) for role in AMOUNTS)
    facts.form_funding.append(
        FundingRow(
            ordinal,
            form_ordinal,
            name,
            funds.label,
            funds.unit,
            initial.value,
            adjusted.value,
            executed.value,
            initial.quantum,
            adjusted.quantum,
            executed.quantum,
            funds.rate,
            next((cell.place.line for line in (funds, *funds.parts) for cell in line.cells.values()), None),
        )
    )
    for line in (funds, *funds.parts):
        read = {
            f"{role}_yuan": line.cells[role]
            for role in AMOUNTS
            if line.amount(role).value is not None and role in line.cells
        }
        place(facts, "form_funding", ordinal, read)
        for role in AMOUNTS:
            _note_unread(line.cells.get(role), line.amount(role), facts)


def _note_unread(cell: Cell | None, money: Money, facts: Facts) -> None:
    """Amounts that are finer than a fen, or that no unit or number explains."""
    if cell is not None and money.is_finer:
        not_recognised(facts, "figure", cell)
    elif cell is not None and money.value is None and not is_nothing(cell.text):
        not_recognised(facts, "unit" if parse_number(cell.text) else "figure", cell)


def _add_indicator(number: int, indicator: Indicator, form_ordinal: int, facts: Facts) -> None:
    target, actual, texts = indicator.target, indicator.actual, indicator.texts
    reason = texts.get("reason")
    row = IndicatorRow(
        ordinal=len(facts.indicators),
        form_ordinal=form_ordinal,
        position=number,
        level_1=indicator.levels.get("level_1"),
        level_2=indicator.levels.get("level_2"),
        level_3=indicator.levels.get("level_3"),
        indicator_kind=indicator.kind,
        direction=target.direction,
        target_text=texts.get("target"),
        target_value=target.number,
        actual_text=texts.get("actual"),
        actual_value=actual.number,
        unit=target.unit or actual.unit,
        weight=indicator.weight,
        score=indicator.score,
        reason=None if reason is None or is_nothing(reason) else reason,
        line=max((cell.place.line for cell in indicator.cells.values() if cell.place.line), default=None),
    )
    facts.indicators.append(row)
    read = {
        column: indicator.cells.get(role) for column, role in _READ_FROM.items() if getattr(row, column) is not None
    }
    place(facts, "indicators", row.ordinal, read)
    if indicator.has_wrong_unit and "actual" in indicator.cells:
        not_recognised(facts, "unit", indicator.cells["actual"])
