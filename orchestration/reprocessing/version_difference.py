"""In what the version in force of a submission differs from the one before it, fact by fact.

Both are read again from the archive: of a version that is in force no more only its files are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from expectations.contracts import check_contracts
from expectations.evidence.material import Material
from expectations.evidence.versions import item_differences
from orchestration.night.past import live_versions, load_documents
from orchestration.night.standards import Standards
from orchestration.operations.deciding import department_named
from orchestration.reprocessing.reading_again import read_again
from warehouse.desk import Row
from warehouse.errors import SystemFault, UsageError
from warehouse.ledger.states import IN_FORCE
from warehouse.release.releases import Release


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """``items``: change (added, changed, gone), item, before, now. ``is_only``: there is no version before it."""

    department_id: str
    fiscal_year: int
    version: int
    status: str
    is_only: bool
    items: list[Row]


def version_difference(base: Release, standards: Standards, department: str, year: int) -> VersionDifference:
    """Of the version in force, or where there is none of the last refused one. UsageError when no version stands;
    SystemFault when its files cannot be read again."""
    department_id = department_named(standards.registry, department)
    withdrawn = standards.decisions.withdrawn
    of_unit = (pl.col("department_id") == department_id) & (pl.col("fiscal_year") == year)
    standing = live_versions(base, withdrawn).filter(of_unit)
    if standing.is_empty():
        raise UsageError(f"{department} {year} 年度没有现行的报送，可用 jixiao status --year {year} 查看。")
    (version,) = standing.sort(pl.col("status").is_in(IN_FORCE), "version").tail(1).to_dicts()
    documents = load_documents(base, [(department_id, year)], withdrawn)
    own = pl.when(pl.col("submission_key") == version["submission_key"]).then("submission_key")
    facts, star, unreadable = read_again(documents.with_columns(again_key=own, is_new=pl.lit(False)), base, standards)
    if unreadable:
        raise SystemFault(f"有 {unreadable} 份归档的文件这次未能读取，请稍后再试。")
    found = item_differences(Material(facts, star, check_contracts(star)[1], standards.registry))
    return VersionDifference(
        department_id,
        year,
        version["version"],
        version["status"],
        star["earlier"].is_empty(),
        found.drop("submission_key").to_dicts(),
    )
