"""What all star modules share: the frames' type, conversion to the tables' columns, exact division."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from warehouse.decisions.standing import IDENTITIES
from warehouse.registry import table
from warehouse.schema import conform

StarFrames = dict[str, pl.DataFrame]
"""Qualified table name ("core.fact_headcount") -> frame with exactly that table's columns."""

_WIDE = pl.Decimal(38, 8)
_LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier releases know. ``versions``: submission_key, department_id, fiscal_year, version, status,
    supersedes_key of every version; ``aliases``: project_key, department_id, alias, canonical_name, certainty, basis,
    first_year, last_year. And what people decided: ``identities``, pairs of names that are one project or two (see
    IDENTITIES)."""

    versions: pl.DataFrame
    aliases: pl.DataFrame
    identities: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=IDENTITIES))

    @staticmethod
    def none() -> Past:
        """Before the first release: empty frames."""
        return Past(
            versions=pl.DataFrame(
                schema={
                    "submission_key": pl.Int64(),
                    "department_id": pl.String(),
                    "fiscal_year": pl.Int32(),
                    "version": pl.Int32(),
                    "status": pl.String(),
                    "supersedes_key": pl.Int64(),
                }
            ),
            aliases=pl.DataFrame(
                schema={
                    "project_key": pl.Int64(),
                    "department_id": pl.String(),
                    "alias": pl.String(),
                    "canonical_name": pl.String(),
                    "certainty": pl.String(),
                    "basis": pl.String(),
                    "first_year": pl.Int32(),
                    "last_year": pl.Int32(),
                }
            ),
        )


def as_table(frame: pl.DataFrame, qualified_name: str) -> pl.DataFrame:
    """The frame with exactly the table's columns; what it lacks becomes null."""
    return conform(frame, table(qualified_name))


def of_each(column: str, function: Callable[[str], str]) -> pl.Expr:
    """What the function says of each text of the column, asked once for all equal ones; of none none."""

    def said(texts: pl.Series) -> pl.Series:
        distinct = texts.drop_nulls().unique()
        answers = distinct.map_elements(function, return_dtype=pl.String)
        return texts.replace_strict(distinct, answers, default=None, return_dtype=pl.String)

    return pl.col(column).map_batches(said, return_dtype=pl.String)


def with_first(frame: pl.DataFrame, name: str, group: Sequence[str], *order: pl.Expr) -> pl.DataFrame:
    """The frame with the column ``name``: whether a row is the first of its group in that order; of equal rows the one
    that stands first."""
    place, by = pl.int_range(pl.len()).alias("place"), [each.alias(f"order_{i}") for i, each in enumerate(order)]
    keys = frame.select(*group, place, *by).sort(pl.col("^order_.*$"), maintain_order=True)
    first = keys.unique(group, keep="first", maintain_order=True)["place"]
    return frame.with_columns(place.is_in(first.implode()).alias(name))


def rounded(column: str | pl.Expr, scale: int) -> pl.Expr:
    """A decimal rounded half away from zero, as printed figures are.

    A figure that no table can hold becomes the largest one that it can: beyond every contract's range, so that the
    contract rejects the row with its place instead of the night failing on it.
    """
    expression = pl.col(column) if isinstance(column, str) else column
    held = within(expression, 10 ** (18 - scale) - 1)
    return held.round(scale, mode="half_away_from_zero").cast(pl.Decimal(18, scale))


def whole_number(column: str) -> pl.Expr:
    """A decimal as a whole number; see rounded for figures beyond any range."""
    return within(pl.col(column), 2**31 - 1).cast(pl.Int32)


def within(expression: pl.Expr, limit: int) -> pl.Expr:
    """The expression, kept between -limit and limit."""
    return expression.cast(_WIDE).clip(Decimal(-limit), Decimal(limit))


def share(part: str | pl.Expr, whole: str | pl.Expr) -> pl.Expr:
    """part / whole as an exact DECIMAL(18,6); null when either is null or whole is zero."""
    numerator = within(pl.col(part) if isinstance(part, str) else part, _LARGEST)
    denominator = within(pl.col(whole) if isinstance(whole, str) else whole, _LARGEST)
    return rounded(pl.when(denominator != 0).then(numerator / denominator), 6)
