"""What came in, was judged and changed since the release before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from warehouse.desk import Row as Record
from warehouse.publication.board.cells import cell_of, wan
from warehouse.publication.board.material import Material
from warehouse.publication.board.model import Cell, Grid, Head, Row
from warehouse.registry import table
from warehouse.tables.common import YUAN_UNIT

MOST = 300
"""Rows of a table."""
_RELEASE = table("meta.release")
_COUNTED = tuple(name for name in _RELEASE.column_names if name.endswith(("_count", "_yuan")))


@dataclass(frozen=True, slots=True)
class Changes:
    """The release against the one before; that one is None for the first."""

    base_release_id: str | None
    totals: Grid
    received: Grid
    departments: Grid


def changes(material: Material) -> Changes:
    """What differs from the release before."""
    releases = material.rows("board_release")
    base = releases[1] if len(releases) > 1 else None
    return Changes(
        None if base is None else str(base["release_id"]),
        _totals(releases[0], base),
        _received(material.rows("board_received"), material),
        _departments(material.rows("board_changes"), material),
    )


def _totals(release: Record, base: Record | None) -> Grid:
    rows = []
    for name in _COUNTED:
        column, now, before = _RELEASE.column(name), release[name], base[name] if base else None
        title = Cell(column.title + ("（万元）" if column.unit == YUAN_UNIT else ""))
        rows.append(Row((title, *(cell_of(name, value, column.unit) for value in (now, before)), _change(now, before))))
    heads = (Head("项目"), *(Head(title, is_number=True) for title in ("本次", "上次", "增减")))
    return Grid("totals", "总数", heads, tuple(rows), len(rows), "meta.release")


def _change(now: object, before: object) -> Cell:
    if not isinstance(now, int | Decimal) or not isinstance(before, int | Decimal):
        return Cell("—", is_number=True)
    difference = now - before
    text = wan(difference) if isinstance(difference, Decimal) else f"{difference:,}"
    return Cell(f"+{text}" if difference > 0 else text, is_number=True, exact=str(difference))


def _received(records: list[Record], material: Material) -> Grid:
    rows = [Row(tuple(_received_cells(record, material))) for record in records[:MOST]]
    heads = (
        Head("单位"),
        Head("年度", is_number=True),
        Head("版本", is_number=True),
        Head("结果"),
        Head("阻断", "个", is_number=True),
        Head("警告", "个", is_number=True),
        Head("收到时间（北京）"),
        Head("文件"),
        Head("原因"),
    )
    return Grid("received", "收到和评判的报送", heads, tuple(rows), len(records), "quality.submission_version")


def _received_cells(record: Record, material: Material) -> Iterator[Cell]:
    is_version = record["version"] is not None
    yield Cell(material.short_name(record["department_id"]), href=material.place_of(record) if is_version else None)
    yield cell_of("fiscal_year", record["fiscal_year"])
    yield cell_of("version", record["version"])
    state = cell_of("outcome", record["status"])
    yield state._replace(note="重新评判") if record["is_judged_again"] else state
    for name in ("blocking_count", "warning_count", "received_at", "file_name", "reason"):
        yield cell_of(name, record[name])


def _departments(records: list[Record], material: Material) -> Grid:
    """A row a department: rows of published figures and of judgement that came and went, and which tables they are."""
    of: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        of[str(record["department_id"])].append(record)
    rows = [
        Row(
            (
                Cell(material.short_name(department), href=material.page_of(department)),
                *(_sum(of[department], schema, name) for schema in ("core", "quality") for name in _CHANGED),
                Cell("、".join(dict.fromkeys(str(record["table_title_zh"]) for record in of[department]))),
            )
        )
        for department in sorted(of)[:MOST]
    ]
    titles = ("已采纳数据新增", "已采纳数据移除", "收件与审核新增", "收件与审核移除")
    heads = (Head("单位"), *(Head(title, "行", is_number=True) for title in titles), Head("有变化的表"))
    note = "改动的行计为移除一行、新增一行。"
    return Grid("rows", "各单位数据的增减", heads, tuple(rows), len(of), "meta.release_change", note)


_CHANGED = ("rows_added", "rows_removed")


def _sum(records: list[Record], schema: str, name: str) -> Cell:
    mine = [int(str(record[name])) for record in records if str(record["table_name"]).startswith(f"{schema}.")]
    return cell_of(name, sum(mine))
