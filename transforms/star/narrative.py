"""Goals, achievements, problems and measures: texts and measured statements of a submission."""

from __future__ import annotations

import polars as pl

from transforms.star.frames import StarFrames, as_table, rounded
from warehouse.keys import key_expression

_SIGNS = r"[^\p{L}\p{N}%]"
_HAS_OWN_SENTENCE = pl.col("achievement_key") == pl.col("achievement_key").min().over(
    "submission_key", "section", "sentence"
)


def narrative_facts(
    goals: pl.DataFrame,
    achievements: pl.DataFrame,
    problems: pl.DataFrame,
    measures: pl.DataFrame,
) -> StarFrames:
    """core.fact_goal, fact_achievement, fact_problem, fact_measure; keyed by submission and position."""
    return {
        "core.fact_goal": _positioned(goals, "goal"),
        "core.fact_achievement": as_table(
            achievements.with_columns(
                rounded("value", 4),
                rounded("normalized_value", 4),
                achievement_key=key_expression("achievement", "submission_key", "document_key", "ordinal"),
            ).with_columns(has_own_sentence=_HAS_OWN_SENTENCE),
            "core.fact_achievement",
        ),
        "core.fact_problem": _positioned(problems, "problem"),
        "core.fact_measure": _positioned(measures.rename({"answers": "answers_problem"}), "measure"),
    }


def goals_once(goals: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The goals of each submission's report, then those of its overall form that the report's words do not hold,
    counted through. ``documents`` has submission_key, document_key and kind."""
    signless = pl.col("goal").str.replace_all(_SIGNS, "")
    forms = documents.filter(pl.col("kind") == "overall_form").select("submission_key", "document_key")
    on = ("submission_key", "document_key")
    of_forms = goals.join(forms, on=on, how="semi", maintain_order="left")
    stated = goals.join(forms, on=on, how="anti", maintain_order="left")
    said = stated.group_by("submission_key").agg(said=signless.str.join(""))
    further = (
        of_forms.join(said, on="submission_key", how="left", maintain_order="left")
        .filter(~pl.col("said").fill_null("").str.contains(signless, literal=True))
        .drop("said")
    )
    counted = pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("submission_key")
    return pl.concat([stated, further]).with_columns(position=counted.cast(goals.schema["position"]))


def _positioned(rows: pl.DataFrame, entity: str) -> pl.DataFrame:
    keyed = rows.with_columns(
        key_expression(entity, "submission_key", "document_key", "ordinal").alias(f"{entity}_key")
    )
    return as_table(keyed, f"core.fact_{entity}")
