"""Invented departments of an invented city, and the registry that lists them.

Names are put together from pools of characters that share none, so that no short name ends another one; codes
come from an unassigned range. No real place stands here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from random import Random

from samples.model import Department, Version
from samples.phrases import wording

REGISTRY_COLUMNS = (
    "department_id", "name", "short_name", "aliases", "kind", "division_code", "district_code", "district_name",
    "valid_from", "valid_to",
)  # fmt: skip
FIRST_DISTRICT = 990_101
PER_DISTRICT = 900
SYNTHETIC = "模拟"
FORMER_CODE = 940
"""Distance of the code before a change of kind; above all codes in use."""
RENAMED = 5
"""Index of the department that becomes a 街道 in the middle of the years."""


def _place(index: int, seed: int) -> str:
    pools = wording("names")
    first, second, third = pools["first"], pools["second"], pools["third"]
    pairs = len(first) * len(second)
    step = index + seed % 997
    if index < pairs:
        number = step * 601 % pairs
        return str(first[number % len(first)] + second[number // len(first)])
    number = (step - pairs) * 7919 % (pairs * len(third))
    rest, last = divmod(number, len(third))
    return str(first[rest % len(first)] + second[rest // len(first)] + third[last])


def _district(index: int) -> tuple[str, int]:
    pools = wording("names")
    number = index // PER_DISTRICT
    first, second = pools["districts_first"], pools["districts_second"]
    name = first[number % len(first)] + second[number // len(first) % len(second)] + "区"
    return name, FIRST_DISTRICT + number


def _street(area: str, place: str, code: int, since: str = "") -> Version:
    short = f"{place}街道"
    return Version(f"{area}人民政府{short}办事处", short, (f"{place}街", f"{place}街办"), "街道", f"{code:09d}", since)


def _town(area: str, place: str, code: int, until: str = "") -> Version:
    short = f"{place}镇"
    return Version(f"{area}{short}人民政府", short, (f"{short}政府",), "镇", f"{code:09d}", "", until)


def _versions(kind: str, area: str, place: str, code: int, changes_on: str | None) -> tuple[Version, ...]:
    if changes_on:
        year = int(changes_on[:4])
        return (
            _town(area, place, code + FORMER_CODE, f"{year}-09-30"),
            _street(area, place, code, f"{year}-10-01"),
        )
    return (_street(area, place, code) if kind == "街道" else _town(area, place, code),)


def department(index: int, seed: int = 0, changes_on: str | None = None) -> Department:
    """The invented department of that number; ``changes_on`` (ISO date) makes a 镇 that became a 街道."""
    district, district_code = _district(index)
    area = f"{wording('names')['city']}{district}"
    code = district_code * 1000 + index % PER_DISTRICT + 1
    bureaus = wording("names")["bureaus"]
    bureau = index // 8 if index % 8 == 6 else len(bureaus)
    if bureau < len(bureaus):
        name = bureaus[bureau]
        place = name.removesuffix("局")
        versions: tuple[Version, ...] = (
            Version(f"{area}{name}", f"区{name}", (f"{district}{name}",), "其他", f"{code:09d}"),
        )
    else:
        place = _place(index, seed)
        kind = Random(f"{seed}/{index}/kind").choices(("街道", "镇"), (3, 2))[0]
        versions = _versions(kind, area, place, code, changes_on)
    city = str(wording("names")["city"])
    return Department(index, f"synthetic-{code}", place, city, district, str(district_code), versions)


def departments(count: int, years: Sequence[int], seed: int) -> list[Department]:
    """``count`` departments; from eight on, and over two years or more, one changes its kind and name in the
    middle of the years."""
    middle = sorted(years)[len(years) // 2] if len(years) > 1 and count >= 8 else None
    return [
        department(index, seed, f"{middle}-10-01" if middle and index == RENAMED else None) for index in range(count)
    ]


def registry_csv(listed: Sequence[Department]) -> str:
    """The registry as CSV text, a row a version; the district's name says that it is synthetic."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(REGISTRY_COLUMNS)
    for one in listed:
        district = f"{one.district}（{SYNTHETIC}）"
        for version in one.versions:
            writer.writerow(
                [
                    one.department_id, version.name, version.short_name, "|".join(version.aliases), version.kind,
                    version.division_code, one.district_code, district, version.valid_from, version.valid_to,
                ]
            )  # fmt: skip
    return out.getvalue()
