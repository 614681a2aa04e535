"""Bringing ledger and journal in line with the newest release: what it settles, which status each version has.

A night's commit point is the release; the ledger follows it, so a night that died after publishing is not repeated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from warehouse.connection import open_reader
from warehouse.home import Home
from warehouse.journal import Journal
from warehouse.ledger import Ledger, Version
from warehouse.release import Release, Releases


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What had to be done. ``unknown_receipts`` are receipts that the release knows and the ledger does not: the
    archive has lost their receipts file."""

    settled_count: int
    moved_count: int
    restored_count: int
    unknown_receipts: tuple[int, ...]


def reconcile(ledger: Ledger, home: Home) -> Reconciliation:
    """Settle the receipts that the newest release accounts for; give each version the status it has there; enter the
    release in the journal.

    Repeating it changes nothing. IllegalTransition when ledger and release contradict each other.
    """
    release = Releases(home).newest()
    if release is None:
        return Reconciliation(0, 0, 0, ())
    at = datetime.fromisoformat(release.manifest["published_at"])
    receipts, versions = _read(release)
    known = {receipt.receipt_key for receipt in ledger.receipts()}
    settled = ledger.settle(release.release_id, receipts)
    statuses = ledger.statuses()
    lost = [(Version(*row[:4]), row[4]) for row in versions.rows() if row[0] not in statuses]
    ledger.restore(lost, at, release.release_id)
    moves = [(row[0], row[4]) for row in versions.rows() if statuses.get(row[0], row[4]) != row[4]]
    moved = ledger.move(moves, at, release.release_id)
    Journal(home).keep_up(release)
    return Reconciliation(settled, moved, len(lost), tuple(key for key in receipts if key not in known))


def _read(release: Release) -> tuple[list[int], pl.DataFrame]:
    with open_reader(release.database) as connection:
        receipts = connection.sql("SELECT receipt_key FROM quality.received_file ORDER BY receipt_key").pl()
        versions = connection.sql(
            "SELECT submission_key, department_id, fiscal_year, version, status"
            " FROM quality.submission_version ORDER BY submission_key"
        ).pl()
    return receipts["receipt_key"].to_list(), versions
