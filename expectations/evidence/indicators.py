"""Evidence on single indicators: target, actual, points, reason, and what the name tells (F04, F06, F07, F08, F09,
F12)."""

from __future__ import annotations

import polars as pl

from expectations.evidence.indicator_names import kind_titles, meant, nature, uppers
from expectations.evidence.material import MONEY, Material, evidence, is_first
from expectations.evidence.points import FORM, form_rows, indicator_rows, of_form, of_indicator

_WIDTHS = {"（": "(", "）": ")", "，": ",", "；": ";", "：": ":", "％": "%"}


def indicators(material: Material) -> pl.DataFrame:
    """A row an indicator: ``name``, ``kind`` and ``kind_title``; ``direction``, ``target`` and ``actual`` as numbers,
    ``target_text`` and ``actual_text`` as printed; ``weight``, ``score``, ``reason``; ``nature`` (cost, less: the less
    the better; null); ``meant_title`` and ``meant_kinds``, what the name speaks of and where that may stand."""
    rows = material.once(indicator_rows).with_columns(
        nature().alias("nature"), meant("name").alias("meant_title"), meant("kinds").alias("meant_kinds")
    )
    return evidence(
        material.placed(rows.with_columns(raw_text="actual_text"), "indicators", "actual_text"),
        of_indicator().alias("subject"),
        "name",
        pl.col("indicator_kind").alias("kind"),
        pl.col("indicator_kind").replace_strict(kind_titles(), return_dtype=pl.String).alias("kind_title"),
        "direction",
        pl.col("target_value").alias("target"),
        pl.col("actual_value").alias("actual"),
        "target_text",
        "actual_text",
        "weight",
        "score",
        "reason",
        "nature",
        "meant_title",
        "meant_kinds",
    )


def repeated_indicators(material: Material) -> pl.DataFrame:
    """A row an indicator of the third level under output or benefit: ``name``, ``kind_title``, ``upper`` (output or
    benefit), ``first_upper`` and ``first_title`` of the first one of that name in the form."""
    rows = (
        material.once(indicator_rows)
        .filter(pl.col("level_3").is_not_null())
        .with_columns(
            upper=pl.col("indicator_kind").replace_strict(uppers(), return_dtype=pl.String),
            title=pl.col("indicator_kind").replace_strict(kind_titles(), return_dtype=pl.String),
            key=pl.col("level_3").str.replace_many(_WIDTHS).str.replace_all(r"\s", ""),
        )
        .filter(pl.col("upper").is_in(["output", "benefit"]))
    )
    by = (*FORM, "key")
    first = rows.filter(is_first(by)).select(*by, first_upper="upper", first_title="title")
    joined = rows.join(first, on=by, how="left", maintain_order="left").with_columns(raw_text="level_3")
    return evidence(
        material.placed(joined, "indicators", "level_3"),
        of_indicator().alias("subject"),
        "name",
        pl.col("title").alias("kind_title"),
        "upper",
        "first_upper",
        "first_title",
    )


def acceptance(material: Material) -> pl.DataFrame:
    """A row a form with quantity indicators: ``words`` of it that say that something is not accepted yet, at the place
    of the first; ``weight`` and ``score`` of its quantity indicators."""
    quantity = material.once(indicator_rows).filter(
        (pl.col("indicator_kind") == "quantity") & pl.col("weight").is_not_null() & pl.col("score").is_not_null()
    )
    points = quantity.group_by(FORM).agg(pl.col(f"first_{name}").sum().cast(MONEY).alias(name) for name in _POINTS)
    rows = (
        material.once(form_rows)
        .join(points, on=FORM, how="inner", maintain_order="left")
        .join(_words(material), on=FORM, how="left", maintain_order="left")
    )
    of_form_alone = material.placed(rows.filter(pl.col("owner").is_null()), "forms", "total_score")
    told = rows.filter(pl.col("owner").is_not_null()).with_columns(ordinal="owner", raw_text="sentence")
    parts = [
        of_form_alone,
        *(material.placed(told.filter(pl.col("column") == name), "indicators", name) for name in _TEXTS),
    ]
    nothing = pl.lit([], dtype=pl.List(pl.String))
    return pl.concat(
        evidence(part, of_form().alias("subject"), "weight", "score", pl.col("words").fill_null(nothing))
        for part in parts
    )


_POINTS = ("weight", "score")
_TEXTS = ("actual_text", "reason")


def _words(material: Material) -> pl.DataFrame:
    """FORM, ``words`` that tell of what is not accepted; ``owner`` (an indicator's ordinal), ``column`` and
    ``sentence`` of the first that stands in an indicator."""
    signs = material.rows("signs").filter(pl.col("kind") == "unaccepted")
    of_indicators = signs.filter(pl.col("column").is_in(_TEXTS)).join(
        material.once(indicator_rows).select("submission_key", "document_key", "form_ordinal", owner="ordinal"),
        on=("submission_key", "document_key", "owner"),
        how="inner",
        maintain_order="left",
    )
    of_forms = signs.filter(pl.col("column") == "form").with_columns(
        form_ordinal="owner", owner=pl.lit(None, dtype=pl.Int32)
    )
    told = pl.concat([of_indicators.select(of_forms.columns), of_forms])
    return told.group_by(FORM, maintain_order=True).agg(
        pl.col("text").unique(maintain_order=True).alias("words"), pl.col("owner", "column", "sentence").first()
    )
