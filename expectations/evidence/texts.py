"""Evidence on the goals and completions of project rows (C38, C39, C40, C41, C42, C48): plans have none to complete,
and forms have rules of their own."""

from __future__ import annotations

import polars as pl
from rapidfuzz import fuzz, process

from expectations.evidence.material import Material, evidence

_LISTINGS = ("task", "key")
_SIGNS = r"[\s\p{P}\p{S}]"
_NUMBERING = r"(?m)^\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．)）]\s*"
_FILLER = (
    r"专项|业务|工作|项目|经费|资金|费用|补助|补贴|做好|开展|完成|保障|落实"
    r"|用于|支付|支出|进行|按时|任务|确保|保证|顺利|正常|有序|推进|实施|全年|年度|的|及|和|与"
)


def goals(material: Material) -> pl.DataFrame:
    """A row a goal of a project row: ``name_core`` and ``goal_core``, name and goal without filler words, and
    ``figure_count`` of figures in the goal."""
    rows = _rows(material, "goal")
    return evidence(
        rows,
        pl.col("name").alias("subject"),
        "goal",
        _core("name").alias("name_core"),
        _core("goal").alias("goal_core"),
        "figure_count",
    )


def completions(material: Material) -> pl.DataFrame:
    """A row a completion of a project row: ``figure_count`` of figures in it, ``length`` in characters, and
    ``planned``, the words in it that speak of what is still to come or are the template's own."""
    words = (
        material.rows("signs")
        .filter(pl.col("kind").is_in(["plan_wording", "template_hint"]))
        .group_by("document_key", "owner", maintain_order=True)
        .agg(planned=pl.col("text").unique(maintain_order=True))
    )
    rows = material.once(_completion_rows).join(
        words,
        left_on=("document_key", "ordinal"),
        right_on=("document_key", "owner"),
        how="left",
        maintain_order="left",
    )
    return evidence(
        rows,
        pl.col("name").alias("subject"),
        "completion",
        "figure_count",
        pl.col("completion").str.replace_all(r"\s", "").str.len_chars().cast(pl.Int32).alias("length"),
        pl.col("planned").fill_null(pl.lit([], dtype=pl.List(pl.String))),
    )


def goals_beside_completions(material: Material) -> pl.DataFrame:
    """A row a project row with goal and completion: ``likeness``, the share of characters that both have in common
    in their order (Indel similarity, 0 to 1), numbering and marks left out."""
    rows = material.once(_completion_rows).filter(pl.col("goal").is_not_null())
    pairs = rows.select(goal_bare=_bare("goal"), completion_bare=_bare("completion"))
    likeness = pl.Series(
        process.cpdist(
            pairs["goal_bare"].to_list(), pairs["completion_bare"].to_list(), scorer=fuzz.ratio, score_cutoff=50
        ),
        dtype=pl.Float64,
    )
    return evidence(
        rows.with_columns(likeness=(likeness / 100).round(4)),
        pl.col("name").alias("subject"),
        "goal",
        "completion",
        pl.col("likeness").cast(pl.Decimal(38, 8)),
    )


def _completion_rows(material: Material) -> pl.DataFrame:
    return _rows(material, "completion")


def _rows(material: Material, column: str) -> pl.DataFrame:
    """Project rows with that text, with ``figure_count``, placed at its cell."""
    figures = (
        material.rows("quantities")
        .filter(pl.col("column") == column)
        .group_by("document_key", "project_ordinal")
        .agg(figure_count=pl.len().cast(pl.Int32))
    )
    rows = material.rows("projects").filter(pl.col("listing").is_in(_LISTINGS) & pl.col(column).is_not_null())
    counted = rows.join(
        figures,
        left_on=("document_key", "ordinal"),
        right_on=("document_key", "project_ordinal"),
        how="left",
        maintain_order="left",
    )
    return material.placed(
        counted.with_columns(pl.col("figure_count").fill_null(0), raw_text=column), "projects", column
    )


def _bare(column: str) -> pl.Expr:
    return pl.col(column).str.replace_all(_NUMBERING, "").str.replace_all(_SIGNS, "")


def _core(column: str) -> pl.Expr:
    return _bare(column).str.replace_all(_FILLER, "")
