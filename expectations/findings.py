"""Violations as findings and evaluations: Chinese sentences, places, keys. Verdicts do not belong here."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from expectations.catalogue import Catalogue, Rule
from expectations.evidence.material import PLACE
from expectations.judging import Judging, RuleRun
from expectations.templates import rendered
from warehouse.keys import key_expression
from warehouse.registry import table
from warehouse.schema import conform

_NUMBERED_PLACE = tuple(name for name in PLACE if name != "raw_text")
_NATURAL_KEY = ("rule_id", "submission_key", "document_key", *_NUMBERED_PLACE, "subject")
_OUTCOME = pl.Schema(
    {
        "submission_key": pl.Int64(),
        "outcome": pl.String(),
        "reason": pl.String(),
        "observed": pl.String(),
        "expected": pl.String(),
        "difference": pl.String(),
    }
)


def findings_of(judging: Judging, submissions: pl.DataFrame, pages: pl.DataFrame, at: datetime) -> pl.DataFrame:
    """quality.finding, a row a violation, all open: as many rows as violations, none cut off.

    ``submissions`` has submission_key, department_id, fiscal_year; ``pages`` document_key, page, first_line of media
    that have pages: a finding that knows its line only takes the page from there. Sorted by submission, then in the
    order of the rules, then by place.
    """
    definition = table("quality.finding")
    parts = [_rule_findings(run, order) for order, run in enumerate(judging.runs)]
    identity = submissions.select("submission_key", "department_id", "fiscal_year")
    listed = (
        _with_pages(pl.concat(parts), pages)
        .join(identity, on="submission_key", how="left", maintain_order="left")
        .sort("submission_key", "order", "document_key", *_NUMBERED_PLACE, "subject", "message", maintain_order=True)
        .with_columns(repetition=pl.int_range(pl.len()).over(_NATURAL_KEY))
        .with_columns(
            finding_key=key_expression("finding", *_NATURAL_KEY, "repetition"),
            state=pl.lit("open"),
            first_seen_at=pl.lit(at),
            last_seen_at=pl.lit(at),
        )
    )
    return conform(listed, definition)


def _with_pages(listed: pl.DataFrame, pages: pl.DataFrame) -> pl.DataFrame:
    """The rows with the page of their line where they have none."""
    starts = pages.select("document_key", at=pl.col("first_line"), page_of_line="page").sort("at")
    placed = listed.with_columns(at=pl.col("line").fill_null(0)).sort("at", maintain_order=True)
    joined = placed.join_asof(starts, on="at", by="document_key", check_sortedness=False)
    return joined.with_columns(page=pl.coalesce("page", "page_of_line")).drop("at", "page_of_line")


def evaluations_of(judging: Judging, submissions: pl.DataFrame) -> pl.DataFrame:
    """quality.evaluation: one row for each rule and submission, sorted by both."""
    parts = [_rule_outcomes(run, submissions).with_columns(rule_id=pl.lit(run.rule.id)) for run in judging.runs]
    stamped = pl.concat(parts).with_columns(catalogue_version=pl.lit(judging.catalogue.version))
    return conform(stamped.sort("submission_key", "rule_id"), table("quality.evaluation"))


def empty_findings() -> pl.DataFrame:
    """quality.finding without rows."""
    return table("quality.finding").empty()


def rule_order(catalogue: Catalogue) -> dict[str, int]:
    """Rule id to its place in the order of judging."""
    return {rule.id: place for place, rule in enumerate(catalogue.rules)}


def _rule_findings(run: RuleRun, order: int) -> pl.DataFrame:
    rule, rows = run.rule, run.violations
    texts = _texts(rule, rows, ("subject", "observed", "expected", "difference", "message"))
    levels = {level: rule.effective_level(level) for level in (rule.level, rule.milder_level) if level is not None}
    return rows.select(
        pl.lit(rule.id).alias("rule_id"),
        pl.lit(order).alias("order"),
        pl.col("level").replace_strict(levels, return_dtype=pl.String),
        "submission_key",
        "document_key",
        *PLACE,
        *texts,
        pl.lit(rule.remedy).alias("remedy"),
        pl.lit(rule.responsible).alias("responsible"),
    )


def _texts(rule: Rule, rows: pl.DataFrame, names: tuple[str, ...]) -> list[pl.Expr]:
    absent = pl.lit(None, dtype=pl.String)
    return [
        (rendered(rule.templates[name], rows.schema) if name in rule.templates else absent).alias(name)
        for name in names
    ]


def _rule_outcomes(run: RuleRun, submissions: pl.DataFrame) -> pl.DataFrame:
    """The outcome on each submission, with what was seen and expected."""
    failed = run.violations.select("submission_key").unique()
    held = run.population.select("submission_key").unique().join(failed, on="submission_key", how="anti")
    skipped = run.skipped.select("submission_key", "reason")
    decided = pl.concat([failed, held, skipped.select("submission_key")])
    undecided = submissions.select("submission_key").join(decided, on="submission_key", how="anti")
    return pl.concat(
        [
            _outcome(_seen(run, run.violations, failed), "fail"),
            _outcome(_seen(run, run.population, held), "pass"),
            _outcome(skipped, "not_applicable"),
            _outcome(undecided.with_columns(reason=pl.lit(run.rule.not_applicable)), "not_applicable"),
        ]
    )


def _outcome(frame: pl.DataFrame, outcome: str) -> pl.DataFrame:
    stated = frame.with_columns(outcome=pl.lit(outcome))
    return stated.select(
        (pl.col(name) if name in stated.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in _OUTCOME.items()
    )


def _seen(run: RuleRun, rows: pl.DataFrame, submissions: pl.DataFrame) -> pl.DataFrame:
    """observed, expected, difference of each submission: of its one row, else how many places were looked at."""
    is_violation = rows is run.violations
    names = ("observed", "expected", "difference") if is_violation else ("observed", "expected")
    texts = rows.select("submission_key", *_texts(run.rule, rows, names))
    looked_at = run.population.group_by("submission_key").agg(looked_at=pl.len())
    many = pl.concat_str(
        pl.lit("核对 "),
        "looked_at",
        pl.lit(" 处，"),
        pl.col("places") if is_violation else pl.lit("0"),
        pl.lit(" 处不符"),
    )
    seen = (
        texts.group_by("submission_key")
        .agg(pl.col(names).first(), places=pl.len())
        .join(looked_at, on="submission_key", how="left")
    )
    is_single = pl.col("places") == 1
    return submissions.join(seen, on="submission_key", how="left").with_columns(
        pl.when(is_single).then("observed").otherwise(many).alias("observed"),
        *(pl.when(is_single).then(name).alias(name) for name in names[1:]),
    )
