"""Budget units and internal offices: a dimension row each, and a factless fact row a listing."""

from __future__ import annotations

import polars as pl

from transforms.language.lexicon import load_data
from transforms.language.text import normalise
from transforms.star.frames import StarFrames, as_table, of_each
from warehouse.keys import key_expression


def organisation_facts(units: pl.DataFrame, offices: pl.DataFrame) -> tuple[StarFrames, dict[str, pl.DataFrame]]:
    """dim_budget_unit, fact_budget_unit, dim_internal_office, fact_internal_office of all submissions; and by group
    (``units``, ``offices``) the key of each listed row: submission_key, document_key, ordinal, row_key."""
    keyed_units = _keyed(units, "budget_unit", "unit_listing").with_columns(unit_kind=_unit_kind("name"))
    keyed_offices = _keyed(offices, "internal_office", "office_listing")
    star = {
        "core.dim_budget_unit": _dimension(keyed_units, "budget_unit"),
        "core.fact_budget_unit": _listing(keyed_units, "budget_unit", "unit_listing_key"),
        "core.dim_internal_office": _dimension(keyed_offices, "internal_office"),
        "core.fact_internal_office": _listing(keyed_offices, "internal_office", "office_listing_key"),
    }
    rows = {
        "units": keyed_units.select("submission_key", "document_key", "ordinal", row_key="unit_listing_key"),
        "offices": keyed_offices.select("submission_key", "document_key", "ordinal", row_key="office_listing_key"),
    }
    return star, rows


def _keyed(listed: pl.DataFrame, entity: str, listing: str) -> pl.DataFrame:
    return (
        listed.with_columns(matching_name=of_each("name", normalise))
        .with_columns(key_expression(entity, "department_id", "matching_name").alias(f"{entity}_key"))
        .with_columns(key_expression(listing, "submission_key", f"{entity}_key").alias(f"{listing}_key"))
    )


def _listing(keyed: pl.DataFrame, entity: str, listing_key: str) -> pl.DataFrame:
    """A unit named twice in one submission is listed once."""
    return as_table(keyed.unique(listing_key, keep="first", maintain_order=True), f"core.fact_{entity}")


def _dimension(keyed: pl.DataFrame, entity: str) -> pl.DataFrame:
    """The newest description of each unit or office wins."""
    newest = keyed.sort("fiscal_year", "received_at", "document_key", "ordinal").unique(
        f"{entity}_key", keep="last", maintain_order=True
    )
    return as_table(newest, f"core.dim_{entity}")


def _unit_kind(column: str) -> pl.Expr:
    """The kind that the end of a unit's name says, by the room's word list; null when it says nothing."""
    return pl.coalesce(
        *(pl.when(pl.col(column).str.ends_with(entry["ending"])).then(pl.lit(entry["kind"])) for entry in _endings()),
        pl.lit(None, dtype=pl.String),
    )


def _endings() -> list[dict[str, str]]:
    entries: list[dict[str, str]] = load_data("unit_kinds")["endings"]
    return entries
