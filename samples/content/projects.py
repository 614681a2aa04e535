"""Projects of a synthetic report: names, goal and completion clauses, amounts; and the tables in which they stand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any

from samples.draws import chance, part, some
from samples.model import ProjectTable, Row
from samples.phrases import ranges, wording

LEAST_RATE, FULL_SHARE = 0.86, 0.35
SHORT = 20
"""Completions of fewer characters, ranges not yet drawn, take further clauses."""
SPREAD = 12
"""No project's weight is above this many times the least usual one, so that no amount stands out of its table."""


def _archetypes(draw: Random) -> list[dict[str, Any]]:
    pools = wording("projects")
    family = draw.choice(pools["families"])
    members = [{**one, "name": f"{family}（{one['suffix']}）"} for one in pools["family"]]
    return [*pools["project"], *members]


def _has_figure(clause: str) -> bool:
    return "<" in clause or "%" in clause


def _row(kind: dict[str, Any], draw: Random) -> Row:
    aims = some(draw, kind["aims"], 1 if chance(draw, 0.3) else 2, 3)
    if not any(map(_has_figure, aims)):
        aims.insert(draw.randint(0, len(aims)), draw.choice(wording("projects")["targets"][kind["area"]]))
    done = some(draw, kind["done"], 1 if chance(draw, 0.3) else 2, 3)
    if sum(map(len, done)) < SHORT or not any(map(_has_figure, done)):
        done = list(kind["done"])
    return Row(
        name=kind["name"],
        area=kind["area"],
        budget=None,
        spent=None,
        goal=tuple(ranges(text, draw) for text in aims),
        completion=tuple(ranges(text, draw) for text in done),
    )


def choose_rows(count: int, lasting: Random, draw: Random) -> list[Row]:
    """``count`` projects without amounts. ``lasting`` chooses a department's stock of projects, the same each
    year; ``draw`` this year's few changes and clauses."""
    kinds = _archetypes(lasting)
    stock = lasting.sample(range(len(kinds)), min(len(kinds), count + 3))
    chosen = set(draw.sample(stock, min(count, len(stock))))
    return [_row(kinds[index], draw) for index in stock if index in chosen]


def _weights(count: int, draw: Random) -> list[Decimal]:
    raw = sorted(draw.lognormvariate(0, 0.8) for _ in range(count))
    ceiling = raw[count // 2] * SPREAD
    weights = [Decimal(f"{min(weight, ceiling):.4f}") for weight in raw]
    draw.shuffle(weights)
    return weights


def set_amounts(rows: Sequence[Row], listed: Decimal, quantum: Decimal, draw: Random) -> None:
    """Gives the rows budgets that are about ``listed`` in all, no two alike, and spendings that do not all equal
    the budgets."""
    weights = _weights(len(rows), draw)
    whole = sum(weights, Decimal(0))
    taken: set[Decimal] = set()
    for row, weight in zip(rows, weights, strict=True):
        budget = max(part(draw, listed * weight / whole, 0.995, 1.0, quantum), quantum * 50)
        while budget in taken:
            budget -= quantum
        taken.add(budget)
        row.budget = budget
        row.spent = budget if chance(draw, FULL_SHARE) else part(draw, budget, LEAST_RATE, 0.999, quantum)
    first = rows[0]
    if first.budget is not None and first.spent == first.budget:
        first.spent = part(draw, first.budget, LEAST_RATE, 0.99, quantum)


def split_tables(rows: list[Row], draw: Random) -> tuple[ProjectTable | None, ProjectTable | None]:
    """The rows as task table and key table, every project in one of them; one table may be absent."""
    form = draw.choices(("both", "tasks", "key"), (70, 22, 8))[0]
    if form == "tasks" or len(rows) < 8:
        return ProjectTable("task", rows), None
    if form == "key":
        return None, ProjectTable("key", rows)
    ranked = sorted(rows, key=lambda row: row.budget or Decimal(0), reverse=True)
    count = draw.randint(2, max(2, min(8, len(rows) // 4)))
    top = {id(row) for row in ranked[:count]}
    tasks = [row for row in rows if id(row) not in top]
    return ProjectTable("task", tasks), ProjectTable("key", [row for row in rows if id(row) in top])


def plan_tables(rows: Sequence[Row], draw: Random, needed: bool) -> list[ProjectTable]:
    """Tables of the spending plan by theme, without amounts; each planned project has its amount elsewhere."""
    tables = []
    for theme in some(draw, wording("statements")["theme"], 2, 4):
        fitting = [row for row in rows if row.area in theme["areas"]]
        planned = some(draw, fitting, 1, 5)
        if planned:
            copies = [Row(row.name, row.area, None, None, row.goal, ()) for row in planned]
            tables.append(ProjectTable("plan", copies, theme["name"], has_amounts=False))
    return tables if needed or chance(draw, 0.75) else []
