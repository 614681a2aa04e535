"""What a night did, for people: a small JSON file a night, kept beside the warehouse."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from warehouse.files import write_atomically
from warehouse.home import Home


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """One file of the night: what it is and what became of it. ``findings`` are sentences with places."""

    file_name: str
    department: str | None
    department_id: str | None
    fiscal_year: int | None
    version: int | None
    outcome: str
    reason: str | None
    sha256: str
    warning_count: int = 0
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProofLine:
    """Rows and 元 of a department and year, as accepted and as published; amounts are text, exact to the fen."""

    department_id: str
    fiscal_year: int
    accepted_rows: int
    accepted_yuan: str
    published_rows: int
    published_yuan: str


@dataclass(frozen=True, slots=True)
class NightProof:
    """What a night proved of the current release. ``lines`` only of what the night published."""

    release_id: str
    file_count: int
    original_count: int
    lines: tuple[ProofLine, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NightLog:
    """A night: counts of what lay in the inbox, a line a file that was judged, the release, if one was made, and the
    Word files of the slips that were written, below the home's ``slips``."""

    night_id: str
    received: int
    duplicates: int
    submissions: tuple[SubmissionLine, ...] = field(default_factory=tuple)
    release_id: str | None = None
    problems: tuple[str, ...] = field(default_factory=tuple)
    slips: tuple[str, ...] = field(default_factory=tuple)
    proof: NightProof | None = None

    @property
    def is_unproven(self) -> bool:
        """Whether the proof found anything wrong."""
        return self.proof is not None and bool(self.proof.problems)

    def count(self, *outcomes: str) -> int:
        """How many files ended in one of these outcomes."""
        return sum(line.outcome in outcomes for line in self.submissions)

    @property
    def refused(self) -> int:
        """Files that were quarantined or unreadable."""
        return self.count("quarantined", "unreadable")


def write_night_log(home: Home, log: NightLog) -> None:
    """Stores the log of a night; the same night again replaces it."""
    path = _path(home, log.night_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, json.dumps(asdict(log), ensure_ascii=False, indent=1).encode())


def read_night_log(home: Home, night_id: str) -> NightLog | None:
    """The log of that night, or None."""
    path = _path(home, night_id)
    if not path.exists():
        return None
    content = json.loads(path.read_text("utf-8"))
    lines = tuple(SubmissionLine(**{**line, "findings": tuple(line["findings"])}) for line in content["submissions"])
    texts = {name: tuple(content.get(name, ())) for name in ("problems", "slips")}
    return NightLog(**{**content, "submissions": lines, **texts, "proof": _proof(content.get("proof"))})


def _proof(content: dict[str, Any] | None) -> NightProof | None:
    if content is None:
        return None
    lines = tuple(ProofLine(**line) for line in content["lines"])
    return NightProof(**{**content, "lines": lines, "problems": tuple(content["problems"])})


def _path(home: Home, night_id: str) -> Path:
    return home.warehouse / "nights" / f"{night_id}.json"
