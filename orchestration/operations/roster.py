"""Who has submitted: from the current release, or, before the first one, the registry alone."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from orchestration.settings import load_registry, load_settings
from transforms.star.dimensions import departments, fiscal_years
from transforms.star.roster import roster
from warehouse.desk import Row, has_release, open_release, rows_of
from warehouse.home import Home
from warehouse.registry import table


def current_roster(home: Home, year: int | None) -> list[Row]:
    """A row a department and year; ``year`` None means all years of the release (else the last complete year)."""
    if has_release(home):
        with open_release(home) as release:
            rows = rows_of(release, "roster", year=year)
        if rows or year is None:
            return rows
    return _nothing_received(home, year or datetime.now(UTC).year - 1)


def _nothing_received(home: Home, year: int) -> list[Row]:
    settings = load_settings(home)
    units = departments(load_registry(home, settings))
    expected = roster(units, fiscal_years([year], settings.month_and_day), table("quality.submission_version").empty())
    names = units.filter("is_current").select("department_id", "short_name")
    nothing = ("version", "status", "current_version", "received_at", "reason")
    return (
        expected.join(names, on="department_id")
        .with_columns(*(pl.lit(None).alias(name) for name in nothing))
        .with_columns(open_blocking_count=pl.lit(0), open_warning_count=pl.lit(0))
        .sort("department_id")
        .to_dicts()
    )
