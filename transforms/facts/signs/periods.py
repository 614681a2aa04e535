"""Periods with the days stated for them (12月1日至12月31日，共30日), and ends that are set and reported.

Counting the days and comparing is for the rules.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import cache

from transforms.facts.corpus import Corpus, Found
from transforms.facts.model import Facts
from transforms.facts.outline.mentions import source
from transforms.facts.signs.row_texts import RowText
from transforms.facts.text_rows import PeriodRow
from transforms.language.numerals import parse_number
from transforms.language.tables import compiled, patterns, strings

_FILE = "signs"
_KEYS = ("date", "to", "end", "days", "days_before", "days_of", "days_after", "part")
_ENDS = {"goal": "deadline", "completion": "finished"}


def add_periods(corpus: Corpus, row_texts: list[RowText], facts: Facts) -> None:
    """Appends ``periods`` (and the places of those in running text); dates without a year are of the fiscal year."""
    year = facts.documents[0].fiscal_year if facts.documents else None
    if year is None:
        return
    told: dict[tuple[int, int], Found] = {}
    for pattern in _periods():
        for found in corpus.find(pattern):
            told.setdefault((found.passage.start, found.match.start("first_month")), found)
    for found in told.values():
        _add_period(corpus, found, year, facts)
    for row in row_texts:
        kind = _ENDS[row.column]
        ends = [match for match in _ends()[kind].finditer(row.text) if _end(match, year)] if "月" in row.text else []
        if len(ends) == 1:
            ends_on, ordinal = _end(ends[0], year), len(facts.periods)
            facts.periods.append(PeriodRow(ordinal, kind, None, ends_on or "", None, row.owner, ends[0][0], row.line))


def _add_period(corpus: Corpus, found: Found, year: int, facts: Facts) -> None:
    """Far fewer days, told only further on, are days of something else."""
    match = found.match
    first_year = int(match["first_year"] or year)
    first = _date(first_year, match["first_month"], match["first_day"])
    last = _date(int(match["last_year"] or first_year), match["last_month"] or match["first_month"], match["last_day"])
    if first and last and not match["last_year"] and last < first:
        last = _date(first_year + 1, match["last_month"] or match["first_month"], match["last_day"])
    stated = parse_number(match["days"])
    if first is None or last is None or last < first or stated is None:
        return
    if match.groupdict().get("gap") and 2 * stated.value < (last - first).days:
        return
    ordinal, place = len(facts.periods), corpus.place(found.passage, found.start)
    text = corpus.printed(found.passage, found.start, found.stop)
    facts.periods.append(
        PeriodRow(
            ordinal, "period", first.isoformat(), last.isoformat(), int(stated.value), None, text, place.line
        )
    )  # fmt: skip
    facts.sources.append(source("periods", ordinal, "text", place, text))


def _end(match: re.Match[str], year: int) -> str | None:
    """The date that is named, of a month alone its last day."""
    own, month = int(match["year"] or year), int(match["month"])
    if not 1 <= month <= 12:
        return None
    day = match["day"] or str(monthrange(own, month)[1])
    found = _date(own, str(month), day)
    return found.isoformat() if found else None


def _date(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


@cache
def _periods() -> tuple[re.Pattern[str], ...]:
    """A period with its days behind it, or before it."""
    words = strings(_FILE, "periods", _KEYS)
    span = words["date"].format("first") + words["to"] + words["end"]
    gap = rf"(?P<gap>(?:(?!\d月|{words['part']})[^。;\n]){{0,80}}?)"
    forms = (
        f"{span}{gap}{words['days']}",
        f"{words['days']}[(,]?(?:即|自|从)?{span}",
        f"{words['days_before']}{span}",
        f"{words['days']}(?P<gap>{words['days_of']}){span}",
        f"{span}{words['days_after']}",
    )
    return tuple(compiled(_FILE, "periods", form) for form in forms)


@cache
def _ends() -> dict[str, re.Pattern[str]]:
    return patterns(_FILE, "periods_of_rows", tuple(_ENDS.values()))
