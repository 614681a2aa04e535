"""The archive judged by two catalogues side by side: which verdicts and findings would change. Nothing is stored.

What the night would make of a change is the line's; here both sides are judged anew, so that they differ in the rules
alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from expectations.catalogue import Catalogue
from expectations.contracts import check_contracts
from expectations.gate import Judgement, judge
from orchestration.night.past import live_versions, load_documents, load_documents_without_unit, load_history
from orchestration.night.portions import portions_of
from orchestration.night.rejudging import units_of
from orchestration.night.standards import Standards
from orchestration.reprocessing.reading_again import read_again
from transforms.star.conform import SUBMISSIONS
from warehouse.release.releases import Release

_MOST_DOCUMENTS = 400
"""Files that are judged at once, unless one department has more: memory does not grow with the archive."""
_UNIT = ("department_id", "fiscal_year")
_IDENTITY = ("submission_key", *_UNIT, "version")
_SEEN = ("first_seen_at", "last_seen_at")
_SAID = ("level", "state", "observed", "expected", "difference", "message")


@dataclass(frozen=True, slots=True)
class Compared:
    """A part of the archive under both.

    ``verdicts``: of submissions whose status or reason would change, with ``status`` and ``reason`` now and
    ``other_status``, ``other_reason``. ``findings``: those that would come (``added``), go (``removed``) or read
    differently (``changed``), by ``change``; as quality.finding without instants, with ``version``; removed ones as
    they are, others as they would be. ``judged``: how many submissions; ``unreadable``: how many files could not be
    read this time."""

    verdicts: pl.DataFrame
    findings: pl.DataFrame
    judged: int
    unreadable: int


def compare(base: Release, standards: Standards, other: Catalogue, year: int | None = None) -> Iterator[Compared]:
    """Every live version of the release ``base`` under the catalogue in force and under ``other``, part by part."""
    documents = _documents(base, year, standards.decisions.withdrawn)
    for part in _parts(documents):
        yield _compared(part, base, standards, other, year)


def _documents(base: Release, year: int | None, withdrawn: Sequence[str]) -> pl.DataFrame:
    """The files of all live versions, with ``again_key`` and ``is_new`` as conform_batch takes them; of one year those
    of the year before as well, which its judgement rests on."""
    live = live_versions(base, withdrawn).select("submission_key", *_UNIT)
    if year is not None:
        live = live.filter(pl.col("fiscal_year").is_between(year - 1, year))
    marked = live.select("submission_key", again_key="submission_key")
    known = load_documents(base, units_of(live), withdrawn)
    placed = known.join(marked, on="submission_key", how="left", maintain_order="left")
    alone = load_documents_without_unit(base).filter(pl.lit(year).is_null() | pl.col("fiscal_year").eq_missing(year))
    return pl.concat(
        [placed.with_columns(is_new=pl.lit(False)), alone.with_columns(is_new=pl.lit(True))], how="diagonal"
    )


def _parts(documents: pl.DataFrame) -> list[pl.DataFrame]:
    """The documents in parts of a bearable size."""
    placed = documents.join(portions_of(documents, _MOST_DOCUMENTS), on="document_key", maintain_order="left")
    return placed.sort("portion", maintain_order=True).partition_by("portion", maintain_order=True, include_key=False)


def _compared(
    documents: pl.DataFrame, base: Release, standards: Standards, other: Catalogue, year: int | None
) -> Compared:
    facts, star, unreadable = read_again(documents, base, standards)
    (_, rejected), history = check_contracts(star), load_history(base, star[SUBMISSIONS], star["quality.sentence"])
    now, then = (
        judge(
            facts,
            star,
            catalogue,
            standards.registry,
            at=standards.at,
            waivers=standards.decisions.waiver_frame(),
            explained=standards.decisions.explained_frame(),
            rejected=rejected,
            history=history,
        )
        for catalogue in (standards.catalogue, other)
    )
    asked = star[SUBMISSIONS].select(_IDENTITY).unique("submission_key", keep="first", maintain_order=True)
    asked = asked.filter(pl.lit(year).is_null() | pl.col("fiscal_year").eq_missing(year))
    return Compared(_verdicts(asked, now, then), _findings(asked, now, then), asked.height, unreadable)


def _verdicts(asked: pl.DataFrame, now: Judgement, then: Judgement) -> pl.DataFrame:
    columns = ("submission_key", "status", "reason")
    other = then.verdicts.select("submission_key", other_status="status", other_reason="reason")
    joined = asked.join(now.verdicts.select(columns), on="submission_key", maintain_order="left")
    both = joined.join(other, on="submission_key", maintain_order="left")
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"other_{name}")) for name in columns[1:])
    return both.filter(differs).sort(*_UNIT, "version")


def _findings(asked: pl.DataFrame, now: Judgement, then: Judgement) -> pl.DataFrame:
    before = now.finding.select("finding_key", *(pl.col(name).alias(f"before_{name}") for name in _SAID))
    both = then.finding.join(before, on="finding_key", maintain_order="left")
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"before_{name}")) for name in _SAID)
    parts: Sequence[tuple[str, pl.DataFrame]] = (
        ("removed", now.finding.join(then.finding, on="finding_key", how="anti", maintain_order="left")),
        ("added", then.finding.join(now.finding, on="finding_key", how="anti", maintain_order="left")),
        ("changed", both.filter(differs).select(now.finding.columns)),
    )
    changes = pl.concat(rows.with_columns(change=pl.lit(change)) for change, rows in parts).drop(*_SEEN)
    versions = asked.select("submission_key", "version")
    return changes.join(versions, on="submission_key", maintain_order="left").sort(
        *_UNIT, "version", "rule_id", "line", "finding_key", "change", maintain_order=True
    )
