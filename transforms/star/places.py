"""Places that facts carry themselves: where the words of a row stand first, and whether a cell is a row's own.

Every place of every value is the affair of provenance.py.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from transforms.star.provenance import PLACE
from warehouse.keys import key_expression

_ON = ("document_key", "ordinal")
_CELL = ("document_key", *PLACE)
_WORDS = (
    ("goals", "goal", "words_"),
    ("achievements", "value", "words_"),
    ("problems", "title", "words_"),
    ("measures", "title", "words_"),
    ("projects", "goal", "goal_"),
    ("projects", "completion", "completion_"),
)
"""Group, the column whose words count, and what stands before the names page and line."""
_POINTS = ("weight", "score")


def with_places(rows: Mapping[str, pl.DataFrame], sources: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The facts of every group, where they have words with ``words_document_key`` and the page and line of the first
    place of these, indicators with ``has_own_weight`` and ``has_own_score``: of indicators that share a cell true for
    that of the least key alone, as what is published tells no order of them."""
    placed = dict(rows)
    for group, column, prefix in _WORDS:
        joined = _joined(placed[group], _first_places(_sources_of(sources, group, column), prefix))
        placed[group] = joined.with_columns(words_document_key="document_key")
    placed["indicators"] = _with_own_points(placed["indicators"], sources)
    return placed


def _with_own_points(indicators: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    key = key_expression("indicator", "submission_key", "document_key", "ordinal")
    keyed = indicators.with_columns(key.alias("indicator_key"))
    own = [
        ~pl.col("indicator_key").is_in(_further(keyed, sources, name).implode()).alias(f"has_own_{name}")
        for name in _POINTS
    ]
    return keyed.with_columns(own)


def _joined(rows: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    return rows.join(told, on=_ON, how="left", maintain_order="left")


def _sources_of(sources: pl.DataFrame, group: str, column: str) -> pl.DataFrame:
    wanted = (pl.col("group") == group) & (pl.col("column") == column)
    return sources.filter(wanted).select(pl.col("row_ordinal").alias("ordinal"), *_CELL)


def _first_places(sources: pl.DataFrame, prefix: str) -> pl.DataFrame:
    return (
        sources.sort("page", "line", nulls_last=True)
        .unique(_ON, keep="first", maintain_order=True)
        .select(*_ON, pl.col("page", "line").name.prefix(prefix))
    )


def _further(keyed: pl.DataFrame, sources: pl.DataFrame, column: str) -> pl.Series:
    """The keys of the indicators whose cell is also that of an indicator with a lesser key."""
    cells = _sources_of(sources, "indicators", column).filter(pl.col("column_number").is_not_null())
    shared = keyed.select("submission_key", "indicator_key", *_ON).join(cells, on=_ON)
    least = pl.col("indicator_key").min().over("submission_key", *_CELL)
    return shared.filter(pl.col("indicator_key") > least)["indicator_key"]
