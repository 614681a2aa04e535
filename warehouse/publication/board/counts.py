"""Findings by year: tables by rule and by department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from warehouse.desk import Row as Record
from warehouse.publication.board.cells import share, tone_of
from warehouse.publication.board.material import Material
from warehouse.publication.board.model import Cell, Grid, Head, Row
from warehouse.publication.words import LEVELS

MOST = 300
"""Rows of a table."""
_SOURCE = "quality.finding"
_NOTE = "括号内为待处理的。同一年度只算现行的版本。"


def by_rule(records: list[Record]) -> Grid:
    """A row a rule, the most frequent first."""

    def named(row: Record) -> tuple[Cell, ...]:
        level = str(row["level"])
        return (
            Cell(f"{row['rule_id']} {row['rule_title'] or ''}".strip()),
            Cell(LEVELS[level], tone=tone_of(level)),
        )

    heads = (Head("规则"), Head("级别"))
    return _pivot("rules", "按规则", _of(records, "rule"), ("rule_id", "level"), heads, named, lambda row: None)


def by_department(records: list[Record], material: Material) -> Grid:
    """A row a department, the one with the most first."""

    def named(row: Record) -> tuple[Cell, ...]:
        return (Cell(material.short_name(row["department_id"]), href=material.page_of(row["department_id"])),)

    rows = _of(records, "department")
    return _pivot("by-department", "按单位", rows, ("department_id",), (Head("单位"),), named, material.place_of)


def _pivot(
    anchor: str,
    title: str,
    records: Iterator[Record],
    keys: tuple[str, ...],
    heads: tuple[Head, ...],
    named: Callable[[Record], tuple[Cell, ...]],
    place: Callable[[Record], str | None],
) -> Grid:
    """Counts of findings, a row a value of ``keys``, a column a year and one for all years with a bar."""
    rows: dict[tuple[object, ...], list[Record]] = defaultdict(list)
    for record in records:
        rows[tuple(record[key] for key in keys)].append(record)
    years = sorted({_year(record) for group in rows.values() for record in group}, reverse=True)
    totals = {key: _sum(group, "finding_count") for key, group in rows.items()}
    ordered = sorted(rows, key=lambda key: (-totals[key], tuple(map(str, key))))
    largest = max(totals.values(), default=0)
    shown = [
        Row(
            (
                *named(rows[key][0]),
                Cell(f"{totals[key]:,}", is_number=True, exact=str(totals[key]), bar=share(totals[key], largest)),
                *(_count([row for row in rows[key] if _year(row) == year], place) for year in years),
            )
        )
        for key in ordered[:MOST]
    ]
    numbers = (Head("合计", "个", is_number=True), *(Head(_title(year), is_number=True) for year in years))
    return Grid(anchor, title, (*heads, *numbers), tuple(shown), len(rows), _SOURCE, _NOTE)


def _count(records: list[Record], place: Callable[[Record], str | None]) -> Cell:
    count, still_open = _sum(records, "finding_count"), _sum(records, "open_count")
    if not count:
        return Cell("", is_number=True, exact="0")
    return Cell(f"{count:,}（{still_open:,}）", is_number=True, exact=str(count), href=place(records[0]))


def _sum(records: list[Record], name: str) -> int:
    return sum(int(str(record[name])) for record in records)


def _of(records: list[Record], counted_by: str) -> Iterator[Record]:
    return (record for record in records if record["counted_by"] == counted_by)


def _year(record: Record) -> int:
    return int(str(record["fiscal_year"] or 0))


def _title(year: int) -> str:
    return f"{year} 年" if year else "年度不明"
