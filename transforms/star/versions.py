"""What became of the submissions of a night, as frames: versions with their statuses, accepted ones, files received.

Verdicts come from the gate; here they only meet versions, receipts and the versions in force before.
"""

from __future__ import annotations

import polars as pl

from transforms.star.frames import as_table

_UNIT = ("department_id", "fiscal_year")
_ACCEPTED = ("accepted", "accepted_with_warnings")
_GIVEN_BACK = "撤回已撤销，仍须更正；问题见问题清单。"
_NUMBERED = ("department_id", "fiscal_year", "version")
_OVERTAKEN = "已被新版本取代。"
_HELD = "重新评判发现须更正的问题；更正采纳以前，现行版本继续公布。"


def settled_versions(
    submissions: pl.DataFrame, verdicts: pl.DataFrame, judged_at: pl.Expr, past_versions: pl.DataFrame
) -> pl.DataFrame:
    """quality.submission_version of the night: each version with its verdict. ``past_versions``: those of earlier
    nights, whole rows.

    Where one night brings several sound versions of a department and year, the last one is in force and the
    earlier ones are superseded at once. A version in force that is judged again stays in force, whatever is found,
    until a better one is accepted.
    """
    in_force = past_versions.filter(pl.col("status").is_in(_ACCEPTED)).select("submission_key", was_in_force=True)
    joined = (
        submissions.unique("submission_key", keep="first", maintain_order=True)
        .join(verdicts, on="submission_key", how="inner", maintain_order="left")
        .join(in_force, on="submission_key", how="left", maintain_order="left")
    )
    is_held = pl.col("was_in_force").fill_null(False) & ~pl.col("status").is_in(_ACCEPTED)
    held = joined.with_columns(
        status=pl.when(is_held).then(pl.lit("accepted_with_warnings")).otherwise("status"),
        reason=pl.when(is_held).then(pl.concat_str(pl.lit(_HELD), pl.col("reason"))).otherwise("reason"),
    )
    is_accepted = pl.col("status").is_in(_ACCEPTED) & pl.col("department_id").is_not_null()
    newest = pl.col("version").filter(is_accepted).max().over(_UNIT)
    is_overtaken = is_accepted & (pl.col("version") < newest)
    overtaken = pl.when("was_in_force").then(pl.lit(_OVERTAKEN)).otherwise(pl.lit("同一次收到了更新的版本。"))
    return as_table(
        held.with_columns(
            status=pl.when(is_overtaken).then(pl.lit("superseded")).otherwise("status"),
            reason=pl.when(is_overtaken).then(overtaken).otherwise("reason"),
            supersedes_key=pl.when(is_accepted).then("supersedes_key"),
            judged_at=judged_at,
        ),
        "quality.submission_version",
    )


def superseded_versions(settled: pl.DataFrame, past_versions: pl.DataFrame) -> pl.DataFrame:
    """Earlier versions (whole rows of quality.submission_version), not judged again, that lose their force to an
    accepted one."""
    now = settled.filter(pl.col("status").is_in(_ACCEPTED)).select("supersedes_key").drop_nulls()
    return as_table(
        past_versions.filter(pl.col("status").is_in(_ACCEPTED))
        .join(now, left_on="submission_key", right_on="supersedes_key", how="semi")
        .join(settled, on="submission_key", how="anti")
        .with_columns(status=pl.lit("superseded"), reason=pl.lit(_OVERTAKEN)),
        "quality.submission_version",
    )


def withdrawn_versions(past_versions: pl.DataFrame, withdrawals: pl.DataFrame) -> pl.DataFrame:
    """Versions in force or refused (whole rows of quality.submission_version) that people have taken back since, as
    they stand now; and those of no known department or year that are taken back no more, refused as before.
    ``withdrawals``: see WITHDRAWALS."""
    reasons = withdrawals.select(*_NUMBERED, "withdrawn_because").drop_nulls()
    reasons_by_key = withdrawals.select("submission_key", alone="withdrawn_because").drop_nulls()
    told = past_versions.join(reasons, on=_NUMBERED, how="left", maintain_order="left").join(
        reasons_by_key, on="submission_key", how="left", maintain_order="left"
    )
    because = pl.coalesce("withdrawn_because", "alone")
    is_leaving = pl.col("status").is_in((*_ACCEPTED, "quarantined", "unreadable")) & because.is_not_null()
    is_alone = pl.any_horizontal(pl.col(name).is_null() for name in _UNIT)
    is_returning = (pl.col("status") == "withdrawn") & because.is_null() & is_alone
    return as_table(
        told.filter(is_leaving | is_returning).with_columns(
            status=pl.when(is_leaving).then(pl.lit("withdrawn")).otherwise(pl.lit("quarantined")),
            reason=pl.when(is_leaving).then(because).otherwise(pl.lit(_GIVEN_BACK)),
        ),
        "quality.submission_version",
    )


def renewed(versions: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The versions with these rows in place of what they were before."""
    return pl.concat([versions.join(rows, on="submission_key", how="anti", maintain_order="left"), rows])


def still_counting(versions: pl.DataFrame, withdrawals: pl.DataFrame) -> pl.DataFrame:
    """The versions that nobody took back; see withdrawn_versions."""
    return versions.join(withdrawals, on=_NUMBERED, how="anti", maintain_order="left")


def without_force(versions: pl.DataFrame, past_versions: pl.DataFrame) -> pl.DataFrame:
    """submission_key of what was in force before the night and, by ``versions`` (its rows of
    quality.submission_version), is so no more."""
    gone = versions.filter(~pl.col("status").is_in(_ACCEPTED)).select("submission_key")
    were = past_versions.filter(pl.col("status").is_in(_ACCEPTED)).select("submission_key")
    return gone.join(were, on="submission_key", how="semi")


def accepted_submissions(
    settled: pl.DataFrame, submissions: pl.DataFrame, catalogue_version: str, reader_version: str
) -> pl.DataFrame:
    """core.dim_submission rows of the versions that come into force."""
    keys = submissions.select("submission_key", "department_key").unique("submission_key", keep="first")
    return as_table(
        settled.filter(pl.col("status").is_in(_ACCEPTED))
        .join(keys, on="submission_key", how="left", maintain_order="left")
        .with_columns(catalogue_version=pl.lit(catalogue_version), reader_version=pl.lit(reader_version)),
        "core.dim_submission",
    )


def received_files(
    receipts: pl.DataFrame, submissions: pl.DataFrame, unreadable: pl.DataFrame, repeated: pl.DataFrame
) -> pl.DataFrame:
    """quality.received_file of the night's receipts; ``unreadable`` has document_key and message, ``repeated``
    document_key, submission_key and reason."""
    keys = submissions.select("document_key", "submission_key").unique("document_key", keep="first")
    others = repeated.select("document_key", repeated_in="submission_key", said="reason")
    is_unreadable = pl.col("message").is_not_null() & (pl.col("outcome") == "taken")
    return as_table(
        receipts.join(keys, on="document_key", how="left", maintain_order="left")
        .join(unreadable.select("document_key", "message"), on="document_key", how="left", maintain_order="left")
        .join(others, on="document_key", how="left", maintain_order="left")
        .with_columns(
            outcome=pl.when(is_unreadable).then(pl.lit("unreadable")).otherwise("outcome"),
            reason=pl.when(is_unreadable).then("message").otherwise(pl.coalesce("reason", "said")),
            submission_key=pl.coalesce("submission_key", "repeated_in"),
        ),
        "quality.received_file",
    )
