"""A night as a user starts it: the command in a process of its own, watched; and what comes in before the next."""

from __future__ import annotations

import subprocess
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from itertools import islice
from pathlib import Path

from benchmarks.process_tree import ProcessTree, Spent
from warehouse.home import Home

_OTHER_ENCODINGS = (BOM_UTF16_LE, BOM_UTF16_BE)


def whole_night(home: Home, inbox: Path | None = None) -> Spent:
    """What a night of the home spends; RuntimeError when it fails."""
    command = [sys.executable, "-m", "orchestration.cli", "--home", str(home.path), "nightly"]
    command += ["--inbox", str(inbox)] if inbox else []
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        tree = ProcessTree(process.pid)
        with tree.watched():
            _, errors = process.communicate()
        spent = tree.mark()
    if process.returncode not in (0, 3):
        raise RuntimeError(f"the night failed with status {process.returncode}: {errors[-2000:]}")
    return spent


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
