"""What the parts of documents say, as texts to compare: whether two files hold the same content in two media.

``figures`` is what is measured, ``words`` adds what is written, ``told`` wherever else a figure is told; places, media
and layout are in none.
"""

from __future__ import annotations

import polars as pl

from transforms.facts.frames import FactFrames
from transforms.star.parts import BODY

_FIGURES: dict[str, tuple[str, ...]] = {
    "figures": ("name", "value"),
    "units": ("name",),
    "offices": ("name",),
    "projects": ("listing", "name", "budget_yuan", "spent_yuan"),
    "achievements": ("value", "unit"),
    "goals": ("position",),
    "problems": ("position",),
    "measures": ("position",),
    "forms": ("kind", "project_name", "total_score", "grade", "execution_score"),
    "form_funding": ("funding_source", "initial_yuan", "adjusted_yuan", "executed_yuan"),
    "indicators": ("level_3", "target_text", "actual_text", "weight", "score"),
}
_WORDS: dict[str, tuple[str, ...]] = {
    "headings": ("text",),
    "projects": ("name", "goal", "completion"),
    "achievements": ("sentence",),
    "goals": ("aspect", "goal"),
    "problems": ("title", "detail"),
    "measures": ("title", "detail"),
    "forms": ("goal", "completion"),
    "indicators": ("reason",),
}
_TOLD: dict[str, tuple[str, ...]] = {"figures": ("name", "value", "is_primary")}
_SIGNS = r"[^\p{L}\p{N}%.\-]"


def with_contents(parts: pl.DataFrame, facts: FactFrames, *, of: pl.Expr) -> pl.DataFrame:
    """Parts (document_key, part) with ``figures``, ``words`` and ``told`` of those to compare, which ``of`` tells;
    others have none: to put all into words would cost more than all else that is asked of parts."""
    documents = parts.filter(of)["document_key"].unique()
    texts = {"figures": _FIGURES, "words": _WORDS, "told": _TOLD}
    for name, columns in texts.items():
        said = _said(facts, columns, documents).rename({"said": name})
        parts = parts.join(said, on=("document_key", "part"), how="left")
    return parts.with_columns(pl.when(of).then(pl.col(*texts).fill_null("")))


def _said(facts: FactFrames, columns: dict[str, tuple[str, ...]], documents: pl.Series) -> pl.DataFrame:
    """document_key, part, ``said``: all rows of a part of these documents as one text, whatever their order."""
    is_asked = pl.col("document_key").is_in(documents.implode())
    groups = [_lines(facts[group].filter(is_asked), group, names) for group, names in columns.items()]
    return pl.concat(groups).group_by("document_key", "part").agg(said=pl.col("line").sort().str.join("\n"))


def _lines(rows: pl.DataFrame, group: str, columns: tuple[str, ...]) -> pl.DataFrame:
    if group == "figures" and "is_primary" not in columns:
        rows = rows.filter("is_primary")
    if group == "projects":
        rows = rows.filter(pl.col("listing") != "form")
    ordinal = "ordinal" if group == "forms" else "form_ordinal"
    part = pl.col(ordinal) if ordinal in rows.columns else pl.lit(BODY, dtype=pl.Int32)
    texts = [pl.col(name).cast(pl.String).fill_null("").str.replace_all(_SIGNS, "") for name in columns]
    return rows.select("document_key", part.alias("part"), line=pl.concat_str(pl.lit(group), *texts, separator="|"))
