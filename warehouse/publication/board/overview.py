"""The first page: headline figures, who has submitted, what needs attention, execution by year and by department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from warehouse.desk import Row as Record
from warehouse.publication.board.cells import NOTHING, WAN, cell_of, percent, scale_of, share, tone_of, wan
from warehouse.publication.board.material import Material
from warehouse.publication.board.model import Card, Cell, Grid, Head, Row
from warehouse.publication.words import CONDITIONS, OUTCOMES
from warehouse.tables.common import RATE_UNIT, YUAN_UNIT
from warehouse.views import View, views

MATRIX_ROWS, ATTENTION_ROWS, LOWEST = 200, 30, 16
"""Rows of the first page's tables; the pages behind have more."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first page shows; ``attention`` and ``lowest`` speak of the last year."""

    cards: tuple[Card, ...]
    matrix: Grid
    attention: Grid
    years: Grid
    lowest: Grid | None


def overview(material: Material, lowest: Grid | None) -> Overview:
    """The first page; ``lowest`` is the newest year's table of execution."""
    board = material.ask(f"FROM {material.source(_of('submission_board'))} ORDER BY fiscal_year DESC, department_id")
    material.source(_of("department_execution"))
    years = material.rows("board_years")
    return Overview(
        tuple(_cards(board, years)),
        matrix(board, material, MATRIX_ROWS),
        _attention(board, material),
        _years(years),
        None if lowest is None else _lowest(lowest),
    )


def _of(name: str) -> View:
    return next(view for view in views() if view.name == name)


def _cards(board: list[Record], years: list[Record]) -> Iterable[Card]:
    if not board:
        return
    last = max(int(str(row["fiscal_year"])) for row in board)
    rows = [row for row in board if row["fiscal_year"] == last]
    in_force = sum(row["current_submission_key"] is not None for row in rows)
    href = f"submissions.html#y{last}"
    yield Card(f"{last} 年已采纳", f"{in_force} / {len(rows)}", href, "应报单位中已公布的", exact=str(in_force))
    for title, count, note, tone in (
        ("退回", sum(row["status"] == "quarantined" for row in rows), "最新版本被退回，待重报", "bad"),
        ("未报", sum(row["condition"] == "missing" for row in rows), "应报而没有收到", "warn"),
        ("逾期", sum(row["condition"] == "late" for row in rows), "超过应报日期", "warn"),
    ):
        yield Card(f"{last} 年{title}", str(count), href, note, tone if count else "good", str(count))
    yield from _money_cards(years)
    for level, name in (("blocking", "阻断"), ("warning", "警告")):
        count = sum(int(str(row[f"open_{level}_count"])) for row in board)
        state = tone_of(level) if count else "good"
        yield Card(f"待处理的{name}问题", f"{count:,}", "findings.html", "各年度最新版本合计", state, str(count))


def _money_cards(years: list[Record]) -> Iterable[Card]:
    if not years:
        return
    newest = years[0]
    href, year = f"execution.html#y{newest['fiscal_year']}", newest["fiscal_year"]
    base, executed, rate = newest["base_yuan"], newest["executed_yuan"], newest["execution_rate"]
    if isinstance(base, Decimal):
        yield Card(f"{year} 年预算总额", f"{wan(base)} 万元", href, "已采纳的报送合计", exact=str(base))
    if isinstance(executed, Decimal) and isinstance(rate, Decimal):
        note = f"支出执行数 {wan(executed)} 万元"
        yield Card(f"{year} 年执行率", percent(rate), href, note, exact=str(rate))


def matrix(board: list[Record], material: Material, most: int) -> Grid:
    """Departments by years: what became of each one's newest version."""
    years = sorted({int(str(row["fiscal_year"])) for row in board}, reverse=True)
    of: dict[str, dict[int, Record]] = defaultdict(dict)
    for row in board:
        of[str(row["department_id"])][int(str(row["fiscal_year"]))] = row
    rows = [
        Row(
            (
                Cell(material.short_name(department), href=material.page_of(department)),
                *(_state(of[department].get(year), material) for year in years),
            )
        )
        for department in sorted(of)[:most]
    ]
    heads = (Head("单位"), *(Head(f"{year} 年") for year in years))
    return Grid("matrix", "谁报了、报得怎样", heads, tuple(rows), len(of), "mart.submission_board")


def _state(record: Record | None, material: Material) -> Cell:
    if record is None:
        return Cell(NOTHING)
    condition, status = str(record["condition"]), record["status"]
    if status is None:
        return Cell(CONDITIONS[condition], tone=tone_of(condition), note=_due(record))
    notes = [CONDITIONS[condition]] if condition in ("late", "stuck") else []
    if int(str(record["version"])) > 1:
        notes.append(f"第 {record['version']} 版")
    if record["current_version"] is not None and record["current_version"] != record["version"]:
        notes.append(f"在用第 {record['current_version']} 版")
    return Cell(
        OUTCOMES[str(status)],
        tone=tone_of(str(status)),
        href=material.place_of(record),
        note="，".join(notes) or None,
    )


def _due(record: Record) -> str | None:
    return f"应报日期 {record['due_on']}" if record["due_on"] else None


def _attention(board: list[Record], material: Material) -> Grid:
    """What waits for somebody: refused, stuck and missing, the newest years first."""
    waiting = [row for row in board if row["status"] == "quarantined" or row["condition"] in ("missing", "stuck")]
    rows = [
        Row(
            (
                Cell(material.short_name(row["department_id"]), href=material.place_of(row)),
                cell_of("fiscal_year", row["fiscal_year"]),
                _state(row, material),
                cell_of("open_blocking_count", row["open_blocking_count"]),
                cell_of("reason", row["reason"]),
            )
        )
        for row in waiting[:ATTENTION_ROWS]
    ]
    heads = (
        Head("单位"),
        Head("年度", is_number=True),
        Head("情况"),
        Head("阻断问题", "个", is_number=True),
        Head("原因"),
    )
    return Grid("attention", "需要催办的", heads, tuple(rows), len(waiting), "mart.submission_board")


def _years(years: list[Record]) -> Grid:
    columns = (("base_yuan", YUAN_UNIT), ("executed_yuan", YUAN_UNIT), ("execution_rate", RATE_UNIT))
    largest = scale_of(years, "base_yuan", YUAN_UNIT)
    scales: Mapping[str, Decimal] = {"base_yuan": largest, "executed_yuan": largest, "execution_rate": Decimal(1)}
    rows = [
        Row(
            (
                Cell(f"{row['fiscal_year']} 年", href=f"execution.html#y{row['fiscal_year']}"),
                cell_of("submission_count", row["submission_count"]),
                *(_barred(name, row[name], unit, scales[name]) for name, unit in columns),
            )
        )
        for row in years
    ]
    heads = (
        Head("年度"),
        Head("已采纳", "份", is_number=True),
        Head("预算总额", WAN, is_number=True),
        Head("支出执行数", WAN, is_number=True),
        Head("执行率", is_number=True),
    )
    note = "执行率只算两个数都写明的报送。"
    return Grid("years", "各年度预算与执行", heads, tuple(rows), len(rows), "mart.department_execution", note)


def _barred(name: str, value: object, unit: str, scale: Decimal) -> Cell:
    cell = cell_of(name, value, unit)
    return cell._replace(bar=share(value, scale)) if isinstance(value, Decimal) else cell


def _lowest(execution: Grid) -> Grid:
    """The departments at the end of the ranking, the lowest first."""
    ranked = [row for row in execution.rows if row.cells[1].exact is not None]
    rows = tuple(Row(row.cells[:2]) for row in reversed(ranked[-LOWEST:]))
    return Grid(
        "lowest", f"执行率最低的单位（{execution.group}）", execution.heads[:2], rows, len(rows), execution.source
    )
