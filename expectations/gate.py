"""The gate: facts and star frames of a batch in, verdicts with every finding out. It publishes nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from expectations.catalogue import Catalogue
from expectations.catalogue.model import Level
from expectations.contracts import check_contracts
from expectations.evidence import build_evidence, evidence_beside
from expectations.evidence.material import Material
from expectations.evidence.years import published_by
from expectations.findings import evaluations_of, findings_of, rule_order
from expectations.history import History
from expectations.judging import Judging, run_rules
from expectations.overrides import override
from transforms.departments.registry import Registry
from transforms.facts.frames import FactFrames
from transforms.star.frames import StarFrames

_LEVELS: tuple[Level, ...] = ("blocking", "warning", "information")

_IS_OPEN = pl.col("state") == "open"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of a batch.

    ``evaluation``, ``finding``, ``rejected_row`` have exactly the columns of their quality tables; ``verdicts`` has a
    row a submission: submission_key, status (accepted / accepted_with_warnings / quarantined), reason (Chinese, null
    for accepted), blocking_count, warning_count, information_count (of open findings: waived and
    explained ones do not count).
    ``violations``: how many each rule found (rule id to count), which a second opinion must find as well.
    """

    evaluation: pl.DataFrame
    finding: pl.DataFrame
    rejected_row: pl.DataFrame
    verdicts: pl.DataFrame
    violations: dict[str, int]


def judge(
    facts: FactFrames,
    star: StarFrames,
    catalogue: Catalogue,
    registry: Registry,
    *,
    at: datetime,
    waivers: pl.DataFrame | None = None,
    explained: pl.DataFrame | None = None,
    rejected: pl.DataFrame | None = None,
    database: Path | None = None,
    batch: int = 0,
    history: History | None = None,
) -> Judgement:
    """Judge every submission of ``star["submissions"]``, many at once at little more than the cost of one.

    ``star``: see Material. ``waivers``, ``explained``: see override. ``rejected``: what check_contracts rejected, where
    it was asked already; ``star`` then needs no more than Material does. ``database``, ``batch``: see run_rules.
    ``history``: what is published of the years before. SystemFault where a frame lacks its table's columns.
    """
    rejected = check_contracts(star)[1] if rejected is None else rejected
    material = Material(facts, star, rejected, registry, history or History.none())
    submissions = material.submissions.select("submission_key", "department_id", "fiscal_year")
    groups = [rule.evidence for rule in catalogue.rules]

    def beside_history(judging: Judging) -> dict[str, pl.DataFrame]:
        """The evidence of rules that hold a report against others, once it is known which are refused."""
        refused = override(_blocking(judging, submissions), catalogue, at, waivers).filter(_IS_OPEN)
        published = published_by(material, refused.select("submission_key").unique())
        return evidence_beside(material.history.with_newer(*published), material, groups)

    judging = run_rules(catalogue, build_evidence(material, groups), submissions, database, batch, beside_history)
    finding = override(findings_of(judging, submissions, facts["pages"], at), catalogue, at, waivers, explained)
    return Judgement(
        evaluation=evaluations_of(judging, submissions),
        finding=finding,
        rejected_row=rejected,
        verdicts=_verdicts(submissions, finding, catalogue),
        violations=judging.counts,
    )


def _blocking(judging: Judging, submissions: pl.DataFrame) -> pl.DataFrame:
    """What blocks a submission, before it is worded: rule_id, submission_key, department_id, fiscal_year, state."""
    rows = [
        run.violations.filter(pl.col("level").is_in(levels)).select("submission_key", rule_id=pl.lit(run.rule.id))
        for run in judging.runs
        if not run.violations.is_empty()
        and (levels := [each for each in _LEVELS if run.rule.effective_level(each) == "blocking"])
    ]
    if not rows:
        return submissions.clear().with_columns(rule_id=pl.lit(""), state=pl.lit("open"))
    return pl.concat(rows).unique().join(submissions, on="submission_key").with_columns(state=pl.lit("open"))


def _verdicts(submissions: pl.DataFrame, finding: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    titles = {rule.id: rule.title for rule in catalogue.rules}
    is_open = finding.filter(_IS_OPEN)
    counts = is_open.group_by("submission_key").agg(
        *((pl.col("level") == level).sum().cast(pl.Int32).alias(f"{level}_count") for level in _LEVELS)
    )
    blocking = is_open.filter(pl.col("level") == "blocking")
    first = (
        blocking.with_columns(order=pl.col("rule_id").replace_strict(rule_order(catalogue), return_dtype=pl.Int32))
        .sort("submission_key", "order", maintain_order=True)
        .unique("submission_key", keep="first", maintain_order=True)
        .select(
            "submission_key", title=pl.col("rule_id").replace_strict(titles, return_dtype=pl.String), said="message"
        )
    )
    joined = (
        submissions.select("submission_key")
        .join(counts, on="submission_key", how="left")
        .join(first, on="submission_key", how="left")
    )
    filled = joined.with_columns(pl.col(f"{level}_count").fill_null(0) for level in _LEVELS)
    others = pl.col("blocking_count") - 1
    more = (
        pl.when(others > 0).then(pl.concat_str(pl.lit("另有 "), others, pl.lit(" 处阻断问题。"))).otherwise(pl.lit(""))
    )
    return filled.select(
        "submission_key",
        pl.when(pl.col("blocking_count") > 0)
        .then(pl.lit("quarantined"))
        .when(pl.col("warning_count") > 0)
        .then(pl.lit("accepted_with_warnings"))
        .otherwise(pl.lit("accepted"))
        .alias("status"),
        pl.when(pl.col("blocking_count") > 0)
        .then(pl.concat_str("title", pl.lit("："), "said", more))
        .when(pl.col("warning_count") > 0)
        .then(pl.concat_str(pl.lit("有 "), "warning_count", pl.lit(" 个问题请确认或说明。")))
        .alias("reason"),
        *(f"{level}_count" for level in _LEVELS),
    ).sort("submission_key")
