"""Evidence on how the report is built: tables, numbered headings and announced lists (S04 to S07, C07, C20, C21)."""

from __future__ import annotations

import polars as pl

from expectations.evidence.material import Material, before, evidence, is_first, with_bare_documents
from expectations.evidence.tables import of_formulas
from transforms.documents.model import WITHOUT_FIGURE
from transforms.documents.tables.error_cells import NO_FIGURE

_MOST_CELLS = 10
_LONGEST_FORMULA = 40
_FORMS = ("overall_form", "project_form")
_LOWEST_COUNTED_LEVEL = 2
_WITHIN = r"^(\d+(?:\.\d+)*)\.\d"
"""The number of the heading above, where a label repeats it: 2 of 2.1."""
"""Headings down to （一） count on without a break; a list below may begin anew."""


def project_tables(material: Material) -> pl.DataFrame:
    """A row a submission that is more than forms: ``table_count``, its project tables that were recognised, forms of
    projects among them; ``any_count``, tables of whatever content outside forms."""
    reports = (
        material.rows("documents")
        .join(_forms(material), on="document_key", how="anti")
        .group_by("submission_key")
        .agg(any_count=pl.col("table_count").sum().cast(pl.Int32))
    )
    forms = material.rows("forms").filter(pl.col("project_name").is_not_null())
    each = pl.concat([material.rows("tables").select("submission_key"), forms.select("submission_key")])
    tables = each.group_by("submission_key").agg(table_count=pl.len().cast(pl.Int32))
    submissions = material.submissions.join(reports, on="submission_key", maintain_order="left")
    titles = submissions.with_columns(line=pl.col("title_line").fill_null(1), raw_text="title")
    counted = titles.join(tables, on="submission_key", how="left", maintain_order="left")
    return evidence(counted, pl.col("title").alias("subject"), pl.col("table_count").fill_null(0), "any_count")


def form_documents(material: Material) -> pl.DataFrame:
    """A row a file; ``form_count``, the forms that were read in it, of one that is a form by its title."""
    read = material.rows("forms").group_by("document_key").agg(form_count=pl.len().cast(pl.Int32))
    documents = material.rows("documents").join(_forms(material), on="document_key", how="semi", maintain_order="left")
    titled = documents.with_columns(line=pl.col("title_line").fill_null(1), raw_text="title")
    counted = titled.join(read, on="document_key", how="left", maintain_order="left")
    rows = evidence(counted, pl.col("title").alias("subject"), pl.col("form_count").fill_null(0))
    return with_bare_documents(rows, material)


def _forms(material: Material) -> pl.DataFrame:
    """document_key of the files that are forms."""
    return material.rows("documents").filter(pl.col("kind").is_in(_FORMS)).select("document_key").unique()


def cells_without_figure(material: Material) -> pl.DataFrame:
    """A row a file or table with cells that show no figure where a formula stands: ``kind``, formula_without_result or
    error_cell, ``cell_count`` of them, the first of them as ``cells`` (line and formula; ``more``: 等 where
    some are left out), and the place of the first; a row without those where a file has none. Rows of projects whose
    amount is an error are C37's."""
    texts = [pl.col(name).fill_null("").str.strip_chars() for name in ("budget_text", "spent_text")]
    is_error = pl.any_horizontal(text.str.contains(NO_FIGURE) & ~of_formulas(text) for text in texts)
    amounts = material.rows("projects").filter(is_error).select("document_key", "line", kind=pl.lit("error_cell"))
    notes = material.rows("notes").filter(pl.col("kind").is_in([kind.value for kind in WITHOUT_FIGURE]))
    notes = notes.join(amounts, on=("document_key", "line", "kind"), how="anti").sort("document_key", "ordinal")
    together = ("document_key", "table_number", "kind")
    line = pl.when(pl.col("line").is_not_null()).then(pl.format("第{}行", "line")).otherwise(pl.lit(""))
    cell = pl.concat_str(line, pl.lit("“"), pl.col("detail").str.slice(0, _LONGEST_FORMULA), pl.lit("”"))
    counted = notes.with_columns(
        cell_count=pl.len().over(together).cast(pl.Int32),
        cells=cell.implode().over(together, mapping_strategy="join").list.head(_MOST_CELLS),
    )
    placed = counted.filter(is_first(together)).with_columns(raw_text="detail")
    more = pl.when(pl.col("cell_count") > _MOST_CELLS).then(pl.lit("等")).otherwise(pl.lit("")).alias("more")
    rows = evidence(placed, pl.col("detail").alias("subject"), "kind", "cell_count", "cells", more)
    return with_bare_documents(rows, material)


def headings(material: Material) -> pl.DataFrame:
    """A row a numbered heading, those of forms left out: ``observed`` its number; ``expected`` the number after its
    sibling before it (2.1 is none of 1.4);
    ``by_position`` the number that its position gives when that sibling was itself numbered wrongly;
    ``running`` the number after the last heading of its style; ``is_first`` among its siblings;
    ``is_counted`` where numbering may not begin anew; ``begins_at_one`` where it must begin at one (Chinese
    numerals: of 1. and 1.1 some may be items that do not stand out as headings); ``previous_text``, ``label``."""
    numbered = (
        material.rows("headings")
        .filter(pl.col("number").is_not_null())
        .join(_forms(material), on="document_key", how="anti", maintain_order="left")
    )
    siblings = ("document_key", "parent", "style", "within")
    label = pl.col("label").fill_null("")
    placed = material.placed(
        numbered.with_columns(raw_text=pl.concat_str(label, "text"), within=label.str.extract(_WITHIN)), "headings"
    )
    number = pl.col("number")
    is_counted = pl.col("level") <= _LOWEST_COUNTED_LEVEL
    sibling, of_style = before(placed, *siblings), before(placed, "document_key", "style")
    one_before, two_before = number.gather(sibling), number.gather(sibling.gather(sibling))
    return evidence(
        placed,
        pl.col("text").alias("subject"),
        pl.col("label").fill_null(""),
        number.alias("observed"),
        pl.coalesce(one_before + 1, pl.lit(1)).cast(pl.Int32).alias("expected"),
        pl.when(one_before != two_before + 1).then(two_before + 2).alias("by_position"),
        (number.gather(of_style) + 1).alias("running"),
        one_before.is_null().alias("is_first"),
        is_counted.alias("is_counted"),
        (is_counted & pl.col("style").str.contains("[一二三四五六七八九十]")).fill_null(False).alias("begins_at_one"),
        pl.col("raw_text").gather(sibling).alias("previous_text"),
    )


def enumerations(material: Material) -> pl.DataFrame:
    """A row an announced list: ``stated`` the announced number, ``listed`` the items that follow."""
    placed = material.placed(material.rows("enumerations").with_columns(raw_text="text"), "enumerations")
    return evidence(placed, pl.col("text").alias("subject"), "stated", "listed")


def problems(material: Material) -> pl.DataFrame:
    """A row a submission with problems: ``problem_count``, ``measure_count``, and ``unanswered``, the titles of
    problems that no measure seems to answer (a proposal: it is told, never judged)."""
    stated = material.placed(material.rows("problems"), "problems")
    measures = material.rows("measures")
    answered = (
        measures.select("submission_key", pl.col("answers").alias("position")).explode("position").drop_nulls().unique()
    )
    unanswered = stated.join(answered, on=("submission_key", "position"), how="anti", maintain_order="left")
    counted = (
        stated.filter(is_first("submission_key"))
        .join(stated.group_by("submission_key").agg(problem_count=pl.len().cast(pl.Int32)), on="submission_key")
        .join(
            measures.group_by("submission_key").agg(measure_count=pl.len().cast(pl.Int32)),
            on="submission_key",
            how="left",
        )
        .join(
            unanswered.group_by("submission_key", maintain_order=True).agg(unanswered=pl.col("title")),
            on="submission_key",
            how="left",
        )
        .sort("submission_key")
    )
    return evidence(
        counted,
        pl.lit("问题与措施").alias("subject"),
        "problem_count",
        pl.col("measure_count").fill_null(0),
        "unanswered",
    )
