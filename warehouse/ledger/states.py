"""The states of a submission version and the moves between them. Who makes a move is not its affair.

``received -> read -> judged -> accepted | accepted_with_warnings | quarantined``, or ``unreadable``; later
``superseded`` or ``withdrawn``. A waiver or a new catalogue takes ``quarantined`` back to ``judged``, and so does the
end of a withdrawal what was ``withdrawn``. What is accepted may come to have warnings, or to have none, when it is
judged again; it is never quarantined: the version in force stays published until a better one is accepted.
"""

from __future__ import annotations

from functools import cache

from warehouse.errors import IllegalTransition

RECEIVED, READ, JUDGED = "received", "read", "judged"
ACCEPTED, ACCEPTED_WITH_WARNINGS, QUARANTINED = "accepted", "accepted_with_warnings", "quarantined"
UNREADABLE, SUPERSEDED, WITHDRAWN = "unreadable", "superseded", "withdrawn"

MIDDLE = (RECEIVED, READ, JUDGED)
"""States in which no version stays once its night has ended."""
IN_FORCE = (ACCEPTED, ACCEPTED_WITH_WARNINGS)
"""States of the versions that ``core`` shows."""

MOVES: dict[str, tuple[str, ...]] = {
    RECEIVED: (READ, UNREADABLE),
    READ: (JUDGED, UNREADABLE),
    JUDGED: (ACCEPTED, ACCEPTED_WITH_WARNINGS, QUARANTINED, SUPERSEDED),
    ACCEPTED: (ACCEPTED_WITH_WARNINGS, SUPERSEDED, WITHDRAWN),
    ACCEPTED_WITH_WARNINGS: (ACCEPTED, SUPERSEDED, WITHDRAWN),
    QUARANTINED: (JUDGED, SUPERSEDED, WITHDRAWN),
    UNREADABLE: (SUPERSEDED, WITHDRAWN),
    SUPERSEDED: (),
    WITHDRAWN: (JUDGED,),
}
"""State -> the states it may move to; a newer version of the same night may overtake a judged one."""


def is_legal(before: str, after: str) -> bool:
    """Whether one move leads from ``before`` to ``after``."""
    return after in MOVES.get(before, ())


@cache
def path(before: str, after: str) -> tuple[str, ...]:
    """The states passed from one to another, ``after`` the last; empty when they are the same.

    Only the middle states are passed on the way: a verdict that was never given is not made up.
    IllegalTransition when no way leads there.
    """
    ways: list[tuple[str, ...]] = [(before,)]
    for way in ways:
        if way[-1] == after:
            return way[1:]
        if len(way) == 1 or way[-1] in MIDDLE:
            ways.extend((*way, following) for following in MOVES.get(way[-1], ()) if following not in way)
    raise IllegalTransition(f"报送版本不能从“{before}”变为“{after}”。", f"{before} -> {after}")
