"""Evidence on shares, rates and sums that are stated or follow from amounts (C19, C23, C44)."""

from __future__ import annotations

import polars as pl

from expectations.evidence.forms import form_rates
from expectations.evidence.material import MONEY, Material, at, evidence, half, ratio
from expectations.evidence.points import FORM, form_rows
from expectations.evidence.spending import budgets

_MEASURES = {"budget": "预算金额", "spent": "支出金额"}
_WHOLE = r"^(?:合计|总计|总合计|合计数|总数)$"


def staff(material: Material) -> pl.DataFrame:
    """A row a submission that states its people: ``share`` of those without posts in all, ``in_post`` people in
    established posts, ``posts`` approved."""
    counts = {
        "headcount:total": "total",
        "headcount:non_established": "non_established",
        "headcount:established": "in_post",
        "headcount:approved_posts": "posts",
    }
    joined = material.submissions.select("submission_key", "fiscal_year")
    for name, column in counts.items():
        joined = joined.join(material.figure(name, column), on="submission_key", how="left", maintain_order="left")
    share = ratio("non_established", "total")
    place = [
        pl.coalesce(each, pl.col(f"in_post_{name}")).alias(name)
        for each, name in ((expression, expression.meta.output_name()) for expression in at("non_established"))
    ]
    stated = joined.with_columns(place).filter(pl.any_horizontal(pl.col("non_established", "posts").is_not_null()))
    return evidence(
        stated,
        pl.lit("人员结构").alias("subject"),
        share.alias("share"),
        pl.col("in_post", "posts").cast(pl.Int32),
    )


def execution_rates(material: Material) -> pl.DataFrame:
    """A row a project of a report with budget and spending (its primary row), one a report as a whole (``source``
    report), and one a form (form): ``rate`` spent ÷ budget with its ``tolerance``, ``role`` of the budget,
    ``reasons`` that the row (of the whole: problems and conclusion; of a form: its completion, its execution, its
    indicators) gives."""
    return pl.concat([_project_rates(material), _whole_rates(material), _form_rates(material)])


def _project_rates(material: Material) -> pl.DataFrame:
    rows = material.projects.filter(
        (pl.col("listing") != "form")
        & (pl.col("budget_yuan") > 0)
        & pl.col("spent_yuan").is_not_null()
        & pl.col("is_primary").fill_null(True)
    )
    given = _reasons(material, pl.col("column") == "row").group_by("document_key", "owner").agg(reasons="text")
    joined = rows.join(
        given,
        left_on=("document_key", "ordinal"),
        right_on=("document_key", "owner"),
        how="left",
        maintain_order="left",
    )
    placed = material.placed(joined.with_columns(raw_text="spent_text"), "projects", "spent_yuan")
    spread = half("spent_quantum") + half("budget_quantum")
    return evidence(
        placed,
        pl.col("name").alias("subject"),
        pl.lit("report").alias("source"),
        ratio("spent_yuan", "budget_yuan").alias("rate"),
        ratio(spread, "budget_yuan").alias("tolerance"),
        pl.col("budget_yuan").cast(MONEY),
        pl.col("spent_yuan").cast(MONEY),
        pl.col("amount_role").alias("role"),
        pl.col("reasons").fill_null(pl.lit([], dtype=pl.List(pl.String))),
    )


def _whole_rates(material: Material) -> pl.DataFrame:
    given = _reasons(material, pl.col("column").is_null()).group_by("submission_key").agg(reasons="text")
    reports = material.rows("documents").filter(~pl.col("kind").is_in(["overall_form", "project_form"]))
    joined = (
        budgets(material)
        .join(material.figure("executed_yuan", "executed"), on="submission_key", how="inner", maintain_order="left")
        .join(reports, left_on="executed_document_key", right_on="document_key", how="semi", maintain_order="left")
        .join(given, on="submission_key", how="left", maintain_order="left")
    )
    is_annual = pl.col("budget_name") == "全年预算数"
    spread = half("executed_quantum") + half("budget_quantum")
    return evidence(
        joined.with_columns(at("executed")),
        pl.lit("部门整体").alias("subject"),
        pl.lit("report").alias("source"),
        ratio("executed", "budget_yuan").alias("rate"),
        ratio(spread, "budget_yuan").alias("tolerance"),
        pl.col("budget_yuan").cast(MONEY),
        pl.col("executed").cast(MONEY).alias("spent_yuan"),
        pl.when(is_annual).then(pl.lit("adjusted")).otherwise(pl.lit("initial")).alias("role"),
        pl.col("reasons").fill_null(pl.lit([], dtype=pl.List(pl.String))),
    )


def _form_rates(material: Material) -> pl.DataFrame:
    of_indicators = material.rows("indicators").filter(pl.col("reason").is_not_null()).select(*FORM, text="reason")
    of_forms = _reasons(material, pl.col("column") == "form").select(
        "submission_key", "document_key", form_ordinal="owner", text="text"
    )
    of_execution = (
        material.once(form_rows).filter(pl.col("execution_reason").is_not_null()).select(*FORM, text="execution_reason")
    )
    given = pl.concat([of_indicators, of_forms, of_execution]).group_by(FORM).agg(reasons="text")
    rows = material.once(form_rates).join(given, on=FORM, how="left", maintain_order="left")
    placed = material.placed(rows.with_columns(ordinal="funding_ordinal"), "form_funding", "executed_yuan")
    return evidence(
        placed,
        pl.concat_str("form", pl.lit("自评表")).alias("subject"),
        pl.lit("form").alias("source"),
        "rate",
        pl.col("rate_tolerance").alias("tolerance"),
        "budget_yuan",
        "spent_yuan",
        "role",
        pl.col("reasons").fill_null(pl.lit([], dtype=pl.List(pl.String))),
    )


def _reasons(material: Material, of: pl.Expr) -> pl.DataFrame:
    return material.rows("signs").filter((pl.col("kind") == "reason") & of)


def stated_sums(material: Material) -> pl.DataFrame:
    """A row a stated sum: in a text (``kind`` text, with ``word`` and ``is_additive``) or the total row of a table
    (kind table; also ``elsewhere``, what else it may sum up that is nearest to it: all tables of its listing, or its
    own and those right above it). ``stated``, ``observed`` the parts added up, ``part_count``, ``unit``,
    ``tolerance``."""
    tables = [_total_rows(material, column, measure) for column, measure in _MEASURES.items()]
    return pl.concat([_text_sums(material), *tables])


def _text_sums(material: Material) -> pl.DataFrame:
    placed = material.placed(material.rows("sums").with_columns(raw_text="text"), "sums", "text")
    added = (
        placed.select("document_key", "ordinal", "addends", "addend_quanta")
        .explode("addends", "addend_quanta")
        .group_by("document_key", "ordinal")
        .agg(
            observed=pl.col("addends").cast(MONEY).sum(),
            spread=half(pl.col("addend_quanta").cast(MONEY)).sum(),
        )
    )
    joined = placed.join(added, on=("document_key", "ordinal"), how="left", maintain_order="left")
    return evidence(
        joined,
        pl.lit("分项合计").alias("subject"),
        pl.lit("text").alias("kind"),
        "word",
        "is_additive",
        pl.col("value").cast(MONEY).alias("stated"),
        pl.col("observed").cast(MONEY),
        pl.lit(None, dtype=MONEY).alias("elsewhere"),
        pl.col("addends").list.len().cast(pl.Int32).alias("part_count"),
        "unit",
        (half("quantum") + pl.col("spread")).cast(MONEY).alias("tolerance"),
    )


def _total_rows(material: Material, column: str, measure: str) -> pl.DataFrame:
    amount, quantum = pl.col(f"{column}_yuan"), pl.col(f"{column}_quantum")
    key = ("document_key", "table_number")
    projects = material.rows("projects").filter(amount.is_not_null())
    sums = projects.group_by(*key, "listing").agg(
        observed=amount.sum(), spread=half(quantum).sum(), coarsest=quantum.max(), part_count=pl.len()
    )
    totals = material.rows("totals").filter(
        pl.col("label").str.replace_all(r"[\s:：()（）]", "").str.contains(_WHOLE) & amount.is_not_null()
    )
    joined = totals.join(sums, on=key, how="inner", maintain_order="left")
    joined = joined.join(
        _nearest(joined, sums, amount), on=("document_key", "ordinal"), how="left", maintain_order="left"
    )
    return evidence(
        joined.with_columns(raw_text="label"),
        pl.lit(f"{measure}合计").alias("subject"),
        pl.lit("table").alias("kind"),
        pl.col("label").alias("word"),
        pl.lit(True).alias("is_additive"),
        amount.cast(MONEY).alias("stated"),
        pl.col("observed").cast(MONEY),
        pl.col("elsewhere").cast(MONEY),
        pl.col("part_count").cast(pl.Int32),
        pl.lit("元").alias("unit"),
        (half("coarsest") + pl.max_horizontal("spread", "wide")).cast(MONEY).alias("tolerance"),
    )


def _nearest(totals: pl.DataFrame, sums: pl.DataFrame, stated: pl.Expr) -> pl.DataFrame:
    """For each total row ``elsewhere``, the sum nearest to what it states, and how ``wide`` that is off at most."""
    total = ("document_key", "ordinal")
    own = totals.select(*total, "table_number", "listing", stated.alias("stated"))
    tables = sums.select("document_key", "observed", "spread", of="listing", number="table_number")
    beside = own.join(tables, on="document_key", how="inner").sort(*total, "number", descending=(False, False, True))
    runs = beside.filter((pl.col("number") <= pl.col("table_number")) & (pl.col("of") != "form")).select(
        *total, "stated", pl.col("observed", "spread").cum_sum().over(total)
    )
    alike = beside.filter(pl.col("of") == pl.col("listing"))
    alike = alike.group_by(*total, "stated").agg(pl.col("observed", "spread").sum())
    nearest = pl.concat([alike, runs]).sort(*total, (pl.col("observed") - pl.col("stated")).abs())
    return nearest.group_by(total, maintain_order=True).first().select(*total, elsewhere="observed", wide="spread")
