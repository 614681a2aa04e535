"""Evidence on units, offices and people: what the text counts against what it lists (C15, C16, C17, C18)."""

from __future__ import annotations

import polars as pl

from expectations.evidence.material import MONEY, Material, at, evidence, first_place, half
from transforms.facts.model import OWN_ROLE, SUBORDINATE_ROLE

_APART = {"established": "other_established_count", "total": "other_staff_count"}


def units(material: Material) -> pl.DataFrame:
    """A row a submission that counts or lists budget units: ``stated``, ``stated_subordinate``, both in words as
    ``claim``, ``listed``, ``listed_own``, ``listed_subordinate``, ``unexplained``, other numbers of units in the
    text."""
    role = pl.col("role")
    listed = (
        material.rows("units")
        .group_by("submission_key")
        .agg(
            listed=pl.len().cast(pl.Int32),
            listed_own=(role == OWN_ROLE).sum().cast(pl.Int32),
            listed_subordinate=(role == SUBORDINATE_ROLE).sum().cast(pl.Int32),
        )
    )
    counted = (
        _submissions(material)
        .join(material.figure("stated_unit_count", "stated"), on="submission_key", how="left")
        .join(material.figure("subordinate_unit_count", "stated_subordinate"), on="submission_key", how="left")
        .join(listed, on="submission_key", how="left")
        .join(material.unexplained("units"), on="submission_key", how="left")
        .filter(pl.any_horizontal(pl.col("stated", "stated_subordinate", "listed").is_not_null()))
        .sort("submission_key")
    )
    return evidence(
        counted.with_columns(first_place("stated", "stated_subordinate")),
        pl.lit("预算单位").alias("subject"),
        pl.col("stated", "stated_subordinate").cast(pl.Int32),
        _claim(pl.col("stated").cast(pl.Int32), pl.col("stated_subordinate").cast(pl.Int32)).alias("claim"),
        pl.col("listed", "listed_own", "listed_subordinate").fill_null(0),
        pl.col("unexplained").fill_null([]),
    )


def _claim(whole: pl.Expr, below: pl.Expr) -> pl.Expr:
    """What is said of the number of units, without what is not: 预算单位 3 个（其中下属 2 个）."""
    part = pl.format("（其中下属 {} 个）", below).fill_null("")
    return pl.coalesce(pl.format("预算单位 {} 个{}", whole, part), pl.format("下属单位 {} 个", below))


def offices(material: Material) -> pl.DataFrame:
    """A row a submission that counts internal offices: ``stated``, ``listed``."""
    listed = material.rows("offices").group_by("submission_key").agg(listed=pl.len().cast(pl.Int32))
    counted = (
        _submissions(material)
        .join(material.figure("stated_office_count", "stated"), on="submission_key", how="inner")
        .join(listed, on="submission_key", how="left")
        .sort("submission_key")
    )
    return evidence(
        counted.with_columns(at("stated")),
        pl.lit("内设机构").alias("subject"),
        pl.col("stated").cast(pl.Int32),
        pl.col("listed").fill_null(0),
    )


def people(material: Material) -> pl.DataFrame:
    """A row a sum of headcounts whose parts are all stated (kind ``established``: administrative + institution, and
    those whom the text counts apart from both, 参公 or 工勤; kind ``total``: established + non-established, and those
    apart from both, 退休 or 借调):
    ``stated``, ``first_part``, ``second_part``, ``observed`` their sum, ``tolerance``, ``unexplained``, other
    numbers of people in the text.

    People are counted, not rounded: only a figure printed in tens or more (1.2 万人) has a tolerance.
    """
    return pl.concat(
        [
            _sum_of_people(material, "established", "administrative", "institution", "在编人数"),
            _sum_of_people(material, "total", "established", "non_established", "总人数"),
        ]
    )


def _sum_of_people(material: Material, whole: str, first: str, second: str, subject: str) -> pl.DataFrame:
    joined = (
        _submissions(material)
        .join(material.figure(f"headcount:{whole}", "stated"), on="submission_key", how="inner")
        .join(material.figure(f"headcount:{first}", "first_part"), on="submission_key", how="inner")
        .join(material.figure(f"headcount:{second}", "second_part"), on="submission_key", how="inner")
        .join(_apart(material, whole), on="submission_key", how="left")
        .join(material.unexplained("people"), on="submission_key", how="left")
        .sort("submission_key")
    )
    tolerances = [_rounding(f"{name}_quantum") for name in ("stated", "first_part", "second_part")]
    return evidence(
        joined.with_columns(at("stated")),
        pl.lit(subject).alias("subject"),
        pl.lit(whole).alias("kind"),
        "stated",
        "first_part",
        "second_part",
        pl.sum_horizontal("first_part", "second_part", "apart").cast(MONEY).alias("observed"),
        pl.sum_horizontal(tolerances).cast(MONEY).alias("tolerance"),
        pl.col("unexplained").fill_null([]),
    )


def _apart(material: Material, whole: str) -> pl.DataFrame:
    """People of the whole whom the text counts in neither of its two parts."""
    return material.figure(_APART[whole], "apart")


def _rounding(quantum: str) -> pl.Expr:
    return pl.when(pl.col(quantum) > 1).then(half(quantum)).otherwise(pl.lit(0).cast(MONEY))


def _submissions(material: Material) -> pl.DataFrame:
    return material.submissions.select("submission_key", "fiscal_year")
