"""The roster: every department expected each fiscal year, whether it has submitted and in time."""

from __future__ import annotations

import polars as pl

from transforms.star.frames import as_table

TIME_ZONE = "Asia/Shanghai"
"""Deadlines are days in Beijing."""

_UNIT = ("department_id", "fiscal_year")
_MIDDLE = ("received", "read", "judged")
_IN_FORCE = ("accepted", "accepted_with_warnings")


def roster(departments: pl.DataFrame, years: pl.DataFrame, versions: pl.DataFrame) -> pl.DataFrame:
    """quality.roster from dim_department, dim_fiscal_year and quality.submission_version frames.

    A department is expected in each year in which one of its versions was valid. The condition speaks of the first
    version received: in time, late, none, or stuck in a middle state.
    """
    expected = (
        departments.join(years, how="cross")
        .filter(
            (pl.col("valid_from").is_null() | (pl.col("valid_from") <= pl.col("ends_on")))
            & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= pl.col("starts_on")))
        )
        .select(*_UNIT, due_on="submission_deadline")
        .unique(_UNIT)
    )
    in_force = (
        pl.col("submission_key")
        .filter(pl.col("status").is_in(_IN_FORCE))
        .sort_by(pl.col("version").filter(pl.col("status").is_in(_IN_FORCE)))
    )
    received = versions.group_by(_UNIT).agg(
        first_received_on=pl.col("received_at").min().dt.convert_time_zone(TIME_ZONE).dt.date(),
        last_status=pl.col("status").sort_by("version").last(),
        current_submission_key=in_force.last(),
    )
    condition = (
        pl.when(pl.col("first_received_on").is_null())
        .then(pl.lit("missing"))
        .when(pl.col("last_status").is_in(_MIDDLE))
        .then(pl.lit("stuck"))
        .when(pl.col("first_received_on") > pl.col("due_on"))
        .then(pl.lit("late"))
        .otherwise(pl.lit("submitted"))
    )
    joined = expected.join(received, on=_UNIT, how="left").with_columns(condition=condition)
    return as_table(joined.sort(*_UNIT), "quality.roster")
