"""Evidence on tables of amounts and forms: their units and cells (C14, C37), and amounts in a row's text (C35)."""

from __future__ import annotations

import polars as pl

from expectations.evidence.material import Material, evidence
from expectations.evidence.points import FORM, form_rows, of_form
from expectations.templates import NOT_STATED
from transforms.documents.tables.error_cells import NO_FIGURE, UNCALCULATED

_NO_UNIT = "没有写明金额单位（表题、表头、单元格中都没有），金额无法采用"
_AMOUNTS = {"budget": "预算金额", "spent": "支出金额"}


def table_units(material: Material) -> pl.DataFrame:
    """A row a table of amounts, and a row a form with lines of funds: ``units``, the distinct units that caption,
    header and cells declare (if none does, the one said in the text above, else that of a table with the same columns
    above), ``unit_count``, the three places' own declarations as texts, ``above_number`` of that table and ``assumed``,
    the same in words ("" where the table has a unit); ``told``: what the places declare, in words. Lines of a form may
    count in units of their own: it has one or none."""
    placed = material.placed(
        material.rows("tables").filter("has_amounts").with_columns(raw_text=pl.lit(None, dtype=pl.String)), "tables"
    )
    said = pl.concat_list(
        pl.concat_list("caption_unit"), pl.col("header_units").fill_null([]), pl.col("cell_units").fill_null([])
    )
    own = _in_full(said)
    declared = placed.with_columns(own=own, said=_in_full(pl.concat_list("section_unit"))).with_columns(
        above_number=pl.when((pl.col("own").list.len() == 0) & (pl.col("said").list.len() == 0)).then("above_number")
    )
    declared = declared.with_columns(
        units=pl.when(pl.col("own").list.len() > 0)
        .then("own")
        .when(pl.col("above_number").is_null())
        .then("said")
        .otherwise(_in_full(pl.concat_list("above_unit")))
        .list.unique(maintain_order=True)
    )
    tables = evidence(
        declared,
        pl.concat_str(pl.lit("第"), "table_number", pl.lit("张表")).alias("subject"),
        "units",
        pl.col("units").list.len().cast(pl.Int32).alias("unit_count"),
        "caption_unit",
        pl.col("header_units").alias("header_unit"),
        pl.col("cell_units").alias("cell_unit"),
        "above_number",
        pl.concat_str(pl.lit("；未写明单位，暂按第"), "above_number", pl.lit("张表的“"), "above_unit", pl.lit("”计算"))
        .fill_null("")
        .alias("assumed"),
        _told(),
    )
    return pl.concat([tables, _form_units(material)], how="diagonal")


def _form_units(material: Material) -> pl.DataFrame:
    """The rows of forms: without a unit where none of the lines of funds has one and a figure waits for it."""
    key = ("submission_key", "document_key")
    waiting = material.rows("unrecognised").filter(pl.col("what") == "unit").select(*key, "line").unique()
    lines = material.rows("form_funding").join(
        waiting.with_columns(is_waiting=pl.lit(True)), on=(*key, "line"), how="left", maintain_order="left"
    )
    units, is_waiting = pl.col("reported_unit").drop_nulls().unique().sort(), pl.col("is_waiting").any()
    funds = lines.group_by(FORM).agg(units=units, is_waiting=is_waiting, line=pl.col("line").min())
    funds = funds.filter((pl.col("units").list.len() > 0) | pl.col("is_waiting"))
    forms = material.once(form_rows).drop("line").join(funds, on=FORM, how="inner", maintain_order="left")
    return evidence(
        forms.with_columns(raw_text="title"),
        of_form().alias("subject"),
        "units",
        pl.col("units").list.len().clip(upper_bound=1).cast(pl.Int32).alias("unit_count"),
        pl.lit("").alias("assumed"),
        pl.lit(_NO_UNIT).alias("told"),
    )


def _told() -> pl.Expr:
    """What caption, header and cells of a table declare."""
    places = {"表题": pl.col("caption_unit"), "，表头": _joined("header_units"), "，单元格": _joined("cell_units")}
    said = [
        part
        for name, unit in places.items()
        for part in (pl.lit(f"{name}为“"), unit.fill_null(NOT_STATED), pl.lit("”"))
    ]
    told = pl.concat_str(pl.lit("应写明一种金额单位；现"), *said)
    return pl.when(pl.col("units").list.len() > 0).then(told).otherwise(pl.lit(_NO_UNIT)).alias("told")


def _joined(units: str) -> pl.Expr:
    return pl.when(pl.col(units).list.len() > 0).then(pl.col(units).list.join("、"))


def _in_full(units: pl.Expr) -> pl.Expr:
    """Units written out: 万 says the same as 万元."""
    word = pl.element()
    return units.list.drop_nulls().list.eval(pl.when(word.str.ends_with("元")).then(word).otherwise(word + "元"))


def amount_cells(material: Material) -> pl.DataFrame:
    """A row a cell of an amount column (totals apart, and what ``of_formulas`` says is none): the project (subject),
    ``measure`` (预算金额 / 支出金额), ``printed`` as it stands in the cell, ``value`` in 元 or null when that is no
    number."""
    return pl.concat([_cells(material, column, measure) for column, measure in _AMOUNTS.items()]).sort(
        "submission_key", "document_key", "table_number", "row_number", "column_number", "measure"
    )


def _cells(material: Material, column: str, measure: str) -> pl.DataFrame:
    printed = pl.col(f"{column}_text")
    cells = material.rows("projects").filter(printed.is_not_null() & ~of_formulas(printed))
    placed = material.placed(cells.with_columns(raw_text=pl.col(f"{column}_text")), "projects", f"{column}_yuan")
    return evidence(
        placed,
        pl.col("name").alias("subject"),
        pl.lit(measure).alias("measure"),
        pl.col(f"{column}_text").str.strip_chars().alias("printed"),
        pl.col(f"{column}_yuan").alias("value"),
    )


def of_formulas(printed: pl.Expr) -> pl.Expr:
    """Whether an amount is missing only for a formula that gives none, which is named once for the whole file: one
    that was never calculated, and in forms, which are calculated, one that shows an error too."""
    text = printed.str.strip_chars()
    return (text == UNCALCULATED) | (text.str.contains(NO_FIGURE) & (pl.col("listing") == "form"))


def text_amounts(material: Material) -> pl.DataFrame:
    """A row an amount in the goal or completion of a project row, and one for each row whose texts have none: the
    project (subject), ``stated_yuan`` and ``stated`` as printed, ``budget_yuan`` and ``spent_yuan`` of the row's
    cells, ``cell_yuan`` the cell that the text speaks of (a completion of spending, a goal of the budget)."""
    texts = material.rows("text_amounts").filter(pl.col("column").is_in(("goal", "completion")))
    amounts = texts.select("document_key", "project_ordinal", "column", "value_yuan", "text")
    rows = material.projects.join(
        amounts,
        left_on=("document_key", "ordinal"),
        right_on=("document_key", "project_ordinal"),
        how="left",
        maintain_order="left",
    )
    placed = pl.concat(
        material.placed(rows.filter(is_there).with_columns(raw_text="text"), "projects", column)
        for column, is_there in (
            ("goal", pl.col("column") == "goal"),
            ("completion", pl.col("column") == "completion"),
            ("reported_name", pl.col("column").is_null()),
        )
    )
    is_goal = pl.col("column") == "goal"
    return evidence(
        placed,
        pl.col("name").alias("subject"),
        pl.col("value_yuan").alias("stated_yuan"),
        pl.col("text").alias("stated"),
        "budget_yuan",
        "spent_yuan",
        pl.when(is_goal)
        .then(pl.coalesce("budget_yuan", "spent_yuan"))
        .otherwise(pl.coalesce("spent_yuan", "budget_yuan"))
        .alias("cell_yuan"),
    )
