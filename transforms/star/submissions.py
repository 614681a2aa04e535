"""Which documents make which submission, and which version it is. What became of it is decided by the gate."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from transforms.facts.frames import FactFrames
from transforms.star.frames import Past
from transforms.star.parts import REPORT, all_parts
from transforms.star.standing import UNIT, standing
from warehouse.keys import key_expression
from warehouse.ledger.states import IN_FORCE, WITHDRAWN

_RECEIPT = ("document_key", "file_name", "sha256", "byte_count", "received_at", "intake_id", "is_new", "again_key")
_KIND_ORDER = {"overall_report": 0, "overall_form": 1, "project_form": 2}
_IN_ORDER = (
    pl.col("kind").replace_strict(_KIND_ORDER, default=3, return_dtype=pl.Int8),
    pl.col("file_name"),
    pl.col("document_key"),
)
"""How the documents of a version follow each other."""


class Assigned(NamedTuple):
    """``submissions``: a row a submission and document (see submissions_of). ``earlier``: submission_key, document_key,
    parts of what counted until the submission arrived: the version before it. ``repeated``: the documents that only
    repeat another: document_key, reason (a Chinese sentence), submission_key of the version that holds the other."""

    submissions: pl.DataFrame
    earlier: pl.DataFrame
    repeated: pl.DataFrame


def submissions_of(facts: FactFrames, receipts: pl.DataFrame, past: Past) -> Assigned:
    """The versions that new documents make, each with all documents that count in it.

    ``receipts`` has at least document_key, file_name, sha256, byte_count, received_at, intake_id, and is_new: false for
    documents of earlier versions, read again because they may still count, or because the version that they came for is
    judged again: then ``again_key`` is its submission_key, which it keeps with its number. The rows are the
    ``documents`` facts joined with their receipts, keyed and versioned, the report first; besides they have parts (of
    the document that count), supersedes_key (the version in force before, or null), is_new, and conflict (a Chinese
    sentence when one intake brought two different reports of one department and year, else null); received_at is that
    of the version. A document of unknown kind, or without department or year, is a submission by itself.
    """
    read = _read(facts["documents"], receipts)
    is_identified = pl.col("department_id").is_not_null() & pl.col("fiscal_year").is_not_null()
    is_placed = is_identified & (pl.col("kind") != "unknown")
    counting, before, repeated = standing(facts, read.filter(is_placed))
    alone = read.filter(~is_placed & pl.col("is_new")).select(
        *UNIT,
        "arrival",
        "document_key",
        variant=pl.lit(None, dtype=pl.Int32),
        conflict=pl.lit(None, dtype=pl.String),
    )
    alone = alone.join(all_parts(facts, alone), on="document_key", how="left")
    members = pl.concat([counting.select(alone.columns), alone])
    rows = members.join(read.drop(*UNIT, "is_judged").rename({"arrival": "came_with"}), on="document_key", how="inner")
    versioned = _versioned(_with_own_keys(rows), past)
    return Assigned(versioned.drop("arrival"), _earlier(versioned, before, read), _repeated(repeated, versioned, past))


def _earlier(versioned: pl.DataFrame, before: pl.DataFrame, read: pl.DataFrame) -> pl.DataFrame:
    versions = versioned.select("submission_key", *UNIT, "arrival").unique()
    found = versions.join(before, on=(*UNIT, "arrival"), how="inner")
    named = found.join(read.select("document_key", "kind", "file_name"), on="document_key", how="left")
    return named.sort("submission_key", *_IN_ORDER).select("submission_key", "document_key", "parts")


def _read(documents: pl.DataFrame, receipts: pl.DataFrame) -> pl.DataFrame:
    read = documents.join(receipts.select(_RECEIPT), on="document_key", how="inner")
    return read.with_columns(
        # By the intake first: identifiers follow each other also where a clock was set back.
        arrival=pl.struct("intake_id", "received_at").rank("dense").cast(pl.Int64),
        is_judged=pl.col("is_new") | pl.col("again_key").is_not_null(),
    )


def _with_own_keys(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with ``again_key`` of the version that each belongs to: that of its own report, or of what else came with
    its arrival. Of two arrivals that would be one version the last is it."""
    came_for = pl.when(pl.col("came_with") == pl.col("arrival")).then("again_key")
    of_report = pl.when(pl.col("kind") == REPORT).then(came_for)
    version = (*UNIT, "arrival", "variant")
    keyed = rows.with_columns(
        again_key=pl.coalesce(each.drop_nulls().first().over(version) for each in (of_report, came_for))
    )
    is_last = pl.col("arrival") == pl.col("arrival").max().over("again_key")
    return keyed.filter(pl.col("again_key").is_null() | is_last).drop("came_with")


def _versioned(rows: pl.DataFrame, past: Past) -> pl.DataFrame:
    is_identified = pl.col("department_id").is_not_null() & pl.col("fiscal_year").is_not_null()
    is_again = pl.col("again_key").is_not_null()
    last = past.versions.group_by(UNIT).agg(pl.col("version").max().alias("last_version"))
    known = past.versions.select(
        again_key="submission_key",
        known_version="version",
        known_supersedes="supersedes_key",
        was_withdrawn=pl.col("status") == WITHDRAWN,
    )
    alone = pl.when(pl.col("variant").is_null()).then("file_name").fill_null("")
    which = pl.struct("arrival", pl.col("variant").fill_null(-1), alone).rank("dense").over(*UNIT, is_again)
    next_version = pl.when(is_identified).then(pl.col("last_version").fill_null(0) + which).otherwise(1)
    is_in_force = pl.col("again_key") == pl.col("in_force")
    return (
        rows.join(last, on=UNIT, how="left")
        .join(_in_force(past), on=UNIT, how="left")
        .join(known, on="again_key", how="left")
        .with_columns(
            version=pl.coalesce("known_version", next_version).cast(pl.Int32),
            supersedes_key=pl.when(is_in_force)
            .then("known_supersedes")
            .otherwise(pl.coalesce("in_force", pl.when("was_withdrawn").then("known_supersedes"))),
        )
        .with_columns(
            submission_key=pl.when(is_identified)
            .then(key_expression("submission", "department_id", "fiscal_year", "version"))
            .otherwise(key_expression("submission", pl.lit("unidentified"), "sha256"))
        )
        .with_columns(received_at=pl.col("received_at").max().over("submission_key"))
        .sort("received_at", *UNIT, "version", *_IN_ORDER)
        .drop("last_version", "known_version", "known_supersedes", "was_withdrawn", "in_force", "variant", "again_key")
    )


def _in_force(past: Past) -> pl.DataFrame:
    """The version in force of each department and year that has one."""
    return (
        past.versions.filter(pl.col("status").is_in(IN_FORCE))
        .sort("version")
        .group_by(UNIT, maintain_order=True)
        .agg(pl.col("submission_key").last().alias("in_force"))
    )


def _repeated(repeated: pl.DataFrame, versioned: pl.DataFrame, past: Past) -> pl.DataFrame:
    """Each file that repeats another, with the last version of its department and year."""
    versions = pl.concat(
        [past.versions.select(*UNIT, "version", "submission_key"), versioned.select(*UNIT, "version", "submission_key")]
    )
    last = versions.drop_nulls(UNIT).group_by(UNIT).agg(pl.col("submission_key").sort_by("version").last())
    return repeated.join(last, on=UNIT, how="left").select(
        "document_key",
        "submission_key",
        reason=pl.concat_str(pl.lit("与“"), "repeats", pl.lit("”内容相同（另一种格式），只计一份。")),
    )
