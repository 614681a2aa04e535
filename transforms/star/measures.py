"""Stated scalars become fact_department_budget (a row a submission) and fact_headcount (a row a kind)."""

from __future__ import annotations

import polars as pl

from transforms.star.frames import StarFrames, as_table, rounded, share, whole_number
from warehouse.keys import key_expression
from warehouse.registry import table
from warehouse.schema import Kind

BUDGET = "core.fact_department_budget"
HEADCOUNT_PREFIX = "headcount:"


def scalar_facts(figures: pl.DataFrame, submissions: pl.DataFrame) -> StarFrames:
    """``figures`` tied to their submissions -> core.fact_department_budget and core.fact_headcount.

    Money is 元 DECIMAL(18,2), rates fractions DECIMAL(18,6). execution_rate is executed ÷ annual budget (else the
    total budget), exact; grade is the printed word.
    """
    primary = taken(figures)
    return {BUDGET: _budget(primary, submissions), "core.fact_headcount": _headcount(primary)}


def taken(figures: pl.DataFrame) -> pl.DataFrame:
    """Of ``figures`` the mention that a submission takes of each: what its report says goes before what its forms
    say, since it stands first."""
    return figures.filter("is_primary").unique(("submission_key", "name"), keep="first", maintain_order=True)


def agreeing(figures: pl.DataFrame) -> pl.DataFrame:
    """The mentions that a submission takes, and those that its other documents make of the same value."""
    primary = figures.filter("is_primary")
    return primary.filter(pl.col("value") == pl.col("value").first().over("submission_key", "name"))


def _budget(primary: pl.DataFrame, submissions: pl.DataFrame) -> pl.DataFrame:
    definition = table(BUDGET)
    stated = set(primary["name"].unique())
    wanted = [name for name in definition.column_names if name in stated and name != "grade"]
    values = primary.group_by("submission_key", maintain_order=True).agg(
        *(pl.col("value").filter(pl.col("name") == name).first().alias(name) for name in wanted),
        pl.col("text").filter(pl.col("name") == "grade").first().alias("grade"),
    )
    casts = {
        Kind.MONEY: lambda name: rounded(name, 2),
        Kind.RATE: lambda name: rounded(name, 6),
        Kind.QUANTITY: lambda name: rounded(name, 4),
        Kind.INTEGER: whole_number,
    }
    keys = submissions.select("submission_key", "department_key", "fiscal_year").unique(maintain_order=True)
    frame = keys.join(values, on="submission_key", how="left").with_columns(
        *(casts[definition.column(name).kind](name) for name in wanted if definition.column(name).kind in casts)
    )
    missing = [
        name for name in ("annual_budget_yuan", "total_budget_yuan", "executed_yuan") if name not in frame.columns
    ]
    frame = frame.with_columns(pl.lit(None, dtype=pl.Decimal(18, 2)).alias(name) for name in missing)
    budget = pl.coalesce("annual_budget_yuan", "total_budget_yuan")
    return as_table(frame.with_columns(execution_rate=share("executed_yuan", budget)), BUDGET)


def _headcount(primary: pl.DataFrame) -> pl.DataFrame:
    people = primary.filter(pl.col("name").str.starts_with(HEADCOUNT_PREFIX)).with_columns(
        headcount_kind=pl.col("name").str.strip_prefix(HEADCOUNT_PREFIX),
        people=whole_number("value"),
    )
    return as_table(
        people.with_columns(headcount_key=key_expression("headcount", "submission_key", "headcount_kind")),
        "core.fact_headcount",
    )
