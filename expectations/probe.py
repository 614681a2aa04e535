"""Whether a catalogue that people wrote can be judged by: its queries run and its sentences can be filled.

Asked before anything is judged. What a file of rules looks like is checked when it loads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from expectations.catalogue import Catalogue, CatalogueError, Phase, Rule
from expectations.catalogue.loader import places_of_rules
from expectations.contracts import check_contracts
from expectations.evidence import BESIDE_HISTORY, GROUPS, build_evidence, evidence_beside
from expectations.evidence.material import Material
from expectations.findings import evaluations_of, findings_of
from expectations.history import History
from expectations.judging import run_rules
from transforms.departments.registry import Registry
from transforms.facts.frames import fact_frames
from transforms.star.conform import conform_batch
from transforms.star.dimensions import conformed_dimensions
from transforms.star.frames import Past
from warehouse.archive.receipts import RECEIPT_SCHEMA

_WHENEVER = datetime(2000, 1, 1, tzinfo=UTC)
Evidence = Mapping[str, pl.DataFrame]
"""Group to its frame, without rows."""
_SUBMISSIONS = pl.Schema({"submission_key": pl.Int64(), "department_id": pl.String(), "fiscal_year": pl.Int32()})


def probe(catalogue: Catalogue, path: Path, registry: Registry) -> None:
    """Run every rule on nothing. ``path`` is what the catalogue was loaded from; CatalogueError names file, line, rule
    and reason."""
    material = _nothing(registry)
    groups = {rule.evidence for rule in catalogue.rules} & {*GROUPS, *BESIDE_HISTORY}
    evidence = build_evidence(material, groups) | evidence_beside(History.none(), material, groups)
    if refused := _first_refused(catalogue.rules, catalogue, evidence, material.facts["pages"]):
        rule, reason = refused
        raise CatalogueError(f"{places_of_rules(path).get(rule.id, '')}规则 {rule.id} 不能执行：{reason}")


def _first_refused(
    rules: Sequence[Rule], catalogue: Catalogue, evidence: Evidence, pages: pl.DataFrame
) -> tuple[Rule, str] | None:
    """The first of the rules that cannot be judged by, and why: run together costs as much as one, hence by halves."""
    reason = _refusal(rules, catalogue, evidence, pages)
    if reason is None:
        return None
    if len(rules) == 1:
        return rules[0], reason
    half = len(rules) // 2
    parts = (rules[:half], rules[half:])
    return next(filter(None, (_first_refused(part, catalogue, evidence, pages) for part in parts)), None)


def _refusal(rules: Sequence[Rule], catalogue: Catalogue, evidence: Evidence, pages: pl.DataFrame) -> str | None:
    """Why these rules, run together, cannot be judged by."""
    groups = sorted({rule.evidence for rule in rules})
    for group in groups:
        if group not in evidence:
            return f"没有名为“{group}”的 evidence"
    judging_of = catalogue.model_copy(update={"phases": tuple(_phases(rules, catalogue))})
    submissions = pl.DataFrame(schema=_SUBMISSIONS)
    try:
        judging = run_rules(judging_of, {group: evidence[group] for group in groups}, submissions)
        evaluations_of(judging, submissions)
        findings_of(judging, submissions, pages, _WHENEVER)
    except KeyError as error:
        return f"模板中的 {error} 不是 {'、'.join(groups)} 的列"
    except (duckdb.Error, pl.exceptions.PolarsError) as error:
        return str(error).splitlines()[0]
    return None


def _phases(rules: Sequence[Rule], catalogue: Catalogue) -> Iterator[Phase]:
    """The phases of the catalogue with these of their rules alone."""
    for phase in catalogue.phases:
        yield phase.model_copy(update={"rules": tuple(rule for rule in rules if rule.phase == phase.number)})


def _nothing(registry: Registry) -> Material:
    """Facts and star of no document at all."""
    facts = fact_frames([])
    receipts = pl.DataFrame(schema=RECEIPT_SCHEMA).with_columns(
        is_new=pl.lit(True), again_key=pl.lit(None, dtype=pl.Int64)
    )
    star = conform_batch(facts, receipts, registry, Past.none()) | conformed_dimensions(registry, [], (6, 30))
    return Material(facts, star, check_contracts(star)[1], registry)
