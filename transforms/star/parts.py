"""Parts of documents: the text of one is a part, each self-evaluation form in it another. Facts tied to submissions.

A newer form may stand for one in an older file whose other parts still count; which parts count is decided elsewhere.
"""

from __future__ import annotations

import polars as pl

from transforms.facts.frames import FACT_SCHEMAS, FactFrames
from transforms.star.frames import of_each
from transforms.star.project_names import matching_name

BODY = -1
"""The part that is the document's own text; forms bear their ordinals."""
REPORT, OVERALL_FORM, PROJECT_FORM = "overall_report", "overall_form", "project_form"
_FORM_KINDS = (OVERALL_FORM, PROJECT_FORM)
_OF_PARTS = ("forms", "projects")
"""Groups whose facts stand in any part of a document, beside those that name their form; others stand in its text."""
_KEYS = ("submission_key", "department_id", "department_key", "fiscal_year", "received_at")


def parts_of(facts: FactFrames) -> pl.DataFrame:
    """document_key, part, slot: a row a part that can be replaced by a newer one of the same slot: the report, the
    overall form, the form of a project. Documents of unknown kind have none."""
    documents = facts["documents"].select("document_key", "kind", "title")
    name = of_each("project_name", matching_name).fill_null("")
    forms = facts["forms"].select("document_key", part="ordinal", slot=pl.concat_str("kind", pl.lit(":"), name))
    is_formless = pl.col("kind").is_in(_FORM_KINDS) & ~pl.col("document_key").is_in(forms["document_key"].implode())
    bodies = documents.filter((pl.col("kind") == REPORT) | is_formless).select(
        "document_key",
        part=pl.lit(BODY, dtype=pl.Int32),
        slot=pl.when(pl.col("kind") == REPORT)
        .then("kind")
        .otherwise(pl.concat_str("kind", pl.lit("/"), pl.col("title").fill_null(""))),
    )
    return pl.concat([bodies, forms])


def tied(facts: FactFrames, group: str, submissions: pl.DataFrame) -> pl.DataFrame:
    """The facts of a group in the parts that count, once for each submission that their document belongs to, in the
    order of ``submissions``: with its submission_key, department_id, department_key, fiscal_year, received_at.

    ``submissions`` has a row a submission and document, with the list ``parts`` of those that count.
    """
    rows = facts.get(group, pl.DataFrame(schema=FACT_SCHEMAS[group]))
    keys = submissions.select("document_key", "parts", *(key for key in _KEYS if key in submissions.columns))
    rows = rows.drop(name for name in _KEYS if name in rows.columns)
    if group not in _OF_PARTS and "form_ordinal" not in rows.columns:
        whole = keys if group == "documents" else keys.filter(pl.col("parts").list.contains(BODY))
        return _joined(whole.drop("parts"), rows)
    joined = _joined(keys, _with_part(rows, group, facts["forms"]))
    return joined.filter(pl.col("parts").list.contains(pl.col("part"))).drop("parts", "part")


def _joined(keys: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    return keys.join(rows, on="document_key", how="inner", maintain_order="left_right")


def counting_parts(parts: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The parts that count with the text of their documents, where that counts as well: of a report only when it is
    the one that counts, of an overall form with that form, of forms of projects with any of them.

    ``parts`` has document_key, part and slot; ``documents`` document_key and kind.
    """
    kinds = parts.join(documents.select("document_key", "kind"), on="document_key", how="left", maintain_order="left")
    leads = pl.col("slot").str.starts_with(OVERALL_FORM) | (pl.col("kind") == PROJECT_FORM)
    bodies = kinds.filter((pl.col("kind") != REPORT) & leads).with_columns(part=pl.lit(BODY, dtype=pl.Int32))
    return pl.concat([parts, bodies.select(parts.columns)])


def all_parts(facts: FactFrames, documents: pl.DataFrame) -> pl.DataFrame:
    """document_key, parts: the text and every form of each document."""
    bodies = documents.select("document_key", part=pl.lit(BODY, dtype=pl.Int32))
    forms = facts["forms"].select("document_key", part="ordinal").join(bodies, on="document_key", how="semi")
    parts = pl.concat([bodies, forms]).group_by("document_key", maintain_order=True)
    return parts.agg(parts="part")


def _with_part(rows: pl.DataFrame, group: str, forms: pl.DataFrame) -> pl.DataFrame:
    """The rows of forms and projects with the part of the document that each stands in."""
    if group == "forms":
        return rows.with_columns(part="ordinal")
    if "form_ordinal" in rows.columns:
        return rows.with_columns(part="form_ordinal")
    body = pl.lit(BODY, dtype=pl.Int32)
    of_form = (
        forms.filter(pl.col("project_name").is_not_null())
        .select("document_key", name="project_name", form="ordinal", listing=pl.lit("form"))
        .unique(("document_key", "name"), keep="last", maintain_order=True)
    )
    joined = rows.join(of_form, on=("document_key", "name", "listing"), how="left", maintain_order="left")
    return joined.with_columns(part=pl.col("form").fill_null(body)).drop("form")
