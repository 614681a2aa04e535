"""Evidence on claims and what bears them out: periods and days, satisfaction, execution (C43, C47, C49)."""

from __future__ import annotations

import polars as pl

from expectations.evidence.material import MONEY, Material, evidence, half, is_first, ratio
from expectations.evidence.spending import budgets
from expectations.evidence.words import signs


def periods(material: Material) -> pl.DataFrame:
    """A row a period with the days stated for it (``stated``, ``observed`` counting both ends), and a row a project
    row that sets an end in its goal and reports one in its completion (``due_on``, ``finished_on``); in words:
    ``wanted`` and ``found``."""
    rows = material.rows("periods").with_columns(pl.col("starts_on", "ends_on").str.to_date("%Y-%m-%d", strict=False))
    days = material.placed(rows.filter(pl.col("kind") == "period").with_columns(raw_text="text"), "periods", "text")
    observed = ((pl.col("ends_on") - pl.col("starts_on")).dt.total_days() + 1).cast(pl.Int32)
    counted = evidence(
        days,
        pl.lit("期间天数").alias("subject"),
        pl.concat_str("stated_days", pl.lit(" 天")).alias("wanted"),
        pl.concat_str(observed, pl.lit(" 天")).alias("found"),
        pl.col("stated_days").alias("stated"),
        observed.alias("observed"),
        pl.lit(None, dtype=pl.Date).alias("due_on"),
        pl.lit(None, dtype=pl.Date).alias("finished_on"),
    )
    return pl.concat([counted, _ends(material, rows)])


def _ends(material: Material, rows: pl.DataFrame) -> pl.DataFrame:
    key = ("document_key", "project_ordinal")
    due = rows.filter(pl.col("kind") == "deadline").select(*key, due_on="ends_on")
    done = rows.filter(pl.col("kind") == "finished").select(*key, finished_on="ends_on", raw_text="text")
    projects = material.rows("projects").rename({"ordinal": "project_ordinal"})
    joined = projects.join(due, on=key, how="inner", maintain_order="left").join(
        done, on=key, how="inner", maintain_order="left"
    )
    placed = material.placed(joined.with_columns(ordinal="project_ordinal"), "projects", "completion")
    return evidence(
        placed,
        pl.concat_str(pl.lit("项目“"), "name", pl.lit("”的完成时间")).alias("subject"),
        pl.concat_str(pl.col("due_on").cast(pl.String), pl.lit(" 前完成")).alias("wanted"),
        pl.concat_str(pl.col("finished_on").cast(pl.String), pl.lit(" 完成")).alias("found"),
        pl.lit(None, dtype=pl.Int32).alias("stated"),
        pl.lit(None, dtype=pl.Int32).alias("observed"),
        "due_on",
        "finished_on",
    )


def satisfaction(material: Material) -> pl.DataFrame:
    """A row a satisfaction that is reported as a figure: ``stated`` (per cent), ``survey_count``, the words on a survey
    in its own passage, ``backed_count``, how often the report states the same figure beside such words."""
    rows = signs(material, "satisfaction").with_columns(
        survey_count=pl.col("context").list.len().cast(pl.Int32), raw_text="sentence"
    )
    backed = (pl.col("survey_count") > 0).sum().over("submission_key", "value").cast(pl.Int32)
    return evidence(
        rows,
        pl.lit("满意度").alias("subject"),
        pl.col("value").alias("stated"),
        "survey_count",
        backed.alias("backed_count"),
    )


def statements(material: Material) -> pl.DataFrame:
    """A row a problem or measure that speaks of execution (topic ``execution``) or of budgets changed midway (topic
    ``adjustment``): ``said``, ``rate`` executed ÷ budget, ``total_yuan`` and ``annual_yuan`` with ``tolerance``,
    ``adjusted_count`` of project rows with an adjusted budget."""
    spoken = material.rows("signs").filter(pl.col("kind").is_in(["asks_execution", "says_adjusted"]))
    first = spoken.filter(is_first(("document_key", "column", "owner", "kind")))
    placed = pl.concat(
        material.placed(
            first.filter(pl.col("column") == column).with_columns(ordinal="owner", raw_text="sentence"), column
        )
        for column in ("problems", "measures")
    )
    joined = placed.join(_amounts(material), on="submission_key", how="left", maintain_order="left")
    is_execution = pl.col("kind") == "asks_execution"
    return evidence(
        joined,
        pl.when(pl.col("column") == "problems")
        .then(pl.lit("存在的问题"))
        .otherwise(pl.lit("改进措施"))
        .alias("subject"),
        pl.when(is_execution).then(pl.lit("execution")).otherwise(pl.lit("adjustment")).alias("topic"),
        pl.col("text").alias("said"),
        "rate",
        "total_yuan",
        "annual_yuan",
        "tolerance",
        pl.col("adjusted_count").fill_null(0),
    )


def _amounts(material: Material) -> pl.DataFrame:
    adjusted = (
        material.rows("projects")
        .filter(pl.col("amount_role") == "adjusted")
        .group_by("submission_key")
        .agg(adjusted_count=pl.len().cast(pl.Int32))
    )
    joined = (
        budgets(material)
        .join(material.figure("executed_yuan", "executed"), on="submission_key", how="left")
        .join(material.figure("total_budget_yuan", "total"), on="submission_key", how="left")
        .join(material.figure("annual_budget_yuan", "annual"), on="submission_key", how="left")
        .join(adjusted, on="submission_key", how="left")
    )
    return joined.select(
        "submission_key",
        rate=ratio("executed", "budget_yuan"),
        total_yuan=pl.col("total").cast(MONEY),
        annual_yuan=pl.col("annual").cast(MONEY),
        tolerance=half("total_quantum") + half("annual_quantum"),
        adjusted_count="adjusted_count",
    )
