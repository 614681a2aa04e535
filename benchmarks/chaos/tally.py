"""How many faults of each kind were survived, and what went wrong with the others."""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

_SHOWN = 40
_SHOWN_AT_ONCE = 4


@dataclass(slots=True)
class Tally:
    """Counts by kind; ``problems`` names the kind, the trial and what did not hold."""

    injected: Counter[str] = field(default_factory=Counter)
    survived: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    answers: int = 0
    began: float = field(default_factory=time.monotonic)

    def add(self, kind: str, trial: str, faults: int, problems: list[str]) -> None:
        """Counts the faults of one trial; all of them, if the home is not as it should be."""
        self.injected[kind] += faults
        self.survived[kind] += 0 if problems else faults
        self.problems += [f"{kind}, {trial}: {problem}" for problem in problems[:_SHOWN_AT_ONCE]]
        sys.stderr.write(f"{time.monotonic() - self.began:7.0f} s  {kind}: {self.survived[kind]} survived\n")
        for problem in problems[:_SHOWN_AT_ONCE]:
            sys.stderr.write(f"           NOT SURVIVED ({trial}): {problem}\n")


def show(tally: Tally) -> int:
    """Prints the table; the status to end with."""
    table = Table("fault", "injected", "survived", title="Chaos", title_justify="left", show_edge=False)
    for kind, count in (+tally.injected).items():
        table.add_row(kind, str(count), str(tally.survived[kind]))
    console = Console(width=110, soft_wrap=True)
    console.print(table)
    console.print(f"{tally.answers} answers to readers meanwhile, none torn and no error, unless told below.")
    for problem in tally.problems[:_SHOWN]:
        console.print(f"NOT SURVIVED  {problem}", markup=False)
    return 1 if tally.problems else 0
