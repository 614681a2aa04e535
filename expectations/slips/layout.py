"""What a printed slip says, from top to bottom: the same for Word and for the page. Sizes and borders belong to them.

Long quotations are shortened here and long lists of places drawn together; the workbook has everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from expectations.slips.model import Entry, Group, Slip, count_of
from expectations.slips.showing import shortened
from expectations.slips.wording import Section, wording

_FIGURE = re.compile(r"[-+]?[\d.,]+(?:%|[万亿]?元|[人个项条名])?")
"""An expected value that is but a figure of the report itself: which of the two is wrong the submitter knows."""
_ORDINALS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One finding in its table; ``required`` is what was expected, as a sentence, where it is not the same for all."""

    number: int
    place: str
    quote: str
    message: str
    required: str


@dataclass(frozen=True, slots=True)
class PrintedGroup:
    """The findings of one rule: ``rows`` in a table, the places of the others in the sentence ``more``; ``required`` is
    what was expected, where it is the same for several."""

    heading: str
    basis: str
    remedy: str
    required: str
    rows: tuple[PrintedRow, ...]
    more: str
    answer: str


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """The groups of one level."""

    heading: str
    lead: str
    groups: tuple[PrintedGroup, ...]


@dataclass(frozen=True, slots=True)
class PrintedHint:
    """One rule of the annex."""

    title: str
    count: int
    places: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Printed:
    """All texts of a slip in order. ``summary`` and ``files`` are rows of tables; ``annex`` is None without hints."""

    title: str
    number: str
    remark: str
    recipient: str
    opening: str
    summary: tuple[tuple[str, str], ...]
    files_heading: str
    files: tuple[tuple[int, str, str], ...]
    cause_heading: str
    cause: str
    note: str
    sections: tuple[PrintedSection, ...]
    bureau: str
    sender: str
    date: str
    reply: tuple[str, ...]
    annex: PrintedSection | None
    hints: tuple[PrintedHint, ...]


def printed(slip: Slip) -> Printed:
    """The slip as it is printed."""
    words = wording()
    parties, letter = words.parties, slip.letter
    ordinals = iter(_ORDINALS)
    numbered = {"subject": subject_of(slip), "answer_by": day(slip.answer_by), **slip.counts}
    version = parties.version.format(version=slip.version) if slip.version else ""
    files_heading = f"{next(ordinals)}、{words.files.heading}"
    cause_heading = f"{next(ordinals)}、{words.cause.heading}" if slip.reason else ""
    hints = tuple(_hint(group) for group in slip.information)
    annex = words.sections.information
    return Printed(
        title=letter.title,
        number=slip.name,
        remark=parties.synthetic if slip.is_synthetic else "",
        recipient=f"{slip.recipient}：",
        opening=letter.opening.format(version=version, **numbered),
        summary=tuple(_summary(slip, version)),
        files_heading=files_heading,
        files=tuple((number, each.file_name, minute(each.received_at)) for number, each in enumerate(slip.received, 1)),
        cause_heading=cause_heading,
        cause=slip.reason,
        note=words.findings.note if slip.blocking or slip.warning else "",
        sections=tuple(_sections(slip, ordinals)),
        bureau=words.findings.bureau.format(count=slip.bureau_count) if slip.bureau_count else "",
        sender=slip.sender,
        date=day(slip.judged_at),
        reply=tuple(
            line.format(sender=slip.sender, number=slip.name, answer=letter.answer) for line in words.reply.lines
        ),
        annex=PrintedSection(annex.heading, annex.lead, ()) if hints else None,
        hints=hints,
    )


def subject_of(slip: Slip) -> str:
    """What material the slip is about."""
    parties = wording().parties
    return parties.subject.format(year=slip.fiscal_year) if slip.fiscal_year else parties.subject_unknown


def counted(slip: Slip) -> str:
    """How many findings there are of each level."""
    return wording().summary.counted.format(**slip.counts)


def day(when: date) -> str:
    """2022年5月10日."""
    return f"{when.year}年{when.month}月{when.day}日"


def minute(when: datetime) -> str:
    """2022年5月10日 02:00."""
    return f"{day(when)} {when:%H:%M}"


def _summary(slip: Slip, version: str) -> Iterator[tuple[str, str]]:
    titles = wording().summary
    yield titles.subject, subject_of(slip) + version
    yield titles.verdict, slip.letter.verdict
    if not slip.reason:
        yield titles.counts, counted(slip)
    yield titles.judged_at, minute(slip.judged_at)
    yield titles.answer_by, day(slip.answer_by)


def _sections(slip: Slip, ordinals: Iterator[str]) -> Iterator[PrintedSection]:
    """What must be mended, then what must be explained; the rules are numbered through."""
    words = wording()
    limits = words.limits
    number = 1
    for section, groups, most in (
        (words.sections.blocking, slip.blocking, limits.most_blocking_rows),
        (words.sections.warning, slip.warning, limits.most_warning_rows),
    ):
        if groups:
            shown = tuple(_group(at, group, section, most) for at, group in enumerate(groups, number))
            yield PrintedSection(f"{next(ordinals)}、{section.heading}（{count_of(groups)}处）", section.lead, shown)
            number += len(groups)


def _group(number: int, group: Group, section: Section, most: int) -> PrintedGroup:
    count = len(group.entries)
    common = count > 1 and len({entry.expected for entry in group.entries}) == 1
    return PrintedGroup(
        heading=f"{number}. {group.title}（{group.rule_id}，{count}处）",
        basis=group.basis,
        remedy=group.remedy,
        required=_required(group.entries[0].expected) if common else "",
        rows=tuple(_row(at, entry, tells_required=not common) for at, entry in enumerate(group.entries[:most], 1)),
        more=_more(group.entries[most:]),
        answer=section.answer,
    )


def _row(number: int, entry: Entry, *, tells_required: bool) -> PrintedRow:
    words, limits = wording().findings, wording().limits
    return PrintedRow(
        number,
        entry.place or words.no_place,
        shortened(entry.quote, limits.longest_quote) or words.no_quote,
        shortened(entry.message, limits.longest_message),
        _required(entry.expected) if tells_required else "",
    )


def _required(expected: str) -> str:
    words, longest = wording().findings, wording().limits.longest_quote
    form = words.figure if _FIGURE.fullmatch(expected) else words.required
    return form.format(expected=shortened(expected, longest)) if expected else ""


def _more(entries: Sequence[Entry]) -> str:
    words = wording().findings
    places = (f"{entry.place or words.no_place}{f'（{entry.subject}）' if entry.subject else ''}" for entry in entries)
    return words.more.format(count=len(entries), places="；".join(places)) if entries else ""


def _hint(group: Group) -> PrintedHint:
    words, most = wording().findings, wording().limits.most_hint_places
    first = [entry.place or words.no_place for entry in group.entries[:most]]
    return PrintedHint(f"{group.title}（{group.rule_id}）", len(group.entries), "；".join(first), group.remedy)
