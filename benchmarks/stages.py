"""The stages of a night called as a library, one after another, each measured; for a process of its own."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.process_tree import ProcessTree
from orchestration.night.line import Line
from orchestration.settings import load_settings
from warehouse.home import Home, exclusive

STAGES = (
    "take_in", "read", "conform", "check_contracts", "judge", "build", "publish", "prove", "write_slips", "tell",
)  # fmt: skip


def main(folder: str, inbox: str) -> None:
    """Prints a line of JSON a stage of a night on ``inbox`` in the home at ``folder``: its name and what it spent (see
    Spent)."""
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries and other processes print is no answer
    home, now = Home(Path(folder)), datetime.now(UTC)
    tree = ProcessTree(os.getpid())
    with exclusive(home), tree.watched():
        line = Line(home, load_settings(home), f"bench-{now:%Y%m%d%H%M%S}", now, Path(inbox))
        with line.held:
            for stage in STAGES:
                tree.mark()
                getattr(line, stage)()
                print(json.dumps({"stage": stage, **tree.mark()._asdict()}), file=answer, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
