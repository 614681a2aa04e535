"""Evidence on the points of forms: weights beside scores, scores beside what their formula gives (F01, F03).

Points printed as whole numbers are exact; what is printed with decimals may be rounded. A cell that several indicators
share counts once in a sum.
"""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from expectations.evidence.indicator_names import nature
from expectations.evidence.material import MONEY, Material, evidence, half, is_first, ratio
from transforms.documents.model import WITHOUT_FIGURE
from transforms.star.frames import within

FORM = ("submission_key", "document_key", "form_ordinal")
"""What tells a form, once for each submission that it belongs to."""

_MOST = 10**12
_MOST_DECIMALS = 8
_DECIMALS = pl.col("raw_text").str.extract(r"\.(\d+)", 1).str.len_chars().fill_null(0).clip(0, _MOST_DECIMALS)
_QUANTA = {places: Decimal(1).scaleb(-places) for places in range(_MOST_DECIMALS + 1)}
_CELL = ("document_key", "page", "line", "table_number", "row_number", "column_number")


def form_rows(material: Material) -> pl.DataFrame:
    """The forms that count, with ``form_ordinal`` and ``form``, what a sentence calls each."""
    is_overall = pl.col("kind") == "overall_form"
    title = pl.when(is_overall).then(pl.lit("部门整体支出")).otherwise("title")
    return material.rows("forms").with_columns(
        form_ordinal="ordinal", form=pl.coalesce("project_name", title, pl.lit("未写明项目"))
    )


def indicator_rows(material: Material) -> pl.DataFrame:
    """The indicators of the forms that count, each with its form's ``form`` and ``form_kind``; ``weight_quantum`` and
    ``score_quantum`` as printed; ``shared``: how many indicators stand beside the cell of its score; ``first_weight``
    and ``first_score``: its points, null where the cell is that of an indicator above."""
    forms = material.once(form_rows).select(*FORM, "form", form_kind="kind")
    rows = material.rows("indicators").join(forms, on=FORM, how="inner", maintain_order="left")
    for name in ("weight", "score"):
        rows = _with_cell(rows, material, name)
    return rows.with_columns(name=pl.coalesce("level_3", "level_2", "level_1", pl.lit("未写明指标")))


def _with_cell(rows: pl.DataFrame, material: Material, name: str) -> pl.DataFrame:
    cells = _cells(material, "indicators", name)
    shared = pl.len().over(_CELL).cast(pl.Int32)
    is_whole = pl.col("column_number").is_null()
    told = cells.select(
        "document_key",
        "ordinal",
        pl.col("quantum").alias(f"{name}_quantum"),
        pl.when(is_whole).then(pl.lit(1, pl.Int32)).otherwise(shared).alias(f"{name}_shared"),
        (is_whole | is_first(_CELL)).alias(f"is_first_{name}"),
    )
    joined = rows.join(told, on=("document_key", "ordinal"), how="left", maintain_order="left")
    return joined.with_columns(pl.when(f"is_first_{name}").then(name).alias(f"first_{name}"))


def _cells(material: Material, group: str, column: str) -> pl.DataFrame:
    """The cells of a column with ``quantum``, the value of one unit of their last printed digit."""
    quantum = _DECIMALS.replace_strict(_QUANTA, return_dtype=MONEY).alias("quantum")
    return material.printed(group, column).with_columns(quantum)


def fractional(quantum: str | pl.Expr) -> pl.Expr:
    """Half the last printed digit of points, none where they are whole."""
    expression = pl.col(quantum) if isinstance(quantum, str) else quantum
    return pl.when(expression < 1).then(half(expression)).otherwise(pl.lit(0).cast(MONEY))


def form_quantum(material: Material, column: str) -> pl.DataFrame:
    """document_key, form_ordinal, ``<column>_quantum`` of points of the form itself."""
    cells = _cells(material, "forms", column)
    return cells.select("document_key", form_ordinal="ordinal", quantum="quantum").rename(
        {"quantum": f"{column}_quantum"}
    )


def added_up(material: Material) -> pl.DataFrame:
    """A row a form, as form_rows: ``weight_sum`` of execution and indicators with ``weight_tolerance``, ``score_sum``
    with ``score_tolerance`` (that of the stated total in it), ``unscored`` indicators with weight and no score,
    ``is_short``: a weight has no figure yet (S05), and so the sum says nothing."""
    indicators = (
        material.once(indicator_rows)
        .group_by(FORM)
        .agg(
            *(pl.col(f"first_{name}").sum().cast(MONEY).alias(f"{name}_sum") for name in ("weight", "score")),
            *(
                fractional(f"{name}_quantum").filter(f"is_first_{name}").sum().cast(MONEY).alias(f"{name}_tolerance")
                for name in ("weight", "score")
            ),
            weighted=pl.col("weight").count().cast(pl.Int32),
            unscored=(pl.col("weight").is_not_null() & pl.col("score").is_null()).sum().cast(pl.Int32),
        )
    )
    forms = material.once(form_rows).join(indicators, on=FORM, how="inner", maintain_order="left")
    short = _short_of_weights(material).with_columns(is_short=pl.lit(True))
    forms = forms.join(short, on=FORM, how="left", maintain_order="left")
    columns = ("execution_weight", "execution_score", "total_score")
    for column in columns:
        forms = forms.join(
            form_quantum(material, column), on=("document_key", "form_ordinal"), how="left", maintain_order="left"
        )
    own = {column: fractional(f"{column}_quantum").fill_null(0) for column in columns}
    is_unscored = pl.col("execution_weight").is_not_null() & pl.col("execution_score").is_null()
    return forms.with_columns(
        weight_sum=(pl.col("weight_sum") + pl.col("execution_weight").fill_null(0)).cast(MONEY),
        score_sum=(pl.col("score_sum") + pl.col("execution_score").fill_null(0)).cast(MONEY),
        weight_tolerance=(pl.col("weight_tolerance") + own["execution_weight"]).cast(MONEY),
        score_tolerance=(pl.col("score_tolerance") + own["execution_score"] + own["total_score"]).cast(MONEY),
        unscored=pl.col("unscored") + is_unscored.cast(pl.Int32),
        is_short=pl.col("is_short").fill_null(False),
    )


def _short_of_weights(material: Material) -> pl.DataFrame:
    """FORM of those in which an indicator, or the execution, has no weight and its line a formula without a figure."""
    notes = (
        material.rows("notes")
        .filter(pl.col("kind").is_in([kind.value for kind in WITHOUT_FIGURE]))
        .select("document_key", "line")
    )
    indicators = material.rows("indicators").filter(pl.col("weight").is_null()).select(*FORM, "line")
    forms = material.once(form_rows).filter(pl.col("execution_weight").is_null()).select(*FORM)
    total = material.rows("form_funding").filter(pl.col("funding_source") == "合计").select(*FORM, "line")
    bare = pl.concat([indicators, total.join(forms, on=FORM, how="semi")])
    return bare.join(notes, on=("document_key", "line"), how="semi").select(FORM).unique()


def form_weights(material: Material) -> pl.DataFrame:
    """A row a form with weights (``kind`` sum: ``weight_sum``, ``tolerance``, ``execution_weight``), and a row an
    indicator or execution with points (kind score: ``weight``, ``score``); ``found``: what the row says, in words."""
    forms = material.once(added_up).filter((pl.col("weighted") > 0) & ~pl.col("is_short"))
    no_points = pl.lit(None, dtype=MONEY)
    sums = evidence(
        material.placed(forms.with_columns(raw_text="title"), "forms", "total_score"),
        of_form().alias("subject"),
        pl.lit("sum").alias("kind"),
        "weight_sum",
        pl.col("weight_tolerance").alias("tolerance"),
        "execution_weight",
        no_points.alias("weight"),
        no_points.alias("score"),
        _sentence("权重合计 ", _points("weight_sum"), " 分").alias("found"),
    )
    indicators = material.once(indicator_rows).filter(pl.col("weight").is_not_null() & pl.col("score").is_not_null())
    execution = material.once(form_rows).with_columns(
        name=pl.lit("预算执行率"), weight="execution_weight", score="execution_score"
    )
    parts = [
        material.placed(indicators, "indicators", "score"),
        material.placed(
            execution.filter(pl.col("weight").is_not_null() & pl.col("score").is_not_null()), "forms", "execution_score"
        ),
    ]
    return pl.concat([sums, *(_scores(part) for part in parts)])


def _scores(rows: pl.DataFrame) -> pl.DataFrame:
    nothing = pl.lit(None, dtype=MONEY)
    return evidence(
        rows,
        of_indicator().alias("subject"),
        pl.lit("score").alias("kind"),
        nothing.alias("weight_sum"),
        nothing.alias("tolerance"),
        nothing.alias("execution_weight"),
        "weight",
        "score",
        _sentence("分值 ", _points("weight"), " 分，得分 ", _points("score"), " 分").alias("found"),
    )


def form_scores(material: Material) -> pl.DataFrame:
    """A row a form with a total (``kind`` total: ``score`` beside ``least`` = ``most``, the sum of its points;
    ``weight_sum``, ``execution_score``, ``unscored``), and a row an indicator whose score its values give (kind
    indicator: ``score`` between ``least`` and ``most``); ``tolerance`` of the score; ``due`` in words."""
    forms = material.once(added_up).filter(pl.col("total_score").is_not_null())
    totals = evidence(
        material.placed(forms, "forms", "total_score"),
        pl.concat_str(of_form(), pl.lit("总分")).alias("subject"),
        pl.lit("total").alias("kind"),
        pl.lit(None, dtype=MONEY).alias("weight"),
        pl.col("total_score").alias("score"),
        pl.col("score_sum").alias("least"),
        pl.col("score_sum").alias("most"),
        pl.col("score_tolerance").alias("tolerance"),
        "weight_sum",
        "execution_score",
        "unscored",
        _sentence("各项得分合计 ", _points("score_sum"), " 分").alias("due"),
    )
    return pl.concat([totals, _formula_scores(material)])


def _formula_scores(material: Material) -> pl.DataFrame:
    """weight × B/A for a target A to reach, weight × A/B for one to stay below, never above the weight. A bare figure
    gives full marks where it is met exactly; short of a bare 100 %, no more than its share."""
    rows = material.once(indicator_rows).filter(
        (pl.col("score_shared") <= 1)
        & (pl.col("weight") > 0)
        & (pl.col("target_value") >= 0)
        & (pl.col("actual_value") >= 0)
        & pl.col("score").is_not_null()
    )
    is_wrong_way = (pl.col("direction") == "≥") & pl.col("nature").is_not_null()
    known = rows.with_columns(nature().alias("nature")).filter(~is_wrong_way).with_columns(share=_reached())
    judged = known.filter(pl.col("share").is_not_null()).join(
        _actual_quanta(material), on=("document_key", "ordinal"), how="left", maintain_order="left"
    )
    due = (pl.col("weight") * pl.col("share")).round(4).cast(MONEY)
    moved = pl.when(pl.col("share") < 1).then(pl.col("weight") * _share(half("actual_quantum"), "target_value"))
    is_bare_short = (pl.col("direction") == "=") & (pl.col("share") < 1)
    said = ("分值 ", _points("weight"), " 分，指标值", "target_text", "，实际", "actual_text")
    return evidence(
        material.placed(judged.with_columns(due=due), "indicators", "score"),
        of_indicator().alias("subject"),
        pl.lit("indicator").alias("kind"),
        "weight",
        "score",
        pl.when(is_bare_short).then(pl.lit(0).cast(MONEY)).otherwise("due").alias("least"),
        pl.col("due").alias("most"),
        (half("score_quantum") + moved.fill_null(0)).cast(MONEY).alias("tolerance"),
        pl.lit(None, dtype=MONEY).alias("weight_sum"),
        pl.lit(None, dtype=MONEY).alias("execution_score"),
        pl.lit(0, dtype=pl.Int32).alias("unscored"),
        _sentence(
            *said, pl.when(is_bare_short).then(pl.lit("，至多 ")).otherwise(pl.lit("，应得 ")), _points("due"), " 分"
        ).alias("due"),
    )


def _reached() -> pl.Expr:
    """The share of the target that was reached, at most one; null where the formula says nothing."""
    target, actual = pl.col("target_value"), pl.col("actual_value")
    is_bare_full = (target == 100) & (pl.col("unit") == "%") & (actual < target)
    return (
        pl.when((pl.col("direction") == "≥") | ((pl.col("direction") == "=") & is_bare_full))
        .then(_share("actual_value", "target_value"))
        .when(pl.col("direction") == "≤")
        .then(_share("target_value", "actual_value"))
        .when((pl.col("direction") == "=") & (target == actual))
        .then(pl.lit(1).cast(MONEY))
    )


def _actual_quanta(material: Material) -> pl.DataFrame:
    """document_key, ordinal, ``actual_quantum``: only of shares and figures with decimals, since counts are exact."""
    cells = _cells(material, "indicators", "actual_value")
    is_rounded = pl.col("raw_text").str.contains(r"[.%％]")
    return cells.select("document_key", "ordinal", actual_quantum=pl.when(is_rounded).then("quantum"))


def _share(part: str | pl.Expr, whole: str) -> pl.Expr:
    """part ÷ whole, at most one; one where the whole is zero."""
    numerator = within(pl.col(part) if isinstance(part, str) else part, _MOST)
    denominator = within(pl.col(whole), _MOST)
    return ratio(numerator, denominator).fill_null(1).clip(upper_bound=Decimal(1))


def _points(column: str) -> pl.Expr:
    return pl.col(column).cast(MONEY).cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")


def _sentence(*parts: str | pl.Expr) -> pl.Expr:
    """Words and columns in one; names of columns are ASCII, words are not."""
    return pl.concat_str(pl.lit(part) if isinstance(part, str) and not part.isascii() else part for part in parts)


def of_form() -> pl.Expr:
    """What a sentence calls the form."""
    return pl.concat_str(pl.lit("“"), "form", pl.lit("”的自评表"))


def of_indicator() -> pl.Expr:
    """What a sentence calls the indicator of a form."""
    return pl.concat_str(pl.lit("“"), "form", pl.lit("”的指标“"), "name", pl.lit("”"))
