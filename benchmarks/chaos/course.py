"""The same nights undisturbed: homes as they were before each of a few nights, and what each night must come to.

A trial begins with a copy of one of these homes, the night's files in its inbox.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.chaos.nights import DONE, Night
from samples import departments as places
from samples.defects import chosen
from samples.write import Sample, make_sample, samples
from warehouse.desk import open_release
from warehouse.home import Home
from warehouse.release.releases import Releases

_FIRST_NIGHT = datetime(2024, 5, 9, 18, tzinfo=UTC)
_MEDIA = ("md", "docx")
_YEARS = (2021, 2022)
_SPOILED = "C17,C22"
_CONFIGURATION = 'registry = "registry.csv"\nsettle_seconds = 0\nkeep_releases = 2\nleast_free_gib = 0\n'
_AMOUNTS = {
    "fact_project_spending": ("budget_yuan", "spent_yuan"),
    "fact_department_budget": ("total_budget_yuan", "executed_yuan"),
}
State = dict[str, tuple[int, str | None]]
"""Rows and checksum of the content of each table, instants and identifiers of intakes and releases apart."""
Sums = dict[tuple[str, int, str], Decimal]
"""元 by department, year and column."""


@dataclass(frozen=True, slots=True)
class Step:
    """One night: the home before it (its files are in the inbox), its instant, what it must come to. ``alone`` is the
    one file of its department and year, which makes the same version whenever it comes."""

    before: Home
    now: datetime
    after: State
    alone: str


class Course:
    """The nights of a home, made in ``folder``, three or, of fewer departments, two; ``problems`` says where what they
    publish is not what the samples say."""

    def __init__(self, folder: Path, seed: int, *, is_short: bool = False) -> None:
        self._folder = folder
        listed = places.departments(2 if is_short else 3, _YEARS, seed)
        forms = samples(listed[:1], _YEARS, seed, media=("xlsx",))
        sound = [*samples(listed, _YEARS, seed, media=_MEDIA), *forms]
        self.steps: list[Step] = []
        home = Home(folder / "living").create()
        home.mark_synthetic()
        home.config.write_text(_CONFIGURATION, "utf-8")
        (home.path / "registry.csv").write_text(places.registry_csv(listed), "utf-8")
        first, second, third = _nights(sound, seed)
        for number, night in enumerate([first, second | third] if is_short else [first, second, third]):
            self._live(home, number, night)
        self.problems = _false_sums(home, _sums_of_truth(sound))

    def _live(self, home: Home, number: int, night: dict[str, bytes]) -> None:
        """The next night, after a copy of what was before it."""
        for name, content in night.items():
            path = home.inbox / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        before = copy_of(home, self._folder / f"before-{number}")
        now = _FIRST_NIGHT + timedelta(days=number)
        ended = Night(home, now).end()
        if ended.how != DONE:
            raise RuntimeError(f"the undisturbed night failed: {ended.said}")
        alone = next(name for name, content in reversed(night.items()) if content and not name.endswith("xlsx"))
        self.steps.append(Step(before, now, state_of(home), alone))


def copy_of(home: Home, place: Path) -> Home:
    """A home with the same content. Files of releases, which never change, are linked, not copied."""
    releases = os.fspath(home.releases)

    def put(source: str, target: str) -> str:
        if source.startswith(releases):
            try:
                os.link(source, target)
            except OSError:  # another disk
                return str(shutil.copy2(source, target))
            return target
        return str(shutil.copy2(source, target))

    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(home.path, place, symlinks=True, copy_function=put)
    return Home(place)


def state_of(home: Home) -> State:
    """What the current release holds."""
    release = Releases(home).current()
    tables: dict[str, Any] = release.manifest["tables"] if release else {}
    return {name: (entry["row_count"], entry["checksum"]) for name, entry in tables.items() if entry["checksum"]}


def _nights(sound: list[Sample], seed: int) -> list[dict[str, bytes]]:
    """Files of each night: at first sound reports and two that are refused, then more with an empty file and one sent
    twice, at last the corrections."""
    units = ((0, _YEARS[0]), (1, _YEARS[1]))
    spoiled = [make_sample(*unit, seed, group) for unit, group in zip(units, chosen(_SPOILED), strict=True)]
    corrected = {_unit(each) for each in spoiled}
    late = [each for each in sound if _unit(each) in corrected]
    early = [each for each in sound if _unit(each) not in corrected]
    half = len(early) // 2
    first = {each.file_name: each.content for each in early[:half]}
    second = {"空白.docx": b"", "再报一次.md": early[0].content}
    return [
        {f"先报/{each.file_name}": each.content for each in spoiled} | first,
        second | {each.file_name: each.content for each in early[half:]},
        {each.file_name: each.content for each in late},
    ]


def _unit(sample: Sample) -> tuple[str, int]:
    return str(sample.truth["department_id"]), int(sample.truth["fiscal_year"])


def _sums_of_truth(sound: list[Sample]) -> Sums:
    """A form repeats the totals of its report, and adds to the rows of projects."""
    sums: Sums = defaultdict(Decimal)
    for sample in sound:
        is_form = sample.truth["kind"] != "overall_report"
        for table, columns in list(_AMOUNTS.items())[: 1 if is_form else 2]:
            for row in sample.truth["facts"].get(table, ()):
                for column in columns:
                    sums[*_unit(sample), f"{table}.{column}"] += Decimal(row.get(column) or 0)
    return dict(sums)


def _false_sums(home: Home, truth: Sums) -> list[str]:
    """Where what is published is not what the samples say."""
    published: Sums = {}
    with open_release(home) as release:
        for table, columns in _AMOUNTS.items():
            for column in columns:
                found = release.sql(
                    f"SELECT department_id, fiscal_year, coalesce(sum({column}), 0) FROM core.{table}"
                    " JOIN core.dim_submission USING (submission_key, fiscal_year) GROUP BY ALL"
                ).fetchall()
                published |= {(row[0], row[1], f"{table}.{column}"): row[2] for row in found}
    return [
        f"{key}: the samples say {truth.get(key)}, published is {published.get(key)}"
        for key in sorted({*truth, *published})
        if truth.get(key) != published.get(key)
    ]
