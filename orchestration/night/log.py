"""What a night did, for people and for collectors of logs: a file a night of JSON lines, kept beside the warehouse.

A line ``night`` comes first, then a line a ``stage``, a line a ``submission`` and one for the ``proof``; each names its
event and its night. The newest nights are kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from orchestration.night.results import StageLine
from warehouse.files import write_atomically
from warehouse.home import Home

_KEPT = 400
"""Nights whose logs are kept."""


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """One file of the night: what it is and what became of it. ``findings`` are the first blocking ones, as sentences
    with places; the counts are of all."""

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
    blocking_count: int = 0


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
    """What a night proved of the current release (see Proof). ``lines`` only of what the night published."""

    release_id: str
    file_count: int
    original_count: int
    lines: tuple[ProofLine, ...] = ()
    problems: tuple[str, ...] = ()
    hashed_count: int = 0


@dataclass(frozen=True, slots=True)
class NightLog:
    """A night: counts of what lay in the inbox, a line a file that was judged, the release, if one was made, the
    Word files of the slips that were written, below the home's ``slips``, and the versions that were taken back.
    ``begun_at`` is the night's instant, ISO 8601; ``stages`` are those that were gone through, in order."""

    night_id: str
    received: int
    duplicates: int
    submissions: tuple[SubmissionLine, ...] = field(default_factory=tuple)
    release_id: str | None = None
    problems: tuple[str, ...] = field(default_factory=tuple)
    slips: tuple[str, ...] = field(default_factory=tuple)
    withdrawn: tuple[str, ...] = field(default_factory=tuple)
    proof: NightProof | None = None
    begun_at: str | None = None
    stages: tuple[StageLine, ...] = field(default_factory=tuple)

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
    """Stores the log of a night; the same night again replaces it, and the oldest of many goes."""
    path = _path(home, log.night_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    apart = ("stages", "submissions", "proof")
    events = [
        ("night", {name: value for name, value in _told(log).items() if name not in apart}),
        *(("stage", _told(stage)) for stage in log.stages),
        *(("submission", _told(line)) for line in log.submissions),
        *([("proof", _told(log.proof))] if log.proof else []),
    ]
    lines = (
        json.dumps({"event": event, "night_id": log.night_id, **told}, ensure_ascii=False, default=_told)
        for event, told in events
    )
    write_atomically(path, "".join(f"{line}\n" for line in lines).encode())
    for old in night_logs(home)[:-_KEPT]:
        old.unlink()


def read_night_log(home: Home, night_id: str) -> NightLog | None:
    """The log of that night, or None."""
    path = _path(home, night_id)
    if not path.exists():
        return None
    told: dict[str, list[dict[str, Any]]] = {"night": [], "stage": [], "submission": [], "proof": []}
    for line in path.read_text("utf-8").splitlines():
        content = json.loads(line)
        told[content.pop("event")].append(content)
    (night,) = told["night"]
    texts = {name: tuple(night[name]) for name in ("problems", "slips", "withdrawn")}
    return NightLog(
        **{**night, **texts},
        submissions=tuple(_submission(each) for each in told["submission"]),
        stages=tuple(StageLine(each["stage"], each["seconds"], each["counts"]) for each in told["stage"]),
        proof=next((_proof(each) for each in told["proof"]), None),
    )


def night_logs(home: Home) -> list[Path]:
    """The files of all nights that are kept, oldest first."""
    return sorted(_folder(home).glob("*.jsonl"), key=lambda path: path.stat().st_mtime_ns)


def _told(line: object) -> dict[str, Any]:
    """The fields of a line, as they are: ``asdict`` copies all that is in them, a nation's night many times over."""
    return {each.name: getattr(line, each.name) for each in fields(line)}  # type: ignore[arg-type]


def _submission(content: dict[str, Any]) -> SubmissionLine:
    del content["night_id"]
    return SubmissionLine(**{**content, "findings": tuple(content["findings"])})


def _proof(content: dict[str, Any]) -> NightProof:
    del content["night_id"]
    lines = tuple(ProofLine(**line) for line in content["lines"])
    return NightProof(**{**content, "lines": lines, "problems": tuple(content["problems"])})


def _path(home: Home, night_id: str) -> Path:
    return _folder(home) / f"{night_id}.jsonl"


def _folder(home: Home) -> Path:
    return home.warehouse / "nights"
