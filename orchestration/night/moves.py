"""What a night tells the ledger of the versions that it reads and judges. What becomes of them the release says."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from warehouse.ledger.rows import Version
from warehouse.ledger.states import JUDGED, QUARANTINED


def versions_of(submissions: pl.DataFrame) -> Iterator[Version]:
    """Each version of submission_key, department_id, fiscal_year, version, once."""
    columns = ("submission_key", "department_id", "fiscal_year", "version")
    for row in submissions.select(columns).unique("submission_key").sort(columns).iter_rows():
        yield Version(*row)


def moves_to(state: str, submissions: pl.DataFrame, past: pl.DataFrame) -> Iterator[tuple[int, str]]:
    """Moves of submissions (submission_key) to a middle state: all that ``past`` (submission_key, status) does not
    know; of those judged again only what waits for a verdict, and only to be judged, since what is in force stays so
    meanwhile."""
    known = dict(past.select("submission_key", "status").iter_rows())
    for key in submissions["submission_key"].unique(maintain_order=True):
        if key not in known or (state == JUDGED and known[key] == QUARANTINED):
            yield key, state
