"""Evidence on who wrote a report: departments named as its author, and text that another report has as well (C50)."""

from __future__ import annotations

import polars as pl

from expectations.evidence.material import MONEY, Material, evidence, ratio
from expectations.evidence.words import signs
from expectations.history import EARLIEST, UNIT

_PER_CENT = pl.Decimal(38, 1)


def authorship(material: Material) -> pl.DataFrame:
    """Kind ``author``: a row a place that names the author: ``named_id``, the department named there, ``own_id`` the
    report's. Kind ``copy``: a row a report that shares sentences with another department's or year's, received no
    later: of those the one that it shares most with, ``share`` of its ``characters`` (in sentences of some length).
    ``seen``, ``wanted`` and ``saying`` are what is told of it."""
    return pl.concat([_authors(material), _copies(material)], how="diagonal")


def _authors(material: Material) -> pl.DataFrame:
    return evidence(
        signs(material, "author"),
        pl.col("text").alias("subject"),
        pl.lit("author").alias("kind"),
        pl.col("value").alias("named_id"),
        pl.col("department_id").alias("own_id"),
        pl.col("text").alias("seen"),
        pl.lit("本单位").alias("wanted"),
        pl.format("此处以其他单位“{}”为编报单位", "text").alias("saying"),
    )


def _copies(material: Material) -> pl.DataFrame:
    own = material.star["quality.sentence"].join(_received(material), on="submission_key", maintain_order="left")
    batch = own.select("submission_key", "fingerprint", *UNIT, "received_at")
    others = (
        pl.concat([material.history.sentences, batch.unique()])
        .unique(("submission_key", "fingerprint"), maintain_order=True)
        .sort("received_at", "submission_key", maintain_order=True)
        .group_by("fingerprint", maintain_order=True)
        .head(EARLIEST)
    )
    pairs = own.join(others, on="fingerprint", suffix="_other").filter(
        (pl.col("received_at_other") <= pl.col("received_at"))
        & pl.any_horizontal(pl.col(name) != pl.col(f"{name}_other") for name in UNIT)
    )
    length = own.group_by("submission_key", *UNIT, "document_key").agg(pl.col("characters").sum())
    most = (
        pairs.group_by("submission_key", "submission_key_other", *(f"{name}_other" for name in UNIT))
        .agg(shared=pl.col("characters").sum())
        .sort("shared", "submission_key_other", descending=[True, False])
        .unique("submission_key", keep="first", maintain_order=True)
    )
    named = most.join(_names(material), on="department_id_other", how="left", maintain_order="left")
    titles = material.submissions.select("submission_key", line=pl.col("title_line").fill_null(1), raw_text="title")
    rows = (
        length.join(named, on="submission_key")
        .join(titles, on="submission_key")
        .sort("submission_key")
        .with_columns(
            share=ratio("shared", "characters"),
            other=pl.format("{}{}年的报告", pl.coalesce("name", "department_id_other"), "fiscal_year_other"),
        )
        .with_columns(text=pl.format("{}%", (pl.col("share") * 100).cast(_PER_CENT)))
    )
    return evidence(
        rows,
        pl.col("other").alias("subject"),
        pl.lit("copy").alias("kind"),
        pl.col("share").cast(MONEY),
        pl.col("characters").cast(pl.Int64),
        pl.format("{}的文字与其相同", "text").alias("seen"),
        pl.lit("自行编写").alias("wanted"),
        pl.format("全文 {} 的文字与{}相同", "text", "other").alias("saying"),
    )


def _received(material: Material) -> pl.DataFrame:
    """submission_key, department_id, fiscal_year, received_at of what is known of both."""
    return material.star["submissions"].select("submission_key", *UNIT, "received_at").unique().drop_nulls()


def _names(material: Material) -> pl.DataFrame:
    return (
        material.star["core.dim_department"]
        .filter("is_current")
        .select(department_id_other="department_id", name="short_name")
    )
