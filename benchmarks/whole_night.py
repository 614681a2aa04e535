"""A home, a night in it as a user starts it: the command in a process of its own, watched; what comes in before the
next."""

from __future__ import annotations

import json
import subprocess
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.process_tree import ProcessTree, Spent
from warehouse.home import Home

_OTHER_ENCODINGS = (BOM_UTF16_LE, BOM_UTF16_BE)


def home_for(place: Path, registry: Path) -> Home:
    """An empty home for invented reports of a registry (relative to the home, or absolute); files need not settle."""
    home = Home(place).create()
    home.mark_synthetic()
    home.config.write_text(f"registry = {json.dumps(str(registry))}\nsettle_seconds = 0\n", "utf-8")
    return home


def whole_night(home: Home, inbox: Path | None = None) -> tuple[Spent, list[dict[str, Any]]]:
    """What a night of the home spends, and what it says of its stages (``stage``, ``seconds``, ``counts``)."""
    command = [sys.executable, "-m", "orchestration.cli", "--home", str(home.path), "nightly", "--json"]
    spent, said = watched([*command, *(["--inbox", str(inbox)] if inbox else [])])
    stages: list[dict[str, Any]] = json.loads(said)["stages"]
    return spent, stages


def watched(command: Sequence[str]) -> tuple[Spent, str]:
    """What a command spends, and its standard output; RuntimeError when it fails. A night that refuses something does
    not."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        tree = ProcessTree(process.pid)
        with tree.watched():
            said, errors = process.communicate()
        spent = tree.mark()
    if process.returncode not in (0, 3):
        raise RuntimeError(f"{' '.join(command)} ended with status {process.returncode}: {errors[-2000:]}")
    return spent, said


def correct(inbox: Path, count: int) -> None:
    """So many of the reports in text come once more, with a line more than before."""
    found = (path for path in sorted(inbox.rglob("*.md")) if not path.read_bytes().startswith(_OTHER_ENCODINGS))
    for path in islice(found, count):
        with path.open("ab") as file:
            file.write("\n\n特此更正。\n".encode(_encoding(path)))


def _encoding(path: Path) -> str:
    try:
        path.read_text("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"
