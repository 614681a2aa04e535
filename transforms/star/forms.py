"""Self-evaluation forms become fact_form, fact_form_funding and fact_indicator; kinds of indicators a dimension."""

from __future__ import annotations

import polars as pl

from transforms.facts.forms.indicators import indicator_kinds
from transforms.star.frames import StarFrames, as_table, rounded, share
from warehouse.keys import key_expression

_AMOUNTS = ("initial_yuan", "adjusted_yuan", "executed_yuan")


def form_facts(
    forms: pl.DataFrame, funding: pl.DataFrame, indicators: pl.DataFrame, spending: pl.DataFrame
) -> StarFrames:
    """The facts of forms joined to their submissions -> core.fact_form, fact_form_funding, fact_indicator.

    A form's project is that of its row in ``spending`` (core.fact_project_spending). The rate of funds is executed ÷
    adjusted, else ÷ initial budget, exact.
    """
    projects = (
        spending.filter(pl.col("listing") == "form")
        .select("submission_key", "project_key", project_name="reported_name")
        .unique(("submission_key", "project_name"), keep="first", maintain_order=True)
    )
    keyed = forms.with_columns(_key("form", "ordinal")).join(
        projects, on=("submission_key", "project_name"), how="left", maintain_order="left"
    )
    of_form = keyed.select("submission_key", "document_key", "project_key", "form_key", form_ordinal="ordinal")
    return {
        "core.fact_form": as_table(
            keyed.with_columns(
                rounded("total_score", 4), rounded("execution_weight", 4), rounded("execution_score", 4)
            ),
            "core.fact_form",
        ),
        "core.fact_form_funding": _funding(_joined(funding, of_form)),
        "core.fact_indicator": _indicators(_joined(indicators, of_form)),
    }


def indicator_dimension() -> pl.DataFrame:
    """core.dim_indicator_kind: the kinds of the lexicon."""
    return as_table(pl.DataFrame(indicator_kinds()), "core.dim_indicator_kind")


def _key(entity: str, ordinal: str) -> pl.Expr:
    return key_expression(entity, "submission_key", "document_key", ordinal).alias(f"{entity}_key")


def _joined(rows: pl.DataFrame, of_form: pl.DataFrame) -> pl.DataFrame:
    return rows.join(of_form, on=("submission_key", "document_key", "form_ordinal"), how="inner", maintain_order="left")


def _funding(rows: pl.DataFrame) -> pl.DataFrame:
    budget = pl.coalesce("adjusted_yuan", "initial_yuan")
    return as_table(
        rows.with_columns(
            _key("form_funding", "ordinal"),
            *(rounded(name, 2) for name in _AMOUNTS),
            execution_rate=share("executed_yuan", budget),
        ),
        "core.fact_form_funding",
    )


def _indicators(rows: pl.DataFrame) -> pl.DataFrame:
    quantities = ("target_value", "actual_value", "weight", "score")
    return as_table(
        rows.with_columns(_key("indicator", "ordinal"), *(rounded(name, 4) for name in quantities)),
        "core.fact_indicator",
    )
