"""The door of the room: facts of a batch of documents and their receipts -> all star frames of the batch."""

from __future__ import annotations

import polars as pl

from transforms.departments.registry import Registry
from transforms.facts.frames import FactFrames
from transforms.star.dimensions import department_keys
from transforms.star.forms import form_facts
from transforms.star.frames import Past, StarFrames, as_table
from transforms.star.measures import scalar_facts
from transforms.star.narrative import narrative_facts
from transforms.star.organisation import organisation_facts
from transforms.star.projects import project_facts
from transforms.star.provenance import provenance
from transforms.star.submissions import submissions_of
from warehouse.keys import key_expression

SUBMISSIONS = "submissions"
"""Key under which the star frames carry the batch's submissions: a row a document (see submissions_of)."""


def conform_batch(facts: FactFrames, receipts: pl.DataFrame, registry: Registry, past: Past) -> StarFrames:
    """Star frames of everything read, accepted or not: which rows become public is the gate's affair.

    ``receipts`` has document_key, file_name, sha256, byte_count, received_at, intake_id. Besides the core tables
    that documents feed (dim_submission waits for the verdict) the result has ``submissions`` and
    quality.unrecognised. Rows of documents without department or year are keyed too, with null department_key.
    """
    submissions = _submissions(facts, receipts, registry, past)
    identity = submissions.select(
        "document_key",
        "submission_key",
        "department_id",
        "department_key",
        "fiscal_year",
        "received_at",
        document_kind="kind",
    )

    def of(group: str) -> pl.DataFrame:
        return facts[group].join(identity, on="document_key", how="inner", maintain_order="left")

    projects = project_facts(of("projects"), past)
    organisation, listings = organisation_facts(of("units"), of("offices"))
    return {
        SUBMISSIONS: submissions,
        "core.dim_document": _documents(submissions),
        **scalar_facts(of("figures"), identity),
        **organisation,
        **projects,
        **form_facts(of("forms"), of("form_funding"), of("indicators"), projects["core.fact_project_spending"]),
        **narrative_facts(of("goals"), of("achievements"), of("problems"), of("measures")),
        "core.provenance": provenance(facts, submissions, listings),
        "quality.unrecognised": _unrecognised(of("unrecognised")),
    }


def _submissions(facts: FactFrames, receipts: pl.DataFrame, registry: Registry, past: Past) -> pl.DataFrame:
    submissions = submissions_of(facts["documents"], receipts, past)
    keys = department_keys(registry, submissions["fiscal_year"].drop_nulls())
    return submissions.join(keys, on=("department_id", "fiscal_year"), how="left", maintain_order="left")


def _documents(submissions: pl.DataFrame) -> pl.DataFrame:
    return as_table(submissions, "core.dim_document")


def _unrecognised(rows: pl.DataFrame) -> pl.DataFrame:
    keyed = rows.with_columns(
        unrecognised_key=key_expression("unrecognised", "submission_key", "document_key", "ordinal")
    )
    return as_table(keyed, "quality.unrecognised")
