"""What a slip is: who writes to whom, about what, what is wrong where, by when to answer. No wording, no layout.

All text in it is fit to be shown: masked, on one line, without characters that steer a reader's screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from expectations.slips.wording import Letter, wording

_LONGEST_FILE_NAME = 20
"""Characters of a file's name that the name of a slip takes over."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file that the slip speaks of; ``received_at`` in Beijing."""

    file_name: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding. ``place`` in a clerk's words, empty where it is about the whole; ``quote`` may be empty.

    ``file`` is the file that it points into, None where it is about none; ``subject`` what it is about, as a project,
    empty where the quotation says as much.
    """

    file: str | None
    place: str
    quote: str
    subject: str
    message: str
    expected: str


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule and level, in the order of their places."""

    rule_id: str
    title: str
    basis: str
    remedy: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """A return slip.

    ``key`` names what it is about: a submission version or an unreadable file (its receipt). ``fingerprint`` stands
    for what was said: the same verdict with the same findings has the same one. ``outcome`` is quarantined,
    accepted_with_warnings or unreadable; ``judged_at`` in Beijing; ``reason`` says why a file could not be read;
    ``bureau_count``: findings that the bureau itself sees to; ``issue`` counts what was sent of the same version.
    """

    key: int
    fingerprint: str
    outcome: str
    sender: str
    recipient: str
    short_name: str | None
    department_id: str | None
    fiscal_year: int | None
    version: int | None
    received: tuple[Received, ...]
    judged_at: datetime
    answer_by: date
    reason: str
    blocking: tuple[Group, ...]
    warning: tuple[Group, ...]
    information: tuple[Group, ...]
    bureau_count: int
    is_synthetic: bool
    issue: int = 1

    @property
    def letter(self) -> Letter:
        """The words for its outcome."""
        letter: Letter = getattr(wording().letters, self.outcome)
        return letter

    @property
    def name(self) -> str:
        """What its files are called, without folder and ending: year, department or file, version, kind, issue."""
        parts = (
            f"{self.fiscal_year or ''}{'年' if self.fiscal_year else ''}{self.short_name or self._whose}",
            f"第{self.version}版" if self.version else "",
            self.letter.file,
            f"第{self.issue}次" if self.issue > 1 else "",
        )
        return "-".join(part for part in parts if part)

    @property
    def _whose(self) -> str:
        """A name for what no department could be told of: the file, and what tells it from others of that name."""
        file_name = self.received[0].file_name if self.received else ""
        return f"部门不明-{file_name.rpartition('.')[0][:_LONGEST_FILE_NAME] or file_name}-{self.key % 16**6:06x}"

    @property
    def counts(self) -> dict[str, int]:
        """Level -> number of findings for the submitter."""
        levels = {"blocking": self.blocking, "warning": self.warning, "information": self.information}
        return {level: count_of(groups) for level, groups in levels.items()}


def count_of(groups: Iterable[Group]) -> int:
    """The findings of the groups."""
    return sum(len(group.entries) for group in groups)
