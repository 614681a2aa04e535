"""Evidence on measured values: one metric in several places, neighbours of one value (C45, C46)."""

from __future__ import annotations

import polars as pl

from expectations.evidence.material import Material, before, evidence, is_first

_LONGEST_KEY = 6
"""Two names are of one metric where the shorter ends the longer one; names shorter than this say too little."""
_OF_OTHER_TIMES = "上年|去年|计划|拟|目标|预计|力争|累计|同比|比上|较上|增加|减少|新增"


def repeated_metrics(material: Material) -> pl.DataFrame:
    """A row a metric that stands in a further section, or on a further line: ``stated`` and ``unit``,
    ``first_stated`` of the first place in which a metric of the same name and unit stands, ``metric``,
    ``first_metric``, ``source``, ``first_source`` (section of the achievements, or project) and ``first_line``."""
    named = material.once(_metrics).with_columns(
        key=pl.col("metric").str.replace_all(r"[“”\"‘’《》\s、,，]", ""),
    )
    usable = named.filter(
        (pl.col("key").str.len_chars() >= _LONGEST_KEY)
        & ~pl.col("key").str.contains(r"[（(]")
        & ~pl.col("sentence").str.contains(_OF_OTHER_TIMES)
        & (pl.col("qualifier").is_null())
    ).with_columns(tail=pl.col("key").str.slice(-_LONGEST_KEY))
    by = ("submission_key", "tail", "unit")
    usable = usable.filter(pl.struct(by).is_duplicated())
    first = usable.filter(is_first(by)).select(
        *by,
        first_stated="value",
        first_metric="metric",
        first_key="key",
        first_source="source",
        first_line="line",
    )
    joined = usable.join(first, on=by, how="inner", maintain_order="left").filter(
        ((pl.col("source") != pl.col("first_source")) | (pl.col("line") != pl.col("first_line")))
        & (pl.col("key").str.ends_with(pl.col("first_key")) | pl.col("first_key").str.ends_with(pl.col("key")))
    )
    return evidence(
        joined.with_columns(raw_text="sentence"),
        pl.col("metric").alias("subject"),
        "metric",
        "first_metric",
        pl.col("value").alias("stated"),
        "first_stated",
        "unit",
        "source",
        "first_source",
        "first_line",
    )


def adjacent_metrics(material: Material) -> pl.DataFrame:
    """A row a metric behind another one in its sentence: ``stated`` and ``unit``, ``metric``, and the same of the one
    before it (``previous…``)."""
    rows = material.once(_metrics)
    one_before = before(rows, "document_key", "passage")
    previous = rows.select(pl.col(name).gather(one_before) for name in ("value", "unit", "metric")).rename(
        {"value": "previous", "unit": "previous_unit", "metric": "previous_metric"}
    )
    beside = pl.concat([rows, previous], how="horizontal").with_columns(raw_text="sentence")
    return evidence(
        beside.filter(pl.col("previous").is_not_null()),
        pl.col("metric").alias("subject"),
        "metric",
        "previous_metric",
        pl.col("value").alias("stated"),
        "previous",
        "unit",
        "previous_unit",
    )


def _metrics(material: Material) -> pl.DataFrame:
    """All measured values in reading order, placed: submission_key, fiscal_year, document_key, place, metric, value,
    unit, qualifier, sentence, ``source`` and ``passage``, the sentence that they share."""
    achievements = material.placed(material.rows("achievements"), "achievements", "value").with_columns(
        source=pl.concat_str(pl.lit("工作成效"), pl.col("section").fill_null("")),
        passage=pl.concat_str(pl.lit("a"), pl.col("sentence")),
    )
    names = material.rows("projects").select(
        "document_key", "name", "table_number", "row_number", project_ordinal="ordinal"
    )
    rows = material.rows("metrics").join(
        names, on=("document_key", "project_ordinal"), how="left", maintain_order="left"
    )
    of_rows = rows.drop("ordinal").with_columns(ordinal="project_ordinal")
    completions = material.placed(of_rows, "projects", "completion").with_columns(
        source=pl.col("name"),
        passage=pl.concat_str(pl.lit("p"), "project_ordinal", pl.lit("/"), "clause"),
        qualifier=pl.lit(None, dtype=pl.String),
    )
    columns = (
        *("submission_key", "fiscal_year", "document_key", "page", "line", "table_number", "row_number"),
        *("column_number", "metric", "value", "unit", "qualifier", "sentence", "source", "passage"),
    )
    return pl.concat([achievements.select(columns), completions.select(columns)])
