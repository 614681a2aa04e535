"""Bringing ledger and journal in line with the newest release: what it settles, which status each version has.

A night's commit point is the release; the ledger follows it, so a night that died after publishing is not repeated.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from warehouse.archive.archive import Archive
from warehouse.archive.journal import Journal
from warehouse.archive.proof import share_of
from warehouse.connection import open_reader
from warehouse.errors import IllegalTransition
from warehouse.home import Home
from warehouse.ledger.file import is_out_of_reach
from warehouse.ledger.ledger import Ledger
from warehouse.ledger.rows import Version
from warehouse.release.releases import Release, Releases


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What had to be done. ``unknown_receipts`` are receipts that the release knows and the ledger does not: the
    archive has lost their receipts file."""

    settled_count: int
    moved_count: int
    restored_count: int
    unknown_receipts: tuple[int, ...]


def check_ledger(home: Home, day: date) -> Path | None:
    """Hold the ledger against the archive: receipts that are pending, and that day's share of the others. One that is
    damaged or says something else is set aside and made again: where it was put. For the holder of the lock."""
    archive = Archive(home.archive)
    with Ledger.open(home.ledger, archive) as ledger:
        if ledger.false_intakes(archive, share_of(day)):
            ledger.remake(archive)
        return ledger.set_aside


def reconcile(ledger: Ledger, home: Home) -> Reconciliation:
    """Settle the receipts that the newest release accounts for; give each version the status it has there; enter the
    release in the journal. A ledger that contradicts the release is set aside, and made again from the archive.

    Repeating it changes nothing. sqlite3.DatabaseError when the ledger cannot be read just now.
    """
    try:
        return _reconciled(ledger, home)
    except (IllegalTransition, sqlite3.DatabaseError, ValueError) as error:
        if is_out_of_reach(error):
            raise
        ledger.remake(Archive(home.archive))
        return _reconciled(ledger, home)


def _reconciled(ledger: Ledger, home: Home) -> Reconciliation:
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
