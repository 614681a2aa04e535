"""Evidence on who wrote a report: departments named as its author, and text that another report has as well (C50)."""

from __future__ import annotations

import polars as pl

from expectations.evidence.material import MONEY, Material, evidence, is_first, ratio
from expectations.evidence.words import signs
from expectations.history import EARLIEST, UNIT

_PER_CENT = pl.Decimal(38, 1)
_PAIR = 2**32


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
    own, received = material.star["quality.sentence"], _received(material)
    length = own.group_by("submission_key", "document_key").agg(pl.col("characters").sum())
    most = _most_like(own, received, material.history.sentences)
    named = most.join(_names(material), on="department_id_other", how="left", maintain_order="left")
    titles = material.submissions.select("submission_key", line=pl.col("title_line").fill_null(1), raw_text="title")
    rows = (
        length.join(received, on="submission_key")
        .join(named, on="submission_key")
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


def _most_like(own: pl.DataFrame, received: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """submission_key, ``shared`` characters, department_id_other, fiscal_year_other: with whom each submission of the
    sentences ``own`` shares most, of those before it of another department or year. What two of them are is looked at
    once, not for every sentence that they share; until it is known who shares most, a submission is a number."""
    wrote = pl.concat([frame.select("submission_key", "fingerprint") for frame in (others, own)]).unique()
    writers = pl.concat([others.select(received.columns), received]).unique("submission_key", keep="first")
    units = writers.select(UNIT).unique().with_row_index("unit")
    turns = writers.join(units, on=UNIT).sort("received_at", "submission_key").with_row_index("turn")
    mine = received.join(units, on=UNIT).with_row_index("mine")
    before = turns["received_at"].search_sorted(mine["received_at"], side="right")  # so many turns are no later
    unit, unit_other = pl.lit(mine["unit"]).gather("mine"), pl.lit(turns["unit"]).gather("turn")
    return (
        _shared(own, mine, _earliest(wrote, turns))
        .filter(pl.col("turn") < pl.lit(before).gather("mine"), unit_other != unit)
        .filter(pl.col("shared") == pl.col("shared").max().over("mine"))
        .join(mine.select("mine", "submission_key"), on="mine")
        .join(turns.drop("unit", "received_at"), on="turn", suffix="_other")
        .sort("submission_key_other")
        .filter(is_first("submission_key"))
        .select("submission_key", "shared", *(pl.col(name).alias(f"{name}_other") for name in UNIT))
    )


def _shared(own: pl.DataFrame, mine: pl.DataFrame, earliest: pl.DataFrame) -> pl.DataFrame:
    """``mine``, ``turn``, ``shared``: the characters of the sentences of the one that the other wrote as well. Both in
    one number are added up in half the time."""
    sentences = own.lazy().join(mine.lazy().select("submission_key", "mine"), on="submission_key")
    pairs = sentences.join(earliest.lazy(), on="fingerprint").select(
        "characters", pair=pl.col("mine").cast(pl.UInt64) * _PAIR + pl.col("turn")
    )
    return (
        pairs.group_by("pair")
        .agg(shared=pl.col("characters").sum())
        .select("shared", mine=pl.col("pair") // _PAIR, turn=pl.col("pair") % _PAIR)
        .collect()
        .cast({"mine": pl.UInt32, "turn": pl.UInt32})
    )


def _earliest(wrote: pl.DataFrame, turns: pl.DataFrame) -> pl.DataFrame:
    """fingerprint, turn of the EARLIEST of those that have a sentence, of sentences that several have."""
    several = wrote.filter(pl.col("fingerprint").is_duplicated())
    in_turn = several.join(turns.select("submission_key", "turn"), on="submission_key").sort("fingerprint", "turn")
    is_late = pl.col("fingerprint") == pl.col("fingerprint").shift(EARLIEST)
    return in_turn.filter(is_late.not_().fill_null(True)).select("fingerprint", "turn")


def _received(material: Material) -> pl.DataFrame:
    """submission_key, department_id, fiscal_year, received_at of what is known of both."""
    return material.star["submissions"].select("submission_key", *UNIT, "received_at").unique().drop_nulls()


def _names(material: Material) -> pl.DataFrame:
    return (
        material.star["core.dim_department"]
        .filter("is_current")
        .select(department_id_other="department_id", name="short_name")
    )
