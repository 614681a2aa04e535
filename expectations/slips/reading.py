"""The rows of a release -> slips. What was said stands in schema ``quality``; nothing is judged anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

import duckdb

from expectations.slips.model import Entry, Group, Received, Slip
from expectations.slips.places import place_of
from expectations.slips.showing import shown
from expectations.slips.wording import wording
from warehouse.desk import rows_of
from warehouse.ledger.states import ACCEPTED_WITH_WARNINGS, QUARANTINED, UNREADABLE
from warehouse.release.releases import BEIJING

Row = Mapping[str, Any]
_OUTCOMES = (QUARANTINED, ACCEPTED_WITH_WARNINGS, UNREADABLE)
"""What a slip is written for."""
_LONGEST_SUBJECT = 40
"""Characters; longer ones are whole sentences, which the quotation has as well."""


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes: the bureau's name (None: that of the district), how many days it gives for an answer, and whether
    everything in its home is invented."""

    name: str | None
    reply_days: int
    is_synthetic: bool


def read_slips(release: duckdb.DuckDBPyConnection, keys: Sequence[int], office: Office) -> Iterator[Slip]:
    """The slips of these submission versions and receipts of unreadable files; none where nothing is asked of anybody,
    as where every warning has been explained."""
    files = _by_key(rows_of(release, "slip_files", keys=list(keys)))
    findings = _by_key(rows_of(release, "slip_findings", keys=list(keys)))
    heads: list[Row] = list(rows_of(release, "slip_heads", keys=list(keys)))
    for head in heads:
        key = head["slip_key"]
        if head["status"] in _OUTCOMES:
            slip = _slip(head, files.get(key, []), findings.get(key, []), office)
            if slip.warning or slip.outcome != ACCEPTED_WITH_WARNINGS:
                yield slip


def _by_key(rows: Sequence[Row]) -> dict[int, list[Row]]:
    return {key: list(group) for key, group in groupby(rows, key=lambda row: row["slip_key"])}


def _slip(head: Row, files: Sequence[Row], findings: Sequence[Row], office: Office) -> Slip:
    parties = wording().parties
    sender = parties.sender.format(district=head["district"]) if head["district"] else parties.sender_unknown
    theirs = [row for row in findings if row["responsible"] == "submitter"]
    names = {row["document_key"]: shown(row["file_name"]) for row in files}
    judged_at = head["judged_at"].astimezone(BEIJING)
    return Slip(
        key=head["slip_key"],
        fingerprint=_fingerprint(head, files, findings),
        outcome=head["status"],
        sender=office.name or sender,
        recipient=shown(head["department"]) or parties.recipient_unknown,
        short_name=shown(head["short_name"]) or None,
        department_id=head["department_id"],
        fiscal_year=head["fiscal_year"],
        version=head["version"],
        received=tuple(_received(row) for row in files),
        judged_at=judged_at,
        answer_by=_answer_by(head, judged_at, office),
        reason=shown(head["reason"]),
        blocking=tuple(_groups(theirs, "blocking", names)),
        warning=tuple(_groups(theirs, "warning", names)),
        information=tuple(_groups(theirs, "information", names)),
        bureau_count=len(findings) - len(theirs),
        is_synthetic=office.is_synthetic,
    )


def _received(row: Row) -> Received:
    return Received(PurePosixPath(shown(row["file_name"])).name, row["received_at"].astimezone(BEIJING))


def _groups(findings: Sequence[Row], level: str, names: Mapping[int, str]) -> Iterator[Group]:
    of_level = (row for row in findings if row["level"] == level)
    for rule_id, rows in groupby(of_level, key=lambda row: row["rule_id"]):
        rule = list(rows)
        entries = tuple(_entry(row, names) for row in rule)
        yield Group(rule_id, shown(rule[0]["title"]), shown(rule[0]["basis"]), shown(rule[0]["remedy"]), entries)


def _entry(row: Row, names: Mapping[int, str]) -> Entry:
    file = names.get(row["document_key"])
    short = PurePosixPath(file).name if file else None
    place = place_of(row, short, is_one_of_several=len(names) > 1)
    quote, subject = shown(row["raw_text"]), shown(row["subject"])
    is_told = len(subject) > _LONGEST_SUBJECT or subject in quote
    return Entry(short, place, quote, "" if is_told else subject, shown(row["message"]), shown(row["expected"]))


def _answer_by(head: Row, judged_at: datetime, office: Office) -> date:
    """So many days after the verdict, but never before the reports of the year are due."""
    soonest = judged_at.date() + timedelta(days=office.reply_days)
    due_on: date | None = head["due_on"]
    return max(soonest, due_on) if due_on else soonest


def _fingerprint(head: Row, files: Sequence[Row], findings: Sequence[Row]) -> str:
    said = [[row["rule_id"], row["level"], row["finding_key"], row["message"], row["responsible"]] for row in findings]
    named = sorted({(row["file_name"], row["sha256"]) for row in files})
    told = [head["status"], head["version"], head["reason"], named, said]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
