"""What a release is built from: a night's work folder -> its staging, table by table. What the rows of a table are is
decided in the rooms below."""

from __future__ import annotations

import polars as pl

from orchestration.night.rejudging import UNIT, Reason
from orchestration.night.standards import NAMED, Standards
from orchestration.night.work_folder import SHARED, SOUND, STAR, WorkFolder
from transforms.reading import READER_VERSION
from transforms.star.conform import BESIDE_TABLES, REPEATED, SUBMISSIONS
from transforms.star.projects import KEPT_ALIASES
from transforms.star.roster import roster
from transforms.star.versions import (
    accepted_submissions,
    received_files,
    renewed,
    still_counting,
    superseded_versions,
    without_force,
)
from warehouse.errors import UsageError


def stage_release(work: WorkFolder, standards: Standards, past: pl.DataFrame) -> list[int]:
    """Put on the staging what the build takes: sound star rows, judgement, versions, receipts, roster, rules, waivers.

    ``past``: quality.submission_version of the release before. Writes ``without_force``, the versions that the night
    takes out of force, to the work folder. The submission keys that are accepted. UsageError when the registry no
    longer fits what is published.
    """
    staging = work.staging.create()
    for _, kept in work.parts(f"{STAR}{KEPT_ALIASES}"):
        staging.link("core.bridge_project_alias", kept)
    for name, part in work.parts(SOUND):
        if name not in BESIDE_TABLES:
            staging.link(name, part)
    settled, submissions = work.read("settled"), work.read(f"{STAR}{SUBMISSIONS}")
    withdrawn = work.read("withdrawn")
    versions = pl.concat([settled, superseded_versions(settled, renewed(past, withdrawn)), withdrawn])
    everything = still_counting(renewed(past, versions), standards.decisions.withdrawal_frame())
    work.write("without_force", without_force(versions, past))
    accepted = accepted_submissions(settled, submissions, standards.catalogue.version, READER_VERSION)
    _check_registry(work.read("due"), accepted, withdrawn)
    files = received_files(work.read("receipts"), submissions, work.read("unreadable"), work.read(f"{STAR}{REPEATED}"))
    staging.append("core.dim_submission", accepted)
    staging.append("quality.submission_version", versions)
    staging.append("quality.received_file", files)
    staging.append("quality.roster", _everyone(work, everything))
    staging.append("quality.rule", standards.catalogue.frame())
    staging.append("quality.waiver", standards.decisions.waiver_frame())
    for name in ("evaluation", "finding", "rejected_row"):
        for _, judged in work.parts(name):
            staging.link(f"quality.{name}", judged)
    return accepted["submission_key"].to_list()


def _check_registry(due: pl.DataFrame, accepted: pl.DataFrame, withdrawn: pl.DataFrame) -> None:
    """UsageError unless all that is due because the registry changed moves along or leaves force: what stayed would
    belong to a department that is no more."""
    moved = due.filter(pl.col("reason") == Reason.REGISTRY)
    for others in (accepted, withdrawn):
        moved = moved.join(others.select(pl.col(name).cast(due.schema[name]) for name in UNIT), on=UNIT, how="anti")
    left = [f"{department} {year} 年" for department, year in moved.select(UNIT).rows()]
    if left:
        raise UsageError(
            f"部门名录改动以后，已公布的 {'、'.join(left[:NAMED])}（共 {len(left)} 份）认不出或不能通过。"
            "请把原来的名称和有效期留在名录中，更名的另起一行，再运行一次。"
        )


def _everyone(work: WorkFolder, versions: pl.DataFrame) -> pl.DataFrame:
    return roster(work.read(f"{SHARED}core.dim_department"), work.read(f"{SHARED}core.dim_fiscal_year"), versions)
