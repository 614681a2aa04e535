"""Puts a whole report together: the content of one department's year, sound by default."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from samples.content.finance import close_figures, opening_figures, quantum_of
from samples.content.narrative import achievements, goals, problems_and_measures, work_blocks
from samples.content.organisation import budget_units, headcounts, internal_offices
from samples.content.projects import choose_rows, plan_tables, set_amounts, split_tables
from samples.draws import chance, part, stream
from samples.model import Department, Expected, ProjectTable, Report, Row, Version

RULES = (
    "C01", "C02", "C14", "C15", "C17", "C18", "C22", "C27", "C29", "C32", "C37",
    "C07", "C16", "C20", "C21", "C24", "C26", "C28", "C31", "C33", "C34", "C35",
    "C03", "C05", "C06", "C12", "C19", "C23", "C25", "C36", "C38", "C39", "C40", "C41", "C42", "C43", "C44", "C45",
    "C46", "C47", "C48", "C49", "C50", "C51", "C52",
)  # fmt: skip
"""The rules on which truth files speak; those on looks (C08, C09, C10, C11, C13) only where a defect sets the looks."""
COUNTS = ("units", "offices", "blocks", "plans", "goals", "problems", "measures")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a report is to hold. ``is_complete``: every optional part; ``take``: which of several different
    reports of the same department and year; ``overlap``, ``alias`` and ``omission``: how often a report lists a
    project in two tables, or under two names, or leaves out a part of the template, which the truth then expects to
    be found."""

    is_complete: bool = False
    take: int = 0
    overlap: float = 0.1
    alias: float = 0.07
    omission: float = 0.05


def _sizes(draw: Random) -> tuple[int, int]:
    return draw.choices(((6, 12), (13, 25), (26, 58)), (55, 35, 10))[0]


def _rows(department: Department, year: int, seed: int, shape: Shape, draw: Random) -> list[Row]:
    lasting = stream(seed, department.index, "stock")
    low, high = _sizes(lasting)
    return choose_rows(lasting.randint(max(low, 8) if shape.is_complete else low, high), lasting, draw)


def _announcements(report: Report, draw: Random, is_complete: bool) -> dict[str, int]:
    lengths = {
        "units": len(report.units) + 1,
        "offices": len(report.offices),
        "blocks": len(report.blocks),
        "plans": len(report.plans),
        "goals": len(report.goals),
        "problems": len(report.problems),
        "measures": len(report.measures),
    }
    always = ("units", "offices") if not is_complete else COUNTS
    return {name: count for name, count in lengths.items() if count and (name in always or chance(draw, 0.5))}


def _short_name(name: str) -> str | None:
    """The name without its 工作; None where that changes nothing."""
    shorter = name.replace("工作", "", 1)
    return shorter if shorter != name and len(shorter) >= 4 else None


def _row_mark(report: Report, name: str) -> str | None:
    """The mark of the row that gives the project's amounts."""
    for prefix, table in (("tasks", report.tasks), ("key", report.key)):
        for index, row in enumerate(table.rows if table else ()):
            if row.name == name:
                return f"row:{prefix}:{index}"
    return None


def add_alias(report: Report) -> bool:
    """Drops 工作 from one planned project's name, which C31 finds at the row of its amounts; False where no name
    has it."""
    for plan in report.plans:
        for index, row in enumerate(plan.rows):
            if shorter := _short_name(row.name):
                plan.rows[index] = replace(row, name=shorter)
                report.expected.append(Expected("C31", _row_mark(report, row.name)))
                return True
    return False


def add_overlap(report: Report) -> bool:
    """Lists two projects of the task table in the key table too, which C33 finds, one of them without its 工作,
    which C31 finds; False without both tables."""
    if report.tasks is None or report.key is None or len(report.tasks.rows) < 4:
        return False
    taken = len(report.key.rows)
    report.key.rows.extend(replace(row) for row in report.tasks.rows[:2])
    report.expected.append(Expected("C33"))
    for place, row in enumerate(report.key.rows[taken:], taken):
        if shorter := _short_name(row.name):
            row.name = shorter
            report.expected.append(Expected("C31", f"row:key:{place}"))
            break
    return True


def omit_part(report: Report, draw: Random) -> None:
    """Leaves out a part that the year's template asks for, which C06 finds."""
    part_left_out = draw.choice(("score", "three", "split", "survey"))
    if part_left_out == "score":
        report.finance.score = report.finance.grade = None
    elif part_left_out == "three":
        report.speaks_of_three = False
    elif part_left_out == "split":
        report.finance.basic = report.finance.project = None
    else:
        report.survey = None
        for passage in report.achievements:
            passage.sentences = [one for one in passage.sentences if "满意" not in one.text]
    report.expected.append(Expected("C06"))


def _bare_report(department: Department, year: int, seed: int, draw: Random, shape: Shape) -> Report:
    version: Version = department.version_of(year)
    finance = opening_figures(seed, department.index, year, draw, shape.is_complete)
    problems, measures = problems_and_measures(draw)
    return Report(
        department=department,
        version=version,
        year=year,
        department_id=department.department_id,
        name=version.name,
        title_name=version.name,
        fiscal_year=year,
        scope_year=year,
        finance=finance,
        units=budget_units(department, version, stream(seed, department.index, "units")),
        offices=internal_offices(version, stream(seed, department.index, "offices", version.kind)),
        people=headcounts(draw, shape.is_complete),
        blocks=work_blocks(draw) if shape.is_complete or chance(draw, 0.7) else [],
        plans=[],
        tasks=None,
        key=None,
        goals=goals(draw),
        achievements=achievements(draw),
        problems=problems,
        measures=measures,
        rules=RULES,
        seed=seed,
    )


def make_report(department: Department, year: int, seed: int, shape: Shape | None = None) -> Report:
    """The content of the report of a department and year."""
    shape = shape or Shape()
    draw = stream(seed, department.index, year, "content", shape.take)
    report = _bare_report(department, year, seed, draw, shape)
    rows = _rows(department, year, seed, shape, draw)
    quantum = quantum_of(seed, department.index)
    set_amounts(rows, part(draw, report.finance.reference, 0.64, 0.82, quantum), quantum, draw)
    close_figures(report.finance, rows, quantum, draw, shape.is_complete)
    report.tasks, report.key = (ProjectTable("task", rows), None) if shape.is_complete else split_tables(rows, draw)
    report.plans = plan_tables(rows, draw, shape.is_complete)
    report.survey = (draw.randint(80, 1200), Decimal(draw.randint(880, 997)) / 10)
    report.counts_in_chinese = chance(draw, 0.1)
    if not shape.is_complete:
        _vary(report, draw, shape)
    report.stated = _announcements(report, draw, shape.is_complete)
    return report


def _vary(report: Report, draw: Random, shape: Shape) -> None:
    if chance(draw, shape.overlap):
        add_overlap(report)
    if chance(draw, shape.alias):
        add_alias(report)
    if chance(draw, shape.omission):
        omit_part(report, draw)
