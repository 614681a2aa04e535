"""The counts behind a score: facts expected, read and right, and the differences. What is compared is elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Item = tuple[Any, ...]
"""What is compared of a fact, in the order in which a difference names it."""


@dataclass(slots=True)
class Tally:
    """One group's count: facts expected, facts read, facts right, files, and files that are wholly right."""

    expected: int = 0
    read: int = 0
    right: int = 0
    files: int = 0
    exact: int = 0

    def add(self, other: Tally) -> None:
        """Adds another tally."""
        self.expected += other.expected
        self.read += other.read
        self.right += other.right
        self.files += other.files
        self.exact += other.exact

    @property
    def precision(self) -> float:
        """Share of what was read that is right; 1 when nothing was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Share of what is true that was read; 1 when there is nothing."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def exactness(self) -> float:
        """Share of files whose group is wholly right."""
        return self.exact / self.files if self.files else 1.0


@dataclass(frozen=True, slots=True)
class Miss:
    """A fact that was not read (``missed``) or read and not true (``false``), with its line where known."""

    file: str
    group: str
    kind: str
    what: str
    line: int | None = None

    @property
    def text(self) -> str:
        """The difference as a line of Chinese."""
        place = f"第{self.line}行" if self.line else "行号不明"
        return f"{self.file} {place} [{self.group}] {'漏读' if self.kind == 'missed' else '误读'}：{self.what}"


@dataclass(slots=True)
class Score:
    """The agreement of one file: a tally a group, and the misses."""

    file: str
    tallies: dict[str, Tally] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def count(self, group: str, expected: Counter[Item], read: Counter[Item], lines: Mapping[Item, int | None]) -> None:
        """Tallies a group by multisets of items, and keeps the differences."""
        right = sum((expected & read).values())
        total, got = sum(expected.values()), sum(read.values())
        if not total and not got:
            return
        self.tallies[group] = Tally(total, got, right, 1, int(right == total == got))
        for kind, items in (("missed", expected - read), ("false", read - expected)):
            self.misses += [
                Miss(self.file, group, kind, " · ".join(str(part) for part in item), lines.get(item))
                for item in items.elements()
            ]
