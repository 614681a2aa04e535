"""Evidence on forms as wholes: execution, grades, full marks, funds, how many there are, and the department's parts of
expenditure (F02, F05, F10, F11, F13, F14, F15). Amounts are 元."""

from __future__ import annotations

import polars as pl

from expectations.evidence.indicator_names import grades, uppers
from expectations.evidence.material import MONEY, Material, evidence, half, is_first, ratio
from expectations.evidence.points import FORM, added_up, form_rows, indicator_rows, of_form
from transforms.star.frames import within

_COLUMNS = {"initial": "年初预算数", "adjusted": "全年预算数", "executed": "全年执行数"}
_TOTALS = {"total_budget_yuan": "收支总预算", "annual_budget_yuan": "全年预算数", "executed_yuan": "支出执行数"}
_MOST = 10**12
_BELOW = 3
"""How many lines below the known sources another one may stand."""


def form_execution(material: Material) -> pl.DataFrame:
    """A row a form with a budget and spending: ``rate`` spent ÷ budget (adjusted, else initial; none of a budget of
    zero) with ``tolerance`` of the points, ``weight``, ``score`` and ``due`` of the execution (the weight at most),
    ``output_weight`` and ``output_score`` of the indicators of output."""
    outputs = [kind for kind, upper in uppers().items() if upper == "output"]
    output = (
        material.once(indicator_rows)
        .filter(pl.col("indicator_kind").is_in(outputs) & pl.col("weight").is_not_null())
        .group_by(FORM)
        .agg(pl.col(f"first_{name}").sum().cast(MONEY).alias(f"output_{name}") for name in ("weight", "score"))
    )
    rows = material.once(form_rates).join(output, on=FORM, how="left", maintain_order="left")
    weight = pl.col("execution_weight")
    due = (weight * pl.col("rate").fill_null(0).clip(lower_bound=0, upper_bound=1)).round(4).cast(MONEY)
    return evidence(
        material.placed(rows, "forms", "execution_score"),
        of_form().alias("subject"),
        "rate",
        "budget_yuan",
        "spent_yuan",
        weight.alias("weight"),
        pl.col("execution_score").alias("score"),
        due.alias("due"),
        (weight * pl.col("rate_tolerance").fill_null(0)).cast(MONEY).alias("tolerance"),
        "output_weight",
        "output_score",
    )


def form_rates(material: Material) -> pl.DataFrame:
    """The forms (see form_rows) with a budget and spending in their total: ``budget_yuan`` and its ``role`` (adjusted,
    else initial), ``spent_yuan``, ``rate`` and ``rate_tolerance``, what the printed precision moves it by;
    ``funding_ordinal`` of the total's line."""
    is_adjusted = pl.col("adjusted_yuan").is_not_null()
    total = material.rows("form_funding").filter(pl.col("funding_source") == "合计")
    funds = total.select(
        *FORM,
        funding_ordinal="ordinal",
        budget_yuan=within(pl.coalesce("adjusted_yuan", "initial_yuan"), _MOST).cast(MONEY),
        spent_yuan=within(pl.col("executed_yuan"), _MOST).cast(MONEY),
        budget_quantum=pl.when(is_adjusted).then("adjusted_quantum").otherwise("initial_quantum"),
        spent_quantum="executed_quantum",
        role=pl.when(is_adjusted).then(pl.lit("adjusted")).otherwise(pl.lit("initial")),
    ).filter(pl.col("budget_yuan").is_not_null() & pl.col("spent_yuan").is_not_null())
    spread = half("spent_quantum") + half("budget_quantum")
    return (
        material.once(form_rows)
        .join(funds, on=FORM, how="inner", maintain_order="left")
        .with_columns(rate=ratio("spent_yuan", "budget_yuan"), rate_tolerance=ratio(spread, "budget_yuan"))
    )


def form_grades(material: Material) -> pl.DataFrame:
    """A row a form with grade and total: ``grade`` (优 良 中 差; null for another word), ``printed``, ``score``."""
    rows = material.once(form_rows).filter(pl.col("grade").is_not_null() & pl.col("total_score").is_not_null())
    printed = pl.col("grade").str.replace_all(r"\s", "")
    return evidence(
        material.placed(rows, "forms", "grade"),
        of_form().alias("subject"),
        printed.replace_strict(grades(), default=None, return_dtype=pl.String).alias("grade"),
        pl.col("grade").alias("printed"),
        pl.col("total_score").alias("score"),
    )


def project_scores(material: Material) -> pl.DataFrame:
    """A row a submission with forms of projects: ``form_count`` of those with a score (the total, else the sum of the
    points), ``least_score`` of them."""
    forms = material.once(added_up).filter(pl.col("kind") == "project_form")
    score = pl.coalesce("total_score", pl.when(pl.col("unscored") == 0).then("score_sum")).cast(MONEY)
    scored = material.placed(forms.with_columns(score=score).filter(pl.col("score").is_not_null()), "forms")
    rows = scored.group_by("submission_key", maintain_order=True).agg(
        pl.col("document_key", "fiscal_year", "page", "line").first(),
        form_count=pl.len().cast(pl.Int32),
        least_score=pl.col("score").min(),
    )
    return evidence(rows, pl.lit("项目自评得分").alias("subject"), "form_count", "least_score")


def form_counts(material: Material) -> pl.DataFrame:
    """A row a place where a report says how many projects it evaluated, in a submission with forms of projects:
    ``stated``, ``attached`` forms, ``agreeing`` places of the report that state as many as are attached."""
    attached = (
        material.rows("forms")
        .filter(pl.col("kind") == "project_form")
        .group_by("submission_key")
        .agg(attached=pl.len().cast(pl.Int32))
    )
    signs = material.rows("signs").filter(pl.col("kind") == "evaluated_projects").with_columns(raw_text="sentence")
    rows = material.placed(signs, "signs", "text").join(
        attached, on="submission_key", how="inner", maintain_order="left"
    )
    stated = pl.col("value").cast(pl.Int32)
    agreeing = (stated == pl.col("attached")).sum().over("submission_key").cast(pl.Int32)
    return evidence(
        rows, pl.lit("自评项目数").alias("subject"), stated.alias("stated"), "attached", agreeing.alias("agreeing")
    )


def form_sources(material: Material) -> pl.DataFrame:
    """A row a column of amounts of a form with its total: ``measure``, ``stated`` the total, ``observed`` the sum of
    ``source_count`` sources, ``tolerance``; ``unknown``: lines of funds in the form that no source is known for."""
    forms = material.once(form_rows).join(_unknown(material), on=FORM, how="left", maintain_order="left")
    return pl.concat(_column_sums(material, forms, name, measure) for name, measure in _COLUMNS.items())


def _column_sums(material: Material, forms: pl.DataFrame, name: str, measure: str) -> pl.DataFrame:
    amount, quantum = within(pl.col(f"{name}_yuan"), _MOST).cast(MONEY), pl.col(f"{name}_quantum")
    funds = material.rows("form_funding").filter(pl.col(f"{name}_yuan").is_not_null())
    is_total = pl.col("funding_source") == "合计"
    totals = funds.filter(is_total).with_columns(stated=amount, own=half(quantum), funding_line="line")
    sources = (
        funds.filter(~is_total)
        .group_by(FORM)
        .agg(observed=amount.sum(), spread=half(quantum).sum(), source_count=pl.len().cast(pl.Int32))
    )
    joined = (
        totals.join(sources, on=FORM, how="inner", maintain_order="left")
        .join(forms.select(*FORM, "form", "unknown"), on=FORM, how="inner", maintain_order="left")
        .with_columns(line="funding_line")
    )
    return evidence(
        material.placed(joined, "form_funding", f"{name}_yuan"),
        of_form().alias("subject"),
        pl.lit(measure).alias("measure"),
        "stated",
        pl.col("observed").cast(MONEY),
        "source_count",
        (pl.col("own") + pl.col("spread")).cast(MONEY).alias("tolerance"),
        pl.col("unknown").fill_null(0),
    )


def _unknown(material: Material) -> pl.DataFrame:
    """FORM, ``unknown``: headings that no lexicon explains among the lines of funds, or right below them."""
    key = ("submission_key", "document_key")
    headings = material.rows("unrecognised").filter(pl.col("what") == "heading").select(*key, at="line")
    funds = material.rows("form_funding").group_by(FORM).agg(first=pl.col("line").min(), last=pl.col("line").max())
    near = pl.col("at").is_between(pl.col("first"), pl.col("last") + _BELOW)
    return funds.join(headings, on=key).filter(near).group_by(FORM).agg(unknown=pl.len().cast(pl.Int32))


def expenditure_parts(material: Material) -> pl.DataFrame:
    """A row a document that states basic and project expenditure: their sum ``observed`` beside ``stated``, the total
    of the submission that is nearest to it (``total_name``), with ``tolerance``."""
    key = ("submission_key", "document_key")
    figures = material.figures.filter("is_primary")
    basic, project = (
        figures.filter(pl.col("name") == name) for name in ("basic_expenditure_yuan", "project_expenditure_yuan")
    )
    both = basic.join(project.select(*key, other="value", other_quantum="quantum"), on=key, maintain_order="left")
    totals = material.figures.filter(pl.col("name").is_in(list(_TOTALS))).select(
        "submission_key", stated="value", stated_quantum="quantum", total="name"
    )
    compared = both.with_columns(observed=pl.col("value") + pl.col("other")).join(
        totals, on="submission_key", how="inner", maintain_order="left"
    )
    nearest = (
        compared.with_columns(distance=(pl.col("stated") - pl.col("observed")).abs())
        .sort("distance", maintain_order=True)
        .filter(is_first(key))
        .sort(key)
    )
    return evidence(
        nearest,
        pl.lit("基本支出与项目支出").alias("subject"),
        pl.col("value").cast(MONEY).alias("basic_yuan"),
        pl.col("other").cast(MONEY).alias("project_yuan"),
        pl.col("observed").cast(MONEY),
        pl.col("stated").cast(MONEY),
        pl.col("total").replace_strict(_TOTALS, return_dtype=pl.String).alias("total_name"),
        (half("quantum") + half("other_quantum") + half("stated_quantum")).cast(MONEY).alias("tolerance"),
    )
