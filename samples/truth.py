"""Truth files: what a reader must find in a written report, in the shape of ``jixiao check --json``.

Rows hold the columns of the core tables that the file feeds, without surrogate keys; amounts and rates are
decimal strings, what the report does not say is null. Beyond the tables' columns rows carry ``line`` (where the
fact begins) and achievements ``lines`` (their sentence's) and ``is_optional``. What a reader cannot know (function
class, project identity, which row of a project is the primary one) is left out.
"""

from __future__ import annotations

import hashlib
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from samples.compose.narrative import goal_text, sentence_text
from samples.compose.results import stated_rate
from samples.compose.tables import budget_text, completion_lines, goal_lines, spent_text, table_look
from samples.compose.voice import Voice
from samples.figures import fraction, plain
from samples.marks import Places
from samples.model import Expected, ProjectTable, Report, Row
from samples.style import TableLook
from samples.written import Written

BLOCKING = frozenset(
    (
        *("C01", "C02", "C14", "C15", "C17", "C18", "C22", "C27", "C29", "C32", "C37", "C50"),
        *("F01", "F02", "F03", "F05", "F13", "F14"),
    )
)
INFORMATION = frozenset(("C03", "C08", "C09", "C10", "C11", "C12", "C13", "C19", "C46", "C51", "C52", "F07"))
NOTE = "模拟数据，所列单位、人员、项目和金额均系虚构"
ENDING = ".truth.json"
"""What the name of a truth file has behind the name of its sample."""
Rows = list[dict[str, Any]]


def money(yuan: Decimal | None) -> str | None:
    """An amount as the truth writes it: 元 with two decimals."""
    return None if yuan is None else plain(yuan, 2)


def share(part: Decimal | None, whole: Decimal | None) -> str | None:
    """part ÷ whole as the truth writes rates; None where that is not known."""
    if part is None or not whole:
        return None
    return plain((part / whole).quantize(Decimal("0.000001"), ROUND_HALF_UP), 6)


def _units(report: Report, places: Places) -> tuple[Rows, Rows]:
    fallback = places.line("figure:units")
    named = [(report.name, "本级"), *((name, "下属") for name in report.units)]
    if report.is_anonymous:
        named[0] = ("本部门", "本级")
    dimension: Rows = []
    facts: Rows = []
    for place, (name, role) in enumerate(named):
        line = places.line(f"unit:{place}") or fallback
        dimension.append({"department_id": report.department_id, "name": name, "role": role, "line": line})
        facts.append({"fiscal_year": report.fiscal_year, "position": place + 1, "name": name, "line": line})
    return dimension, facts


def _offices(report: Report, places: Places) -> tuple[Rows, Rows]:
    dimension: Rows = []
    facts: Rows = []
    for place, office in enumerate(report.offices, 1):
        line = places.line(f"office:{place}")
        also = list(office.also_named)
        dimension.append({"department_id": report.department_id, "name": office.name, "also_named": also, "line": line})
        facts.append({"fiscal_year": report.fiscal_year, "position": place, "name": office.name, "line": line})
    return dimension, facts


def _budget(report: Report, voice: Voice, places: Places) -> Rows:
    finance = report.finance
    is_split = places.line("figure:basic_expenditure_yuan") is not None
    row = {
        "fiscal_year": report.fiscal_year,
        "total_budget_yuan": money(finance.total),
        "annual_budget_yuan": money(finance.annual),
        "prior_year_change_yuan": money(finance.change),
        "executed_yuan": money(finance.executed),
        "stated_execution_rate": plain(stated_rate(voice)[0], 6),
        "execution_rate": share(finance.executed, finance.reference),
        "monitored_yuan": money(finance.monitored),
        "large_project_threshold_yuan": money(finance.threshold),
        "large_project_count": finance.large_count,
        "large_project_yuan": money(finance.large),
        "basic_expenditure_yuan": money(finance.basic) if is_split else None,
        "project_expenditure_yuan": money(finance.project) if is_split else None,
        "stated_unit_count": report.stated.get("units"),
        "stated_office_count": report.stated.get("offices"),
        "self_score": None if finance.score is None else plain(finance.score, 2),
        "grade": finance.grade,
    }
    names = {"stated_unit_count": "units", "stated_office_count": "offices"}
    lines = {name: places.line(f"figure:{names.get(name, name)}") for name in row}
    return [{**row, "lines": {name: line for name, line in lines.items() if line is not None}}]


def _people(report: Report, places: Places) -> Rows:
    return [
        {
            "fiscal_year": report.fiscal_year,
            "headcount_kind": kind,
            "people": count,
            "line": places.line(f"people:{kind}"),
        }
        for kind, count in report.people.items()
    ]


def _role(look: TableLook) -> str:
    header = look.headers["budget"]
    if "年初" in header:
        return "initial"
    return "adjusted" if "调整" in header or "全年" in header else "unspecified"


def _stated_rate(row: Row, look: TableLook) -> str | None:
    if "rate" not in look.columns or not row.budget or row.spent is None:
        return None
    return plain(fraction(row.spent, row.budget, look.rate_decimals), 6)


def _amounts(row: Row, table: ProjectTable, look: TableLook) -> dict[str, Any]:
    is_known = table.has_amounts and table.unit_fault is None
    budget, spent = (row.budget, row.spent) if is_known else (None, None)
    return {
        "amount_role": _role(look) if table.has_amounts else "unspecified",
        "budget_yuan": money(budget),
        "spent_yuan": money(spent),
        "execution_rate": share(spent, budget),
        "stated_execution_rate": _stated_rate(row, look),
        "budget_text": budget_text(row, look) if table.has_amounts else None,
        "spent_text": spent_text(row, look) if table.has_amounts else None,
        "reported_unit": look.unit if is_known else None,
    }


def _project(row: Row, table: ProjectTable, voice: Voice) -> dict[str, Any]:
    look = table_look(table, voice)
    return {
        "fiscal_year": voice.report.fiscal_year,
        "listing": table.listing,
        "reported_name": row.name,
        **_amounts(row, table, look),
        "goal": "".join(goal_lines(row)) if "goal" in look.columns else None,
        "completion": "".join(completion_lines(row, look)) if "completion" in look.columns else None,
    }


def _projects(report: Report, voice: Voice, places: Places) -> Rows:
    prefixes = [*(f"plan{number}" for number in range(len(report.plans))), "tasks", "key"]
    tables = [*report.plans, report.tasks, report.key]
    rows = [
        {
            **_project(row, table, voice),
            "line": places.line(f"row:{prefix}:{place}"),
            "page": places.page(f"row:{prefix}:{place}"),
        }
        for prefix, table in zip(prefixes, tables, strict=True)
        if table is not None
        for place, row in enumerate(table.rows)
    ]
    return sorted(rows, key=lambda row: row["line"] or 0)


def _goals(report: Report, places: Places) -> Rows:
    return [
        {
            "fiscal_year": report.fiscal_year,
            "position": place,
            "aspect": goal.aspect,
            "goal": goal_text(goal),
            "line": places.line(f"goal:{place - 1}"),
        }
        for place, goal in enumerate(report.goals, 1)
    ]


def _achievements(report: Report, places: Places) -> Rows:
    rows: Rows = []
    for number, passage in enumerate(report.achievements):
        for place, sentence in enumerate(passage.sentences):
            for slot, metric in sentence.metrics.items():
                rows.append(
                    {
                        "fiscal_year": report.fiscal_year,
                        "section": passage.title,
                        "metric": metric.metric,
                        "value": plain(metric.value, 4),
                        "unit": metric.unit,
                        "normalized_value": plain(metric.normalized, 4),
                        "qualifier": metric.qualifier,
                        "sentence": sentence_text(sentence) + "。",
                        "line": places.line(f"achievement:{number}:{place}:{slot}"),
                        "lines": places.span(f"sentence:{number}:{place}"),
                        "is_optional": metric.is_optional,
                    }
                )
    return rows


def _statements(report: Report, name: str, places: Places) -> Rows:
    return [
        {
            "fiscal_year": report.fiscal_year,
            "position": place,
            "title": one.title,
            "detail": one.detail,
            "category": one.category,
            "line": places.line(f"{name}:{place - 1}"),
        }
        for place, one in enumerate(getattr(report, name), 1)
    ]


def _document(written: Written, file: str) -> Rows:
    return [
        {
            "file_name": file,
            "media_type": written.media_type,
            "sha256": hashlib.sha256(written.content).hexdigest(),
            "byte_count": len(written.content),
            "kind": "overall_report",
            "title": written.title,
        }
    ]


def facts(report: Report, voice: Voice, written: Written, file: str) -> dict[str, Rows]:
    """Core table name -> rows, of one written report."""
    places = written.places
    unit_names, unit_facts = _units(report, places)
    office_names, office_facts = _offices(report, places)
    return {
        "dim_document": _document(written, file),
        "dim_budget_unit": unit_names,
        "dim_internal_office": office_names,
        "fact_department_budget": _budget(report, voice, places),
        "fact_headcount": _people(report, places),
        "fact_budget_unit": unit_facts,
        "fact_internal_office": office_facts,
        "fact_project_spending": _projects(report, voice, places),
        "fact_goal": _goals(report, places),
        "fact_achievement": _achievements(report, places),
        "fact_problem": _statements(report, "problems", places),
        "fact_measure": _statements(report, "measures", places),
    }


def outcome_of(expected: list[Expected]) -> str:
    """The outcome that follows from the findings expected."""
    sure = {one.rule for one in expected if not one.is_optional}
    if sure & BLOCKING:
        return "quarantined"
    return "accepted_with_warnings" if sure - INFORMATION else "accepted"


def level_of(rule: str) -> str:
    """The level at which the rule fires."""
    return "blocking" if rule in BLOCKING else "information" if rule in INFORMATION else "warning"


def findings(report: Report, places: Places) -> Rows:
    """The findings expected, each with its rule, level and, where it has one, line."""
    return [
        {
            "rule": one.rule,
            "level": level_of(one.rule),
            "line": places.line(one.at),
            "is_optional": one.is_optional,
        }
        for one in sorted(report.expected, key=lambda one: one.rule)
    ]


def truth_of(report: Report, voice: Voice, written: Written, file: str) -> dict[str, Any]:
    """The truth of one written report."""
    return {
        "file": file,
        "note": NOTE,
        "outcome": report.outcome or outcome_of(report.expected),
        "department_id": report.department_id,
        "fiscal_year": report.fiscal_year,
        "kind": "overall_report",
        "encoding": written.encoding,
        "rules": list(report.rules),
        "findings": findings(report, written.places),
        "defects": report.defects,
        "facts": facts(report, voice, written, file),
    }
