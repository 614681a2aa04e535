"""A published release whose texts are hostile, with everything that the board shows: for the board's tests."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from release_samples import NOON, Report, build_staged, frame, later, rows_of

from warehouse.home import Home
from warehouse.keys import surrogate_key
from warehouse.release import Release, Releases
from warehouse.staging import Staging

HOSTILE = "</script><script>document.title='hacked'</script><img src=x onerror=alert(1)>&amp;\"'"
"""What a report may call a project; nothing of it may run, all of it must be read."""
FIRST = Report(project=HOSTILE, amount="12345678.91")
OTHER = Report("D2", 2022, amount="7654321.05", project="绿化")
REFUSED = Report("D2", 2021, amount="1.00", status="quarantined")
MORE = 14
"""Further findings of the first report, so that its table is long."""
REPORTS = (FIRST, OTHER, REFUSED)


def published(folder: Path) -> Release:
    """A synthetic home with one release of three reports: two accepted, one refused; D1 did not submit for 2022."""
    home = Home(folder).create()
    home.mark_synthetic()
    staged = rows_of(home, REPORTS, ())
    staged["core.dim_department"] = [
        row | {"name": f"<b>{row['department_id']}</b>街道办事处", "valid_from": date(2000, 1, 1)}
        for row in staged["core.dim_department"]
    ]
    staged["quality.roster"] = [_roster(report) for report in REPORTS] + [
        {"department_id": "D1", "fiscal_year": 2022, "condition": "missing", "due_on": date(2023, 6, 30)}
    ]
    for fact in staged["core.fact_department_budget"]:
        executed = (fact["total_budget_yuan"] * Decimal("0.95")).quantize(Decimal("0.01"))
        fact.update(executed_yuan=executed, execution_rate=Decimal("0.950000"))
    for row in staged["quality.finding"]:
        row.update(message=f"问题：{HOSTILE}", raw_text=HOSTILE, line=7, table_number=2)
    first = staged["quality.finding"][0]
    staged["quality.finding"] += [
        first | {"finding_key": surrogate_key("finding", "more", str(i)), "message": f"第 {i} 处", "line": 100 + i}
        for i in range(1, MORE + 1)
    ]
    return _released(home, staged, REPORTS, NOON)


def came_later(home: Home, report: Report) -> Release:
    """A further release, of a report that came in an hour after the one before."""
    staged = rows_of(home, (report,), ())
    for row in (*staged["quality.submission_version"], *staged["quality.received_file"]):
        row["received_at"] = later(1)
    return _released(home, staged, (report,), later(1))


def _released(home: Home, staged: dict[str, list[dict]], reports: tuple[Report, ...], at: datetime) -> Release:
    staging = Staging(home.warehouse / "staging-board").create()
    for name, rows in staged.items():
        staging.append(name, frame(name, rows))
    built = build_staged(home, staging, reports, at=at, with_board=True)
    return Releases(home).publish(built.release_id)


def _roster(report: Report) -> dict:
    return {
        "department_id": report.department_id,
        "fiscal_year": report.fiscal_year,
        "condition": "late",
        "due_on": date(report.fiscal_year + 1, 6, 30),
        "current_submission_key": report.key if report.is_accepted else None,
    }
