"""Evidence on amounts of the whole department against its projects (C22, C24, C26, C27, C28, C29, C33, C34).

Amounts are 元. Each project counts once in a sum, by the star's primary row.
"""

from __future__ import annotations

import polars as pl

from expectations.evidence.material import MONEY, PLACE, Material, at, evidence, half, is_first, ratio

_BUDGET_NAMES = {"annual_budget_yuan": "全年预算数", "total_budget_yuan": "收支总预算"}


def execution(material: Material) -> pl.DataFrame:
    """A row a rate that is stated with an amount executed and a budget in one passage (a sentence, or a table); of a
    submission without such a passage, a row of what it states anywhere: ``stated`` and ``observed`` rates (fractions),
    ``executed_yuan``, ``budget_yuan``, ``budget_name``, ``tolerance``; ``unexplained`` amounts and
    ``unexplained_shares`` that the text states beside them.

    The tolerance is half the last printed digit of the rate, plus what the printed precision of both amounts
    moves their quotient by.
    """
    anywhere = (
        budgets(material)
        .join(material.figure("executed_yuan", "executed"), on="submission_key", how="inner")
        .join(material.figure("stated_execution_rate", "stated"), on="submission_key", how="inner")
    )
    together = _in_one_passage(material)
    rows = pl.concat(
        [together, anywhere.join(together, on="submission_key", how="anti", maintain_order="left")], how="diagonal"
    )
    shares = material.unexplained("share").rename({"unexplained": "unexplained_shares"})
    joined = (
        rows.join(material.unexplained("money"), on="submission_key", how="left")
        .join(shares, on="submission_key", how="left")
        .with_columns(observed=ratio("executed", "budget_yuan"))
        .with_columns(spread=half("executed_quantum") + pl.col("observed") * half("budget_quantum"))
        .sort("submission_key", maintain_order=True)
    )
    return evidence(
        joined.with_columns(at("stated")),
        pl.lit("预算执行率").alias("subject"),
        "stated",
        "observed",
        pl.col("executed").alias("executed_yuan"),
        "budget_yuan",
        "budget_name",
        (half("stated_quantum") + ratio("spread", "budget_yuan")).alias("tolerance"),
        pl.col("unexplained", "unexplained_shares").fill_null([]),
    )


def _in_one_passage(material: Material) -> pl.DataFrame:
    """Rate, amount executed and budget of each passage that states one of each, as execution takes them."""
    passage = ("submission_key", "fiscal_year", "document_key", "table_number", "passage")
    in_passage = pl.when(pl.col("table_number").is_null()).then(pl.concat_str("line", "sentence", ignore_nulls=True))
    placed = material.figures.with_columns(passage=in_passage.fill_null(""))

    def alone(prefix: str, *names: str) -> pl.DataFrame:
        columns = ("value", "quantum", *PLACE)
        ranked = [placed.filter(pl.col("name") == name).filter(pl.len().over(passage) == 1) for name in names]
        first = pl.concat(ranked).filter(is_first(passage))
        return first.select(
            *passage, pl.col("name").alias(f"{prefix}_name"), *(pl.col(c).alias(f"{prefix}_{c}") for c in columns)
        )

    joined = (
        alone("stated", "stated_execution_rate")
        .join(alone("executed", "executed_yuan"), on=passage, nulls_equal=True, maintain_order="left")
        .join(alone("budget", *_BUDGET_NAMES), on=passage, nulls_equal=True, maintain_order="left")
    )
    return joined.select(
        *passage[:2],
        pl.col("stated_value").alias("stated"),
        pl.col("executed_value").alias("executed"),
        pl.col("budget_value").alias("budget_yuan"),
        pl.col("budget_name").replace_strict(_BUDGET_NAMES, return_dtype=pl.String),
        *(f"{prefix}_quantum" for prefix in ("stated", "executed", "budget")),
        pl.col("document_key").alias("stated_document_key"),
        *(f"stated_{name}" for name in PLACE),
    )


def listed_projects(material: Material) -> pl.DataFrame:
    """A row a submission with amounts in its tables.

    ``row_count`` rows with budget and spending, ``exact_count`` those where both are equal; ``table_row_count`` rows
    with an amount in the tables of a report; ``project_count`` and ``listed_yuan`` of the distinct projects,
    ``naive_yuan`` the sum over all rows of all tables (a form of a project that a table lists repeats it by design and
    is left out); ``budget_yuan``, ``budget_name`` of the department; ``share`` listed ÷ budget, ``share_tolerance``,
    ``tolerance`` of budget − listed.
    """
    budget = budgets(material).drop("fiscal_year")
    joined = _sums(material.projects).join(budget, on="submission_key", how="left").sort("submission_key")
    tolerance = (pl.col("listed_tolerance") + half("budget_quantum")).cast(MONEY)
    return evidence(
        joined.with_columns(
            document_key=pl.coalesce("budget_document_key", "document_key"),
            line=pl.coalesce("budget_line", "table_line"),
            raw_text="budget_raw_text",
        ),
        pl.lit("项目合计").alias("subject"),
        "row_count",
        "exact_count",
        "amount_row_count",
        "table_row_count",
        "project_count",
        "listed_yuan",
        "naive_yuan",
        "budget_yuan",
        "budget_name",
        ratio("listed_yuan", "budget_yuan").alias("share"),
        tolerance.alias("tolerance"),
        ratio(tolerance, "budget_yuan").alias("share_tolerance"),
    )


def _sums(projects: pl.DataFrame) -> pl.DataFrame:
    """Counts and sums of the rows with an amount, a row a submission."""
    both = pl.col("budget_yuan").is_not_null() & pl.col("spent_yuan").is_not_null()
    primary = pl.col("is_primary").fill_null(False)
    rows = projects.with_columns(
        amount=pl.coalesce("budget_yuan", "spent_yuan"),
        quantum=pl.when(pl.col("budget_yuan").is_not_null()).then("budget_quantum").otherwise("spent_quantum"),
    ).filter(pl.col("amount").is_not_null() & ((pl.col("listing") != "form") | primary))
    return rows.group_by("submission_key", maintain_order=True).agg(
        pl.col("document_key", "fiscal_year").first(),
        row_count=both.sum().cast(pl.Int32),
        exact_count=(both & (pl.col("budget_yuan") == pl.col("spent_yuan"))).sum().cast(pl.Int32),
        amount_row_count=pl.len().cast(pl.Int32),
        table_row_count=(pl.col("listing") != "form").sum().cast(pl.Int32),
        project_count=primary.sum().cast(pl.Int32),
        listed_yuan=pl.col("amount").filter(primary).sum().cast(MONEY),
        naive_yuan=pl.col("amount").sum().cast(MONEY),
        listed_tolerance=half("quantum").filter(primary).sum().cast(MONEY),
        table_line=pl.col("line").min(),
    )


def large_projects(material: Material) -> pl.DataFrame:
    """A row a submission that claims projects at or over a threshold it names: ``threshold_yuan``,
    ``claimed_count``, ``claimed_yuan``, ``listed_count``, ``listed_yuan`` (distinct projects at or over it;
    null when no table has amounts), ``tolerance`` of claimed − listed, ``claimed_tolerance``; ``whole_yuan``,
    what the claimed amount is a part of (what its sentence says, the monitored amount in it, else the largest
    stated total) with ``whole_tolerance``; ``least_yuan``, threshold × count; ``mean_yuan``.
    """
    claims = (
        material.submissions.select("submission_key", "fiscal_year")
        .join(material.figure("large_project_threshold_yuan", "threshold"), on="submission_key", how="inner")
        .join(material.figure("large_project_count", "count"), on="submission_key", how="left")
        .join(material.figure("large_project_yuan", "claimed"), on="submission_key", how="left")
        .join(material.figure("large_project_whole_yuan", "whole"), on="submission_key", how="left")
        .join(material.figure("monitored_yuan", "monitored"), on="submission_key", how="left")
        .join(budgets(material).drop("fiscal_year"), on="submission_key", how="left")
    )
    joined = claims.join(_listed_large(material, claims), on="submission_key", how="left").sort("submission_key")
    quanta = pl.max_horizontal("whole_quantum", "monitored_quantum", "budget_quantum")
    claimed_place = [
        pl.coalesce(f"{prefix}_{name}" for prefix in ("claimed", "count", "threshold")).alias(name)
        for name in ("document_key", "line", "raw_text")
    ]
    return evidence(
        joined.with_columns(claimed_place),
        pl.lit("大额项目").alias("subject"),
        pl.col("threshold").alias("threshold_yuan"),
        pl.col("count").cast(pl.Int32).alias("claimed_count"),
        pl.col("claimed").alias("claimed_yuan"),
        "listed_count",
        "listed_yuan",
        (half("claimed_quantum") + pl.col("listed_tolerance").fill_null(0)).cast(MONEY).alias("tolerance"),
        half("claimed_quantum").alias("claimed_tolerance"),
        _whole_of_large().alias("whole_yuan"),
        (half("claimed_quantum") + half(quanta)).alias("whole_tolerance"),
        (pl.col("threshold") * pl.col("count").cast(pl.Int64)).cast(MONEY).alias("least_yuan"),
        ratio("claimed", "count").round(2, mode="half_away_from_zero").alias("mean_yuan"),
    )


def _whole_of_large() -> pl.Expr:
    """What the claimed amount is a part of: what its sentence says, else the largest stated total."""
    is_of = {name: pl.col(f"{name}_raw_text") == pl.col("claimed_raw_text") for name in ("whole", "monitored")}
    largest = pl.max_horizontal("monitored", "budget_yuan")
    return pl.when(is_of["whole"]).then("whole").when(is_of["monitored"]).then("monitored").otherwise(largest)


def planned_projects(material: Material) -> pl.DataFrame:
    """A row a planned project: its name (subject) and ``amount_count``, the rows of any table of the submission in
    which it has an amount."""
    has_amount = pl.col("budget_yuan").is_not_null() | pl.col("spent_yuan").is_not_null()
    keyed = material.projects.filter(pl.col("project_key").is_not_null())
    amounts = keyed.group_by("submission_key", "project_key").agg(amount_count=has_amount.sum().cast(pl.Int32))
    planned = keyed.filter(pl.col("listing") == "plan").filter(is_first(("submission_key", "project_key")))
    joined = planned.join(amounts, on=("submission_key", "project_key"), how="left", maintain_order="left")
    named = joined.with_columns(raw_text="name")
    return evidence(
        material.placed(named, "projects", "reported_name"), pl.col("name").alias("subject"), "amount_count"
    )


def budgets(material: Material) -> pl.DataFrame:
    """The budget that shares and rates use, a row a submission: the annual budget, else the total. ``budget_yuan``,
    ``budget_quantum``, ``budget_name``, ``budget_document_key``, ``budget_line``, ``budget_raw_text``."""
    parts = [
        material.figure(name, "budget").with_columns(budget_name=pl.lit(title)) for name, title in _BUDGET_NAMES.items()
    ]
    first = pl.concat(parts).filter(is_first("submission_key")).rename({"budget": "budget_yuan"})
    return material.submissions.select("submission_key", "fiscal_year").join(
        first, on="submission_key", how="inner", maintain_order="left"
    )


def _listed_large(material: Material, claims: pl.DataFrame) -> pl.DataFrame:
    """Distinct listed projects at or over the claimed threshold; only of submissions that list amounts."""
    primary = material.projects.filter("is_primary").with_columns(amount=pl.coalesce("budget_yuan", "spent_yuan"))
    compared = primary.join(claims.select("submission_key", "threshold"), on="submission_key", how="inner")
    is_large = pl.col("amount") >= pl.col("threshold")
    return compared.group_by("submission_key").agg(
        listed_count=is_large.sum().cast(pl.Int32),
        listed_yuan=pl.col("amount").filter(is_large).sum().cast(MONEY),
        listed_tolerance=half("budget_quantum").filter(is_large).sum().cast(MONEY),
    )
