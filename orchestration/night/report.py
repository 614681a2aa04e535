"""What a night's work folder tells people: refused files, states, outcomes of rules, and the night's log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import polars as pl

from orchestration.night.log import NightLog, NightProof, ProofLine, SubmissionLine, read_night_log, write_night_log
from orchestration.night.results import ContractOutcome, Malformed, RuleOutcome, StageLine, SubmissionState
from orchestration.night.work_folder import STAR, WorkFolder
from transforms.departments.registry import Registry
from transforms.star.conform import SUBMISSIONS
from warehouse.archive.receipts import DUPLICATE, TAKEN, UNREADABLE
from warehouse.home import Home
from warehouse.intake.intake import Intake
from warehouse.ledger.states import QUARANTINED, WITHDRAWN
from warehouse.publication.words import place_text
from warehouse.release.nightly_proof import Proof

_PUBLISHED = "published "
_MOST_FINDINGS = 20
"""Findings that a message quotes; all of them stand in quality.finding."""


def begin(
    home: Home,
    night_id: str,
    intake: Intake,
    cleared: Sequence[str],
    withdrawn: Sequence[Mapping[str, object]],
    begun_at: datetime,
    damaged_ledger: Path | None = None,
) -> None:
    """The log of a night that has only taken in; it stands if nothing more is to do.

    ``cleared``: what Releases.clear_leftovers did for killed nights. ``withdrawn``: which of the files belong to
    versions that were taken back (see load_withdrawn_files). ``damaged_ledger``: where a ledger was put that had to be
    made again.
    """
    published = [line.removeprefix(_PUBLISHED) for line in cleared if line.startswith(_PUBLISHED)]
    outcomes = [receipt.outcome for receipt in intake.files]
    log = NightLog(
        night_id,
        received=len(outcomes) - outcomes.count(DUPLICATE),
        duplicates=outcomes.count(DUPLICATE),
        problems=(
            *_of_ledger(damaged_ledger),
            *(f"上次任务在发布途中中断，它建成的发布 {release_id} 现已公布。" for release_id in published),
            *(f"{each.file_name}：{each.reason}" for each in intake.postponed),
            *_come_again(intake, withdrawn),
        ),
        begun_at=begun_at.isoformat(),
    )
    write_night_log(home, log)


def _of_ledger(damaged: Path | None) -> Iterator[str]:
    if damaged is not None:
        yield f"台账已损坏，已由归档重建，没有丢失；损坏的文件留作 {damaged.name}，请检查磁盘。"


def _come_again(intake: Intake, withdrawn: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """What to tell of files that were withdrawn, and were sent again as they were."""
    versions = {row["sha256"]: row for row in withdrawn}
    for receipt in intake.files:
        if receipt.outcome == DUPLICATE and (row := versions.get(receipt.sha256)):
            yield (
                f"{receipt.file_name}：内容与已撤回的材料（{row['department_id']} {row['fiscal_year']} 年度第"
                f" {row['version']} 版）完全相同，撤回仍然有效。要恢复那一版，请用 jixiao withdraw --list 查编号，"
                "再用 jixiao withdraw --revoke 撤销撤回。"
            )


def finish(home: Home, night_id: str, work: WorkFolder, registry: Registry, release_id: str) -> None:
    """The log of a night that published."""
    begun = read_night_log(home, night_id)
    assert begun is not None, "a night that publishes has taken in"
    log = replace(
        begun,
        submissions=tuple(_lines(work, registry)),
        release_id=release_id,
        withdrawn=tuple(_taken_back(work, registry)),
    )
    write_night_log(home, log)


def _taken_back(work: WorkFolder, registry: Registry) -> Iterator[str]:
    withdrawn = work.read("withdrawn").filter(pl.col("status") == WITHDRAWN)
    for row in withdrawn.sort("department_id", "fiscal_year", "version").iter_rows(named=True):
        department = registry.short_name(row["department_id"]) or "部门不明"
        yield f"{department} {row['fiscal_year'] or '年度不明'} 年度第 {row['version']} 版（{row['reason']}）"


def tell_slips(home: Home, night_id: str, written: Sequence[str], problems: Sequence[str]) -> None:
    """Adds the slips of the night to its log, and what could not be written."""
    log = read_night_log(home, night_id)
    if log is not None and (written or problems):
        write_night_log(home, replace(log, slips=(*log.slips, *written), problems=(*log.problems, *problems)))


def tell_proof(home: Home, night_id: str, proof: Proof) -> None:
    """Adds to the log of a night what it proved."""
    log = read_night_log(home, night_id)
    if log is None:
        return
    lines = tuple(
        ProofLine(
            each.department_id,
            each.fiscal_year,
            each.accepted_rows,
            str(each.accepted_yuan),
            each.published_rows,
            str(each.published_yuan),
        )
        for each in proof.sums
    )
    counts = (proof.file_count, proof.original_count)
    told = NightProof(proof.release_id, *counts, lines, proof.problems, proof.hashed_count)
    write_night_log(home, replace(log, proof=told))


def proof_problems(home: Home, night_id: str) -> tuple[str, ...]:
    """What the proof of a night found wrong."""
    log = read_night_log(home, night_id)
    return log.proof.problems if log is not None and log.proof is not None else ()


def close(home: Home, night_id: str, stages: Sequence[StageLine], problems: Sequence[str]) -> None:
    """Adds to the log of a night the stages gone through, and what an operator should see to."""
    log = read_night_log(home, night_id)
    if log is not None:
        write_night_log(home, replace(log, stages=tuple(stages), problems=(*log.problems, *problems)))


def malformed(work: WorkFolder, registry: Registry) -> list[Malformed]:
    """The files refused so far: unreadable after reading, quarantined after judging."""
    return [
        Malformed(
            line.file_name,
            line.department,
            line.fiscal_year,
            line.outcome,
            line.reason or "",
            line.sha256,
            line.findings,
        )
        for line in _lines(work, registry)
        if line.outcome in (QUARANTINED, UNREADABLE)
    ]


def rule_outcomes(work: WorkFolder) -> list[RuleOutcome]:
    """Evaluations of the night, counted by rule."""
    from expectations.catalogue import load_catalogue

    counted = work.scan("evaluation").group_by("rule_id", "outcome").len().collect()
    counts = {(rule, outcome): number for rule, outcome, number in counted.iter_rows()}
    return [
        RuleOutcome(
            rule.id,
            rule.title,
            rule.level,
            *(counts.get((rule.id, outcome), 0) for outcome in ("pass", "fail", "not_applicable")),
        )
        for rule in load_catalogue().rules
    ]


def contract_outcomes(work: WorkFolder) -> list[ContractOutcome]:
    """Rejected rows by qualified table name."""
    counted = work.read("rejected_row").group_by("table_name").len().sort("table_name")
    return [ContractOutcome(f"core.{name}", number) for name, number in counted.iter_rows()]


def changed_submissions(work: WorkFolder) -> list[SubmissionState]:
    """The versions judged or taken back this night, of known department and year; of several the newest last."""
    columns = ("department_id", "fiscal_year", "status", "submission_key", "version")
    known = (
        pl.concat(work.read(name).select(columns) for name in ("settled", "withdrawn"))
        .drop_nulls(["department_id", "fiscal_year"])
        .sort("department_id", "fiscal_year", "version")
    )
    return [SubmissionState(*row) for row in known.iter_rows()]


def _lines(work: WorkFolder, registry: Registry) -> list[SubmissionLine]:
    return [*_unreadable(work), *_judged(work, registry)]


def _unreadable(work: WorkFolder) -> list[SubmissionLine]:
    """Files that the intake or the readers could not read."""
    receipts = work.read("receipts")
    refused = receipts.filter(pl.col("outcome") == UNREADABLE).select("file_name", "reason", "sha256")
    if work.has("unreadable"):
        read = receipts.filter(pl.col("outcome") == TAKEN).join(work.read("unreadable"), on="document_key")
        refused = pl.concat([refused, read.select("file_name", reason="message", sha256="sha256")])
    return [
        SubmissionLine(name, None, None, None, None, UNREADABLE, reason, sha256)
        for name, reason, sha256 in refused.sort("file_name").iter_rows()
    ]


def _judged(work: WorkFolder, registry: Registry) -> list[SubmissionLine]:
    if not work.has("settled"):
        return []
    files = _files(work.read(f"{STAR}{SUBMISSIONS}"))
    sentences = _sentences(work.scan("finding"))
    lines = work.read("settled").join(files, on="submission_key").sort("file_name")
    return [
        SubmissionLine(
            row["file_name"],
            registry.short_name(row["department_id"]),
            row["department_id"],
            row["fiscal_year"],
            row["version"],
            row["status"],
            row["reason"],
            row["sha256"],
            row["warning_count"],
            tuple(sentences.get(row["submission_key"], [])[:_MOST_FINDINGS]),
            row["blocking_count"],
        )
        for row in lines.iter_rows(named=True)
    ]


def _files(submissions: pl.DataFrame) -> pl.DataFrame:
    """submission_key, ``file_name`` and ``sha256`` of what is new in each submission: the first file by name, how many
    there are where there are several."""
    new = submissions.filter("is_new").group_by("submission_key", maintain_order=True)
    files = new.agg(pl.col("file_name", "sha256").first(), count=pl.len())
    several = pl.concat_str("file_name", pl.lit(" 等 "), "count", pl.lit(" 份文件"))
    return files.with_columns(file_name=pl.when(pl.col("count") > 1).then(several).otherwise("file_name"))


def _sentences(findings: pl.LazyFrame) -> dict[int, list[str]]:
    """submission_key -> its blocking findings as sentences with places."""
    sentences: dict[int, list[str]] = {}
    blocking = findings.filter((pl.col("level") == "blocking") & (pl.col("state") == "open"))
    for row in blocking.collect().iter_rows(named=True):
        place = place_text(row)
        sentence = f"{row['rule_id']}{f'（{place}）' if place else ''}：{row['message']}"
        sentences.setdefault(row["submission_key"], []).append(sentence)
    return sentences
