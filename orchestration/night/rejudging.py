"""Which departments and years of earlier releases a night judges again, and why. How they are judged is the line's.

What is due follows from the release and from what the night read, and is kept nowhere: a killed night, run again,
comes to the same, and what has been judged again is due no more.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from orchestration.night.past import (
    broke_rules_of_other_stage,
    live_versions,
    load_versions,
    published_under_other_keys,
    quarantined_under_other_catalogue,
)
from transforms.departments.registry import Registry
from transforms.star.versions import withdrawn_versions
from warehouse.decisions.standing import Decisions
from warehouse.ledger.states import WITHDRAWN
from warehouse.release.releases import Release

if TYPE_CHECKING:
    from expectations.catalogue import Catalogue


class Reason(StrEnum):
    """Why something that was judged is judged again."""

    CATALOGUE = "catalogue"
    """It was quarantined under another catalogue of rules."""
    STAGE = "stage"
    """It broke a rule that people or the catalogue have put at another stage since."""
    DECISION = "decision"
    """Other decisions of people bear on it than when it was judged: one was made, revoked, or has run out."""
    WITHDRAWAL = "withdrawal"
    """It was withdrawn, or its withdrawal was revoked."""
    REGISTRY = "registry"
    """The registry has another period of its department for the year than when it was judged."""
    LAST_YEAR = "last_year"
    """Something came in, or is judged again, of the year before."""


class Again(NamedTuple):
    """A department and year to judge again, and one reason for it; there may be several."""

    department_id: str
    fiscal_year: int
    reason: Reason


Unit = tuple[str, int]
"""department_id and fiscal_year."""

UNIT = ("department_id", "fiscal_year")
"""The columns that hold them."""

AGAIN = pl.Schema({"department_id": pl.String(), "fiscal_year": pl.Int32(), "reason": pl.String()})


def due(base: Release | None, catalogue: Catalogue, decisions: Decisions, registry: Registry) -> list[Again]:
    """What is due whatever comes in: known from the release and the rules, decisions and registry in force alone."""
    stages = {rule.id: rule.stage for rule in catalogue.rules}
    live = live_versions(base, decisions.withdrawn)
    leaving = withdrawn_versions(load_versions(base), decisions.withdrawal_frame())
    returning = live.filter(pl.col("status") == WITHDRAWN)
    found = {
        Reason.CATALOGUE: quarantined_under_other_catalogue(base, catalogue.version),
        Reason.STAGE: broke_rules_of_other_stage(base, live, stages),
        Reason.DECISION: _otherwise_decided(live, decisions),
        Reason.WITHDRAWAL: pl.concat([leaving.select(UNIT), returning.select(UNIT)]),
        Reason.REGISTRY: published_under_other_keys(base, registry),
    }
    return [Again(*unit, reason) for reason, frame in found.items() for unit in units_of(frame)]


def _otherwise_decided(versions: pl.DataFrame, decisions: Decisions) -> pl.DataFrame:
    """The versions on which other decisions bear now than are written with them."""
    now = decisions.stamped(versions.rename({"decisions": "counted"}))
    return now.filter(pl.col("decisions").ne_missing(pl.col("counted")))


def dependents(units: Iterable[Unit]) -> list[Again]:
    """What depends on these departments and years: the year after each."""
    return [Again(department, year + 1, Reason.LAST_YEAR) for department, year in units]


def again_frame(again: Iterable[Again]) -> pl.DataFrame:
    """department_id, fiscal_year, reason: a row a reason, in order."""
    return pl.DataFrame(sorted(set(again)), schema=AGAIN, orient="row")


def units_of(frame: pl.DataFrame) -> list[Unit]:
    """The departments and years of a frame that has both, each once; what is of no known one is left out."""
    return frame.select(UNIT).drop_nulls().unique().sort(pl.all()).rows()
