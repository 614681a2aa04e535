"""How well the sections of a report fit for its headline figures, and which fit for none.

Reading the figures belongs to figures.py and figure_tables.py.
"""

from __future__ import annotations

_NOT_HEADLINE = frozenset(("key_projects", "achievements", "problems", "measures", "attachments", "three_public"))
"""Sections whose amounts belong to projects, results, plans or three-public spending."""

_FITNESS: dict[str, dict[str, int]] = {
    "total_budget_yuan": {"overall_budget": 3, "overview": 2, "conclusion": 1},
    "prior_year_change_yuan": {"overall_budget": 3},
    "prior_year_change_rate": {"overall_budget": 3},
    "annual_budget_yuan": {"conclusion": 3, "overall_budget": 2, "analysis": 1},
    "executed_yuan": {"conclusion": 3, "overall_budget": 2, "analysis": 1},
    "stated_execution_rate": {"conclusion": 3, "overall_budget": 2, "analysis": 1},
    "monitored_yuan": {"performance_management": 3},
    "basic_expenditure_yuan": {"overall_budget": 3, "conclusion": 1},
    "project_expenditure_yuan": {"overall_budget": 3, "conclusion": 1},
    "self_score": {"conclusion": 3, "analysis": 2},
    "grade": {"conclusion": 3, "analysis": 2},
}
WEAK = 10
"""Taken off the fitness of a mention that counts only where no other states the figure."""


def fitness(name: str, sections: tuple[str, ...]) -> int:
    """How well sections of these meanings fit for the figure."""
    return max((_FITNESS.get(name, {}).get(section, 0) for section in sections), default=0)


def is_elsewhere(sections: tuple[str, ...]) -> bool:
    """Whether a section of these meanings speaks of nothing that headline figures belong to."""
    return bool(sections) and _NOT_HEADLINE.issuperset(sections)
