"""What a night tells of itself: small values that Dagster, the alerts and the command line show."""

from __future__ import annotations

from dataclasses import dataclass

Count = int | str | float


@dataclass(frozen=True, slots=True)
class StageReport:
    """Counts of one stage, shown as metadata of its asset."""

    counts: dict[str, Count]


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage that was gone through: its name, how long it took, what it counted."""

    stage: str
    seconds: float
    counts: dict[str, Count]


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """How many submissions of the night passed a rule, failed it, or gave it nothing to judge."""

    rule_id: str
    title: str
    level: str
    passed: int
    failed: int
    not_applicable: int


@dataclass(frozen=True, slots=True)
class ContractOutcome:
    """How many rows of a table broke its contract."""

    table_name: str
    rejected: int


@dataclass(frozen=True, slots=True)
class SubmissionState:
    """A submission whose state the night changed; only of known department and year."""

    department_id: str
    fiscal_year: int
    status: str
    submission_key: int
    version: int


@dataclass(frozen=True, slots=True)
class Malformed:
    """A file that was refused: unreadable or quarantined. ``findings`` are sentences with places."""

    file_name: str
    department: str | None
    fiscal_year: int | None
    outcome: str
    reason: str
    sha256: str
    findings: tuple[str, ...] = ()
