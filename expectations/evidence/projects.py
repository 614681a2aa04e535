"""Evidence on one project through the tables of a submission: its names and its amounts (C31, C32)."""

from __future__ import annotations

import polars as pl

from expectations.evidence.material import MONEY, Material, evidence, half, is_first

_WIDTHS = {"（": "(", "）": ")", "，": ",", "；": ";", "：": ":", "％": "%"}
_TOTALS = {"total_budget_yuan": "收支总预算", "annual_budget_yuan": "全年预算数"}
_EXECUTED = {"executed_yuan": "支出执行数"}
_CHANGED = "年初|期初|调整|调增|调减|追加|追减|核减|压减|变更"
_MEASURES = {"budget": "预算金额", "spent": "支出金额"}
_FIRST = {
    "stated_yuan": "first_yuan",
    "stated_quantum": "first_quantum",
    "stated": "first_stated",
    "role": "first_role",
    "line": "first_line",
    "document_key": "first_document_key",
}
"""What is told of the statement that an amount is compared with."""


def project_names(material: Material) -> pl.DataFrame:
    """A row a name under which a project of the submission appears (subject): ``name_key`` the name with widths
    and blanks unified, ``first_name`` and ``first_name_key`` the project's first name (of those that nobody decided
    on), ``certainty`` of the match (certain, or proposed: two projects that a person may decide to be one),
    ``first_line``."""
    names = material.projects.with_columns(
        name_key=pl.col("name").str.replace_many(_WIDTHS).str.replace_all(r"\s", ""),
    ).filter(pl.col("project_key").is_not_null())
    distinct = names.filter(is_first(("submission_key", "project_key", "name_key")))
    undecided = distinct.join(
        _aliases(material, "decided"), on=("project_key", "name"), how="anti", maintain_order="left"
    )
    certain = undecided.join(_first_names(undecided), on=("submission_key", "project_key"), maintain_order="left")
    first = _first_names(distinct)
    proposed = distinct.join(
        first.join(_aliases(material, "proposed"), on="project_key").drop("project_key"),
        on=("submission_key", "name"),
        maintain_order="left",
    )
    columns = (
        pl.col("name").alias("subject"),
        "name_key",
        "first_name",
        "first_name_key",
        "first_line",
    )
    parts = [
        evidence(
            material.placed(part.with_columns(raw_text="name"), "projects", "reported_name"),
            *columns,
            pl.lit(word).alias("certainty"),
        )
        for part, word in ((certain, "certain"), (proposed, "proposed"))
    ]
    return pl.concat(parts)


def _first_names(names: pl.DataFrame) -> pl.DataFrame:
    """submission_key, project_key, first_name, first_name_key, first_line."""
    return names.filter(is_first(("submission_key", "project_key"))).select(
        "submission_key",
        "project_key",
        pl.col("name").alias("first_name"),
        pl.col("name_key").alias("first_name_key"),
        pl.col("line").alias("first_line"),
    )


def _aliases(material: Material, certainty: str) -> pl.DataFrame:
    """project_key, name: the aliases of that certainty."""
    aliases = material.star["core.bridge_project_alias"].filter(pl.col("certainty") == certainty)
    return aliases.select("project_key", pl.col("alias").alias("name"))


def repeated_amounts(material: Material) -> pl.DataFrame:
    """A row an amount of a project or of the department's total (subject), beside an earlier statement of it.

    ``measure``, ``is_whole`` (not so where the amount may be that of a part), ``is_one_label`` (not so of the budget
    under its two names, where no word says that it changed), ``role`` and ``first_role``, ``stated_yuan`` and
    ``first_yuan``, ``stated`` and ``first_stated`` as printed, ``first_place`` (in words, with the file where it is
    another), ``tolerance``. The earlier statement is the first of the same role; the first statement of a role is
    compared with the first of any role; the very first has none (``first_…`` null). Report and forms of a
    submission are compared alike, the report first.
    """
    parts = [
        pl.concat([_project_amounts(material, *kind), _restated_amounts(material, *kind)], how="diagonal_relaxed")
        for kind in _MEASURES.items()
    ]
    parts = [*(part.with_columns(is_one_label=pl.lit(True)) for part in parts), _totals(material)]
    names = material.star["submissions"].select("document_key", "file_name").unique("document_key")
    return pl.concat(_against_first(part, names) for part in parts)


def _project_amounts(material: Material, column: str, measure: str) -> pl.DataFrame:
    role = pl.col("amount_role") if column == "budget" else pl.lit("spent")
    rows = material.projects.filter(pl.col("project_key").is_not_null() & pl.col(f"{column}_yuan").is_not_null())
    amounts = rows.with_columns(
        role=role,
        identity=pl.col("project_key").cast(pl.String),
        subject="name",
        stated_yuan=f"{column}_yuan",
        stated_quantum=f"{column}_quantum",
        stated=f"{column}_text",
        raw_text=f"{column}_text",
    )
    return material.placed(amounts, "projects", f"{column}_yuan").with_columns(
        measure=pl.lit(measure), is_whole=pl.lit(True)
    )


def _restated_amounts(material: Material, column: str, measure: str) -> pl.DataFrame:
    """What the running text states of projects in tables, in the role and as exactly as their rows."""
    projects = material.projects.filter(pl.col("project_key").is_not_null()).select(
        "document_key",
        pl.col("ordinal").alias("project_ordinal"),
        pl.col("project_key").cast(pl.String).alias("identity"),
        pl.col("name").alias("subject"),
        (pl.col("amount_role") if column == "budget" else pl.lit("spent")).alias("role"),
        pl.col(f"{column}_quantum").alias("stated_quantum"),
    )
    texts = material.rows("text_amounts").filter(pl.col("column") == column)
    rows = texts.join(projects, on=("document_key", "project_ordinal"), maintain_order="left").with_columns(
        stated_yuan="value_yuan", stated="text", raw_text="text", measure=pl.lit(measure), is_whole=pl.lit(True)
    )
    return material.placed(rows, "text_amounts", column)


def _totals(material: Material) -> pl.DataFrame:
    """Every mention of the budget and of what was executed, of the latter first what each document states of the
    whole: a text says the same of parts. The budget that each of its names states first stands beside that of the
    other, too."""
    name = pl.col("name")
    is_budget = name.is_in(list(_TOTALS))
    is_executed = name.is_in(list(_EXECUTED))
    mentions = pl.concat(
        material.figures.filter(condition)
        for condition in (is_budget, is_executed & pl.col("is_primary"), is_executed & ~pl.col("is_primary"))
    )
    amounts = mentions.with_columns(
        role=pl.lit("stated"),
        identity="name",
        subject=name.replace_strict(_TOTALS | _EXECUTED, return_dtype=pl.String),
        stated_yuan="value",
        stated_quantum="quantum",
        stated="text",
        is_whole=is_budget | pl.col("is_primary"),
        is_one_label=pl.lit(True),
    )
    is_changed = pl.col("sentence").str.contains(_CHANGED).any().over("submission_key")
    of_both = amounts.filter(is_budget & pl.col("is_primary") & ~is_changed).with_columns(
        identity=pl.lit("budget"), is_whole=pl.lit(False), is_one_label=pl.lit(False)
    )
    return pl.concat([amounts, of_both]).with_columns(measure=pl.lit("总额"))


def _against_first(amounts: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Each amount beside the statement that it is compared with; ``names``: document_key, file_name."""
    rows = amounts.with_row_index("at")
    of_any_role, of_same_role = (
        pl.when(pl.col(key[-1]).is_not_null()).then(pl.col("at").first().over(key))
        for key in (("submission_key", "identity"), ("submission_key", "identity", "role"))
    )
    first = rows.select(
        pl.when(of_same_role < pl.col("at")).then(of_same_role).when(of_any_role < pl.col("at")).then(of_any_role)
    ).to_series()
    earlier = rows.select(pl.col(name).gather(first).alias(told) for name, told in _FIRST.items())
    compared = pl.concat([rows, earlier], how="horizontal").join(
        names.rename({"document_key": "first_document_key"}), on="first_document_key", how="left", maintain_order="left"
    )
    is_other = pl.col("first_document_key") != pl.col("document_key")
    file = pl.when(is_other).then(pl.concat_str(pl.lit("“"), "file_name", pl.lit("”"))).otherwise(pl.lit(""))
    line = pl.concat_str(pl.lit("第 "), "first_line", pl.lit(" 行")).fill_null("")
    return evidence(
        compared,
        "subject",
        "measure",
        "is_whole",
        "is_one_label",
        "role",
        "first_role",
        pl.col("stated_yuan").cast(MONEY),
        pl.col("first_yuan").cast(MONEY),
        "stated",
        "first_stated",
        pl.concat_str(file, line).alias("first_place"),
        (half("stated_quantum") + half("first_quantum")).cast(MONEY).alias("tolerance"),
    )
