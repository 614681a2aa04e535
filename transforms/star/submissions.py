"""Which documents make which submission, and which version it is. What became of it is decided by the gate."""

from __future__ import annotations

import polars as pl

from transforms.star.frames import Past
from warehouse.keys import key_expression

_UNIT = ("department_id", "fiscal_year")
_RECEIPT = ("document_key", "file_name", "sha256", "byte_count", "received_at", "intake_id")


def submissions_of(documents: pl.DataFrame, receipts: pl.DataFrame, past: Past) -> pl.DataFrame:
    """One row a document and submission: the ``documents`` facts joined with their receipts, keyed and versioned.

    ``receipts`` has at least document_key, file_name, sha256, byte_count, received_at, intake_id; nothing else of
    it is taken. The result adds submission_key, version, supersedes_key (the version in force before, or null) and
    conflict (a Chinese sentence when one intake brought two different reports of one department and year, else null).
    """
    received = receipts.select(_RECEIPT)
    read = documents.join(received, on="document_key", how="inner").sort("received_at", "intake_id", "file_name")
    known = past.versions.group_by(_UNIT).agg(pl.col("version").max().alias("known_version"))
    in_force = (
        past.versions.filter(pl.col("status").is_in(["accepted", "accepted_with_warnings"]))
        .sort("version")
        .group_by(_UNIT, maintain_order=True)
        .agg(pl.col("submission_key").last().alias("supersedes_key"))
    )
    is_identified = pl.col("department_id").is_not_null() & pl.col("fiscal_year").is_not_null()
    rank = pl.int_range(1, pl.len() + 1).over(_UNIT)
    return (
        read.join(known, on=_UNIT, how="left", maintain_order="left")
        .join(in_force, on=_UNIT, how="left", maintain_order="left")
        .with_columns(
            version=pl.when(is_identified)
            .then(pl.col("known_version").fill_null(0) + rank)
            .otherwise(1)
            .cast(pl.Int32),
            conflict=pl.when(is_identified & (pl.len().over(*_UNIT, "intake_id") > 1)).then(_conflict()),
        )
        .with_columns(
            submission_key=pl.when(is_identified)
            .then(key_expression("submission", "department_id", "fiscal_year", "version"))
            .otherwise(key_expression("submission", pl.lit("unidentified"), "sha256"))
        )
        .drop("known_version")
    )


def _conflict() -> pl.Expr:
    names = pl.col("file_name").implode().over(*_UNIT, "intake_id", mapping_strategy="join").list.join("”与“")
    return pl.concat_str(
        pl.lit("同一批收到同一部门同一年度两份不同的报告“"), names, pl.lit("”，无法判断以哪一份为准。")
    )
