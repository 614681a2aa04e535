"""What people decided about findings: waived by the bureau, explained by the submitter. How they say so is not here."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from expectations.catalogue import Catalogue
from warehouse.release.releases import BEIJING

_RULE_AND_UNIT = ("rule_id", "department_id", "fiscal_year")


def override(
    finding: pl.DataFrame,
    catalogue: Catalogue,
    at: datetime,
    waivers: pl.DataFrame | None,
    explained: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Findings (quality.finding) with their states: ``waived``, ``explained`` or as they were.

    ``waivers`` (quality.waiver) count up to and including their last day in Beijing, and for waivable rules only;
    ``explained`` (rule_id, department_id, fiscal_year, subject, observed) for warnings that say the same.
    """
    if explained is not None and not explained.is_empty():
        finding = _marked(finding, explained, "explained", pl.col("level") == "warning")
    if waivers is None or waivers.is_empty():
        return finding
    waivable = [rule.id for rule in catalogue.rules if rule.waivable]
    is_in_force = pl.col("valid_until").is_null() | (pl.col("valid_until") >= at.astimezone(BEIJING).date())
    in_force = waivers.filter(pl.col("rule_id").is_in(waivable) & is_in_force)
    return _marked(finding, in_force.select(_RULE_AND_UNIT), "waived", pl.lit(True))


def _marked(finding: pl.DataFrame, marks: pl.DataFrame, state: str, where: pl.Expr) -> pl.DataFrame:
    """Findings that agree with a mark in all its columns have the state, where the condition holds."""
    joined = finding.join(
        marks.unique().with_columns(is_marked=pl.lit(True)),
        on=marks.columns,
        how="left",
        maintain_order="left",
        nulls_equal=True,
    )
    is_marked = pl.col("is_marked").fill_null(False) & where
    return joined.with_columns(state=pl.when(is_marked).then(pl.lit(state)).otherwise("state")).drop("is_marked")
