"""What earlier releases know, as the star room wants it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from transforms.star.frames import Past
from warehouse.connection import open_reader
from warehouse.desk import frame_of
from warehouse.registry import table
from warehouse.release import Release

_RECEIPT = ("document_key", "file_name", "sha256", "byte_count", "received_at", "intake_id")


def load_past(base: Release | None, departments: Sequence[str]) -> Past:
    """Versions of all departments, project names of the given ones; empty before the first release."""
    if base is None:
        return Past.none()
    empty = Past.none()
    with open_reader(base.database) as release:
        return Past(
            frame_of(release, "past_versions").cast(empty.versions.schema),
            frame_of(release, "past_aliases", departments=list(departments)).cast(empty.aliases.schema),
        )


def load_versions(base: Release | None) -> pl.DataFrame:
    """quality.submission_version of the release, whole rows; empty before the first release."""
    empty = table("quality.submission_version").empty()
    if base is None:
        return empty
    with open_reader(base.database) as release:
        return frame_of(release, "versions").cast(empty.schema)


def load_documents(base: Release | None, units: Sequence[tuple[str, int]]) -> pl.DataFrame:
    """The files that earlier versions of these departments and years were made of, oldest first: document_key,
    file_name, sha256, byte_count, received_at, intake_id, department_id, fiscal_year."""
    received, versions = table("quality.received_file").empty(), table("quality.submission_version").empty()
    empty = pl.concat([received.select(_RECEIPT), versions.select("department_id", "fiscal_year")], how="horizontal")
    if base is None or not units:
        return empty
    with open_reader(base.database) as release:
        named = [f"{department}/{year}" for department, year in units]
        return frame_of(release, "past_documents", units=named).cast(empty.schema)


def known_years(base: Release | None) -> list[int]:
    """The fiscal years that the release knows."""
    if base is None:
        return []
    with open_reader(base.database) as release:
        return frame_of(release, "fiscal_years")["fiscal_year"].to_list()
