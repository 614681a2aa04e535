"""Evidence beside what was published of the year before (C30, and of C36 what compares with last year)."""

from __future__ import annotations

import polars as pl

from expectations.evidence.amounts import table_amounts
from expectations.evidence.material import MONEY, Material, at, evidence, half, is_first, ratio
from expectations.evidence.points import FORM, form_rows
from expectations.history import UNIT, History
from expectations.templates import parse_template, rendered

_REFERENCES = {
    "table": "本表中位数",
    "last_year": "上年公布数",
    "initial": "年初预算数",
    "project_form": "单个项目的一般上限",
    "overall_form": "单个部门的一般上限",
}
_TEXTS = {"seen": "stated", "wanted": "observed", "apart": "less"}


def published_by(material: Material, blocked: pl.DataFrame) -> tuple[History, pl.DataFrame]:
    """What a batch itself brings into force, when these submissions (submission_key) are refused: of each department
    and year its newest version; and those departments and years."""
    versions = material.star["submissions"].select("submission_key", *UNIT, "version").drop_nulls().unique()
    accepted = versions.join(blocked, on="submission_key", how="anti")
    in_force = accepted.filter(pl.col("version") == pl.col("version").max().over(UNIT)).sort(UNIT)
    totals = in_force.join(material.figure("total_budget_yuan", "total"), on="submission_key", maintain_order="left")
    projects = material.projects.filter("is_primary").select(
        "submission_key", "project_key", amount_yuan=pl.coalesce("budget_yuan", "spent_yuan").cast(MONEY)
    )
    return (
        History(
            totals.select(*UNIT, pl.col("total").cast(MONEY).alias("total_yuan"), pl.col("total_quantum").cast(MONEY)),
            in_force.join(projects, on="submission_key", maintain_order="left_right").select(
                *UNIT, "project_key", "amount_yuan"
            ),
        ),
        in_force.select(UNIT),
    )


def stated_changes(material: Material, history: History) -> pl.DataFrame:
    """A row a change on last year that a submission states. Kind ``amount``: ``stated`` is the total less the change,
    ``observed`` last year's published total, 元; kind ``share``: ``stated`` the percentage (a fraction), ``observed``
    the change in money ÷ what it says of last year, or, where it states no money, the change on the published total.
    Where the budget was adjusted the share may be that of the adjusted one: the nearer counts. ``tolerance``;
    ``seen``, ``wanted`` and ``apart`` are both and their difference as texts,
    ``saying`` tells what was stated."""
    known = _with_last_year(
        material.submissions.select("submission_key", *UNIT)
        .join(material.figure("total_budget_yuan", "total"), on="submission_key", maintain_order="left")
        .join(material.figure("annual_budget_yuan", "annual"), on="submission_key", how="left")
        .join(material.figure("prior_year_change_yuan", "change"), on="submission_key", how="left")
        .join(material.figure("prior_year_change_rate", "rate"), on="submission_key", how="left"),
        history.totals,
    ).sort("submission_key")
    return pl.concat([_by_amount(known), _by_share(known)])


def _with_last_year(rows: pl.DataFrame, published: pl.DataFrame) -> pl.DataFrame:
    last = published.with_columns(pl.col("fiscal_year") + 1).rename(
        {"total_yuan": "last_yuan", "total_quantum": "last_quantum"}
    )
    return rows.join(last, on=UNIT, how="left", maintain_order="left")


def _by_amount(known: pl.DataFrame) -> pl.DataFrame:
    rows = known.filter(pl.col("change").is_not_null() & pl.col("last_yuan").is_not_null()).with_columns(
        stated=(pl.col("total") - pl.col("change")).cast(MONEY),
        observed=pl.col("last_yuan").cast(MONEY),
        tolerance=(half("total_quantum") + half("change_quantum") + half("last_quantum")).cast(MONEY),
        moved=pl.col("change").abs(),
        word=_word("change"),
    )
    saying = "收支总预算 {total:wan}，较上年{word} {moved:wan}，推算上年为 {stated:wan}；上年公布的是 {observed:wan}"
    return _stated(rows.with_columns(at("change")), "amount", "上年总预算", "wan", saying)


def _by_share(known: pl.DataFrame) -> pl.DataFrame:
    own = pl.when(_misses("total") > _misses("annual")).then("annual").otherwise("total")
    said = pl.when(pl.col("change").is_not_null()).then(pl.col("total") - pl.col("change")).otherwise("last_yuan")
    rows = known.filter(pl.col("rate").is_not_null()).with_columns(total=own.cast(MONEY))
    rows = rows.with_columns(base=said.cast(MONEY)).filter(pl.col("base") > 0)
    moved = pl.coalesce("change", pl.col("total") - pl.col("base")).cast(MONEY)
    spread = half("total_quantum") + pl.when(pl.col("change").is_null()).then(half("last_quantum")).otherwise(
        half("change_quantum")
    )
    compared = rows.with_columns(
        stated=pl.col("rate").cast(MONEY),
        observed=ratio(moved, "base"),
        tolerance=(half("rate_quantum") + ratio(spread * 2, "base")).cast(MONEY),
        moved=moved.abs(),
        word=_word("rate"),
    )
    saying = "收支总预算 {total:wan}，较上年{word} {stated:percent}；按金额计算为 {observed:percent}"
    return _stated(compared.with_columns(at("rate")), "share", "上年增减比例", "percent", saying)


def _misses(budget: str) -> pl.Expr:
    """How far the stated share is from the stated change on what it says of the year before a ``budget``."""
    before = pl.col(budget).cast(pl.Float64) - pl.col("change").cast(pl.Float64)
    return (pl.col("change").cast(pl.Float64) / before - pl.col("rate").cast(pl.Float64)).abs()


def _word(figure: str) -> pl.Expr:
    return pl.when(pl.col(figure) < 0).then(pl.lit("减少")).otherwise(pl.lit("增加"))


def _stated(rows: pl.DataFrame, kind: str, subject: str, form: str, saying: str) -> pl.DataFrame:
    texts = {name: f"{{{column}:{form}}}" for name, column in _TEXTS.items()} | {"saying": saying}
    rows = rows.with_columns(less=(pl.col("stated") - pl.col("observed")).cast(MONEY))
    return evidence(
        rows,
        pl.lit(subject).alias("subject"),
        pl.lit(kind).alias("kind"),
        "stated",
        "observed",
        "tolerance",
        *(rendered(parse_template(text), rows.schema).alias(name) for name, text in texts.items()),
    )


def unusual_amounts(material: Material, history: History) -> pl.DataFrame:
    """A row an amount beside others. Kind ``table``: of a project row, ``reference_yuan`` the median of its table of
    ``row_count`` rows; kind ``last_year``: of a project (its primary row) or of the department's total budget,
    ``reference_yuan`` what was published of the year before; kind ``initial``: the adjusted budget of a form beside the
    initial one; kinds ``project_form`` and ``overall_form``: the largest amount of a form, without a reference.
    ``multiple``: the amount in terms of the reference; ``reference`` says in words what that is."""
    beside = table_amounts(material).rename({"median_yuan": "reference_yuan"}).with_columns(kind=pl.lit("table"))
    parts = [beside, _projects(material, history), _totals(material, history), *_forms(material)]
    rows = pl.concat(parts, how="diagonal")
    return rows.with_columns(
        multiple=ratio("amount_yuan", "reference_yuan").round(6, mode="half_away_from_zero"),
        reference=pl.col("kind").replace_strict(_REFERENCES, return_dtype=pl.String),
    )


def _forms(material: Material) -> list[pl.DataFrame]:
    forms = material.once(form_rows).select(*FORM, "form", form_kind="kind")
    funds = material.rows("form_funding").join(forms, on=FORM, maintain_order="left")
    most = pl.max_horizontal("initial_yuan", "adjusted_yuan", "executed_yuan")
    largest = funds.filter(most == most.max().over(FORM)).filter(is_first(FORM))
    adjusted = funds.filter((pl.col("funding_source") == "合计") & (pl.col("initial_yuan") > 0))
    return [
        _of_forms(material, largest.with_columns(kind="form_kind", amount=most, reference=pl.lit(None, dtype=MONEY))),
        _of_forms(
            material, adjusted.with_columns(kind=pl.lit("initial"), amount="adjusted_yuan", reference="initial_yuan")
        ),
    ]


def _of_forms(material: Material, rows: pl.DataFrame) -> pl.DataFrame:
    return evidence(
        material.placed(rows, "form_funding"),
        pl.concat_str("form", pl.lit("自评表")).alias("subject"),
        pl.col("amount").cast(MONEY).alias("amount_yuan"),
        pl.col("reference").cast(MONEY).alias("reference_yuan"),
        "kind",
    )


def _projects(material: Material, history: History) -> pl.DataFrame:
    last = history.amounts.select(
        "department_id", "project_key", pl.col("fiscal_year") + 1, reference_yuan="amount_yuan"
    ).filter(is_first(("department_id", "project_key", "fiscal_year")))
    rows = material.projects.filter("is_primary").with_columns(
        amount=pl.coalesce("budget_yuan", "spent_yuan"), raw_text=pl.coalesce("budget_text", "spent_text")
    )
    joined = rows.join(last, on=("department_id", "project_key", "fiscal_year"), maintain_order="left")
    return _beside_last_year(material.placed(joined, "projects", "budget_yuan"), pl.col("name"))


def _totals(material: Material, history: History) -> pl.DataFrame:
    totals = material.submissions.select("submission_key", *UNIT).join(
        material.figure("total_budget_yuan", "amount"), on="submission_key", maintain_order="left"
    )
    joined = _with_last_year(totals, history.totals).rename({"last_yuan": "reference_yuan"})
    known = joined.filter(pl.col("reference_yuan").is_not_null())
    return _beside_last_year(known.with_columns(at("amount")), pl.lit("收支总预算"))


def _beside_last_year(rows: pl.DataFrame, subject: pl.Expr) -> pl.DataFrame:
    return evidence(
        rows,
        subject.alias("subject"),
        pl.col("amount").cast(MONEY).alias("amount_yuan"),
        pl.col("reference_yuan").cast(MONEY),
        pl.lit("last_year").alias("kind"),
    )
