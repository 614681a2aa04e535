"""Goals, achievements, problems and measures: texts and measured statements of a submission."""

from __future__ import annotations

import polars as pl

from transforms.star.frames import StarFrames, as_table, rounded
from warehouse.keys import key_expression


def narrative_facts(
    goals: pl.DataFrame, achievements: pl.DataFrame, problems: pl.DataFrame, measures: pl.DataFrame
) -> StarFrames:
    """core.fact_goal, fact_achievement, fact_problem, fact_measure; keyed by submission and position."""
    return {
        "core.fact_goal": _positioned(goals, "goal"),
        "core.fact_achievement": as_table(
            achievements.with_columns(
                rounded("value", 4),
                rounded("normalized_value", 4),
                achievement_key=key_expression("achievement", "submission_key", "document_key", "ordinal"),
            ),
            "core.fact_achievement",
        ),
        "core.fact_problem": _positioned(problems, "problem"),
        "core.fact_measure": _positioned(measures.rename({"answers": "answers_problem"}), "measure"),
    }


def _positioned(rows: pl.DataFrame, entity: str) -> pl.DataFrame:
    keyed = rows.with_columns(
        key_expression(entity, "submission_key", "document_key", "ordinal").alias(f"{entity}_key")
    )
    return as_table(keyed, f"core.fact_{entity}")
