"""Places that facts carry themselves: where the words of a row stand first, and whether a cell is a row's own.

Every place of every value is the affair of provenance.py.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

_ON = ("document_key", "ordinal")
_CELL = ("document_key", "page", "line", "table_number", "row_number", "column_number")
_WORDS = (
    ("goals", "goal", "words_"),
    ("achievements", "value", "words_"),
    ("problems", "title", "words_"),
    ("measures", "title", "words_"),
    ("projects", "goal", "goal_"),
    ("projects", "completion", "completion_"),
)
"""Group, the column whose words count, and what stands before the names page and line."""
_POINTS = (("indicators", "weight"), ("indicators", "score"))


def with_places(rows: Mapping[str, pl.DataFrame], sources: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The facts of every group, where they have words with ``words_document_key`` and the page and line of the first
    place of these, indicators with ``has_own_weight`` and ``has_own_score``: false where the cell is that of an
    indicator before."""
    placed = dict(rows)
    for group, column, prefix in _WORDS:
        joined = _joined(placed[group], _first_places(_sources_of(sources, group, column), prefix))
        placed[group] = joined.with_columns(words_document_key="document_key")
    for group, column in _POINTS:
        name = f"has_own_{column}"
        joined = _joined(placed[group], _repeated(_sources_of(sources, group, column), name))
        placed[group] = joined.with_columns(pl.col(name).fill_null(True))
    return placed


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


def _repeated(sources: pl.DataFrame, name: str) -> pl.DataFrame:
    """The rows whose cell is that of a row before, with ``name`` false."""
    cells = sources.filter(pl.col("column_number").is_not_null())
    further = cells.filter(pl.col("ordinal") > pl.col("ordinal").min().over(_CELL))
    return further.select(*_ON).unique().with_columns(pl.lit(False).alias(name))
