"""The door of the room: facts of a batch of documents and their receipts -> all star frames of the batch."""

from __future__ import annotations

import polars as pl

from transforms.departments.registry import Registry
from transforms.facts.frames import FACT_SCHEMAS, FactFrames
from transforms.star.dimensions import department_keys
from transforms.star.forms import form_facts
from transforms.star.frames import Past, StarFrames, as_table
from transforms.star.measures import scalar_facts
from transforms.star.narrative import goals_once, narrative_facts
from transforms.star.organisation import organisation_facts
from transforms.star.parts import REPORT, tied
from transforms.star.places import with_places
from transforms.star.projects import KEPT_ALIASES, project_facts
from transforms.star.provenance import provenance
from transforms.star.submissions import submissions_of
from warehouse.keys import key_expression

SUBMISSIONS, EARLIER, REPEATED = "submissions", "earlier", "repeated"
"""Keys under which the star frames carry what submissions_of said of the batch."""
BESIDE_TABLES = (SUBMISSIONS, EARLIER, REPEATED, KEPT_ALIASES)
"""The star frames that are no tables."""


def conform_batch(facts: FactFrames, receipts: pl.DataFrame, registry: Registry, past: Past) -> StarFrames:
    """Star frames of everything read, accepted or not: which rows become public is the gate's affair.

    ``receipts`` has document_key, file_name, sha256, byte_count, received_at, intake_id, is_new, again_key. Besides the
    core tables that documents feed (dim_submission waits for the verdict) the result has ``submissions``, ``earlier``,
    ``repeated``, ``kept_aliases``, quality.unrecognised and quality.sentence. Rows of documents without department or
    year are keyed too, with null department_key.
    """
    submissions, earlier, repeated = submissions_of(facts, receipts, past)
    keys = department_keys(registry, submissions["fiscal_year"].drop_nulls())
    submissions = submissions.join(keys, on=("department_id", "fiscal_year"), how="left", maintain_order="left")
    rows = {group: tied(facts, group, submissions) for group in FACT_SCHEMAS if group != "sources"}
    rows["goals"] = goals_once(rows["goals"], submissions)
    rows = with_places(rows, facts["sources"])
    projects = project_facts(rows["projects"], past)
    organisation, listings = organisation_facts(rows["units"], rows["offices"])
    return {
        SUBMISSIONS: submissions,
        EARLIER: earlier,
        REPEATED: repeated,
        "core.dim_document": _documents(submissions),
        **scalar_facts(rows["figures"], submissions),
        **organisation,
        **projects,
        **form_facts(rows["forms"], rows["form_funding"], rows["indicators"], projects["core.fact_project_spending"]),
        **narrative_facts(rows["goals"], rows["achievements"], rows["problems"], rows["measures"]),
        "core.provenance": provenance(facts["sources"], rows, listings),
        "quality.unrecognised": _unrecognised(rows["unrecognised"]),
        "quality.sentence": _sentences(rows["sentences"], submissions),
    }


def _documents(submissions: pl.DataFrame) -> pl.DataFrame:
    return as_table(submissions, "core.dim_document")


def _unrecognised(rows: pl.DataFrame) -> pl.DataFrame:
    keyed = rows.with_columns(
        unrecognised_key=key_expression("unrecognised", "submission_key", "document_key", "ordinal")
    )
    return as_table(keyed, "quality.unrecognised")


def _sentences(rows: pl.DataFrame, submissions: pl.DataFrame) -> pl.DataFrame:
    """Those of reports: forms are alike by their nature."""
    reports = submissions.filter(pl.col("kind") == REPORT).select("submission_key", "document_key")
    return as_table(rows.join(reports, on=["submission_key", "document_key"], how="semi"), "quality.sentence")
