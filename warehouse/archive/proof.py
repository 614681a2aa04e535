"""The proof of the archive behind a release: that everything is there, and that what is due today is whole.

To look at every name each night is cheap; to read every byte is not, and would cost more with every year. So a night
reads what is new and one of ``SHARES`` shares of all else, another one each day; ``jixiao verify`` reads everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from zlib import crc32

from warehouse.archive.archive import Archive
from warehouse.errors import ArchiveFault

SHARES = 31
"""Prime, so that nights of any rhythm (each day, working days, once a week) come to every share."""

Due = Callable[[str], bool]
"""Whether the content of an object (its SHA-256) or of an intake's receipts (its identifier) is read now."""


def everything(_: str) -> bool:
    """All of it is due."""
    return True


def nothing(_: str) -> bool:
    """Only existence and sizes are looked at."""
    return False


def share_of(day: date, new: Iterable[str] = ()) -> Due:
    """What is ``new``, and the share of that day."""
    today, fresh = day.toordinal() % SHARES, frozenset(new)
    return lambda name: name in fresh or crc32(name.encode()) % SHARES == today


def original_problems(archive: Archive, originals: Iterable[tuple[str, int]], is_due: Due) -> list[str]:
    """What is wrong with objects, given by SHA-256 and size, as Chinese sentences."""
    found = (archive.problem_of(sha256, size, full=is_due(sha256)) for sha256, size in originals)
    return [problem for problem in found if problem]


def receipt_problems(archive: Archive, intake_ids: Iterable[str], is_due: Due) -> Iterator[str]:
    """Of these intakes the receipts that are lost; of those that are due also the damaged ones."""
    present = frozenset(archive.intake_ids())
    for intake_id in intake_ids:
        if intake_id not in present or is_due(intake_id):
            try:
                archive.receipts_of(intake_id)
            except ArchiveFault as fault:
                yield fault.message
