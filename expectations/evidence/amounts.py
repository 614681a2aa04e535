"""Evidence on single amounts beside others: one value in several roles, amounts beside their table's (C25, C36)."""

from __future__ import annotations

import polars as pl

from expectations.evidence.material import MONEY, Material, evidence, is_first

_ROLES = {
    "total_budget_yuan": ("收支总预算", "planned"),
    "annual_budget_yuan": ("全年预算数", "planned"),
    "monitored_yuan": ("监控资金", "planned"),
    "basic_expenditure_yuan": ("基本支出", "planned"),
    "project_expenditure_yuan": ("项目支出", "planned"),
    "large_project_yuan": ("大额项目资金", "planned"),
    "executed_yuan": ("全年执行数", "spent"),
}


def same_values(material: Material) -> pl.DataFrame:
    """A row a headline amount of a submission: ``value_yuan``, ``roles`` in which it is stated and their kinds
    (``kind_count``: planned and spent)."""
    known = material.figures.filter(pl.col("name").is_in(list(_ROLES)) & (pl.col("value") != 0))
    named = known.with_columns(
        role=pl.col("name").replace_strict({name: role for name, (role, _) in _ROLES.items()}, return_dtype=pl.String),
        kind=pl.col("name").replace_strict({name: kind for name, (_, kind) in _ROLES.items()}, return_dtype=pl.String),
    ).sort("submission_key", "document_key", "ordinal")
    key = ("submission_key", "value")
    counted = named.group_by(key, maintain_order=True).agg(
        roles=pl.col("role").unique(maintain_order=True), kind_count=pl.col("kind").n_unique().cast(pl.Int32)
    )
    joined = named.filter(is_first(key)).join(counted, on=key, how="left", maintain_order="left")
    return evidence(
        joined,
        pl.lit("金额口径").alias("subject"),
        pl.col("value").cast(MONEY).alias("value_yuan"),
        "roles",
        pl.col("roles").list.len().cast(pl.Int32).alias("role_count"),
        "kind_count",
    )


def table_amounts(material: Material) -> pl.DataFrame:
    """A row a project row with an amount: ``amount_yuan`` (its budget, else its spending), ``median_yuan`` and
    ``row_count`` of the rows of its table."""
    rows = material.rows("projects").with_columns(amount=pl.coalesce("budget_yuan", "spent_yuan"))
    table = ("document_key", "table_number")
    counted = rows.filter(pl.col("amount").is_not_null()).with_columns(
        median=pl.col("amount").cast(pl.Float64).median().over(table),
        row_count=pl.len().over(table).cast(pl.Int32),
        raw_text=pl.coalesce("budget_text", "spent_text"),
    )
    return evidence(
        material.placed(counted, "projects", "budget_yuan"),
        pl.col("name").alias("subject"),
        pl.col("amount").cast(MONEY).alias("amount_yuan"),
        pl.col("median").round(2).cast(MONEY).alias("median_yuan"),
        "row_count",
    )
