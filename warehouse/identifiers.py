"""Identifiers of releases and intakes: sortable by time, unique, made from an instant handed in."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from warehouse.errors import UsageError

_FORM = re.compile(r"(\d{8}T\d{6}Z)-(\d{4,})")


def next_identifier(now: datetime, newest: str | None) -> str:
    """``20261122T180000Z-0001``: sorts after ``newest`` even when the clock went back or stood still."""
    stamp, number = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"), 1
    if newest is not None:
        last_stamp, last_number = _parts(newest)
        if stamp <= last_stamp:
            stamp, number = last_stamp, last_number + 1
    return f"{stamp}-{number:04d}"


def is_identifier(text: str) -> bool:
    """Whether the text has the form of an identifier; anything else in a folder of releases is none."""
    return _FORM.fullmatch(text) is not None


def instant_of(identifier: str) -> datetime:
    """The instant in an identifier, UTC; UsageError if it is none."""
    return datetime.strptime(_parts(identifier)[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def order(identifier: str) -> tuple[str, int]:
    """The sort key of an identifier."""
    return _parts(identifier)


def _parts(identifier: str) -> tuple[str, int]:
    match = _FORM.fullmatch(identifier)
    if match is None:
        raise UsageError(f"“{identifier}”不是发布编号。编号形如 20261122T180000Z-0001。")
    return match[1], int(match[2])
