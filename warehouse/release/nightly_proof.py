"""The proof of a night: that what people now read is what was accepted, to the fen, and that nothing behind it is lost.

Reads the published file itself, after the fact; what the build asks before it publishes belongs to the audit. How much
of the archive a night reads stands in ``warehouse.archive.proof``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from warehouse.archive.archive import Archive
from warehouse.archive.journal import Journal
from warehouse.archive.proof import Due, receipt_problems, share_of
from warehouse.connection import open_reader
from warehouse.errors import SystemFault
from warehouse.home import Home
from warehouse.ledger.file import problem_of
from warehouse.ledger.ledger import Ledger
from warehouse.load.audit import audit_foreign_keys
from warehouse.load.questions import money_columns, summed
from warehouse.load.refresh import Refresh, tables_renewed
from warehouse.load.staging import Staging
from warehouse.registry import TABLES, quote_name
from warehouse.release.proof import problems_of
from warehouse.release.releases import Release
from warehouse.schema import Table

_ACCEPTED = "temp.main.accepted_submission"
"""The table of the submissions that the night accepted."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Rows and 元 (all amounts of all tables together) of a department and year, as accepted and as published."""

    department_id: str
    fiscal_year: int
    accepted_rows: int
    accepted_yuan: Decimal
    published_rows: int
    published_yuan: Decimal
    is_same: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven of a release, and what is wrong with it, as Chinese sentences. ``original_count`` files are in
    the archive with their sizes, of which ``hashed_count`` were read through."""

    release_id: str
    file_count: int
    original_count: int
    hashed_count: int
    sums: tuple[Sums, ...] = ()
    problems: tuple[str, ...] = ()


def prove(home: Home, release: Release, day: date, staging: Staging | None = None) -> Proof:
    """Files and totals of a release, and that day's proof of the archive behind it; of a release just built from
    ``staging`` also its own originals, all foreign keys, and accepted = published by department and year.
    ReleaseFault when its manifest cannot be read.

    A release whose file is as it was proven before needs no second look into its tables.
    """
    manifest = release.manifest
    new = staging.scan("quality.received_file").select("sha256").collect()["sha256"] if staging else ()
    is_due = share_of(day, new)
    problems = problems_of(release.path, archive=Archive(home.archive), is_due=is_due)
    problems += record_problems(home, release, is_due)
    originals: list[tuple[str]] = []
    sums: list[Sums] = []
    try:
        with open_reader(release.database) as connection:
            originals = connection.sql("SELECT DISTINCT sha256 FROM quality.received_file").fetchall()
            if staging is not None:
                sums = accepted_and_published(connection, staging)
                filled = [table for table in TABLES if manifest["tables"][table.qualified_name]["row_count"]]
                problems += [*audit_foreign_keys(connection, filled), *_differences(sums)]
    except (duckdb.Error, SystemFault) as error:
        problems.append(f"核验没有做完：{error}")
    counts = (len(manifest["files"]), len(originals), sum(is_due(sha256) for (sha256,) in originals))
    return Proof(release.release_id, *counts, tuple(sums), tuple(problems))


def record_problems(home: Home, release: Release, is_due: Due) -> list[str]:
    """What is wrong with the records behind a release, as Chinese sentences: receipts that are lost or damaged, entries
    of the journal that are damaged, a ledger that is damaged or says something else than the receipts."""
    archive = Archive(home.archive)
    problems = [*Journal(home).problems(is_due), *_ledger_problems(home.ledger, archive, is_due)]
    try:
        with open_reader(release.database) as connection:
            found = connection.sql("SELECT DISTINCT intake_id FROM quality.received_file ORDER BY ALL").fetchall()
    except (duckdb.Error, SystemFault):
        return problems  # the proof of the release tells
    return [*receipt_problems(archive, (row[0] for row in found), is_due), *problems]


def _ledger_problems(path: Path, archive: Archive, is_due: Due) -> Iterator[str]:
    if problem := problem_of(path):
        yield problem
        return
    with Ledger(path) as ledger:
        for intake_id in ledger.false_intakes(archive, is_due):
            yield (
                f"台账中收件批次 {intake_id} 与归档的收件记录不符。"
                f"请把台账（{path.name} 及同名的 -wal、-shm）移走，下一次任务会由归档重建。"
            )


def accepted_and_published(connection: duckdb.DuckDBPyConnection, staging: Staging) -> list[Sums]:
    """The two sides for each department and year whose submission the night accepted."""
    accepted = staging.relation("core.dim_submission")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_ACCEPTED} AS SELECT submission_key, department_id, fiscal_year FROM {accepted}"
    )
    tables = [table for table in tables_renewed(Refresh.BY_SUBMISSION) if staging.has(table.qualified_name)]
    compared = " UNION ALL ".join(_compared(table, staging) for table in tables)
    found = connection.sql(
        f"SELECT department_id, fiscal_year, sum(accepted_rows)::BIGINT, sum(accepted_yuan),"
        f" sum(published_rows)::BIGINT, sum(published_yuan), bool_and(is_same)"
        f" FROM {_ACCEPTED} JOIN ({compared}) USING (submission_key) GROUP BY ALL ORDER BY ALL"
    ).pl()
    return [Sums(*row) for row in found.rows()]


def total(sums: Sequence[Sums]) -> tuple[int, Decimal]:
    """Rows and 元 published."""
    return sum(each.published_rows for each in sums), sum((each.published_yuan for each in sums), Decimal("0.00"))


def _compared(table: Table, staging: Staging) -> str:
    """SQL for the two sides of a table, a row a submission; each amount is compared by itself."""
    names = ["row_count", *money_columns(table)]
    sides = {
        side: (
            f"coalesce({side}.row_count, 0)",
            " + ".join(f'coalesce({side}."{name}", 0)' for name in names[1:]) or "0",
            ", ".join(f'{side}."{name}"' for name in names),
        )
        for side in ("s", "p")
    }
    return (
        f"SELECT submission_key, {sides['s'][0]} AS accepted_rows, {sides['s'][1]} AS accepted_yuan,"
        f" {sides['p'][0]} AS published_rows, {sides['p'][1]} AS published_yuan,"
        f" row({sides['s'][2]}) IS NOT DISTINCT FROM row({sides['p'][2]}) AS is_same"
        f" FROM ({summed(table, staging.relation(table.qualified_name), _ACCEPTED)}) AS s"
        f" FULL JOIN ({summed(table, quote_name(table.qualified_name), _ACCEPTED)}) AS p USING (submission_key)"
    )


def _differences(sums: Sequence[Sums]) -> list[str]:
    return [
        f"{each.department_id} {each.fiscal_year} 年度采纳与发布不一致：采纳 {each.accepted_rows} 行、"
        f"{each.accepted_yuan} 元，发布 {each.published_rows} 行、{each.published_yuan} 元。"
        for each in sums
        if not each.is_same
    ]
