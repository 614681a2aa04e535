"""Violations as findings and evaluations: Chinese sentences, places, keys. Verdicts do not belong here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

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
_Part = TypeVar("_Part")


def findings_of(judging: Judging, submissions: pl.DataFrame, pages: pl.DataFrame, at: datetime) -> pl.DataFrame:
    """quality.finding, a row a violation, all open: as many rows as violations, none cut off.

    ``submissions`` has submission_key, department_id, fiscal_year; ``pages`` document_key, page, first_line of media
    that have pages: a finding that knows its line only takes the page from there. Sorted by submission, then in the
    order of the rules, then by place.
    """
    definition = table("quality.finding")
    broken = _telling([(each, each[1].violations) for each in enumerate(judging.runs)])
    parts = [_rule_findings(run, order) for (order, run), _ in broken]
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
    """quality.evaluation: one row for each rule and submission, sorted by both. What was seen and expected is that of
    the one row that was looked at (or violates); of several, how many."""
    ids = sorted(run.rule.id for run in judging.runs)
    places = {rule_id: place for place, rule_id in enumerate(ids)}
    numbered = submissions.select("submission_key").sort("submission_key").with_row_index("nth")
    general = {run.rule.id: run.rule.not_applicable for run in judging.runs}
    rules = pl.DataFrame({"rule_id": ids, "general": [general[rule_id] for rule_id in ids]})

    def at(parts: Iterable[tuple[Rule, pl.DataFrame]]) -> pl.DataFrame:
        """The rows, each with its place (``at``) in the order of submissions and rules instead of what tells both."""
        rows = pl.concat(rows.with_columns(place=pl.lit(places[rule.id], pl.UInt32)) for rule, rows in parts)
        in_order = rows.join(numbered, on="submission_key")
        return in_order.with_columns(at=pl.col("nth") * len(ids) + pl.col("place")).drop(
            "nth", "place", "submission_key"
        )

    skipped = _telling([(run.rule, run.skipped) for run in judging.runs])
    looked_at = _seen([(run.rule, run.population) for run in judging.runs], ("observed", "expected"))
    broken = _seen([(run.rule, run.violations) for run in judging.runs], ("observed", "expected", "difference"))
    listed = (
        numbered.select("submission_key")
        .join(rules, how="cross", maintain_order="left_right")
        .with_row_index("at")
        .join(at(looked_at), on="at", how="left", maintain_order="left")
        .join(at(broken), on="at", how="left", maintain_order="left", suffix="_broken")
        .join(at(skipped), on="at", how="left", maintain_order="left")
        .with_columns(_outcome(), catalogue_version=pl.lit(judging.catalogue.version))
        .with_columns(_said())
    )
    return conform(listed, table("quality.evaluation"))


def empty_findings() -> pl.DataFrame:
    """quality.finding without rows."""
    return table("quality.finding").empty()


def rule_order(catalogue: Catalogue) -> dict[str, int]:
    """Rule id to its place in the order of judging."""
    return {rule.id: place for place, rule in enumerate(catalogue.rules)}


def _telling(parts: Sequence[tuple[_Part, pl.DataFrame]]) -> Sequence[tuple[_Part, pl.DataFrame]]:
    """Those with rows, for most rules find nothing and wording nothing takes time too; all where none has any, for a
    probe of the rules looks at nothing else."""
    return [part for part in parts if part[1].height] or parts


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


def _seen(rows: Sequence[tuple[Rule, pl.DataFrame]], names: tuple[str, ...]) -> Iterator[tuple[Rule, pl.DataFrame]]:
    """By rule, a row a submission: ``places``, how many rows it has, and ``names``, the texts of the first, which is
    told where it is the only one."""
    for rule, frame in _telling(rows):
        counted = frame.group_by("submission_key").agg(pl.all().first(), pl.len().alias("places"))
        yield rule, counted.select("submission_key", *_texts(rule, counted, names), "places")


def _outcome() -> pl.Expr:
    return (
        pl.when(pl.col("reason").is_not_null())
        .then(pl.lit("not_applicable"))
        .when(pl.col("places_broken").is_not_null())
        .then(pl.lit("fail"))
        .when(pl.col("places").is_not_null())
        .then(pl.lit("pass"))
        .otherwise(pl.lit("not_applicable"))
        .alias("outcome")
    )


def _said() -> list[pl.Expr]:
    """reason, observed, expected and difference, by the outcome."""
    is_fail, is_pass = pl.col("outcome") == "fail", pl.col("outcome") == "pass"
    is_one_broken, is_one = is_fail & (pl.col("places_broken") == 1), is_pass & (pl.col("places") == 1)
    many = pl.format("核对 {} 处，{} 处不符", "places", pl.col("places_broken").fill_null(0))
    return [
        pl.when(~is_fail & ~is_pass).then(pl.coalesce("reason", "general")).alias("reason"),
        pl.when(is_one_broken)
        .then("observed_broken")
        .when(is_one)
        .then("observed")
        .when(is_fail | is_pass)
        .then(many)
        .alias("observed"),
        pl.when(is_one_broken).then("expected_broken").when(is_one).then("expected").alias("expected"),
        pl.when(is_one_broken).then("difference").alias("difference"),
    ]
