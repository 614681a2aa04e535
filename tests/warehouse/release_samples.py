"""Small nights for the warehouse's tests: submissions of two invented departments, staged and released."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from unittest import mock

import polars as pl
from warehouse_rows import valid_row

from tests.one_page import one_page
from warehouse.archive.archive import Archive
from warehouse.home import Home
from warehouse.keys import surrogate_key
from warehouse.load.staging import Staging
from warehouse.registry import table
from warehouse.release.build import Built, build_release
from warehouse.release.releases import Release, Releases

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
DEPARTMENTS = ("D1", "D2")
YEARS = (2021, 2022)


@dataclass(frozen=True)
class Report:
    """A submission with one project row; ``status`` is the gate's verdict."""

    department_id: str = "D1"
    fiscal_year: int = 2021
    version: int = 1
    amount: str = "100.01"
    status: str = "accepted"
    project: str = "道路养护"
    supersedes: int | None = None

    @property
    def key(self) -> int:
        return surrogate_key("submission", self.department_id, str(self.fiscal_year), str(self.version))

    @property
    def content(self) -> bytes:
        return f"{self.department_id} {self.fiscal_year} {self.amount} {self.project}".encode()

    @property
    def is_accepted(self) -> bool:
        return self.status.startswith("accepted")


def night(
    home: Home, *reports: Report, superseded: tuple[Report, ...] = (), at: datetime = NOON, with_board: bool = False
) -> Release:
    """Stage, build and publish on top of the newest release."""
    built = build(home, *reports, superseded=superseded, at=at, with_board=with_board)
    return Releases(home).publish(built.release_id)


def build(
    home: Home, *reports: Report, superseded: tuple[Report, ...] = (), at: datetime = NOON, with_board: bool = False
) -> Built:
    staging = stage(home, *reports, superseded=superseded)
    return build_staged(home, staging, reports, superseded, at, with_board=with_board)


def build_staged(home, staging, reports, superseded=(), at=NOON, *, with_board=False) -> Built:
    """``with_board``: with the whole board, which costs more than all else here and matters only to its own tests."""
    with nullcontext() if with_board else mock.patch("warehouse.release.build.write_board", one_page):
        return build_release(
            home,
            staging,
            Releases(home).newest(),
            accepted=[report.key for report in reports if report.is_accepted],
            superseded=[report.key for report in superseded],
            published_at=at,
            code_version="test",
            catalogue_version="c1",
        )


def stage(home: Home, *reports: Report, superseded: tuple[Report, ...] = ()) -> Staging:
    staging = Staging(home.warehouse / "staging-test").create()
    for name, rows in rows_of(home, reports, superseded).items():
        staging.append(name, frame(name, rows))
    return staging


def frame(name: str, rows: list[dict]) -> pl.DataFrame:
    definition = table(name)
    return pl.DataFrame([valid_row(definition, **row) for row in rows], schema=definition.polars_schema)


def rows_of(home: Home, reports: tuple[Report, ...], superseded: tuple[Report, ...]) -> dict[str, list[dict]]:
    archive = Archive(home.archive).create()
    staged: dict[str, list[dict]] = _dimensions()
    for report in reports:
        sha256 = archive.store(report.content)
        for name, rows in _rows(report, sha256).items():
            staged.setdefault(name, []).extend(rows)
    for old in superseded:
        staged.setdefault("quality.submission_version", []).append(_version(old) | {"status": "superseded"})
    return staged


def dump(release: Release, *, without: tuple[str, ...] = ()) -> dict[str, list]:
    """Every table of a release without its volatile columns, ordered, from the Parquet files."""
    tables = {}
    for path in sorted((release.path / "parquet").iterdir()):
        definition = table(path.name.removesuffix(".parquet"))
        if definition.schema != "meta" and definition.qualified_name not in without:
            columns = [name for name in definition.column_names if name not in definition.volatile]
            tables[definition.qualified_name] = pl.read_parquet(path).select(columns).rows()
    return tables


def later(hours: int) -> datetime:
    return NOON + timedelta(hours=hours)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _dimensions() -> dict[str, list[dict]]:
    return {
        "core.dim_department": [
            {
                "department_key": surrogate_key("department", name),
                "department_id": name,
                "name": f"{name}街道办事处",
                "short_name": name,
                "valid_from": date(2000, 1, 1),
            }
            for name in DEPARTMENTS
        ],
        "core.dim_fiscal_year": [
            {"fiscal_year": year, "starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)} for year in YEARS
        ],
        "quality.rule": [{"rule_id": "C14", "catalogue_version": "c1"}],
    }


def _version(report: Report) -> dict:
    return {
        "submission_key": report.key,
        "department_id": report.department_id,
        "fiscal_year": report.fiscal_year,
        "version": report.version,
        "status": report.status,
        "supersedes_key": report.supersedes,
    }


def _rows(report: Report, sha256: str) -> dict[str, list[dict]]:
    """The rows of one report, of the tables whose facts the tests look at."""
    document = surrogate_key("document", sha256)
    project = surrogate_key("project", report.department_id, report.project)
    spending, office = surrogate_key("spending", str(report.key)), surrogate_key("office", report.department_id)
    fact = {
        "submission_key": report.key,
        "department_key": surrogate_key("department", report.department_id),
        "fiscal_year": report.fiscal_year,
    }
    amount = Decimal(report.amount)
    return {
        "core.dim_submission": [
            fact
            | {"department_id": report.department_id, "version": report.version}
            | {"status": report.status if report.is_accepted else "accepted", "catalogue_version": "c1"}
        ],
        "core.dim_document": [
            {
                "document_key": document,
                "submission_key": report.key,
                "file_name": f"{report.key}.md",
                "sha256": sha256,
                "byte_count": len(report.content),
            }
        ],
        "core.fact_department_budget": [fact | {"total_budget_yuan": amount}],
        "core.fact_project_spending": [
            fact
            | {"project_spending_key": spending, "project_key": project, "reported_name": report.project}
            | {"budget_yuan": amount, "is_primary": True, "words_document_key": document}
        ],
        "core.dim_project": [
            {
                "project_key": project,
                "department_id": report.department_id,
                "canonical_name": report.project,
                "first_year": report.fiscal_year,
                "last_year": report.fiscal_year,
            }
        ],
        "core.bridge_project_alias": [{"project_key": project, "alias": report.project, "certainty": "certain"}],
        "core.fact_internal_office": [
            fact | {"office_listing_key": surrogate_key("listing", str(report.key)), "internal_office_key": office}
        ],
        "core.dim_internal_office": [
            {
                "internal_office_key": office,
                "department_id": report.department_id,
                "name": "党政办",
                "also_named": [f"{report.fiscal_year}办", "文明办"],
            }
        ],
        "core.provenance": [
            {
                "table_name": "fact_project_spending",
                "row_key": spending,
                "column_name": "budget_yuan",
                "submission_key": report.key,
                "document_key": document,
                "line": 3,
                "raw_text": report.amount,
            }
        ],
        "quality.submission_version": [_version(report)],
        "quality.received_file": [
            {
                "receipt_key": surrogate_key("receipt", sha256),
                "document_key": document,
                "file_name": f"{report.key}.md",
                "sha256": sha256,
                "byte_count": len(report.content),
                "outcome": "taken",
                "submission_key": report.key,
            }
        ],
        "quality.evaluation": [{"rule_id": "C14", "submission_key": report.key, "catalogue_version": "c1"}],
        "quality.finding": [
            {
                "finding_key": surrogate_key("finding", str(report.key)),
                "rule_id": "C14",
                "submission_key": report.key,
                "department_id": report.department_id,
                "fiscal_year": report.fiscal_year,
                "document_key": document,
            }
        ],
    }
