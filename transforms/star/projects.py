"""Project tables become fact_project_spending, dim_project and bridge_project_alias."""

from __future__ import annotations

import polars as pl

from transforms.language.text import normalise
from transforms.star.frames import Past, StarFrames, as_table, of_each, rounded, share, with_first
from transforms.star.functions import suggested_function
from transforms.star.identity import Identity, identify
from warehouse.keys import key_expression

KEPT_ALIASES = "kept_aliases"
"""Key under which the star frames carry the aliases that projects of the batch had before, not seen in it."""

_LISTING_ORDER = {"task": 0, "key": 1, "form": 2, "plan": 3}
_ROLE_ORDER = {"adjusted": 0, "unspecified": 1, "initial": 2}


def project_facts(rows: pl.DataFrame, past: Past) -> StarFrames:
    """``rows`` (project facts joined with submission_key, department_id, department_key, fiscal_year) -> the fact,
    the dimension and the bridge; and KEPT_ALIASES.

    Exactly one row of a project and submission that carries an amount is primary: a task table beats a key-project
    table, an adjusted budget an initial one, then the first row.
    """
    identity = identify(rows, past)
    keyed = rows.join(
        identity.names.select("department_id", "name", "project_key"),
        on=("department_id", "name"),
        how="left",
        maintain_order="left",
        nulls_equal=True,
    )
    return {
        "core.fact_project_spending": _spending(keyed),
        "core.dim_project": _projects(keyed, identity, past),
        "core.bridge_project_alias": _aliases(identity.names.rename({"name": "alias"}), identity.proposals),
        KEPT_ALIASES: _aliases(identity.kept),
    }


def _spending(keyed: pl.DataFrame) -> pl.DataFrame:
    carries_amount = pl.col("budget_yuan").is_not_null() | pl.col("spent_yuan").is_not_null()
    order = (
        (~carries_amount).cast(pl.Int8),
        pl.col("listing").replace_strict(_LISTING_ORDER, return_dtype=pl.Int8),
        pl.col("amount_role").replace_strict(_ROLE_ORDER, return_dtype=pl.Int8),
        pl.col("table_number"),
        pl.col("row_number"),
        pl.col("ordinal"),
    )
    keyed = with_first(keyed, "is_first", ("submission_key", "project_key"), *order).with_columns(
        is_primary=carries_amount & pl.col("is_first"),
        project_spending_key=key_expression("project_spending", "submission_key", "document_key", "ordinal"),
    )
    for words in ("goal", "completion"):
        keyed = _with_own(keyed, words)
    return as_table(
        keyed.with_columns(
            rounded("budget_yuan", 2),
            rounded("spent_yuan", 2),
            stated_execution_rate=rounded("stated_rate", 6),
            reported_name="name",
            execution_rate=share("spent_yuan", "budget_yuan"),
        ),
        "core.fact_project_spending",
    )


def _with_own(keyed: pl.DataFrame, words: str) -> pl.DataFrame:
    """The rows with ``has_own_…``: whether a row is the first of a submission with these words beside its name; primary
    rows come first, and of rows at the same place in two files that of the least key."""
    order = (~pl.col("is_primary"), pl.col("table_number"), pl.col("row_number"), pl.col("project_spending_key"))
    placed = with_first(keyed, "is_first", ("submission_key", "name", words), *order)
    is_own = (pl.col("is_first") & (pl.col(words) != "")).fill_null(False)
    return placed.with_columns(is_own.alias(f"has_own_{words}"))


def _projects(keyed: pl.DataFrame, identity: Identity, past: Past) -> pl.DataFrame:
    years = keyed.group_by("project_key").agg(
        department_id=pl.col("department_id").first(),
        first_seen=pl.col("fiscal_year").min(),
        last_seen=pl.col("fiscal_year").max(),
    )
    canonical = identity.names.group_by("project_key").agg(pl.col("canonical_name").sort().first())
    known = past.aliases.group_by("project_key").agg(pl.col("first_year").min(), pl.col("last_year").max())
    return as_table(
        years.join(canonical, on="project_key", how="left")
        .join(_suggested(canonical), on="canonical_name", how="left")
        .join(known, on="project_key", how="left")
        .with_columns(
            first_year=pl.min_horizontal("first_year", "first_seen"),
            last_year=pl.max_horizontal("last_year", "last_seen"),
        )
        .sort("project_key"),
        "core.dim_project",
    )


def _suggested(named: pl.DataFrame) -> pl.DataFrame:
    """canonical_name, function_code, function_basis: what each name suggests, which many projects may bear."""
    code, basis = suggested_function(pl.col("matching_name"))
    names = named.select(pl.col("canonical_name").unique()).with_columns(
        matching_name=of_each("canonical_name", normalise)
    )
    return names.select("canonical_name", function_code=code, function_basis=basis)


def _aliases(*parts: pl.DataFrame) -> pl.DataFrame:
    """core.bridge_project_alias of the parts; of one alias the first counts."""
    columns = ("project_key", "alias", "certainty", "basis")
    return as_table(
        pl.concat(part.select(columns) for part in parts)
        .unique(("project_key", "alias"), keep="first", maintain_order=True)
        .sort("project_key", "alias"),
        "core.bridge_project_alias",
    )
