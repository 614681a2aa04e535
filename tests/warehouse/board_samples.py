"""A published release whose texts are hostile, with everything that the board shows: for the board's tests."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from release_samples import NOON, Report, build_staged, frame, later, rows_of

from warehouse.home import Home
from warehouse.keys import surrogate_key
from warehouse.load.staging import Staging
from warehouse.registry import table
from warehouse.release.releases import Release, Releases

HOSTILE = "</script><script>document.title='hacked'</script><img src=x onerror=alert(1)>&amp;\"'"
"""What a report may call a project; nothing of it may run, all of it must be read."""
FIRST = Report(project=HOSTILE, amount="12345678.91")
OTHER = Report("D2", 2022, amount="7654321.05", project="绿化")
REFUSED = Report("D2", 2021, amount="1.00", status="quarantined")
SAID = f"垃圾分类推进不快{HOSTILE}"
"""What a report says is wrong."""
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
        fact.update(
            executed_yuan=executed, execution_rate=Decimal("0.950000"), large_project_yuan=Decimal("4000000.40")
        )
        fact.update(large_project_count=1, large_project_threshold_yuan=Decimal("1000000.00"))
    for name, rows in _performance(FIRST).items():
        staged[name] = [*staged.get(name, []), *rows]
    staged["core.fact_headcount"] = [
        {"headcount_key": surrogate_key("headcount", "1"), "headcount_kind": "administrative", "people": 31}
        | {"submission_key": OTHER.key, "fiscal_year": OTHER.fiscal_year}
        | {"department_key": surrogate_key("department", OTHER.department_id)}
    ]
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


def _performance(report: Report) -> dict[str, list[dict]]:
    """What the report aimed at and reached, with the places of its figures, in a file of its own."""
    project = surrogate_key("project", report.department_id, report.project)
    form = surrogate_key("form", "1")
    of_report = {"submission_key": report.key, "fiscal_year": report.fiscal_year} | {
        "department_key": surrogate_key("department", report.department_id),
        "document_key": surrogate_key("document", "form"),
        "words_document_key": surrogate_key("document", "form"),
        "words_page": 2,
        "words_line": 30,
    }
    of_form = {"form_key": form, "submission_key": report.key}
    target = {"direction": "≥", "target_text": "≥4200人次", "target_value": Decimal("4200.5"), "unit": "人次"}
    rows = {
        "fact_goal": ("goal_key", {"goal": f"道路整洁{HOSTILE}", "aspect": "城市管理", "position": 1}, ("goal",)),
        "fact_achievement": (
            "achievement_key",
            {"metric": "清运垃圾", "value": Decimal("1500.5"), "normalized_value": Decimal("1500.5"), "unit": "吨"}
            | {"sentence": f"清运垃圾1500.5吨{HOSTILE}", "has_own_sentence": True},
            ("value",),
        ),
        "fact_problem": ("problem_key", {"title": SAID, "position": 1, "category": HOSTILE}, ("title",)),
        "fact_form": (
            "form_key",
            {"form_key": form, "project_key": project, "kind": "project_form", "position": 1}
            | {"total_score": Decimal("97.25")},
            ("total_score",),
        ),
        "fact_form_funding": (
            "form_funding_key",
            of_form | {"funding_source": "合计", "adjusted_yuan": Decimal("7000.01")},
            ("adjusted_yuan",),
        ),
        "fact_indicator": (
            "indicator_key",
            of_form | target | {"project_key": project, "level_3": f"参加人次{HOSTILE}", "weight": Decimal("12.5")},
            ("target_text", "weight"),
        ),
    }
    found: dict[str, list[dict]] = {"core.provenance": []}
    for name, (key, values, columns) in rows.items():
        columns_of_table = set(table(f"core.{name}").column_names)
        row = {key: surrogate_key(name, "1")} | {k: v for k, v in of_report.items() if k in columns_of_table} | values
        found[f"core.{name}"] = [row]
        found["core.provenance"] += [
            {"table_name": name, "row_key": row[key], "column_name": column, "submission_key": report.key}
            | {"document_key": surrogate_key("document", "form"), "page": 2, "line": 30 + i, "column_number": 40 + i}
            | {"raw_text": f"{values[column]}原文"}
            for i, column in enumerate(columns)
        ]
    found["core.dim_document"] = [
        {"document_key": surrogate_key("document", "form"), "submission_key": report.key}
        | {"file_name": "自评/自评表.xlsx", "sha256": "0" * 64, "byte_count": 1, "kind": "project_form"}
    ]
    return found
