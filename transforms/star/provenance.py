"""Provenance to the cell: each measured value's document, place and raw text, keyed by the fact it feeds."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from transforms.star.frames import as_table
from transforms.star.measures import BUDGET, HEADCOUNT_PREFIX, agreeing
from warehouse.keys import key_expression
from warehouse.registry import table

_BY_ORDINAL = {
    "projects": ("fact_project_spending", "project_spending"),
    "forms": ("fact_form", "form"),
    "form_funding": ("fact_form_funding", "form_funding"),
    "indicators": ("fact_indicator", "indicator"),
    "goals": ("fact_goal", "goal"),
    "achievements": ("fact_achievement", "achievement"),
    "problems": ("fact_problem", "problem"),
    "measures": ("fact_measure", "measure"),
}


def provenance(
    sources: pl.DataFrame, rows: Mapping[str, pl.DataFrame], listings: dict[str, pl.DataFrame]
) -> pl.DataFrame:
    """core.provenance of all facts that were taken.

    ``rows``: group -> facts tied to their submissions. ``listings`` maps ``units`` and ``offices`` to frames
    submission_key, document_key, ordinal, row_key: their keys rest on names.
    """
    parts = [
        *(_of_facts(sources, group, rows[group], *target) for group, target in _BY_ORDINAL.items()),
        *(
            _placed(sources, group, keyed, "row_key").with_columns(table_name=pl.lit(f"fact_{entity}"))
            for (group, keyed), entity in zip(listings.items(), ("budget_unit", "internal_office"), strict=True)
        ),
        _figures(sources, rows["figures"]),
    ]
    columns = ("table_name", "row_key", "column_name", "submission_key", "document_key", *PLACE, "raw_text")
    everything = pl.concat([part.rename({"column": "column_name"}).select(columns) for part in parts])
    places = everything.select("row_key", "column_name", "document_key", *PLACE)
    is_once = places.hash_rows().n_unique() == places.height  # where hashes meet, rows are held against each other
    return as_table(everything if is_once else everything.unique(maintain_order=True), "core.provenance")


PLACE = ("page", "line", "table_number", "row_number", "column_number")
"""Where in its document a value stands."""


def _placed(sources: pl.DataFrame, group: str, rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The places of the group's rows, once for each submission that has the row."""
    taken = rows.select("submission_key", "document_key", "ordinal", *columns)
    return sources.filter(pl.col("group") == group).join(
        taken,
        left_on=("document_key", "row_ordinal"),
        right_on=("document_key", "ordinal"),
        how="inner",
        maintain_order="left",
    )


def _of_facts(sources: pl.DataFrame, group: str, rows: pl.DataFrame, table_name: str, entity: str) -> pl.DataFrame:
    """The places of facts that are keyed by their ordinals; a fact has several, and its key is reckoned once."""
    key = key_expression(entity, "submission_key", "document_key", "ordinal")
    keyed = rows.select("submission_key", "document_key", "ordinal", row_key=key)
    return _placed(sources, group, keyed, "row_key").with_columns(table_name=pl.lit(table_name))


def _figures(sources: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """The mentions that the facts take, and those of other documents that say the same; figures that are evidence only
    (years, counts of parts) have no value in a fact and stay out."""
    is_value = pl.col("name").is_in(table(BUDGET).column_names) | pl.col("name").str.starts_with(HEADCOUNT_PREFIX)
    stated = agreeing(figures).filter(is_value)
    is_headcount = pl.col("name").str.starts_with(HEADCOUNT_PREFIX)
    kind = pl.col("name").str.strip_prefix(HEADCOUNT_PREFIX)
    return _placed(sources, "figures", stated, "name").with_columns(
        table_name=pl.when(is_headcount).then(pl.lit("fact_headcount")).otherwise(pl.lit("fact_department_budget")),
        row_key=pl.when(is_headcount)
        .then(key_expression("headcount", "submission_key", kind))
        .otherwise("submission_key"),
        column=pl.when(is_headcount).then(pl.lit("people")).otherwise("name"),
    )
