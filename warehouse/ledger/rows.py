"""What the ledger is told and tells: stamps of files, versions of submissions, their moves."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Stamp(NamedTuple):
    """What tells, without reading, that a file of the inbox is still the one taken."""

    size: int
    modified_ns: int
    changed_ns: int


class Version(NamedTuple):
    """A version of a department's submission for a year; the first two are None when no one could tell."""

    submission_key: int
    department_id: str | None
    fiscal_year: int | None
    version: int


class Transition(NamedTuple):
    """One move of a version, as it was written down. ``from_status`` is None for its first state."""

    submission_key: int
    from_status: str | None
    to_status: str
    changed_at: datetime
    release_id: str | None
    note: str | None
