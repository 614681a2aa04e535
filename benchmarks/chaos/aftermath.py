"""What must hold once the night after a fault is done: nothing lost, nothing doubled, nothing left over."""

from __future__ import annotations

from collections.abc import Collection

from benchmarks.chaos.course import State, state_of
from warehouse.archive.archive import Archive
from warehouse.archive.proof import everything
from warehouse.desk import open_release
from warehouse.files import TEMPORARY
from warehouse.home import Home
from warehouse.ledger.ledger import Ledger
from warehouse.release.nightly_proof import record_problems
from warehouse.release.releases import Releases

_LEFTOVERS = ("warehouse/building-*", "warehouse/removed-*", "warehouse/rebuilding-*", f"published/{TEMPORARY}*")


def problems_of_home(home: Home, expected: State, may_differ: Collection[str] = ()) -> list[str]:
    """What is not as an undisturbed night would have left it, the content of the tables apart that may differ."""
    releases = Releases(home)
    current = releases.current()
    if current is None or current != releases.newest():
        return [f"current is {current}, newest is {releases.newest()}"]
    found = state_of(home)
    problems = [
        f"{name}: rows and content are {found.get(name)}, undisturbed {expected.get(name)}"
        for name in sorted({*found, *expected})
        if found.get(name) != expected.get(name) and name not in may_differ
    ]
    problems += releases.verify(current.release_id, full=True)
    problems += record_problems(home, current, everything)
    problems += _problems_of_ledger(home)
    return problems + [f"left over: {path.name}" for pattern in _LEFTOVERS for path in home.path.glob(pattern)]


def _problems_of_ledger(home: Home) -> list[str]:
    archive = Archive(home.archive)
    with open_release(home) as release:
        told = dict(release.sql("SELECT submission_key, status FROM quality.submission_version").fetchall())
    with Ledger.open(home.ledger, archive) as ledger:
        pending = [receipt.file_name for receipt in ledger.pending() if receipt.is_news]
        statuses = ledger.statuses()
        entered = len(ledger.receipts())
    received = sum(1 for _ in archive.receipts())
    return [
        *([f"still pending: {pending}"] if pending else []),
        *([f"ledger and release tell of other states: {statuses}, {told}"] if statuses != told else []),
        *([f"{received} receipts in the archive, {entered} in the ledger"] if received != entered else []),
    ]
