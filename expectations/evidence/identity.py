"""Evidence on whose report it is, of which year, and whether it can be judged at all (S01, S02, S03, C01, C02)."""

from __future__ import annotations

import polars as pl

from expectations.evidence.material import Material, evidence
from transforms.language.text import normalise

_PERIODS = {"printed": pl.String(), "named_id": pl.String(), "valid_from": pl.Date(), "valid_to": pl.Date()}


def document_kinds(material: Material) -> pl.DataFrame:
    """A row a document: its title (subject) and ``kind``, ``unknown`` where the title does not say."""
    return evidence(_titled(material.rows("documents")), pl.col("title").alias("subject"), "kind")


def department(material: Material) -> pl.DataFrame:
    """A row a document: the printed name (subject), department_id, the period in which the registry knows that name
    (valid_from, valid_to; null is open), and the window in which it must be valid (window_from, window_to: the
    start of the fiscal year and the submission deadline); ``told`` and ``fault``: what is
    wrong where it is not, in words before and behind the name."""
    documents = material.rows("documents")
    window = material.star["core.dim_fiscal_year"].select(
        "fiscal_year", window_from="starts_on", window_to="submission_deadline"
    )
    joined = documents.join(window, on="fiscal_year", how="left", maintain_order="left").join(
        _periods(material, documents["department_name"]),
        left_on=("department_name", "department_id"),
        right_on=("printed", "named_id"),
        how="left",
        maintain_order="left",
    )
    is_unnamed = pl.col("department_name").is_null()
    return evidence(
        _titled(joined),
        pl.coalesce("department_name", "title").alias("subject"),
        "department_id",
        "valid_from",
        "valid_to",
        "window_from",
        "window_to",
        pl.when(is_unnamed)
        .then(pl.lit("标题没有写明单位名录内的单位，标题是"))
        .otherwise(pl.lit("标题中的单位"))
        .alias("told"),
        pl.when(is_unnamed).then(pl.lit("")).otherwise(pl.lit("不在单位名录内，或该名称在报告年度无效")).alias("fault"),
    )


def _periods(material: Material, printed: pl.Series) -> pl.DataFrame:
    """For each printed name the period of the registry version that bears it."""
    rows = [
        (name, found.version.department_id, found.version.valid_from, found.version.valid_to)
        for name in printed.drop_nulls().unique(maintain_order=True)
        if (found := material.registry.find(normalise(name))) is not None
    ]
    return pl.DataFrame(rows, schema=_PERIODS, orient="row")


def years(material: Material) -> pl.DataFrame:
    """A row a mention of a year (kind ``mention``): ``stated`` the submission's year, ``observed`` the mentioned
    one; and a row a document (kind ``document``) with ``stated`` alone; ``told``: what is wrong where they are, in
    words."""
    documents = material.rows("documents").with_columns(kind=pl.lit("document"))
    mentions = material.figures.filter(pl.col("name").str.starts_with("year:")).with_columns(
        kind=pl.lit("mention"), observed=pl.col("value").cast(pl.Int32)
    )
    columns = (
        pl.lit("报告年度").alias("subject"),
        "kind",
        pl.col("fiscal_year").cast(pl.Int32).alias("stated"),
    )
    absent = pl.lit(None, dtype=pl.Int32).alias("observed")
    apart = pl.format("报告年度（{}）与此处的年度（{}）不一致：", "fiscal_year", "observed")
    return pl.concat(
        [
            evidence(_titled(documents), *columns, absent, pl.lit("报告没有写明年度，标题是").alias("told")),
            evidence(mentions, *columns, "observed", apart.alias("told")),
        ],
        how="vertical",
    )


def conflicts(material: Material) -> pl.DataFrame:
    """A row a submission: ``conflict``, the sentence naming two different reports of one department and year."""
    return evidence(_titled(material.submissions), pl.col("title").alias("subject"), "conflict")


def broken_rows(material: Material) -> pl.DataFrame:
    """A row a broken check of a data row (check_name, value, reason), and a bare row a submission without one."""
    broken = material.rejected.join(
        material.submissions.select("submission_key", "fiscal_year", "title"),
        on="submission_key",
        how="inner",
        maintain_order="left",
    ).with_columns(raw_text="value")
    sound = _titled(material.submissions).join(broken, on="submission_key", how="anti", maintain_order="left")
    absent = [pl.lit(None, dtype=pl.String).alias(name) for name in ("check_name", "value", "reason")]
    return pl.concat(
        [
            evidence(broken, pl.col("title").alias("subject"), "check_name", "value", "reason"),
            evidence(sound, pl.col("title").alias("subject"), *absent),
        ]
    )


def _titled(frame: pl.DataFrame) -> pl.DataFrame:
    """The place is the title, without one the file's first line."""
    return frame.with_columns(line=pl.col("title_line").fill_null(1), raw_text="title")
